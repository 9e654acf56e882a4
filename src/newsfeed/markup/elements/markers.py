"""The marks with which other tools end an excerpt: one table."""

from __future__ import annotations

import re

from newsfeed.text.regex import regex

MARKERS = (
    ("<!--more-->", "Hugo, Hexo, Zola, Jekyll, WordPress"),
    ("<!-- truncate -->", "Docusaurus"),
    ("{/* truncate */}", "Docusaurus, in MDX"),
    ("<!-- TEASER_END -->", "Nikola"),
    ("<!-- PELICAN_END_SUMMARY -->", "Pelican"),
    ("<!-- excerpt -->", "Eleventy"),
)
_WORDS = {re.sub(r"\W", "", mark).lower() for mark, _ in MARKERS}
_MARKER = regex(
    rf"(?:<!--|\{{/\*)\s*(?:{'|'.join(sorted(_WORDS))})\b(?:(?!-->|\*/\}}).)*(?:-->|\*/\}})",
    re.I | re.S,
)
PLAIN = "<!--more-->"
"""The mark that stands for all of them."""


def is_marker(comment: str) -> bool:
    """Say whether a comment, of HTML or of MDX, ends an excerpt; spaces and capitals are free."""
    return _MARKER.fullmatch(comment) is not None
