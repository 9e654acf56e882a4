"""Where in the file something of the body was written."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, count
from operator import add
from urllib.parse import unquote

from newsfeed.text.regex import regex

Place = tuple[int, int]
"""A line and a column of a file, both from 1."""
_PATIENCE = 200
_TRIES = 8
_DEFINITION = regex(r"\]:[ \t]*+<?([^\s>]++)")
_BEFORE = "(\"'<=[{}|:#"
_AFTER = ")\"'>]|} \t\n"
_LETTERS = regex(r"[\W_]+")
_HEADING = regex(r"\n[ \t>]*(?:#{1,6}(?![^ \t\n])|<[hH][1-6]|(?P<line>=+|-+)[ \t]*(?![^\n]))")
_NEAR = 100


class Lines:
    """The lines of ``text``, found when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *map(add, accumulate(map(len, self._text.split("\n"))), count(1))]

    def start(self, at: int) -> int:
        """Return where the line begins in which the character ``at`` stands."""
        row = self._row(at)
        return self._starts[row - 1]

    def place(self, at: int) -> Place:
        """Return the line and the column of the character ``at``, from 1."""
        row = self._row(at)
        return row, at - self._starts[row - 1] + 1

    def _row(self, at: int) -> int:
        return bisect_right(self._starts, at)


class Places:
    """Finds what was written in a body's source, in the order in which it is asked.

    Most bodies have nothing to say of a line: what is asked is noted, and found when the first
    answer is wanted.

    Markdown keeps no positions, so the source is searched from the last find on; then from the last
    find that stood before another one, as those of notes do; then from its start. That is given up
    after `_PATIENCE` vain or backward searches: each may read the whole source. ``line`` is the
    file's line of the source's first character.
    """

    _cursor = _second = _sought = _passed = 0
    _misses = _absent = _retries = _questions = _vain = 0
    _lower = ""
    _headings: list[tuple[int, str]] | None = None

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.line = line
        self._cursor_line, self._cursor_start = line, 0
        self._asked: list[tuple[str, ...] | str] = []
        self._answers: list[Place] = []

    def ask(self, needles: tuple[str, ...]) -> int:
        """Note that the place of the first of ``needles`` in the source may be wanted; return a number."""
        self._asked.append(needles)
        return len(self._asked) - 1

    def ask_heading(self, begins: str) -> int:
        """Note that the place of the next heading that has ``begins`` in it may be wanted."""
        self._asked.append(begins)
        return len(self._asked) - 1

    def answer(self, number: int) -> Place:
        """Return the line and column that were asked for; what was asked before is found first."""
        for asked in self._asked[len(self._answers) : number + 1]:
            found = self._heading(asked) if isinstance(asked, str) else self._place_of(asked)
            self._answers.append(found)
        return self._answers[number]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _known(self) -> dict[tuple[str, ...], int]:
        return {}

    @cached_property
    def _defined(self) -> dict[str, Place]:
        """The places of reference definitions by address: mostly at the end, in any order."""
        defined: dict[str, Place] = {}
        if "]:" not in self.text:
            return defined
        for found in _DEFINITION.finditer(self.text):
            defined[found[1]] = self.place(found.start(1))
        return defined

    def _place_of(self, needles: tuple[str, ...]) -> Place:
        """Return the place of the first of ``needles`` that the source holds, else its beginning."""
        if self._misses > _PATIENCE:
            return self.line, 1
        text, cursor, defined = self.text, self._cursor, self._defined
        if len(needles) == 1 and "%" in needles[0]:
            needles = (needles[0], unquote(needles[0]))
        # Where an address has two forms, the first one is given up when it is never written.
        for needle in needles if self._absent < _PATIENCE else needles[-1:]:
            if needle in defined:
                return defined[needle]
            at = text.find(needle, cursor)
            if at < 0:
                self._absent += len(needles) > 1
                continue
            end = at + len(needle)
            if text[at - 1 : at] not in _BEFORE or text[end : end + 1] not in _AFTER:
                at = self._better(needle, at)
            breaks = text.count("\n", cursor, at)
            if breaks:
                self._cursor_line += breaks
                self._cursor_start = text.rfind("\n", cursor, at) + 1
            self._cursor = at + 1
            return self._cursor_line, at - self._cursor_start + 1
        return self._place_above(needles)

    def _heading(self, begins: str) -> Place:
        """Return the place of the next heading in the source that has ``begins`` in it."""
        if self._headings is None:
            self._headings = self._marked_lines()
        begins = begins[:32]
        for number, (line, written) in enumerate(
            self._headings[self._passed : self._passed + _NEAR], 1
        ):
            if begins in written or _letters(begins) in _letters(written):
                self._passed += number
                return line, 1
        return self._place_of((f">{begins}", begins))

    def _marked_lines(self) -> list[tuple[int, str]]:
        """Return the lines that may hold a heading: those with its mark, or above its underline."""
        # An expression that begins with a character is sought much faster than one that may not.
        text = "\n" + self.text
        headings: list[tuple[int, str]] = []
        line, at = self.line - 1, 0
        for mark in _HEADING.finditer(text):
            start = mark.start()
            line += text.count("\n", at, start + 1)
            at = start + 1
            if mark["line"]:
                above = text.rfind("\n", 0, start)
                headings.append((line - 1, text[above + 1 : start][:1000]))
            else:
                headings.append((line, text[at : at + 1000].partition("\n")[0]))
        return headings

    def _better(self, needle: str, first: int) -> int:
        """Return where ``needle`` stands after ``first`` as an address could, else ``first``."""
        text, at = self.text, first
        for _ in range(_TRIES if self._retries < _PATIENCE else 0):
            end = at + len(needle)
            is_begun = text[at - 1 : at] in _BEFORE or text[at - 2 : at] == ": "
            if is_begun and text[end : end + 1] in _AFTER:
                return at
            at = text.find(needle, at + 1)
            if at < 0:
                self._retries += 1
                break
        return first

    def _place_above(self, needles: tuple[str, ...]) -> Place:
        """Return the place of what stands only above the last find."""
        for needle in needles:
            at = self.text.find(needle, self._second, self._cursor)
            if at < 0:
                self._misses += 1
                at = self.text.find(needle, 0, self._cursor)
            if at >= 0:
                self._second = at
                return self.place(at)
        return self.line, 1

    def holds(self, *needles: str) -> bool:
        """Tell whether the source holds one of ``needles``, as far as patience goes."""
        self._questions += 1
        return self._questions <= _PATIENCE and any(needle in self.text for needle in needles)

    def seek(self, needles: tuple[str, ...]) -> Place:
        """Return the line and column of the first of ``needles`` in the source, in any case.

        Searches made in the order of the source take linear time in total.
        """
        if needles not in self._known:
            self._known[needles] = self._seek(needles)
        at = self._known[needles]
        return self.place(at) if at >= 0 else (self.line, 1)

    def rewind(self) -> None:
        """Let the next `seek` begin at the source's start."""
        self._sought = 0

    def _seek(self, needles: tuple[str, ...]) -> int:
        # A letter whose small form is longer moves what follows: then the column is not exact.
        lower = self._lower = self._lower or self.text.lower()
        for start in (self._sought, 0) if self._vain <= _PATIENCE else ():
            for needle in needles:
                at = lower.find(needle.lower(), start)
                if at >= 0:
                    self._sought = at
                    return min(at, len(self.text) - 1)
            self._vain += 1
        return -1

    def place(self, at: int) -> Place:
        """Return the file's line and the column of the source's character ``at``, from 1."""
        line, column = self._lines.place(at)
        return self.line + line - 1, column


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
