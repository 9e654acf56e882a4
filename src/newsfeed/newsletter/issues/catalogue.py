"""Every article of a site, to be found by what an issue file calls it."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal
from urllib.parse import unquote

from newsfeed.model import Item
from newsfeed.newsletter.issues.headings import folded
from newsfeed.newsletter.issues.issue import FOLDER

State = Literal["visible", "draft", "scheduled", "expired"]
_ENDINGS = ("", ".md", ".html", "/index.md", "/index.html")
_STEM = re.compile(r"(?:\d{4}-\d\d-\d\d-)?(.*?)(?:\.(?:md|markdown|mdx|html?))?", re.IGNORECASE)


class Catalogue:
    """The articles of a site, ``visible`` those that it shows now; ``root`` is their folder."""

    def __init__(self, items: Iterable[Item], *, visible: Iterable[Item], root: str) -> None:
        self.items = tuple(items)
        self.visible = frozenset(item.path for item in visible)
        self._root = root.rstrip("/")

    def by_id(self, key: str) -> Item | None:
        """Return the article whose id is ``key``."""
        return self._ids.get(key)

    def find(self, name: str) -> tuple[Item, ...]:
        """Return the articles that ``name`` may mean: one by id, path or address, all by name."""
        name = unicodedata.normalize("NFC", name.strip())
        if name in self._ids:
            return (self._ids[name],)
        one = self._at(name) or self._in(unquote(name.split("#")[0]))
        if one is not None:
            return (one,)
        if "/" in name:
            # The last part of a path that leads nowhere may well be another year's article.
            return ()
        return self._names.get(name.casefold()) or self._names.get(_stem(name), ())

    def titled(self, title: str) -> tuple[Item, ...]:
        """Return the articles of that title, whatever its typography."""
        return self._titles.get(folded(title), ()) if folded(title) else ()

    def state(self, item: Item, date: datetime, now: datetime) -> State:
        """Say whether a letter of ``date`` may show an article at ``now``.

        A letter whose day is to come shows what will have appeared by its end; a past one what had
        not expired by its beginning.
        """
        if item.path in self.visible:
            return "visible"
        if item.draft:
            return "draft"
        latest = now if date <= now else date + timedelta(days=1)
        if item.published > latest:
            return "scheduled"
        if item.expires is not None and item.expires <= date:
            return "expired"
        return "visible"

    def _at(self, url: str) -> Item | None:
        if not url.startswith(("http://", "https://")):
            return None
        return self._pages.get(_comparable(url))

    def _in(self, path: str) -> Item | None:
        """Return the article at a path: from the folder of issues, the site's, or the articles'."""
        plain = path.lstrip("/")
        starts = ("", self._root) if path.startswith("/") else (FOLDER, "", self._root)
        for start in starts:
            place = posixpath.normpath(posixpath.join(start, plain))
            for ending in _ENDINGS:
                if found := self._paths.get(place + ending):
                    return found
        return self._paths.get(path)

    @cached_property
    def _ids(self) -> Mapping[str, Item]:
        return {item.id: item for item in self.items if item.id}

    @cached_property
    def _paths(self) -> Mapping[str, Item]:
        return {item.path: item for item in self.items}

    @cached_property
    def _pages(self) -> Mapping[str, Item]:
        return {_comparable(item.url): item for item in self.items}

    @cached_property
    def _names(self) -> Mapping[str, tuple[Item, ...]]:
        names: dict[str, dict[str, Item]] = {}
        for item in sorted(self.items, key=lambda each: each.path):
            for name in (item.slug.casefold(), _stem(item.path), posixpath.basename(item.path)):
                names.setdefault(name, {})[item.path] = item
        return {name: tuple(found.values()) for name, found in names.items()}

    @cached_property
    def _titles(self) -> Mapping[str, tuple[Item, ...]]:
        titles: dict[str, tuple[Item, ...]] = {}
        for item in sorted(self.items, key=lambda each: each.path):
            titles[folded(item.title)] = (*titles.get(folded(item.title), ()), item)
        return titles


def _stem(path: str) -> str:
    folder, name = posixpath.split(path.rstrip("/"))
    if name.lower() in ("index.md", "index.html") and folder:
        name = posixpath.basename(folder)
    found = _STEM.fullmatch(name)
    return (found[1] if found else name).casefold()


def _comparable(url: str) -> str:
    url = unquote(url.split("#")[0].split("?")[0])
    url = re.sub(r"^https?://", "", url)
    return url.removesuffix("index.html").removesuffix(".html").rstrip("/")
