"""Media RSS: an entry's picture, and what else is attached to an RSS item than its one enclosure."""

from __future__ import annotations

from typing import Any

from lxml import etree

from newsfeed.feeds.channel import Attachment
from newsfeed.feeds.serialising import EntryExtension, FeedExtension
from newsfeed.model import Image

MEDIA = "http://search.yahoo.com/mrss/"


class Media(FeedExtension):
    """Declares Media RSS."""

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}


class MediaEntry(EntryExtension):
    """Writes an entry's picture, and an RSS item's attachments from the second on.

    Never in a ``media:group``: that holds alternatives of one thing.
    """

    def extend_atom(self, entry: Any) -> Any:
        if self.post.image:
            _add_picture(entry, self.post.image)
        return entry

    def extend_rss(self, item: Any) -> Any:
        self.extend_atom(item)
        for attachment in self.post.attachments[1:]:
            _add_attachment(item, attachment)
        return item


def _add_picture(entry: Any, image: Image) -> None:
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


def _add_attachment(item: Any, attachment: Attachment) -> None:
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
