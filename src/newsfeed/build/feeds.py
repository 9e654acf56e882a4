"""Plan -> feeds: the whole site's, and one set for each category, tag, author and language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from newsfeed import feeds
from newsfeed.build.entries import Entries
from newsfeed.build.standing import Memory, Standing
from newsfeed.config import Config
from newsfeed.identity.lockfile import Lock, archived, with_archived
from newsfeed.model import Feed, Image, Item, Output, Removed
from newsfeed.site.archives import Pages, arrange
from newsfeed.site.plan import Group, Kind, Plan
from newsfeed.text.iri import is_absolute, to_uri
from newsfeed.text.media_types import media_type
from newsfeed.text.values import frozen

if TYPE_CHECKING:
    from newsfeed.build import Site

# An empty feed still bears a date (RFC 4287 §4.1.1); it must not be the clock's.
STYLE = "feed.css"
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def outputs(site: Site, entries: Entries, memory: Memory | None = None) -> Iterator[Output]:
    """Yield every feed document, the list of all feeds, and the style of raw feeds."""
    lines = []
    for feed in planned(site, entries):
        if feed.page is None:
            lines.append(replace(feed, entries=()))
        for output in feeds.render(feed):
            yield replace(output, keep=_marks(site, feed, output)) if feed.closed else output
    if opml_address(site):
        from newsfeed.feeds import opml

        yield opml.render(lines, site.config.site.title)
    standing = Standing(memory, site.theme.fingerprint)
    yield standing.output(STYLE, tuple, lambda: _style(site))


def renewed(site: Site, entries: Entries, edited: Set[str]) -> Iterator[Output]:
    """Yield the documents that show any of the ``edited`` articles, as `outputs` would."""
    if not edited:
        return
    for part in parts(site.plan, site.config):
        pages = site.archives[part.folder]
        shown = (pages.current, pages.open, *pages.closed)
        if not any(item.path in edited for items in shown for item in items):
            continue
        for feed in _documents(site, entries, part, pages, edited):
            for output in feeds.render(feed):
                yield replace(output, keep=_marks(site, feed, output)) if feed.closed else output


def _marks(site: Site, feed: Feed, output: Output) -> tuple[bytes, ...]:
    """Return what a closed page holds: its address, its items, and, in XML, the page after it.

    The open page that it was before lacks one of them, and so does one of another domain.
    """
    after = [
        url
        for name, url in feed.next.items()
        if name != "json" and output.path.endswith(f"/{feeds.FORMATS[name].file}")
    ]
    marks = [site.config.site.url + quote(output.path), *after, *(e.id for e in feed.entries)]
    return tuple(mark.encode() for mark in marks)


def _style(site: Site) -> Output:
    text = site.theme.render(STYLE, language=site.config.site.language)
    return Output(path=STYLE, data=text.encode())


def planned(site: Site, entries: Entries) -> Iterator[Feed]:
    """Yield the feeds of ``site``, the whole first, each before the pages of its archive."""
    for part in parts(site.plan, site.config):
        yield from _documents(site, entries, part, site.archives[part.folder])


@frozen
class Part:
    """What one set of feeds is of: the whole site, or a group, which is ``listed`` if it has a page."""

    folder: str
    title: str
    language: str
    items: Sequence[Item]
    listed: bool = True


def parts(plan: Plan, config: Config) -> Iterator[Part]:
    """Yield what there is a set of feeds of: the whole site first."""
    title, language = config.site.title, config.site.language
    yield Part(folder="", title=title, language=language, items=plan.items)
    for group in plan.groups if config.feeds.per else ():
        if group.kind in config.feeds.per:
            yield Part(
                folder=group.folder,
                title=f"{title} – {group.label}",
                language=group.label if group.kind == "language" else language,
                items=group.items,
                listed=not config.pages.enabled or is_listed(group, plan, config),
            )


def is_listed(group: Group, plan: Plan, config: Config) -> bool:
    """Say whether a group has a page: a site in one language needs none that lists it."""
    one = group.kind == "language" and len(plan.of("language")) == 1
    return group.kind in config.pages.lists and not one


def archive(
    plan: Plan, lock: Lock, config: Config, *, closing: bool
) -> tuple[dict[str, Pages], Lock]:
    """Return the pages of each feed by its folder, and the lock that remembers those closed now."""
    if not config.feeds.archive:
        return newest(plan, config), lock
    known = archived(lock)
    visible = {item.id: item for item in plan.items}
    arranged: dict[str, Pages] = {}
    for part in parts(plan, config):
        arranged[part.folder] = arrange(
            part.items,
            visible,
            known.get(part.folder, {}),
            limit=config.feeds.limit,
            size=config.feeds.archive_size,
            closing=closing,
        )
    closed = {folder: pages.closing for folder, pages in arranged.items() if pages.closing}
    return arranged, with_archived(lock, closed)


def newest(plan: Plan, config: Config) -> dict[str, Pages]:
    """Return the pages of each feed by its folder, where there are no archives."""
    return {
        part.folder: Pages(
            current=tuple(part.items[: config.feeds.limit]), open=(), closed=(), closing={}
        )
        for part in parts(plan, config)
    }


def _documents(
    site: Site, entries: Entries, part: Part, pages: Pages, edited: Set[str] | None = None
) -> Iterator[Feed]:
    """Yield the current document, then the archive's pages, newest first (RFC 5005 §4).

    With ``edited`` those alone that show any of these articles.
    """
    config = site.config
    current = addresses(config, part.folder)
    last = pages.open_number
    numbered = [*enumerate(pages.closed, 1)]
    if last is not None:
        numbered.append((last, pages.open))

    def at(number: int | None) -> dict[str, str]:
        if number is None or not 1 <= number <= len(numbered):
            return {}
        return addresses(config, _archive_folder(part, number))

    def wanted(items: Sequence[Item]) -> bool:
        return edited is None or any(item.path in edited for item in items)

    if wanted(pages.current):
        newest = _feed(site, entries, part, pages.current)
        removed = () if part.folder else _removed(site)
        yield replace(newest, previous=at(last), removed=removed)
    for number, items in reversed(numbered):
        if not wanted(items):
            continue
        folder = _archive_folder(part, number)
        yield replace(
            _feed(site, entries, part, items),
            folder=folder,
            addresses=addresses(config, folder),
            page=number,
            closed=number in pages.intact,
            current=current,
            previous=at(number - 1),
            next=at(number + 1),
        )


def _removed(site: Site) -> tuple[Removed, ...]:
    """Return what the site announces as removed: nothing that it shows."""
    if not site.settled.removed:
        return ()
    shown = {item.id for item in site.plan.items}
    return tuple(each for each in site.settled.removed if each.id not in shown)


def _archive_folder(part: Part, number: int) -> str:
    return f"{part.folder}archive/{number}/"


def _feed(site: Site, entries: Entries, part: Part, items: Sequence[Item]) -> Feed:
    config = site.config
    url = config.site.url + quote(part.folder)
    return Feed(
        id=url,
        title=part.title,
        url=url if part.listed else config.site.url,
        language=part.language,
        updated=max((item.modified for item in items), default=EPOCH),
        entries=entries.of(items),
        addresses=addresses(config, part.folder),
        folder=part.folder,
        subtitle=config.site.description or None,
        author=config.site.author,
        rights=config.site.rights,
        logo=site_file(site, config.site.logo),
        icon=site_file(site, config.site.icon),
        hub=config.feeds.hub,
        content=config.feeds.content,
        categories=labels(site, "category"),
        tags=labels(site, "tag"),
        stylesheet=config.site.url + STYLE,
        words=site.theme.words(part.language),
    )


def labels(site: Site, kind: Kind) -> dict[str, str]:
    """Return the address of each category's or tag's page, as every item writes its name."""
    return {
        label: site.config.site.url + quote(group.folder)
        for group in site.plan.of(kind)
        for label in group.spellings
    }


def opml_address(site: Site) -> str | None:
    """Return where the list of all feeds is served, where there is one.

    OPML 2.0 lists feeds in XML: of a site that has none there is nothing to list.
    """
    listed = site.config.feeds.opml and {"atom", "rss"} & set(site.config.feeds.formats)
    return f"{site.config.site.url}feeds.opml" if listed else None


def site_file(site: Site, written: str | None) -> str | None:
    """Return the address of the site's logo or icon: an absolute URL, or a file of its folder."""
    if not written:
        return None
    if is_absolute(written):
        return to_uri(written)
    if written in site.tree.files:
        return site.library.asset(written).url
    return None


def logo(site: Site) -> Image | None:
    """Return the site's logo with its sizes, where it has one."""
    written = site.config.site.logo
    if not written:
        return None
    url = site_file(site, written)
    if url is None:
        return None
    if written in site.tree.files:
        asset = site.library.asset(written)
        return Image(
            src=asset.url, alt=site.config.site.title, width=asset.width, height=asset.height,
            type=asset.type,
        )  # fmt: skip
    return Image(src=url, alt=site.config.site.title, type=media_type(url))


def addresses(config: Config, folder: str) -> dict[str, str]:
    """Return where each format of the feed in ``folder`` is served."""
    base = config.site.url + quote(folder)
    return {name: base + feeds.FORMATS[name].file for name in config.feeds.formats}
