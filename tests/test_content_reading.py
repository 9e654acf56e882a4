"""Articles to items: fields, places, what is wrong, and what is left out."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import folders
from draws import times
from newsfeed.config import Config, Items, Pages, Site
from newsfeed.content import reading
from newsfeed.content.charset import mend, text_of
from newsfeed.content.fingerprint import sketch
from newsfeed.content.reading.reader import Reader
from newsfeed.diagnostics import Diagnostic
from newsfeed.diagnostics.rules import articles, dates, fields, front_matter
from newsfeed.model import (
    Enclosure,
    Episode,
    Event,
    Image,
    Item,
    Link,
    Participant,
    Person,
    Transcript,
)

PARIS = ZoneInfo("Europe/Paris")
CONFIG = Config(
    site=Site(title="Site", url="https://www.example.org/", language="fr", timezone="Europe/Paris")
)
HEAD = "---\ntitle: Octobre rose\ndate: 2026-10-01\n"
RULES = (*articles.RULES, *dates.RULES, *fields.RULES, *front_matter.RULES)


def article(
    text: str | bytes, path: str = "items/un-article.md", config: Config = CONFIG
) -> reading.Article:
    data = text.encode() if isinstance(text, str) else text
    return reading.read_article(path, data, config)


def item(text: str, path: str = "items/un-article.md", config: Config = CONFIG) -> Item:
    found = article(text, path, config)
    assert found.item is not None, found.problems
    return found.item


def codes(found: reading.Article) -> list[str]:
    return [problem.code for problem in found.problems]


DAY, NEXT = (datetime(2026, 5, day, tzinfo=ZoneInfo("Europe/Paris")) for day in (1, 2))


@pytest.mark.parametrize(
    ("written", "field", "value"),
    [
        (
            'event: {date: 2026-05-01, time: "14:00", end_time: 16h30}',
            "event",
            Event(start=DAY.replace(hour=14), end=DAY.replace(hour=16, minute=30)),
        ),
        (
            'event: {start: 2026-05-01, start_time: 14h, end_date: 2026-05-02, end-time: "09:00"}',
            "event",
            Event(start=DAY.replace(hour=14), end=NEXT.replace(hour=9)),
        ),
        ("event: {start: 2026-05-01, time: le soir}", "event", Event(start=DAY, all_day=True)),
        ('image: "![Un plan](a.png)"', "image", Image(src="a.png", alt="Un plan")),
        (
            "image: {url: a.png, alternativeText: Un plan}",
            "image",
            Image(src="a.png", alt="Un plan"),
        ),
        ("tags: |\n  a, b\n  c", "tags", ("a, b", "c")),
        ("tags: a, b; c", "tags", ("a, b", "c")),
    ],
)
def test_values_are_read_as_they_are_meant(written: str, field: str, value: object) -> None:
    assert getattr(item(f"{HEAD}{written}\n---\nTexte.\n"), field) == value


@pytest.mark.parametrize(
    ("written", "focus"),
    [
        ("40% 30%", (40, 30)),
        ("40 30", (40, 30)),
        ("[40, 30]", (40, 30)),
        ("62.5%", (62, 50)),
        ("top", (50, 0)),
        ("left bottom", (0, 100)),
        ("bottom left", (0, 100)),
        ("center", (50, 50)),
        ("", None),
    ],
)
def test_a_focus_is_written_as_css_writes_a_place(
    written: str, focus: tuple[int, int] | None
) -> None:
    one = item(
        f"---\ntitle: T\ndate: 2026-01-02\nimage:\n  src: a.jpg\n  alt: A\n  focus: {written}\n---\n"
    )
    assert one.image is not None
    assert one.image.focus == focus


@pytest.mark.parametrize("written", ["140% 30%", "the face", "1 2 3", "-4 5"])
def test_a_focus_that_is_none_is_said(written: str) -> None:
    text = f"---\ntitle: T\ndate: 2026-01-02\nimage:\n  src: a.jpg\n  alt: A\n  focus: {written}\n---\n"
    found = article(text)
    assert codes(found) == ["value-kind"]
    assert found.problems[0].line == 7


ODD = [
    ("updated: plus tard", "date-unreadable", {"key": "updated", "value": "plus tard"}),
    ("expires: plus tard", "date-unreadable", {"key": "expires", "value": "plus tard"}),
    ("updated: 2026-09-30", "updated-early", {"value": "2026-09-30"}),
    ("expires: 2026-10-01", "expires-early", {"value": "2026-10-01"}),
    ("image: {a: b}", "value-kind", {"key": "image", "expected": "{src: …, alt: …}"}),
    ("image: a.png", "image-alt-missing", {"key": "image", "value": "a.png"}),
    ("title: {a: b}", "value-kind", {"key": "title", "expected": '"{a: b}"'}),
    ("weight: lourd", "number-bad", {"key": "weight", "value": "lourd"}),
    ("slug: {a: b}", "value-kind", {"key": "slug", "expected": '"{a: b}"'}),
    (
        f"slug: {'a' * 300}",
        "slug-long",
        {"value": "a" * 40 + "…", "better": "a" * 240, "octets": "240"},
    ),
    (
        "publish: 2031-05-05\npublished: 2030-05-05",
        "public-unclear",
        {"key": "publish", "better": "published: 2031-05-05"},
    ),
    ("url: 'javascript:x'", "path-unsafe", {"key": "url", "value": "javascript:x"}),
    ("event: le soir", "value-kind", {"key": "event", "expected": "{start: …, place: …}"}),
    ("links: 3", "value-kind", {"key": "links", "expected": "{text: …, url: …}"}),
    ("summary: {a: b}", "value-kind", {"key": "summary", "expected": '"{a: b}"'}),
    ("episode: x\naudio: a.mp3", "podcast-number", {"key": "episode", "value": "x"}),
]


@pytest.mark.parametrize(("line", "code", "values"), ODD)
def test_what_is_wrong_with_a_field_is_said_once(
    line: str, code: str, values: dict[str, str]
) -> None:
    """By its key, with what is written there."""
    head = HEAD.replace("title: Octobre rose\n", "") if line.startswith("title") else HEAD
    (problem,) = article(f"{head}{line}\n---\nx\n").problems
    assert (problem.code, problem.line) == (code, head.count("\n") + 1)
    assert values.items() <= dict(problem.values).items()


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        ("source_url: https://x.example/a", "source", Link(text="x.example", url="https://x.example/a")),
        ("source: Nom\nsource_url: https://x.example/a", "source", Link(text="Nom", url="https://x.example/a")),
        ("tags: [z]\ntag: [a, b]", "tags", ("z", "a", "b")),
        ("tag: [z]\ntags: [a, z]", "tags", ("a", "z")),
    ],
)  # fmt: skip
def test_what_two_keys_say_is_put_together(lines: str, field: str, value: object) -> None:
    assert getattr(item(f"{HEAD}{lines}\n---\n"), field) == value


def test_every_field() -> None:
    """Each field of the model is filled from front matter, and its line is known."""
    text = """---
