"""What a build remembers for the next one: one file that may be deleted at any time.

``.newsfeed/cache`` holds the results of steps, by step and name: a result, its diagnostics, what it
referred to, and a key that stands for all that it was made of. It is never trusted: it bears a
checksum, nothing in it is executed, and what is damaged, foreign or of another version counts as
absent. It is written aside and renamed; of two builds at once the last one's stays.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence, Set, Sized
from contextlib import contextmanager, suppress
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import DecodeError, Raw, Struct, field
from msgspec import msgpack as wire

from newsfeed import __version__, disk
from newsfeed.diagnostics import WorldError
from newsfeed.model import FileInfo
from newsfeed.text.hashing import blake2b

FOLDER = disk.FOLDER
FILE = "cache"
SLACK = 2_000_000_000
"""Nanoseconds: what changed so shortly before a build may change again within one tick of its disk's
clock (FAT counts in two seconds), and its size and times would not tell."""
PUBLISHED = "published "
"""Begins the name of a step whose results lie in an output folder, which ends it."""
_FOLDERS = 4
"""How many output folders are remembered, those that were used last."""
_MAGIC = b"newsfeed cache 2\n"
_SUM = 4
"""Octets of the checksum, which ends the file."""
_TOGETHER = 1000
"""How many results are encoded at a time: a file of 145 MB is never in memory as a whole."""
_ENCODER = wire.Encoder()

Value = TypeVar("Value", bound=Struct)


class _Document(Struct, array_like=True):
    """The file's content: the ``fingerprint`` of what made it, the results of each step."""

    fingerprint: str = ""
    steps: dict[str, list[Raw]] = field(default_factory=dict)


class _Parts:
    """The parts of the file, each encoded when it is asked for."""

    def __init__(self, fingerprint: str, steps: Mapping[str, Sequence[Raw | Struct]]) -> None:
        self._fingerprint = fingerprint
        self._steps = steps

    def __iter__(self) -> Iterator[bytes]:
        sum_ = 0
        yield _MAGIC
        for part in self._document():
            sum_ = zlib.crc32(part, sum_)
            yield part
        yield sum_.to_bytes(_SUM, "little")

    def _document(self) -> Iterator[bytes]:
        """Yield a `_Document` in the format of MessagePack: an array of two, a map, arrays of 32 bits."""
        yield b"\x92" + _ENCODER.encode(self._fingerprint) + _counted(b"\xdf", self._steps)
        for name, results in self._steps.items():
            yield _ENCODER.encode(name) + _counted(b"\xdd", results)
            for at in range(0, len(results), _TOGETHER):
                yield b"".join(map(_ENCODER.encode, results[at : at + _TOGETHER]))


def _counted(kind: bytes, found: Sized) -> bytes:
    return kind + len(found).to_bytes(4, "big")


class Step(Generic[Value]):
    """The results of one step by name, which is the first field of ``kind``."""

    def __init__(self, kind: type[Value], raws: list[Raw]) -> None:
        self._decoder = wire.Decoder(kind)
        self._name = kind.__struct_fields__[0]
        self._raws = raws
        self._put: dict[str, Value] = {}
        self._gone: set[str] = set()

    @cached_property
    def values(self) -> dict[str, Value]:
        """The results that earlier builds left, by name."""
        name = attrgetter(self._name)
        return {name(value): value for value in map(self._decoder.decode, self._raws)}

    def get(self, name: str) -> Value | None:
        """Return the result called ``name``, None for none."""
        return self._put.get(name) or self.values.get(name)

    def put(self, value: Value) -> None:
        """Remember a result."""
        self._put[getattr(value, self._name)] = value

    def keep(self, names: Set[str]) -> None:
        """Forget every result but those called ``names``."""
        self._gone = (self.values.keys() | self._put.keys()) - names

    def only(self, value: Value) -> None:
        """Remember ``value`` in the place of all results."""
        name = getattr(value, self._name)
        if self.get(name) != value:
            self.put(value)
        self.keep({name})

    @property
    def changed(self) -> bool:
        """Whether anything was remembered or forgotten."""
        return bool(self._put or self._gone)

    def encoded(self) -> Sequence[Raw | Value]:
        """Return all results as `msgspec` encodes them: those that stay as they were read."""
        if not self.changed:
            return self._raws
        fresh = self._put.keys() | self._gone
        read = zip(self.values, self._raws, strict=True)
        stay: list[Raw | Value] = [raw for name, raw in read if name not in fresh]
        return stay + [each for name, each in self._put.items() if name not in self._gone]


