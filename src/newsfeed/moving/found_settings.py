"""What a tool's settings say, in the terms of newsfeed.toml, each with where it was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

from newsfeed.markup.plain.titles import plain_title

_PLAIN = frozenset(("site.title", "site.description", "site.rights"))
"""What feeds hold as text without markup."""


class Fact(NamedTuple):
    """A value of a key of newsfeed.toml, and where it stands, such as ``_config.yml: url``."""

    value: object
    source: str


class Found(Struct, kw_only=True):
    """The site of a tool: ``facts`` by key of newsfeed.toml, ``output`` the folder that it writes.

    ``doubts`` are settings that could not be taken as they stand: where, and what they say.
    """

    tool: str
    file: str
    facts: dict[str, Fact] = field(default_factory=dict)
    output: str = ""
    doubts: list[tuple[str, str]] = field(default_factory=list)

    def take(self, key: str, value: object, name: str = "", *, file: str = "") -> bool:
        """Note that ``name`` in ``file`` gives ``key``, unless something did before or it is empty."""
        if isinstance(value, str):
            value = " ".join((plain_title(value) if key in _PLAIN else value).split())
        if value in (None, "", [], {}) or key in self.facts:
            return False
        source = file or self.file
        self.facts[key] = Fact(value, f"{source}: {name}" if name else source)
        return True

    def assume(self, key: str, value: object) -> None:
        """Note what the tool does where its settings say nothing."""
        if key not in self.facts and value not in (None, "", [], {}):
            self.facts[key] = Fact(value, self.tool)

    def first(self, key: str, table: object, *names: str, file: str = "") -> None:
        """Take ``key`` from the first of the texts ``names`` of a table; dots lead further in."""
        for name in names:
            value = within(table, name)
            if isinstance(value, str) and self.take(key, value, name, file=file):
                return

    def value(self, key: str) -> object:
        """Return what was found of a key, None for nothing."""
        fact = self.facts.get(key)
        return fact.value if fact else None


def within(table: object, name: str) -> object:
    """Return the value at a dotted name, whatever the case of its keys; None where there is none."""
    for part in name.split("."):
        if not isinstance(table, Mapping):
            return None
        if part in table:
            table = table[part]
        else:
            table = next(
                (value for key, value in table.items() if str(key).lower() == part.lower()), None
            )
    return table


def merged(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    """Return both tables in one, and tables in them likewise; of two values ``other``'s counts."""
    found = dict(one)
    for key, value in other.items():
        known = found.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            value = merged(known, value)
        found[key] = value
    return found


def entries(table: Mapping[str, object], name: str) -> list[object]:
    """Return the list that a table has under ``name``, empty where there is none."""
    value = table.get(name)
    return value if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """Return the texts in a value: one, or a list of some."""
    values = value if isinstance(value, list | tuple) else [value]
    return [each for each in values if isinstance(each, str) and each]
