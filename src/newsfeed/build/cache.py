"""What a build remembers for the next one: a file that may be deleted at any time.

``.newsfeed/cache`` holds what pure functions gave: articles read (while a file's size and times
agree, or its content does), the sizes of pictures, and what published files were made of. It is
never trusted: every piece bears a checksum, nothing in it is executed, and what is damaged, foreign
or of another version counts as absent. Two builds may use it at once.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsfeed import __version__
from newsfeed.model import FileInfo
from newsfeed.text.hashing import blake2b

FOLDER = ".newsfeed"
FILE = "cache"
PROBE = "tick-"
SLACK = 2_000_000_000
"""Nanoseconds: what changed so shortly before a build may change again within one tick of its disk's
clock (FAT counts in two seconds), and its size and times would not tell."""

YOUNG = "young"
"""Stands for the size and times of a file that do not prove what it holds (`Cache.is_old`)."""

Table = str
_TABLES: tuple[Table, ...] = ("whole", "chunks", "sizes")
_SUM = 4
_OWNER = 8
"""Octets at the beginning of a key that tell under which fingerprint its piece was made."""
_MOST = 100_000
_KINDS = 4
"""How many fingerprints have pieces in the file: a site may be built with several settings in turn."""


class Cache:
    """The file, as one build sees it: what it holds, and what is to be added to it.

    A piece has a table, a key and a text. ``now`` is the instant of the build in nanoseconds, by the
    clock of the disk, 0 for one that only reads.
    """

    def __init__(self, place: Path, fingerprint: str, now: int) -> None:
        self.place = place
        self.fingerprint = fingerprint
        self.now = now
        self._added: dict[Table, dict[bytes, bytes]] = {table: {} for table in _TABLES}
        self._dropped: list[tuple[Table, bytes]] = []
        self._expected: dict[tuple[Table, bytes], str | None] = {}
        self._owner = blake2b(fingerprint.encode(), digest_size=_OWNER).digest()
        self._database: sqlite3.Connection | None = None
        self._process = 0

    def find(self, table: Table, *key: str) -> str | None:
        """Return the text of a piece, or None where there is no whole one."""
        return _text(self.data(table, *key))

    def data(self, table: Table, *key: str) -> bytes | None:
        """Return the text of a piece in UTF-8, or None where there is no whole one."""
        name = self._key(key)
        if (added := self._added[table].get(name)) is not None:
            return _checked(added, name)
        try:
            return self._stored(table, name)
        except (sqlite3.Error, OSError, UnicodeError):
            # SQLite cannot even name what is wrong with a file whose own names are damaged.
            return None

    def _stored(self, table: Table, name: bytes) -> bytes | None:
        found = self._open().execute(f"select data from {table} where key = ?", (name,))
        row = found.fetchone()
        return _checked(row[0], name) if row else None

    def add(self, table: Table, text: str, *key: str) -> None:
        """Remember the text of a piece; `save` writes it."""
        self.add_data(table, text.encode("utf-8", "surrogatepass"), *key)

    def add_data(self, table: Table, data: bytes, *key: str) -> None:
        """Remember the text of a piece in UTF-8; `save` writes it."""
        name = self._key(key)
        self._added[table][name] = _sum(data, name) + data

    def expect(self, text: str | None, table: Table, *key: str) -> None:
        """Let `save` write nothing if a piece is another one by then than the ``text`` that was found."""
        self._expected.setdefault((table, self._key(key)), text)

    def drop(self, table: Table, *key: str) -> None:
        """Forget a piece that none asks for any more; `save` does so."""
        self._dropped.append((table, self._key(key)))

    def is_old(self, info: FileInfo) -> bool:
        """Say whether size and times of a file prove that its content is what it was."""
        return max(info.mtime, info.changed) < self.oldest

    @property
    def oldest(self) -> int:
        """The instant in nanoseconds before which what changed is `is_old`."""
        return self.now - SLACK

    def tick(self) -> int:
        """Return the instant, by the clock that gives times to files; 0 for one that only reads."""
        try:
            return clock(self.place.parent) if self.now else 0
        except OSError:
            return 0

    def save(self) -> None:
        """Write what was added; what fails is left for another build to remember."""
        if not self.now or not any(self._added.values()):
            return
        for _ in range(2):
            try:
                self._write()
                return
            except sqlite3.OperationalError as error:
                if "locked" in str(error) or "readonly" in str(error):
                    return
                self._discard()
            except (sqlite3.Error, UnicodeError):
                self._discard()
            except OSError:
                return

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None and self._process == os.getpid():
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None

    def _key(self, key: tuple[str, ...]) -> bytes:
        text = "\0".join((self.fingerprint, *key))
        data = text.encode("utf-8", "surrogatepass")
        return self._owner + blake2b(data, digest_size=16).digest()

    def _open(self) -> sqlite3.Connection:
        """Return this process's connection: one must not be carried through a fork."""
        if self._database is None or self._process != os.getpid():
            self._process = os.getpid()
            mode = "rwc" if self.now else "ro"
            self._database = sqlite3.connect(
                f"{self.place.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=0.2,
                isolation_level=None,
            )
            # After a power cut the file may be damaged, which its checksums tell: no need to wait.
            # Chunks spread over many pages: larger ones are read several times faster.
            for setting in (
                "synchronous = off",
                "trusted_schema = off",
                "page_size = 16384",
                "cache_size = -256",
            ):
                self._database.execute(f"pragma {setting}")
        return self._database

    def _write(self) -> None:
        database = self._open()
        database.execute("begin immediate")
        try:
            for table in _TABLES:
                database.execute(
                    f"create table if not exists {table} (key blob primary key, data blob)"
                )
            if any(
                _text(self._stored(table, key)) != text
                for (table, key), text in self._expected.items()
            ):
                database.execute("rollback")  # another build has written meanwhile
                return
            for table, pieces in self._added.items():
                database.executemany(
                    f"insert or replace into {table} values (?, ?)",
                    pieces.items(),
                )
            for table, key in self._dropped:
                if key not in self._added[table]:
                    database.execute(f"delete from {table} where key = ?", (key,))
            self._forget()
            database.execute("commit")
        except BaseException:
            if database.in_transaction:
                database.execute("rollback")
            raise
        for table, key in self._expected:
            if key in self._added[table]:
                self._expected[table, key] = _text(_checked(self._added[table][key], key))
        self._added = {table: {} for table in _TABLES}
        self._dropped = []

    def _forget(self) -> None:
        """Remove the pieces of fingerprints that were not used of late, and sizes past counting."""
        database = self._open()
        database.execute("create table if not exists owners (owner blob primary key, turn integer)")
        owners = database.execute("select owner from owners order by turn desc").fetchall()
        if not owners or owners[0][0] != self._owner:
            database.execute(
                "insert or replace into owners "
                "select ?, coalesce(max(turn), 0) + 1 from owners", (self._owner,)
            )  # fmt: skip
            for (owner,) in owners[_KINDS:]:
                database.execute("delete from owners where owner = ?", (owner,))
                for table in _TABLES:
                    database.execute(f"delete from {table} where substr(key, 1, 8) = ?", (owner,))
        (count,) = database.execute("select count(*) from sizes").fetchone()
        if count > _MOST:
            database.execute("delete from sizes")

    def _discard(self) -> None:
        self.close()
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                os.unlink(f"{self.place}{ending}")


