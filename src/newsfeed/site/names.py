"""What people call an article, in a link or in an issue file -> its path."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Protocol
from urllib.parse import unquote

from newsfeed.text.regex import regex

_ENDING = regex(r"\.(?:md|markdown|mdx|html?)$", re.IGNORECASE)
_DAY = regex(r"^\d{4}-\d\d-\d\d-")


class Article(Protocol):
    """An `Item` or its `Head`."""

    @property
    def path(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def url(self) -> str: ...
    @property
    def page(self) -> str: ...


class Names:
    """Articles by the names of their files, their slugs, titles, other names and addresses.

    Each table is made when it is first asked; of several articles of one name the first path wins.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        self._given = articles

    def called(self, name: str) -> str | None:
        """Return the path of the article that ``name`` means: a file's name, a slug or a title.

        Aliases count only where no file name, slug or title matches.
        """
        folded = name.casefold()
        for key in (folded, stem(name)):
            if found := [*self._by_name.get(key, []), *self._by_title.get(key, [])]:
                return min(found)
        others = self._by_alias.get(folded)
        return others[0] if others else None

    def all_called(self, name: str) -> tuple[str, ...]:
        """Return the paths of all articles that have ``name`` as a file's name or as their slug."""
        found = self._by_name.get(name.casefold()) or self._by_name.get(stem(name))
        return tuple(found or ())

    def at(self, url: str) -> str | None:
        """Return the path of the article at ``url``, however it is written."""
        return self._by_url.get(comparable(url))

    @cached_property
    def _articles(self) -> list[Article]:
        return sorted(self._given, key=lambda each: each.path)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return self._table(lambda each: (posixpath.basename(each.path), stem(each.path), each.slug))

    @cached_property
    def _by_title(self) -> dict[str, list[str]]:
        return self._table(lambda each: (each.title,))

    @cached_property
    def _by_alias(self) -> dict[str, list[str]]:
        return self._table(lambda each: each.names)

    @cached_property
    def _by_url(self) -> dict[str, str]:
        # An article that lives elsewhere stands behind one whose page is there.
        ordered = sorted(self._articles, key=lambda each: each.page != "")
        return {comparable(each.url): each.path for each in ordered}

    def _table(self, names_of: Callable[[Article], Iterable[str]]) -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for each in self._articles:
            for name in dict.fromkeys(name.casefold() for name in names_of(each)):
                table.setdefault(name, []).append(each.path)
        return table


def stem(path: str) -> str:
    """Return a file's name in lower case, without ending or date; an index gives its folder's."""
    folder, name = posixpath.split(path.rstrip("/"))
    if name.lower() in ("index.md", "index.html") and folder:
        name = posixpath.basename(folder)
    return _DAY.sub("", _ENDING.sub("", name)).casefold()


def comparable(url: str) -> str:
    """Return what two spellings of an address share: not their scheme, ending, query or fragment."""
    url = unquote(url.split("#")[0].split("?")[0])
    url = re.sub(r"^https?://", "", url)
    return url.removesuffix("index.html").removesuffix(".html").rstrip("/")
