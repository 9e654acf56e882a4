"""Feeds lie under the names that subscribers know: everything that names a feed follows."""

from __future__ import annotations

import json
import re

import pytest
from lxml import etree

from command import SETTINGS, article, newsfeed, site, tree_of

NOW = ("--now", "2026-06-01")
FILES = """
[feeds]
limit = 1
archive = true
archive_size = 1
per = ["category", "tag"]
rss = "blog/index.xml"
atom = "feed.xml"
tag = { atom = "feed/by_tag/{slug}.xml" }

[pages]
host = "HOST"
"""
EXPECTED = {
    "feed.xml", "blog/index.xml", "feed.json", "archive/1/feed.xml", "blog/archive/1/index.xml",
    "categories/un/feed.xml", "categories/un/index.xml", "categories/un/archive/1/feed.xml",
    "feed/by_tag/deux-mots.xml", "tags/deux-mots/index.xml", "tags/deux-mots/feed.json",
    "feed/by_tag/archive/1/deux-mots.xml",
}  # fmt: skip


def built(folder, host="none"):
    articles = {
        f"{day}.md": article(date=f"2026-01-0{day}", categories="[Un]", tags="[Deux mots]")
        for day in range(1, 5)
    }
    site(folder, articles, SETTINGS + FILES.replace("HOST", host))
    done = newsfeed("build", *NOW, cwd=folder)
    assert done.returncode == 0, done.stderr
    return {path: data for path, data in tree_of(folder / "public").items() if path[0] != "."}


def test_everything_that_names_a_feed_follows(tmp_path):
    """Documents, archive pages, self links, pages' autodiscovery and OPML agree on each file."""
    made = built(tmp_path)
    assert made.keys() >= EXPECTED
    assert not [path for path in made if path.endswith(("atom.xml", "rss.xml"))]
    named = set()
    for path, data in made.items():
        if path.endswith((".xml", ".opml")) and path != "sitemap.xml":
            root = etree.fromstring(data)
            own = [each.get("href") for each in root.iter("{*}link") if each.get("rel") == "self"]
            assert own in ([], [f"https://www.example.org/{path}"]), path
            named.update(
                each.get("href")
                for each in root.iter("{*}link")
                if each.get("rel") in ("prev-archive", "next-archive", "current")
            )
            named.update(each.get("xmlUrl") for each in root.iter("outline"))
        elif path.endswith(".html"):
            text = data.decode()
            links = re.findall(r'<link rel="alternate" type="application/[^"]*"[^>]*>', text)
            named.update(re.search('href="([^"]*)"', link)[1] for link in links)
        elif path.endswith(".json") and b"jsonfeed.org" in data:
            feed = json.loads(data)
            assert feed["feed_url"] == f"https://www.example.org/{path}"
            named.update(filter(None, [feed.get("next_url")]))
    base = "https://www.example.org/"
    assert {base + path for path in EXPECTED if "archive/1" in path or "{" in path} <= named
    assert {url.removeprefix(base) for url in named if url.startswith(base)} <= made.keys()
    again = newsfeed("build", *NOW, "--check", cwd=tmp_path)
    assert again.returncode == 0
    assert newsfeed("check", *NOW, cwd=tmp_path).returncode == 0


HOSTS = {
    "netlify": ["/feed.xml", "/feed/by_tag/deux-mots.xml", "/blog/index.xml"],
    "cloudflare": ["/feed.xml", "/*/feed.xml", "/feed/by_tag/*.xml", "/*/index.xml"],
}


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_told_of_the_files(tmp_path, host):
    lines = built(tmp_path, host)["_headers"].decode().splitlines()
    assert set(HOSTS[host]) <= set(lines)


WRONG = {
    'atom = "/feed.xml"': "feeds.atom",
    'atom = "../feed.xml"': "feeds.atom",
    'atom = ".feed"': "feeds.atom",
    'atom = "a b.xml"': "feeds.atom",
    'rss = "atom.xml"': "feeds.rss",
    'tag = { atom = "tags.xml" }': "feeds.tag",
    'tag = { rdf = "{slug}.xml" }': "feeds.tag",
    'tag = { atom = "{slug}.xml", rss = "{slug}.xml" }': "feeds.tag",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_file_that_cannot_be_is_named_with_its_line(tmp_path, line):
    folder = site(tmp_path, {"a.md": article()}, SETTINGS + f"\n[feeds]\n{line}\n")
    done = newsfeed("check", "--lang", "en", cwd=folder)
    assert done.returncode == 2
    assert "newsfeed.toml:8:" in done.stderr
    assert f"“{WRONG[line]}”" in done.stderr
