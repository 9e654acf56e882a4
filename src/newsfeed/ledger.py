"""Tables of lines in the cache, of which an edit writes what differs alone."""

from __future__ import annotations

from functools import cached_property
from operator import is_

from newsfeed.cache import Cache
from newsfeed.hashing import hashed

BETWEEN = "\x1f"
"""Parts the fields of a line."""
_FIELDS = 4
"""How many separators a line has at most: what follows is one field, that may hold more of them."""
_FEW = 50
"""How many lines may differ before all are written again, beside a twentieth of them."""


class Ledger:
    """Lines of fields by their first one, kept in two pieces: all of them, and what differs since.

    So that a build which changed one line need not write them all.
    """

    def __init__(self, cache: Cache, *name: str) -> None:
        self._cache = cache
        self._name = name
        self._all: dict[str, list[str]] = {}
        self._token = ""
        self._later = ""

    @property
    def token(self) -> str:
        """What stands for all lines, as the cache has them or as `save` put them."""
        return hashed((self._token, self._later)) if self.lines else ""

    @cached_property
    def lines(self) -> dict[str, list[str]]:
        """The lines as the cache has them."""
        text = self._cache.find("whole", *self._name)
        if not text:
            return {}
        self._token, _, text = text.partition("\n")
        self._all = {
            line[0]: line for each in text.split("\n") if (line := each.split(BETWEEN, _FIELDS))
        }
        later = self._cache.find("whole", *self._name, "later") or ""
        token, _, later = later.partition("\n")
        if token != self._token:
            return self._all
        self._later = later
        lines = dict(self._all)
        for each in later.split("\n"):
            line = each.split(BETWEEN, _FIELDS)
            if len(line) == 1:
                lines.pop(line[0], None)
            else:
                lines[line[0]] = line
        return dict(sorted(lines.items()))

    def save(self, lines: dict[str, list[str]]) -> None:
        """Keep ``lines``, of which those that did not change are the ones that `lines` gave."""
        known = self.lines
        if len(lines) == len(known) and all(map(is_, lines.values(), known.values())):
            return
        before = self._all
        differing = [
            BETWEEN.join(line) for path, line in lines.items() if before.get(path) is not line
        ]
        differing += before.keys() - lines.keys()
        if before and len(differing) < _FEW + len(before) // 20:
            self._later = "\n".join(differing)
            self._cache.add("whole", f"{self._token}\n{self._later}", *self._name, "later")
        else:
            text = "\n".join(map(BETWEEN.join, lines.values()))
            self._token, self._later, self._all = hashed([text]), "", lines
            self._cache.add("whole", f"{self._token}\n{text}", *self._name)
        self.__dict__["lines"] = lines
