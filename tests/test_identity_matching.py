"""Which article is which: what is enough to know one again, what leaves a doubt, and what is neither."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from newsfeed.identity.settle import Settled
from newsfeed.model import Item
from test_identity_settle import DAY, NOW, codes, ids, item, settle

BODY = tuple(f"Le paragraphe numéro {number}." for number in range(4))
NEW = tuple(f"Un tout autre texte, le {number}." for number in range(8))
LATER = DAY + timedelta(days=9)
PLAIN: dict[str, Any] = {"path": "items/a.md", "body": BODY, "title": "Le titre", "published": DAY}
OTHERS = (
    item("items/x.md", "Rien de commun.", "Ni ceci.", "Ni cela.", title="Ailleurs", slug="x"),
    item("items/y.md", "Rien non plus.", "Ni autre.", "Ni encore.", title="Plus loin", slug="y"),
)


def one(**changes: Any) -> Item:
    """Return the article with ``changes``; its slug is none of what is compared."""
    values = {**PLAIN, **changes}
    body = values.pop("body")
    return item(values.pop("path"), *body, slug="s", **values)


def verdict(after: Settled, before: Settled, path: str, was: str = "items/a.md") -> str:
    """Return whether the article at ``path`` is the one that was at ``was``."""
    if ids(after)[path] == ids(before)[was]:
        assert codes(after) == []
        return "known"
    assert ids(after)[path] not in ids(before).values()
    doubts = [each.path for each in after.problems if each.code == "identity-doubtful"]
    assert doubts in ([], [path])
    return "doubt" if doubts else "new"


def mixed(kept: int, fresh: int) -> tuple[str, ...]:
    return BODY[:kept] + NEW[:fresh]


MOVED = "items/autre/b.md"
NAMESAKE = "items/autre/a.md"
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("moved alone", {"path": MOVED}, "known"),
    ("moved and retitled", {"path": MOVED, "title": "Autre"}, "known"),
    ("moved and dated anew", {"path": MOVED, "published": LATER}, "known"),
    ("moved, retitled, dated anew", {"path": MOVED, "title": "Autre", "published": LATER}, "known"),
    # Two of four paragraphs: with any other trait it is the same.
    ("half of it, its title", {"path": MOVED, "body": mixed(2, 0), "published": LATER}, "known"),
    ("half of it, its day", {"path": MOVED, "body": mixed(2, 0), "title": "Autre"}, "known"),
    ("half of it, its name", {"path": NAMESAKE, "body": mixed(2, 0), "title": "Autre", "published": LATER}, "known"),
    *(
        (f"half of it, its name as {path}", {"path": path, "body": mixed(2, 0), "title": "Autre", "published": LATER}, "known")
        for path in ("items/a/index.md", "items/a/_index.md", "items/2020-01-02-a.md", "items/2020-01-02_a.html")
    ),
    ("half of it, a name alike", {"path": "items/autre/a.b.md", "body": mixed(2, 0), "title": "Autre", "published": LATER}, "doubt"),
    ("half of it, an index", {"path": "index.md", "body": mixed(2, 0), "title": "Autre", "published": LATER}, "doubt"),
    ("half of it alone", {"path": MOVED, "body": mixed(2, 0), "title": "Autre", "published": LATER}, "doubt"),
    ("a quarter, its name", {"path": NAMESAKE, "body": mixed(1, 0), "title": "Autre", "published": LATER}, "doubt"),
    ("a fifth and its title", {"path": MOVED, "body": mixed(1, 1), "published": LATER}, "doubt"),
    ("a fifth and its day", {"path": MOVED, "body": mixed(1, 1), "title": "Autre"}, "doubt"),
    ("none, its title and day", {"path": MOVED, "body": NEW[:4]}, "known"),
    ("none and its title", {"path": MOVED, "body": NEW[:4], "published": LATER}, "new"),
    ("none and its day", {"path": MOVED, "body": NEW[:4], "title": "Autre"}, "new"),
    ("none and its name", {"path": NAMESAKE, "body": NEW[:4], "title": "Autre", "published": LATER}, "new"),
    # At its place.
    ("in place: rewritten", {"body": NEW[:4]}, "known"),
    ("in place: rewritten, retitled", {"body": NEW[:4], "title": "Autre"}, "known"),
    ("in place: rewritten, dated anew", {"body": NEW[:4], "published": LATER}, "known"),
    ("in place: all but a paragraph", {"body": mixed(1, 3), "title": "Autre", "published": LATER}, "known"),
    ("in place: all of it", {"body": NEW[:4], "title": "Autre", "published": LATER}, "doubt"),
    ("in place, a word of text", {"body": NEW[:1]}, "known"),
    ("in place, no text", {"sketch": ()}, "known"),
    ("in place, no text, all else new", {"sketch": (), "title": "Autre", "published": LATER}, "doubt"),
    ("in place: its text stays", {"title": "Autre", "published": LATER}, "known"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_what_is_enough_to_know_an_article(changes: dict[str, Any], expected: str) -> None:
    before = settle(one(), *OTHERS)
    after = settle(one(**changes), *OTHERS, after=before)
    assert verdict(after, before, changes.get("path", "items/a.md")) == expected


GONE: list[tuple[str, dict[str, Any], str]] = [
    ("it is back", {}, "known"),
    ("back and rewritten", {"body": NEW[:4]}, "known"),
    ("back, rewritten, dated anew", {"body": NEW[:4], "published": LATER}, "known"),
    ("back with a paragraph", {"body": mixed(1, 3), "title": "Autre", "published": LATER}, "known"),
    ("back, rewritten, retitled", {"body": NEW[:4], "title": "Autre"}, "doubt"),
    ("another in its place", {"body": NEW[:4], "title": "Autre", "published": LATER}, "new"),
]


@pytest.mark.parametrize(
    ("changes", "expected"), [row[1:] for row in GONE], ids=[row[0] for row in GONE]
)
def test_what_is_enough_to_know_one_that_was_gone(changes: dict[str, Any], expected: str) -> None:
    """A place alone says nothing: who is gone may have left it."""
    before = settle(one(), *OTHERS)
    gone = settle(*OTHERS, after=before)
    after = settle(one(**changes), *OTHERS, after=gone, now=NOW + timedelta(days=1))
    assert verdict(after, before, "items/a.md") == expected


TWIN = item(
    "items/twin.md", *BODY, title="Le jumeau", slug="t", published=LATER + timedelta(days=1)
)
SAME_TITLE = item(
    "items/w.md", *NEW[4:8], title="Le titre", slug="w", published=LATER + timedelta(days=1)
)


@pytest.mark.parametrize(
    ("others", "changes", "expected"),
    [
        # Paragraphs that two articles share recognise neither.
        ((TWIN,), {"path": MOVED}, "known"),
        ((TWIN,), {"path": MOVED, "title": "Autre"}, "known"),
        ((TWIN,), {"path": MOVED, "published": LATER}, "known"),
        ((TWIN,), {"path": MOVED, "title": "Autre", "published": LATER}, "new"),
        ((TWIN,), {"path": MOVED, "body": mixed(2, 0), "published": LATER}, "new"),
        ((TWIN,), {"body": mixed(2, 0), "title": "Autre", "published": LATER}, "known"),
        ((TWIN,), {"body": mixed(1, 3), "title": "Autre", "published": LATER}, "doubt"),
        # So do titles.
        ((SAME_TITLE,), {"path": MOVED, "body": NEW[:4]}, "doubt"),
        ((SAME_TITLE,), {"path": MOVED, "body": mixed(1, 3)}, "known"),
        ((SAME_TITLE,), {"path": MOVED, "body": NEW[:2]}, "known"),
        ((SAME_TITLE,), {"body": NEW[:4]}, "known"),
        ((SAME_TITLE,), {"body": NEW[:4], "published": LATER}, "doubt"),
    ],
)  # fmt: skip
def test_what_several_share_knows_none(
    others: tuple[Item, ...], changes: dict[str, Any], expected: str
) -> None:
    before = settle(one(), *OTHERS, *others)
    after = settle(one(**changes), *OTHERS, *others, after=before)
    assert verdict(after, before, changes.get("path", "items/a.md")) == expected


@pytest.mark.parametrize("given", ["", "urn:new"])
def test_a_draft_is_told_nothing(given: str) -> None:
    """Whoever it is, nobody sees it: it may be anything until it is published."""
    before = settle(one(), *OTHERS)
    changes: dict[str, Any] = {"body": NEW[:4], "title": "Autre", "published": LATER, "id": given}
    assert codes(settle(one(**changes), *OTHERS, after=before)) == [
        "id-changed" if given else "identity-doubtful"
    ]
    assert codes(settle(one(**changes, draft=True), *OTHERS, after=before)) == []


def test_of_two_that_could_be_it_neither_is() -> None:
    """Two copies in new places, as good as each other: both are doubted, and get new ids."""
    before = settle(one(), *OTHERS)
    copies = [one(path=path, title="Autre") for path in (MOVED, "items/autre/c.md")]
    after = settle(*copies, *OTHERS, after=before)
    known = ids(before)["items/a.md"]
    assert known not in ids(after).values()
    doubts = [each for each in after.problems if each.code == "identity-doubtful"]
    assert [each.path for each in doubts] == [copy.path for copy in copies]
    assert {dict(each.values)["other"] for each in doubts} == {"items/a.md"}
    assert {dict(each.values)["id"] for each in doubts} == {known}


@pytest.mark.parametrize(
    "better", [{"title": "Le titre"}, {"path": NAMESAKE}, {"body": BODY[:3]}, {"published": LATER}]
)
def test_the_better_of_two_is_it(better: dict[str, Any]) -> None:
    """One trait more decides: the title, the day, the name of the file, more of the text."""
    before = settle(one(published=LATER), *OTHERS)
    day = {"published": DAY if "published" in better else LATER}
    title = {"title": "Le titre" if "published" in better else "Autre"}
    two = [
        one(**{"path": MOVED, "body": BODY[:2], **day, **title, **better}),
        one(
            **{
                "path": "items/autre/c.md",
                "body": BODY[3:] if "body" in better else BODY[2:],
                **day,
                **title,
            }
        ),
    ]
    for pair in (two, two[::-1]):
        after = settle(*pair, *OTHERS, after=before)
        assert ids(after)[two[0].path] == ids(before)["items/a.md"]
        assert ids(after)[two[1].path] not in ids(before).values()
        assert "identity-doubtful" not in codes(after)


def test_a_whole_text_counts_for_more_than_its_title_and_day() -> None:
    """Where one new file has the text, and another the title and the day."""
    before = settle(one(), *OTHERS)
    text = one(path=MOVED, title="Autre", published=LATER)
    name = one(path="items/autre/c.md", body=NEW[:4])
    for pair in ((text, name), (name, text)):
        after = settle(*pair, *OTHERS, after=before)
        assert ids(after)[MOVED] == ids(before)["items/a.md"]
        assert ids(after)[name.path] not in ids(before).values()


def test_an_article_made_of_two_is_the_one_that_it_is_more_like() -> None:
    """The other is gone, and nothing is doubted."""
    parts = [one(body=BODY[:2]), item("items/b.md", *BODY[2:], title="Le second", slug="b")]
    whole = "items/autre/tout.md"
    before = settle(*parts, *OTHERS)
    for title, part in (("Le titre", parts[0]), ("Le second", parts[1])):
        after = settle(one(path=whole, title=title), *OTHERS, after=before)
        assert ids(after)[whole] == ids(before)[part.path]
        assert codes(after) == []
        assert len(after.removed) == 1
    after = settle(one(path=whole, title="Autre"), *OTHERS, after=before)
    assert ids(after)[whole] not in ids(before).values()
    assert codes(after) == ["identity-doubtful"]


@pytest.mark.parametrize(
    ("edited", "copy"),
    [
        ({"body": mixed(3, 1)}, {"title": "Autre"}),
        ({"body": NEW[:4], "published": LATER}, {"title": "Autre"}),
        ({"title": "Autre"}, {}),
        ({"title": "Autre", "body": NEW[:4]}, {"body": NEW[4:8]}),
    ],
)
def test_a_copy_takes_nothing(edited: dict[str, Any], copy: dict[str, Any]) -> None:
    """The article is edited in its place meanwhile: it has its id, the copy a new one."""
    before = settle(one(), *OTHERS)
    after = settle(one(**edited), one(path=MOVED, **copy), *OTHERS, after=before)
    assert ids(after)["items/a.md"] == ids(before)["items/a.md"]
    assert ids(after)[MOVED] not in ids(before).values()


def test_who_cannot_be_read_keeps_its_id() -> None:
    """A copy of it, read instead, is another article; so is what looks like it."""
    before = settle(one(), *OTHERS)
    known = ids(before)["items/a.md"]
    for changes in ({}, {"title": "Autre"}, {"body": mixed(3, 1)}):
        after = settle(one(path=MOVED, **changes), *OTHERS, after=before, left_out=["items/a.md"])
        assert known not in ids(after).values()
        assert after.lock.records[known] == before.lock.records[known]
        assert after.removed == ()


@pytest.mark.parametrize("given", ["items/a.md", "items/autre/b.md"])
def test_articles_without_text_are_known_by_the_rest(given: str) -> None:
    """By their place, or by their title and day."""
    before = settle(one(sketch=()), *OTHERS)
    after = settle(one(sketch=(), path=given), *OTHERS, after=before)
    assert verdict(after, before, given) == "known"
    after = settle(one(sketch=(), title="Autre", published=LATER), *OTHERS, after=before)
    assert verdict(after, before, "items/a.md") == "doubt"


def test_evidence_stays_while_it_serves() -> None:
    """Small edits leave the lock alone; a large one brings it up to date."""
    before = settle(one(), *OTHERS)
    (key,) = (each.id for each in before.heads if each.path == "items/a.md")

    def noted(after: Settled) -> bool:
        return after.lock.records[key] != before.lock.records[key]

    assert not noted(settle(one(body=mixed(3, 1)), *OTHERS, after=before))  # three of five
    assert not noted(settle(one(body=mixed(2, 0)), *OTHERS, after=before))  # a half
    assert noted(settle(one(body=mixed(2, 1)), *OTHERS, after=before))
    assert noted(settle(one(body=NEW[:4]), *OTHERS, after=before))
    assert not noted(settle(one(title="Autre"), *OTHERS, after=before))
    assert noted(settle(one(title="Autre", body=mixed(3, 0)), *OTHERS, after=before))
    # A body of two paragraphs can lose both to a small edit.
    before = settle(one(body=BODY[:2]), *OTHERS)
    assert not noted(settle(one(body=NEW[:2]), *OTHERS, after=before))
    assert noted(settle(one(body=NEW[:2], title="Autre"), *OTHERS, after=before))
    assert noted(settle(one(body=BODY[:2], title="Autre"), *OTHERS, after=before))
