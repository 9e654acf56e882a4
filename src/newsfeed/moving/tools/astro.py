"""Astro's settings as far as they are literals, its routes and its constants.

https://docs.astro.build/en/reference/configuration-reference/,
https://docs.astro.build/en/guides/content-collections/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newsfeed.moving.common import author, base
from newsfeed.moving.folder import Folder
from newsfeed.moving.formats import Table, table
from newsfeed.moving.found_settings import Found, within
from newsfeed.moving.javascript import constants, literals
from newsfeed.moving.patterns import tidy
from newsfeed.text.regex import regex

_NAMED = ("consts", "config", "site.config", "constants", "site", "index", "settings")
_ENDINGS = ("ts", "js", "mjs", "json", "yaml", "yml")
_CONSTANTS = (
    *(f"src/{name}.{ending}" for name in _NAMED for ending in _ENDINGS),
    *(f"src/config/{name}.{ending}" for name in _NAMED for ending in _ENDINGS),
    *(f"site.config.{ending}" for ending in _ENDINGS),
)
_COLLECTIONS = tuple(
    f"src/content{name}.{ending}"
    for name in (".config", "/config")
    for ending in ("ts", "mts", "js", "mjs")
)
_DATA = (".json", ".yaml", ".yml")
_DEFINED = regex(r"(\w+)\s*(?::[^=;]{1,80})?=\s*defineCollection\(|(\w+)\s*:\s*defineCollection\(")
_BASE = regex(r"""\bbase\s*:\s*(["'][^"'\n]*["']|`[^`\n]*`|\w+)""")
_ROUTE = regex(r"(.*)\[\.{0,3}\w+\]\.astro")
_COLLECTION = regex(r"""getCollection\(\s*["'](\w[\w-]*)["']""")
_FEED = regex(r"(.*/)?((?:rss|feed|atom|index)\.xml|feed\.json)\.[jt]s")
_LANGUAGE = regex(r"""<html[^>]*\blang=["']([A-Za-z]{2,8}(?:-[A-Za-z0-9]+)*)["']""")
# By key of newsfeed.toml: names of constants, and of what stands in an object of settings.
_NAMES = {
    "site.title": (("SITE_TITLE", "TITLE", "SITE_NAME"), ("title", "name", "siteName")),
    "site.description": (("SITE_DESCRIPTION", "DESCRIPTION"), ("description", "desc")),
    "site.language": (("SITE_LANG", "LANG"), ("lang", "language", "locale")),
    "site.timezone": (("TIMEZONE",), ("timezone",)),
}
_PREFERRED = ("blog", "posts", "post", "articles", "news", "writing")


def read(folder: Folder, file: str, settings: Table) -> Found:
    """Return what the settings of an Astro site say."""
    found = Found(tool="Astro", file=file)
    base(found, settings, "site", "base")
    for name in _CONSTANTS:
        if (text := folder.text(name)) is not None:
            known = table(name, text) if name.endswith(_DATA) else constants(text)
            _constants(found, folder.path(name), known)
    found.first("site.language", settings, "i18n.defaultLocale")
    sources = [name for name in folder.names("src") if name.endswith((".astro", ".js", ".ts"))]
    sources.sort(key=lambda name: (name.count("/"), name))
    for name in sources:
        if name.endswith(".astro") and (tag := _LANGUAGE.search(folder.text("src", name) or "")):
            found.take("site.language", tag[1], "<html lang>", file=folder.path("src", name))
    collection, place = _collection(folder)
    found.assume("items.path", folder.path(place) if place else "")
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


def _constants(found: Found, file: str, known: Mapping[str, object]) -> None:
    """Take what constants say of the site, and what objects say that are called as its settings."""
    settings = [each for name, each in known.items() if re.search("site|config", name, re.I)]
    for key, (names, members) in _NAMES.items():
        found.first(key, known, *names, file=file)
        for each in settings:
            found.first(key, each, *members, file=file)
    for each in settings:
        if isinstance(each, dict):
            for name in ("site", "url", "website"):
                base(found, each, name, "base", file=file)
            author(found, each.get("author"), file=file)


def _collection(folder: Folder) -> tuple[str, str]:
    """Return the collection that holds the articles, and its folder: one that is called so, or the
    fullest of those that the site defines, else of those in ``src/content``.
    """
    places = {name: place for name, place in _defined(folder) if folder.holds_articles(place)}
    if not places:
        places = {name: f"src/content/{name}" for name in folder.sections("src/content") if name}
    for name in _PREFERRED:
        if name in places:
            return name, places[name]
    held = {name: len(folder.names(place)) for name, place in sorted(places.items())}
    fullest = max(held, key=held.__getitem__, default="")
    return fullest, places.get(fullest, "src/content" if folder.has("src/content") else "")


def _defined(folder: Folder) -> Iterator[tuple[str, str]]:
    """Yield the collections that are loaded from folders, each with its folder."""
    for file in _COLLECTIONS:
        text = folder.text(file) or ""
        known = constants(text)
        ends = [*(each.start() for each in _DEFINED.finditer(text)), len(text)]
        for found, end in zip(_DEFINED.finditer(text), ends[1:], strict=True):
            loaded = _BASE.search(text, found.end(), end)
            place = literals(f"{{ base: {loaded[1]} }}", known).get("base") if loaded else None
            if isinstance(place, str):
                name = (found[1] or found[2]).removesuffix("Collection")
                yield name, place.removeprefix("./").strip("/")


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
