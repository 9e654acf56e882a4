"""RSS 2.0, its specification and the RSS Advisory Board's best practices profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.feeds.lint import content, items, links, media, podcasts
from newsfeed.feeds.lint.document import (
    ATOM,
    NAMESPACES,
    count,
    elements,
    line_of,
    name,
    place,
    text,
)
from newsfeed.feeds.lint.findings import Findings

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

A = f"{{{ATOM}}}"
DC = f"{{{NAMESPACES['dc']}}}"
ENCODED = f"{{{NAMESPACES['content']}}}encoded"
HISTORY = f"{{{NAMESPACES['fh']}}}"
CHANNEL_ONCE = (
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster",
    "pubDate", "lastBuildDate", "generator", "docs", "cloud", "ttl", "image", "rating",
    "textInput", "skipHours", "skipDays",
)  # fmt: skip
ITEM_ONCE = ("title", "link", "description", "author", "comments", "guid", "pubDate", "source")
CHANNEL_ELEMENTS = frozenset((*CHANNEL_ONCE, "category", "item"))
ITEM_ELEMENTS = frozenset((*ITEM_ONCE, "category", "enclosure"))
CHANNEL_SAME = (
    ("managingEditor", DC + "creator"),
    ("webMaster", DC + "publisher"),
    ("language", DC + "language"),
    ("copyright", DC + "rights"),
    ("pubDate", DC + "date"),
)
CLOUD = ("domain", "port", "path", "registerProcedure", "protocol")
INPUT = ("title", "description", "name", "link")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ITEM_SAME = (
    ("author", DC + "creator"),
    ("category", DC + "subject"),
    ("guid", A + "id"),
    ("pubDate", DC + "date"),
    ("pubDate", A + "published"),
    ("source", DC + "source"),
)


def lint(root: Element, findings: Findings, address: str | None) -> None:
    """Note what is wrong with the RSS document ``root``, served at ``address``."""
    version = root.get("version")
    if version is None:
        findings.say("feed-attribute", line_of(root), element="rss", attribute="version")
    elif version != "2.0":
        findings.say("feed-version-old", line_of(root), version=f"RSS {version}")
    _known(root, frozenset({"channel"}), findings, "rss")
    channel = root.find("channel")
    if channel is None:
        findings.say("feed-missing", line_of(root), parent="rss", element="channel")
        return
    updated = _channel(channel, findings, address)
    entries = list(channel.iterchildren("item"))
    dated = [when for item in entries if (when := _item(item, findings)) is not None]
    items.dates(findings, updated, line_of(channel), dated)
    items.ids(
        findings,
        ((text(guid), line_of(guid)) for item in entries for guid in item.findall("guid")),
    )
    podcasts.check(findings, channel)


def _channel(channel: Element, findings: Findings, address: str | None) -> datetime | None:
    """Check a channel and return when it was last built."""
    count(
        findings,
        channel,
        needed=("title", "link", "description"),
        single=CHANNEL_ONCE,
        about="channel",
    )
    _known(channel, CHANNEL_ELEMENTS, findings, "channel")
    _same(channel, CHANNEL_SAME, findings, "channel")
    _named(channel, findings)
    if channel.find("language") is None and channel.find(DC + "language") is None:
        findings.say("feed-missing-advised", line_of(channel), parent="channel", element="language")
    for each in channel.iterchildren("language", DC + "language"):
        findings.language(text(each), line_of(each))
    for tag in ("managingEditor", "webMaster"):
        _email(channel.find(tag), findings)
    for tag in ("link", "docs"):
        _address(channel.find(tag), findings)
    if (ttl := channel.find("ttl")) is not None:
        findings.number(text(ttl), "ttl", line_of(ttl))
    _image(channel, findings)
    _services(channel, findings)
    _links(channel, findings, address)
    dates = {tag: _date(channel.find(tag), findings) for tag in ("pubDate", "lastBuildDate")}
    return dates["lastBuildDate"]


def _services(channel: Element, findings: Findings) -> None:
    """Check what few channels have: when not to ask, whom to tell, and a form."""
    for hour in channel.iterfind("skipHours/hour"):
        if not re.fullmatch("[01]?[0-9]|2[0-3]", value := text(hour)):
            findings.say(
                "feed-value", line_of(hour), element="hour", value=value, expected="0 / … / 23"
            )
    for day in channel.iterfind("skipDays/day"):
        if (value := text(day)) not in DAYS:
            expected = " / ".join(DAYS)
            findings.say("feed-value", line_of(day), element="day", value=value, expected=expected)
    if (cloud := channel.find("cloud")) is not None:
        for attribute in CLOUD:
            if cloud.get(attribute) is None:
                findings.say("feed-attribute", line_of(cloud), element="cloud", attribute=attribute)
    if (form := channel.find("textInput")) is not None:
        count(findings, form, needed=INPUT, single=INPUT, about="textInput")


def _links(channel: Element, findings: Findings, address: str | None) -> None:
    found = channel.findall(A + "link")
    for link in found:
        links.check(findings, link)
    links.of_document(
        findings,
        found,
        address,
        archived=channel.find(HISTORY + "archive") is not None,
        complete=channel.find(HISTORY + "complete") is not None,
    )
    served = address or next(
        (each.get("href") for each in found if each.get("rel") == "self"), None
    )
    page = channel.find("link")
    if page is not None:
        links.mixed(findings, text(page), served, "link", line_of(page))


def _item(item: Element, findings: Findings) -> datetime | None:
    """Check an item and return when it last changed."""
    about = place(item, "title")
    count(findings, item, needed=(), single=(*ITEM_ONCE, ENCODED), about=about)
    _known(item, ITEM_ELEMENTS, findings, about)
    _same(item, ITEM_SAME, findings, about)
    _named(item, findings)
    if item.find("title") is None and item.find("description") is None:
        findings.say("feed-missing", line_of(item), parent=about, element="title")
    _guid(item, findings, about)
    for tag in ("link", "comments"):
        _address(item.find(tag), findings)
    _email(item.find("author"), findings)
    _bodies(item, findings, about)
    _enclosures(item, findings, about)
    _source(item.find("source"), findings)
    for link in item.findall(A + "link"):
        links.check(findings, link)
    media.check(findings, item)
    published = item.find("pubDate")
    if published is None and item.find(DC + "date") is None:
        findings.say("feed-missing-advised", line_of(item), parent=about, element="pubDate")
    when = _date(published, findings)
    changed = item.find(A + "updated")
    if changed is not None:
        return findings.rfc3339(text(changed), "atom:updated", line_of(changed)) or when
    return when


def _guid(item: Element, findings: Findings, about: str) -> None:
    guid = item.find("guid")
    if guid is None:
        findings.say("feed-missing-advised", line_of(item), parent=about, element="guid")
        return
    value, line = text(guid), line_of(guid)
    permalink = guid.get("isPermaLink", "true")
    if permalink not in ("true", "false"):
        findings.say(
            "feed-value", line, element="isPermaLink", value=permalink, expected="true / false"
        )
    if not value:
        findings.say("feed-empty", line, element="guid")
    elif permalink == "true" and not re.match(r"https?://[^/]", value):
        findings.say("feed-guid-permalink", line, value=value)
    elif permalink == "true":
        findings.address(value, "guid", line)
    elif value.isdigit() and len(value) < 9:
        findings.say("feed-id-weak", line, value=value)
    elif value.lower().startswith(("tag:", "urn:")):
        findings.identity(value, line)


def _bodies(item: Element, findings: Findings, about: str) -> None:
    description, encoded = item.find("description"), item.find(ENCODED)
    if description is None and encoded is None:
        findings.say("feed-content-missing", line_of(item), parent=about)
    elif (
        description is not None
        and encoded is not None
        and item.index(encoded) < item.index(description)
    ):
        findings.say("feed-content-first", line_of(encoded), parent=about)
    for body in (description, encoded):
        if body is not None:
            value = body.text or ""
            findings.text(value, name(body), line_of(body))
            content.check(findings, value, about, line_of(body))


def _enclosures(item: Element, findings: Findings, about: str) -> None:
    found = item.findall("enclosure")
    if len(found) > 1:
        findings.say("feed-enclosures", line_of(found[1]), parent=about)
    for enclosure in found:
        line = line_of(enclosure)
        for attribute in ("url", "length", "type"):
            if enclosure.get(attribute) is None:
                findings.say("feed-attribute", line, element="enclosure", attribute=attribute)
        if (url := enclosure.get("url")) is not None:
            findings.address(url, "enclosure", line, web=True)
        if (length := enclosure.get("length")) is not None:
            findings.number(length, "enclosure length", line)
        if (media_type := enclosure.get("type")) is not None:
            findings.media_type(media_type, line)


def _source(source: Element | None, findings: Findings) -> None:
    if source is None:
        return
    if (url := source.get("url")) is None:
        findings.say("feed-attribute", line_of(source), element="source", attribute="url")
    else:
        findings.address(url, "source", line_of(source))


def _image(channel: Element, findings: Findings) -> None:
    image = channel.find("image")
    if image is None:
        return
    count(
        findings,
        image,
        needed=("url", "title", "link"),
        single=("url", "title", "link", "width", "height", "description"),
        about="image",
    )
    for tag in ("url", "link"):
        _address(image.find(tag), findings)
    for tag in ("title", "link"):
        said = image.find(tag)
        if said is not None and text(said) != text(channel.find(tag)):
            findings.say("feed-image", line_of(said), element=tag)
    for tag in ("width", "height"):
        if (size := image.find(tag)) is not None:
            findings.number(text(size), tag, line_of(size))


def _named(parent: Element, findings: Findings) -> None:
    for title in parent.iterchildren("title"):
        value = "".join(title.itertext())
        findings.text(value, "title", line_of(title))
        if value.strip():
            findings.plain(value, line_of(title))
        else:
            findings.say("feed-empty", line_of(title), element="title")
    for category in parent.iterchildren("category"):
        if not text(category):
            findings.say("feed-empty", line_of(category), element="category")


def _known(parent: Element, names: frozenset[str], findings: Findings, about: str) -> None:
    for child in elements(parent):
        qualified = etree.QName(child)
        if qualified.namespace is None and qualified.localname not in names:
            findings.say("feed-element-unknown", line_of(child), parent=about, element=name(child))


def _same(
    parent: Element, pairs: tuple[tuple[str, str], ...], findings: Findings, about: str
) -> None:
    for tag, other in _present(parent, pairs):
        findings.say(
            "feed-semantics-twice", line_of(other), parent=about, element=tag, other=name(other)
        )


def _present(parent: Element, pairs: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, Element]]:
    for tag, other in pairs:
        if parent.find(tag) is not None and (found := parent.find(other)) is not None:
            yield tag, found


def _email(element: Element | None, findings: Findings) -> None:
    if element is None:
        return
    first = text(element).partition("(")[0]
    if not findings.email(first):
        findings.say(
            "feed-author-email", line_of(element), element=name(element), value=text(element)
        )


def _address(element: Element | None, findings: Findings) -> None:
    if element is not None:
        findings.address(text(element), name(element), line_of(element))


def _date(element: Element | None, findings: Findings) -> datetime | None:
    if element is None:
        return None
    return findings.rfc822(text(element), name(element), line_of(element))
