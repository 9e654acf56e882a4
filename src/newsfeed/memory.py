"""What one build knows from earlier ones: articles that have not changed, files that still stand.

The law: with a memory, with none, or with a damaged one, a build gives the same bytes and says the
same. So nothing is taken for unchanged that size and times alone do not prove, and whatever an
output is made of is part of the key that it is remembered by.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path

from newsfeed import decoding, files, parallel
from newsfeed.cache import Cache
from newsfeed.config import Config
from newsfeed.model import FileInfo, Tree
from newsfeed.reading import Article, Reader, articles
from newsfeed.rows import BETWEEN, article_of, row_of

_PLAIN, _NOTED = "0", "1"
Found = tuple[str, str, str, str]
"""A path, a hash of the file's content, and the two lines of its row, empty for one that has none."""


class Memory:
    """What is remembered of a site's articles, and of the files that were published at ``dest``."""

    def __init__(self, cache: Cache, dest: Path) -> None:
        self.fingerprint = cache.fingerprint
        self._cache = cache
        self._dest = os.path.realpath(dest)
        self._before = self._load()
        self._stamps: dict[str, tuple[str, str]] | None = None
        self._lines: dict[str, list[str]] = {}
        self._published: dict[str, tuple[str, str]] = {}
        self._changed = False
        self._files: Mapping[str, FileInfo] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing is remembered of any article."""
        return not self._before

    def articles(self, tree: Tree, config: Config, jobs: int) -> dict[str, Article]:
        """Return every article of ``tree``; those that changed are read, by ``jobs`` processes."""
        self._files = tree.files
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

    def note(self, path: str) -> str | None:
        """Return what is known of an article's body, empty for nothing of note, None for unknown."""
        line = self._lines.get(path)
        if line is None or not line[3]:
            return None
        return "" if line[3] == _PLAIN else self._cache.find("facts", path, line[2])

    def whole_note(self, path: str) -> str | None:
        """Return all that was noted of an article's body, None where it was lost."""
        return self._cache.find("facts", path, self.digest(path))

    def add_note(self, path: str, note: str, *, plain: bool) -> None:
        """Remember what is known of an article's body; ``plain`` says that it is nothing of note."""
        line = self._lines.get(path)
        if line is not None:
            self._lines[path] = [*line[:3], _PLAIN if plain else _NOTED, line[4]]
            self._cache.add("facts", note, path, line[2])
            self._changed = True

    def file(self, path: str) -> str | None:
        """Return what stands for the content of a file, None where its times prove nothing."""
        info = self._files.get(path)
        return _stat(info) if info is not None and self._cache.is_old(info) else None

    def size(self, path: str) -> tuple[int | None, int | None] | None:
        """Return a picture's size in pixels, None where it is not known."""
        stat = self.file(path)
        text = self._cache.find("sizes", path, stat) if stat else None
        if text is None:
            return None
        width, _, height = text.partition(" ")
        return (int(width), int(height)) if height else (None, None)

    def add_size(self, path: str, size: tuple[int | None, int | None]) -> None:
        """Remember a picture's size."""
        if stat := self.file(path):
            width, height = size
            text = "" if width is None or height is None else f"{width} {height}"
            self._cache.add("sizes", text, path, stat)

    def widths(self, path: str) -> tuple[int, ...] | None:
        """Return the widths of a picture's smaller forms, None where they are not known."""
        stat = self.file(path)
        text = self._cache.find("sizes", path, stat, "widths") if stat else None
        return None if text is None else tuple(map(int, text.split()))

    def add_widths(self, path: str, widths: tuple[int, ...]) -> None:
        """Remember the widths of a picture's smaller forms."""
        if stat := self.file(path):
            self._cache.add("sizes", " ".join(map(str, widths)), path, stat, "widths")

    def stands(self, path: str, key: str) -> bool:
        """Say whether the published file at ``path`` is whole and was made under ``key``."""
        if self._stamps is None:
            self._stamps = self._load_stamps()
        known = self._stamps.get(path)
        if known is None or known[0] != key:
            return False
        try:
            return known[1] == files.stamp(os.stat(os.path.join(self._dest, path)))
        except OSError:
            return False

    def said(self, path: str, key: str) -> str | None:
        """Return what `add_said` was told of the output at ``path`` made under ``key``, or None."""
        found, _, text = (self._cache.find("whole", "said", path) or "").partition("\n")
        return text if found == key else None

    def add_said(self, path: str, key: str, text: str) -> None:
        """Remember what there was to say when the output at ``path`` was made under ``key``."""
        self._cache.add("whole", f"{key}\n{text}", "said", path)

    def published(self, result: files.Published) -> None:
        """Remember under which key each file was published.

        A file that was written within this very tick of the clock may change once more within it.
        """
        before = self._stamps or {}
        now = self._cache.tick()
        for path, key in result.keys.items():
            stamp = result.stamps.get(path)
            if stamp is None:
                self._published[path] = (key, before[path][1])
            elif int(stamp.split()[1]) < now:
                self._published[path] = (key, stamp)

    def save(self) -> None:
        """Write what this build learned."""
        if self._published and self._published != self._stamps:
            lines = (BETWEEN.join((path, *pair)) for path, pair in self._published.items())
            self._cache.add("whole", "\n".join(lines), "outputs", self._dest)
        if self._changed:
            text = "\n".join(map(BETWEEN.join, self._lines.values()))
            self._cache.add("whole", text, "articles")
        self._cache.save({path: line[2] for path, line in self._lines.items()})

    def _load(self) -> dict[str, list[str]]:
        text = self._cache.find("whole", "articles")
        if not text:
            return {}
        return {line[0]: line for each in text.split("\n") if (line := each.split(BETWEEN, 4))}

    def _load_stamps(self) -> dict[str, tuple[str, str]]:
        """Return key and stamp of each published file that has not been touched for a while."""
        text = self._cache.find("whole", "outputs", self._dest)
        lines = (each.split(BETWEEN) for each in text.split("\n")) if text else ()
        return {path: (key, stamp) for path, key, stamp in lines}

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
    for part in parallel.batches(_reader, (tree, config), waiting, jobs):
        yield from part


def _reader(given: tuple[Tree, Config]) -> Callable[[Sequence[tuple[str, str]]], list[Found]]:
    tree, config = given
    return partial(_read, Reader(config), _Seen(tree))


def _read(reader: Reader, tree: _Seen, waiting: Sequence[tuple[str, str]]) -> list[Found]:
    return [_found(reader, tree, path, known) for path, known in waiting]


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


def _stat(info: FileInfo) -> str:
    return f"{info.size} {info.mtime} {info.changed}"
