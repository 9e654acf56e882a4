"""One page an item."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup
from msgspec import Struct

from newsfeed.model import Enclosure, Entry, Event, Head, Item, Link, Output, Person
from newsfeed.pages.links import Place, settle
from newsfeed.pages.metadata import of_item
from newsfeed.pages.page_frame import PageFrame, PageHead
from newsfeed.site.items import ItemList
from newsfeed.site.plan import Group
from newsfeed.text.reading_time import reading_minutes
from newsfeed.text.slugs import folded
from newsfeed.text.timestamps import rfc3339
from newsfeed.theme.attachments import described
from newsfeed.theme.dates import ordinal
from newsfeed.theme.environment import OnDemand, Theme
from newsfeed.theme.words import NO_BREAK, language_name


class ItemPage(NamedTuple):
    """An entry, and all that its page shows of the rest of the site.

    ``previous`` is the older neighbour, ``next`` the newer. ``categories``, ``tags`` and ``authors``
    lead to their pages; one without a page has an empty address. ``translations`` are the same
    item's pages in other languages: (language, its address).
    """

    entry: Entry
    previous: Link | None = None
    next: Link | None = None
    categories: tuple[Link, ...] = ()
    tags: tuple[Link, ...] = ()
    authors: tuple[Link, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()


class Attachment(Struct, frozen=True, kw_only=True):
    """An attached file as a page shows it: ``kind`` such as ``PDF``, ``size`` such as ``1,2 Mo``."""

    title: str
    url: str
    kind: str
    size: str
    type: str
    minutes: int


class Appointment(Struct, frozen=True, kw_only=True):
    """An item's event as its page shows it: ``when`` in words, ``iso`` for machines."""

    iso: str
    when: Markup
    place: str


class Places:
    """Knows of each item what stands around it: its neighbours, groups and translations.

    ``items`` are the visible ones, newest first; ``groups`` those that have pages; ``title`` gives
    an item's title as it is printed.
    """

    def __init__(
        self,
        items: ItemList,
        groups: Iterable[Group],
        site_url: str,
        title: Callable[[Item], str],
    ) -> None:
        self._items = items
        self._folders: dict[tuple[str, str], str] = {
            (g.kind, folded(g.label)): site_url + g.folder for g in groups
        }
        self._title = title
        self._links: dict[tuple[str, str], Link] = {}

    @cached_property
    def _translations(self) -> dict[str, list[Head]]:
        found: dict[str, list[Head]] = {}
        for head in self._items.heads:
            if head.translation and head.page:
                found.setdefault(head.translation, []).append(head)
        return found

    def page(self, entry: Entry, at: int) -> ItemPage:
        """Return the entry of the item number ``at`` with what its page shows of the rest of the site."""
        item = entry.item
        return ItemPage(
            entry=entry,
            previous=self._link(self.neighbour(at, 1)),
            next=self._link(self.neighbour(at, -1)),
            categories=tuple([self._group("category", name) for name in item.categories]),
            tags=tuple([self._group("tag", name) for name in item.tags]),
            authors=tuple(map(self._author, item.authors)),
            translations=tuple([(each.language, each.url) for each in self.translated(item)]),
        )

    def neighbour(self, at: int, step: int) -> Item | None:
        """Return the next item from number ``at`` on that has a page: older by 1, newer by -1."""
        heads = self._items.heads
        at += step
        while 0 <= at < len(heads):
            if heads[at].page:
                return self._items[at]
            at += step
        return None

    def _link(self, item: Item | None) -> Link | None:
        return Link(text=self._title(item), url=item.url) if item is not None else None

    def _group(self, kind: str, name: str) -> Link:
        link = self._links.get((kind, name))
        if link is None:
            link = Link(text=name, url=self._folders.get((kind, folded(name)), ""))
            self._links[kind, name] = link
        return link

    def _author(self, person: Person) -> Link:
        group = self._group("author", person.name)
        return group if group.url else Link(text=person.name, url=person.url or "")

    def translated(self, of: Head | Item) -> tuple[Head, ...]:
        """Return the heads of the same item in other languages."""
        if not of.translation:
            return ()
        return tuple(
            other
            for other in sorted(
                self._translations.get(of.translation, ()), key=lambda o: o.language
            )
            if other.language != of.language
        )


def render_item(page: ItemPage, frame: PageFrame) -> Output:
    """Return the page of one item. Raises TemplateProblem."""
    entry, item = page.entry, page.entry.item
    theme, language = frame.theme, item.language
    place = frame.place(item.page)
    image = entry.image
    changed = item.updated is not None and item.modified > item.published

    def body() -> Markup:
        table = theme.words(language)["page_table"]
        return Markup(settle(entry.content, place, table, frame.srcset(place)))

    # What a template does not ask for is not made: of ten thousand pages that is a good part.
    return frame.page(
        "page/item.html",
        place,
        PageHead(
            title=entry.title,
            language=language,
            section="item",
            about=item.path,
            meta=OnDemand(
                lambda: of_item(entry, item.url, frame.site, frame.parts.logo, page.translations)
            ),
        ),
        item=item,
        entry=entry,
        summary=entry.summary if item.summary else "",
        published=OnDemand(lambda: theme.moment(item.published, language)),
        updated=OnDemand(lambda: theme.moment(item.modified, language) if changed else None),
        body=Markup(entry.content) if entry.still else OnDemand(body),
        picture=image if image and image.src not in entry.content else None,
        categories=place.links(page.categories),
        tags=place.links(page.tags),
        authors=place.links(page.authors),
        source=place.link(entry.source) if entry.source else None,
        links=[link for link in place.links(entry.links) if link.url],
        attachments=list(_attachments(entry.enclosures, place, language)),
        event=_appointment(item.event, theme, language) if item.event else None,
        minutes=OnDemand(lambda: reading_minutes(entry.words)),
        previous=place.link(page.previous) if page.previous else None,
        next=place.link(page.next) if page.next else None,
        translations=[
            (tag, Link(text=language_name(tag), url=place.to(url)))
            for tag, url in page.translations
        ],
    )


def _attachments(
    enclosures: Iterable[Enclosure], place: Place, language: str
) -> Iterable[Attachment]:
    for enclosure in enclosures:
        url = place.to(enclosure.url)
        if not url:
            continue
        told = described(enclosure, language)
        yield Attachment(
            title=told.title,
            url=url,
            kind=told.kind,
            size=told.size,
            type=enclosure.type or "",
            minutes=told.minutes,
        )


def _appointment(event: Event, theme: Theme, language: str) -> Appointment:
    start = event.start
    iso = start.date().isoformat() if event.all_day else rfc3339(start)
    when = ordinal(_when(event, theme, language))
    return Appointment(iso=iso, when=when, place=event.place or "")


def _when(event: Event, theme: Theme, language: str) -> str:
    """Return when an event takes place: ``19 novembre 2026, 9 h – 17 h``."""
    start, end = event.start, event.end
    day = theme.day(start, language)
    last = theme.day(end, language) if end else day
    comma = "، " if language.split("-")[0] == "ar" else ", "

    def moment(day: str, when: datetime) -> str:
        return day if event.all_day else f"{day}{comma}{theme.hour(when, language)}"

    if end is None or end <= start:
        return moment(day, start)
    if last != day:
        return f"{moment(day, start)}{NO_BREAK}– {moment(last, end)}"
    if event.all_day:
        return day
    return f"{moment(day, start)}{NO_BREAK}– {theme.hour(end, language)}"
