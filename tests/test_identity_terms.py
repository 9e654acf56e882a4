"""The address of a category, tag or author, once given, is never another's."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from command import newsfeed, site
from newsfeed import config as configuration
from newsfeed.build.remembered_articles import head_of
from newsfeed.diagnostics import ConfigError
from newsfeed.identity import settle as identity
from newsfeed.identity.lock_lines import Term
from newsfeed.identity.lockfile import Lock
from newsfeed.identity.settle import Settled
from newsfeed.identity.terms import remember
from newsfeed.model import Head, Item, Person
from newsfeed.site.items import Items
from newsfeed.site.plan import Plan, plan
from newsfeed.text.slugs import folded

SETTINGS = '[site]\ntitle = "T"\nurl = "https://www.example.org/"\n[feeds]\nper = ["tag"]\n'
CONFIG = configuration.parse(SETTINGS)
NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)
DAY = datetime(2026, 3, 2, tzinfo=UTC)
# Names whose slugs meet, in kinds of spellings that do and do not make them one.
NAMES = [
    "C", "c", "C#", "c#", "C++", "c++", "C--", "C.", "c-2", "été", "Été", "ETE", "ete", "e\u0301te\u0301",
    "ete!", "Q&A", "Q A", "q-a", "œuf", "oeuf", "Œuf", "日本", "日 本", "-", "--", "!", "n-3c456de6",
    "a b", "a  b", "A-B", "й", "и", "c-6f1ca842", "c-ad6e5be9", "straße", "strasse",
]  # fmt: skip


@lru_cache(maxsize=4096)
def _head(name: str, tags: tuple[str, ...], **fields: Any) -> Head:
    page = f"items/{name}.html"
    values: dict[str, Any] = {"published": DAY, **fields}
    item = Item(
        path=f"items/{name}.md", title=name, slug=name, url=CONFIG.site.url + page, page=page,
        language="en", sketch=(hash_of(name),), tags=tags, **values,
    )  # fmt: skip
    return head_of(item, name)


def hash_of(name: str) -> int:
    return int(name[1:]) + 1


def _settled(
    articles: Mapping[str, Iterable[str]], lock: Lock | None, now: datetime = NOW
) -> Settled:
    heads = [_head(name, tuple(tags)) for name, tags in articles.items()]
    return identity.settle(heads, lock, CONFIG, now)


def _plan(settled: Settled, now: datetime = NOW) -> Plan:
    def never(path: str) -> Item:
        raise AssertionError(path)

    return plan(Items(settled.heads, never), now, terms=settled.terms)


def _changed(rng: random.Random, articles: dict[str, list[str]]) -> None:
    """Do to a site what authors do: add, delete, tag, untag, respell, bring back."""
    what = rng.randrange(5)
    name = f"a{rng.randrange(6)}"
    if what == 0 or name not in articles:
        articles[name] = rng.sample(NAMES, rng.randint(0, 4))
    elif what == 1:
        del articles[name]
    elif what == 2:
        articles[name] = [*articles[name], rng.choice(NAMES)]
    elif what == 3 and articles[name]:
        articles[name].pop(rng.randrange(len(articles[name])))
    else:
        articles[name] = [rng.choice([t.upper(), t.lower(), t.title()]) for t in articles[name]]


def test_an_address_never_changes_hands() -> None:
    """2,000 random lives: an address once given is never another term's, and no term's changes."""
    for seed in range(2000):
        _live(random.Random(seed), seed)


def _live(rng: random.Random, seed: int) -> None:
    articles: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    addresses: dict[str, str] = {}
    lock = Lock()
    now = NOW
    for _ in range(rng.randint(3, 9)):
        for _ in range(rng.randint(1, 3)):
            _changed(rng, articles)
        now += timedelta(days=rng.randint(0, 60))
        heads = [_head(name, tuple(tags)) for name, tags in articles.items()]
        terms = remember(heads, lock.terms, CONFIG, now, whole=True)
        borne = {folded(tag) for tags in articles.values() for tag in tags}
        given = {key: slug for key, slug in terms.slugs["tag"].items() if key in borne}
        assert given.keys() == borne
        for key, slug in given.items():
            assert owners.setdefault(slug, key) == key, seed
            assert addresses.setdefault(key, slug) == slug, seed
        for gone in terms.vanished:
            assert owners[gone.slug] == folded(gone.label) and folded(gone.label) not in borne
        text = identity.dump(replace(lock, terms=terms.lines))
        lock = identity.parse(text)
        assert lock.terms == terms.lines


def test_what_is_remembered_is_what_is_planned() -> None:
    """The groups of a site have the addresses of the lock, and the same files change no line."""
    for seed in range(30):
        rng = random.Random(seed)
        articles: dict[str, list[str]] = {}
        lock: Lock | None = None
        for _ in range(6):
            _changed(rng, articles)
            settled = _settled(articles, lock)
            known = settled.terms.slugs["tag"]
            groups = [group for group in _plan(settled).groups if group.kind == "tag"]
            assert {folded(g.label): g.slug for g in groups}.items() <= known.items()
            assert {folded(g.label) for g in groups} == {
                folded(tag) for tags in articles.values() for tag in tags
            }
            text = identity.dump(settled.lock)
            lock = identity.parse(text)
            assert lock == settled.lock
            later = identity.settle(settled.heads, lock, CONFIG, NOW + timedelta(days=1))
            assert identity.dump(later.lock) == text


def test_the_order_of_articles_does_not_matter() -> None:
    rng = random.Random(7)
    for _ in range(50):
        articles = {f"a{at}": rng.sample(NAMES, 3) for at in range(6)}
        order = list(articles)
        rng.shuffle(order)
        first = identity.dump(_settled(articles, None).lock)
        assert identity.dump(_settled({n: articles[n] for n in order}, None).lock) == first


@pytest.mark.parametrize(
    ("branches", "slugs"),
    [
        ([["C#"], ["C++"]], {"C#": "c", "C++": "c-6f1ca842"}),
        ([["C++"], ["C#"], ["C"]], {"C": "c", "C#": "c-ad6e5be9", "C++": "c-6f1ca842"}),
        ([["Q&A"], ["q-a"], ["Go"]], {"Q&A": "q-a", "q-a": "q-a-b0edd054", "Go": "go"}),
    ],
)
def test_branches_that_gave_one_address_to_two_terms(
    branches: list[list[str]], slugs: dict[str, str]
) -> None:
    """In whatever order they are merged one term keeps it, the others get their own, and it is said once."""
    texts = [identity.dump(_settled({"a1": tags}, None).lock) for tags in branches]
    everything = {f"a{at}": tags for at, tags in enumerate(branches, 1)}
    for order in itertools.permutations(texts):
        lock = identity.parse(_merged(*order))
        assert {term.label: term.slug for term in lock.terms.values()} == slugs
        assert {problem.code for problem in lock.problems} == {"lock-shared"}
        after = _settled(everything, lock)
        assert lock.problems[0] in after.problems
        text = identity.dump(after.lock)
        assert text != _merged(*order)
        again = identity.parse(text)
        assert again == after.lock and not again.problems


def test_the_term_that_was_shown_first_keeps_the_address() -> None:
    first = [_head("a1", ("C++",), published=DAY - timedelta(days=9))]
    one = identity.dump(identity.settle(first, None, CONFIG, NOW).lock)
    other = identity.dump(_settled({"a2": ["C#"]}, None).lock)
    terms = identity.parse(_merged(other, one)).terms.values()
    assert {term.slug: term.label for term in terms}["c"] == "C++"


@pytest.mark.parametrize(("known", "other"), [("ete", "Été"), ("Été", "ete"), ("go", "Go")])
def test_of_equals_the_spelling_that_is_known_stays(known: str, other: str) -> None:
    """A feed's title changes when most articles have another spelling, and not before."""
    articles = {"a1": [known]}
    lock = _settled(articles, None).lock
    for name in ("a2", "a3"):
        articles[name] = [other]
        settled = _settled(articles, lock)
        lock = settled.lock
        shown = other if name == "a3" else known
        assert [group.label for group in _plan(settled).groups if group.kind == "tag"] == [shown]
        said = [p for p in settled.problems if p.code == "term-spellings"]
        assert [dict(p.values)["other"] for p in said] == [shown]


