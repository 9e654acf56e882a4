"""Slips of the pen in Markdown: marks that would stand in the text, where what was meant is plain."""

from __future__ import annotations

import re

from newsfeed.markup.code import replaced
from newsfeed.text.regex import regex

# Each begins with a literal character or two, which are sought fastest.
_HEADING = regex(r"##{1,5}(?=[^\W_]|[«\"“‘'(\[*_])")
_TIGHT = regex(r"\n(?P<mark>[-*]|\d{1,2}[.)])(?=[^\W\d_]|[«\"“](?!\n))(?P<rest>[^\n]*)")
_BEGINS = regex(
    r"^(?:(?P<heading>[ ]{0,3}##{1,5}[^\s#])|(?P<rule>---)|(?P<dash>[ ]{0,3}[–—])"
    r"|(?P<item>(?:[-*]|\d{1,2}[.)])(?:[^\W\d_]|[«\"“])))",
    re.M,
)
_DASHED = regex(r":[ \t]*(?P<items>(?:\n{1,2}[ ]{0,3}[–—][ \t\u00a0\u202f]+[^\s][^\n]*){2,})")
_DASH = regex(r"(?<=\n)(?P<indent>[ ]{0,3})[–—][ \t\u00a0\u202f]+")
_LISTED = regex(r"[ ]{0,3}(?:(?P<mark>[-*])(?![-*])|(?P<number>\d{1,2})[.)])").match
_IS_PAIRED = regex(r"[^\n]\*").search
_TURNED = regex(
    r"\((?<![\]\\]\()(?P<words>[^()\[\]\n]{1,300})\)"
    r"\[(?P<url>(?:https?://|mailto:|www\.)[^\[\]\s]{1,2000})\](?![(\[:])"
)
_PARTED = regex(
    r"\[(?<!\\\[)(?![ xX]\]|\^)(?P<words>[^\[\]\n]{1,300})\][ \t\u00a0]{1,4}"
    r"\((?P<url>(?:https?://|mailto:|www\.)[^()\s]{1,2000}"
    r"|[^()\s]{1,300}\.(?:jpe?g|png|gif|webp|svg|pdf|md|html?))\)",
    re.I,
)
_LABEL = regex(r"^[ ]{0,3}\[([^\[\]\n]+)\]:", re.M)
_RULE = regex(r"\n(?P<rule>-{3,}[ \t]*)(?=\n|\Z)")
_LONGEST_HEADING = 100
"""In characters: a line of dashes below a longer line is a rule."""
_NEXT = 80
"""As much of the line below as tells whether it is an item."""
_LONGEST_EMPHASIS = 400
"""In characters beyond its first line."""
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", '"', ")")


def with_meant_marks(markdown: str) -> str:
    """Return ``markdown`` with the spaces and brackets that its marks need.

    ``##Title``, which older Markdown took for a heading; items without a space (``-one``, ``1.one``),
    where another stands beside them; ``(words)[address]`` and ``[words] (address)``; a line of dashes
    right below a paragraph, which would make a heading of it; French lists with en dashes, after a colon.
    """
    if ")[" in markdown:
        markdown = replaced(markdown, _TURNED, lambda found: f"[{found['words']}]({found['url']})")
    if "] (" in markdown or ("\u00a0" in markdown and "]\u00a0(" in markdown):
        defined = frozenset(_LABEL.findall(markdown))
        markdown = replaced(markdown, _PARTED, lambda found: _link(found, defined))
    # One look at how lines begin costs a third of a look for each sign.
    begin = "\n".join({line[:8] for line in markdown.split("\n")})
    kinds = {found.lastgroup for found in _BEGINS.finditer(begin)}
    if "heading" in kinds:
        markdown = replaced(markdown, _HEADING, _heading)
    if "rule" in kinds:
        markdown = replaced(markdown, _RULE, _rule)
    if "item" in kinds:
        markdown = replaced(f"\n{markdown}", _TIGHT, _item)[1:]
    if "dash" in kinds:
        markdown = replaced(markdown, _DASHED, _dashed)
    return markdown


def _heading(marks: re.Match[str]) -> str | None:
    before = marks.string[max(0, marks.start() - 4) : marks.start()]
    return f"{marks[0]} " if not before.rpartition("\n")[2].strip(" ") else None


def _link(found: re.Match[str], defined: frozenset[str]) -> str | None:
    """Return a link, unless its words are one already, which is ``defined`` elsewhere."""
    if found["words"] in defined:
        return None
    return f"[{found['words']}]({found['url']})"


def _rule(dashes: re.Match[str]) -> str | None:
    text, end = dashes.string, dashes.start()
    above = text[text.rfind("\n", max(0, end - 10 * _LONGEST_HEADING), end) + 1 : end].rstrip()
    is_text = len(above) > _LONGEST_HEADING and above.endswith(_ENDS) and "|" not in above
    return f"\n{dashes[0]}" if is_text and above[0] not in "-*+>#<" else None


def _item(line: re.Match[str]) -> str | None:
    """Return a line that is an item where the line before or after is one, or was meant to be."""
    if line["mark"] == "*":
        below = line.string[line.start() : line.end() + _LONGEST_EMPHASIS]
        if _IS_PAIRED(below.partition("\n\n")[0]):
            return None
    before, after = _beside(line)
    if not any(_is_next(line["mark"], each, step) for each, step in ((before, -1), (after, 1))):
        return None
    return f"\n{line['mark']} {line['rest']}"


def _is_next(mark: str, line: str, step: int) -> bool:
    """Tell whether ``line`` is an item ``step`` from one with ``mark``."""
    listed = _LISTED(line)
    if listed is None:
        return False
    if mark in "-*":
        return listed["mark"] == mark
    return listed["number"] is not None and int(listed["number"]) == int(mark[:-1]) + step


def _dashed(found: re.Match[str]) -> str:
    """Return a list for the lines with dashes below a colon; without it they may be a dialogue."""
    before = found.string[found.start() : found.start("items")]
    return before + _DASH.sub(r"\g<indent>- ", found["items"])


def _beside(line: re.Match[str]) -> tuple[str, str]:
    """Return the lines before and after the one that ``line`` begins with its break."""
    text, start = line.string, line.start()
    above = text[text.rfind("\n", 0, start) + 1 : start]
    end = text.find("\n", start + 1)
    below = text[end + 1 : end + 1 + _NEXT].partition("\n")[0] if end >= 0 else ""
    return above, below
