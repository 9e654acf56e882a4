"""What is left of a line when its only content was left out: nothing, rather than a bullet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.text.regex import regex

_PAIRS = ("**", "__", "~~", "*", "_", '"')
_BARE = regex(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)]|#{1,6})(?:[ \t]+|\Z))?(?:!?\[\]\([^()\n]*\)[ \t]*)?")


def without_leftovers(text: str, replacements: Iterable[Replacement]) -> list[Replacement]:
    """Return ``replacements`` of a Markdown ``text``, wider where they would leave a bare mark.

    A bullet, a heading's or a quotation's mark, or emphasis that holds nothing goes with what it
    held.
    """
    kept: list[Replacement] = []
    for line in _lines(text, [_without_pairs(text, each) for each in sorted(replacements)]):
        start = text.rfind("\n", 0, line[0].start) + 1
        end = text.find("\n", line[-1].end)
        end = len(text) if end < 0 else end
        left: list[str] = []
        at = start
        for each in line:
            left += (text[at : each.start], each.text)
            at = each.end
        rest = "".join(left) + text[at:end]
        gone = any(not each.text for each in line)
        if gone and rest.strip() and _BARE.fullmatch(rest):
            kept.append(Replacement(start, min(end + 1, len(text)), ""))
        else:
            kept += line
    return kept


def _without_pairs(text: str, gone: Replacement) -> Replacement:
    """Return ``gone``, and the emphasis around it alone."""
    if gone.text or gone.start == gone.end:
        return gone
    start, end = gone.start, gone.end
    for pair in _PAIRS:
        width = len(pair)
        if text[end : end + width] == pair and text[max(0, start - width) : start] == pair:
            return Replacement(start - width, end + width, "")
    return gone


def _lines(text: str, replacements: Iterable[Replacement]) -> Iterator[list[Replacement]]:
    """Yield the replacements that share a line, those that overlap another left out."""
    line: list[Replacement] = []
    for each in replacements:
        if line and each.start < line[-1].end:
            continue
        if line and "\n" in text[line[-1].end : each.start]:
            yield line
            line = []
        line.append(each)
    if line:
        yield line
