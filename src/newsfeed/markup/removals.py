"""What an article may not hold, and what becomes of it: said once a kind, with its line.

The sanitiser leaves these things out in silence. This reads the same HTML before it, to say so;
what it misses is left out all the same.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import parse_qs, unquote, urlsplit

from newsfeed.markup.allowed import DOCUMENT, KNOWN, LOOKS, TAGS

_IFRAME = re.compile(
    r"<iframe\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>(?:.{0,2000}?</iframe\s*>)?", re.S | re.I
)
_SRC = re.compile(r"\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_TITLE = re.compile(r"\stitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_HARMLESS = TAGS | DOCUMENT
# What has no place in a body, but whose text is text, is not among them.
_ELEMENTS = (TAGS | KNOWN | LOOKS | DOCUMENT) - {"title", "textarea", "xmp", "plaintext"}
_TAG = re.compile(r"<!--.*?-->|</?([a-zA-Z][^\s/<>]*)[^<>]*>", re.S)
_NAME = re.compile(r"<([a-zA-Z][^\s/<>]*)")
_LOST = re.compile(r"\s(on[a-z]+|style|align|bgcolor)\s*=", re.I)
_LOSING = re.compile(rf"<[a-zA-Z][^\s<>]*+(?:(?i:(?!{_LOST.pattern}))\s[^\s<>]*+)*+\s")
# An element that holds no HTML, with all that it holds; otherwise a start tag.
_PIECE = re.compile(
    r"<(script|style|template|noscript|svg|math|object|textarea|select)\b[^<>]*+>.*?(?:</\1\s*>|\Z)"
    r"|<([a-z][^\s/>]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?)*)",
    re.S | re.I,
)
_VIDEO = {"fr": "Vidéo", "en": "Video"}
_PLAYERS = (
    (r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)", "YouTube", "https://www.youtube.com/watch?v={}"),
    (r"player\.vimeo\.com/video/(\d+)", "Vimeo", "https://vimeo.com/{}"),
    (r"(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w+)", "Dailymotion", "https://www.dailymotion.com/video/{}"),
    (r"([\w.-]+/videos/embed/[\w-]+)", "PeerTube", "https://{}"),
    (r"embed\.ted\.com/talks/([\w/-]+)", "TED", "https://www.ted.com/talks/{}"),
    (r"open\.spotify\.com/embed/([\w/-]+)", "Spotify", "https://open.spotify.com/{}"),
    (r"archive\.org/embed/([\w.-]+)", "Internet Archive", "https://archive.org/details/{}"),
)  # fmt: skip


def losses(html: str) -> tuple[tuple[str, str], ...]:
    """Return the (code, what) of what the sanitiser leaves out of ``html``, once each, in order."""
    names = {name.lower() for name in set(_NAME.findall(html))}
    if _HARMLESS.issuperset(names) and _LOSING.search(html) is None:
        return ()
    found: dict[tuple[str, str], None] = {}
    for element, written, attributes in dict.fromkeys(_PIECE.findall(html)):
        name = (element or written).lower()
        if element:
            found["html-removed", name] = None
        elif name in LOOKS:
            found["html-look", f"<{name}>"] = None
        elif name not in TAGS and name not in DOCUMENT:
            found["html-removed" if name in KNOWN else "html-unknown", name] = None
        for lost in map(str.lower, _LOST.findall(attributes)):
            found[("html-event", lost) if lost[:2] == "on" else ("html-look", f"{lost}=")] = None
    return tuple(found)


def without_unknown(html: str) -> str:
    """Return ``html`` without the tags of elements that HTML does not have; their content stays.

    nh3 leaves out what is named as in SVG or MathML with all that it holds.
    """
    names = {name.lower() for name in set(_NAME.findall(html))} - _ELEMENTS
    if "title" in names and "<head" in html:
        names.remove("title")
    if not names:
        return html
    return _TAG.sub(lambda tag: "" if tag[1] is not None and tag[1].lower() in names else tag[0], html)


def with_players_as_links(html: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Return ``html`` with frames of known players as links, and the addresses of these."""
    if "<iframe" not in html and "<IFRAME" not in html:
        return html, ()
    linked: list[str] = []

    def link(frame: re.Match[str]) -> str:
        found = _SRC.search(frame[1])
        address = unescape(next(filter(None, found.groups()), "")) if found else ""
        known = _player(address)
        if known is None:
            return frame[0]
        host, url = known
        linked.append(url)
        title = _TITLE.search(frame[1])
        label = unescape(next(filter(None, title.groups()), "")) if title else ""
        words = _VIDEO["fr" if language.lower().startswith("fr") else "en"]
        text = f"{label or words} ({host})"
        return f'<p><a href="{escape(url)}">{escape(text)}</a></p>'

    return _IFRAME.sub(link, html), tuple(linked)


def _player(address: str) -> tuple[str, str] | None:
    bare = re.sub(r"^(?:https?:)?//", "", address.strip())
    for pattern, host, url in _PLAYERS:
        found = re.match(pattern, bare)
        if found is not None:
            return host, url.format(found[1].replace("/videos/embed/", "/w/"))
    if bare.startswith("w.soundcloud.com/player"):
        inner = parse_qs(urlsplit("//" + bare).query).get("url", [""])[0]
        if inner.startswith("https://soundcloud.com/"):
            return "SoundCloud", unquote(inner)
    return None
