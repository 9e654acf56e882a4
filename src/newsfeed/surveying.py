"""Looks at the disk in processes of their own, while this one loads what it may need."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from newsfeed import defaults, parallel, scanning
from newsfeed.config import Config
from newsfeed.diagnostics import NewsfeedError
from newsfeed.memory import Few, Memory
from newsfeed.scanning import Listing

TEMPLATES = "templates"


class Sources(NamedTuple):
    """What a site is made of: the ``listing`` of its tree.

    ``sound`` says that the tree has no problems. ``few`` is what changed since the last build, where
    that is little; None where more did, or nothing is known.
    """

    listing: Listing
    sound: bool
    few: Few | None


class Survey:
    """What lies below ``root`` in ``folders`` and ``templates``, and what of outputs is lost.

    ``memory`` knows what lay there, ``config`` gives the settings. It begins when it is made, where
    processes can be forked; otherwise when one asks.
    """

    def __init__(
        self, memory: Memory, root: Path, folders: Sequence[str], config: Callable[[], Config]
    ) -> None:
        self._sources = parallel.Begun(_sources, (memory, root, folders, config))
        self._beside = parallel.Begun(_beside, (memory, root))

    @cached_property
    def sources(self) -> Sources:
        """What the site is made of."""
        listing, sound, few = self._sources.result()
        return Sources(listing, sound, None if few is None else Few(*few))

    @cached_property
    def templates(self) -> str:
        """What stands for the content of all templates."""
        return self._seen_beside[0]

    @cached_property
    def lost(self) -> frozenset[str]:
        """The paths of outputs that do not stand as they were published."""
        return frozenset(self._seen_beside[1])

    @cached_property
    def _seen_beside(self) -> tuple[str, list[str]]:
        return self._beside.result()

    @property
    def is_done(self) -> bool:
        """Whether it is known what the site is made of."""
        return self._sources.is_done

    def close(self) -> None:
        """Let go of what nobody asked for."""
        self._sources.close()
        self._beside.close()


_Given = tuple[Memory, Path, Sequence[str], Callable[[], Config]]


def _sources(given: _Given) -> tuple[Listing, bool, tuple[dict[str, str], ...] | None]:
    memory, root, folders, config = given
    tree = scanning.scan(root, folders)
    try:
        few = memory.few(tree, config)
    except NewsfeedError:
        few = None  # what is wrong with the settings is said by who needs them
    return tree.listing, not tree.problems, None if few is None else tuple(few)


def _beside(given: tuple[Memory, Path]) -> tuple[str, list[str]]:
    memory, root = given
    return defaults.fingerprint(os.path.join(root, TEMPLATES)), list(memory.lost())
