"""The short way of the commonest articles is held to the general one: the same row of the cache."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from newsfeed.build.rows import row_of

from newsfeed.config import Config, Items, Pages, Site
from newsfeed.content.reading import Ordinary
from newsfeed.content.reading.reader import Reader

ROOT = Path(__file__).parent.parent
SITE = Site(title="Site", url="https://www.example.org/", language="fr", timezone="Europe/Paris")
READER = Reader(Config(site=SITE))
OTHER = Reader(
    Config(
        site=SITE,
        pages=Pages(item="{folder}/{category}/{slug}/"),
        items=Items(date_order="dmy", fields={"title": ("layout",), "slug": ("published",)}),
    )
)
PATH = "items/2026/10/octobre-rose.md"
COMMON = """---
title: "Octobre rose : parlons du dépistage"
date: 2026-10-01T09:30:00+02:00
lastmod: 2026-10-03
slug: octobre-rose
categories: [Dépistage]
tags:
  - sein
  - santé
author: Camille Aubert
description: 'Un mois pour en parler.'
draft: false
layout: post
source: Réseau régional, bulletin 4
---

# Pourquoi

Un paragraphe.
Sa suite.

"""


def told(data: bytes | str, path: str = PATH, reader: Reader = READER) -> bool:
    """Hold the short way to the general one; say whether it was taken."""
    data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    (brief,) = reader.briefly([(path, data)])
    assert row_of(brief) == row_of(reader.article(path, data))
    return isinstance(brief, Ordinary)


@pytest.mark.parametrize(
    "text",
    [
        COMMON,
        "---\ntitle: Octobre rose\ndate: 2026-10-01\n---\n",
        "---\nTitle: 2026\npublished: 2026-10-01 09:30\nauthors: [Agnès, Inès]\n---\nTexte.\n",
        "---\ntitle: a\ndate: 2026-10-01\nsection: Vie du réseau\nsummary: >-\n  Un\n  mois.\n---\n",
    ],
)
def test_the_commonest(text: str) -> None:
    """What most articles are like takes the short way, in a site of any pattern."""
    assert told(text)
    assert told(text, "items/octobre.md")
    assert told(text.replace("layout", "theme").replace("published", "date"), reader=OTHER)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("title:", "titre:"),
        ("title:", "Extra:"),
        ("title:", "status:"),
        ("title: ", "title: ["),
        ("layout: post", "subject: Une autre clé du titre"),
        ("layout: post", "publish: true"),
        ("layout: post", "image: photo.jpg"),
        ("layout: post", "unlisted: false"),
        ("2026-10-01T09:30:00+02:00", "1er octobre 2026"),
        ("2026-10-01T09:30:00+02:00", "2026-13-01"),
        ("2026-10-01T09:30:00+02:00", "1850-10-01"),
        ("2026-10-03", "2026-10-01"),
        ("draft: false", "draft: true"),
        ("draft: false", "draft: non"),
        ("[Dépistage]", "Dépistage"),
        ("[Dépistage]", "[]"),
        ("  - santé", "  - sein"),
        ("  - santé", "  - '#santé'"),
        ("  - santé", "  - ' santé'"),
        ("  - santé", "  - {name: santé}"),
        ("Camille Aubert", "Camille Aubert <camille@example.org>"),
        ("Camille Aubert", "Camille Aubert; Inès Delmas"),
        ("Camille Aubert", "'[[Camille Aubert]]'"),
        ("'Un mois pour en parler.'", "'Un mois  pour en parler.'"),
        ("'Un mois pour en parler.'", "~"),
        ("'Un mois pour en parler.'", "“Un mois”"),
        ("'Un mois pour en parler.'", '"Un mois\\x1fpour en parler."'),
        ("Réseau régional, bulletin 4", "https://www.example.org/bulletin"),
        ("Réseau régional, bulletin 4", "www.example.org"),
        ("Réseau régional, bulletin 4", "'[bulletin](/4)'"),
        ("Un paragraphe.", "Un\x0bparagraphe."),
        ("\n", "\r\n"),
    ],
)
def test_the_others(written: str, instead: str) -> None:
    """What asks for a second look takes the general way."""
    assert written in COMMON
    assert not told(COMMON.replace(written, instead))


@pytest.mark.parametrize(
    "path",
    ["items/octobre.en.md", "items/_drafts/octobre.md", "items/octobre.html", "items/octobre.mdx"],
)
def test_other_places(path: str) -> None:
    """Where a file's name says something of its article, the general way is taken."""
    assert not told(COMMON, path)


