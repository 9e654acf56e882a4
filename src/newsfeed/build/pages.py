"""Plan -> the pages of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsfeed import pages
from newsfeed.build import feeds, notes, pool
from newsfeed.build.entries import Entries
from newsfeed.build.frames import Chosen
from newsfeed.build.sheets import Sheet
from newsfeed.build.standing import Memory, Standing
from newsfeed.diagnostics import ContentError
from newsfeed.model import Item, Link, Output
from newsfeed.pages import Card, Chrome, FeedLine, Listing, ListPage, Overview, SiteParts
from newsfeed.pages.chrome import OverviewKind
from newsfeed.site.plan import Group, Kind
from newsfeed.text.hashing import hashed
from newsfeed.text.slugs import slugify

if TYPE_CHECKING:
    from newsfeed.build import Site
    from newsfeed.pages import IssueLine

OVERVIEWS: tuple[Kind, ...] = ("category", "tag", "author", "language")
_TOGETHER = 100
"""How many pages a process makes together: each step for all of them, then the next."""


def outputs(
    site: Site, entries: Entries, memory: Memory | None = None, jobs: int = 1
) -> Iterator[Output]:
    """Yield every page, the site's style, search and map.

    Those that ``memory`` knows to stand as they were published have no bytes; many are made by
    ``jobs`` processes.
    """
    work = _Pages(site, entries, memory, jobs)
    mapped: list[tuple[str, str]] = []
    for output, url, modified in work.items():
        mapped.append((url, modified))
        yield output
    for output in work.lists():
        mapped.append((_address(site, output.path), ""))
        yield output
    for part in (work.map(mapped), work.others(), work.redirects(), work.expired()):
        yield from part


def renewed(
    site: Site,
    entries: Entries,
    memory: Memory,
    edited: Iterable[str],
    lost: Callable[[], Set[str]],
) -> list[Output] | None:
    """Return the pages of the ``edited`` articles, and those that are ``lost``.

    None where others may differ too: an edit that shows in lists, a page lost that is no article's.
    """
    frame, items = site.frame, site.library.items
    assert frame is not None
    work = _Pages(site, entries, memory)
    made = {path: work.renewed(path, memory) for path in edited if items[path].page}
    if len(made) < len(frame.edited.keys() & site.library.visible) or None in made.values():
        return None  # what has no page shows in lists alone
    if missing := lost():
        owners = frame.items.owners(missing)
        if len(owners) < len(missing) or len(missing) >= pool.WORTH:
            return None
        for path in sorted(owners.values()):
            if path not in site.library.visible:
                return None
            made[path] = made.get(path) or work.renewed(path, memory)
    return None if None in made.values() else [each for each in made.values() if each is not None]


def _sheet_maker(work: _Pages) -> Callable[[Sequence[int]], list[tuple[Any, ...]]]:
    """Return what makes the pages of items in another process, and keeps nothing of them."""

    def sheets(numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        twin = work.apart()
        made = twin.sheets(numbers, with_cards=bool(work.listed))
        for sheet in made:
            twin.chrome.fragments.pop((sheet.path, ""), None)
        return list(map(tuple, made))

    return sheets


def _list_maker(work: _Pages) -> Callable[[Sequence[ListPage]], list[bytes]]:
    """Return what makes pages of lists in a process that was forked off."""
    return lambda some: [work._list(page) for page in some]


class _Pages:
    """The pages of one build: what they share, and each kind."""

    def __init__(self, site: Site, entries: Entries, memory: Memory | None, jobs: int = 1) -> None:
        self.jobs = jobs
        self.site = site
        self.entries = entries
        plan = site.plan
        self.listed = site.config.pages.lists
        self.groups = tuple(
            group for group in plan.groups if feeds.is_listed(group, plan, site.config)
        )
        self.issues = _issues(site)
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
        ground = (site.theme.fingerprint, repr(parts), repr(_spelt(self.groups)))
        self.standing = Standing(memory, *ground)
        self.places = pages.Places(
            plan.items, self.groups, site.config.site.url, self.entries.title
        )

    def __reduce__(self) -> tuple[Callable[..., _Pages], tuple[Any, ...]]:
        """Carry the work to a process that was not forked off, which remembers nothing."""
        return _Pages, (self.site, Entries(self.site.library, []), None)

    def apart(self) -> _Pages:
        """Return the same work for another process: it remembers and gathers for itself.

        It looks at no item: forked processes share the memory of those that none of them touches.
        """
        twin = object.__new__(_Pages)
        vars(twin).update(vars(self))
        twin.entries = Entries(self.site.library, [], kept=0)
        twin.places = self.places.titled(twin.entries.title)
        return twin

    def renewed(self, path: str, memory: Memory) -> Output | None:
        """Return the page of the item at ``path``, None where another shows what was edited in it."""
        shown = self.site.plan.items
        assert isinstance(shown, Chosen)
        at = shown.position(path)
        (sheet,) = self.sheets((at,))
        if sheet.data is None or not self._alone(sheet, memory):
            return None
        item = shown[at]
        near = (self.places.neighbour(at, -1), self.places.neighbour(at, 1))
        names = [self.entries.named(each) if each is not None else "" for each in near]
        return self._output(sheet, item, names)

    def _alone(self, sheet: Sheet, memory: Memory) -> bool:
        """Say whether no other page shows what was edited in the article of ``sheet``."""
        former = memory.edited.get(sheet.path)
        if former is None:
            return True
        before, after = (
            notes.load(text or "") for text in (memory.whole_note(sheet.path, former), sheet.note)
        )
        return before is not None and after is not None and before.summary == after.summary

    def items(self) -> Iterator[tuple[Output, str, str]]:
        """Yield the page of each item that has one, with its address, and when it last changed."""
        # Of a page that is made what it shows is known afterwards: then is the time for its key.
        numbers = _with_page(self.site.plan.items)
        keys: dict[int, str] = {}
        for at, item, names in self._named(numbers) if self.standing.any else ():
            key = self._item_key(item, names, self.places.translations(item))
            if key is not None and self.standing.stands(item.page, key):
                keys[at] = key
        sheets = self._sheets([at for at in numbers if at not in keys])
        for at, item, names in self._named(numbers):
            if at in keys:
                self.entries.recall(item)
                output = Output(path=item.page, key=keys[at])
                yield output, item.url, item.modified.isoformat()
                continue
            sheet = next(sheets)
            if sheet.data is not None:
                yield self._output(sheet, item, names), item.url, sheet.modified

    def _named(
        self, numbers: Sequence[int]
    ) -> Iterator[tuple[int, Item, tuple[str | None, str | None]]]:
        """Yield each of the items with these ``numbers``, and what stands for its neighbours.

        None is held.
        """
        items, named = self.site.plan.items, self.entries.named
        before: str | None = ""
        following = map(items.__getitem__, numbers)
        this = next(following, None)
        for at in numbers:
            assert this is not None
            after = next(following, None)
            yield at, this, (before, named(after) if after is not None else "")
            before, this = named(this), after

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
                sheet = Sheet(*row)
                self.entries.adopt(sheet)
                if sheet.card:
                    self.chrome.fragments[sheet.path, ""] = sheet.card
                yield sheet

    def _get_ready(self) -> None:
        """Make what shows no article, while other processes make the pages of articles."""
        with suppress(ContentError):  # it is said when it is their turn
            _ = self._subscribing, self._plain

    def sheets(self, numbers: Sequence[int], *, with_cards: bool = False) -> list[Sheet]:
        """Return the pages of the items with these ``numbers``, and what showing each told.

        Raises ContentError.
        """
        items = [self.site.plan.items[at] for at in numbers]
        shown = self.entries.all_shown(items)
        made = [
            pages.render_item(self.places.page(each.entry, at), self.chrome).data if each else None
            for at, each in zip(numbers, shown, strict=True)
        ]
        cards = [
            self._card_ahead(item) if with_cards and each else ""
            for item, each in zip(items, shown, strict=True)
        ]
        return [
            Sheet.of(
                each, data or b"", tuple([i.path for i in self.places.translations(item)]), card
            )
            if each
            else self._unread(item.path)
            for item, each, data, card in zip(items, shown, made, cards, strict=True)
        ]

    def _card_ahead(self, item: Item) -> str:
        """Return the card of ``item`` in lists; one that fails is made, and fails, in its turn."""
        with suppress(ContentError):
            return pages.fragment(item, self.chrome, self.card)
        return ""

    def _unread(self, path: str) -> Sheet:
        """Return the sheet of an item that cannot be read; of a process apart it says why."""
        return Sheet.unread(path, [each for each in self.entries.problems if each.path == path])

    def _output(self, sheet: Sheet, item: Item, around: Sequence[str | None]) -> Output:
        """Return the page of ``item`` that ``sheet`` brings."""
        beside = map(self.site.library.items.__getitem__, sheet.beside)
        key = self._item_key(item, around, beside)
        return Output(path=item.page, data=sheet.data, key=key)

    def _item_key(
        self, item: Item, around: Sequence[str | None], beside: Iterable[Item]
    ) -> str | None:
        """Return the key of the page of ``item``, which shows it and names what is ``around``.

        ``beside`` are its translations.
        """
        translations = map(self.entries.named, beside)
        return self.standing.key(item.page, (self.entries.made_of(item), *around, *translations))

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
                made_of = partial(self._made_of, page)
                key = self.standing.key(page.path, made_of())
                stands = key is not None and self.standing.stands(page.path, key)
                rows.append((page, made_of, key, stands))
        stale = [page for page, _, _, stands in rows if not stands]
        many = self.jobs > 1 and pool.FORKS and len(stale) >= pool.WORTH
        made = self._shared(stale) if many else map(self._list, stale)
        for page, made_of, key, stands in rows:
            data = None if stands else next(made)
            if stands:
                self._recall(page.items)
            # What was not known before may be known once the page is made.
            key = key or self.standing.key(page.path, made_of())
            yield Output(path=page.path, data=data, key=key)

    def _recall(self, items: Iterable[Item]) -> None:
        """Gather what those of ``items`` told that no page shows."""
        for item in items if self._summed_up else ():
            if item.path in self._summed_up:
                self.entries.recall(item)

    @cached_property
    def _summed_up(self) -> frozenset[str]:
        """The paths of the items that have no page, and whose bodies lists sum up."""
        items = self.site.plan.items
        others = set(range(len(items))).difference(_with_page(items))
        bare = [items[at] for at in others]
        return frozenset(item.path for item in bare if self.entries.shows_body(item))

    def _list(self, page: ListPage) -> bytes:
        return pages.render_list(page, self.chrome, self.card).data or b""

    def _shared(self, stale: Sequence[ListPage]) -> Iterator[bytes]:
        """Yield the bytes of the ``stale`` pages, put together by processes that know every card."""
        for page in stale:
            pages.fragments(page, self.chrome, self.card)
        for part in pool.batches(_list_maker, self, stale, self.jobs, size=_TOGETHER):
            yield from part

    def _made_of(self, page: ListPage) -> Iterable[str | None]:
        return self._parts(page.items, *_listed(page))

    def _parts(self, items: Iterable[Item], *around: str) -> Iterable[str | None]:
        return (*around, *self.entries.all_made_of(items))

    def _overview(self, kind: OverviewKind) -> Output:
        groups = tuple(group for group in self.groups if group.kind == kind)
        overview = Overview(
            kind=kind,
            groups=groups,
            feeds={group.folder: self._feeds(group) for group in groups},
        )
        listed = repr([(group.label, group.slug, len(group.items)) for group in groups])
        return self.standing.output(
            pages.overview_path(kind),
            lambda: (listed, repr(overview.feeds), self._everyone),
            lambda: pages.render_overview(overview, self.chrome),
        )

    @cached_property
    def _everyone(self) -> str | None:
        """What stands for all that the items say of themselves, None where some of it is unknown."""
        names = [self.entries.named(item) for item in self.site.plan.items]
        return None if None in names else hashed(names)  # type: ignore[arg-type] # none is None

    @cached_property
    def _subscribing(self) -> Output:
        lines = tuple(self._feed_lines())
        opml = feeds.opml_address(self.site)
        return self._made(
            "subscribe/index.html",
            repr((lines, opml)),
            lambda: pages.render_subscribe(lines, self.chrome, opml),
        )

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
            output = self.standing.output(
                "search.json",
                lambda: self._parts(items),
                lambda: pages.search_index(map(self.card, items), self.site.config.site.url),
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
        for item in self.site.plan.expired:
            if item.page and item.expires is not None and item.published < item.expires:
                title = self.entries.title(item)
                yield self._made(
                    item.page,
                    repr((title, item.language, item.expires)),
                    partial(pages.render_expired, item, title, self.chrome),
                )

    def map(self, mapped: Sequence[tuple[str, str]]) -> Iterator[Output]:
        """Yield the site's map, in several files where it is long."""
        text = "".join([f"{url} {when}\n" for url, when in mapped])
        key = self.standing.key("sitemap.xml", (text,))
        if len(mapped) <= pages.MAP_LIMIT and key and self.standing.stands("sitemap.xml", key):
            yield Output(path="sitemap.xml", key=key)
            return
        for output in pages.sitemap(mapped, self.site.config.site.url):
            yield replace(output, key=key)

    def _made(self, path: str, made_of: str, make: Callable[[], Output]) -> Output:
        """Return an output that shows no article."""
        return self.standing.output(path, lambda: (made_of,), make)

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
        for group in self.site.plan.groups:
            if group.kind in config.feeds.per:
                yield FeedLine(label=group.label, feeds=self._feeds(group), kind=group.kind)


def _with_page(items: Sequence[Item]) -> Sequence[int]:
    """Return the numbers of the items that have a page."""
    if isinstance(items, Chosen):
        return items.with_page()
    return [at for at, item in enumerate(items) if item.page]


def _issues(site: Site) -> Sequence[IssueLine]:
    """Return every letter that the site shows; without a newsletter nothing of letters is loaded."""
    if not site.config.newsletter.enabled:
        return ()
    from newsfeed.build import letters

    return letters.issues(site)


def _listed(page: ListPage) -> tuple[str, str]:
    """Return what a page of a list shows beside its items."""
    listing = page.listing
    listed = repr((listing.folder, listing.kind, listing.label, listing.feeds,
                   listing.related, listing.about))  # fmt: skip
    return listed, repr((page.number, page.newer, page.older, page.years))


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
    return next(
        (p.url for p in people if p.url and p.name.casefold() == group.label.casefold()), ""
    )


def _address(site: Site, path: str) -> str:
    return site.config.site.url + quote(path.removesuffix("index.html"))
