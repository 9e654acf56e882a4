"""What a rendered body is, and what can be asked of it."""

from __future__ import annotations

import re
from html import unescape

import msgspec

from newsfeed.diagnostics import Diagnostic
from newsfeed.markup.address_slots import MORE, Ref, Resolve, Resolved, Slot, filled
from newsfeed.markup.elements.mathml import with_tex
from newsfeed.markup.elements.tags import TAG
from newsfeed.markup.plain.excerpt import (
    excerpt,
    first_paragraph,
    first_words,
    marked_excerpt,
    prose,
    words_of,
)
from newsfeed.markup.typography import THIN, WIDE
from newsfeed.text.regex import regex

_NO_PROSE = regex(r"<pre|<table|\$\$|\\\[|\\begin\{")
_OPENING = 8000


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """An article's body: safe HTML whose addresses are still open.

    ``slots`` stand between ``segments``. ``anchors`` are the ids in the HTML, prefixed; ``h1`` the
    text of the first heading of level 1. ``problems`` point into the file. ``prose`` is the text
    with edges and bare tags in it. ``still`` says that there is no picture, table or preformatted
    text.
    """

    segments: tuple[str, ...]
    slots: tuple[Slot, ...] = ()
    refs: tuple[Ref, ...] = ()
    anchors: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    prose: str = ""
    h1: str | None = None
    leading_h1: bool = False
    still: bool = False

    @property
    def words(self) -> int:
        """How many words the body has."""
        text = TAG.sub(" ", self.prose)
        # A non-breaking space parts no words: it keeps punctuation and figures together.
        return len(text.split()) - text.count(WIDE) - text.count(THIN)

    def html(self, resolve: Resolve, *, title: str | None = None) -> str:
        """Return the whole body with every address as ``resolve`` gives it.

        What ``resolve`` answers ``None`` for loses its address: a link becomes its text, a picture
        its alternative text. A first heading of level 1 that says the same as ``title`` is left
        out, since what shows the body shows the title above it.
        """
        html = self._filled(resolve, len(self.slots))
        if title is not None and self.leading_h1 and self.h1 and _alike(title, self.h1):
            html = html.partition("</h2>")[2].lstrip()
        return html

    def excerpt(self, resolve: Resolve) -> str:
        """Return the HTML up to the author's marker, otherwise the first one or two paragraphs.

        Without pictures, headings, ids, footnote marks, and (but for a marker) tables and code.
        """
        if MORE in self.slots:
            return marked_excerpt(self._filled(resolve, self.slots.index(MORE)))
        for number, segment in enumerate(self.segments):
            if "</p>" in segment:
                first = first_paragraph(self._filled(resolve, number))
                if first:
                    return first
                break
        end = self._opening()
        found = excerpt(self._filled(resolve, end))
        if found or end == len(self.slots):
            return found
        return excerpt(self._filled(resolve, len(self.slots)))

    def _opening(self) -> int:
        """Return the number of slots that surely hold the first paragraphs."""
        length = 0
        for number, segment in enumerate(self.segments):
            length += len(segment)
            if length > _OPENING:
                return number
        return len(self.slots)

    @property
    def summary(self) -> str:
        """The first 200 to 300 characters as plain text, cut where a sentence or a word ends."""
        html = with_tex(self.excerpt(_anywhere))
        text = prose(html) if _NO_PROSE.search(html) else ""
        return first_words(text or words_of(html))

    def _filled(self, resolve: Resolve, end: int) -> str:
        """Return the HTML up to the slot number ``end``."""
        return filled(self.segments, self.slots[:end], self.refs, self.anchors, resolve)


def _anywhere(_: Ref) -> Resolved:
    """Keep each tag that holds an address: a picture that leads nowhere becomes a text."""
    return Resolved("")


def _alike(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unescape(text)).casefold()
