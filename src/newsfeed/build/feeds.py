"""Plan -> feeds: the whole site's, and one set for each category, tag, author and language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from newsfeed import feeds
from newsfeed.addresses import is_absolute, to_uri
from newsfeed.build.entries import Entries
from newsfeed.config import Config
from newsfeed.feeds import opml
from newsfeed.model import Feed, Item, Output
from newsfeed.selecting import Group, Kind

if TYPE_CHECKING:
    from newsfeed.build import Site

# An empty feed still bears a date (RFC 4287 §4.1.1); it must not be the clock's.
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def outputs(site: Site, entries: Entries) -> Iterator[Output]:
    """Yield every feed document."""
    lines = []
    for feed in planned(site, entries):
        lines.append(replace(feed, entries=()))
        yield from feeds.render(feed)
    if site.config.feeds.opml:
        yield opml.render(lines, site.config.site.title)


def planned(site: Site, entries: Entries) -> Iterator[Feed]:
    """Yield the feeds of ``site``: the whole first, then those of its groups."""
    config = site.config
    yield feed_of(site, entries, site.plan.items, folder="", title=config.site.title)
    for group in site.plan.groups:
        if group.kind in config.feeds.per:
            title = f"{config.site.title} – {group.label}"
            yield feed_of(site, entries, group.items, folder=group.folder, title=title, group=group)


def feed_of(
    site: Site,
    entries: Entries,
    items: tuple[Item, ...],
    *,
    folder: str,
    title: str,
    group: Group | None = None,
) -> Feed:
    """Return the feed of ``items`` that is served from ``folder``."""
    config = site.config
    url = config.site.url + quote(folder)
    newest = items[: config.feeds.limit]
    language = group.label if group and group.kind == "language" else config.site.language
    return Feed(
        id=url,
        title=title,
        url=url,
        language=language,
        updated=max((item.modified for item in newest), default=EPOCH),
        entries=entries.of(newest),
        addresses=addresses(config, folder),
        folder=folder,
        subtitle=config.site.description or None,
        author=config.site.author,
        rights=config.site.rights,
        logo=site_file(site, config.site.logo),
        icon=site_file(site, config.site.icon),
        hub=config.feeds.hub,
        content=config.feeds.content,
        categories=labels(site, "category"),
        tags=labels(site, "tag"),
    )


def labels(site: Site, kind: Kind) -> dict[str, str]:
    """Return the address of each category's or tag's page, as every item writes its name."""
    pages = {}
    for group in site.plan.of(kind):
        url = site.config.site.url + quote(group.folder)
        for item in group.items:
            for label in item.categories if kind == "category" else item.tags:
                if label.casefold() == group.label.casefold():
                    pages[label] = url
    return pages


def opml_address(site: Site) -> str | None:
    """Return where the list of all feeds is served, where there is one."""
    return f"{site.config.site.url}feeds.opml" if site.config.feeds.opml else None


def site_file(site: Site, written: str | None) -> str | None:
    """Return the address of the site's logo or icon: an absolute URL, or a file of its folder."""
    if not written:
        return None
    if is_absolute(written):
        return to_uri(written)
    if written in site.tree.files:
        return site.library.asset(written).url
    return None


def addresses(config: Config, folder: str) -> dict[str, str]:
    """Return where each format of the feed in ``folder`` is served."""
    base = config.site.url + quote(folder)
    return {name: base + feeds.FORMATS[name].file for name in config.feeds.formats}
