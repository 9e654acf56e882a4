"""MkDocs' ``mkdocs.yml`` with the plugins blog (Material) and rss.

https://squidfunk.github.io/mkdocs-material/plugins/blog/,
https://guts.github.io/mkdocs-rss-plugin/configuration/
"""

from __future__ import annotations

import re

from newsfeed.moving.common import author, base
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table
from newsfeed.moving.found_settings import Found, entries, within
from newsfeed.moving.patterns import tidy

# Babel's fields of a date, which the blog plugin uses.
_DATES = {
    "yyyy": "{year}",
    "MM": "{month}",
    "dd": "{day}",
    "yy": "{short_year}",
    "M": "{i_month}",
    "d": "{i_day}",
}


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of a MkDocs site say."""
    found = Found(tool="MkDocs", file=file)
    plugins = _plugins(settings)
    rss, blog = plugins.get("rss"), plugins.get("blog")
    found.first("site.title", rss or {}, "feed_title")
    found.first("site.title", settings, "site_name")
    base(found, settings, "site_url", "")
    found.first("site.language", settings, "theme.language")
    found.first("site.description", rss or {}, "feed_description")
    found.first("site.description", settings, "site_description")
    author(found, settings.get("site_author"))
    found.first("site.rights", settings, "copyright")
    docs = str(settings.get("docs_dir") or "docs")
    if blog is not None:
        home = str(blog.get("blog_dir") or "blog").strip("./")
        posts = str(blog.get("post_dir") or "{blog}/posts").replace("{blog}", home)
        found.assume("items.path", folder.path(docs, posts))
        _permalink(found, settings, blog, home)
    found.assume("pages.slugs", "mkdocs")
    found.assume("items.typography", value=False)
    if rss is not None:
        said = within(rss, "feeds_filenames")
        names = said if isinstance(said, dict) else {}
        found.take("feeds.rss", names.get("rss_created") or "feed_rss_created.xml", "plugins: rss")
        found.take(
            "feeds.json", names.get("json_created") or "feed_json_created.json", "plugins: rss"
        )
        length = rss.get("length")
        found.take("feeds.limit", length if isinstance(length, int) else 20, "plugins: rss")
    found.output = folder.path(str(settings.get("site_dir") or "site"))
    return found


def _plugins(settings: Table) -> dict[str, dict[str, object]]:
    """Return the options of each plugin by its name: a list of names and tables, or one table."""
    found: dict[str, dict[str, object]] = {}
    said = settings.get("plugins")
    for entry in said.items() if isinstance(said, dict) else entries(settings, "plugins"):
        pairs = (
            entry.items()
            if isinstance(entry, dict)
            else [entry if isinstance(entry, tuple) else (entry, {})]
        )
        for name, options in pairs:
            found[str(name).removeprefix("material/")] = (
                options if isinstance(options, dict) else {}
            )
    return found


def _permalink(found: Found, settings: Table, blog: dict[str, object], home: str) -> None:
    form = str(blog.get("post_url_format") or "{date}/{slug}")
    day = str(blog.get("post_url_date_format") or "yyyy/MM/dd")
    dated = re.sub(r"[A-Za-z]+", lambda each: _DATES.get(each[0], "?"), day)
    tokens = {"date": dated, "slug": "{slug|title}", "file": "{file}", "categories": "{categories}"}
    pattern = re.sub(r"\{(\w+)\}", lambda each: tokens.get(each[1], "?"), form)
    if "?" in pattern or blog.get("post_slugify"):
        found.doubts.append((f"{found.file}: plugins.blog.post_url_format", form))
        return
    flat = settings.get("use_directory_urls") is False
    found.take(
        "pages.item", tidy(f"{home}/{pattern}" + (".html" if flat else "/")), "plugins: blog"
    )