def test_a_category_and_a_tag_of_one_name_have_their_own_addresses() -> None:
    """C++ is the only category, and one of two tags: neither takes the other's address."""
    heads = [
        _head("a1", ("C#",)),
        _head("a2", ("C++",), categories=("C++",), authors=(Person(name="C++"),)),
    ]
    slugs = remember(heads, {}, CONFIG, NOW, whole=True).slugs
    assert slugs == {
        "category": {"c++": "c"},
        "tag": {"c#": "c-ad6e5be9", "c++": "c-6f1ca842"},
        "author": {"c++": "c"},
    }


def test_of_two_addresses_of_one_term_the_shorter_is_its_own() -> None:
    """Two branches gave it one each: of two as long, the first."""
    for slugs, own in ((("zz", "abc"), "zz"), (("ab", "aa"), "aa")):
        lines = {("tag", slug): Term("tag", slug, "X", "2026-01-01T00:00:00Z") for slug in slugs}
        for order in (lines, dict(reversed(lines.items()))):
            known = remember([_head("a1", ("X",))], order, CONFIG, NOW, whole=True)
            assert known.slugs["tag"] == {"x": own}


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        ("2026-11-01T08:00:00Z", "2026-11-01T08:00:00Z"),
        ("2026-11-01T08:00:01Z", "2026-03-02T00:00:00Z"),
        ("2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
    ],
)
def test_when_a_term_was_shown_first_is_history_from_that_instant_on(first: str, kept: str) -> None:
    """What was to come may come earlier; what has been stays, whatever articles say of their dates."""
    line = Term("tag", "x", "X", first)
    known = remember([_head("a1", ("X",))], {("tag", "x"): line}, CONFIG, NOW, whole=True)
    assert known.lines == {("tag", "x"): line._replace(first=kept)}


