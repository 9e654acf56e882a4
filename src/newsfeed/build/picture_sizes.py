"""The sizes of pictures, remembered while their files are untouched."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.build.cache import Cache
from newsfeed.model import Tree
from newsfeed.site.library import Size

_MOST = 100_000
"""How many pictures are remembered: above that all are measured anew."""


class Measured(Struct, frozen=True, kw_only=True, array_like=True):
    """What is known of the picture at ``path`` while its size and times are the ``key``.

    ``width`` and ``height`` are pixels, both None for a picture that does not tell; ``widths`` those
    of its smaller forms. What was not asked yet is not ``sized`` or not ``scaled``.
    """

    path: str
    key: tuple[int, int, int]
    sized: bool = False
    width: int | None = None
    height: int | None = None
    scaled: bool = False
    widths: tuple[int, ...] = ()


class Pictures:
    """What ``cache`` knows of the pictures of ``tree``; satisfies `library.Sizes` and `variants.Known`."""

    def __init__(self, cache: Cache, tree: Tree) -> None:
        self._cache = cache
        self._tree = tree
        self._known = cache.step("picture", Measured)
        if len(self._known.values) > _MOST:
            self._known.keep(frozenset())

    def size(self, path: str) -> Size | None:
        """Return a picture's size in pixels, None where it is not known."""
        known = self._found(path)
        return (known.width, known.height) if known is not None and known.sized else None

    def add_size(self, path: str, size: Size) -> None:
        """Remember a picture's size."""
        known = self._found(path) or self._fresh(path)
        if known is not None:
            self._known.put(replace(known, sized=True, width=size[0], height=size[1]))

    def widths(self, path: str) -> tuple[int, ...] | None:
        """Return the widths of a picture's smaller forms, None where they are not known."""
        known = self._found(path)
        return known.widths if known is not None and known.scaled else None

    def add_widths(self, path: str, widths: tuple[int, ...]) -> None:
        """Remember the widths of a picture's smaller forms."""
        known = self._found(path) or self._fresh(path)
        if known is not None:
            self._known.put(replace(known, scaled=True, widths=widths))

    def _found(self, path: str) -> Measured | None:
        known, info = self._known.get(path), self._tree.info(path)
        if known is None or info is None or tuple(info) != known.key:
            return None
        return known

    def _fresh(self, path: str) -> Measured | None:
        """Return what is known of a picture that nobody measured, None where its times prove nothing."""
        info = self._tree.info(path)
        if info is None or not self._cache.is_old(info):
            return None
        return Measured(path=path, key=(info.size, info.mtime, info.changed))
