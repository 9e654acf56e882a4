"""The disk: what is read are regular files, what is written is whole or not there at all.

One command at a time writes in a folder. Whatever was left aside by one that was killed is removed
by the next one that has the folder for itself.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsfeed.diagnostics import WorldError, refused

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:
    flock = None  # type: ignore[assignment]  # Windows has no such lock: commands are not kept apart

FOLDER = ".newsfeed"
"""The folder of a site where a command keeps what may be deleted at any time."""
ASIDE = "aside"
"""The folder in it where files are written before they are renamed into their place."""
STAGING = ".newsfeed-new-"
"""Begins the name of what lies beside its place, where no other folder of the same disk is to be had."""
PROBE = "tick-"
"""Begins the name of a file there that tells the time of the disk."""
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""How what may be a pipe is opened: nobody waits for who would write into it."""
NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_PATIENCE = 1.0
"""Seconds after which one would like to know why nothing happens."""
_LONGEST_WAIT = 600.0
"""Seconds: no command takes longer, unless it hangs."""
_PAUSE = 0.02
_CHUNK = 1 << 20

_held: dict[tuple[int, int], int] = {}
"""The folders that this process has for itself, by device and inode, each with its descriptor."""


def read(place: str | os.PathLike[str]) -> bytes:
    """Return the bytes of a regular file. Raises OSError, for a pipe or a device too."""
    descriptor = os.open(place, READ)
    try:
        status = regular(descriptor)
        data = os.read(descriptor, status.st_size + 1)
        parts = [data]
        while data:
            data = os.read(descriptor, _CHUNK)
            parts.append(data)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def head(place: str | os.PathLike[str], most: int) -> bytes:
    """Return at most so many bytes of the beginning of a regular file. Raises OSError."""
    descriptor = os.open(place, READ)
    try:
        regular(descriptor)
        return os.read(descriptor, most)
    finally:
        os.close(descriptor)


