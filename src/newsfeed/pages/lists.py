"""Lists of items: all news, and each category, tag, author and language.

Closed pages of a list are numbered from the oldest: ``page/1/`` holds the oldest items for good, and
a new item changes the current page (``index.html``) alone. The current page holds a page's worth,
give or take half: a page closes when half a page's worth is newer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from markupsafe import Markup
from msgspec import Struct, field

from newsfeed.model import Image, Item, Link, Output
from newsfeed.pages.metadata import shortened
from newsfeed.pages.page_frame import OVERVIEWS, OverviewKind, PageFrame, PageHead
from newsfeed.theme.words import NO_BREAK, language_name

_ROOT = "\ufdd0"
"""Stands in a card for the way to the site's root until the card's page is known."""


class Card(Struct, frozen=True, kw_only=True):
    """An item as lists show it: nothing that needs its body. ``image`` has its address and sizes."""

    item: Item
    title: str
    summary: str = ""
    image: Image | None = None


class Listing(Struct, frozen=True, kw_only=True):
    """A list of items, newest first: all news, or a group.

    ``folder`` is where it lies, with a trailing ``/`` unless empty; ``feeds`` are its own, by
    format; ``related`` are links that its current page offers; ``about`` is an author's own page.
    """

    items: Sequence[Item]
    folder: str = ""
    kind: OverviewKind | Literal["news"] = "news"
    label: str = ""
    feeds: Mapping[str, str] = field(default_factory=dict)
    related: tuple[Link, ...] = ()
    about: str = ""


class ListPage(Struct, frozen=True, kw_only=True):
    """One page of a list: its ``number`` from the oldest, None for the current page.

    ``newer`` and ``older`` are the output paths of its neighbours; ``years`` leads from a year to
    the page where its newest items stand.
    """

    listing: Listing
    path: str
    items: Sequence[Item]
    number: int | None = None
    newer: str | None = None
    older: str | None = None
    years: tuple[tuple[int, str], ...] = ()


def paginate(listing: Listing, per_page: int) -> tuple[ListPage, ...]:
    """Return the pages of a list, the current one first."""
    items = listing.items
    closed = max(0, len(items) - max(1, per_page // 2)) // per_page
    current = len(items) - closed * per_page
    paths = [f"{listing.folder}index.html"]
    paths += [f"{listing.folder}page/{number}/index.html" for number in range(closed, 0, -1)]
    ends = range(current, len(items) + 1, per_page)
    spans = [(max(0, end - per_page) if at else 0, end) for at, end in enumerate(ends)]
    return tuple(
        ListPage(
            listing=listing,
            path=path,
            items=items[start:end],
            number=closed - at + 1 if at else None,
            newer=paths[at - 1] if at else None,
            older=paths[at + 1] if at < closed else None,
            years=_years(items, spans, paths) if not at and closed else (),
        )
        for at, (path, (start, end)) in enumerate(zip(paths, spans, strict=True))
    )


def render_list(page: ListPage, frame: PageFrame, card: Callable[[Item], Card]) -> Output:
    """Return one page of a list; ``card`` gives an item as lists show it. Raises TemplateProblem."""
    listing = page.listing
    place = frame.place(page.path)
    language = frame.config.site.language
    words = frame.theme.words(language)
    label = listing.label or words["page_news"]
    if listing.kind == "language":
        label = language_name(listing.label)
    cards = "".join(fragments(page, frame, card))
    period = _period(page, frame, language)
    return frame.page(
        "page/list.html",
        place,
        PageHead(
            title=f"{label} · {period}" if period else label,
            section=listing.kind,
            about=page.path,
            description=_description(page, frame, label),
        ),
        label=label,
        kind=listing.kind,
        kicker="" if listing.kind == "news" else words[OVERVIEWS[listing.kind][1]],
        kicker_url="" if listing.kind == "news" else OVERVIEWS[listing.kind][0],
        period=period,
        current=page.number is None,
        cards=Markup(cards.replace(_ROOT, place.root)),
        feeds=frame.feeds(listing.feeds, f"{frame.config.site.title} · {label}"),
        related=place.links(listing.related) if page.number is None else (),
        profile=place.to(listing.about) if page.number is None else "",
        newer=page.newer.removesuffix("index.html") if page.newer is not None else None,
        older=page.older.removesuffix("index.html") if page.older is not None else None,
        years=[(year, path.removesuffix("index.html")) for year, path in page.years],
    )


def fragments(page: ListPage, frame: PageFrame, card: Callable[[Item], Card]) -> list[str]:
    """Return the cards of a page of a list as HTML."""
    leading = page.number is None and page.listing.kind == "news"
    known = frame.fragments
    return [
        known.get((item.path, "")) or fragment(item, frame, card)
        if at or not leading
        else fragment(item, frame, card, lead=True)
        for at, item in enumerate(page.items)
    ]


def fragment(
    item: Item, frame: PageFrame, card: Callable[[Item], Card], *, lead: bool = False
) -> str:
    """Return an item's card as HTML, made once for all the lists that it stands in."""
    language = frame.config.site.language
    key = (item.path, "lead" if lead else "")
    if key not in frame.fragments:
        made = card(item)
        place = frame.place("", _ROOT)
        frame.fragments[key] = frame.theme.render(
            "page/card.html",
            language=language,
            about=item.path,
            item=item,
            title=made.title,
            summary=shortened(made.summary),
            image=made.image,
            address=place.to(item.url),
            to=place.to,
            srcset=frame.srcset(place),
            lead=lead,
        )
    return frame.fragments[key]


def _years(
    items: Sequence[Item], spans: Sequence[tuple[int, int]], paths: Sequence[str]
) -> tuple[tuple[int, str], ...]:
    """Return for each year, the newest first, the page where its newest item stands."""
    found: dict[int, str] = {}
    for path, (start, end) in zip(paths, spans, strict=True):
        for year in dict.fromkeys([item.published.year for item in items[start:end]]):
            found.setdefault(year, path)
    return tuple(found.items()) if len(found) > 1 else ()


def _period(page: ListPage, frame: PageFrame, language: str) -> str:
    """Return the days that a closed page spans, empty for the current page."""
    if page.number is None or not page.items:
        return ""
    first = frame.theme.day(page.items[-1].published, language)
    last = frame.theme.day(page.items[0].published, language)
    return first if first == last else f"{first}{NO_BREAK}– {last}"


def _description(page: ListPage, frame: PageFrame, label: str) -> str:
    site = frame.config.site
    about = site.description or site.title
    return about if page.listing.kind == "news" else f"{label} · {about}"
