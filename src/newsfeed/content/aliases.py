"""Which field of which tool means what: one table.

Keys are compared without regard to case; of several that give one field, the first in the table
that has a value wins. ``items.fields`` of the configuration puts other keys first. A key written
with a dot stands inside a map; the maps ``extra`` (Zola) and ``params`` (Hugo) are looked into too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from newsfeed.content.frontmatter import Value
from newsfeed.content.spelling import meant_by


class Field(NamedTuple):
    """A field of an article: the keys that give it, each with the tool that writes it so."""

    name: str
    doc: str
    keys: tuple[tuple[str, str], ...]


def _field(name: str, doc: str, *keys: str) -> Field:
    """Make a field of keys written ``key`` or ``key (whose)``."""
    pairs = [key.removesuffix(")").partition(" (") for key in keys]
    return Field(name, doc, tuple((key, whose) for key, _, whose in pairs))


FIELDS = (
    _field(
        "title",
        "The title; else the first heading, else the file's name.",
        "title",
        "subject (Buttondown)",
    ),
    _field(
        "published",
        "When it is published; else the day in the file's name, its folders or the address it asks for.",
        "published",
        "publishDate (Hugo)",
        "pubDate (Astro)",
        "pubDatetime (AstroPaper)",
        "publish_date (Buttondown)",
        "published_at (Ghost)",
        "publishedAt",
        "datePublished",
        "date_published",
        "published_date",
        "date",
        "created (Obsidian)",
        "created_at (Ghost)",
        "creation_date (Buttondown)",
        "date created (Obsidian)",
    ),
    _field(
        "updated",
        "When its meaning last changed.",
        "updated (Zola, Hexo)",
        "lastmod (Hugo)",
        "modified (Pelican, Obsidian)",
        "updatedDate (Astro)",
        "modDatetime (AstroPaper)",
        "last_modified_at (Jekyll)",
        "last_update.date (Docusaurus)",
        "date-modified (Quarto)",
        "updated_at (Ghost)",
        "updatedAt",
        "dateModified",
        "date_modified",
        "date_updated (Ghost)",
        "modification_date (Buttondown)",
        "date modified (Obsidian)",
        "last_modified",
        "lastModified",
    ),
    _field(
        "expires",
        "When it disappears from feeds and lists.",
        "expires",
        "expiryDate (Hugo)",
        "unpublishDate (Hugo)",
        "expires_at",
    ),
    _field("id", "The id in feeds, for ever; else one is minted.", "guid (WordPress)", "id", "uid"),
    _field(
        "slug",
        "Its short name in addresses; else the file's name, without the date.",
        "slug",
        "postSlug (AstroPaper)",
    ),
    _field(
        "url",
        "Where its page is: a path on the site, or a whole address for one that lives elsewhere.",
        "permalink (Jekyll, Eleventy, Hexo)",
        "url (Hugo, Pelican)",
        "path (Zola)",
        "save_as (Pelican)",
    ),
    _field(
        "redirects",
        "Addresses that it had before. Obsidian's aliases are names: `[[name]]` leads to the article.",
        "redirect_from (Jekyll)",
        "redirects",
        "aliases (Hugo, Zola)",
        "alias (Hexo)",
    ),
    _field(
        "categories",
        "Its category, the first one being printed. Pelican's falls back to the folder.",
        "category",
        "categories (Jekyll, Hugo, Hexo)",
        "section",
        "taxonomies.categories (Zola)",
        "taxonomies.category (Zola)",
    ),
    _field(
        "tags",
        "Its tags: a list, or a text with commas.",
        "tags",
        "tag",
        "keywords",
        "taxonomies.tags (Zola)",
    ),
    _field(
        "summary",
        "A sentence or two in plain text.",
        "description (Hugo, Astro, Zola, Docusaurus)",
        "summary (Hugo, Pelican)",
        "excerpt (Hexo, Jekyll)",
        "custom_excerpt (Ghost)",
        "abstract",
        "chapo",
    ),
    _field(
        "image",
        "Its picture: a file or address, or a map {src, alt, credit}.",
        "image (Jekyll, Docusaurus, Quarto)",
        "cover (Hugo themes, Hexo, Obsidian)",
        "heroImage (Astro)",
        "ogImage (AstroPaper)",
        "feature_image (Ghost)",
        "featured_image",
        "featuredImage",
        "thumbnail (Hexo)",
        "banner",
        "images (Hugo)",
        "coverImage",
        "cover_image (dev.to)",
        "hero_image",
        "hero",
        "og_image",
        "socialImage",
        "header.image (Jekyll themes)",
        "header.overlay_image (Jekyll themes)",
        "header.teaser (Jekyll themes)",
    ),
    _field(
        "image_alt",
        "What the picture shows, for those who do not see it.",
        "image_alt",
        "imageAlt",
        "feature_image_alt (Ghost)",
        "heroImageAlt (Astro)",
        "cover_alt",
        "coverAlt",
        "coverImageAlt",
    ),
    _field(
        "authors",
        "Who wrote it: a name, a list, or maps {name, email, url}.",
        "authors",
        "author",
    ),
    _field(
        "canonical",
        "The address of the original, where this is a copy.",
        "canonical_url (Jekyll SEO, Buttondown, Ghost)",
        "canonicalURL (Astro)",
        "canonical",
    ),
    _field("language", "Its language, a BCP 47 tag.", "lang", "language", "locale"),
    _field(
        "translation",
        "A key that its translations share.",
        "translationKey (Hugo)",
        "translation (Pelican)",
    ),
    _field(
        "weight",
        "Where it stands among others; pinned and featured give 1.",
        "weight (Hugo)",
        "order",
        "pinned",
        "featured",
    ),
    _field("source", "Who says so: a name, an address, or {name, url}.", "source"),
    _field("source_url", "The address of the source.", "source_url", "sourceUrl"),
    _field(
        "links",
        "Calls to action: a list of {text, url}.",
        "links",
        "cta",
    ),
    _field(
        "enclosures",
        "Attached files: a list of names, or of {file, title, type, length}.",
        "enclosures",
        "enclosure",
        "attachments",
        "attachment",
    ),
    _field("event", "When and where it takes place: {start, end, place}.", "event"),
)

DRAFT_KEYS = (
    ("draft", "Hugo, Zola, Astro"),
    ("published", "Jekyll, Hexo: false"),
    ("publish", "Obsidian: false"),
    ("status", "Pelican, Buttondown, Ghost: draft, hidden, scheduled"),
    ("unlisted", "Docusaurus"),
)
DRAFTS = frozenset(key for key, _ in DRAFT_KEYS)
HELD_BACK = frozenset(("draft", "hidden", "scheduled", "skip", "brouillon"))
DRAFT_FOLDER = "_drafts"
NESTED = ("extra", "params")


class Resolved(NamedTuple):
    """What a front matter gives: field -> (key, value), the keys that can hold it back, and the
    keys that look misspelt, each with the key that was meant."""

    fields: dict[str, tuple[str, Value]]
    drafts: list[str]
    misspelt: list[tuple[str, str]]


class Table:
    """The table as one site has it: ``fields`` are the keys that its configuration puts first."""

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self.ranks: dict[str, tuple[str, int]] = {}
        self.prefixes: set[str] = set(NESTED)
        own = {name: tuple(keys) for name, keys in fields.items()}
        for field in FIELDS:
            first = own.get(field.name) or own.get(_SINGULAR.get(field.name, ""), ())
            keys = dict.fromkeys((*first, *(key for key, _ in field.keys)))
            for rank, key in enumerate(keys):
                key = key.lower()
                if key in first or key not in self.ranks:
                    self.ranks[key] = (field.name, rank - 100 if key in first else rank)
                if "." in key:
                    self.prefixes.add(key.split(".")[0])

    def reads(self, key: str) -> bool:
        """Say whether ``key`` gives anything."""
        name = key.lower()
        return name in self.ranks or name in DRAFTS or name in self.prefixes

    def resolve(self, values: Mapping[str, Value]) -> Resolved:
        """Return which key gives each field: of those that have a value the first in the table."""
        found: dict[str, tuple[str, Value]] = {}
        rank: dict[str, int] = {}
        misspelt: list[tuple[str, str]] = []
        drafts: list[str] = []
        ranks = self.ranks
        for key, value in values.items():
            name = key.lower()
            if type(value) is dict and name in self.prefixes:
                self._nested(name, key, value, found, rank)
            hit = ranks.get(name)
            if name in DRAFTS:
                drafts.append(key)
            if hit is None:
                if name not in DRAFTS and (meant := meant_by(name)):
                    misspelt.append((key, meant))
            elif value and value != "~" and value != "null":
                field = hit[0]
                if field not in found or hit[1] < rank[field]:
                    found[field] = (key, value)
                    rank[field] = hit[1]
        truth, value = found.get("published", ("", ""))
        if truth.lower() == "published" and is_boolean(value):
            others = self.resolve({k: v for k, v in values.items() if k != truth})
            return others._replace(drafts=[*others.drafts, truth])
        return Resolved(found, drafts, misspelt)

    def _nested(
        self,
        prefix: str,
        written: str,
        inner: dict[str, Value],
        found: dict[str, tuple[str, Value]],
        rank: dict[str, int],
    ) -> None:
        for key, value in inner.items():
            name = key.lower() if prefix in NESTED else f"{prefix}.{key.lower()}"
            hit = self.ranks.get(name)
            if hit is None or not value:
                continue
            its = hit[1] + (1000 if prefix in NESTED else 0)
            if hit[0] not in found or its < rank[hit[0]]:
                found[hit[0]] = (f"{written}.{key}", value)
                rank[hit[0]] = its


_SINGULAR = {"categories": "category", "tags": "tag", "authors": "author", "published": "date"}
NAMES = frozenset((*(field.name for field in FIELDS), *_SINGULAR.values()))
"""The names of fields, as ``items.fields`` of the configuration may write them."""


@lru_cache(maxsize=4096)
def table(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Table:
    """Return the table with the configuration's ``fields`` put first."""
    return Table(dict(fields))


