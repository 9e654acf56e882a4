"""What a page embeds: a link, a picture or its own fallback stands for what feeds and mail refuse.

This reads HTML before the sanitiser, which would leave these elements out with all that they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from urllib.parse import parse_qs, unquote, urlsplit

from newsfeed.markup.shortcodes.output import PICTURES
from newsfeed.markup.tags import squeeze

Words = tuple[str, str]
"""An address that a link stands for, and the element that embedded it."""

_ATTRIBUTE = re.compile(
    r"\s([a-zA-Z][\w:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?(?=[\s/]|\Z)"
)
_IFRAME = re.compile(
    r"<iframe\b((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+)>"
    r"(?:(?:(?!<iframe\b).){0,2000}?</iframe\s*>)?",
    re.S | re.I,
)
_NOSCRIPT = re.compile(r"(<img\b[^<>]*>\s*)?<noscript\b[^<>]*>((?:(?!<noscript).)*?)</noscript\s*>", re.S | re.I)
_PICTURE = re.compile(r"<img\b([^<>]*)>", re.I)
_OBJECT = re.compile(r"<object\b([^<>]*)>((?:(?!<object\b).)*?)</object\s*>", re.S | re.I)
_EMBED = re.compile(r"<embed\b([^<>]*)>(?:\s*</embed\s*>)?", re.I)
_AREA = re.compile(r"<area\b([^<>]*)>", re.I)
_SVG = re.compile(r"<svg\b([^<>]*)>((?:(?!<svg\b).)*?)</svg\s*>", re.S | re.I)
_SVG_TEXT = re.compile(
    r"<(title|desc|text)\b[^<>]*>((?:(?!<\1\b).)*?)</\1\s*>", re.S | re.I
)
_TAG = re.compile(r"<[^<>]*>")
_PLAYER = re.compile(
    r"<((?:lite|amp)-(youtube|vimeo))\b([^<>]*)>(?:(?:(?!<\1\b).)*?</\1\s*>)?", re.S | re.I
)
_LAZY = ("src", "data-src", "data-lazy-src", "data-original", "data-lazy", "data-cookieblock-src")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_OLD_OBJECTS = 5
"""How many levels of objects are looked at: older pages put one into another for each browser."""
_PLAYERS = (
    (r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/videoseries\?list=([\w-]+)", "YouTube", "https://www.youtube.com/playlist?list={}"),
    (r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]+)", "YouTube", "https://www.youtube.com/watch?v={}"),
    (r"player\.vimeo\.com/video/(\d+)", "Vimeo", "https://vimeo.com/{}"),
    (r"(?:www\.|geo\.)?dailymotion\.com/embed/video/(\w+)", "Dailymotion", "https://www.dailymotion.com/video/{}"),
    (r"([\w.-]+/videos/embed/[\w-]+)", "PeerTube", "https://{}"),
    (r"embed\.ted\.com/talks/([\w/-]+)", "TED", "https://www.ted.com/talks/{}"),
    (r"open\.spotify\.com/embed/([\w/-]+)", "Spotify", "https://open.spotify.com/{}"),
    (r"archive\.org/embed/([\w.-]+)", "Internet Archive", "https://archive.org/details/{}"),
)  # fmt: skip
_VIDEO = {"fr": "Vidéo", "en": "Video"}
_STARTS = {"YouTube": "&t={}", "Dailymotion": "?start={}", "PeerTube": "?start={}"}


def with_fallbacks(html: str, names: Iterable[str], language: str) -> tuple[str, tuple[Words, ...]]:
    """Return ``html``, which holds elements of ``names``, with links for what it embeds, and these."""
    embedding = _Embedding(language)
    names = frozenset(names)
    for name, how in _STEPS:
        if name in names or (name == "player" and any("-" in each for each in names)):
            html = how(embedding, html)
    return html, tuple(embedding.linked)


class _Embedding:
    """Puts links in the place of what is embedded, and remembers their addresses."""

    def __init__(self, language: str) -> None:
        self.linked: list[Words] = []
        self._video = _VIDEO["fr" if language.lower().startswith("fr") else "en"]

    def noscript(self, html: str) -> str:
        """Keep the fallback of a script, but not beside the picture that it is the fallback of."""

        def shown(found: re.Match[str]) -> str:
            before, inside = found[1] or "", found[2]
            picture = _PICTURE.search(inside)
            if picture is None or not before:
                return before + inside
            source = _attributes(picture[1]).get("src", "")
            return before if source and source in before else inside

        return _NOSCRIPT.sub(shown, html)

    def iframe(self, html: str) -> str:
        return _IFRAME.sub(lambda frame: self._frame(frame[0], _attributes(frame[1])), html)

    def _frame(self, written: str, named: dict[str, str]) -> str:
        url = next((named[key] for key in _LAZY if _is_web(named.get(key, ""))), "")
        if not url or _is_invisible(named):
            return written
        known = _player(url)
        host, url = known or (urlsplit(url).netloc.removeprefix("www."), url)
        label = named.get("title") or named.get("data-title") or named.get("aria-label", "")
        if known is not None:
            label = f"{label or self._video} ({host})"
        return f"<p>{self._link(url, label or host, 'iframe')}</p>"

    def player(self, html: str) -> str:
        """Elements of YouTube's and Vimeo's light players."""

        def linked(found: re.Match[str]) -> str:
            named = _attributes(found[3])
            video = named.get("videoid") or named.get("data-videoid", "")
            if not re.fullmatch(r"[\w-]+", video):
                return found[0]
            host = "YouTube" if found[2].lower() == "youtube" else "Vimeo"
            address = "https://www.youtube.com/watch?v=" if host == "YouTube" else "https://vimeo.com/"
            start = named.get("start") or parse_qs(named.get("params", "")).get("start", [""])[0]
            url = address + video + (_STARTS["YouTube"].format(start) if host == "YouTube" and start.isdigit() else "")
            label = named.get("playlabel") or named.get("videotitle") or named.get("title", "")
            label = f"{label or self._video} ({host})"
            return f"<p>{self._link(url, label, found[1].lower())}</p>"

        return _PLAYER.sub(linked, html)

    def object(self, html: str) -> str:
        """What an object holds is its fallback; one that holds nothing leaves its address."""

        def shown(found: re.Match[str]) -> str:
            inside = found[2]
            if _TAG.sub("", inside).strip() or re.search(r"<(?:img|embed|a|video|audio)\b", inside, re.I):
                return inside
            named = _attributes(found[1])
            return self._file(named.get("data", ""), named, "object")

        for _ in range(_OLD_OBJECTS):
            shorter = _OBJECT.sub(shown, html)
            if shorter == html:
                break
            html = shorter
        return html

    def embed(self, html: str) -> str:
        def shown(found: re.Match[str]) -> str:
            named = _attributes(found[1])
            return self._file(named.get("src", ""), named, "embed")

        return _EMBED.sub(shown, html)

    def area(self, html: str) -> str:
        """The parts of a picture that lead somewhere."""

        def linked(found: re.Match[str]) -> str:
            named = _attributes(found[1])
            url, label = named.get("href", ""), named.get("alt") or named.get("title", "")
            return f'<a href="{escape(url)}">{escape(label or url)}</a> ' if url else ""

        return _AREA.sub(linked, html)

    def svg(self, html: str) -> str:
        """A drawing's name, or else the words in it, as a picture that is not there leaves its own."""
        return _SVG.sub(lambda found: escape(_said_by(found), quote=False), html)

    def _file(self, url: str, named: dict[str, str], element: str) -> str:
        """Return a picture, or a link to a file or a player; nothing without an address."""
        if not url or _is_invisible(named):
            return ""
        label = named.get("title") or named.get("aria-label") or named.get("name", "")
        if named.get("type", "").startswith("image/") or url.lower().endswith(PICTURES):
            return f'<img src="{escape(url)}" alt="{escape(label)}">'
        known = _player(url)
        if known is not None:
            return self._link(known[1], f"{label or self._video} ({known[0]})", element)
        name = unquote(urlsplit(url).path.rpartition("/")[2]) or url
        return self._link(url, label or name, element)

    def _link(self, url: str, label: str, element: str) -> str:
        self.linked.append((url, element))
        return f'<a href="{escape(url)}">{escape(label, quote=False)}</a>'


