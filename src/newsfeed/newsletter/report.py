"""What is worth knowing of a letter before it is sent, as figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from newsfeed.model import Letter
from newsfeed.newsletter.budget import Level, Slot
from newsfeed.newsletter.links import leads_into, normal, without_parameters
from newsfeed.newsletter.pictures import Pictures
from newsfeed.text.reading_time import reading_minutes
from newsfeed.theme.palette import Palette, Scheme, contrast

if TYPE_CHECKING:
    from lxml.html import HtmlElement

GMAIL_CLIPS_AT = 102 * 1024
"""Octets of HTML beyond which Gmail hides the rest of a message."""
TALLEST = 1728
"""Pixels: Outlook on Windows lays a letter out in pages of Word, and cuts off what is higher than one."""
CODE_COLUMNS = 63
"""Characters of code in a line: 560 pixels less the padding, at 8.4 each. Outlook on Windows knows no
``white-space:pre-wrap`` (Can I email): a longer line makes the whole letter wider."""


class Shortened(Struct, frozen=True, kw_only=True):
    """An entry that gave way, and how far: ``excerpt``, ``headline``, ``line`` or ``gone``."""

    title: str
    url: str
    wanted: str
    shown: str


class Shown(Struct, frozen=True, kw_only=True):
    """A picture of a letter, ``width`` by ``height`` pixels on the page, None where unknown.

    ``pixels`` is the width of its file, ``length`` that file's bytes, where the site knows them.
    """

    src: str
    alt: str
    length: int | None = None
    width: int | None = None
    height: int | None = None
    pixels: int | None = None


class LetterReport(Struct, frozen=True, kw_only=True):
    """A letter's figures: sizes in octets, ``clip`` the HTML's share of Gmail's size limit.

    ``contrast`` is the least ratio between a text and its ground, in light and in dark, ``long_code``
    counts the lines of code that Outlook on Windows shows too wide, ``campaign`` are the parameters
    that links into the site bear.
    """

    key: str
    subject: str
    items: int
    html: int
    text: int
    eml: int
    clip: float
    images: tuple[Shown, ...]
    links: tuple[str, ...]
    words: int
    minutes: int
    contrast: tuple[float, float]
    shortened: tuple[Shortened, ...]
    long_code: int = 0
    campaign: Mapping[str, str] = field(default_factory=dict)

    @property
    def image_weight(self) -> int:
        """The octets of the pictures whose size is known."""
        return sum(image.length or 0 for image in self.images)

    @property
    def missing_alt(self) -> tuple[str, ...]:
        """The pictures that say nothing to those who do not see them."""
        return tuple(image.src for image in self.images if not image.alt)

    @property
    def insecure_links(self) -> tuple[str, ...]:
        """The links whose way is not encrypted."""
        return tuple(link for link in self.links if link.startswith("http:"))

    def dead_links(self, site: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the links below ``site`` that lead to none of the ``known`` addresses."""
        plain = {link: without_parameters(link, self.campaign) for link in self.links}
        own = (link for link in self.links if leads_into(link, site))
        return tuple(link for link in own if normal(plain[link].split("#")[0]) not in known)


class Sizes(NamedTuple):
    """The octets of a letter's HTML, text and message."""

    html: int
    text: int
    eml: int


class Shortening(NamedTuple):
    """A letter's places as its sections ask for them, and as its limit allows."""

    wanted: Sequence[Slot]
    shown: Sequence[Slot]


def report(
    letter: Letter,
    root: HtmlElement,
    sizes: Sizes,
    places: Shortening,
    *,
    palette: Palette,
    images: tuple[Shown, ...],
) -> LetterReport:
    """Return the figures of ``letter``; ``root`` is its HTML as an lxml tree."""
    wanted, shown = places
    body = root.find("body")
    text = " ".join(body.itertext("*")) if body is not None else ""
    words = len(re.findall(r"\w[\w’'-]*", text))
    links = dict.fromkeys(href for a in root.iter("a") if (href := a.get("href")))
    shortened = (
        Shortened(
            title=after.entry.title,
            url=after.entry.url,
            wanted=before.level.name.lower(),
            shown=after.level.name.lower(),
        )
        for before, after in zip(wanted, shown, strict=True)
        if before.level is not after.level
    )
    return LetterReport(
        key=letter.key,
        subject=letter.subject,
        items=sum(place.level is not Level.GONE for place in shown),
        html=sizes.html,
        text=sizes.text,
        eml=sizes.eml,
        clip=round(sizes.html / GMAIL_CLIPS_AT, 3),
        images=images,
        links=tuple(link for link in links if link.startswith(("http://", "https://"))),
        words=words,
        minutes=max(1, reading_minutes(words)),
        contrast=(_least_contrast(palette.light), _least_contrast(palette.dark)),
        shortened=tuple(shortened),
        long_code=sum(
            len(line) > CODE_COLUMNS
            for code in root.iter("pre")
            for line in "".join(code.itertext("*")).splitlines()
        ),
    )


def images(
    root: HtmlElement, shown: Sequence[Slot], pictures: Pictures, lengths: Mapping[str, int]
) -> Iterator[Shown]:
    """Yield each picture of a letter's tree once, at the greatest width at which it is shown.

    ``lengths`` are the bytes of published files by their address.
    """
    leads = {place.entry.image.src: place.entry.image for place in shown if place.entry.image}
    found: dict[str, tuple[str, int]] = {}
    for img in root.iter("img"):
        src, width = img.get("src", ""), int(img.get("width") or 0)
        if width >= found.get(src, ("", 0))[1]:
            found[src] = (img.get("alt") or "", width)
    for src, (alt, width) in found.items():
        form, lead = pictures.made.get(src), leads.get(src)
        length, pixels = lengths.get(src), None
        wide, high = pictures.shapes.get(src, (0, 0))
        if form is not None:
            length, pixels = form.length, form.width
            wide, high = form.width, form.height
        elif lead is not None:
            length, pixels = lead.length if length is None else length, lead.width
            wide, high = lead.width or wide, lead.height or high
        yield Shown(
            src=src,
            alt=alt,
            length=length,
            width=width or None,
            height=max(1, round(high * width / wide)) if width and wide and high else None,
            pixels=pixels,
        )


def _least_contrast(scheme: Scheme) -> float:
    """Return the least contrast of the pairs that a letter shows."""
    grounds = (scheme.page, scheme.surface, scheme.tint)
    texts = (scheme.text, scheme.heading, scheme.muted, scheme.link, *scheme.labels)
    pairs = [(text, ground) for text in texts for ground in grounds]
    pairs += [(scheme.on_accent, scheme.accent), (scheme.on_band, scheme.band)]
    pairs += [(scheme.on_band_muted, scheme.band)]
    return round(min(contrast(*pair) for pair in pairs), 2)
