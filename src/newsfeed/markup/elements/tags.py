"""Tags and texts of well-formed HTML, as nh3 and pyromark write it.

html5ever escapes ``<`` and ``>`` in texts and in attributes, and quotes every attribute with
``"``: what stands between angle brackets is a tag, and nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from newsfeed.text.regex import regex

TAG = regex(r"(<[^>]*>)")
"""Splits HTML into texts and tags in turn."""
NAME = regex(r"</?([a-z][a-z0-9]*)")
ATTRIBUTES = regex(r' ([^ =]+)="([^"]*)"')
VOID = frozenset({"br", "hr", "img", "wbr", "source", "track", "col", "input", "more"})
"""Elements without an end tag, and our own mark of where an excerpt ends."""
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins",
    "kbd", "mark", "picture", "q", "s", "samp", "small", "source", "span", "strong", "sub",
    "sup", "time", "track", "u", "var", "wbr",
})  # fmt: skip


def name_of(tag: str) -> str:
    """Return the element's name of a start or an end tag."""
    found = NAME.match(tag)
    return found[1] if found else ""


def attribute(tag: str, name: str) -> str | None:
    """Return an attribute of a start tag as it stands there, escaped."""
    at = tag.find(f' {name}="')
    if at < 0:
        return None
    at += len(name) + 3
    return tag[at : tag.index('"', at)]


def text_of(html: str) -> str:
    """Return the text of ``html`` in one line; block elements part words, inline ones do not."""
    pieces = TAG.split(html)
    for index in range(1, len(pieces), 2):
        name = name_of(pieces[index])
        pieces[index] = "" if name in INLINE and name != "br" else " "
    return squeeze(unescape("".join(pieces)))


def squeeze(text: str) -> str:
    """Return ``text`` with runs of ordinary white space made one space, and none at its ends."""
    return re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" ")


def closing(parts: Sequence[str], start: int) -> int:
    """Return the index of the end tag that closes the start tag at ``start``, or ``start``."""
    name = name_of(parts[start])
    opened, closed = (f"<{name}>", f"<{name} "), f"</{name}>"
    depth = 0
    for index in range(start, len(parts), 2):
        tag = parts[index]
        if tag == closed:
            depth -= 1
            if not depth:
                return index
        elif tag.startswith(opened):
            depth += 1
    return start