_STEPS: tuple[tuple[str, Callable[[_Embedding, str], str]], ...] = (
    ("noscript", _Embedding.noscript),
    ("iframe", _Embedding.iframe),
    ("player", _Embedding.player),
    ("embed", _Embedding.embed),
    ("object", _Embedding.object),
    ("area", _Embedding.area),
)


def with_drawings_as_words(html: str) -> str:
    """Return ``html`` with the words of each drawing in its place."""
    return _Embedding("").svg(html)


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), unescape(next(filter(None, values), "")).strip())
    return found


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://", "//")) or (
        address.startswith(("/", "./", "../")) and not address.startswith("//")
    )


def _is_invisible(named: dict[str, str]) -> bool:
    """Tell whether nothing is to be seen: a counter's frame, mostly."""
    tiny = {"0", "1", "0px", "1px"}
    return (
        "hidden" in named
        or _HIDDEN.search(named.get("style", "")) is not None
        or (named.get("width") in tiny and named.get("height") in tiny)
    )


def _said_by(found: re.Match[str]) -> str:
    named = _attributes(found[1])
    if named.get("aria-hidden") == "true" or named.get("role") in {"presentation", "none"}:
        return ""
    if named.get("aria-label"):
        return named["aria-label"]
    texts: dict[str, list[str]] = {"title": [], "desc": [], "text": []}
    for name, inside in _SVG_TEXT.findall(found[2]):
        texts[name.lower()].append(squeeze(unescape(_TAG.sub(" ", inside))))
    return next((" ".join(each) for each in texts.values() if any(each)), "")


def _player(address: str) -> Words | None:
    """Return who plays the film at ``address``, and where it has a page."""
    bare = re.sub(r"^(?:https?:)?//", "", address)
    for pattern, host, url in _PLAYERS:
        found = re.match(pattern, bare)
        if found is not None:
            url = url.format(found[1].replace("/videos/embed/", "/w/"))
            return host, url + _start(host, bare)
    if bare.startswith("w.soundcloud.com/player"):
        inner = parse_qs(urlsplit("//" + bare).query).get("url", [""])[0]
        if inner.startswith("https://soundcloud.com/"):
            return "SoundCloud", unquote(inner)
    return None


def _start(host: str, bare: str) -> str:
    """Return what leads to the moment at which a film is to start."""
    parts = urlsplit("//" + bare)
    query = parse_qs(parts.query)
    start = (query.get("start") or query.get("t") or [""])[0]
    if host == "Vimeo" and re.fullmatch(r"t=\w+", parts.fragment):
        return f"#{parts.fragment}"
    if host in _STARTS and re.fullmatch(r"\d+[hms\d]*", start) and start != "0":
        return _STARTS[host].format(start)
    return ""
