"""Real feed readers read what we write: newsboat, sfeed, feedparser, and feedsmith from npm."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest

from example_feeds import PARIS, archive_page, document, entry, feed, rich_entry, rich_feed
from newsfeed.model import Enclosure, Feed

SCRIPT = Path(__file__).parent / "data" / "feeds" / "read.mjs"
PDF = Enclosure(url="https://www.example.org/a.pdf", length=5)
SOUND = Enclosure(url="https://www.example.org/a.mp3", length=5)
FEEDS = {
    "empty": feed(),
    "plain": feed(entry(2), entry(1)),
    "rich": rich_feed(4),
    "summaries": rich_feed(2, content="summary"),
    "archive": archive_page(),
    "odd": feed(
        entry(1, title="Il a dit « \"non\" » & < 5 > 'oui' ]]> &amp; €", summary="<b>"),
        entry(2, title="日本語のニュース", content="<p>]]> &lt;script&gt;</p>"),
        entry(3, title="خبر", language="ar", id="https://www.example.org/items/3"),
        entry(4, enclosures=(PDF,)),
        entry(5, enclosures=(PDF, SOUND), published=datetime(1999, 12, 31, 23, 59, tzinfo=PARIS)),
    ),
}


@dataclass(frozen=True)
class Read:
    """What a reader shows of an entry."""

    id: str
    url: str
    title: str
    date: datetime
    enclosures: tuple[str, ...]


def written(of: Feed) -> list[Read]:
    """Return what a reader should show."""
    from newsfeed.feeds.channel import channel

    return [
        Read(
            id=post.id,
            url=post.url,
            title=post.title,
            date=post.published.astimezone(UTC),
            enclosures=tuple(each.url for each in post.attachments),
        )
        for post in channel(of).posts
    ]


def first_enclosure(entries: list[Read]) -> list[Read]:
    return [replace(each, enclosures=each.enclosures[:1]) for each in entries]


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_feedparser(name: str, form: str) -> None:
    parse = datetime.fromisoformat if form == "atom" else parsedate_to_datetime
    read = feedparser.parse(document(FEEDS[name], form))
    assert not read.bozo
    entries = [
        Read(
            id=each.id,
            url=each.link,
            title=each.title,
            date=parse(each.published).astimezone(UTC),
            enclosures=tuple(enclosure.href for enclosure in each.enclosures),
        )
        for each in read.entries
    ]
    expected = written(FEEDS[name])
    assert entries == (expected if form == "atom" else first_enclosure(expected))


@pytest.mark.readers
@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_sfeed(name: str, form: str) -> None:
    lines = subprocess.run(
        ["sfeed"], input=document(FEEDS[name], form), capture_output=True, check=True
    ).stdout.decode()
    entries = []
    for row in lines.splitlines():
        when, title, link, _, _, identity, _, enclosure, _ = row.split("\t")[:9]
        date = datetime.fromtimestamp(int(when), UTC)
        enclosures = (enclosure,) if enclosure else ()
        entries.append(Read(id=identity, url=link, title=title, date=date, enclosures=enclosures))
    assert entries == first_enclosure(written(FEEDS[name]))


@pytest.mark.node
@pytest.mark.parametrize("name", FEEDS)
def test_feedsmith(name: str, tmp_path: Path) -> None:
    """An npm parser reads the three formats, every attachment in each of them."""
    files = []
    for form in ("atom", "rss", "json"):
        files.append(tmp_path / form)
        files[-1].write_bytes(document(FEEDS[name], form))
    out = subprocess.run(["node", SCRIPT, *files], capture_output=True, check=True).stdout
    for read, form in zip(json.loads(out), ("atom", "rss", "json"), strict=True):
        assert read["format"] == form
        parse = parsedate_to_datetime if form == "rss" else datetime.fromisoformat
        entries = [
            Read(
                id=each["id"],
                url=each["url"],
                title=each["title"],
                date=parse(each["date"]).astimezone(UTC),
                enclosures=tuple(each["enclosures"]),
            )
            for each in read["entries"]
        ]
        assert entries == written(FEEDS[name])


class Newsboat:
    """A newsboat with a cache of its own, subscribed to one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "feed.xml"
        (folder / "urls").write_text(f"file://{self.file}\n")
        (folder / "config").write_text("")

    def read(self, data: bytes) -> None:
        """Fetch the feed as it is now."""
        self.file.write_bytes(data)
        subprocess.run(
            ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"],
            cwd=self.folder,
            env=os.environ | {"HOME": str(self.folder)},
            check=True,
            capture_output=True,
            timeout=30,
        )

    def items(self) -> list[tuple[str, str, str, datetime, str]]:
        rows = self.ask("SELECT guid, url, title, pubDate, enclosure_url FROM rss_item")
        return [(*row[:3], datetime.fromtimestamp(row[3], UTC), row[4]) for row in rows]

    def mark_read(self) -> None:
        self.ask("UPDATE rss_item SET unread = 0")

    def unread(self) -> set[str]:
        return {row[0] for row in self.ask("SELECT guid FROM rss_item WHERE unread = 1")}

    def ask(self, query: str) -> list[tuple]:
        with closing(sqlite3.connect(self.folder / "cache.db")) as cache, cache:
            return cache.execute(query).fetchall()


@pytest.mark.readers
@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_newsboat(name: str, form: str, tmp_path: Path) -> None:
    """Opening an item opens the article, not its attachment; newsboat keeps sound alone."""
    newsboat = Newsboat(tmp_path)
    newsboat.read(document(FEEDS[name], form))
    expected = {
        (
            each.id,
            each.url,
            each.title,
            each.date,
            next((url for url in each.enclosures if url.endswith(".mp3")), ""),
        )
        for each in written(FEEDS[name])
    }
    assert set(newsboat.items()) == expected


@pytest.mark.readers
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_newsboat_shows_nothing_old_as_new(form: str, tmp_path: Path) -> None:
    """A new title, address, date, text or format of an item that was read leaves it read."""
    newsboat = Newsboat(tmp_path)
    newsboat.read(document(feed(entry(3), entry(2), entry(1)), form))
    newsboat.mark_read()
    moved = entry(2, title="Autre titre", url="https://www.example.net/2.html")
    dated = entry(1, updated=datetime(2026, 11, 1, tzinfo=PARIS), content="<p>Autre</p>")
    newsboat.read(document(feed(entry(4), entry(3), moved, dated), form))
    assert newsboat.unread() == {"tag:example.org,2026-10-01:article-4"}
    newsboat.mark_read()
    other = "rss" if form == "atom" else "atom"
    newsboat.read(document(feed(rich_entry(4), entry(3), moved, dated), other))
    assert not newsboat.unread()
