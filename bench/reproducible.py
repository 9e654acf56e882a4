"""One hash on every machine: this repository's own site, built in many surroundings.

python bench/reproducible.py              each Python there is, zones, locales, clones; twenty seeds in turn
python bench/reproducible.py --all        each of these with each of the twenty hash seeds
python bench/reproducible.py --all --minutes 10   as many of them as that, in an order that mixes all
python bench/reproducible.py --here       with the Python and the packages that run this, alone

What is committed is built. The exit code is 1 where two combinations gave different bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
KEPT = ROOT / ".bench" / "reproducible"
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
ZONES = ("UTC", "Pacific/Auckland", "America/St_Johns")
LOCALES = ("C", "fr_FR.UTF-8", "tr_TR.ISO-8859-9")
CLONES = ("full", "shallow", "old times")
SEEDS = tuple(range(1, 21))
NOW, EPOCH = "2026-11-23T11:00:00Z", "1795431600"
"""One instant, written in two ways."""
OLD = 1_000_000_000  # seconds since 1970: a time of files


class Combination(NamedTuple):
    """One of the surroundings that a build is run in."""

    version: str
    zone: str
    locale: str
    clone: str
    seed: int


def main() -> int:
    """Build in every combination; print how many gave one hash."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--all", action="store_true", help="each combination with each seed")
    parser.add_argument("--here", action="store_true", help="this Python alone, as it is installed")
    parser.add_argument("--few", action="store_true", help="each value once, not with each other")
    parser.add_argument("--minutes", type=float, help="try no further combination after as many")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsfeed-reproducible-") as name:
        work = Path(name)
        clones = {kind: clone(kind, work) for kind in CLONES}
        alike = archives(work)
        if asked.here:
            found = {"{}.{}".format(*sys.version_info): [sys.executable, "-m", "newsfeed"]}
        else:
            wheel = next((work / "dist-1").glob("*.whl"))
            found = {version: installed(python, version, wheel) for version, python in pythons()}
        locales, paths = compiled(LOCALES, work)
        values = (tuple(found), ZONES, locales, CLONES)
        wanted = list(few(values) if asked.few else combinations(values, every=asked.all))
        say(f"Pythons {', '.join(found)}; zones {', '.join(ZONES)}; locales {', '.join(locales)}; "
            f"clones {', '.join(CLONES)}; {len({each.seed for each in wanted})} hash seeds")  # fmt: skip
        if asked.minutes is not None:
            random.Random(0).shuffle(wanted)
        hashes: dict[str, list[Combination]] = defaultdict(list)
        start = time.monotonic()
        tried = 0
        for number, each in enumerate(wanted):
            if asked.minutes is not None and time.monotonic() - start > 60 * asked.minutes:
                break
            tried += 1
            out = work / f"out {number}"
            done = built(found[each.version], each, clones[each.clone], out, paths, number)
            hashes[done].append(each)
            shutil.rmtree(out)
    most = max(hashes, key=lambda value: len(hashes[value]))
    left = f" ({len(wanted) - tried} were not tried)" if tried < len(wanted) else ""
    say(f"{len(hashes[most])} of {tried} combinations gave one hash: {most}{left}")
    for value, others in hashes.items():
        if value != most:
            say(f"  {value}: {others[0]}" + (f" and {len(others) - 1} more" if others[1:] else ""))
    return 0 if len(hashes) == 1 and alike else 1


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)


def combinations(values: Sequence[Sequence[str]], *, every: bool) -> Iterator[Combination]:
    """Yield all combinations of ``values``, with one seed each in turn, or with ``every`` seed."""
    seeds = itertools.cycle(SEEDS)
    for version, zone, locale, kind in itertools.product(*values):
        for seed in SEEDS if every else (next(seeds),):
            yield Combination(version, zone, locale, kind, seed)


def few(values: Sequence[Sequence[str]]) -> Iterator[Combination]:
    """Yield combinations that hold each of ``values`` at least once."""
    count = max(map(len, values))
    turns = [itertools.islice(itertools.cycle(each), count) for each in values]
    for seed, (version, zone, locale, kind) in enumerate(zip(*turns, strict=True), 1):
        yield Combination(version, zone, locale, kind, seed)


