"""What a page embeds: a link, a picture or its own fallback stands for what feeds and mail refuse.

This reads HTML before the sanitiser, which would leave these elements out with all that they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from urllib.parse import unquote

from newsfeed.markup.code import code_of
from newsfeed.markup.elements.allowed import PICTURES
from newsfeed.markup.elements.players import FILMS, film_page, parts_of, player, site_of
from newsfeed.model import BodyFormat
from newsfeed.text.regex import regex

Words = tuple[str, str]
"""An address that a link stands for, and the element that embedded it."""

_ATTRIBUTE = regex(
    r"\s([a-zA-Z][\w:-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?(?=[\s/]|\Z)"
)
_IFRAME = regex(
    r"<iframe\b((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+)>"
    r"(?:(?:(?!<iframe\b).){0,2000}?</iframe\s*>)?",
    re.S | re.I,
)
_NOSCRIPT = regex(
    r"(<img\b[^<>]*>\s*)?<noscript\b[^<>]*>((?:(?!<noscript).)*?)</noscript\s*>", re.S | re.I
)
_PICTURE = regex(r"<img\b([^<>]*)>", re.I)
_PICTURES = regex(r"<(?:[\w-]+-)?(?:img|image)\b", re.I)
_LINK = regex(r"<a\b", re.I)
_OBJECT = regex(r"<object\b([^<>]*)>((?:(?!<object\b).)*?)</object\s*>", re.S | re.I)
_EMBED = regex(r"<embed\b([^<>]*)>(?:\s*</embed\s*>)?", re.I)
_AREA = regex(r"<area\b([^<>]*)>", re.I)
_TAG = regex(r"<[^<>]*>")
_CUSTOM = regex(
    r"<([a-z][\w.]*+-[\w.-]*+|portal\b)([^<>]*+)>(?:((?:(?!<\1[\s/>]).){0,2000}?)</\1\s*>)?",
    re.S | re.I,
)
"""Elements of scripts, which HTML parts by their hyphen (valid custom element names)."""
_FRAME = regex(r"<(frame)\b([^<>]*+)>|</?frameset\b[^<>]*+>", re.I)
_PROGRAM = regex(r"<(script|style|title)\b[^<>]*+>.*?(?:</\1\s*>|\Z)", re.S | re.I)
_SRCDOC = regex(r"\bsrcdoc\s*=\s*(?:\"[^\"]*+\"|'[^']*+')", re.I)
_BODY = regex(r"<body\b[^<>]*+>(.*?)(?:</body\s*>|\Z)", re.S | re.I)
_LABELS = (
    "title", "playlabel", "videotitle", "video-title", "metadata-video-title", "data-title", "alt",
    "aria-label", "label", "name",
)  # fmt: skip
_SPARE = frozenset({"fallback", "placeholder"})
_UNSEEN = frozenset({
    "amp-ad", "amp-analytics", "amp-auto-ads", "amp-consent", "amp-embed", "amp-facebook-comments",
    "amp-facebook-like", "amp-install-serviceworker", "amp-next-page", "amp-pixel", "amp-social-share",
    "amp-state", "amp-sticky-ad", "amp-web-push",
})  # fmt: skip
"""AMP's elements (amp.dev/documentation/components) that measure, advertise or serve the page alone."""
_OF_DATA = frozenset({"amp-autocomplete", "amp-list", "amp-live-list", "amp-script"})
"""Those whose address is that of data or of a program: what they hold is the article's."""
_LAZY = ("src", "data-src", "data-lazy-src", "data-original", "data-lazy", "data-cookieblock-src")
_HIDDEN = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LEVELS = 5
"""How many levels of objects are looked at: older pages put one into another for each browser.

As many of custom elements, each of which holds 2000 characters at most.
"""
_VIDEO = {"fr": "Vidéo", "en": "Video"}
_FILM_FILES = (".mp4", ".webm", ".ogv", ".mov", ".m4v")
_SOUND_FILES = (".mp3", ".ogg", ".oga", ".opus", ".m4a", ".wav", ".flac", ".aac")


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
            source = attributes_of(picture[1]).get("src", "")
            return before if source and source in before else inside

        return _NOSCRIPT.sub(shown, html)

    def iframe(self, html: str) -> str:
        return _IFRAME.sub(lambda frame: self._frame(frame[0], attributes_of(frame[1])), html)

    def _frame(self, written: str, named: dict[str, str]) -> str:
        url = next((named[key] for key in _LAZY if _is_web(named.get(key, ""))), "")
        if _is_invisible(named):
            return written
        known = self._played(url, _label(named)) if url else ""
        inside = "" if known else _document(named.get("srcdoc", ""))
        if inside or not url:
            return inside or written
        label = _label(named) or parts_of(url).netloc.removeprefix("www.") or url
        return f"<p>{known or self._link(url, label, 'iframe')}</p>"

    def _played(self, url: str, label: str, element: str = "iframe") -> str:
        """Return a link to what a known player plays, nothing for another address."""
        known = player(url)
        if known is None:
            return ""
        kind = "Audio" if known.is_audio else self._video
        return self._link(known.url, f"{label or kind} ({known.name})", element)

    def frames(self, html: str) -> str:
        """The frames of a page of frames (HTML 4.01, 16)."""

        def linked(found: re.Match[str]) -> str:
            return self._frame("", attributes_of(found[2])) if found[1] else ""

        return _FRAME.sub(linked, html)

    def player(self, html: str) -> str:
        """Elements that a script makes of an address or of an id: AMP's, light players, media."""
        return self._players(html, _LEVELS)

    def _players(self, html: str, levels: int) -> str:
        """Return ``html`` with what stands for its custom elements, and for those in them."""
        return _CUSTOM.sub(lambda found: self._custom(found, levels), html) if levels else html

    def _custom(self, found: re.Match[str], levels: int) -> str:
        """Return what stands for a custom element and what it holds."""
        name, named = found[1].lower(), attributes_of(found[2])
        is_amp = name.startswith("amp-")
        if is_amp and (name in _UNSEEN or _is_invisible(named) or not _SPARE.isdisjoint(named)):
            return ""
        raw = found[3] or ""
        film = film_page(name, named)
        src = next((named[key] for key in _LAZY if named.get(key)), "")
        href = named.get("href", "")
        is_passed = name in _OF_DATA or _is_invisible(named)
        is_link = bool(href) and not (is_passed or src or film) and _is_linkable(raw)
        made = ""
        if not (is_passed or is_link):
            made = self._element(name, named, src or href or named.get("data-href") or film)
        if made and (is_amp or film or not _shows(raw)):
            return made
        inside = self._players(raw, levels - 1)
        if is_link:
            return f'<a href="{escape(href)}">{inside}</a>'
        if made:
            return made + inside
        return found[0] if inside == raw else f"<{found[1]}{found[2]}>{inside}</{found[1]}>"

    def _element(self, name: str, named: dict[str, str], url: str) -> str:
        """Return what stands for a custom element that shows what is at ``url``; nothing without."""
        label = _label(named)
        path = parts_of(url).path.lower()
        if not url:
            return ""
        if path.endswith(PICTURES) or re.search(r"(?:^|-)(?:img|image|anim|picture)(?:$|-)", name):
            sizes = (
                f' {each}="{named[each]}"'
                for each in ("width", "height")
                if named.get(each, "").isdigit()
            )
            return f'<img src="{escape(url)}" alt="{escape(label)}"{"".join(sizes)}>'
        if path.endswith(_SOUND_FILES):
            return f'<audio controls src="{escape(url)}"></audio>'
        if path.endswith(_FILM_FILES):
            poster = f' poster="{escape(named["poster"])}"' if named.get("poster") else ""
            return f'<video controls src="{escape(url)}"{poster}></video>'
        site = site_of(name)[1]
        known = self._played(url, label, name)
        if site and not known:
            label = label or (self._video if site in FILMS else "")
            known = self._link(url, f"{label} ({site})" if label else site, name)
        if known:
            return f"<p>{known}</p>"
        if not _is_web(url) and name != "model-viewer":
            return ""
        poster = named.get("poster", "")
        if poster:
            return f'<img src="{escape(poster)}" alt="{escape(label)}">'
        link = self._link(url, label or _name_of(url), name)
        return link if url == named.get("href") else f"<p>{link}</p>"

    def object(self, html: str) -> str:
        """What an object holds is its fallback; one that holds nothing leaves its address."""

        def shown(found: re.Match[str]) -> str:
            inside = found[2]
            if _TAG.sub("", inside).strip() or re.search(
                r"<(?:img|embed|a|video|audio)\b", inside, re.I
            ):
                return inside
            named = attributes_of(found[1])
            return self._file(named.get("data", ""), named, "object")

        for _ in range(_LEVELS):
            shorter = _OBJECT.sub(shown, html)
            if shorter == html:
                break
            html = shorter
        return html

    def embed(self, html: str) -> str:
        def shown(found: re.Match[str]) -> str:
            named = attributes_of(found[1])
            return self._file(named.get("src", ""), named, "embed")

        return _EMBED.sub(shown, html)

    def area(self, html: str) -> str:
        """The parts of a picture that lead somewhere."""

        def linked(found: re.Match[str]) -> str:
            named = attributes_of(found[1])
            url, label = named.get("href", ""), named.get("alt") or named.get("title", "")
            return f'<a href="{escape(url)}">{escape(label or url)}</a> ' if url else ""

        return _AREA.sub(linked, html)

    def _file(self, url: str, named: dict[str, str], element: str) -> str:
        """Return a picture, or a link to a file or a player; nothing without an address."""
        if not url or _is_invisible(named):
            return ""
        label = named.get("title") or named.get("aria-label") or named.get("name", "")
        if named.get("type", "").startswith("image/") or url.lower().endswith(PICTURES):
            return f'<img src="{escape(url)}" alt="{escape(label)}">'
        known = self._played(url, label, element)
        return known or self._link(url, label or _name_of(url), element)

    def _link(self, url: str, label: str, element: str) -> str:
        self.linked.append((url, element))
        return f'<a href="{escape(url)}">{escape(label, quote=False)}</a>'


