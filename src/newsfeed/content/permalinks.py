"""Where an item's page lies: from the site's pattern, or from what its front matter asks for."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import quote, unquote, urlsplit

import msgspec

from newsfeed.config import Config
from newsfeed.text.languages import IN_FILE_NAMES
from newsfeed.text.output_paths import is_fit, lies_below_a_file
from newsfeed.text.slugs import slugify

_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch
# Control characters, a way up, and the names that newsfeed itself needs in the output folder.
_UNSAFE = r"(?i)[\x00-\x1f\x7f\\]|(?:^|/)\.\.(?:/|$)|(?:^|/)\.newsfeed-"
_EXPLICIT = re.compile(r"[^\W_][\w~-]*(?:\.[\w~-]+)*").fullmatch
_VERSION = re.compile(r"(?<=\w)\.(?=\w)")
_DATED = r"(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})(?:[-_. T]+(.*))?"
# A file system has 255 octets for a name; ".html" and the number of a twin take their share.
MOST_OCTETS = 240
_LONGEST_PATH = 400
# Docusaurus: 2026/11-23-title.md, 2026/11/23-title.md.
_SPLIT = r"(|.*/)(\d{4})/(0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])-([^/]+)"
_SUFFIX = r"(.+)\.([a-z]{2}(?:-[A-Za-z]{2,4})?)"
_MUSTACHE = r"\{\{([^{}]*)\}\}"
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}


Placeholders: TypeAlias = Callable[[], dict[str, str]]
"""Returns what placeholders stand for, by their names: few addresses have any."""


class Name(msgspec.Struct, frozen=True):
    """What a file's name says: its short name, the day in it, its language, its folder.

    ``day`` is as ISO writes it, ``folder`` below the folder of articles.
    """

    stem: str
    day: str = ""
    language: str = ""
    folder: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where an item is: ``page`` below the output folder, empty when elsewhere; ``url`` absolute.

    ``wrong`` is the part of a requested path that cannot be obeyed, ``better`` what was meant.
    """

    page: str
    url: str
    wrong: str = ""
    better: str = ""


def name_of(path: str) -> Name:
    """Return what ``path``, below the folder of articles, says of its article.

    ``2026-11-23-title.md``, ``title/index.md``, ``2026/11/23/title.md``, ``title.fr.md``.
    """
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0] or file
    language = ""
    if "." in stem and (found := re.fullmatch(_SUFFIX, stem)) and found[2][:2] in IN_FILE_NAMES:
        stem, language = found.groups()
    if stem in ("index", "README", "readme", "Index") and folder:
        folder, _, stem = folder.rpartition("/")
    if stem[:1].isdigit() and (found := re.fullmatch(_DATED, stem)):
        year, month, day, rest = found.groups()
        if rest == "index" and folder:
            folder, _, rest = folder.rpartition("/")
        return Name(rest or stem, f"{year}-{int(month):02}-{int(day):02}", language, folder)
    if stem[:1].isdigit() and (found := re.fullmatch(_SPLIT, f"{folder}/{stem}")):
        above, year, month, day, rest = found.groups()
        return Name(rest, f"{year}-{int(month):02}-{int(day):02}", language, above.strip("/"))
    day = ""
    if folder[-2:].isdigit() and (
        found := re.search(r"(?:^|/)(\d{4})[-/](\d\d)[-/](\d\d)$", folder)
    ):
        day = "-".join(found.groups())
    return Name(stem, day, language, folder)


def slug_of(name: str) -> str:
    """Return the slug that an author asks for: to the letter where it is safe, otherwise made so."""
    name = name if name.isascii() else unicodedata.normalize("NFC", name)
    if _EXPLICIT(name):
        return name
    last = unquote(name).strip().strip("/").rpartition("/")[2]
    return last if _EXPLICIT(last) else slugify(last, MOST_OCTETS)


@lru_cache(maxsize=65536)
def slug_of_file(stem: str) -> str:
    """Return the slug of a file's name: a point inside a word or figure stays, as in ``3.0``."""
    if "." not in stem:
        return slugify(stem, MOST_OCTETS)
    parts = [slugify(part, MOST_OCTETS) for part in _VERSION.split(stem)]
    return ".".join(parts)


