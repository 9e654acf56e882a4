"""Publishes outputs whole, or not at all."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from newsfeed.content.scan import MANIFEST, stamp
from newsfeed.diagnostics import ConfigError, WorldError, diagnostic, reason_of
from newsfeed.model import Output, Tree

STAGING = ".newsfeed-new-"
_NO_NAMES = frozenset(("", ".", ".."))
NAMED_AT_MOST = 50
STALE_AFTER = 3600  # seconds: a staging folder this old was left by a build that was killed


@dataclass(kw_only=True)
class Publication:
    """What `publish` did, or with ``check`` would do: paths below the output folder, sorted.

    ``keys`` are those of outputs that have one; ``stamps`` tell the
    files that were made, or compared, from any others.
    """

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    abandoned: bool = False
    paths: frozenset[str] = frozenset()
    keys: dict[str, str] = field(default_factory=dict)
    stamps: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    @property
    def changed(self) -> list[str]:
        return sorted(self.written + self.removed)


def publish(
    outputs: Iterable[Output],
    dest: Path,
    tree: Tree,
    *,
    check: bool = False,
    ready: Callable[[], bool] = lambda: True,
) -> Publication:
    """Make ``dest`` hold exactly ``outputs``, beside what others put there.

    Only bytes that differ are written: first all of them aside, then, if ``ready`` agrees, each
    renamed into place. What an earlier build wrote and this one does not is removed; with ``check``
    nothing is touched. Raises WorldError when the disk refuses; then ``dest`` is as it was, unless
    it refused a rename. Raises ConfigError where a file that no build wrote would be replaced.
    """
    try:
        before = _manifest(dest)
        result = Publication()
        if check:
            result.written = sorted(path for path, _ in _changes(outputs, dest, tree, result))
            _refuse_others(result.written, before, dest)
            result.removed = _stale(before, result, dest)
            return result
        os.makedirs(dest, exist_ok=True)
        with _staging(dest) as aside:
            shelves = {""}
            for path, data in _changes(outputs, dest, tree, result):
                folder = path.rpartition("/")[0]
                if folder not in shelves:
                    _make_shelf(aside, folder, shelves)
                result.stamps[path] = stamp(_write(f"{aside}/{path}", data))
                result.written.append(path)
            _refuse_others(result.written, before, dest)
            if ready():
                _commit(aside, before, dest, result)
            else:
                result.abandoned = True
                result.written.clear()
        return result
    except OSError as error:
        raise WorldError(f"{dest}: {reason_of(error)}") from error


def place(outputs: Iterable[Output], dest: Path, tree: Tree) -> Publication:
    """Write ``outputs`` into ``dest`` beside all that is there, each whole or not at all.

    They join the files that a later `publish` removes unless it writes them too. Raises WorldError
    when the disk refuses, ConfigError where a file that no build wrote would be replaced.
    """
    result = Publication()
    try:
        changes = list(_changes(outputs, dest, tree, result))
        before = _manifest(dest)
        _refuse_others((path for path, _ in changes), before, dest)
        os.makedirs(dest, exist_ok=True)
        if not result.paths <= before:
            _write_manifest(before | result.paths, dest)
        for path, data in changes:
            _make_folder(dest, path.rpartition("/")[0], before)
            write_whole(dest / path, data)
            result.written.append(path)
    except OSError as error:
        raise WorldError(f"{dest}: {reason_of(error)}") from error
    result.written.sort()
    return result


def _changes(
    outputs: Iterable[Output], dest: Path, tree: Tree, result: Publication
) -> Iterator[tuple[str, bytes]]:
    """Yield (path, bytes) of what differs from ``dest``; count and note what does not."""
    root = os.path.realpath(dest)
    named: dict[str, bool] = {}
    there: dict[str, bool] = {}
    seen: set[str] = set()
    for output in outputs:
        path = output.path
        if path in seen:
            raise ValueError(f"two outputs are called {path}")
        seen.add(path)
        if output.key is not None:
            result.keys[path] = output.key
        if output.stands:
            result.unchanged += 1
            continue
        comparable = _is_there(path, root, named, there)
        data = output.data if output.data is not None else tree.read(output.copy_of or "")
        place = f"{root}/{path}"
        if comparable and (_same(place, data) or (output.keep and _holds(place, output.keep))):
            result.unchanged += 1
            result.stamps[path] = stamp(os.stat(place))
        else:
            yield path, data
    result.paths = frozenset(seen)


def _refuse_others(paths: Iterable[str], before: frozenset[str], dest: Path) -> None:
    """Raise ConfigError naming what of ``paths`` stands in ``dest`` though no build wrote it."""
    others = []
    folders: dict[str, bool] = {}
    for path in paths:
        if path not in before:
            folder = path.rpartition("/")[0]
            if folder not in folders:
                folders[folder] = os.path.isdir(os.path.join(dest, folder))
            place = os.path.join(dest, path) if folders[folder] else ""
            if place and os.path.lexists(place) and not os.path.isdir(place):
                others.append(place)
    if others:
        raise ConfigError(
            diagnostic("output-foreign", place) for place in sorted(others)[:NAMED_AT_MOST]
        )


def _is_there(path: str, root: str, named: dict[str, bool], there: dict[str, bool]) -> bool:
    """Say whether the folder of ``path`` is in the output folder ``root``; what is known is kept.

    Raises ValueError for a path that leads out of it by name, WorldError by a link.
    """
    if not _is_below(path, named):
        raise ValueError(f"not a path below the output folder: {path!r}")
    folder = path.rpartition("/")[0]
    found = there.get(folder)
    if found is None:
        # In a folder that is not there, no folder is and no link.
        if folder and not _is_there(folder, root, named, there):
            found = there[folder] = False
            return found
        if not _stays(path, root, {}):
            raise WorldError(f"{folder}: a link leads out of the output folder; remove it")
        found = there[folder] = os.path.isdir(os.path.join(root, folder))
    return found


def _stays(path: str, root: str, folders: dict[str, bool]) -> bool:
    """Say whether the folder of ``path`` lies below ``root`` once its links are followed."""
    folder = path.rpartition("/")[0]
    if folder not in folders:
        place = os.path.realpath(os.path.join(root, folder))
        folders[folder] = place == root or place.startswith(root + os.sep)
    return folders[folder]


def _same(place: str, data: bytes) -> bool:
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    try:
        status = os.fstat(descriptor)
        if status.st_size != len(data) or not stat.S_ISREG(status.st_mode):
            return False
        content = os.read(descriptor, len(data) + 1)
        return content == data if len(content) >= len(data) else _read_all(place) == data
    finally:
        os.close(descriptor)


def _holds(place: str, marks: tuple[bytes, ...]) -> bool:
    if not os.path.isfile(place):
        return False
    data = _read_all(place)
    return all(mark in data for mark in marks)


def _read_all(place: str) -> bytes:
    with open(place, "rb") as file:
        return file.read()


@contextmanager
def _staging(dest: Path) -> Iterator[str]:
    for name in os.listdir(dest):
        place = os.path.join(dest, name)
        if name.startswith(STAGING) and time.time() - os.stat(place).st_mtime > STALE_AFTER:
            _clear(place)
    aside = os.path.join(dest, f"{STAGING}{os.getpid()}-{time.monotonic_ns():x}")
    os.mkdir(aside, 0o700)
    try:
        yield aside
    finally:
        _clear(aside)


def _clear(place: str) -> None:
    """Remove a folder that was aside; mostly it is empty by now."""
    try:
        os.rmdir(place)
    except OSError:
        from shutil import rmtree

        rmtree(place, ignore_errors=True)


def _make_shelf(aside: str, folder: str, shelves: set[str]) -> None:
    """Make ``folder``, and those that hold it, in ``aside``, which has ``shelves`` so far."""
    above = folder.rpartition("/")[0]
    if above not in shelves:
        _make_shelf(aside, above, shelves)
    os.mkdir(f"{aside}/{folder}")
    shelves.add(folder)


def _write(place: str, data: bytes) -> os.stat_result:
    """Write ``data`` to a file aside; return what the disk knows of it."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    descriptor = os.open(place, flags, 0o666)
    try:
        done = os.write(descriptor, data)
        while done < len(data):
            done += os.write(descriptor, data[done:])
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _commit(aside: str, before: frozenset[str], dest: Path, result: Publication) -> None:
    paths = result.paths
    # Until every file is in its place the list holds old and new, so that whatever an interrupted
    # run leaves is still known as ours to the next one.
    if result.written or before != paths:
        _write_manifest(before | paths, dest)
    _move(aside, "", before, dest)
    result.removed = _stale(before, result, dest)
    _prune(result.removed, dest)
    _write_manifest(paths, dest)
    result.written.sort()


