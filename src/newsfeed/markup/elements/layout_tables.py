"""Tables that only arrange what they hold, as letters and old pages have them: their cells are blocks."""

from __future__ import annotations

from newsfeed.markup.elements.tags import TAG, attribute, name_of
from newsfeed.text.regex import regex

_ARRANGES = regex(r'<table\b[^>]* role="(?:presentation|none)"')
_EMPTY = regex(r"<div[^>]*>[\s\u00a0]*</div>")
_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col"})
_CELLS = frozenset({"td", "th"})


def without_layout_tables(html: str) -> str:
    """Return well-formed ``html`` with a ``<div>`` for each cell of a table without a table's meaning.

    Its role says so (ARIA, presentation). A cell without words, pictures or other elements kept a
    place free, and is gone. Tables of data within stay.
    """
    if _ARRANGES.search(html) is None:
        return html
    parts = TAG.split(html)
    tables: list[bool] = []
    for index in range(1, len(parts), 2):
        tag = parts[index]
        name = name_of(tag)
        if name not in _PARTS:
            continue
        is_end = tag[1] == "/"
        if name == "table" and not is_end:
            tables.append(attribute(tag, "role") in ("presentation", "none"))
        if tables and tables[-1]:
            parts[index] = "" if name not in _CELLS else "</div>" if is_end else f"<div{tag[3:]}"
        if name == "table" and is_end and tables:
            tables.pop()
    return _EMPTY.sub("", "".join(parts))
