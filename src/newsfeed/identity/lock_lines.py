"""A line of `newsfeed.lock`: what it says of an article, or of a category, tag or author.

Fields stand between spaces, ``-`` for none; what would end a field or a line is escaped, as in URLs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, cast, get_args
from urllib.parse import unquote

from newsfeed.text.regex import regex

NONE = "-"
_SLUG = regex(r"[^\W_]+(?:-[^\W_]+)*").fullmatch
_LONGEST_SLUG = 200
"""Octets."""
Kind = Literal["category", "tag", "author"]
_KINDS = frozenset(get_args(Kind))
_CLOSED = r"-|[1-9][0-9]{0,8}:[^ ,]*(?:,[1-9][0-9]{0,8}:[^ ,]*)*"
# What would end a field or a line, for us or for an editor, and what would be taken for an escape.
_UNSAFE = "[\x00-\x20\x7f-\xa0%\u2028\u2029\ud800-\udfff\ufeff]"
UNSAFE_IN_LIST = _UNSAFE.replace("%", "%,")
# No output has such a path: it leads out of the output folder, or names nothing.
_LEADS_OUT = regex(r"(?:.*/)?\.{0,2}(?:/.*)?|.*[\x00-\x1f\x7f\\].*").fullmatch
_HALF = regex("[\ud800-\udfff]").search
SPACES = 8
"""How many spaces a line has that holds a record."""
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


def term_of(row: Sequence[str]) -> Term | None:
    """Return the term of a line, None for a line that we did not write."""
    try:
        _, kind, slug, label, first, missed = row
        term = Term(cast("Kind", kind), unescaped(slug), unescaped(label), first, missed)
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


def term_line(term: Term) -> str:
    label, slug = escaped(term.label), escaped(term.slug)
    return f"term {term.kind} {slug} {label} {term.first} {term.missed}\n"


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
    return ",".join(escaped(value, UNSAFE_IN_LIST) for value in values) or NONE


def unlisted(text: str) -> list[str]:
    """Return the values of a field that `listed` made."""
    return [] if text == NONE else [unescaped(value) for value in text.split(",")]


def record_of(line: str) -> Record | None:
    """Return the record of a line, None for one that we did not write."""
    row = line.split(" ")
    if not are_sound([row]):
        return None
    record = Record._make(row)
    return record if "%" not in line else _decoded(record)


def are_sound(rows: Sequence[Sequence[str]]) -> bool:
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
            and not is_no_text("".join(ids))
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


def is_no_text(text: str) -> bool:
    """Say whether ``text`` holds half a character, which no output can."""
    return not text.isprintable() and _HALF(text) is not None


def _decoded(record: Record) -> Record | None:
    """Return ``record`` without escapes; the lists keep theirs, which must be sound too."""
    try:
        unescaped(record.old + record.closed)
        key = unescaped(record.id)
        return (
            None
            if is_no_text(key)
            else record._replace(id=key, path=unescaped(record.path), page=unescaped(record.page))
        )
    except UnicodeDecodeError:
        return None


def record_line(record: Record) -> str:
    """Return the line of a lock that holds ``record``."""
    text = " ".join(record)
    # What is unsafe cannot be printed, but for a space and "%": that is seen far faster.
    if "%" not in text and text.count(" ") == SPACES and text.isprintable():
        return f"{text}\n"
    written = record._replace(
        id=escaped(record.id), path=escaped(record.path), page=escaped(record.page)
    )
    return f"{' '.join(written)}\n"


def closed_pages(closed: str) -> Iterator[tuple[str, int]]:
    if closed != NONE:
        for mark in closed.split(","):
            page, _, folder = mark.partition(":")
            yield unescaped(folder), int(page)


def escaped(text: str, unsafe: str = _UNSAFE) -> str:
    return re.sub(unsafe, _percent, text)


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def unescaped(text: str) -> str:
    return unquote(text, errors="surrogatepass") if "%" in text else text
