"""What an article's text is before it is rendered."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from newsfeed.model import BodyFormat


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The body of the article at ``path``, whose first line is the file's line ``line``.

    ``prefix`` begins every id, so that several articles may share a page or a letter. ``shortcodes``
    say what those of the site's own are, by name: ``picture``, ``link`` (`shortcodes.calls.OWN`).
    """

    text: str
    format: BodyFormat = "markdown"
    language: str
    path: str
    line: int = 1
    prefix: str
    typography: bool = True
    shortcodes: Mapping[str, str] = msgspec.field(default_factory=dict)
