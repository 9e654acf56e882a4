"""The part of YAML that most articles use, read line by line.

``key: plain``, ``key: "text"``, flat lists and maps in either style, lists of short maps, ``|`` and
``>`` texts without inner blank lines. It gives up on everything else, and what it accepts means the
same to a real YAML parser that loads every scalar as text: tests/test_frontmatter.py holds it to
that. It takes a seventh of the time.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsfeed.content.frontmatter.block import Value

_KEY = re.compile(r"(\w[\w.-]*) *").fullmatch
# Patterns that few articles need are compiled when one does: `re` keeps them.
_CHILD = r"( *)(- +)?(.*)"
_PAIR = r"(\w[\w.-]*) *: +(.+)"
# No tab, no control character, no other line break than "\n", no byte-order mark.
_EVEN = re.compile("[\n -~\xa0-\u2027\u202a-\ufefe\uff00-\U0010ffff]*+").fullmatch
# A plain scalar cannot begin with these, or means something else then.
_INDICATORS = frozenset(("", *"-?:,[]{}#&*!|>'\"%@` "))
_DEEPER = frozenset("- ")
_NOT_FIRST = frozenset(("", "-", "=", "?"))
_WORDS = re.compile(r"""\[[^\[\]{}"'#&*!|>%@`\\:]*+\]""").fullmatch
_TOKEN = r"""(?:"[^"\\]*"|'[^']*'|[^\s\[\]{},:\#&*!|>%@`"'\\?=-][^\[\]{},:\#]*)"""
_LIST = rf"\[ *(?:{_TOKEN} *(?:, *{_TOKEN} *)*)?,? *\]"
_MAP = rf"\{{ *(?:\w[\w.-]* *: +{_TOKEN} *(?:, *\w[\w.-]* *: +{_TOKEN} *)*)?\}}"
_LIST_OF_MAPS = rf"\[ *{_MAP} *(?:, *{_MAP} *)*\]"
_PAIRS = rf"(\w[\w.-]*) *: +({_TOKEN})"


class _Hard(Exception):
    """This needs the real parser."""


@lru_cache(maxsize=1024)
def _key(before: str) -> str:
    """Return the key that stands ``before`` a colon, or ``""`` where it is none."""
    found = _KEY(before)
    return found[1] if found else ""


def load(block: str, first_line: int) -> tuple[dict[str, Value], dict[str, int]] | None:
    """Return the values and lines of the keys of ``block``, or None where it is not this simple."""
    if not _EVEN(block):
        return None
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    rows = block.split("\n")
    beyond = 0
    try:
        for index, row in enumerate(rows):
            if index < beyond:
                continue
            before, colon, rest = row.partition(": ")
            if colon:
                key = _key(before)
            else:
                key = _key(row[:-1]) if row[-1:] == ":" else ""
            if not key:
                if row and row[0] != "#" and row.strip(" "):
                    return None
                continue
            if key in lines:
                return None
            lines[key] = first_line + index
            if rest[:1] not in _INDICATORS and ":" not in rest and "#" not in rest:
                # A plain text that needs no second look.
                values[key] = rest if rest[-1] != " " else rest.rstrip(" ")
            elif rest := rest.strip(" "):
                if rest[0] in "|>":
                    values[key], beyond = _long_text(rows, index + 1, rest)
                else:
                    values[key] = _value(rest)
            elif index + 1 < len(rows) and rows[index + 1][:1] in _DEEPER:
                values[key], beyond = _children(rows, index + 1)
            else:
                values[key] = ""
    except _Hard:
        return None
    return values, lines


def _value(rest: str) -> Value:
    """Return the value that a line's rest gives, trimmed on the left; raises _Hard."""
    if rest[-1] == " ":
        rest = rest.rstrip(" ")
    first = rest[:1]
    if first not in _INDICATORS:
        if (":" in rest and (": " in rest or rest[-1] == ":")) or ("#" in rest and " #" in rest):
            raise _Hard
        return rest
    if first == '"' or first == "'":
        if rest.find(first, 1) == len(rest) - 1 > 0 and (first == "'" or "\\" not in rest):
            return rest[1:-1]
    elif first == "[":
        if _WORDS(rest):
            parts = [part.strip(" ") for part in rest[1:-1].split(",")]
            if not [part for part in parts if part[:1] in _NOT_FIRST]:
                return parts  # type: ignore[return-value]
        if re.fullmatch(_LIST, rest):
            return [_token(token) for token in re.findall(_TOKEN, rest)]
        if re.fullmatch(_LIST_OF_MAPS, rest):
            return [_flow_map(each) for each in re.findall(_MAP, rest)]
    elif first == "{":
        if re.fullmatch(_MAP, rest):
            return _flow_map(rest)
    elif not rest:
        return ""
    raise _Hard


def _flow_map(text: str) -> Value:
    pairs = re.findall(_PAIRS, text)
    flow: dict[str, Value] = {key: _token(token) for key, token in pairs}
    if len(flow) != len(pairs):
        raise _Hard
    return flow


def _token(token: str) -> str:
    return token[1:-1] if token[0] in "\"'" else token.rstrip(" ")


def _long_text(rows: list[str], index: int, header: str) -> tuple[str, int]:
    """Return the ``|`` or ``>`` text that begins at ``index``, and the index of the row after it."""
    indent = len(rows[index]) - len(rows[index].lstrip(" ")) if index < len(rows) else 0
    if header not in (">-", "|-", ">", "|") or indent == 0:
        raise _Hard
    margin, parts = " " * indent, []
    while index < len(rows) and rows[index].startswith(margin):
        part = rows[index][indent:]
        if not part.strip(" ") or part[0] == " ":
            raise _Hard
        parts.append(part)
        index += 1
    if index < len(rows) and rows[index][:1] in ("", " ", "#"):
        raise _Hard
    text = ("\n" if header[0] == "|" else " ").join(parts)
    if len(header) == 1:
        if index == len(rows):
            raise _Hard
        text += "\n"
    return text, index


def _children(rows: list[str], index: int) -> tuple[Value, int]:
    """Return the list or map that begins at ``index``, and the index of the row after it."""
    bare = rows[index].lstrip(" ")
    indent = len(rows[index]) - len(bare)
    if bare.startswith("- "):
        if not bare[2:].strip(" "):
            raise _Hard
        return _list(rows, index, indent)
    if not bare:
        raise _Hard
    pairs: dict[str, Value] = {}
    return pairs, _map(rows, index, indent, pairs)


def _list(rows: list[str], index: int, indent: int) -> tuple[list[Value], int]:
    entries: list[Value] = []
    dash = " " * indent + "- "
    while index < len(rows) and rows[index].startswith(dash):
        rest = rows[index][indent + 2 :].lstrip(" ")
        pair = re.fullmatch(_PAIR, rest) if ": " in rest else None
        index += 1
        if pair is None:
            entries.append(_value(rest) if rest else "")
            continue
        entry: dict[str, Value] = {pair[1]: _value(pair[2])}
        index = _map(rows, index, len(rows[index - 1]) - len(rest), entry)
        entries.append(entry)
    return entries, index


def _map(rows: list[str], index: int, indent: int, pairs: dict[str, Value]) -> int:
    """Add to ``pairs`` the rows that stand exactly ``indent`` deep."""
    while index < len(rows):
        found = re.fullmatch(_CHILD, rows[index])
        if found is None or found[2] or len(found[1]) != indent:
            break
        pair = re.fullmatch(_PAIR, found[3])
        if pair is None or pair[1] in pairs:
            raise _Hard
        pairs[pair[1]] = _value(pair[2])
        index += 1
    return index
