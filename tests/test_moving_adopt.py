"""`newsfeed adopt`: subscribers of a former feed see nothing old as new."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command import article, newsfeed, site
from newsfeed.feeds import published, subscribers
from newsfeed.identity import lockfile
from test_feeds_readers import Newsboat
from test_feeds_subscribers import Entry, atom, json_feed, rss, sfeed_update

NOW = ("--now", "2026-06-01")
SETTINGS = """[site]
title = "T"
url = "https://example.org/"
language = "en"
timezone = "UTC"

[pages]
enabled = false
item = "{year}/{month}/{slug}/"

[feeds]
atom = "feed.xml"
rss = "index.xml"
"""
BODY = "The permanence number {n} of the network is open to everybody on working mornings."


def old(number: int, **changes: str) -> Entry:
    """Return what the former tool published of the article ``number``."""
    plain = {
        "id": f"https://example.org/2026/01/article-{number}/",
        "link": f"https://example.org/2026/01/article-{number}/",
        "title": f"Article {number}",
        "date": f"2026-01-{number:02}T00:00:00Z",
        "content": f"<p>{BODY.format(n=number)}</p>",
    }
    return plain | changes


def folder(place: Path, numbers: range = range(1, 5), settings: str = SETTINGS) -> Path:
    articles = {
        f"article-{number}.md": article(
            f"Article {number}", f"2026-01-{number:02}", BODY.format(n=number)
        )
        for number in numbers
    }
    return site(place, articles, settings)


def adopted(place: Path, *documents: bytes, options: tuple[str, ...] = ()):
    for at, data in enumerate(documents):
        (place / f"former-{at}.xml").write_bytes(data)
    files = [f"former-{at}.xml" for at in range(len(documents))]
    return newsfeed("adopt", "--lang", "en", *options, *files, cwd=place)


def ids(place: Path) -> dict[str, str]:
    lock = lockfile.parse((place / "newsfeed.lock").read_text("utf-8"))
    return {Path(record.path).stem: record.id for record in lock.records.values()}


@pytest.mark.parametrize("form", [atom, rss, json_feed])
def test_ids_are_taken_over_from_all_documents(tmp_path, form):
    """What two pages of an archive hold is taken; a build keeps it, and redirects nothing."""
    place = folder(tmp_path)
    done = adopted(place, form(old(4), old(3)), form(old(3), old(2), old(1)))
    assert done.returncode == 0, done.stderr
    assert "4 entries taken over" in done.stderr
    expected = {f"article-{number}": old(number)["id"] for number in range(1, 5)}
    assert ids(place) == expected
    assert newsfeed("build", *NOW, cwd=place).returncode == 0
    assert ids(place) == expected
    again = adopted(place, form(old(4)))
    assert again.returncode == 0
    assert again.stdout == ""
    name = {"atom": "feed.xml", "rss": "index.xml", "json_feed": "feed.json"}[form.__name__]
    before = published.read(form(old(4), old(3), old(2), old(1)))
    after = published.read((place / "public" / name).read_bytes())
    assert list(subscribers.compare(name, before, after)) == []


@pytest.mark.readers
@pytest.mark.parametrize(("form", "name"), [(atom, "feed.xml"), (rss, "index.xml")])
def test_nothing_comes_back_in_real_readers(tmp_path, form, name):
    """newsboat and sfeed, with what they remember of the former feed."""
    place = folder(tmp_path / "site")
    former = form(old(4), old(3), old(2), old(1))
    newsboat = Newsboat(tmp_path)
    newsboat.read(former)
    newsboat.mark_read()
    before = sfeed_update(tmp_path, former)
    adopted(place, former)
    newsfeed("build", *NOW, cwd=place)
    now = (place / "public" / name).read_bytes()
    newsboat.read(now)
    assert newsboat.unread() == set()
    assert len(newsboat.items()) == 4
    assert len(sfeed_update(tmp_path, now)) == len(before) == 4


MATCHES: dict[str, tuple[Entry, str]] = {
    "another domain": (old(2, link="http://www.example.net/2026/01/article-2", id="urn:2"), "urn:2"),
    "another address": (old(2, link="https://example.org/?p=2", id="urn:2"), "urn:2"),
    "another title of the same address": (old(2, title="Other", id="urn:2"), "urn:2"),
    "another address and title": (old(2, link="https://example.org/x", title="Other", id="urn:2"), ""),
    "another address and day": (
        old(2, link="https://example.org/x", date="2020-05-05T00:00:00Z", id="urn:2"), "urn:2"),
    "nothing but the title": (
        old(2, link="https://example.org/x", date="2020-05-05T00:00:00Z", id="urn:2", content="A"), ""),
    "nothing at all": (
        old(9, link="https://example.org/x", title="Other", id="urn:2", content="A"), ""),
    "an id that is no URI": (old(2, id="2 of many"), ""),
    "no id": (old(2, id=""), old(2)["link"]),
}  # fmt: skip


@pytest.mark.parametrize("name", MATCHES)
def test_an_entry_is_found_by_its_address_then_its_title_and_text(tmp_path, name):
    """What is doubtful, or nobody's, is said, left alone, and ends with 1."""
    entry, expected = MATCHES[name]
    place = folder(tmp_path, range(1, 4))
    done = adopted(place, rss(entry))
    assert done.returncode == (0 if expected else 1), done.stderr
    assert (ids(place)["article-2"] == expected) == bool(expected)
    if not expected:
        assert f"“{entry['title']}”" in done.stderr


def test_a_former_address_redirects(tmp_path):
    """Where newsfeed writes the pages, the address that readers know leads to the new one."""
    settings = SETTINGS.replace("enabled = false\n", "").replace("{year}/{month}", "news")
    place = folder(tmp_path, settings=settings)
    assert adopted(place, atom(old(2))).returncode == 0
    newsfeed("build", *NOW, cwd=place)
    page = (place / "public" / "2026" / "01" / "article-2" / "index.html").read_text("utf-8")
    assert re.search("https://example.org/news/article-2/", page)


def test_what_the_lock_knows_is_replaced_on_demand_alone(tmp_path):
    place = folder(tmp_path)
    newsfeed("build", *NOW, cwd=place)
    before = ids(place)
    done = adopted(place, atom(old(2)))
    assert done.returncode == 1
    assert "--replace" in done.stderr
    assert ids(place) == before
    assert adopted(place, atom(old(2)), options=("--replace", "--dry-run")).returncode == 0
    assert ids(place) == before
    assert adopted(place, atom(old(2)), options=("--replace",)).returncode == 0
    assert ids(place) == before | {"article-2": old(2)["id"]}


def test_what_else_the_lock_knows_stays(tmp_path):
    """The addresses of terms, and the feeds' own ids."""
    place = folder(tmp_path, settings=SETTINGS.replace("[feeds]", '[feeds]\nper = ["tag"]'))
    (place / "items" / "t.md").write_text(article("Tagged", tags="[Un mot]"), "utf-8")
    newsfeed("build", *NOW, cwd=place)
    before = lockfile.parse((place / "newsfeed.lock").read_text("utf-8"))
    assert before.terms
    adopted(place, atom(old(2)), options=("--replace",))
    after = lockfile.parse((place / "newsfeed.lock").read_text("utf-8"))
    assert (after.terms, after.feeds) == (before.terms, before.feeds)


def test_what_is_no_feed_is_named(tmp_path):
    done = adopted(folder(tmp_path), b"<html/>")
    assert done.returncode == 2
    assert "former-0.xml" in done.stderr