@contextmanager
def opened(root: Path, *settings: str, write: bool = True) -> Iterator[Cache | None]:
    """Yield the cache of the site at ``root``, or None where its folder cannot be written.

    ``settings`` are what else everything in it depends on: the configuration's fingerprint. Without
    ``write`` nothing is made; what is to be saved is not.
    """
    folder = root / FOLDER
    now = 0
    if write:
        try:
            folder.mkdir(exist_ok=True)
            now = clock(folder)
        except OSError:
            yield None
            return
    cache = Cache(folder / FILE, fingerprint(*settings), now)
    try:
        yield cache
    finally:
        cache.close()


def clock(folder: Path) -> int:
    """Return the instant in nanoseconds by the clock that gives times to files. Raises OSError."""
    place = os.path.join(folder, f"{PROBE}{os.getpid()}")
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT)
    try:
        os.utime(descriptor if os.utime in os.supports_fd else place)
        return os.fstat(descriptor).st_mtime_ns
    finally:
        os.close(descriptor)
        os.unlink(place)


def fingerprint(*settings: str) -> str:
    """Return a hash of ``settings``, of our own code, and of the Python and libraries that run it."""
    parts = [__version__, sys.version, sqlite3.sqlite_version, *settings]
    parts += _modules(os.path.dirname(os.path.dirname(__file__)))
    for folder in sys.path:
        with suppress(OSError):
            parts += sorted(name for name in os.listdir(folder) if name.endswith("-info"))
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _modules(folder: str) -> Iterator[str]:
    for found in sorted(os.scandir(folder), key=lambda each: each.name):
        if found.is_dir() and found.name not in ("__pycache__", "templates"):
            yield from _modules(found.path)
        elif found.name.endswith((".py", ".rng")):
            status = found.stat()
            yield f"{found.path} {status.st_size} {status.st_mtime_ns}"


def _checked(sealed: object, key: bytes) -> bytes | None:
    if not isinstance(sealed, bytes):
        return None
    data = sealed[_SUM:]
    return data if _sum(data, key) == sealed[:_SUM] else None


def _text(data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _sum(data: bytes, key: bytes) -> bytes:
    return zlib.crc32(data, zlib.crc32(key)).to_bytes(_SUM, "little")
