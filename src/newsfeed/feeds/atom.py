"""`Channel` -> Atom 1.0 (RFC 4287), with removed entries (RFC 6721) and links that keep their type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.feeds import serialising
from newsfeed.feeds.archive_links import ArchivePage, links
from newsfeed.feeds.channel import Channel, Post
from newsfeed.feeds.media_rss import Media, MediaEntry
from newsfeed.model import Link
from newsfeed.text.timestamps import rfc3339

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

TYPE = "application/atom+xml"
DELETED = "http://purl.org/atompub/tombstones/1.0"


def write(channel: Channel) -> bytes:
    """Return the Atom document of ``channel``."""
    extensions: serialising.Extensions = {
        "history": (ArchivePage, AtomEntry),
        "deleted": (Deleted, None),
    }
    if channel.media:
        extensions = {"media": (Media, MediaEntry), **extensions}
    return serialising.atom(channel, extensions, list(_links(channel)))


class Deleted(serialising.FeedExtension):
    """Names the entries that are no more (RFC 6721)."""

    def extend_ns(self) -> dict[str, str]:
        return {"at": DELETED} if self.channel.removed else {}

    def extend_atom(self, feed: Element) -> Element:
        for gone in self.channel.removed:
            deleted = etree.SubElement(
                feed, f"{{{DELETED}}}deleted-entry", ref=gone.id, when=rfc3339(gone.when)
            )
            if gone.url:
                etree.SubElement(deleted, "link", href=gone.url)
        return feed


class AtomEntry(serialising.EntryExtension):
    """Writes an entry's language, a title that is HTML, and its links with all their attributes.

    An enclosure without ``rel`` would be a second alternate link, which readers open instead of the
    article.
    """

    def extend_atom(self, entry: Element) -> Element:
        if self.post.language:
            entry.set(serialising.LANGUAGE, self.post.language)
        title, link = entry.find("title"), entry.find("link")
        assert title is not None and link is not None, "feedgen writes both of every entry"
        if self.post.title_in("atom", "html")[0] == "html":
            title.set("type", "html")
        link.set("rel", "alternate")
        link.set("type", "text/html")
        for attributes in _further_links(self.post):
            further = etree.Element("link", attributes)
            link.addnext(further)
            link = further
        return entry


def _links(channel: Channel) -> Iterator[dict[str, str]]:
    yield {"href": channel.url, "rel": "alternate", "type": "text/html"}
    for relation, href in links(channel, "atom"):
        yield {"href": href, "rel": relation} | ({} if relation == "hub" else {"type": TYPE})


def _further_links(post: Post) -> Iterator[dict[str, str]]:
    if post.source:
        yield _titled("via", post.source)
    for link in post.links:
        yield _titled("related", link)
    for each in post.attachments:
        values = {
            "href": each.url,
            "rel": "enclosure",
            "type": each.type,
            "title": each.title,
            "length": str(each.length) if each.length is not None else None,
        }
        yield {name: value for name, value in values.items() if value}


def _titled(relation: str, link: Link) -> dict[str, str]:
    return {"href": link.url, "rel": relation, "title": link.text}
