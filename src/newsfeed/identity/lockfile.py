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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, cast, get_args
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic
from newsfeed.identity.former import Former, of_row
from newsfeed.text.slugs import folded, free_slug

FILE = "newsfeed.lock"
VERSION = 3
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
NONE = "-"
HEADER = (
    "# newsfeed.lock {}: what readers know of each article. Commit this file; "
    "after a merge, keep the lines of both sides.\n"
)
_FACTS = ("feeds ", "term ", "former ")
_SLUG = re.compile(r"[^\W_]+(?:-[^\W_]+)*").fullmatch
_LONGEST_SLUG = 200
"""Octets."""
Kind = Literal["category", "tag", "author"]
_KINDS = frozenset(get_args(Kind))
_CLOSED = r"-|[1-9][0-9]{0,8}:[^ ,]*(?:,[1-9][0-9]{0,8}:[^ ,]*)*"
# What would end a field or a line, for us or for an editor, and what would be taken for an escape.
_UNSAFE = "[\x00-\x20\x7f-\xa0%\u2028\u2029\ud800-\udfff\ufeff]"
_UNSAFE_IN_LIST = _UNSAFE.replace("%", "%,")
# No output has such a path: it leads out of the output folder, or names nothing.
_LEADS_OUT = re.compile(r"(?:.*/)?\.{0,2}(?:/.*)?|.*[\x00-\x1f\x7f\\].*").fullmatch
_HALF = re.compile("[\ud800-\udfff]").search
_MORE_PAGES = 10_000
"""How many more pages than articles a lock may tell of, some lines of which were deleted."""
SPACES = 8
"""How many spaces a line has that holds a record."""
_SHOWN = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - as a number of UTC, without its tail in text


class Record(NamedTuple):
    """What the lock knows of one article, in the lock's own notation.

    A tuple of text, because a build compares thousands of them and reads the inside of few.
    ``published`` and ``missed`` are UTC instants, ``title`` and ``sketch`` hexadecimal hashes,
    ``page`` an output path with ``#2`` where another article has that page. ``old``, the former
    pages, and ``closed``, the ``number:folder`` of archive pages, are lists between commas.
    """

    id: str
    path: str
    published: str
    title: str
    sketch: str
    page: str = NONE
    old: str = NONE
    missed: str = NONE
    closed: str = NONE


class Term(NamedTuple):
    """What the lock knows of a category, tag or author: its ``slug``, for ever.

    ``label`` is its name as it was first written, ``first`` the instant from which an article shows
    it, ``missed`` when no article bore it any more.
    """

    kind: Kind
    slug: str
    label: str
    first: str
    missed: str = NONE


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
    if not escaped and (sound or _are_sound(rows)):
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
        term = _term(row) if row[0] == "term" else None
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
        base = _unescaped(written)
    except UnicodeDecodeError:
        return ""
    return base if re.match(r"https?://[^/]", base) and not _no_text(base) else ""


def _former(row: Sequence[str]) -> Former | None:
    try:
        return of_row([_unescaped(each) for each in row[1:]])
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


def _term(row: Sequence[str]) -> Term | None:
    """Return the term of a line, None for a line that we did not write."""
    try:
        _, kind, slug, label, first, missed = row
        term = Term(cast("Kind", kind), _unescaped(slug), _unescaped(label), first, missed)
        instants = [each for each in (first, missed) if each != NONE]
        if kind not in _KINDS or not _SLUG(term.slug) or len(term.slug.encode()) > _LONGEST_SLUG:
            return None
        if not label or first == NONE:
            return None
        known = [moment(each) for each in instants]
        sound = all(
            each.tzinfo and instant(each) == at for each, at in zip(known, instants, strict=True)
        )
        return term if sound else None
    except ValueError:
        return None


def _joined(one: Term, other: Term) -> Term:
    """Return what two branches know of one term: it is there if it is in either."""
    gone = NONE if NONE in (one.missed, other.missed) else max(one.missed, other.missed)
    return one._replace(
        label=min(one.label, other.label), first=min(one.first, other.first), missed=gone
    )


def _term_line(term: Term) -> str:
    label, slug = _escaped(term.label), _escaped(term.slug)
    return f"term {term.kind} {slug} {label} {term.first} {term.missed}\n"


def _parsed(lines: Sequence[str], path: str) -> Lock:
    """Return the lock of ``lines``, each looked at for itself."""
    records: dict[str, Record] = {}
    first: dict[str, int] = {}
    problems: list[Diagnostic] = []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith(("#", *_FACTS)):
            continue
        record = _record(line)
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
    base = f"feeds {_escaped(lock.feeds)}\n" if lock.feeds else ""
    known = "".join([line(records[key]) for key in sorted(records)])
    terms = "".join([_term_line(lock.terms[key]) for key in sorted(lock.terms)])
    former = "".join([_former_line(lock.former[key]) for key in sorted(lock.former)])
    return HEADER.format(version) + base + former + known + terms


