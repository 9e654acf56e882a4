"""Replacing parts of a text and still knowing where in the first text something stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import msgspec


class Replacement(msgspec.Struct, frozen=True, order=True, gc=False):
    """``text`` stands for the characters ``start`` to ``end``."""

    start: int
    end: int
    text: str


class Edited:
    """``text`` after the replacements, which must not overlap, and the way back."""

    def __init__(self, text: str, replacements: Iterable[Replacement]) -> None:
        pieces: list[str] = []
        # Where a run of unchanged text begins: in the new text, and in the old one.
        self._new, self._old = [0], [0]
        at = length = 0
        for each in sorted(replacements):
            if each.start < at:
                continue
            pieces += (text[at : each.start], each.text)
            length += each.start - at + len(each.text)
            self._new.append(length)
            self._old.append(each.end)
            at = each.end
        pieces.append(text[at:])
        self.text = "".join(pieces)

    def origin(self, at: int) -> int:
        """Return where the character ``at`` of the new text stood in the old one, or about there."""
        run = bisect_right(self._new, at) - 1
        last = self._old[run + 1] if run + 1 < len(self._old) else at + self._old[run]
        return min(self._old[run] + at - self._new[run], last)
