"""The articles of a site, looked up by what an issue file calls them."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal
from urllib.parse import unquote

from newsfeed.model import Item
from newsfeed.newsletter.issues.headings import folded
from newsfeed.newsletter.issues.issue import FOLDER
from newsfeed.site.names import Names
from newsfeed.site.translations import keys_of
from newsfeed.text.languages import alike

State = Literal["visible", "draft", "scheduled", "expired"]
_ENDINGS = ("", ".md", ".html", "/index.md", "/index.html")


class Catalogue:
    """The articles of a site, ``visible`` those that it shows now; ``root`` is their folder."""

    def __init__(self, items: Iterable[Item], *, visible: Iterable[Item], root: str) -> None:
        self.items = tuple(items)
        self.visible = frozenset(item.path for item in visible)
        self._root = root.rstrip("/")
        self._names = Names(self.items)

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
        return tuple(self._paths[path] for path in self._names.all_called(name))

    def titled(self, title: str) -> tuple[Item, ...]:
        """Return the articles of that title, whatever its typography."""
        return self._titles.get(folded(title), ()) if folded(title) else ()

    def spoken(self, item: Item, language: str) -> Item | None:
        """Return ``item``, or its version, in ``language``; None where there is none."""
        return item if alike(item.language, language) else self.version(item, language)

    def version(self, item: Item, language: str) -> Item | None:
        """Return the translation of ``item`` into ``language``; None where it is in it, or has none."""
        if not language or alike(item.language, language):
            return None
        versions = self._versions.get(self._keys.get(item.path, ""), ())
        return next((each for each in versions if alike(each.language, language)), None)

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
        path = self._names.at(url)
        return self._paths[path] if path is not None else None

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
    def _keys(self) -> Mapping[str, str]:
        return keys_of(self.items)

    @cached_property
    def _versions(self) -> Mapping[str, tuple[Item, ...]]:
        versions: dict[str, tuple[Item, ...]] = {}
        for item in sorted(self.items, key=lambda each: each.path):
            if key := self._keys[item.path]:
                versions[key] = (*versions.get(key, ()), item)
        return versions

    @cached_property
    def _titles(self) -> Mapping[str, tuple[Item, ...]]:
        titles: dict[str, tuple[Item, ...]] = {}
        for item in sorted(self.items, key=lambda each: each.path):
            titles[folded(item.title)] = (*titles.get(folded(item.title), ()), item)
        return titles
