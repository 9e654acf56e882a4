"""The keys of one front matter -> which of them gives which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from newsfeed.content.aliases import DRAFTS, FIELDS, NESTED, SINGULAR
from newsfeed.content.fields import Path, is_boolean
from newsfeed.content.frontmatter import Value
from newsfeed.content.spelling import meant_by


class Given(msgspec.Struct, frozen=True):
    """What gives a field: a key with a dot where it stands inside a map, its path, and its value."""

    key: str
    path: Path
    value: Value


class Resolved(msgspec.Struct, frozen=True):
    """What a front matter gives: its fields, the keys that can hold it back, and the keys that look
    misspelt, each with the key that was meant."""

    fields: dict[str, Given]
    drafts: list[str]
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
        return name in self.ranks or name in DRAFTS or name in self.prefixes

    def resolve(self, values: Mapping[str, Value]) -> Resolved:
        """Return which key gives each field: of those that have a value the first in the table."""
        found: dict[str, Given] = {}
        best: dict[str, int] = {}
        misspelt: list[tuple[str, str]] = []
        drafts: list[str] = []
        ranks = self.ranks
        for key, value in values.items():
            name = key.lower()
            if type(value) is dict and name in self.prefixes:
                self._nested(name, key, value, found, best)
            hit = ranks.get(name)
            if name in DRAFTS:
                drafts.append(key)
                if name == "published" and is_boolean(value) and hit and hit[0] == name:
                    continue  # it holds back, or does not, and is no date
            elif hit is None and (meant := meant_by(name)):
                misspelt.append((key, meant))
            if hit is not None and value and value != "~" and value != "null":
                field, rank = hit
                if field not in found or rank < best[field]:
                    found[field] = Given(key, (key,), value)
                    best[field] = rank
        return Resolved(found, drafts, misspelt)

    def _nested(
        self,
        prefix: str,
        written: str,
        inner: dict[str, Value],
        found: dict[str, Given],
        best: dict[str, int],
    ) -> None:
        for key, value in inner.items():
            name = key.lower() if prefix in NESTED else f"{prefix}.{key.lower()}"
            hit = self.ranks.get(name)
            if hit is None or not value:
                continue
            field, rank = hit[0], hit[1] + (1000 if prefix in NESTED else 0)
            if field not in found or rank < best[field]:
                found[field] = Given(f"{written}.{key}", (written, key), value)
                best[field] = rank


@lru_cache(maxsize=4096)
def table(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Table:
    """Return the table with the configuration's ``fields`` put first."""
    return Table(dict(fields))