def read_text(place: str | os.PathLike[str], encoding: str = "utf-8") -> str:
    """Return the text of a regular file, its lines ended by a line feed. Raises OSError, UnicodeError."""
    return read(place).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def regular(descriptor: int) -> os.stat_result:
    """Return what the disk knows of an open file. Raises OSError where it is not a regular one."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
        raise OSError(code, os.strerror(code) if code == errno.EISDIR else "not a regular file")
    return status


def own_folder(root: str | os.PathLike[str], *below: str) -> str:
    """Return the folder of ``root`` where a command keeps what may be deleted, or one ``below`` it; make it.

    Raises OSError, for a link too: where it leads nothing is ours, and nothing is to be removed.
    """
    place = os.fspath(root)
    for name in (FOLDER, *below):
        place = os.path.join(place, name)
        with suppress(FileExistsError):
            os.mkdir(place)
        if not stat.S_ISDIR(os.lstat(place).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), place)
    return place


def write(place: str, data: bytes | Iterable[bytes], *, lasting: bool = False) -> os.stat_result:
    """Write a file that is nobody's yet; ``lasting`` returns once the disk has it. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    descriptor = os.open(place, flags, 0o666)
    try:
        for part in (data,) if isinstance(data, bytes) else data:
            done = os.write(descriptor, part)
            while done < len(part):
                done += os.write(descriptor, part[done:])
        if lasting:
            os.fsync(descriptor)
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def write_whole(
    place: Path,
    data: bytes | Iterable[bytes],
    root: Path | None = None,
    *,
    new: bool = False,
    lasting: bool = True,
) -> None:
    """Write ``data``, or its parts, to ``place`` whole or not at all.

    It is written aside in the site's folder ``root``, or else beside its place: parts may be asked for
    twice. With ``new`` nothing may be there. ``lasting`` is for what no build could make again: it is
    on the disk before anything else is written. Raises WorldError when the disk refuses, FileExistsError.
    """
    try:
        aside = _written_aside(place, data, root, lasting=lasting)
        try:
            _put(aside, place, new=new)
        except OSError as error:
            with suppress(OSError):
                os.unlink(aside)
            if error.errno != errno.EXDEV:
                raise
            # Where the site's folder is one of several disks: beside its place.
            aside = _written_aside(place, data, None, lasting=lasting)
            _put(aside, place, new=new)
        if lasting:
            _sync(place.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise refused(place, error) from error


def make_folder(folder: Path) -> None:
    """Make ``folder``, and those that hold it. Raises WorldError when the disk refuses."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(folder, error) from error


@contextmanager
def alone(
    folder: Path, waits: Callable[[], None] = lambda: None, *, longest: float = _LONGEST_WAIT
) -> Iterator[None]:
    """Have ``folder`` for oneself, as far as newsfeed is concerned; ``waits`` is called where that takes long.

    A process that has it already goes on. Where the disk knows no such lock nobody is kept out.
    Raises WorldError after ``longest`` seconds.
    """
    taken = _take(folder, waits, longest)
    try:
        yield
    finally:
        if taken is not None:
            os.close(_held.pop(taken))


def sweep(root: Path) -> None:
    """Remove what killed commands left aside in the site ``root``, which one has for oneself."""
    folder = os.path.join(root, FOLDER)
    aside, pictures = os.path.join(folder, ASIDE), os.path.join(folder, "pictures")
    if not os.path.islink(folder):
        for name in _names(aside) if not os.path.islink(aside) else ():
            _remove(os.path.join(aside, name))
        for name in _names(folder):
            if name.startswith(PROBE):
                _remove(os.path.join(folder, name))
        sweep_beside(folder)
        if not os.path.islink(pictures):
            sweep_beside(pictures)
    for place in (os.fspath(root), os.path.join(root, "issues")):
        sweep_beside(place)


def sweep_beside(folder: str) -> None:
    """Remove what killed commands left in ``folder`` itself, which one has for oneself."""
    for name in _names(folder):
        if name.startswith(STAGING):
            _remove(os.path.join(folder, name))


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _remove(place: str) -> None:
    """Remove a file, or a folder with all that it holds; what cannot be removed stays."""
    for remove in (os.unlink, os.rmdir):
        with suppress(OSError):
            remove(place)
            return
    from shutil import rmtree  # the folder of most builds is empty by then

    rmtree(place, ignore_errors=True)


def _written_aside(
    place: Path, data: bytes | Iterable[bytes], root: Path | None, *, lasting: bool
) -> str:
    """Write ``data`` to a file that a later command would remove; return where it is."""
    number = f"{os.getpid()}-{time.monotonic_ns():x}"
    aside = ""
    if root is not None:
        with suppress(OSError):
            aside = os.path.join(own_folder(root, ASIDE), number)
    aside = aside or os.path.join(place.parent, STAGING + number)
    try:
        write(aside, data, lasting=lasting)
    except (OSError, ValueError):  # a part that cannot be made is a ValueError
        with suppress(OSError):
            os.unlink(aside)
        raise
    return aside


def _put(aside: str, place: Path, *, new: bool) -> None:
    if not new:
        os.replace(aside, place)
        return
    try:
        os.link(aside, place)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno == errno.EXDEV:
            raise
        # A disk without links: between the look and the renaming somebody may be faster.
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        os.replace(aside, place)
        return
    os.unlink(aside)


def _sync(folder: Path) -> None:
    """Have the names of ``folder`` on the disk, where it keeps such a promise."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _take(folder: Path, waits: Callable[[], None], longest: float) -> tuple[int, int] | None:
    """Wait for ``folder``; return what stands for it, None where there is nothing to let go."""
    if flock is None:
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        status = os.fstat(descriptor)
    except OSError:
        return None  # who reads it, or writes into it, will say why
    key = (status.st_dev, status.st_ino)
    if key in _held or not _locked(descriptor, folder, waits, longest):
        os.close(descriptor)
        return None
    _held[key] = descriptor
    return key


def _locked(descriptor: int, folder: Path, waits: Callable[[], None], longest: float) -> bool:
    """Wait for the lock of an open folder; return False where its disk has none."""
    begun = time.monotonic()
    said = False
    while True:
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
            return True
        except OSError as error:
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EINTR):
                return False
        waited = time.monotonic() - begun
        if waited > longest:
            os.close(descriptor)
            raise WorldError(
                f"{folder}: another newsfeed has been at work here for {waited:.0f} s; end it",
                f"{folder} : un autre newsfeed travaille ici depuis {waited:.0f} s ; arrêtez-le",
            )
        if waited > _PATIENCE and not said:
            said = True
            waits()
        time.sleep(_PAUSE)


def _let_go() -> None:
    """Leave the folders to the process that was forked from: when it ends, they are free."""
    for descriptor in _held.values():
        with suppress(OSError):
            os.close(descriptor)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
