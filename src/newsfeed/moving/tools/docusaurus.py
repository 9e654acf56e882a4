"""Docusaurus' settings as far as they are literals: its blog plugin, alone or of the preset.

https://docusaurus.io/docs/api/plugins/@docusaurus/plugin-content-blog
"""

from __future__ import annotations

from newsfeed.moving.common import base
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table
from newsfeed.moving.found_settings import Found, entries, texts, within
from newsfeed.moving.patterns import tidy

_FILES = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of a Docusaurus site say."""
    found = Found(tool="Docusaurus", file=file)
    blog = _blog(settings)
    found.first("site.title", within(blog, "feedOptions") or {}, "title")
    found.first("site.title", settings, "title")
    base(found, settings, "url", "baseUrl")
    found.first("site.language", settings, "i18n.defaultLocale")
    found.assume("site.language", "en")
    found.first("site.description", within(blog, "feedOptions") or {}, "description")
    found.first("site.description", settings, "tagline")
    path = blog.get("path")
    found.assume("items.path", folder.path(path if isinstance(path, str) else "blog"))
    found.assume("pages.slugs", "docusaurus")
    found.assume("items.typography", value=False)
    route = blog.get("routeBasePath")
    route = route.strip("/") if isinstance(route, str) else "blog"
    slash = "/" if settings.get("trailingSlash") is True else ""
    pattern = tidy(f"{route}/{{slug|path}}{slash}")
    if "routeBasePath" in blog:
        found.take("pages.item", pattern, "blog.routeBasePath")
    found.assume("pages.item", pattern)
    kinds = within(blog, "feedOptions.type")
    for kind in texts(list(_FILES) if kinds == "all" else kinds or ["rss", "atom"]):
        if kind in _FILES:
            found.take(f"feeds.{kind}", tidy(f"{route}/{_FILES[kind]}"), "blog.feedOptions")
    limit = within(blog, "feedOptions.limit")
    found.take("feeds.limit", limit if isinstance(limit, int) else 20, "blog.feedOptions")
    found.output = folder.path("build")
    return found


def _blog(settings: Table) -> dict[str, object]:
    """Return the options of the blog."""
    for entry in entries(settings, "presets"):
        if (
            isinstance(entry, list)
            and len(entry) > 1
            and isinstance(within(entry[1], "blog"), dict)
        ):
            found: dict[str, object] = entry[1]["blog"]
            return found
    for entry in entries(settings, "plugins"):
        if isinstance(entry, list) and len(entry) > 1 and "content-blog" in str(entry[0]):
            return entry[1] if isinstance(entry[1], dict) else {}
    return {}
