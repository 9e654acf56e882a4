"""Two checkouts build the same sites: every file, the lock, exit codes and words are compared.

python bench/same.py OLD NEW                    this repository's site, all fixtures, two corpora
python bench/same.py OLD NEW ITEMS [SITE ...]   given folders alone: a site, or a folder of articles
python bench/same.py OLD NEW --only own bench --steps all

OLD and NEW are folders of checkouts. Each site is built cold, once more, after an edit of a body
and one of a title, and checked (the many small ones less often; ``--steps`` says what else). The exit code is 1 if anything differs.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import edits
import sites

HERE = Path(__file__).parent
ROOT = HERE.parent
SHARED = ROOT.parent.parent / "shared", ROOT.parent / "shared"
NOW = "2026-12-01T09:00:00+01:00"
GROUPS = ("own", "fixtures", "cases", "bench")
EDITS = (*edits.KINDS, "removed", "added", "settings")
STEPS = ("cold", "nothing", *EDITS, "no-cache", "check", "next-change")
USUAL = ("cold", "nothing", "body", "title", "check")
BRIEF = ("cold", "body", "check")
"""The many small sites of fixtures and cases are for what is made, not for how it is remembered."""
ABSENT = {".git", ".venv", ".newsfeed", ".bench", "node_modules", "public", "__pycache__", ".hypothesis"}  # fmt: skip
OWN = ("items", "issues", "static", "templates", "newsfeed.toml", "newsfeed.lock")
SLOW = re.compile(r"redos|billion")
"""Cases that the old code needs minutes for: they are built only with ``--slow``."""
SHOWN = 3
WIDTH = 160
MINIMAL = """[site]
title = "Le réseau"
url = "https://www.example.org/"
language = "fr"
timezone = "Europe/Paris"
"""
EVERYTHING = (
    MINIMAL
    + """
[feeds]
formats = ["atom", "rss", "json"]
per = ["category", "tag", "author", "language"]
archive = true

