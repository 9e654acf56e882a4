"""One walk over a body's tags: addresses, ids, headings, classes.

It reads what `sanitising.clean` wrote, so tags are balanced and attributes quoted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

from newsfeed.body.places import Places
from newsfeed.body.sanitising import ITEM_SCHEME, SCHEMES
from newsfeed.body.tokens import ATTRIBUTES, INLINE, closing, name_of, squeeze
from newsfeed.body.typography import BLOCK_EDGE, INLINE_EDGE
from newsfeed.body.value import Attribute, Ref, RefKind, Slot

_PLAIN = {
    f"<{slash}{name}>": INLINE_EDGE
    for name in INLINE - set(["a", "br", "code", "img", "kbd", "samp", "var", "source", "track"])
    for slash in ("", "/")
} | {
    f"<{slash}{name}>": BLOCK_EDGE
    for name in [
        "p",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "br",
        "hr",
    ]
    for slash in ("", "/")
}
_VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ADDRESSES: dict[tuple[str, str], RefKind] = {
    ("a", "href"): "link",
    ("audio", "src"): "media",
    ("blockquote", "cite"): "link",
    ("del", "cite"): "link",
    ("img", "src"): "image",
    ("ins", "cite"): "link",
    ("q", "cite"): "link",
    ("source", "src"): "media",
    ("track", "src"): "media",
    ("video", "src"): "media",
    ("video", "poster"): "image",
}
_CLASSES = frozenset(
    [
        "align-left",
        "align-center",
        "align-right",
        "button",
        "caution",
        "danger",
        "footnote-back",
        "footnote-reference",
        "footnotes",
        "important",
        "info",
        "lead",
        "note",
        "quotation",
        "small",
        "tip",
        "warning",
    ]
)
_NUMBER = re.compile(r"(\d{1,5})(?:px)?")
_FORMS = {
    "colspan": re.compile(r"[1-9]\d{0,2}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "height": _NUMBER,
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "hreflang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "loading": re.compile(r"lazy|eager"),
    "rowspan": re.compile(r"[1-9]\d{0,3}"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "span": re.compile(r"[1-9]\d{0,2}"),
    "start": re.compile(r"-?\d{1,9}"),
    "type": re.compile(r"[1aAiI]|[\w.+-]+/[\w.+-]+(?:; ?codecs=[\w., ]+)?"),
    "value": re.compile(r"-?\d{1,9}"),
    "width": _NUMBER,
}
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+([\d.]+[wx]))?\s*(?:,|$)")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_END: Slot = ("/a", ())
_PELICAN = re.compile(r"(?:\{|%7B|\||%7C)(\w+)(?:\}|%7D|\||%7C)(.*)", re.S | re.I)


def anchor(prefix: str, name: str) -> str:
    """Return the id that a body with ``prefix`` gives to its part ``name``, as in ``#name``.

    Letters lose their accents, so that the address needs no escapes.
    """
    flat = unicodedata.normalize("NFKD", unquote(name).casefold().replace("œ", "oe"))
    flat = re.sub(r"[\u0300-\u036f]", "", flat)
    slug = re.sub(r"[^\w]+", "-", flat).strip("-") or "x"
    return f"{prefix}-{slug}" if prefix else slug


class Walk:
    """What stands in ``parts`` (texts and tags in turn), as `run` finds it.

    ``edges`` holds a character a tag: whether it parts texts like a block. ``verbatim`` holds the
    texts that typography leaves alone. ``lost`` are (kind, what) of addresses that may not stand.
    """

    def __init__(
        self,
        parts: list[str],
        *,
        prefix: str,
        places: Places,
        language: str,
        typeset: Callable[[str], str] | None,
    ) -> None:
        self.source = parts
        self.parts: list[str | Slot] = list(parts)
        self.edges: list[str] = []
        self.verbatim: set[int] = set()
        self.refs: list[Ref] = []
        self.ids: dict[str, str] = {}
        self.headings: list[tuple[int, int, int, str, int]] = []
        self.images_without_alt: list[int] = []
        self.lost: list[tuple[str, str]] = []
        self._prefix = prefix
        self._places = places
        self._base = language.lower().split("-")[0]
        self._typeset = typeset
        self._links: list[str | Slot] = []
        self._opened: list[int] = []
        self._foreign_until = 0

    def run(self) -> None:
        """Walk."""
        plain, edges, source = _PLAIN.get, self.edges, self.source
        depth = 0
        for index in range(1, len(source), 2):
            tag = source[index]
            edge = plain(tag)
            if edge is None:
                name = name_of(tag)
                edge = INLINE_EDGE if name in INLINE else BLOCK_EDGE
                if tag[1] == "/":
                    depth -= name in _VERBATIM
                    self._end(index, name)
                else:
                    depth += name in _VERBATIM
                    self._start(index, name, tag)
            edges.append(edge)
            if depth or index < self._foreign_until:
                self.verbatim.add(index + 1)

    def _start(self, index: int, name: str, tag: str) -> None:
        if name == "a":
            self._link(index, tag)
        elif name in _HEADINGS:
            self._opened.append(index)
        elif name == "img":
            self._image(index, tag)
        elif name in {"video", "audio"}:
            self.parts[index] = (name, self._attributes(index, name, tag))
        elif tag.endswith('"') or " " in tag:
            attributes = self._attributes(index, name, tag)
            literal = all(isinstance(a, str) for a in attributes)
            # The join is of strings alone, which mypy cannot see.
            self.parts[index] = (
                f"<{name}{''.join(map(str, attributes))}>" if literal else (name, attributes)
            )

    def _end(self, index: int, name: str) -> None:
        if name == "a":
            self.parts[index] = self._links.pop()
        elif name in {"video", "audio"}:
            self.parts[index] = (f"/{name}", ())
        elif name in _HEADINGS:
            self._heading(self._opened.pop(), index)

    def _link(self, index: int, tag: str) -> None:
        attributes = self._attributes(index, "a", tag)
        has_address = any(not isinstance(a, str) for a in attributes)
        empty = self.source[index + 2] == "</a>" and not self.source[index + 1].strip()
        if has_address and not empty and _END not in self._links:
            self.parts[index] = ("a", attributes)
            self._links.append(_END)
            return
        if tag == "<a>":
            self.lost.append(("address", squeeze(unescape(self.source[index + 1]))))
        literal = "".join(a for a in attributes if isinstance(a, str) and a.startswith(" id="))
        self.parts[index] = f"<span{literal}>" if literal else ""
        self._links.append("</span>" if literal else "")

    def _image(self, index: int, tag: str) -> None:
        attributes = self._attributes(index, "img", tag)
        alt = next((a for a in attributes if isinstance(a, str) and a.startswith(" alt=")), None)
        address = next((a[1] for a in attributes if a[0] == "src" and isinstance(a[1], int)), None)
        if address is None:
            self.lost.append(("picture", unescape(alt[6:-1]) if alt else ""))
            self.parts[index] = alt[6:-1] if alt else ""
            return
        ref = self.refs[address]
        if alt is None or (alt == ' alt=""' and self._undescribed(ref.url)):
            self.images_without_alt.append(ref.line)
        if alt is None:
            attributes = (*attributes, ' alt=""')
        self.parts[index] = ("img", attributes)

    def _undescribed(self, url: str) -> bool:
        """Tell whether a picture is written ``![](url)``, not ``<img alt="">``, which is meant."""
        text = self._places.text
        return any(f"![]({mark}{url}" in text for mark in ("", "<")) or f"![[{url}" in text

    def _heading(self, start: int, end: int) -> None:
        inside = self.source[start + 1 : end]
        text = squeeze(unescape("".join(inside[::2])))
        if not text and not any(tag.startswith("<img") for tag in inside[1::2]):
            self.parts[start] = self.parts[end] = ""
            return
        tag = self.source[start]
        level = _HEADINGS[name_of(tag)]
        line = self._places.line_of([unescape(inside[0]).strip()[:32] or text[:32]])
        attributes = "".join(map(str, self._attributes(start, f"h{level}", tag)))
        if ' id="' not in attributes:
            attributes += self._id(text)
        self.parts[start] = attributes
        self.headings.append((start, end, level, text, line))

    def _attributes(self, index: int, name: str, tag: str) -> tuple[Attribute, ...]:
        """Return the attributes of a start tag, addresses as numbers of refs."""
        kept: list[Attribute] = []
        for key, value in ATTRIBUTES.findall(tag):
            kind = _ADDRESSES.get((name, key))
            if kind is not None:
                number = self._address(unescape(value), kind)
                if number is not None:
                    kept.append((key, number))
            elif key == "srcset":
                candidates = _CANDIDATE.findall(unescape(value))
                found = [(self._address(url, "image"), how) for url, how in candidates]
                kept.append(("srcset", tuple((n, how) for n, how in found if n is not None)))
            else:
                kept.append(self._literal(index, name, key, value))
        return tuple(a for a in kept if a)

    def _literal(self, index: int, name: str, key: str, value: str) -> str:
        if key in {"id", "name"}:
            return self._id(unescape(value))
        if key == "class":
            words = [
                word
                for word in value.split()
                if word in _CLASSES or (name == "code" and word.startswith("language-"))
            ]
            return f' class="{" ".join(words)}"' if words else ""
        if key == "headers":
            ids = " ".join(anchor(self._prefix, unescape(word)) for word in value.split())
            return f' headers="{ids}"'
        if key in {"alt", "title", "label"} and self._typeset is not None:
            return f' {key}="{escape(self._typeset(unescape(value)))}"'
        form = _FORMS.get(key)
        if form is not None:
            match = form.fullmatch(value)
            if match is None:
                return ""
            if key == "lang" and value.lower().split("-")[0] != self._base:
                self._leave(index)
            value = match[1] if form is _NUMBER else value
        return f' {key}="{value}"'

    def _leave(self, index: int) -> None:
        """Keep typography away from an element in another language."""
        if index >= self._foreign_until:
            self._foreign_until = closing(self.source, index)

    def _id(self, name: str) -> str:
        final = anchor(self._prefix, name)
        if final in self.ids:
            return ""
        self.ids[final] = name
        return f' id="{final}"'

    def _address(self, url: str, kind: RefKind) -> int | None:
        """Return the number of the new ref for ``url``, or None when it may not stand."""
        url = url.strip()
        scheme = _SCHEME.match(url)
        needles = (f"({url}", f'"{url}', url)
        if scheme is not None:
            if scheme[1].lower() == ITEM_SCHEME:
                kind, url = "item", unquote(url[len(scheme[0]) :])
                needles = (url, url, url)
            elif scheme[1].lower() not in SCHEMES:
                self.lost.append(("scheme", url))
                return None
        elif url.startswith("@/"):
            kind, url = "item", unquote(url[1:])
        elif url.startswith(("{", "|", "%7", "%7")) and (pelican := _PELICAN.match(url)):
            what, rest = pelican[1].lower(), unquote(pelican[2])
            needles = (f"}}{rest}", f"|{rest}", rest)
            if what == "filename":
                kind, url = "item", rest
            elif what in {"static", "attach", "index"}:
                url = rest or "/"
            else:
                self.lost.append(("foreign", url))
                return None
        if not url:
            return None
        if "%" in url:
            needles = (*needles, unquote(url))
        self.refs.append(Ref(url, kind, self._places.line_of(needles)))
        return len(self.refs) - 1
