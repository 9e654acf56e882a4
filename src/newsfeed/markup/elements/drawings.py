"""Pictures that a page draws: those of style sheets, and drawings whose words are all that stays."""

from __future__ import annotations

import re
from html import escape, unescape

from newsfeed.markup.elements.embeds import attributes_of
from newsfeed.markup.elements.tags import squeeze
from newsfeed.text.regex import regex

_DRAWN = regex(r"<(div|span|figure|section|a|i|p|header|li|b|em)\b([^<>]*+)>(\s*</\1\s*>)?", re.I)
_BACKGROUND = regex(
    r"background(?:-image)?\s*:[^;]{0,200}?\burl\(\s*[\"']?([^\"'()]+)[\"']?\s*\)", re.I
)
_SVG = regex(r"<svg\b([^<>]*)>((?:(?!<svg\b).)*?)</svg\s*>", re.S | re.I)
_SVG_TEXT = regex(r"<(title|desc|text)\b[^<>]*>((?:(?!<\1\b).)*?)</\1\s*>", re.S | re.I)
_TAG = regex(r"<[^<>]*>")


def with_drawn_pictures(html: str) -> str:
    """Return ``html`` with the pictures that a style draws in elements that are one, or have a name."""
    if "background" not in html and "role=" not in html:
        return html
    return _DRAWN.sub(_drawn, html)


def with_drawings_as_words(html: str) -> str:
    """Return ``html`` with the words of each drawing in its place."""
    return _SVG.sub(lambda found: escape(_said_by(found), quote=False), html)


def _drawn(found: re.Match[str]) -> str:
    named = attributes_of(found[2])
    label = named.get("aria-label") or named.get("title", "")
    is_picture = named.get("role") == "img"
    background = _BACKGROUND.search(named.get("style", ""))
    end = found[3] or ""
    if background and (is_picture or (label and end)):
        picture = f'<img src="{escape(background[1].strip())}" alt="{escape(label)}">'
        return f"{found[0][: len(found[0]) - len(end)]}{picture}{end}"
    if is_picture and end and label:
        return f"{found[0][: len(found[0]) - len(end)]}{escape(label, quote=False)}{end}"
    return found[0]


def _said_by(found: re.Match[str]) -> str:
    named = attributes_of(found[1])
    if named.get("aria-hidden") == "true" or named.get("role") in {"presentation", "none"}:
        return ""
    if named.get("aria-label"):
        return named["aria-label"]
    texts: dict[str, list[str]] = {"title": [], "desc": [], "text": []}
    for name, inside in _SVG_TEXT.findall(found[2]):
        texts[name.lower()].append(squeeze(unescape(_TAG.sub(" ", inside))))
    return next((" ".join(each) for each in texts.values() if any(each)), "")