_STEPS: tuple[tuple[str, Callable[[_Embedding, str], str]], ...] = (
    ("noscript", _Embedding.noscript),
    ("iframe", _Embedding.iframe),
    ("portal", _Embedding.player),
    ("player", _Embedding.player),
    ("frame", _Embedding.frames),
    ("embed", _Embedding.embed),
    ("object", _Embedding.object),
    ("area", _Embedding.area),
)


def with_escaped_documents(text: str, written: BodyFormat) -> str:
    """Return ``text`` with the documents in attributes (``srcdoc``) as attributes of one tag."""
    code = code_of(text, written)

    def escaped(found: re.Match[str]) -> str:
        if code.end_at(found.start()) is not None:
            return found[0]
        return found[0].replace("<", "&lt;").replace(">", "&gt;")

    return _SRCDOC.sub(escaped, text)


def attributes_of(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        found.setdefault(name.lower(), unescape(next(filter(None, values), "")).strip())
    return found


def _label(named: dict[str, str]) -> str:
    return next((named[key] for key in _LABELS if named.get(key)), "")


def _name_of(url: str) -> str:
    return unquote(parts_of(url).path.rpartition("/")[2]) or url


def _document(srcdoc: str) -> str:
    """Return the content of a document that stands in an attribute."""
    body = _BODY.search(srcdoc)
    inside = _PROGRAM.sub("", body[1] if body else srcdoc).strip()
    return f"<div>{inside}</div>" if inside else ""


def _shows(inside: str) -> bool:
    """Tell whether words or a picture stand in an element."""
    return bool(_TAG.sub("", inside).strip()) or _PICTURES.search(inside) is not None


def _is_linkable(inside: str) -> bool:
    """Tell whether an element shows something, and holds no link itself."""
    return _shows(inside) and _LINK.search(inside) is None


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://", "//")) or (
        address.startswith(("/", "./", "../")) and not address.startswith("//")
    )


def _is_invisible(named: dict[str, str]) -> bool:
    """Tell whether nothing is to be seen: a counter's frame, mostly."""
    tiny = {"0", "1", "0px", "1px"}
    return (
        "hidden" in named
        or named.get("layout", "").lower() == "nodisplay"
        or _HIDDEN.search(named.get("style", "")) is not None
        or (named.get("width") in tiny and named.get("height") in tiny)
    )
