"""The syntax of other tools in a body: translated where its meaning is known, otherwise left out.

`translate` is all that the rest sees. `hints` tell most articles apart before anything dearer is
imported; `code` knows what is code and stays as it is, `blocks` the syntax of lines, `inline` the
syntax within them, `scanning` what becomes of it, `calls` what shortcodes, tags and components mean.
"""

from __future__ import annotations

from newsfeed.markup.shortcodes.hints import hinted
from newsfeed.markup.shortcodes.said import Said
from newsfeed.model import BodyFormat

__all__ = ["Said", "translate"]


def translate(text: str, written: BodyFormat, language: str) -> tuple[str, tuple[Said, ...]]:
    """Return ``text`` without the syntax of other tools, and what is to be said of it.

    Code, in Markdown or in HTML, stays as it is. Once a kind is enough: the first place is told.
    """
    if not hinted(text):
        return text, ()
    from newsfeed.markup.shortcodes.translating import translated

    return translated(text, written, language)
