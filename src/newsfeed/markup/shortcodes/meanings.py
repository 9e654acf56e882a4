"""What a call means: by the site's own settings, by the table of all tools, else by its arguments."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import msgspec

from newsfeed.markup.elements.allowed import PICTURES
from newsfeed.markup.shortcodes.known_shortcodes import (
    TABLE,
    YOUTUBE,
    Call,
    Meaning,
    as_aside,
    as_details,
    as_figure,
    as_quotation,
    as_recording,
    asset_picture,
    fixed,
    plain_name,
    text_around,
)
from newsfeed.markup.shortcodes.output import inline, is_aside, item, link
from newsfeed.text.regex import regex

_SOURCES = ("src", "image", "img", "picture", "photo", "image_path", "file", "url", "path")
_RECORDINGS = (".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".mp4", ".m4v", ".webm", ".mov")
_ADDRESS = regex(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|/|\.{1,2}/|#)")


def meaning(call: Call) -> Meaning:
    """Return what ``call`` becomes, None when it means nothing here."""
    known = OWN.get(call.own) or TABLE.get(plain_name(call.name))
    if known is not None:
        return known(call)
    return as_aside(call) if is_aside(call.name, alone=True) else _shown(call)


def around(call: Call, put: tuple[str, str]) -> str | None:
    """Return what a call becomes that could enclose its text and bears it as an argument instead."""
    words = call.value("text", "quote", "content", "body", at=0) if call.own else ""
    return f"{put[0]}{inline(words)}{put[1]}" if words else None


def _shown(call: Call) -> Meaning:
    """A shortcode of somebody's own that names a picture, with what it shows, or a recording."""
    named = dict(call.named)
    src = next((named[name] for name in _SOURCES if named.get(name)), "")
    if call.in_address or not src or any(sign in src for sign in "{}<>"):
        return None
    path = src.partition("#")[0].partition("?")[0].lower()
    if path.endswith(PICTURES) or ("alt" in named and not re.search(r"\.\w{2,4}$", path)):
        return as_figure(msgspec.structs.replace(call, positional=(src,)))
    return as_recording(call) if path.endswith(_RECORDINGS) else None


def _own_picture(call: Call) -> Meaning:
    """A picture by its named arguments, else by the first that looks like a file."""
    if any(name in _SOURCES for name, _ in call.named):
        return _shown(call) or as_figure(call)
    return asset_picture(call) or as_figure(call)


def _own_link(call: Call) -> Meaning:
    """An address or the name of an article, around what is enclosed or with its own words."""
    url = call.value("href", "url", "link", "to", "ref", "page", "path", "src")
    words = list(call.positional)
    if not url:
        at = next((n for n, word in enumerate(words) if _ADDRESS.match(word)), 0)
        url = words.pop(at) if words else ""
    if not url:
        return None
    to = url if _ADDRESS.match(url) else item(url)
    label = call.value("text", "label", "title", "name", "content") or " ".join(words)
    return link(to, inline(label)) if label else (f'<a href="{escape(to)}">', "</a>")


def _own_quotation(call: Call) -> Meaning:
    """A quotation, whose words may be an argument: only named ones say who speaks."""
    return as_quotation(msgspec.structs.replace(call, written=""))


OWN: dict[str, Callable[[Call], Meaning]] = {
    "picture": _own_picture,
    "link": _own_link,
    "quotation": _own_quotation,
    "note": as_aside,
    "details": as_details,
    "recording": lambda call: as_recording(call) or YOUTUBE(call),
    "text": text_around(""),
    "nothing": fixed(""),
}
"""What ``items.shortcodes`` of the configuration may call a shortcode of the site's own."""
