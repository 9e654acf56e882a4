"""What one build knows from earlier ones: articles that have not changed, files that still stand.

The law: with a memory, with none, or with a damaged one, a build gives the same bytes and says the
same. So nothing is taken for unchanged that size and times alone do not prove, and whatever an
output is made of is part of the key that it is remembered by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b

from newsfeed import decoding, parallel
from newsfeed.cache import Cache
from newsfeed.config import Config
from newsfeed.model import FileInfo, Tree
from newsfeed.reading import Article, Reader, articles
from newsfeed.rows import BETWEEN, article_of, row_of

Found = tuple[str, str, str, str]
"""A path, a hash of the file's content, and the two lines of its row, empty for one that has none."""


class Memory:
    """What is remembered of a site's articles, and of the files that were published."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._before = self._load()
        self._lines: dict[str, list[str]] = {}
        self._changed = False

    def articles(self, tree: Tree, config: Config, jobs: int) -> dict[str, Article]:
        """Return every article of ``tree``; those that changed are read, by ``jobs`` processes."""
        reader = Reader(config)
        rest = partial(self._rest, reader, tree)
        found: dict[str, Article] = {}
        waiting: list[tuple[str, str]] = []
        for path in articles(tree, config, known=self._before):
            line = self._before.get(path)
            if line is not None and line[1] == _stat(tree.files[path]):
                found[path] = article_of(path, line[4], rest)
                self._lines[path] = line
            else:
                waiting.append((path, line[2] if line else ""))
        self._changed = bool(waiting) or len(self._lines) != len(self._before)
        for path, digest, slim, second in read(waiting, tree, config, jobs):
            before = self._before.get(path)
            facts = before[3] if before and before[2] == digest else ""
            if digest and not slim and before:
                slim = before[4]
            elif slim:
                self._cache.add("rests", second, path, digest)
            if not slim or not digest:
                found[path] = reader.file(tree, path)
                continue
            old = self._cache.is_old(tree.files[path])
            stat = _stat(tree.files[path]) if old else ""
            self._lines[path] = [path, stat, digest, facts, slim]
            found[path] = article_of(path, slim, second or rest)
        return found

    def digest(self, path: str) -> str:
        """Return a hash of an article's content, empty where it is not known."""
        line = self._lines.get(path)
        return line[2] if line else ""

    def save(self) -> None:
        """Write what this build learned."""
        if self._changed:
            text = "\n".join(map(BETWEEN.join, self._lines.values()))
            self._cache.add("whole", text, "articles")
        self._cache.save({path: line[2] for path, line in self._lines.items()})

    def _load(self) -> dict[str, list[str]]:
        text = self._cache.find("whole", "articles")
        if not text:
            return {}
        return {line[0]: line for each in text.split("\n") if (line := each.split(BETWEEN, 4))}

    def _rest(self, reader: Reader, tree: Tree, path: str) -> str:
        """Return the second line of an article's row, made anew where it is lost."""
        rest = self._cache.find("rests", path, self.digest(path))
        if rest is None:
            row = row_of(reader.file(tree, path))
            rest = row[1] if row is not None else ""
        return rest


def read(
    waiting: Sequence[tuple[str, str]], tree: Tree, config: Config, jobs: int
) -> Iterator[Found]:
    """Yield what is found in the files that are ``waiting``: paths, each with a known content.

    The row of a file that has that content still is empty.
    """
    if not waiting:
        return
    jobs = jobs if len(waiting) >= parallel.WORTH else 1
    for part in parallel.shared(partial(_read, tree, config), waiting, jobs):
        yield from part


def _read(tree: Tree, config: Config, waiting: Sequence[tuple[str, str]]) -> list[Found]:
    reader = Reader(config)
    seen = _Seen(tree)
    return [_found(reader, seen, path, known) for path, known in waiting]


def _found(reader: Reader, tree: _Seen, path: str, known: str) -> Found:
    if known and tree.files[path].size <= decoding.LIMIT and tree.content(path) == known:
        return path, known, "", ""
    tree.digest = ""
    row = row_of(reader.file(tree, path))
    return (path, tree.digest, *(row or ("", "")))


class _Seen:
    """A tree that notes what content it last gave."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.digest = ""

    @property
    def files(self) -> Mapping[str, FileInfo]:
        return self._tree.files

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return a file's bytes. Raises OSError."""
        data = self._tree.read(path, limit)
        self.digest = blake2b(data, digest_size=16).hexdigest()
        return data

    def content(self, path: str) -> str:
        """Return a hash of a file's content, empty for one that cannot be read."""
        try:
            self.read(path)
        except OSError:
            return ""
        return self.digest


def _stat(info: FileInfo) -> str:
    return f"{info.size} {info.mtime} {info.changed}"
