"""Every feed of a small site: what it is called, where it leads, what it holds."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from lxml import etree

from whole_sites import Built, article, built

SITE = "https://www.example.org/"
ATOM = "{http://www.w3.org/2005/Atom}"
SETTINGS = """description = "About T"
rights = "© T"
logo = "static/logo.png"
icon = "https://cdn.example/i.ico"
author = { name = "Ed", email = "ed@a.example" }
[feeds]
per = ["category", "tag", "author", "language"]
hub = "https://hub.example/"
limit = 2
archive = true
archive_size = 1
[pages]
lists = ["category", "author", "language"]
[podcast]
new_feed_url = "https://new.example/rss.xml"
"""
FILES: dict[str, str | bytes] = {
    "items/a.md": article("1", "category: Été", "tags: [T 1]", "author: Ana", "audio: https://a.example/a.mp3", title="A", date="2026-01-01"),
    "items/b.md": article("2", "category: Été", "lang: fr", title="B", date="2026-01-02"),
    "items/c.md": article("3", "tags: [T 1]", "audio: https://a.example/c.mp3", title="C", date="2026-01-03"),
    "items/d.md": article("4", title="D", date="2026-01-04"),
    "items/e.md": article("5", "expires: 2026-11-20", title="E", date="2026-01-05"),
    "items/f.md": article("6", "expires: 2026-11-20", "draft: true", title="F", date="2026-01-06"),
    "static/logo.png": b"x",
}  # fmt: skip


@cache
def site() -> Built:
    with TemporaryDirectory() as folder:
        return built(Path(folder), FILES, SETTINGS)


# Folder: title, page, language, titles of its entries, its archive pages.
FEEDS = {
    "": ("T", "", "en", "DC", {"archive/1/": "A", "archive/2/": "B"}),
    "categories/ete/": ("T – Été", "categories/ete/", "en", "BA", {}),
    "tags/t-1/": ("T – T 1", "", "en", "CA", {}),
    "authors/ana/": ("T – Ana", "authors/ana/", "en", "A", {}),
    "languages/en/": ("T – en", "languages/en/", "en", "DC", {"languages/en/archive/1/": "A"}),
    "languages/fr/": ("T – fr", "languages/fr/", "fr", "B", {}),
}


def links(root: etree._Element) -> dict[str, str]:
    return {
        each.get("rel", ""): each.get("href", "").removeprefix(SITE)
        for each in root.iterfind(f"{ATOM}link")
    }


@pytest.mark.parametrize("folder", FEEDS)
def test_a_feed_is_of_its_group(folder: str) -> None:
    """Its title, language and page are the group's; a group that has no page leads to the site."""
    title, page, language, entries, archive = FEEDS[folder]
    root = etree.fromstring(site().outputs[f"{folder}atom.xml"])
    said = [
        root.findtext(ATOM + name) for name in ("title", "id", "subtitle", "rights", "logo", "icon")
    ]
    assert said == [
        title,
        f"{SITE}{folder}",
        "About T",
        "© T",
        f"{SITE}static/logo.png",
        "https://cdn.example/i.ico",
    ]
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Ed"
    assert [each.findtext(f"{ATOM}title") for each in root.iter(f"{ATOM}entry")] == list(entries)
    last = {"prev-archive": f"{max(archive)}atom.xml"} if archive else {}
    shown = "categories/ete/" if page.startswith("cat") else page
    assert links(root) == {
        "alternate": shown,
        "self": f"{folder}atom.xml",
        "hub": "https://hub.example/",
        **last,
    }


