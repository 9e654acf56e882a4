"""Ends commands at every call of the disk, or lets the disk refuse it, and looks at what is left.

    python tests/crash.py [--every N] [--only NAME] [--codes] [--few]

Each scenario is a site as one build left it, edits, and a command. The command is forked off and ended
(SIGKILL) before, after or in the middle of its n-th call that changes the disk, for each n; then run
once more, whole. Elsewhere in place of the end the call fails: the disk is full, broken, closed,
read-only or beyond its quota, in turn, or with ``--codes`` each, once or from there on. ``--few`` tries
some faults of each command.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import os
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import fork_server
from crash_sites import BUILD, FEW, READING, SCENARIOS, start

CALLS = ("open", "write", "replace", "rename", "link", "symlink", "mkdir", "unlink", "remove", "rmdir",
         "fsync", "truncate", "utime", "chmod")  # fmt: skip
CODES = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)
LEFT = re.compile(r"(^|/)(\.newsfeed-new-|\.newsfeed/(aside/.|tick-))|\.new-")


_REASONS = re.compile(
    "plus de place|n’a pas pu lire ou écrire|accès refusé|lecture seule|quota du disque atteint",
    re.IGNORECASE,
)
"""What is said in French of the faults of `CODES`."""
_LONGEST = 120
_SITES = {True: "letters", False: "plain"}
"""The folders of the sites as one build left them, with letters and without."""
_ENDS_SERVE = "sh -c 'kill -INT $PPID' %s"
"""The browser that `serve --open` opens."""


class Fault(NamedTuple):
    """What happens at the ``number``-th call: ``kill`` or an error's number; ``when`` it is killed."""

    number: int
    kill: bool = False
    when: str = "before"
    code: int = 0
    lasting: bool = False


class Ended(NamedTuple):
    """How a command ended: its exit code, negative for a signal; the calls it made; its words."""

    code: int
    calls: list[str]
    said: str


