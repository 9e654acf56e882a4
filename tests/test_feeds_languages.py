"""Languages in feeds: direction, translations, and notes that have no title."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_feeds import document, entry, feed
from newsfeed.config import parse
from newsfeed.content.reading import read_article
from newsfeed.site.translations import one_of_each
from newsfeed.text.characters import WHITE
from newsfeed.text.languages import direction
from whole_sites import HEAD, Built, article, built

CONFIG = parse(HEAD)
OPENING = '<div dir="rtl" lang="{}">'


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ar", "rtl"), ("ar-EG", "rtl"), ("fa", "rtl"), ("he", "rtl"), ("iw", "rtl"), ("ur", "rtl"),
        ("ckb", "rtl"), ("yi", "rtl"), ("pa-Arab", "rtl"), ("uz-Arab-AF", "rtl"), ("ks", "rtl"),
        ("ar-Latn", "ltr"), ("ur-Latn-IN", "ltr"), ("ug-Cyrl", "ltr"), ("pa", "ltr"), ("ku", "ltr"),
        ("en", "ltr"), ("fr-1990", "ltr"), ("zh-Hant", "ltr"), ("x-arab", "rtl"), ("", "ltr"),
    ],
)  # fmt: skip
def test_direction(tag: str, way: str) -> None:
    """A script says more than a language (CLDR)."""
    assert direction(tag) == way


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize("content", ["full", "summary"])
def test_what_runs_from_right_to_left_says_so(form: str, content: str) -> None:
    """Readers guess by the first letter otherwise, which is Latin here."""
    of = feed(entry(language="ar", content="<p>React مكتبة</p>"), language="en", content=content)
    text = document(of, form).decode()
    for escaped in (
        OPENING.format("ar"),
        '<div dir=\\"rtl\\" lang=\\"ar\\">',
        '&lt;div dir="rtl" lang="ar"&gt;',
    ):
        if escaped in text:
            assert content == "full"
            break
    else:
        assert content == "summary"


def test_only_what_runs_another_way_is_wrapped() -> None:
    """French in a French feed stays as it is; French in an Arabic feed says that it is."""
    plain = json.loads(document(feed(entry()), "json"))["items"][0]["content_html"]
    assert "<div" not in plain
    other = json.loads(document(feed(entry(), language="ar"), "json"))["items"][0]["content_html"]
    assert other.startswith('<div dir="ltr" lang="fr">')
    own = json.loads(document(feed(entry(language="he"), language="ar"), "json"))
    assert own["items"][0]["content_html"].startswith(OPENING.format("he"))


def test_letters_and_pages_say_the_direction(tmp_path: Path) -> None:
    """An Arabic article in an English letter, excerpt and all."""
    made = built(
        tmp_path,
        {"items/a.md": article("React مكتبة للواجهات.", "lang: ar", title="Python: مقدمة")},
    )
    for path in ("newsletter/latest/letter.html", "items/2026/01/a.html", "index.html"):
        assert 'dir="rtl"' in made.outputs[path].decode(), path


def languages(tmp_path: Path, files: dict[str, str], settings: str = "") -> dict[str, list[str]]:
    """Return the titles in each feed of a site, by its folder."""
    made = built(tmp_path, {f"items/{path}": text for path, text in files.items()}, settings)
    return {
        path.removesuffix("feed.json"): [
            item["title"] for item in json.loads(data)["items"]
        ]
        for path, data in made.outputs.items()
        if path.endswith("feed.json")
    }  # fmt: skip


def text(title: str, *lines: str, date: str = "2026-01-02") -> str:
    return article("B", *lines, title=title, date=date)


BOTH = {"post.en.md": text("Hello"), "post.fr.md": text("Bonjour")}
FEEDS: list[tuple[str, dict[str, str], str, dict[str, list[str]]]] = [
    ("the site's language", BOTH, "", {"": ["Hello"], "languages/fr/": ["Bonjour"]}),
    ("another main language", BOTH, '[feeds]\nmain_language = "fr"\n', {"": ["Bonjour"], "languages/en/": ["Hello"]}),
    ("every version", BOTH, '[feeds]\nmain_language = "all"\n', {"": ["Hello", "Bonjour"]}),
    ("a name without a language", {"post.md": text("Hello"), "post.fr.md": text("Bonjour")}, "",
     {"": ["Hello"], "languages/fr/": ["Bonjour"]}),
    ("a shared key", {"a.md": text("Hello", "translationKey: x"), "b.md": text("Bonjour", "translationKey: x", "lang: fr")}, "",
     {"": ["Hello"], "languages/fr/": ["Bonjour"]}),
    ("one that has no version in the site's language",
     {"a.de.md": text("Hallo"), "a.fr.md": text("Bonjour"), "b.fr.md": text("Seul", date="2026-01-01")}, "",
     {"": ["Hallo", "Seul"], "languages/fr/": ["Bonjour", "Seul"]}),
    ("a folder for each language", {"en/p/post.md": text("Hello"), "fr/p/post.md": text("Bonjour"), "fr/seul.md": text("Seul", date="2026-01-01")}, "",
     {"": ["Hello", "Seul"], "languages/fr/": ["Bonjour", "Seul"]}),
    ("a folder for the other language", {"post.md": text("Hello"), "fr/post.md": text("Bonjour")}, "",
     {"": ["Hello"], "languages/fr/": ["Bonjour"]}),
    ("folders of languages in a folder", {"blog/en/post.md": text("Hello"), "blog/pt-BR/post.md": text("Olá")}, "",
     {"": ["Hello"], "languages/pt-br/": ["Olá"]}),
    ("a name and a folder", {"en/2026-01-01-post.md": text("Hello"), "en/2026-01-02-post.md": text("More"), "fr/2026-01-02-post.md": text("Bonjour")},
     "", {"": ["Hello", "More"], "languages/fr/": ["Bonjour"]}),
    ("departments", {"it/a.md": text("Wi-Fi"), "hr/b.md": text("Leave")}, "", {"": ["Wi-Fi", "Leave"]}),
    ("departments with a page each", {"it/index.md": text("Wi-Fi"), "hr/index.md": text("Leave")}, "", {"": ["Leave", "Wi-Fi"]}),
    ("departments with a page each, in capitals", {"it/Index.md": text("Wi-Fi"), "hr/Index.md": text("Leave")}, "", {"": ["Leave", "Wi-Fi"]}),
    ("a folder for each article", {"fr/p/index.md": text("Bonjour"), "de/p.mdx": text("Hallo")}, "",
     {"": ["Hallo"], "languages/fr/": ["Bonjour"]}),
    ("a language that is spelt in two ways", {
        "a.md": text("Hello", "translationKey: x"), "b.md": text("Bonjour", "translationKey: x", "lang: zh-hans"),
        "c.md": text("Seul", "lang: zh-Hans", date="2026-01-01"), "d.md": text("Deux", "lang: zh-Hans", date="2025-01-01"),
     }, "", {"": ["Hello", "Seul", "Deux"], "languages/zh-hans/": ["Bonjour", "Seul", "Deux"]}),
    ("one language twice", {"a.md": text("Un", "lang: fr", "ref: r"), "b.md": text("Deux", "lang: fr", "ref: r")}, "",
     {"": ["Un", "Deux"]}),
    ("one language twice, and another", {
        "a.md": text("Un", "lang: fr", "ref: r"), "b.md": text("Deux", "lang: fr", "ref: r"), "c.md": text("One", "lang: en", "ref: r"),
     }, "", {"": ["One"], "languages/fr/": ["Un", "Deux"]}),
    ("one name twice beside a language", {
        "a.md": text("One"), "a/index.md": text("Two"), "b.md": text("Three"), "b.html": text("Four"),
        "c.md": text("Five"), "de/c.md": text("Hallo"),
     }, "", {"": ["One", "Two", "Four", "Three", "Five"], "languages/de/": ["Hallo"]}),
    ("a day in a name beside a language", {
        "2026-11-01-p.md": text("Bonjour", "lang: fr"), "2026-11-01-p.en.md": text("Hello"),
        "c.md": text("Five"), "de/c.md": text("Hallo"),
     }, "", {"": ["Five", "Hello"], "languages/fr/": ["Bonjour"], "languages/de/": ["Hallo"]}),
    ("a series", {
        "2026-01-02-links.en.md": text("New"), "2026-01-02-links.fr.md": text("Neuf"),
        "2026-01-01-links.en.md": text("Old", date="2026-01-01"),
     }, '[feeds]\nmain_language = "fr"\n', {"": ["Neuf", "Old"], "languages/en/": ["New", "Old"]}),
    ("Jekyll's key in folders", {
        "en/a.md": text("Hello", "page_id: x"), "fr/b.md": text("Bonjour", "page_id: x"),
     }, "", {"": ["Hello"], "languages/fr/": ["Bonjour"]}),
    ("Jekyll's key in names", {"a.en.md": text("Hello", "ref: x"), "b.fr.md": text("Bonjour", "ref: x")}, "",
     {"": ["Hello"], "languages/fr/": ["Bonjour"]}),
    ("Jekyll's key", {"a.md": text("Hello", "ref: x", "lang: en"), "b.md": text("Bonjour", "ref: x", "lang: fr")}, "",
     {"": ["Hello"], "languages/fr/": ["Bonjour"]}),
    ("a reference number", {"a.md": text("Hello", "ref: x"), "b.md": text("More", "ref: x")}, "",
     {"": ["Hello", "More"]}),
    ("no translations", {"a.md": text("Hello"), "b.md": text("Bonjour", "lang: fr", date="2026-01-01")}, "",
     {"": ["Hello", "Bonjour"]}),
    ("a category", {"post.en.md": text("Hello", "category: C"), "post.fr.md": text("Bonjour", "category: C")},
     '[feeds]\nper = ["category"]\n', {"": ["Hello"], "categories/c/": ["Hello"], "languages/fr/": ["Bonjour"]}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "settings", "wanted"), [e[1:] for e in FEEDS], ids=[e[0] for e in FEEDS]
)
def test_a_translation_is_one_article(
    tmp_path: Path, files: dict[str, str], settings: str, wanted: dict[str, list[str]]
) -> None:
    """A subscriber of the site's feed gets it once; no version is in no feed."""
    assert languages(tmp_path, files, settings) == wanted


