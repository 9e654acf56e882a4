"""Hugo's settings: ``hugo.toml`` and its likes, ``config/_default/`` with a file a table.

https://gohugo.io/configuration/permalinks/, https://gohugo.io/configuration/introduction/
"""

from __future__ import annotations

import re
from typing import Any

from newsfeed.moving import patterns
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table, table
from newsfeed.moving.found import Found, within
from newsfeed.moving.tools.jekyll import author

_ENDINGS = ("toml", "yaml", "yml", "json")
_PREFERRED = ("posts", "post", "blog", "articles", "news", "writing")


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of a Hugo site say."""
    found = Found(tool="Hugo", file=file)
    for name in ("params", "languages", "permalinks", "outputFormats", "outputs", "services"):
        for ending in _ENDINGS:
            part = f"config/_default/{name}.{ending}"
            if (text := folder.text(part)) is not None:
                settings = {name: table(part, text), **settings}
    own = _language(settings)
    found.first("site.title", own, "title")
    found.first("site.title", settings, "title", "params.title")
    url = within(settings, "baseURL")
    if isinstance(url, str) and url.startswith(("http://", "https://")):
        found.take("site.url", url, "baseURL")
    elif url:
        found.doubts.append((f"{file}: baseURL", str(url)))
    found.first("site.language", own, "languageCode", "locale")
    found.first("site.language", settings, "languageCode", "locale", "defaultContentLanguage")
    found.first("site.timezone", settings, "timeZone")
    found.first("site.description", own, "params.description", "description")
    found.first("site.description", settings, "params.description", "params.subtitle")
    said = within(settings, "params.author") or within(settings, "author")
    author(found, said, within(settings, "params.email"))
    found.first("site.rights", settings, "copyright")
    content = str(within(own, "contentDir") or within(settings, "contentDir") or "content")
    section = _section(folder, content)
    found.assume("items.path", folder.path(content, section) if folder.has(content) else "")
    found.assume("pages.slugs", "hugo")
    found.assume("items.typography", value=False)
    _permalink(found, folder, settings, section)
    _feeds(found, settings)
    found.output = folder.path(str(within(settings, "publishDir") or "public"))
    return found


def _language(settings: Table) -> Table:
    """Return the table of the main language, empty where there is none."""
    languages = within(settings, "languages")
    main = within(settings, "defaultContentLanguage") or "en"
    found = within(languages, str(main))
    return found if isinstance(found, dict) else {}


def _section(folder: Folder, content: str) -> str:
    """Return the section that holds the articles: one that is called so, or the fullest."""
    held = folder.sections(content)
    for name in _PREFERRED:
        if held[name]:
            return name
    return max(sorted(held), key=held.__getitem__, default="")


def _permalink(found: Found, folder: Folder, settings: Table, section: str) -> None:
    said: Any = None
    for name in (f"permalinks.page.{section}", f"permalinks.{section}"):
        if section and isinstance(said := within(settings, name), str):
            break
    else:
        ugly = within(settings, "uglyURLs") is True
        default = f"{section}/{{folder}}/{{slug|file}}" + (".html" if ugly else "/")
        found.assume("pages.item", patterns.tidy(default))
        return
    articles = found.value("items.path") or "."
    nested = any(name.endswith("/_index.md") for name in Folder(folder.root).names(articles))
    sections = f"{section}/{{folder}}" if nested else section
    tokens = {
        "section": section, "sections": sections, "slug": "{slug|title}",
        "title": "{title}", "filename": "{file}", "contentbasename": "{file}",
        "slugorfilename": "{slug|file}", "slugorcontentbasename": "{slug|file}", "yearday": "{y_day}",
    }  # fmt: skip
    pattern = patterns.colons(said, tokens)
    if pattern is None:
        found.doubts.append((f"{found.file}: {name}", said))
        return
    # Hugo writes a page as a folder, whatever its permalink ends with (uglyURLs aside).
    whole = pattern if re.search(r"/$|\.html?$", pattern) else f"{pattern}/"
    found.take("pages.item", whole, name)


def _feeds(found: Found, settings: Table) -> None:
    outputs = within(settings, "outputs.home")
    if isinstance(outputs, list) and not any(str(each).lower() == "rss" for each in outputs):
        return
    if within(settings, "disableKinds") and "RSS" in str(within(settings, "disableKinds")):
        return
    name = within(settings, "outputFormats.RSS.baseName")
    file = f"{name}.xml" if isinstance(name, str) else "index.xml"
    found.take("feeds.rss", file, "outputFormats.RSS.baseName" if name else "")
    limit = within(settings, "services.rss.limit") or within(settings, "rssLimit")
    if isinstance(limit, int) and limit > 0:
        found.take("feeds.limit", limit, "services.rss.limit")
