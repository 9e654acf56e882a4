"""What feedgen cannot write, as feedgen extensions: media, history, podcasts, Dublin Core.

feedgen makes an extension without arguments; the writer then gives it its ``channel`` or ``post``.
"""

from __future__ import annotations

import uuid
from typing import Any

from feedgen.ext.base import BaseExtension
from lxml import etree

from newsfeed.feeds.channel import Attachment, Channel, Post
from newsfeed.feeds.wire import rfc822, rfc3339
from newsfeed.model import Image

ATOM = "http://www.w3.org/2005/Atom"
DELETED = "http://purl.org/atompub/tombstones/1.0"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
MEDIA = "http://search.yahoo.com/mrss/"
PODCAST = "https://podcastindex.org/namespace/1.0"
PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


class Media(BaseExtension):  # type: ignore[misc]
    """Declares Media RSS."""

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}


class MediaEntry(BaseExtension):  # type: ignore[misc]
    """Writes an entry's picture, and in RSS the attachments that its one enclosure leaves out.

    Never in a ``media:group``: that holds alternatives of one thing.
    """

    post: Post

    def extend_atom(self, entry: Any) -> Any:
        if self.post.image:
            _picture(entry, self.post.image)
        return entry

    def extend_rss(self, item: Any) -> Any:
        self.extend_atom(item)
        for attachment in self.post.attachments[1:]:
            _further(item, attachment)
        return item


class History(BaseExtension):  # type: ignore[misc]
    """Marks a document as an archive page (RFC 5005 §4)."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        return {"fh": HISTORY} if self.channel.archived else {}

    def extend_atom(self, feed: Any) -> Any:
        if self.channel.archived:
            etree.SubElement(feed, f"{{{HISTORY}}}archive")
        return feed

    def extend_rss(self, rss: Any) -> Any:
        self.extend_atom(rss[0])
        return rss


class Deleted(BaseExtension):  # type: ignore[misc]
    """Says in Atom which entries are no more (RFC 6721)."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        return {"at": DELETED} if self.channel.removed else {}

    def extend_atom(self, feed: Any) -> Any:
        for gone in self.channel.removed:
            deleted = etree.SubElement(
                feed, f"{{{DELETED}}}deleted-entry", ref=gone.id, when=rfc3339(gone.when)
            )
            if gone.url:
                etree.SubElement(deleted, "link", href=gone.url)
        return feed


class Rss(BaseExtension):  # type: ignore[misc]
    """Writes a channel's date and the links that feedgen leaves out of RSS."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        return {"atom": ATOM, "dc": DUBLIN_CORE}

    def extend_rss(self, rss: Any) -> Any:
        for relation, href in links(self.channel, "rss"):
            if relation != "self":
                etree.SubElement(rss[0], f"{{{ATOM}}}link", href=href, rel=relation)
        etree.SubElement(rss[0], "lastBuildDate").text = rfc822(self.channel.updated)
        return rss


class RssEntry(BaseExtension):  # type: ignore[misc]
    """Writes an item's date, its authors by name, its language and its further links."""

    post: Post

    def extend_rss(self, item: Any) -> Any:
        post = self.post
        etree.SubElement(item, "pubDate").text = rfc822(post.published)
        for author in post.authors:
            etree.SubElement(item, f"{{{DUBLIN_CORE}}}creator").text = author.name
        if post.language:
            etree.SubElement(item, f"{{{DUBLIN_CORE}}}language").text = post.language
        if post.modified != post.published:
            etree.SubElement(item, f"{{{ATOM}}}updated").text = rfc3339(post.modified)
        if post.source:
            _link(item, "via", post.source.url, post.source.text)
        for link in post.links:
            _link(item, "related", link.url, link.text)
        return item


class Podcast(BaseExtension):  # type: ignore[misc]
    """Writes what podcast players need of a channel."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        return {"itunes": ITUNES, "podcast": PODCAST}

    def extend_rss(self, rss: Any) -> Any:
        channel, author = rss[0], self.channel.author
        etree.SubElement(channel, f"{{{ITUNES}}}author").text = author.name
        if author.email:
            owner = etree.SubElement(channel, f"{{{ITUNES}}}owner")
            etree.SubElement(owner, f"{{{ITUNES}}}name").text = author.name
            etree.SubElement(owner, f"{{{ITUNES}}}email").text = author.email
        if bitmap(self.channel.logo):
            etree.SubElement(channel, f"{{{ITUNES}}}image", href=self.channel.logo)
        etree.SubElement(channel, f"{{{ITUNES}}}explicit").text = "false"
        guid = podcast_guid(self.channel.addresses["rss"])
        etree.SubElement(channel, f"{{{PODCAST}}}guid").text = guid
        return rss


class PodcastEntry(BaseExtension):  # type: ignore[misc]
    """Writes what podcast players need of an item with audio."""

    post: Post

    def extend_rss(self, item: Any) -> Any:
        sound = next((each for each in self.post.attachments if each.audio), None)
        if sound is None:
            return item
        if sound.duration is not None:
            etree.SubElement(item, f"{{{ITUNES}}}duration").text = str(sound.duration)
        if self.post.image and bitmap(self.post.image.src):
            etree.SubElement(item, f"{{{ITUNES}}}image", href=self.post.image.src)
        return item


def links(channel: Channel, form: str) -> list[tuple[str, str]]:
    """Return the (relation, address) pairs of a feed's document, but the page it mirrors."""
    tables = (
        ("self", channel.addresses),
        ("prev-archive", channel.previous),
        ("next-archive", channel.next),
        ("current", channel.current),
    )
    found = [(relation, table[form]) for relation, table in tables if form in table]
    return found + ([("hub", channel.hub)] if channel.hub else [])


def podcast_guid(address: str) -> str:
    """Return the guid of the feed at ``address`` (Podcasting 2.0, ``podcast:guid``)."""
    return str(uuid.uuid5(PODCAST_GUIDS, address.partition("://")[2].rstrip("/")))


def bitmap(url: str | None) -> bool:
    """Tell whether a picture is of a kind that RSS and podcast players show."""
    return bool(url) and str(url).lower().partition("?")[0].endswith((".png", ".jpg", ".jpeg"))


def _picture(entry: Any, image: Image) -> None:
    content = etree.SubElement(
        entry, f"{{{MEDIA}}}content", url=image.src, medium="image", **_size(image)
    )
    if image.length:
        content.set("fileSize", str(image.length))
    if image.type:
        content.set("type", image.type)
    if image.credit:
        etree.SubElement(content, f"{{{MEDIA}}}credit").text = image.credit
    etree.SubElement(entry, f"{{{MEDIA}}}thumbnail", url=image.src, **_size(image))


def _size(image: Image) -> dict[str, str]:
    sizes = {"width": image.width, "height": image.height}
    return {name: str(pixels) for name, pixels in sizes.items() if pixels}


def _further(item: Any, attachment: Attachment) -> None:
    content = etree.SubElement(
        item,
        f"{{{MEDIA}}}content",
        url=attachment.url,
        medium=attachment.medium,
        type=attachment.type,
    )
    if attachment.length:
        content.set("fileSize", str(attachment.length))
    if attachment.duration:
        content.set("duration", str(attachment.duration))
    if attachment.title:
        etree.SubElement(content, f"{{{MEDIA}}}title").text = attachment.title


def _link(item: Any, relation: str, href: str, title: str) -> None:
    etree.SubElement(item, f"{{{ATOM}}}link", href=href, rel=relation, title=title)