def test_a_feed_speaks_the_language_of_its_versions(tmp_path: Path) -> None:
    files = {f"items/{name}": each for name, each in BOTH.items()}
    made = built(tmp_path, files, '[feeds]\nmain_language = "fr"\n')
    said = {
        path: json.loads(made.outputs[path])["language"]
        for path in ("feed.json", "languages/en/feed.json")
    }
    assert said == {"feed.json": "fr", "languages/en/feed.json": "en"}


@pytest.mark.parametrize(
    ("pattern", "pages"),
    [
        ("items/{year}/{slug}.html", ("items/2026/post.html", "fr/items/2026/post.html")),
        ("{folder}/{slug}.html", ("en/p/post.html", "fr/p/post.html")),
        ("{path}/", ("en/p/post/index.html", "fr/p/post/index.html")),
        ("{lang}/{slug}.html", ("en/post.html", "fr/post.html")),
        ("a/{category|lang}/{slug}.html", ("a/en/post.html", "a/fr/post.html")),
        ("{lang}/{folder}/{slug}.html", ("en/p/post.html", "fr/p/post.html")),
    ],
)
def test_a_folder_of_a_language_has_its_own_addresses(
    tmp_path: Path, pattern: str, pages: tuple[str, str]
) -> None:
    """Two files of one name are no two articles at one address."""
    files = {"items/en/p/post.md": text("Hello"), "items/fr/p/post.md": text("Bonjour")}
    made = built(tmp_path, files, f'[pages]\nitem = "{pattern}"\n')
    assert set(pages) <= made.outputs.keys()
    assert "page-duplicate" not in made.codes()
    for page, other in (pages, pages[::-1]):
        assert f'hreflang="{"fr" if other == pages[1] else "en"}"' in made.outputs[page].decode()


