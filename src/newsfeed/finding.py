"""Reads articles for those who remember them: their rows, made by several processes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newsfeed import decoding, parallel
from newsfeed.config import Config
from newsfeed.model import FileInfo, Tree
from newsfeed.reading import Article
from newsfeed.rows import row_of
from newsfeed.steady import Marker

if TYPE_CHECKING:
    from newsfeed.reading.reader import Reader

Found = tuple[str, str, str, str, str]
"""A path, a hash of the file's content, the two lines of its row, empty for one that has none, and
the marks of its item."""


def read(
    waiting: Sequence[tuple[str, str]],
    tree: Tree,
    config: Config,
    jobs: int,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[Found]:
    """Yield what is found in the files that are ``waiting``: paths, each with a known content.

    The row of a file that has that content still is empty.
    """
    import newsfeed.reading.reader  # noqa: F401 - once, and not in each process

    for part in parallel.batches(_reader, (tree, config), waiting, jobs, meanwhile=meanwhile):
        yield from part


def _reader(given: tuple[Tree, Config]) -> Callable[[Sequence[tuple[str, str]]], list[Found]]:
    from newsfeed.reading.reader import Reader

    tree, config = given
    return functools.partial(_read, Reader(config), Marker(config), _Seen(tree))


def _read(
    reader: Reader, marker: Marker, tree: _Seen, waiting: Sequence[tuple[str, str]]
) -> list[Found]:
    return [_found(reader, marker, tree, path, known) for path, known in waiting]


def _found(reader: Reader, marker: Marker, tree: _Seen, path: str, known: str) -> Found:
    if known and tree.files[path].size <= decoding.LIMIT and tree.content(path) == known:
        return path, known, "", "", ""
    tree.digest = ""
    article = reader.briefly(tree, path)
    row = row_of(article)
    if row is None:
        return path, tree.digest, "", "", ""
    item = article.item if isinstance(article, Article) else article
    marks = marker.marks(item.title, item.slug, item.published) if item is not None else ""
    return path, tree.digest, *row, marks


class _Seen:
    """A tree that notes what content it last gave."""

    def __init__(self, tree: Tree) -> None:
        from hashlib import sha256

        self._tree = tree
        self._sum = sha256
        self.files: Mapping[str, FileInfo] = tree.files
        self.digest = ""

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return a file's bytes. Raises OSError."""
        data = self._tree.read(path, limit)
        # Faster than BLAKE2 where the processor knows it, which is nearly everywhere.
        self.digest = self._sum(data).hexdigest()[:32]
        return data

    def find(self, path: str) -> bool:
        """Say whether ``path`` is a file of the site's folder."""
        return self._tree.find(path)

    def content(self, path: str) -> str:
        """Return a hash of a file's content, empty for one that cannot be read."""
        try:
            self.read(path)
        except OSError:
            return ""
        return self.digest
