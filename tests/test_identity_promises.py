"""What a reader is promised of ids, removals and redirects, at the edges where it is decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from newsfeed.identity.lockfile import dump, parse
from newsfeed.identity.matching import title_hash
from newsfeed.model import Person
from test_identity_settle import BODY, NOW, OTHER, against, codes, config, ids, item, settle

HOUR = timedelta(hours=1)


def test_of_two_claimants_the_published_one_has_the_id() -> None:
    """A draft that claims an id is told nothing, and takes nothing from who is published."""
    draft = item("items/a.md", *OTHER, id="urn:x:1", draft=True)
    shown = item("items/b.md", id="urn:x:1")
    settled = settle(draft, shown)
    assert ids(settled)["items/b.md"] == "urn:x:1"
    assert ids(settled)["items/a.md"] != "urn:x:1"
    assert codes(settled) == []


def test_an_id_that_another_article_has_is_not_taken() -> None:
    """The article of that id is there still, with its title: who claims it in front matter is told."""
    before = settle(item())
    known = ids(before)["items/permanence.md"]
    thief = item("items/lettre.md", *OTHER, id=known)
    after = settle(item(), thief, after=before)
    assert ids(after)["items/permanence.md"] == known
    assert codes(after) == ["id-duplicate"]


def test_an_id_may_be_given_to_who_took_the_place() -> None:
    """Another article lies in that place now, under another title: the claim is right."""
    before = settle(item())
    known = ids(before)["items/permanence.md"]
    moved = item("items/deplace.md", id=known)
    other = item("items/permanence.md", *OTHER, title="Tout autre chose")
    after = settle(moved, other, after=before)
    assert ids(after)["items/deplace.md"] == known
    assert ids(after)["items/permanence.md"] != known


def test_what_was_shown_for_a_while_is_announced() -> None:
    """An article that expired is announced from the instant on, for its days; a draft never is."""
    items = [
        item("items/now.md", expires=NOW),
        item("items/later.md", *OTHER, expires=NOW + HOUR),
        item("items/draft.md", "Un brouillon.", expires=NOW, draft=True),
        item("items/never.md", "Jamais paru.", published=NOW, expires=NOW - HOUR),
    ]
    settled = settle(*items)
    assert [each.url for each in settled.removed] == [items[0].url]
    later = settle(*items, now=NOW + HOUR)
    assert {each.url for each in later.removed} == {items[0].url, items[1].url}


@pytest.mark.parametrize(
    ("fields", "led"),
    [
        ({}, True),
        ({"published": NOW}, True),
        ({"published": NOW + HOUR}, False),
        ({"expires": NOW + HOUR}, True),
        ({"expires": NOW}, False),
        ({"draft": True}, False),
    ],
)
def test_a_redirect_leads_to_a_page_that_is_there(fields: dict[str, object], led: bool) -> None:
    """Nothing leads to an article before it appears, after it expired, or while it is a draft."""
    settled = settle(item(redirects=("/ancien.html",), **fields))
    expected = (("ancien.html", item(**fields).url),) if led else ()
    assert settled.redirects == expected


def test_the_page_of_a_draft_is_nobody_s_former_page_in_its_way() -> None:
    """An article moved away from a page that a draft wants: old readers are still led on."""
    before = settle(item())
    moved = item(slug="ailleurs")
    draft = item("items/autre.md", *OTHER, slug="permanence", draft=True)
    after = settle(moved, draft, after=before)
    assert after.redirects == (("items/2026/03/permanence.html", moved.url),)


def test_a_page_that_nobody_saw_is_not_redirected() -> None:
    """A scheduled article that changes its address has no former one."""
    before = settle(item(published=NOW + HOUR))
    after = settle(item(published=NOW + HOUR, slug="autre"), after=before)
    assert after.redirects == ()
    later = settle(item(published=NOW + HOUR, slug="autre"), after=after, now=NOW + 2 * HOUR)
    assert later.redirects == ()


def test_the_day_of_a_removal_does_not_move() -> None:
    """It was missed once: later builds leave the instant, and the lock, as they are."""
    gone = settle(after=settle(item()))
    later = settle(after=gone, now=NOW + timedelta(days=3))
    assert later.lock == gone.lock
    assert [each.when for each in later.removed] == [NOW]


def test_a_boilerplate_paragraph_makes_nobody_known() -> None:
    """Nine articles that share a paragraph and nothing else: a tenth one is new."""
    notice = "Ce contenu ne remplace pas un avis médical."
    items = [
        item(f"items/n{number}.md", notice, f"Paragraphe {number}.", f"Suite {number}.")
        for number in range(9)
    ]
    before = settle(*items)
    fresh = item("items/neuf.md", notice, title="Neuf")
    after = settle(*items[1:], fresh, after=before)
    assert ids(after)["items/neuf.md"] not in ids(before).values()
    assert codes(after) == []


def test_a_body_of_one_paragraph_is_recognised_by_its_name_and_title() -> None:
    """The only paragraph is rewritten, the file stays: the same article."""
    before = settle(item("items/bref.md", "Fermé lundi."))
    after = settle(item("items/bref.md", "Fermé mardi."), after=before)
    assert ids(after) == ids(before)


@pytest.mark.parametrize(
    "path",
    [
        "items/2026-03-02-permanence.md",
        "items/2026-03-02_permanence.md",
        "items/permanence/index.md",
        "items/permanence/_index.md",
        "items/autre/permanence.html",
    ],
)
def test_a_name_is_the_same_with_a_date_or_as_a_folder(path: str) -> None:
    """``2026-03-02-x.md`` and ``x/index.md`` are how other tools write ``x.md``."""
    before = settle(item())
    changed = item(path, BODY[0], "Un paragraphe neuf.", slug="permanence")
    after = settle(changed, after=before)
    assert ids(after)[path] == ids(before)["items/permanence.md"]


@pytest.mark.parametrize(
    ("change", "noted"),
    [
        ({"published": NOW}, {"published": "2026-11-01T08:00:00Z"}),
        ({"path": "items/x.md"}, {"path": "items/x.md"}),
        ({"slug": "x"}, {"page": "items/2026/03/x.html", "old": "items/2026/03/permanence.html"}),
        ({"title": "X", "sketch": ()}, {"title": title_hash("X"), "sketch": "-"}),
        ({"published": NOW + HOUR}, {"published": "2026-11-01T09:00:00Z"}),
    ],
)
def test_the_lock_notes_what_readers_see(change: dict[str, object], noted: dict[str, str]) -> None:
    """An article's file, its day, its title and text, its page and the pages that it had."""
    before = settle(item(page="items/2026/03/permanence.html"))
    page = "items/2026/03/x.html" if "slug" in change else "items/2026/03/permanence.html"
    after = settle(replace(item(page=page), **change), after=before)
    (record,) = after.lock.records.values()
    (known,) = before.lock.records.values()
    assert record == known._replace(**noted)


