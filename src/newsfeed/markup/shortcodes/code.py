"""Which parts of a source are code: there nothing is foreign."""

from __future__ import annotations

import re
from bisect import bisect_right

import pyromark

from newsfeed.model import BodyFormat

_PARSER = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES)
_HTML = re.compile(r"<(?:(pre|code|kbd|samp|script|style|textarea)\b[^>]*>|!--)", re.I)


class Code:
    """The parts of ``text`` that are code, and HTML comments, which are never published."""

    def __init__(self, text: str, written: BodyFormat) -> None:
        ranges = _html(text)
        if written == "markdown":
            ranges += _markdown(text)
        ranges.sort()
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in ranges:
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def end_at(self, at: int) -> int | None:
        """Return the end of the code that the character ``at`` is in, None when it is in none."""
        index = bisect_right(self._starts, at) - 1
        if index >= 0 and at < self._ends[index]:
            return self._ends[index]
        return None


def _html(text: str) -> list[tuple[int, int]]:
    if "<" not in text:
        return []
    lower = text.lower()
    found: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    at = 0
    # Each search for an end tag that finds none is the last one: the whole stays linear.
    while (start := _HTML.search(lower, at)) is not None:
        name = start[1]
        at = start.end()
        end = "-->" if name is None else f"</{name}"
        if end in unclosed:
            continue
        closed = lower.find(end, at)
        if closed < 0:
            unclosed.add(end)
            continue
        found.append((start.start(), closed + len(end)))
        at = closed + len(end)
    return found


def _markdown(text: str) -> list[tuple[int, int]]:
    if not ("`" in text or "    " in text or "\t" in text or "~~~" in text):
        return []
    found: list[tuple[int, int]] = []
    for event, place in _PARSER.events_with_range(text):
        if isinstance(event, dict):
            start = event.get("Start")
            if "Code" in event or (isinstance(start, dict) and "CodeBlock" in start):
                found.append((place["start"], place["end"]))
    return found if text.isascii() else _characters(text, found)


def _characters(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges of bytes as ranges of characters."""
    encoded = text.encode()
    marks: dict[int, int] = {}
    at = count = 0
    for mark in sorted({edge for pair in ranges for edge in pair}):
        count += len(encoded[at:mark].decode("utf-8", "replace"))
        marks[mark] = count
        at = mark
    return [(marks[start], marks[end]) for start, end in ranges]
