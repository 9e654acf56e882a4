"""Zola's ``config.toml``: https://www.getzola.org/documentation/getting-started/configuration/"""

from __future__ import annotations

from newsfeed.moving import patterns
from newsfeed.moving.common import author, base, section_of, titled
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table
from newsfeed.moving.found_settings import Found, texts


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of a Zola site say."""
    found = Found(tool="Zola", file=file)
    found.first("site.title", settings, "title")
    base(found, settings, "base_url", "")
    found.first("site.language", settings, "default_language")
    found.first("site.description", settings, "description")
    titled(found, folder, "content")
    author(found, settings.get("author"))
    section = section_of(folder, "content")
    found.assume("items.path", folder.path("content", section))
    found.assume("pages.slugs", "zola")
    found.assume("items.typography", value=False)
    found.assume("pages.item", patterns.tidy(f"{section}/{{folder}}/{{slug}}/"))
    if settings.get("generate_feeds") or settings.get("generate_feed"):
        names = texts(settings.get("feed_filenames") or settings.get("feed_filename") or "atom.xml")
        for name in names:
            kind = "json" if name.endswith(".json") else "rss" if "rss" in name else "atom"
            found.take(f"feeds.{kind}", name, "feed_filenames")
        limit = settings.get("feed_limit")
        found.take("feeds.limit", limit if isinstance(limit, int) else None, "feed_limit")
    found.output = folder.path(str(settings.get("output_dir") or "public"))
    return found
