"""Plan -> the pages of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from newsfeed import pages, selecting
from newsfeed.addresses import media_type
from newsfeed.build import feeds, letters
from newsfeed.build.entries import Entries
from newsfeed.model import Image, Item, Output
from newsfeed.pages import Card, Chrome, FeedLine, ItemPage, Listing, Overview, SiteParts

if TYPE_CHECKING:
    from newsfeed.build import Site

OVERVIEWS: tuple[selecting.Kind, ...] = ("category", "tag", "author", "language")


def outputs(site: Site, entries: Entries) -> Iterator[Output]:
    """Yield every page, the site's style, search and map; none where pages are switched off."""
    if not site.config.pages.enabled:
        return
    work = _Pages(site, entries)
    mapped: list[tuple[str, datetime | None]] = []
    for output, item in work.items():
        mapped.append((item.url, item.modified))
        yield output
    for output in work.lists():
        mapped.append((_address(site, output.path), None))
        yield output
    yield from work.others()
    yield from work.redirects()
    yield from pages.sitemap(mapped, site.config.site.url)


class _Pages:
    """The pages of one build: what they share, and each kind."""

    def __init__(self, site: Site, entries: Entries) -> None:
        self.site = site
        self.entries = entries
        plan = site.plan
        # A site in one language needs no page that lists it.
        self.groups = tuple(
            group
            for group in plan.groups
            if group.kind != "language" or len(plan.of("language")) > 1
        )
        self.issues = letters.issues(site)
        parts = SiteParts(
            feeds=feeds.addresses(site.config, ""),
            overviews=tuple(
                kind for kind in OVERVIEWS if any(group.kind == kind for group in self.groups)
            ),
            newsletter=site.config.newsletter.enabled,
            logo=logo(site),
            icon=feeds.site_file(site, site.config.site.icon),
        )
        self.chrome = Chrome(site.theme, parts)
        self.places = pages.Places(
            plan.items, self.groups, site.config.site.url, self.entries.title
        )

    def items(self) -> Iterator[tuple[Output, Item]]:
        """Yield the page of each item that has one."""
        for item in self.site.plan.items:
            if not item.page:
                continue
            entry = self.entries.one(item)
            if entry is not None:
                page: ItemPage = self.places.page(entry)
                yield pages.render_item(page, self.chrome), item

    def lists(self) -> Iterator[Output]:
        """Yield all news, and the list of each group, in pages; the overviews of groups."""
        config = self.site.config
        yield from self._list(Listing(items=self.site.plan.items, feeds=self.chrome.parts.feeds))
        for group in self.groups:
            yield from self._list(
                Listing(
                    items=group.items,
                    folder=group.folder,
                    kind=group.kind,
                    label=group.label,
                    feeds=self._feeds(group),
                )
            )
        for kind in self.chrome.parts.overviews:
            groups = tuple(group for group in self.groups if group.kind == kind)
            feeds_of = {group.folder: self._feeds(group) for group in groups}
            yield pages.render_overview(
                Overview(kind=kind, groups=groups, feeds=feeds_of), self.chrome
            )
        if config.newsletter.enabled:
            yield pages.render_issues(self.issues, self.chrome)
        yield pages.render_subscribe(self._feed_lines(), self.chrome, feeds.opml_address(self.site))

    def _list(self, listing: Listing) -> Iterator[Output]:
        for page in pages.paginate(listing, self.site.config.pages.per_page):
            yield pages.render_list(page, self.chrome, self.card)

    def others(self) -> Iterator[Output]:
        """Yield what is not listed in the site's map."""
        yield pages.render_not_found(self.chrome)
        yield pages.render_style(self.chrome)
        yield pages.robots(self.site.config.site.url)
        if self.site.config.pages.search:
            yield pages.render_script(self.chrome)
            cards = map(self.card, self.site.plan.items)
            yield pages.search_index(cards, self.site.config.site.url)

    def redirects(self) -> Iterator[Output]:
        """Yield a page at each former address of an item."""
        for path, url in self.site.settled.redirects:
            yield pages.render_redirect(path, url, self.chrome)

    def card(self, item: Item) -> Card:
        """Return ``item`` as lists show it; its body is rendered only where it has no summary."""
        return Card(
            item=item,
            title=self.entries.title(item),
            summary=self.entries.summary(item),
            image=self.entries.image(item),
        )

    def _feeds(self, group: selecting.Group) -> Mapping[str, str]:
        config = self.site.config
        return feeds.addresses(config, group.folder) if group.kind in config.feeds.per else {}

    def _feed_lines(self) -> Iterable[FeedLine]:
        config = self.site.config
        yield FeedLine(label=config.site.title, feeds=self.chrome.parts.feeds)
        for group in self.site.plan.groups:
            if group.kind in config.feeds.per:
                yield FeedLine(label=group.label, feeds=self._feeds(group), kind=group.kind)


def logo(site: Site) -> Image | None:
    """Return the site's logo with its sizes, where it has one."""
    written = site.config.site.logo
    if not written:
        return None
    url = feeds.site_file(site, written)
    if url is None:
        return None
    if written in site.tree.files:
        asset = site.library.asset(written)
        return Image(
            src=asset.url, alt=site.config.site.title, width=asset.width, height=asset.height,
            type=asset.type,
        )  # fmt: skip
    return Image(src=url, alt=site.config.site.title, type=media_type(url))


def _address(site: Site, path: str) -> str:
    return site.config.site.url + quote(path.removesuffix("index.html"))
