"""`Channel` -> RSS 2.0, through feedgen, after the RSS Advisory Board's best practices profile."""

from __future__ import annotations

from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from newsfeed.feeds.channel import Channel, Post
from newsfeed.feeds.document import LANGUAGE, written
from newsfeed.feeds.extensions import (
    History,
    Media,
    MediaEntry,
    Podcast,
    PodcastEntry,
    Rss,
    RssEntry,
    bitmap,
)

TYPE = "application/rss+xml"


def write(channel: Channel) -> bytes:
    """Return the RSS document of ``channel``."""
    feed = RssFeed()
    extensions = [("rss", Rss, RssEntry), ("history", History, None)]
    extensions += [("media", Media, MediaEntry)] if channel.media else []
    extensions += [("podcast", Podcast, PodcastEntry)] if channel.podcast else []
    for name, of_feed, of_entry in extensions:
        feed.register_extension(name, of_feed, of_entry)
        getattr(feed, name).channel = channel
    _describe(feed, channel)
    of_entries = [name for name, _, of_entry in extensions if of_entry]
    for post in channel.posts:
        entry = feed.add_entry(_item(post), order="append")
        for name in of_entries:
            getattr(entry, name).post = post
    root, _ = feed._create_rss()
    root.set(LANGUAGE, channel.language)
    return written(root, channel.stylesheet)


class RssFeed(FeedGenerator):  # type: ignore[misc]
    """A feedgen feed that leaves its date to the extension `Rss`.

    feedgen writes a date between two calls of setlocale, which changes every thread's locale; by
    default that date is now. It has no other way to leave it out.
    """

    def __init__(self) -> None:
        super().__init__()
        self._FeedGenerator__rss_lastBuildDate = None


def _describe(feed: Any, channel: Channel) -> None:
    feed.title(channel.title)
    feed.description(channel.subtitle or channel.title)
    feed.link(href=channel.addresses["rss"], rel="self", type=TYPE)
    # feedgen takes the last link of any relation as the channel's
    feed.link(href=channel.url, rel="alternate")
    feed.language(channel.language)
    feed.rights(channel.rights)
    feed.generator("newsfeed")
    feed.docs("https://www.rssboard.org/rss-specification")
    if channel.author.email:
        feed.managingEditor(f"{channel.author.email} ({channel.author.name})")
    if channel.logo and bitmap(channel.logo):
        feed.image(url=channel.logo, title=channel.title, link=channel.url)


def _item(post: Post) -> FeedEntry:
    item = FeedEntry()
    item.title(post.title)
    item.guid(post.id, permalink=post.id == post.url)
    item.link(href=post.url, rel="alternate")
    if post.summary:
        item.description(escape(post.summary, quote=False))
    if post.content:
        item.content(post.content)
    item.category([_category(label.text, label.scheme) for label in post.labels])
    for each in post.attachments[:1]:
        # the length is required; 0 says that it is not known
        item.enclosure(url=each.url, length=each.length or 0, type=each.type)
    return item


def _category(text: str, scheme: str | None) -> dict[str, str]:
    return {"term": text, "scheme": scheme} if scheme else {"term": text}
