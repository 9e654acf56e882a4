"""Looks at the disk in processes of their own, while this one loads what it may need."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from newsfeed import defaults, parallel, scanning
from newsfeed.scanning import Listing

TEMPLATES = "templates"


class Sources(NamedTuple):
    """What a site is made of: the ``listing`` of its tree, a hash of all templates.

    ``sound`` says that the tree has no problems.
    """

    listing: Listing
    templates: str
    sound: bool


class Survey:
    """What lies below ``root`` in ``folders`` and ``templates``, and in the output folder ``dest``.

    It begins when it is made, where processes can be forked; otherwise when one asks.
    """

    def __init__(self, root: Path, folders: Sequence[str], dest: Path) -> None:
        self.folders = [*folders]
        self._sources = parallel.Begun(_sources, (str(root), tuple(folders)))
        self._outputs = parallel.Begun(_outputs, str(dest))

    @cached_property
    def sources(self) -> Sources:
        """What the site is made of."""
        return Sources(*self._sources.result())

    @cached_property
    def outputs(self) -> Listing:
        """What lies in the output folder."""
        return self._outputs.result()

    @property
    def is_done(self) -> bool:
        """Whether it is known what the site is made of."""
        return self._sources.is_done

    def close(self) -> None:
        """Let go of what nobody asked for."""
        self._sources.close()
        self._outputs.close()


def _sources(given: tuple[str, Sequence[str]]) -> tuple[Listing, str, bool]:
    root, folders = given
    tree = scanning.scan(Path(root), folders)
    return tree.listing, defaults.fingerprint(os.path.join(root, TEMPLATES)), not tree.problems


def _outputs(dest: str) -> Listing:
    return scanning.outputs(Path(dest))