FOLDERS: list[list[str]] = [
    [f"{at}/{name}" for at in ("it", "hr") for name in ("cover.png", "README.md", "docs/README.md", "index.md")],
    ["p/cover.png", "no/p/cover.png", "it/_index.md", "hr/_index.md"],
]  # fmt: skip


@pytest.mark.parametrize("others", FOLDERS)
def test_articles_alone_make_a_folder_a_language(tmp_path: Path, others: list[str]) -> None:
    """A picture or a README in each of two departments does not move their articles."""
    files: dict[str, str | bytes] = {f"items/{path}": text(path) for path in others}
    files |= {f"items/{at}/{at}-a.md": text(at) for at in ("it", "hr", "no/p")}
    files = {path.replace("no/p-a", "a"): data for path, data in files.items()}
    outputs = built(tmp_path, files).outputs
    assert {f"items/2026/01/{name}.html" for name in ("it-a", "hr-a", "a")} <= outputs.keys()
    assert not [path for path in outputs if path.startswith(("it/", "hr/", "no/"))]


@pytest.mark.parametrize(
    ("lines", "wrapped"),
    [
        ("dir: rtl", True), ("direction: RTL", True), ("text_direction: right-to-left", True),
        ("dir: ltr", False), ("dir: auto", False), ("dir: docs/", False), ("lang: ar\ndir: rtl", False),
    ],
)  # fmt: skip
def test_an_article_may_say_its_direction(tmp_path: Path, lines: str, wrapped: bool) -> None:
    """Where its language does not tell; in feeds, on its page and in the letter."""
    made = built(tmp_path, {"items/a.md": article("Text.", lines)})
    for path in ("feed.json", "atom.xml", "items/2026/01/a.html"):
        own = re.search(
            r"&lt;div dir=.{0,2}rtl.{0,2}&gt;|<div dir=.{0,2}rtl.{0,2}>",
            made.outputs[path].decode(),
        )
        assert (own is not None) is wrapped, path


