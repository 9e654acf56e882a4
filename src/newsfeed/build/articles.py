"""The first step of a build: every article's file is read, or known to be as it was read before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from newsfeed.build import pool
from newsfeed.build.cache import Cache, Step
from newsfeed.build.remembered_articles import Known, item_of, packed, share, told, unpacked
from newsfeed.config import Config
from newsfeed.content import languages, reading
from newsfeed.content.reading import Article, LeftOut
from newsfeed.content.scan import DiskTree, Row
from newsfeed.diagnostics import Diagnostic, arrange, failure
from newsfeed.model import Head, Item, Tree
from newsfeed.text.hashing import blake2b

if TYPE_CHECKING:
    from newsfeed.content.reading.reader import Reader

TOGETHER = 64
"""How many files a process reads at a time."""
_AT_HAND = 1 << 20
"""How many bytes of files are held at once, give or take a file."""
_YOUNG = -1
"""Stands for the times of a file that do not prove what it holds."""


class Spoken(Struct, frozen=True, array_like=True):
    """A folder of one language: its articles were read as those of that language."""

    path: str


class Folder(Struct, frozen=True, array_like=True):
    """What a scan found in a folder: the paths of articles among it, and of other texts.

    File times too recent to be relied on are not kept.
    """

    path: str
    rows: tuple[Row, ...]
    articles: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


class Articles(NamedTuple):
    """What the files of a site give: the heads of articles, by path, and what they tell.

    ``items`` decodes an item; its id and page are those of its front matter and its date.
    """

    heads: list[Head]
    decode: Callable[[str], Item]
    problems: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]


class Reading:
    """Reads the articles of a tree; what ``cache`` holds of unchanged files is not read again."""

    def __init__(self, tree: DiskTree, config: Config, cache: Cache | None) -> None:
        self._tree = tree
        self._config = config
        self._cache = cache
        self._articles: Step[Known] | None = None
        self._folders: Step[Folder] | None = None
        prefix = reading.folder_of(config)
        self._spoken = languages.folders(
            self._tree.listing, self._articles_in, prefix, config.site.language
        )
        self._respoken: tuple[str, ...] = ()
        if cache is not None:
            self._articles = cache.step("article", Known)
            self._folders = cache.step("folder", Folder)
            spoken = cache.step("spoken", Spoken)
            changed = spoken.values.keys() ^ set(self._spoken)
            # The articles beside a folder of a language are told of it too.
            above = {path.rpartition("/")[0] for path in changed}
            self._respoken = tuple([f"{prefix}{path}/" if path else prefix for path in above])
            for path in self._spoken:
                if path in changed:
                    spoken.put(Spoken(path))
            spoken.keep(set(self._spoken))

    def _articles_in(self, folder: str) -> list[str]:
        """Return the paths of the articles in ``folder``."""
        rows = self._tree.listing[folder]
        return reading.sort_out([_path(folder, row) for row in rows], self._config, self._tree)[0]

    def articles(self, jobs: int, count: Callable[[int], None] = lambda _: None) -> Articles:
        """Return every article; those that are not known are read by ``jobs`` processes.

        ``count`` is told how many are read.
        """
        known: dict[str, Known] = {}
        waiting: list[tuple[str, str]] = []
        others: list[LeftOut] = []
        for path, rows in self._tree.listing.items():
            self._look_up(path, rows, known, waiting, others)
        self._read(waiting, known, jobs, count)
        if self._articles is not None and self._folders is not None:
            self._articles.keep(known.keys())
            self._folders.keep(self._tree.listing.keys())
        return self._gathered(known, others)

    def _look_up(
        self,
        folder: str,
        rows: tuple[Row, ...],
        known: dict[str, Known],
        waiting: list[tuple[str, str]],
        others: list[LeftOut],
    ) -> None:
        """Tell apart which articles of ``folder`` are ``known`` and which are ``waiting`` to be read."""
        before = self._folders.get(folder) if self._folders is not None else None
        if before is not None and before.rows == rows:
            found, changed = before, frozenset[str]()
        else:
            found = self._sorted_out(folder, rows)
            same = frozenset(before.rows if before is not None else ())
            changed = frozenset(_path(folder, row) for row in rows if row not in same)
        others += (LeftOut(path=path, reason=reason) for path, reason in found.others)
        kept = self._articles.values if self._articles is not None else {}
        for path in found.articles:
            if self._respoken and path.startswith(self._respoken):
                waiting.append((path, ""))
            elif path in kept and kept[path].digest and path not in changed:
                known[path] = kept[path]
            else:
                waiting.append((path, kept[path].digest if path in kept else ""))

    def _sorted_out(self, folder: str, rows: tuple[Row, ...]) -> Folder:
        """Return what is in a folder that is new, or changed."""
        articles, others = reading.sort_out(
            [_path(folder, row) for row in rows], self._config, self._tree
        )
        oldest = self._cache.oldest if self._cache is not None else 0
        found = Folder(
            folder,
            tuple([_proven(row, oldest) for row in rows]),
            tuple(articles),
            tuple([(left.path, left.reason) for left in others]),
        )
        if self._folders is not None and self._folders.get(folder) != found:
            self._folders.put(found)
        return found

    def _read(
        self,
        waiting: Sequence[tuple[str, str]],
        known: dict[str, Known],
        jobs: int,
        count: Callable[[int], None],
    ) -> None:
        if not waiting:
            return
        given = self._tree, self._config, self._spoken
        load = partial(_load_renderers, self._config)
        parts = pool.batches(_reader, given, waiting, jobs, size=TOGETHER, meanwhile=load)
        seen: dict[object, object] = {}
        for part in parts:
            for path, data in part:
                if data:
                    found = unpacked(data)
                    share(found, seen)
                    if self._articles is not None:
                        self._articles.put(found)
                else:
                    assert self._articles is not None
                    same = self._articles.get(path)
                    assert same is not None
                    found = same
                known[path] = found
            count(len(known))

    def _gathered(self, known: Mapping[str, Known], others: Sequence[LeftOut]) -> Articles:
        said = [told(each) for each in known.values() if each.said]
        problems = [problem for each in said for problem in each.problems]
        left_out = [each.left_out for each in said if each.left_out is not None]

        asides = reading.asides(self._tree, others, articles=len(known))
        return Articles(
            [each.head for each in known.values() if each.head is not None],
            partial(item_of, known),
            arrange([*problems, *asides]),
            tuple(sorted((*left_out, *others), key=lambda left: left.path)),
        )


def _path(folder: str, row: Row) -> str:
    return row[0] if folder == "." else f"{folder}/{row[0]}"


def _proven(row: Row, oldest: int) -> Row:
    """Return the row of a file, without its times where these do not prove what it holds."""
    name, size, mtime, changed, place = row
    old = mtime < oldest and changed < oldest
    return row if old else (name, size, _YOUNG, _YOUNG, place)


def _load_renderers(config: Config) -> None:
    """Load what shows articles, while another process reads them: of this many some are shown."""
    import newsfeed.build.entries
    import newsfeed.feeds.atom
    import newsfeed.markup.renderer
    import newsfeed.markup.shortcodes.translation

    if config.pages.enabled:
        import jinja2  # noqa: F401

        import newsfeed.pages.article  # noqa: F401


def _reader(
    given: tuple[Tree, Config, tuple[str, ...]],
) -> Callable[[Sequence[tuple[str, str]]], list[tuple[str, bytes]]]:
    from newsfeed.content.reading.reader import Reader  # few builds read any article

    tree, config, spoken = given
    reader = Reader(config, spoken)
    return lambda waiting: _read(reader, tree, waiting)


def _read(
    reader: Reader, tree: Tree, waiting: Sequence[tuple[str, str]]
) -> list[tuple[str, bytes]]:
    """Return each path that is ``waiting`` with what is kept of its article.

    That is nothing where its content is the known one still.
    """
    from newsfeed.content.reading.reader import content

    found: list[tuple[str, bytes]] = []
    fresh: list[tuple[str, bytes]] = []
    size = 0
    for path, digest in waiting:
        data = content(tree, path)
        if isinstance(data, Article):
            found.append((path, packed(data, path, "")))
        elif digest and _digest(data) == digest:
            found.append((path, b""))
        else:
            fresh.append((path, data))
            size += len(data)
        if size > _AT_HAND:
            found += _made(reader, fresh)
            fresh, size = [], 0
    return [*found, *_made(reader, fresh)]


def _made(reader: Reader, files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    try:
        articles = reader.articles(files)
    except Exception:  # which of them it was is found one by one
        articles = [_made_alone(reader, path, data) for path, data in files]
    for (path, data), article in zip(files, articles, strict=True):
        yield path, packed(article, path, _digest(data))


def _made_alone(reader: Reader, path: str, data: bytes) -> Article:
    """Return the article of a file; a bug of ours costs that article alone."""
    try:
        return reader.article(path, data)
    except Exception as error:
        left_out = LeftOut(path=path, reason="internal")
        return Article(item=None, problems=(failure(path, error),), left_out=left_out)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
