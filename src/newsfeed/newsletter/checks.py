"""Diagnostics of a letter: what it lacks to be sent, what was shortened, pictures no program shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from newsfeed.config import FILE, Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.newsletter.budget import KILOBYTE, Level, Slot
from newsfeed.newsletter.merge_tags import NONE
from newsfeed.newsletter.report import LetterReport

_UNSHOWN = {
    "webp": "Outlook",
    "avif": "Outlook, Yahoo",
    "svg": "Gmail, Outlook",
    "tif": "Gmail, Outlook",
    "heic": "Gmail, Outlook",
}
"""Picture formats that a widespread mail program does not show (Can I email, 2026)."""


def remarks(
    figures: LetterReport, shown: Sequence[Slot], config: Config, path: str
) -> Iterator[Diagnostic]:
    """Yield the diagnostics of a rendered letter; ``path`` is the issue's file."""
    yield from _lacking(config)
    yield from _pictures(shown)
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
    if alone and not newsletter.unsubscribe:
        yield diagnostic("letter-no-unsubscribe", FILE)


def _pictures(shown: Sequence[Slot]) -> Iterator[Diagnostic]:
    """Yield the pictures of articles that some mail programs will not show."""
    for place in shown:
        entry = place.entry
        sources = [entry.image.src] if entry.image and place.level >= Level.EXCERPT else []
        if place.level is Level.FULL:
            sources += re.findall(r'<img [^>]*?src="([^"]+)"', place.article.full)
        for source in dict.fromkeys(sources):
            ending = urlsplit(source).path.rpartition(".")[2].lower().replace("tiff", "tif")
            if ending in _UNSHOWN:
                yield diagnostic(
                    "letter-picture",
                    entry.item.path,
                    entry.item.line("image"),
                    url=source,
                    kind=ending,
                    clients=_UNSHOWN[ending],
                )
