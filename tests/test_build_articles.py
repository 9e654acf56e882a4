"""What is read of articles: what is remembered gives what reading gives, and reads what it must."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

import folders
from newsfeed.build.articles import Reading
from newsfeed.build.cache import SLACK, Cache
from newsfeed.config import Config, Site
from newsfeed.content.reading import reader
from newsfeed.content.scan import Listing
from newsfeed.site.items import ItemList, Items
from newsfeed.site.lint import lint_items

CONFIG = Config(site=Site(title="T", url="https://www.example.org/", language="fr"))
NOW = 10 * SLACK
OLD = NOW - 2 * SLACK
TEXT = "---\ntitle: {title}\ndate: 2026-05-0{day}\ntags: [{title}]\n---\nTexte {body}.\n"


class Folder(folders.InMemory):
    """A folder in memory that counts what is read; ``changed`` are the times of its files."""

    def __init__(self, texts: Mapping[str, bytes], changed: Mapping[str, int]) -> None:
        super().__init__(texts)
        self.opened: list[str] = []
        listing: Listing = {}
        for folder, rows in self.listing.items():
            paths = [row[0] if folder == "." else f"{folder}/{row[0]}" for row in rows]
            listing[folder] = tuple(
                (row[0], row[1], changed.get(path, OLD), changed.get(path, OLD), "")
                for path, row in zip(paths, rows, strict=True)
            )
        self.listing = listing

    def read(self, path: str, limit: int | None = None) -> bytes:
        self.opened.append(path)
        return super().read(path, limit)


class Readings:
    """Articles that are read again and again."""

    def __init__(self, place: Path) -> None:
        self.place = place / "cache"
        self.texts: dict[str, bytes] = {}
        self.changed: dict[str, int] = {}
        self.counted: list[int] = []
        for number, name in enumerate(("a", "b", "d/c"), 1):
            self.write(name, day=number)

    def write(self, name: str, *, day: int = 1, body: str = "", title: str = "Titre") -> None:
        path = f"items/{name}.md"
        self.texts[path] = TEXT.format(title=title, day=day, body=body or name).encode()
        self.changed[path] = self.changed.get(path, OLD - 1000) + 1

    def read(self, *, now: int = NOW) -> list[str]:
        """Read with what is remembered, and without: both tell the same. Return what was opened."""
        cache = Cache(self.place, "f", now)
        tree = Folder(self.texts, self.changed)
        self.counted = []
        warm = Reading(tree, CONFIG, cache).articles(1, self.counted.append)
        cold = Reading(Folder(self.texts, self.changed), CONFIG, None).articles(1)
        heads = [sorted(each.heads, key=lambda head: head.path) for each in (warm, cold)]
        assert heads[0] == heads[1]
        for head in heads[0]:
            assert repr(warm.decode(head.path)) == repr(cold.decode(head.path))
        assert (warm.problems, warm.left_out) == (cold.problems, cold.left_out)
        cache.save()
        return sorted(tree.opened)


@pytest.fixture
def site(tmp_path: Path) -> Readings:
    site = Readings(tmp_path)
    assert site.read() == sorted(site.texts)
    assert site.counted[-1] == 3
    return site


def test_what_did_not_change_is_not_opened(site: Readings) -> None:
    assert site.read() == [] and site.counted == []
    site.write("b", body="autre")
    assert site.read() == ["items/b.md"]
    assert site.counted == [3]
    site.write("new")
    del site.texts["items/a.md"]
    assert site.read() == ["items/new.md"]
    assert site.read() == []


def test_what_comes_back_is_read_again(site: Readings) -> None:
    """Nothing is kept of an article that is gone: another may come under its name."""
    gone = site.texts.pop("items/a.md")
    assert site.read() == []
    site.texts["items/a.md"] = gone
    assert site.read() == ["items/a.md"]


def test_a_file_whose_time_proves_nothing_is_opened(site: Readings) -> None:
    """Until it is old enough: it may have changed within one tick of its disk."""
    for now, opened in (
        (NOW, ["items/a.md"]),
        (NOW + SLACK, ["items/a.md"]),
        (NOW + SLACK + 1, ["items/a.md"]),
    ):
        site.changed["items/a.md"] = NOW
        assert site.read(now=now) == opened
    assert site.read(now=NOW + SLACK + 1) == []


@pytest.mark.parametrize("at", [2, 3])
def test_either_time_of_a_file_counts(site: Readings, at: int) -> None:
    """A tool may put back when it changed, not when its disk noted that."""
    tree = Folder(site.texts, site.changed)
    row = list(tree.listing["items"][0])
    for young in (False, True):
        row[at] = NOW if young else OLD + 7
        tree.listing["items"] = (tuple(row), *tree.listing["items"][1:])
        for _ in range(3):
            cache = Cache(site.place, "f", NOW)
            tree.opened = []
            Reading(tree, CONFIG, cache).articles(1)
            cache.save()
        assert tree.opened == (["items/a.md"] if young else [])


def test_a_touched_file_is_read_once(site: Readings) -> None:
    site.changed["items/a.md"] += 5
    assert site.read() == ["items/a.md"]
    assert site.read() == []


def test_a_folder_of_a_language_changes_what_lies_beside_it(site: Readings) -> None:
    """The articles beside it are read again, as those of another language or of none."""
    site.write("en/a", title="Title")
    assert "items/a.md" in site.read()
    assert site.read() == []
    del site.texts["items/en/a.md"]
    assert "items/a.md" in site.read()
    assert site.read() == []
    site.write("d/en/c", title="Title")
    opened = site.read()
    assert "items/d/c.md" in opened and "items/a.md" not in opened


def test_a_file_that_the_disk_refuses_is_tried_again(site: Readings) -> None:
    """It is said each time, and its article is there as soon as it can be read."""
    whole = site.texts["items/a.md"]
    site.texts["items/a.md"] = b"refused"
    site.changed["items/a.md"] += 1
    assert site.read() == site.read() == ["items/a.md"]
    site.texts["items/a.md"] = whole
    assert site.read() == ["items/a.md"]
    assert site.read() == []


def test_why_a_file_is_no_article_is_told_each_time(site: Readings) -> None:
    """What is empty, what has a title that is no text, and what is written for another tool."""
    site.texts |= {"items/e.md": b"", "items/u.md": b"refused", "items/x.rst": b"Titre\n=====\n"}
    site.texts["items/t.md"] = b"---\ntitle: A\ndate: 20x6\n---\nB\n"
    for _ in range(2):
        site.read()
        cache = Cache(site.place, "f", NOW)
        found = Reading(Folder(site.texts, site.changed), CONFIG, cache).articles(1)
        assert {left.path: left.reason for left in found.left_out} == {
            "items/e.md": "empty", "items/t.md": "no-date", "items/u.md": "unreadable", "items/x.rst": "format",
        }  # fmt: skip
        assert [left.path for left in found.left_out] == [
            "items/e.md",
            "items/t.md",
            "items/u.md",
            "items/x.rst",
        ]
        said = {(each.path, each.code) for each in found.problems}
        assert {("items/t.md", "date-unreadable"), ("items/u.md", "article-unreadable")} <= said


def test_a_bug_of_ours_costs_the_article_alone(
    site: Readings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said with the article, whose neighbours are read; and the next build tries it again."""
    real = reader._opened

    def opened(path: str, data: bytes) -> object:
        if path == "items/a.md":
            raise ZeroDivisionError(path)
        return real(path, data)

    monkeypatch.setattr(reader, "_opened", opened)
    tree = Folder(site.texts, site.changed)
    found = Reading(tree, CONFIG, None).articles(1)
    assert sorted(head.path for head in found.heads) == ["items/b.md", "items/d/c.md"]
    assert [(left.path, left.reason) for left in found.left_out] == [("items/a.md", "internal")]
    assert [(each.path, each.code) for each in found.problems] == [("items/a.md", "internal")]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (("10:00", "10:00"), True), (("00:30", "00:30"), True), (("10:30", "10:30:59"), True),
        (("10:00", "10:01"), False), (("", ""), False), (("00:00", "00:00"), False),
    ],
)  # fmt: skip
def test_two_articles_of_one_minute_are_named(times: tuple[str, str], said: bool) -> None:
    """Readers show them in no order of anybody's; at midnight a day alone is meant."""
    texts = {
        f"items/{name}.md": f"---\ntitle: {name}\ndate: 2026-05-01 {time}\n---\nB\n".encode()
        for name, time in zip("ab", times, strict=True)
    }
    found = Reading(Folder(texts, {}), CONFIG, None).articles(1)
    items = Items(found.heads, found.decode)
    problems = lint_items(ItemList(found.heads, items), datetime(2026, 6, 1, tzinfo=UTC))
    assert [each.code for each in problems] == (["minute-twice"] if said else [])