def test_people_find_the_feed_of_a_language(tmp_path: Path) -> None:
    made = built(tmp_path, {f"items/{path}": text for path, text in BOTH.items()})
    for path in ("feeds.opml", "subscribe/index.html", "languages/fr/index.html"):
        assert b"languages/fr/atom.xml" in made.outputs[path], path


@given(
    st.lists(
        st.tuples(st.sampled_from(("", "x", "y")), st.sampled_from(("en", "fr", "de", "fr-CA"))),
        max_size=8,
    ),
    st.sampled_from(("en", "fr")),
)
def test_one_of_each_in_any_order(drawn: list[tuple[str, str]], language: str) -> None:
    """One version of each article, the wanted one if there is one, whatever the order."""
    items = [
        entry(number, id=f"tag:{number}", language=each).item
        for number, (_, each) in enumerate(drawn)
    ]
    from msgspec.structs import replace

    items = [
        replace(item, translation=key or None, path=f"items/{n}.md")
        for n, (item, (key, _)) in enumerate(zip(items, drawn, strict=True))
    ]
    kept = one_of_each(items, language)
    assert set(kept) == set(one_of_each(items[::-1], language))
    assert {item.translation for item in kept} == {item.translation for item in items}
    versions = {(item.translation, item.language) for item in kept if item.translation}
    assert len(versions) == len({key for key, _ in drawn if key})
    for item in items:
        assert (item in kept) == (
            not item.translation or (item.translation, item.language) in versions
        )
    for item in kept:
        others = [
            each for each in items if item.translation and each.translation == item.translation
        ]
        wanted = [each for each in others if each.language.startswith(language)]
        assert not wanted or item.language.startswith(language)


