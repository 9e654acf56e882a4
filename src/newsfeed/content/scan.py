"""What lies in a site's folder: a `DiskTree`, and the listing that tells one scan from another."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from newsfeed import disk
from newsfeed.content.public_folders import PublicFolders, is_hidden
from newsfeed.diagnostics import Diagnostic, reason_of
from newsfeed.model import FileInfo
from newsfeed.text.characters import CONTROLS

MANIFEST = ".newsfeed-files"
"""The file in an output folder that lists what a build wrote there."""
_DEEPEST = 100
"""How many folders may lie in each other."""
_SHOWN = 200
# A buffer of this size holds most articles, and costs less than to ask how large each one is.
_FIRST, _MORE = 1 << 14, 1 << 20
_BY_FOLDER = os.open in os.supports_dir_fd
_OPEN_FILES = "/proc/self/fd"
"""Where Linux tells what an open file is called, whatever links led to it."""

Row = tuple[str, int, int, int, str]
"""A file of a folder: its name, its size in bytes, when its content and when its disk's note of it
last changed, in ns; and where it lies once links are followed, empty where its path says so."""
Listing = dict[str, tuple[Row, ...]]
"""By folder the rows of its files, sorted."""


class Files(Mapping[str, FileInfo]):
    """The files of a listing by path; those of a folder are told apart when one is asked for."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._folders: dict[str, dict[str, FileInfo]] = {}

    def _folder(self, path: str) -> dict[str, FileInfo]:
        if path not in self._folders:
            rows = self._listing.get(path, ())
            self._folders[path] = {row[0]: FileInfo(*row[1:4]) for row in rows}
        return self._folders[path]

    def __getitem__(self, path: str) -> FileInfo:
        folder, _, name = path.rpartition("/")
        return self._folder(folder or ".")[name]

    def __iter__(self) -> Iterator[str]:
        for folder, rows in self._listing.items():
            for row in rows:
                yield row[0] if folder == "." else f"{folder}/{row[0]}"

    def __len__(self) -> int:
        return sum(map(len, self._listing.values()))


class _Folder:
    """An open folder, known to lie where files may be shown; it travels to no other process."""

    def __init__(self, place: str, public: PublicFolders) -> None:
        self.descriptor = os.open(place, disk.READ)
        if not public.hold(_real_place(self.descriptor, place)):
            raise PermissionError(errno.EACCES, "a link leads out of the folder")

    def __del__(self) -> None:
        if "descriptor" in self.__dict__:
            os.close(self.descriptor)

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()