def fork(folder: Path, arguments: list[str], fault: Fault | None = None) -> Ended:
    """Run ``newsfeed`` in ``folder`` in a process of its own, with ``fault``."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as counted:
        pid = os.fork()
        if not pid:
            _become(folder, arguments, said.fileno())
            _install(fault, counted.fileno())
            from newsfeed.cli import run

            try:
                run()
            except BaseException:
                sys.excepthook(*sys.exc_info())
            os._exit(1)
        _, status = os.waitpid(pid, 0)
        said.seek(0)
        counted.seek(0)
        calls = counted.read().decode().split()
        return Ended(os.waitstatus_to_exitcode(status), calls, said.read().decode())


def _become(folder: Path, arguments: list[str], said: int) -> None:
    """Be a command called in ``folder``, whose words go to the file ``said``."""
    os.chdir(folder)
    for stream in (1, 2):
        os.dup2(said, stream)
    sys.argv = ["newsfeed", *arguments]
    os.environ["BROWSER"] = _ENDS_SERVE
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.alarm(_LONGEST)


def _install(fault: Fault | None, counted: int) -> None:
    """Put a layer between this process and its disk."""
    main, write = os.getpid(), os.write
    count = 0

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            nonlocal count
            if os.getpid() != main or not _changes(name, given):
                return real(*given, **named)
            count += 1
            if fault is None:
                write(counted, f"{name}\n".encode())
            elif count == fault.number and fault.kill:
                if fault.when == "half" and name == "write":
                    real(given[0], given[1][: len(given[1]) // 2])
                elif fault.when == "after":
                    real(*given, **named)
                os.kill(main, signal.SIGKILL)
            elif fault.code and (count == fault.number or (fault.lasting and count > fault.number)):
                place = given[0] if isinstance(given[0], str | os.PathLike) else None
                raise OSError(fault.code, os.strerror(fault.code), place)
            return real(*given, **named)

        return call

    for name in CALLS:
        setattr(os, name, wrapped(name, getattr(os, name)))


def _changes(name: str, given: tuple[Any, ...]) -> bool:
    if name == "open":
        return len(given) > 1 and bool(given[1] & os.O_CREAT)
    return not (name == "write" and given[0] in (1, 2))


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` but what builds remember, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(".newsfeed/")
    }


def faults(calls: list[str], every: int, *, codes: bool) -> Iterator[Fault]:
    """Yield what is to happen at each of the ``calls``, or every so often; with ``codes`` each error."""
    for number in range(1, len(calls) + 1, every):
        lasting = bool(number // every // len(CODES) % 2)
        for when in ("before", "after", *(["half"] if calls[number - 1] == "write" else [])):
            yield Fault(number, kill=True, when=when)
        for code in CODES if codes else (CODES[number // every % len(CODES)],):
            yield Fault(number, code=code, lasting=lasting)


def some_faults(calls: list[str]) -> Iterator[Fault]:
    """Yield a kill and an error at one of the ``calls`` each, others for each number of calls."""
    count = len(calls)
    yield Fault(1 + count * 2 // 3, kill=True, when=("before", "half", "after")[count % 3])
    lasting = bool(count % 2)
    yield Fault(1 if lasting else 1 + count // 2, code=CODES[count % len(CODES)], lasting=lasting)


class Sweep:
    """The faults of one scenario; what was wrong is in ``problems``.

    It works in the folder ``place``, where the sites lie as one build left them.
    """

    def __init__(self, name: str, place: Path, count: Counter[str]) -> None:
        self.name, self.count = name, count
        self.prepare, self.arguments, letters = SCENARIOS[name]
        self.base, self.trial = place / "base", place / "trial"
        self.problems: list[str] = []
        self.healed: set[bytes] = set()
        shutil.copytree(place / _SITES[letters], self.base)
        self.prepare(self.base)
        self.old = tree(self.base)
        shutil.copytree(self.base, self.trial)
        self.done = fork(self.trial, self.arguments)
        self.new = tree(self.trial)
        shutil.rmtree(self.trial)
        assert self.done.code in (0, 1), self.done.said
        assert self.done.calls, "it changes nothing"

    def try_out(self, fault: Fault) -> None:
        """Run the command with ``fault``, look, and run it again without."""
        shutil.copytree(self.base, self.trial)
        ended = fork(self.trial, self.arguments, fault)
        self.count["kills" if fault.kill else "errors"] += 1
        self.count[f"exit {ended.code}"] += not fault.kill
        now = tree(self.trial)
        found = [*self._torn(now), *wrong_in_feeds(now)]
        if not fault.kill:
            found += self._unsaid(fault, ended, now)
        found += self._unhealed()
        self.problems += [f"{self.name} {fault}: {each}" for each in found]
        shutil.rmtree(self.trial)

    def _unhealed(self) -> Iterator[str]:
        """Run the command again, once for each state of the disk; yield what is not as it should be."""
        state = _state(self.trial)
        if state in self.healed:
            return
        self.healed.add(state)
        self.count["healed"] += 1
        again = fork(self.trial, self.arguments)
        now = tree(self.trial)
        differ = sorted(p for p in now.keys() | self.new.keys() if now.get(p) != self.new.get(p))
        if differ:
            yield f"healed otherwise: {differ[:5]} {again.said[:200]}"
        yield from (f"still left: {path}" for path in _left(self.trial))

    def _torn(self, now: Mapping[str, bytes]) -> Iterator[str]:
        """Yield the files that are neither as before nor as they should be.

        The list of what was published holds the old and the new names until all are in their place.
        """
        for path, data in now.items():
            right = [self.old.get(path), self.new.get(path)]
            if path.endswith("/.newsfeed-files"):
                lines = {line for each in right if each for line in each.splitlines(keepends=True)}
                right.append(b"".join(sorted(lines)))
            if not LEFT.search(path) and data not in right:
                yield f"torn {path}"
        yield from (f"lost {path}" for path in self.old.keys() & self.new.keys() if path not in now)

    def _unsaid(self, fault: Fault, ended: Ended, now: Mapping[str, bytes]) -> Iterator[str]:
        """Yield what is wrong with how a command took it that the disk refused a call."""
        if "Traceback" in ended.said:
            yield f"traceback: {ended.said[-400:]}"
        elif ended.code == 3 or "serve" in self.arguments:
            lines = [line for line in ended.said.splitlines() if _REASONS.search(line)]
            if len(lines) != 1 and (ended.code == 3 or now != self.new):
                yield f"no clear line: {ended.said[-300:]!r}"
        elif ended.code != self.done.code:
            yield f"exit {ended.code}: {ended.said[:300]}"
        elif now != self.new:
            yield f"exit {ended.code}, but not all was done: {ended.said[:300]}"
        if not fault.lasting and self.done.calls[fault.number - 1] not in (
            "unlink",
            "rmdir",
            "remove",
        ):
            yield from (f"left: {path}" for path in _left(self.trial))


def _state(folder: Path) -> bytes:
    """Return a hash of all that is in ``folder``, whatever the numbers in the names of what lies aside."""
    found = []
    for path in folder.rglob("*"):
        name = re.sub(
            r"(new-|aside/|tick-)\d+(-[0-9a-f]+)?", r"\1", path.relative_to(folder).as_posix()
        )
        found.append(f"{name} {path.read_bytes().hex() if path.is_file() else ''}")
    return hashlib.blake2b("\n".join(sorted(found)).encode()).digest()


def _left(folder: Path) -> list[str]:
    """Return what lies aside in ``folder``, or beside its place."""
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    return [path for path in paths if LEFT.search(path)][:3]


def wrong_in_feeds(now: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the ids in feeds that the lock does not know, and links to pages that are not there."""
    lock = now.get("newsfeed.lock", b"").decode()
    for path in now:
        place, slash, _ = path.partition("/")
        if not (slash and place in ("public", "site") and path.endswith("atom.xml")) or LEFT.search(
            path
        ):
            continue
        text = now[path].decode()
        for entry in re.findall(r"<entry.*?</entry>", text, re.DOTALL):
            for key in re.findall(r"<id>([^<]*)</id>", entry)[:1]:
                if f"\n{key} " not in lock:
                    yield f"unknown id {key} in {path}"
            for page in re.findall(r'href="https://e\.org/(items/[^"]*\.html)"', entry):
                if f"{place}/{page}" not in now:
                    yield f"{path} leads to {page}"


