"""make bench: newsfeed beside Hugo, Eleventy and Pelican, the same work on the same articles.

python bench/run.py --sizes 1000 --runs 1 --only feeds --tools hugo     a quick look
python bench/run.py                                                    what make bench does
python bench/run.py --sizes 1000 10000 100000 --write                   docs/performance.md
python bench/run.py --only gaps --tools newsfeed --write                the letters' gaps alone
python bench/run.py --only feeds pages --real DIR --tools newsfeed hugo --edit body title
                                                           folders of real articles, none else
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import alone
import edits
import gaps
import real
import sites
from measure import Cost, run
from report import Row, document, table, within

BASE = "newsfeed"
ALL = ("startup", "floor", "letter", "gaps", "feeds", "pages")
SLOW = {"pelican": 1_000, "eleventy": 10_000}
"""Above this many articles a peer takes minutes, and is left out."""


def main() -> None:
    options = _options()
    letter = not {"letter", "gaps"}.isdisjoint(options.only)
    sites.install(options.python, options.tools, letter=letter)
    memory = Path(tempfile.mkdtemp(prefix="newsfeed-bench-", dir=options.memory))
    rows: list[Row] = []
    counted: tuple[gaps.Gaps, ...] = ()
    notes: list[str] = []
    try:
        for row in _rows(options, memory, notes):
            rows.append(row)
            sys.stdout.write(table([row], head=len(rows) == 1) + "\n")
            sys.stdout.flush()
        if "gaps" in options.only:
            counted = gaps.letters(memory)
            sys.stdout.write(f"\n{gaps.table(counted)}\n")
    finally:
        shutil.rmtree(memory, ignore_errors=True)
    sites.BENCH.mkdir(exist_ok=True)
    results = {
        "machine": machine(),
        "runs": options.runs,
        "notes": notes,
        "rows": [asdict(row) for row in rows],
        "gaps": [asdict(each) for each in counted],
    }
    (sites.BENCH / "results.json").write_text(json.dumps(results, indent=1), encoding="utf-8")
    if options.write:
        place = sites.ROOT / "docs/performance.md"
        text = document(place.read_text("utf-8"), results) if rows else place.read_text("utf-8")
        if counted:
            text = within(text, "gaps", gaps.table(counted))
        place.write_text(text, encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare newsfeed with its peers.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    parser.add_argument("--runs", type=int, default=5, help="medians are of so many runs")
    parser.add_argument("--only", nargs="+", choices=ALL, default=list(ALL))
    parser.add_argument(
        "--tools", nargs="+", default=[BASE, sites.EVERYTHING, "hugo", "eleventy", "pelican"]
    )
    parser.add_argument(
        "--corpus", nargs="*", choices=list(sites.CORPORA), help="both, or none beside --real"
    )
    parser.add_argument(
        "--real", type=Path, nargs="+", default=[], metavar="DIR", help="folders of real articles"
    )
    parser.add_argument(
        "--edit",
        nargs="+",
        choices=edits.KINDS,
        default=["body"],
        help="what the one article that changes changes in: a row for each",
    )
    parser.add_argument("--python", default=sys.executable, help="runs newsfeed and Pelican")
    parser.add_argument("--memory", default="/dev/shm", help="a folder on a memory file system")
    parser.add_argument(
        "--write", action="store_true", help="write the tables of docs/performance.md"
    )
    options = parser.parse_args()
    if options.corpus is None and options.real:
        options.corpus = []
        options.only = [work for work in options.only if work in ("feeds", "pages")]
    elif options.corpus is None:
        options.corpus = list(sites.CORPORA)
    return options


def _rows(options: argparse.Namespace, memory: Path, notes: list[str]) -> Iterator[Row]:
    if "startup" in options.only:
        yield alone.startup(options.runs * 4)
    if "floor" in options.only:
        for count in options.sizes:
            yield alone.floor(count, options.runs)
    if "letter" in options.only:
        for count in (8, 200):
            yield alone.letter(count, options.runs, memory)
    works = [work for work in ("feeds", "pages") if work in options.only]
    for name in options.corpus:
        for work in works:
            for count in options.sizes:
                yield from _compare(work, count, options, memory, name)
    for folder in options.real:
        found = sites.read_real(folder, memory)
        notes.append(real.summary(found))
        sys.stderr.write(f"{notes[-1]}\n")
        sys.stderr.write("".join(f"  left out: {path}\n" for path in found.left_out))
        for work in works:
            yield from _compare(work, len(found.articles), options, memory, found)


def _compare(
    work: sites.Work,
    count: int,
    options: argparse.Namespace,
    memory: Path,
    of: str | real.Real,
) -> Iterator[Row]:
    """Yield the rows of one work at one size; within a row the tools take turns."""
    chosen = [name for name in options.tools if count <= SLOW.get(name, count)]
    if of != "plain":
        chosen = [name for name in chosen if name in sites.READERS]
    if not isinstance(of, str) or work == "feeds":
        chosen = [name for name in chosen if name != sites.EVERYTHING]
    name = of if isinstance(of, str) else of.name
    known = sites.tools(work, name)
    laid_out = [sites.lay_out(known[each], work, count, memory, of) for each in chosen]
    for change in ("cold", "nothing changed", *(f"one {kind} changed" for kind in options.edit)):
        costs: dict[str, list[Cost]] = {each: [] for each in chosen}
        peaks: dict[str, int] = {}
        files: dict[str, int] = {}
        for turn in range(options.runs + 1):
            for site in laid_out:
                # The first turn warms the page cache, and is where memory is watched.
                cost = _one(site, change, turn, watch_memory=turn == 0)
                if turn == 0:
                    peaks[site.tool.name] = cost.memory
                    files[site.tool.name] = site.files
                else:
                    costs[site.tool.name].append(cost)
        yield Row.of(work, count, change, costs, peaks, base=chosen[0], corpus=name, files=files)
    for site in laid_out:
        shutil.rmtree(site.out, ignore_errors=True)


def _one(site: sites.Site, change: str, turn: int, *, watch_memory: bool) -> Cost:
    if change == "cold":
        site.forget()
    elif change.startswith("one "):
        site.edit(turn, change.split()[1])  # type: ignore[arg-type]  # one of KINDS
    return run(
        site.command,
        cwd=site.folder,
        env=site.tool.env,
        watch_memory=watch_memory,
        expected=site.tool.expected,
    )


def machine() -> dict[str, str]:
    """Return what the figures depend on, and nothing that names the machine."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "processors": f"{os.cpu_count()} × {names[0] if names else platform.machine()}",
        "memory": f"{memory:.0f} GB",
        "kernel": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": sites.python_version(),
        **sites.versions(),
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