title: "Journée régionale : rendez-vous"
date: 2026-10-19 09:30
updated: 2026-11-16
expires: 2026-12-31
id: "tag:example.org,2026:journee"
slug: journee
category: Agenda
tags: [agenda, formation]
authors: [Agnès Valensole, {name: Yanis Morel, email: yanis@example.org}]
summary: Une journée pour parler.
source: {name: INCa, url: "https://www.cancer.fr/"}
links:
  - {text: S'inscrire, url: "https://www.example.org/journee"}
  - {text: Le programme, url: programme.pdf}
image:
  src: mistral.png
  alt: Du vent
  credit: Le réseau
enclosures:
  - {file: programme.pdf, title: Le programme, type: application/pdf, length: 1234}
  - {url: "https://example.net/a.mp3", duration: "1:02:03"}
event: {start: 2026-12-10 09:00, end: 2026-12-10 17:00, place: Marseille}
language: en
weight: 10
canonical: https://example.net/journee/
redirect_from: [/ancien/]
translationKey: day
---
Texte.
"""
    found = article(text, "items/2026/journee-regionale/index.md")
    assert found.problems == () and found.item is not None
    one = found.item
    assert one.published == datetime(2026, 10, 19, 9, 30, tzinfo=PARIS)
    assert one.updated == datetime(2026, 11, 16, tzinfo=PARIS)
    assert one.expires == datetime(2026, 12, 31, tzinfo=PARIS)
    assert (one.id, one.slug, one.weight) == ("tag:example.org,2026:journee", "journee", 10)
    assert (one.categories, one.tags) == (("Agenda",), ("agenda", "formation"))
    assert one.authors == (
        Person(name="Agnès Valensole"),
        Person(name="Yanis Morel", email="yanis@example.org"),
    )
    assert one.summary == "Une journée pour parler."
    assert one.source == Link(text="INCa", url="https://www.cancer.fr/")
    assert [link.url for link in one.links] == ["https://www.example.org/journee", "programme.pdf"]
    assert one.image is not None
    assert (one.image.src, one.image.alt, one.image.credit) == (
        "mistral.png",
        "Du vent",
        "Le réseau",
    )
    assert one.enclosures == (
        Enclosure(url="programme.pdf", title="Le programme", type="application/pdf", length=1234),
        Enclosure(url="https://example.net/a.mp3", duration=3723),
    )
    assert one.event == Event(
        start=datetime(2026, 12, 10, 9, tzinfo=PARIS),
        end=datetime(2026, 12, 10, 17, tzinfo=PARIS),
        place="Marseille",
    )
    assert (one.language, one.translation) == ("en", "day")
    assert (one.canonical, one.redirects) == ("https://example.net/journee/", ("/ancien/",))
    assert (one.page, one.url) == (
        "items/2026/10/journee.html",
        "https://www.example.org/items/2026/10/journee.html",
    )
    assert text_of(text.encode())[one.body_at :] == "Texte.\n"
    assert one.body_line == 30
    assert (one.line("title"), one.line("image"), one.line("draft")) == (2, 16, 1)
    assert ("published", "date") in found.origins


@pytest.mark.parametrize(
    ("path", "slug", "day"),
    [
        ("items/2026-11-23-bonne-nouvelle.md", "bonne-nouvelle", "2026-11-23"),
        ("items/2026_11_23_bonne_nouvelle.md", "bonne-nouvelle", "2026-11-23"),
        ("items/2026-11-23-dossier/index.md", "dossier", "2026-11-23"),
        ("items/2026/11/23/nouvelle.md", "nouvelle", "2026-11-23"),
        ("items/2026-11-23.md", "2026-11-23", "2026-11-23"),
        ("items/2026-11-23 L’été œuvré.md", "l-ete-oeuvre", "2026-11-23"),
        ("items/2026-11-23-été.md", "ete", "2026-11-23"),
        ("items/2026-1-3-court.md", "court", "2026-01-03"),
        ("items/2026-11-23-crates.io.md", "crates.io", "2026-11-23"),
        ("items/2026-11-23-rust-1.0.md", "rust-1.0", "2026-11-23"),
        ("items/2026-11-23-aides.jeunes.md", "aides.jeunes", "2026-11-23"),
    ],
)
def test_file_names(path: str, slug: str, day: str) -> None:
    """A file's name gives the day and the slug; accents and their compositions make no difference."""
    one = item("# Titre\n\nTexte.", path)
    assert (one.slug, f"{one.published:%Y-%m-%d}") == (slug, day)


def test_impossible_day_in_the_name() -> None:
    """A day in a file's name that does not exist is no date."""
    assert "date-impossible" in codes(article("Texte.", "items/2026-13-45-x.md"))


def test_title_falls_back() -> None:
    """Without a title the first heading stands for it and leaves the body; then the file's name."""
    text = "---\ndate: 2026-10-01\n---\n\n# Le *titre* [lié](x.md)\n\nTexte.\n"
    found = article(text)
    assert found.item is not None and found.problems == ()
    assert found.item.title == "Le titre lié"
    assert text[found.item.body_at :].strip() == "Texte."
    later = item("---\ndate: 2026-10-01\n---\nAvant.\n\n```\n# Non\n```\n\n# Le titre\n")
    assert later.title == "Le titre"
    named = article("---\ndate: 2026-10-01\n---\nTexte.\n", "items/octobre-rose.md")
    assert named.item is not None and named.item.title == "Octobre rose"
    assert codes(named) == ["title-missing"]


@pytest.mark.parametrize(
    ("line", "draft"),
    [
        ("draft: true", True),
        ("draft: false", False),
        ("draft: yes", True),
        ("Draft: True", True),
        ("published: false", True),
        ("published: true", False),
        ("publish: false", True),
        ("status: draft", True),
        ("status: Hidden", True),
        ("status: published", False),
        ("unlisted: true", True),
        ("brouillon: oui", True),
        ("draft: peut-être", True),
        ("draft: ", False),
    ],
)
def test_drafts(line: str, draft: bool) -> None:
    """What any tool calls a draft is held back, and so is what is unclear."""
    assert item(f"{HEAD}{line}\n---\nTexte.\n").draft is draft


def test_draft_folder() -> None:
    """An article below `_drafts` is a draft; without a date it is left out without an error."""
    assert item(f"{HEAD}---\n", "items/_drafts/a.md").draft
    found = article("---\ntitle: Une idée\n---\n", "items/_drafts/a.md")
    assert found.left_out == reading.LeftOut(path="items/_drafts/a.md", reason="draft")
    assert found.problems == ()


@pytest.mark.parametrize(
    ("asked", "page", "url"),
    [
        ("/blog/mon-article/", "blog/mon-article/index.html", "https://www.example.org/blog/mon-article/"),
        ("/blog/mon-article.html", "blog/mon-article.html", "https://www.example.org/blog/mon-article.html"),
        ("/blog/mon-article", "blog/mon-article/index.html", "https://www.example.org/blog/mon-article/"),
        ("actualités/été/", "actualités/été/index.html", "https://www.example.org/actualit%C3%A9s/%C3%A9t%C3%A9/"),
        ("/caf%C3%A9/", "café/index.html", "https://www.example.org/caf%C3%A9/"),
        ("https://www.example.org/ici/", "ici/index.html", "https://www.example.org/ici/"),
        ("https://ailleurs.example.net/a?b=c", "", "https://ailleurs.example.net/a?b=c"),
        ("https://www.example.org:8443/a", "", "https://www.example.org:8443/a"),
        ("https://www.example.org:443/a/", "a/index.html", "https://www.example.org/a/"),
        ("/:year/:title/", "2026/un-article/index.html", "https://www.example.org/2026/un-article/"),
        ("/x/{{ page.fileSlug }}.html", "x/un-article.html", "https://www.example.org/x/un-article.html"),
    ],
)  # fmt: skip
def test_requested_addresses(asked: str, page: str, url: str) -> None:
    """An article can ask for its address: a path of the site, or where it lives elsewhere."""
    one = item(f'{HEAD}url: "{asked}"\n---\n')
    assert (one.page, one.url) == (page, url)


@pytest.mark.parametrize(
    "asked",
    ["../../etc/passwd", "/a/../../b", "/", "{{ env.SECRET }}", "/:secret/",
     "javascript:alert(1)", "/%2e%2e/%2e%2e/x", "https://[", "https://ailleurs.example.net/<a>"],
)  # fmt: skip
def test_unsafe_addresses(asked: str) -> None:
    """An address that leads out of the output, or is none, is refused; the usual one is taken."""
    found = article(f'{HEAD}url: "{asked}"\n---\n')
    assert found.item is not None
    assert found.item.page == "items/2026/10/un-article.html"
    assert codes(found) == ["path-unsafe"]


@settings(max_examples=times(150, 400), deadline=None)
@given(st.text(max_size=30), st.sampled_from(["slug", "url", "permalink"]), st.text(max_size=12))
def test_pages_stay_inside(text: str, key: str, name: str) -> None:
    """Whatever a slug, an address or a file's name says, the page stays below the output folder."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    path = f"items/{name.replace('/', '').replace(chr(0), '') or 'a'}.md"
    found = reading.read_article(
        path, f'{HEAD}{key}: "{quoted}"\n---\n'.encode("utf-8", "replace"), CONFIG
    )
    if found.item is not None and found.item.page:
        page = found.item.page
        assert not page.startswith("/") and "\\" not in page and "\0" not in page
        assert not any(part in ("..", ".", "") for part in page.split("/"))


def test_page_patterns() -> None:
    """The site's pattern places pages; dates are those of the site's zone."""
    config = replace(CONFIG, pages=Pages(item="{category}/{folder}/{year}-{month}-{day}/{slug}/"))
    text = "---\ntitle: T\ndate: 2026-09-30T23:30:00Z\ncategory: Vie du réseau\n---\n"
    one = item(text, "items/Santé/Été/index.md", config)
    assert one.page == "vie-du-reseau/sante/2026-10-01/ete/index.html"
    assert one.url == "https://www.example.org/vie-du-reseau/sante/2026-10-01/ete/"
    files = replace(CONFIG, pages=Pages(item="{folder}/{file}.html"))
    dated = item("---\ntitle: T\n---\nx\n", "items/été/2026-11-23-a.md", files)
    assert dated.page == "ete/2026-11-23-a.html"
    bare = item("---\ntitle: T\ndate: 2026-10-01\n---\n", "items/a.md", config)
    assert bare.page == "2026-10-01/a/index.html"


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("[a, b]", ("a", "b")),
        ("a, b, a", ("a", "b")),
        ("a; b", ("a", "b")),
        ("'#a #b'", ("a", "b")),
        ("['#a', b]", ("a", "b")),
        ("cancer du sein", ("cancer du sein",)),
        ("\n  - Le sein : dépistage", ("Le sein : dépistage",)),
        ("“a”, «b»", ("a", "b")),
        ("['a\u200b', a, '\u00a0b ']", ("a", "b")),
        ("['[[a]]', '[[Dossier/b#c]]', '[[d|e]]']", ("a", "b", "e")),
        ("'[[a]], [[b]]'", ("a", "b")),
        ("[]", ()),
        ("", ()),
    ],
)
def test_tags(value: str, tags: tuple[str, ...]) -> None:
    """Tags are a list, or a text with commas; their hash is no part of them."""
    assert item(f"{HEAD}tags: {value}\n---\n").tags == tags


def test_fields_of_the_configuration() -> None:
    """The configuration can say which keys give a field."""
    config = replace(CONFIG, items=Items(fields={"published": ("jour",), "summary": ("accroche",)}))
    one = item(
        "---\ntitle: T\njour: 2026-10-02\ndate: 2026-10-01\naccroche: A\n---\n", config=config
    )
    assert (one.published.day, one.summary) == (2, "A")


def test_date_order_of_the_configuration() -> None:
    """The configuration can say in which order day and month stand."""
    config = replace(CONFIG, items=Items(date_order="dmy"))
    assert item("---\ntitle: T\ndate: 03/04/2026\n---\n", config=config).published.month == 4
    english = replace(CONFIG, site=replace(CONFIG.site, language="en"))
    found = reading.read_article("items/a.md", b"---\ntitle: T\ndate: 03/04/2026\n---\n", english)
    assert [problem.code for problem in found.problems] == ["date-ambiguous"]
    american = replace(CONFIG, site=replace(CONFIG.site, language="en-US"))
    assert item("---\ntitle: T\ndate: 03/04/2026\n---\n", config=american).published.month == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n", 5),
        ("a\n\n    x\n\n<<<<<<< HEAD\n=======\n>>>>>>> c\n", 9),
        ("```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n```\n", 0),
        ("```\n<<<<<<< HEAD\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n", 8),
        ("a <<<<<<< HEAD\n=======\n>>>>>>> c\n", 0),
        ("<<<<<<< HEAD\na\n=======\nb\n", 0),
    ],
)
def test_the_marks_of_a_merge_are_not_published(text: str, line: int) -> None:
    """But in code, where they are an example."""
    found = article(f"---\ntitle: T\ndate: 2026-10-01\n---\n{text}".encode())
    said = [problem.line for problem in found.problems if problem.code == "article-conflict"]
    assert said == [line] * bool(line)
    assert (found.item is None) == bool(line)


def test_a_text_of_wordpad_is_none() -> None:
    assert codes(article(b"{\\rtf1\\ansi{\\fonttbl} Texte}")) == ["article-binary"]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.bad], ids=lambda rule: rule.code)
def test_rule_examples(rule: object) -> None:
    """The bad example of a rule draws it, with words in both languages; the good one draws nothing."""
    assert hasattr(rule, "bad") and hasattr(rule, "good") and hasattr(rule, "code")
    encoding = "latin-1" if rule.code in LATIN else "utf-8"
    found = article(rule.bad.encode(encoding))
    matching = [problem for problem in found.problems if problem.code == rule.code]
    assert matching, codes(found)
    for problem in matching:
        for language in ("fr", "en"):
            message, hint = problem.words(language)
            assert message and hint and "{" not in message.replace("{{", "")
    assert codes(article(rule.good)) == []


LATIN = ("article-encoding", "article-encoding-mixed", "article-binary")


def test_french_words_are_typeset() -> None:
    """In the French words a non-breaking space stands before : ; ! ? » and after «."""
    for rule in RULES:
        for words in rule.fr:
            for at, character in enumerate(words):
                if character in ";!?»":
                    assert words[at - 1] == "\u00a0", (rule.code, words)
                if character == "«":
                    assert words[at + 1] == "\u00a0", (rule.code, words)
            assert "'" not in words, rule.code


def test_tree() -> None:
    """Every file is read, or named with the reason why it gives no item; pictures are passed over."""
    texts = {
        "items/b.md": f"{HEAD}---\nTexte.\n".encode(),
        "items/a/index.html": f"{HEAD}---\n<p>Texte.</p>".encode(),
        "items/_index.md": b"---\ntitle: Tous\n---\n",
        "items/README.md": b"# Ce dossier\n",
        "items/notes.txt": b"Notes",
        "items/lettre.docx": b"PK",
        "items/photo.png": b"\x89PNG",
        "items/fragment.html": b"<p>Rien</p>",
        "items/vide.md": b"",
        "items/refus.md": b"refused",
        "items/image.md": b"\x89PNG\0\0\0\0\0\0\0\0",
        "items/brise.md": b"---\ntitle: T\n{a: b} c\n---\n",
        "items/sans-date.md": b"---\ntitle: T\n---\n",
        "items/enorme.md": b"x" * (5 * 1024 * 1024 + 1),
        "issues/2026-11.md": b"---\ntitle: Lettre\n---\n",
    }
    found = folders.read(folders.InMemory(texts), CONFIG)
    assert [one.path for one in found.items] == ["items/a/index.html", "items/b.md"]
    assert {left.path.removeprefix("items/"): left.reason for left in found.left_out} == {
        "_index.md": "not-an-article",
        "README.md": "not-an-article",
        "notes.txt": "format",
        "lettre.docx": "format",
        "fragment.html": "not-an-article",
        "vide.md": "empty",
        "refus.md": "unreadable",
        "image.md": "unreadable",
        "brise.md": "front-matter",
        "sans-date.md": "no-date",
        "enorme.md": "huge",
    }
    assert [problem.code for problem in found.problems] == [
        "frontmatter-broken",
        "article-huge",
        "article-binary",
        "article-unreadable",
        "date-missing",
        "article-empty",
    ]


@pytest.mark.parametrize("path", [".", "", "./items", "items/", "../blog"])
def test_folders(path: str) -> None:
    """The folder of articles may be the root, or lie elsewhere."""
    config = replace(CONFIG, items=Items(path=path))
    prefix = path.rstrip("/").removeprefix("./")
    where = f"{prefix}/a.md" if prefix not in ("", ".") else "a.md"
    found = folders.read(folders.InMemory({where: f"{HEAD}---\n".encode()}), config)
    assert [(one.path, one.page) for one in found.items] == [(where, "items/2026/10/a.html")]


READ = ("md", "markdown", "mdx", "mdown", "mkd", "html", "htm", "xhtml", "MD", "Html")
NAMED = (
    "rst", "org", "adoc", "asciidoc", "textile", "docx", "doc", "odt", "rtf", "qmd", "rmd", "pages", "ipynb", "mdc",
    "markdoc", "txt", "njk", "liquid", "json", "RST",
)  # fmt: skip
PASSED_OVER = ("png", "pdf", "mp3", "css", "js", "xml", "mdoc", "htmls")
NO_FOLDERS = (
    "_includes",
    "_layouts",
    "_sass",
    "_data",
    "_site",
    "_plugins",
    "node_modules",
    "_templates",
    ".trash",
)
TOLD = f"{HEAD}---\nTexte.\n".encode()


def test_which_files_are_articles() -> None:
    """By their ending and place; a text that is none is named, a picture is not."""
    texts = {f"items/{n}.{ending}": TOLD for n, ending in enumerate((*READ, *NAMED, *PASSED_OVER))}
    texts |= {f"items/a/{folder}/b/c.md": TOLD for folder in NO_FOLDERS}
    texts |= {
        f"items/{name}.md": TOLD
        for name in ("_drafts/d", "_posts/2026/e", "a_b/f", ".hidden", "_aside")
    }
    found = folders.read(folders.InMemory(texts), CONFIG)
    articles = {f"items/{n}.{ending}" for n, ending in enumerate(READ)}
    articles |= {"items/_drafts/d.md", "items/_posts/2026/e.md", "items/a_b/f.md"}
    assert {one.path for one in found.items} == articles
    reasons = {f"items/{n}.{ending}": "format" for n, ending in enumerate(NAMED, len(READ))}
    aside = (*(f"a/{folder}/b/c" for folder in NO_FOLDERS), ".hidden", "_aside")
    reasons |= {f"items/{path}.md": "not-an-article" for path in aside}
    assert {left.path: left.reason for left in found.left_out} == reasons


def test_what_lies_beside_the_articles_is_none() -> None:
    """Where the articles lie in the site's own folder; elsewhere such a folder is one of articles."""
    root = replace(CONFIG, items=Items(path="."))
    names = ("issues/a.md", "static/a.md", "templates/a.md", "static-site/a.md", "b/issues/a.md")
    found = folders.read(folders.InMemory(dict.fromkeys(names, TOLD)), root)
    assert [one.path for one in found.items] == ["b/issues/a.md", "static-site/a.md"]
    assert found.left_out == ()
    inner = {f"items/{name}": TOLD for name in names}
    assert len(folders.read(folders.InMemory(inner), CONFIG).items) == len(names)


def test_which_files_without_front_matter_are_articles() -> None:
    """What stands in every folder of code is none, unless it says that it is; nor is a page of HTML."""
    names = [
        "readme",
        "license",
        "licence",
        "changelog",
        "contributing",
        "code_of_conduct",
        "security",
        "authors",
    ]
    for name in (*names, "README", "Changelog"):
        left = article("# Titre\n\nTexte.\n", f"items/{name}.md").left_out
        assert left is not None and left.reason == "not-an-article", name
        assert item(f"{HEAD}---\nTexte.\n", f"items/{name}.md").title == "Octobre rose"
    left = article("# Titre\n\nTexte.\n", "items/history.md").left_out
    assert left is not None and left.reason == "no-date"
    assert item("<h1>Titre</h1><p>Texte.</p>", "items/2026-01-02-a.html").title == "Titre"


# Front matter beside a title, the published and the updated day that it gives, and what is said.
DAYS = [
    ("lastmod: 2026-03-04", "2026-03-04", "2026-03-04", []),
    ("modified: 2026-03-04", "2026-03-04", "2026-03-04", []),
    ("updated: 2026-03-04", "", "", ["date-missing"]),
    ("date: 2026-03-04\nupdated: 2026-03-05", "2026-03-04", "2026-03-05", []),
    ("date: 2026-03-04\nupdated: 2026-03-04", "2026-03-04", "2026-03-04", []),
    ("date: 2026-03-04 12:00\nupdated: 2026-03-04", "2026-03-04", "", []),
    ("date: 2026-03-04 12:00\nupdated: 2026-03-04 11:59", "2026-03-04", "", ["updated-early"]),
    ("date: 2026-03-04\nupdated: 2026-03-03", "2026-03-04", "", ["updated-early"]),
    ("date: 2026-03-04\nexpires: 2026-03-04", "2026-03-04", "", ["expires-early"]),
    ("date: 2026-03-04 12:00\nexpires: 2026-03-04 12:00:01", "2026-03-04", "", []),
    ("url: /2026/3/4/a.html", "2026-03-04", "", []),
    ("url: /blog/2026-03-04-a/", "2026-03-04", "", []),
    ("url: /2026/13/4/a.html", "", "", ["date-missing"]),
    ("url: /2026/03/a.html\nlastmod: 2026-03-05", "2026-03-05", "2026-03-05", []),
]


@pytest.mark.parametrize(("lines", "published", "updated", "said"), DAYS)
def test_days_that_stand_for_each_other(
    lines: str, published: str, updated: str, said: list[str]
) -> None:
    """An article is published on a day that it names; it was updated no earlier."""
    found = article(f"---\ntitle: T\n{lines}\n---\nTexte.\n")
    one = found.item
    assert (f"{one.published:%Y-%m-%d}" if one else "") == published
    assert (f"{one.updated:%Y-%m-%d}" if one and one.updated else "") == updated
    assert codes(found) == said


def test_a_heading_that_opens_the_text_is_its_title_and_no_part_of_it() -> None:
    """One further down gives the title, too, and stays where it is."""
    for path, text, title, body in (
        ("items/a.html", "<h1>Un</h1>\n<p>x</p>", "Un", "\n<p>x</p>"),
        ("items/a.html", "<p>x</p><h1>Un <b>deux</b></h1>", "Un deux", "<p>x</p><h1>Un <b>deux</b></h1>"),
        ("items/a.md", "\n# Un *deux*  \nx\n", "Un deux", "x\n"),
        ("items/a.md", "Un **deux**\n==\nx\n", "Un deux", "x\n"),
        ("items/a.md", "x\n\n# Un {#deux .trois}\n", "Un", "x\n\n# Un {#deux .trois}\n"),
        ("items/a.md", "```\n# non\n```\n# Un [lien](x.md) #\n", "Un lien", "```\n# non\n```\n# Un [lien](x.md) #\n"),
    ):  # fmt: skip
        whole = f"---\ndate: 2026-01-02\n---\n{text}"
        one = item(whole, path)
        assert (one.title, whole[one.body_at :], one.untitled) == (title, body, False), text


def test_a_version_stands_beside_the_folder_of_its_language() -> None:
    """The article of the site's language bears the same key, where such folders may stand beside it."""
    reader = Reader(CONFIG, ("docs/en", "docs/pt_BR"))
    for path, language, translation in (
        ("docs/en/x/a.md", "en", "docs/x/a"),
        ("docs/pt_BR/x/a.md", "pt-BR", "docs/x/a"),
        ("docs/x/a.md", "fr", "docs/x/a"),
        ("docs/a.en.md", "en", "docs/a"),
        ("x/a.md", "fr", None),
        ("docsx/a.md", "fr", None),
    ):
        one = reader.article(f"items/{path}", f"{HEAD}---\nx\n".encode()).item
        assert one is not None
        assert (one.language, one.translation) == (language, translation), path


SAID = """episode: 3
season: 2
episode_type: bonus
episode_title: Sans numéro
explicit: oui
hosts: [Ana]
guests: [{name: Bo, role: expert}]
transcript: a.vtt
chapters: c.json
location: {name: Nîmes, geo: "geo:43.8,4.3"}
filesize: 1234
duration: "1:02"
"""


@pytest.mark.parametrize(
    ("files", "enclosures"),
    [
        ("audio: {url: a.mp3, type: audio/x-own}\nenclosures: [plan.pdf]",
         (Enclosure(url="plan.pdf"), Enclosure(url="a.mp3", type="audio/x-own", length=1234, duration=62))),
        ("audio: a.mp3\nenclosures: [a.mp3, b.mp3]",
         (Enclosure(url="a.mp3", length=1234, duration=62), Enclosure(url="b.mp3"))),
        ("enclosures: [{url: 'https://x.example/a.mp3?x', length: 5, duration: 6}]",
         (Enclosure(url="https://x.example/a.mp3?x", length=5, duration=6),)),
    ],
)  # fmt: skip
def test_what_is_said_of_a_recording_is_said_of_the_first(
    files: str, enclosures: tuple[Enclosure, ...]
) -> None:
    """What a file says of itself stays; hosts come before guests."""
    one = item(f"{HEAD}{files}\n{SAID}---\nx\n")
    assert one.enclosures == enclosures
    assert one.episode == Episode(
        title="Sans numéro", kind="bonus", season=2, number=3, explicit=True, chapters="c.json",
        people=(Participant(name="Ana", role="host"), Participant(name="Bo", role="expert")),
        transcripts=(Transcript(url="a.vtt"),), location="Nîmes", geo="geo:43.8,4.3",
    )  # fmt: skip


def test_without_a_recording_there_is_no_episode() -> None:
    """Number and type mean other things in other articles; and a recording alone is none either."""
    plain = item(f"{HEAD}enclosures: [plan.pdf]\n{SAID}---\nx\n")
    assert (plain.enclosures, plain.episode) == ((Enclosure(url="plan.pdf"),), None)
    assert item(f"{HEAD}audio: a.mp3\n---\nx\n").episode is None


def test_where_a_title_and_a_day_come_from_is_told() -> None:
    """`newsfeed check -v` shows it for each field."""
    for text, path, origins in (
        ("# Un\n", "items/2026-01-02-a.md", ("first heading", "file name")),
        ("Un mot.\n", "items/2026-01-02-1.md", ("first words", "file name")),
        ("---\nlastmod: 2026-01-02\n---\nUn.\n", "items/un-nom.md", ("file name", "lastmod")),
        ("---\ntitre: Un\nurl: /2026/1/2/\n---\nUn.\n", "items/a.md", ("titre", "url")),
    ):
        found = dict(article(text, path).origins)
        assert (found["title"], found["published"]) == origins, text


def test_characters_that_none_can_read_are_taken_out() -> None:
    """What parts words is a space, anything else nothing; all are counted, the first is named."""
    text = f"{HEAD}---\nUn\x0bdeux\x0ctrois\x01quatre\n"
    found = article(text)
    problem = _problem(found, "article-characters")
    assert (problem.line, problem.column) == (5, 3)
    assert dict(problem.values) == {"character": "U+000B", "count": "3"}
    assert mend(text.encode(), problem.fix).decode().endswith("Un deux troisquatre\n")


def test_sketch() -> None:
    """A body is recognised by its paragraphs after a move: line breaks do not matter."""
    one = sketch(b"Un paragraphe\nsur deux lignes.\n\nUn autre.\n")
    assert one == sketch(b"Un autre.\n\n\nUn paragraphe sur\ndeux lignes.")
    many = sketch("\n\n".join(f"Paragraphe {n}" for n in range(40)).encode())
    assert len(many) == 8 and list(many) == sorted(many)


def test_huge_files_are_bounded() -> None:
    """A file of 50 MB, or of a million lines, is a problem in well under a second."""
    for data, size in ((b"---\ntitle: T\n---\n" + b"x" * 50_000_000, "47.7"), (b"a\n" * 1_000_000, "1.9")):  # fmt: skip
        start = time.process_time()
        found = article(data)
        assert time.process_time() - start < 0.5
        assert (codes(found), found.item) == (["article-huge"], None)
        assert dict(found.problems[0].values) == {"size": size}


@settings(max_examples=times(200, 500), deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.tuples(st.sampled_from([b"---\n", b"+++\n", b"{", b"title: T\ndate: 2026-01-01\n"]), st.binary(max_size=200), st.sampled_from([b"\n---\n", b"\n+++\n", b"}", b"\n\n"])).map(b"".join),
    ),
    st.sampled_from(["items/a.md", "items/a.html", "items/2026-01-02-é.md"]),
)  # fmt: skip
def test_any_bytes(data: bytes, path: str) -> None:
    """Any bytes as an article give an item or a reason, with words in both languages."""
    found = reading.read_article(path, data, CONFIG)
    assert (found.item is None) == (found.left_out is not None)
    for problem in found.problems:
        assert all(problem.words("fr")) and all(problem.words("en"))
    mend(data, [edit for problem in found.problems for edit in problem.fix])


