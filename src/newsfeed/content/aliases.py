"""The fields of an article: which key of which tool gives each, and what makes a value of it.

Keys are compared without regard to case, hyphens, underscores and spaces; of several that give one
field, the first in the table that has a value wins. ``items.fields`` of the configuration puts other
keys first. A key written with a dot stands inside a map; the maps ``extra`` (Zola) and ``params``
(Hugo) are looked into too.
"""

from __future__ import annotations

from newsfeed.content import fields as convert
from newsfeed.content import not_public
from newsfeed.content.episode_keys import EPISODE_FIELDS, SPELLINGS
from newsfeed.content.field_table import field

FORMER = (
    "old_url", "old_urls", "previous_url", "previous_urls", "former_url", "former_urls",
)  # fmt: skip
"""What people call an article's former addresses, in whatever tool."""
FIELDS = (
    field(
        "title",
        "The title; else the first heading, else the file's name.",
        convert.text,
        "title",
        "subject (Buttondown)",
        "eleventyNavigation.title (Eleventy)",
        "eleventyNavigation.key (Eleventy)",
    ),
    field(
        "published",
        "When it is published; else the day in the file's name, its folders or the address it asks for.",
        convert.date,
        "published",
        "embargo",
        "embargo_until",
        "publishDate (Hugo, Buttondown)",
        "publish",
        "publish_on",
        "publish_at",
        "publish_time",
        "scheduled",
        "scheduled_at",
        "scheduled_for",
        "pubDate (Astro)",
        "pubDatetime (AstroPaper)",
        "published_at (Ghost)",
        "published_on",
        "published_date",
        "published_time",
        "datePublished",
        "publication_date",
        "first_published_at (Wagtail)",
        "post_date (WordPress)",
        "date_posted",
        "posted",
        "posted_at",
        "posted_on",
        "date",
        "datetime",
        "release_date",
        "created (Obsidian)",
        "created_at (Ghost)",
        "created_on",
        "created_date",
        "creation_date (Buttondown)",
        "date created (Obsidian)",
        "date_added",
        "date.created (Material for MkDocs)",
    ),
    field(
        "updated",
        "When its meaning last changed.",
        convert.date,
        "updated (Zola, Hexo)",
        "lastmod (Hugo)",
        "modified (Pelican, Obsidian)",
        "updatedDate (Astro)",
        "modDatetime (AstroPaper)",
        "last_modified_at (Jekyll)",
        "last_update.date (Docusaurus)",
        "date.updated (Material for MkDocs)",
        "date-modified (Quarto, Obsidian)",
        "updated_at (Ghost)",
        "date_updated (Ghost)",
        "modification_date (Buttondown)",
        "last_modified",
    ),
    field(
        "expires",
        "When it disappears from feeds and lists.",
        convert.date,
        "expires",
        "expiryDate (Hugo)",
        "unpublishDate (Hugo, Grav)",
        "expires_at",
        "expires_on",
        "expiry",
        "expiration_date",
        "expire",
        "expire_date",
        "unpublish_at",
        "unpublish_on",
        "valid_until",
        "visible_until",
        "show_until",
    ),
    field(
        "id",
        "The id in feeds, for ever, to the letter; else one is minted.",
        convert.guid,
        "guid (WordPress)",
        "id",
        "uid",
    ),
    field(
        "slug",
        "Its short name in addresses; else the file's name, without the date.",
        convert.text,
        "slug",
        "postSlug (AstroPaper)",
    ),
    field(
        "url",
        "Where its page is: a path on the site, or a whole address for one that lives elsewhere.",
        convert.text,
        "permalink (Jekyll, Eleventy, Hexo)",
        "url (Hugo, Pelican)",
        "path (Zola)",
        "save_as (Pelican)",
    ),
    field(
        "redirects",
        "Addresses that it had before. Obsidian's aliases are names: `[[name]]` leads to the article.",
        convert.texts,
        "redirect_from (Jekyll)",
        "redirects",
        "aliases (Hugo, Zola)",
        "alias (Hexo)",
        *FORMER,
    ),
    field(
        "categories",
        "Its category, the first one being printed. Pelican's falls back to the folder.",
        convert.categories,
        "category",
        "categories (Jekyll, Hugo, Hexo)",
        "section",
        "taxonomies.categories (Zola)",
        "taxonomies.category (Zola)",
    ),
    field(
        "tags",
        "Its tags: a list, or a text with commas.",
        convert.tags,
        "tags",
        "tag",
        "keywords",
        "taxonomies.tags (Zola)",
    ),
    field(
        "summary",
        "A sentence or two in plain text.",
        convert.text,
        "description (Hugo, Astro, Zola, Docusaurus)",
        "summary (Hugo, Pelican)",
        "excerpt (Hexo, Jekyll)",
        "custom_excerpt (Ghost)",
        "abstract",
        "chapo",
        "chapeau",
        "meta_description",
        "seo_description",
        "metadata.description (Grav)",
        "seo.description",
    ),
    field(
        "image",
        "Its picture: a file or address, or a map {src, alt, credit, focus}; focus (40% 30%) is what stays where a letter cuts it.",
        convert.image,
        "image (Jekyll, Docusaurus, Quarto)",
        "cover (Hugo themes, Hexo, Obsidian)",
        "heroImage (Astro)",
        "ogImage (AstroPaper)",
        "feature_image (Ghost)",
        "featured_image",
        "thumbnail (Hexo)",
        "banner",
        "images (Hugo)",
        "cover_image (dev.to)",
        "hero",
        "socialImage",
        "header.image (Jekyll themes)",
        "header.overlay_image (Jekyll themes)",
        "header.teaser (Jekyll themes)",
        "itunes.image (Castanet)",
        "itunes.artwork",
        "artwork_url (Buzzsprout)",
        "image_url (Transistor)",
    ),
    field(
        "image_alt",
        "What the picture shows, for those who do not see it.",
        convert.text,
        "image_alt",
        "feature_image_alt (Ghost)",
        "heroImageAlt (Astro)",
        "cover_alt",
        "coverImageAlt",
    ),
    field(
        "authors",
        "Who wrote it: a name, a list, or maps {name, email, url}.",
        convert.people,
        "authors",
        "author",
    ),
    field(
        "canonical",
        "The address of the original, where this is a copy.",
        convert.web_page,
        "canonical_url (Jekyll SEO, Buttondown, Ghost, Astro)",
        "canonical",
    ),
    field(
        "language", "Its language, a BCP 47 tag.", convert.language, "lang", "language", "locale"
    ),
    field(
        "translation",
        "A key that its translations share.",
        convert.translation,
        "translationKey (Hugo)",
        "translation (Pelican)",
        "translation_id",
        "ref (Jekyll, beside lang)",
        "page_id (Jekyll Polyglot, beside lang)",
        "lang-ref",
    ),
    field(
        "direction",
        "Which way its text runs, where its language does not tell: rtl or ltr.",
        convert.direction,
        "dir",
        "direction",
        "text_direction",
    ),
    field(
        "weight",
        "Where it stands among others; pinned and featured give 1.",
        convert.weight,
        "weight (Hugo)",
        "order",
        "pinned",
        "featured",
    ),
    field("source", "Who says so: a name, an address, or {name, url}.", convert.link, "source"),
    field("source_url", "The address of the source.", convert.web_page, "source_url"),
    field(
        "links",
        "Calls to action: a list of {text, url}, or {Name: address, …}.",
        convert.links,
        "links",
        "cta",
    ),
    field(
        "enclosures",
        "Attached files: a list of names, or of {file, title, type, length}.",
        convert.enclosures,
        "enclosures",
        "enclosure",
        "attachments",
        "attachment",
    ),
    field(
        "event",
        "When and where it takes place: {start, end, place}, {date, time, place}, or {date, start, end} with hours; in French {début, fin, lieu, heure}.",
        convert.event,
        "event",
    ),
    *EPISODE_FIELDS,
)

