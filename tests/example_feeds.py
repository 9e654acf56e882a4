"""Feeds for tests: a plain one, and one that holds everything that a feed can hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from newsfeed.model import Enclosure, Entry, Feed, Image, Item, Link, Person, Podcast, Removed

PARIS = ZoneInfo("Europe/Paris")
SITE = "https://www.example.org/"
FILES = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}


def entry(number: int = 1, **changes: Any) -> Entry:
    """Return the entry ``number``, an hour later than the one before; ``changes`` to either."""
    of_item = {name: changes.pop(name) for name in tuple(changes) if name in _ITEM_FIELDS}
    item = Item(
        path=f"items/article-{number}.md",
        title=f"Article {number}",
        slug=f"article-{number}",
        published=datetime(2026, 10, 1, 9, 0, tzinfo=PARIS) + timedelta(hours=number),
        url=f"{SITE}items/2026/10/article-{number}.html",
        page=f"items/2026/10/article-{number}.html",
        language="fr",
        id=f"tag:example.org,2026-10-01:article-{number}",
    )
    plain = Entry(
        item=replace(item, **of_item),
        title=f"Article {number}",
        content=f"<p>Le texte de l’article {number}.</p>",
        summary=f"Le résumé de l’article {number}.",
    )
    return replace(plain, **changes)


_ITEM_FIELDS = {
    "id", "url", "page", "slug", "language", "published", "updated", "categories", "tags", "authors",
}  # fmt: skip


def feed(*entries: Entry, folder: str = "", **changes: Any) -> Feed:
    """Return a feed of ``entries`` in the three formats, served from ``folder``."""
    plain = Feed(
        id="tag:example.org,2026:feed",
        title="Réseau Exemple",
        url=SITE,
        language="fr",
        updated=max(
            (each.item.modified for each in entries), default=datetime(2026, 1, 1, tzinfo=PARIS)
        ),
        entries=entries,
        files=files(folder),
        addresses=addresses(folder),
        subtitle="Les actualités du réseau",
        author=Person(name="Réseau Exemple"),
    )
    return replace(plain, **changes)


def files(folder: str) -> dict[str, str]:
    return {form: f"{folder}{file}" for form, file in FILES.items()}


def addresses(folder: str) -> dict[str, str]:
    return {form: f"{SITE}{file}" for form, file in files(folder).items()}


def rich_entry(number: int = 1) -> Entry:
    """Return an entry with everything."""
    published = datetime(2026, 9, 1, 9, 0, tzinfo=PARIS) + timedelta(days=number)
    return entry(
        number,
        title="Dépistage : p < 0,05 & après",
        url=f"{SITE}items/2026/09/dépistage-{number}.html",
        published=published,
        updated=published + timedelta(days=40),
        language="en" if number % 2 else "fr",
        categories=("Prévention",),
        tags=("côlon", "sein"),
        authors=(
            Person(name="Ana Boix", email="ana@example.org"),
            Person(name="Luc Mot", url=f"{SITE}équipe/luc.html"),
        ),
        content='<p>Texte &amp; <a href="https://www.example.org/a.html">lien</a></p>\n<p>Fin</p>',
        summary="Un résumé : R&D, p < 0,05",
        image=Image(
            src=f"{SITE}items/photo.jpg",
            alt="Une salle",
            width=640,
            height=480,
            length=45678,
            credit="Ana Boix",
        ),
        enclosures=(
            Enclosure(url=f"{SITE}items/brochure été.pdf", length=12345, title="La brochure"),
            Enclosure(url=f"{SITE}items/entretien.mp3", length=654321, duration=95),
        ),
        links=(Link(text="Plus d’informations", url="https://institut.example/infos"),),
        source=Link(text="Institut", url="https://institut.example/communiqué"),
    )


def rich_feed(count: int = 3, **changes: Any) -> Feed:
    """Return a feed with everything, ``count`` entries of it."""
    values: dict[str, Any] = {
        "author": Person(name="Réseau Exemple", email="contact@example.org", url=SITE),
        "rights": "© 2026 Réseau Exemple",
        "logo": f"{SITE}static/logo.png",
        "icon": f"{SITE}static/icon.png",
        "hub": "https://hub.example/",
        "stylesheet": "/feed.css",
        "podcast": Podcast(
            declared=True, categories=(("Science", "Physics"),), explicit=False, kind="episodic"
        ),
        "categories": {"Prévention": f"{SITE}categories/prevention/"},
        "tags": {"côlon": f"{SITE}tags/colon/index.html", "sein": f"{SITE}tags/sein/"},
        "previous": addresses("archive/1/"),
        "removed": (
            Removed(
                id="tag:example.org,2025:gone",
                when=datetime(2026, 9, 30, 12, 0, tzinfo=PARIS),
                url=f"{SITE}items/2025/gone.html",
            ),
        ),
    }
    return feed(*(rich_entry(number) for number in range(count, 0, -1)), **(values | changes))


def archive_page(**changes: Any) -> Feed:
    """Return the closed page 2 of an archive of at least three."""
    values: dict[str, Any] = {
        "folder": "archive/2/",
        "page": 2,
        "current": addresses(""),
        "previous": addresses("archive/1/"),
        "next": addresses("archive/3/"),
    }
    return feed(entry(2), entry(1), **(values | changes))


def document(of: Feed, form: str) -> bytes:
    """Return the bytes of ``of`` in the format ``form``."""
    from newsfeed.feeds import render

    data = {output.path: output.data for output in render(of)}[of.files[form]]
    assert data is not None
    return data