class DiskTree:
    """The files of a site below the ``folders`` that were scanned; satisfies `model.Tree`.

    The first one is that of the articles.
    """

    def __init__(
        self, root: Path, listing: Listing | None = None, folders: Sequence[str] = ()
    ) -> None:
        self.root = root
        self.public = PublicFolders(root, folders)
        self.listing: Listing = listing if listing is not None else {}
        self.problems: list[Diagnostic] = []
        self.mended: dict[str, bytes] = {}  # files as they would be, not as the disk has them
        self._prefix = os.path.join(root, "")
        self._found: dict[str, FileInfo | None] = {}
        self._last = ""
        self._folder: _Folder | None = None
        self._published: dict[str, frozenset[str]] = {}

    @cached_property
    def files(self) -> Files:
        """Every file that the scan found."""
        return Files(self.listing)

    @cached_property
    def _places(self) -> dict[str, str]:
        """Where the files lie that do not lie where their paths say."""
        return {
            name if folder == "." else f"{folder}/{name}": place
            for folder, rows in self.listing.items()
            for name, _, _, _, place in rows
            if place
        }

    def read(self, path: str, limit: int | None = None) -> bytes:
        """Return the bytes of ``path``, the first ``limit`` of them where one is given.

        Raises OSError, also for what is no regular file any more, or lies elsewhere by now.
        """
        if path in self.mended:
            return self.mended[path][:limit]
        descriptor = self._open(path)
        try:
            disk.regular(descriptor)
            first = _FIRST if limit is None or limit > _FIRST else limit
            content = os.read(descriptor, first)
            if len(content) == first != limit:
                content += b"".join(_rest(descriptor, limit and limit - first))
            return content
        finally:
            os.close(descriptor)

    def _open(self, path: str) -> int:
        flags = disk.READ | disk.NO_LINK
        place = self._places.get(path)
        if place is None and _BY_FOLDER:
            folder, _, name = path.rpartition("/")
            if folder != self._last or self._folder is None:
                self._folder = _Folder(os.path.join(self.root, folder), self.public)
                self._last = folder
            return os.open(name, flags, dir_fd=self._folder.descriptor)
        place = place or os.path.join(self.root, path)
        descriptor = os.open(place, flags)
        if not self.public.hold(_real_place(descriptor, place)):
            os.close(descriptor)
            raise PermissionError(errno.EACCES, "a link leads out of the folder")
        return descriptor

    def info(self, path: str) -> FileInfo | None:
        """Return what is known of the file ``path``, in a folder that was not scanned too.

        None where there is no such file below the root, or it is hidden, or leads out, or a build
        published it.
        """
        known = self.files.get(path)
        if known is None:
            if path not in self._found:
                self._found[path] = self._looked_at(path)
            known = self._found[path]
        return known

    def _looked_at(self, path: str) -> FileInfo | None:
        first, _, rest = path.partition("/")
        place = os.path.join(self.root, path)
        try:
            real = os.path.realpath(place)
            if not (self.public.hold(place) and self.public.hold(real) and os.path.isfile(real)):
                return None
            if first not in self._published:
                self._published[first] = _listed(os.path.join(self.root, first, MANIFEST))
            if rest in self._published[first]:
                return None
            if real != os.path.abspath(place):
                self._places[path] = real
            return FileInfo(*_numbers(os.stat(real)))
        except (OSError, ValueError):
            return None

    def origin(self, path: str) -> str:
        """Return the path of the file that ``path`` is by a link, ``path`` itself where there is none."""
        place = self._places.get(path)
        return self.public.path(place) or path if place is not None else path

    def below(self, folder: str) -> Iterator[str]:
        """Yield the paths of the scanned files in ``folder``, and in those that it holds."""
        for path, rows in self.listing.items():
            if path == folder or path.startswith(f"{folder}/"):
                yield from (f"{path}/{row[0]}" for row in rows)

    def place(self, path: str) -> Path:
        """Return where ``path`` lies on disk."""
        return Path(self._places.get(path) or os.path.join(self.root, path))


def _rest(descriptor: int, limit: int | None) -> Iterator[bytes]:
    """Yield what is still to be read of a file, no more than ``limit`` bytes of it."""
    while limit is None or limit > 0:
        more = os.read(descriptor, _MORE if limit is None else min(limit, _MORE))
        if not more:
            return
        yield more
        limit = None if limit is None else limit - len(more)


def scan(root: Path, folders: Sequence[str]) -> DiskTree:
    """Return the tree of files below ``root`` in each of ``folders`` (which may be missing).

    A folder may lie outside the root; the paths of its files begin with it as it is written. Links
    are followed to what may be shown (`PublicFolders`); others, and names that are no text, are problems of
    the tree. Hidden files and folders are passed over.
    """
    scanner = _Scanner(root, folders)
    for folder in folders:
        top = os.path.join(root, folder)
        if os.path.isdir(top):
            scanner.folder(top, os.path.normpath(folder))
    return scanner.tree


def stamp(status: os.stat_result) -> tuple[int, int, int]:
    """Return what tells a file from one that was written later: size, time in ns, inode."""
    return status.st_size, status.st_mtime_ns, status.st_ino


class _Waiting(NamedTuple):
    """A folder that is still to be walked: where it lies, what the paths of its files begin with,
    which folders hold it, and whether a link led there."""

    place: str
    prefix: str
    above: frozenset[str]
    linked: bool