def test_a_page_that_another_article_has_is_nobody_s_former_one() -> None:
    """Whoever comes to it later reads what is there, also when that has gone."""
    before = settle(item(title="T"))
    moved = settle(item(slug="x", title="T"), after=before)
    place = item("items/neuf.md", *OTHER, slug="permanence")
    taken = settle(item(slug="x", title="T"), place, after=moved)
    assert [each.old for each in taken.lock.records.values()] == ["-", "-"]
    after = settle(item(slug="x", title="T"), after=taken)
    assert after.redirects == ()


def test_a_site_without_pages_notes_none() -> None:
    """Its lock reads back, and gains pages when they are switched on."""
    without = against([item(page="")], None, config(more="[pages]\nenabled = false\n"), NOW)
    assert [record.page for record in without.lock.records.values()] == ["-"]
    assert parse(dump(without.lock)) == without.lock
    after = settle(item(), after=without)
    assert [record.page for record in after.lock.records.values()] == [item().page]
    assert after.redirects == ()


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("urn:x:1", "urn:x:1"),
        ("https://a.example/é?b#c", "https://a.example/é?b#c"),
        ("https://a.example/<x>{y}|`^\\", "https://a.example/%3Cx%3E%7By%7D%7C%60%5E%5C"),
        ("12", "tag:www.example.org,2000:12"),
        (" e\u0301té & nous ", "tag:www.example.org,2000:%C3%A9t%C3%A9%20%26%20nous"),
        ("https://a.example/a b", "tag:www.example.org,2000:https%3A//a.example/a%20b"),
        ("1:2", "tag:www.example.org,2000:1%3A2"),
    ],
)
def test_an_id_of_front_matter_is_a_uri(given: str, made: str) -> None:
    """To the letter where it is one (RFC 4287 §4.2.6.1); any other text stands below the site's name."""
    settled = settle(item(id=given))
    (head,) = settled.heads
    assert (head.id, head.guid) == (made, given)
    assert ids(settle(item(id=given), after=settled)) == ids(settled)


def test_an_id_that_was_escaped_once_stays_escaped() -> None:
    """An earlier newsfeed escaped every IRI: subscribers have it so."""
    escaped, written = "https://a.example/%C3%A9", "https://a.example/é"
    before = settle(item(id=escaped))
    assert ids(settle(item(id=written), after=before)) == ids(before)


