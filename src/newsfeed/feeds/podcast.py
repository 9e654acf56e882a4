"""What podcast directories and players read of an RSS document: Apple's tags, and Podcasting 2.0.

Sources: Apple, *A podcaster's guide to RSS* and *Podcast RSS feed requirements*; Spotify, *Podcast
delivery specification*; the podcast namespace 1.0 (github.com/Podcastindex-org/podcast-namespace);
Podlove Simple Chapters 1.2. `podcast:value` is left out on purpose: a payment is not for a
generator of files to promise.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.feeds.channel import Channel, is_bitmap
from newsfeed.feeds.serialising import EntryExtension, FeedExtension
from newsfeed.model import Episode, Participant
from newsfeed.model import Podcast as Show

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
CHAPTERS = "http://podlove.org/simple-chapters"
GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space of guids, which the specification gives."""


class Podcast(FeedExtension):
    """Writes what a channel says of itself as a podcast."""

    def extend_ns(self) -> dict[str, str]:
        marks = any(post.episode and post.episode.marks for post in self.channel.posts)
        return {"itunes": ITUNES, "podcast": PODCAST} | ({"psc": CHAPTERS} if marks else {})

    def extend_rss(self, rss: Element) -> Element:
        show = self.channel.podcast
        _for_apple(rss[0], self.channel, show)
        _of_namespace(rss[0], self.channel, show)
        return rss


class PodcastEntry(EntryExtension):
    """Writes what an item says of its recording, which is its first attachment."""

    def extend_rss(self, item: Element) -> Element:
        post = self.post
        recording = post.recording
        if recording is None:
            return item
        if recording.duration is not None:
            _itunes(item, "duration", str(recording.duration))
        if post.image and is_bitmap(post.image.src):
            _itunes(item, "image", href=post.image.src)
        if post.episode:
            _episode(item, post.episode)
        return item


def podcast_guid(address: str) -> str:
    """Return the guid of the feed at ``address`` (Podcasting 2.0, ``podcast:guid``)."""
    return str(uuid.uuid5(GUIDS, address.partition("://")[2].rstrip("/")))


def _for_apple(channel: Element, said: Channel, show: Show) -> None:
    _itunes(channel, "author", show.author or said.author.name)
    owner = show.owner or said.author
    if owner.email:
        element = _itunes(channel, "owner")
        _itunes(element, "name", owner.name)
        _itunes(element, "email", owner.email)
    picture = show.image or said.logo
    if is_bitmap(picture):
        _itunes(channel, "image", href=str(picture))
    for category in _nested(show.categories):
        element = _itunes(channel, "category", text=category[0])
        for child in category[1]:
            _itunes(element, "category", text=child)
    # Unsaid, nothing is claimed: a show that declares itself clean and is not is removed.
    if show.explicit is not None:
        _itunes(channel, "explicit", str(show.explicit).lower())
    if show.kind:
        _itunes(channel, "type", show.kind)
    if show.new_feed_url:
        _itunes(channel, "new-feed-url", show.new_feed_url)
    for name, holds in (("block", show.block), ("complete", show.complete)):
        if holds:
            _itunes(channel, name, "Yes")


def _nested(categories: Iterable[tuple[str, str | None]]) -> list[tuple[str, list[str]]]:
    """Return each category once, with its sub-categories, in the order in which they were given."""
    children: dict[str, list[str]] = {}
    for parent, child in categories:
        children.setdefault(parent, []).extend([child] if child else [])
    return list(children.items())


def _of_namespace(channel: Element, said: Channel, show: Show) -> None:
    _podcast(channel, "guid", show.guid or podcast_guid(f"{said.id}rss.xml"))
    if show.locked is not None:
        owner = (show.owner or said.author).email
        attributes = {"owner": owner} if owner else {}
        _podcast(channel, "locked", "yes" if show.locked else "no", **attributes)
    for link in show.funding:
        _podcast(channel, "funding", link.text, url=link.url)
    if show.medium:
        _podcast(channel, "medium", show.medium)
    _shared(channel, show)


def _episode(item: Element, episode: Episode) -> None:
    if episode.title:
        _itunes(item, "title", episode.title)
    numbers = {"season": episode.season, "episode": episode.number}
    for name, number in numbers.items():
        if number is not None:
            _itunes(item, name, str(number))
    if episode.kind:
        _itunes(item, "episodeType", episode.kind)
    if episode.explicit is not None:
        _itunes(item, "explicit", str(episode.explicit).lower())
    if episode.block:
        _itunes(item, "block", "Yes")
    for name, number in numbers.items():
        if number is not None:
            _podcast(item, name, str(number))
    for each in episode.transcripts:
        language = {"language": each.language} if each.language else {}
        _podcast(item, "transcript", url=each.url, type=each.type or "text/plain", **language)
    if episode.chapters:
        _podcast(item, "chapters", url=episode.chapters, type="application/json+chapters")
    if episode.marks:
        _marks(item, episode.marks)
    _shared(item, episode)


def _shared(parent: Element, said: Show | Episode) -> None:
    """Write what a channel and an item may both say."""
    for person in said.people:
        _podcast(parent, "person", person.name, **_person(person))
    if said.location:
        _podcast(parent, "location", said.location, **({"geo": said.geo} if said.geo else {}))
    if said.license:
        url = {"url": said.license.url} if said.license.url else {}
        _podcast(parent, "license", said.license.text, **url)


def _person(person: Participant) -> dict[str, str]:
    values = {"role": person.role, "href": person.url, "img": person.image}
    return {name: value for name, value in values.items() if value}


def _marks(item: Element, marks: Iterable[tuple[float, str]]) -> None:
    chapters = etree.SubElement(item, f"{{{CHAPTERS}}}chapters", version="1.2")
    for start, title in marks:
        etree.SubElement(chapters, f"{{{CHAPTERS}}}chapter", start=clock(start), title=title)


def clock(seconds: float) -> str:
    """Return a time as chapters have it (Normal Play Time): ``01:02:03.500``."""
    whole = round(seconds * 1000)
    rest, thousandths = divmod(whole, 1000)
    minutes, second = divmod(rest, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}.{thousandths:03}"


def _itunes(parent: Element, name: str, said: str | None = None, **attributes: str) -> Element:
    return _element(parent, f"{{{ITUNES}}}{name}", said, attributes)


def _podcast(parent: Element, name: str, said: str | None = None, **attributes: str) -> Element:
    return _element(parent, f"{{{PODCAST}}}{name}", said, attributes)


def _element(parent: Element, name: str, said: str | None, attributes: dict[str, str]) -> Element:
    element = etree.SubElement(parent, name, attributes)
    element.text = said
    return element
