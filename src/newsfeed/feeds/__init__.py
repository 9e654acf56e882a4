"""`model.Feed` -> Atom, RSS and JSON Feed documents; feedgen is used in `serialising` alone.

A format is a module that knows `channel.Channel`, and one line of `FORMATS`. It is imported when a
feed is written: feedgen takes longer to import than a letter to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from newsfeed.model import Feed, Output

if TYPE_CHECKING:
    from newsfeed.feeds.channel import Channel

__all__ = ["FORMATS", "Format", "render"]


class Format(Struct, frozen=True, kw_only=True):
    """A feed format: its media type, the module that writes it."""

    type: str
    module: str

    def write(self, said: Channel) -> bytes:
        """Return the document."""
        return bytes(import_module(f"newsfeed.feeds.{self.module}").write(said))


FORMATS: Mapping[str, Format] = {
    "atom": Format(type="application/atom+xml", module="atom"),
    "rss": Format(type="application/rss+xml", module="rss"),
    "json": Format(type="application/feed+json", module="json_feed"),
}


def render(feed: Feed) -> tuple[Output, ...]:
    """Return one document for each format that ``feed.addresses`` names, at ``feed.files``."""
    from newsfeed.feeds.channel import channel

    said = channel(feed)
    return tuple(
        Output(path=feed.files[name], data=form.write(said))
        for name, form in FORMATS.items()
        if name in feed.addresses
    )
