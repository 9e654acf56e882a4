"""The main job through the real command: the same bytes every time, and no bad file stops it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from command import ROOT, SETTINGS, article, newsfeed, site, tree_of


def published(folder: Path, *arguments: str, code: int = 0) -> dict[str, bytes]:
    result = newsfeed("build", *arguments, cwd=folder)
    assert result.returncode == code, result.stderr
    return tree_of(folder / "public")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's own site."""
    folder = tmp_path_factory.mktemp("demo")
    for name in ("items", "static", "issues"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    for name in ("newsfeed.toml", "newsfeed.lock"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder / name)
    return folder


def test_this_repository_builds_without_a_problem(demo: Path) -> None:
    """Our own site has feeds, a letter in three forms, and nothing to complain of."""
    result = newsfeed("build", "--now", "2026-11-23T12:00:00+01:00", cwd=demo)
    assert result.returncode == 0, result.stderr
    for path in ("atom.xml", "rss.xml", "feed.json", "newsletter/latest/letter.html",
                 "newsletter/latest/letter.txt", "newsletter/latest/letter.eml"):  # fmt: skip
        assert (demo / "public" / path).stat().st_size > 1000, path
    assert "error" not in result.stderr


def test_same_sources_same_bytes_anywhere_any_time(demo: Path, tmp_path: Path) -> None:
    """Other times of files, time zone, locale, encoding, hash seed, order of files: the same bytes."""
    now = "2026-11-23T12:00:00+01:00"
    first = newsfeed("build", "-o", tmp_path / "a", "--now", now, cwd=demo)
    assert first.returncode == 0, first.stderr
    other = tmp_path / "other"
    shutil.copytree(demo, other, ignore=shutil.ignore_patterns("public", "items"))
    for path in sorted((demo / "items").rglob("*"), reverse=True):
        if path.is_file():
            target = other / path.relative_to(demo)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            os.utime(target, (1, time.time() + 1000))
    # A locale without UTF-8, which Python would otherwise put in its place (PEP 538, PEP 540).
    plain = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    env = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "77", **plain}
    second = newsfeed("build", "-o", tmp_path / "b", "--now", now, cwd=other, env=env)
    assert second.returncode == 0, second.stderr
    assert tree_of(tmp_path / "a") == tree_of(tmp_path / "b")


def test_an_edit_changes_no_page_of_another_article(tmp_path: Path) -> None:
    """Another text and hour change the article's own page; another title its neighbours' links too."""
    articles = {f"a{n}.md": article(f"Titre {n}", f"2026-01-0{n}") for n in range(1, 7)}
    folder = site(tmp_path, articles)
    page = "items/2026/01/a{}.html".format
    trees = [published(folder)]
    for title in ("Titre 3", "Un autre"):
        text = article(title, "2026-01-03 15:00", "Un texte bien plus long. " * 300)
        (folder / "items" / "a3.md").write_text(text, "utf-8")
        trees.append(published(folder))
    for changed, (before, after) in zip(
        ({page(3)}, {page(2), page(3), page(4)}), pairwise(trees), strict=True
    ):
        assert before.keys() == after.keys()
        pages = (path for path in after if path.startswith("items/"))
        assert {path for path in pages if before[path] != after[path]} == changed


def test_the_clock_shows_nowhere(tmp_path: Path) -> None:
    """Two builds at different instants give the same bytes while no item comes or goes."""
    folder = site(tmp_path, {"a.md": article(), "b.md": article("B", "2026-01-03")})
    first = published(folder, "--now", "2026-05-01")
    second = published(folder, "--now", "2031-08-09T10:11:12Z")
    assert first == second


def test_check_lists_what_differs_and_writes_nothing(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article()})
    published(folder)
    assert newsfeed("build", "--check", cwd=folder).returncode == 0
    (folder / "items" / "b.md").write_text(article("B", "2026-02-02"), "utf-8")
    before = tree_of(folder)
    result = newsfeed("build", "--check", cwd=folder)
    assert result.returncode == 1
    assert "atom.xml" in result.stdout.splitlines()
    assert tree_of(folder) == before