# A file's name and its text, what stands for the title, whether it is a note, what is said.
NOTES = [
    ("2026-01-06-1234.md", "Just a thought. And more.", "Just a thought.", True, ["title-none"]),
    ("2026-01-07.md", "One two three four five.", "One two three four five.", True, ["title-none"]),
    ("2026-01-07-n1.md", "> *Quoted* [words](x.md) &amp; `code`", "Quoted words & code", True, ["title-none"]),
    ("2026-01-07-9f86d081.md", "![A cat](c.jpg)", "A cat", True, ["title-none"]),
    ("2026-01-07-note-12.md", "```\ncode\n```\n\n- Then words", "Then words", True, ["title-none"]),
    ("2026-01-07-5.html", "<p>Some <b>words</b> &amp; more</p><p>Next</p>", "Some words & more", True, ["title-none"]),
    ("2026-01-07-7.md", "日本語の短いメモです。続き", "日本語の短いメモです。続き", True, ["title-none"]),
    ("2026-01-07-a-good-name.md", "Words.", "A good name", False, ["title-missing"]),
    ("2026-01-07-Visite du site.md", "Words.", "Visite du site", False, []),
    ("2026-01-07-3.md", "# A heading\n\nWords.", "A heading", False, []),
    ("2026-01-07-3.md", "Before.\n\n~~~\n# No\n~~~\n\n# A heading\n", "A heading", False, []),
    ("2026-01-07-new.md", "Words.", "Words.", True, ["title-none"]),
    ("2026-01-07-toot-2.md", "Words.", "Words.", True, ["title-none"]),
    ("2026-01-07-toot.md", "Words.", "Toot", False, ["title-missing"]),
    ("2026-01-07-8.md", f"{'word ' * 15}end. More.", f"{'word ' * 15}end.", True, ["title-none"]),
    ("2026-01-07-8.md", f"{'word ' * 16}end.", f"{'word ' * 15}word…", True, ["title-none"]),
    ("2026-01-07-8.md", f"{'words, ' * 14}end.", f"{'words, ' * 10}words…", True, ["title-none"]),
    ("2026-01-07-8.md", "No. 1 of it. More.", "No. 1 of it. More.", True, ["title-none"]),
    ("2026-01-07-8.md", "Is this it? It is not.", "Is this it? It is not.", True, ["title-none"]),
    ("2026-01-07-8.md", "And is this all of it? It is.", "And is this all of it?", True, ["title-none"]),
    ("2026-01-07-8.md", "> Quoted\n1. First\n- Second\n\nMore", "Quoted First Second", True, ["title-none"]),
    ("2026-01-07-8.md", "<!-- x -->{# y #}%%z%%\n## Heading [a](b.md) ![c](d.png)", "Heading a", True, ["title-none"]),
    ("2026-01-07-8.md", "![A cat](c.jpg)\n\n![A dog](d.jpg)", "A cat", True, ["title-none"]),
    ("2026-01-07-8.html", "<!-- x --><div><br></div><ul><li>One</li><li>Two</li></ul>", "One", True, ["title-none"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "title", "untitled", "codes"), NOTES)
def test_a_note_is_called_by_its_first_words(
    name: str,
    body: str,
    title: str,
    *,
    untitled: bool,
    codes: list[str],
) -> None:
    front = "---\ntags: [x]\n---\n" if name.endswith("html") else ""
    found = read_article(f"items/{name}", f"{front}{body}\n".encode(), CONFIG)
    assert found.item is not None
    assert (found.item.title, found.item.untitled) == (title, untitled)
    assert [each.code for each in found.problems] == codes


def test_a_note_in_each_format(tmp_path: Path) -> None:
    made = built(tmp_path, {"items/2026-01-06-1234.md": "A thought, and no front matter."})
    assert "title" not in made.items()["1234"]
    assert made.rss("//item/title/text()") == ["A thought, and no front matter."]
    assert b"<title>A thought, and no front matter.</title>" in made.outputs["atom.xml"]
    assert b"<h1" in made.outputs["items/2026/01/1234.html"]
    assert made.codes() == ["title-none"]


def test_alike_notes_are_no_double(tmp_path: Path) -> None:
    """Two notes that begin alike are two thoughts."""
    files: dict[str, str | bytes] = {
        "items/2026-01-06-1.md": "Good morning.", "items/2026-01-07-2.md": "Good morning.",
    }  # fmt: skip
    assert set(built(tmp_path, files).codes()) == {"title-none"}


@given(st.text(alphabet=WHITE, max_size=5), st.text(alphabet=WHITE, max_size=5))
def test_titles_are_trimmed_of_every_white_space(before: str, after: str) -> None:
    title = json.dumps(f"{before}A title{after}")
    found = read_article(
        "items/a.md", f"---\ntitle: {title}\ndate: 2026-01-02\n---\nB\n".encode(), CONFIG
    )
    assert found.item is not None
    assert found.item.title == "A title"


@given(st.text(max_size=300))
def test_any_note_is_called_something(body: str) -> None:
    """Whatever its text is, it has a title on one line, no longer than a title may be."""
    found = read_article(
        "items/2026-01-06-1.md", f"---\ntags: [x]\n---\n{body}\n".encode("utf-8", "replace"), CONFIG
    )
    if found.item is not None:
        assert found.item.title
        assert "\n" not in found.item.title


def test_built_twice_is_the_same(tmp_path: Path) -> None:
    made = built(tmp_path, {f"items/{path}": text for path, text in BOTH.items()})
    assert Built(tmp_path).outputs == made.outputs
