"""Mathematics between dollars: braces are TeX's there."""

from __future__ import annotations

from bisect import bisect_left

from newsfeed.text.regex import regex

_MARK = regex(r"\$\$?|\n\n?")


class Mathematics:
    """The dollars of ``text``: two open and close a formula in a paragraph, one within a line."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        # Before each mark: whether two dollars, or one in this line, have opened a formula.
        self._open: list[tuple[bool, bool]] = []
        self._is_dollar: list[bool] = []
        display = inline = False
        for mark in _MARK.finditer(text) if "$" in text else ():
            self._starts.append(mark.start())
            self._open.append((display, inline))
            self._is_dollar.append(mark[0][0] == "$")
            if mark[0] == "$$":
                display = not display
            elif mark[0] == "$":
                inline = not inline
            else:
                inline = False
                display = display and mark[0] == "\n"
        self._starts.append(len(text))
        self._open.append((display, inline))
        self._is_dollar.append(False)

    def holds(self, start: int, end: int) -> bool:
        """Tell whether the characters ``start`` to ``end`` stand in a formula."""
        display, inline = self._open[bisect_left(self._starts, start)]
        following = bisect_left(self._starts, end)
        return display or (inline and self._is_dollar[following])
