"""The keys of one front matter -> which of them gives which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from newsfeed.content.aliases import DRAFTS, FIELDS, NESTED, SINGULAR
from newsfeed.content.fields import Path, is_boolean
from newsfeed.content.frontmatter import Value
from newsfeed.content.spelling import meant_by

_NO_FIELD = ("", 0)
_LAST = 1 << 30


class Given(NamedTuple):
    """What gives a field: the path of a key, and its value."""

    path: Path
    value: Value

    @property
    def key(self) -> str:
        """The key as it is written, with a dot where it stands inside a map."""
        return ".".join(map(str, self.path))


class Resolved(NamedTuple):
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
        for key, value in values.items():
            name = key.lower()
            if type(value) is dict and name in self.prefixes:
                self._nested(name, key, value, found, best)
            field, rank = self.ranks.get(name, _NO_FIELD)
            if name in DRAFTS:
                drafts.append(key)
                if name == field == "published" and is_boolean(value):
                    continue  # it holds back, or does not, and is no date
            elif not field and (meant := meant_by(name)):
                misspelt.append((key, meant))
            if field and value and value != "~" and value != "null" and rank < best.get(field, _LAST):
                found[field] = Given((key,), value)
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
            field, rank = self.ranks.get(name, _NO_FIELD)
            if prefix in NESTED:
                rank += 1000
            if field and value and rank < best.get(field, _LAST):
                found[field] = Given((written, key), value)
                best[field] = rank


@lru_cache(maxsize=4096)
def table(fields: tuple[tuple[str, tuple[str, ...]], ...]) -> Table:
    """Return the table with the configuration's ``fields`` put first."""
    return Table(dict(fields))
