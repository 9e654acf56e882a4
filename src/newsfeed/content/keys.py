"""The keys of one front matter -> which of them gives which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from newsfeed.content import not_public
from newsfeed.content.aliases import FIELDS, NESTED, SINGULAR
from newsfeed.content.fields import Path, is_boolean
from newsfeed.content.frontmatter import Value
from newsfeed.content.spelling import FOREIGN, meant_by


class Given(msgspec.Struct, frozen=True):
    """What gives a field: a key with a dot where it stands inside a map, its path, and its value."""

    key: str
    path: Path
    value: Value


class Resolved(msgspec.Struct, frozen=True):
    """What a front matter gives: its fields, the keys that can hold it back, and the keys that look
    misspelt, each with the key that was meant."""

    fields: dict[str, Given]
    marks: list[not_public.Found]
    misspelt: list[tuple[str, str]]


class Table:
    """The table as one site has it: ``fields`` are the keys that its configuration puts first."""

    def __init__(self, fields: Mapping[str, Iterable[str]]) -> None:
        self.ranks: dict[str, tuple[str, int]] = {}
        self.prefixes: set[str] = set(NESTED)
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
        return name in self.ranks or name in self.prefixes or not_public.mark_of(key) is not None

    def dates(self, mark: not_public.Found) -> bool:
        """Say whether a key that can hold an article back gives the day of its publication instead."""
        key = mark.path[-1]
        name = key.lower() if isinstance(key, str) else ""
        hit = self.ranks.get(FOREIGN.get(name, name))
        return hit is not None and hit[0] == "published" and not is_boolean(mark.value)

    def resolve(self, values: Mapping[str, Value]) -> Resolved:
        """Return which key gives each field: of those that have a value the first in the table."""
        found: dict[str, Given] = {}
        best: dict[str, int] = {}
        misspelt: list[tuple[str, str]] = []
        ranks = self.ranks
        for key, value in values.items():
            name = key.lower()
            if type(value) is dict and (name in self.prefixes or name in not_public.CONTAINERS):
                self._nested(name, key, value, found, best)
            hit = ranks.get(name)
            mark = not_public.mark_of(key)
            truth = mark is not None and is_boolean(value)
            if truth and hit is not None and hit[0] == "published":
                hit = None  # it holds back, or does not, and is no date
            elif hit is None and (mark is None or name in FOREIGN) and (meant := meant_by(name)):
                stands = type(value) is dict and name in not_public.CONTAINERS
                if not stands and (not truth or not_public.mark_of(meant) is not None):
                    misspelt.append((key, meant))
            if hit is not None and value and value != "~" and value != "null":
                field, rank = hit
                if field not in found or rank < best[field]:
                    found[field] = Given(key, (key,), value)
                    best[field] = rank
        return Resolved(found, not_public.found(values), misspelt)

    def _nested(
        self,
        prefix: str,
        written: str,
        inner: dict[str, Value],
        found: dict[str, Given],
        best: dict[str, int],
    ) -> None:
        for key, value in inner.items():
            hit = self.ranks.get(key.lower())
            # What ends an article counts in every map that stands for it, as what holds it back does.
            own = prefix in NESTED or (hit is not None and hit[0] == "expires")
            if not own:
                hit = self.ranks.get(f"{prefix}.{key.lower()}")
            if hit is None or not value:
                continue
            field, rank = hit[0], hit[1] + (1000 if own else 0)
            if field not in found or rank < best[field]:
                found[field] = Given(f"{written}.{key}", (written, key), value)
                best[field] = rank


@lru_cache(maxsize=4096)
def table(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Table:
    """Return the table with the configuration's ``fields`` put first."""
    return Table(dict(fields))
