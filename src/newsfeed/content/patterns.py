"""The site's pattern of pages, ``pages.item``: its placeholders, and what fills them.

``{a|b}`` is the first of its placeholders that has a value. ``pages.slugs`` says by whose rules a
text becomes a part of an address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import unquote

import msgspec

from newsfeed.content import naming
from newsfeed.text.regex import regex
from newsfeed.text.slugs import slugify, within

_UNSAFE = regex(r"[\x00-\x1f\x7f\\\\]|(?:^|/)\.\.?(?:/|$)")
_LONGEST_PATH = 400
_EXPLICIT = regex(r"[^\W_][\w~-]*(?:\.[\w~-]+)*").fullmatch
_VERSION = regex(r"(?<=\w)\.(?=\w)")
# A file system has 255 octets for a name; ".html" and the number of a twin take their share.
MOST_OCTETS = 240


class Facts(msgspec.Struct, frozen=True):
    """What the placeholders of a pattern are made of, as texts that no tool has changed yet.

    ``when`` is in the site's zone. ``slug`` is that of front matter, empty for none; ``name`` the
    file's short name; ``path``, with the day in it, and ``folder`` lie below the folder of articles.
    """

    when: datetime
    title: str
    slug: str
    name: str
    path: str
    folder: str
    day: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""


def compiled(pattern: str, tool: str) -> Callable[[Facts], str]:
    """Return what gives the output path that ``pattern`` means for an article.

    ``tool`` is a key of `naming.NAMINGS`, empty for newsfeed's own rules.
    """
    parts = re.split(r"\{([^{}]*)\}", pattern)
    makers = [
        _literal(part) if at % 2 == 0 else _filled(part, tool) for at, part in enumerate(parts)
    ]

    def page(facts: Facts) -> str:
        made = "".join([make(facts) for make in makers])
        return (re.sub(r"/{2,}", "/", made) if "//" in made else made).lstrip("/")

    return page


@lru_cache(maxsize=4096)
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


_OWN: dict[str, Callable[[str], str]] = {"slug": slug_of, "name": slug_of_file}


def _literal(text: str) -> Callable[[Facts], str]:
    return lambda _: text


def _filled(names: str, tool: str) -> Callable[[Facts], str]:
    makers = [_maker(name, tool) for name in names.split("|")]
    if len(makers) == 1:
        if names == "slug":  # alone it always has a value
            makers.append(_maker("name", tool))
        else:
            return makers[0]
    return lambda facts: next(filter(None, (make(facts) for make in makers)), "")


def _maker(name: str, tool: str) -> Callable[[Facts], str]:
    if name in DATES:
        return DATES[name]
    if name == "lang":
        return lambda facts: facts.language
    way = _way(tool, name)
    if name in ("category", "categories"):
        last = 1 if name == "category" else None
        return lambda facts: "/".join(
            dict.fromkeys(way(each) for each in facts.categories[:last] if each)
        )
    if name == "path":
        return lambda facts: _path(facts, way, tool)
    if name == "folder":
        return lambda facts: _ways(facts.folder, way)
    if name == "file":
        return lambda facts: way(facts.path.rpartition("/")[2])
    return lambda facts: way(text) if (text := getattr(facts, name)) else ""


def _way(tool: str, placeholder: str) -> Callable[[str], str]:
    """Return what makes a part of an address; what would lead out of its folder is made plain."""
    if not tool:
        own = _OWN.get(placeholder, slugify)
        return lambda text: within(own(text), MOST_OCTETS)
    way = naming.naming(tool, "category" if placeholder == "categories" else placeholder)

    def safe(text: str) -> str:
        made = way(text)
        unsafe = (
            not made or _UNSAFE.search(made) or len(made.encode("utf-8", "replace")) > _LONGEST_PATH
        )
        return slugify(text) if unsafe else made.strip("/")

    return safe


def _path(facts: Facts, way: Callable[[str], str], tool: str) -> str:
    """Return the file's path below the folder of articles, without its ending.

    Docusaurus turns the day in it into folders (docs/blog, "Blog post date"); to Eleventy a file
    that is called like its folder is that folder's index (docs/permalinks).
    """
    above, _, name = facts.path.rpartition("/")
    if tool == "eleventy" and name == above.rpartition("/")[2]:
        return _ways(above, way)
    if tool == "docusaurus" and facts.day:
        return f"{facts.day.replace('-', '/')}/{way(facts.name)}"
    return _ways(facts.path, way)


def _ways(path: str, way: Callable[[str], str]) -> str:
    return "/".join(way(part) for part in path.split("/") if part)


DATES: Mapping[str, Callable[[Facts], str]] = {
    "year": lambda facts: f"{facts.when.year:04}",
    "month": lambda facts: f"{facts.when.month:02}",
    "day": lambda facts: f"{facts.when.day:02}",
    "short_year": lambda facts: f"{facts.when.year % 100:02}",
    "i_month": lambda facts: str(facts.when.month),
    "i_day": lambda facts: str(facts.when.day),
    "y_day": lambda facts: f"{facts.when.timetuple().tm_yday:03}",
    "hour": lambda facts: f"{facts.when.hour:02}",
    "minute": lambda facts: f"{facts.when.minute:02}",
    "second": lambda facts: f"{facts.when.second:02}",
}
