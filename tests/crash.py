"""Ends commands at every call of the disk, or lets the disk refuse it, and looks at what is left.

    python tests/crash.py [--every N] [--only NAME]

Each scenario is a site as one build left it, edits, and a command. The command is forked off and ended
(SIGKILL) before, after or in the middle of its n-th call that changes the disk, for each n; then run
once more, whole. Elsewhere in place of the end the call fails: ENOSPC, EIO or EACCES, once or from there on.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

NOW = "2026-11-23"
CALLS = ("open", "write", "replace", "rename", "link", "mkdir", "unlink", "rmdir", "fsync")
SETTINGS = """[site]
title = "T"
url = "https://e.org/"
[feeds]
per = ["category"]
archive = true
archive_size = 2
limit = 3
"""
LEFT = re.compile(r"(^|/)(\.newsfeed-new-|\.newsfeed/(aside/.|tick-))|\.new-")


class Fault(NamedTuple):
    """What happens at the ``number``-th call: ``kill`` or an error's number; ``when`` it is killed."""

    number: int
    kill: bool = False
    when: str = "before"
    code: int = 0
    lasting: bool = False


class Ended(NamedTuple):
    """How a command ended: its exit code, negative for a signal; how many calls it made; its words."""

    code: int
    calls: int
    said: str


