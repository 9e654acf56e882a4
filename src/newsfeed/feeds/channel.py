"""`model.Feed` -> `Channel`: what every format says, with legal characters and whole addresses.

The formats know a `Channel` and not each other, so they cannot disagree on an id, an address, a
title or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Literal

from msgspec import Struct

from newsfeed.feeds import shows
from newsfeed.feeds.content import content
from newsfeed.model import (
    Entry,
    Episode,
    Feed,
    Image,
    Link,
    Person,
    Podcast,
    Removed,
)
from newsfeed.text.characters import for_xml, one_line
from newsfeed.text.iri import ascii_host, to_uri
from newsfeed.text.languages import is_language
from newsfeed.text.media_types import media_type
from newsfeed.text.regex import regex

_MEDIA_TYPE = regex(r"[\w.+!#$&^-]+/[\w.+!#$&^-]+(\s*;[ -~]*)?", re.ASCII)
_EMAIL = regex(r"[\w.+!#$%&'*/=?^`{|}~-]+@[\w.-]+", re.ASCII)
_LAST_NAME = regex(r"(https?://[^/]+/(?:[^/]*/)*?)[^/]+/?(?:index\.html?)?")


class Label(Struct, frozen=True, kw_only=True):
    """A category or a tag; ``scheme`` is the address of the list that it belongs to."""

    text: str
    scheme: str | None = None


class Attachment(Struct, frozen=True, kw_only=True):
    """An enclosure whose type is known; ``length`` in bytes, ``duration`` in seconds."""

    url: str
    type: str
    length: int | None = None
    title: str | None = None
    duration: int | None = None

    @property
    def audio(self) -> bool:
        return self.type.startswith("audio/")

    @property
    def recorded(self) -> bool:
        """Whether it is sound or film."""
        return self.type.startswith(("audio/", "video/"))

    @property
    def medium(self) -> Literal["image", "audio", "video", "document"]:
        """Return what Media RSS calls it."""
        match self.type.partition("/")[0]:
            case "image" | "audio" | "video" as kind:
                return kind
        return "document"


class Post(Struct, frozen=True, kw_only=True):
    """An entry, ready to be written. ``id`` is an IRI, for Atom, and ``guid`` any text, for RSS and
    JSON Feed. ``language`` is None where it is the channel's.

    ``content`` is HTML, empty in a feed of summaries; ``summary`` is plain text, perhaps empty;
    ``attachments`` have audio first, because a podcast player takes the first one of an RSS item;
    ``episode`` is what is said of that one.
    ``elsewhere`` says that ``url`` is not a page of this site, ``untitled`` that the author gave no
    title: its first words stand for it where one is needed. ``former_title`` is (form, text): its
    title to the letter in a feed of that form, where "html" is Atom's `type`.
    """

    id: str
    guid: str
    url: str
    title: str
    untitled: bool
    published: datetime
    modified: datetime
    summary: str
    content: str
    language: str | None
    authors: tuple[Person, ...]
    labels: tuple[Label, ...]
    attachments: tuple[Attachment, ...]
    episode: Episode | None
    image: Image | None
    source: Link | None
    links: tuple[Link, ...]
    elsewhere: bool
    former_title: tuple[str, str] | None

    def title_in(self, *forms: str) -> tuple[str, str]:
        """Return (form, title) for a feed of one of ``forms``: the former one, or the first form's."""
        if self.former_title is not None and self.former_title[0] in forms:
            return self.former_title
        return forms[0], self.title

    @property
    def recording(self) -> Attachment | None:
        """The sound or film that a podcast player plays."""
        first = next(iter(self.attachments), None)
        return first if first is not None and first.recorded else None


class Channel(Struct, frozen=True, kw_only=True):
    """A feed, ready to be written; `model.Feed` says what its fields mean."""

    id: str
    title: str
    url: str
    language: str
    updated: datetime
    posts: tuple[Post, ...]
    author: Person
    addresses: Mapping[str, str]
    current: Mapping[str, str]
    previous: Mapping[str, str]
    next: Mapping[str, str]
    archived: bool
    subtitle: str | None
    rights: str | None
    logo: str | None
    icon: str | None
    hub: str | None
    removed: tuple[Removed, ...]
    stylesheet: str | None
    podcast: Podcast

    @property
    def media(self) -> bool:
        """Whether an entry has a picture, or more files than RSS has an enclosure for."""
        return any(post.image or post.attachments[1:] for post in self.posts)

    @property
    def has_episodes(self) -> bool:
        """Whether it is a podcast: an entry has sound, or is said to be an episode."""
        return any(
            post.recording is not None
            and (post.recording.audio or post.episode is not None or self.podcast.declared)
            for post in self.posts
        )


def channel(feed: Feed) -> Channel:
    """Return the content of ``feed``, the same for every format."""
    title = one_line(feed.title) or to_uri(feed.url)
    return Channel(
        id=to_uri(feed.id),
        title=title,
        url=to_uri(feed.url),
        language=feed.language,
        updated=feed.updated,
        posts=tuple(_post(entry, feed) for entry in feed.entries),
        author=_publisher(feed, title),
        addresses=_addresses(feed.addresses),
        current=_addresses(feed.current),
        previous=_addresses(feed.previous),
        next=_addresses(feed.next),
        # Only a closed page has a next one, from its first day; an open one still grows.
        archived=feed.page is not None and bool(feed.next),
        subtitle=_maybe_line(feed.subtitle),
        rights=_maybe_line(feed.rights),
        logo=_maybe_address(feed.logo),
        icon=_maybe_address(feed.icon),
        hub=_maybe_address(feed.hub),
        removed=tuple(
            Removed(id=for_xml(each.id).strip(), when=each.when, url=_maybe_address(each.url))
            for each in feed.removed
        ),
        stylesheet=_maybe_address(feed.stylesheet),
        podcast=shows.show(feed.podcast),
    )


