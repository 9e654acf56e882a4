"""Reading costs time in proportion to an article's length, whatever stands in it."""

from __future__ import annotations

import gc
import itertools
import time
from collections.abc import Iterator

import pytest

from newsfeed.config import Config, Site
from newsfeed.content.reading.reader import Reader

SITE = Site(title="Site", url="https://www.example.org/", language="fr", timezone="Europe/Paris")
READER = Reader(Config(site=SITE))
OURS = "title: T\ndate: 2026-10-01\n"
KEYS = [
    "title",
    "date",
    "updated",
    "expires",
    "id",
    "slug",
    "url",
    "redirect_from",
    "aliases",
    "categories",
    "tags",
    "summary",
    "image",
    "authors",
    "canonical",
    "lang",
    "translation",
    "weight",
    "source",
    "links",
    "enclosures",
    "event",
    "status",
    "draft",
]

PLACES = {
    "yaml": f"---\n{OURS}$\n---\nTexte.",
    "unclosed": f"---\n{OURS}$",
    "loose fences": f"—\n{OURS}$\n—\nTexte.",
    "no fence": f"{OURS}$\n---\nTexte.",
    "toml": '+++\ntitle = "T"\ndate = 2026-10-01\n$\n+++\nTexte.',
    "json": '{"title": "T", "date": "2026-10-01", $',
    "hexo": ';;;\n"title": "T", "date": "2026-10-01", $\n;;;\nTexte.',
    "pelican": "Title: T\nDate: 2026-10-01\n$\n\nTexte.",
    "notion": "# T\n\nDate: 2026-10-01\n$\n\nTexte.",
    "logseq": "title:: T\ndate:: [[2026-10-01]]\ntags:: $\n\nTexte.",
    "nikola": "<!--\n.. title: T\n.. date: 2026-10-01\n$-->\nTexte.",
    "head": "<html><head><title>T</title>$</head><body>Texte.",
    "beginning": "$",
    "after hyphens": "---$",
    "heading": "---\ndate: 2026-10-01\n---\n# $\n",
    "body": "---\ndate: 2026-10-01\n---\n$",
}
"""Where a pattern stands, for ``$``: every container, and what is looked at of a body."""

PATTERNS = (
    "a", " ", "\n", "\t", "-", "–", "=", "#", "# ", "[", "](", "](a", "]", "{", "{{", "}}", "{: ", "<",
    "<<<<<<< a\n", "```\n<<<<<<< a\n```\n", "<a ", "<h1>", "<h1 ", "<head ", "<body ", "<meta ", "<title>", "<!--", 'a="', "a=b ", '"', "'",
    "\\", '\\"', ":", ": ", "a: ", "\na: b", "\ntitle: x", "\n- a", "\n- ", "\n  a: ", "\n  \n", ",",
    '"a":1,', '"a",', ";", ";;;\n", "+++\n", "\n---x", "&a ", "*a ", "!", "| ", "@", "a@b, ", "( at ",
    "a.", ".", "/", "//www.example.org", "%5C", "? ", "- ", "`", "\n~~~", "\u0301", "\u00a0", "\x85",
    "\u2028", "’", "1", "2026-", "0:", "a=1\n", "[a]\n", "[[a]]\n", "titel: x\n", "{text: a}, ",
    "a #b\n", "\r", "\r\n", "x\n\n", ".. a: b\n", "_", "*",
)  # fmt: skip
"""What is repeated, in each place and as the value of each key."""

SMALL, LARGE = 10_000, 160_000
MOST = 24
"""How many times as long sixteen times as much may take."""
SOON = 0.3
"""Seconds of processor time that prove nothing: a machine that is busy takes as long for little."""


@pytest.fixture(autouse=True)
def as_the_command_runs() -> Iterator[None]:
    """The command switches the collection of cycles off; its passes cost time that grows faster."""
    gc.disable()
    yield
    gc.enable()


ROUNDS = 5
"""How often is measured where it seems too slow: a busy machine is no fault of the code."""


def _article(place: str, pattern: str, size: int) -> bytes:
    return place.replace("$", pattern * (size // len(pattern.encode()))).encode()


def _seconds(path: str, data: bytes, enough: float) -> float:
    """Return the processor time that reading takes, of as many times as are needed to know."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        READER.article(path, data)
        best = min(best, time.process_time() - start)
        if best < enough:
            break
    return best


def _hold(place: str, pattern: str, small: int, large: int) -> None:
    """Hold reading ``large`` bytes of a pattern to `MOST` times what ``small`` ones take."""
    path = "items/a.html" if "<h" in place + pattern else "items/a.md"
    long = short = float("inf")
    for _ in range(ROUNDS):
        long = min(long, _seconds(path, _article(place, pattern, large), SOON))
        if long < SOON:
            return
        short = min(short, _seconds(path, _article(place, pattern, small), 0))
        if long < MOST * short:
            return
    assert long < MOST * short, f"{pattern!r} in {place!r}: {short:.3f} and {long:.3f} s"


@pytest.mark.parametrize("place", PLACES)
def test_every_container(place: str) -> None:
    """Sixteen times as much of any pattern takes at most 24 times as long, in any container."""
    for pattern in PATTERNS:
        _hold(PLACES[place], pattern, SMALL, LARGE)


def _field(key: str, before: str, after: str) -> str:
    others = "".join(row + "\n" for row in OURS.split("\n") if row and not row.startswith(key))
    return f"---\n{others}{key}: {before}${after}\n---\nTexte."


@pytest.mark.parametrize(
    ("key", "before", "pattern", "after"),
    [
        ("url", '"', "{{", '"'),
        ("url", "", "https://www.example.org//www.example.org", ""),
        ("url", "", "%5C", ""),
        ("enclosures", '[a', '"a":1,', ""),
        ("enclosures", "[", "{duration: '9:99:99'}, ", "]"),
        ("links", "[", "{text: a}, ", "]"),
        ("authors", "", "a@b, ", ""),
        ("authors", "", "a  ", ")"),
        ("authors", "[", "{name: a, email: 'a ( at '}, ", "]"),
        ("email", '"', "( at ", '"'),
        ("tags", "[", "a, ", "]"),
        ("title", "", "a #b\n", ""),
        ("published", "true\npublished: ", "true\nPublished: ", "true"),
    ],
)  # fmt: skip
def test_what_once_was_not(key: str, before: str, pattern: str, after: str) -> None:
    """So it is for the values that were slow in an earlier version, or seem able to be."""
    _hold(_field(key, before, after), pattern, 4_000, 64_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    "key",
    # A third of them in each run of the suite; all by `make linear`.
    [
        pytest.param(key, marks=[pytest.mark.whole] if number % 3 else [])
        for number, key in enumerate(KEYS)
    ],
)
def test_every_field(key: str) -> None:
    """So it is for the value of any field."""
    for (before, after), pattern in itertools.product((("", ""), ('"', '"'), ("[", "]")), PATTERNS):
        # Both are long enough for what is done with long ones alone.
        _hold(_field(key, before, after), pattern, 3_200, 51_200)
