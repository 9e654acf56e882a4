"""The smaller forms of a site's pictures, made once: kept in files that may be deleted at any time.

A file of ``.newsfeed/pictures`` holds the variants of one picture for pages, or its form in one frame
of letters. It is named by a hash of the picture's bytes, of what is wanted and of Pillow's version.
It is never trusted: it bears a checksum, and what is damaged is made anew. Processes may share the
folder: each file is written whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Protocol

from newsfeed import disk
from newsfeed.diagnostics import WorldError
from newsfeed.model import FileInfo, Tree
from newsfeed.site import cropping, mail_pictures, resizing
from newsfeed.text.hashing import blake2b

_SUM = 16
_SPARE = 200
_AT_ONCE = 4
"""How many pictures are made smaller at once: each may take 240 MB (`resizing.MAX_PIXELS`)."""


class Known(Protocol):
    """What remembers the widths that a picture has, as long as its file is untouched."""

    def widths(self, path: str) -> tuple[int, ...] | None: ...

    def add_widths(self, path: str, widths: tuple[int, ...]) -> None: ...


class Variants:
    """Makes the variants of pictures in ``folder``, ``jobs`` at once; satisfies `library.Variants`."""

    def __init__(
        self, folder: Path, wanted: tuple[int, ...], known: Known | None = None, jobs: int = 1
    ) -> None:
        self._folder = folder
        self._wanted = wanted
        self._known = known
        self._jobs = jobs
        self._seen: dict[tuple[str, FileInfo], tuple[int, ...]] = {}
        self._sent: dict[tuple[str, FileInfo, mail_pictures.Frame], mail_pictures.Sent | None] = {}
        self._grown = False

    def __getstate__(self) -> dict[str, object]:
        """Leave behind what belongs to this process."""
        return {**self.__dict__, "_known": None}

    def widths(self, path: str, tree: Tree) -> tuple[int, ...]:
        """Return the widths in pixels that the picture at ``path`` has, the narrowest first."""
        self.make_variants([path], tree)
        info = tree.info(path)
        return self._seen.get((path, info), ()) if info is not None else ()

    def make_variants(self, paths: Iterable[str], tree: Tree) -> None:
        """Make what is not there yet of the pictures at ``paths``, several at once."""
        new = []
        for path in paths if self._wanted else ():
            info = tree.info(path)
            if info is not None and (path, info) not in self._seen:
                found = self._known.widths(path) if self._known is not None else None
                if found is None:
                    new.append((path, info))
                else:
                    self._seen[path, info] = found
        for at in range(0, len(new), _AT_ONCE):
            some = new[at : at + _AT_ONCE]
            for (path, info), made in zip(
                some, self._made([path for path, _ in some], tree), strict=True
            ):
                self._seen[path, info] = tuple(made)
                if self._known is not None:
                    self._known.add_widths(path, tuple(made))

    def data(self, path: str, width: int, tree: Tree) -> bytes | None:
        """Return a variant's bytes, None where the picture has just become another."""
        return self._made([path], tree)[0].get(width)

    def sent(self, path: str, frame: mail_pictures.Frame, tree: Tree) -> mail_pictures.Sent | None:
        """Return the form of the picture at ``path`` for letters, None where it cannot be read."""
        info = tree.info(path)
        if info is None:
            return None
        seen = (path, info, frame)
        if seen not in self._sent:
            self._sent[seen] = self._made_for(path, frame, tree)
        return self._sent[seen]

    def _made_for(
        self, path: str, frame: mail_pictures.Frame, tree: Tree
    ) -> mail_pictures.Sent | None:
        data = _bytes(path, tree)
        if data is None:
            return None
        place = self._place(data, repr(tuple(frame)))
        kept = _load(place)
        if kept is not None:
            (width, height, ending), found = kept[0] or (0, 0, ""), kept[1]
            return mail_pictures.Sent(width, height, ending, found) if kept[0] else None
        made = mail_pictures.sent(data, frame)
        if made is None:
            self._save(place, [], b"")
        else:
            self._save(place, list(made[:3]), made.data)
        return made

    def shades(self, path: str, tree: Tree) -> mail_pictures.Shades | None:
        """Return the main colours of the picture at ``path``, None where it cannot be read."""
        data = _bytes(path, tree)
        return mail_pictures.shades(data) if data is not None else None

    def _made(self, paths: Sequence[str], tree: Tree) -> list[dict[int, bytes]]:
        """Return the variants of the pictures at ``paths``; those that are not kept are made at once.

        All but the making itself is done by this thread: a tree serves one alone.
        """
        pictures = [_bytes(path, tree) for path in paths]
        places = [self._place(data or b"", repr(self._wanted)) for data in pictures]
        kept = [
            _load(place) if data is not None else ([], b"")
            for data, place in zip(pictures, places, strict=True)
        ]
        missing = [index for index, each in enumerate(kept) if each is None]
        made = self._at_once([pictures[index] or b"" for index in missing])
        for index, variants in zip(missing, made, strict=True):
            head = [(width, len(each)) for width, each in variants.items()]
            kept[index] = whole = (head, b"".join(variants.values()))
            self._save(places[index], *whole)
        return [_parted(head, data) for head, data in filter(None, kept)]

    def _at_once(self, pictures: Sequence[bytes]) -> list[dict[int, bytes]]:
        """Return the variants of ``pictures``: Pillow lets other threads work while it does."""
        make = partial(resizing.smaller, widths=self._wanted)
        if self._jobs <= 1 or len(pictures) <= 1:
            return list(map(make, pictures))
        with ThreadPoolExecutor(min(self._jobs, _AT_ONCE)) as threads:
            return list(threads.map(make, pictures))

    def _place(self, data: bytes, wanted: str) -> Path:
        """Return the file for what is ``wanted`` of a picture's ``data``."""
        key = blake2b(self._ground + wanted.encode(), digest_size=32).digest()
        return self._folder / blake2b(data, digest_size=16, key=key).hexdigest()

    def _save(self, place: Path, head: Sequence[object], rest: bytes) -> None:
        """Write what was made; where that fails another build makes it anew."""
        self._grown = True
        data = json.dumps(head).encode() + b"\n" + rest
        with suppress(WorldError):
            disk.write_whole(place, _sum(data, place.name) + data, lasting=False)

    @cached_property
    def _ground(self) -> bytes:
        """A hash of what decides, beside a picture's bytes and the wish, what is made of it."""
        code = b"".join(
            Path(str(each.__file__)).read_bytes() for each in (resizing, mail_pictures, cropping)
        )
        return blake2b(resizing.version().encode() + code, digest_size=32).digest()

    def tidy(self) -> None:
        """Remove the oldest files, once they are many more than the pictures of a whole build."""
        if not (self._grown and self._wanted):
            return
        most = 2 * (len(self._seen) + len(self._sent)) + _SPARE
        with suppress(OSError):
            files = sorted(os.scandir(self._folder), key=lambda file: file.stat().st_mtime_ns)
            for file in files[: max(0, len(files) - most)]:
                os.unlink(file)


