"""What the settings and the lock may not be: each command says so, with the cure, and stops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site, tree_of


def sources(folder: Path) -> dict[str, bytes]:
    """Return every file but the command's own cache."""
    return {k: v for k, v in tree_of(folder).items() if not k.startswith(".newsfeed/")}


@pytest.mark.parametrize("key", ["logo", "icon"])
@pytest.mark.parametrize(
    "written", ["logo.png", "/static/logo.png", "//cdn.example/a.png", "ftp://a.example/a.png", "https://"]
)  # fmt: skip
def test_a_logo_that_is_nowhere_is_refused(tmp_path: Path, key: str, written: str) -> None:
    """Neither a file of the site nor a whole address: exit 2, and nothing is written."""
    folder = site(tmp_path, {"a.md": article()}, SETTINGS + f'{key} = "{written}"\n')
    before = sources(folder)
    result = newsfeed("build", cwd=folder)
    assert result.returncode == 2
    assert "config-file" in result.stderr
    assert f'{key} = "static/' in result.stderr
    assert sources(folder) == before


def test_a_logo_that_is_there_is_shown(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article()}, SETTINGS + 'logo = "static/logo.svg"\n')
    (folder / "static").mkdir()
    (folder / "static" / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert newsfeed("build", cwd=folder).returncode == 0
    atom = (folder / "public" / "atom.xml").read_text("utf-8")
    assert "<logo>https://www.example.org/static/logo.svg</logo>" in atom


@pytest.mark.parametrize("lock", [b"\xff\xfe\x00", b"", b"hello\n", b"<<<<<<< HEAD\n"])
def test_a_lock_that_cannot_be_read_is_refused(tmp_path: Path, lock: bytes) -> None:
    """Whatever its bytes are: exit 2, the cure, and nothing is written."""
    folder = site(tmp_path, {"a.md": article()})
    (folder / "newsfeed.lock").write_bytes(lock)
    before = sources(folder)
    result = newsfeed("build", cwd=folder)
    assert result.returncode == 2
    assert "newsfeed.lock:1:1" in result.stderr
    assert "Traceback" not in result.stderr
    assert sources(folder) == before


@pytest.mark.parametrize(
    ("formats", "listed"), [('["json"]', False), ("[]", False), ('["rss"]', True)]
)
def test_there_is_a_list_of_feeds_where_there_are_some(
    tmp_path: Path, formats: str, *, listed: bool
) -> None:
    """A site without a feed in XML has no feeds.opml, no link to one, and nothing to complain of."""
    folder = site(tmp_path, {"a.md": article()}, f"{SETTINGS}[feeds]\nformats = {formats}\n")
    result = newsfeed("build", "--format", "json", cwd=folder)
    assert not [each for each in json.loads(result.stdout) if each["code"].startswith("feed-")]
    assert (folder / "public" / "feeds.opml").exists() is listed
    subscribe = (folder / "public" / "subscribe" / "index.html").read_text("utf-8")
    assert ("feeds.opml" in subscribe) is listed


def test_a_removed_article_may_be_announced_for_ever(tmp_path: Path) -> None:
    """However many days are written, the article that is gone is announced."""
    settings = f"{SETTINGS}[feeds]\nremoved_days = 999999999999\n"
    folder = site(tmp_path, {"a.md": article(), "b.md": article("B", "2026-01-03")}, settings)
    assert newsfeed("build", "--now", "2026-02-01", cwd=folder).returncode == 0
    (folder / "items" / "b.md").unlink()
    result = newsfeed("build", "--now", "2036-02-01", cwd=folder)
    assert result.returncode == 0, result.stderr
    again = newsfeed("build", "--now", "2056-02-01", cwd=folder)
    assert again.returncode == 0, again.stderr
    assert "deleted-entry" in (folder / "public" / "atom.xml").read_text("utf-8")


@pytest.mark.parametrize("template", [b"{{ undefined_thing }}", b"{% if", b"\xff"])
def test_a_broken_template_publishes_nothing(tmp_path: Path, template: bytes) -> None:
    """The template and the article are named; nobody who did not write --strict hears of it."""
    folder = site(tmp_path, {"a.md": article()})
    (folder / "templates" / "page").mkdir(parents=True)
    (folder / "templates" / "page" / "item.html").write_bytes(template)
    result = newsfeed("build", cwd=folder)
    assert result.returncode == 1
    assert "templates/page/item.html:1:1" in result.stderr
    assert "items/a.md" in result.stderr
    assert "--strict" not in result.stderr
    assert not (folder / "public" / "index.html").exists()


def test_options_of_the_group_may_follow_the_command(tmp_path):
    """People write them where they come to mind: --lang, -q and -v mean the same there."""
    folder = site(tmp_path, {"a.md": "---\ntitle: Un\n---\nTexte\n"})
    after = newsfeed("build", "--lang", "en", cwd=folder)
    assert "there is no date" in after.stderr
    assert "there is no date" in newsfeed("--lang", "en", "build", cwd=folder).stderr
    assert "1 left out" not in newsfeed("build", "-q", "--lang", "en", cwd=folder).stderr
    assert "items/a.md: no date" in newsfeed("build", "-v", "--lang", "en", cwd=folder).stderr


def test_a_file_of_settings_in_another_encoding_is_to_be_saved_again(tmp_path):
    """Whatever it was: what its letters were meant to be nobody can tell for certain."""
    folder = site(tmp_path, {"a.md": article()})
    text = (folder / "newsfeed.toml").read_text("utf-8")
    for encoding in ("latin-1", "utf-16"):
        (folder / "newsfeed.toml").write_text(text, encoding)
        done = newsfeed("--lang", "fr", "build", cwd=folder)
        assert done.returncode == 2
        assert "newsfeed.toml:1:1: erreur [config-encoding]" in done.stderr
        assert "UTF-8" in done.stderr
