"""Ids survive what happens to files: renames, moves, new titles, dates, slugs, domains, merges."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from newsfeed import config as configuration
from newsfeed.build.remembered_articles import head_of
from newsfeed.config import Config
from newsfeed.diagnostics import ConfigError
from newsfeed.diagnostics.rules import RULES
from newsfeed.identity import settle as identity
from newsfeed.identity.lockfile import FILE, Lock
from newsfeed.identity.settle import Settled
from newsfeed.model import Item

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BODY = ("La permanence ouvre le lundi.", "On y vient sans rendez-vous.", "Un bus y mène.")
OTHER = ("La lettre paraît en avril.", "Elle compte huit pages.")


def config(url: str = "https://www.example.org/", more: str = "") -> Config:
    return configuration.parse(
        f'[site]\ntitle = "Réseau"\nurl = "{url}"\ntimezone = "Europe/Paris"\n{more}'
    )


CONFIG = config()


def sketch(*paragraphs: str) -> tuple[int, ...]:
    return tuple(sorted({zlib.crc32(each.encode()) for each in paragraphs})[:8])


def item(path: str = "items/permanence.md", *body: str, **fields: Any) -> Item:
    """Return an item as reading would give it: slug and page follow the file's name."""
    slug = str(fields.pop("slug", path.rpartition("/")[2].removesuffix(".md")))
    published = fields.pop("published", DAY)
    assert isinstance(published, datetime)
    page = str(fields.pop("page", f"items/{published:%Y/%m}/{slug}.html"))
    values: dict[str, Any] = {
        "title": f"Titre de {slug}",
        "url": CONFIG.site.url + page,
        "language": "fr",
        "sketch": sketch(*(body or BODY)),
        **fields,
    }
    return Item(path=path, slug=slug, published=published, page=page, **values)


def settle(
    *items: Item, after: Settled | None = None, now: datetime = NOW, **more: Sequence[str]
) -> Settled:
    """Settle ``items`` against the lock that ``after`` left, by way of its text."""
    lock = identity.parse(identity.dump(after.lock)) if after else None
    return against(items, lock, CONFIG, now, **more)


def against(
    items: Sequence[Item],
    lock: Lock | None,
    site: Config,
    now: datetime,
    left_out: Sequence[str] = (),
) -> Settled:
    """Settle ``items`` against ``lock``: their heads, and where their fields stand."""
    known = {each.path: each for each in items}
    return identity.settle(
        map(head_of, items),
        lock,
        site,
        now,
        left_out=left_out,
        line=lambda path, field: known[path].line(field),
    )


def ids(settled: Settled) -> dict[str, str]:
    return {each.path: each.id for each in settled.heads}


def codes(settled: Settled) -> list[str]:
    """Return the codes of what is said, whose words are whole in both languages."""
    for each in settled.problems:
        assert all(text and "{" not in text for name in ("en", "fr") for text in each.words(name))
    return [each.code for each in settled.problems]


def test_an_id_is_a_tag_of_domain_day_and_slug() -> None:
    """A minted id is a tag: URI in ASCII; the day is that of the site's zone."""
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    settled = settle(item("items/Dépistage.md", slug="Dépistage", published=late))
    assert ids(settled) == {"items/Dépistage.md": "tag:www.example.org,2026-03-03:depistage"}


