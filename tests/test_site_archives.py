"""An archive fills oldest first, its closed pages never change, and the walk gives each item once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newsfeed.model import Item
from newsfeed.site.archives import Pages, arrange

START = datetime(2026, 1, 1, tzinfo=UTC)


def item(number: int, day: int | None = None) -> Item:
    return Item(
        path=f"items/{number}.md",
        title=f"Titre {number}",
        slug=str(number),
        published=START + timedelta(days=number if day is None else day),
        url=f"https://www.example.org/{number}.html",
        page=f"{number}.html",
        language="fr",
        id=f"tag:example.org,2026:{number:04}",
    )


def by_id(items: Sequence[Item]) -> dict[str, Item]:
    return {each.id: each for each in items}


def pages(items: Sequence[Item], closed: dict[str, int] | None = None, **more: Any) -> Pages:
    values: dict[str, Any] = {"limit": 3, "size": 2, **more}
    return arrange(items, by_id(items), closed or {}, **values)


def numbers(items: Sequence[Item]) -> list[int]:
    return [int(each.slug) for each in items]


def test_pages_fill_oldest_first() -> None:
    """The newest stand on the current document, the oldest on page 1, the rest waits."""
    arranged = pages([item(n) for n in range(8)])
    assert numbers(arranged.current) == [7, 6, 5]
    assert numbers(arranged.open) == [4]
    assert [numbers(page) for page in arranged.closed] == [[1, 0], [3, 2]]
    assert set(arranged.closing.values()) == {1, 2}
    assert arranged.intact == frozenset()
    assert arranged.open_number == 3


def test_of_one_minute_articles_stand_in_one_order_on_every_page() -> None:
    """By id, on the current document, the open page and the closed ones, as in the whole feed."""
    same = [item(n, day=0) for n in range(8)]
    arranged = pages(same[::-1])
    walk = [
        *arranged.current,
        *arranged.open,
        *(each for page in arranged.closed[::-1] for each in page),
    ]
    assert numbers(walk) == list(range(8))
    again = pages(same, arranged.closing)
    assert again.closed == arranged.closed


@pytest.mark.parametrize(
    ("count", "current", "waiting", "closed"),
    [(0, 0, 0, 0), (3, 3, 0, 0), (5, 3, 2, 0), (6, 3, 1, 1)],
)
def test_a_page_closes_when_the_next_one_has_an_item(
    count: int, current: int, waiting: int, closed: int
) -> None:
    """So every closed page has its next-archive from the first day, and it leads somewhere."""
    arranged = pages([item(n) for n in range(count)])
    found = (len(arranged.current), len(arranged.open), len(arranged.closed))
    assert found == (current, waiting, closed)
    assert arranged.open_number == (closed + 1 if waiting else None)


def test_a_late_item_of_an_old_date_waits() -> None:
    """An article that is dated before a closed page is not put on it."""
    items = [item(n) for n in range(8)]
    first = pages(items)
    late = item(100, day=1)
    second = pages([*items, late], dict(first.closing))
    assert second.closed == first.closed
    assert late in second.open


def test_what_leaves_the_category_stays_on_its_page() -> None:
    """Membership is for ever; only what leaves the site leaves the archive."""
    items = [item(n) for n in range(8)]
    closed = dict(pages(items).closing)
    kept = arrange(items[1:], by_id(items), closed, limit=3, size=2)
    assert numbers(kept.closed[0]) == [1, 0]
    assert kept.intact == {1, 2}
    gone = arrange(items[1:], by_id(items[1:]), closed, limit=3, size=2)
    assert numbers(gone.closed[0]) == [1]
    assert gone.intact == {2}


def test_an_item_that_is_back_is_on_its_page_again() -> None:
    """Deleted and restored, it does not move to the end."""
    items = [item(n) for n in range(8)]
    closed = dict(pages(items).closing)
    assert pages(items[1:], closed).closed[0] == (items[1],)
    assert pages(items, closed).closed[0] == (items[1], items[0])


def test_a_page_that_nobody_remembers_is_not_whole() -> None:
    """A lock that lost the lines of page 1 still has page 2, and knows nothing of what 1 held."""
    items = [item(n) for n in range(8)]
    closed = {key: page for key, page in pages(items).closing.items() if page == 2}
    arranged = arrange(items[2:], by_id(items[2:]), closed, limit=3, size=2)
    assert [numbers(page) for page in arranged.closed] == [[], [3, 2]]
    assert arranged.intact == {2}


def test_nothing_closes_in_a_frozen_build() -> None:
    """The open page grows until someone may write the lock."""
    arranged = pages([item(n) for n in range(20)], closing=False)
    assert (len(arranged.current), len(arranged.open), arranged.closed) == (3, 17, ())
    assert arranged.closing == {}


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["add", "backdate", "redate", "remove", "leave", "build"]),
        st.integers(min_value=0, max_value=999),
    ),
    max_size=60,
)


@settings(max_examples=150)
@given(start=st.integers(0, 30), changes=CHANGES, limit=st.integers(1, 5), size=st.integers(1, 4))
def test_any_history(start: int, changes: list[tuple[str, int]], limit: int, size: int) -> None:
    """Closed pages keep their members through any history; the walk gives each item once."""
    site = by_id([item(n) for n in range(start)])
    left: set[str] = set()
    closed: dict[str, int] = {}
    for serial, (change, which) in enumerate([*changes, ("build", 0)], 1000):
        keys = sorted(site)
        chosen = keys[which % len(keys)] if keys else None
        if change in ("add", "backdate"):
            new = item(serial, day=serial if change == "add" else which % 30)
            site[new.id] = new
        elif change == "redate" and chosen:
            site[chosen] = replace(site[chosen], published=START + timedelta(days=which))
        elif change == "remove" and chosen:
            del site[chosen]
        elif change == "leave" and chosen:
            left.add(chosen)
        elif change == "build":
            closed = _built(site, left, closed, limit, size)


def _built(
    site: dict[str, Item], left: set[str], closed: dict[str, int], limit: int, size: int
) -> dict[str, int]:
    """Arrange the feed of what has not left it, check the laws, return what the lock remembers."""
    items = [each for key, each in site.items() if key not in left]
    arranged = arrange(items, site, closed, limit=limit, size=size)
    again = arrange(reversed(items), site, closed, limit=limit, size=size)
    assert again == arranged
    walk = [
        each.id for part in (arranged.current, arranged.open, *arranged.closed) for each in part
    ]
    assert len(walk) == len(set(walk))
    assert set(walk) >= {each.id for each in items}
    assert set(walk) <= site.keys()
    assert set(walk) - {each.id for each in items} <= closed.keys()
    after = closed | dict(arranged.closing)
    assert not closed.keys() & arranged.closing.keys()
    for number, page in enumerate(arranged.closed, 1):
        assert {each.id for each in page} == {
            k for k, n in after.items() if n == number
        } & site.keys()
    whole = {number for number in closed.values() if number not in _losers(closed, site)}
    assert arranged.intact == whole
    assert len(arranged.current) <= limit
    assert len(arranged.current) == limit or not arranged.open
    assert len(arranged.open) <= size
    again = arrange(items, site, after, limit=limit, size=size)
    assert (again.current, again.open, again.closed) == (
        arranged.current,
        arranged.open,
        arranged.closed,
    )
    assert again.closing == {}
    return after


def _losers(closed: dict[str, int], site: dict[str, Item]) -> set[int]:
    """Return the closed pages that lost an article."""
    return {number for key, number in closed.items() if key not in site}


def test_the_page_after_a_closed_one_is_there_without_an_article() -> None:
    """Its ``next-archive`` leads to it: the articles that waited on it are gone."""
    items = [item(n) for n in range(4)]
    arranged = pages(items, {each.id: 1 for each in items[:2]})
    assert [numbers(page) for page in arranged.closed] == [[1, 0]]
    assert (arranged.open, arranged.open_number) == ((), 2)
    assert pages(items[2:]).open_number is None