def _parted(head: Sequence[Any], data: bytes) -> dict[int, bytes]:
    """Return the variants that a kept file holds one after the other, by their widths."""
    found = {}
    for width, length in head:
        found[int(width)], data = data[:length], data[length:]
    return found


@contextmanager
def opened(
    root: Path, wanted: tuple[int, ...], known: Known | None, *, write: bool, jobs: int = 1
) -> Iterator[Variants]:
    """Yield what makes variants for the site at ``root``.

    Without ``write``, or where ``.newsfeed`` cannot be written, they last as long as this build, if
    the disk has any place for them.
    """
    if write and (made := kept(root, wanted, known, jobs)) is not None:
        yield made
        made.tidy()
    else:
        from tempfile import TemporaryDirectory

        with ExitStack() as stack:
            place = os.devnull  # holds nothing: each is made as often as it is asked for
            with suppress(OSError):
                place = stack.enter_context(TemporaryDirectory(prefix="newsfeed-"))
            yield Variants(Path(place), wanted, known, jobs)


def kept(
    root: Path, wanted: tuple[int, ...], known: Known | None = None, jobs: int = 1
) -> Variants | None:
    """Return what makes variants in the site's own folder, None where that cannot be."""
    try:
        folder = disk.own_folder(root, "pictures")
    except OSError:
        return None
    return Variants(Path(folder), wanted, known, jobs)


def _bytes(path: str, tree: Tree) -> bytes | None:
    """Return the bytes of a picture, None where it is too large or cannot be read."""
    info = tree.info(path)
    if info is None or info.size > resizing.MAX_BYTES:
        return None
    try:
        return tree.read(path)
    except OSError:
        return None


def _load(place: Path) -> tuple[list[Any], bytes] | None:
    """Return what a file tells and holds, None where there is no whole one."""
    try:
        data = disk.read(place)
    except OSError:
        return None
    if _sum(data[_SUM:], place.name) != data[:_SUM]:
        return None
    head, _, rest = data[_SUM:].partition(b"\n")
    return json.loads(head), rest


def _sum(data: bytes, name: str) -> bytes:
    return blake2b(data, digest_size=_SUM, key=name.encode()).digest()
