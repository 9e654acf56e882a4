"""What all handlers of python-frontmatter here have in common."""

from __future__ import annotations

import re
from typing import ClassVar

from frontmatter.default_handlers import BaseHandler

from newsfeed.content.frontmatter.block import (
    MAX_SIZE,
    Block,
    Broken,
    Container,
    Fault,
    Value,
    too_big,
)
from newsfeed.text.regex import regex

CLOSING = regex(r"^(?:-{3,}|\.{3})[ \t]*$", re.MULTILINE)


class Handler(BaseHandler):
    """Opens the front matter of one text, which begins at its character ``start``.

    python-frontmatter asks it to `detect`, `split` and `load`. It hands over texts whose ends it has
    trimmed, so ``split`` looks at the whole text: places count there. ``split`` notes where the front
    matter and the body lie, ``load`` the ``lines`` of its keys, both what is wrong. `block` puts that
    together with the values that python-frontmatter returns.
    """

    container: ClassVar[Container] = ""
    # How it begins.
    FM_BOUNDARY: re.Pattern[str]

    def __init__(self, text: str, start: int = 0, *, html: bool = False) -> None:
        super().__init__()
        self.text = text
        self.opening = start
        self.html = html
        self.start = self.end = self.body_at = start
        self.found = False
        self.broken = False
        self.mended = ""
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def split(self, text: str) -> tuple[str, str]:
        """Return what lies between the fences, and the body. Raises ValueError where nothing does."""
        raise NotImplementedError

    def load(self, fm: str) -> dict[str, Value]:
        """Return the mapping of ``fm``, every scalar as text. Raises `Broken`."""
        raise NotImplementedError

    def held(self, start: int, end: int, body_at: int) -> tuple[str, str]:
        """Note where the front matter and the body lie, and return both."""
        self.found = True
        self.start, self.end, self.body_at = start, end, body_at
        return self.text[start:end], self.text[body_at:]

    def block(self, values: dict[str, Value]) -> Block:
        """Return the front matter whose values are known."""
        if not self.found:
            return Block()
        return Block(
            values=values,
            lines=self.lines,
            container=self.container,
            start=self.start,
            end=self.end,
            body_at=self.body_at,
            faults=tuple(self.faults),
            broken=self.broken,
            mended=self.mended,
        )

    def spoilt(self, fault: Fault) -> Block:
        """Return the front matter, which cannot be read because of ``fault``."""
        self.found = self.broken = True
        self.faults.append(fault)
        return self.block({})

    def unclosed(self, start: int, fence: str) -> Broken:
        """Return what is wrong where no ``fence`` closes what begins at ``start``.

        It is said of the opening fence.
        """
        self.start = self.end = self.body_at = start
        return Broken(Fault("frontmatter-unclosed", self.opening, (("fence", fence),)))

    def hyphens(self, start: int) -> re.Match[str]:
        """Return the ``---`` or ``...`` that closes what begins at ``start``. Raises `Broken`."""
        found = CLOSING.search(self.text, start)
        if found is None:
            raise self.unclosed(start, "---")
        return found

    def line(self, at: int) -> int:
        """Return the line, from 1, of the character ``at``."""
        return self.text.count("\n", 0, at) + 1

    def after(self, at: int) -> int:
        """Return the index after the line break at ``at``, if there is one."""
        return at + 1 if self.text[at : at + 1] == "\n" else at

    def bounded(self) -> None:
        """Raise `Broken` for a front matter over the bound."""
        if self.end - self.start > MAX_SIZE:
            raise Broken(too_big().shifted(self.start))
