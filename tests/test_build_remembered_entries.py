"""What showing an article told is told again while all that it was made of stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import folders
from newsfeed.build.cache import Cache
from newsfeed.build.remembered_articles import head_of
from newsfeed.build.remembered_entries import Showing, Showings, Told, encode_told, key_of
from newsfeed.build.result import Result
from newsfeed.config import Config, Site
from newsfeed.diagnostics import diagnostic
from newsfeed.model import Asset
from newsfeed.site.items import Items
from newsfeed.site.library import UNPROVEN, Crossing, Library

CONFIG = Config(site=Site(title="T", url="https://www.example.org/", language="fr"))
TEXT = "---\ntitle: {0}\ndate: 2026-05-01\n---\nTexte {0}.\n"
PICTURE = Asset(path="p.png", page="media/p.png", url="https://x/p.png", type="image/png", length=9)
PROBLEM = diagnostic("link-dead", "items/a.md", 3, url="x")


def library(*names: str, proven: int = 1) -> Library:
    tree = folders.InMemory({f"items/{name}.md": TEXT.format(name).encode() for name in names})
    items = folders.read(tree, CONFIG).items
    heads = [head_of(each, f"digest of {each.path}") for each in items]
    visible = {each.path for each in items}
    return Library(tree, Items.of(items, heads), CONFIG, visible=visible, proven=proven)


def showing(where: Library, path: str = "items/a.md", **told: object) -> Showing:
    head = where.items.heads[path]
    question = "item:items/b.md"
    values = Told(summary="s", **told)  # type: ignore[arg-type] # its fields are those of the cases
    return Showing(
        path=path,
        key=key_of(head),
        referred=((question, where.answer(question)),),
        told=encode_told(values),
        quiet=not told,
    )


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / ".newsfeed" / "cache", "f", 1)


def saved(cache: Cache) -> Cache:
    cache.place.parent.mkdir(exist_ok=True)
    cache.save()
    return Cache(cache.place, "f", 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("digest", "other"), ("id", "tag:other"), ("url", "https://www.example.org/other"),
        ("page", "other.html"), ("language", "en"), ("categories", ("Autre",)),
    ],
)  # fmt: skip
def test_all_that_an_article_says_is_in_its_key(field: str, value: object) -> None:
    """Its bytes, its id and place, and what its folders say of it."""
    (head,) = library("a").items.heads.values()
    assert key_of(head) == key_of(replace(head, path="items/moved.md"))
    assert key_of(replace(head, **{field: value})) != key_of(head)


def test_what_was_told_is_told_again(cache: Cache) -> None:
    where = library("a", "b")
    told = showing(
        where, problems=(PROBLEM,), assets=(PICTURE,),
        crossings=(Crossing(place=(4, 7), written="c/", page="c/index.html"),),
    )  # fmt: skip
    Showings(where, Result(), cache).adopt(told)
    result = Result()
    again = Showings(library("a", "b"), result, saved(cache))
    assert again.known("items/a.md") == told
    for path in ("items/b.md", "items/x.md"):
        again.recall(path)
        assert again.known(path) is None and again.told(path) is None
    found = again.told("items/a.md")
    assert found is not None and found.problems == (PROBLEM,)
    assert (result.problems, again.assets, again.dead_ends(lambda _: False)) == ([], set(), [])
    for _ in range(2):
        again.recall("items/a.md")
        assert list(result.problems) == [PROBLEM]
        assert again.assets == {PICTURE}
    dead = again.dead_ends(lambda _: False)
    assert [(each.code, each.path, each.line, each.column) for each in dead] == [
        ("link-dead", "items/a.md", 4, 7)
    ]
    assert dict(dead[0].values) == {"url": "c/"}
    assert again.dead_ends({"c/index.html"}.__contains__) == []


def test_what_it_was_made_of_counts(cache: Cache) -> None:
    """Its own key, and each answer: that of an article that is gone, or of a file that is young."""
    where = library("a", "b")
    told = showing(where)
    Showings(where, Result(), cache).adopt(told)
    cache = saved(cache)
    assert Showings(library("a", "b"), Result(), cache).known("items/a.md") == told
    assert Showings(library("a"), Result(), cache).known("items/a.md") is None
    for changed in (
        replace(told, key="other"),
        replace(told, referred=(("item:items/b.md", UNPROVEN),)),
        replace(told, referred=(*told.referred, ("item:items/b.md", "other"))),
    ):
        cache.step("showing", Showing).put(changed)
        fresh = saved(cache)
        assert Showings(library("a", "b"), Result(), fresh).known("items/a.md") is None
    cache.step("showing", Showing).put(told)
    assert Showings(library("b"), Result(), saved(cache)).known("items/a.md") is None
    kept = saved(cache)
    assert kept.step("showing", Showing).values.keys() == {"items/a.md"}
    Showings(library("b"), Result(), kept)
    assert saved(kept).step("showing", Showing).values == {}


def test_what_is_not_proven_is_shown_again(cache: Cache) -> None:
    """The answer is the same as the last time, and says nothing either time."""
    young = library("a", "b", proven=0)
    question = "file:items/b.md"
    assert young.answer(question) == UNPROVEN
    told = replace(showing(young), referred=((question, UNPROVEN),))
    Showings(young, Result(), cache).adopt(told)
    assert Showings(young, Result(), saved(cache)).known("items/a.md") is None


def test_a_page_is_made_of_its_article_and_all_that_this_refers_to() -> None:
    where = library("a", "b")
    head = where.items.heads["items/a.md"]
    made_of = Showings(where, Result())
    assert made_of.made_of(head) is None
    told = showing(where)
    kinds = (
        told,
        replace(told, referred=()),
        replace(told, referred=(("item:items/b.md", "other"),)),
        replace(told, key="other"),
    )
    found = []
    for each in kinds:
        made_of.adopt(each)
        found.append(made_of.made_of(head))
    assert None not in found and len(set(found)) == len(found)
    made_of.adopt(replace(told, referred=(("file:p.png", UNPROVEN), *told.referred)))
    assert made_of.made_of(head) is None
    made_of.adopt(told)
    assert made_of.made_of(replace(head, digest="")) is None


def test_a_place_inside_another_article_is_looked_for_there() -> None:
    """Once that article is shown, too: of one that is not, nobody knows what places it has."""
    where = library("a", "b")
    made = Showings(where, Result())
    crossing = Crossing(place=(2, 5), written="b.md#x", path="items/b.md", anchor="x")
    made.adopt(showing(where, crossings=(crossing,)))
    assert made.dead_ends(lambda _: True) == []
    made.adopt(showing(where, "items/b.md", anchors=("y",)))
    dead = made.dead_ends(lambda _: True)
    assert [(each.code, each.line, dict(each.values)) for each in dead] == [
        ("anchor-dead", 2, {"url": "b.md#x"})
    ]
    fine = Showings(where, Result())
    fine.adopt(showing(where, crossings=(crossing,)))
    fine.adopt(showing(where, "items/b.md", anchors=("y", "x")))
    assert fine.dead_ends(lambda _: False) == []


def test_what_is_remembered_of_an_article_that_is_not_shown_is_no_answer(cache: Cache) -> None:
    """Of an article that no output of this build shows, it is not said what places it has."""
    where = library("a", "b")
    crossing = Crossing(place=(2, 5), written="b.md#x", path="items/b.md", anchor="x")
    made = Showings(where, Result(), cache)
    made.adopt(showing(where, "items/b.md"))
    made.adopt(showing(where, crossings=(crossing,)))
    again = Showings(where, Result(), saved(cache))
    again.recall("items/a.md")
    assert again.known("items/b.md") is not None
    assert again.dead_ends(lambda _: True) == []
    again.recall("items/b.md")
    assert [each.code for each in again.dead_ends(lambda _: True)] == ["anchor-dead"]


def test_what_is_the_same_is_not_written(cache: Cache) -> None:
    where = library("a", "b")
    told = showing(where)
    Showings(where, Result(), cache).adopt(told)
    cache = saved(cache)
    Showings(where, Result(), cache).adopt(told)
    assert not cache.step("showing", Showing).changed
    Showings(where, Result(), cache).adopt(replace(told, told=encode_told(Told(summary="t"))))
    assert cache.step("showing", Showing).changed
