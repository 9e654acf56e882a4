"""The keys of one front matter -> which of them gives which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from newsfeed.content import not_public
from newsfeed.content.aliases import FIELDS, NESTED, SINGULAR
from newsfeed.content.episode_keys import FAMILIES, of_podcast, without_signs
from newsfeed.content.fields import Path, is_boolean
from newsfeed.content.frontmatter import Value
from newsfeed.content.spelling import foreign, joined, meant_by


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


class _Key(NamedTuple):
    """What a key of a front matter may give, whatever its value.

    ``hit`` is the field, and how far down it stands among that field's keys; ``mark`` what it says
    of being public; ``flag`` that a yes or no says nothing else. A map is looked into where the key
    ``opens`` it. ``meant`` is the key that a misspelt one stands for.
    """

    name: str
    hit: tuple[str, int] | None
    mark: not_public.Mark | None
    flag: bool
    opens: bool
    meant: str


class _Found:
    """What gives each field so far: of several keys the one with the lowest rank."""

    def __init__(self) -> None:
        self.fields: dict[str, Given] = {}
        self.labels: list[tuple[str, Given]] = []
        self.ranks: dict[str, int] = {}

    def put(self, field: str, rank: int, given: Given) -> None:
        if rank < self.ranks.get(field, _LAST):
            self.fields[field] = given
            self.ranks[field] = rank
        if field in LABELLING:
            self.labels.append((field, given))


_LAST = 1 << 30
_NOTHING = ("~", "null")
_MAPS = frozenset(("date", "episode"))
"""Fields that are maps elsewhere: what stands in these gives fields of its own."""
_BEGINNINGS = tuple(FAMILIES)


class Table:
    """The table as one site has it: ``fields`` are the keys that its configuration puts first."""

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self.ranks: dict[str, tuple[str, int]] = {}
        self.prefixes: set[str] = {*NESTED, *FAMILIES}
        own = {name: tuple(keys) for name, keys in fields.items()}
        for field in FIELDS:
            written = own.get(field.name) or own.get(SINGULAR.get(field.name, ""), ())
            first = {joined(key) for key in written}
            keys = dict.fromkeys(joined(key) for key in (*written, *(key for key, _ in field.keys)))
            for rank, key in enumerate(keys):
                if key in first or key not in self.ranks:
                    self.ranks[key] = (field.name, rank - 100 if key in first else rank)
                if "." in key:
                    self.prefixes.add(key.split(".")[0])
        self._key = lru_cache(maxsize=4096)(self._looked_up)

    def reads(self, key: str) -> bool:
        """Say whether ``key`` gives anything."""
        name = key.lower()
        known = self._hit(name) is not None or joined(name) in self.prefixes
        return known or not_public.mark_of(key) is not None

    def day(self, mark: not_public.Found) -> str:
        """Return which day a key that can hold an article back gives instead: ``published``, ``expires`` or none."""
        key = mark.path[-1]
        name = key.lower() if isinstance(key, str) else ""
        hit = self.ranks.get(joined(foreign(name) or name))
        if hit is None or hit[0] not in ("published", "expires") or is_boolean(mark.value):
            return ""
        return hit[0]

    def resolve(self, values: Mapping[str, Value]) -> Resolved:
        """Return which key gives each field: of those that have a value the first in the table."""
        found = _Found()
        misspelt: list[tuple[str, str]] = []
        marks: list[not_public.Found] = []
        for key, value in values.items():
            name, hit, mark, flag, opens, meant = self._key(key)
            if mark is not None:
                marks.append(not_public.Found((key,), value, mark))
            if flag and is_boolean(value):
                continue
            if type(value) is not str:
                if opens and type(value) is dict:
                    self._nested(name, (key,), value, found)
                marks += not_public.within(key, value)
            is_map = type(value) is dict
            if hit is None:
                if meant and not (is_map and name in not_public.CONTAINERS):
                    misspelt.append((key, meant))
            elif value and value not in _NOTHING and not (is_map and name in _MAPS):
                found.put(*hit, Given(key, (key,), value))
        return Resolved(found.fields, marks, misspelt, found.labels)

    def _looked_up(self, key: str) -> _Key:
        name = key.lower()
        hit, mark = self._hit(name), not_public.mark_of(key)
        meant = meant_by(name) if hit is None and (mark is None or foreign(name)) else ""
        dates = hit is not None and hit[0] == "published"
        flag = dates or (mark is not None and bool(meant) and not_public.mark_of(meant) is None)
        opens = joined(name) in self.prefixes or name in not_public.CONTAINERS
        return _Key(name, hit, mark, flag, opens, meant)

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
        found = self.ranks.get(joined(name))
        if found is None and name.startswith(_BEGINNINGS):
            found = self.ranks.get(of_podcast(name))
        return found

    def _of_map(self, prefix: str, name: str) -> tuple[str, int] | None:
        found = self.ranks.get(f"{joined(prefix)}.{joined(name)}")
        if found is None and prefix in FAMILIES:
            found = self.ranks.get(f"{FAMILIES[prefix]}.{without_signs(name)}")
        return found


@lru_cache(maxsize=4096)
def table(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Table:
    """Return the table with the configuration's ``fields`` put first."""
    return Table(dict(fields))