def is_bitmap(url: str | None) -> bool:
    """Say whether a picture is of a kind that RSS and podcast players show."""
    return bool(url) and str(url).lower().partition("?")[0].endswith((".png", ".jpg", ".jpeg"))


def _publisher(feed: Feed, title: str) -> Person:
    """Return who publishes: Atom wants a feed's author where an entry has none (§4.1.1)."""
    person = _person(feed.author) if feed.author else None
    return person if person and person.name else Person(name=title)


def _post(entry: Entry, feed: Feed) -> Post:
    item = entry.item
    summary = for_xml(entry.summary).strip()
    return Post(
        id=for_xml(item.id).strip(),
        guid=for_xml(entry.guid).strip(),
        url=to_uri(item.url),
        title=one_line(entry.title) or _title_of(summary) or item.slug or to_uri(item.url),
        untitled=item.untitled,
        published=item.published,
        modified=item.modified,
        summary=summary,
        content=for_xml(content(entry, feed.words, feed.language))
        if feed.content == "full"
        else "",
        language=_language(item.language, feed.language),
        authors=tuple(_person(author) for author in item.authors if one_line(author.name)),
        labels=tuple(_labels(entry, feed)),
        attachments=_attachments(entry, feed),
        episode=shows.episode(entry.episode) if entry.episode else None,
        image=_image(entry.image) if entry.image else None,
        source=_link(entry.source) if entry.source and entry.source.url else None,
        links=tuple(_link(each) for each in entry.links if each.url),
        elsewhere=not item.page,
        former_title=item.former_title,
    )


def _language(own: str, general: str) -> str | None:
    """Return an entry's language where it is one and not the feed's."""
    return own if own != general and is_language(own) else None


def _title_of(summary: str) -> str:
    """Return the first words of a summary: feeds have no entry without a title."""
    text = one_line(summary)
    if len(text) <= 80:
        return text
    return text[:80].rpartition(" ")[0].rstrip(" ,;:") + "…" if " " in text[:80] else text[:80]


def _labels(entry: Entry, feed: Feed) -> Iterator[Label]:
    written: set[str] = set()
    for texts, pages in ((entry.item.categories, feed.categories), (entry.item.tags, feed.tags)):
        # What differs in capitals alone is one tag, and so is what has one page.
        seen: set[str] = set()
        for text in texts:
            page = pages.get(text)
            label = Label(text=one_line(text), scheme=_scheme(page) if page else None)
            names = {label.text.casefold(), page or label.text.casefold()}
            if label.text and label.text not in written and seen.isdisjoint(names):
                written.add(label.text)
                seen |= names
                yield label


def _scheme(page: str) -> str:
    """Return the space in which the page of a label lies: the address without its last name."""
    found = _LAST_NAME.fullmatch(to_uri(page).partition("#")[0].partition("?")[0])
    return found[1] if found else to_uri(page)


def _attachments(entry: Entry, feed: Feed) -> tuple[Attachment, ...]:
    """Return what is attached: of a podcast film is played too, otherwise sound alone comes first."""
    film = entry.episode is not None or feed.podcast.declared
    read = [
        Attachment(
            url=to_uri(each.url),
            type=_type(each.type, each.url),
            length=each.length,
            title=_maybe_line(each.title),
            duration=each.duration,
        )
        for each in {each.url: each for each in entry.enclosures}.values()
    ]
    return tuple(sorted(read, key=lambda each: (not each.audio, film and not each.recorded)))


def _type(said: str | None, url: str) -> str:
    """Return the media type that is given, otherwise that of the file's ending."""
    if said and _MEDIA_TYPE.fullmatch(said):
        return said
    path = url.partition("#")[0].partition("?")[0]
    return media_type(path)


def _person(person: Person) -> Person:
    return Person(
        name=one_line(person.name),
        email=_email(person.email) if person.email else None,
        url=_maybe_address(person.url),
    )


def _email(address: str) -> str | None:
    """Return an e-mail address as RFC 5322 has it, None where it has none such."""
    name, _, host = address.rpartition("@")
    with suppress(UnicodeError):
        address = f"{name}@{ascii_host(host)}"
    return address if _EMAIL.fullmatch(address) else None


def _link(link: Link) -> Link:
    url = to_uri(link.url)
    return Link(text=one_line(link.text) or url, url=url)


def _image(image: Image) -> Image:
    return Image(
        src=to_uri(image.src),
        width=image.width,
        height=image.height,
        type=_type(image.type, image.src),
        length=image.length,
        credit=_maybe_line(image.credit),
    )


def _addresses(table: Mapping[str, str]) -> dict[str, str]:
    return {name: to_uri(url) for name, url in table.items()}


def _maybe_line(text: str | None) -> str | None:
    return one_line(text) if text else None


def _maybe_address(url: str | None) -> str | None:
    return to_uri(url) if url else None
