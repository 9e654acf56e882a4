"""The part of YAML that most articles use, read line by line.

``key: plain``, ``key: "text"``, flat lists and maps in either style, lists of short maps. It gives
up on everything else, and what it accepts means the same to a real YAML parser that loads every
scalar as text: tests/test_frontmatter.py holds it to that. It takes a seventh of the time.
"""

from __future__ import annotations

import re

from newsfeed.frontmatter.block import Value

_KEY = re.compile(r"(\w[\w.-]*) *:(?: +(.*))?").fullmatch
_CHILD = re.compile(r"( *)(- +)?(.*)").fullmatch
_PAIR = re.compile(r"(\w[\w.-]*) *: +(.+)").fullmatch
_ODD = re.compile("[\t\x7f-\x9f\u2028\u2029\ufeff]").search
# A plain scalar cannot begin with these, or means something else then.
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_TOKEN = r"""(?:"[^"\\]*"|'[^']*'|[^\s\[\]{},:\#&*!|>%@`"'\\?=-][^\[\]{},:\#]*)"""
_LIST = re.compile(rf"\[ *(?:{_TOKEN} *(?:, *{_TOKEN} *)*)?,? *\]").fullmatch
_MAP = re.compile(
    rf"\{{ *(?:\w[\w.-]* *: +{_TOKEN} *(?:, *\w[\w.-]* *: +{_TOKEN} *)*)?\}}"
).fullmatch
_TOKENS = re.compile(_TOKEN).findall
_PAIRS = re.compile(rf"(\w[\w.-]*) *: +({_TOKEN})").findall


class _Hard(Exception):
    """This needs the real parser."""


def load(block: str, first_line: int) -> tuple[dict[str, Value], dict[str, int]] | None:
    """Return the values and lines of the keys of ``block``, or None where it is not this simple."""
    if _ODD(block):
        return None
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    rows = block.split("\n")
    index, count = 0, len(rows)
    try:
        while index < count:
            row = rows[index]
            index += 1
            found = _KEY(row)
            if found is None:
                if row.strip(" ") and row[0] != "#":
                    return None
                continue
            key, rest = found.groups()
            if key in values:
                return None
            lines[key] = first_line + index - 1
            if rest:
                values[key] = _value(rest)
            elif index < count and rows[index][:1] in ("-", " "):
                values[key], index = _children(rows, index)
            else:
                values[key] = ""
    except _Hard:
        return None
    return values, lines


def _value(rest: str) -> Value:
    """Return the value that a line's rest gives; raises _Hard."""
    if rest[-1] == " ":
        rest = rest.rstrip(" ")
    first = rest[:1]
    if first not in _INDICATORS:
        if ": " in rest or " #" in rest or rest[-1:] == ":":
            raise _Hard
        return rest
    if first == '"' or first == "'":
        if rest.find(first, 1) == len(rest) - 1 > 0 and (first == "'" or "\\" not in rest):
            return rest[1:-1]
    elif first == "[":
        if _LIST(rest):
            return [_token(token) for token in _TOKENS(rest)]
    elif first == "{" and _MAP(rest):
        pairs = _PAIRS(rest)
        flow: dict[str, Value] = {key: _token(token) for key, token in pairs}
        if len(flow) == len(pairs):
            return flow
    elif not rest:
        return ""
    raise _Hard


def _token(token: str) -> str:
    return token[1:-1] if token[0] in "\"'" else token.rstrip(" ")


def _children(rows: list[str], index: int) -> tuple[Value, int]:
    """Return the list or map that begins at ``index``, and the index of the row after it."""
    found = _CHILD(rows[index])
    if found is None or not found[3]:
        raise _Hard
    indent = len(found[1])
    if found[2]:
        return _list(rows, index, indent)
    pairs: dict[str, Value] = {}
    return pairs, _map(rows, index, indent, pairs)


def _list(rows: list[str], index: int, indent: int) -> tuple[list[Value], int]:
    entries: list[Value] = []
    while index < len(rows):
        found = _CHILD(rows[index])
        if found is None or not found[2] or len(found[1]) != indent:
            break
        index += 1
        rest = found[3]
        pair = _PAIR(rest)
        if pair is None:
            entries.append(_value(rest) if rest else "")
            continue
        entry: dict[str, Value] = {pair[1]: _value(pair[2])}
        index = _map(rows, index, indent + len(found[2]), entry)
        entries.append(entry)
    return entries, index


def _map(rows: list[str], index: int, indent: int, pairs: dict[str, Value]) -> int:
    """Add to ``pairs`` the rows that stand exactly ``indent`` deep."""
    while index < len(rows):
        found = _CHILD(rows[index])
        if found is None or found[2] or len(found[1]) != indent:
            break
        pair = _PAIR(found[3])
        if pair is None or pair[1] in pairs:
            raise _Hard
        pairs[pair[1]] = _value(pair[2])
        index += 1
    return index
