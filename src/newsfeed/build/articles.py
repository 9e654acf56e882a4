"""The first step of a build: every article's file is read, or known to be as it was read before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsfeed.build import pool
from newsfeed.build.cache import Cache, Step
from newsfeed.config import Config
from newsfeed.content import reading
from newsfeed.content.reading import Article, LeftOut
from newsfeed.content.scan import DiskTree, Listing, Row, differing
from newsfeed.diagnostics import Diagnostic
from newsfeed.identity.lockfile import instant
from newsfeed.identity.matching import sketch_text, title_hash
from newsfeed.model import Head, Item, Tree
from newsfeed.site.items import Items
from newsfeed.site.lint import is_remarkable
from newsfeed.text.hashing import sha256

if TYPE_CHECKING:
    from newsfeed.content.reading.reader import Reader

TOGETHER = 64
"""How many files a process reads at a time."""
_YOUNG = -1
"""Stands for the times of a file that do not prove what it holds."""


class Known(Struct, frozen=True, array_like=True):
    """What was read of the file at ``path``, whose bytes hash to ``digest``: empty for none that were
    read.

    ``item`` is the `Item` as JSON, which keeps the offsets of its dates; ``said`` are the problems and
    the reason why there is no item, in JSON too, empty for neither.
    """

    path: str
    digest: str
    head: Head | None
    item: bytes = b""
    said: bytes = b""


class Folder(Struct, frozen=True, array_like=True):
    """What a scan found in a folder."""

    path: str
    rows: tuple[Row, ...]


class Articles(NamedTuple):
    """What the files of a site give: the heads of articles, by path, and what they tell.

    ``items`` decodes an item; its id and page are those of its front matter and its date.
    """

    heads: list[Head]
    decode: Callable[[str], Item]
    problems: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]


_decode_item = msgspec.json.Decoder(Item).decode
_encode_json = msgspec.json.Encoder().encode
_decode_said = msgspec.json.Decoder(tuple[tuple[Diagnostic, ...], str]).decode
_decode_known = msgspec.msgpack.Decoder(Known).decode
_encode_known = msgspec.msgpack.Encoder().encode


def known_of(article: Article, path: str, digest: str) -> Known:
    """Return what is kept of ``article``."""
    said = b""
    if article.problems or article.left_out is not None:
        reason = article.left_out.reason if article.left_out is not None else ""
        said = _encode_json((article.problems, reason))
    if article.item is None:
        return Known(path, digest, None, b"", said)
    item = _whole_minutes(article.item)
    return Known(path, digest, head_of(item, digest), _encode_json(item), said)


def head_of(item: Item, digest: str = "") -> Head:
    """Return what every build asks of ``item``, whose file's bytes hash to ``digest``."""
    when = item.published
    noted = instant(when)
    return Head(
        path=item.path,
        digest=digest,
        slug=item.slug,
        title=item.title,
        names=item.names,
        published=when,
        expires=item.expires,
        draft=item.draft,
        id=item.id,
        url=item.url,
        page=item.page,
        language=item.language,
        categories=item.categories,
        tags=item.tags,
        authors=tuple([person.name for person in item.authors]),
        translation=item.translation,
        redirects=item.redirects,
        modified=item.modified.isoformat(),
        instant=noted,
        title_hash=title_hash(item.title),
        sketch=sketch_text(item.sketch),
        minute=noted[:16] if when.hour or when.minute else "",
        remarkable=is_remarkable(item),
    )


def items_of(items: Iterable[Item], heads: Iterable[Head] | None = None) -> Items:
    """Return the table of ``items``, settled as ``heads`` say where these are given."""
    known = {item.path: item for item in items}
    return Items(map(head_of, known.values()) if heads is None else heads, known.__getitem__)


