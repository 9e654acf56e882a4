"""The numbers of an ordered list, for texts in which nothing else counts (HTML, the ol element)."""

from __future__ import annotations

from newsfeed.markup.elements.tags import attribute, name_of
from newsfeed.text.regex import regex

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_INTEGER = regex(r"-?\d{1,9}\Z")


class Numbering:
    """Counts the items of the list that ``tag`` opens, ``inside`` being the tags within it."""

    def __init__(self, tag: str, inside: list[str]) -> None:
        backwards = attribute(tag, "reversed") is not None
        self._step = -1 if backwards else 1
        self._next = _integer(tag, "start", _items(inside) if backwards else 1)
        self._type = attribute(tag, "type") or "1"

    def mark(self, tag: str) -> str:
        """Return what stands before the item that ``tag`` opens."""
        number = _integer(tag, "value", self._next)
        self._next = number + self._step
        return f"{_written(number, self._type)}. "


def _integer(tag: str, name: str, otherwise: int) -> int:
    value = attribute(tag, name) or ""
    return int(value) if _INTEGER.match(value) else otherwise


def _items(inside: list[str]) -> int:
    """Return how many items a list has, without those of the lists in it."""
    depth = found = 0
    for tag in inside:
        name = name_of(tag)
        if name in {"ol", "ul"}:
            depth += -1 if tag[1] == "/" else 1
        elif name == "li" and tag[1] != "/" and not depth:
            found += 1
    return found


def _written(number: int, kind: str) -> str:
    if kind in {"i", "I"} and 0 < number <= _MOST_ROMAN:
        text = ""
        for worth, letters in _ROMAN:
            times, number = divmod(number, worth)
            text += letters * times
    elif kind in {"a", "A"} and number > 0:
        text = ""
        while number:
            number, at = divmod(number - 1, 26)
            text = chr(ord("a") + at) + text
    else:
        return str(number)
    return text.upper() if kind.isupper() else text
