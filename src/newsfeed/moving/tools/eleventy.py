"""Eleventy's settings as far as they are literals, its global data, and its feed plugin.

https://www.11ty.dev/docs/config/, https://www.11ty.dev/docs/plugins/rss/
"""

from __future__ import annotations

import re

from newsfeed.moving.common import author, base
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table, table
from newsfeed.moving.found_settings import Found, within
from newsfeed.moving.javascript import calls
from newsfeed.moving.patterns import strftime, tidy
from newsfeed.text.regex import regex

_DATA = ("metadata", "site", "meta", "config", "global")
_DATA_ENDINGS = ("json", "js", "cjs", "mjs", "yml", "yaml")
_FEED = regex(r"""^permalink:\s*["']?/?([\w./-]+\.(?:xml|json))["']?\s*$""", re.M)
_FOLDERS = ("posts", "blog", "articles", "post", "news", "writing", "content/blog", "content/posts")
_MUSTACHE = regex(
    r"""\{\{\s*([\w.]+)\s*(?:\|\s*(?:slugify|slug|url)\s*|\|\s*date:\s*["']([^"']*)["']\s*)*\}\}"""
)
_TOKENS = {
    "page.fileSlug": "{name}", "title": "{title}", "page.filePathStem": "{path}", "slug": "{slug}",
}  # fmt: skip


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of an Eleventy site say."""
    found = Found(tool="Eleventy", file=file)
    text = folder.text(file.rpartition("/")[2]) or ""
    source = str(within(settings, "dir.input") or ".").strip("/")
    _plugin(found, text)
    data = str(within(settings, "dir.data") or "_data")
    for name in _DATA:
        for ending in _DATA_ENDINGS:
            path = f"{source}/{data}/{name}.{ending}"
            if (said := folder.text(path)) is not None:
                _metadata(found, folder.path(path), table(path, said))
    articles = next((each for each in _FOLDERS if folder.holds_articles(source, each)), "")
    found.assume("items.path", folder.path(source, articles) if articles else "")
    found.assume("pages.slugs", "eleventy")
    found.assume("items.typography", value=False)
    _permalink(found, folder, source, articles)
    for name in folder.names(source):
        if name.endswith((".njk", ".liquid", ".hbs")) and name.count("/") < 3:
            feed = _FEED.search(folder.text(source, name) or "")
            if feed and "sitemap" not in feed[1]:
                kind = "json" if feed[1].endswith("json") else "rss" if "rss" in feed[1] else "atom"
                found.take(f"feeds.{kind}", feed[1], "permalink", file=folder.path(source, name))
    found.output = folder.path(str(within(settings, "dir.output") or "_site"))
    return found


def _plugin(found: Found, text: str) -> None:
    """Take what the feed plugin is told."""
    for arguments in calls(text, "addPlugin"):
        options = arguments[1] if len(arguments) > 1 and isinstance(arguments[1], dict) else {}
        path, kind = options.get("outputPath"), options.get("type", "atom")
        if isinstance(path, str) and kind in ("atom", "rss", "json"):
            found.take(f"feeds.{kind}", path.lstrip("/"), "addPlugin")
            limit = within(options, "collection.limit")
            found.take(
                "feeds.limit", limit if isinstance(limit, int) and limit else None, "addPlugin"
            )
            _metadata(found, found.file, options.get("metadata") or {})


def _metadata(found: Found, file: str, said: dict[str, object]) -> None:
    found.first("site.title", said, "title", "name", "siteName", file=file)
    base(found, said, "url" if within(said, "url") else "base", "", file=file)
    found.first("site.language", said, "language", "lang", "locale", file=file)
    found.first("site.description", said, "description", "subtitle", file=file)
    author(found, said.get("author"), said.get("authorEmail"), file=file)


def _permalink(found: Found, folder: Folder, source: str, articles: str) -> None:
    """Take the address from the folder's data file, else from where the files lie."""
    last = articles.rpartition("/")[2]
    for ending in ("json", "yml", "yaml", *(f"11tydata.{each}" for each in _DATA_ENDINGS)):
        path = f"{source}/{articles}/{last}.{ending}"
        if articles and (text := folder.text(path)) is not None:
            said = table(path, text).get("permalink")
            if isinstance(said, str):
                pattern = _MUSTACHE.sub(_placeholder, said)
                if "{{" in pattern:
                    found.doubts.append((f"{folder.path(path)}: permalink", said))
                else:
                    found.take("pages.item", tidy(pattern), "permalink", file=folder.path(path))
                return
    found.assume("pages.item", tidy(f"{articles}/{{path}}/"))


def _placeholder(found: re.Match[str]) -> str:
    """Return the placeholder for a template's variable, ``{{`` for one that is not known."""
    name, form = found.groups()
    if name in ("page.date", "date") and form:
        return strftime(form) or "{{"
    return _TOKENS.get(name, "{{")
