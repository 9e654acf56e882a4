"""feedgen, fenced: no other module imports it, and it is called by its public methods alone.

What those cannot say is an extension, registered as feedgen's documentation shows: a class whose
``extend_atom`` or ``extend_rss`` is handed each finished element. feedgen makes an extension without
arguments; here it is then given its ``channel`` or its ``post``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from newsfeed.feeds.channel import Channel, Label, Post
from newsfeed.model import Person
from newsfeed.text.timestamps import whole

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedExtension(BaseExtension):
    """What a document says beyond feedgen. ``extend_rss`` gets the root, ``extend_atom`` the feed."""

    channel: Channel


class EntryExtension(BaseEntryExtension):
    """What an entry, or an RSS item, says beyond feedgen."""

    post: Post


Extension = tuple[type[FeedExtension], type[EntryExtension] | None]
"""What is written in a document, and in its entries if anything is."""

Extensions = Mapping[str, Extension]
"""Extensions by the name that feedgen knows them by, in the order in which they write."""


def atom(channel: Channel, extensions: Extensions, links: list[dict[str, str]]) -> bytes:
    """Return an Atom document; ``links`` are the feed's, as attributes of their elements."""
    feed = _feed(channel, extensions)
    feed.id(channel.id)
    feed.title(channel.title)
    feed.subtitle(channel.subtitle)
    feed.updated(whole(channel.updated))
    feed.author(_person(channel.author))
    feed.link(links)
    feed.language(channel.language)
    feed.rights(channel.rights)
    feed.logo(channel.logo)
    feed.icon(channel.icon)
    _add_entries(feed, channel, extensions, _fill_atom_entry)
    return bytes(feed.atom_str(pretty=True, encoding="utf-8"))


def rss(channel: Channel, extensions: Extensions, picture: str | None) -> bytes:
    """Return an RSS document; ``picture`` is the address of the channel's, if it can have one."""
    feed = _feed(channel, extensions)
    feed.updated(_Unsaid(1970, 1, 1, tzinfo=UTC))
    feed.title(channel.title)
    feed.description(channel.subtitle or channel.title)
    feed.link(href=channel.addresses["rss"], rel="self", type="application/rss+xml")
    # feedgen takes the last link of any relation as the channel's
    feed.link(href=channel.url, rel="alternate")
    feed.language(channel.language)
    feed.rights(channel.rights)
    feed.docs("https://www.rssboard.org/rss-specification")
    if channel.author.email:
        feed.managingEditor(f"{channel.author.email} ({channel.author.name})")
    feed.image(url=picture, title=channel.title, link=channel.url)
    _add_entries(feed, channel, extensions, _fill_rss_item)
    return bytes(feed.rss_str(pretty=True, encoding="utf-8"))


class _Unsaid(datetime):
    """A date that counts as false, which feedgen leaves out; an extension writes the right one.

    feedgen formats a date of RSS between two calls of setlocale, which every thread of the process
    would see.
    """

    def __bool__(self) -> bool:
        return False


class _Document(FeedExtension):
    """Writes what stands around a feed: its style sheet, and the language of an RSS document."""

    def extend_atom(self, feed: Element) -> Element:
        if self.channel.stylesheet:
            # CSS: browsers are switching XSLT off.
            address = self.channel.stylesheet.replace("&", "&amp;").replace('"', "%22")
            address = address.replace("?>", "%3F%3E")
            feed.addprevious(etree.PI("xml-stylesheet", f'type="text/css" href="{address}"'))
        return feed

    def extend_rss(self, rss: Element) -> Element:
        rss.set(LANGUAGE, self.channel.language)
        return self.extend_atom(rss)


def _feed(channel: Channel, extensions: Extensions) -> FeedGenerator:
    feed = FeedGenerator()
    feed.generator("newsfeed")
    for name, (of_feed, of_entry) in {**extensions, "document": (_Document, None)}.items():
        feed.register_extension(name, of_feed, of_entry)
        getattr(feed, name).channel = channel
    return feed


def _add_entries(
    feed: FeedGenerator,
    channel: Channel,
    extensions: Extensions,
    fill: Callable[[FeedEntry, Post], None],
) -> None:
    names = [name for name, (_, of_entry) in extensions.items() if of_entry is not None]
    for post in channel.posts:
        entry = feed.add_entry(order="append")
        fill(entry, post)
        for name in names:
            getattr(entry, name).post = post


def _fill_atom_entry(entry: FeedEntry, post: Post) -> None:
    entry.id(post.id)
    entry.title(post.title_in("atom", "html")[1])
    entry.updated(whole(post.modified))
    entry.published(whole(post.published))
    entry.author([_person(author) for author in post.authors])
    # feedgen forgets all but the addresses of an entry's links (its issue #135): see `atom`
    entry.link(href=post.url, rel="alternate")
    entry.category([{**_category(label), "label": label.text} for label in post.labels])
    if post.content:
        entry.content(post.content, type="html")
    if post.summary:
        entry.summary(post.summary, type="text")


def _fill_rss_item(item: FeedEntry, post: Post) -> None:
    item.title(post.title_in("rss")[1])
    item.guid(post.guid, permalink=post.guid == post.url)
    item.link(href=post.url, rel="alternate")
    if post.summary:
        item.description(escape(post.summary, quote=False))
    if post.content:
        item.content(post.content)
    item.category([_category(label) for label in post.labels])
    for each in post.attachments[:1]:
        # the length is required; 0 says that it is not known
        item.enclosure(url=each.url, length=each.length or 0, type=each.type)


def _category(label: Label) -> dict[str, str]:
    return {"term": label.text} | ({"scheme": label.scheme} if label.scheme else {})


def _person(person: Person) -> dict[str, str]:
    values = {"name": person.name, "email": person.email, "uri": person.url}
    return {name: value for name, value in values.items() if value}
