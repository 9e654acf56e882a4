"""What is to be said of foreign syntax."""

from __future__ import annotations

import re

import msgspec

_LONGEST = 60


class Notice(msgspec.Struct, frozen=True, gc=False):
    """A rule's code and its values, for what stands at the character ``at`` of a text."""

    code: str
    at: int
    what: str
    tool: str


def once(notices: list[Notice]) -> tuple[Notice, ...]:
    """Return the first of each kind, in the order of the text."""
    kinds: dict[tuple[str, str], Notice] = {}
    for each in sorted(notices, key=lambda one: one.at):
        name = re.match(r"\W*[\w.:-]*", each.what)
        kind = "" if each.code == "html-look" or name is None else name[0]
        kinds.setdefault((each.code, kind), each)
    return tuple(kinds.values())


def shown(what: str) -> str:
    """Return what was written on one short line."""
    line = " ".join(what[: 20 * _LONGEST].split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
