"""What the settings and the lock may not be: each command says so, with the cure, and stops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site, tree_of
from newsfeed.cli import COMMANDS


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


MISUSED = [
    (
        ["biuld"],
        "commande inconnue\xa0: «\xa0biuld\xa0»\xa0; vouliez-vous dire «\xa0build\xa0»\xa0?",
    ),
    (
        ["help"],
        "commande inconnue\xa0: «\xa0help\xa0»\xa0; vouliez-vous dire «\xa0--help\xa0»\xa0?",
    ),
    (
        ["-C", "nope", "build"],
        "valeur refusée pour -C\xa0: nope : aucun fichier ni dossier de ce nom",
    ),
    (["adopt", "newsfeed.toml"], "valeur refusée\xa0: newsfeed.toml n’est pas un flux"),
    (["xyzzy"], "commande inconnue\xa0: «\xa0xyzzy\xa0»"),
    (
        ["build", "--ouput", "x"],
        "option inconnue\xa0: --ouput\xa0; vouliez-vous dire --output\xa0?",
    ),
    (["build", "--xyzzy"], "option inconnue\xa0: --xyzzy"),
    (["build", "-o"], "l’option -o attend une valeur"),
    (["build", "--strict=3"], "l’option --strict ne prend pas de valeur"),
    (["build", "items"], "de trop\xa0: items"),
    (["new"], "il manque TITLE"),
    (["new", " "], "valeur refusée pour TITLE\xa0: le titre est vide"),
    (
        ["--lang", "de", "build"],
        "valeur refusée pour --lang\xa0: «\xa0de\xa0» n’est pas parmi 'fr', 'en'",
    ),
    (
        ["serve", "--port", "x"],
        "valeur refusée pour --port\xa0: «\xa0x\xa0» n’est pas un nombre entier",
    ),
    (["build", "--jobs", "0"], "valeur refusée pour --jobs\xa0: 0 n’est pas permis (x>=1)"),
    (
        ["build", "--now", "x"],
        "valeur refusée\xa0: «\xa0x\xa0» n’est pas une date ISO 8601\xa0;"
        " écrivez 2026-11-23 ou 2026-11-23T10:00:00+01:00",
    ),
    (
        ["digest", "--since", "x"],
        "valeur refusée pour --since\xa0: «\xa0x\xa0» n’est pas une date\xa0;"
        " écrivez 2026-11-23, ou 23 novembre 2026",
    ),
    (
        ["digest", "x"],
        "valeur refusée pour ISSUE\xa0: il n’y a pas de issues/x.md\xa0;"
        " commencez-en un par\xa0: newsfeed compose",
    ),
    (["digest", "--close"], "--close et --refresh vont avec un numéro"),
    (
        ["digest", "--item", "a", "--last", "1"],
        "--item nomme les articles un à un\xa0: aucun autre choix ne va avec",
    ),
    (
        ["compose", "É È"],
        "valeur refusée pour KEY\xa0: «\xa0É È\xa0» ne peut faire partie d’une adresse\xa0;"
        " essayez e-e",
    ),
    (["check", "--update"], "--update va avec --baseline"),
    (["check", "--dry-run"], "--dry-run va avec --fix"),
    (["check", "--baseline", "items"], "--baseline est du site entier"),
    (
        ["check", "--fix", "--baseline"],
        "--fix ou --baseline\xa0: corrigez d’abord, puis notez ce qui reste",
    ),
    (["config", "site.titel"], "valeur refusée pour KEY\xa0: réglage inconnu\xa0: site.titel"),
    (["diff", "items", "newsfeed.toml"], "OLD et NEW sont deux dossiers, ou deux fichiers"),
    (["diff", "items", "items"], "aucun flux ici\xa0: items"),
    (["diff", "newsfeed.toml", "newsfeed.toml"], "ce n’est pas un flux\xa0: newsfeed.toml"),
    (
        ["check", "https://a.example/feed.xml"],
        "newsfeed n’ouvre pas de connexion\xa0; téléchargez d’abord le"
        " flux, ainsi\xa0: curl -o feed.xml https://a.example/feed.xml",
    ),
]


@pytest.mark.parametrize(("arguments", "said"), MISUSED, ids=lambda value: " ".join(value)[:40])
def test_wrong_usage_is_said_in_the_language_of_the_messages(tmp_path, arguments, said):
    """In French as in English: what is wrong, below how the command is called."""
    folder = site(tmp_path, {"a.md": article()})
    if arguments[0] in COMMANDS:
        done = newsfeed("--lang", "fr", *arguments, cwd=folder)
    else:
        done = newsfeed(*arguments, cwd=folder, env={"LC_ALL": "fr_FR.UTF-8"})
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"Erreur\xa0: {said}")
    assert done.stderr.startswith("Usage\xa0: newsfeed")
    assert "Essayez «\xa0newsfeed" in done.stderr


def test_wrong_usage_is_said_in_english(tmp_path):
    done = newsfeed("--lang", "en", "build", "--ouput", "x", cwd=site(tmp_path, {}))
    assert done.stderr.splitlines() == [
        "Usage: newsfeed build [OPTIONS]",
        "Try 'newsfeed build --help' for help.",
        "",
        "Error: No such option '--ouput'. Did you mean '--output'?",
    ]
