"""The only user of nh3: it leaves out what `allowed` does not name. What is left out is said."""

from __future__ import annotations

import re

import nh3

from newsfeed.markup.allowed import ATTRIBUTES, EMPTIED, SCHEMES, TAGS

_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(EMPTIED),
    attributes=ATTRIBUTES,
    link_rel=None,
    strip_comments=False,
    url_schemes=set(SCHEMES),
)


def clean(html: str) -> str:
    """Return ``html`` as well-formed HTML of allowed elements and attributes; comments stay.

    ``<`` and ``>`` stand for tags alone: in attributes they are escaped, as the HTML standard has
    it since 2025 (serializing HTML fragments) and nh3 before 0.3.7 has not.
    """
    cleaned = _CLEANER.clean(html)
    if not _ESCAPES:
        cleaned = with_escaped_attributes(cleaned)
    return cleaned.replace("&nbsp;", "\u00a0")


def with_escaped_attributes(cleaned: str) -> str:
    """Return what nh3 wrote with ``<`` and ``>`` escaped in attributes; of comments, markers stay."""
    return _PIECE.sub(_escaped, cleaned)


# Texts hold no `<`: from left to right, each one begins a comment or a tag with quoted attributes.
_PIECE = re.compile(r"<!--(.*?)-->|<([a-z][a-z0-9]*)((?: [^\s\"=<>]+=\"[^\"]*\")+)>", re.S)
_ESCAPES = "&gt;" in _CLEANER.clean('<p title=">">x</p>')


def _escaped(piece: re.Match[str]) -> str:
    if piece[2] is None:
        return f"<!--{re.sub('[<>]', '', piece[1])}-->"
    return f"<{piece[2]}{piece[3].replace('<', '&lt;').replace('>', '&gt;')}>"


_START_OR_END = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>")
_FORMATTING = frozenset(
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
# Elements that their next sibling or their parent's end closes; they nest only within others.
_IMPLIED = frozenset(
    [
        "a",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "colgroup",
        "col",
        "option",
        "br",
        "hr",
        "img",
        "input",
        "wbr",
        "source",
        "track",
        "area",
        "link",
        "meta",
        "base",
        "embed",
        "param",
    ]
)


def lighten(html: str, *, deepest: int = 100, formatting: int = 20) -> tuple[str, bool]:
    """Return ``html`` without the start tags that would nest beyond bounds, and whether it had any.

    The parser's time and output grow with the square of open elements (HTML, the list of active
    formatting elements): some kilobytes of unclosed tags would take minutes.
    """
    if html.count("<") < 500:
        return html, False
    stack: list[str] = []
    dropped: dict[str, int] = {}
    kept: list[str] = []
    open_formatting = at = 0
    for tag in _START_OR_END.finditer(html):
        name = tag[2].lower()
        if name in _IMPLIED:
            continue
        if not tag[1]:
            if len(stack) < deepest and (name not in _FORMATTING or open_formatting < formatting):
                stack.append(name)
                open_formatting += name in _FORMATTING
                continue
            dropped[name] = dropped.get(name, 0) + 1
        elif dropped.get(name):
            dropped[name] -= 1
        elif name in stack:
            while (last := stack.pop()) != name:
                open_formatting -= last in _FORMATTING
            open_formatting -= name in _FORMATTING
            continue
        else:
            continue
        kept.append(html[at : tag.start()])
        at = tag.end()
    kept.append(html[at:])
    return "".join(kept), bool(at)
