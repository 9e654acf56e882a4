"""Where an item's page lies: from the site's pattern, or from what its front matter asks for."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Collection
from typing import TypeAlias
from urllib.parse import SplitResult, quote, unquote, urlsplit

import msgspec
from msgspec.structs import replace

from newsfeed.config import Config
from newsfeed.content.patterns import Facts, compiled
from newsfeed.text.languages import IN_FILE_NAMES
from newsfeed.text.output_paths import is_fit, lies_below_a_file
from newsfeed.text.regex import regex

_PLAIN = regex(r"[A-Za-z0-9/._~-]*").fullmatch
# Control characters, a way up, and the names that newsfeed itself needs in the output folder.
_UNSAFE = r"(?i)[\x00-\x1f\x7f\\]|(?:^|/)\.\.(?:/|$)|(?:^|/)\.newsfeed-"
# The T before a time of day is no letter of a title.
_DATED = r"(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})(?:(?:[-_. ]|T(?![^\W\d_]))[-_. ]*(.*))?"
_LONGEST_PATH = 400
# Docusaurus: 2026/11-23-title.md, 2026/11/23-title.md.
_SPLIT = r"(|.*/)(\d{4})/(0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])-([^/]+)"
_SUFFIX = r"(.+)\.([a-z]{2}(?:-[A-Za-z]{2,4})?)"
_MUSTACHE = r"\{\{([^{}]*)\}\}"
# Tools that serve /a/b, which an article asks for, under that address and not under /a/b/.
_BARE = frozenset(("jekyll", "docusaurus", "hexo"))
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

    ``day`` is as ISO writes it, ``folder`` below the folder of articles. ``path`` is the file's there,
    without its ending, its language and ``index``: it still bears the day. ``spoken`` is the folder
    that is its language, which ``folder`` and ``path`` lack.
    """

    stem: str
    day: str = ""
    language: str = ""
    folder: str = ""
    path: str = ""
    spoken: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where an item is: ``page`` below the output folder, empty when elsewhere; ``url`` absolute.

    ``wrong`` is the part of a requested path that cannot be obeyed, ``better`` what was meant.
    """

    page: str
    url: str
    wrong: str = ""
    better: str = ""


def name_of(path: str, language_folders: Collection[str] = ()) -> Name:
    """Return what ``path``, below the folder of articles, says of its article.

    ``2026-11-23-title.md``, ``title/index.md``, ``2026/11/23/title.md``, ``title.fr.md``, and
    ``fr/title.md`` where ``fr`` is one of ``language_folders``.
    """
    for spoken in language_folders:
        if path.startswith(spoken + "/"):
            above, _, language = spoken.rpartition("/")
            name = name_of(f"{above}/{path[len(spoken) + 1 :]}".lstrip("/"))
            tag = name.language or language.replace("_", "-")
            return replace(name, language=tag, spoken=spoken)
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0] or file
    language = ""
    if "." in stem and (found := re.fullmatch(_SUFFIX, stem)) and found[2][:2] in IN_FILE_NAMES:
        stem, language = found.groups()
    if stem in ("index", "README", "readme", "Index") and folder:
        folder, _, stem = folder.rpartition("/")
    whole = f"{folder}/{stem}".lstrip("/")
    if stem[:1].isdigit() and (found := re.fullmatch(_DATED, stem)):
        year, month, day, rest = found.groups()
        if rest == "index" and folder:
            folder, _, rest = folder.rpartition("/")
        return Name(rest or stem, f"{year}-{int(month):02}-{int(day):02}", language, folder, whole)
    if stem[:1].isdigit() and (found := re.fullmatch(_SPLIT, f"{folder}/{stem}")):
        above, year, month, day, rest = found.groups()
        return Name(
            rest, f"{year}-{int(month):02}-{int(day):02}", language, above.strip("/"), whole
        )
    day = ""
    if folder[-2:].isdigit() and (
        found := re.search(r"(?:^|/)(\d{4})[-/](\d\d)[-/](\d\d)$", folder)
    ):
        day = "-".join(found.groups())
    return Name(stem, day, language, folder, whole)


class Pattern:
    """The site's pattern of pages, ready to be filled."""

    def __init__(self, config: Config) -> None:
        self.site = config.site.url
        self.served = _server(urlsplit(config.site.url))
        self.base = urlsplit(config.site.url).path
        self.zone = config.zone
        self.language = config.site.language.lower()
        pattern = config.pages.item
        self._has_folders = re.search(r"\{(?:[^{}]*\|)?(?:folder|path)\b", pattern) is not None
        self._has_language = re.search(r"\{(?:[^{}]*\|)?lang\b", pattern) is not None
        self._page = compiled(pattern + "index.html" * pattern.endswith("/"), config.pages.slugs)
        # Other tools leave what a path may hold (RFC 3986 §3.3), and readers compare addresses.
        self._safe = "/~!$&'()*+,;=:@" if config.pages.slugs else "/~"
        self._bare = not config.pages.enabled and config.pages.slugs in _BARE

    def place(self, facts: Facts, language: str = "", spoken: str = "") -> Place:
        """Return where an item is by the site's pattern.

        ``language`` is the one in its file's name: a translation stands below it, beside the article
        of the same name in the site's language. One whose pattern has the file's folder stands below
        the folder ``spoken`` of its language. One whose pattern has its language stands where that says.
        """
        if self._has_language and self._page(facts) != self._page(replace(facts, language="")):
            language = spoken = ""
        if spoken and self._has_folders:
            above, _, tag = spoken.rpartition("/")
            parts = facts.folder.removeprefix(above).strip("/")
            folder = "/".join(filter(None, (above, tag, parts)))
            path = "/".join(filter(None, (above, tag, facts.path.removeprefix(above).strip("/"))))
            return self.place(replace(facts, folder=folder, path=path))
        page = self._page(facts)
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
        page = _page(plain, bare=self._bare)
        if not page or not is_fit(page) or lies_below_a_file(page):
            return None
        return Place(page, self._url(page))

    def _whole(self, asked: str, default: Place) -> Place:
        try:
            parts = urlsplit(asked)
            host, port = _server(parts)
        except ValueError:
            return Place(default.page, default.url, asked)
        if parts.scheme not in ("http", "https", "") or not host or re.search(r"[\s<>\"\\]", asked):
            return Place(default.page, default.url, asked)
        if (host, port) == self.served and parts.path.startswith(self.base):
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
        return self.site + (page if _PLAIN(page) else quote(page, safe=self._safe))


def _server(parts: SplitResult) -> tuple[str, int]:
    """Return the host and the port of an address, 0 for either of the web's own."""
    port = parts.port or 0
    return parts.hostname or "", 0 if port in (80, 443) else port


def _page(path: str, *, bare: bool) -> str:
    """Return the output path of the address path ``path``: ``/blog/foo/`` is in its index.html.

    With ``bare`` so is ``/blog/foo`` where it is: some tools serve it without a slash.
    """
    path = posixpath.normpath("/" + path.lstrip("/")).lstrip("/") + (
        "/" if path.endswith("/") else ""
    )
    if path.strip("/") in ("", "."):
        return ""
    if path.endswith("/"):
        return path + "index.html"
    named = bare or path.lower().endswith((".html", ".htm", ".xhtml"))
    return path if named else f"{path}/index.html"


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
