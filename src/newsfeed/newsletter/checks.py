"""Diagnostics of a letter: what it lacks to be sent, what was shortened, pictures no program shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from urllib.parse import urlsplit

from newsfeed.config import FILE, Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.newsletter.budget import KILOBYTE, Level, Slot
from newsfeed.newsletter.merge_tags import NONE
from newsfeed.newsletter.pictures import Pictures
from newsfeed.newsletter.report import TALLEST, LetterReport

HEAVY = 500 * KILOBYTE
"""Octets above which a picture is worth a remark: many read over a telephone's network."""
ALL_HEAVY = 2_000 * KILOBYTE
_UNSHOWN = {
    "webp": "Outlook",
    "avif": "Outlook, Yahoo",
    "svg": "Gmail, Outlook",
    "tif": "Gmail, Outlook",
    "heic": "Gmail, Outlook",
}
"""Picture formats that a widespread mail program does not show (Can I email, 2026)."""


def remarks(figures: LetterReport, config: Config, path: str) -> Iterator[Diagnostic]:
    """Yield the diagnostics of a rendered letter; ``path`` is the issue's file."""
    yield from _lacking(config)
    if not figures.subject.strip():
        yield diagnostic("letter-no-subject", path, key=figures.key)
    limit = config.newsletter.max_kb
    size, key = f"{figures.html / KILOBYTE:.0f}", figures.key
    gone = [each for each in figures.shortened if each.shown == "gone"]
    if figures.html > limit * KILOBYTE:
        yield diagnostic("letter-too-heavy", path, kb=size, limit=limit, key=key)
    elif gone:
        yield diagnostic("letter-cut", path, kb=size, limit=limit, key=key, count=len(gone))
    elif figures.shortened:
        yield diagnostic(
            "letter-shortened",
            path,
            kb=size,
            limit=limit,
            key=key,
            count=len(figures.shortened),
            titles=", ".join(f"“{each.title}”" for each in figures.shortened[:3]),
        )


def _lacking(config: Config) -> Iterator[Diagnostic]:
    """Yield the keys without which a letter may not be sent. A mailing service adds its own."""
    newsletter = config.newsletter
    alone = NONE.name in newsletter.esp
    if newsletter.from_ is None or not newsletter.from_.email:
        yield diagnostic("letter-no-sender", FILE)
    if alone and not newsletter.address:
        yield diagnostic("letter-no-address", FILE)
    if alone and not (newsletter.unsubscribe or newsletter.unsubscribe_email):
        yield diagnostic("letter-no-unsubscribe", FILE)
    elif alone and (newsletter.unsubscribe or "").startswith("http:"):
        yield diagnostic("letter-unsubscribe-insecure", FILE)


def picture_remarks(
    figures: LetterReport, shown: Sequence[Slot], path: str, pictures: Pictures
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a letter's pictures, each at the article or file that names it.

    ``path`` is the issue's file, for what no article shows.
    """
    unreadable = pictures.unreadable
    owners: dict[str, Slot] = {}
    for place in shown:
        for source in _sources(place):
            owners.setdefault(source, place)
    sent = {image.src: image for image in figures.images}
    for source in dict.fromkeys([*owners, *sent, *sorted(unreadable)]):
        where = (FILE if source in pictures.logos else path, 1)
        named = source if source in owners else pictures.sources.get(source, source)
        if named in owners:
            item = owners[named].entry.item
            where = (item.path, item.line("image"))
        if source in unreadable:
            yield diagnostic("letter-picture-unreadable", *where, url=source)
            continue
        ending = urlsplit(source).path.rpartition(".")[2].lower().replace("tiff", "tif")
        if source in sent and ending in _UNSHOWN:
            clients = _UNSHOWN[ending]
            yield diagnostic("letter-picture", *where, url=source, kind=ending, clients=clients)
        if source in sent and (sent[source].height or 0) > TALLEST:
            yield diagnostic(
                "letter-picture-tall", *where, url=named, high=sent[source].height, most=TALLEST
            )
        length = sent[source].length if source in sent else None
        if length is not None and length > HEAVY:
            size = f"{length / KILOBYTE:.0f}"
            yield diagnostic("letter-picture-heavy", *where, url=source, kb=size)
    if figures.image_weight > ALL_HEAVY:
        size = f"{figures.image_weight / KILOBYTE / KILOBYTE:.1f}"
        yield diagnostic("letter-pictures-heavy", path, key=figures.key, mb=size)


def _sources(place: Slot) -> Iterator[str]:
    """Yield the addresses of the pictures that a place shows, as its article names them."""
    if place.entry.image and place.level >= Level.EXCERPT:
        yield place.entry.image.src
    if place.level is Level.FULL:
        for written in re.findall(r'<img [^>]*?src="([^"]+)"', place.article.full):
            yield unescape(written)
