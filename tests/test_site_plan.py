"""What is visible at an instant: to the second, and at the very instant that cron is told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from folders import items_of
from newsfeed.identity.terms import Remembered, Vanished
from newsfeed.model import Item, Person
from newsfeed.site.plan import Plan, plan

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def item(name: str = "a", published: datetime = NOON - SECOND, **fields: Any) -> Item:
    values: dict[str, Any] = {"title": f"Titre {name}", "language": "fr", "id": f"tag:{name}"}
    return Item(
        path=f"items/{name}.md",
        slug=name,
        published=published,
        url=f"https://www.example.org/{name}",
        page=f"{name}.html",
        **{**values, **fields},
    )


def planned(*items: Item, now: datetime = NOON, **shown: bool) -> Plan:
    return plan(items_of(items), now, **shown)


def names(items: Sequence[Item]) -> list[str]:
    return [each.slug for each in items]


@pytest.mark.parametrize(
    ("published", "expires", "where"),
    [
        (NOON - SECOND, None, "items"),
        (NOON, None, "items"),
        (NOON + SECOND, None, "scheduled"),
        (NOON - SECOND, NOON + SECOND, "items"),
        (NOON - SECOND, NOON, "expired"),
        (NOON - SECOND, NOON - SECOND, "expired"),
    ],
)
def test_an_article_appears_and_expires_at_its_instant(
    published: datetime, expires: datetime | None, where: str
) -> None:
    """At the instant itself it is published, and at the instant itself it has expired."""
    found = planned(item(published=published, expires=expires))
    lists = {"items": found.items, "scheduled": found.scheduled, "expired": found.expired}
    assert {name: names(each) for name, each in lists.items()} == {
        name: ["a"] if name == where else [] for name in lists
    }


def test_a_preview_shows_what_waits() -> None:
    """``drafts`` shows drafts, of a later day too; ``future`` what is scheduled and is no draft."""
    items = (
        item("now"),
        item("later", NOON + SECOND),
        item("draft", draft=True),
        item("later-draft", NOON + SECOND, draft=True),
        item("gone", NOON - 2 * SECOND, expires=NOON - SECOND),
    )
    assert names(planned(*items).items) == ["now"]
    assert set(names(planned(*items, drafts=True).items)) == {"now", "draft", "later-draft"}
    assert set(names(planned(*items, future=True).items)) == {"now", "later"}
    both = planned(*items, drafts=True, future=True)
    assert set(names(both.items)) == {"now", "later", "draft", "later-draft"}
    assert names(both.expired) == ["gone"]


INSTANTS = st.integers(min_value=-3, max_value=3).map(lambda hours: NOON + timedelta(hours=hours))
ITEM = st.builds(
    lambda published, expires, draft: (published, expires, draft),
    INSTANTS, st.none() | INSTANTS, st.booleans(),
)  # fmt: skip


SHOWN = st.fixed_dictionaries({"drafts": st.booleans(), "future": st.booleans()})


HOUR = timedelta(hours=1)


@given(st.lists(ITEM, max_size=6), SHOWN)
@example([(NOON + HOUR, NOON + 2 * HOUR, False)], {"drafts": False, "future": False})
@example([(NOON + HOUR, NOON + HOUR, False)], {"drafts": False, "future": False})
@example([(NOON + HOUR, NOON, False)], {"drafts": False, "future": False})
def test_the_next_change_is_the_first_instant_at_which_anything_differs(
    drawn: list[tuple[datetime, datetime | None, bool]], shows: dict[str, bool]
) -> None:
    """Until it nothing differs; at it the list of visible articles does; it is never now."""
    items = [
        item(str(number), published, expires=expires, draft=draft)
        for number, (published, expires, draft) in enumerate(drawn)
    ]

    def at(when: datetime) -> Plan:
        return planned(*items, now=when, **shows)

    shown = names(at(NOON).items)
    following = at(NOON).next_change
    instants = sorted({each for one in drawn for each in one[:2] if each and each > NOON})
    for when in instants:
        if following is not None and when >= following:
            break
        assert names(at(when - SECOND).items) == names(at(when).items) == shown
    if following is None:
        assert all(names(at(when).items) == shown for when in instants)
    else:
        assert following > NOON
        assert names(at(following - SECOND).items) == shown != names(at(following).items)


def test_newest_first_then_by_id() -> None:
    """Of two articles of one instant the smaller id stands first, whatever their paths."""
    items = (item("b", id="tag:1"), item("a", id="tag:2"), item("c", NOON, id="tag:3"))
    assert names(planned(*items).items) == ["c", "b", "a"]
    assert names(planned(*reversed(items)).items) == ["c", "b", "a"]
    assert planned(*items).visible == {each.path for each in items}


def test_of_drafts_without_ids_the_smaller_path_stands_first() -> None:
    """Whatever order a disk lists them in."""
    items = [item(name, id="", draft=True) for name in "bcad"]
    assert names(planned(*items).drafts) == ["a", "b", "c", "d"]


def test_an_article_stands_once_in_a_group_however_it_writes_its_name() -> None:
    """Two spellings in one article are one group, in which it stands once."""
    items = (
        item("a", categories=("Dépistage", "dépistage")),
        item("b", NOON, categories=("dépistage", "dépistage")),
        item("c", NOON, categories=("Autre",)),
        item("d", categories=("Autre", "Autre")),
    )
    groups = planned(*items).of("category")
    assert [names(group.items) for group in groups] == [["c", "d"], ["b", "a"]]
    assert [group.spellings for group in groups] == [("Autre",), ("Dépistage", "dépistage")]
    assert groups[1].label == "dépistage"
    # An article stands once, too, where it writes a name twice in one way.
    counted = planned(item("a", categories=("Go", "Go", "go")), item("b", categories=("go",)))
    assert [group.label for group in counted.of("category")] == ["go"]


def test_every_kind_of_group_has_its_folder() -> None:
    """Where people and readers find a category, a tag, an author and a language."""
    found = planned(
        item("a", categories=("Été",), tags=("B", "A"), authors=(Person(name="Ada"),)),
        item("b", NOON, categories=("ete",), tags=("A",), language="en-GB"),
    )
    assert [
        (group.kind, group.label, group.folder, names(group.items)) for group in found.groups
    ] == [
        ("category", "Été", "categories/ete/", ["b", "a"]),
        ("tag", "A", "tags/a/", ["b", "a"]),
        ("tag", "B", "tags/b/", ["a"]),
        ("author", "Ada", "authors/ada/", ["a"]),
        ("language", "en-GB", "languages/en-gb/", ["b"]),
        ("language", "fr", "languages/fr/", ["a"]),
    ]
    assert [group.label for group in found.of("tag")] == ["A", "B"]
    # Each way of writing a name leads to the one folder that there is.
    assert found.folders == {
        "category": {"Été": "categories/ete/", "ete": "categories/ete/"},
        "tag": {"A": "tags/a/", "B": "tags/b/"},
    }


def test_a_preview_gives_a_draft_s_tag_an_address_that_nobody_has() -> None:
    """The lock's addresses come first; a tag that it does not know steps aside."""
    known = Remembered(
        lines={},
        slugs={"tag": {"c#": "c", "go": "go-lang"}},
        labels={"tag": {"go": "go"}},
        vanished=(
            Vanished(kind="tag", label="C#", slug="c", when=NOON),
            Vanished(kind="category", label="Go", slug="go-lang", when=NOON),
            Vanished(kind="tag", label="Go", slug="go-lang", when=NOON),
        ),
    )
    items = (item("a", tags=("C++", "go")), item("b", tags=("Go", "D")))
    found = plan(items_of(items), NOON, terms=known)
    slugs = {group.label: group.slug for group in found.of("tag")}
    assert re.fullmatch("c-[0-9a-f]{8}", slugs.pop("C++"))
    # Of two spellings that are equally common the lock's stays.
    assert slugs == {"go": "go-lang", "D": "d"}
    assert found.folders["tag"]["go"] == "tags/go-lang/"
    # What an article bears has not vanished, whatever the lock was last told.
    assert [(each.kind, each.label) for each in found.vanished] == [
        ("tag", "C#"),
        ("category", "Go"),
    ]
