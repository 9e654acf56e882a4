"""The keys of one front matter -> which of them gives which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import cast

import msgspec

from newsfeed.content import not_public
from newsfeed.content.aliases import FIELDS, NESTED, SINGULAR
from newsfeed.content.episode_keys import FAMILIES, of_podcast, without_signs
from newsfeed.content.fields import Path, is_boolean
from newsfeed.content.frontmatter import Value
from newsfeed.content.spelling import FOREIGN, meant_by


class Given(msgspec.Struct, frozen=True):
    """What gives a field: a key with a dot where it stands inside a map, its path, and its value."""

    key: str
    path: Path
    value: Value


LABELLING = ("tags", "categories")
"""The fields whose labels can hold an article back."""


class Resolved(msgspec.Struct, frozen=True):
    """What a front matter gives: its fields, the keys that can hold it back, and the keys that look
    misspelt, each with the key that was meant.

    ``labels`` is every key that gives one of the fields `LABELLING`, the first of each or not.
    """

    fields: dict[str, Given]
    marks: list[not_public.Found]
    misspelt: list[tuple[str, str]]
    labels: list[tuple[str, Given]]


class _Found:
    """What gives each field so far: of several keys the one with the lowest rank."""

    def __init__(self) -> None:
        self.fields: dict[str, Given] = {}
        self.labels: list[tuple[str, Given]] = []
        self._ranks: dict[str, int] = {}

    def put(self, field: str, rank: int, given: Given) -> None:
        if field in LABELLING:
            self.labels.append((field, given))
        if field not in self._ranks or rank < self._ranks[field]:
            self.fields[field] = given
            self._ranks[field] = rank


_BEGINNINGS = tuple(FAMILIES)


class Table:
    """The table as one site has it: ``fields`` are the keys that its configuration puts first."""

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self.ranks: dict[str, tuple[str, int]] = {}
        self.prefixes: set[str] = {*NESTED, *FAMILIES}
        own = {name: tuple(keys) for name, keys in fields.items()}
        for field in FIELDS:
            first = own.get(field.name) or own.get(SINGULAR.get(field.name, ""), ())
            keys = dict.fromkeys((*first, *(key for key, _ in field.keys)))
            for rank, key in enumerate(keys):
                key = key.lower()
                if key in first or key not in self.ranks:
                    self.ranks[key] = (field.name, rank - 100 if key in first else rank)
                if "." in key:
                    self.prefixes.add(key.split(".")[0])

    def reads(self, key: str) -> bool:
        """Say whether ``key`` gives anything."""
        name = key.lower()
        known = self._hit(name) is not None or name in self.prefixes
        return known or not_public.mark_of(key) is not None

    def dates(self, mark: not_public.Found) -> bool:
        """Say whether a key that can hold an article back gives the day of its publication instead."""
        key = mark.path[-1]
        name = key.lower() if isinstance(key, str) else ""
        hit = self.ranks.get(FOREIGN.get(name, name))
        return hit is not None and hit[0] == "published" and not is_boolean(mark.value)

    def resolve(self, values: Mapping[str, Value]) -> Resolved:
        """Return which key gives each field: of those that have a value the first in the table."""
        found = _Found()
        misspelt: list[tuple[str, str]] = []
        for key, value in values.items():
            name = key.lower()
            is_map = type(value) is dict
            if is_map and (name in self.prefixes or name in not_public.CONTAINERS):
                self._nested(name, (key,), cast(dict[str, Value], value), found)
            hit = self._hit(name)
            mark = not_public.mark_of(key)
            truth = mark is not None and is_boolean(value)
            if truth and hit is not None and hit[0] == "published":
                continue  # it holds back, or does not, and is no date
            if hit is not None:
                _put(found, hit, Given(key, (key,), value))
            elif (mark is None or name in FOREIGN) and (meant := meant_by(name)):
                stands = is_map and name in not_public.CONTAINERS
                if not stands and (not truth or not_public.mark_of(meant) is not None):
                    misspelt.append((key, meant))
        return Resolved(found.fields, not_public.found(values), misspelt, found.labels)

    def _nested(self, prefix: str, path: Path, inner: Mapping[str, Value], into: _Found) -> None:
        """Look into the map at ``path``, whose name is ``prefix``."""
        for key, value in inner.items():
            low = key.lower()
            if prefix in NESTED and type(value) is dict and low in FAMILIES:
                self._nested(low, (*path, key), value, into)
            hit = self._hit(low)
            # What ends an article counts in every map that stands for it, as what holds it back does.
            own = prefix in NESTED or (hit is not None and hit[0] == "expires")
            if not own:
                hit = self._of_map(prefix, low)
            if hit is None or not value:
                continue
            rank = hit[1] + (1000 if own or len(path) > 1 else 0)
            into.put(hit[0], rank, Given(".".join(map(str, (*path, key))), (*path, key), value))

    def _hit(self, name: str) -> tuple[str, int] | None:
        """Return the field that ``name`` gives, and how far down it stands among that field's keys."""
        found = self.ranks.get(name)
        if found is None and name.startswith(_BEGINNINGS):
            found = self.ranks.get(of_podcast(name))
        return found

    def _of_map(self, prefix: str, name: str) -> tuple[str, int] | None:
        found = self.ranks.get(f"{prefix}.{name}")
        if found is None and prefix in FAMILIES:
            found = self.ranks.get(f"{FAMILIES[prefix]}.{without_signs(name)}")
        return found


def _put(found: _Found, hit: tuple[str, int], given: Given) -> None:
    """Let a key of the front matter give a field, if it says anything."""
    value = given.value
    if type(value) is dict and given.key.lower() == "episode":
        return  # what it holds gives fields
    if value and value != "~" and value != "null":
        found.put(*hit, given)


@lru_cache(maxsize=4096)
def table(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Table:
    """Return the table with the configuration's ``fields`` put first."""
    return Table(dict(fields))
