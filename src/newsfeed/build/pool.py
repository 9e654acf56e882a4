"""Work shared among processes: forked where that is safe, spawned otherwise.

What goes between forked processes is plain: tuples, lists, texts, numbers, bytes. Where they are
spawned, the functions and what they are given must be what pickle can carry.
"""

from __future__ import annotations

import marshal
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Generic, NoReturn, TypeVar, cast

G = TypeVar("G")
T = TypeVar("T")
R = TypeVar("R")

FORKS = sys.platform.startswith("linux") and hasattr(os, "fork")
WORTH = 400 if FORKS else 4000
"""How many articles must wait for a second process to pay: one that is spawned starts anew."""
_LENGTH = 8
"""Octets of a number, and of a length, before each result in a pipe."""
_TASK = 4
"""Octets of the number of a part."""
_PIPE = 1 << 20
_SPARE = 16
"""How many files a process needs to be able to open."""

Make = Callable[[G], Callable[[Sequence[T]], R]]
"""What makes, in each process, the function that does a batch of the work."""


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def batches(
    make: Make[G, T, R],
    given: G,
    work: Sequence[T],
    jobs: int,
    *,
    size: int = 250,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[R]:
    """Return what ``make(given)`` gives for each batch of ``work``, in order.

    With one job, or too little work, that is done here, as it is asked for; otherwise by ``jobs``
    processes: the others begin at once, and this one does ``meanwhile`` first.
    """
    if jobs <= 1 or len(work) < WORTH:
        return map(make(given), _cut(work, size))
    # The last parts are small, so that no process waits long for what another one still does.
    last = max(0, len(work) // size - jobs) * size
    parts = _cut(work[:last], size) + _cut(work[last:], max(1, size // 4))
    if not FORKS:
        return _spawned(make, given, parts, jobs)
    try:
        tasks = _Tasks(len(parts))
    except OSError:  # not even a pipe is to be had
        return map(make(given), parts)
    shared = _forked(make, given, parts, tasks, jobs, meanwhile)
    next(shared)
    return cast("Iterator[R]", shared)


def _cut(work: Sequence[T], size: int) -> list[Sequence[T]]:
    return [work[at : at + size] for at in range(0, len(work), size)]


class Begun(Generic[G, R]):
    """Work that another process does meanwhile, part by part; done here, when asked for, where none can.

    A process that is begun later may ask for the results in the place of this one.
    """

    def __init__(self, work: Callable[[G], R], *parts: G) -> None:
        self._work = work
        self._parts = iter(parts)
        self._child: _Child[R] | None = None

        def each(tell: Tell[R]) -> None:
            for number, part in enumerate(parts):
                tell(number, work(part))

        with suppress(OSError):  # no process is to be had: it is done here
            self._child = _Child(each) if FORKS else None

    def result(self) -> R:
        """Wait for what the next part of the work gives."""
        part = next(self._parts)
        told = self._child.next() if self._child else None
        return self._work(part) if told is None else told[1]

    def close(self) -> None:
        """Let go of the other process, of which nobody wants anything any more."""
        if self._child:
            self._child.end()
            self._child = None

    def __del__(self) -> None:
        with suppress(AttributeError, OSError):
            self.close()


Tell = Callable[[int, R], None]
"""How a child tells its parent what a part of the work, by its number, has given."""


class _Child(Generic[R]):
    """A forked process that does ``work``, and tells what that gives."""

    def __init__(self, work: Callable[[Tell[R]], None]) -> None:
        self._reader, writer = os.pipe()
        _widen(writer)
        self._parent = os.getpid()
        try:
            self.pid = os.fork()
        except OSError:
            os.close(self._reader)
            os.close(writer)
            raise
        if not self.pid:
            _run(work, self._reader, writer)
        os.close(writer)

    def fileno(self) -> int:
        """Return what `select.select` waits for."""
        return self._reader

    def next(self) -> tuple[int, R] | None:
        """Wait for what the child tells next: a number with a result, None once it has ended."""
        head = self._read(2 * _LENGTH)
        if len(head) < 2 * _LENGTH:
            return None
        number, size = (int.from_bytes(part, "little") for part in (head[:_LENGTH], head[_LENGTH:]))
        data = self._read(size)
        return (number, marshal.loads(data)) if len(data) == size else None

    def _read(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size and (part := os.read(self._reader, size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        """End the child, which may wait for ever to write: the next one holds the pipe open, too."""
        os.close(self._reader)
        if os.getpid() != self._parent:
            return  # the child of another process, which knows of it by having been forked off
        with suppress(ProcessLookupError, ChildProcessError):
            # It has nothing to tidy up, and may have been told to ignore any other signal.
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def _run(work: Callable[[Tell[Any]], None], reader: int, writer: int) -> NoReturn:
    """Do ``work`` in a child, and end it."""
    code = 1
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as file:

            def tell(number: int, result: Any) -> None:
                data = marshal.dumps(result)
                file.write(
                    number.to_bytes(_LENGTH, "little") + len(data).to_bytes(_LENGTH, "little")
                )
                file.write(data)
                file.flush()

            work(tell)
        code = 0
    finally:
        # Nothing of the parent's is flushed or closed twice, and its traceback is the one to see.
        os._exit(code)


def _widen(pipe: int) -> None:
    """Let a child run ahead of who reads it: a pipe of 64 KB, as they are, is soon full."""
    import fcntl

    with suppress(AttributeError, OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


@contextmanager
def _spared() -> Iterator[None]:
    """Hold back some descriptors: what pipes leave must do for all other files. Raises OSError."""
    held: list[int] = []
    try:
        for _ in range(_SPARE):
            held.append(os.open(os.devnull, os.O_RDONLY))
        yield
    finally:
        for descriptor in held:
            os.close(descriptor)


class _Tasks:
    """The numbers of parts that nobody has taken yet, in a pipe: each process takes the next one."""

    def __init__(self, count: int) -> None:
        self._reader, writer = os.pipe()
        _widen(writer)
        # Numbers that do not fit into the pipe are left to the process that waits for the results.
        os.set_blocking(writer, False)
        os.write(writer, b"".join(n.to_bytes(_TASK, "little") for n in range(count)))
        os.close(writer)

    def take(self) -> int | None:
        """Return a number that no other process has, None when all are taken."""
        data = os.read(self._reader, _TASK)
        return int.from_bytes(data, "little") if data else None

    def close(self) -> None:
        os.close(self._reader)


def _forked(
    make: Make[G, T, R],
    given: G,
    parts: Sequence[Sequence[T]],
    tasks: _Tasks,
    jobs: int,
    meanwhile: Callable[[], None],
) -> Iterator[R | None]:
    """Yield None once processes are at work; then what each part gives, in order.

    This process takes parts too, while the next one to yield is not there yet. What goes wrong with
    a part, here or in a child, is left until it is that part's turn, and done once more.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()

    def work(tell: Tell[R]) -> None:
        function = make(given)
        while (number := tasks.take()) is not None:
            tell(number, function(parts[number]))

    children: list[_Child[R]] = []
    found: dict[int, R] = {}
    own: Callable[[Sequence[T]], R] | None = None
    try:
        with suppress(OSError), _spared():  # no more processes are to be had
            for _ in range(min(jobs, len(parts)) - 1):
                children.append(_Child(work))
        meanwhile()
        yield None
        for number, part in enumerate(parts):
            while number not in found:
                if children:
                    said = select.select(children, [], [], 0)[0]
                    taken = None if said else tasks.take()
                else:
                    said, taken = [], tasks.take()
                if taken is not None:
                    own = own or make(given)
                    with suppress(Exception):
                        found[taken] = own(parts[taken])
                elif children:
                    found |= _told(children, said or select.select(children, [], [])[0])
                else:
                    own = own or make(given)
                    found[number] = own(part)
            yield found.pop(number)
    finally:
        tasks.close()
        for child in children:
            child.end()


def _told(children: list[_Child[R]], said: Sequence[_Child[R]]) -> dict[int, R]:
    """Return the results of the children that have ``said`` something; let go of those that ended."""
    found: dict[int, R] = {}
    for child in said:
        told = child.next()
        if told is None:
            children.remove(child)
            child.end()
        else:
            found[told[0]] = told[1]
    return found


_function: Callable[[Sequence[Any]], Any]


def _spawned(make: Make[G, T, R], given: G, parts: Sequence[Sequence[T]], jobs: int) -> Iterator[R]:
    from multiprocessing import get_context

    with get_context("spawn").Pool(jobs, _prepare, (make, given)) as pool:
        yield from pool.imap(_do, parts)


def _prepare(make: Make[G, T, R], given: G) -> None:
    global _function
    _function = make(given)


def _do(part: Sequence[Any]) -> Any:
    return _function(part)