BAD = {
    "no-title.md": ("---\ntitle: \ndate: 2026-01-02\n---\nText.\n", "title"),
    "no-date.md": ("---\ntitle: A\n---\nText.\n", "date"),
    "bad-date.md": ("---\ntitle: A\ndate: someday\n---\nText.\n", "date"),
    "no-such-day.md": ("---\ntitle: A\ndate: 2026-02-31\n---\nText.\n", "date"),
    "broken.md": ("---\ntitle: [A\ndate: 2026-01-02\n---\nText.\n", ""),
    "unclosed.md": ("---\ntitle: A\ndate: 2026-01-02\n\nText.\n", ""),
    "latin1.md": ("---\ntitle: Été\ndate: 2026-01-02\n---\nDéjà.\n".encode("latin-1"), ""),
    "control.md": ("---\ntitle: A\x08B\ndate: 2026-01-02\n---\nTe\x0cxt \x01.\n", ""),
    "picture.md": (article(image="none.png"), "file-missing"),
    "binary.md": (bytes(range(256)) * 20, ""),
    "empty.md": ("", ""),
}


def test_every_bad_article_is_named_in_one_run_and_good_ones_are_built(tmp_path: Path) -> None:
    """Each bad article has its file:line:col, a code and a cure; exit 1; the good one is there."""
    contents = {name: text for name, (text, _) in BAD.items()}
    folder = site(tmp_path, {**contents, "good.md": article("Le bon article", "2026-03-04")})
    result = newsfeed("build", "--format", "json", cwd=folder)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    problems = json.loads(result.stdout)
    for name, (_, code) in BAD.items():
        mine = [p for p in problems if p["path"] == f"items/{name}"]
        assert mine, f"{name} is not named"
        assert all(p["line"] >= 1 and p["column"] >= 1 and p["hint"] for p in mine)
        assert any(code in p["code"] for p in mine), (name, mine)
    assert "Le bon article" in (folder / "public" / "atom.xml").read_text("utf-8")


def test_two_articles_with_one_id_or_one_address_are_named(tmp_path: Path) -> None:
    folder = site(
        tmp_path,
        {
            "a.md": article("A", id="one"),
            "b.md": article("B", id="one"),
            "c/same.md": article("C"),
            "d/same.md": article("D"),
        },
    )
    result = newsfeed("build", "--format", "json", cwd=folder)
    assert result.returncode == 1
    named = {p["path"] for p in json.loads(result.stdout) if p["severity"] == "error"}
    assert named & {"items/a.md", "items/b.md"}
    assert named & {"items/c/same.md", "items/d/same.md"}
    assert (folder / "public" / "atom.xml").exists()


def test_strict_publishes_nothing_where_there_is_a_problem(tmp_path: Path) -> None:
    folder = site(tmp_path, {"good.md": article(), "bad.md": "---\ntitle: A\n---\n"})
    assert newsfeed("build", "--strict", cwd=folder).returncode == 1
    assert tree_of(folder / "public") == {} if (folder / "public").exists() else True


def test_a_configuration_error_is_exit_2_and_names_the_key(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article()}, SETTINGS + "[feeds]\nlimt = 3\n")
    result = newsfeed("build", cwd=folder)
    assert result.returncode == 2
    assert "newsfeed.toml:7:1" in result.stderr
    assert "feeds.limt" in result.stderr
    assert not (folder / "public").exists()


def test_no_configuration_is_exit_2_and_says_how_to_begin(tmp_path: Path) -> None:
    result = newsfeed("build", cwd=tmp_path)
    assert result.returncode == 2
    assert "newsfeed init" in result.stderr


@pytest.mark.parametrize("dest", ["items", ".", "items/sub", "static"])
def test_the_output_never_overlaps_the_sources(tmp_path: Path, dest: str) -> None:
    folder = site(tmp_path, {"a.md": article()})
    (folder / "static").mkdir()
    before = tree_of(folder)
    assert newsfeed("build", "-o", dest, cwd=folder).returncode == 2
    assert tree_of(folder) == before