@pytest.mark.parametrize("folder", [folder for folder in FEEDS if FEEDS[folder][4]])
def test_a_page_of_an_archive_is_between_its_neighbours(folder: str) -> None:
    """The oldest is the first; a page that still grows is no archive, and none follows it (RFC 5005 §4)."""
    title, page, language, _, archive = FEEDS[folder]
    pages = sorted(archive)
    for number, path in enumerate(pages):
        root = etree.fromstring(site().outputs[f"{path}atom.xml"])
        assert [each.findtext(f"{ATOM}title") for each in root.iter(f"{ATOM}entry")] == list(
            archive[path]
        )
        expected = {
            "alternate": page,
            "self": f"{path}atom.xml",
            "current": f"{folder}atom.xml",
            "hub": "https://hub.example/",
        }
        if number:
            expected["prev-archive"] = f"{pages[number - 1]}atom.xml"
        if number + 1 < len(pages):
            expected["next-archive"] = f"{pages[number + 1]}atom.xml"
        assert links(root) == expected
        assert (root.find("{*}archive") is not None) == (number + 1 < len(pages))
        assert root.findtext(f"{ATOM}id") == f"{SITE}{folder}"
        read = json.loads(site().outputs[f"{path}feed.json"])
        assert (read["title"], read["language"]) == (title, language)
        assert read.get("next_url") == (f"{SITE}{pages[number - 1]}feed.json" if number else None)


def test_a_closed_page_stays_while_it_holds_its_own(tmp_path: Path) -> None:
    """Its address, its items and the page after it: whatever else it says, its bytes are the reader's."""
    first = built(tmp_path, FILES, SETTINGS)
    again = Built(tmp_path, first.site.lock_text)
    item = "tag:www.example.org,2026-01-01:a"
    assert again.kept == {
        f"archive/1/{name}": tuple(
            mark.encode() for mark in (f"{SITE}archive/1/{name}", f"{SITE}archive/2/{name}", id_)
        )
        for name, id_ in (("atom.xml", item), ("rss.xml", item), ("feed.json", f'"{item}"'))
    }
    assert not first.kept


def test_what_is_gone_is_announced_in_the_site_s_feed() -> None:
    """Once, there alone, and a draft never."""
    for folder in FEEDS:
        root = etree.fromstring(site().outputs[f"{folder}atom.xml"])
        gone = [each.get("ref") for each in root.iter("{*}deleted-entry")]
        assert gone == ([] if folder else ["tag:www.example.org,2026-01-05:e"])


def test_the_list_of_feeds_has_each_once() -> None:
    """In the order of the site, each with the page that it leads to; archives are none of it."""
    body = etree.fromstring(site().outputs["feeds.opml"])
    assert body.findtext("head/title") == "T"
    assert [(each.get("text"), each.get("xmlUrl"), each.get("htmlUrl"), each.get("language")) for each in body.iter("outline")] == [
        (title, f"{SITE}{folder}atom.xml", f"{SITE}{page}", language)
        for folder, (title, page, language, _, _) in FEEDS.items()
    ]  # fmt: skip


def test_a_podcast_that_moves_says_so_in_what_is_current() -> None:
    """A page of the archive has not moved."""
    names = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd"}
    moved = {
        path: etree.fromstring(data).findtext("channel/itunes:new-feed-url", namespaces=names)
        for path, data in site().outputs.items()
        if path.endswith("rss.xml")
    }
    assert moved["rss.xml"] == "https://new.example/rss.xml"
    assert not any(text for path, text in moved.items() if "archive" in path)


def test_a_site_without_articles_has_a_feed(tmp_path: Path) -> None:
    """Its date is no clock's."""
    made = built(tmp_path, {})
    root = etree.fromstring(made.outputs["atom.xml"])
    assert root.findtext(f"{ATOM}updated") == "2000-01-01T00:00:00+00:00"
    assert json.loads(made.outputs["feed.json"])["items"] == []
    assert [
        each.get("text") for each in etree.fromstring(made.outputs["feeds.opml"]).iter("outline")
    ] == ["T"]


def test_a_site_in_one_language_needs_no_page_of_it(tmp_path: Path) -> None:
    """Its feed leads to the site, unless pages are another program's."""
    settings = '[feeds]\nper = ["language"]\n[pages]\nlists = ["language"]\n'
    root = etree.fromstring(
        built(tmp_path, {"items/a.md": article()}, settings).outputs["languages/en/atom.xml"]
    )
    assert links(root)["alternate"] == ""
    settings = '[feeds]\nper = ["language"]\n[pages]\nenabled = false\n'
    root = etree.fromstring(
        built(tmp_path, {"items/a.md": article()}, settings).outputs["languages/en/atom.xml"]
    )
    assert links(root)["alternate"] == "languages/en/"
