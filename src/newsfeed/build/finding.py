"""Reads articles for those who remember them: their lines, made by several processes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newsfeed.build import pool
from newsfeed.build.rows import BETWEEN, row_of
from newsfeed.config import Config
from newsfeed.content.reading import Article
from newsfeed.model import Tree
from newsfeed.text.hashing import sha256

if TYPE_CHECKING:
    from newsfeed.build.steady import Marker
    from newsfeed.content.reading.reader import Reader

PATH, DIGEST, SECOND, MARKS, SLIM = range(5)
"""The fields of an article's line: its path, a hash of its content, the second line of its row, the
marks of its item, the first line of its row."""
SAME, NO_LINE = "", "-"
"""Stand for the line of a file that has the known content still, and of one that can have none."""
TOGETHER = 64
"""How many files a text of `read` tells of at most: their lines make up a chunk of the cache."""
_AT_HAND = 1 << 20
"""How many bytes of files are held at once, give or take a file."""


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
    import newsfeed.build.steady
    import newsfeed.content.reading.reader  # noqa: F401

    given = (tree, config, len(waiting) >= pool.WORTH)
    return pool.batches(_reader, given, waiting, jobs, size=TOGETHER, meanwhile=meanwhile)


def _reader(given: tuple[Tree, Config, bool]) -> Callable[[Sequence[tuple[str, str]]], str]:
    from newsfeed.build.steady import Marker
    from newsfeed.content.reading.reader import Reader

    tree, config, many = given
    hasher = sha256
    if many:
        # OpenSSL's is faster where the processor knows the sum, which is nearly everywhere.
        from hashlib import sha256 as hasher
    return functools.partial(_read, Reader(config), Marker(config), tree, hasher)


def _read(
    reader: Reader,
    marker: Marker,
    tree: Tree,
    hasher: Callable[[bytes], Any],
    waiting: Sequence[tuple[str, str]],
) -> str:
    """Return the lines of what is ``waiting``: each step for many of them, and then the next."""
    from newsfeed.content.reading.reader import content

    lines: list[str] = []
    found: list[tuple[str, str, bytes | Article]] = []
    size = 0
    for path, known in waiting:
        data = content(tree, path)
        found.append((path, known, data))
        size += len(data) if isinstance(data, bytes) else 0
        if size > _AT_HAND:
            lines += _lines(reader, marker, hasher, found)
            found, size = [], 0
    return "\n".join([*lines, *_lines(reader, marker, hasher, found)])


def _lines(
    reader: Reader,
    marker: Marker,
    hasher: Callable[[bytes], Any],
    found: Sequence[tuple[str, str, bytes | Article]],
) -> list[str]:
    """Return the line of each of ``found``: a path, its known content, and what it holds."""
    digests = [
        hasher(data).hexdigest()[:32] if isinstance(data, bytes) else "" for _, _, data in found
    ]
    fresh = [
        (path, data, digest)
        for (path, known, data), digest in zip(found, digests, strict=True)
        if isinstance(data, bytes) and digest != known and holds(path)
    ]
    articles = reader.articles([(path, data) for path, data, _ in fresh])
    rows = list(map(row_of, articles))
    marks = [_marks(marker, article) for article in articles]
    lines = {
        path: BETWEEN.join((path, digest, row[1], mark, row[0])) if row is not None else NO_LINE
        for (path, _, digest), row, mark in zip(fresh, rows, marks, strict=True)
    }
    return [
        lines.get(path, SAME if known and digest == known else NO_LINE)
        for (path, known, _), digest in zip(found, digests, strict=True)
    ]


def _marks(marker: Marker, article: Article) -> str:
    item = article.item
    return marker.marks(item.title, item.slug, item.published) if item is not None else ""
