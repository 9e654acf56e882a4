"""``newsfeed check``, as people and machines call it."""

from __future__ import annotations

import json
from pathlib import Path

from command import newsfeed, site

ARTICLE = "---\ntitle: A\ndate: 2024-01-02\n---\nText\n"


def test_it_says_more_wherever_that_is_asked(tmp_path: Path) -> None:
    """``check -v`` and ``-v check`` are one."""
    folder = site(tmp_path, {"a.md": ARTICLE})
    after = newsfeed("check", "-v", cwd=folder)
    assert after.stderr == newsfeed("-v", "check", cwd=folder).stderr
    assert "title" in after.stderr


def test_a_wrong_configuration_is_told_in_the_format_asked_for(tmp_path: Path) -> None:
    """CI uploads the result, whatever is wrong."""
    folder = site(tmp_path, {"a.md": ARTICLE}, settings="[site]\ntitel = 1\n")
    result = newsfeed("check", "--format", "json", cwd=folder)
    assert result.returncode == 2
    assert "config-unknown-key" in {each["code"] for each in json.loads(result.stdout)}
    assert newsfeed("check", cwd=folder).stdout == ""


def test_an_export_in_json_is_named(tmp_path: Path) -> None:
    """Ghost's export is one file of JSON: it is not passed over in silence."""
    folder = site(tmp_path, {"a.md": ARTICLE, "ghost.json": '{"db": []}'})
    assert "items/ghost.json" in newsfeed("check", cwd=folder).stderr


def test_a_problem_is_counted_once(tmp_path: Path) -> None:
    """The last line of a build counts what is listed above it."""
    folder = site(tmp_path, {"a.md": ARTICLE + "![A picture](none.png)\n"})
    lines = newsfeed("--lang", "en", "build", cwd=folder).stderr.splitlines()
    assert sum(" error [" in line for line in lines) == 1
    assert "; 1 error" in lines[-1]
    newsfeed("build", cwd=folder)
    (folder / "public" / "atom.xml").unlink()
    assert "1 file differs" in newsfeed("--lang", "en", "build", "--check", cwd=folder).stderr
