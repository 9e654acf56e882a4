"""Where in the file something of the body was written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

_PATIENCE = 200
_TRIES = 8
_BEFORE = "(\"'<=[{}|:#"


class Places:
    """Finds what was written in a body's source, in the order in which it is asked.

    Markdown keeps no positions, so the source is searched, from the last find on and then from its
    start. ``line`` is the file's line of the source's first character.
    """

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.line = line
        self._cursor = 0
        self._cursor_line = line
        self._starts: list[int] = []
        self._misses = 0

    def line_after(self, address: str) -> int:
        """Return the line of the next place where ``address`` stands as one: `line_of`, faster."""
        text, cursor = self.text, self._cursor
        at = text.find(address, cursor)
        if at > 0 and text[at - 1] in _BEFORE:
            self._cursor_line += text.count("\n", cursor, at)
            self._cursor = at + 1
            return self._cursor_line
        return self.line_of((address,))

    def line_of(self, needles: Iterable[str]) -> int:
        """Return the line of the first of ``needles`` that the source holds, else the first line."""
        if self._misses > _PATIENCE:
            return self.line
        for needle in needles:
            at = self._find(needle)
            if at >= 0:
                self._cursor_line += self.text.count("\n", self._cursor, at)
                self._cursor = at + 1
                return self._cursor_line
        for needle in needles:
            at = self.text.find(needle)
            if at >= 0:
                return self.place(at)[0]
        self._misses += 1
        return self.line

    def _find(self, needle: str) -> int:
        """Return where ``needle`` stands after the last find, rather where an address could."""
        text = self.text
        first = at = text.find(needle, self._cursor)
        for _ in range(_TRIES):
            if at <= 0 or text[at - 1] in _BEFORE or text[at - 2 : at] == ": ":
                break
            at = text.find(needle, at + 1)
        else:
            return first
        return at if at >= 0 else first

    def seek(self, needles: Iterable[str]) -> tuple[int, int]:
        """Return the line and column of the first of ``needles`` in the source, in any case."""
        lower = self.text.lower()
        # A letter whose small form is longer moves what follows: then the column is not exact.
        found = [at for needle in needles if (at := lower.find(needle.lower())) >= 0]
        return self.place(min(found[0], len(self.text) - 1)) if found else (self.line, 1)

    def place(self, at: int) -> tuple[int, int]:
        """Return the file's line and the column of the source's character ``at``, from 1."""
        if not self._starts:
            self._starts = [0]
            end = self.text.find("\n")
            while end >= 0:
                self._starts.append(end + 1)
                end = self.text.find("\n", end + 1)
        row = bisect_right(self._starts, at)
        return self.line + row - 1, at - self._starts[row - 1] + 1
