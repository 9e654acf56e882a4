"""PyMdown's blocks: ``/// note | Title`` to ``///``."""

from __future__ import annotations

import re

from newsfeed.markup.code import Code
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.found_lines import Lines, lines_with
from newsfeed.markup.shortcodes.output import aside, is_aside
from newsfeed.text.regex import regex

_BLOCK = regex(
    r"(?P<indent>[ \t]*)(?P<slashes>/{3,})(?:[ \t]*(?P<kind>[a-z][\w-]*)(?:[ \t]*\|[ \t]*(?P<title>[^\n]*))?)?[ \t]*(?:\n|\Z)"
)
_OPTIONS = regex(r"(?:[ \t]+[\w-]+:[^\n]*\n)+")
_TYPE = regex(r"^[ \t]+type:[ \t]*([\w-]+)", re.M)
_PLAIN = frozenset({"caption", "figure-caption", "table-caption", "html", "define"})
"""Blocks whose text stands as it is."""


def find(text: str, code: Code, language: str, found: Lines) -> None:
    """Add what becomes of such blocks of a Markdown ``text`` to ``found``; one that is not closed stays."""
    opened: list[tuple[str, Replacement, str]] = []
    for start in lines_with(text, "///"):
        match = _BLOCK.match(text, start)
        if match is None or code.end_at(match.start("slashes")) is not None:
            continue
        if match["kind"] is None:
            if opened and opened[-1][0] == match["slashes"]:
                _, before, after = opened.pop()
                closing = Replacement(*match.span(), f"\n{match['indent']}{after}\n")
                found.replacements += (before, closing)
            continue
        options = _OPTIONS.match(text, match.end())
        end = options.end() if options is not None else match.end()
        parts = _around(match["kind"], match["title"] or "", options, language)
        if parts is not None:
            before = Replacement(start, end, f"\n{match['indent']}{parts[0]}\n\n")
            opened.append((match["slashes"], before, parts[1].strip()))


def _around(
    kind: str, title: str, options: re.Match[str] | None, language: str
) -> tuple[str, str] | None:
    """Return what stands before and after the text of a block, None for one that nobody knows."""
    title = title.strip()
    if is_aside(kind):
        named = _TYPE.search(options[0]) if options is not None else None
        return aside(named[1] if named is not None else kind, title, language)
    if kind == "details":
        return f"<details><summary>{title or 'Details'}</summary>", "</details>"
    if kind == "tab":
        return f"**{title}**", ""
    return ("", "") if kind in _PLAIN else None