_TITLES = st.text(st.sampled_from("abé \"'’«»:#-!?&*[]{}@%,œ"), min_size=1, max_size=24).filter(
    lambda text: text == text.strip(" ") and "  " not in text and any(c.isalpha() for c in text)
)


@settings(max_examples=times(300, 1000), deadline=None)
@given(_TITLES, st.lists(_TITLES, max_size=3), st.booleans())
def test_a_fix_changes_nothing_valid(title: str, tags: list[str], draft: bool) -> None:
    """Mending a file says what the build read: the item stays as it was, whatever is mended."""
    text = f"---\ntitle: {title}\ndate: 2026-10-01\ntags: [{', '.join(tags)}]\ndraft: {str(draft).lower()}\n---\nTexte.\n"
    before = article(text)
    edits = [edit for problem in before.problems for edit in problem.fix]
    if before.item is None or not edits:
        return
    after = article(mend(text.encode(), edits))
    assert after.item is not None
    assert _meaning(after.item) == _meaning(before.item)
    assert mend(text.encode(), edits).endswith(b"---\nTexte.\n")


def _meaning(one: Item) -> tuple[object, ...]:
    return (one.title, one.published, one.tags, one.draft, one.slug, one.summary, one.page)


def _problem(found: reading.Article, code: str) -> Diagnostic:
    return next(problem for problem in found.problems if problem.code == code)


