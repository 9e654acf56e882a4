"""What machines read in a page's head: description, canonical address, Open Graph, schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape

from markupsafe import Markup

from newsfeed.config import Site
from newsfeed.model import Entry, Image, Person
from newsfeed.pages.links import is_followed
from newsfeed.text.timestamps import rfc3339

DESCRIPTION_LENGTH = 300
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def of_page(title: str, description: str, url: str, site: Site) -> Markup:
    """Return the metadata of a page that is not an article."""
    return Markup(_common("website", title, description, url, url, site.title))


def of_item(
    entry: Entry, url: str, site: Site, logo: Image | None, translations: Iterable[tuple[str, str]]
) -> Markup:
    """Return the metadata of an item's page: also its dates, picture, translations and NewsArticle.

    Open Graph (ogp.me), and schema.org's NewsArticle as JSON-LD.
    """
    item, image = entry.item, entry.image
    description = shortened(entry.summary)
    lines = [
        _common("article", entry.title, description, url, item.canonical or url, site.title),
        _property("article:published_time", rfc3339(item.published)),
        _property("article:modified_time", rfc3339(item.modified)),
    ]
    if image is not None:
        lines.append(_property("og:image", image.src))
        if image.width and image.height:
            lines.append(_property("og:image:width", str(image.width)))
            lines.append(_property("og:image:height", str(image.height)))
        if image.alt:
            lines.append(_property("og:image:alt", image.alt))
        lines.append('<meta name="twitter:card" content="summary_large_image">\n')
    for tag, address in translations:
        lines.append(f'<link rel="alternate" hreflang="{escape(tag)}" href="{escape(address)}">\n')
    article = _in_script(_article(entry, description, url, site, logo))
    lines.append(f'<script type="application/ld+json">{article}</script>\n')
    return Markup("".join(lines))


def shortened(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """Return the first ``length`` characters at most, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–—") + "…"


def _common(
    kind: str, title: str, description: str, url: str, canonical: str, site_title: str
) -> str:
    described = escape(description)
    return (
        f'<meta name="description" content="{described}">\n'
        f'<link rel="canonical" href="{escape(canonical)}">\n'
        f'<meta property="og:type" content="{kind}">\n'
        f'<meta property="og:site_name" content="{escape(site_title)}">\n'
        f'<meta property="og:title" content="{escape(title)}">\n'
        f'<meta property="og:description" content="{described}">\n'
        f'<meta property="og:url" content="{escape(url)}">\n'
    )


def _property(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{escape(content)}">\n'


def _article(
    entry: Entry, description: str, url: str, site: Site, logo: Image | None
) -> dict[str, object]:
    item = entry.item
    publisher: dict[str, object] = {"@type": "Organization", "name": site.title, "url": site.url}
    if logo is not None:
        publisher["logo"] = {"@type": "ImageObject", "url": logo.src}
    article: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": entry.title,
        "description": description,
        "mainEntityOfPage": item.canonical or url,
        "datePublished": rfc3339(item.published),
        "dateModified": rfc3339(item.modified),
        "inLanguage": item.language,
        "author": [_person(person) for person in item.authors] or publisher,
        "publisher": publisher,
    }
    if item.category:
        article["articleSection"] = item.category
    if item.tags:
        article["keywords"] = item.tags
    if entry.image is not None:
        article["image"] = entry.image.src
    return article


def _person(person: Person) -> dict[str, str]:
    found = {"@type": "Person", "name": person.name}
    if person.url and is_followed(person.url):
        found["url"] = person.url
    return found


def _in_script(value: Mapping[str, object]) -> str:
    """Return JSON that no HTML parser takes for the end of its ``<script>``."""
    text = _JSON.encode(value)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
