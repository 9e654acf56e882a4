"""What one build knows from earlier ones: articles that have not changed, files that still stand.

The law: with a memory, with none, or with a damaged one, a build gives the same bytes and says the
same. So nothing is taken for unchanged that size and times alone do not prove, and whatever an
output is made of is part of the key that it is remembered by.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from newsfeed import decoding, files, parallel
from newsfeed.cache import Cache
from newsfeed.config import Config
from newsfeed.ledger import Ledger, hashed
from newsfeed.model import FileInfo, Item, Tree
from newsfeed.reading import Article, articles
from newsfeed.rows import BETWEEN, article_of, item_of, row_of

if TYPE_CHECKING:
    from newsfeed.reading.reader import Reader

_PLAIN, _NOTED = "0", "1"
Found = tuple[str, str, str, str]
"""A path, a hash of the file's content, and the two lines of its row, empty for one that has none."""


class Memory:
    """What is remembered of a site's articles, and of the files that were published at ``dest``."""

    def __init__(self, cache: Cache, dest: Path) -> None:
        self.fingerprint = cache.fingerprint
        self.edited: dict[str, str] = {}
        self._cache = cache
        self._dest = os.path.realpath(dest)
        self._articles = Ledger(cache, "articles")
        self._outputs = Ledger(cache, "outputs", self._dest)
        # A line of an article: its path, what its file's size and times were, a hash of its content,
        # what is known of its body, the first line of its row. The last two of an output: the key
        # that it was made under, and what tells its file from a later one.
        self._lines: dict[str, list[str]] = {}
        self._unread: dict[str, Article] = {}
        self._seconds: dict[str, str] = {}
        self._published: dict[str, list[str]] | None = None
        self._frame: tuple[str, str] | None = None
        self._files: Mapping[str, FileInfo] = {}
        self._tree: Tree | None = None
        self._config: Config | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is remembered of any article."""
        return not self._articles.lines

    def refresh(self, tree: Tree, config: Config, jobs: int) -> None:
        """Learn what every article of ``tree`` says; those that changed are read, by ``jobs`` processes.

        ``edited`` are then the articles whose content is another one, each with the hash of the
        former content, empty for one that is new.
        """
        self._tree, self._config, self._files = tree, config, tree.files
        before = self._articles.lines
        waiting: list[tuple[str, str]] = []
        for path in articles(tree, config, known=before):
            line = before.get(path)
            if line is not None and line[1] == _stat(tree.files[path]):
                self._lines[path] = line
            else:
                waiting.append((path, line[2] if line else ""))
        if not waiting:
            return
        for path, digest, slim, second in read(waiting, tree, config, jobs):
            line = before.get(path)
            known = line is not None and line[2] == digest
            if not known:
                self.edited[path] = line[2] if line else ""
            if known and not slim and line is not None:
                slim = line[4]
            elif slim and digest:
                self._cache.add("rests", second, path, digest)
                self._seconds[path] = second
            if not slim or not digest:
                self._unread[path] = self._reader().file(tree, path)
                continue
            stat = _stat(tree.files[path]) if self._cache.is_old(tree.files[path]) else ""
            self._lines[path] = [path, stat, digest, line[3] if known and line else "", slim]
        self._lines = dict(sorted(self._lines.items()))

    def articles(self) -> dict[str, Article]:
        """Return every article that `refresh` learned of."""
        rest, seconds = self._rest, self._seconds
        found = {
            path: article_of(path, line[4], seconds.get(path) or rest)
            for path, line in self._lines.items()
        }
        return found | self._unread

    def troubled(self) -> dict[str, Article]:
        """Return the articles that have problems, or give no item."""
        return {
            path: article_of(path, line[4], self._rest)
            for path, line in self._lines.items()
            if line[4][0] != "+"
        } | self._unread

    def items(self, settled: Sequence[str]) -> list[Item]:
        """Return the items of all articles by path; ``settled`` is what `settled_row` wrote of each."""
        rest = self._rest
        slims = [(path, line[4]) for path, line in self._lines.items() if line[4] != "-"]
        return [
            item_of(path, slim, rest, own) for (path, slim), own in zip(slims, settled, strict=True)
        ]

    def paths(self) -> Set[str]:
        """Return the paths of all articles."""
        return self._lines.keys() | self._unread.keys()

    def frame(self) -> tuple[str, str] | None:
        """Return what the last build that published here noted of all articles, as it wrote it."""
        head = self._cache.find("whole", "frame", self._dest)
        return (head, self._cache.find("whole", "plan", self._dest) or "") if head else None

    def add_frame(self, head: str, body: str | None) -> None:
        """Note what holds of all articles; ``body`` is None where it is what it was."""
        self._frame = (head, body or "")

    def rows(self) -> str:
        """Return a text that stands for all that the articles say, but for their bodies."""
        return (
            ""
            if self._unread
            else hashed(
                [
                    f"{path}{line[4].rpartition(BETWEEN)[0] or line[4]}"
                    for path, line in self._lines.items()
                ]
            )
        )

    def content(self, *, before: bool = False) -> str:
        """Return a text that stands for the content of all articles, or for what it was before."""
        lines = self._articles.lines if before else self._lines
        return hashed([line[2] for line in lines.values()])

    def second(self, path: str, digest: str) -> str | None:
        """Return the second line of the row of an article with the content ``digest``."""
        return self._cache.find("rests", path, digest)

    def sketch(self, path: str) -> str:
        """Return the sketch of an article as the lock writes it, empty for none."""
        return self._lines[path][4].rpartition(BETWEEN)[2]

    def title(self, path: str) -> str:
        """Return the title of an article as its row has it, empty for one that gives no item."""
        slim = self._lines[path][4]
        return slim.split(BETWEEN, 2)[1] if slim != "-" else ""

    def titled(self, title: str) -> int:
        """Return how many articles bear a title."""
        start = f"{BETWEEN}{title}{BETWEEN}"
        return sum(line[4].startswith(start, 1) for line in self._lines.values())

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

    def whole_note(self, path: str, digest: str = "") -> str | None:
        """Return all that was noted of an article's body, None where it was lost."""
        return self._cache.find("facts", path, digest or self.digest(path))

    def add_note(self, path: str, note: str, *, plain: bool) -> None:
        """Remember what is known of an article's body; ``plain`` says that it is nothing of note."""
        line = self._lines.get(path)
        if line is not None:
            self._lines[path] = [*line[:3], _PLAIN if plain else _NOTED, line[4]]
            self._cache.add("facts", note, path, line[2])

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
        known = self._outputs.lines.get(path)
        return known is not None and known[1] == key and self._is_whole(known)

    def standing(self, path: str) -> str | None:
        """Return the key that the published file at ``path`` was made under, None if it is not whole."""
        known = self._outputs.lines.get(path)
        return known[1] if known is not None and self._is_whole(known) else None

    def _is_whole(self, line: list[str]) -> bool:
        try:
            return line[2] == files.stamp(os.stat(f"{self._dest}/{line[0]}"))
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
        before = self._outputs.lines
        now = self._cache.tick()
        self._published = {}
        for path, key in result.keys.items():
            stamp = result.stamps.get(path)
            if stamp is None:
                known = before[path]
                self._published[path] = known if known[1] == key else [path, key, known[2]]
            elif int(stamp.split()[1]) < now:
                self._published[path] = [path, key, stamp]

    def save(self) -> None:
        """Write what this build learned."""
        if self._published is not None:
            self._outputs.save(self._published)
            if self._frame is not None:
                head, body = self._frame
                self._cache.add("whole", head, "frame", self._dest)
                if body:
                    self._cache.add("whole", body, "plan", self._dest)
        if self._tree is not None:
            self._articles.save(self._lines)
        self._cache.save({path: line[2] for path, line in self._lines.items()})

    def _reader(self) -> Reader:
        from newsfeed.reading.reader import Reader

        assert self._config is not None
        return Reader(self._config)

    def _rest(self, path: str) -> str:
        """Return the second line of an article's row, made anew where it is lost."""
        rest = self._cache.find("rests", path, self.digest(path))
        if rest is None:
            assert self._tree is not None
            row = row_of(self._reader().file(self._tree, path))
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
    from newsfeed.reading.reader import Reader

    tree, config = given
    return partial(_read, Reader(config), _Seen(tree))


def _read(reader: Reader, tree: _Seen, waiting: Sequence[tuple[str, str]]) -> list[Found]:
    return [_found(reader, tree, path, known) for path, known in waiting]


def _found(reader: Reader, tree: _Seen, path: str, known: str) -> Found:
    if known and tree.files[path].size <= decoding.LIMIT and tree.content(path) == known:
        return path, known, "", ""
    tree.digest = ""
    row = row_of(reader.briefly(tree, path))
    return (path, tree.digest, *(row or ("", "")))


class _Seen:
    """A tree that notes what content it last gave."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.files: Mapping[str, FileInfo] = tree.files
        self.digest = ""

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return a file's bytes. Raises OSError."""
        data = self._tree.read(path, limit)
        # Faster than BLAKE2 where the processor knows it, which is nearly everywhere.
        self.digest = sha256(data).hexdigest()[:32]
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