def _move(aside: str, folder: str, before: frozenset[str], dest: Path) -> None:
    """Move what lies in ``aside`` into ``folder``: another one that is new whole, otherwise its files.

    Folders come first, so that what a list leads to is there before it.
    """
    for found in sorted(os.scandir(aside), key=lambda each: (not each.is_dir(), each.name)):
        path = f"{folder}{found.name}"
        target = os.path.join(dest, path)
        if os.path.isdir(target):
            if found.is_dir():
                _move(found.path, f"{path}/", before, dest)
                continue
            if not os.path.islink(target):
                inside = (old for old in before if old.startswith(f"{path}/"))
                _prune([old for old in inside if _stays(old, os.path.realpath(dest), {})], dest)
        elif found.is_dir() and path in before and os.path.isfile(target):
            os.unlink(target)
        os.replace(found.path, target)


def _make_folder(dest: Path, folder: str, before: frozenset[str]) -> None:
    parts = folder.split("/")
    for depth in range(1, len(parts) + 1):
        path = "/".join(parts[:depth])
        place = os.path.join(dest, path)
        if path in before and os.path.isfile(place):
            os.unlink(place)
    os.makedirs(os.path.join(dest, folder), exist_ok=True)


def _stale(before: frozenset[str], result: Publication, dest: Path) -> list[str]:
    root = os.path.realpath(dest)
    folders: dict[str, bool] = {}
    return sorted(
        path
        for path in before - result.paths
        if os.path.isfile(os.path.join(dest, path)) and _stays(path, root, folders)
    )


