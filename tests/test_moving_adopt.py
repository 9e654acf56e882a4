"""`newsfeed adopt`: subscribers of a former feed see nothing old as new."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from command import article, newsfeed, site
from newsfeed.feeds import published, reader_models
from newsfeed.identity import lockfile
from test_feeds_reader_models import Entry, atom, json_feed, rss, sfeed_update
from test_feeds_readers import Newsboat

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
    assert list(reader_models.compare(name, before, after)) == []


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


# A title in front matter, and as a feed of another tool had it, as XML: its type in Atom, its text.
TITLES: dict[str, tuple[str, str, str]] = {
    "HTML in Atom": ("C++ & co.", "html", "C++ &amp;amp; co."),
    "an escape that is a text": ("AT&amp;T", "text", "AT&amp;amp;T"),
    "signs of Markdown": ("A *star* and `code`", "text", "A *star* and `code`"),
    "two spaces": ('"Two  spaces"', "text", "Two  spaces"),
    "spaces of French": ('"Quoi ? Oui : 50 %"', "text", "Quoi\u202f? Oui\xa0: 50\xa0%"),
    "another typography": ("Don't -- never", "html", "Don’t – never"),
    "quotation marks that were escaped": ("Don't", "html", "Don&amp;#39;t"),
}


NAMES = {"atom": "feed.xml", "rss": "index.xml", "json": "feed.json"}


def written(place: Path, number: int, title: str) -> None:
    text = article(title, f"2026-01-{number:02}", BODY.format(n=number))
    (place / "items" / f"article-{number}.md").write_text(text, "utf-8")


def titled(place: Path, form: str, titles: list[tuple[str, str, str]]) -> bytes:
    """Write an article of each title; return the feed that another tool made of them."""
    folder(place, range(1, len(titles) + 1))
    entries = []
    for number, (title, _, shown) in enumerate(titles, 1):
        written(place, number, title)
        entries.append(old(number, title=unescape(shown)))
    if form == "json":
        return json_feed(*entries)
    data = (atom if form == "atom" else rss)(*entries).decode()
    types = iter(["text", *(title_type for _, title_type, _ in titles)])
    if form == "atom":
        data = re.sub("<title>", lambda _: f'<title type="{next(types)}">', data)
    return data.encode()


def entries_of(data: bytes) -> dict[str, tuple[str, str]]:
    """Return the title and its type of each entry, by id."""
    found = published.read(data)
    assert found is not None
    return {entry.id: (entry.title, entry.title_type) for entry in found.entries}


@pytest.mark.parametrize("form", NAMES)
def test_a_title_stays_to_the_letter_until_it_is_changed(tmp_path, form):
    """In feeds of that form: some readers take an article with another title for another one."""
    former = titled(tmp_path, form, list(TITLES.values()))
    newsfeed("build", *NOW, cwd=tmp_path)
    plain = entries_of((tmp_path / "public" / NAMES[form]).read_bytes())
    assert adopted(tmp_path, former, options=("--replace",)).returncode == 0
    for options in ((), ("--no-cache",)):
        assert newsfeed("build", *NOW, *options, cwd=tmp_path).returncode == 0
        assert entries_of((tmp_path / "public" / NAMES[form]).read_bytes()) == entries_of(former)
    others = [path for name, path in NAMES.items() if name != form]
    for path in others:
        said = entries_of((tmp_path / "public" / path).read_bytes()).values()
        assert sorted(title for title, _ in said) == sorted(title for title, _ in plain.values())
    written(tmp_path, 2, "Quite another")
    newsfeed("build", *NOW, cwd=tmp_path)
    for path in NAMES.values():
        said = entries_of((tmp_path / "public" / path).read_bytes())
        assert said[old(2)["id"]] == ("Quite another", "text")


@pytest.mark.parametrize("form", NAMES)
def test_a_title_in_other_words_is_not_kept(tmp_path, form):
    """It was corrected since, or is another article's: readers are to see it."""
    former = titled(tmp_path, form, [("Réunion le 13 mai", "text", "Réunion le 12 mai")])
    assert adopted(tmp_path, former).returncode == 0
    newsfeed("build", *NOW, cwd=tmp_path)
    for path in NAMES.values():
        said = entries_of((tmp_path / "public" / path).read_bytes())
        assert [title for title, _ in said.values()] == ["Réunion le 13 mai"]