NESTED = ("extra", "params")


CONVERTERS = {field.name: field.convert for field in FIELDS}
BESIDE_LANGUAGE = frozenset(("ref", "pageid"))
"""Keys of translations that mean something else in an article without a language."""
SINGULAR = {"categories": "category", "tags": "tag", "authors": "author", "published": "date"}
NAMES = frozenset((*(field.name for field in FIELDS), *SINGULAR.values()))
"""The names of fields, as ``items.fields`` of the configuration may write them."""


_AROUND = (
    "Pictures and files are found beside the article, in a folder of its name, in `static/`, and"
    " where other tools and people keep them: `assets/`, `images/`, `img/`, `media/`, `uploads/`, `photos/`, `source/`, `public/` and the like, of the site's folder"
    " and of those that hold the articles. Links lead to an article by its path, file name, slug,"
    " title or other names. The source of an article is never published, through no link."
)


def as_markdown() -> str:
    """Return the table as Markdown, which ``docs/articles.md`` includes."""
    from newsfeed.markup.elements.markers import MARKERS

    rows = ["| field | what it is | keys, the first that has a value wins |", "|---|---|---|"]
    for each in FIELDS:
        keys = ", ".join(f"`{key}`" + (f" ({whose})" if whose else "") for key, whose in each.keys)
        rows.append(f"| {each.name} | {each.doc} | {keys} |")
    rows.append("| draft | Held back, unless the build shows drafts. | see below |")
    markers = ", ".join(f"`{marker}` ({whose})" for marker, whose in MARKERS)
    rows += ["", f"The excerpt of a body ends at {markers}."]
    rows += ["", SPELLINGS, "", _AROUND, "", *_not_public_rows()]
    return "\n".join(rows) + "\n"


_HOLDS = {
    "yes": "it is true",
    "no": "it is false",
    "word": "it is no word for public",
    "any": "it holds anything",
    "null": "it holds nothing",
}


def _not_public_rows() -> list[str]:
    """Return the table of `not_public` as Markdown."""
    rows = ["### What is not public", "", _HELD, "", "| held back when | keys |", "|---|---|"]
    for mark in not_public.MARKS:
        keys = ", ".join(f"`{key}`" + (f" ({whose})" if whose else "") for key, whose in mark.keys)
        when = "it clearly says so" if mark.loose else _HOLDS[mark.kind]
        rows.append(f"| {when}{', and said' if mark.doubtful else ''} | {keys} |")
    public = ", ".join(f"`{word}`" for word in sorted(not_public.PUBLIC))
    return [*rows, "", f"Words for public: {public}."]


_HELD = (
    "What any tool calls not public is in no feed, page, list, search, letter or map of the site,"
    " unless the build shows drafts. Keys are compared without capitals, accents, spaces, hyphens and"
    " underscores, and count in the maps `params`, `extra`, `data`, `meta`, `custom` and others of"
    " the kind too. **What is unclear is held back and said** (`public-unclear`): a word that nobody"
    " knows, a mark in a map of an unknown kind, an article below a folder such as `drafts/` that does"
    " not say `draft: false`, a tag or category that says `draft`, `private`, `unlisted` or"
    " `unpublished` unless a key says that the article is public. So is an article whose day of expiry cannot be read, and one that still"
    " has the text of `newsfeed new`. Below `_drafts/` everything is a draft."
)
