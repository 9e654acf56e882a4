"""``newsfeed.lock``: what the site remembers of each article, as text that merges line by line.

A header line, then one line an article: its id, path, publication instant, a hash of its title, the
sketch of its body, its page, the pages it had before, when it was first missed, and the closed
archive pages that it stands on. ``-`` stands for none. docs/identity.md shows an example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct, field

from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic

FILE = "newsfeed.lock"
VERSION = 1
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
NONE = "-"
HEADER = (
    f"# newsfeed.lock {VERSION}: what readers know of each article. Commit this file; "
    "after a merge, keep the lines of both sides.\n"
)
_CLOSED = r"-|[1-9][0-9]{0,8}:[^ ,]*(?:,[1-9][0-9]{0,8}:[^ ,]*)*"
# What would end a field or a line, for us or for an editor, and what would be taken for an escape.
_UNSAFE = "[\x00-\x20\x7f-\xa0%\u2028\u2029\ud800-\udfff\ufeff]"
_UNSAFE_IN_LIST = _UNSAFE.replace("%", "%,")
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


class Lock(Struct, frozen=True, kw_only=True):
    """Every article that readers were shown, by id: those of today and those that are gone."""

    records: Mapping[str, Record] = field(default_factory=dict)


def parse(text: str, path: str = FILE, *, sound: bool = False) -> Lock:
    """Return the lock that ``text`` holds; the order of its lines does not matter.

    ``sound`` says that the same text was found to be right before.

    Raises ConfigError for marks of a merge, a newer version, a damaged line or two lines for one
    id, naming each line.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.split("\n")
    _refuse_merge_or_version(text, path)
    rows = [line.split(" ") for line in lines if line and line[0] != "#"]
    if "%" not in text and (sound or _are_sound(rows)):
        records = {row[0]: tuple.__new__(Record, row) for row in rows}
        if len(records) == len(rows):
            return Lock(records=records)
    return _parsed(lines, path)


def _parsed(lines: Sequence[str], path: str) -> Lock:
    """Return the lock of ``lines``, each looked at for itself."""
    records: dict[str, Record] = {}
    problems: list[Diagnostic] = []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        record = _record(line)
        if record is None:
            problems.append(diagnostic("lock-damaged", path, number, file=path))
        elif record.id in records:
            first = _line_of(lines, record.id)
            problems.append(
                diagnostic("lock-duplicate", path, number, id=record.id, first=first, second=number)
            )
        else:
            records[record.id] = record
    if problems:
        raise ConfigError(problems[:_SHOWN])
    return Lock(records=records)


def dump(lock: Lock) -> str:
    """Return the text of ``lock``: the same bytes for the same records, sorted by id."""
    records = lock.records
    return HEADER + "".join([line(records[key]) for key in sorted(records)])


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
    return Lock(records=records)


def _line_at(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _refuse_merge_or_version(text: str, path: str) -> None:
    for mark in _MARKS:
        if text.startswith(mark) or f"\n{mark}" in text:
            at = 0 if text.startswith(mark) else text.index(f"\n{mark}") + 1
            raise ConfigError([diagnostic("lock-conflict", path, _line_at(text, at))])
    versions = []
    for start in ("", "\n"):
        for found in re.finditer(rf"{start}# newsfeed\.lock (\d{{1,9}})\b", text):
            if start or found.start() == 0:
                versions.append((_line_at(text, found.start() + len(start)), int(found[1])))
    if not versions:
        raise ConfigError([diagnostic("lock-damaged", path, 1, file=path)])
    for number, version in versions:
        if version > VERSION:
            raise ConfigError(
                [diagnostic("lock-newer", path, number, version=version, ours=VERSION)]
            )


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
    ids, _, published, titles, sketches, _, _, missed, closed = (
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
            and all(re.fullmatch(_CLOSED, each) for each in set(closed))
        )
    except ValueError:
        return False


def _decoded(record: Record) -> Record | None:
    """Return ``record`` without escapes; the lists keep theirs, which must be sound too."""
    try:
        _unescaped(record.old + record.closed)
        return record._replace(
            id=_unescaped(record.id), path=_unescaped(record.path), page=_unescaped(record.page)
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


def _line_of(lines: Sequence[str], key: str) -> int:
    return next(n for n, line in enumerate(lines, 1) if line and _id_of(line) == key)


def _id_of(line: str) -> str:
    return _unescaped(line.split(" ", 1)[0])


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
