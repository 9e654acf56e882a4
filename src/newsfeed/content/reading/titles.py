"""Titles of articles that do not name one: from the first heading, or from the file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from newsfeed.content.html_scan import element, plain
from newsfeed.text.characters import WHITE
from newsfeed.text.regex import regex

_SETEXT = r"([^\s#>|*+`~-].*)\n=+[ \t]*(?:\n|\Z)"
_ATTRIBUTES = r"\{[:#.]"
_LINK = r"!?\[([^\[\]]*)\]\([^()]*\)"
_LOOKED_AT = 20_000
_OPENING = 4_000
"""How many characters are searched for the first words of a note."""
_REMARK = regex(r"<!--.{0,2000}?-->|\{[{%#].{0,1000}?[}%#]\}|%%.{0,1000}?%%", re.S)
_BLOCK = regex(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|figure|section|article|pre|br|hr|table|tr|t[dh])"
    r"\b[^<>]*>",
    re.IGNORECASE,
)
_TITLE_LIMIT = 80
_TITLE_LEAST = 15
_COMMON = (
    "note notes post posts status micro thought thoughts tweet toot update entry article item draft"
    " brouillon nouvelle billet pensée pensee"
)
_NO_NAMES = frozenset(("untitled", "sans", "titre", "index", "new"))
_NUMBERED = _NO_NAMES | frozenset(_COMMON.split())
"""What tools call files of which they think no further, the latter with a number: ``note-12``."""


def first_heading(text: str, body_at: int, *, is_html: bool) -> tuple[str, int]:
    """Return the first heading of the first level, and the index after it where it opens the body."""
    if is_html:
        return _element(text, body_at, body_at)
    start = body_at + len(text[body_at:]) - len(text[body_at:].lstrip(" \n\t"))
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    opening = _atx(text[start:end])
    if opening is not None:
        return _without_markup(opening), min(end + 1, len(text))
    if underlined := re.compile(_SETEXT).match(text, start):
        return _without_markup(underlined[1]), underlined.end()
    fenced = False
    at = body_at
    for row in text[body_at : body_at + _LOOKED_AT].split("\n"):
        if row.startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and (heading := _atx(row)) is not None:
            return _without_markup(heading), body_at
        elif not fenced and row[:3] in ("<h1", "<H1"):
            return _element(text, body_at, at)
        at += len(row) + 1
    return "", body_at


def _element(text: str, body_at: int, at: int) -> tuple[str, int]:
    """Return what the first ``h1`` from ``at`` on says, and the index after it where it opens the body."""
    found = element(text, "h1", at)
    if found is None:
        return "", body_at
    said = " ".join(plain(text[found.inner : found.close]).split())
    opens = not text[body_at : found.start].strip()
    return said, found.end if opens else body_at


def _atx(row: str) -> str | None:
    """Return what a heading of the form ``# Title #`` says, or None for another line."""
    said = row[1:].strip(" \t")
    if row[:2] not in ("# ", "#\t") or not said:
        return None
    return said.rstrip("#").rstrip(" \t") or said[:1]


def _without_markup(markdown: str) -> str:
    """Return a heading's text without links, emphasis and attributes."""
    said = markdown.rstrip()
    if said.endswith("}"):
        # {#id .class} at the end.
        start = said.rfind("}", 0, -1) + 1
        if found := re.compile(_ATTRIBUTES).search(said, start):
            said = said[: found.start()].rstrip()
    said = re.sub(_LINK, r"\1", said)
    return re.sub(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))", "", said).strip(WHITE)


def as_title(stem: str) -> str:
    """Return a file's name as a title: as it is where people named it, else with its words apart."""
    if is_said(stem) or stem.replace("-", "").isdigit():
        return stem
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else stem


def names_article(stem: str) -> bool:
    """Say whether a file's name, without its date, can stand for a title: words, and no number alone.

    ``1234``, ``n1``, ``2026-01-07``, ``note-12`` and ``9f86d081884c`` are what tools call notes.
    """
    words = [word for word in re.split(r"[-_.\s]+", stem.lower()) if word]
    common = _NO_NAMES if all(word.isalpha() for word in words) else _NUMBERED
    said = [word for word in words if word.isalpha() and word not in common]
    if not said:
        return " " in stem and stem != stem.lower()
    return any(len(word) > 2 or not word.isascii() for word in said)


def first_words(text: str, body_at: int, *, is_html: bool) -> str:
    """Return the first words of a body as microblogs show a note: a sentence, or its beginning."""
    body = text[body_at : body_at + _OPENING]
    if is_html:
        blocks = (unescape(plain(block)) for block in _BLOCK.split(_REMARK.sub("", body)))
        words = next((block for block in blocks if re.search(r"[^\W_]", block)), "")
    else:
        words = " ".join(_said_in(body))
    return _shortened(" ".join(words.split()))


def _said_in(markdown: str) -> Iterator[str]:
    """Yield what the first paragraph of a Markdown text says, or what its first picture shows."""
    alt = ""
    fence = ""
    found = False
    for row in _REMARK.sub("", markdown).split("\n"):
        mark = row.lstrip()[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
            continue
        picture = re.search(r"!\[([^\[\]]*)\]", row)
        alt = alt or (picture[1] if picture else "")
        bare = re.sub(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])", "", row)
        bare = re.sub(r"^\s*(?:>|#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s)\s*", "", bare)
        bare = _without_markup(unescape(plain(bare))).strip()
        if fence or not re.search(r"[^\W_]", bare):
            if found:
                return
            continue
        found = True
        yield bare
    if not found:
        yield alt


def _shortened(words: str) -> str:
    """Return a text up to its first sentence's end, or to a word's where that is far."""
    end = re.search(r"[.!?…](?=\s|$)|[。！？]", words[:_TITLE_LIMIT])
    if end is not None and end.end() >= _TITLE_LEAST:
        return words[: end.end()]
    if len(words) <= _TITLE_LIMIT:
        return words
    cut = words[:_TITLE_LIMIT]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"


def is_said(stem: str) -> bool:
    """Say whether a file's name is written as people write titles."""
    return " " in stem or not stem.isascii() or stem != stem.lower()
