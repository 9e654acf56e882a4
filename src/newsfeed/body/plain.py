"""Text without markup: a title from its markup, and the text part of a letter."""

from __future__ import annotations

import re
import textwrap

from newsfeed.body.tokens import squeeze, text_of

_MARKS = re.compile(r"(\*\*|__|\*|_|`|~~|==)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def plain_title(markup: str) -> str:
    """Return a title without its Markdown and HTML markup, on one line."""
    text = _LINK.sub(r"\1", markup)
    text = _MARKS.sub(r"\2", text)
    return squeeze(text_of(text) if "<" in text else text)


def plain_text(html: str, *, width: int = 72, links: str = "inline") -> str:
    """Return ``html`` as text of lines of at most ``width`` characters."""
    return textwrap.fill(text_of(html), width, break_long_words=False, break_on_hyphens=False)