class Cache:
    """The file, as one build sees it.

    ``now`` is the instant of the build in nanoseconds, by the clock of the disk, 0 for one that only
    reads.
    """

    def __init__(self, place: Path, fingerprint: str, now: int) -> None:
        self.place = place
        self.now = now
        self.fingerprint = fingerprint
        self._raws = _load(place, fingerprint)
        self._steps: dict[str, Step[Any]] = {}

    def step(self, name: str, kind: type[Value]) -> Step[Value]:
        """Return the results of the step called ``name``, each a ``kind``."""
        if name not in self._steps:
            step = Step(kind, self._raws.get(name, []))
            try:
                whole = len(step.values) == len(self._raws.get(name, ()))
            except (DecodeError, TypeError, ValueError):
                whole = False
            self._steps[name] = step if whole else Step(kind, [])
        return self._steps[name]

    @property
    def empty(self) -> bool:
        """Whether nothing is remembered at all."""
        return not self._raws

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
        """Write what was remembered; what fails is left for another build to remember."""
        if not self.now or not any(step.changed for step in self._steps.values()):
            return
        steps: dict[str, Sequence[Raw | Struct]] = dict(self._raws)
        for name, step in self._steps.items():
            steps.pop(name, None)  # what is used goes to the end
            steps[name] = step.encoded()
        folders = [name for name in steps if name.startswith(PUBLISHED)]
        for name in folders[:-_FOLDERS]:
            del steps[name]
        with suppress(WorldError, UnicodeEncodeError):  # or a name is no text
            root = self.place.parent.parent
            disk.write_whole(self.place, _Parts(self.fingerprint, steps), root, lasting=False)


def _load(place: Path, fingerprint: str) -> dict[str, list[Raw]]:
    """Return the results that a file holds, none of a file that is not whole or not ours."""
    try:
        data = disk.read(place)
    except OSError:
        return {}
    if data[: len(_MAGIC)] != _MAGIC:
        return {}
    rest = memoryview(data)[len(_MAGIC) : -_SUM]
    if zlib.crc32(rest).to_bytes(_SUM, "little") != data[-_SUM:]:
        return {}
    try:
        document = wire.decode(rest, type=_Document)
    except (DecodeError, ValueError):
        return {}
    return document.steps if document.fingerprint == fingerprint else {}


@contextmanager
def opened(root: Path, *settings: str, write: bool = True) -> Iterator[Cache | None]:
    """Yield the cache of the site at ``root``, or None where its folder cannot be written.

    ``settings``, such as the configuration's fingerprint, invalidate it when they change. Without
    ``write`` no folder is made, and nothing is saved.
    """
    folder = root / FOLDER
    now = 0
    if write:
        try:
            disk.own_folder(root)
            now = clock(folder)
        except OSError:
            yield None
            return
    yield Cache(folder / FILE, fingerprint(*settings), now)


def clock(folder: Path) -> int:
    """Return the instant in nanoseconds by the clock that gives times to files. Raises OSError."""
    place = os.path.join(folder, f"{disk.PROBE}{os.getpid()}")
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | disk.NO_LINK)
    try:
        os.utime(descriptor if os.utime in os.supports_fd else place)
        return os.fstat(descriptor).st_mtime_ns
    finally:
        os.close(descriptor)
        with suppress(FileNotFoundError):
            os.unlink(place)


def fingerprint(*settings: str) -> str:
    """Return a hash of ``settings``, of our own code, and of the Python and libraries that run it."""
    parts = [__version__, sys.version, *settings]
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