CHANGES = {
    "renamed": {"path": "items/nouveau-nom.md"},
    "moved": {"path": "items/2026/permanence.md"},
    "retitled": {"title": "Un tout autre titre"},
    "re-dated": {"published": DAY + timedelta(days=40)},
    "another slug": {"slug": "autre"},
    "another category": {"categories": ("Vie du réseau",)},
    "renamed and edited": {"path": "items/b.md", "sketch": sketch("Elle ouvre.", *BODY[1:])},
    "renamed, retitled, re-dated": {
        "path": "items/b.md", "title": "Autre", "published": DAY + timedelta(days=1)
    },
    "renamed, body of two edited": {"path": "items/b.md", "sketch": sketch(BODY[0], "Autre.")},
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_id_survives(change: dict[str, Any]) -> None:
    """One change to one article, and its id stays; nobody else gets it."""
    before = settle(item(), item("items/lettre.md", *OTHER))
    changed = replace(item(), **change)
    after = settle(item("items/lettre.md", *OTHER), changed, after=before)
    assert ids(after)[changed.path] == ids(before)["items/permanence.md"]
    assert ids(after)["items/lettre.md"] == ids(before)["items/lettre.md"]
    assert codes(after) == []
    assert after.removed == ()


def test_an_id_survives_a_change_of_domain() -> None:
    """The id keeps the domain that it was minted with."""
    before = settle(item())
    after = against([item()], before.lock, config("https://autre.example/"), NOW)
    assert ids(after) == ids(before)
    assert after.lock == before.lock


def test_swapped_names_are_recognised() -> None:
    """Two articles that exchange their files' names keep their own ids."""
    one, two = item("items/a.md"), item("items/b.md", *OTHER)
    before = settle(one, two)
    after = settle(replace(one, path="items/b.md"), replace(two, path="items/a.md"), after=before)
    assert ids(after)["items/b.md"] == ids(before)["items/a.md"]
    assert ids(after)["items/a.md"] == ids(before)["items/b.md"]


def test_the_order_of_items_does_not_matter() -> None:
    """Any order gives the same ids and the same lock."""
    items = [item(f"items/{n % 3}/lettre.md", f"Un {n}.", slug="lettre") for n in range(3)]
    first = settle(*items)
    for _ in range(5):
        random.Random(1).shuffle(items)
        again = settle(*items)
        assert again.heads == first.heads
        assert identity.dump(again.lock) == identity.dump(first.lock)


def test_a_copy_is_new_and_the_original_stays() -> None:
    """A copied file gets an id of its own."""
    before = settle(item("items/b.md"))
    after = settle(item("items/b.md"), item("items/a.md", title="Titre de b"), after=before)
    assert ids(after)["items/b.md"] == ids(before)["items/b.md"]
    assert ids(after)["items/a.md"] != ids(before)["items/b.md"]


def test_a_restored_article_gets_its_id_back() -> None:
    """Deleted, announced, restored under its name or another one: the same id."""
    before = settle(item(), item("items/lettre.md", *OTHER))
    gone = settle(item("items/lettre.md", *OTHER), after=before)
    (removed,) = gone.removed
    assert removed.id == ids(before)["items/permanence.md"]
    assert removed.when == NOW
    assert removed.url == item().url
    for path in ("items/permanence.md", "items/retour.md"):
        back = settle(item(path), item("items/lettre.md", *OTHER), after=gone)
        assert ids(back)[path] == removed.id
        assert back.removed == ()


def test_an_old_name_does_not_make_an_old_article() -> None:
    """A new article in a deleted one's place gets a new id."""
    gone = settle(after=settle(item()))
    after = settle(item("items/permanence.md", *OTHER, title="Neuf"), after=gone)
    assert ids(after)["items/permanence.md"].endswith("-2")


def test_a_doubtful_case_is_said_and_not_guessed() -> None:
    """Two articles that are equally like a lost one are both new, and both are named."""
    before = settle(item())
    twins = [item(f"items/{name}.md", title="Titre de permanence") for name in "ab"]
    after = settle(*twins, after=before)
    assert codes(after) == ["identity-doubtful"] * 2
    assert not set(ids(after).values()) & set(ids(before).values())


def test_a_typing_mistake_mended_leaves_the_lock_alone() -> None:
    """`build --frozen` does not fail because a word was corrected."""
    before = settle(item())
    edited = item("items/permanence.md", "La permanence ouvre lundi.", *BODY[1:])
    for changed in (edited, replace(item(), title="Titre, corrigé")):
        assert settle(changed, after=before).lock == before.lock


def test_an_unreadable_article_is_not_gone() -> None:
    """An article that is left out for a mistake is not announced as removed."""
    before = settle(item())
    after = settle(after=before, left_out=["items/permanence.md"])
    assert after.removed == ()
    assert after.lock == before.lock


def test_two_articles_with_one_id_are_named() -> None:
    """The one that had the id keeps it, the other one is published under its own."""
    first = settle(item("items/b.md", id="urn:x:1"))
    after = settle(
        item("items/a.md", *OTHER, id="urn:x:1", lines=(("id", 4),)),
        item("items/b.md", id="urn:x:1"),
        after=first,
    )
    (problem,) = after.problems
    assert (problem.code, problem.path, problem.line) == ("id-duplicate", "items/a.md", 4)
    assert dict(problem.values)["other"] == "items/b.md"
    assert ids(after)["items/b.md"] == "urn:x:1"


def test_an_id_of_front_matter_wins() -> None:
    """A URI stays as it is; other text becomes a tag: URI that survives a new domain."""
    settled = settle(item(id="https://old.example/?p=12"))
    assert ids(settled) == {"items/permanence.md": "https://old.example/?p=12"}
    given = item(id="été 2026")
    settled = settle(given)
    assert ids(settled) == {"items/permanence.md": "tag:www.example.org,2000:%C3%A9t%C3%A9%202026"}
    moved = against([given], settled.lock, config("https://autre.example/"), NOW)
    assert ids(moved) == ids(settled)


def test_two_articles_with_one_page_are_named() -> None:
    """The older one has the page; the other one gets a number, and keeps it from then on."""
    items = [
        item("items/a/lettre.md", *OTHER, published=DAY + timedelta(days=1), lines=(("slug", 4),)),
        item("items/b/lettre.md", lines=(("slug", 3),)),
    ]
    settled = settle(*items)
    (problem,) = settled.problems
    assert (problem.code, problem.path) == ("page-duplicate", "items/a/lettre.md")
    assert problem.line == 4
    assert [each.page for each in settled.heads] == [
        "items/2026/03/lettre-2.html",
        "items/2026/03/lettre.html",
    ]
    assert settled.heads[0].url == CONFIG.site.url + "items/2026/03/lettre-2.html"
    alone = settle(items[0], after=settled)
    assert [each.page for each in alone.heads] == ["items/2026/03/lettre-2.html"]
    assert alone.problems == ()


def test_a_former_address_leads_to_the_present_one() -> None:
    """Old pages redirect to where the article is now, whatever lies between."""
    settled = settle(item())
    for slug in ("un", "deux"):
        settled = settle(item(slug=slug), after=settled)
    target = item(slug="deux").url
    assert settled.redirects == (
        ("items/2026/03/permanence.html", target),
        ("items/2026/03/un.html", target),
    )
    assert settle(item(), after=settled).redirects == (
        ("items/2026/03/deux.html", item().url),
        ("items/2026/03/un.html", item().url),
    )


def test_a_draft_is_not_remembered_before_it_is_published() -> None:
    """The lock holds what readers were shown; a published article made a draft is announced."""
    assert settle(item(draft=True)).lock.records == {}
    before = settle(item())
    hidden = settle(item(draft=True), after=before)
    assert [each.id for each in hidden.removed] == [ids(before)["items/permanence.md"]]
    again = settle(item(), after=hidden)
    assert ids(again) == ids(before)
    assert again.lock == before.lock


def test_time_alone_does_not_change_the_lock() -> None:
    """A scheduled item that appears and one that expires leave the lock as it is."""
    items = [
        item("items/a.md", published=NOW + timedelta(days=2)),
        item("items/b.md", *OTHER, expires=NOW + timedelta(days=2)),
    ]
    before = settle(*items)
    later = settle(*items, after=before, now=NOW + timedelta(days=9))
    assert later.lock == before.lock
    assert [each.when for each in later.removed] == [NOW + timedelta(days=2)]


DAMAGED = {
    "no header": ("", "tag:a,2026:x items/x.md\n", "lock-damaged", 1),
    "empty": ("", "", "lock-damaged", 1),
    "cut": ("h", "tag:a,2026:x items/x.md 2026-03\n", "lock-damaged", 2),
    "no such day": ("h", "tag:a,2026:x x.md 2026-02-30T00:00:00Z 00000000 - - - - -\n", "lock-damaged", 2),
    "newer": ("", "# newsfeed.lock 9: something\n", "lock-newer", 1),
    "merge": ("h", "<<<<<<< HEAD\n=======\n>>>>>>> x\n", "lock-conflict", 2),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED.values(), ids=DAMAGED)
def test_a_bad_lock_is_refused(case: tuple[str, str, str, int]) -> None:
    """What cannot be read safely stops the build, with the line and the cure."""
    header, text, code, line = case
    if header:
        text = identity.dump(identity.Lock()) + text
    with pytest.raises(ConfigError) as caught:
        identity.parse(text)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.line) == (code, FILE, line)
    for language in ("en", "fr"):
        assert all(problem.words(language))


