"""JSON, and the members of a JSON object without its braces, as Hexo has them."""

from __future__ import annotations

import json
import re

from newsfeed.content.frontmatter import repairs
from newsfeed.content.frontmatter.block import MAX_SIZE, Broken, Fault, Value, too_deep
from newsfeed.content.frontmatter.handler import Handler
from newsfeed.content.frontmatter.texts import key_lines, mapping_of_texts
from newsfeed.text.regex import regex

_KEY = regex(r'(?:^|[{,])[ \t]*"((?:[^"\\]|\\.)+)"[ \t]*:', re.MULTILINE)
_HEXO_END = regex(r"^;{3,}[ \t]*$", re.MULTILINE)


class JsonHandler(Handler):
    """Reads a JSON object, whose values become the texts that were written for them.

    Nothing but the object's end says where the body begins: ``split`` finds it by decoding.
    """

    container = "json"
    FM_BOUNDARY = regex(r'\{\s*"|---[ ]*(?i:json)[ \t]*\n')
    START_DELIMITER, END_DELIMITER = "{", "}"

    def split(self, _text: str) -> tuple[str, str]:
        start, closing = self.opening, None
        if self.text.startswith("---", start):
            opening = self.FM_BOUNDARY.match(self.text, start)
            assert opening is not None
            closing = self.hyphens(opening.end())
            start = _visible(self.text, opening.end())
        self.held(start, start, start)
        self.table, length = self._decoded(self.text[start : start + MAX_SIZE + 1])
        end = start + length
        body_at = min(closing.end() + 1, len(self.text)) if closing else self.after(end)
        return self.held(start, end, body_at)

    def load(self, _fm: str) -> dict[str, Value]:
        values = mapping_of_texts(self.table, self.start)
        self.lines = key_lines(self, values, _KEY)
        return values

    def _decoded(self, inside: str) -> tuple[object, int]:
        """Return the object at the beginning of ``inside``, mended if need be, and its length."""
        try:
            return decoder().raw_decode(inside)
        except RecursionError:
            raise Broken(too_deep(self.start)) from None
        except json.JSONDecodeError as error:
            if len(inside) > MAX_SIZE:
                self.end = len(self.text)
                self.bounded()
            mended = repairs.json_object(inside)
            if mended is None:
                raise Broken(Fault("frontmatter-json", self.start + error.pos)) from None
        table, length = decoder().raw_decode(mended.text)
        length -= sum(
            len(new) - (end - at) for fault in mended.faults for at, end, new in fault.edits
        )
        self.faults += [fault.shifted(self.start) for fault in mended.faults]
        return table, length


class HexoHandler(Handler):
    """Reads Hexo's JSON members, without braces, that ``;;;`` closes and may open."""

    container = "hexo"
    FM_BOUNDARY = regex(r";{3,}[ \t]*(?:\n|\Z)")
    START_DELIMITER = END_DELIMITER = ";;;"

    def detect(self, text: str) -> bool:
        if text.startswith('"'):
            return _HEXO_END.search(self.text, self.opening) is not None
        return super().detect(text)

    def split(self, _text: str) -> tuple[str, str]:
        opening = self.FM_BOUNDARY.match(self.text, self.opening)
        start = opening.end() if opening else self.opening
        closing = _HEXO_END.search(self.text, start)
        if closing is None:
            raise self.unclosed(start, ";;;")
        return self.held(start, closing.start(), self.after(closing.end()))

    def load(self, fm: str) -> dict[str, Value]:
        self.bounded()
        inside = fm.strip().rstrip(",")
        whole = inside if inside.startswith("{") else "{" + inside + "}"
        try:
            table = decoder().decode(whole)
        except json.JSONDecodeError as error:
            at = self.start + max(0, error.pos - 1)
            raise Broken(Fault("frontmatter-json", at)) from None
        except RecursionError:
            raise Broken(too_deep(self.start)) from None
        values = mapping_of_texts(table, self.start)
        self.lines = key_lines(self, values, _KEY)
        return values


def decoder() -> json.JSONDecoder:
    """Return a decoder to which numbers are texts, as everything else is."""
    return json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=str)


def _visible(text: str, start: int) -> int:
    """Return the place of the first character from ``start`` that is no space."""
    found = re.compile(r"\s*").match(text, start)
    return found.end() if found else start
