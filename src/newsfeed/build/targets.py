"""Targets: each file to publish has a key, a hash of all that it is made of.

A file that stands in the output folder as it was published, under the same key, is not made again;
what was wrong with it is said again. A key covers the path, the code, the libraries, the settings and
the templates (together: the ground), and what the file shows of articles.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.build.cache import PUBLISHED, Cache, Step
from newsfeed.build.publish import Publication
from newsfeed.build.result import Result
from newsfeed.content.scan import stamp
from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Output
from newsfeed.text.hashing import hashed

_PATIENCE = 10
"""Milliseconds that are worth waiting for a file's time to be past."""
_YOUNG = (-1, -1, -1)
"""Stands for the stamp of a file that may change once more within the same tick of the clock."""


class Published(Struct, frozen=True, array_like=True):
    """A file that was published: the key that it was made under, empty for none, its stamp, and
    what was wrong with it."""

    path: str
    key: str
    stamp: tuple[int, int, int]
    problems: tuple[Diagnostic, ...] = ()


class Standing:
    """Knows which files in the output folder ``dest`` are still as published."""

    def __init__(self, cache: Cache | None, dest: str) -> None:
        self._cache = cache
        self._dest = dest
        self._lost: frozenset[str] | None = None
        self._published: Step[Published] | None = None
        if cache is not None:
            self._published = cache.step(f"{PUBLISHED}{os.path.realpath(dest)}", Published)
        self._known: Mapping[str, Published] = self._published.values if self._published else {}

    @property
    def any(self) -> bool:
        """Whether anything may stand at all."""
        return bool(self._known)

    def lost(self) -> list[str]:
        """Return the paths of what was published and does not stand as it was."""
        return [path for path, each in self._known.items() if not self._is_whole(path, each)]

    def miss(self, lost: Iterable[str]) -> None:
        """Note which outputs are ``lost``, so that no file is checked again."""
        self._lost = frozenset(lost)

    def find(self, path: str, key: str) -> Published | None:
        """Return the file at ``path`` if it is whole and was made under ``key``."""
        known = self._known.get(path)
        if known is None or known.key != key:
            return None
        if self._lost is not None:
            return known if path not in self._lost else None
        return known if self._is_whole(path, known) else None

    def _is_whole(self, path: str, known: Published) -> bool:
        try:
            return known.stamp == stamp(os.stat(f"{self._dest}/{path}"))
        except OSError:
            return False

    def learn(self, done: Publication, said: Mapping[str, tuple[Diagnostic, ...]]) -> None:
        """Remember what was published, under which key; ``said`` is what was wrong with it, by path."""
        if self._published is None:
            return
        latest = max((mtime for _, mtime, _ in done.stamps.values()), default=0)
        now = self._tick(latest)
        for path, made in done.stamps.items():
            shown = _YOUNG if made[1] >= now else made
            key = done.keys.get(path, "")
            self._published.put(Published(path, key, shown, said.get(path, ())))
        for path, key in done.keys.items():
            if path not in done.stamps and self._known[path].key != key:
                self._published.put(
                    replace(self._known[path], key=key, problems=said.get(path, ()))
                )
        self._published.keep(done.paths)

    def _tick(self, latest: int) -> int:
        """Return the instant by the clock of files, past ``latest`` where that comes soon."""
        assert self._cache is not None
        now = self._cache.tick()
        for _ in range(_PATIENCE):
            if now > latest:
                break
            time.sleep(0.001)
            now = self._cache.tick()
        return now


class Ground:
    """Makes targets that share what they are made of: ``parts``, beside what each has of its own."""

    def __init__(self, standing: Standing, result: Result, *parts: str) -> None:
        self._standing = standing
        self._result = result
        self._parts = hashed(parts)

    def key(self, path: str, made_of: Iterable[str | None]) -> str | None:
        """Return the key of the output at ``path``, None where some of its parts is not known."""
        parts = [self._parts, path]
        for part in made_of:
            if part is None:
                return None
            parts.append(part)
        return hashed(parts)

    def stands(self, path: str, key: str | None) -> bool:
        """Say whether the file at ``path`` is what ``key`` stands for, and say again what is wrong."""
        known = self._standing.find(path, key) if key is not None else None
        if known is None:
            return False
        if known.problems:
            self._result.problems += known.problems
        return True

    def all_stand(self, keys: Mapping[str, str | None]) -> bool:
        """Say whether every output of ``keys`` stands under its key, and say again what is wrong."""
        if not all(key and self._standing.find(path, key) for path, key in keys.items()):
            return False
        for path, key in keys.items():
            self.stands(path, key)
        return True

    def output(
        self, path: str, made_of: Callable[[], Iterable[str | None]], make: Callable[[], Output]
    ) -> Output:
        """Return the output at ``path`` without its bytes if it stands, otherwise as ``make`` makes it."""
        key = self.key(path, made_of())
        if self.stands(path, key):
            return Output(path=path, key=key)
        # What was not known before may be known once the output is made.
        made = make()
        return replace(made, key=key or self.key(path, made_of()))