_AROUND = (
    "Pictures and files are found beside the article, in a folder of its name, in `static/`, and"
    " where other tools keep them: `assets/`, `images/`, `source/`, `public/` of the site's folder"
    " and of those that hold the articles. Links lead to an article by its path, file name, slug,"
    " title or other names. The source of an article is never published, through no link."
)


def as_markdown() -> str:
    """Return the table as a Markdown page's part: ``docs/dialects.md`` is made of it."""
    from newsfeed.markup.markers import MARKERS

    rows = ["| field | what it is | keys, the first that has a value wins |", "|---|---|---|"]
    for field in FIELDS:
        keys = ", ".join(f"`{key}`" + (f" ({whose})" if whose else "") for key, whose in field.keys)
        rows.append(f"| {field.name} | {field.doc} | {keys} |")
    drafts = ", ".join(f"`{key}` ({whose})" for key, whose in DRAFT_KEYS)
    rows.append(
        f"| draft | Held back, unless the build shows drafts. | {drafts}, the folder `_drafts/` |"
    )
    markers = ", ".join(f"`{marker}` ({whose})" for marker, whose in MARKERS)
    rows += ["", f"The excerpt of a body ends at {markers}."]
    rows += ["", _AROUND]
    return "\n".join(rows) + "\n"


def is_boolean(value: Value) -> bool:
    """Say whether a value is a yes or no, in words or figures."""
    return isinstance(value, str) and value.strip().lower() in (
        "true", "false", "yes", "no", "on", "off", "oui", "non", "1", "0", "vrai", "faux",
    )  # fmt: skip
