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
from contextlib import suppress
from typing import IO, Any, Generic, TypeVar, cast

G = TypeVar("G")
T = TypeVar("T")
R = TypeVar("R")

FORKS = sys.platform.startswith("linux") and hasattr(os, "fork")
WORTH = 400 if FORKS else 4000
"""How many articles must wait for a second process to pay: one that is spawned starts anew."""
_LENGTH = 8
_PIPE = 1 << 20

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
    processes, which begin at once, and this one does ``meanwhile`` first.
    """
    parts = [work[at : at + size] for at in range(0, len(work), size)]
    if jobs <= 1 or len(work) < WORTH:
        return map(make(given), parts)
    if not FORKS:
        return _spawned(make, given, parts, jobs)
    shared = _forked(make, given, parts, jobs, meanwhile)
    next(shared)
    return cast("Iterator[R]", shared)


class Begun(Generic[G, R]):
    """Work that another process does meanwhile, part by part; done here, when asked for, where none can.

    A process that is begun later may ask for the results in the place of this one.
    """

    def __init__(self, work: Callable[[G], R], *parts: G) -> None:
        self._work = work
        self._parts = iter(parts)
        self._child: tuple[int, IO[bytes]] | None = None
        with suppress(OSError):  # no process is to be had: it is done here
            self._child = _fork(lambda _: work, None, parts) if FORKS else None

    @property
    def is_done(self) -> bool:
        """Whether something of the next result is there to be read."""
        return self._child is None or bool(select.select([self._child[1]], [], [], 0)[0])

    def result(self) -> R:
        """Wait for what the next part of the work gives."""
        part = next(self._parts)
        data = _next(self._child[1]) if self._child else None
        return self._work(part) if data is None else marshal.loads(data)

    def close(self) -> None:
        """Let go of the other process, of which nobody wants anything any more."""
        if self._child:
            _end(*self._child)
            self._child = None


def _forked(
    make: Make[G, T, R],
    given: G,
    parts: Sequence[Sequence[T]],
    jobs: int,
    meanwhile: Callable[[], None],
) -> Iterator[R | None]:
    """Yield None once children are at work that each do every ``jobs``-th part; then the results."""
    sys.stdout.flush()
    sys.stderr.flush()
    children: list[tuple[int, IO[bytes]]] = []
    try:
        try:
            for number in range(min(jobs, len(parts))):
                children.append(_fork(make, given, parts[number::jobs]))
        except OSError:  # no process is to be had: it is done here
            yield None
            yield from map(make(given), parts)
            return
        meanwhile()
        yield None
        own: Callable[[Sequence[T]], R] | None = None
        for number, part in enumerate(parts):
            data = _next(children[number % len(children)][1])
            if data is None:
                # What goes wrong in a child is done again here, where its traceback is seen.
                own = own or make(given)
                yield own(part)
            else:
                result: R = marshal.loads(data)
                yield result
    finally:
        for pid, file in children:
            _end(pid, file)


def _end(pid: int, file: IO[bytes]) -> None:
    """End a child, which may wait for ever to write: the next one holds the pipe open, too."""
    file.close()
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)


def _fork(
    make: Callable[[Any], Callable[[Any], Any]], given: Any, parts: Sequence[Any]
) -> tuple[int, IO[bytes]]:
    """Start a child that does ``parts``; return its id and where its results are read."""
    reader, writer = os.pipe()
    _widen(writer)
    try:
        pid = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        raise
    if pid:
        os.close(writer)
        return pid, os.fdopen(reader, "rb")
    code = 1
    try:
        os.close(reader)
        function = make(given)
        with os.fdopen(writer, "wb") as file:
            for part in parts:
                result: Any = function(part)
                data = marshal.dumps(result)
                file.write(len(data).to_bytes(_LENGTH, "little"))
                file.write(data)
                file.flush()
        code = 0
    finally:
        # Nothing of the parent's is flushed or closed twice, and its traceback is the one to see.
        os._exit(code)
    raise AssertionError


def _widen(pipe: int) -> None:
    """Let a child run ahead of who reads it: a pipe of 64 KB, as they are, is soon full."""
    import fcntl

    with suppress(AttributeError, OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _next(file: IO[bytes]) -> bytes | None:
    head = file.read(_LENGTH)
    size = int.from_bytes(head, "little")
    data = file.read(size)
    return data if len(head) == _LENGTH and len(data) == size else None


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
