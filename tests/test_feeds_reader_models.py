"""What subscribers see of a change: models of feed readers, two of them held to the real ones."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import histories
from command import newsfeed
from newsfeed.diagnostics import Diagnostic
from newsfeed.feeds import published, reader_models
from newsfeed.feeds.published import Document, Published
from test_feeds_readers import Newsboat
from test_moving_init import tools_path

HISTORIES = int(os.environ.get("NEWSFEED_HISTORIES", "5"))
"""How many random histories of each program the real readers are asked about: `make histories`."""
Entry = dict[str, str]


def entry(number: int, **changes: str) -> Entry:
    plain = {
        "id": f"tag:example.org,2026:{number}",
        "link": f"https://example.org/{number}/",
        "title": f"Title {number}",
        "date": f"2026-01-{number:02}T09:00:00Z",
        "content": f"<p>What article {number} says at some length, so that it is its own.</p>",
    }
    return plain | changes


def atom(*entries: Entry, gone: tuple[str, ...] = ()) -> bytes:
    parts = [
        f"<entry><id>{escape(each['id'])}</id><title>{escape(each['title'])}</title>"
        f'<link href="{escape(each["link"])}"/><updated>{each["date"]}</updated>'
        f'<content type="html">{escape(each["content"])}</content></entry>'
        for each in entries
    ]
    parts += [f'<t:deleted-entry ref="{ref}" when="2026-02-01T00:00:00Z"/>' for ref in gone]
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/atompub/tombstones/1.0">'
        f"<id>urn:x</id><title>T</title><updated>2026-01-01T00:00:00Z</updated>{''.join(parts)}</feed>"
    ).encode()


def rss(*entries: Entry) -> bytes:
    def item(each: Entry) -> str:
        when = published.moment(each["date"])
        assert when is not None
        guid = f'<guid isPermaLink="false">{escape(each["id"])}</guid>' if each["id"] else ""
        return (
            f"<item>{guid}<title>{escape(each['title'])}</title><link>{escape(each['link'])}</link>"
            f"<pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
            f"<description>{escape(each['content'])}</description></item>"
        )

    return f'<rss version="2.0"><channel><title>T</title>{"".join(map(item, entries))}</channel></rss>'.encode()


def json_feed(*entries: Entry) -> bytes:
    items = [
        {"id": each["id"], "url": each["link"], "title": each["title"],
         "date_published": each["date"], "content_html": each["content"]}
        for each in entries
    ]  # fmt: skip
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "T", "items": items}).encode()


FORMS = {"atom": atom, "rss": rss, "json": json_feed}
THREE = [entry(3), entry(2), entry(1)]
# What the new feed holds, and the codes that a subscriber's view of it draws.
CHANGES: dict[str, tuple[list[Entry], set[str]]] = {
    "nothing": (THREE, set()),
    "another article": ([entry(4), *THREE], set()),
    "one that makes room": ([entry(4), entry(3), entry(2)], set()),
    "another text": ([entry(3), entry(2, content="<p>Other words.</p>"), entry(1)], set()),
    "another title": ([entry(3), entry(2, title="Other"), entry(1)], {"entry-twice"}),
    "another id": ([entry(3), entry(2, id="urn:other"), entry(1)], {"entry-resurfaces"}),
    "another id and title": (
        [entry(3), entry(2, id="urn:other", title="Other"), entry(1)], {"entry-resurfaces"}),
    "another id and address": (
        [entry(3), entry(2, id="urn:other", link="https://example.org/other"), entry(1)],
        {"entry-resurfaces"}),
    "one in the middle gone": ([entry(3), entry(1)], {"entry-vanished"}),
    "an id given to another": (
        [entry(4, id=entry(2)["id"]), entry(3), entry(2, id="urn:2"), entry(1)],
        {"entry-changed-hands", "entry-resurfaces"}),
    "two ids swapped": (
        [entry(3, id=entry(2)["id"]), entry(2, id=entry(3)["id"]), entry(1)],
        {"entry-changed-hands", "entry-twice"}),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CHANGES)
def test_what_a_subscriber_would_see(tmp_path, form, name):
    changed, codes = CHANGES[name]
    old, new = published.read(FORMS[form](*THREE)), published.read(FORMS[form](*changed))
    assert old is not None
    assert new is not None
    assert {problem.code for problem in reader_models.compare("f", old, new)} == codes


def bare(line: int = 1, **said: str) -> Published:
    """Return an entry that says nothing but ``said``."""
    form = said.pop("form", "rss")
    when = published.moment(said.get("date", ""))
    return Published(
        **{"form": form, "id": "", "link": "", "title": "", "line": line, "when": when} | said
    )


LONG = "<p>What an article says at such a length that it is its own.</p>"
HTTPS, HTTP = "https://a.example/1", "http://a.example/1/"
ALL = "newsboat, Miniflux, FreshRSS, NetNewsWire, sfeed"
NEW_IDS = {
    "the link": ({"link": HTTP}, {"link": HTTPS}),
    "the text": ({"content": LONG}, {"content": LONG.replace("<p>", "<div>"), "link": HTTPS}),
    "the title": ({"title": "One  title"}, {"title": "one Title", "link": HTTPS}),
}
# What an entry was, what it is, and what is said of it.
SEEN: dict[str, tuple[list[Published], list[Published], list[str]]] = {
    **{
        f"known by {sign}": (
            [bare(id="urn:1", **old), bare(id="urn:9", link="https://a.example/9")],
            [bare(2, id="urn:9", link="https://a.example/9"), bare(3, id="urn:2", **new)],
            [f"3 entry-resurfaces {new.get('title') or HTTPS}: {ALL}: urn:1, urn:2"],
        )
        for sign, (old, new) in NEW_IDS.items()
    },
    "a short text is nobody's": (
        [bare(id="urn:1", content="x" * 40)], [bare(id="urn:2", content="x" * 40)], []),
    "a text of some length is": (
        [bare(id="urn:1", content="x" * 41)], [bare(id="urn:2", content="x" * 41)],
        [f"1 entry-resurfaces urn:2: {ALL}: urn:1, urn:2"]),
    "two of one title": (
        [bare(id="urn:1", title="A"), bare(id="urn:2", title="A")],
        [bare(id="urn:3", title="A"), bare(id="urn:4", title="A")], []),
    "two alike in everything stay": (
        [bare(id="urn:1", title="A", link=HTTP)] * 2, [bare(id="urn:1", title="A", link=HTTP)] * 2, []),
    "without ids, another link": (
        [bare(link=HTTP, title="A")], [bare(4, link=HTTPS, title="A")],
        [f"4 entry-resurfaces A: {ALL}: {HTTP}, {HTTPS}"]),
    "without ids, another date": (
        [bare(link=HTTP, title="A", date="2026-10-30")], [bare(link=HTTP, title="A", date="2026-10-31")],
        [f"1 entry-resurfaces A: newsboat, NetNewsWire: {HTTP}, {HTTP}"]),
    "in RSS 1.0, where Miniflux takes the link": (
        [bare(form="rdf", id="urn:1", link=HTTP)], [bare(form="rdf", id="urn:2", link=HTTP)],
        [f"1 entry-resurfaces {HTTP}: newsboat, FreshRSS, NetNewsWire, sfeed: urn:1, urn:2"]),
    "another title, at length": (
        [bare(id="urn:1", title="A" * 81, link=HTTP)], [bare(5, id="urn:1", title="<b>B</b>", link=HTTP)],
        ["5 entry-twice B: " + "A" * 80]),
    "a title whose blanks are others": (
        [bare(id="urn:1", title="A B", link=HTTP)], [bare(id="urn:1", title="\tA\nB ", link=HTTP)], []),
    "another one of the same title": (
        [bare(id="urn:1", link=HTTP, title="A")],
        [bare(id="urn:1", link=HTTP, title="A"), bare(id="urn:2", link="urn:2", title="A")], []),
    "twice, once with another date": (
        [bare(link=HTTP, title="A", date="2026-10-30")],
        [bare(link=HTTP, title="A", date=f"2026-10-{day}") for day in (30, 31)], []),
    "two alike with another date": (
        [bare(link=HTTP, title="A", date="2026-10-30")] * 2, [bare(link=HTTP, title="A", date="2026-10-31")] * 2,
        [f"1 entry-resurfaces A: newsboat, NetNewsWire: {HTTP}, {HTTP}"]),
    "two of one title where one was": (
        [bare(title="A", content="C")], [bare(title="A", content=each) for each in "DE"], []),
    "the id of an article whose text it has": (
        [bare(id="urn:1", link=HTTP, title="A", content="C")],
        [bare(id="urn:1", link="https://a.example/2", title="B", content="<i>C</i>")],
        ["1 entry-twice B: A"]),
    "an id that is another's address": (
        [bare(link=HTTP, title="A", content="C")], [bare(id=HTTP, link="urn:2", title="B", content="D")], []),
    "another article at the address": (
        [bare(link=HTTP, title="A", content="C")], [bare(6, link=HTTP, title="B", content="D")],
        ["6 entry-twice B: A"]),
    "another article with the id": (
        [bare(id="urn:1", link=HTTP, title="A", content="C")],
        [bare(6, id="urn:1", link="https://a.example/2", title="B", content="D")],
        ["6 entry-changed-hands B: A: urn:1"]),
    "one in between gone": (
        [bare(id=f"urn:{day}", link=f"urn:x:{day}", date=f"2026-10-1{day}", title=f"{day}") for day in (3, 2, 1)],
        [bare(id=f"urn:{day}", link=f"urn:x:{day}", date=f"2026-10-1{day}", title=f"{day}") for day in (4, 3, 1)],
        ["1 entry-vanished 2: urn:2"]),
    "the oldest gone": (
        [bare(link=f"https://a.example/{day}", date=f"2026-10-1{day}") for day in (2, 1)],
        [bare(link=f"https://a.example/{day}", date=f"2026-10-1{day}") for day in (3, 2)], []),
    "one of the oldest day gone": (
        [bare(link=f"https://a.example/{day}", date="2026-10-10") for day in (2, 1)],
        [bare(link="https://a.example/2", date="2026-10-10")],
        ["1 entry-vanished https://a.example/1: https://a.example/1"]),
    "one without a date gone": ([bare(id="urn:1"), bare(id="urn:2")], [bare(id="urn:1", date="2026-10-10")], []),
    "the last one gone": ([bare(id="urn:1", date="2026-10-10")], [], ["1 entry-vanished urn:1: urn:1"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN)
def test_what_is_said_of_it(name):
    """The line of the new feed, the article by its title, the readers that differ, and both ids."""
    old, new, said = SEEN[name]
    found = reader_models.compare(
        "new.xml", Document(entries=tuple(old)), Document(entries=tuple(new))
    )
    assert [_told(problem) for problem in found] == said


def _told(problem: Diagnostic) -> str:
    assert problem.path == "new.xml"
    values = dict(problem.values)
    ids = ", ".join(values[name] for name in ("known", "id") if name in values)
    parts = [values[name] for name in ("title", "readers", "was") if name in values]
    return f"{problem.line} {problem.code} {': '.join([*parts, ids] if ids else parts)}"


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ({"form": "rdf", "id": "i", "link": "l"}, ["i", "l", "i", "i"]),
        ({"id": "i", "link": "l", "title": "xtx", "date": "d", "content": "c"}, ["i"] * 4),
        ({"link": "l", "title": "t", "date": "d", "content": "c"}, ["ld", "l", "l", "ld"]),
        ({"title": "t", "date": "d", "content": "c"}, ["t", "tc", "t", "td"]),
        ({"form": "rdf", "id": "i", "title": "t", "content": "c"}, ["i", "tc", "i", "i"]),
        ({"form": "json", "link": "l", "date": "d"}, ["ld", "l", "l", ""]),
    ],
)
def test_how_each_reader_tells_entries_apart(said, keys):
    """As its source says, in the order of `READERS`; sfeed alone takes everything."""
    entry = bare(**said)
    assert [key(entry) for key in reader_models.READERS.values()][:4] == keys
    assert reader_models.sfeed(entry).split("\t") == [entry.id, entry.title, entry.link]


def test_one_key_is_one_entry_to_a_reader():
    """Two that no reader tells apart come back once; one without a key never does."""
    new = Document(entries=(bare(2, id="i", title="A"), bare(3, id="i", title="B"), bare(4)))
    seen = reader_models.new_to("newsboat", Document(entries=()), new)
    assert [each.line for each in seen] == [2]


def test_a_tombstone_announces():
    old, new = (
        published.read(atom(*THREE)),
        published.read(atom(THREE[0], THREE[2], gone=(entry(2)["id"],))),
    )
    assert list(reader_models.compare("f", old, new)) == []


WITHOUT_ID = [entry(number, id="") for number in (3, 2, 1)]


def test_without_ids_readers_differ():
    """A new date alone is a new article to those that tell entries apart by it."""
    old = published.read(rss(*WITHOUT_ID))
    new = published.read(rss(*(each | {"date": "2026-02-02T00:00:00Z"} for each in WITHOUT_ID)))
    fresh = {name: len(reader_models.new_to(name, old, new)) for name in reader_models.READERS}
    assert fresh == {"newsboat": 3, "Miniflux": 0, "FreshRSS": 0, "NetNewsWire": 3, "sfeed": 0}


def test_the_command_says_it_in_every_format(tmp_path):
    """Exit 1 and one result for each article; a feed that is gone is named."""
    for name, entries in (("old", THREE), ("new", CHANGES["another id"][0])):
        (tmp_path / name / "blog").mkdir(parents=True)
        (tmp_path / name / "blog" / "index.xml").write_bytes(rss(*entries))
        (tmp_path / name / "sitemap.xml").write_text("<urlset/>", "utf-8")
    (tmp_path / "old" / "atom.xml").write_bytes(atom(*THREE))
    done = newsfeed("diff", "old", "new", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "1 would come back as new, 1 feeds would be gone" in done.stderr
    assert "new/atom.xml:1:1: error [feed-gone]" in done.stdout
    assert "“Title 2” would come back as new in newsboat, Miniflux" in done.stdout
    found = json.loads(newsfeed("diff", "old", "new", "--format", "json", cwd=tmp_path).stdout)
    assert [each["code"] for each in found] == ["feed-gone", "entry-resurfaces"]
    sarif = json.loads(newsfeed("diff", "old", "new", "--format", "sarif", cwd=tmp_path).stdout)
    assert len(sarif["runs"][0]["results"]) == 2
    assert newsfeed("diff", "old", "old", cwd=tmp_path).returncode == 0
    (tmp_path / "title.xml").write_bytes(rss(*CHANGES["another title"][0]))
    files = ("old/blog/index.xml", "title.xml")
    assert newsfeed("diff", *files, cwd=tmp_path).returncode == 0
    assert newsfeed("diff", *files, "--strict", cwd=tmp_path).returncode == 1
    assert newsfeed("diff", "old", "none", cwd=tmp_path).returncode == 2


@given(st.binary() | st.sampled_from([atom(*THREE), rss(*THREE), json_feed(*THREE)]), st.binary())
@example(b"<:", b"")
def test_any_bytes_are_read(data, more):
    at = len(data) // 2
    for each in (data, data[:at] + more + data[at:]):
        found = published.read(each)
        assert found is None or list(reader_models.compare("f", found, found)) == []


def life(seed: int) -> tuple[bytes, bytes]:
    """Return two versions of a feed, whatever happened to it in between."""
    draw = random.Random(seed)
    form = draw.choice([atom, rss])
    ids = draw.random() < 0.7 or form is atom
    first = [
        entry(number, **({} if ids else {"id": ""})) for number in range(draw.randint(1, 6), 0, -1)
    ]
    second = []
    for each in first:
        fate = draw.choice(["same", "same", "id", "title", "link", "date", "gone", "all"])
        other = {name: f"{each[name]}x" for name in ("id", "title", "link", "content")}
        other["date"] = "2026-02-03T00:00:00Z"
        if fate == "all":
            each = each | other
        elif fate in other and (fate != "id" or ids):
            each = each | {fate: other[fate]}
        if fate != "gone":
            second.append(each)
    second[:0] = [entry(9, **({} if ids else {"id": ""}))] * draw.randint(0, 1)
    return form(*first), form(*second)


def read(data: bytes) -> Document:
    found = published.read(data)
    assert found is not None
    return found


def sfeed_update(folder: Path, data: bytes) -> set[tuple[str, ...]]:
    """Run sfeed_update on a feed as it is now; return the lines of its file."""
    (folder / "feed.xml").write_bytes(data)
    (folder / "rc").write_text(
        f'sfeedpath="{folder}/feeds"\nfetch() {{ cat "{folder}/feed.xml"; }}\n'
        "feeds() { feed t http://example.org/; }\n",
        "utf-8",
    )
    subprocess.run(["sfeed_update", folder / "rc"], check=True, capture_output=True, timeout=60)
    text = (folder / "feeds" / "t").read_text("utf-8")
    return {tuple(line.split("\t")) for line in text.splitlines()}


def agree(folder: Path, first: bytes, second: bytes) -> None:
    """Assert that newsboat and sfeed show as new what their models say."""
    newsboat = Newsboat(folder)
    newsboat.read(first)
    newsboat.mark_read()
    newsboat.read(second)
    unread = newsboat.ask("SELECT guid, url FROM rss_item WHERE unread = 1")
    said = reader_models.new_to("newsboat", read(first), read(second))
    assert set(unread) == {(reader_models.newsboat(each), each.link) for each in said}
    before = {(line[5], line[1], line[2]) for line in sfeed_update(folder, first)}
    after = {(line[5], line[1], line[2]) for line in sfeed_update(folder, second)}
    said = reader_models.new_to("sfeed", read(first), read(second))
    assert after - before == {tuple(reader_models.sfeed(each).split("\t")) for each in said}


LIVES = {
    "any": lambda seed, _: life(seed),
    "WordPress": histories.of_wordpress,
    "newsfeed": histories.of_newsfeed,
}


@pytest.mark.readers
@pytest.mark.parametrize("seed", range(HISTORIES))
@pytest.mark.parametrize("program", LIVES)
def test_readers_show_as_new_what_their_models_say(tmp_path, program, seed):
    agree(tmp_path, *LIVES[program](seed, tmp_path / "site"))


@pytest.mark.readers
@pytest.mark.tools
@pytest.mark.parametrize("seed", range(HISTORIES))
def test_readers_show_as_new_what_their_models_say_of_hugo(tmp_path, seed):
    hugo = shutil.which("hugo", path=tools_path())
    if hugo is None:
        pytest.skip("this machine lacks hugo")
    agree(tmp_path, *histories.of_hugo(seed, tmp_path / "site", hugo))
