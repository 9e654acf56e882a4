"""Keys of a map that stand at the beginning of a line, below the key that they belong to.

    event:
    start: 2026-12-02
    place: Lyon

To YAML these are keys of their own, and ``event`` is empty.
"""

from __future__ import annotations

from collections.abc import Callable

from newsfeed.content.fields.parts import part_name
from newsfeed.content.fields.report import Report
from newsfeed.content.frontmatter import Value
from newsfeed.content.spelling import joined
from newsfeed.diagnostics import Edit

_OF_PICTURES = frozenset(("src", "file", "alt", "credit", "caption", "focus"))
_OF_EVENTS = ("start", "end", "time", "starttime", "endtime", "place", "venue", "where")
_PARTS = {
    "event": frozenset(_OF_EVENTS),
    "image": _OF_PICTURES,
    "cover": _OF_PICTURES,
}
"""The keys that mean nothing at the beginning of a line, by the map in which they do."""


def gathered(
    report: Report, values: dict[str, Value], is_read: Callable[[str], bool]
) -> dict[str, Value]:
    """Return ``values`` with such keys inside their map, and say each; ``values`` itself without any.

    A key that ``is_read`` by itself stays where it is.
    """
    is_empty = any(name in values and not values[name] for name in _PARTS)
    if not is_empty or report.block.container != "yaml":
        return values
    found: dict[str, Value] = {}
    above: dict[str, Value] = {}
    parts: frozenset[str] = frozenset()
    for key, value in values.items():
        if part_name(key) in parts and not is_read(key):
            above[key] = value
            _say(report, key)
            continue
        above, parts = {}, frozenset() if value else _PARTS.get(joined(key), frozenset())
        found[key] = above if parts else value
    return found if len(found) < len(values) else values


def _say(report: Report, key: str) -> None:
    start = report.places.start(report.block.lines.get(key, 1))
    text = report.decoded.text
    row = text[start : text.find("\n", start)].rstrip()
    at = report.places.at(start)
    place = report.places.place(start)
    report.add(
        "yaml-indent", *place, (Edit(start=at, end=at, text="  "),), key=key, better=f"  {row}"
    )