def fork(folder: Path, arguments: list[str], fault: Fault | None = None) -> Ended:
    """Run ``newsfeed`` in ``folder`` in a process of its own, with ``fault``."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as counted:
        pid = os.fork()
        if not pid:
            os.chdir(folder)
            for stream in (1, 2):
                os.dup2(said.fileno(), stream)
            sys.argv = ["newsfeed", *arguments]
            _install(fault, counted.fileno())
            from newsfeed.cli import run

            run()
        _, status = os.waitpid(pid, 0)
        said.seek(0)
        counted.seek(0)
        number = int(counted.read().split(b"\n")[-2] or 0) if fault is None else 0
        return Ended(os.waitstatus_to_exitcode(status), number, said.read().decode())


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
                write(counted, b"%d\n" % count)
            elif count == fault.number and fault.kill:
                if fault.when == "half" and name == "write":
                    real(given[0], given[1][: len(given[1]) // 2])
                elif fault.when == "after":
                    real(*given, **named)
                os.kill(main, signal.SIGKILL)
            elif fault.code and (count == fault.number or (fault.lasting and count > fault.number)):
                raise OSError(fault.code, os.strerror(fault.code), str(given[0]))
            return real(*given, **named)

        return call

    if fault is None:
        write(counted, b"0\n0\n")
    for name in CALLS:
        setattr(os, name, wrapped(name, getattr(os, name)))


def _changes(name: str, given: tuple[Any, ...]) -> bool:
    if name == "open":
        return len(given) > 1 and bool(given[1] & os.O_CREAT)
    return not (name == "write" and given[0] in (1, 2))


def article(folder: Path, name: str, title: str, day: str, body: str, category: str = "Un") -> None:
    place = folder / "items" / f"{name}.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"---\ntitle: {title}\ndate: {day}\ncategory: {category}\n---\n\n{body}\n")


def start(folder: Path) -> None:
    """Write a site of seven articles, with an issue, and a drawing that one shows."""
    (folder / "newsfeed.toml").write_text(SETTINGS)
    for number in range(7):
        words = " ".join(f"mot{number}x{each}" for each in range(30))
        article(folder, f"a{number}", f"Titre {number}", f"2026-01-0{number + 1}", words)
    (folder / "items" / "d.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (folder / "issues").mkdir()
    (folder / "issues" / "2026-01.md").write_text(
        "---\nsubject: Un\ndate: 2026-01-20\n---\n\n- [Titre 0](../items/a0.md)\n"
    )
    (folder / "static" / "doc").mkdir(parents=True)
    (folder / "static" / "doc" / "inner.txt").write_text("x")


def edit(folder: Path) -> None:
    """Change, rename, add and remove articles; a file takes the place of a folder."""
    items = folder / "items"
    (items / "a1.md").rename(items / "b1.md")
    (items / "a2.md").unlink()
    words = " ".join(f"mot3x{each}" for each in range(30))
    article(folder, "a3", "Tout autre", "2026-01-04", words, "Deux")
    article(folder, "neuf", "Neuf", "2026-02-01", "Du neuf ![d](d.svg)", "Trois")
    (folder / "static" / "doc" / "inner.txt").unlink()
    (folder / "static" / "doc").rmdir()
    (folder / "static" / "doc").write_text("y")


def broken(folder: Path) -> None:
    """Write articles that `check --fix` mends."""
    for number in range(3):
        (folder / "items" / f"f{number}.md").write_text(
            f"---\ntitle: F{number}\ndate: 2026-03-0{number + 1}\nsource: http:/www.example.org/a\n---\n\nx\n"
        )


def exported(folder: Path) -> None:
    """Write an export of Ghost."""
    posts = [
        {"title": f"P{n}", "slug": f"p{n}", "html": "<p>x</p>", "status": "published", "type": "post",
         "published_at": "2026-04-01T00:00:00.000Z", "visibility": "public", "id": str(n)}
        for n in range(3)
    ]  # fmt: skip
    data = {"db": [{"meta": {"version": "5.0.0"}, "data": {"posts": posts}}]}
    (folder / "export.json").write_text(json.dumps(data))


BUILD = ["-q", "build", "--now", NOW, "--jobs", "1"]
SCENARIOS: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "first": (lambda folder: shutil.rmtree(folder / "public"), BUILD),
    "edits": (edit, BUILD),
    "compose": (edit, ["-q", "compose", "2026-02", "--now", NOW]),
    "close": (edit, ["-q", "digest", "2026-01", "--close", "--now", NOW]),
    "fix": (broken, ["-q", "check", "--fix", "--now", NOW]),
    "new": (edit, ["-q", "new", "Encore un", "--date", "2026-05-01"]),
    "import": (exported, ["-q", "import", "export.json"]),
}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below ``folder`` but what builds remember, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(".newsfeed/")
    }


def faults(calls: int, every: int) -> Iterator[Fault]:
    """Yield what is to happen at each of so many ``calls``, or every so often."""
    for number in range(1, calls + 1, every):
        for when in ("before", "after", "half"):
            yield Fault(number, kill=True, when=when)
        for code in (errno.ENOSPC, errno.EIO, errno.EACCES):
            yield Fault(number, code=code, lasting=bool(number % 2))


def wrong(folder: Path, old: dict[str, bytes], new: dict[str, bytes], done: Ended) -> Iterator[str]:
    """Yield what is wrong with a site in which a command was ended, or failed."""
    now = tree(folder)
    for path, data in now.items():
        if not LEFT.search(path) and data not in (old.get(path), new.get(path)):
            yield f"torn {path}"
    yield from (f"lost {path}" for path in old.keys() & new.keys() if path not in now)
    for path in now:
        if path.startswith("public/") and path.endswith("atom.xml"):
            yield from _wrong_in_feed(path, now)
    if "Traceback" in done.said:
        yield f"traceback: {done.said[-300:]}"
    elif done.code not in (0, 1, 3, -signal.SIGKILL):
        yield f"exit {done.code}: {done.said[:300]}"


def _wrong_in_feed(path: str, now: dict[str, bytes]) -> Iterator[str]:
    """Yield the ids in a feed that the lock does not know, and its links to pages that are not there."""
    text = now[path].decode()
    lock = now.get("newsfeed.lock", b"").decode()
    for key in re.findall(r"<entry[^>]*>.*?<id>([^<]*)</id>", text, re.DOTALL):
        if f"\n{key} " not in lock:
            yield f"unknown id {key} in {path}"
    for page in re.findall(r'href="https://e\.org/(items/[^"]*\.html)"', text):
        if f"public/{page}" not in now:
            yield f"{path} leads to {page}"


def sweep(name: str, every: int, count: Counter[str]) -> list[str]:
    """Try every fault in a scenario; return what was wrong."""
    prepare, arguments = SCENARIOS[name]
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        base, whole, trial = (Path(place, each) for each in ("base", "whole", "trial"))
        base.mkdir()
        start(base)
        fork(base, BUILD)
        prepare(base)
        old = tree(base)
        shutil.copytree(base, whole)
        done = fork(whole, arguments)
        new = tree(whole)
        # What a build writes after the command is right too: new files are none of its business.
        assert done.code in (0, 1), done.said
        for fault in faults(done.calls, every):
            shutil.copytree(base, trial)
            ended = fork(trial, arguments, fault)
            count["kills" if fault.kill else "errors"] += 1
            problems += [f"{name} {fault}: {each}" for each in wrong(trial, old, new, ended)]
            again = fork(trial, arguments)
            count["healed"] += 1
            healed = tree(trial)
            if name in ("first", "edits") and healed != new:
                differ = sorted(
                    p for p in healed.keys() | new.keys() if healed.get(p) != new.get(p)
                )
                problems.append(
                    f"{name} {fault}: healed otherwise: {differ[:5]} {again.said[:200]}"
                )
            left = [p.relative_to(trial).as_posix() for p in trial.rglob("*")]
            left = [path for path in left if LEFT.search(path)]
            if left:
                problems.append(f"{name} {fault}: left {left[:3]}")
            shutil.rmtree(trial)
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", choices=SCENARIOS)
    given = parser.parse_args()
    count: Counter[str] = Counter()
    problems = []
    for name in [given.only] if given.only else SCENARIOS:
        problems += sweep(name, given.every, count)
        print(name, dict(count), len(problems), "wrong", flush=True)
    print("\n".join(problems[:50]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
