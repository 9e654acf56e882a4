"""`Channel` -> RSS 2.0, after the RSS Advisory Board's best practices profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.feeds import serialising
from newsfeed.feeds.archive_links import ArchivePage, links
from newsfeed.feeds.channel import Channel, is_bitmap
from newsfeed.feeds.media_rss import Media, MediaEntry
from newsfeed.model import Link
from newsfeed.text.timestamps import rfc822, rfc3339

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def write(channel: Channel) -> bytes:
    """Return the RSS document of ``channel``."""
    extensions: dict[str, serialising.Extension] = {
        "rss": (RssChannel, RssItem),
        "history": (ArchivePage, None),
    }
    if channel.media:
        extensions["media"] = (Media, MediaEntry)
    if channel.has_episodes:
        # uuid takes longer to load than a feed to write
        from newsfeed.feeds.podcast import Podcast, PodcastEntry

        extensions["podcast"] = (Podcast, PodcastEntry)
    return serialising.rss(channel, extensions, channel.logo if is_bitmap(channel.logo) else None)


class RssChannel(serialising.FeedExtension):
    """Writes a channel's date, and those of its links that feedgen has no element for."""

    def extend_ns(self) -> dict[str, str]:
        return {"atom": ATOM, "dc": DUBLIN_CORE}

    def extend_rss(self, rss: Element) -> Element:
        for relation, href in links(self.channel, "rss"):
            if relation != "self":
                etree.SubElement(rss[0], f"{{{ATOM}}}link", href=href, rel=relation)
        etree.SubElement(rss[0], "lastBuildDate").text = rfc822(self.channel.updated)
        return rss


class RssItem(serialising.EntryExtension):
    """Writes an item's date, its authors by name, its language and its further links."""

    def extend_rss(self, item: Element) -> Element:
        post = self.post
        etree.SubElement(item, "pubDate").text = rfc822(post.published)
        for author in post.authors:
            etree.SubElement(item, f"{{{DUBLIN_CORE}}}creator").text = author.name
        if post.language:
            etree.SubElement(item, f"{{{DUBLIN_CORE}}}language").text = post.language
        if post.modified != post.published:
            etree.SubElement(item, f"{{{ATOM}}}updated").text = rfc3339(post.modified)
        if post.source:
            _add_link(item, "via", post.source)
        for link in post.links:
            _add_link(item, "related", link)
        return item


def _add_link(item: Element, relation: str, link: Link) -> None:
    etree.SubElement(item, f"{{{ATOM}}}link", href=link.url, rel=relation, title=link.text)
