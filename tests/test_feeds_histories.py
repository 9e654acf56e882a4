"""What a subscriber has seen never comes back as new: published feeds through random histories.

tests/test_identity_histories.py holds the ids to it; here it is what readers fetch, feed by feed.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

import folders
from command import newsfeed
from newsfeed import build, config
from newsfeed.build import Options, Rendering, feeds
from newsfeed.theme.environment import Theme
from test_feeds_readers import Newsboat
from test_identity_histories import Article

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DOMAINS = ("https://www.example.org/", "https://autre.example/actualités/")
MARKER = re.compile(r"marqueur(\d+)\b")
BUILDS = 8


def settings(url: str) -> str:
    return (
        f'[site]\ntitle = "Réseau"\nurl = "{url}"\nlanguage = "fr"\n'
        '[feeds]\nlimit = 4\narchive = true\narchive_size = 3\nper = ["category"]\n'
        "[newsletter]\nenabled = false\n"
    )


@dataclass
class Authors:
    """People who change a folder of articles; ``files`` is the folder."""

    chance: random.Random
    files: dict[str, Article] = field(default_factory=dict)
    trash: list[Article] = field(default_factory=list)
    url: str = DOMAINS[0]
    serial: int = 0
    # What was done to each since the last build: docs/identity.md says how much is too much.
    done: dict[int, set[str]] = field(default_factory=dict)
    edited: set[int] = field(default_factory=set)

    def work(self) -> None:
        """Do a few things, as happens between two builds."""
        self.done = {}
        for _ in range(self.chance.randint(1, 7)):
            self.chance.choice(self._actions())()

    def _actions(self) -> list[Callable[[], None]]:
        more = [self.add] * 3 + [self.edit, self.rename, self.move, self.retitle, self.redate]
        return [*more, self.reslug, self.recategorise, self.delete, self.restore, self.change_url]

    def add(self) -> None:
        uid = self._next()
        words = [f"Paragraphe {n} de l’article {uid}." for n in range(self.chance.randint(2, 4))]
        self.files[self._free()] = Article(
            uid=uid,
            title=f"Titre {uid}",
            date=self._date(),
            paragraphs=(f"Voici marqueur{uid} ici.", *words),
            category=self.chance.choice(["Dépistage", "Vie du réseau"]),
        )

    def edit(self) -> None:
        if path := self._pick("body"):
            article = self.files[path]
            texts = list(article.paragraphs)
            which = self.chance.randrange(len(texts))
            marker = f"marqueur{article.uid} " if which == 0 else ""
            texts[which] = f"Corrigé {marker}en {self._next()}."
            self.files[path] = replace(article, paragraphs=tuple(texts))
            self.edited.add(article.uid)

    def rename(self) -> None:
        if path := self._pick("path"):
            self.files[self._free()] = self.files.pop(path)

    def move(self) -> None:
        if path := self._pick("path"):
            place = f"items/{self._next()}/{path.rpartition('/')[2]}"
            self.files[place] = self.files.pop(path)

    def retitle(self) -> None:
        if path := self._pick("title"):
            self._change(path, title=f"Nouveau titre {self._next()}")

    def redate(self) -> None:
        if path := self._pick("date"):
            self._change(path, date=self._date())

    def reslug(self) -> None:
        if path := self._pick(""):
            self._change(path, slug=self.chance.choice(["", "autre", "été 2026"]))

    def recategorise(self) -> None:
        if path := self._pick(""):
            self._change(path, category=self.chance.choice(["Dépistage", "Agenda", "日本"]))

    def delete(self) -> None:
        if path := self._pick("deleted"):
            self.trash.append(self.files.pop(path))

    def restore(self) -> None:
        for article in self.trash:
            if article.uid not in self.done:
                self.trash.remove(article)
                self.files[self._free()] = article
                self.done[article.uid] = {"deleted"}
                return

    def change_url(self) -> None:
        self.url = self.chance.choice(DOMAINS)

    def _pick(self, change: str) -> str | None:
        """Return the path of an article that may be changed so, and note the change."""
        if not self.files:
            return None
        path = self.chance.choice(sorted(self.files))
        uid = self.files[path].uid
        done = self.done.get(uid, set())
        after = {*done, change} - {""}
        most = 1 if "deleted" in after or (uid in self.edited and after - {"path", "body"}) else 2
        if len(after) > most and after & {"path", "deleted"}:
            return None
        if "deleted" in done or (change == "body" and "body" in done):
            return None
        self.done[uid] = after
        return path

    def _change(self, path: str, **values: Any) -> None:
        self.files[path] = replace(self.files[path], **values)

    def _date(self) -> datetime:
        return START - timedelta(days=self.chance.randrange(400), minutes=self._next())

    def _free(self) -> str:
        names = [f"items/{name}.md" for name in "abcdefghijklmnop"]
        free = [name for name in names if name not in self.files]
        return self.chance.choice(free) if free else f"items/{self._next()}.md"

    def _next(self) -> int:
        self.serial += 1
        return self.serial


@dataclass
class Subscriber:
    """Someone who keeps what every feed ever said: which article they know under which id."""

    known: dict[str, str] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)

    def see(self, entries: list[tuple[str, str]]) -> set[str]:
        """Look at (id, text) of a document's entries; return the articles that it shows."""
        shown = []
        for key, text in entries:
            (uid,) = set(MARKER.findall(text))
            shown.append(uid)
            assert self.known.setdefault(uid, key) == key
            assert self.owner.setdefault(key, uid) == uid
        assert len(shown) == len(set(shown))
        return set(shown)


