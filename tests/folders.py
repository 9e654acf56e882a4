"""Folders of articles for tests, on disk or in memory, and all that is read of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from newsfeed.build.articles import Reading
from newsfeed.build.remembered_articles import head_of
from newsfeed.config import Config
from newsfeed.content.reading import LeftOut
from newsfeed.content.scan import DiskTree, Listing
from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Head, Item
from newsfeed.site.items import Items


class InMemory(DiskTree):
    """A site's folder in memory: ``texts`` by path; the disk refuses to read ``refused``."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        listing: Listing = {}
        for path, data in sorted(texts.items()):
            folder, _, name = path.rpartition("/")
            row = (name, len(data), 0, 0, "")
            listing[folder or "."] = (*listing.get(folder or ".", ()), row)
        super().__init__(Path(), listing)
        self.texts = texts

    def read(self, path: str, limit: int | None = None) -> bytes:
        if self.texts[path] == b"refused":
            raise PermissionError(13, "Permission denied")
        return self.texts[path][:limit]


class Found(NamedTuple):
    """The items of a folder by path, what is wrong with its articles, and the files left out."""

    items: tuple[Item, ...]
    problems: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]


def read(tree: DiskTree, config: Config) -> Found:
    """Read every article of ``tree``, as a build does that remembers nothing."""
    found = Reading(tree, config, None).articles(1)
    paths = sorted(head.path for head in found.heads)
    return Found(tuple(map(found.decode, paths)), found.problems, found.left_out)


def items_of(items: Iterable[Item], heads: Iterable[Head] | None = None) -> Items:
    """Return the table of ``items``, settled as ``heads`` say where these are given."""
    known = {item.path: item for item in items}
    return Items(map(head_of, known.values()) if heads is None else heads, known.__getitem__)
