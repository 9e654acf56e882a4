"""Media RSS: an entry's picture, and what else is attached to an RSS item than its one enclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.feeds.channel import Attachment
from newsfeed.feeds.serialising import EntryExtension, FeedExtension
from newsfeed.model import Image

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

MEDIA = "http://search.yahoo.com/mrss/"


class Media(FeedExtension):
    """Declares Media RSS."""

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}


class MediaEntry(EntryExtension):
    """Writes an entry's picture, and an RSS item's attachments from the second on.

    Never in a ``media:group``: that holds alternatives of one thing.
    """

    def extend_atom(self, entry: Element) -> Element:
        if self.post.image:
            _add_picture(entry, self.post.image)
        return entry

    def extend_rss(self, item: Element) -> Element:
        self.extend_atom(item)
        for attachment in self.post.attachments[1:]:
            _add_attachment(item, attachment)
        return item


def _add_picture(entry: Element, image: Image) -> None:
    size = _size(image)
    picture = {"url": image.src, "medium": "image", **size}
    content = etree.SubElement(entry, f"{{{MEDIA}}}content", picture)
    if image.length:
        content.set("fileSize", str(image.length))
    if image.type:
        content.set("type", image.type)
    if image.credit:
        etree.SubElement(content, f"{{{MEDIA}}}credit").text = image.credit
    thumbnail = {"url": image.src, **size}
    etree.SubElement(entry, f"{{{MEDIA}}}thumbnail", thumbnail)


def _size(image: Image) -> dict[str, str]:
    sizes = {"width": image.width, "height": image.height}
    return {name: str(pixels) for name, pixels in sizes.items() if pixels}


def _add_attachment(item: Element, attachment: Attachment) -> None:
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
