"""What lies in a site's folder: a `DiskTree`, and the listing that tells one scan from another."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from newsfeed.diagnostics import Diagnostic, diagnostic, reason_of
from newsfeed.model import FileInfo

MANIFEST = ".newsfeed-files"
"""The file in an output folder that lists what a build wrote there."""
ROW, PART = "\0", "/"
"""What no name of a file can hold: they part the rows of a folder, and a name from its numbers."""
_ASIDE = frozenset(("", ".", "_"))  # what such a name begins with is nobody's to read
# A buffer of this size holds most articles, and costs less than to ask how large each one is.
_FIRST, _MORE = 1 << 14, 1 << 20
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)

_BY_FOLDER = os.open in os.supports_dir_fd

Listing = dict[str, str]
"""By folder the rows of its files, sorted: a name, its size and times, each parted as above."""


class Files(Mapping[str, FileInfo]):
    """The files that a ``listing`` tells of, by path: a folder's rows are parted when it is asked for."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._folders: dict[str, dict[str, str]] = {}
        self._more: dict[str, FileInfo] = {}

    def add(self, path: str, info: FileInfo) -> None:
        """Add a file that the listing does not tell of."""
        self._more[path] = info

    def __getitem__(self, path: str) -> FileInfo:
        numbers = self._numbers(path)
        return self._more[path] if numbers is None else FileInfo(*map(int, numbers.split(" ")))

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and (self._numbers(path) is not None or path in self._more)

    def _numbers(self, path: str) -> str | None:
        folder, _, name = path.rpartition("/")
        folder = folder or "."
        rows = self._folders.get(folder)
        if rows is None:
            text = self._listing.get(folder)
            parts = (row.split(PART, 2) for row in text.split(ROW)) if text else ()
            rows = self._folders[folder] = {part[0]: part[1] for part in parts}
        return rows.get(name)

    def __iter__(self) -> Iterator[str]:
        for folder, text in self._listing.items():
            start = "" if folder == "." else f"{folder}/"
            for row in text.split(ROW) if text else ():
                yield start + row.partition(PART)[0]
        yield from self._more

    def __len__(self) -> int:
        return sum(1 for _ in self)


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
    """The files of a site below the folders that were scanned; satisfies `model.Tree`.

    ``listing`` tells them in text. A row of it has a third part where a file does not lie where its
    path says: that place.
    """

    def __init__(self, root: Path, listing: Listing | None = None) -> None:
        self.root = root
        self.listing: Listing = listing if listing is not None else {}
        self.problems: list[Diagnostic] = []
        self.mended: dict[str, bytes] = {}  # files as they would be, not as the disk has them
        self._prefix = os.path.join(root, "")
        self.asked = False  # whether `find` was asked for what no listing tells
        self._missed: set[str] = set()
        self._last = ""
        self._folder: _Folder | None = None
        self._published: dict[str, frozenset[str]] = {}

    @cached_property
    def files(self) -> Files:
        """Every file that the scan found, and those that `find` found since."""
        return Files(self.listing)

    @cached_property
    def _places(self) -> dict[str, str]:
        """Where the files lie that do not lie where their paths say."""
        found: dict[str, str] = {}
        for folder, text in self.listing.items():
            if text.count(PART) > 1 + text.count(ROW):
                for row in text.split(ROW):
                    name, _, *place = row.split(PART, 2)
                    if place:
                        found[name if folder == "." else f"{folder}/{name}"] = place[0]
        return found

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

    def find(self, path: str) -> bool:
        """Say whether ``path`` is a file below the root, in a folder that was not scanned too.

        What is hidden, or leads out, or what a build published, is none.
        """
        if path in self.files or path in self._missed:
            return path in self.files
        self.asked = True
        info = self._looked_at(path)
        if info is None:
            self._missed.add(path)
        else:
            self.files.add(path, info)
        return info is not None

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


def listed(given: tuple[str, Sequence[str]]) -> tuple[Listing, bool]:
    """Return the listing of folders below a root, and whether their tree has no problems.

    ``given`` is the root with its folders: another process is given one thing.
    """
    root, folders = given
    tree = scan(Path(root), folders)
    return tree.listing, not tree.problems


def stamp(status: os.stat_result) -> str:
    """Return what tells a file from one that was written later."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"


def differing(before: Listing, after: Listing) -> Iterator[str]:
    """Yield the paths of which two listings say something else, of files that came or went too."""
    for folder in before.keys() | after.keys():
        former, present = before.get(folder, ""), after.get(folder, "")
        if former != present:
            changed = set(former.split(ROW)) ^ set(present.split(ROW))
            start = f"{folder}/" if folder not in ("", ".") else ""
            yield from {start + row.partition(PART)[0] for row in changed if row}


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
        rows: list[str] = []
        placed = prefix[:1] in "./"
        for found in listing:
            name = found.name
            if name[0] == "." or name == "node_modules":
                continue
            path = name if prefix == "." else f"{prefix}/{name}"
            place = placed
            if not name.isascii():
                normal = self._normal(path)
                if not normal:
                    continue
                if normal != path:
                    path, name, place = normal, normal.rpartition("/")[2], True
            try:
                if found.is_file(follow_symlinks=False):
                    status = found.stat(follow_symlinks=False)
                    rows.append(
                        f"{name}/{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
                        + (PART + found.path if place else "")
                    )
                elif found.is_symlink():
                    rows += self._follow(found, path, name, above)
                elif found.is_dir(follow_symlinks=False):
                    self._walk(found.path, path, above)
            except OSError as error:
                self._say("file-unreadable", path, reason=reason_of(error))
        if rows:
            known = self.tree.listing.get(prefix)
            if known:  # scanned as part of another folder already, or two names are alike
                merged = {row.partition(PART)[0]: row for row in (*known.split(ROW), *rows)}
                rows = list(merged.values())
            self.tree.listing[prefix] = ROW.join(sorted(rows))

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
    ) -> Iterator[str]:
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
            numbers = " ".join(map(str, _numbers(os.stat(target))))
            yield PART.join((name, numbers, link.path))

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
