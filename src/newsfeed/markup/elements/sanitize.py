"""The only user of nh3: it leaves out what `allowed` does not name. What is left out is said."""

from __future__ import annotations

import re
from string import ascii_lowercase

import nh3

from newsfeed.markup.elements.allowed import ATTRIBUTES, EMPTIED, MATHML, OF_PASTING, SCHEMES, TAGS
from newsfeed.markup.elements.boilerplate import SIGNS
from newsfeed.markup.elements.markers import is_marker
from newsfeed.text.regex import regex

_COMMENT = regex(r"<!--.*?-->", re.S)
_EMPTY = regex(r"<p>[\s\u00a0]*</p>")
_LONG = 4000
# Neither an entity nor a word in ASCII is parted; the control character is in no text.
_STRETCH = regex(rf"[^>]{{{_LONG}}}[!-%'-=?-~]*+")
_PART, _PART_AS_TEXT = "\x02<wbr>\x02", "\x02&lt;wbr&gt;\x02"
_CLEANER = nh3.Cleaner(
    tags={*TAGS, *MATHML},
    clean_content_tags=set(EMPTIED),
    attributes={**MATHML, **ATTRIBUTES, "*": ATTRIBUTES["*"] | SIGNS},
    link_rel=None,
    strip_comments=False,
    url_schemes={*SCHEMES, *OF_PASTING, "file", *ascii_lowercase},  # refused later, with a word
)


def clean(html: str) -> str:
    """Return ``html`` as well-formed HTML of allowed elements and attributes; comments stay.

    ``<`` and ``>`` stand for tags alone: in attributes they are escaped, as the HTML standard has
    it since 2025 (serializing HTML fragments) and nh3 before 0.3.7 has not.
    """
    if _is_long(html):
        cleaned = _CLEANER.clean("<".join(map(_parted, html.split("<"))))
        cleaned = cleaned.replace(_PART, "").replace(_PART_AS_TEXT, "")
    else:
        cleaned = _CLEANER.clean(html)
    if not _ESCAPES:
        cleaned = with_escaped_attributes(cleaned)
    return cleaned.replace("&nbsp;", "\u00a0")


def _is_long(html: str) -> bool:
    """Tell whether more than `_LONG` characters stand between two tags."""
    at = -1
    while at + _LONG + 1 < len(html):
        before, at = at, html.rfind("<", at + 1, at + _LONG + 2)
        if at < 0:
            return before + _LONG + 1 < len(html)
    return False


def _parted(text: str) -> str:
    """Return ``text`` with a mark after every so many characters: nh3 takes the square of a text's length."""
    return text if len(text) <= _LONG else _STRETCH.sub(rf"\g<0>{_PART}", text)


def without_remains(cleaned: str) -> str:
    """Return what `clean` wrote without empty paragraphs and comments.

    The first comment that ends an excerpt becomes ``<more>``.
    """
    cleaned = _EMPTY.sub("", cleaned)
    if "<!--" not in cleaned:
        return cleaned
    marked = False

    def replace(comment: re.Match[str]) -> str:
        nonlocal marked
        if marked or not is_marker(comment[0]):
            return ""
        marked = True
        return "<more>"

    return _COMMENT.sub(replace, cleaned)


def with_escaped_attributes(cleaned: str) -> str:
    """Return what nh3 wrote with ``<`` and ``>`` escaped in attributes; of comments, markers stay."""
    return _PIECE.sub(_escaped, cleaned)


# Texts hold no `<`: from left to right, each one begins a comment or a tag with quoted attributes.
_PIECE = regex(r"<!--(.*?)-->|<([a-z][a-z0-9]*)((?: [^\s\"=<>]+=\"[^\"]*\")+)>", re.S)
_ESCAPES = "&gt;" in _CLEANER.clean('<p title=">">x</p>')


def _escaped(piece: re.Match[str]) -> str:
    if piece[2] is None:
        return f"<!--{re.sub('[<>]', '', piece[1])}-->"
    return f"<{piece[2]}{piece[3].replace('<', '&lt;').replace('>', '&gt;')}>"