def published(authors: Authors, lock: str | None, now: datetime) -> tuple[dict[str, bytes], str]:
    """Build as the command does; return the feeds by their path, and the lock."""
    texts = {path: article.text().encode() for path, article in authors.files.items()}
    theme = Theme(config.parse(settings(authors.url)))
    site = build.load(folders.InMemory(texts), theme, Options(now=now), lock=lock)
    made = feeds.outputs(Rendering(site))
    return {each.path: each.data or b"" for each in made}, site.lock_text


def entries_of(path: str, data: bytes) -> list[tuple[str, str]]:
    """Return (id, text) of each entry, as a reader of that format has them."""
    if path.endswith(".json"):
        return [(each["id"], each["content_html"]) for each in json.loads(data)["items"]]
    read = feedparser.parse(data)
    assert not read.bozo, (path, read.get("bozo_exception"))
    return [(each.id, each.content[0].value) for each in read.entries]


def walk(made: dict[str, bytes], folder: str) -> Iterator[str]:
    """Yield the JSON documents from the current one on, following next_url."""
    path: str | None = f"{folder}feed.json"
    base = json.loads(made["feed.json"])["feed_url"].removesuffix("feed.json")
    while path:
        yield path
        after = json.loads(made[path]).get("next_url")
        path = after.removeprefix(base) if after else None


@pytest.mark.parametrize("seed", range(24))
def test_what_was_seen_never_comes_back_as_new(seed: int) -> None:
    """An article keeps its id in each feed and format, and no article gets another one's."""
    authors = Authors(random.Random(seed))
    subscriber, lock = Subscriber(), None
    for _ in range(6):
        authors.add()
    for day in range(BUILDS):
        made, lock = published(authors, lock, START + timedelta(days=day))
        again, unchanged = published(authors, lock, START + timedelta(days=day, hours=1))
        assert (again, unchanged) == (made, lock)
        shown = {
            path: subscriber.see(entries_of(path, data))
            for path, data in made.items()
            if path.endswith((".xml", ".json"))
        }
        for path in shown:
            if path.endswith("atom.xml"):
                rss, json_feed = (path.replace("atom.xml", n) for n in ("rss.xml", "feed.json"))
                assert shown[path] == shown[rss] == shown[json_feed], path
        walked = [uid for path in walk(made, "") for uid in sorted(shown[path])]
        assert sorted(walked) == sorted(str(a.uid) for a in authors.files.values())
        removed = set(re.findall(rb'deleted-entry ref="([^"]+)"', made["atom.xml"]))
        gone = {subscriber.known.get(str(article.uid), "") for article in authors.trash} - {""}
        assert {each.decode() for each in removed} == gone
        authors.work()


@pytest.mark.readers
@pytest.mark.parametrize("form", ["atom.xml", "rss.xml"])
def test_newsboat_never_shows_an_old_article_as_new(form: str, tmp_path: Path) -> None:
    """A real reader with its cache, the real command, real files: what is unread is new."""
    authors = Authors(random.Random(f"newsboat {form}"))
    (tmp_path / "reader").mkdir()
    newsboat = Newsboat(tmp_path / "reader")
    known: set[str] = set()
    for _ in range(5):
        authors.add()
    for day in range(6):
        folder = tmp_path / "site"
        for old in folder.rglob("*.md"):
            old.unlink()
        for path, article in authors.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(article.text(), "utf-8")
        (folder / "newsfeed.toml").write_text(settings(authors.url), "utf-8")
        now = f"2026-02-{day + 1:02}"
        done = newsfeed("build", "--format", "json", "--now", now, cwd=folder)
        assert {each["code"] for each in json.loads(done.stdout)} <= {"page-duplicate"}
        newsboat.read((folder / "public" / form).read_bytes())
        rows = newsboat.ask("SELECT guid, content FROM rss_item WHERE unread = 1")
        fresh = {guid: MARKER.findall(content)[0] for guid, content in rows}
        assert len(set(fresh.values())) == len(fresh)
        assert not known & set(fresh.values())
        known |= set(fresh.values())
        newsboat.mark_read()
        authors.work()
        authors.add()
    assert len(known) > 6
