"""Addresses as a page writes them: relative inside the site, checked outside of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape
from urllib.parse import quote

from newsfeed.model import Link
from newsfeed.text.regex import regex

_SCHEMES = ("https:", "http:", "mailto:", "tel:")
# One whole tag. Safe HTML quotes every attribute and escapes every `<` of the text, so that taking
# tags one after the other never starts inside an attribute.
_TAG = regex(r'<(/?[a-z][a-z0-9]*)((?:[^<>"]|"[^"]*")*)>')
_TENDED = regex(r'<(/?table|img|pre)((?:[^<>"]|"[^"]*")*)>')
_SOURCE = regex(r' src="([^"]*)"')
_WIDTH = regex(r' width="(\d{1,6})"')
_COLUMN = 714
BODY_SIZES = f"(min-width: 794px) {_COLUMN}px, 90vw"
"""How wide a picture stands in an article's text: the measure of templates/site.css, in pixels."""
_ADDRESS = regex(r'( (?:href|src|poster)=")([^"]*)')


class Place:
    """Where a page lies: ``root`` leads from it to the site's root, ``./`` or some ``../``.

    ``root`` of a page that is served under any address, as the 404 page is, starts with ``/``.
    """

    __slots__ = ("base", "path", "root")

    def __init__(self, path: str, base: str, root: str | None = None) -> None:
        self.path = path
        self.base = base
        self.root = root if root is not None else "../" * path.count("/") or "./"

    @property
    def url(self) -> str:
        """The page's own absolute address."""
        return self.base + quote(self.path.removesuffix("index.html"))

    def to(self, url: str) -> str:
        """Return an absolute address as this page writes it; empty if it is not one to follow."""
        if url.startswith(self.base):
            return self.root + url[len(self.base) :]
        return url if is_followed(url) else ""

    def link(self, link: Link) -> Link:
        """Return ``link`` as this page writes it."""
        return Link(text=link.text, url=self.to(link.url))

    def links(self, links: Iterable[Link]) -> list[Link]:
        """Return ``links`` as this page writes them; those that none may follow are empty."""
        root, base = self.root, self.base
        return [_seen_from(root, base, link.text, link.url) for link in links]


@lru_cache(maxsize=4096)
def _seen_from(root: str, base: str, text: str, url: str) -> Link:
    """Return a link as pages write it whose root is ``root``: they share categories, tags, authors."""
    return Link(text=text, url=Place("", base, root).to(url))


def is_followed(url: str) -> bool:
    """Say whether a page may link to ``url``: the web, mail and telephones, nothing that runs."""
    return url.lower().startswith(_SCHEMES)


def settle(
    content: str, place: Place, table: str, srcset: Callable[[str, str], str] = lambda *_: ""
) -> str:
    """Return safe HTML as a page shows it.

    Its links into the site become relative, its pictures wait until they are near, and its tables
    and code scroll on their own and take the keyboard's focus; a table's region is named ``table``.
    ``srcset`` gives the attributes of a picture that has smaller forms, by its address and sizes.
    """
    marks = (place.base, "<img", "<table", "<pre")
    if not any(map(content.__contains__, marks)):
        return content

    def one(match: re.Match[str]) -> str:
        name, attributes = match[1], match[2]
        if name == "img" and " srcset=" not in attributes:
            attributes += _forms(attributes, srcset)
        if place.base in attributes:
            attributes = _ADDRESS.sub(lambda a: a[1] + _inside(a[2], place), attributes)
        if name == "img" and " loading=" not in attributes:
            attributes = f' loading="lazy" decoding="async"{attributes}'
        if name == "table":
            return f'<div class="scroll" role="region" aria-label="{table}" tabindex="0"><table{attributes}>'
        if name == "pre":
            attributes += ' tabindex="0"'
        if name == "/table":
            return "</table></div>"
        return f"<{name}{attributes}>"

    return (_TAG if place.base in content else _TENDED).sub(one, content)


def _forms(attributes: str, srcset: Callable[[str, str], str]) -> str:
    """Return the attributes that offer the smaller forms of a picture in a body."""
    source = _SOURCE.search(attributes)
    if source is None or " sizes=" in attributes:
        return ""
    width = _WIDTH.search(attributes)
    narrow = width is not None and int(width[1]) < _COLUMN
    sizes = f"{width[1]}px" if width is not None and narrow else BODY_SIZES
    # Markup would escape the attributes that it is joined to.
    return str(srcset(unescape(source[1]), sizes))


def _inside(url: str, place: Place) -> str:
    return place.root + url[len(place.base) :] if url.startswith(place.base) else url
