"""The wheel holds everything, and works outside the checkout."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from email import message_from_bytes
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from command import ROOT
from newsfeed.cli.workflows import PLACES


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (made,) = folder.glob("newsfeed_press-*.whl")
    return made


def test_the_wheel_ships_templates_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {
        f"newsfeed/templates/{path.relative_to(ROOT / 'templates').as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert templates <= names
    assert "newsfeed/py.typed" in names
    assert {f"newsfeed/cli/workflows/{forge}.yml" for forge in PLACES} <= names
    assert not [name for name in names if name.startswith(("tests/", "items/"))]


def test_it_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Installed outside the checkout, in an empty folder: init, build, digest."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True
    )
    # Its dependencies come from the environment of the tests: this must pass without a network.
    (packages,) = {path.resolve() for path in home.glob("lib*/**/site-packages")}
    (packages / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    folder = tmp_path / "site"
    folder.mkdir()
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(*arguments: str) -> str:
        result = subprocess.run(
            [scripts / "newsfeed", *arguments], cwd=folder, env=env, capture_output=True, text=True
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    where = subprocess.run(
        [python, "-c", "import newsfeed; print(newsfeed.__file__)"],
        cwd=folder, env=env, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert str(home) in where
    run("init", "--language", "fr")
    run("build")
    run("digest")
    assert (folder / "public" / "newsletter" / "latest" / "letter.eml").exists()
    assert (folder / "public" / "index.html").exists()


def test_what_it_imports_is_what_it_asks_for() -> None:
    """Each package of others that the code imports is a dependency; each dependency is imported."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = table["dependencies"] + table["optional-dependencies"]["serve"]
    wanted = {re.split(r"[<>=;\[ ]", each)[0].lower() for each in asked}
    imported: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {each.name.split(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    others = imported - sys.stdlib_module_names - {"newsfeed"}
    known = packages_distributions()
    # tzdata is data: Python looks for it by itself (PEP 615).
    assert {known[each][0].lower() for each in others} == wanted - {"tzdata"}


def test_the_description_on_a_package_index_leads_nowhere_else(wheel: Path) -> None:
    """README.md without links that hold in the repository alone."""
    with zipfile.ZipFile(wheel) as files:
        (name,) = [name for name in files.namelist() if name.endswith("/METADATA")]
        text = str(message_from_bytes(files.read(name)).get_payload())
    assert "make build" in text
    links = re.findall(r"\]\(([^)]*)\)", re.sub(r"(?s)```.*?```", "", text))
    assert all(link.startswith(("https://", "#")) for link in links), links


@pytest.mark.slow
def test_the_source_archive_is_the_repository(tmp_path: Path) -> None:
    """Its tests run from it; nothing is missing from it, nothing strays into it."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = tmp_path.glob("newsfeed_press-*.tar.gz")
    with tarfile.open(made) as archive:
        archive.extractall(tmp_path, filter="data")
    folder = tmp_path / made.name.removesuffix(".tar.gz")
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        known = {path for path in listed.stdout.split("\0") if (ROOT / path).is_file()}
        assert known - {".ci/run"} == files - {"PKG-INFO"}
    env = os.environ | {"PYTHONPATH": str(folder / "src"), "CI": ""}
    pytest_alone = Path(sysconfig.get_path("scripts"), "pytest")
    chosen = ("tests/test_text_slugs.py", "tests/test_docs.py")
    done = subprocess.run(
        [pytest_alone, "-q", "-p", "no:cacheprovider", "-n", "0", *chosen],
        cwd=folder, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