@pytest.mark.parametrize("form", NAMES)
def test_a_title_with_markup_is_not_taken(tmp_path, form):
    """A former feed is not trusted: what a reader may take for markup stays out of ours."""
    shown = ["A &lt;b&gt;bold&lt;/b&gt; one", "&amp;lt;script&amp;gt;x", "&lt;!-- x"]
    former = titled(
        tmp_path, form, [(f"Article {at}", "html", each) for at, each in enumerate(shown)]
    )
    assert adopted(tmp_path, former).returncode == 0
    newsfeed("build", *NOW, cwd=tmp_path)
    for path in NAMES.values():
        said = entries_of((tmp_path / "public" / path).read_bytes())
        assert {title for title, _ in said.values()} == {"Article 0", "Article 1", "Article 2"}


@pytest.mark.readers
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_title_is_the_same_to_sfeed(tmp_path, form):
    """The real one, with what it knows of the former feed."""
    former = titled(tmp_path / "site", form, list(TITLES.values()))
    before = sfeed_update(tmp_path, former)
    assert adopted(tmp_path / "site", former).returncode == 0
    newsfeed("build", *NOW, cwd=tmp_path / "site")
    ours = (tmp_path / "site" / "public" / NAMES[form]).read_bytes()
    assert len(sfeed_update(tmp_path, ours)) == len(before) == len(TITLES)


SITE = "https://example.org/"
NATURAL = f"{SITE}2026/01/article-2/"
# Where a former feed led, whether it led where the pattern does for all others, where ours leads then.
ADDRESSES: dict[str, tuple[str, bool, str]] = {
    "another alphabet": (f"{SITE}2026/01/ri-ben-yu/", False, f"{SITE}2026/01/ri-ben-yu/"),
    "the letters of an escape": (f"{SITE}2026/01/%e3%81%82/", False, f"{SITE}2026/01/%e3%81%82/"),
    "a folder of its own": (f"{SITE}notes/article-2.html", True, f"{SITE}notes/article-2.html"),
    "a permalink of former days": (f"{SITE}notes/article-2.html", False, NATURAL),
    "a number": (f"{SITE}?p=2", True, NATURAL),
    "another host": ("https://example.net/2026/01/ri-ben-yu/", True, NATURAL),
    "a way up": (f"{SITE}2026/01/%2e%2e/", False, NATURAL),
}


def link_of(place: Path, key: str) -> str:
    newsfeed("build", *NOW, cwd=place)
    found = published.read((place / "public" / "feed.xml").read_bytes())
    assert found is not None
    return next(entry.link for entry in found.entries if entry.id == key)


@pytest.mark.parametrize("name", ADDRESSES)
def test_feeds_lead_where_the_other_tool_has_its_page(tmp_path, name):
    """Its own feed tells where, and it is said."""
    link, others, expected = ADDRESSES[name]
    place = folder(tmp_path)
    entries = [old(2, link=link)] + ([old(1), old(3), old(4)] if others else [])
    done = adopted(place, atom(*entries))
    assert (f"article-2.md: feeds lead to {link}" in done.stderr) == (link == expected)
    assert link_of(place, old(2)["id"]) == expected


def test_an_address_stays_while_the_pattern_gives_the_same_page(tmp_path):
    """And newsfeed does not write it; another domain is taken along."""
    place = folder(tmp_path)
    for _ in range(2):
        assert adopted(place, atom(old(2, link=f"{SITE}2026/01/ri-ben-yu/"))).returncode == 0
        assert link_of(place, old(2)["id"]) == f"{SITE}2026/01/ri-ben-yu/"
    settings = place / "newsfeed.toml"
    for change, expected in (
        (("example.org", "example.net"), "https://example.net/2026/01/ri-ben-yu/"),
        (("{year}/{month}/{slug}/", "n/{slug}/"), f"{SITE}n/article-2/"),
        (("enabled = false\n", ""), NATURAL),
    ):
        settings.write_text(SETTINGS.replace(*change), "utf-8")
        assert link_of(place, old(2)["id"]) == expected


def test_a_title_that_is_taken_over_anew_reaches_the_feed(tmp_path):
    """Though nothing else of its article has changed since the build before."""
    place = folder(tmp_path, range(1, 2), SETTINGS + 'formats = ["rss"]\nopml = false\n')
    for title in ("Article  1", "ARTICLE 1"):
        adopted(place, rss(old(1, title=title)))
        newsfeed("build", *NOW, cwd=place)
        assert f"<title>{title}</title>" in (place / "public" / "index.xml").read_text("utf-8")