def test_what_a_row_cannot_hold() -> None:
    """A configuration whose texts no row can hold leaves all articles to the general way."""
    odd = Reader(Config(site=SITE, pages=Pages(item="a\x1fb/{slug}.html")))
    assert not told(COMMON, reader=odd)


def test_every_example() -> None:
    """Both ways agree on every article of this repository, and on every other file of its tests."""
    files = [
        file
        for folder in ("items", "tests/data")
        for file in sorted((ROOT / folder).rglob("*"))
        if file.is_file()
    ]
    short = [told(file.read_bytes(), f"items/{file.name}") for file in files]
    assert sum(short) > 5


_WORD = st.sampled_from(
    [
        "Octobre rose", "été", "a: b", "a #b", "#a", "a", "2026", "true", "false", "~", "null", "",
        " ", " a", "a ", "a  b", "“a”", "‘a", "[a", "a]", "(a, b)", "a, b", "a; b", "漢字", "a\u00a0:",
        "https://www.example.org/a", "www.example.org", "Jean <j@example.org>", "[[Jean]]", "../a",
        "a/b", "a.b", "-", "%41", "🎉", "e\u0301", "draft", "index.html", "a" * 90, "\\x1f", "\x85",
        "2026-10-01", "2026-10-01 09:30", "2026-10-01T09:30:00Z", "2026-03-29T02:30:00",
        "2026-10-25T02:30:00+02:00", "20261001", "2026-W01-1T10:00", "2026-10-01T24:00:00",
        "1899-12-31", "1900-01-01T00:00:00+14:00", "03/04/2026", "1er octobre 2026",
    ]
)  # fmt: skip
_SCALAR = st.one_of(_WORD, _WORD.map(lambda word: f'"{word}"'), _WORD.map(lambda word: f"'{word}'"))
_VALUE = st.one_of(
    _SCALAR,
    st.lists(_SCALAR, max_size=3).map(lambda each: f"[{', '.join(each)}]"),
    st.lists(_SCALAR, max_size=3).map(lambda each: "".join(f"\n  - {one}" for one in each)),
    _WORD.map(lambda word: f">-\n  {word}\n  suite"),
    _WORD.map(lambda word: f"\n  name: {word}"),
)
_KEY = st.sampled_from(
    [
        "title", "date", "published", "lastmod", "updated", "slug", "category", "categories", "tags",
        "author", "authors", "summary", "description", "source", "draft", "layout", "Title", "status",
        "publish", "image", "url", "lang", "titre", "tagz", "extra", "toc", "keywords", "excerpt",
    ]
)  # fmt: skip
_FIRST = st.sampled_from(
    ["title: Octobre rose\ndate: 2026-10-01", "title: é\npublished: 2026-10-01T09:30:00Z", ""]
)
_BODY = st.lists(
    st.sampled_from(["Un mot.", "# Titre", "", "  a  ", "\t", "\r", "a\nb", "---", "\x0b", "…"])
).map("\n".join)


@settings(max_examples=1500, deadline=None)
@given(
    first=_FIRST,
    rows=st.lists(st.tuples(_KEY, _VALUE).map(lambda row: f"{row[0]}: {row[1]}"), max_size=6),
    body=_BODY,
    path=st.sampled_from([PATH, "items/a.md", "items/2026-10-01-é.md", "items/é/index.md"]),
    reader=st.sampled_from([READER, OTHER]),
)
def test_any_front_matter(
    first: str, rows: list[str], body: str, path: str, reader: Reader
) -> None:
    """Whatever keys and values front matter has, both ways give the same row."""
    told("\n".join(["---", first, *rows, "---", body]), path, reader)


@settings(max_examples=1500, deadline=None)
@given(
    at=st.integers(0, len(COMMON.encode())),
    gone=st.integers(0, 4),
    new=st.one_of(
        st.binary(max_size=3),
        st.sampled_from(
            [b"\n", b" ", b": ", b"#", b'"', b"'", b"- ", b",", b"\x1f", b"\xef\xbb\xbf"]
        ),
    ),
)
@example(at=0, gone=0, new=b"\xef\xbb\xbf")
def test_any_bytes(at: int, gone: int, new: bytes) -> None:
    """However the bytes of a common article are damaged, both ways give the same row."""
    data = COMMON.encode()
    told(data[:at] + new + data[at + gone :])
