"""Plan -> feeds: the whole site's, and one set for each category, tag, author and language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from newsfeed import feeds
from newsfeed.build.entries import Entries
from newsfeed.config import Config
from newsfeed.model import Feed, Item, Output
from newsfeed.selecting import Group

if TYPE_CHECKING:
    from newsfeed.build import Site


def outputs(site: Site, entries: Entries) -> Iterator[Output]:
    """Yield every feed document."""
    for feed in planned(site, entries):
        yield from feeds.render(feed)


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
    )


def addresses(config: Config, folder: str) -> dict[str, str]:
    """Return where each format of the feed in ``folder`` is served."""
    base = config.site.url + quote(folder)
    return {name: base + feeds.FORMATS[name].file for name in config.feeds.formats}
