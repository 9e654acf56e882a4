"""Bounds on how deep elements nest: parsers, browsers and mail programs have theirs.

`lighten` works on what an author wrote, before it is parsed; `bounded` on well-formed HTML.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate

from newsfeed.markup.elements.tags import NAME, VOID
from newsfeed.text.regex import regex

DEEPEST = 60
"""How many levels a body has at most."""
_FEW = 500
_DEEPEST_PARSED, _FORMATTING_PARSED = 100, 20
# Elements that end where their next sibling begins or their parent ends nest within others alone.
_NESTING = regex(
    r"<(/?)(?!(?:a|p|li|dt|dd|tr|t[dh]|thead|tbody|tfoot|caption|colgroup|col|option|br|hr|img|input|wbr"
    r"|source|track|area|link|meta|base|embed|param)[\s/>])([a-z][a-z0-9]*)(?=[\s/>])[^<>]*>?",
    re.I,
)
_FORMATTING = frozenset({
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
_STRETCH = 1000
_BALANCED = regex(rf"<(/?)(?:[adefgjklnopquvxyz]|(?!(?:{'|'.join(sorted(VOID))})[ >])[a-z])")
_STEP = {"": 1, "/": -1}
# An element that is nothing without its children: they must fit below it.
_ROOM = {"table": 4, "ul": 2, "ol": 2, "dl": 2}
_ROOMY = DEEPEST - max(_ROOM.values())
"""Down to this level every element has room."""


def lighten(html: str, written: int) -> tuple[str, bool]:
    """Return ``html`` without the tags that would nest beyond bounds, and whether it had any.

    Its author wrote as many as ``written`` tags, and Markdown made the others. A parser's time and
    output grow with the square of the open elements (HTML, the list of active formatting
    elements): some kilobytes of unclosed tags would take minutes.
    """
    if html.count("<") < _FEW:
        return html, False
    if written <= _FORMATTING_PARSED and not _is_deeper(html, _DEEPEST_PARSED - written):
        return html, False
    if not _may_nest_deep(html):
        return html, False
    kept: list[str] = []
    opened: defaultdict[str, int] = defaultdict(int)
    dropped: defaultdict[str, int] = defaultdict(int)
    at = depth = formatting = 0
    for tag in _NESTING.finditer(html):
        name = tag[2].lower()
        is_formatting = name in _FORMATTING
        if not tag[1]:
            if depth < _DEEPEST_PARSED and not (is_formatting and formatting == _FORMATTING_PARSED):
                opened[name] += 1
                depth += 1
                formatting += is_formatting
                continue
            dropped[name] += 1
        elif dropped[name]:
            dropped[name] -= 1
        else:
            if opened[name]:
                opened[name] -= 1
                depth -= 1
                formatting -= is_formatting
            continue
        kept.append(html[at : tag.start()])
        at = tag.end()
    return "".join([*kept, html[at:]]), bool(at)


def _may_nest_deep(html: str) -> bool:
    """Tell whether more may be open than is parsed, as far as the tags of each name tell alone."""
    steps: defaultdict[str, list[int]] = defaultdict(lambda: [0])
    for end, name in _NESTING.findall(html):
        steps[name.lower()].append(-1 if end else 1)
    most = {name: max(open_) - min(open_) for name, open_ in _counted(steps)}
    formatting = sum(count for name, count in most.items() if name in _FORMATTING)
    return formatting > _FORMATTING_PARSED or sum(most.values()) > _DEEPEST_PARSED


def _counted(steps: dict[str, list[int]]) -> Iterator[tuple[str, list[int]]]:
    for name, each in steps.items():
        yield name, list(accumulate(each))


def _is_deeper(html: str, bound: int) -> bool:
    """Tell whether the tags of ``html`` lead below ``bound`` levels.

    Tags are counted by stretches, which costs a fifth of a look at each; where that leaves it open,
    as elements without an end tag do, each is looked at.
    """
    depth = deepest = 0
    for start in range(0, len(html), _STRETCH):
        end = start + _STRETCH
        ends = html.count("</", start, end + 1)
        starts = html.count("<", start, end) - ends
        deepest = max(deepest, depth + starts)
        depth += starts - ends
    if deepest <= bound:
        return False
    return max(accumulate(map(_STEP.__getitem__, _BALANCED.findall(html))), default=0) > bound


def bounded(html: str) -> tuple[str, bool]:
    """Return well-formed ``html`` without the tags below `DEEPEST`, and whether it had any."""
    # Half of the tags are end tags.
    if html.count("<") <= 2 * _ROOMY or not _is_deeper(html, _ROOMY):
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
