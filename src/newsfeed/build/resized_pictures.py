"""The smaller forms of a site's pictures, made once: kept in files that may be deleted at any time.

A file of ``.newsfeed/pictures`` holds the variants of one picture, named by a hash of its bytes, of
the widths and of Pillow's version. It is never trusted: it bears a checksum, and what is damaged is
made anew. Processes may share the folder: each file is written whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Protocol

from newsfeed import disk
from newsfeed.build.cache import FOLDER
from newsfeed.diagnostics import WorldError
from newsfeed.model import FileInfo, Tree
from newsfeed.site import resizing
from newsfeed.text.hashing import blake2b

_SUM = 16
_SPARE = 200


class Known(Protocol):
    """What remembers the widths that a picture has, as long as its file is untouched."""

    def widths(self, path: str) -> tuple[int, ...] | None: ...

    def add_widths(self, path: str, widths: tuple[int, ...]) -> None: ...


class Variants:
    """Makes the variants of pictures in ``folder``; satisfies `library.Variants`."""

    def __init__(self, folder: Path, wanted: tuple[int, ...], known: Known | None = None) -> None:
        self._folder = folder
        self._wanted = wanted
        self._known = known
        self._seen: dict[tuple[str, FileInfo], tuple[int, ...]] = {}
        self._grown = False

    def __getstate__(self) -> dict[str, object]:
        """Leave behind what belongs to this process."""
        return {**self.__dict__, "_known": None}

    def widths(self, path: str, tree: Tree) -> tuple[int, ...]:
        """Return the widths in pixels that the picture at ``path`` has, the narrowest first."""
        info = tree.info(path)
        if info is None:
            return ()
        seen = (path, info)
        if seen not in self._seen:
            found = self._known.widths(path) if self._known is not None else None
            if found is None:
                found = tuple(self._made(path, tree))
                if self._known is not None:
                    self._known.add_widths(path, found)
            self._seen[seen] = found
        return self._seen[seen]

    def data(self, path: str, width: int, tree: Tree) -> bytes | None:
        """Return a variant's bytes, None where the picture has just become another."""
        return self._made(path, tree).get(width)

    def _made(self, path: str, tree: Tree) -> dict[int, bytes]:
        info = tree.info(path)
        if info is None or info.size > resizing.MAX_BYTES:
            return {}
        try:
            data = tree.read(path)
        except OSError:
            return {}
        name = blake2b(data, digest_size=16, key=self._ground).hexdigest()
        found = _load(self._folder / name)
        if found is None:
            found = resizing.smaller(data, self._wanted)
            _save(found, self._folder / name)
            self._grown = True
        return found

    @cached_property
    def _ground(self) -> bytes:
        """A hash of what decides, beside a picture's own bytes, what is made of it."""
        code = Path(resizing.__file__).read_bytes()
        text = f"{resizing.version()} {self._wanted} "
        return blake2b(text.encode() + code, digest_size=32).digest()

    def tidy(self) -> None:
        """Remove the oldest files, once they are many more than the pictures of this build."""
        if not self._grown:
            return
        most = 2 * len(self._seen) + _SPARE
        with suppress(OSError):
            files = sorted(os.scandir(self._folder), key=lambda file: file.stat().st_mtime_ns)
            for file in files[: max(0, len(files) - most)]:
                os.unlink(file)


@contextmanager
def opened(
    root: Path, wanted: tuple[int, ...], known: Known | None, *, write: bool
) -> Iterator[Variants | None]:
    """Yield what makes variants for the site at ``root``, None where none are wanted or possible.

    Without ``write``, or where ``.newsfeed`` cannot be written, they last as long as this build.
    """
    if not wanted or not resizing.available():
        yield None
        return
    if write and (made := kept(root, wanted, known)) is not None:
        yield made
        made.tidy()
    else:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="newsfeed-") as passing:
            yield Variants(Path(passing), wanted, known)


def kept(root: Path, wanted: tuple[int, ...], known: Known | None = None) -> Variants | None:
    """Return what makes variants in the site's own folder, None where that cannot be."""
    folder = root / FOLDER / "pictures"
    if not wanted or not resizing.available():
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return Variants(folder, wanted, known)


def _load(place: Path) -> dict[int, bytes] | None:
    """Return the variants in a file, None where there is no whole one."""
    try:
        data = disk.read(place)
    except OSError:
        return None
    if _sum(data[_SUM:], place.name) != data[:_SUM]:
        return None
    head, _, rest = data[_SUM:].partition(b"\n")
    found = {}
    for width, length in json.loads(head):
        found[int(width)], rest = rest[:length], rest[length:]
    return found


def _save(found: dict[int, bytes], place: Path) -> None:
    """Write ``found``; where that fails another build makes them anew."""
    head = json.dumps([(width, len(data)) for width, data in found.items()]).encode()
    data = b"\n".join((head, b"".join(found.values())))
    with suppress(WorldError):
        disk.write_whole(place, _sum(data, place.name) + data, lasting=False)


def _sum(data: bytes, name: str) -> bytes:
    return blake2b(data, digest_size=_SUM, key=name.encode()).digest()
