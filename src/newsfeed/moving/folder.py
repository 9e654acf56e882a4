"""A site's folder as the readers of settings see it: texts by path, never more than is sensible."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from newsfeed.content.aliases import FIELDS
from newsfeed.content.permalinks import name_of
from newsfeed.text.regex import regex

_LARGEST = 1 << 18
_MOST = 20_000
ARTICLES = (".md", ".markdown", ".mdx", ".mdown", ".mkd")
HEAD = 2000
"""Bytes, or characters, of an article in which its date stands."""
_DATES = "|".join(
    re.sub(r"(?<=[a-z])(?=[A-Z])|[_ ]", "[-_ ]?", key.replace(".", r"\."))
    for field in FIELDS
    if field.name == "published"
    for key, _ in field.keys
)
_DATED = regex(
    rf"""(?mi)^["']?(?:(?:{_DATES})["']?\s*[:=]\s*(?!true\b|false\b)\S"""
    r"""|(?:path|url)["']?\s*[:=]\s*["']?/?\d{4}/\d\d/)"""
)
NOT_ARTICLES = regex(r"(?:readme|license|licence|changelog|contributing|code_of_conduct)\.", re.I)
NOT_OURS = frozenset(
    (
        *("node_modules", "templates", "static", "issues", "public", "themes", "layouts", "vendor"),
        *("archetypes", "exampleSite", "scaffolds"),
    )
)


def bears_date(name: str, head: str) -> bool:
    """Say whether an article bears a date: in its ``name``, or in the ``head`` of its text."""
    return bool(name_of(name).day or _DATED.search(head[:HEAD]))


class Folder:
    """The folder of a site, or the one inside it where a tool's settings lie."""

    def __init__(self, root: Path, inside: str = "") -> None:
        self.root = root
        self.inside = inside

    def path(self, *parts: str) -> str:
        """Return a path below this folder as one below the site's: with ``/``, empty for itself."""
        whole = os.path.normpath("/".join(filter(None, (self.inside, *parts))) or ".")
        return "" if whole == "." else whole.replace(os.sep, "/").lstrip("/")

    def text(self, *parts: str) -> str | None:
        """Return the text of a file, None where there is none that can be read."""
        place = self.root / self.path(*parts)
        try:
            if not place.is_file() or place.stat().st_size > _LARGEST:
                return None
            return place.read_text("utf-8-sig", errors="replace")
        except OSError:
            return None

    def first(self, *names: str) -> tuple[str, str] | None:
        """Return the first of files that is there: its name and its text."""
        for name in names:
            if (text := self.text(name)) is not None:
                return name, text
        return None

    def has(self, *parts: str) -> bool:
        """Say whether there is a file or folder."""
        return (self.root / self.path(*parts)).exists()

    def names(self, *parts: str) -> list[str]:
        """Return the paths of the files below a folder of this one, sorted; hidden ones are not."""
        return sorted(self._walked(*parts))

    def _walked(self, *parts: str) -> Iterator[str]:
        top = self.root / self.path(*parts)
        number = 0
        for place, folders, names in os.walk(top):
            folders[:] = sorted(each for each in folders if each[0] != "." and each not in NOT_OURS)
            inside = Path(place).relative_to(top).as_posix()
            for name in sorted(names):
                number += 1
                if number > _MOST:
                    return
                yield name if inside == "." else f"{inside}/{name}"

    def holds_articles(self, *parts: str) -> bool:
        """Say whether articles lie in a folder, however deep."""
        return any(each.lower().endswith(ARTICLES) for each in self._walked(*parts))

    def sections(self, *parts: str) -> Counter[str]:
        """Return how many articles lie below each folder directly in this one.

        Under the empty name stand those of the folder itself that bear a date; a folder of its own
        for one of them, with its pictures, counts as it.
        """
        found: Counter[str] = Counter()
        for name in self._walked(*parts):
            top, slash, rest = name.partition("/")
            if not name.lower().endswith(ARTICLES) or (rest or top).startswith("_index."):
                continue
            if slash:
                found[top] += 1
            if not slash or rest.startswith("index."):
                found[""] += bears_date(top, self.text(*parts, name) or "")
        return found
