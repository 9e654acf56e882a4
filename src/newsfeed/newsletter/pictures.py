"""The pictures of one letter, in the forms that it sends: as large as shown twice, and no larger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from msgspec import Struct

from newsfeed.model import Form, Image, Output
from newsfeed.site.mail_pictures import Frame
from newsfeed.text.regex import regex

DENSITY = 2
"""Pixels sent for each that is shown: fine screens show two, more nobody sees."""
CONTENT = 560
"""The width of a letter's text, in pixels."""
_ENOUGH = 0.6
"""The share of a place's width from which a picture fills it."""

_TAG = regex(r"<img\b[^>]*>")
_ATTRIBUTE = regex(r'([\w-]+)="([^"]*)"')
_OPENING = regex(
    r"\s*<(?:p|figure|div)>\s*(?:<a [^>]*>)?\s*(<img\b[^>]*>)\s*(?:</a>)?\s*(?:</p>|</div>|<figcaption|</figure>)"
)
_ICON = 200
Maker = Callable[[str, Frame], Form | None]


class Picture(Struct, frozen=True, kw_only=True):
    """A picture at the size that the letter gives it, in pixels; ``fills`` says that it fills its place."""

    src: str
    alt: str
    width: int
    height: int | None
    fills: bool = False


class Pictures:
    """Gives pictures their form in a letter; ``form`` makes them, None leaves all as they are.

    ``made`` are the forms by their address, ``sources`` the addresses that articles give them;
    ``unreadable`` are the addresses of pictures that are none, ``logos`` those that settings name.
    ``shapes`` are (width, height) of those that have no form, where articles say them.
    """

    def __init__(self, form: Maker | None = None) -> None:
        self._form = form
        self.made: dict[str, Form] = {}
        self.sources: dict[str, str] = {}
        self.shapes: dict[str, tuple[int, int]] = {}
        self.unreadable: set[str] = set()
        self.logos: set[str] = set()

    def shown(
        self, image: Image, width: int, ratio: tuple[int, int] | None = None, *, clear: bool = False
    ) -> Picture | None:
        """Return ``image`` at most ``width`` pixels wide, cut to ``ratio`` if it can be.

        None for a picture that cannot be read.
        """
        form = self.form(
            image.src, Frame(DENSITY * width, ratio, image.focus if ratio else None, clear)
        )
        if form is None:
            return natural(image, width)
        if not form.url:
            return None
        # A picture that is a little too small is drawn larger: a hole beside it is worse.
        shown = width if form.width >= _ENOUGH * width else form.width
        height = max(1, round(form.height * shown / form.width))
        return Picture(
            src=form.url, alt=image.alt, width=shown, height=height, fills=shown == width
        )

    def form(self, src: str, frame: Frame) -> Form | None:
        """Return the form of the picture at ``src``; without an address where it cannot be read."""
        form = self._form(src, frame) if self._form is not None else None
        if form is not None and form.url:
            self.made[form.url] = form
            self.sources[form.url] = src
        elif form is not None:
            self.unreadable.add(src)
        return form

    def inside(self, html: str) -> str:
        """Return safe HTML with its pictures in their forms, without those that cannot be read.

        Widths stand in styles, too: Apple Mail ignores the attribute on embedded pictures. Heights
        follow from widths: Yahoo would keep one while its width shrinks (hteumeuleu/email-bugs#9).
        """
        return _TAG.sub(self._fitted, html)

    def _fitted(self, tag: re.Match[str]) -> str:
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[0])}
        high = int(attributes.pop("height", 0))
        wide = min(CONTENT, int(attributes.get("width", CONTENT)))
        form = self.form(attributes.get("src", ""), Frame(DENSITY * wide))
        if form is None:
            if "width" not in attributes:
                return tag[0]
            self.shapes[attributes.get("src", "")] = (int(attributes["width"]), high)
        elif not form.url:
            return escape(attributes.get("alt", ""))
        else:
            wide = min(wide, form.width)
            attributes |= {"src": form.url, "width": str(wide)}
        attributes["style"] = f"width:{wide}px"
        written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
        return f"<img {written}>"

    def forms(self, outputs: Iterable[Output]) -> tuple[Form, ...]:
        """Return the forms that ``outputs`` show, in the order of their addresses."""
        texts = [
            each.data.decode() for each in outputs if each.data and each.path.endswith(".html")
        ]
        return tuple(
            form
            for url, form in sorted(self.made.items())
            if any(escape(url) in text for text in texts)
        )


def opening(html: str) -> Image | None:
    """Return the picture that opens an article's safe HTML, alone in its paragraph, None for none.

    Imported articles show theirs so. A small one is an icon.
    """
    found = _OPENING.match(html)
    if found is None:
        return None
    attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found[1])}
    width, height = (int(attributes.get(name, 0) or 0) for name in ("width", "height"))
    if width < _ICON or not attributes.get("src"):
        return None
    alt = attributes.get("alt", "")
    return Image(src=attributes["src"], alt=alt, width=width, height=height or None)


def natural(image: Image, width: int) -> Picture:
    """Return ``image`` itself at most ``width`` pixels wide, its proportions kept."""
    shown = min(width, image.width) if image.width else width
    height = None
    if image.width and image.height:
        height = max(1, round(image.height * shown / image.width))
    return Picture(src=image.src, alt=image.alt, width=shown, height=height, fills=shown == width)
