"""TOML between ``+++``, as Hugo and Zola have it, or after ``--- toml``."""

from __future__ import annotations

import re

import tomli

from newsfeed.content.frontmatter import repairs
from newsfeed.content.frontmatter.block import Broken, Fault, Value, too_deep
from newsfeed.content.frontmatter.handler import Handler
from newsfeed.content.frontmatter.texts import key_lines, mapping_of_texts
from newsfeed.text.regex import regex

_FENCE = regex(r"^\+{3,}[ \t]*$", re.MULTILINE)
_KEY = regex(r"^[ \t]*(?:\[\[?[ \t]*)?[\"']?([\w.-]+)[\"']?[ \t]*(?:[=:]|\])", re.MULTILINE)


class TomlHandler(Handler):
    """Reads TOML, whose values become the texts that were written for them."""

    container = "toml"
    FM_BOUNDARY = regex(r"\+{3,}[ \t]*(?:\n|\Z)|---[ ]*(?i:toml)[ \t]*\n")
    START_DELIMITER = END_DELIMITER = "+++"

    def split(self, _text: str) -> tuple[str, str]:
        opening = self.FM_BOUNDARY.match(self.text, self.opening)
        assert opening is not None
        start = opening.end()
        if opening[0][0] == "+":
            closing = _FENCE.search(self.text, start)
            if closing is None:
                raise self.unclosed(start, "+++")
        else:
            closing = self.hyphens(start)
        return self.held(start, closing.start(), self.after(closing.end()))

    def load(self, fm: str) -> dict[str, Value]:
        self.bounded()
        try:
            table = tomli.loads(fm, parse_float=str)
        except RecursionError:
            raise Broken(too_deep(self.start)) from None
        except ValueError as error:
            mended = repairs.toml(fm)
            if mended is None:
                at = self.start + _place(fm, error)
                raise Broken(Fault("frontmatter-toml", at, (("better", "…"),))) from None
            table = tomli.loads(mended.text, parse_float=str)
            self.faults += [fault.shifted(self.start) for fault in mended.faults]
        values = mapping_of_texts(table, self.start)
        self.lines = key_lines(self, values, _KEY)
        return values


def _place(inside: str, error: ValueError) -> int:
    """Return where a parser's ``error`` is, at the beginning where it does not say."""
    last = max(0, len(inside.rstrip()) - 1)
    if not isinstance(error, tomli.TOMLDecodeError):
        return 0
    return error.pos if error.pos < len(inside) else last
