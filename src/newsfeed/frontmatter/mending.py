"""YAML that people write by hand and parsers refuse, mended where it has one right reading.

Each line is looked at on its own: a value that the parser refuses, or that it would cut, is quoted.
What comes out is parsed again; it counts only if that succeeds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from newsfeed.frontmatter.block import Broken, Fault
from newsfeed.frontmatter.handler import Parsed, parse, quoted

_ENTRY = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)?)(?P<key>[^\W\d][\w .-]{0,40}?)(?P<colon>[ \u00a0\u202f]*:)(?P<gap>[ \u00a0\u202f\t]+)(?P<value>\S.*)")  # fmt: skip
_BULLET = re.compile(r"(?P<lead>[ ]*-[ ]+)(?P<value>\S.*)")
_NO_GAP = re.compile(r"(?P<lead>[ ]*)(?P<key>[^\W\d][\w-]{1,20}):(?P<value>[^\s/:].*)")
_BARE = re.compile(r"[^\W\d][\w .-]{0,40}?[ \u00a0\u202f]*:[ \u00a0\u202f\t]*")
_HEADER = re.compile(r"[|>](?:[1-9]?[+-]?|[+-][1-9])[ \t]*(?:#.*)?")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"[ \t]*(?:#.*)?')
_SINGLE = re.compile(r"'(?:[^']|'')*'[ \t]*(?:#.*)?")
_SMART = {"“": "”", "‘": "’", "„": "“", "”": "”", "’": "’"}
_SPECIAL = "@`%*&!|>[]{},?-#"
_HASHTAG = re.compile(r"(?<=\S)[ ]+#(?=\w)")


@dataclass(slots=True)
class Mended:
    """A block after mending: what it says now, and the faults that were mended."""

    parsed: Parsed
    text: str
    faults: list[Fault] = field(default_factory=list)


def mend(fm: str) -> Mended | None:
    """Return the mapping that ``fm`` was meant to be, or None where that is not certain."""
    rows = fm.split("\n")
    if len(rows) > MAX_ROWS:
        return None
    mended: list[str] = []
    faults: list[Fault] = []
    at = 0
    for index, row in enumerate(rows):
        new = _line(row, rows, index, mended, at, faults)
        mended.append(new)
        at += len(row) + 1
    if not faults:
        return None
    text = "\n".join(mended)
    try:
        parsed = parse(text)
    except Broken:
        return None
    if parsed.tagged:
        return None
    return Mended(parsed, text, faults)


MAX_ROWS = 400
MAX_ROWS = 400
_TEXT_KEYS = (
    "title titre subtitle summary description excerpt abstract subject name text alt place credit"
    " source category section caption"
)
_TEXTS = frozenset(_TEXT_KEYS.split())


def restore_hashtags(fm: str, parsed: Parsed) -> list[Fault]:
    """Give the texts of ``parsed`` the ``#word`` that YAML took for a comment, and say so."""
    faults = []
    for path, span in parsed.spans.items():
        key = path[-1]
        if span.style or not isinstance(key, str) or key.lower() not in _TEXTS:
            continue
        stop = fm.find("\n", span.value[1])
        rest = fm[span.value[1] : stop if stop >= 0 else len(fm)]
        if "\n" in fm[span.value[0] : span.value[1]] or not re.match(r"[ ]+#\w", rest):
            continue
        text = (fm[span.value[0] : span.value[1]] + rest).rstrip()
        into: Any = parsed.values
        for step in path[:-1]:
            into = into[step]
        if into[key] != fm[span.value[0] : span.value[1]]:
            continue
        into[key] = text
        values = (
            ("key", key),
            ("value", text),
            ("character", "#"),
            ("better", f"{key}: {quoted(text)}"),
        )
        edit = (span.value[0], span.value[0] + len(text), quoted(text))
        at = span.value[1] + len(rest) - len(rest.lstrip(" "))
        faults.append(Fault("yaml-hash", at, values, (edit,)))
    return faults


def _line(
    row: str, rows: list[str], index: int, before: list[str], at: int, faults: list[Fault]
) -> str:
    """Return ``row`` mended, and add what was wrong with it to ``faults``."""
    if not row.strip() or row.lstrip()[:1] == "#":
        return row
    if _inside_block(before, row):
        return row
    new = row
    lead = re.match(r"[ \t]*", row)
    indent = lead[0] if lead else ""
    if "\t" in indent:
        new = indent.replace("\t", "  ") + row[len(indent) :]
        faults.append(_fault("yaml-tab", at, row, new))
    stray = _stray(new, before)
    if stray is not None:
        faults.append(_fault("yaml-indent", at, row, stray))
        new = stray
    found = _ENTRY.fullmatch(new)
    if found and (found["gap"].strip(" \t") or found["colon"].strip(" ") != ":"):
        new = f"{found['lead']}{found['key']}: {found['value']}"
        faults.append(_fault("yaml-space", at, row, new))
        found = _ENTRY.fullmatch(new)
    elif found is None and (joined := _NO_GAP.fullmatch(new)):
        new = f"{joined['lead']}{joined['key']}: {joined['value']}"
        faults.append(_fault("yaml-space", at, row, new))
        found = _ENTRY.fullmatch(new)
    if found:
        return _value(new, found, rows, index, at, row, faults, found["key"])
    bullet = _BULLET.fullmatch(new)
    if bullet and not _BARE.fullmatch(bullet["value"]):
        return _value(new, bullet, rows, index, at, row, faults, "-")
    return new