def _former_line(entry: Former) -> str:
    return f"former {' '.join(map(_escaped, entry))}\n"


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
    return min(first, max(len(old), 1)), sorted({_unescaped(each[0]) for each in fields if each})


def instant(when: datetime) -> str:
    """Return ``when`` as the lock writes it: UTC, whole seconds."""
    try:
        plain = _PLAIN_EPOCH + (when - _EPOCH)
    except OverflowError:
        plain = when
    return f"{plain.isoformat()[:19]}Z"


def moment(text: str) -> datetime:
    """Return the instant that the lock wrote as ``text``."""
    return datetime.fromisoformat(text)


def later(when: datetime, span: timedelta) -> datetime:
    """Return the instant ``span`` after another: the last of the calendar where that is beyond it."""
    try:
        return when + span
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def listed(values: Iterable[str]) -> str:
    """Return ``values`` as one field."""
    return ",".join(_escaped(value, _UNSAFE_IN_LIST) for value in values) or NONE


def unlisted(text: str) -> list[str]:
    """Return the values of a field that `listed` made."""
    return [] if text == NONE else [_unescaped(value) for value in text.split(",")]


def archived(lock: Lock) -> dict[str, dict[str, int]]:
    """Return, for each feed's folder, which ids stand on which closed archive page."""
    feeds: dict[str, dict[str, int]] = {}
    for record in lock.records.values():
        if record.closed != NONE:
            for folder, page in _pages(record.closed):
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
        marks = {**dict(_pages(records[key].closed)), **dict(pages)}
        text = [f"{marks[name]}:{_escaped(name, _UNSAFE_IN_LIST)}" for name in sorted(marks)]
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


def _record(line: str) -> Record | None:
    """Return the record of a line, None for one that we did not write."""
    row = line.split(" ")
    if not _are_sound([row]):
        return None
    record = Record._make(row)
    return record if "%" not in line else _decoded(record)


def _are_sound(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether each of ``rows`` holds the fields of a record: they are looked at by column."""
    if any(len(row) != len(Record._fields) or "" in row for row in rows):
        return False
    ids, _, published, titles, sketches, pages, former, missed, closed = (
        zip(*rows, strict=True) if rows else [()] * 9
    )
    hashes = [each for each in (*titles, *sketches) if each != NONE]
    instants = [*published, *(each for each in set(missed) if each != NONE)]
    try:
        whole = "".join(hashes)
        return (
            bytes.fromhex(whole).hex() == whole
            and NONE not in titles
            and not any(len(each) % 8 for each in hashes)
            and all(f"{moment(each).isoformat()[:19]}Z" == each for each in instants)
            and all(":" in each for each in ids)
            and not _no_text("".join(ids))
            and all(re.fullmatch(_CLOSED, each) for each in set(closed))
            and _stay_inside(pages)
            # A comma inside a page is escaped: the list is parted first.
            and _stay_inside(",".join(set(former)).split(","))
        )
    except ValueError:
        return False


def _stay_inside(pages: Sequence[str]) -> bool:
    """Say whether each of ``pages``, as the lock writes them, is a path that an output may have."""
    decoded = unquote("\n".join(pages)).split("\n")
    return len(decoded) == max(1, len(pages)) and not any(map(_LEADS_OUT, decoded))


def _no_text(text: str) -> bool:
    """Say whether ``text`` holds half a character, which no output can."""
    return not text.isprintable() and _HALF(text) is not None


def _are_counted(rows: Iterable[Sequence[str]], count: int) -> bool:
    """Say whether no closed page has a number far above that of all articles, of which each held some."""
    marks = {mark.partition(":")[0] for row in rows for mark in row[8].split(",") if mark != NONE}
    return all(int(number) <= count + _MORE_PAGES for number in marks)


def _decoded(record: Record) -> Record | None:
    """Return ``record`` without escapes; the lists keep theirs, which must be sound too."""
    try:
        _unescaped(record.old + record.closed)
        key = _unescaped(record.id)
        return (
            None
            if _no_text(key)
            else record._replace(id=key, path=_unescaped(record.path), page=_unescaped(record.page))
        )
    except UnicodeDecodeError:
        return None


def line(record: Record) -> str:
    """Return the line of a lock that holds ``record``."""
    text = " ".join(record)
    # What is unsafe cannot be printed, but for a space and "%": that is seen far faster.
    if "%" not in text and text.count(" ") == SPACES and text.isprintable():
        return f"{text}\n"
    written = record._replace(
        id=_escaped(record.id), path=_escaped(record.path), page=_escaped(record.page)
    )
    return f"{' '.join(written)}\n"


def _pages(closed: str) -> Iterator[tuple[str, int]]:
    if closed != NONE:
        for mark in closed.split(","):
            page, _, folder = mark.partition(":")
            yield _unescaped(folder), int(page)


def _escaped(text: str, unsafe: str = _UNSAFE) -> str:
    return re.sub(unsafe, _percent, text)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _unescaped(text: str) -> str:
    return unquote(text, errors="surrogatepass") if "%" in text else text
