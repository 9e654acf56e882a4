"""What is said of a letter when it is made: what it lacks to be sent, and what gave way."""

from __future__ import annotations

from collections.abc import Iterator

from newsfeed.config import FILE, Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.letters.merge_tags import NONE
from newsfeed.letters.report import LetterReport
from newsfeed.letters.weight import KILOBYTE


def remarks(figures: LetterReport, config: Config, path: str) -> Iterator[Diagnostic]:
    """Yield what is to be said; ``path`` is the issue's file."""
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
    if alone and not newsletter.unsubscribe:
        yield diagnostic("letter-no-unsubscribe", FILE)
