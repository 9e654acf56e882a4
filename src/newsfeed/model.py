"""The nouns. They know nothing of disk, clock, formats or each other's makers.

Values are frozen and hold tuples; every datetime is aware; ``None`` means absent, never failed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct, field

BodyFormat = Literal["markdown", "html"]


class Person(Struct, frozen=True, kw_only=True, array_like=True):
    """Someone who wrote, or who publishes."""

    name: str
    email: str | None = None
    url: str | None = None


class Link(Struct, frozen=True, kw_only=True, array_like=True):
    """A name and an address: a source line, a call to action, a subscription link."""

    text: str
    url: str


class Image(Struct, frozen=True, kw_only=True, array_like=True):
    """A picture. On an `Item` ``src`` is as written; on an `Entry` it is absolute.

    ``width`` and ``height`` are pixels, ``length`` is bytes. ``focus`` is what must be seen where it
    is cut: percent from the left and from the top.
    """

    src: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    type: str | None = None
    length: int | None = None
    credit: str | None = None
    focus: tuple[int, int] | None = None


class Enclosure(Struct, frozen=True, kw_only=True, array_like=True):
    """An attached file: ``length`` in bytes, ``duration`` in seconds, ``type`` a media type.

    On an `Item` ``url`` is as written; on an `Entry` it is absolute.
    """

    url: str
    type: str | None = None
    length: int | None = None
    title: str | None = None
    duration: int | None = None


class Event(Struct, frozen=True, kw_only=True, array_like=True):
    """When and where something takes place, for the agenda."""

    start: datetime
    end: datetime | None = None
    place: str | None = None
    all_day: bool = False


class Participant(Struct, frozen=True, kw_only=True, array_like=True):
    """Someone who is heard in a podcast (Podcasting 2.0, ``podcast:person``).

    ``role`` is ``host``, ``guest`` or another of the podcast taxonomy; ``image`` is an address.
    """

    name: str
    role: str = "host"
    url: str | None = None
    image: str | None = None


class Transcript(Struct, frozen=True, kw_only=True, array_like=True):
    """What is said in a recording, in a file: on an `Item` ``url`` is as written."""

    url: str
    type: str | None = None
    language: str | None = None


class Episode(Struct, frozen=True, kw_only=True, array_like=True):
    """What a podcast says of an article's recording. None, or empty, is what nobody said.

    ``marks`` are chapters, (seconds, title), where ``chapters`` names no file of them. ``geo`` is a
    geo: URI (RFC 5870).
    """

    title: str | None = None
    kind: Literal["full", "trailer", "bonus"] | None = None
    season: int | None = None
    number: int | None = None
    explicit: bool | None = None
    block: bool = False
    people: tuple[Participant, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    chapters: str | None = None
    marks: tuple[tuple[float, str], ...] = ()
    location: str | None = None
    geo: str | None = None
    license: Link | None = None


class Podcast(Struct, frozen=True, kw_only=True):
    """What a feed says of itself as a podcast. ``guid`` is None where it is made of the address.

    ``categories`` are Apple's, each with its sub-category or without; ``declared`` says that the
    site calls itself a podcast, where others have no more than a recording or two.
    """

    declared: bool = False
    categories: tuple[tuple[str, str | None], ...] = ()
    explicit: bool | None = None
    kind: Literal["episodic", "serial"] | None = None
    author: str | None = None
    owner: Person | None = None
    image: str | None = None
    block: bool = False
    complete: bool = False
    new_feed_url: str | None = None
    guid: str | None = None
    locked: bool | None = None
    funding: tuple[Link, ...] = ()
    medium: str | None = None
    location: str | None = None
    geo: str | None = None
    license: Link | None = None
    people: tuple[Participant, ...] = ()


class Item(Struct, frozen=True, kw_only=True, array_like=True):
    """An article's metadata. Its body stays on disk until an output shows it.

    ``path`` is relative to the site's folder, with ``/``; ``body_at`` is the index of the body's
    first character in the decoded text, ``body_line`` its line. ``page`` is the output path of its
    page, empty when the item lives elsewhere; ``url`` is absolute in either case. ``id`` is empty
    until `identity.settle`. ``sketch`` are hashes of the paragraphs that recognise it after a move.
    ``names`` are what else it is called, as Obsidian's aliases: ``[[name]]`` leads to it.
    ``untitled`` says that its author gave it no title, and ``title`` stands for one.
    ``lines`` tells on which line of the file a front-matter field stands. ``guid`` is the id that
    front matter gives, to the letter, where the item has it: ``id`` is the IRI that stands for it.
    ``former_title`` is (form, text) of the title to the letter, as a former feed of that form had it.
    """

    path: str
    title: str
    slug: str
    published: datetime
    url: str
    page: str
    language: str
    id: str = ""
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    format: BodyFormat = "markdown"
    body_at: int = 0
    body_line: int = 1
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    summary: str | None = None
    source: Link | None = None
    links: tuple[Link, ...] = ()
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    event: Event | None = None
    episode: Episode | None = None
    weight: int | None = None
    canonical: str | None = None
    names: tuple[str, ...] = ()
    redirects: tuple[str, ...] = ()
    translation: str | None = None
    direction: str = ""
    untitled: bool = False
    sketch: tuple[int, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()
    guid: str = ""
    former_title: tuple[str, str] | None = None

    @property
    def category(self) -> str | None:
        """The first category, the one that is printed."""
        return self.categories[0] if self.categories else None

    @property
    def modified(self) -> datetime:
        """When its meaning last changed: ``updated``, or ``published`` without one."""
        if self.updated is None or self.updated < self.published:
            return self.published
        return self.updated

    def line(self, field_name: str) -> int:
        """The line of a front-matter field, 1 where it was not written."""
        return dict(self.lines).get(field_name, 1)


class Head(Struct, frozen=True, kw_only=True, array_like=True):
    """What a build asks of every article, so that most items are never decoded.

    ``digest`` hashes the file's bytes. ``id``, ``url`` and ``page`` are those of the `Item`.
    ``instant``, ``title_hash`` and ``sketch`` are as newsfeed.lock notes them; ``minute`` is empty
    for an item that bears a day alone, ``alike`` is a hash of its language and its title in small
    letters. ``modified`` is ISO 8601. ``authors`` are names. ``remarkable`` says that the
    metadata, seen alone, may be worth a remark. ``former_title`` is the `Item`'s.
    """

    path: str
    digest: str
    slug: str
    title: str
    names: tuple[str, ...]
    published: datetime
    expires: datetime | None
    draft: bool
    id: str
    url: str
    page: str
    language: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    translation: str | None
    redirects: tuple[str, ...]
    modified: str
    instant: str
    title_hash: str
    sketch: str
    minute: str
    alike: str
    remarkable: bool
    guid: str = ""
    former_title: tuple[str, str] | None = None


class Asset(Struct, frozen=True, kw_only=True, array_like=True):
    """A file beside an article that some output shows: published under ``page``, at ``url``."""

    path: str
    page: str
    url: str
    type: str
    length: int
    width: int | None = None
    height: int | None = None


class Variant(Struct, frozen=True, kw_only=True):
    """A picture made smaller: published under ``page``, at ``url``, ``width`` pixels wide."""

    page: str
    url: str
    width: int


class Form(Struct, frozen=True, kw_only=True, array_like=True):
    """A picture as a letter sends it: at ``url``, ``width`` by ``height`` pixels, ``length`` bytes.

    ``path`` is the picture's own file. It is published under ``page``, empty where that file serves;
    ``frame`` says what it was made for, see `mail_pictures.Frame`. One that cannot be read has no ``url``.
    """

    path: str
    url: str = ""
    width: int = 0
    height: int = 0
    length: int = 0
    page: str = ""
    frame: tuple[int, tuple[int, int] | None, tuple[int, int] | None, bool] = (0, None, None, False)


class Entry(Struct, frozen=True, kw_only=True):
    """An item as outputs show it: body rendered, every address absolute.

    ``content`` is safe HTML, ``summary`` plain text without markup. ``title`` is plain text with the
    language's typography. ``opening`` makes the excerpt and ``count`` counts the body's words, which
    most outputs never ask for. ``still`` says that ``content`` leads
    nowhere into the site and shows no picture, table or code: it is the same on every page.
    """

    item: Item
    title: str
    content: str
    summary: str
    opening: Callable[[], str] = str
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    episode: Episode | None = None
    links: tuple[Link, ...] = ()
    source: Link | None = None
    count: Callable[[], int] = int
    still: bool = False

    @property
    def id(self) -> str:
        return self.item.id

    @property
    def guid(self) -> str:
        """The id as RSS and JSON Feed have it, to which any text is one."""
        return self.item.guid or self.item.id

    @property
    def url(self) -> str:
        return self.item.url

    @property
    def excerpt(self) -> str:
        """Safe HTML of its first part: up to the author's marker, or the first paragraphs."""
        return self.opening()

    @property
    def words(self) -> int:
        """How many words the body has."""
        return self.count()


