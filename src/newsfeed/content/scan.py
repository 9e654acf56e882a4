"""What lies in a site's folder: a `DiskTree`, and the listing that tells one scan from another."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from newsfeed.diagnostics import Diagnostic, diagnostic, reason_of
from newsfeed.model import FileInfo

MANIFEST = ".newsfeed-files"
"""The file in an output folder that lists what a build wrote there."""
_ASIDE = frozenset(("", ".", "_"))  # what such a name begins with is nobody's to read
# A buffer of this size holds most articles, and costs less than to ask how large each one is.
_FIRST, _MORE = 1 << 14, 1 << 20
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)

_BY_FOLDER = os.open in os.supports_dir_fd

Row = tuple[str, int, int, int, str]
"""A file of a folder: its name, its size in bytes, when its content and when its disk's note of it
last changed, in ns; and where it lies, empty where its path says so."""
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
    """An open folder; it travels to no other process."""

    def __init__(self, place: str) -> None:
        self.descriptor = os.open(place, _READ)

    def __del__(self) -> None:
        if "descriptor" in self.__dict__:
            os.close(self.descriptor)

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()


class DiskTree:
    """The files of a site below the folders that were scanned; satisfies `model.Tree`."""

    def __init__(self, root: Path, listing: Listing | None = None) -> None:
        self.root = root
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
        """Return the bytes of ``path``, the first ``limit`` of them where one is given."""
        if path in self.mended:
            return self.mended[path][:limit]
        descriptor = self._open(path)
        try:
            first = _FIRST if limit is None or limit > _FIRST else limit
            content = os.read(descriptor, first)
            if len(content) == first != limit:
                content += b"".join(_rest(descriptor, limit and limit - first))
            return content
        finally:
            os.close(descriptor)

    def _open(self, path: str) -> int:
        if path in self._places:
            return os.open(self._places[path], _READ)
        folder, _, name = path.rpartition("/")
        if folder != self._last:
            self._last, self._folder = folder, None
        elif _BY_FOLDER:
            # From the second file of a folder on: the way to it is half of what opening one costs.
            self._folder = self._folder or _Folder(self._prefix + folder)
            return os.open(name, _READ, dir_fd=self._folder.descriptor)
        # `os.path.join` takes long, and is needed for a drive's letter alone.
        plain = path[1:2] != ":"
        return os.open(self._prefix + path if plain else os.path.join(self.root, path), _READ)

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
        if any(part[:1] in _ASIDE or part == "node_modules" for part in path.split("/")):
            return None
        place = os.path.join(self.root, path)
        try:
            if not os.path.isfile(place):
                return None
            root = os.path.realpath(self.root)
            if not os.path.realpath(place).startswith(root + os.sep):
                return None
            if first not in self._published:
                self._published[first] = _listed(os.path.join(self.root, first, MANIFEST))
            return None if rest in self._published[first] else FileInfo(*_numbers(os.stat(place)))
        except (OSError, ValueError):
            return None

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
    are followed while they stay inside the folder or the root; others, and names that are no text,
    are problems of the tree. Hidden files and folders are passed over.
    """
    scanner = _Scanner(root)
    for folder in folders:
        top = os.path.join(root, folder)
        if os.path.isdir(top):
            scanner.folder(top, os.path.normpath(folder))
    return scanner.tree


def stamp(status: os.stat_result) -> tuple[int, int, int]:
    """Return what tells a file from one that was written later: size, time in ns, inode."""
    return status.st_size, status.st_mtime_ns, status.st_ino


class _Scanner:
    """Walks the folders of a tree, one by one."""

    def __init__(self, root: Path) -> None:
        self.tree = DiskTree(root)
        self._named: set[str] = set()
        self._inside: tuple[str, ...] = ()

    def folder(self, top: str, prefix: str) -> None:
        """Walk the folder ``top``, of which paths begin with ``prefix``."""
        self._inside = (os.path.realpath(top), os.path.realpath(self.tree.root))
        self._named = set()
        # A link to the root would bring the folder a second time, and what was made of it.
        self._walk(top, prefix, frozenset(_upwards(*self._inside)))

    def _walk(self, top: str, prefix: str, above: frozenset[str]) -> None:
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
            if found.name[0] != "." and found.name != "node_modules":
                rows += self._entry(found, prefix, above)
        if rows:
            known = self.tree.listing.get(prefix)
            if known:  # scanned as part of another folder already, or two names are alike
                rows = list({row[0]: row for row in (*known, *rows)}.values())
            self.tree.listing[prefix] = tuple(sorted(rows))

    def _entry(self, found: os.DirEntry[str], prefix: str, above: frozenset[str]) -> Iterable[Row]:
        """Return the row of a file; walk a folder, which has none."""
        name, placed = found.name, prefix[:1] in "./"
        path = name if prefix == "." else f"{prefix}/{name}"
        if not name.isascii():
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
                return tuple(self._follow(found, path, name, above))
            if found.is_dir(follow_symlinks=False):
                self._walk(found.path, path, above)
        except OSError as error:
            self._say("file-unreadable", path, reason=reason_of(error))
        return ()

    def _normal(self, path: str) -> str:
        """Return the path in NFC, as articles and URLs write it, or nothing where it is no text."""
        normal = unicodedata.normalize("NFC", path)
        shown = normal.encode("utf-8", "replace").decode("utf-8")
        if shown != normal:
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
        if not any(target == top or target.startswith(top + os.sep) for top in self._inside):
            self._say("link-outside", path)
        elif not os.path.exists(target):
            self._say("file-unreadable", path, reason="broken link")
        elif os.path.isdir(target):
            if target in above:
                self._say("link-loop", path)
            else:
                self._walk(link.path, path, above | {target})
        elif os.path.isfile(target):
            yield (name, *_numbers(os.stat(target)), link.path)

    def _say(self, code: str, path: str, reason: str = "") -> None:
        named = diagnostic(code, path, reason=reason) if reason else diagnostic(code, path)
        self.tree.problems.append(named)


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
        with open(manifest, encoding="utf-8") as file:
            return frozenset(file.read().split("\n"))
    except (OSError, UnicodeDecodeError):
        return frozenset()
