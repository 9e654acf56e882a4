"""How much of each entry a letter shows: entries are shortened where it would be too large.

Gmail clips a message at 102 KB of HTML and hides what follows, the unsubscribe link first. So
entries fall from the last to the first: full text to excerpt, excerpt to headline, headline to a
bare line, and at the very end to a count. The lead is always a step behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.model import Entry, Letter
from newsfeed.newsletter.article import Article, article
from newsfeed.newsletter.pictures import opening

KILOBYTE = 1000
_FRAME = 9_000
"""Octets of a letter without entries: styles, masthead, footer."""
_OPTIMISM = 1.15
"""What an estimate may exceed the limit by before it is believed without being tried."""


class Level(IntEnum):
    """How much of an entry is shown, least first."""

    GONE = 0
    LINE = 1
    HEADLINE = 2
    EXCERPT = 3
    FULL = 4


class Slot(Struct, frozen=True, kw_only=True):
    """An entry's place in a letter. ``section`` counts the letter's sections from 0."""

    entry: Entry
    article: Article
    level: Level
    section: int
    style: Literal["lead", "full", "excerpt", "headline", "agenda"]


def slots(letter: Letter, *, media: str, sound: str = "") -> tuple[Slot, ...]:
    """Return the places of ``letter`` in order, each at the level that its section asks for.

    ``media`` is what the link says that stands where a film stood in an article, ``sound`` where a
    recording did.
    """
    found = []
    for number, section in enumerate(letter.sections):
        heading = 4 if section.title else 3
        level = {"full": Level.FULL, "headline": Level.HEADLINE, "agenda": Level.HEADLINE}.get(
            section.style, Level.EXCERPT
        )
        found += [
            Slot(
                entry=entry if entry.image else replace(entry, image=opening(entry.content)),
                article=article(entry, heading=heading, media=media, sound=sound),
                level=level,
                section=number,
                style=section.style,
            )
            for entry in section.entries
        ]
    return tuple(found)


def alone(places: Sequence[Slot]) -> tuple[Slot, ...]:
    """Return the places of an essay: its first article whole, the others as headlines."""
    return tuple(
        replace(
            place,
            level=Level.FULL if not at else min(place.level, Level.HEADLINE),
            style="lead" if not at else "headline" if place.style == "lead" else place.style,
        )
        for at, place in enumerate(places)
    )


def fitted(places: Sequence[Slot], limit: int, measured: float = 0.0) -> tuple[Slot, ...]:
    """Return the places, shortened until the letter takes about ``limit`` octets.

    ``measured`` is how many octets an estimated one took when the letter was rendered before; 0
    stands for a letter that was not, which is tried when it may just fit.
    """
    scale = measured or 1 / _OPTIMISM
    now = list(places)
    costs = [_cost(place) for place in now]
    total = _FRAME + sum(costs)
    for target in (Level.EXCERPT, Level.HEADLINE, Level.LINE, Level.GONE):
        for at in reversed(range(len(now))):
            if total * scale <= limit:
                return tuple(now)
            # The lead stays a step above the rest: it is what the letter is for.
            goal = Level(target + 1) if now[at].style == "lead" else target
            if now[at].level > goal:
                now[at] = replace(now[at], level=goal)
                total += (cost := _cost(now[at])) - costs[at]
                costs[at] = cost
    return tuple(now)


def estimate(places: Sequence[Slot]) -> int:
    """Return an estimate of the letter's HTML in octets."""
    return _FRAME + sum(_cost(place) for place in places)


def _cost(place: Slot) -> int:
    entry = place.entry
    title = len(entry.title.encode()) + len(entry.url)
    match place.level:
        case Level.GONE:
            return 0
        case Level.LINE:
            return 150 + title
        case Level.HEADLINE:
            return 650 + title
        case Level.EXCERPT:
            html = place.article.excerpt
        case Level.FULL:
            html = place.article.full
    picture = 300 + len(entry.image.alt.encode()) if entry.image else 0
    return 1500 + title + picture + len(html.encode()) + 40 * html.count("</")
