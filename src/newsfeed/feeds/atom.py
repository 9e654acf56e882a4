"""`Channel` -> Atom 1.0 (RFC 4287), through feedgen."""

from __future__ import annotations

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from newsfeed.feeds.channel import Channel, Post
from newsfeed.feeds.document import LANGUAGE, written
from newsfeed.feeds.extensions import Deleted, History, Media, MediaEntry, links
from newsfeed.feeds.wire import whole

TYPE = "application/atom+xml"


def write(channel: Channel) -> bytes:
    """Return the Atom document of ``channel``."""
    feed = FeedGenerator()
    media = channel.media
    if media:
        feed.register_extension("media", Media, MediaEntry)
    for name, extension in (("history", History), ("deleted", Deleted)):
        feed.register_extension(name, extension)
        getattr(feed, name).channel = channel
    _describe(feed, channel)
    for post in channel.posts:
        entry = feed.add_entry(_entry(post), order="append")
        if media:
            entry.media.post = post
    root, _ = feed._create_atom()
    return written(root, channel.stylesheet)


class AtomEntry(FeedEntry):  # type: ignore[misc]
    """A feedgen entry that keeps its links' attributes and can have a language of its own.

    feedgen's issue #135: its loop over the links forgets all but the address, and an enclosure
    becomes a second alternate link, which readers then open instead of the article.
    """

    language: str | None = None

    def atom_entry(self, extensions: bool = True) -> Any:  # noqa: FBT001, FBT002 - feedgen's own
        element = super().atom_entry(extensions)
        for link, attributes in zip(element.iterchildren("link"), self.link() or (), strict=True):
            for name, value in attributes.items():
                link.set(name, value)
        if self.language:
            element.set(LANGUAGE, self.language)
        return element


def _describe(feed: Any, channel: Channel) -> None:
    feed.id(channel.id)
    feed.title(channel.title)
    feed.subtitle(channel.subtitle)
    feed.updated(whole(channel.updated))
    feed.author(_person(channel.author))
    feed.link(href=channel.url, rel="alternate", type="text/html")
    for relation, href in links(channel, "atom"):
        feed.link(_link(relation, href, None if relation == "hub" else TYPE))
    feed.language(channel.language)
    feed.rights(channel.rights)
    feed.logo(channel.logo)
    feed.icon(channel.icon)
    feed.generator("newsfeed")


def _entry(post: Post) -> AtomEntry:
    entry = AtomEntry()
    entry.language = post.language
    entry.id(post.id)
    entry.title(post.title)
    entry.updated(whole(post.modified))
    entry.published(whole(post.published))
    entry.author([_person(author) for author in post.authors])
    entry.link(_links(post))
    entry.category([_category(label.text, label.scheme) for label in post.labels])
    if post.content:
        entry.content(post.content, type="html")
    if post.summary:
        entry.summary(post.summary, type="text")
    return entry


def _links(post: Post) -> list[dict[str, str]]:
    found = [_link("alternate", post.url, "text/html")]
    found += [_link("via", post.source.url, title=post.source.text)] if post.source else []
    found += [_link("related", link.url, title=link.text) for link in post.links]
    for each in post.attachments:
        length = str(each.length) if each.length is not None else None
        found.append(_link("enclosure", each.url, each.type, each.title, length))
    return found


def _link(
    relation: str,
    href: str,
    media_type: str | None = None,
    title: str | None = None,
    length: str | None = None,
) -> dict[str, str]:
    values = {"rel": relation, "href": href, "type": media_type, "title": title, "length": length}
    return {name: value for name, value in values.items() if value}


def _category(text: str, scheme: str | None) -> dict[str, str]:
    category = {"term": text, "label": text}
    return category | {"scheme": scheme} if scheme else category


def _person(person: Any) -> dict[str, str]:
    values = {"name": person.name, "email": person.email, "uri": person.url}
    return {name: value for name, value in values.items() if value}