def pythons() -> Iterator[tuple[str, str]]:
    """Yield (version, interpreter) for each version of Python that is found on this machine."""
    for version in VERSIONS:
        kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
        places = [sys.executable, shutil.which(f"python{version}")]
        places += [str(each / "bin" / "python") for each in sorted(kept.glob(f"{version}.*"))]
        if shutil.which("uv"):
            asked = ["uv", "python", "find", "--no-python-downloads", "--no-project", version]
            done = subprocess.run(asked, capture_output=True, text=True, check=False)
            places.append(done.stdout.strip())
        usable = [place for place in places if place and version_of(place) == version]
        if usable:
            yield version, usable[0]
        else:
            say(f"Python {version} is not here")


def version_of(python: str) -> str:
    """Return the version of an interpreter, empty where it does not run."""
    code = "import sys, venv; print('{}.{}'.format(*sys.version_info))"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def installed(python: str, version: str, wheel: Path) -> list[str]:
    """Install newsfeed for an interpreter, in a folder that is kept; return its command."""
    home = KEPT / version
    if not (home / "bin" / "pip").exists():
        subprocess.run([python, "-m", "venv", "--clear", home], check=True)
    own = home / "bin" / "python"
    pip = [own, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"]
    limits = ["-c", ROOT / "constraints.txt"]
    subprocess.run([*pip, *limits, wheel], check=True)
    again = ["--force-reinstall", "--no-deps", "--no-index", wheel]
    subprocess.run([*pip, *again], check=True)
    return [str(own), "-m", "newsfeed"]


def clone(kind: str, work: Path) -> Path:
    """Clone this repository: whole, its last commit alone, or with other times of files."""
    place = work / f"a {kind} clone"
    depth = ["--depth", "1"] if kind == "shallow" else []
    subprocess.run(["git", "clone", "--quiet", *depth, f"file://{ROOT}", place], check=True)
    if kind == "old times":
        for number, path in enumerate(sorted(place.rglob("*"))):
            if not path.is_symlink():
                os.utime(path, (OLD + number, OLD + number))
    return place


def archives(work: Path) -> bool:
    """Build the wheel and the source archive from two clones; say whether they are the same."""
    made: list[dict[str, str]] = []
    for number, kind in enumerate(("full", "old times"), 1):
        dist = work / f"dist-{number}"
        command = [sys.executable, "-m", "hatchling", "build", "-d", dist]
        subprocess.run(command, cwd=work / f"a {kind} clone", check=True, capture_output=True)
        made.append(
            {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in dist.iterdir()}
        )
    alike = made[0] == made[1]
    for name, digest in sorted(made[0].items()):
        say(f"{name}: {'the same twice' if made[1].get(name) == digest else 'DIFFERS'}, {digest}")
    return alike


def compiled(names: Sequence[str], work: Path) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the locales among ``names`` that this machine has or can make, and how to find these.

    Where it can make none they are those that every machine has.
    """
    folder = work / "locales"
    folder.mkdir()
    for name in names:
        language, _, charset = name.partition(".")
        if charset and shutil.which("localedef"):
            asked = ["localedef", "-i", language, "-f", charset, folder / name]
            subprocess.run(asked, capture_output=True, check=False)
    made = tuple(name for name in names if name == "C" or (folder / name).is_dir())
    if len(made) == len(names):
        return made, {"LOCPATH": str(folder)}
    return ("C", "C.UTF-8", "POSIX"), {}


def built(
    command: Sequence[str],
    given: Combination,
    place: Path,
    out: Path,
    paths: dict[str, str],
    number: int,
) -> str:
    """Build once; return a hash of every path and byte that came out, and of the site's memory."""
    env = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "LANG"))
        },
        **paths,
        "TZ": given.zone,
        "LC_ALL": given.locale,
        "PYTHONHASHSEED": str(given.seed),
    }
    if command[0] != sys.executable:
        env.pop("PYTHONPATH", None)
    # The instant in one of two ways; one process, or two.
    when = ["--now", NOW] if number % 2 else []
    if not when:
        env["SOURCE_DATE_EPOCH"] = EPOCH
    jobs = ["--jobs", str(1 + number // 2 % 2)]
    asked = [*command, "--quiet", "build", "-o", str(out), "--no-cache", *when, *jobs]
    subprocess.run(asked, cwd=place, env=env, check=True)
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    files |= {
        f"../{path.name}": path for path in (place / "newsfeed.lock", *place.glob("issues/*"))
    }
    found = hashlib.sha256()
    for name in sorted(files):
        data = files[name].read_bytes()
        found.update(f"{name}\0{len(data)}\0".encode() + data)
    return found.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
