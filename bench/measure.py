"""Runs a command and measures it: wall time, CPU time, peak memory of it and its children."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE = 0.01
LAUNCHER = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
found = (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
os.write(int(sys.argv[1]), " ".join(map(str, found)).encode())
"""
"""Starts the command and waits for it: the kernel counts as a process's peak what its parent held
when it was started, which must be little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run cost: ``wall`` and ``cpu`` in seconds, ``memory`` in bytes."""

    wall: float
    cpu: float
    memory: int


class RunFailed(Exception):
    """A measured command ended with another exit code than it should."""


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    watch_memory: bool = False,
    expected: Sequence[int] = (0,),
) -> Cost:
    """Run ``command`` and return its cost. Raises RunFailed.

    Memory is the largest process's peak; with ``watch_memory`` it is the peak of the sum over the
    process tree where that is more, pages that processes share counted once. Watching takes time
    from the other processor, so such a run's times are not to be used.
    """
    log = cwd / ".bench-log"
    reading, writing = os.pipe()
    launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(writing)]
    with log.open("wb") as out, os.fdopen(reading, "rb") as answer:
        child = subprocess.Popen(
            [*launcher, *(str(part) for part in command)],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            pass_fds=(writing,),
        )
        os.close(writing)
        watcher = _Watcher(child.pid) if watch_memory else None
        child.wait()
        peak = watcher.stop() if watcher else 0
        wall, cpu, largest, code = answer.read().split() or (0, 0, 0, -1)
    if int(code) not in expected:
        tail = log.read_text(errors="replace")[-2000:]
        raise RunFailed(f"{command} in {cwd}: exit code {int(code)}\n{tail}")
    memory = max(peak, int(largest) * 1024)
    return Cost(wall=float(wall), cpu=float(cpu), memory=memory)


class _Watcher:
    """Adds up the memory of a process's descendants, again and again, until it is told."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stop(self) -> int:
        self.done.set()
        self.thread.join()
        return self.peak

    def _watch(self) -> None:
        while not self.done.wait(SAMPLE):
            self.peak = max(self.peak, sum(map(_share, _family(self.pid)[1:])))


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                children = Path(f"/proc/{parent}/task/{task}/children").read_text()
                found += map(int, children.split())
        except (OSError, ValueError):
            continue
    return found


def _share(pid: int) -> int:
    """Return a process's proportional set size in bytes, 0 when it has ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0
