"""Lines by their first field, kept in the cache in chunks: a build reads and writes those it needs.

A chunk is named by a hash of its text, and the index, which is one piece, names the chunks: whatever
two builds write at once, an index never leads to the chunk of another one. A chunk that is gone, or
damaged, has no lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from newsfeed.cache import Cache
from newsfeed.hashing import hashed

BETWEEN = "\x1f"
"""Parts the fields of a line."""
SIZE = 60_000
"""How many characters of lines a chunk has, give or take half."""


class Chunks:
    """The lines called ``name``: texts whose first field, up to `BETWEEN`, is their key.

    None holds a line's end. They are in the order of their keys.
    """

    def __init__(self, cache: Cache, *name: str) -> None:
        self._cache = cache
        self._name = name
        self._read: dict[str, dict[str, str]] = {}

    @cached_property
    def _index(self) -> list[tuple[str, str]]:
        """The key of each chunk's first line, and the chunk's name."""
        text = self._cache.find("whole", *self._name, "index")
        rows = [line.split(BETWEEN) for line in text.split("\n")] if text else []
        return [(row[0], row[1]) for row in rows if len(row) == 2]

    @property
    def token(self) -> str:
        """What stands for all lines, as the cache has them; empty for none."""
        return hashed(name for _, name in self._index) if self._index else ""

    def line(self, key: str) -> str | None:
        """Return the line of ``key``, None where there is none."""
        if not self._index:
            return None
        return self._chunk(self._index[_place(self._index, key)][1]).get(key)

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield every key with its line, in order; the chunks are not kept."""
        for _, name in self._index:
            yield from self._parsed(name).items()

    def _chunk(self, name: str) -> dict[str, str]:
        if name not in self._read:
            self._read[name] = self._parsed(name)
        return self._read[name]

    def _parsed(self, name: str) -> dict[str, str]:
        if (known := self._read.get(name)) is not None:
            return known
        text = self._cache.find("chunks", *self._name, name) if name else None
        return {line.partition(BETWEEN)[0]: line for line in text.split("\n")} if text else {}

    def update(self, lines: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        """Put ``lines``, by their keys, beside the others; the lines of ``gone`` keys are lost."""
        index = self._index or [("", "")]
        renewed: dict[int, dict[str, str]] = {}
        for key in gone:
            at = _place(index, key)
            if at not in renewed:
                renewed[at] = dict(self._parsed(index[at][1]))
            renewed[at].pop(key, None)
        for key, line in lines.items():
            at = _place(index, key)
            if at not in renewed:
                renewed[at] = dict(self._parsed(index[at][1]))
            renewed[at][key] = line
        after: list[tuple[str, str]] = []
        for at, row in enumerate(index):
            if at not in renewed:
                after.append(row)
                continue
            after += self._parts(renewed[at])
        self._keep(after)

    def _parts(self, lines: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the rows of the index for ``lines``, in one chunk or several."""
        size = sum(map(len, lines.values()))
        most = SIZE if size > 2 * SIZE else 2 * SIZE
        part: list[str] = []
        first, length = "", 0
        for key in sorted(lines):
            if part and length > most:
                yield first, self._add(part)
                part, length = [], 0
            if not part:
                first = key
            part.append(lines[key])
            length += len(lines[key])
        if part:
            yield first, self._add(part)

    def _add(self, lines: Iterable[str]) -> str:
        text = "\n".join(lines)
        name = hashed([text])
        self._cache.add("chunks", text, *self._name, name)
        return name

    def _keep(self, index: list[tuple[str, str]]) -> None:
        kept = {name for _, name in index}
        for _, name in self._index:
            if name not in kept:
                self._cache.drop("chunks", *self._name, name)
        text = "\n".join(BETWEEN.join(row) for row in index)
        self._cache.add("whole", text, *self._name, "index")
        self.__dict__["_index"] = index


def _place(index: Sequence[tuple[str, str]], key: str) -> int:
    """Return the number of the chunk where the line of ``key`` stands, or would stand."""
    return max(bisect_right(index, key, key=lambda row: row[0]) - 1, 0)
