"""JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

from example_feeds import SITE, archive_page, document, entry, feed, rich_entry, rich_feed
from newsfeed.feeds.content import content
from newsfeed.model import Feed


def read(of: Feed) -> Any:
    return json.loads(document(of, "json"))


def test_a_feed_and_its_item() -> None:
    feed_ = read(rich_feed(1))
    items = feed_.pop("items")
    assert feed_ == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Réseau Exemple",
        "home_page_url": SITE,
        "feed_url": f"{SITE}feed.json",
        "description": "Les actualités du réseau",
        "language": "fr",
        "next_url": f"{SITE}archive/1/feed.json",
        "icon": f"{SITE}static/logo.png",
        "favicon": f"{SITE}static/icon.png",
        "authors": [{"name": "Réseau Exemple", "url": SITE}],
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    }
    assert items == [
        {
            "id": "tag:example.org,2026-10-01:article-1",
            "url": f"{SITE}items/2026/09/d%C3%A9pistage-1.html",
            "external_url": "https://institut.example/communiqu%C3%A9",
            "title": "Dépistage : p < 0,05 & après",
            "summary": "Un résumé : R&D, p < 0,05",
            "image": f"{SITE}items/photo.jpg",
            "date_published": "2026-09-02T09:00:00+02:00",
            "date_modified": "2026-10-12T09:00:00+02:00",
            "authors": [
                {"name": "Ana Boix", "url": "mailto:ana@example.org"},
                {"name": "Luc Mot", "url": f"{SITE}%C3%A9quipe/luc.html"},
            ],
            "tags": ["Prévention", "côlon", "sein"],
            "language": "en",
            "attachments": [
                {
                    "url": f"{SITE}items/entretien.mp3",
                    "mime_type": "audio/mpeg",
                    "size_in_bytes": 654321,
                    "duration_in_seconds": 95,
                },
                {
                    "url": f"{SITE}items/brochure%20%C3%A9t%C3%A9.pdf",
                    "mime_type": "application/pdf",
                    "title": "La brochure",
                    "size_in_bytes": 12345,
                },
            ],
            "content_html": content(rich_entry(1), {}),
        }
    ]


def test_what_is_not_known_is_not_said() -> None:
    """JSON Feed has no null: a plain feed and item have what they must, and no more."""
    plain = read(feed(entry()))
    assert list(plain) == [
        "version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items",
    ]  # fmt: skip
    assert list(plain["items"][0]) == [
        "id", "url", "title", "summary", "date_published", "date_modified", "content_html",
    ]  # fmt: skip


def test_the_walk_goes_to_older_items() -> None:
    assert read(archive_page())["next_url"] == f"{SITE}archive/1/feed.json"
    assert "next_url" not in read(archive_page(previous={}))


def test_one_of_the_contents_is_always_there() -> None:
    """JSON Feed requires content_html or content_text of each item."""
    (item,) = read(rich_feed(1, content="summary"))["items"]
    assert "content_html" not in item
    assert item["content_text"] == "Un résumé : R&D, p < 0,05"
    (bare,) = read(feed(entry(content="", summary="")))["items"]
    assert bare["content_text"] == "Article 1"


def test_an_item_that_lives_elsewhere_says_so() -> None:
    (item,) = read(feed(entry(page="", url="https://ailleurs.example/1")))["items"]
    assert (item["url"], item["external_url"]) == ("https://ailleurs.example/1",) * 2


def test_quotes_in_a_title_do_not_break_it() -> None:
    """A feed written by a text template breaks here."""
    (item,) = read(feed(entry(title='« "a\\b" »')))["items"]
    assert item["title"] == '« "a\\b" »'


def test_accents_stay_readable() -> None:
    assert "Réseau" in document(feed(), "json").decode()
