"""The pages that list articles: all news, each group, the overviews of groups, letters and feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from urllib.parse import quote

from newsfeed import pages
from newsfeed.build import feeds, pool
from newsfeed.build.page_parts import TOGETHER, PageParts
from newsfeed.build.remembered_entries import key_of
from newsfeed.model import Link, Output
from newsfeed.pages import FeedLine, Listing, ListPage, Overview
from newsfeed.pages.page_frame import OverviewKind
from newsfeed.site.entry import person_of
from newsfeed.site.library import Library
from newsfeed.site.plan import Group
from newsfeed.text.hashing import hashed
from newsfeed.text.slugs import folded


class ListPages:
    """Makes the pages of lists, from what all pages share."""

    def __init__(self, parts: PageParts) -> None:
        self.parts = parts

    def outputs(self) -> Iterator[Output]:
        """Yield all news, and the list of each group, in pages; the overviews of groups."""
        parts, config = self.parts, self.parts.site.config
        related = tuple(
            Link(text=group.label, url=config.site.url + quote(group.folder))
            for group in parts.groups
            if group.kind == "category"
        )
        news = Listing(items=parts.site.plan.items, feeds=parts.frame.parts.feeds, related=related)
        groups = [
            Listing(
                items=group.items,
                folder=group.folder,
                kind=group.kind,
                label=group.label,
                feeds=parts.feeds(group),
                about=_own_page(group, parts.site.library),
            )
            for group in parts.groups
        ]
        yield from self._lists([news, *groups] if "news" in parts.listed else groups)
        for kind in parts.frame.parts.overviews:
            yield self._overview(kind)
        if config.newsletter.enabled:
            yield parts.made(
                "newsletter/index.html",
                repr(parts.issues),
                lambda: pages.render_issues(parts.issues, parts.frame),
            )
        yield self.subscribing

    @cached_property
    def subscribing(self) -> Output:
        """The page on how to subscribe."""
        lines = tuple(self._feed_lines())
        opml = feeds.opml_address(self.parts.site)
        return self.parts.made(
            "subscribe/index.html",
            repr((lines, opml)),
            lambda: pages.render_subscribe(lines, self.parts.frame, opml),
        )

    def _lists(self, listings: Iterable[Listing]) -> Iterator[Output]:
        """Yield the pages of ``listings``; many of them are made by several processes."""
        parts = self.parts
        rows = []
        for listing in listings:
            for page in pages.paginate(listing, parts.site.config.pages.per_page):
                key = self._key(page)
                rows.append((page, key, parts.ground.stands(page.path, key)))
        stale = [page for page, _, stands in rows if not stands]
        many = parts.jobs > 1 and pool.FORKS and len(stale) >= pool.WORTH
        made = self._shared(stale) if many else map(self.page, stale)
        for page, key, stands in rows:
            data = None if stands else next(made)
            if stands:
                parts.recall(page.items)
            # What was not known before may be known once the page is made.
            yield Output(path=page.path, data=data, key=key or self._key(page))

    def page(self, page: ListPage) -> bytes:
        """Return the bytes of a page of a list. Raises ContentError."""
        return pages.render_list(page, self.parts.frame, self.parts.card).data or b""

    def _shared(self, stale: Sequence[ListPage]) -> Iterator[bytes]:
        """Yield the bytes of the ``stale`` pages, put together by processes that know every card."""
        for page in stale:
            pages.fragments(page, self.parts.frame, self.parts.card)
        for batch in pool.batches(_list_maker, self, stale, self.parts.jobs, size=TOGETHER):
            yield from batch

    def _key(self, page: ListPage) -> str | None:
        """Return the key of a page of a list."""
        listing = page.listing
        told = repr((listing.folder, listing.kind, listing.label, listing.feeds,
                     listing.related, listing.about))  # fmt: skip
        around = repr((page.number, page.newer, page.older, page.years))
        made_of = self.parts.cards_made_of(page.items)
        return self.parts.ground.key(page.path, (told, around, *made_of))

    def _overview(self, kind: OverviewKind) -> Output:
        parts = self.parts
        groups = tuple(group for group in parts.groups if group.kind == kind)
        overview = Overview(
            kind=kind,
            groups=groups,
            feeds={group.folder: parts.feeds(group) for group in groups},
        )
        listed = repr([(group.label, group.slug, len(group.items)) for group in groups])
        return parts.ground.output(
            pages.overview_path(kind),
            lambda: (listed, repr(overview.feeds), self._everyone),
            lambda: pages.render_overview(overview, parts.frame),
        )

    @cached_property
    def _everyone(self) -> str:
        """What stands for all that the items say of themselves."""
        return hashed(map(key_of, self.parts.site.plan.items.heads))

    def _feed_lines(self) -> Iterable[FeedLine]:
        config = self.parts.site.config
        yield FeedLine(label=config.site.title, feeds=self.parts.frame.parts.feeds)
        for group in self.parts.fed:
            yield FeedLine(label=group.label, feeds=self.parts.feeds(group), kind=group.kind)


def _list_maker(lists: ListPages) -> Callable[[Sequence[ListPage]], list[bytes]]:
    """Return what makes pages of lists in a process that was forked off."""
    return lambda some: [lists.page(page) for page in some]


def _own_page(group: Group, library: Library) -> str:
    """Return the address that an author gives in an article, the newest that gives one."""
    if group.kind != "author":
        return ""
    for item in group.items:
        for person in item.authors:
            if person.url and folded(person.name) == folded(group.label):
                return person_of(person, item, library).url or ""
    return ""