def test_a_new_term_is_spelt_as_most_do_or_with_its_accents() -> None:
    for spellings, label in (
        (("ete", "Été", "eté"), "Été"),
        (("ete", "Été", "ete"), "ete"),
        (("go", "Go"), "Go"),
    ):
        heads = [_head(f"a{at}", (each,)) for at, each in enumerate(spellings)]
        known = remember(heads, {}, CONFIG, NOW, whole=True)
        assert [line.label for line in known.lines.values()] == [label]
        said = {(p.path, *dict(p.values).values()) for p in known.problems}
        assert said == {
            (f"items/a{spellings.index(each)}.md", each, label, "tag")
            for each in spellings
            if each != label
        }


def test_a_term_is_missed_where_every_article_was_read() -> None:
    """Where one could not be read, nobody can say that none bears it; and it is missed once."""
    line = Term("tag", "x", "X", "2026-01-01T00:00:00Z")
    for whole, missed in ((True, "2026-11-01T08:00:00Z"), (False, "-")):
        known = remember([], {("tag", "x"): line}, CONFIG, NOW, whole=whole)
        assert known.lines["tag", "x"].missed == missed
        later = remember([], known.lines, CONFIG, NOW + timedelta(days=9), whole=False)
        assert later.lines == known.lines
        back = remember([_head("a1", ("x",))], later.lines, CONFIG, NOW, whole=whole)
        assert back.lines == {("tag", "x"): line}


def test_branches_that_know_one_term_agree() -> None:
    """A term is there if either branch has it; its name is the one that comes first."""
    ours = _settled({"a1": ["été"]}, None)
    gone = _settled({"a2": []}, ours.lock)
    theirs = _settled({"a1": ["ETE"]}, None)
    lock = identity.parse(_merged(identity.dump(gone.lock), identity.dump(theirs.lock)))
    assert list(lock.terms.values()) == [Term("tag", "ete", "ETE", "2026-03-02T00:00:00Z")]


def _merged(*locks: str) -> str:
    """Return what ``merge=union`` makes of the terms of some locks."""
    lines = [line for text in locks for line in text.splitlines(keepends=True)]
    return "".join(dict.fromkeys(line for line in lines if line.startswith(("#", "term"))))


@pytest.mark.parametrize(
    "line",
    [
        "term tag ../x C 2026-01-01T00:00:00Z -",
        "term tag a/b C 2026-01-01T00:00:00Z -",
        "term tag . C 2026-01-01T00:00:00Z -",
        "term tag c C 2026-01-01 -",
        "term tag c C - -",
        "term word c C 2026-01-01T00:00:00Z -",
        "term tag c",
        "term tag c  2026-01-01T00:00:00Z -",
        "feeds javascript:alert(1)",
        "feeds https://a.example/ b",
    ],
)
def test_a_line_that_nobody_wrote_is_refused(line: str) -> None:
    with pytest.raises(ConfigError) as error:
        identity.parse(f"# newsfeed.lock 2: x\n{line}\n")
    assert [(p.code, p.line) for p in error.value.problems] == [("lock-damaged", 2)]


