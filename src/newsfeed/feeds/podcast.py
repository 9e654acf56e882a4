"""What podcast players need of an RSS document: Apple's tags, and the guid of Podcasting 2.0."""

from __future__ import annotations

import uuid
from typing import Any

from lxml import etree

from newsfeed.feeds.channel import is_bitmap
from newsfeed.feeds.serialising import EntryExtension, FeedExtension

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space of guids, which the specification gives."""


class Podcast(FeedExtension):
    """Writes who publishes a channel, its picture and its guid."""

    def extend_ns(self) -> dict[str, str]:
        return {"itunes": ITUNES, "podcast": PODCAST}

    def extend_rss(self, rss: Any) -> Any:
        channel, author = rss[0], self.channel.author
        etree.SubElement(channel, f"{{{ITUNES}}}author").text = author.name
        if author.email:
            owner = etree.SubElement(channel, f"{{{ITUNES}}}owner")
            etree.SubElement(owner, f"{{{ITUNES}}}name").text = author.name
            etree.SubElement(owner, f"{{{ITUNES}}}email").text = author.email
        if is_bitmap(self.channel.logo):
            etree.SubElement(channel, f"{{{ITUNES}}}image", href=self.channel.logo)
        etree.SubElement(channel, f"{{{ITUNES}}}explicit").text = "false"
        guid = podcast_guid(f"{self.channel.id}rss.xml")
        etree.SubElement(channel, f"{{{PODCAST}}}guid").text = guid
        return rss


class PodcastEntry(EntryExtension):
    """Writes the duration and the picture of an item with audio."""

    def extend_rss(self, item: Any) -> Any:
        sound = next((each for each in self.post.attachments if each.audio), None)
        if sound is None:
            return item
        if sound.duration is not None:
            etree.SubElement(item, f"{{{ITUNES}}}duration").text = str(sound.duration)
        if self.post.image and is_bitmap(self.post.image.src):
            etree.SubElement(item, f"{{{ITUNES}}}image", href=self.post.image.src)
        return item


def podcast_guid(address: str) -> str:
    """Return the guid of the feed at ``address`` (Podcasting 2.0, ``podcast:guid``)."""
    return str(uuid.uuid5(GUIDS, address.partition("://")[2].rstrip("/")))