[newsletter]
title = "La lettre"
from = { name = "Le réseau", email = "lettre@example.org" }
address = "Le réseau, 12 rue de l’Exemple, 13000 Marseille"
unsubscribe = "https://www.example.org/desabonnement"
"""
)


@dataclass(frozen=True, slots=True)
class Site:
    """A site to build: ``lay_out`` writes it into an empty folder."""

    name: str
    lay_out: Callable[[Path], object]
    steps: tuple[str, ...] = USUAL


@dataclass(frozen=True, slots=True)
class Side:
    """One checkout, and the folder in which it works."""

    source: Path
    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"


@dataclass(frozen=True, slots=True)
class Said:
    """What a run said, the names of its own folders masked."""

    code: int | None
    out: str
    err: str


def main() -> int:
    options = _options()
    for source in (options.old, options.new):
        _check_source(source, options.python)
    chosen = [_given(Path(each)) for each in options.sites] or [
        site
        for site in _known(options)
        if options.slow or options.match or not SLOW.search(site.name)
    ]
    chosen = [site for site in chosen if not options.match or re.search(options.match, site.name)]
    given = STEPS if options.steps == ["all"] else options.steps
    start = time.monotonic()
    differing: list[str] = []
    late: list[str] = []
    compared = 0
    for site in chosen:
        steps = given or site.steps
        found, files = _compare(site, steps, options, late)
        compared += files
        if found:
            differing.append(site.name)
            _say(f"{site.name}:")
            for line in found:
                _say(f"  {line}")
        elif options.verbose:
            _say(f"{site.name}: the same")
    for name in late:
        _say(f"not compared to the end, too slow: {name}")
    took = time.monotonic() - start
    _say(
        f"{len(chosen)} sites, {compared} files compared in {took:.0f} s:"
        f" {len(differing)} sites differ" + (f": {' '.join(differing)}" if differing else "")
    )
    return 1 if differing else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build sites with two checkouts, and compare.")
    parser.add_argument("old", type=Path, help="the folder of a checkout")
    parser.add_argument("new", type=Path, help="the folder of another one")
    parser.add_argument("sites", nargs="*", help="sites, or folders of articles; else all known")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=list(GROUPS))
    parser.add_argument("--match", help="only sites whose name this regular expression finds")
    parser.add_argument("--steps", nargs="+", choices=(*STEPS, "all"), default=None)
    parser.add_argument("--count", type=int, default=500, help="articles of the bench's sites")
    parser.add_argument("--now", default=NOW)
    parser.add_argument("--jobs", help="handed to newsfeed build")
    parser.add_argument("--future", action="store_true", help="handed to newsfeed build")
    parser.add_argument("--slow", action="store_true", help="also the cases that take minutes")
    parser.add_argument("--timeout", type=float, default=120, help="seconds for one build")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--memory", default="/dev/shm" if Path("/dev/shm").is_dir() else None)
    parser.add_argument("--keep", action="store_true", help="keep the folders of what differs")
    parser.add_argument("-v", "--verbose", action="store_true", help="name every site")
    return parser.parse_args()


def _check_source(source: Path, python: str) -> None:
    """Exit with 2 unless ``python`` runs the newsfeed of this checkout."""
    script = "import newsfeed; print(newsfeed.__file__)"
    run = subprocess.run(
        [python, "-c", script], env=_environment(source), capture_output=True, text=True
    )
    wanted = (source / "src/newsfeed").resolve()
    if run.returncode or not Path(run.stdout.strip()).resolve().is_relative_to(wanted):
        sys.stderr.write(f"{python} does not run {wanted}:\n{run.stdout}{run.stderr}")
        raise SystemExit(2)


def _known(options: argparse.Namespace) -> Iterator[Site]:
    if "own" in options.only:
        yield Site("own", lambda folder: _copy(ROOT, folder, OWN))
    if "fixtures" in options.only:
        yield from _below(ROOT / "tests/data", "tests")
        for tool in sorted((ROOT / "tests/data/dialects").iterdir()):
            yield Site(
                f"dialect-{tool.name}", lambda folder, tool=tool: _dialect(tool, folder), BRIEF
            )
    if "cases" in options.only:
        for shared in filter(Path.is_dir, SHARED):
            yield from _below(shared / "cases", "case")
    if "bench" in options.only:
        for name in sites.CORPORA:
            yield Site(f"bench-{name}", lambda folder, name=name: _bench(name, options.count, folder))  # fmt: skip


def _below(folder: Path, group: str) -> Iterator[Site]:
    for settings in sorted(folder.rglob("newsfeed.toml")):
        name = f"{group}/{settings.parent.relative_to(folder).as_posix()}"
        yield Site(name, lambda target, place=settings.parent: _copy(place, target), BRIEF)


def _given(place: Path) -> Site:
    """Return the site in ``place``, or one that has a folder of articles as its items."""
    if not place.is_dir():
        raise SystemExit(f"{place} is not a folder")
    if (place / "newsfeed.toml").exists():
        return Site(str(place), lambda folder: _copy(place, folder))
    items = place / "items" if (place / "items").is_dir() else place

    def lay_out(folder: Path) -> None:
        _copy(items, folder / "items")
        (folder / "newsfeed.toml").write_text(EVERYTHING, "utf-8")

    return Site(str(place), lay_out)


def _copy(source: Path, target: Path, names: Iterable[str] = ()) -> None:
    """Copy a site's files with their times; of its folders those that a build makes are left."""
    only = set(names)

    def left_out(folder: str, found: list[str]) -> set[str]:
        if only and Path(folder) == source:
            return set(found) - only
        return ABSENT & set(found)

    shutil.copytree(source, target, symlinks=True, ignore=left_out, dirs_exist_ok=True)


def _dialect(tool: Path, folder: Path) -> None:
    """Lay out a folder that another tool wrote: articles are where its answers say."""
    items = json.loads((tool / "expected.json").read_text("utf-8"))["items"]
    _copy(tool, folder)
    (folder / "newsfeed.toml").write_text(f'{EVERYTHING}\n[items]\npath = "{items}"\n', "utf-8")


