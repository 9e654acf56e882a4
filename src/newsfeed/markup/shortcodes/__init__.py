"""The syntax of other tools in a body: translated where its meaning is known, otherwise left out.

`translate` is all that the rest sees. `signs` tells most articles apart before anything dearer is
imported; `markup.code` knows what is code and stays as it is, `lines` the syntax that owns a line,
`syntax` the one within lines, `calls` what shortcodes, tags and components mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from newsfeed.markup.shortcodes.notices import Notice
from newsfeed.markup.shortcodes.signs import may_hold
from newsfeed.model import BodyFormat

__all__ = ["Notice", "translate"]

_NONE: Mapping[str, str] = MappingProxyType({})


def translate(
    text: str, written: BodyFormat, language: str, own: Mapping[str, str] = _NONE
) -> tuple[str, tuple[Notice, ...]]:
    """Return ``text`` without the syntax of other tools, and what is to be said of it.

    ``own`` says what shortcodes of the site's own are. Code, in Markdown or in HTML, stays as it is. Of each kind the first place is told.
    """
    if not may_hold(text):
        return text, ()
    from newsfeed.markup.shortcodes.translation import translated

    return translated(text, written, language, own)
