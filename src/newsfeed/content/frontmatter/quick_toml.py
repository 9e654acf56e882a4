"""The part of TOML that most articles use, read line by line.

Texts without escapes, truths, whole numbers, dates, lists of texts on one line, and tables. It gives
up on everything else, and what it accepts means the same to tomllib: tests/test_frontmatter.py holds
it to that. tomllib is written in Python and takes five times as long.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from newsfeed.content.frontmatter.block import Value

_TEXT = r"""(?:"[^"\\\n]*"|'[^'\n]*')"""
_ROWS = re.compile(
    rf"""^[ \t]*(?:([A-Za-z0-9_-]+)[ \t]*=[ \t]*
    (?:({_TEXT})|(true|false|0|[1-9]\d{{0,9}})|(\d{{4}}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)
    |(\[[ \t]*(?:{_TEXT}[ \t]*(?:,[ \t]*{_TEXT}[ \t]*)*,?[ \t]*)?\]))
    |\[[ \t]*([A-Za-z0-9_-]+)[ \t]*\])?[ \t]*(?:\#.*)?$""",
    re.MULTILINE | re.VERBOSE,
).finditer
_TEXTS = re.compile(_TEXT).findall
_TIME = re.compile(r"\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?").fullmatch


def load(block: str, first_line: int) -> tuple[dict[str, Value], dict[str, int]] | None:
    """Return the values and lines of the keys of ``block``, or None where it is not this simple."""
    if "\x7f" in block:
        return None
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    into, at, number = values, 0, first_line
    for row in _ROWS(block):
        if row.start() != at:
            return None
        at = row.end() + 1
        key, text, word, day, texts, table = row.groups()
        if key is not None:
            value = _value(text, word, day, texts)
            if value is None or key in into:
                return None
            into[key] = value
            if into is values:
                lines[key] = number
        elif table is not None:
            if table in values:
                return None
            values[table] = into = {}
            lines[table] = number
        number += 1
    return (values, lines) if at == len(block) + 1 else None


def _value(text: str | None, word: str | None, day: str | None, texts: str | None) -> Value | None:
    if text is not None:
        return text[1:-1]
    if word is not None:
        return word
    if texts is not None:
        return [each[1:-1] for each in _TEXTS(texts)]
    try:
        if day is not None and len(day) == 10:
            return str(date.fromisoformat(day))
        if day is not None and _TIME(day, 11):
            return str(datetime.fromisoformat(day))
    except ValueError:
        pass
    return None