class Pattern:
    """The site's pattern of pages, ready to be filled."""

    def __init__(self, config: Config) -> None:
        self.site = config.site.url
        self.host = config.domain
        self.base = urlsplit(config.site.url).path
        self.zone = config.zone
        self.language = config.site.language.lower()
        self.pattern = config.pages.item
        self.folders = "{folder}" in self.pattern or "{category}" in self.pattern
        if self.pattern.endswith("/"):
            self.pattern += "index.html"
        self._days: dict[tuple[int, int, int], str] = {}

    def place(
        self, published: datetime, slug: str, folder: str, category: str | None, language: str = ""
    ) -> Place:
        """Return where an item is by the site's pattern.

        ``language`` is the one in its file's name: a translation stands below it, beside the article
        of the same name in the site's language.
        """
        if published.tzinfo is not self.zone:
            published = published.astimezone(self.zone)
        day = (published.year, published.month, published.day)
        dated = self._days.get(day)
        if dated is None:
            dated = self.pattern.replace("{year}", f"{day[0]:04}")
            dated = dated.replace("{month}", f"{day[1]:02}").replace("{day}", f"{day[2]:02}")
            self._days[day] = dated
        page = dated.replace("{slug}", slug)
        if self.folders:
            folders = "/".join(slugify(part) for part in folder.split("/") if part)
            page = page.replace("{folder}", folders)
            page = page.replace("{category}", slugify(category) if category else "")
            page = re.sub(r"/{2,}", "/", page).lstrip("/")
        if language and language.lower() not in (self.language, self.language.split("-")[0]):
            page = f"{language.lower()}/{page}"
        return Place(page, self._url(page))

    def requested(self, asked: str, default: Place, values: Placeholders) -> Place:
        """Return where an item is that asks for the address or path ``asked``.

        ``values`` returns what fills placeholders such as ``:title`` and ``{{ slug }}``. Where it cannot be obeyed
        the default stands, with what was wrong.
        """
        asked = _STYLES.get(asked.strip(), asked.strip())
        if asked.lower() == "false":
            return Place("", self.site)
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", asked):
            return self._whole(asked, default)
        found = self._on_site(asked, values)
        if found is None and "\\" in asked:
            better = asked.replace("\\", "/")
            meant = self._on_site(better, values)
            if meant is not None:
                return Place(meant.page, meant.url, asked, better)
        return found or Place(default.page, default.url, asked)

    def _on_site(self, asked: str, values: Placeholders) -> Place | None:
        """Return where the path ``asked`` leads on the site, or None where it cannot be obeyed."""
        path = _filled(asked, values)
        if path is None:
            return None
        path = path.partition("#")[0].partition("?")[0]
        # A byte takes three characters where it is escaped.
        if len(path) > 3 * _LONGEST_PATH:
            return None
        plain = unicodedata.normalize("NFC", unquote(path))
        if re.search(_UNSAFE, plain) or len(plain.encode("utf-8", "replace")) > _LONGEST_PATH:
            return None
        page = _page(plain)
        if not page or not is_fit(page) or lies_below_a_file(page):
            return None
        return Place(page, self._url(page))

    def _whole(self, asked: str, default: Place) -> Place:
        try:
            parts = urlsplit(asked)
            host = parts.hostname
        except ValueError:
            return Place(default.page, default.url, asked)
        if parts.scheme not in ("http", "https", "") or not host or re.search(r"[\s<>\"\\]", asked):
            return Place(default.page, default.url, asked)
        if host == self.host and parts.path.startswith(self.base):
            path = "/" + parts.path.removeprefix(self.base).lstrip("/")
            return self._on_site(path, dict) or Place(default.page, default.url, asked)
        whole = asked if parts.scheme else f"https:{asked}"
        if not whole.isascii():
            from newsfeed.text.iri import to_uri

            whole = to_uri(whole)
        return Place("", whole)

    def _url(self, page: str) -> str:
        if page.endswith("index.html") and (page == "index.html" or page[-11] == "/"):
            page = page[:-10]
        return self.site + (page if _PLAIN(page) else quote(page, safe="/~"))


def _page(path: str) -> str:
    """Return the output path of the address path ``path``: ``/blog/foo/`` is in its index.html."""
    path = posixpath.normpath("/" + path.lstrip("/")).lstrip("/") + (
        "/" if path.endswith("/") else ""
    )
    if path.strip("/") in ("", "."):
        return ""
    if path.endswith("/"):
        return path + "index.html"
    return path if path.lower().endswith((".html", ".htm", ".xhtml")) else f"{path}/index.html"


def _filled(asked: str, placeholders: Placeholders) -> str | None:
    """Return ``asked`` with its placeholders filled, or None where one is not known."""
    if "{" not in asked and ":" not in asked:
        return asked
    values = placeholders()
    if "{" in asked:
        unknown = False

        def mustache(found: re.Match[str]) -> str:
            nonlocal unknown
            said = found[1].strip().removeprefix("-").removesuffix("-").strip()
            name = re.split(r"[\s|]", said.removeprefix("page."))[0]
            value = values.get({"fileSlug": "slug", "title": "title"}.get(name, name))
            unknown = unknown or value is None
            return value or ""

        asked = re.sub(r"\{([a-z_]+)\}", mustache, re.sub(_MUSTACHE, mustache, asked))
        if unknown or "{" in asked:
            return None
    if ":" not in asked:
        return asked
    names = sorted(values, key=len, reverse=True)
    filled = re.sub(":(" + "|".join(names) + r")\b", lambda found: values[found[1]], asked) if names else asked  # fmt: skip
    return None if re.search(r"(?:^|/):[a-z_]+", filled) else re.sub(r"/{2,}", "/", filled)