def _bench(name: str, count: int, folder: Path) -> None:
    """Lay out a corpus with all that a site can have: lists, search, letters."""
    articles = list(sites.CORPORA[name].articles(count))
    for article in articles:
        place = folder / "items" / article.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(article.text, "utf-8", newline="\n")
    (folder / "newsfeed.toml").write_text(EVERYTHING, "utf-8")
    (folder / "issues").mkdir()
    for number in (1, 2):
        chosen = articles[number * 20 : number * 20 + 8]
        listed = "".join(f"- [Un article](../items/{each.path})\n" for each in chosen)
        (folder / f"issues/2025-0{number}.md").write_text(
            f"---\nsubject: Lettre {number}\ndate: 2025-0{number}-15\nnumber: {number}\n---\n\n"
            f"Bonjour, **voici** la lettre.\n\n{listed}",
            "utf-8",
        )


def _compare(
    site: Site, steps: Iterable[str], options: argparse.Namespace, late: list[str]
) -> tuple[list[str], int]:
    """Return what differs when two checkouts build ``site``, and how many files were compared.

    The first step that differs is the last one: what follows would only say it again.
    """
    top = Path(tempfile.mkdtemp(prefix="newsfeed-same-", dir=options.memory)).resolve()
    sides = (Side(options.old.resolve(), top / "a"), Side(options.new.resolve(), top / "b"))
    found: list[str] = []
    compared = 0
    try:
        site.lay_out(sides[0].site)
        # A file as young as the clock's tick is read again, and would hide what a cache does.
        shutil.copytree(sides[0].site, sides[1].site, symlinks=True)
        for step in steps:
            for side in sides:
                _prepare(side.site, step)
            with ThreadPoolExecutor(2) as pool:
                said = list(pool.map(lambda side, step=step: _run(side, step, options), sides))
            if said[0].code is None:
                late.append(f"{site.name} ({step})")
                break
            found = [*_words(*said), *_files(sides[0].site, sides[1].site)]
            compared += sum(len(names) for _, _, names in os.walk(sides[0].site))
            if found:
                found = [f"[{step}] {line}" for line in found]
                break
    finally:
        if options.keep and found:
            found.append(f"kept in {top}")
        else:
            shutil.rmtree(top, ignore_errors=True)
    return found, compared


def _prepare(site: Path, step: str) -> None:
    """Make the edit of a step in the site's articles; the newest by path is edited."""
    if step not in EDITS:
        return
    if step == "settings":
        place = site / "newsfeed.toml"
        text = place.read_bytes().replace(b'language = "fr"', b'language = "en"')
        place.write_bytes(text)
        return
    articles = _articles(site)
    if not articles:
        return
    place = articles[len(articles) * 2 // 3]
    if step == "removed":
        place.unlink()
        return
    text = place.read_bytes().decode("utf-8", errors="surrogateescape")
    if step == "added":
        place = place.with_name("un-nouvel-article.md")
        text = "---\ntitle: Un nouvel article\ndate: 2026-11-30\n---\n\nLe texte.\n"
    else:
        text = edits.edited(text, 1, step, place.as_posix())  # type: ignore[arg-type]  # one of KINDS
    with contextlib.suppress(OSError):
        place.write_bytes(text.encode("utf-8", errors="surrogateescape"))


def _articles(site: Path) -> list[Path]:
    """Return the site's articles, as far as a name tells."""
    known = ("README", "OUTPUT", "output", "actual", "_")
    found: list[Path] = []
    for folder, folders, names in os.walk(site):
        folders[:] = sorted(
            each for each in folders if each not in {*ABSENT, "issues", "templates", "static"}
        )
        found += [
            Path(folder, name)
            for name in sorted(names)
            if name.endswith((".md", ".markdown", ".html")) and not name.startswith(known)
        ]
    return [each for each in found if not each.is_symlink()]


def _run(side: Side, step: str, options: argparse.Namespace) -> Said:
    command = ["build", "--now", options.now]
    if step == "check":
        command = ["check", "-v", "--now", options.now]
    elif step == "next-change":
        command = ["next-change", "--now", options.now]
    else:
        command += ["--future"] if options.future else []
        command += ["--jobs", options.jobs] if options.jobs else []
        command += ["--no-cache"] if step == "no-cache" else []
    child = subprocess.Popen(
        [options.python, "-m", "newsfeed", *command],
        cwd=side.site,
        env=_environment(side.source),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        out, err = child.communicate(timeout=options.timeout)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, 9)
        child.communicate()
        return Said(None, "", "too slow")
    return Said(child.returncode, _masked(out, side), _masked(err, side))


def _environment(source: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "CI"))}  # fmt: skip
    return {
        **kept,
        "PYTHONPATH": str(source.resolve() / "src"),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "120",
        "NO_COLOR": "1",
    }