def test_a_current_folder_that_was_deleted_is_exit_3(tmp_path: Path) -> None:
    """Said as all else that the disk refuses; with -C it does not matter."""
    folder = site(tmp_path / "site", {"a.md": article()})
    gone = tmp_path / "gone"
    gone.mkdir()
    ran = {}
    for name, options in (("without", []), ("with", ["-C", str(folder)])):
        command = f'rmdir "{gone}" 2>/dev/null; exec "$@"'
        newsfeed_in = [sys.executable, "-m", "newsfeed", *options, "build"]
        gone.mkdir(exist_ok=True)
        ran[name] = subprocess.run(
            ["sh", "-c", command, "sh", *newsfeed_in],
            cwd=gone, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
    assert ran["without"].returncode == 3
    assert (
        ran["without"].stderr
        == "newsfeed: the current folder no longer exists; change to another one\n"
    )
    assert ran["with"].returncode == 0


def test_an_output_folder_that_cannot_be_written_is_exit_3(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article()})
    (tmp_path / "file").write_text("x")
    result = newsfeed("build", "-o", "file/public", cwd=folder)
    assert result.returncode == 3
    assert "Traceback" not in result.stderr


def test_drafts_scheduled_and_expired_items_wait(tmp_path: Path) -> None:
    """They are counted and not shown; --drafts and --future show them."""
    folder = site(
        tmp_path,
        {
            "now.md": article("Maintenant", "2026-01-02"),
            "draft.md": article("Brouillon", "2026-01-02", draft="true"),
            "later.md": article("Plus tard", "2027-01-02"),
            "gone.md": article("Fini", "2026-01-02", expires="2026-02-01"),
        },
    )
    options = ("build", "--now", "2026-06-01")
    assert newsfeed(*options, cwd=folder).returncode == 0
    feed = (folder / "public" / "atom.xml").read_text("utf-8")
    assert [name in feed for name in ("Maintenant", "Brouillon", "Plus tard", "Fini")] == [
        True, False, False, False,
    ]  # fmt: skip
    newsfeed(*options, "--drafts", "--future", cwd=folder)
    feed = (folder / "public" / "atom.xml").read_text("utf-8")
    assert [name in feed for name in ("Maintenant", "Brouillon", "Plus tard", "Fini")] == [
        True, True, True, False,
    ]  # fmt: skip
    result = newsfeed("next-change", "--now", "2026-06-01", cwd=folder)
    assert result.stdout == "2027-01-02T00:00:00+01:00\n"


def test_a_page_stands_where_an_article_was_until_it_expired(tmp_path: Path) -> None:
    """Letters, readers and search engines lead there: it says so, and shows nothing of the text."""
    folder = site(
        tmp_path,
        {
            "gone.md": article("Fini", "2026-01-02", "Le corps.", expires="2026-02-01"),
            "never.md": article("Jamais", "2026-03-02", "Le corps.", expires="2026-02-01"),
            "draft.md": article("Brouillon", "2026-01-02", draft="true", expires="2026-02-01"),
            "now.md": article("Maintenant", "2026-01-02"),
        },
    )
    assert newsfeed("build", "--now", "2026-06-01", cwd=folder).returncode == 0
    public = folder / "public"
    shown = {path.name for path in (public / "items").rglob("*.html")}
    assert shown == {"gone.html", "now.html"}
    page = (public / "items/2026/01/gone.html").read_text("utf-8")
    assert "Fini" in page and "1er février 2026" in page and 'content="noindex"' in page
    assert "Le corps." not in page
    for name in ("sitemap.xml", "search.json", "index.html", "rss.xml"):
        assert "gone" not in (public / name).read_text("utf-8"), name


