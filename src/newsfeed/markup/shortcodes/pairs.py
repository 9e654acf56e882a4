"""Which end tag belongs to which start tag: found in one pass over a text for each name."""

from __future__ import annotations

import re
from bisect import bisect_left


class Pairs:
    """The start and end tags that ``pattern`` finds in ``text``; group 1 is what an end tag has."""

    def __init__(self, pattern: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._at: list[int] = []
        # After each tag, the innermost start tag that is open, by its number; -1 for none.
        self._open: list[int] = []
        self._end_of: dict[int, re.Match[str]] = {}
        self._unopened: list[re.Match[str]] = []
        stack: list[int] = []
        for number, tag in enumerate(re.compile(pattern, flags).finditer(text)):
            if tag[1] is None:
                stack.append(number)
            elif stack:
                self._end_of[stack.pop()] = tag
            else:
                self._unopened.append(tag)
            self._at.append(tag.start())
            self._open.append(stack[-1] if stack else -1)

    def end_after(self, at: int) -> re.Match[str] | None:
        """Return the end tag of the innermost element in which the character ``at`` stands."""
        last = bisect_left(self._at, at) - 1
        if last >= 0 and self._open[last] >= 0:
            return self._end_of.get(self._open[last])
        first = bisect_left(self._unopened, at, key=lambda tag: tag.start())
        return self._unopened[first] if first < len(self._unopened) else None


class Ends:
    """The places of all matches of ``pattern`` in ``text``, by the name that its group 1 finds."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._found: dict[str, list[re.Match[str]]] = {}
        for match in pattern.finditer(text):
            self._found.setdefault(match[1], []).append(match)

    def after(self, name: str, at: int) -> re.Match[str] | None:
        """Return the first one with this ``name`` that begins at the character ``at`` or later."""
        found = self._found.get(name, [])
        index = bisect_left(found, at, key=lambda match: match.start())
        return found[index] if index < len(found) else None
