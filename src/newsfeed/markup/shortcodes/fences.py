"""Blocks between fences that their tools do not show as code: asides, formulas, questions, MDX, raw HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from newsfeed.markup.code import Code
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.found_lines import Lines, lines_from
from newsfeed.markup.shortcodes.notices import Notice
from newsfeed.markup.shortcodes.output import aside
from newsfeed.text.regex import regex

_MODULE = regex(r"^(?:import|export)\s[^\n]*\n", re.M)
# What the first lines of Obsidian's Admonition tell it.
_TOLD = regex(r"(?:(?:title:[ \t]*(?P<title>[^\n]*)|(?:collapse|icon|color):[^\n]*)\n)*")
_FENCED = regex(
    r"(?<![`~])(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<kind>dataview(?:js)?|tasks|query|mdx-code-block|math|ad-[\w-]+|\{=[\w-]+\})[ \t]*\n"
)
_SHOWN = frozenset({"math", "mdx-code-block", "{=html}", "{=html5}", "{=html4}"})
"""Kinds whose text is shown, as another thing than code."""


def open_fences(text: str, code: Code, language: str, found: Lines) -> None:
    """Add what becomes of such blocks of ``text`` to ``found``."""
    for start in chain(lines_from(text, "```"), lines_from(text, "~~~")):
        match = _FENCED.match(text, start)
        end = code.end_at(start) if match is not None else None
        if match is None or end is None:
            continue
        kind = match["kind"]
        if kind in _SHOWN or kind.startswith("ad-"):
            last = text.rfind("\n", start, end) + 1
            if text.startswith(match["fence"], last):
                found.replacements += _opened(text, match, last, end, language)
            continue
        if text.startswith("\n", end):
            end += 1
        found.replacements.append(Replacement(start, end, "\n"))
        tool = "Pandoc" if kind.startswith("{") else "Dataview"
        found.notices.append(Notice("foreign-removed", start, kind, tool))


def _opened(
    text: str, fence: re.Match[str], last: int, end: int, language: str
) -> Iterator[Replacement]:
    """Yield what opens the block that ``fence`` begins and whose last line is at ``last``."""
    before, after, at = "", "", fence.end()
    if fence["kind"] == "math":
        before, after = "$$\n", "$$"
    elif fence["kind"] == "mdx-code-block":
        for module in _MODULE.finditer(text, at, last):
            yield Replacement(*module.span(), "")
    elif fence["kind"].startswith("ad-") and (told := _TOLD.match(text, at, last)) is not None:
        at = told.end()
        kind = fence["kind"].removeprefix("ad-")
        before, after = aside(kind, (told["title"] or "").strip(), language)
    yield Replacement(fence.start(), at, before)
    yield Replacement(last, end, after)
