"""Work shared among processes: forked where that is safe, spawned otherwise."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FORKS = sys.platform.startswith("linux") and hasattr(os, "fork")
WORTH = 400 if FORKS else 4000
"""How many articles must wait for a second process to pay: one that is spawned starts anew."""


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def shared(
    function: Callable[[Sequence[T]], R], work: Sequence[T], jobs: int, *, fork: bool = FORKS
) -> list[R]:
    """Return what ``function`` gives for each of ``jobs`` parts of ``work``, in their order.

    This process does the first part itself. What goes between processes is plain: tuples, lists,
    texts, numbers, bytes; where processes are spawned, ``function`` must be one that can be pickled.
    """
    if len(work) <= 1 or jobs <= 1:
        return [function(work)]
    size = -(-len(work) // jobs)
    parts = [work[at : at + size] for at in range(0, len(work), size)]
    if not fork:
        return _spawned(function, parts)
    children = [_forked(function, part) for part in parts[1:]]
    results = [function(parts[0])]
    for part, (pid, reader) in zip(parts[1:], children, strict=True):
        with os.fdopen(reader, "rb") as file:
            data = file.read()
        _, status = os.waitpid(pid, 0)
        # What goes wrong in a child is done again here, where its traceback is seen.
        results.append(marshal.loads(data) if status == 0 else function(part))
    return results


def _forked(function: Callable[[Sequence[T]], R], part: Sequence[T]) -> tuple[int, int]:
    """Start a child that does ``part``; return its id and where its result is read."""
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    code = 1
    try:
        os.close(reader)
        with os.fdopen(writer, "wb") as file:
            result: Any = function(part)
            file.write(marshal.dumps(result))
        code = 0
    finally:
        # Nothing of the parent's is flushed or closed twice.
        os._exit(code)
    raise AssertionError


def _spawned(function: Callable[[Sequence[T]], R], parts: Sequence[Any]) -> list[R]:
    from multiprocessing import get_context

    with get_context("spawn").Pool(len(parts) - 1) as pool:
        others = pool.map_async(function, parts[1:])
        return [function(parts[0]), *others.get()]
