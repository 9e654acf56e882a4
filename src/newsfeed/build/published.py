"""What is remembered of the files that were published: which still stand, and what they were made of."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Set
from functools import cached_property

from newsfeed.build import publish
from newsfeed.build.cache import YOUNG, Cache
from newsfeed.build.chunks import Chunks
from newsfeed.build.rows import BETWEEN
from newsfeed.content import scan

_PATIENCE = 10
"""Milliseconds that are worth waiting for a file's time to be past."""


class Outputs:
    """The files that builds published at ``dest``; satisfies `standing.Outputs`.

    The line of one is its path, the key that it was made under, empty for none, and what tells its
    file from a later one.
    """

    def __init__(self, cache: Cache, dest: str) -> None:
        self._cache = cache
        self._dest = dest
        self._known = Chunks(cache, "outputs", dest)
        self._lost: Set[str] | None = None
        self._kept: tuple[dict[str, str], list[str]] | None = None

    @property
    def token(self) -> str:
        """What stands for all that is remembered; empty for nothing."""
        return self._known.token

    @property
    def any(self) -> bool:
        """Whether anything is remembered."""
        return bool(self.token)

    def lost(self) -> Iterator[str]:
        """Yield the paths of what was published and does not stand as it was. Raises Lost."""
        for path, line in self._known.lines(whole=True):
            if not self._is_whole(path, line.rpartition(BETWEEN)[2]):
                yield path

    def miss(self, lost: Set[str]) -> None:
        """Know which outputs are ``lost``, so that none is looked at once more."""
        self._lost = lost

    def stands(self, path: str, key: str) -> bool:
        """Say whether the published file at ``path`` is whole and was made under ``key``."""
        known = self._published.get(path)
        return known is not None and known[0] == key and self._is_whole(path, known[1])

    @cached_property
    def _published(self) -> dict[str, tuple[str, str]]:
        """The key and the stamp of each output, by its path."""
        found = {}
        for path, line in self._known.lines():
            _, key, stamp = line.split(BETWEEN)
            found[path] = (key, stamp)
        return found

    def _is_whole(self, path: str, stamp: str) -> bool:
        if self._lost is not None:
            return path not in self._lost
        try:
            return stamp == scan.stamp(os.stat(f"{self._dest}/{path}"))
        except OSError:
            return False

    def said(self, path: str, key: str) -> str | None:
        """Return what `add_said` was told of the output at ``path`` made under ``key``, or None."""
        found, _, text = (self._cache.find("whole", "said", path) or "").partition("\n")
        return text if found == key else None

    def add_said(self, path: str, key: str, text: str) -> None:
        """Remember what there was to say when the output at ``path`` was made under ``key``."""
        self._cache.add("whole", f"{key}\n{text}", "said", path)

    def learn(self, result: publish.Published) -> None:
        """Remember what was published, and under which key.

        A file that was written within this very tick of the clock may change once more within it.
        """
        latest = max((int(each.split(" ")[1]) for each in result.stamps.values()), default=0)
        now = self._tick(latest)
        lines: dict[str, str] = {}
        for path, stamp in result.stamps.items():
            shown = YOUNG if int(stamp.split(" ")[1]) >= now else stamp
            lines[path] = BETWEEN.join((path, result.keys.get(path, ""), shown))
        gone: list[str] = []
        if not result.partial:
            known = self._published
            for path, key in result.keys.items():
                if path not in lines and known[path][0] != key:
                    lines[path] = BETWEEN.join((path, key, known[path][1]))
            gone = [path for path in known if path not in result.paths and path not in lines]
        self._kept = (lines, gone)

    def _tick(self, latest: int) -> int:
        """Return the instant by the clock of files, past ``latest`` where that comes soon."""
        now = self._cache.tick()
        for _ in range(_PATIENCE):
            if now > latest:
                break
            time.sleep(0.001)
            now = self._cache.tick()
        return now

    def keep(self) -> bool | None:
        """Keep what was learned, None for nothing; say whether all outputs are known."""
        return None if self._kept is None else self._known.renew(*self._kept)
