"""Values of TOML and JSON -> the texts that were written for them."""

from __future__ import annotations

import re

from newsfeed.content.charset import legal
from newsfeed.content.frontmatter.block import MAX_DEPTH, Broken, Value, too_deep
from newsfeed.content.frontmatter.handler import Handler


def mapping_of_texts(table: object, at: int) -> dict[str, Value]:
    """Return a mapping with every scalar as text. Raises `Broken`, counted from ``at``."""
    assert isinstance(table, dict), "between braces, or in TOML, it can be nothing else"
    try:
        return {legal(str(name)): as_text(value, 1) for name, value in table.items()}
    except RecursionError:
        raise Broken(too_deep(at)) from None


def as_text(value: object, depth: int) -> Value:
    """Return a value with every scalar as text. Raises RecursionError where it nests too deep."""
    if isinstance(value, str):
        return legal(value)
    if depth >= MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {legal(str(key)): as_text(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [as_text(each, depth + 1) for each in value]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def key_lines(handler: Handler, values: dict[str, Value], key: re.Pattern[str]) -> dict[str, int]:
    """Return the lines of the keys of ``values``, which ``key`` finds."""
    lines: dict[str, int] = {}
    number, at = handler.line(handler.start), handler.start
    for found in key.finditer(handler.text, handler.start, handler.end):
        number += handler.text.count("\n", at, found.start(1))
        at = found.start(1)
        lines.setdefault(found[1], number)
        lines.setdefault(found[1].split(".")[0], number)
    return {name: lines[name] for name in values if name in lines}