@pytest.mark.parametrize(
    ("date", "updated", "said"),
    [
        ("2026-05-01", "2030-01-01", True), ("2026-05-01", "2026-06-01 08:05 +00:00", False),
        ("2026-05-01", "2026-05-31 21:00 -12:00", True), ("2026-05-01", "2026-06-02 00:30 +14:00", True),
        ("2026-05-01", "2026-06-01 21:00 +14:00", False), ("2026-05-01", "2026-05-02", False),
        ("2030-01-01", "2030-01-02", False),
    ],
)  # fmt: skip
def test_an_update_that_is_still_to_come_is_named(date: str, updated: str, said: bool) -> None:
    """At its line; a scheduled article, which was never shown, may say when it will be updated."""
    text = f"---\ntitle: a\ndate: {date}\nupdated: {updated}\n---\nB\n"
    found = Reading(Folder({"items/a.md": text.encode()}, {}), CONFIG, None).articles(1)
    items = Items(found.heads, found.decode)
    problems = lint_items(ItemList(found.heads, items), datetime(2026, 6, 1, 8, tzinfo=UTC))
    assert [(each.code, each.line) for each in problems] == [("updated-future", 4)] * said


TEXTS = (
    TEXT.format(title="Un", day=1, body="x"), TEXT.format(title="Deux", day=2, body="y"), "", "# Sans rien\n",
    "---\ntitle: [\n---\nx\n", "---\ntitle: A\ndate: 20x6\n---\nB\n", "---\ntitle: A\ndraft: true\n---\nB\n",
    "---\ntitle: A\ndate: 3 mai 2026\n---\nB\n",
    "---\ntitle: A\ndate: 2026-05-01\nexpires: 2026-06-01\nauthors: [Ada]\n---\nB\n", "refused",
)  # fmt: skip
PATHS = (
    "items/a.md", "items/b.md", "items/d/a.md", "items/en/a.md", "items/fr/a.md", "items/d/en/a.md",
    "items/a.en.md", "items/README.md", "items/_draft.md", "items/x.rst", "items/x.html", "items/p.png",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_to_articles_is_read(tmp_path: Path, seed: int) -> None:
    """Law: after any changes what is remembered gives what reading everything gives."""
    chance = random.Random(seed)
    site = Readings(tmp_path)
    now = NOW
    for _ in range(8):
        for _ in range(chance.randrange(4)):
            path = chance.choice(PATHS)
            if chance.random() < 0.3:
                site.texts.pop(path, None)
            else:
                site.texts[path] = chance.choice(TEXTS).encode()
                site.changed[path] = (
                    now - chance.choice((0, SLACK, 3 * SLACK)) + chance.randrange(9)
                )
        now += chance.choice((0, 10, SLACK, 4 * SLACK))
        site.read(now=now)
