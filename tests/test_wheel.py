"""The wheel holds everything, and works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
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
