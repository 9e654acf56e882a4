"""What HTML this room makes, told by its letters alone: HTML that was kept is checked before it is shown.

It is parted as a browser parts it only because nothing else is let through: each ``<`` begins a tag of
plain form (HTML standard, 13.1.2), and no element of the list reads what it holds as anything but HTML.
"""

from __future__ import annotations

from html import unescape

from newsfeed.markup.elements.allowed import ATTRIBUTES, MATHML, TAGS, may_lead
from newsfeed.text.regex import regex

_TAG = regex(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:=\"[^\"<]*\")?)*) ?/?>")
_ATTRIBUTE = regex(r" ([a-z-]+)(?:=\"([^\"<]*)\")?")
_ADDRESSES = frozenset({"href", "src", "cite", "poster"})
_SHOWN = 60


def foreign_part(html: str) -> str:
    """Return the beginning of what in ``html`` no body could hold, empty where there is nothing."""
    at = html.find("<")
    while at >= 0:
        tag = _TAG.match(html, at)
        if tag is None or not _is_ours(tag[2], tag[3], closing=bool(tag[1])):
            return html[at : at + _SHOWN]
        at = html.find("<", tag.end())
    return ""


def _is_ours(name: str, attributes: str, *, closing: bool) -> bool:
    if name not in TAGS and name not in MATHML:
        return False
    known = ATTRIBUTES.get(name, set()) | MATHML.get(name, set()) | ATTRIBUTES["*"]
    for key, value in _ATTRIBUTE.findall(attributes):
        if closing or key not in known:
            return False
        if key in _ADDRESSES and not may_lead(unescape(value)):
            return False
        if key == "srcset" and not all(map(may_lead, unescape(value).split(","))):
            return False
    return True
