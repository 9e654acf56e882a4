"""``newsfeed check``, as people and machines call it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site
from newsfeed import disk

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
    assert (folder / "public" / "items" / "2026" / "01" / "a.html").exists()


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


# A site in a folder of a repository, and what is wrong with its files: alone, and side by side.
FILES = {
    "2026/good.md": article("Le même titre", "2026-01-02", "[voir](bad.md) et ![rien](none.png)"),
    "2026/bad.md": article("Sans jour", "un jour"),
    "2026/alike.md": article("Le même titre", "2026-01-03", "[là](good.md#absent)"),
    "2026/draft.md": article("Brouillon", "2026-01-04", "[loin](nowhere.md)", draft="true"),
    "2026/photo.txt": "x",
}
ISSUE = "---\nobjet: Lettre\ndate: 2031-02-01\n---\n\nBonjour ![rien](absent.png)\n\n- items/2026/nul.md\n"


@pytest.fixture(scope="module")
def monorepo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a site in ``news/``, another in ``docs/blog``, and feeds in neither."""
    root = tmp_path_factory.mktemp("mono")
    (root / ".git").mkdir()
    news = site(root / "news", FILES)
    (news / "issues").mkdir()
    (news / "issues" / "2026-02.md").write_text(ISSUE, "utf-8")
    site(root / "docs" / "blog", {"other.md": article("Autre", "le jour dit")})
    (root / "feed.xml").write_text("<rss version='2.0'><channel/></rss>", "utf-8")
    assert newsfeed("build", cwd=news).returncode == 1
    return root


def codes(done) -> set[tuple[str, str]]:
    return {(each["path"], each["code"]) for each in json.loads(done.stdout)}


GOOD = ("news/items/2026/good.md", "file-missing")
HIDDEN = ("news/items/2026/good.md", "link-hidden")
BAD = ("news/items/2026/bad.md", "date-unreadable")
ALIKE = {("news/items/2026/alike.md", "title-twice"), ("news/items/2026/alike.md", "anchor-dead")}
DRAFT = ("news/items/2026/draft.md", "link-dead")
LETTER = {
    ("news/issues/2026-02.md", "file-missing"),
    ("news/issues/2026-02.md", "issue-item-misspelt"),
}
OTHER = ("docs/blog/items/other.md", "date-unreadable")


@pytest.mark.parametrize(
    ("folder", "arguments", "expected", "code"),
    [
        (".", ["news/items/2026/bad.md"], {BAD}, 1),
        (".", ["news/items/2026/good.md"], {GOOD, HIDDEN}, 1),
        ("news/items/2026", ["good.md", "bad.md"], {GOOD, HIDDEN, BAD}, 1),
        ("news", ["items/2026/alike.md"], set(), 0),
        ("news", ["--whole", "items/2026/alike.md"], ALIKE, 0),
        ("news", ["items/2026/draft.md"], {DRAFT}, 0),
        ("news", ["public/index.html", "items/2026/photo.txt", "newsfeed.toml", "newsfeed.lock"], set(), 0),
        ("news", ["issues"], LETTER, 1),
        ("news/items", ["../issues/2026-02.md"], LETTER, 1),
        ("news", ["items"], {GOOD, HIDDEN, BAD, DRAFT}, 1),
        ("news", ["."], {GOOD, HIDDEN, BAD, DRAFT, *LETTER}, 1),
        (".", ["news/items/2026/bad.md", "docs/blog"], {BAD, OTHER}, 1),
        ("docs", ["blog/items/other.md"], {OTHER}, 1),
    ],
)  # fmt: skip
def test_one_file_is_checked_alone(monorepo, folder, arguments, expected, code) -> None:
    """A hook or an editor asks of one file: what it says, and whether what it names is there."""
    done = newsfeed("check", "--format", "json", *arguments, cwd=monorepo / folder)
    assert codes(done) == expected, done.stdout + done.stderr
    assert done.returncode == code


def test_feeds_and_what_is_nowhere_are_told_apart(monorepo: Path) -> None:
    """A feed beside a site is a feed, what was published too; an address is not opened."""
    done = newsfeed("check", "--format", "json", "feed.xml", "news/public", cwd=monorepo)
    assert {path for path, _ in codes(done)} == {"feed.xml"}
    assert "feeds read" in newsfeed("check", "news/public", cwd=monorepo, env={"LANG": "C"}).stderr
    for arguments, code, said in (
        (["https://www.example.org/atom.xml"], 2, "curl -o feed.xml https://www.example.org/atom.xml"),
        (["lost.md"], 3, "lost.md"),
        (["--fix", "feed.xml"], 2, "not feeds"),
    ):  # fmt: skip
        done = newsfeed("check", *arguments, cwd=monorepo)
        assert done.returncode == code and said in done.stderr, arguments