def _prune(paths: Iterable[str], dest: Path) -> None:
    """Remove files, and the folders that are empty without them."""
    folders = set()
    for path in paths:
        try:
            os.unlink(os.path.join(dest, path))
        except FileNotFoundError:
            continue
        parts = path.split("/")[:-1]
        folders |= {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
    for folder in sorted(folders, key=len, reverse=True):
        try:
            os.rmdir(os.path.join(dest, folder))
        except OSError:
            continue


def _manifest(dest: Path) -> frozenset[str]:
    """Return the paths that an earlier build wrote; a list that others wrote names nothing else."""
    try:
        lines = (dest / MANIFEST).read_text("utf-8").split("\n")
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return frozenset()
    folders: dict[str, bool] = {}
    return frozenset(path for path in lines if path and _is_below(path, folders))


def _is_below(path: str, folders: dict[str, bool]) -> bool:
    """Say whether ``path`` names a place below the output folder; links are not looked at."""
    folder, slash, name = path.rpartition("/")
    if folder not in folders:
        folders[folder] = not slash or _NO_NAMES.isdisjoint(folder.split("/"))
    return folders[folder] and name not in _NO_NAMES and "\\" not in path and "\x00" not in path


def _write_manifest(paths: Iterable[str], dest: Path) -> None:
    data = "".join(f"{path}\n" for path in sorted(paths)).encode()
    place = os.path.join(dest, MANIFEST)
    if not _same(place, data):
        write_whole(Path(place), data)


def write_whole(place: Path, data: bytes) -> None:
    """Write ``data`` to ``place`` whole or not at all. Raises WorldError when the disk refuses."""
    aside = f"{place}.new-{os.getpid()}"
    try:
        with open(aside, "wb") as file:
            file.write(data)
        os.replace(aside, place)
    except OSError as error:
        if os.path.exists(aside):
            os.unlink(aside)
        raise WorldError(f"{place}: {reason_of(error)}") from error


def overlaps(dest: Path, sources: Mapping[str, Path]) -> str | None:
    """Return which of ``sources`` the output folder would hold, lie in or be, if any."""
    out = os.path.realpath(dest)
    for name, source in sources.items():
        place = os.path.realpath(source)
        if out == place or place.startswith(out + os.sep) or out.startswith(place + os.sep):
            return name
    return None
