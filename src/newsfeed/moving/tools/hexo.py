"""Hexo's ``_config.yml``: https://hexo.io/docs/configuration, https://hexo.io/docs/permalinks"""

from __future__ import annotations

from urllib.parse import urlsplit

from newsfeed.moving import patterns
from newsfeed.moving.common import author, base
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table
from newsfeed.moving.found_settings import Found, texts

_FORMATS = {"atom": "atom", "rss2": "rss"}


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of a Hexo site say."""
    found = Found(tool="Hexo", file=file)
    found.first("site.title", settings, "title")
    base(found, settings, "url", "" if _has_path(settings) else "root")
    for language in texts(settings.get("language"))[:1]:
        found.take("site.language", language, "language")
    found.first("site.timezone", settings, "timezone")
    found.first("site.description", settings, "description", "subtitle")
    author(found, settings.get("author"), settings.get("email"))
    found.assume("items.path", folder.path(str(settings.get("source_dir") or "source"), "_posts"))
    found.assume("pages.slugs", "hexo")
    found.assume("items.typography", value=False)
    _permalink(found, settings)
    feed = settings.get("feed")
    if isinstance(feed, dict):
        kinds = texts(feed.get("type") or "atom")
        paths = texts(feed.get("path")) or ["atom.xml" if kinds == ["atom"] else "rss2.xml"]
        for kind, path in zip(kinds, paths, strict=False):
            if kind in _FORMATS:
                found.take(f"feeds.{_FORMATS[kind]}", path.lstrip("/"), "feed.path")
        limit = feed.get("limit", 20)
        found.take("feeds.limit", limit if isinstance(limit, int) else None, "feed.limit")
    found.output = folder.path(str(settings.get("public_dir") or "public"))
    return found


def _has_path(settings: Table) -> bool:
    return len(urlsplit(str(settings.get("url") or "")).path) > 1


def _permalink(found: Found, settings: Table) -> None:
    said = str(settings.get("permalink") or ":year/:month/:day/:title/")
    dated = ":year" in str(settings.get("new_post_name") or "")
    tokens = {
        "title": "{folder}/{name}" if dated else "{path}", "name": "{name}" if dated else "{file}",
        "post_title": "{title}", "category": "{categories}", "category_directory": "{categories}",
    }  # fmt: skip
    pattern = patterns.colons(said, tokens)
    if pattern is None:
        found.doubts.append((f"{found.file}: permalink", said))
    else:
        found.take("pages.item", pattern, "permalink")