def test_two_lines_for_one_id_are_refused() -> None:
    """Both lines are named: the first and the second."""
    text = identity.dump(settle(item()).lock)
    with pytest.raises(ConfigError) as caught:
        identity.parse(text + text.splitlines()[2] + "\n")
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == ("lock-duplicate", 4)
    assert dict(problem.values)["first"] == "3"


def test_every_problem_has_words() -> None:
    """The codes used here stand in the table."""
    assert {"id-duplicate", "id-changed", "identity-doubtful", "page-duplicate"} <= RULES.keys()


def merged(base: Settled, ours: Settled, theirs: Settled) -> str:
    """Return the locks merged line by line, as git does where two branches met."""
    before, one, two = (
        identity.dump(each.lock).splitlines(keepends=True) for each in (base, ours, theirs)
    )
    kept = [line for line in one if line in two or line not in before]
    return "".join([*kept, *(line for line in two if line not in (*before, *kept))])


def test_two_branches_meet() -> None:
    """Lines of both sides side by side: nobody's rename, removal or new article is lost."""
    start = [item(f"items/{n}.md", f"Un {n}.", f"Deux {n}.", f"Trois {n}.") for n in range(6)]
    base = settle(*start)
    new = [item(f"items/new-{n}.md", f"Neuf {n}.", f"Dix {n}.") for n in range(4)]
    renamed = replace(start[0], path="items/renamed.md")
    ours = settle(renamed, *start[1:], *new[:2], after=base)
    theirs = settle(*start[:4], start[5], *new[2:], after=base)
    lock = identity.parse(merged(base, ours, theirs))
    together = [renamed, *start[1:4], start[5], *new]
    after = against(together, lock, CONFIG, NOW)
    assert after.lock == lock
    assert after.problems == ()
    assert ids(after)["items/renamed.md"] == ids(base)["items/0.md"]
    assert [each.id for each in after.removed] == [ids(base)["items/4.md"]]


