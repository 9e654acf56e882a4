"""What a reader is promised of ids, removals and redirects, at the edges where it is decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from newsfeed.diagnostics import ConfigError
from newsfeed.identity.former import Former
from newsfeed.identity.lock_lines import Record, Term
from newsfeed.identity.lockfile import Lock, archived, difference, dump, parse, with_archived
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


def test_archive_marks_have_one_order() -> None:
    """Two machines close pages of two feeds in another order: the same line."""
    lock = settle(item()).lock
    (key,) = lock.records
    one = with_archived(with_archived(lock, {"": {key: 1}}), {"categories/a/": {key: 2}})
    two = with_archived(with_archived(lock, {"categories/a/": {key: 2}}), {"": {key: 1}})
    assert dump(one) == dump(two)


HEADER = dump(Lock())
GOOD = "tag:a,2026:x x.md 2026-02-03T00:00:00Z 00000000 0123456789abcdef x.html - - -"
WORSE = {
    "an odd number of figures": GOOD.replace("0123456789abcdef", "0123456789abcde"),
    "half a hash": GOOD.replace("0123456789abcdef", "0123456789ab"),
    "capital figures": GOOD.replace("abcdef", "ABCDEF"),
    "an instant of no zone": GOOD.replace("00:00Z ", "00:00+ "),
    "an instant with a space's sign": GOOD.replace("03T00", "03_00"),
    "an empty field": GOOD.replace(" x.html ", "  "),
    "an id that is no URI": GOOD.replace("tag:a,2026:x", "x"),
    "no title": GOOD.replace(" 00000000 ", " - "),
    "a page of an archive without a number": GOOD[:-1] + "0:",
    "a field too many": f"{GOOD} -",
    "a broken escape": GOOD.replace("x.html", "%FF.html"),
}


@pytest.mark.parametrize("line", WORSE.values(), ids=WORSE)
def test_a_line_that_we_did_not_write_is_refused(line: str) -> None:
    """Nothing is guessed from a damaged line: it is named with its number."""
    assert len(parse(f"{HEADER}{GOOD}\n").records) == 1
    with pytest.raises(ConfigError) as error:
        parse(f"{HEADER}{GOOD}\n{line}\n")
    (problem,) = error.value.problems
    assert (problem.code, problem.line) == ("lock-damaged", 3)


def test_a_lock_that_is_damaged_throughout_is_not_said_line_by_line() -> None:
    """Twenty lines are enough to see what happened."""
    with pytest.raises(ConfigError) as error:
        parse(HEADER + "x\n" * 500)
    assert len(error.value.problems) == 20


def test_a_separator_of_lines_in_a_name_does_not_part_one() -> None:
    """U+2028 and U+0085 end a line for some editors: they are written as escapes."""
    path = "items/a\u2028b\x85c.md"
    settled = settle(replace(item(), path=path))
    text = dump(settled.lock)
    assert [line.split()[0] for line in text.splitlines()] == ["#", "feeds", *settled.lock.records]
    assert parse(text) == settled.lock


def test_an_empty_lock_is_a_lock() -> None:
    """A site without articles has one, and reads it back."""
    assert parse(dump(Lock())) == Lock()


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


def test_what_is_said_of_the_lock_stays_at_its_line() -> None:
    """Two branches gave one address to two terms: the line of the second is named."""
    rows = [f"term tag a {label} 2026-01-0{day}T00:00:00Z -" for day, label in enumerate("AB", 1)]
    lock = parse("\n".join([HEADER.strip(), *rows]))
    settled = against([item()], lock, config(more='[feeds]\nper = ["tag"]\n'), NOW)
    assert codes(settled) == ["lock-shared"]
    assert [(each.code, each.path, each.line) for each in settled.problems] == [
        ("lock-shared", "newsfeed.lock", 3)
    ]


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


def test_a_lock_is_of_the_least_version_that_knows_its_lines() -> None:
    """An earlier newsfeed reads what it can."""
    record = {"tag:a,2026:x": Record("tag:a,2026:x", "x.md", "2026-02-03T00:00:00Z", "0" * 8, "-")}
    term = {("tag", "a"): Term("tag", "a", "A b", "2026-02-03T00:00:00Z")}
    former = {"urn:a": Former("urn:a", "a.html", "b.html")}
    for lock, version in (
        (Lock(), 1),
        (Lock(records=record), 1),
        (Lock(terms=term), 2),
        (Lock(records=record, feeds="https://a.example/"), 2),
        (Lock(terms=term, former=former), 3),
    ):
        text = dump(lock)
        assert text.startswith(f"# newsfeed.lock {version}: ")
        assert parse(text) == lock
    text = dump(Lock(records=record, terms=term, former=former, feeds="https://a.example/"))
    assert text.splitlines()[1:] == [
        "feeds https://a.example/",
        "former urn:a a.html b.html - - -",
        "tag:a,2026:x x.md 2026-02-03T00:00:00Z 00000000 - - - - -",
        "term tag a A%20b 2026-02-03T00:00:00Z -",
    ]
    assert difference(text, text) == (5, [])
    assert difference(text, text.replace("A%20b", "A")) == (5, ["A", "A b"])
    assert difference(text, text.replace("b.html", "c.html")) == (3, ["urn:a"])
    assert difference(text, text.replace("//a.", "//b.")) == (2, [])
    assert difference("", text) == (1, ["A b", "urn:a", "x.md"])


@pytest.mark.parametrize(
    ("closed", "is_read"),
    [("1:", True), ("1:,2:a/", True), ("10001:", True), ("10004:", False), ("0:", False), ("01:", False), ("1:,", False), ("1", False)],
)  # fmt: skip
def test_a_page_of_an_archive_is_one_that_can_be(closed: str, is_read: bool) -> None:
    """Its number is not far above that of all articles: a build would write every page below it."""
    for name in ("x.md", "x%20y.md"):
        text = f"{HEADER}{GOOD.replace('x.md', name)[:-1]}{closed}\n"
        if is_read:
            assert archived(parse(text))[""] == {"tag:a,2026:x": int(closed.partition(":")[0])}
        else:
            with pytest.raises(ConfigError):
                parse(text)


@pytest.mark.parametrize("mark", ["<<<<<<< ours", "=======", ">>>>>>> theirs", "||||||| base"])
def test_a_merge_that_is_not_finished_is_said_at_its_line(mark: str) -> None:
    for text, line in ((f"{HEADER}{GOOD}\n{mark}\n", 3), (f"{mark}\n{HEADER}", 1)):
        with pytest.raises(ConfigError) as error:
            parse(text)
        assert [(each.code, each.line) for each in error.value.problems] == [
            ("lock-conflict", line)
        ]


def test_a_lock_of_a_newer_version_is_said_with_both() -> None:
    for version in ("4", "12"):
        with pytest.raises(ConfigError) as error:
            parse(f"{HEADER}# newsfeed.lock {version}: x\n")
        (problem,) = error.value.problems
        assert (problem.code, problem.line) == ("lock-newer", 2)
        assert dict(problem.values) == {"version": version, "ours": "3"}
