"""One line of an issue file: the article that it names, as many hands write it.

``- [Title](../items/2026/x.md "tag:…")`` is what newsfeed writes. A bare path, a page's address, a
``[[name]]``, other bullets, numbers, check boxes and the quotes of word processors are read too.
"""

from __future__ import annotations

import re

from msgspec import Struct

from newsfeed.newsletter.issues.issue import Line
from newsfeed.text.regex import regex

_MARKER = regex(
    r"[ \t\u00a0]*(?:(?:[-*+•‣▪◦·–—]|\d{1,3}[.)])[ \t\u00a0]+|[-+•–—](?=\[))(?:\[[ xX]\][ \t]+)?"
    # A sign before a link, as in `- 📌 [Title](path)`, is no part of a name.
    r"(?:[\u2190-\u2bff\u3030\ufe0e\ufe0f\u200d\u20e3\U0001f000-\U0001faff]++[ \t\u00a0]*+(?=[*_]*\[))?(?=\S)"
)
_AGAIN = regex(
    r"[\s.,;:–—-]*[(\[]\s*(?:rappel|encore|bis|again|reminder|تذكير)\s*[)\]][\s.]*$", re.IGNORECASE
)
_LONGEST_MARK = 40
_QUOTED = regex(
    r"""(?:^|(?<=\s)|(?<=>))(?:"(?P<a>(?:[^"\\]|\\.)*)"|'(?P<b>[^']*)'|“(?P<c>[^”]*)”|‘(?P<d>[^’]*)’|«\s*(?P<e>[^»]*?)\s*»|”(?P<f>[^”]*)”)\s*$"""
)
_ESCAPED = regex(r"\\([!-/:-@\[-`{-~])")
_WRAPPED = regex(r"(\*\*|__|\*|_)(?=\S)(.*\S)\1")
_WIKI = regex(r"\[\[([^\]|]+)(?:\|([^\]]*))?\]\](.*)")
_ENDING = regex(r"\.(?:md|markdown|mdx|html?)(?:[#?].*)?$", re.IGNORECASE)
_ANGLED = regex(r"\([ \t]*<(?:[^<>\\]|\\.)*>")
_ID = regex(r"(?:tag|urn):\S+$", re.IGNORECASE)
_ABSOLUTE = regex(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Bullet(Struct, frozen=True):
    """A line split into its list marker and the rest; ``column`` is where that begins, from 1."""

    rest: str
    column: int
    marked: bool


def bullet(row: str) -> Bullet:
    """Return ``row`` without its list marker, if it has one."""
    found = _MARKER.match(row)
    start = found.end() if found else len(row) - len(row.lstrip())
    return Bullet(row[start:].rstrip(), start + 1, found is not None)


def struck(rest: str) -> bool:
    """Say whether a line was struck out: ``~~[Title](path)~~``."""
    return rest.startswith("~~") and rest.rstrip().endswith("~~") and len(rest) > 4


def reference(rest: str, number: int, column: int) -> Line | None:
    """Return what a line without its marker names, or None where it is no reference at all.

    A bare text is taken as a name: whether an article is called so is for the caller to see.
    """
    again = _AGAIN.search(rest, max(0, len(rest) - _LONGEST_MARK))
    plain = rest[: again.start()] if again else rest
    start = column - 1
    if wrapped := _WRAPPED.fullmatch(plain):
        column += len(wrapped[1])
        plain = wrapped[2]
    if wiki := _WIKI.fullmatch(plain):
        note = _note(wiki[3])
        return Line(
            number=number, column=column, text=wiki[2] or "", target=wiki[1].strip(),
            note=note, again=again is not None,
            start=column - 1, end=column - 1 + wiki.start(3),
        )  # fmt: skip
    if plain.startswith("["):
        return _link(plain, number, column, again=again is not None)
    if plain[:1] in "<`" and plain.endswith({"<": ">", "`": "`"}.get(plain[:1], "\0")):
        plain = plain[1:-1]
        column += 1
    if not plain.strip() or plain.startswith(("!", "|", ">", "#")):
        return None
    target = plain.strip()
    key = target if _ID.match(target) else ""
    end = start + len(rest[: again.start()].rstrip() if again else rest.rstrip())
    return Line(
        number=number, column=column, target=target, id=key, again=again is not None,
        start=start, end=end,
    )  # fmt: skip


def titled(rest: str, number: int, column: int) -> Line:
    """Return a line that is a title as it stands, whatever its first characters mean elsewhere."""
    again = _AGAIN.search(rest, max(0, len(rest) - _LONGEST_MARK))
    plain = (rest[: again.start()] if again else rest).rstrip()
    return Line(
        number=number, column=column, target=plain, again=again is not None,
        start=column - 1, end=column - 1 + len(plain),
    )  # fmt: skip


def is_wiki(rest: str) -> bool:
    """Say whether a line without its marker is a ``[[name]]``, in bold or not."""
    return rest.lstrip("*_").startswith("[[")


def looks_like_article(line: Line) -> bool:
    """Say whether a line names an article by its form: an id, or the path of a text."""
    if _ID.match(line.id):
        return True
    return bool(_ENDING.search(line.target)) and not _ABSOLUTE.match(line.target)


def _link(plain: str, number: int, column: int, *, again: bool) -> Line | None:
    close = _closing(plain, 0, "[", "]")
    if close < 0 or plain[close + 1 : close + 2] != "(":
        return None
    end = _closing(plain, close + 1, "(", ")")
    if end < 0:
        return None
    inside = plain[close + 2 : end]
    quoted = _QUOTED.search(inside)
    target = (inside[: quoted.start()] if quoted else inside).strip()
    title = next(group for group in quoted.groups() if group is not None) if quoted else ""
    if target.startswith("<") and target.endswith(">"):
        target = target[1:-1]
    return Line(
        number=number,
        column=column,
        text=_unescaped(plain[1:close]),
        target=_unescaped(target),
        id=_unescaped(title).strip(),
        note=_note(plain[end + 1 :]),
        again=again,
        end=-1 if quoted else column - 1 + end,
    )


def _closing(text: str, start: int, opening: str, closing: str) -> int:
    """Return where the bracket that opens at ``start`` closes, or -1."""
    depth, at = 0, start
    quote = ""
    angled = _ANGLED.match(text, start) if opening == "(" else None
    while at < len(text):
        if angled and at == start + 1:
            at = angled.end()
            continue
        char = text[at]
        if char == "\\":
            at += 1
        elif quote:
            quote = "" if char == quote else quote
        elif opening == "(" and char in "\"'" and text[at - 1 : at] in (" ", "\t"):
            # A title may hold parentheses; without a closing quote it is no title.
            quote = char if char in text[at + 1 :] else ""
        elif char == opening:
            depth += 1
        elif char == closing:
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return -1


def _note(rest: str) -> str:
    """Return what follows a link, without what joins it to it."""
    return rest.strip().lstrip(":–—-").strip()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
