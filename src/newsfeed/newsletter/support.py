"""How widely mail programs understand a letter: the data of Can I email, counted.

The figure is that of the npm package ``caniemail`` 2.0.2 on the letter without its style elements,
comments and colour-scheme metas: what the markup itself relies on. Beyond it we also find functions
such as ``calc()`` and the elements of HTML 5, which that package looks for in vain; a letter of our
own templates has neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html as markup
from msgspec import Struct
from msgspec.json import decode

from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TABLE = Path(__file__).with_name("support.json")
_UNIT = regex(r"\d([a-z]+)")
_FUNCTION = regex(r"([a-z-]+)\(")
_ENDING = regex(r"\.\w+(?=$|[?#])")


class Support(Struct, frozen=True, kw_only=True):
    """What mail programs lack of what a letter's markup uses.

    ``lacking`` says of each such feature how many of ``clients`` programs lack it; ``date`` is the
    day of the data.
    """

    lacking: dict[str, int]
    clients: int
    date: str

    @property
    def pairs(self) -> int:
        """The number of pairs of a feature and a program that lacks it."""
        return sum(self.lacking.values())


def support(html: bytes) -> Support:
    """Return what mail programs lack of what a letter, HTML in UTF-8, uses."""
    table = _table()
    signs = set(_signs(markup.document_fromstring(html, markup.HTMLParser(encoding="utf-8"))))
    lacking = {
        title: len(feature.lacking.split())
        for title, feature in table.features.items()
        if not signs.isdisjoint(feature.signs.split())
    }
    return Support(lacking=lacking, clients=len(table.clients), date=table.date)


class _Feature(Struct, frozen=True):
    """Words: what shows that a letter uses it, the numbers of the programs that lack it."""

    signs: str
    lacking: str


class _Table(Struct, frozen=True):
    """What newsfeed reads of ``support.json``."""

    date: str
    clients: list[str]
    features: dict[str, _Feature]


@cache
def _table() -> _Table:
    return decode(_TABLE.read_bytes(), type=_Table)


def _signs(root: HtmlElement) -> Iterator[str]:
    """Yield what shows which features a tree uses, as ``support.json`` writes it."""
    styles = set()
    for element in root.iter("*"):
        tag, attributes = str(element.tag), element.attrib
        if tag == "style" or "color-scheme" in attributes.get("name", ""):
            continue
        yield f"<{tag}>"
        yield f"<{tag}={attributes.get('type')}>"
        yield from (f"[{name}]" for name in attributes)
        styles.update(attributes.get("style", "").lower().split(";"))
        if tag == "a" and (scheme := re.match("#|mailto:", attributes.get("href", ""))):
            yield f"href={scheme[0]}"
        if tag == "img" and (ending := _ENDING.search(attributes.get("src", ""))):
            yield ending[0].lower()
    for declaration in styles:
        yield from _style_signs(declaration)


def _style_signs(declaration: str) -> Iterator[str]:
    name, _, value = (part.strip() for part in declaration.partition(":"))
    yield f"{name}:{value}"
    while name:
        # Who lacks `border` lacks `border-top`.
        yield name
        name = name.rpartition("-")[0]
    yield from (f":{word}" for word in re.split(r"[\s,]+", value))
    yield from (f"{function}()" for function in _FUNCTION.findall(value))
    yield from (f"1{unit}" for unit in _UNIT.findall(value))
    if "!important" in value:
        yield "!important"