def _masked(said: bytes, side: Side) -> str:
    """Return what was said; a traceback is its last line, whose frames differ by right."""
    text = said.decode("utf-8", errors="backslashreplace")
    text = text.replace(str(side.root), "<folder>").replace(str(side.source), "<source>")
    return re.sub(r"(Traceback \(most recent call last\):\n)(?:[ \t].*\n|\n)+", r"\1", text)


def _words(old: Said, new: Said) -> Iterator[str]:
    if old.code != new.code:
        yield f"exit code: {old.code} -> {'too slow' if new.code is None else new.code}"
    for name, ours, theirs in (("stdout", old.out, new.out), ("stderr", old.err, new.err)):
        if ours != theirs:
            yield f"{name}: {_first(ours, theirs)}"


def _files(old: Path, new: Path) -> Iterator[str]:
    """Yield the files that differ, the cache apart."""
    ours, theirs = _listed(old), _listed(new)
    for path in sorted(ours.keys() | theirs.keys()):
        if path not in theirs:
            yield f"{path}: gone"
        elif path not in ours:
            yield f"{path}: new"
        elif ours[path] != theirs[path]:
            yield f"{path}: {ours[path]} -> {theirs[path]}"
        elif ours[path] == "file" and not filecmp.cmp(old / path, new / path, shallow=False):
            yield f"{path}: {_first(_text(old / path), _text(new / path))}"


def _listed(folder: Path) -> dict[str, str]:
    """Return every file by its path, with what it is."""
    found: dict[str, str] = {}
    pending = [("", str(folder))]
    while pending:
        prefix, place = pending.pop()
        for each in os.scandir(place):
            path = prefix + each.name
            if each.is_symlink():
                found[path] = f"link to {Path(each.path).readlink()}"
            elif not each.is_dir():
                found[path] = "file"
            elif path != ".newsfeed":
                found[path] = "folder"
                pending.append((f"{path}/", each.path))
    filecmp.clear_cache()
    return found


def _text(place: Path) -> str:
    return place.read_bytes().decode("utf-8", errors="backslashreplace")


def _first(old: str, new: str) -> str:
    """Return the first lines that differ, in short."""
    left, right = old.splitlines(), new.splitlines()
    if len(left) + len(right) < 2_000:
        found = [
            line
            for line in difflib.unified_diff(left, right, lineterm="", n=0)
            if not line.startswith(("---", "+++", "@@"))
        ]
    else:
        found = [
            line
            for ours, theirs in zip(left, right, strict=False)
            if ours != theirs
            for line in (f"-{ours}", f"+{theirs}")
        ]
        found = found or [f"{len(left)} lines -> {len(right)}"]
    if len(found) == 2:
        found = _around(*found)
    found = found or [f"line ends: {len(old)} characters -> {len(new)}"]
    more = len(found) - SHOWN * 2
    shown = [line if len(line) <= WIDTH else f"{line[:WIDTH]}…" for line in found[: SHOWN * 2]]
    return "".join(f"\n      {line}" for line in shown) + (
        f"\n      … {more} more" if more > 0 else ""
    )


def _around(old: str, new: str) -> list[str]:
    """Return two long lines from just before the place where they part."""
    pairs = enumerate(zip(old[1:], new[1:], strict=False))
    at = next((at for at, (left, right) in pairs if left != right), 0)
    begin = max(0, at - WIDTH // 3)
    dots = "…" if begin else ""
    return [f"{each[0]}{dots}{each[1 + begin :]}" for each in (old, new)]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