def test_the_same_article_made_on_two_branches_is_one() -> None:
    """Two branches that minted the same id for different files: refused, and the cure works."""
    ours, theirs = settle(item("items/a/x.md")), settle(item("items/b/x.md", *OTHER))
    text = merged(settle(), ours, theirs)
    with pytest.raises(ConfigError) as caught:
        identity.parse(text)
    (problem,) = caught.value.problems
    lines = text.splitlines(keepends=True)
    del lines[problem.line - 1]
    after = against(
        [item("items/a/x.md"), item("items/b/x.md", *OTHER)],
        identity.parse("".join(lines)),
        CONFIG,
        NOW,
    )
    assert ids(after)["items/a/x.md"] == ids(ours)["items/a/x.md"]
    assert len(set(ids(after).values())) == 2


def test_an_id_taken_from_a_doubtful_case_brings_the_article_back() -> None:
    """What the message says to write makes it the old article again."""
    before = settle(item(), item("items/lettre.md", *OTHER))
    changed = item("items/autre.md", BODY[0], "Ceci.", "Cela.", title="Neuf", published=NOW)
    doubtful = settle(changed, item("items/lettre.md", *OTHER), after=before)
    (problem,) = doubtful.problems
    assert (problem.code, problem.path) == ("identity-doubtful", "items/autre.md")
    cure = dict(problem.values)["id"]
    after = settle(replace(changed, id=cure), item("items/lettre.md", *OTHER), after=doubtful)
    assert ids(after)["items/autre.md"] == ids(before)["items/permanence.md"]
    assert [each.id for each in after.removed] == [ids(doubtful)["items/autre.md"]]


