"""``newsfeed.lock``: what the site remembers of each article, as text that merges line by line.

A header line, then one line an article: its id, path, publication instant, a hash of its title, the
sketch of its body, its page, the pages it had before, when it was first missed, and the closed
archive pages that it stands on. ``-`` stands for none. Three kinds of lines begin with a word:
``feeds`` is followed by what the feeds' own ids begin with, ``term`` by a category, tag or author and
its slug, ``former`` by what a feed before ours said of an article.
docs/identity.md shows an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic
from newsfeed.identity.former import Former, of_row
from newsfeed.identity.lock_lines import (
    NONE,
    UNSAFE_IN_LIST,
    Kind,
    Record,
    Term,
    are_sound,
    closed_pages,
    escaped,
    is_no_text,
    record_line,
    record_of,
    term_line,
    term_of,
    unescaped,
)
from newsfeed.text.slugs import folded, free_slug

FILE = "newsfeed.lock"
VERSION = 3
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
HEADER = (
    "# newsfeed.lock {}: what readers know of each article. Commit this file; "
    "after a merge, keep the lines of both sides.\n"
)
_FACTS = ("feeds ", "term ", "former ")
_MORE_PAGES = 10_000
"""How many more pages than articles a lock may tell of, some lines of which were deleted."""
_SHOWN = 20


class Lock(Struct, frozen=True, kw_only=True):
    """Every article that readers were shown, by id: those of today and those that are gone.

    ``problems`` tell which terms had another one's slug. ``terms`` are by kind and slug. ``feeds`` is
    what the feeds' own ids begin with, the address that the site had when they were first written,
    empty where no lock said so. ``former`` are by id.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    terms: Mapping[tuple[Kind, str], Term] = field(default_factory=dict)
    feeds: str = ""
    former: Mapping[str, Former] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


def parse(text: str, path: str = FILE, *, sound: bool = False) -> Lock:
    """Return the lock that ``text`` holds; the order of its lines does not matter.

    ``sound`` says that the same text was found to be right before.

    Raises ConfigError for marks of a merge, a newer version, a damaged line or two lines for one
    id, naming each line.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.split("\n")
    _refuse_merge_or_version(text, path)
    own = [line for line in lines if line and line[0] != "#" and not line.startswith(_FACTS)]
    rows = [line.split(" ") for line in own]
    escaped = "%" in text and any("%" in line for line in own)
    if not escaped and (sound or are_sound(rows)):
        records = {row[0]: tuple.__new__(Record, row) for row in rows}
        if len(records) == len(rows) and (sound or _are_counted(rows, len(rows))):
            return _with_facts(records, lines, path)
    return _parsed(lines, path)


def _with_facts(records: Mapping[str, Record], lines: Sequence[str], path: str) -> Lock:
    """Return the lock of ``records`` and of the lines that begin with a word."""
    terms: dict[tuple[Kind, str, str], tuple[Term, int]] = {}
    bases: list[str] = []
    former: dict[str, Former] = {}
    problems: list[Diagnostic] = []
    for number, line in enumerate(lines, 1):
        if not line.startswith(_FACTS):
            continue
        row = line.split(" ")
        term = term_of(row) if row[0] == "term" else None
        if term is not None:
            key = term.kind, term.slug, folded(term.label)
            other, first = terms.get(key, (term, number))
            terms[key] = _joined(other, term), first
        elif row[0] == "former" and (entry := _former(row)) is not None:
            former[entry.id] = min(entry, former.get(entry.id, entry))
        elif row[0] == "feeds" and len(row) == 2 and (base := _base(row[1])):
            bases.append(base)
        else:
            problems.append(diagnostic("lock-damaged", path, number, file=path))
    if problems:
        raise ConfigError(problems[:_SHOWN])
    own, shared = _parted(terms.values(), path)
    own_base = min(bases, default="")
    return Lock(records=records, terms=own, feeds=own_base, former=former, problems=shared)


def _base(written: str) -> str:
    """Return what the ids of feeds begin with, empty for what is no address."""
    try:
        base = unescaped(written)
    except UnicodeDecodeError:
        return ""
    return base if re.match(r"https?://[^/]", base) and not is_no_text(base) else ""


def _former(row: Sequence[str]) -> Former | None:
    try:
        return of_row([unescaped(each) for each in row[1:]])
    except UnicodeDecodeError:
        return None


def _parted(
    found: Iterable[tuple[Term, int]], path: str
) -> tuple[dict[tuple[Kind, str], Term], tuple[Diagnostic, ...]]:
    """Return the terms by kind and slug, and what is said of those that have another one's slug.

    Two branches may have given one slug to two terms. It stays with the one that was shown first,
    in whatever order a merge put the lines; the others get their own, as if they came later.
    """
    ordered = sorted(found, key=lambda each: (each[0].first, folded(each[0].label), each[1]))
    own: dict[tuple[Kind, str], Term] = {}
    late: list[tuple[Term, int]] = []
    for term, number in ordered:
        if own.setdefault((term.kind, term.slug), term) is not term:
            late.append((term, number))
    slugs: dict[tuple[Kind, str], str] = {}
    taken: dict[Kind, set[str]] = {}
    for each in own.values():
        slugs.setdefault((each.kind, folded(each.label)), each.slug)
        taken.setdefault(each.kind, set()).add(each.slug)
    problems: list[Diagnostic] = []
    for term, number in late:
        slug = slugs.get((term.kind, folded(term.label)), "")
        if not slug:
            slug = free_slug(term.slug, term.label.casefold(), taken[term.kind])
            own[term.kind, slug] = term._replace(slug=slug)
            slugs[term.kind, folded(term.label)] = slug
            taken[term.kind].add(slug)
        other = own[term.kind, term.slug].label
        problems.append(
            diagnostic(
                "lock-shared", path, number, label=term.label, other=other, slug=term.slug, own=slug
            )
        )
    return own, tuple(problems)


def _joined(one: Term, other: Term) -> Term:
    """Return what two branches know of one term: it is there if it is in either."""
    gone = NONE if NONE in (one.missed, other.missed) else max(one.missed, other.missed)
    return one._replace(
        label=min(one.label, other.label), first=min(one.first, other.first), missed=gone
    )


def _parsed(lines: Sequence[str], path: str) -> Lock:
    """Return the lock of ``lines``, each looked at for itself."""
    records: dict[str, Record] = {}
    first: dict[str, int] = {}
    problems: list[Diagnostic] = []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith(("#", *_FACTS)):
            continue
        record = record_of(line)
        if record is None or not _are_counted([record], len(lines)):
            problems.append(diagnostic("lock-damaged", path, number, file=path))
        elif record.id in records:
            at = first[record.id]
            problems.append(
                diagnostic("lock-duplicate", path, number, id=record.id, first=at, second=number)
            )
        else:
            records[record.id] = record
            first[record.id] = number
    if problems:
        raise ConfigError(problems[:_SHOWN])
    return _with_facts(records, lines, path)


def dump(lock: Lock) -> str:
    """Return the text of ``lock``: the same bytes for the same facts, each kind sorted.

    It has the least version that knows all of its lines: an earlier newsfeed reads what it can.
    """
    records = lock.records
    version = VERSION if lock.former else 2 if lock.terms or lock.feeds else 1
    base = f"feeds {escaped(lock.feeds)}\n" if lock.feeds else ""
    known = "".join([record_line(records[key]) for key in sorted(records)])
    terms = "".join([term_line(lock.terms[key]) for key in sorted(lock.terms)])
    former = "".join([_former_line(lock.former[key]) for key in sorted(lock.former)])
    return HEADER.format(version) + base + former + known + terms


def _former_line(entry: Former) -> str:
    return f"former {' '.join(map(escaped, entry))}\n"


def difference(before: str, after: str) -> tuple[int, list[str]]:
    """Return (line, names) where two texts of the lock differ.

    The line is that of the earlier text, counted from 1; the names, sorted, are the paths of the
    articles whose lines came, went or changed, the labels of such terms, the ids of such ``former``.
    """
    old, new = before.splitlines(), after.splitlines()
    alike = (
        number for number, (one, other) in enumerate(zip(old, new, strict=False), 1) if one != other
    )
    first = next(alike, min(len(old), len(new)) + 1)
    rows = (line.split(" ") for line in {*old} ^ {*new} if line and line[0] != "#")
    fields = (row[3:4] if row[0] == "term" else row[1:2] for row in rows if row[0] != "feeds")
    return min(first, max(len(old), 1)), sorted({unescaped(each[0]) for each in fields if each})


def archived(lock: Lock) -> dict[str, dict[str, int]]:
    """Return, for each feed's folder, which ids stand on which closed archive page."""
    feeds: dict[str, dict[str, int]] = {}
    for record in lock.records.values():
        if record.closed != NONE:
            for folder, page in closed_pages(record.closed):
                feeds.setdefault(folder, {})[record.id] = page
    return feeds


