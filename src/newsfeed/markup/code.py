"""Which parts of a source are code: there nothing is foreign."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

import pyromark

from newsfeed.model import BodyFormat
from newsfeed.text.regex import regex

_PARSER = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES)
_HTML = regex(r"<(?:(pre|code|kbd|samp|script|style|textarea)\b[^<>]*+>|!--)", re.I)
_MARKS = ("`", "    ", "\t", "~~~")


class Code:
    """The parts of ``text`` that are code, and HTML comments, which are never published.

    The text is read as far as is asked: foreign syntax often stands near its beginning.
    """

    def __init__(self, text: str, written: BodyFormat) -> None:
        is_markdown = written == "markdown" and any(mark in text for mark in _MARKS)
        self._markdown = _Ranges(_markdown(text) if is_markdown else iter(()))
        self._html = _Ranges(_html(text, self._markdown) if "<" in text else iter(()))

    def marked_end_at(self, at: int) -> int:
        """Return the end of Markdown's code that the character ``at`` is in, 0 for none."""
        return self._markdown.end_at(at)

    def end_at(self, at: int) -> int | None:
        """Return the end of the code that the character ``at`` is in, None when it is in none."""
        end = max(self._html.end_at(at), self._markdown.end_at(at))
        if not end:
            return None
        # Where two parts overlap, the end of the second one counts.
        while (later := max(self._html.end_at(end - 1), self._markdown.end_at(end - 1))) > end:
            end = later
        return end


@lru_cache(maxsize=2)
def code_of(text: str, written: BodyFormat) -> Code:
    """Return the code of ``text``: most steps of rendering ask about the same text, one after the other."""
    return Code(text, written)


def replaced(
    markdown: str, sought: re.Pattern[str], put: Callable[[re.Match[str]], str | None]
) -> str:
    """Return ``markdown`` with what ``put`` gives, outside of code, for what ``sought`` finds."""
    code: Code | None = None
    kept: list[str] = []
    at = 0
    for found in sought.finditer(markdown):
        instead = put(found)
        if instead is None:
            continue
        code = code or code_of(markdown, "markdown")
        if code.end_at(found.start()) is None:
            kept += (markdown[at : found.start()], instead)
            at = found.end()
    return "".join([*kept, markdown[at:]])


class _Ranges:
    """Ranges of characters in the order of their starts, read when they are asked for."""

    def __init__(self, ranges: Iterator[tuple[int, int]]) -> None:
        self._rest = ranges
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._is_read = False

    def end_at(self, at: int) -> int:
        """Return the end of the range that the character ``at`` is in, 0 when it is in none."""
        while not self._is_read and (not self._starts or self._starts[-1] <= at):
            start, end = next(self._rest, (-1, -1))
            self._is_read = start < 0
            if start >= 0:
                self._starts.append(start)
                self._ends.append(end)
        index = bisect_right(self._starts, at) - 1
        return self._ends[index] if index >= 0 and at < self._ends[index] else 0


def _html(text: str, markdown: _Ranges) -> Iterator[tuple[int, int]]:
    """Yield the elements of code and the comments, but for those that code of ``markdown`` shows."""
    unclosed: set[str] = set()
    at = 0
    # Each search for an end tag that finds none is the last one: the whole stays linear.
    while (start := _HTML.search(text, at)) is not None:
        at = markdown.end_at(start.start()) or start.end()
        if at > start.end():
            continue
        end = f"</{start[1].lower()}" if start[1] else "-->"
        if end in unclosed:
            continue
        closed = re.compile(end, re.I).search(text, at)
        if closed is None:
            unclosed.add(end)
            continue
        at = closed.end()
        yield start.start(), at


def indented_code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the blocks of Markdown's ``text`` that are code because they are indented."""
    for start, end, is_indented in _events(text):
        if is_indented:
            yield start, end


def _markdown(text: str) -> Iterator[tuple[int, int]]:
    """Yield the code blocks and code spans of Markdown."""
    for start, end, _ in _events(text):
        yield start, end


def _events(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield what is code, and whether it is so by its indentation; the parser counts bytes."""
    encoded = b"" if text.isascii() else text.encode()
    byte = character = 0
    for event, place in _PARSER.events_with_range(text, merge_text=True):
        if not isinstance(event, dict):
            continue
        start = event.get("Start")
        block = start.get("CodeBlock") if isinstance(start, dict) else None
        if "Code" not in event and block is None:
            continue
        is_indented = block == "Indented"
        if not encoded:
            yield place["start"], place["end"], is_indented
            continue
        character += len(encoded[byte : place["start"]].decode())
        length = len(encoded[place["start"] : place["end"]].decode())
        yield character, character + length, is_indented
        byte = place["end"]
        character += length
