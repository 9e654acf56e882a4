"""Looks at the disk in processes of their own, while this one loads what it may need."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsfeed.build import pool
from newsfeed.build.grounds import Lost
from newsfeed.build.memory import Few, Memory
from newsfeed.content import scan as scanning
from newsfeed.content.scan import Listing
from newsfeed.diagnostics import NewsfeedError
from newsfeed.theme import defaults

if TYPE_CHECKING:
    from newsfeed.config import Config

TEMPLATES = "templates"
Scanned = pool.Begun[tuple[str, Sequence[str]], tuple[Listing, bool]]
"""A scan that another process makes: the listing, and whether all is sound."""


class Sources(NamedTuple):
    """What a site is made of: the ``listing`` of its tree.

    ``sound`` says that the tree has no problems. ``few`` is what changed since the last build, where
    that is little; None where more did, or nothing is known.
    """

    listing: Listing
    sound: bool
    few: Few | None


class Survey:
    """What lies in a site's folder, as ``scan`` sees it, and what of its outputs is lost.

    ``memory`` knows what lay there, ``config`` gives the settings.
    """

    def __init__(
        self, memory: Memory, scan: Scanned, root: Path, config: Callable[[], Config]
    ) -> None:
        def look(what: str) -> Any:
            if what == "sources":
                return _sources(memory, scan, root, config)
            if what == "templates":
                return defaults.fingerprint(os.path.join(root, TEMPLATES))
            return _lost(memory)

        self._looks: pool.Begun[str, Any] = pool.Begun(look, "sources", "templates", "lost")

    @cached_property
    def sources(self) -> Sources:
        """What the site is made of."""
        listing, sound, few = self._looks.result()
        return Sources(listing, sound, None if few is None else Few(*few))

    @cached_property
    def templates(self) -> str:
        """What stands for the content of all templates."""
        assert self.sources  # they come first
        found: str = self._looks.result()
        return found

    @cached_property
    def lost(self) -> frozenset[str]:
        """The paths of outputs that do not stand as they were published."""
        assert self.templates  # they come first
        return frozenset(self._looks.result())

    @property
    def is_done(self) -> bool:
        """Whether it is known what the site is made of."""
        return "sources" in self.__dict__ or self._looks.is_done

    def close(self) -> None:
        """Let go of what nobody asked for."""
        self._looks.close()


def _sources(
    memory: Memory, scan: Scanned, root: Path, config: Callable[[], Config]
) -> tuple[Listing, bool, tuple[Any, ...] | None]:
    listing, sound = scan.result()
    try:
        few = memory.few(scanning.DiskTree(root, listing), config)
    except NewsfeedError:
        few = None  # what is wrong with the settings is said by who needs them
    return listing, sound, None if few is None else tuple(few)


def _lost(memory: Memory) -> list[str]:
    try:
        return list(memory.outputs.lost())
    except Lost:
        return [""]  # something that no page is
