"""Kramdown's and Python-Markdown's ``<div markdown="1">``: what it encloses is Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left

from newsfeed.markup.code import Code
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.pairs import Pairs
from newsfeed.text.regex import regex

_OPENING = regex(
    r"<(?P<tag>[a-zA-Z][\w-]*+)(?P<before>(?:(?!\smarkdown\s*=)[^<>])*+)"
    r"\smarkdown\s*+=\s*+[\"']?(?:1|block|span|true)[\"']?(?P<after>[^<>]*+)>"
)
_SUMMARY = regex(r"</summary>[ \t]*(?=\n?[^\n])", re.I)
_NAMES = 20
"""How many different elements a text may open so: each is looked for in the whole text."""


def open_enclosed(text: str, code: Code, replacements: list[Replacement]) -> None:
    """Add what puts empty lines around enclosed Markdown, so that it is read as such."""
    pairs: dict[str, Pairs] = {}
    summaries = list(_SUMMARY.finditer(text))
    until = 0
    for match in _OPENING.finditer(text):
        name = match["tag"].lower()
        if code.end_at(match.start()) is not None or (name not in pairs and len(pairs) == _NAMES):
            continue
        if name not in pairs:
            pairs[name] = Pairs(rf"<(/)?{name}\b[^<>]*>", text, re.I)
        end = pairs[name].end_after(match.end())
        if end is None:
            continue
        start = _before_spaces(text, match.start())
        above = "\n\n" if _is_text_before(text, start) else ""
        opening = f"{above}<{match['tag']}{match['before'].rstrip()}{match['after']}>\n\n"
        replacements.append(Replacement(start, match.end(), opening))
        first = bisect_left(summaries, max(until, match.end()), key=_start)
        inside = summaries[first : bisect_left(summaries, end.start(), key=_start)]
        replacements += [Replacement(*each.span(), "</summary>\n\n") for each in inside]
        until = max(until, end.start())
        space = _before_spaces(text, end.start())
        replacements.append(Replacement(space, end.end(), f"\n\n{end[0].strip()}\n\n"))


def _start(match: re.Match[str]) -> int:
    return match.start()


def _before_spaces(text: str, at: int) -> int:
    while at and text[at - 1] in " \t":
        at -= 1
    return at


def _is_text_before(text: str, at: int) -> bool:
    """Tell whether the line of the character ``at``, which no space precedes, has begun before."""
    return at > 0 and text[at - 1] != "\n"