def test_a_new_id_for_a_known_article_is_said() -> None:
    """Front matter wins, and the message names the id that readers know."""
    before = settle(item())
    after = settle(item(id="urn:x:2", lines=(("id", 3),)), after=before)
    (problem,) = after.problems
    assert (problem.code, problem.line) == ("id-changed", 3)
    assert dict(problem.values)["known"] == ids(before)["items/permanence.md"]
    assert ids(after)["items/permanence.md"] == "urn:x:2"


def test_an_id_removed_from_front_matter_stays() -> None:
    """The lock remembers what front matter once said."""
    before = settle(item(id="urn:x:2"))
    assert ids(settle(item(), after=before)) == ids(before)


def test_removed_items_are_announced_for_a_time() -> None:
    """From the build that missed them, for as many days as the configuration says."""
    site = config(more="[feeds]\nremoved_days = 10\n")
    lock = against([item()], None, site, NOW).lock
    gone = against([], lock, site, NOW)
    assert gone.next_change == NOW + timedelta(days=10)
    for days, count in ((0, 1), (9, 1), (10, 0)):
        later = against([], gone.lock, site, NOW + timedelta(days=days))
        assert len(later.removed) == count
        assert later.lock == gone.lock


def test_a_scheduled_article_that_was_never_shown_is_not_announced() -> None:
    """Nobody has seen it: its removal is no news."""
    before = settle(item(published=NOW + timedelta(days=5)))
    assert settle(after=before).removed == ()


@pytest.mark.parametrize(
    ("url", "slug", "expected"),
    [
        ("https://réseau.example/", "x", "tag:xn--rseau-bsa.example,2026-03-02:x"),
        ("http://localhost:8000/", "x", "tag:localhost,2026-03-02:x"),
        ("http://[::1]/", "x", "tag:--1,2026-03-02:x"),
        ("https://EXAMPLE.org/a/b/", "Œuvre & Co", "tag:example.org,2026-03-02:oeuvre-co"),
        ("https://example.org/", "健康", "tag:example.org,2026-03-02:%E5%81%A5%E5%BA%B7"),
    ],
)
def test_ids_are_ascii_whatever_the_site(url: str, slug: str, expected: str) -> None:
    """RFC 4151 allows ASCII alone: hosts become Punycode, slugs are percent-encoded."""
    settled = against([item(slug=slug)], None, config(url), NOW)
    assert [each.id for each in settled.heads] == [expected]


def test_accents_may_be_composed_either_way() -> None:
    """A Mac writes é as e and an accent: the same file, the same line."""
    one, two = item("items/e\u0301te\u0301.md", slug="x"), item("items/été.md", slug="x")
    assert settle(one).lock == settle(two).lock
    assert ids(settle(one, after=settle(two))) == {one.path: ids(settle(two))[two.path]}


def test_a_site_without_pages_leaves_the_pages_of_the_lock() -> None:
    """Switching pages off and on again redirects nothing."""
    site = config(more="[pages]\nenabled = false\n")
    before = settle(item())
    without = against([item(page="", url="https://x.example/")], before.lock, site, NOW)
    assert without.lock == before.lock
    assert without.redirects == ()
