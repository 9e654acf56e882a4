"""Lines by their first field, kept in the cache in chunks: a build reads and writes those it needs.

A chunk is named by a hash of its text, and the index, which is one piece, names the chunks. Of two
builds at once the one that comes second writes nothing (`Cache.expect`). A chunk that is gone, or
damaged, has no lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any, overload

from newsfeed.build.cache import Cache
from newsfeed.build.grounds import Lost
from newsfeed.build.rows import BETWEEN
from newsfeed.text.hashing import blake2b, hashed

_BETWEEN = BETWEEN.encode()
_AT_HAND = 100
"""How many chunks are kept in memory, those that were asked for last."""
SIZE = 60_000
"""How many characters of lines a chunk has, give or take half."""


class Chunks:
    """The lines called ``name``: texts whose first field, up to `rows.BETWEEN`, is their key.

    None holds a line's end. They are in the order of their keys.
    """

    def __init__(self, cache: Cache, *name: str) -> None:
        self._cache = cache
        self._name = name
        self._read: dict[str, dict[bytes, bytes]] = {}
        self._last: tuple[str, str | None] = ("", None)

    @cached_property
    def _index(self) -> list[tuple[str, str]]:
        """The key of each chunk's first line, and the chunk's name."""
        text = self._cache.find("whole", *self._name, "index")
        self._cache.expect(text, "whole", *self._name, "index")
        rows = [line.split(BETWEEN) for line in text.split("\n")] if text else []
        return [(row[0], row[1]) for row in rows if len(row) == 2]

    @cached_property
    def _firsts(self) -> list[str]:
        return [first for first, _ in self._index]

    @property
    def token(self) -> str:
        """What stands for all lines, as the cache has them; empty for none."""
        return hashed(name for _, name in self._index) if self._index else ""

    def line(self, key: str) -> str | None:
        """Return the line of ``key``, None where there is none."""
        if key == self._last[0]:
            return self._last[1]  # of an article two fields are asked for, one after the other
        if not self._index:
            return None
        chunk = self._chunk(self._index[_place(self._firsts, key)][1])
        data = chunk.get(key.encode("utf-8", "surrogatepass"))
        line = None if data is None else data.decode("utf-8", "surrogatepass")
        self._last = (key, line)
        return line

    def lines(self, *, whole: bool = False) -> Iterator[tuple[str, str]]:
        """Yield every key with its line, in order; the chunks are not kept.

        With ``whole`` it raises Lost where some are not there any more.
        """
        for _, name in self._index:
            chunk = self._parsed(name)
            if whole and not chunk:
                raise Lost
            yield from chunk.items()

    def _chunk(self, name: str) -> dict[bytes, bytes]:
        """Return the lines of a chunk by their keys, in UTF-8: of most of them nobody asks."""
        chunk = self._read.pop(name, None)
        if chunk is None:
            data = self._cache.data("chunks", *self._name, name)
            lines = data.split(b"\n") if data else []
            chunk = {line.partition(_BETWEEN)[0]: line for line in lines}
            if len(self._read) >= _AT_HAND:
                del self._read[next(iter(self._read))]
        self._read[name] = chunk
        return chunk

    def _parsed(self, name: str) -> dict[str, str]:
        text = self._cache.find("chunks", *self._name, name) if name else None
        return {line.partition(BETWEEN)[0]: line for line in text.split("\n")} if text else {}

    def update(self, lines: Mapping[str, str], gone: Iterable[str] = ()) -> None:
        """Put ``lines``, by their keys, beside the others; the lines of ``gone`` keys are lost.

        Raises Lost where the chunk of one is not there any more.
        """
        if not self._index:
            self.keep([*self._parts([lines[key] for key in sorted(lines)], SIZE)])
            return
        index = self._index
        firsts = [first for first, _ in index]
        renewed: dict[int, dict[str, str]] = {}

        def chunk_of(key: str) -> dict[str, str]:
            at = _place(firsts, key)
            if at not in renewed:
                renewed[at] = dict(self._parsed(index[at][1]))
                if not renewed[at]:
                    raise Lost
            return renewed[at]

        for key in gone:
            chunk_of(key).pop(key, None)
        for key, line in lines.items():
            chunk_of(key)[key] = line
        after: list[tuple[str, str]] = []
        for at, row in enumerate(index):
            if at not in renewed:
                after.append(row)
                continue
            chunk = renewed[at]
            size = sum(map(len, chunk.values()))
            most = SIZE if size > 2 * SIZE else 2 * SIZE
            after += self._parts([chunk[key] for key in sorted(chunk)], most)
        self.keep(after)

    def renew(self, lines: Mapping[str, str], gone: Sequence[str]) -> bool:
        """Update the lines, or forget all where they are not whole; say whether they were."""
        try:
            if lines or gone:
                self.update(lines, gone)
        except Lost:
            self.keep([])
            return False
        return True

    def add(self, lines: str) -> tuple[str, str]:
        """Add a chunk of ``lines``, in the order of their keys; return what `keep` is told of it."""
        data = lines.encode("utf-8", "surrogatepass")
        name = blake2b(data, digest_size=16).hexdigest()
        self._cache.add_data("chunks", data, *self._name, name)
        return lines[: lines.index(BETWEEN)], name

    def _parts(self, lines: Iterable[str], most: int) -> Iterator[tuple[str, str]]:
        """Yield what `keep` is told of each chunk made of ``lines``, of ``most`` characters or so."""
        part: list[str] = []
        length = 0
        for line in lines:
            if part and length > most:
                yield self.add("\n".join(part))
                part, length = [], 0
            part.append(line)
            length += len(line)
        if part:
            yield self.add("\n".join(part))

    def keep(self, index: list[tuple[str, str]]) -> None:
        """Keep the chunks of ``index``, in the order of their keys, in the place of all others."""
        kept = {name for _, name in index}
        for _, name in self._index:
            if name not in kept:
                self._cache.drop("chunks", *self._name, name)
        text = "\n".join(BETWEEN.join(row) for row in index)
        self._cache.add("whole", text, *self._name, "index")
        self.__dict__["_index"] = index
        self.__dict__.pop("_firsts", None)
        self._last = ("", None)


class Numbered(Sequence[str]):
    """Lines in the order of their keys, by number: those of a chunk are read when one is asked for.

    Where one is not whole any more it raises Lost.
    """

    def __init__(self, cache: Cache, *name: str) -> None:
        self._chunks = Chunks(cache, *name)
        self._name = (*name, "numbers")
        self._cache = cache
        self._parts: dict[int, list[str]] = {}

    @property
    def token(self) -> str:
        """What stands for all lines; empty for none."""
        return self._chunks.token

    @cached_property
    def _starts(self) -> list[int]:
        """The number of the first line of each chunk, and of all lines."""
        text = self._cache.find("whole", *self._name) or ""
        token, _, starts = text.partition("\n")
        return [*map(int, starts.split())] if token == self.token else [0]

    def save(self, lines: Sequence[str]) -> None:
        """Keep ``lines``, in the order of their keys, in the place of all."""
        each = max(1, SIZE * len(lines) // (sum(map(len, lines)) + 1))
        parts = [lines[at : at + each] for at in range(0, len(lines), each)]
        self._chunks.keep([self._chunks.add("\n".join(part)) for part in parts])
        starts = [0, *accumulate(map(len, parts))]
        self.__dict__["_starts"], self._parts = starts, {}
        self._cache.add("whole", f"{self.token}\n{' '.join(map(str, starts))}", *self._name)

    def number(self, key: str) -> int:
        """Return the number of the line of ``key``. Raises KeyError for none."""
        if not self._chunks._index:
            raise KeyError(key)
        at = _place(self._chunks._firsts, key)
        for number, line in enumerate(self._part(at), self._starts[at]):
            if line.startswith(key) and line[len(key) : len(key) + 1] == BETWEEN:
                return number
        raise KeyError(key)

    def _part(self, at: int) -> list[str]:
        if at not in self._parts:
            name = self._chunks._index[at][1]
            text = self._cache.find("chunks", *self._chunks._name, name)
            self._parts[at] = text.split("\n") if text else []
            if len(self._parts[at]) != self._starts[at + 1] - self._starts[at]:
                raise Lost
        return self._parts[at]

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        chunk = bisect_right(self._starts, at) - 1
        if not 0 <= chunk < len(self._starts) - 1:
            raise Lost
        return self._part(chunk)[at - self._starts[chunk]]

    def __iter__(self) -> Iterator[str]:
        for at in range(len(self._starts) - 1):
            yield from self._part(at)

    def __len__(self) -> int:
        return self._starts[-1]


def _place(firsts: Sequence[str], key: str) -> int:
    """Return the number of the chunk where the line of ``key`` stands, or would stand."""
    return max(bisect_right(firsts, key) - 1, 0)