def _inside_block(before: list[str], row: str) -> bool:
    """Say whether ``row`` belongs to a ``|`` or ``>`` text that an earlier line opened."""
    indent = len(row) - len(row.lstrip(" "))
    for earlier in reversed(before):
        if not earlier.strip():
            continue
        its = len(earlier) - len(earlier.lstrip(" "))
        if its < indent:
            found = _ENTRY.fullmatch(earlier)
            return bool(found and _HEADER.fullmatch(found["value"]))
    return False


def _stray(row: str, before: list[str]) -> str | None:
    """Return ``row`` at the depth where it belongs, if it does not stand there."""
    above = next((each for each in reversed(before) if each.strip()), None)
    if above is None:
        # The first line sets the depth of all others.
        return row.lstrip(" ") if row[:1] == " " and _ENTRY.fullmatch(row) else None
    entry = _ENTRY.fullmatch(above)
    if entry is None or entry["lead"]:
        return None
    if row[0] == " " and _ENTRY.fullmatch(row) and not row.lstrip().startswith("- "):
        complete = not _HEADER.fullmatch(entry["value"]) and entry["value"][0] not in "[{"
        return row.lstrip(" ") if complete else None
    plain = row[0] not in " -\t#" and not _ENTRY.fullmatch(row) and not _BARE.fullmatch(row)
    if plain and not _NO_GAP.fullmatch(row) and entry["value"][0] not in "[{|>\"'":
        return "  " + row
    return None


def _value(
    row: str,
    found: re.Match[str],
    rows: list[str],
    index: int,
    at: int,
    original: str,
    faults: list[Fault],
    key: str,
) -> str:
    """Return ``row`` with its value quoted where the parser would refuse or cut it."""
    value = found["value"].rstrip()
    reading = _reading(value, rows, index)
    if reading is None:
        return row
    code, text, character = reading
    comment = re.search(r"[ ]+#.*", value[len(text) :]) if value.startswith(text) else None
    new = row[: found.start("value")] + quoted(text) + (comment[0] if comment else "")
    shift = len(original) - len(row)
    start = at + found.start("value") + shift
    fault = Fault(
        code,
        at + len(original) - len(original.lstrip()) if start < at else _where(code, value, start),
        (("key", key), ("value", text), ("character", character), ("better", new.strip())),
        ((at, at + len(original), new),),
    )
    # One edit replaces the line, so a fault found before on the same line is mended by it too.
    for number, earlier in enumerate(faults):
        if earlier.edits[0][0] == at:
            faults[number] = Fault(earlier.code, earlier.at, earlier.values, fault.edits)
    faults.append(fault)
    return new


def _reading(value: str, rows: list[str], index: int) -> tuple[str, str, str] | None:
    """Return (code, the text that was meant, the character at fault) of a value to quote."""
    first = value[0]
    if first in _SMART and len(value) > 1 and value[-1] in (_SMART[first], '"', "'"):
        inner = value[1:-1]
        if first not in inner and _SMART[first] not in inner.replace("’", ""):
            return "yaml-smart-quotes", inner.strip(), first
    if first in "\"'":
        return _quotes(value, rows, index)
    if _HEADER.fullmatch(value) or (first in "[{" and _flow(value, rows, index)):
        return None
    if first in _SPECIAL and not (first in "-?" and value[1:2].strip()):
        return "yaml-character", value, first
    hashtag = _HASHTAG.search(value)
    cut = re.search(r"\s#", value)
    plain = value[: cut.start()] if cut and not hashtag else value
    if re.search(r":(\s|$)", plain):
        return "yaml-colon", plain.rstrip(), ":"
    if hashtag:
        return "yaml-hash", value, "#"
    return None


def _quotes(value: str, rows: list[str], index: int) -> tuple[str, str, str] | None:
    first = value[0]
    whole = _DOUBLE if first == '"' else _SINGLE
    if whole.fullmatch(value):
        try:
            parse(f"k: {value}")
        except Broken:
            # A backslash that begins no escape, as in a Windows path.
            return "yaml-quotes", value[1 : value.rindex(first)], "\\"
        return None
    if value[-1] == first and len(value) > 1 and value.count(first) != 2:
        return "yaml-quotes", value[1:-1].replace('\\"', '"'), first
    if value.count(first) == 1:
        following = rows[index + 1] if index + 1 < len(rows) else ""
        if following[:1] == " " or first in following:
            return None
        text = value[1:-1] if value[-1] in "”’»\"'" and value[-1] != first else value[1:]
        return "yaml-quotes", text.strip(), first
    return "yaml-quotes", value, first


def _flow(value: str, rows: list[str], index: int) -> bool:
    """Say whether a list or map in brackets is one, on this line or on those that follow."""
    end = {"[": "]", "{": "}"}[value[0]]
    if end not in value:
        return any(end in row for row in rows[index + 1 : index + 40])
    try:
        parsed = parse(f"k: {value}")
    except Broken:
        return False
    return not parsed.tagged


def _where(code: str, value: str, start: int) -> int:
    if code == "yaml-colon" and (found := re.search(r":(\s|$)", value)):
        return start + found.start()
    if code == "yaml-hash" and (found := _HASHTAG.search(value)):
        return start + found.end() - 1
    return start


def _fault(code: str, at: int, row: str, new: str) -> Fault:
    entry = _ENTRY.fullmatch(new)
    values = (
        ("key", entry["key"] if entry else new.strip()),
        ("value", new.strip()),
        ("character", ""),
        ("better", new.strip()),
    )
    return Fault(code, at, values, ((at, at + len(row), new),))