def test_init_then_build_works_in_an_empty_folder(tmp_path: Path) -> None:
    """A new site builds at once, in a path with a space and an accent, and says what to do next."""
    folder = tmp_path / "mon réseau"
    folder.mkdir()
    started = newsfeed("init", "--language", "fr", cwd=folder)
    assert started.returncode == 0, started.stderr
    assert "newsfeed" in started.stderr
    assert "build" in started.stderr
    result = newsfeed("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "Bienvenue" in (folder / "public" / "feed.json").read_text("utf-8")
    made = newsfeed("new", 'Cancer du sein : "dépistage"', "--date", "2026-01-05", cwd=folder)
    assert made.stdout.strip() == "items/2026/cancer-du-sein-depistage.md"
    begun = folder / made.stdout.strip()
    *head, _, _ = begun.read_text("utf-8").split("\n")
    begun.write_text("\n".join([*head, "Le texte.", ""]), "utf-8")
    assert newsfeed("build", cwd=folder).returncode == 0
    titles = [
        item["title"]
        for item in json.loads((folder / "public" / "feed.json").read_text("utf-8"))["items"]
    ]
    assert any(title.startswith("Cancer du sein") for title in titles)


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_none_of_the_heavy_libraries(option: str) -> None:
    code = (
        "import sys; sys.argv = ['newsfeed', sys.argv[1]]\n"
        "import newsfeed.cli\n"
        "try: newsfeed.cli.main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('jinja2', 'lxml', 'feedgen', 'premailer', 'yaml', 'babel') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, option], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip().endswith("[]")


INNER = """Vers [un thème](https://www.example.org/categories/soins/), [le même](/categories/soins/),
[la liste](https://www.example.org/), [les lettres](/newsletter/), [un fil](/atom.xml),
[un fil ancien](https://www.example.org/rss.xml?x=1#y), [une page](https://www.example.org/items/2026/01/b),
[un brouillon](https://www.example.org/items/2026/01/c.html),
[l’équipe](https://www.example.org/equipe/anne), [la boutique](https://www.example.org/boutique),
![une image](https://www.example.org/img/x.png), [un fichier](https://www.example.org/media/y.pdf),
[le même](y.pdf), [l’accueil d’un autre](https://www.example.org.evil.example/x), [rien](/equipes/anne).
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("settings", "dead"),
    [
        ("", ["boutique", "equipe/anne", "equipes/anne", "guide", "img/x.png", "profil"]),
        ('elsewhere = ["/equipe/", "boutique", "img"]\n', ["equipes/anne", "guide", "profil"]),
        ('elsewhere = ["/"]\n', []),
        ("enabled = false\n", []),
    ],
)
def test_links_to_the_site_itself_lead_somewhere(
    tmp_path: Path, settings: str, dead: list[str], jobs: str
) -> None:
    """What is published at an address of the site answers; what another program serves is told."""
    folder = site(
        tmp_path,
        {
            "a.md": article("A", body=INNER, category="Soins",
                            links='[{text: Guide, url: "https://www.example.org/guide"}]',
                            authors='[{name: Anne, url: "https://www.example.org/profil"}]'),
            "b.md": article("B", body="Texte."),
            "c.md": article("C", draft="true"),
            "y.pdf": b"%PDF",
        },
        SETTINGS + "[pages]\n" + settings,
    )  # fmt: skip
    for command in (["build", "--jobs", jobs], ["build", "--jobs", jobs], ["check"]):
        done = newsfeed(*command, cwd=folder)
        said = done.stdout + done.stderr
        found = re.findall(r"\[link-dead\] «\W(\S+?)\W»", said)
        assert (
            sorted(each.removeprefix("https://www.example.org").strip("/") for each in found)
            == dead
        )
        if "enabled" not in settings:
            assert "[link-hidden]" in said
        page = folder / "public" / "items/2026/01/a.html"
        assert "enabled" in settings or "items/2026/01/c.html" not in page.read_text("utf-8")


AT_A_TERMINAL = """
import os, pty, sys
from newsfeed.cli import progress, run
progress.PATIENCE = progress._EVERY = 0
terminal, other = pty.openpty()
os.dup2(other, 2)
if os.fork():
    os.close(other)
    os.close(2)
    said = b""
    try:
        while part := os.read(terminal, 4096):
            said += part
    except OSError:  # what a terminal says at its end
        pass
    os.write(1, said)
else:
    sys.argv[1:] = ["build", *sys.argv[1:]]
    run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_who_waits_at_a_terminal_sees_how_far_it_is(tmp_path: Path, jobs: str) -> None:
    """Articles are counted while they are read, files while they are made; nothing of it stays."""
    folder = site(tmp_path, {f"{n}.md": article(f"Titre {n}") for n in range(420)})
    done = subprocess.run(
        [sys.executable, "-c", AT_A_TERMINAL, "--jobs", jobs],
        cwd=folder, capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    shown = done.stdout.decode().split("\r")
    counts = [int(each.split()[0]) for each in shown if each.strip().endswith(" articles lus")]
    assert counts == sorted(counts)
    assert (len(counts) > 3, counts[-1]) == (True, 420)
    assert any(each.strip().endswith(" fichiers") for each in shown)
    assert "articles lus" not in newsfeed("build", "--no-cache", cwd=folder).stderr
