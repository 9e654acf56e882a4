"""Titles of articles that do not name one: from the first heading, or from the file's name."""

from __future__ import annotations

import re

from newsfeed.content.html_scan import element, plain

_SETEXT = r"([^\s#>|*+`~-].*)\n=+[ \t]*(?:\n|\Z)"
_ATTRIBUTES = r"\{[:#.]"
_LINK = r"!?\[([^\[\]]*)\]\([^()]*\)"
_LOOKED_AT = 20_000


def first_heading(text: str, body_at: int, *, is_html: bool) -> tuple[str, int]:
    """Return the first heading of the first level, and the index after it where it opens the body."""
    if is_html:
        found = element(text, "h1", body_at)
        if found is None:
            return "", body_at
        said = " ".join(plain(text[found.inner : found.close]).split())
        opens = not text[body_at : found.start].strip()
        return said, found.end if opens else body_at
    start = body_at + len(text[body_at:]) - len(text[body_at:].lstrip(" \n\t"))
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    opening = _atx(text[start:end])
    if opening is not None:
        return _without_markup(opening), min(end + 1, len(text))
    if underlined := re.compile(_SETEXT).match(text, start):
        return _without_markup(underlined[1]), underlined.end()
    fenced = False
    for row in text[body_at : body_at + _LOOKED_AT].split("\n"):
        if row.startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and (heading := _atx(row)) is not None:
            return _without_markup(heading), body_at
    return "", body_at


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
    return re.sub(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))", "", said).strip()


def as_title(stem: str) -> str:
    """Return a file's name as a title: as it is where people named it, else with its words apart."""
    if is_said(stem) or stem.replace("-", "").isdigit():
        return stem
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else stem


def is_said(stem: str) -> bool:
    """Say whether a file's name is written as people write titles."""
    return " " in stem or not stem.isascii() or stem != stem.lower()
