"""A table of an article in a letter: its cells as they are aligned, or a record a row on phones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import html as markup

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NARROWEST = 280
"""Pixels that the text of a letter has on a screen of 320."""
_LETTER = 7
"""Pixels of an average letter at the size of a table's text."""
_PADDING = 10
_ALIGNED = {"align-right": "ri", "align-center": "ce"}


def fit(table: HtmlElement) -> None:
    """Make ``table`` bear a screen of 320 pixels: rows of cells that are too many become records.

    A record is one row for each cell: the name of its column, and what it holds.
    """
    for cell in table.iter("td", "th"):
        aligned = [_ALIGNED[name] for name in (cell.get("class") or "").split() if name in _ALIGNED]
        if aligned:
            cell.set("class", aligned[0])
        elif cell.get("class") is not None:
            del cell.attrib["class"]
    table.set("class", "data")
    head, rows = _rows(table)
    if not rows:
        table.set("class", "data wb")
        return
    if _least_width([head, *rows]) <= NARROWEST:
        return
    if len(head) < 3:
        table.set("class", "data wb")
        return
    caption = table.find("caption")
    for child in list(table):
        if child is not caption:
            table.remove(child)
    for row in rows:
        for number, cell in enumerate(row):
            if not _is_empty(cell):
                table.append(_field(head[number], cell, first=number == 0))


def _rows(table: HtmlElement) -> tuple[list[HtmlElement], list[list[HtmlElement]]]:
    """Return the cells of the head and of each row; none where rows are not all of one length."""
    if table.xpath(".//table|.//*[@colspan>1 or @rowspan>1]"):
        return [], []
    rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
    rows = [row for row in rows if row]
    if not rows or any(cell.tag != "th" for cell in rows[0]):
        return [], []
    if any(len(row) != len(rows[0]) for row in rows):
        return [], []
    return rows[0], rows[1:]


def _least_width(rows: Iterable[list[HtmlElement]]) -> int:
    """Return how narrow the columns can be, in pixels, without a word being broken."""
    columns = zip(*rows, strict=True)
    return sum(max(map(_least, column)) for column in columns)


def _least(cell: HtmlElement) -> int:
    words = re.split(r"[ \t\r\n\f-]+", str(cell.text_content()))
    return max(map(len, words)) * _LETTER + _PADDING


def _is_empty(cell: HtmlElement) -> bool:
    return not str(cell.text_content()).strip() and cell.find(".//img") is None


def _field(name: HtmlElement, cell: HtmlElement, *, first: bool) -> HtmlElement:
    """Return the row that holds one cell of a record; the ``first`` one opens the record."""
    row = markup.Element("tr")
    label = deepcopy(name)
    for each, tag in ((label, "th"), (cell, "td")):
        each.tail, each.tag = None, tag
        each.attrib.pop("scope", None)
        each.attrib.pop("class", None)
        if first:
            each.set("class", "rc")
        row.append(each)
    label.set("scope", "row")
    label.set("width", "35%")
    return row
