"""Plan -> the pages of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from msgspec import msgpack as wire
from msgspec.structs import replace

from newsfeed import pages
from newsfeed.build import feeds, pool
from newsfeed.build.showings import Showing
from newsfeed.diagnostics import ContentError
from newsfeed.model import Head, Item, Link, Output
from newsfeed.pages import Card, Chrome, FeedLine, Listing, ListPage, Overview, SiteParts
from newsfeed.pages.chrome import OverviewKind
from newsfeed.site.items import ItemList
from newsfeed.site.plan import Group, Kind
from newsfeed.text.hashing import hashed
from newsfeed.text.slugs import folded, slugify

if TYPE_CHECKING:
    from newsfeed.build.entries import Entries
    from newsfeed.build.rendering import Rendering
    from newsfeed.pages import IssueLine

OVERVIEWS: tuple[Kind, ...] = ("category", "tag", "author", "language")
_TOGETHER = 100
"""How many pages a process makes together: each step for all of them, then the next."""
_decode_showing = wire.Decoder(Showing).decode
_encode = wire.Encoder().encode


def outputs(rendering: Rendering) -> Iterator[Output]:
    """Yield every page, the site's style, search and map. Many are made by several processes."""
    work = _Pages(rendering)
    mapped: list[tuple[str, str]] = []
    for output, url, modified in work.items():
        mapped.append((url, modified))
        yield output
    for output in work.lists():
        mapped.append((work.address(output.path), ""))
        yield output
    for part in (work.map(mapped), work.others(), work.redirects(), work.expired()):
        yield from part


class Sheet(NamedTuple):
    """The page of one item, made in some process: ``data`` is None for one that cannot be read.

    ``showing`` is what showing the item gave, encoded; of an item that cannot be read the reason why.
    ``card`` is how lists show it, empty for unknown.
    """

    data: bytes | None
    showing: bytes
    card: str = ""


def _sheet_maker(work: _Pages) -> Callable[[Sequence[int]], list[tuple[bytes | None, bytes, str]]]:
    """Return what makes the pages of items in a process that was forked off."""
    twin = work.apart()

    def sheets(numbers: Sequence[int]) -> list[tuple[bytes | None, bytes, str]]:
        made = twin.sheets(numbers, with_cards=bool(work.listed))
        twin.chrome.fragments.clear()
        return [(sheet.data, sheet.showing, sheet.card) for sheet in made]

    return sheets


def _list_maker(work: _Pages) -> Callable[[Sequence[ListPage]], list[bytes]]:
    """Return what makes pages of lists in a process that was forked off."""
    return lambda some: [work.list_page(page) for page in some]


