"""Bounds on how deep elements nest: parsers, browsers and mail programs have theirs.

`lighten` works on what an author wrote, before it is parsed; `bounded` on well-formed HTML.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate, starmap

from newsfeed.markup.tags import NAME, VOID

DEEPEST = 60
"""How many levels a body has at most."""
_FEW = 500
_DEEPEST_PARSED, _FORMATTING_PARSED = 100, 20
# Elements that end where their next sibling begins or their parent ends nest within others alone.
_NESTING = re.compile(
    r"<(/?)(?!(?:a|p|li|dt|dd|tr|t[dh]|thead|tbody|tfoot|caption|colgroup|col|option|br|hr|img|input|wbr"
    r"|source|track|area|link|meta|base|embed|param)[\s/>])([a-z][a-z0-9]*)(?=[\s/>])[^<>]*>",
    re.I,
)
_FORMATTING = frozenset(
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_BALANCED = re.compile(rf"<(/?)(?!(?:{'|'.join(sorted(VOID))})[ >])[a-z]")
_STEP = {"": 1, "/": -1}
# An element that is nothing without its children: they must fit below it.
_ROOM = {"table": 4, "tbody": 3, "thead": 3, "tfoot": 3, "tr": 2, "ul": 2, "ol": 2, "dl": 2}


def lighten(html: str) -> tuple[str, bool]:
    """Return ``html`` without the tags that would nest beyond bounds, and whether it had any.

    A parser's time and output grow with the square of the open elements (HTML, the list of active
    formatting elements): some kilobytes of unclosed tags would take minutes.
    """
    if html.count("<") < _FEW:
        return html, False
    if all(starmap(_Open().takes, _NESTING.findall(html))):
        return html, False
    kept = _Open()
    return _NESTING.sub(lambda tag: tag[0] if kept.takes(tag[1], tag[2]) else "", html), True


class _Open:
    """The elements that tags have left open so far."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._all = self._formatting = 0

    def takes(self, slash: str, name: str) -> bool:
        """Tell whether the next tag is within bounds; the end tag of one that is not goes with it."""
        name = name.lower()
        if not slash:
            within = self._all < _DEEPEST_PARSED and (
                name not in _FORMATTING or self._formatting < _FORMATTING_PARSED
            )
            (self._open if within else self._dropped)[name] += 1
            self._count(name, int(within))
            return within
        if self._dropped[name]:
            self._dropped[name] -= 1
            return False
        if self._open[name]:
            self._open[name] -= 1
            self._count(name, -1)
        return True

    def _count(self, name: str, step: int) -> None:
        self._all += step
        self._formatting += step if name in _FORMATTING else 0


def bounded(html: str) -> tuple[str, bool]:
    """Return well-formed ``html`` without the tags below `DEEPEST`, and whether it had any."""
    if html.count("<") <= 2 * DEEPEST:
        # Half of the tags are end tags.
        return html, False
    steps = accumulate(map(_STEP.__getitem__, _BALANCED.findall(html)))
    if max(steps, default=0) <= DEEPEST - max(_ROOM.values()):
        return html, False
    bound = _Bound()
    return re.sub("<[^>]*>", lambda tag: tag[0] if bound.takes(tag[0]) else "", html), bound.reached


class _Bound:
    """How deep the tags of well-formed HTML have led so far."""

    def __init__(self) -> None:
        self.reached = False
        self._depth = self._dropping = 0

    def takes(self, tag: str) -> bool:
        """Tell whether the next tag is within bounds, and so is what its element must hold."""
        found = NAME.match(tag)
        name = found[1] if found else ""
        if name in VOID:
            return True
        if tag[1] == "/":
            within = not self._dropping
            if self._dropping == self._depth:
                self._dropping = 0
            self._depth -= 1
            return within
        self._depth += 1
        if not self._dropping and self._depth > DEEPEST - _ROOM.get(name, 0):
            self._dropping = self._depth
            self.reached = True
        return not self._dropping