class Removed(Struct, frozen=True, kw_only=True):
    """An item that was published and is no more (RFC 6721): ``when`` it was first missed."""

    id: str
    when: datetime
    url: str | None = None


class Feed(Struct, frozen=True, kw_only=True):
    """One feed, in every format at once: the same entries, ids, links and dates.

    ``url`` is the page that it mirrors; ``files`` maps a format (``atom``, ``rss``, ``json``) to the
    output path of that document, ``addresses`` to where it is served. ``page`` is ``None`` for the current document, otherwise the
    number of the archive page (RFC 5005 §4), 1 being the oldest; ``closed`` says that it will
    never change. ``previous`` and ``next``
    hold the addresses of neighbouring archive pages by format. ``categories`` and ``tags`` map a
    name to the address of its page. ``words`` are the interface words of its language.
    """

    id: str
    title: str
    url: str
    language: str
    updated: datetime
    entries: tuple[Entry, ...]
    files: Mapping[str, str]
    addresses: Mapping[str, str]
    subtitle: str | None = None
    author: Person | None = None
    rights: str | None = None
    logo: str | None = None
    icon: str | None = None
    hub: str | None = None
    content: Literal["full", "summary"] = "full"
    podcast: Podcast = Podcast()
    removed: tuple[Removed, ...] = ()
    page: int | None = None
    closed: bool = False
    current: Mapping[str, str] = field(default_factory=dict)
    previous: Mapping[str, str] = field(default_factory=dict)
    next: Mapping[str, str] = field(default_factory=dict)
    stylesheet: str | None = None
    categories: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


