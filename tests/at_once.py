"""Builds of one site at once, in rounds of 2 to 20, while its articles are written.

    python tests/at_once.py [--builds N] [--seed N]

After each round one more build is run, and the site is compared with a copy that had the same edits and
one build: output and lock are the same, and no build failed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import crash

NOW = "2026-11-23"


def started(folder: Path, wait: float, said: Path) -> int:
    """Start a build in a process of its own, ``wait`` seconds from now; return its id."""
    pid = os.fork()
    if not pid:
        time.sleep(wait)
        os.chdir(folder)
        with said.open("wb") as words:
            for stream in (1, 2):
                os.dup2(words.fileno(), stream)
        sys.argv = ["newsfeed", "-q", "build", "--now", NOW]
        from newsfeed.cli import run

        run()
    return pid


def edit(folder: Path, number: int, draw: random.Random) -> None:
    """Write a new article, or change one, in the way of an editor that replaces the file."""
    name = f"n{number}" if draw.random() < 0.5 else f"a{draw.randint(0, 6)}"
    place = folder / "items" / f"{name}.md"
    text = place.read_text() if place.exists() else ""
    title = f"Titre {number}" if draw.random() < 0.5 or not text else text.split("\n")[1][7:]
    aside = place.with_suffix(".tmp")
    aside.write_text(
        f"---\ntitle: {title}\ndate: 2026-02-{number % 28 + 1:02}\ncategory: Un\n---\n\nx{number}\n"
    )
    aside.replace(place)


def one_round(folder: Path, builds: int, draw: random.Random) -> list[str]:
    """Run so many builds at once; return what was wrong."""
    before = folder.with_name("before")
    shutil.rmtree(before, ignore_errors=True)
    shutil.copytree(folder, before)
    running = {}
    for number in range(builds):
        said = folder.with_name(f"said{number}")
        running[started(folder, draw.random() * 0.4, said)] = said
    for _ in range(draw.randint(0, 4)):
        time.sleep(draw.random() * 0.2)
        edit(folder, draw.randint(0, 10_000), draw)
    problems = []
    for pid, said in running.items():
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code not in (0, 1) or "Traceback" in said.read_text():
            problems.append(f"exit {code}: {said.read_text()[-300:]}")
    crash.fork(folder, ["-q", "build", "--now", NOW])
    shutil.rmtree(before / "items")
    shutil.copytree(folder / "items", before / "items")
    crash.fork(before, ["-q", "build", "--now", NOW])
    one, other = crash.tree(folder), crash.tree(before)
    differ = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    return problems + ([f"differ: {differ[:5]}"] if differ else [])


def main() -> int:
    """Run rounds until there were so many builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--builds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    draw = random.Random(given.seed)
    done = rounds = 0
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "site")
        folder.mkdir()
        crash.start(folder)
        # What a closed page of an archive holds depends on when it was closed.
        settings = folder / "newsfeed.toml"
        settings.write_text(settings.read_text().replace("archive = true", "archive = false"))
        while done < given.builds:
            builds = draw.randint(2, 20)
            problems += one_round(folder, builds, draw)
            done, rounds = done + builds, rounds + 1
    print("\n".join(problems[:20]))
    print(f"{done} builds in {rounds} rounds; {len(problems)} wrong")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