def test_new_ids_differ_from_all_that_were() -> None:
    """Of one day and slug the second has a number, a draft comes last, and what is gone keeps its own."""
    items = [
        item(f"items/{name}/a.md", f"Texte {name}.", slug="a", draft=name == "a") for name in "abcd"
    ]
    settled = settle(*items)
    base = "tag:www.example.org,2026-03-02:a"
    assert ids(settled) == {
        "items/a/a.md": f"{base}-4",
        "items/b/a.md": base,
        "items/c/a.md": f"{base}-2",
        "items/d/a.md": f"{base}-3",
    }
    fresh = item("items/e/a.md", "Tout neuf.", "Et long.", title="Neuf", slug="a")
    after = settle(fresh, after=settle(after=settled))
    assert ids(after) == {"items/e/a.md": f"{base}-4"}


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://www.example.org/blog/", "www.example.org"),
        ("https://EXAMPLE.org/", "example.org"),
        ("https://été.example/", "xn--t-9fab.example"),
        ("https://straße.example/", "xn--strae-oqa.example"),
        ("http://localhost:8000/", "localhost"),
    ],
)
def test_an_id_holds_the_site_s_host_in_ascii(url: str, authority: str) -> None:
    """A tag: URI has an ASCII host in small letters (RFC 4151 §2.1)."""
    (head,) = against([item(slug="日本")], None, config(url), NOW).heads
    assert head.id == f"tag:{authority},2026-03-02:%E6%97%A5%E6%9C%AC"


LINES = (("id", 3), ("slug", 4), ("redirects", 5), ("categories", 6), ("tags", 7), ("authors", 8))


def test_a_problem_is_said_at_the_line_of_its_field() -> None:
    """In the article that has to change, whatever the order in which they were read."""
    first = item(
        id="urn:a", lines=LINES, redirects=("/x.html",), categories=("Été",), tags=("Sein",)
    )
    known = settle(first, item("items/c.md", *OTHER, slug="c"))
    second = item(
        "items/z.md", "Un.", "Deux.", "Trois.", id="urn:a", slug="permanence", lines=LINES,
        redirects=("/x.html", "javascript:a"), categories=("été",), tags=("SEIN",), authors=(Person(name="ANA"),),
    )  # fmt: skip
    third = item(
        "items/c.md", *OTHER, slug="c", id="urn:other", lines=LINES, authors=(Person(name="Ana"),)
    )
    settled = settle(second, third, first, after=known)
    assert len(codes(settled)) == 8
    assert [(each.code, each.path, each.line) for each in settled.problems] == [
        ("id-changed", "items/c.md", 3),
        ("term-spellings", "items/c.md", 8),
        ("redirect-taken", "items/permanence.md", 5),
        ("id-duplicate", "items/z.md", 3),
        ("page-duplicate", "items/z.md", 4),
        ("redirect-unusable", "items/z.md", 5),
        ("term-spellings", "items/z.md", 6),
        ("term-spellings", "items/z.md", 7),
    ]


def test_an_escape_stays_as_it_is_in_an_id_that_was_made_of_it() -> None:
    """And accents are composed before they are escaped, as any program writes them."""
    for given, made in (
        ("https://a.example/<%20>", "https://a.example/%3C%20%3E"),
        ("https://a.example/<e\u0301>", "https://a.example/%3C%C3%A9%3E"),
    ):
        (head,) = settle(item(id=given)).heads
        assert head.id == made


def test_announcements_last_as_long_as_the_settings_say() -> None:
    """From the instant on, and not a moment longer; an article that was never shown is none."""
    site = config(more="[feeds]\nremoved_days = 100\n")
    before = settle(item(), item("items/later.md", *OTHER, published=NOW + HOUR))
    gone = against([], before.lock, site, NOW)
    assert [each.id for each in gone.removed] == [ids(before)["items/permanence.md"]]
    end = NOW + timedelta(days=100)
    assert gone.next_change == end
    last = against([], gone.lock, site, end - timedelta(seconds=1))
    assert last.removed == gone.removed
    assert against([], gone.lock, site, end).removed == ()


@pytest.mark.parametrize("keeper", ["items/a.md", "items/b.md"])
def test_of_two_that_claim_an_id_the_one_that_had_it_keeps_it(keeper: str) -> None:
    """Whichever comes first by name; a new claim goes by the name."""
    pair = [item("items/a.md", id="urn:x"), item("items/b.md", *OTHER, id="urn:x")]
    had = settle(next(each for each in pair if each.path == keeper))
    after = settle(*pair, after=had)
    assert ids(after)[keeper] == "urn:x"
    assert [each.path for each in after.problems] == [
        each.path for each in pair if each.path != keeper
    ]
    assert ids(settle(*pair))["items/a.md"] == "urn:x"