def test_an_article_without_a_site_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ARTICLE, "utf-8")
    done = newsfeed("check", "--format", "json", "a.md", cwd=tmp_path)
    assert done.returncode == 2
    assert codes(done) == {("a.md", "config-missing")}


def test_wrong_settings_of_another_site_are_said_where_they_are(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    site(tmp_path / "wrong", {"a.md": ARTICLE}, "[site]\ntitel = 1\n")
    for given in ("wrong/items/a.md", "wrong/newsfeed.toml", "wrong"):
        done = newsfeed("check", "--format", "json", given, cwd=tmp_path)
        assert done.returncode == 2
        assert ("wrong/newsfeed.toml", "config-unknown-key") in codes(done)


def test_one_file_is_mended_alone(tmp_path: Path) -> None:
    """`--fix FILE` leaves its neighbours as they are."""
    folder = site(tmp_path, {"one.md": CHAINS["yaml.md"], "two.md": CHAINS["yaml.md"]})
    done = newsfeed("check", "--fix", "one.md", cwd=folder / "items")
    assert done.returncode == 0, done.stdout
    assert (folder / "items" / "two.md").read_text("utf-8") == CHAINS["yaml.md"]
    assert "tags:" in (folder / "items" / "one.md").read_text("utf-8")


def test_the_site_is_found_from_any_folder_below_it(tmp_path: Path) -> None:
    """Files that are given, and those that are named, are relative to where one stands."""
    folder = site(tmp_path, {"2026/deep/a.md": article(body="![rien](none.png)")})
    below = folder / "items" / "2026" / "deep"
    done = newsfeed("build", "-o", "../../../elsewhere", cwd=below)
    assert "a.md:6:9: erreur [file-missing]" in done.stderr.splitlines()[0]
    assert (folder / "elsewhere" / "atom.xml").exists()
    assert not list(below.glob("newsfeed*"))
    made = newsfeed("new", "Un nouveau", "--date", "2026-05-01", cwd=below).stdout.strip()
    assert (below / made).is_file()
    feeds = ("../../../elsewhere/atom.xml", "../../../elsewhere/atom.xml")
    assert newsfeed("diff", *feeds, cwd=below).returncode == 0
    assert newsfeed("adopt", feeds[0], cwd=below).returncode == 0
    started = newsfeed("init", cwd=below)
    assert (below / "newsfeed.toml").exists(), "init starts a site where it is called"
    assert "newsfeed.toml" in started.stdout


@pytest.mark.parametrize("given", [(), ("items/a.md",), ("items",)])
def test_files_are_mended_while_nobody_else_is_at_work(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    """Another newsfeed that has the site's folder is waited for, whatever is to be mended."""
    folder = site(tmp_path, {"a.md": article(tags="un, deux")})
    command = [sys.executable, "-m", "newsfeed", "check", "--fix", *given]
    with disk.alone(folder):
        mending = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        assert mending.stderr is not None
        assert "newsfeed" in mending.stderr.readline()  # it says what it waits for
        assert "tags: un, deux" in (folder / "items/a.md").read_text("utf-8")
    assert mending.wait(60) == 0
    mending.stderr.close()
    assert "tags: [un, deux]" in (folder / "items/a.md").read_text("utf-8")


def test_an_output_is_written_by_one_site_at_a_time(tmp_path: Path) -> None:
    """Another newsfeed that publishes into the same folder, be it of another site, is waited for."""
    folder = site(tmp_path / "un", {"a.md": article()})
    shared = tmp_path / "www"
    shared.mkdir()
    command = [sys.executable, "-m", "newsfeed", "build", "-o", str(shared)]
    with disk.alone(shared):
        building = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        assert building.stderr is not None
        assert "newsfeed" in building.stderr.readline()  # it says what it waits for
        assert not (shared / "atom.xml").exists()
    assert building.wait(60) == 0
    building.stderr.close()
    assert (shared / "atom.xml").exists()


@pytest.mark.parametrize("command", ["build", "check"])
def test_warnings_count_where_it_is_asked(tmp_path: Path, command: str) -> None:
    folder = site(tmp_path, {"a.md": article(body="[ici](rien.md)")})
    assert newsfeed(command, cwd=folder).returncode == 0
    assert newsfeed(command, "--strict", cwd=folder).returncode == 1
