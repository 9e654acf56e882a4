"""What an author wrote is what is read: ids, slugs, emoji, authors, former addresses."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import article, newsfeed, site
from newsfeed.config import Config, Site
from newsfeed.content.charset import mend
from newsfeed.content.frontmatter import read, spans
from newsfeed.content.reading import read_article
from newsfeed.model import Item

CONFIG = Config(site=Site(title="Un site", url="https://www.example.org/", language="fr"))
SETTINGS = '[site]\ntitle = "T"\nurl = "https://www.example.org/"\n'
ATOM = "{http://www.w3.org/2005/Atom}"


def _item(lines: str, path: str = "items/a.md") -> Item:
    text = f"---\ntitle: T\ndate: 2026-01-02\n{lines}\n---\nB\n"
    found = read_article(path, text.encode(), CONFIG)
    assert found.item is not None, found.problems
    return found.item


# What is written as `guid`, and what Atom has for it: the text itself where it is an IRI.
GUIDS = [
    ("5b5bd5e4-0b1c-4d57-9a1a-0d3c1a3d9a01", "tag:www.example.org,2000:5b5bd5e4-0b1c-4d57-9a1a-0d3c1a3d9a01"),
    ("812 at http://show.example.net", "tag:www.example.org,2000:812%20at%20http%3A//show.example.net"),
    ("two  spaces", "tag:www.example.org,2000:two%20%20spaces"),
    ("65f0c0ffee0123456789abcd", "tag:www.example.org,2000:65f0c0ffee0123456789abcd"),
    ("/2020/01/01/foo", "tag:www.example.org,2000:/2020/01/01/foo"),
    ("ep-001", "tag:www.example.org,2000:ep-001"),
    ("0042", "tag:www.example.org,2000:0042"),
    ("A & B <c>", "tag:www.example.org,2000:A%20%26%20B%20%3Cc%3E"),
    ("http://old.example.net/2019/été/", None),
    ("https://exämple.net/x", None),
    ("https://old.example.net/?p=12&x=%C3%A9", None),
    ("urn:uuid:5B5BD5E4-0b1c-4d57-9a1a-0d3c1a3d9a02", None),
    ("yt:video:dQw4w9WgXcQ", None),
    ("tag:old.example.net,2019:x", None),
]  # fmt: skip


def test_a_guid_is_kept_to_the_letter(tmp_path: Path) -> None:
    """RSS and JSON Feed have the text, Atom the text or one stable IRI; a change of domain changes none."""
    files = {
        f"a{at:02}.md": article(f"T{at}", f"2026-01-{at + 1:02}", guid=json.dumps(text))
        for at, (text, _) in enumerate(GUIDS)
    }
    folder = site(tmp_path, files, SETTINGS)
    for url in ("https://www.example.org/", "https://news.example.net/"):
        settings = SETTINGS.replace("https://www.example.org/", url)
        (folder / "newsfeed.toml").write_text(settings, "utf-8")
        newsfeed("build", "--now", "2026-06-01", cwd=folder)
        rss = ElementTree.parse(folder / "public" / "rss.xml")
        feed = json.loads((folder / "public" / "feed.json").read_text("utf-8"))
        atom = ElementTree.parse(folder / "public" / "atom.xml")
        wanted = [text for text, _ in reversed(GUIDS)]
        assert [each.text for each in rss.iter("guid")] == wanted
        assert [each["id"] for each in feed["items"]] == wanted
        ids = [entry.findtext(f"{ATOM}id") for entry in atom.iter(f"{ATOM}entry")]
        assert ids == [iri or text for text, iri in reversed(GUIDS)]


@pytest.mark.parametrize(
    ("lines", "guid"),
    [
        ("guid: {value: ep-1, isPermaLink: false}", "ep-1"),
        ("guid:\n  '#text': https://old.example.net/?p=3\n  isPermaLink: 'false'", "https://old.example.net/?p=3"),
        ("guid: {isPermaLink: false, _: 'two  spaces'}", "two  spaces"),
        ("guid: '  around  it  '", "around  it"),
        ('id: "\\u00a0no-break\\u2003"', "no-break"),
    ],
)  # fmt: skip
def test_an_id_is_what_a_reader_takes_it_for(lines: str, guid: str) -> None:
    """Parsers of feeds take the white space around a text away and leave that inside; so does this."""
    assert _item(lines).id == guid


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("canonical_url: example.org/x", "https://example.org/x"),
        ("canonicalUrl: blog.example.org:8080", "https://blog.example.org:8080"),
        ("canonical: www.example.org/x", "https://www.example.org/x"),
        ("canonicalURL: old/page.html", "old/page.html"),
        ("canonical: page.html", "page.html"),
        ("canonical: page.cfm", "page.cfm"),
        ("canonical: Rapport.v2.DOCX", "Rapport.v2.DOCX"),
        ("canonical: notes.odt", "notes.odt"),
        ("canonical: moi.zip", "moi.zip"),
        ("canonical: photo.webp", "photo.webp"),
        ("canonical: gazeta.pl/x", "https://gazeta.pl/x"),
        ("canonical: news.example.com", "https://news.example.com"),
        ("canonical: /a.b/c", "/a.b/c"),
    ],
)
def test_an_address_without_its_scheme_is_said(line: str, address: str) -> None:
    text = f"---\ntitle: T\ndate: 2026-01-02\n{line}\n---\nB\n"
    found = read_article("items/a.md", text.encode(), CONFIG)
    assert found.item is not None and found.item.canonical == address
    said = [dict(each.values)["better"] for each in found.problems if each.code == "address-bad"]
    assert said == ([address] if address.startswith("https:") else [])


def test_a_second_article_with_one_guid_gets_its_own(tmp_path: Path) -> None:
    """Two items of one id would be one to readers: the copy bears the id that is minted for it."""
    files = {name: article(name, guid="ep 1", body=name) for name in ("a.md", "b.md")}
    folder = site(tmp_path, files, SETTINGS)
    done = newsfeed("build", "--now", "2026-06-01", cwd=folder)
    assert "[id-duplicate]" in done.stderr
    feed = json.loads((folder / "public" / "feed.json").read_text("utf-8"))
    ids = {each["title"]: each["id"] for each in feed["items"]}
    assert ids == {"a.md": "ep 1", "b.md": "tag:www.example.org,2026-01-02:b"}


LONG = "-".join(["mot"] * 30)


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        (f"slug: {LONG}", LONG),
        ("slug: Release-3.0_final", "Release-3.0_final"),
        ("slug: CamelCase", "CamelCase"),
        ("slug: été-à-Nîmes", "été-à-Nîmes"),
        ("slug: Deux mots", "deux-mots"),
        ("slug: ../../etc", "etc"),
        ("slug: /a/b/c-d/", "c-d"),
        ("slug: .hidden", "hidden"),
        ("slug: a..b", "a-b"),
    ],
)
def test_a_slug_stays_as_it_is_written(written: str, slug: str) -> None:
    item = _item(written)
    assert (item.slug, item.page) == (slug, f"items/2026/01/{slug}.html")


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        (f"items/{LONG}.md", LONG),
        ("items/2022-12-21-sass-converter-3.0-released.md", "sass-converter-3.0-released"),
        ("items/Node.js et Deno.md", "node.js-et-deno"),
        ("items/M. Dupont.md", "m-dupont"),
        ("items/Un titre….md", "un-titre"),
    ],
)
def test_a_file_name_is_not_cut(path: str, slug: str) -> None:
    assert _item("x: 1", path).slug == slug


@pytest.mark.parametrize("name", ["mot-" * 100 + "fin", "é" * 400, "日本" * 200])
def test_what_no_file_system_holds_is_shortened_and_said(tmp_path: Path, name: str) -> None:
    """A part of an address has at most 255 octets; the note says what it became."""
    folder = site(tmp_path, {"a.md": article(slug=name)}, SETTINGS)
    done = newsfeed("build", "--now", "2026-06-01", cwd=folder)
    assert done.returncode == 0 and "[slug-long]" in done.stderr
    (page,) = (folder / "public" / "items" / "2026" / "01").iterdir()
    assert len(page.name.encode()) <= 255 and name.startswith(page.stem)


def test_the_guid_of_ghost_is_imported(tmp_path: Path) -> None:
    """Ghost's RSS gives a post's id as its guid; after the import the feed gives the same."""
    post = {
        "id": "65f0c0ffee0123456789abcd", "uuid": "u", "title": "Bonjour", "slug": "bonjour",
        "html": "<p>Texte</p>", "status": "published", "visibility": "public", "type": "post",
        "published_at": "2025-01-01T00:00:00.000Z",
    }  # fmt: skip
    data: dict[str, Any] = {"posts": [post, {**post, "id": 7, "uuid": "u-7", "slug": "deux"}]}
    export = {"db": [{"meta": {"version": "5.0.0"}, "data": data}]}
    folder = site(tmp_path, {}, SETTINGS)
    (folder / "export.json").write_text(json.dumps(export), "utf-8")
    assert newsfeed("import", "export.json", cwd=folder).returncode == 0
    newsfeed("build", "--now", "2026-06-01", cwd=folder)
    feed = json.loads((folder / "public" / "feed.json").read_text("utf-8"))
    assert {each["id"] for each in feed["items"]} == {post["id"], "u-7"}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r'"Launch \ud83d\ude80 of Caf\u00e9"', "Launch 🚀 of Café"),
        (r'"\uD83D\uDE80\ud83d\ude80 \/ \U0001F680"', "🚀🚀 / 🚀"),
        (r'"C:\\ud83d\\ude80"', r"C:\ud83d\ude80"),
        (r"'C:\ud83d\ude80'", r"C:\ud83d\ude80"),
        (r'"half \ud83d of it"', "half \ufffd of it"),
    ],
)
def test_an_emoji_in_two_escapes(written: str, title: str) -> None:
    """JSON writes an emoji so, and what JSON writes is YAML; nothing is to be mended."""
    text = f"---\ntitle: {written}\ndate: 2026-01-02\ntags: [a, b]\n---\nB\n"
    found = read_article("items/a.md", text.encode(), CONFIG)
    assert found.item is not None
    assert (found.item.title, found.problems) == (title, ())
    flow = f"---\n{{title: {written}, date: 2026-01-02}}\n---\nB\n"
    found = read_article("items/a.md", flow.encode(), CONFIG)
    assert found.item is not None and found.item.title == title


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), st.text(max_size=8))
def test_what_json_writes_is_read_and_placed(title: str, other: str) -> None:
    """Any text that a JSON encoder escaped reads back; edits beside it are at their place."""
    first = json.dumps(f"x{title}😀")
    block_text = f"---\ntitle: {first}\na: {json.dumps(other)}\ndraft: oui\n---\nB\n"
    block = read(block_text)
    assert block.values["title"] == f"x{title}😀"
    place = spans(block_text, block)["draft",]
    assert block_text[place.value[0] : place.value[1]] == "oui"
    found = read_article("items/2026-01-02-a.md", block_text.encode(), CONFIG)
    mended = mend(block_text.encode(), [edit for each in found.problems for edit in each.fix])
    assert first in mended.decode() and "draft: true" in mended.decode()


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ('"Jane Doe (@jane)"', [("Jane Doe (@jane)", None)]),
        ('"jane@example.org (Jane Doe)"', [("Jane Doe", "jane@example.org")]),
        ('["jane@example.org (Jane Doe)", "bob@example.org <Bob>"]',
         [("Jane Doe", "jane@example.org"), ("Bob", "bob@example.org")]),
        ("jane@example.org", [("jane", "jane@example.org")]),
        ('"Jane Doe <jane@example.org>"', [("Jane Doe", "jane@example.org")]),
        ("Jane Doe (jane@example.org)", [("Jane Doe", "jane@example.org")]),
        ('"<jane@example.org>"', [("jane", "jane@example.org")]),
        ('{name: "jane@example.org (Jane Doe)"}', [("Jane Doe", "jane@example.org")]),
        ('"jane@example.org (Jane Doe), bob@example.org (Bob)"',
         [("Jane Doe", "jane@example.org"), ("Bob", "bob@example.org")]),
        ('"Jane Doe <jane@example.org>, Bob <bob@example.org>"',
         [("Jane Doe", "jane@example.org"), ("Bob", "bob@example.org")]),
        ("Jane Doe (Réseau)", [("Jane Doe (Réseau)", None)]),
        ('"@jane"', [("@jane", None)]),
    ],
)  # fmt: skip
def test_authors(written: str, people: list[tuple[str, str | None]]) -> None:
    """A name and an address are told apart in any order: RSS writes the address first."""
    item = _item(f"authors: {written}")
    assert [(each.name, each.email) for each in item.authors] == people


def test_null_in_a_list_is_nothing() -> None:
    """A bare null or ~ is no tag; between quotation marks it is a text."""
    assert _item("tags: [a, null, ~, Null, 'null', \"~\", b]").tags == ("a", "null", "~", "b")
    assert _item("tags:\n  - a\n  -\n  - ~\n  - b").tags == ("a", "b")
    assert _item("category: ~").categories == ()
    assert _item("authors: [null, Ana]").authors[0].name == "Ana"


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("old_url: /a/b.html", "/a/b.html"),
        ("oldUrl: /a/", "/a/"),
        ("redirectFrom: [/a/]", "/a/"),
        ("previous_urls:\n  - /a b/", "/a b/"),
        ("aliases: [old/two words/]", "old/two words/"),
        ("aliases: ['two words.html']", "items/2026/01/two words.html"),
    ],
)
def test_a_former_address_by_other_names(line: str, address: str) -> None:
    assert _item(line).redirects == (address,)


def test_former_addresses_add_up() -> None:
    """`redirect_from` and `aliases` are both lists of addresses; names are Obsidian's alone."""
    item = _item(
        "aliases:\n  - /with space/\n  - /old/\n  - old-b.html\n  - Un autre nom\n"
        "redirect_from: /older/\nalias: ancien/chemin"
    )
    assert set(item.redirects) == {
        "/with space/", "/old/", "items/2026/01/old-b.html", "/older/", "ancien/chemin"
    }  # fmt: skip
    assert item.names == ("Un autre nom",)