def sweep(place: Path, name: str, count: Counter[str], given: argparse.Namespace) -> list[str]:
    """Try the faults of a scenario; return what was wrong."""
    tried = Sweep(name, place, count)
    calls = tried.done.calls
    for fault in some_faults(calls) if given.few else faults(calls, given.every, codes=given.codes):
        tried.try_out(fault)
    shutil.rmtree(tried.base)
    return tried.problems


def touched(place: Path, name: str) -> list[str]:
    """Return what changes of the disk a command makes that should make none."""
    ended = fork(place / _SITES[True], READING[name])
    assert ended.code == 0, ended.said
    return [f"{name}: it changes the disk: {ended.calls}"] if ended.calls else []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each n-th call alone")
    parser.add_argument("--only", choices=SCENARIOS)
    parser.add_argument("--codes", action="store_true", help="every error at every call")
    parser.add_argument("--few", action="store_true", help="some faults of each command: seconds")
    given = parser.parse_args()
    names = [given.only] if given.only else FEW if given.few else SCENARIOS
    fork_server.load()
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for letters, site in _SITES.items():
            (place / site).mkdir()
            start(place / site, letters=letters)
            fork(place / site, BUILD)
        problems = [each for name in READING for each in touched(place, name)]
        for name in names:
            problems += sweep(place, name, count, given)
            print(f"{name}: {dict(count)}, {len(problems)} wrong", flush=True)
    print("\n".join(problems[:200]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