class Section(Struct, frozen=True, kw_only=True):
    """A part of a letter: a heading (empty for none) and how its entries are shown.

    ``notes`` are (id of an entry, what the letter says of it).
    """

    title: str
    entries: tuple[Entry, ...]
    style: Literal["lead", "full", "excerpt", "headline", "agenda"] = "excerpt"
    notes: tuple[tuple[str, str], ...] = ()


class Letter(Struct, frozen=True, kw_only=True):
    """One newsletter issue before it has a format.

    ``editorial`` is safe HTML. ``folder`` is where it is written, with a trailing ``/``; ``web`` is
    the address of its web version; ``date`` the instant that it bears.
    """

    key: str
    subject: str
    preheader: str
    date: datetime
    language: str
    sections: tuple[Section, ...]
    folder: str
    web: str
    editorial: str = ""
    number: str | None = None


class Output(Struct, frozen=True, kw_only=True):
    """A file to publish: its path below the output folder, and its bytes or the file to copy.

    A file that is already there and contains all of ``keep`` stays as it is, whatever ``data`` says: a
    closed page of an archive never changes (RFC 5005 §4). ``key`` is a hash of all that the bytes
    are made of, where that is known; an output with nothing but a key stands as it was published.
    What ``leads`` to other outputs (feeds, lists, maps) is published after them.
    """

    path: str
    data: bytes | None = None
    copy_of: str | None = None
    keep: tuple[bytes, ...] = ()
    key: str | None = None
    leads: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is there already, so that nobody made its bytes."""
        return self.data is None and self.copy_of is None


class FileInfo(NamedTuple):
    """What a scan knows of a file without opening it: ``size`` in bytes, times in ns.

    ``mtime`` is when its content changed, as far as its owner lets it be known; ``changed`` when
    its disk last noted any change, 0 where that is not known.
    """

    size: int
    mtime: int
    changed: int = 0


class Tree(Protocol):
    """A site's folder as the core sees it. Paths are relative to its root, with ``/``."""

    @property
    def files(self) -> Mapping[str, FileInfo]:
        """Every file that the scan found, in any order."""
        ...

    def info(self, path: str) -> FileInfo | None:
        """Return what is known of a file of the site's folder, though the scan may not have met it.

        None where there is none that articles may show.
        """
        ...

    def origin(self, path: str) -> str:
        """Return the path of the file that ``path`` is by a link, ``path`` itself where there is none."""
        ...

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return a file's bytes, the first ``limit`` of them where one is given.

        Raises OSError when the file cannot be read.
        """
        ...
