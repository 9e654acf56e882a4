"""Which lists are written is the site's to say, and nothing leads to one that is not."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import feedparser
import pytest
from lxml import html

from command import SETTINGS, article, newsfeed, site, tree_of

BASE = "https://www.example.org/"
FOLDERS = {"category": "categories/", "tag": "tags/", "author": "authors/", "language": "languages/"}  # fmt: skip
KINDS = ("news", *FOLDERS)
ARTICLES = {
    "un.md": article("Un", "2026-01-02", category="Dépistage", tags="[sein]", author="Zoé Lefèvre"),
    "deux.md": article(
        "Deux", "2026-01-03", category="Recherche", tags="[sein, peau]", author="Ana"
    ),
    "trois.en.md": article("Three", "2026-01-04", lang="en", category="Recherche", author="Ana"),
}


def settings(lists: tuple[str, ...]) -> str:
    return f'{SETTINGS}[feeds]\nper = ["category"]\n[pages]\nlists = {list(lists)}\nper_page = 1\n'


@pytest.mark.parametrize(
    "lists", [each for count in (0, 1, 4) for each in combinations(KINDS, count)], ids=str
)
def test_lists_that_are_left_out_are_not_written_nor_led_to(
    tmp_path: Path, lists: tuple[str, ...]
) -> None:
    """Each list is there with its overview, or nothing leads to it; articles and feeds stay."""
    folder = site(tmp_path, ARTICLES, settings(lists))
    result = newsfeed("build", "--now", "2026-06-01T12:00:00Z", cwd=folder)
    assert result.returncode == 0, result.stderr
    written = tree_of(folder / "public")
    assert ("index.html" in written) == ("news" in lists)
    for kind, top in FOLDERS.items():
        pages = [path for path in written if path.startswith(top) and path.endswith(".html")]
        assert (f"{top}index.html" in pages) == (kind in lists)
        assert bool(pages) == (kind in lists)
    home = BASE + "categories/depistage/" if "category" in lists else BASE
    feed = feedparser.parse(written["categories/depistage/atom.xml"]).feed
    assert (feed.id, feed.link) == (BASE + "categories/depistage/", home)
    assert {"items/2026/01/un.html", "subscribe/index.html", "404.html"} <= set(written)
    for path, data in written.items():
        if path.endswith(".html"):
            for _, _, url, _ in html.document_fromstring(data).iterlinks():
                target = urldefrag(urljoin(BASE + path, url))[0]
                if target.startswith(BASE) and target != BASE:
                    place = unquote(target.removeprefix(BASE))
                    assert place + "index.html" * place.endswith("/") in written, (path, url)


def test_a_list_goes_when_it_is_left_out_and_comes_back(tmp_path: Path) -> None:
    """What an earlier build wrote of a list is removed, and with it what led there."""
    folder = site(tmp_path, ARTICLES, settings(KINDS))
    build = ("build", "--now", "2026-06-01T12:00:00Z")
    assert newsfeed(*build, cwd=folder).returncode == 0
    whole = tree_of(folder / "public")
    assert b'href="../../../tags/peau/"' in whole["items/2026/01/deux.html"]
    site(tmp_path, {}, settings(("news", "category")))
    assert newsfeed(*build, cwd=folder).returncode == 0
    some = tree_of(folder / "public")
    assert not any(path.startswith("tags/") for path in some)
    assert b"peau" in some["items/2026/01/deux.html"]
    assert b"tags/" not in some["items/2026/01/deux.html"]
    site(tmp_path, {}, settings(KINDS))
    assert newsfeed(*build, cwd=folder).returncode == 0
    assert tree_of(folder / "public") == whole


def test_a_link_to_a_list_that_is_left_out_is_dead(tmp_path: Path) -> None:
    """An article that leads to one is named, with its line."""
    body = "Voir [les étiquettes](/tags/sein/)."
    linked = article("Un", body=body, tags="[sein]")
    folder = site(tmp_path, {"a.md": linked}, settings(("news",)))
    result = newsfeed("check", cwd=folder)
    assert "items/a.md:7" in result.stderr + result.stdout
    site(tmp_path, {}, settings(("news", "tag")))
    assert newsfeed("check", cwd=folder).returncode == 0


def test_what_stands_in_the_place_of_all_news_is_not_ours_to_call_dead(tmp_path: Path) -> None:
    """Without that list the site's own address is served by something else, and by that alone."""
    body = "[Accueil](/), [encore](https://www.example.org/), [ici](/index.html), [rien](/rien/)"
    folder = site(tmp_path, {"a.md": article("Un", body=body)}, settings(()))
    said = newsfeed("check", cwd=folder)
    dead = [line for line in (said.stdout + said.stderr).splitlines() if "items/a.md" in line]
    assert len(dead) == 1
    assert "/rien/" in dead[0]
