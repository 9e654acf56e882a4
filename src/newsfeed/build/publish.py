"""Publishes outputs whole, or not at all."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from newsfeed import disk
from newsfeed.content.scan import MANIFEST, stamp
from newsfeed.diagnostics import ConfigError, WorldError, diagnostic, reason_of, refused
from newsfeed.model import Output, Tree

_NO_NAMES = frozenset(("", ".", ".."))
NAMED_AT_MOST = 50
_PAGES = (".html", ".htm", ".xhtml")
_ROUNDS = ("files", "pages", "leading")
"""In this order what was made is put in its place: what leads nowhere, then pages, then what leads to
pages: feeds, lists, maps."""


@dataclass(kw_only=True)
class Publication:
    """What `publish` did, or with ``check`` would do: paths below the output folder, sorted.

    ``keys`` are those of outputs that have one; ``stamps`` tell the
    files that were made, or compared, from any others. ``missed`` are files to copy that cannot be
    read, with the reason: what was published of them stays.
    """

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    abandoned: bool = False
    paths: frozenset[str] = frozenset()
    missed: dict[str, str] = field(default_factory=dict)
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
    ready: Callable[[Publication], bool] = lambda _: True,
) -> Publication:
    """Make ``dest`` hold exactly ``outputs``, beside what others put there.

    Only bytes that differ are written: first all of them aside, then, if ``ready`` agrees, each
    renamed into place, after what it leads to. What an earlier build wrote and this one does not is
    removed last; with ``check`` nothing is touched. Raises WorldError when the disk refuses; then
    ``dest`` is as it was, unless it refused a rename. Raises ConfigError where a file that no build
    wrote would be replaced.
    """
    result = Publication()
    try:
        if check:
            before = _manifest(dest)
            result.written = sorted(
                output.path for output, _ in _changes(outputs, dest, tree, result)
            )
            _refuse_others(result.written, before, dest)
            result.removed = _files(_gone(before, result, dest), dest)
            return result
        os.makedirs(dest, exist_ok=True)
        with disk.alone(dest), _staging(dest) as aside:
            before = _manifest(dest)
            _stage(_changes(outputs, dest, tree, result), aside, result)
            _refuse_others(result.written, before, dest)
            if ready(result):
                _commit(aside, before, dest, result)
            else:
                result.abandoned = True
                result.written.clear()
        return result
    except OSError as error:
        raise refused(dest, error) from error


def place(outputs: Iterable[Output], dest: Path, tree: Tree) -> Publication:
    """Write ``outputs`` into ``dest`` beside all that is there, each whole or not at all.

    They join the files that a later `publish` removes unless it writes them too. Raises WorldError
    when the disk refuses, ConfigError where a file that no build wrote would be replaced.
    """
    result = Publication()
    try:
        os.makedirs(dest, exist_ok=True)
        with disk.alone(dest), _staging(dest) as aside:
            before = _manifest(dest)
            _stage(_changes(outputs, dest, tree, result), aside, result)
            _refuse_others(result.written, before, dest)
            _write_manifest(before | result.paths, dest, aside)
            _move_all(aside, before, dest)
    except OSError as error:
        raise refused(dest, error) from error
    result.written.sort()
    return result


def _stage(changes: Iterable[tuple[Output, bytes]], aside: str, result: Publication) -> None:
    """Write what differs to ``aside``, each in the folder of its round."""
    shelves = {""}
    for output, data in changes:
        path = f"{_round(output)}/{output.path}"
        folder = path.rpartition("/")[0]
        if folder not in shelves:
            _make_shelf(aside, folder, shelves)
        result.stamps[output.path] = stamp(disk.write(f"{aside}/{path}", data))
        result.written.append(output.path)


def _round(output: Output) -> str:
    if output.leads:
        return _ROUNDS[2]
    return _ROUNDS[1 if output.path.lower().endswith(_PAGES) else 0]


def _changes(
    outputs: Iterable[Output], dest: Path, tree: Tree, result: Publication
) -> Iterator[tuple[Output, bytes]]:
    """Yield, with its bytes, what differs from ``dest``; count and note what does not."""
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
        data = output.data if output.data is not None else _copied(output, tree, result)
        if data is None:
            result.unchanged += 1
            continue
        place = f"{root}/{path}"
        if comparable and (_same(place, data) or (output.keep and _holds(place, output.keep))):
            result.unchanged += 1
            result.stamps[path] = stamp(os.stat(place))
        else:
            yield output, data
    result.paths = frozenset(seen)


def _copied(output: Output, tree: Tree, result: Publication) -> bytes | None:
    """Return the bytes of the file that an output is a copy of, None where it cannot be read."""
    path = output.copy_of or ""
    try:
        return tree.read(path)
    except OSError as error:
        result.missed[path] = reason_of(error)
        result.keys.pop(output.path, None)
        return None


def _refuse_others(paths: Iterable[str], before: frozenset[str], dest: Path) -> None:
    """Raise ConfigError naming what of ``paths`` stands in ``dest`` though no build wrote it."""
    new = (os.path.join(dest, path) for path in paths if path not in before)
    others = [place for place in new if os.path.lexists(place) and not os.path.isdir(place)]
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
    if found is not None:
        return found
    above = [folder]
    while above[-1] and above[-1] not in there:
        above.append(above[-1].rpartition("/")[0])
    found = True
    for each in reversed(above):
        # In a folder that is not there, no folder is and no link.
        if found and each not in there:
            if not _stays(f"{each}/x", root, {}):
                raise _led_out(each)
            there[each] = os.path.isdir(os.path.join(root, each))
        found = there.setdefault(each, False)
    return found


def _led_out(folder: str) -> WorldError:
    return WorldError(
        f"{folder}: a link leads out of the output folder; remove it",
        f"{folder} : un lien mène hors du dossier de sortie ; supprimez-le",
    )


def _stays(path: str, root: str, folders: dict[str, bool]) -> bool:
    """Say whether the folder of ``path`` lies below ``root`` once its links are followed."""
    folder = path.rpartition("/")[0]
    if folder not in folders:
        place = os.path.realpath(os.path.join(root, folder))
        folders[folder] = place == root or place.startswith(root + os.sep)
    return folders[folder]


def _same(place: str, data: bytes) -> bool:
    try:
        descriptor = os.open(place, disk.READ)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
    try:
        status = os.fstat(descriptor)
        if status.st_size != len(data) or not stat.S_ISREG(status.st_mode):
            return False
        content = os.read(descriptor, len(data) + 1)
        return content == data if len(content) >= len(data) else disk.read(place) == data
    finally:
        os.close(descriptor)


def _holds(place: str, marks: tuple[bytes, ...]) -> bool:
    if not os.path.isfile(place):
        return False
    data = disk.read(place)
    return all(mark in data for mark in marks)


@contextmanager
def _staging(dest: Path) -> Iterator[str]:
    """Yield a folder in ``dest``, which one has for oneself, to write in before anything is published."""
    disk.sweep_beside(os.fspath(dest))
    aside = os.path.join(dest, f"{disk.STAGING}{os.getpid()}-{time.monotonic_ns():x}")
    os.mkdir(aside, 0o700)
    try:
        yield aside
    finally:
        disk.sweep_beside(os.fspath(dest))


def _make_shelf(aside: str, folder: str, shelves: set[str]) -> None:
    """Make ``folder``, and those that hold it, in ``aside``, which has ``shelves`` so far."""
    above = folder.rpartition("/")[0]
    if above not in shelves:
        _make_shelf(aside, above, shelves)
    os.mkdir(f"{aside}/{folder}")
    shelves.add(folder)


def _commit(aside: str, before: frozenset[str], dest: Path, result: Publication) -> None:
    paths = result.paths
    # Until every file is in its place the list holds old and new, so that whatever an interrupted
    # run leaves is still known as ours to the next one.
    _write_manifest(before | paths, dest, aside)
    _move_all(aside, before, dest)
    gone = _gone(before, result, dest)
    result.removed = _files(gone, dest)
    _prune(gone, dest)
    _write_manifest(paths, dest, aside)
    result.written.sort()


def _move_all(aside: str, before: frozenset[str], dest: Path) -> None:
    """Move what was made into its place, round by round."""
    for each in _ROUNDS:
        if os.path.isdir(f"{aside}/{each}"):
            _move(f"{aside}/{each}", "", before, dest)


def _move(aside: str, folder: str, before: frozenset[str], dest: Path) -> None:
    """Move what lies in ``aside`` into ``folder``: another one that is new whole, otherwise its files.

    Folders come first. Paths are no deeper than claims allow.
    """
    if not _stays(f"{folder}x", os.path.realpath(dest), {}):
        raise _led_out(folder)
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
                os.makedirs(os.path.dirname(target), exist_ok=True)
        elif found.is_dir() and path in before and os.path.isfile(target):
            os.unlink(target)
        os.replace(found.path, target)


def _gone(before: frozenset[str], result: Publication, dest: Path) -> list[str]:
    """Return the paths that a build before gave and this one does not, whatever is there by now."""
    root = os.path.realpath(dest)
    folders: dict[str, bool] = {}
    return sorted(path for path in before - result.paths if _stays(path, root, folders))


def _files(paths: Iterable[str], dest: Path) -> list[str]:
    return [path for path in paths if os.path.isfile(os.path.join(dest, path))]


def _prune(paths: Sequence[str], dest: Path) -> None:
    """Remove files, and the folders that are empty without them: those of an interrupted run, too."""
    for path in _files(paths, dest):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(dest, path))
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    for folder in sorted(folders, reverse=True):
        with suppress(OSError):
            os.rmdir(os.path.join(dest, folder))


def _manifest(dest: Path) -> frozenset[str]:
    """Return the paths that an earlier build wrote; a list that others wrote names nothing else."""
    try:
        lines = disk.read_text(dest / MANIFEST).split("\n")
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


def _write_manifest(paths: Iterable[str], dest: Path, aside: str) -> None:
    data = "".join(f"{path}\n" for path in sorted(paths)).encode()
    place = os.path.join(dest, MANIFEST)
    if not _same(place, data):
        disk.write(f"{aside}/{MANIFEST}", data)
        os.replace(f"{aside}/{MANIFEST}", place)


def overlaps(dest: Path, sources: Mapping[str, Path]) -> str | None:
    """Return which of ``sources`` the output folder would hold, lie in or be, if any."""
    out = Path(os.path.realpath(dest))
    for name, source in sources.items():
        place = Path(os.path.realpath(source))
        if place.is_relative_to(out) or out.is_relative_to(place):
            return name
    return None