class _Pages:
    """The pages of one build: what they share, and each kind."""

    def __init__(self, rendering: Rendering) -> None:
        self.rendering = rendering
        self.site = site = rendering.site
        self.showings = rendering.showings
        self.jobs = site.options.jobs
        self.listed = site.config.pages.lists
        self.issues = _issues(rendering)
        parts = SiteParts(
            feeds=feeds.addresses(site.config, ""),
            overviews=tuple(
                kind for kind in OVERVIEWS if any(group.kind == kind for group in self.groups)
            ),
            newsletter=site.config.newsletter.enabled,
            logo=feeds.logo(site),
            icon=feeds.site_file(site, site.config.site.icon),
        )
        self.chrome = Chrome(site.theme, parts, site.library.candidates)
        self.ground = rendering.ground(repr(parts), repr(_spelt(self.groups)))
        self.places = pages.Places(
            site.plan.items,
            self.groups,
            site.config.site.url,
            lambda item: self.entries.title(item),
        )

    @cached_property
    def entries(self) -> Entries:
        """The entries of items, loaded where a page has to be made."""
        return self.rendering.entries

    def __reduce__(self) -> tuple[Callable[..., _Pages], tuple[Rendering]]:
        """Carry the work to a process that was not forked off."""
        return _Pages, (self.rendering,)

    def apart(self) -> _Pages:
        """Return the same work for another process, which gathers for itself what items tell."""
        from newsfeed.build.entries import Entries

        twin = object.__new__(_Pages)
        vars(twin).update(vars(self))
        twin.entries = Entries.apart(self.site.library)
        twin.showings = twin.entries.showings
        twin.places = self.places.titled(twin.entries.title)
        return twin

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups that have a page."""
        plan, config = self.site.plan, self.site.config
        if not set(OVERVIEWS).intersection(self.listed):
            return ()
        return tuple(group for group in plan.groups if feeds.is_listed(group, plan, config))

    def address(self, path: str) -> str:
        """Return where the page at ``path`` is served."""
        return self.site.config.site.url + quote(path.removesuffix("index.html"))

    # The pages of items

    def items(self) -> Iterator[tuple[Output, str, str]]:
        """Yield the page of each item that has one, with its address, and when it last changed."""
        heads = self.site.plan.items.heads
        numbers = [at for at, head in enumerate(heads) if head.page]
        paged = [heads[at] for at in numbers]
        names = ["", *map(_named, paged), ""]
        key, stands = self._key, self.ground.stands
        keys = [
            key(head, before, after)
            for head, before, after in zip(paged, names, names[2:], strict=False)
        ]
        standing = [stands(head.page, key) for head, key in zip(paged, keys, strict=True)]
        stale = [at for at, stood in zip(numbers, standing, strict=True) if not stood]
        sheets = self._sheets(stale)
        for place, head in enumerate(paged):
            if standing[place]:
                self.showings.recall(head.path)
                yield Output(path=head.page, key=keys[place]), head.url, head.modified
                continue
            sheet = next(sheets)
            if sheet.data is None:
                self.rendering.result.unread(head.path, sheet.showing.decode())
                continue
            self.showings.adopt(_decode_showing(sheet.showing))
            if sheet.card:
                self.chrome.fragments[head.path, ""] = sheet.card
            # Of a page that is made what it shows is known afterwards: then is the time for its key.
            fresh = key(head, names[place], names[place + 2])
            yield Output(path=head.page, data=sheet.data, key=fresh), head.url, head.modified

    def _key(self, head: Head, before: str, after: str) -> str | None:
        """Return the key of the page of an article that stands between two others of these names."""
        made_of = self.showings.made_of(head)
        if head.translation is None:
            return self.ground.key(head.page, (made_of, before, after))
        others = map(_named, self.places.translated(head))
        return self.ground.key(head.page, (made_of, before, after, *others))

    def _sheets(self, numbers: Sequence[int]) -> Iterator[Sheet]:
        """Yield the pages of the items with these ``numbers``, made here or by several processes."""
        # What the first page loads and compiles, the processes that are forked off have already.
        first = self.sheets(numbers[:1], with_cards=bool(self.listed))
        rest = numbers[1:]
        if self.jobs <= 1 or len(numbers) < pool.WORTH:
            yield from first
            for at in range(0, len(rest), _TOGETHER):
                yield from self.sheets(rest[at : at + _TOGETHER])
            return
        parts = pool.batches(
            _sheet_maker, self, rest, self.jobs, size=_TOGETHER, meanwhile=self._get_ready
        )
        yield from first
        for part in parts:
            for row in part:
                yield Sheet(*row)

    def _get_ready(self) -> None:
        """Make what shows no article, while other processes make the pages of articles."""
        with suppress(ContentError):  # it is said when it is their turn
            _ = self._subscribing, self._plain

    def sheets(self, numbers: Sequence[int], *, with_cards: bool = False) -> list[Sheet]:
        """Return the pages of the items with these ``numbers``. Raises ContentError."""
        items = [self.site.plan.items[at] for at in numbers]
        made: list[Sheet] = []
        for at, item, shown in zip(numbers, items, self.entries.all_shown(items), strict=True):
            if shown is None:
                reason = self.entries.result.unreadable[item.path]
                made.append(Sheet(None, reason.encode()))
                continue
            data = pages.render_item(self.places.page(shown.entry, at), self.chrome).data or b""
            showing = self.showings.known(item.path)
            card = self._card_ahead(item) if with_cards else ""
            made.append(Sheet(data, _encode(showing), card))
        return made

    def _card_ahead(self, item: Item) -> str:
        """Return the card of ``item`` in lists; one that fails is made, and fails, in its turn."""
        with suppress(ContentError):
            return pages.fragment(item, self.chrome, self.card)
        return ""

    # Lists

    def lists(self) -> Iterator[Output]:
        """Yield all news, and the list of each group, in pages; the overviews of groups."""
        config = self.site.config
        related = tuple(
            Link(text=group.label, url=config.site.url + quote(group.folder))
            for group in self.groups
            if group.kind == "category"
        )
        news = Listing(items=self.site.plan.items, feeds=self.chrome.parts.feeds, related=related)
        groups = [
            Listing(
                items=group.items,
                folder=group.folder,
                kind=group.kind,
                label=group.label,
                feeds=self._feeds(group),
                about=_own_page(group),
            )
            for group in self.groups
        ]
        yield from self._lists([news, *groups] if "news" in self.listed else groups)
        for kind in self.chrome.parts.overviews:
            yield self._overview(kind)
        if config.newsletter.enabled:
            yield self._made(
                "newsletter/index.html",
                repr(self.issues),
                lambda: pages.render_issues(self.issues, self.chrome),
            )
        yield self._subscribing

    def _lists(self, listings: Iterable[Listing]) -> Iterator[Output]:
        """Yield the pages of ``listings``; many of them are made by several processes."""
        rows = []
        for listing in listings:
            for page in pages.paginate(listing, self.site.config.pages.per_page):
                key = self._list_key(page)
                rows.append((page, key, self.ground.stands(page.path, key)))
        stale = [page for page, _, stands in rows if not stands]
        many = self.jobs > 1 and pool.FORKS and len(stale) >= pool.WORTH
        made = self._shared(stale) if many else map(self.list_page, stale)
        for page, key, stands in rows:
            data = None if stands else next(made)
            if stands:
                self._recall(page.items)
            # What was not known before may be known once the page is made.
            yield Output(path=page.path, data=data, key=key or self._list_key(page))

    def _recall(self, items: ItemList | Sequence[Item]) -> None:
        """Gather what those of ``items`` told that no page shows."""
        for head in items.heads if isinstance(items, ItemList) else ():
            if not head.page and self.entries.shows_body(self.site.items[head.path]):
                self.showings.recall(head.path)

    def list_page(self, page: ListPage) -> bytes:
        """Return the bytes of a page of a list. Raises ContentError."""
        return pages.render_list(page, self.chrome, self.card).data or b""

    def _shared(self, stale: Sequence[ListPage]) -> Iterator[bytes]:
        """Yield the bytes of the ``stale`` pages, put together by processes that know every card."""
        for page in stale:
            pages.fragments(page, self.chrome, self.card)
        for part in pool.batches(_list_maker, self, stale, self.jobs, size=_TOGETHER):
            yield from part

    def _list_key(self, page: ListPage) -> str | None:
        """Return the key of a page of a list."""
        listing = page.listing
        told = repr((listing.folder, listing.kind, listing.label, listing.feeds,
                     listing.related, listing.about))  # fmt: skip
        around = repr((page.number, page.newer, page.older, page.years))
        return self.ground.key(page.path, (told, around, *self._cards(page.items)))

    def _cards(self, items: Sequence[Item]) -> list[str | None]:
        """Return what the card of each of ``items`` is made of, None where that is not known."""
        assert isinstance(items, ItemList)
        return [self._card_of(head) for head in items.heads]

    def _card_of(self, head: Head) -> str | None:
        if head.page:
            return self.showings.made_of(head)
        item = self.site.items[head.path]
        if self.entries.shows_body(item):
            return self.showings.made_of(head)
        image = self.entries.image(item)
        candidates = self.site.library.candidates(image.src) if image else ""
        return f"{head.digest} {head.id} {head.url} {image} {candidates}" if head.digest else None

    def _overview(self, kind: OverviewKind) -> Output:
        groups = tuple(group for group in self.groups if group.kind == kind)
        overview = Overview(
            kind=kind,
            groups=groups,
            feeds={group.folder: self._feeds(group) for group in groups},
        )
        listed = repr([(group.label, group.slug, len(group.items)) for group in groups])
        return self.ground.output(
            pages.overview_path(kind),
            lambda: (listed, repr(overview.feeds), self._everyone),
            lambda: pages.render_overview(overview, self.chrome),
        )

    @cached_property
    def _everyone(self) -> str:
        """What stands for all that the items say of themselves."""
        return hashed(f"{h.digest} {h.id} {h.url}" for h in self.site.plan.items.heads)

    @cached_property
    def _subscribing(self) -> Output:
        lines = tuple(self._feed_lines())
        opml = feeds.opml_address(self.site)
        return self._made(
            "subscribe/index.html",
            repr((lines, opml)),
            lambda: pages.render_subscribe(lines, self.chrome, opml),
        )

    # What shows no article, or all

    @cached_property
    def _plain(self) -> tuple[Output, ...]:
        return (
            self._made("404.html", "", lambda: pages.render_not_found(self.chrome)),
            self._made(pages.STYLE, "", lambda: pages.render_style(self.chrome)),
        )

    def others(self) -> Iterator[Output]:
        """Yield what is not listed in the site's map."""
        yield from self._plain
        url = self.site.config.site.url
        yield self._made("robots.txt", url, lambda: pages.robots(url))
        if self.site.config.pages.search:
            yield self._made(pages.SCRIPT, "", lambda: pages.render_script(self.chrome))
            items = self.site.plan.items
            output = self.ground.output(
                "search.json",
                lambda: self._cards(items),
                lambda: pages.search_index(map(self.card, items), url),
            )
            if output.stands:
                self._recall(items)
            yield output

    def redirects(self) -> Iterator[Output]:
        """Yield a page at each former address of an item."""
        for path, url in self.site.settled.redirects:
            yield self._made(path, url, partial(pages.render_redirect, path, url, self.chrome))

    def expired(self) -> Iterator[Output]:
        """Yield a page where an article was until it expired: letters and readers still lead there."""
        expired = self.site.plan.expired
        for number, head in enumerate(expired.heads):
            if head.page and head.expires is not None and head.published < head.expires:
                item = expired[number]
                title = self.entries.title(item)
                yield self._made(
                    item.page,
                    repr((title, item.language, item.expires)),
                    partial(pages.render_expired, item, title, self.chrome),
                )

    def map(self, mapped: Sequence[tuple[str, str]]) -> Iterator[Output]:
        """Yield the site's map, in several files where it is long."""
        text = "".join([f"{url} {when}\n" for url, when in mapped])
        key = self.ground.key("sitemap.xml", (text,))
        if len(mapped) <= pages.MAP_LIMIT and self.ground.stands("sitemap.xml", key):
            yield Output(path="sitemap.xml", key=key)
            return
        for output in pages.sitemap(mapped, self.site.config.site.url):
            yield replace(output, key=key)

    def _made(self, path: str, made_of: str, make: Callable[[], Output]) -> Output:
        """Return an output that shows no article."""
        return self.ground.output(path, lambda: (made_of,), make)

    def card(self, item: Item) -> Card:
        """Return ``item`` as lists show it; its body is rendered only where it has no summary."""
        return Card(
            item=item,
            title=self.entries.title(item),
            summary=self.entries.summary(item),
            image=self.entries.image(item),
        )

    def _feeds(self, group: Group) -> Mapping[str, str]:
        config = self.site.config
        return feeds.addresses(config, group.folder) if group.kind in config.feeds.per else {}

    def _feed_lines(self) -> Iterable[FeedLine]:
        config = self.site.config
        yield FeedLine(label=config.site.title, feeds=self.chrome.parts.feeds)
        for group in self.site.plan.groups if config.feeds.per else ():
            if group.kind in config.feeds.per:
                yield FeedLine(label=group.label, feeds=self._feeds(group), kind=group.kind)


def _named(head: Head) -> str:
    """Return what a link to an article's page depends on."""
    return f"{head.url} {head.language} {head.title}"


def _issues(rendering: Rendering) -> Sequence[IssueLine]:
    """Return every letter that the site shows; without a newsletter nothing of letters is loaded."""
    if not rendering.site.config.newsletter.enabled:
        return ()
    from newsfeed.build import letters

    return letters.issues(rendering.site)


def _spelt(groups: Iterable[Group]) -> list[tuple[str, str, str]]:
    """Return the groups whose address does not follow from how their items spell their name."""
    return [
        (group.kind, group.label, group.slug)
        for group in groups
        if len(group.spellings) > 1 or group.slug != slugify(group.label)
    ]


def _own_page(group: Group) -> str:
    """Return the address that an author gives in an article, the newest that gives one."""
    if group.kind != "author":
        return ""
    people = (person for item in group.items for person in item.authors)
    return next((p.url for p in people if p.url and folded(p.name) == folded(group.label)), "")
