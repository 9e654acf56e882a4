"""`model.Feed` -> Atom, RSS, JSON Feed, OPML. The only user of feedgen.

A format is a module that knows `channel.Channel`, and one line of `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from newsfeed.feeds import atom, json_feed, rss
from newsfeed.feeds.channel import Channel, channel
from newsfeed.model import Feed, Output

__all__ = ["FORMATS", "Format", "render"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A feed format: the name of its file, its media type, its writer."""

    file: str
    type: str
    write: Callable[[Channel], bytes]


FORMATS: Mapping[str, Format] = {
    "atom": Format(file="atom.xml", type=atom.TYPE, write=atom.write),
    "rss": Format(file="rss.xml", type=rss.TYPE, write=rss.write),
    "json": Format(file="feed.json", type=json_feed.TYPE, write=json_feed.write),
}


def render(feed: Feed) -> tuple[Output, ...]:
    """Return one document for each format that ``feed.addresses`` names, below ``feed.folder``."""
    said = channel(feed)
    return tuple(
        Output(path=feed.folder + form.file, data=form.write(said))
        for name, form in FORMATS.items()
        if name in feed.addresses
    )
