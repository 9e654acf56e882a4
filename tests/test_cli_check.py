"""``newsfeed check``, as people and machines call it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site

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


# What one fix uncovers, another mends: all of it in one run.
CHAINS = {
    "toml.md": "+++\ntitle = Actualités\ndate = 29 novembre 2023\ntags = un, deux\ndraft = non\n+++\nTexte.\n",
    "yaml.md": "---\ntitle: Le point : suite\ndate: “29 novembre 2023”\ndraft: “non”\ntgas: “un, deux”\n---\nTexte.\n",
    "json.md": '{\n  "title": "Un",\n  "date": "29 novembre 2023",\n  "draft": "non",\n}\nTexte.\n',
    "own.md": "---\ntitle: Un\ndate: 2026-01-02\n---\n[a](http://www.example.org/items/2026/01/own.html) et"
    " <http://www.example.org/>, `http://www.example.org/code`, [b](http://autre.example/).\n",
}


@pytest.mark.parametrize("name", sorted(CHAINS))
def test_one_run_mends_all_that_has_an_answer(tmp_path, name):
    """`--fix` goes on until nothing is left to mend; `--dry-run` shows the same, and writes nothing."""
    text = CHAINS[name]
    folder = site(tmp_path, {name: text})
    dry = newsfeed("check", "--fix", "--dry-run", cwd=folder)
    place = folder / "items" / name
    assert place.read_text("utf-8") == text
    newsfeed("check", "--fix", cwd=folder)
    mended = place.read_text("utf-8")
    added = [row[1:] for row in dry.stdout.splitlines() if re.match(r"\+(?!\+\+)", row)]
    assert added == [row for row in mended.split("\n") if row not in text.split("\n")]
    again = newsfeed("check", "--fix", "--dry-run", "--format", "json", cwd=folder)
    assert "---" not in again.stdout
    assert place.read_text("utf-8") == mended


def test_an_address_of_the_site_itself_is_encrypted(tmp_path):
    """One answer is right for one's own address; a stranger's may have no other."""
    folder = site(tmp_path, {"own.md": CHAINS["own.md"]})
    done = newsfeed("check", "--fix", "--lang", "en", cwd=folder)
    text = (folder / "items" / "own.md").read_text("utf-8")
    assert "https://www.example.org/items/2026/01/own.html" in text
    assert "<https://www.example.org/>" in text
    assert "http://autre.example/" in text
    assert "link-insecure" not in done.stdout


def test_a_day_in_a_name_that_does_not_exist_is_said(tmp_path):
    """The cure is to correct the day, not to add what is there."""
    folder = site(tmp_path, {"2021-02-30-x.md": "---\ntitle: Un\n---\nTexte\n"})
    said = newsfeed("check", "--lang", "en", cwd=folder).stdout
    assert "items/2021-02-30-x.md:1:1: error [date-impossible] “2021-02-30” does not exist" in said
    assert "date-missing" not in said


@pytest.mark.parametrize("url", ["/.newsfeed-files", "/.newsfeed-new-x/a", "/a/.newsfeed-files/b"])
def test_names_that_newsfeed_needs_are_refused_by_name(tmp_path, url):
    """What an article asks for never fails the build as if the disk were at fault."""
    folder = site(tmp_path, {"a.md": article(url=url)})
    done = newsfeed("build", "--lang", "en", cwd=folder)
    assert "items/a.md:4:6: error [path-unsafe]" in done.stderr
    assert done.returncode == 1
    assert (folder / "public" / "items" / "2026" / "01" / "un-titre.html").exists() or (
        folder / "public" / "items" / "2026" / "01" / "a.html"
    ).exists()


def test_an_address_that_is_taken_is_said_where_it_is_asked_for(tmp_path):
    """The article and its line, not the output that nobody wrote."""
    folder = site(
        tmp_path, {"a.md": article(url="/tags/un/"), "b.md": article("Deux", tags="[un]")}
    )
    done = newsfeed("build", "--lang", "en", cwd=folder)
    lines = [line for line in done.stderr.splitlines() if "[address-twice]" in line]
    assert lines and all(line.startswith("items/a.md:4:1: ") for line in lines)


CONFIGURED = (
    SETTINGS
    + """

[items.fields]
titel = ["nom"]
tag = ["sujets"]

[newsletter]
enabled = true
"""
)


def test_names_of_fields_are_checked(tmp_path):
    """A misspelt field would never be read: it is said with its line, and what was meant."""
    folder = site(tmp_path, {"a.md": article()}, CONFIGURED)
    done = newsfeed("check", "--lang", "en", cwd=folder)
    assert done.returncode == 2
    line = CONFIGURED.split("\n").index('titel = ["nom"]') + 1
    assert f"newsfeed.toml:{line}:1: " in done.stderr
    assert "title ?" in done.stderr
    assert "items.fields.tag" not in done.stderr


def test_what_the_configuration_lacks_is_said_where_it_would_stand(tmp_path):
    """A letter without a sender: the section; a logo that is missing: its line and column."""
    settings = CONFIGURED.replace('titel = ["nom"]', 'title = ["nom"]')
    folder = site(tmp_path, {"a.md": article()}, settings)
    found = json.loads(newsfeed("check", "--format", "json", cwd=folder).stdout)
    places = {
        (each["line"], each["column"]) for each in found if each["code"].startswith("letter-no")
    }
    assert places == {(settings.split("\n").index("[newsletter]") + 1, 1)}
    lost = settings.replace('language = "fr"', 'logo = "rien.png"')
    (folder / "newsfeed.toml").write_text(lost, "utf-8")
    said = newsfeed("check", "--lang", "en", cwd=folder).stderr
    assert "newsfeed.toml:4:1: error [config-file]" in said
