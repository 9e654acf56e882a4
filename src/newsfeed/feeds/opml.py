"""Feeds -> OPML 2.0, the list that a feed reader imports."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from newsfeed.feeds.channel import Channel, channel
from newsfeed.model import Feed, Output
from newsfeed.text.characters import one_line
from newsfeed.text.timestamps import rfc822

PATH = "feeds.opml"
_PREFERRED = ("atom", "rss")


def render(feeds: Iterable[Feed], title: str) -> Output:
    """Return ``feeds.opml``: each feed once, in the order given, in the format readers know best.

    Its date is that of the newest feed. A feed that exists as JSON alone is left out: OPML names
    only feeds that are XML (``type="rss"``, for Atom too).
    """
    listed = [channel(feed) for feed in feeds if any(name in feed.addresses for name in _PREFERRED)]
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = one_line(title)
    if listed:
        newest = max(each.updated for each in listed)
        etree.SubElement(head, "dateModified").text = rfc822(newest)
    body = etree.SubElement(root, "body")
    for each in listed:
        etree.SubElement(body, "outline", _outline(each))
    data = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return Output(path=PATH, data=data)


def _outline(feed: Channel) -> dict[str, str]:
    outline = {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "xmlUrl": next(feed.addresses[name] for name in _PREFERRED if name in feed.addresses),
        "htmlUrl": feed.url,
        "language": feed.language,
    }
    return outline | {"description": feed.subtitle} if feed.subtitle else outline
