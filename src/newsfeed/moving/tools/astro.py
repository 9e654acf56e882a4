"""Astro's settings as far as they are literals, its routes and its constants.

https://docs.astro.build/en/reference/configuration-reference/,
https://docs.astro.build/en/guides/content-collections/
"""

from __future__ import annotations

import re

from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table
from newsfeed.moving.found import Found, within
from newsfeed.moving.javascript import constants
from newsfeed.moving.patterns import tidy
from newsfeed.moving.tools.jekyll import base

_CONSTANTS = (
    "src/consts.ts",
    "src/consts.js",
    "src/config.ts",
    "src/site.config.ts",
    "src/constants.ts",
)
_ROUTE = re.compile(r"(.*)\[\.{0,3}\w+\]\.astro")
_COLLECTION = re.compile(r"""getCollection\(\s*["'](\w[\w-]*)["']""")
_FEED = re.compile(r"(.*/)?((?:rss|feed|atom|index)\.xml|feed\.json)\.[jt]s")
_LANGUAGE = re.compile(r"""<html[^>]*\blang=["']([A-Za-z]{2,8}(?:-[A-Za-z0-9]+)*)["']""")
_PREFERRED = ("blog", "posts", "post", "articles", "news", "writing")


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of an Astro site say."""
    found = Found(tool="Astro", file=file)
    base(found, settings, "site", "base")
    for name in _CONSTANTS:
        if (text := folder.text(name)) is not None:
            _constants(found, folder.path(name), constants(text))
    found.first("site.language", settings, "i18n.defaultLocale")
    sources = [name for name in folder.names("src") if name.endswith((".astro", ".js", ".ts"))]
    for name in sources:
        if name.endswith(".astro") and (tag := _LANGUAGE.search(folder.text("src", name) or "")):
            found.take("site.language", tag[1], "<html lang>", file=folder.path("src", name))
    collection = _collection(folder)
    found.assume("items.path", folder.path("src/content", collection))
    found.assume("pages.slugs", "astro")
    found.assume("items.typography", value=False)
    _route(found, folder, settings, sources, collection)
    for name in sources:
        if (
            feed := _FEED.fullmatch(name.removeprefix("pages/"))
            if name.startswith("pages/")
            else None
        ):
            path = (feed[1] or "") + feed[2]
            kind = "json" if path.endswith("json") else "atom" if "atom" in path else "rss"
            found.take(f"feeds.{kind}", path, file=folder.path("src", name))
    found.output = folder.path(str(within(settings, "outDir") or "dist").strip("./"))
    return found


def _constants(found: Found, file: str, known: dict[str, object]) -> None:
    for key, names in (
        ("site.title", ("SITE_TITLE", "TITLE", "SITE_NAME")),
        ("site.description", ("SITE_DESCRIPTION", "DESCRIPTION")),
    ):
        for name in names:
            if isinstance(value := known.get(name), str):
                found.take(key, value, name, file=file)


def _collection(folder: Folder) -> str:
    held = folder.sections("src/content")
    for name in _PREFERRED:
        if held[name]:
            return name
    return max(sorted(held), key=held.__getitem__, default="")


def _route(
    found: Found, folder: Folder, settings: Table, sources: list[str], collection: str
) -> None:
    """Take the address of an article from the page that is made of each of them."""
    for name in sources:
        route = _ROUTE.fullmatch(name.removeprefix("pages/")) if name.startswith("pages/") else None
        if route is None or "[" in route[1]:
            continue
        named = _COLLECTION.findall(folder.text("src", name) or "")
        if named and collection not in named:
            continue
        flat = within(settings, "build.format") == "file"
        slash = "" if within(settings, "trailingSlash") == "never" else "/"
        pattern = f"{route[1]}{{slug|path}}" + (".html" if flat else slash)
        found.take("pages.item", tidy(pattern), file=folder.path("src", name))
        return