def test_time_alone_changes_no_line() -> None:
    """What is scheduled has its terms from the first build on, what expires keeps them."""
    heads = [
        _head("a1", ("C#",), expires=NOW + timedelta(days=5)),
        _head("a2", ("C++",), published=NOW + timedelta(days=9)),
        _head("a3", ("C",), draft=True),
    ]
    lock = identity.settle(heads, None, CONFIG, NOW).lock
    assert {term.label for term in lock.terms.values()} == {"C#", "C++"}
    for days in range(0, 400, 3):
        later = identity.settle(heads, lock, CONFIG, NOW + timedelta(days=days))
        assert identity.dump(later.lock) == identity.dump(lock)


def test_a_vanished_term_is_announced_for_a_while() -> None:
    """Its feed says so for `feeds.removed_days`, and not before or without articles of its own."""
    first = _settled({"a1": ["C#"], "a2": ["Go"]}, None)
    gone = _settled({"a2": ["Go"]}, first.lock)
    assert [each.label for each in gone.terms.vanished] == ["C#"]
    assert gone.next_change == NOW + timedelta(days=90)
    later = _settled({"a2": ["Go"]}, gone.lock, NOW + timedelta(days=90))
    assert not later.terms.vanished
    secret = [_head("a1", ("Secret",), published=NOW + timedelta(days=9))]
    planned = identity.settle(secret, None, CONFIG, NOW)
    assert not identity.settle([], planned.lock, CONFIG, NOW).terms.vanished


@pytest.mark.parametrize("days", [(5, 3), (3, 5), (3, 5, 4)])
def test_a_term_is_gone_with_the_last_of_its_articles(days: tuple[int, ...]) -> None:
    """In whatever order they expire; where one stays, it is never gone."""
    heads = [
        _head(f"a{number}", ("C#",), expires=NOW + timedelta(days=day))
        for number, day in enumerate(days)
    ]
    lock = identity.settle(heads, None, CONFIG, NOW).lock
    staying = [*heads, _head("a9", ("c#",))]
    for day, said in ((3, []), (4, []), (5, ["C#"]), (94, ["C#"]), (95, [])):
        at = NOW + timedelta(days=day)
        found = identity.settle(heads, lock, CONFIG, at).terms.vanished
        assert [each.label for each in found] == said
        assert not identity.settle(staying, lock, CONFIG, at).terms.vanished


def test_a_site_without_addresses_of_terms_remembers_none() -> None:
    off = configuration.parse(
        '[site]\ntitle = "T"\nurl = "https://www.example.org/"\n[pages]\nenabled = false\n'
    )
    assert not identity.settle([_head("a1", ("C#",))], None, off, NOW).lock.terms


def _write(folder: Path, name: str, *tags: str) -> None:
    listed = json.dumps(tags, ensure_ascii=False)
    text = f"---\ntitle: {name}\ndate: 2026-01-02\ntags: {listed}\n---\nB {name}\n"
    (folder / "items" / f"{name}.md").write_text(text, "utf-8")


def _addresses(folder: Path) -> dict[str, str]:
    """Return the address of each tag's feed, by the title and the ids that it bears."""
    found = {}
    for file in (folder / "public" / "tags").glob("*/feed.json"):
        feed = json.loads(file.read_text("utf-8"))
        found[feed["title"].partition(" – ")[2]] = file.parent.name
    return found


