"""What the disk refuses is said in one line, and what is nobody's but the user's is never removed."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site, tree_of
from newsfeed import disk
from newsfeed.diagnostics import WorldError, diagnostic, refused
from newsfeed.diagnostics.reasons import in_french

NOW = "2026-06-01"


@pytest.mark.parametrize(
    "linked",
    [".newsfeed", ".newsfeed/aside", ".newsfeed/pictures", ".newsfeed/serve", ".newsfeed/cache"],
)
@pytest.mark.parametrize("command", ["build", "digest", "compose", "new", "check", "import"])
def test_links_for_folders_of_ours_lead_to_no_harm(
    tmp_path: Path, linked: str, command: str
) -> None:
    """A repository may hold links where commands keep what may be deleted: nothing is removed there."""
    folder = site(tmp_path / "site", {"a.md": article("Un")})
    theirs = tmp_path / "theirs"
    for path in ("a", "tick-1", "aside/b", "pictures/c", "sub/d"):
        place = theirs / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(path, "utf-8")
    before = tree_of(theirs)
    (folder / linked).parent.mkdir(exist_ok=True)
    (folder / linked).symlink_to(theirs)
    (folder / "export.json").write_text(
        '{"db": [{"meta": {"version": "5.0.0"}, "data": {"posts": []}}]}'
    )
    arguments = {
        "build": ["build", "--now", NOW],
        "digest": ["digest", "--now", NOW],
        "compose": ["compose", "--now", NOW],
        "new": ["new", "Neuf"],
        "check": ["check", "--baseline", "--now", NOW],
        "import": ["import", "export.json"],
    }[command]
    done = newsfeed(*arguments, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert tree_of(theirs) == before


def test_a_preview_is_not_built_where_a_link_leads(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"a.md": article("Un")})
    (tmp_path / "theirs").mkdir()
    (folder / ".newsfeed").mkdir()
    (folder / ".newsfeed" / "serve").symlink_to(tmp_path / "theirs")
    done = newsfeed("--lang", "fr", "serve", "--port", "0", cwd=folder)
    assert (done.returncode, done.stdout) == (3, "")
    assert "ce n’est pas un dossier" in done.stderr
    assert not list((tmp_path / "theirs").iterdir())


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["config"],
        ["config", "--schema"],
        ["check", "--format", "json"],
        ["build", "--now", NOW, "--format", "github"],
        ["build", "--now", NOW, "--format", "sarif"],
        ["digest", "--now", NOW],
        ["compose", "--now", NOW],
        ["next-change"],
        ["new", "Neuf"],
        ["init", "autre"],
        ["diff", "public", "public", "--format", "json"],
    ],
)
def test_an_output_that_is_full_is_said(tmp_path: Path, arguments: list[str]) -> None:
    """Where standard output takes nothing the exit code is 3; where messages cannot be said work goes on."""
    folder = site(
        tmp_path / "site",
        {
            "a.md": article("Un"),
            "b.md": article("Tard", "2090-01-01"),
            "faux.md": "---\ntitle: [\n---\n",
        },
    )
    newsfeed("build", "--now", NOW, cwd=folder)
    command = [sys.executable, "-m", "newsfeed", *arguments]
    env = {**os.environ, "LC_ALL": "fr_FR.UTF-8"}
    for name in ("full", "deaf"):
        shutil.copytree(folder, tmp_path / name)
    with FULL.open("wb") as full:
        done = subprocess.run(
            command,
            cwd=tmp_path / "full",
            env=env,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
        deaf = subprocess.run(
            command,
            cwd=tmp_path / "deaf",
            env=env,
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
        )
    said = done.stderr.decode()
    assert done.returncode == 3, said
    assert "Traceback" not in said
    assert said.splitlines()[-1] == "newsfeed : plus de place sur le disque"
    assert deaf.returncode in (0, 1)
    assert deaf.stdout


def test_reasons_are_said_in_the_language_of_the_person() -> None:
    for code in (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.ENOENT):
        words = os.strerror(code)
        error = refused("public", OSError(code, words))
        assert error.words("en") == f"public: {words}" == str(error)
        assert error.words("fr-CA") == f"public : {in_french(words)}"
        assert in_french(words) != words
        problem = diagnostic("article-unreadable", "items/a.md", reason=words)
        assert words in problem.words("en")[0]
        assert in_french(words) in problem.words("fr")[0]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path: Path, language: str) -> None:
    folder = site(tmp_path, {"a.md": article("Un")}, SETTINGS)
    for arguments in (
        ["import", "rien.json"],
        ["adopt", "rien.xml"],
        ["diff", "rien.xml", "a.xml"],
        ["check", "rien.md"],
    ):
        done = newsfeed("--lang", language, *arguments, cwd=folder)
        words = "aucun fichier" if language == "fr" else "No such file"
        assert done.returncode == 3, done.stderr
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [["import", "pipe"], ["adopt", "pipe"], ["diff", "pipe", "pipe"], ["check", "pipe.xml"]],
)
def test_a_pipe_is_not_waited_for(tmp_path: Path, arguments: list[str]) -> None:
    folder = site(tmp_path, {"a.md": article("Un")})
    for name in ("pipe", "pipe.xml", "pipe.json"):
        os.mkfifo(folder / name)
    done = newsfeed(*arguments, cwd=folder)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr


def test_a_pipe_in_a_folder_does_not_keep_a_site_from_beginning(tmp_path: Path) -> None:
    for name in ("a.json", ".gitignore"):
        os.mkfifo(tmp_path / name)
    done = newsfeed("init", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    (tmp_path / ".gitignore").unlink()
    assert newsfeed("init", cwd=tmp_path).returncode == 0


def test_what_is_written_whole_is_so_where_the_own_folder_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / disk.FOLDER).symlink_to(tmp_path / "theirs")
    disk.write_whole(tmp_path / "a.txt", b"x", tmp_path)
    assert (tmp_path / "a.txt").read_bytes() == b"x"
    assert not list((tmp_path / "theirs").iterdir())
    with pytest.raises(NotADirectoryError):
        disk.own_folder(tmp_path, disk.ASIDE)


def test_a_folder_that_cannot_be_made_is_the_disks_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorldError, match="file"):
        disk.make_folder(tmp_path / "file" / "below")
