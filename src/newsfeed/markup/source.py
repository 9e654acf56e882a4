"""What an article's text is before it is rendered."""

from __future__ import annotations

import msgspec

from newsfeed.model import BodyFormat


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The body of the article at ``path``, whose first line is the file's line ``line``.

    ``prefix`` begins every id, so that several articles may share a page or a letter.
    """

    text: str
    format: BodyFormat = "markdown"
    language: str
    path: str
    line: int = 1
    prefix: str
    typography: bool = True
