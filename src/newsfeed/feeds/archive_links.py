"""Archive pages (RFC 5005 §4): how documents of a feed lead to each other, and which are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.feeds.channel import Channel
from newsfeed.feeds.serialising import FeedExtension

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

HISTORY = "http://purl.org/syndication/history/1.0"


class ArchivePage(FeedExtension):
    """Marks a document as an archive page."""

    def extend_ns(self) -> dict[str, str]:
        return {"fh": HISTORY} if self.channel.archived else {}

    def extend_atom(self, feed: Element) -> Element:
        if self.channel.archived:
            etree.SubElement(feed, f"{{{HISTORY}}}archive")
        return feed

    def extend_rss(self, rss: Element) -> Element:
        self.extend_atom(rss[0])
        return rss


def links(channel: Channel, form: str) -> list[tuple[str, str]]:
    """Return the (relation, address) pairs of a feed's document, but the page that it mirrors."""
    tables = (
        ("self", channel.addresses),
        ("prev-archive", channel.previous),
        ("next-archive", channel.next),
        ("current", channel.current),
    )
    found = [(relation, table[form]) for relation, table in tables if form in table]
    return found + ([("hub", channel.hub)] if channel.hub else [])