def test_places_of_problems() -> None:
    """A problem names the line and column of what is wrong, in any line ending."""
    text = "---\ntitle: Cancer : dépistage\ndate: 2026-02-30\n---\n"
    for data in (text.encode(), text.replace("\n", "\r\n").encode(), text.encode("utf-16")):
        found = article(data)
        assert [(p.code, p.line, p.column) for p in found.problems] == [
            ("yaml-colon", 2, 15),
            ("date-impossible", 3, 7),
        ]


def test_utc_dates() -> None:
    """A date with its own zone keeps it: the instant is the author's."""
    one = item("---\ntitle: T\ndate: 2026-10-01T23:30:00Z\n---\n")
    assert one.published == datetime(2026, 10, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("keys", "body", "moved"),
    [
        ("redirect_to: https://ici.example/", "", True),
        ("redirect_to: https://ici.example/", "Un texte.", False),
        ("redirect: /blog/x", "", True),
        ("redirectTo: ../x/", "\n", True),
        ("redirect: /blog/x", "Un texte.", False),
        ("redirect: true", "", False),
        ("redirect_from: /blog/x", "", False),
    ],
)
def test_a_page_that_only_leads_on_is_no_article(keys: str, body: str, moved: bool) -> None:
    text = f"---\ntitle: Un\ndate: 2026-10-01\n{keys}\n---\n{body}"
    found = reading.read_article("items/a.md", text.encode(), CONFIG)
    assert (found.item is None) is moved
    assert ("article-moved" in codes(found)) is moved
