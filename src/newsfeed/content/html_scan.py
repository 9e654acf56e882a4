"""The little that reading an article needs of HTML: one element, and text without its tags.

Both look at each character once, whatever is left open.
"""

from __future__ import annotations

import html
import re
import sys
from typing import NamedTuple

from newsfeed.content.charset import legal


class Element(NamedTuple):
    """Where an element is: from ``start`` to ``end``, what it holds from ``inner`` to ``close``."""

    start: int
    inner: int
    close: int
    end: int


def element(
    text: str, name: str, start: int = 0, end: int = sys.maxsize, *, closing: str = ""
) -> Element | None:
    """Return the first element ``name`` between two places, up to its end tag or ``closing``.

    ``closing`` is a pattern; an end tag that is missing leaves no element.
    """
    end = min(end, len(text))
    opening = re.compile(rf"(?i)<{name}\b").search(text, start, end)
    inner = text.find(">", opening.end(), end) + 1 if opening else 0
    if opening is None or inner == 0:
        return None
    found = re.compile(closing or rf"(?i)</{name}\s*>").search(text, inner, end)
    return Element(opening.start(), inner, found.start(), found.end()) if found else None


def plain(markup: str) -> str:
    """Return what ``markup`` says, without tags and character references."""
    return legal(html.unescape(untagged(markup)))


def untagged(markup: str) -> str:
    """Return ``markup`` without its tags; what begins one that does not end stays."""
    before, bracket, after = markup.rpartition(">")
    return re.sub(r"<[^>]*>", "", before + bracket) + after
