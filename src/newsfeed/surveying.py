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
    """What a site is made of: the ``listing`` of its tree, a hash of all templates.

    ``sound`` says that the tree has no problems. ``few`` is what changed since the last build, where
    that is little; None where more did, or nothing is known.
    """

    listing: Listing
    templates: str
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
        self._lost = parallel.Begun(_lost, memory)

    @cached_property
    def sources(self) -> Sources:
        """What the site is made of."""
        listing, templates, sound, few = self._sources.result()
        return Sources(listing, templates, sound, None if few is None else Few(*few))

    @cached_property
    def lost(self) -> frozenset[str]:
        """The paths of outputs that do not stand as they were published."""
        return frozenset(self._lost.result())

    @property
    def is_done(self) -> bool:
        """Whether it is known what the site is made of."""
        return self._sources.is_done

    def close(self) -> None:
        """Let go of what nobody asked for."""
        self._sources.close()
        self._lost.close()


_Given = tuple[Memory, Path, Sequence[str], Callable[[], Config]]


def _sources(given: _Given) -> tuple[Listing, str, bool, tuple[dict[str, str], ...] | None]:
    memory, root, folders, config = given
    tree = scanning.scan(root, folders)
    try:
        few = memory.few(tree, config)
    except NewsfeedError:
        few = None  # what is wrong with the settings is said by who needs them
    templates = defaults.fingerprint(os.path.join(root, TEMPLATES))
    return tree.listing, templates, not tree.problems, None if few is None else tuple(few)


def _lost(memory: Memory) -> list[str]:
    return list(memory.lost())
