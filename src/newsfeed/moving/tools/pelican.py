"""Pelican's ``pelicanconf.py`` and ``publishconf.py``: the literals they assign, never run.

https://docs.getpelican.com/en/latest/settings.html
"""

from __future__ import annotations

import re

from newsfeed.moving import patterns
from newsfeed.moving.common import author, base
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table, table
from newsfeed.moving.found_settings import Found, texts

_FEEDS = {
    "atom": ("FEED_ALL_ATOM", "FEED_ATOM"), "rss": ("FEED_ALL_RSS", "FEED_RSS"),
}  # fmt: skip
_TERMS = {"category": "CATEGORY_FEED", "tag": "TAG_FEED", "author": "AUTHOR_FEED"}
_DEFAULTS = {
    "FEED_ALL_ATOM": "feeds/all.atom.xml", "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
    "AUTHOR_FEED_ATOM": "feeds/{slug}.atom.xml",
}  # fmt: skip


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of a Pelican site say; those for publishing count first."""
    found = Found(tool="Pelican", file=file)
    published = table("publishconf.py", folder.text("publishconf.py") or "")
    settings = {**_DEFAULTS, **settings, **published}
    found.first("site.title", settings, "SITENAME")
    base(found, settings, "SITEURL", "")
    found.first("site.language", settings, "DEFAULT_LANG")
    found.first("site.timezone", settings, "TIMEZONE")
    found.first("site.description", settings, "SITEDESCRIPTION", "SITESUBTITLE")
    author(found, settings.get("AUTHOR"), settings.get("AUTHOR_EMAIL"))
    content = str(settings.get("PATH") or "content")
    articles = [each for each in texts(settings.get("ARTICLE_PATHS")) if folder.has(content, each)]
    found.take("items.path", folder.path(content, articles[0] if articles else ""), "PATH")
    found.assume("pages.slugs", "pelican")
    found.assume("items.typography", value=False)
    _permalink(found, settings)
    _feeds(found, settings)
    found.output = folder.path(str(settings.get("OUTPUT_PATH") or "output"))
    return found


def _permalink(found: Found, settings: Table) -> None:
    said = str(settings.get("ARTICLE_URL") or "{slug}.html")
    named = settings.get("SLUGIFY_SOURCE") == "basename"
    tokens = {
        "slug": "{slug|file}" if named else "{slug|title}",
        "category": "{category}",
        "lang": "{lang}",
    }

    def placeholder(each: re.Match[str]) -> str:
        name, _, form = each[1].partition(":")
        if name == "date":
            return patterns.strftime(form) or "?"
        return tokens.get(name, "?")

    pattern = re.sub(r"\{([^{}]*)\}", placeholder, said)
    if "?" in pattern:
        found.doubts.append((f"{found.file}: ARTICLE_URL", said))
    else:
        found.take("pages.item", patterns.tidy(pattern), "ARTICLE_URL")


def _feeds(found: Found, settings: Table) -> None:
    for kind, names in _FEEDS.items():
        for name in names:
            if isinstance(path := settings.get(name), str):
                found.take(f"feeds.{kind}", path, name)
    limit = settings.get("FEED_MAX_ITEMS", 100)
    found.take("feeds.limit", limit if isinstance(limit, int) else None, "FEED_MAX_ITEMS")
    per = []
    for kind, name in _TERMS.items():
        files = {
            form: path
            for form in _FEEDS
            if isinstance(path := settings.get(f"{name}_{form.upper()}"), str) and "{slug}" in path
        }
        # By default Pelican gives an author's feed the name of a category's.
        clash = files == (found.value("feeds.category") or {})
        if files and not clash:
            found.take(f"feeds.{kind}", files, name)
            per.append(kind)
    found.take("feeds.per", per, "CATEGORY_FEED")