class Reading:
    """Reads the articles of a tree; what ``cache`` holds of unchanged files is not read again."""

    def __init__(self, tree: DiskTree, config: Config, cache: Cache | None) -> None:
        self._tree = tree
        self._config = config
        self._cache = cache
        self._articles: Step[Known] | None = None
        self._folders: Step[Folder] | None = None
        if cache is not None:
            self._articles = cache.step("article", Known)
            self._folders = cache.step("folder", Folder)

    def articles(self, jobs: int, count: Callable[[int], None] = lambda _: None) -> Articles:
        """Return every article; those that are not known are read by ``jobs`` processes.

        ``count`` is told how many are read.
        """
        paths = reading.articles(self._tree, self._config)
        known = self._unchanged(paths)
        waiting = [(path, self._digest(path)) for path in paths if path not in known]
        self._read(waiting, known, jobs, count)
        if self._articles is not None:
            self._articles.keep(paths)
            self._keep_listing()
        return self._gathered([known[path] for path in paths])

    def _unchanged(self, paths: Sequence[str]) -> dict[str, Known]:
        """Return what is known of the files that have not changed since they were read."""
        if self._articles is None or self._folders is None:
            return {}
        before: Listing = {
            path: folder.rows
            for path in self._folders
            if (folder := self._folders.get(path)) is not None
        }
        changed = set(differing(before, self._tree.listing))
        get = self._articles.get
        return {
            path: known
            for path in paths
            if path not in changed and (known := get(path)) is not None and known.digest
        }

    def _digest(self, path: str) -> str:
        known = self._articles.get(path) if self._articles is not None else None
        return known.digest if known is not None else ""

    def _read(
        self,
        waiting: Sequence[tuple[str, str]],
        known: dict[str, Known],
        jobs: int,
        count: Callable[[int], None],
    ) -> None:
        parts = pool.batches(_reader, (self._tree, self._config), waiting, jobs, size=TOGETHER)
        for part in parts:
            for path, data in part:
                if data:
                    found = _decode_known(data)
                    if self._articles is not None:
                        self._articles.put(found)
                else:
                    assert self._articles is not None
                    same = self._articles.get(path)
                    assert same is not None
                    found = same
                known[path] = found
            count(len(known))

    def _keep_listing(self) -> None:
        """Remember what was scanned; of files that may yet change unseen the name alone."""
        assert self._folders is not None and self._cache is not None
        oldest = self._cache.oldest
        for path, rows in self._tree.listing.items():
            proven = tuple([_proven(row, oldest) for row in rows])
            known = self._folders.get(path)
            if known is None or known.rows != proven:
                self._folders.put(Folder(path, proven))
        self._folders.keep(self._tree.listing)

    def _gathered(self, found: Sequence[Known]) -> Articles:
        here = {known.path: known for known in found}
        told = [_told(known) for known in found if known.said]
        rest = reading.gather(told, self._tree, self._config, known=here.keys())

        def decode(path: str) -> Item:
            return _decode_item(here[path].item)

        heads = [known.head for known in found if known.head is not None]
        return Articles(heads, decode, rest.problems, rest.left_out)


def _told(known: Known) -> Article:
    """Return what the file told beside its item."""
    problems, reason = _decode_said(known.said)
    left_out = LeftOut(path=known.path, reason=reason) if reason else None
    return Article(item=None, problems=problems, left_out=left_out)


def _proven(row: Row, oldest: int) -> Row:
    """Return the row of a file, without its times where these do not prove what it holds."""
    name, size, mtime, changed, place = row
    old = mtime < oldest and changed < oldest
    return row if old else (name, size, _YOUNG, _YOUNG, place)


def _reader(
    given: tuple[Tree, Config],
) -> Callable[[Sequence[tuple[str, str]]], list[tuple[str, bytes]]]:
    from newsfeed.content.reading.reader import Reader  # few builds read any article

    tree, config = given
    reader = Reader(config)
    return lambda waiting: _read(reader, tree, waiting)


def _read(
    reader: Reader, tree: Tree, waiting: Sequence[tuple[str, str]]
) -> list[tuple[str, bytes]]:
    """Return each path that is ``waiting`` with what is kept of its article; nothing where its
    content is the known one still."""
    from newsfeed.content.reading.reader import content

    found: list[tuple[str, bytes]] = []
    for path, digest in waiting:
        data = content(tree, path)
        if isinstance(data, Article):
            found.append((path, _encode_known(known_of(data, path, ""))))
            continue
        fresh = sha256(data).hexdigest()[:32]
        if fresh == digest:
            found.append((path, b""))
        else:
            article = reader.article(path, data)
            found.append((path, _encode_known(known_of(article, path, fresh))))
    return found


def _whole_minutes(item: Item) -> Item:
    """Return ``item`` with dates in offsets of whole minutes: RFC 3339 has no others.

    Until the twentieth century local times differed from UTC by odd seconds.
    """
    changed: dict[str, Any] = {}
    for name in ("published", "updated", "expires"):
        when = getattr(item, name)
        if when is not None and (plain := _whole_minute(when)) is not when:
            changed[name] = plain
    event = item.event
    if event is not None:
        start, end = _whole_minute(event.start), event.end and _whole_minute(event.end)
        if start is not event.start or end is not event.end:
            changed["event"] = replace(event, start=start, end=end)
    return replace(item, **changed) if changed else item


def _whole_minute(when: datetime) -> datetime:
    offset = when.utcoffset()
    return when.astimezone(UTC) if offset is not None and offset.seconds % 60 else when
