"""Misspelt keys are recognised; other tools' keys are left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import folders
from newsfeed.config import parse
from newsfeed.content.spelling import meant_by


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("tgas", "tags"),
        ("titel", "title"),
        ("tilte", "title"),
        ("titre", "title"),
        ("catégorie", "category"),
        ("categroy", "category"),
        ("sumary", "summary"),
        ("desciption", "description"),
        ("auteur", "author"),
        ("autors", "authors"),
        ("upadted", "updated"),
        ("expries", "expires"),
        ("darft", "draft"),
        ("lagnuage", "language"),
        ("layout", ""),
        ("comments", ""),
        ("series", ""),
        ("data", ""),
        ("toc", ""),
        ("sidebar_label", ""),
        ("imagecredit", ""),
        ("cover_image", ""),
    ],
)
def test_misspelt_keys(key: str, meant: str) -> None:
    """A key that is nearly one of ours is recognised; other tools' keys are left alone."""
    assert meant_by(key) == meant


def test_keys_are_compared_by_their_letters() -> None:
    """Whatever parts their words, and however tall they stand; the keys inside maps, too."""
    text = """---
Title: A
PublishedAt: 2026-01-02
LAST-UPDATE:
  Date: 2026-01-03
Featured-Image: {Path: a.png, alt_text: Un plan}
canonical-url: https://a.example/b
Author:
  Full Name: Agnès
  E-mail: agnes@example.org
  website: https://agnes.example/
event:
  Start Date: 2026-02-01
  end_date: 2026-02-03
  Venue: Nîmes
---
B
"""
    config = parse(
        '[site]\ntitle = "T"\nurl = "https://www.example.org/"\nlanguage = "fr"\ntimezone = "UTC"\n'
    )
    found = folders.read(folders.InMemory({"items/a.md": text.encode()}), config)
    assert found.problems == ()
    (item,) = found.items
    assert (item.title, item.canonical) == ("A", "https://a.example/b")
    assert (item.published, item.updated) == tuple(
        datetime(2026, 1, day, tzinfo=UTC) for day in (2, 3)
    )
    assert item.image is not None
    assert (item.image.src, item.image.alt) == ("a.png", "Un plan")
    (author,) = item.authors
    assert (author.name, author.email, author.url) == (
        "Agnès",
        "agnes@example.org",
        "https://agnes.example/",
    )
    assert item.event is not None
    days = [when and when.date().isoformat() for when in (item.event.start, item.event.end)]
    assert (days, item.event.place) == (["2026-02-01", "2026-02-03"], "Nîmes")