def with_archived(lock: Lock, closing: Mapping[str, Mapping[str, int]]) -> Lock:
    """Return ``lock`` with the members of newly closed pages: by feed's folder, id -> page."""
    added: dict[str, list[tuple[str, int]]] = {}
    for folder, members in closing.items():
        for key, page in members.items():
            if key in lock.records:
                added.setdefault(key, []).append((folder, page))
    records = dict(lock.records)
    for key, pages in added.items():
        marks = {**dict(closed_pages(records[key].closed)), **dict(pages)}
        text = [f"{marks[name]}:{escaped(name, UNSAFE_IN_LIST)}" for name in sorted(marks)]
        records[key] = records[key]._replace(closed=",".join(text))
    return replace(lock, records=records)


def _line_at(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _refuse_merge_or_version(text: str, path: str) -> None:
    for mark in _MARKS:
        if text.startswith(mark) or f"\n{mark}" in text:
            at = 0 if text.startswith(mark) else text.index(f"\n{mark}") + 1
            raise ConfigError([diagnostic("lock-conflict", path, _line_at(text, at))])
    versions = 0
    for found in re.finditer(r"(?m)^# newsfeed\.lock (\d{1,9})\b", text):
        versions += 1
        if int(found[1]) > VERSION:
            number = _line_at(text, found.start())
            raise ConfigError(
                [diagnostic("lock-newer", path, number, version=int(found[1]), ours=VERSION)]
            )
    if not versions:
        raise ConfigError([diagnostic("lock-damaged", path, 1, file=path)])


def _are_counted(rows: Iterable[Sequence[str]], count: int) -> bool:
    """Say whether no closed page has a number far above that of all articles, of which each held some."""
    marks = {mark.partition(":")[0] for row in rows for mark in row[8].split(",") if mark != NONE}
    return all(int(number) <= count + _MORE_PAGES for number in marks)