def test_subscribers_keep_their_feed(tmp_path: Path) -> None:
    """C#, then C++, then C, then back: through the command, in every format."""
    folder = site(tmp_path, {}, SETTINGS)
    _write(folder, "a", "C#")
    assert newsfeed("build", "--now", "2026-06-01", cwd=folder).returncode == 0
    first = _addresses(folder)
    assert first == {"C#": "c"}
    _write(folder, "b", "C++", "été")
    frozen = newsfeed("build", "--frozen", "--now", "2026-06-02", cwd=folder)
    assert frozen.returncode == 1 and "newsfeed.lock" in frozen.stderr
    newsfeed("build", "--now", "2026-06-02", cwd=folder)
    _write(folder, "c", "C", "Été")
    done = newsfeed("build", "--now", "2026-06-03", cwd=folder)
    assert "[term-spellings]" in done.stderr
    known = _addresses(folder)
    assert known["C#"] == "c" and len({known["C#"], known["C++"], known["C"]}) == 3
    assert {name for name in known if folded(name) == "ete"} == {"été"}
    (folder / "items" / "a.md").unlink()
    newsfeed("build", "--now", "2026-06-04", cwd=folder)
    assert _addresses(folder) == known
    for name in ("atom.xml", "rss.xml", "feed.json"):
        assert "No article bears “C#” any more" in (
            folder / "public" / "tags" / "c" / name
        ).read_text("utf-8")
    assert "tags/c/" not in (folder / "public" / "feeds.opml").read_text("utf-8")
    frozen = newsfeed("build", "--frozen", "--now", "2026-06-05", cwd=folder)
    assert frozen.returncode == 0, frozen.stderr
    newsfeed("build", "--now", "2026-12-01", cwd=folder)
    assert "c" not in _addresses(folder).values()
    _write(folder, "d", "c#")
    newsfeed("build", "--now", "2026-12-02", cwd=folder)
    assert _addresses(folder)["c#"] == "c"


def test_time_alone_moves_no_feed(tmp_path: Path) -> None:
    """The only article on C++ expires: C# stays where it is, and the feed of C++ says so."""
    folder = site(tmp_path, {}, SETTINGS)
    _write(folder, "a", "C#")
    _write(folder, "b", "C++")
    file = folder / "items" / "b.md"
    file.write_text(file.read_text("utf-8").replace("tags:", "expires: 2026-05-01\ntags:"), "utf-8")
    newsfeed("build", "--now", "2026-04-01", cwd=folder)
    before = _addresses(folder)
    done = newsfeed("build", "--frozen", "--now", "2026-06-01", cwd=folder)
    assert done.returncode == 0 and _addresses(folder) == before
    feed = json.loads((folder / "public" / "tags" / before["C++"] / "feed.json").read_text("utf-8"))
    assert feed["items"] == [] and "C++" in feed["description"]


def test_the_ids_of_feeds_stay_through_a_change_of_domain(tmp_path: Path) -> None:
    """`atom:id` and `podcast:guid` are minted once; another domain, scheme or folder changes none."""
    episode = "---\ntitle: E\ndate: 2026-01-02\ntags: [Son]\nenclosure: e.mp3\n---\nB\n"
    folder = site(tmp_path, {"e.md": episode, "e.mp3": b"ID3" + bytes(500)}, SETTINGS)
    newsfeed("build", "--now", "2026-06-01", cwd=folder)
    first = _feed_ids(folder)
    assert first[0] == "https://www.example.org/"
    for url in ("https://news.example.net/", "http://www.example.org/", "https://a.example/blog/"):
        settings = SETTINGS.replace("https://www.example.org/", url)
        (folder / "newsfeed.toml").write_text(settings, "utf-8")
        assert newsfeed("build", "--frozen", "--now", "2026-06-01", cwd=folder).returncode == 0
        assert _feed_ids(folder) == first
    assert "\nfeeds https://www.example.org/\n" in (folder / "newsfeed.lock").read_text("utf-8")


def _feed_ids(folder: Path) -> list[str]:
    found = []
    for name in ("", "tags/son/"):
        atom = (folder / "public" / name / "atom.xml").read_text("utf-8")
        rss = (folder / "public" / name / "rss.xml").read_text("utf-8")
        found.append(atom.partition("<id>")[2].partition("</id>")[0])
        found.append(rss.partition("<podcast:guid>")[2].partition("</podcast:guid>")[0])
    return found


def test_an_old_lock_is_read_as_it_is() -> None:
    """A lock without terms is one of version 1: its records stay, its terms are given anew."""
    text = (
        "# newsfeed.lock 1: what readers know of each article.\n"
        "tag:www.example.org,2026-03-02:a1 items/a1.md 2026-03-02T00:00:00Z 4ad0cf31 00000002 "
        "items/a1.html - - -\n"
    )
    lock = identity.parse(text)
    assert identity.dump(lock).startswith("# newsfeed.lock 1:")
    after = _settled({"a1": ["C#"]}, lock)
    assert [head.id for head in after.heads] == ["tag:www.example.org,2026-03-02:a1"]
    assert [term.slug for term in after.lock.terms.values()] == ["c"]