class _Scanner:
    """Walks the folders of a tree, one by one."""

    def __init__(self, root: Path, folders: Sequence[str]) -> None:
        self.tree = DiskTree(root, folders=folders)
        self._named: set[str] = set()
        self._waiting: list[_Waiting] = []

    def folder(self, top: str, prefix: str) -> None:
        """Walk the folder ``top``, of which paths begin with ``prefix``."""
        self._named = set()
        # A link to the root would bring the folder a second time, and what was made of it.
        above = frozenset(_upwards(os.path.realpath(top), os.path.realpath(self.tree.root)))
        self._waiting = [_Waiting(top, prefix, above, linked=False)]
        while self._waiting:
            self._walk(self._waiting.pop())

    def _walk(self, waiting: _Waiting) -> None:
        top, prefix = waiting.place, waiting.prefix
        try:
            with os.scandir(top) as entries:
                listing = list(entries)
        except OSError as error:
            self._say("file-unreadable", prefix, reason=reason_of(error))
            return
        if any(found.name == MANIFEST for found in listing):
            return  # what an earlier build published: its pages are no articles
        rows: list[Row] = []
        for found in listing:
            if not is_hidden(found.name):
                rows += self._entry(found, waiting)
        if rows:
            known = self.tree.listing.get(prefix)
            if known:  # scanned as part of another folder already, or two names are alike
                rows = list({row[0]: row for row in (*known, *rows)}.values())
            self.tree.listing[prefix] = tuple(sorted(rows))

    def _entry(self, found: os.DirEntry[str], folder: _Waiting) -> Iterable[Row]:
        """Return the row of a file; put a folder, which has none, with those that wait."""
        name, prefix = found.name, folder.prefix
        placed = folder.linked or prefix[:1] in "./"
        path = name if prefix == "." else f"{prefix}/{name}"
        if not name.isascii() or not name.isprintable() or "\\" in name:
            normal = self._normal(path)
            if not normal:
                return ()
            if normal != path:
                path, name, placed = normal, normal.rpartition("/")[2], True
        try:
            if found.is_file(follow_symlinks=False):
                status = found.stat(follow_symlinks=False)
                return ((name, *_numbers(status), found.path if placed else ""),)
            if found.is_symlink():
                return tuple(self._follow(found, path, name, folder.above))
            if found.is_dir(follow_symlinks=False):
                self._wait(found.path, path, folder.above, linked=folder.linked)
        except OSError as error:
            self._say("file-unreadable", path, reason=reason_of(error))
        return ()

    def _wait(self, place: str, path: str, above: frozenset[str], *, linked: bool) -> None:
        if path.count("/") < _DEEPEST:
            self._waiting.append(_Waiting(place, path, above, linked))
        else:
            self._say("folder-deep", path[:_SHOWN], limit=_DEEPEST)

    def _normal(self, path: str) -> str:
        """Return the path in NFC, as articles and URLs write it, or nothing where it is no text."""
        normal = unicodedata.normalize("NFC", path)
        shown = normal.encode("utf-8", "replace").decode("utf-8")
        name = normal.rpartition("/")[2]
        if shown != normal or "\\" in name or CONTROLS.search(name):
            self._say("file-name", shown)
            return ""
        if normal in self._named:
            self._say("file-name-twice", shown)
            return ""
        self._named.add(normal)
        return normal

    def _follow(
        self, link: os.DirEntry[str], path: str, name: str, above: frozenset[str]
    ) -> Iterator[Row]:
        """Yield the row of a link to a file; walk the folder that one leads to."""
        target = os.path.realpath(link.path)
        shown = self.tree.public.path(target)
        if target in above:
            self._say("link-loop", path)
        elif shown is None or (_is_letter(shown) and not _is_letter(path)):
            self._say("link-outside", path)
        elif not os.path.exists(target):
            self._say("file-unreadable", path, reason="broken link")
        elif os.path.isdir(target):
            self._wait(target, path, above | {target}, linked=True)
        elif os.path.isfile(target):
            yield (name, *_numbers(os.stat(target)), target)

    def _say(self, code: str, path: str, **values: object) -> None:
        filled = tuple((name, str(value)) for name, value in values.items())
        self.tree.problems.append(Diagnostic(code=code, path=path, values=filled))


def _is_letter(path: str) -> bool:
    return path == "issues" or path.startswith("issues/")


def _real_place(descriptor: int, place: str) -> str:
    """Return where an open file lies, which was opened at ``place``."""
    try:
        return os.readlink(f"{_OPEN_FILES}/{descriptor}")
    except OSError:
        return os.path.realpath(place)


def _upwards(place: str, root: str) -> Iterator[str]:
    """Yield ``place``, and the folders that hold it up to ``root`` where it lies below that."""
    yield place
    while place != root and place.startswith(root + os.sep):
        place = os.path.dirname(place)
        yield place


def _numbers(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _listed(manifest: str) -> frozenset[str]:
    """Return the paths that a build wrote beside its ``manifest``."""
    try:
        return frozenset(disk.read(manifest).decode().split("\n"))
    except (OSError, UnicodeDecodeError):
        return frozenset()
