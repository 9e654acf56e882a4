"""Lines without fences: Pelican's and Notion's ``Title: …``, Logseq's ``title:: …``, Nikola's in a comment."""

from __future__ import annotations

import re

from newsfeed.content.frontmatter.block import MAX_SIZE, Value
from newsfeed.content.frontmatter.handler import Handler
from newsfeed.content.frontmatter.yaml_handler import FENCELESS, OUR_KEYS
from newsfeed.text.regex import regex

_LINE = regex(r"([^\W\d_][\w .-]{0,40}?)[ \t]*::?(?:[ \t]+(.*)|)").fullmatch
_REFERENCE = regex(r"\[\[([^\[\]\n]*)\]\]")
_COMMENT_LINE = regex(r"^\.\.[ \t]+([\w-]+):[ \t]*(.*)$", re.MULTILINE)


class LinesHandler(Handler):
    """Reads Pelican's lines, up to the first blank one.

    A line that begins with spaces continues the one before it.
    """

    container = "pelican"
    FM_BOUNDARY = regex(FENCELESS)

    def split(self, text: str) -> tuple[str, str]:
        """Return the lines, and the body. Raises ValueError for a line that is not a field."""
        text, at = self.text, self.opening
        self._parts: dict[str, list[str]] = {}
        number, last, row = self.line(at), "", ""
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            row = text[at:end]
            if row[:1] in (" ", "\t") and row.strip() and last:
                self._parts[last].append(row.strip())
            elif found := _LINE(row):
                last = found[1].lower()
                self._parts[last], self.lines[last] = [(found[2] or "").strip()], number
            else:
                break
            at, number = end + 1, number + 1
        else:
            row = ""
        at = min(at, len(text))
        if row.strip():
            raise ValueError
        return self.held(self.opening, at, self.after(at))

    def load(self, _fm: str) -> dict[str, Value]:
        self.bounded()
        return {key: " ".join(parts).strip() for key, parts in self._parts.items()}


class NotionHandler(LinesHandler):
    """Reads what Notion exports: the title as a heading, a blank line, and the properties as lines."""

    FM_BOUNDARY = regex(
        rf"#[ \t]+(?P<title>[^\n]+)\n(?:[ \t]*\n)+(?={OUR_KEYS}|(?:created|étiquettes)[^:\n]{{0,20}}:)",
        re.I,
    )

    def detect(self, _text: str) -> bool:
        self._heading = self.FM_BOUNDARY.match(self.text, self.opening)
        return self._heading is not None

    def split(self, text: str) -> tuple[str, str]:
        assert self._heading is not None
        heading, self.opening = self.opening, self._heading.end()
        inside = super().split(text)
        self._parts.setdefault("title", [self._heading["title"].strip()])
        self.lines.setdefault("title", self.line(heading))
        return inside


class LogseqHandler(LinesHandler):
    """Reads the properties of a page of Logseq, whose references lose their brackets."""

    FM_BOUNDARY = regex(rf"{FENCELESS}:")

    def load(self, fm: str) -> dict[str, Value]:
        values = super().load(fm)
        return {key: _REFERENCE.sub(r"\1", str(value)) for key, value in values.items()}


class CommentHandler(Handler):
    """Reads Nikola's lines in a comment; other comments are no front matter."""

    container = "pelican"
    FM_BOUNDARY = regex("<!-")
    START_DELIMITER, END_DELIMITER = "<!--", "-->"

    def detect(self, text: str) -> bool:
        if not super().detect(text):
            return False
        self._close = self.text.find("-->", self.opening)
        if not 0 <= self._close <= self.opening + MAX_SIZE:
            return False
        self._values: dict[str, Value] = {}
        number, at = self.line(self.opening), self.opening
        for found in _COMMENT_LINE.finditer(self.text, self.opening, self._close):
            key = found[1].lower()
            number += self.text.count("\n", at, found.start(1))
            at = found.start(1)
            self._values[key], self.lines[key] = found[2].strip(), number
        return "title" in self._values or "date" in self._values

    def split(self, _text: str) -> tuple[str, str]:
        return self.held(self.opening, self._close, self.after(self._close + 3))

    def load(self, _fm: str) -> dict[str, Value]:
        return self._values
