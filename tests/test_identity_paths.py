"""Two items never share a page, and a former address leads to the present one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newsfeed.identity import paths
from newsfeed.identity.lock_lines import Record
from newsfeed.model import Item

SITE = "https://www.example.org/blog/"
DAY = datetime(2026, 3, 2, tzinfo=UTC)


def item(path: str, page: str, days: int = 0, **fields: Any) -> Item:
    values: dict[str, Any] = {
        "title": path,
        "slug": path,
        "published": DAY + timedelta(days=days),
        "url": SITE + page,
        "language": "fr",
        "id": f"urn:{path}",
        **fields,
    }
    return Item(path=path, page=page, **values)


def record(path: str, page: str) -> Record:
    return Record(f"urn:{path}", path, "2026-03-02T00:00:00Z", "0" * 8, "-", page)


def placed(*items: Item, **known: str) -> dict[str, str]:
    records = {path: record(path, page) for path, page in known.items()}
    notes, _ = paths.place(items, records)
    return {path: paths.output_path(note) for path, note in notes.items()}


@pytest.mark.parametrize(
    ("note", "path"),
    [
        ("a/b.html", "a/b.html"),
        ("a/b.html#2", "a/b-2.html"),
        ("a/b/index.html#3", "a/b-3/index.html"),
        ("index.html#2", "index-2.html"),
        ("a.b/c#2", "a.b/c-2"),
        ("a#b.html", "a#b.html"),
    ],
)
def test_a_number_goes_where_people_expect_it(note: str, path: str) -> None:
    """Before the ending, or on the folder of an index.html."""
    assert paths.output_path(note) == path


def test_the_older_item_has_the_page() -> None:
    """Without memory the date decides; a draft comes last whatever its date."""
    items = [item("c", "x.html", 1), item("b", "x.html", 2), item("a", "x.html", 0, draft=True)]
    assert placed(*items) == {"c": "x.html", "b": "x-2.html", "a": "x-3.html"}


def test_what_readers_know_decides_first() -> None:
    """A newer item that has the page keeps it; a number stays when it is no longer needed."""
    assert placed(item("a", "x.html"), item("b", "x.html", 1), b="x.html") == {
        "a": "x-2.html",
        "b": "x.html",
    }
    assert placed(item("a", "x.html"), a="x.html#2") == {"a": "x-2.html"}
    assert placed(item("a", "y.html"), a="x.html#2") == {"a": "y.html"}


def test_a_number_is_not_taken_from_a_real_page() -> None:
    """x-2.html is somebody's own page, so the second x.html is x-3.html."""
    for days in (0, 2):
        items = [item("a", "x.html"), item("b", "x.html", 1), item("c", "x-2.html", days)]
        assert placed(*items) == {"a": "x.html", "b": "x-3.html", "c": "x-2.html"}


def test_a_real_page_does_not_take_a_number_that_readers_know() -> None:
    """The second x.html has been x-2.html for years; a new slug x-2 does not get its address."""
    items = [item("a", "x.html"), item("b", "x.html", 1), item("c", "x-2.html")]
    pages = placed(*items, a="x.html", b="x.html#2")
    assert pages["b"] == "x-2.html"
    assert len(set(pages.values())) == 3


def test_only_those_who_share_are_named() -> None:
    """Each that had to move is named, and where to."""
    items = [
        item("a", "x.html"),
        item("b", "x.html", 1),
        item("c", "y.html"),
        item("d", "y.html", 1, draft=True),
    ]
    _, (problem,) = paths.place(items, {})
    assert (problem.code, problem.path) == ("page-duplicate", "b")
    values = dict(problem.values)
    assert (values["other"], values["page"], values["moved"]) == ("a", "x.html", "x-2.html")


@pytest.mark.parametrize(
    ("url", "page", "moved", "expected"),
    [
        (SITE + "a/b.html", "a/b.html", "a/b-2.html", SITE + "a/b-2.html"),
        (SITE + "a/b/", "a/b/index.html", "a/b-2/index.html", SITE + "a/b-2/"),
        (SITE + "a/%C3%A9.html", "a/é.html", "a/é-2.html", SITE + "a/%C3%A9-2.html"),
        ("https://else.example/", "a/b.html", "a/b-2.html", "https://else.example/"),
    ],
)
def test_the_address_follows_the_page(url: str, page: str, moved: str, expected: str) -> None:
    """An item's url is that of the page it got."""
    assert paths.readdressed(url, page, moved) == expected


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("/ancien/", "ancien/index.html"),
        ("ancien", "ancien/index.html"),
        ("/ancien.html?x=1#y", "ancien.html"),
        ("/ancien.php", "ancien.php/index.html"),
        ("/%C3%A9t%C3%A9/", "été/index.html"),
        (SITE + "ancien/", "ancien/index.html"),
        ("/?p=12", None),
        ("/", None),
        (SITE, None),
        ("/../ancien.html", None),
        ("/a//b/", None),
        ("https://else.example/ancien/", None),
        ("//else.example/ancien/", None),
        ("C:\\ancien.html", None),
        ("/a\x00b/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_redirect_of_front_matter_stays_on_the_site(written: str, page: str | None) -> None:
    """Paths and the site's own addresses are understood; anything else is named."""
    source = item("a", "x.html", redirects=(written,))
    pairs, problems = paths.redirects([source], {}, SITE, {})
    assert pairs == (((page, source.url),) if page else ())
    assert [each.code for each in problems] == ([] if page else ["redirect-unusable"])


def test_former_addresses_that_differ_in_capitals_alone_are_one() -> None:
    """Some disks hold no two such files; an address of another article stays a conflict."""
    source = item("a", "x.html", redirects=("/Ancien/", "/ancien/"))
    pairs, problems = paths.redirects([source], {}, SITE, {})
    assert pairs == (("Ancien/index.html", source.url),)
    assert problems == []


def test_a_page_is_never_overwritten_by_a_redirect() -> None:
    """Where somebody's page is, nothing redirects."""
    source = item("a", "x.html", redirects=("/y.html", "/x.html"))
    occupied = {"x.html": source.path, "y.html": "items/b.md"}
    pairs, problems = paths.redirects([source], {"urn:a": ["z.html"]}, SITE, occupied)
    assert pairs == (("z.html", source.url),)
    assert [(each.code, dict(each.values)["redirect"]) for each in problems] == [
        ("redirect-taken", "/y.html")
    ]


def test_an_address_that_two_articles_had_is_said() -> None:
    one, other = (item(name, f"{name}.html", redirects=("/old/",)) for name in "ab")
    pairs, problems = paths.redirects([other, one], {}, SITE, {})
    assert pairs == (("old/index.html", one.url),)
    assert [(each.code, each.path, dict(each.values)["other"]) for each in problems] == [
        ("redirect-taken", other.path, one.path)
    ]
