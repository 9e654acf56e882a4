"""Reads articles for those who remember them: their lines, made by several processes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newsfeed import decoding, parallel
from newsfeed.config import Config
from newsfeed.hashing import sha256
from newsfeed.model import FileInfo, Tree
from newsfeed.reading import Article
from newsfeed.rows import BETWEEN, row_of

if TYPE_CHECKING:
    from newsfeed.reading.reader import Reader
    from newsfeed.steady import Marker

PATH, DIGEST, SECOND, MARKS, SLIM = range(5)
"""The fields of an article's line: its path, a hash of its content, the second line of its row, the
marks of its item, the first line of its row."""
SAME, NO_LINE = "", "-"
"""Stand for the line of a file that has the known content still, and of one that can have none."""
TOGETHER = 64
"""How many files a text of `read` tells of: their lines make up a chunk of the cache."""


def holds(text: str) -> bool:
    """Say whether ``text`` can be a field of a line: no name of a file need be that."""
    return "\n" not in text and BETWEEN not in text


def read(
    waiting: Sequence[tuple[str, str]],
    tree: Tree,
    config: Config,
    jobs: int,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[str]:
    """Return what is found in the files that are ``waiting``, paths, each with a known content.

    Each text holds the lines of some of them, in their order; processes begin at once.
    """
    # Loaded once, and not by each process.
    import newsfeed.reading.reader
    import newsfeed.steady  # noqa: F401

    given = (tree, config, len(waiting) >= parallel.WORTH)
    return parallel.batches(_reader, given, waiting, jobs, size=TOGETHER, meanwhile=meanwhile)


def _reader(given: tuple[Tree, Config, bool]) -> Callable[[Sequence[tuple[str, str]]], str]:
    from newsfeed.reading.reader import Reader
    from newsfeed.steady import Marker

    tree, config, many = given
    return functools.partial(_read, Reader(config), Marker(config), _Seen(tree, many=many))


def _read(reader: Reader, marker: Marker, tree: _Seen, waiting: Sequence[tuple[str, str]]) -> str:
    return "\n".join([_line(reader, marker, tree, path, known) for path, known in waiting])


def _line(reader: Reader, marker: Marker, tree: _Seen, path: str, known: str) -> str:
    if known and tree.content(path) == known:
        return SAME
    tree.digest = ""
    article = reader.briefly(tree, path)
    row = row_of(article)
    if row is None or not tree.digest or not holds(path):
        return NO_LINE
    item = article.item if isinstance(article, Article) else article
    marks = marker.marks(item.title, item.slug, item.published) if item is not None else ""
    slim, second = row
    return BETWEEN.join((path, tree.digest, second, marks, slim))


class _Seen:
    """A tree that notes what content it last gave, whole."""

    def __init__(self, tree: Tree, *, many: bool) -> None:
        self._tree = tree
        self._sum = sha256
        if many:
            # OpenSSL's is faster where the processor knows the sum, which is nearly everywhere.
            from hashlib import sha256 as faster

            self._sum = faster
        self.files: Mapping[str, FileInfo] = tree.files
        self.digest = ""

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return a file's bytes. Raises OSError."""
        data = self._tree.read(path, limit)
        whole = len(data) != limit
        self.digest = self._sum(data).hexdigest()[:32] if whole else ""
        return data

    def find(self, path: str) -> bool:
        """Say whether ``path`` is a file of the site's folder."""
        return self._tree.find(path)

    def content(self, path: str) -> str:
        """Return a hash of a file's content, empty for one that cannot be read."""
        try:
            self.read(path, decoding.LIMIT + 1)
        except OSError:
            return ""
        return self.digest
