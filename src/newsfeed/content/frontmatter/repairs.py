"""TOML and JSON that people write by hand and parsers refuse, mended where it has one right reading."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

import tomli

from newsfeed.content.frontmatter.block import Fault
from newsfeed.text.regex import regex

_ENTRY = regex(r"(\s*)([\w-]+(?:\.[\w-]+)*)\s*([=:])\s*(\S.*)")
_QUOTES = regex("[“”„«»‘’\"']")
_TRIES = 12
MAX_ROWS = 400


# The strings of TOML and its comments: in those between double quotation marks a backslash escapes.
_STRINGS = regex(
    r'"""(?:[^\\"]|\\.|"(?!""))*+"""|\'\'\'(?:[^\']|\'(?!\'\'))*+\'\'\''
    r'|"(?:[^"\\\n]|\\.)*+"|\'[^\'\n]*+\'|#[^\n]*+',
    re.S,
)
_ESCAPES = regex(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|\\.", re.S
)
_MEANT = regex(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\"(?!\Z))")
_NO_ESCAPE = regex(r"(?<!\\)((?:\\\\)*)\\(?![btnfr\"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
_SURROGATE = regex(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class Repaired(NamedTuple):
    """A block after mending, and the faults that were mended."""

    text: str
    faults: tuple[Fault, ...]


def toml(inside: str) -> Repaired | None:
    """Return TOML with its invalid values quoted, or None where it cannot be mended."""
    if (whole := _with_pairs(inside)) is not None:
        return whole
    rows = inside.split("\n")
    if len(rows) > MAX_ROWS:
        return None
    faults, at = [], 0
    for number, row in enumerate(rows):
        entry = _ENTRY.fullmatch(row.rstrip())
        if entry and not is_toml(row):
            value = entry[4]
            if _SURROGATE.search(value) is not None:
                return None  # its other escapes may be meant
            if entry[3] == ":" and is_toml(f"k = {value}"):
                new = f"{entry[1]}{entry[2]} = {value}"
                place = len(entry[1])
            else:
                if value[0] in "[{" or value.startswith(('"""', "'''")):
                    return None
                new = f"{entry[1]}{entry[2]} = {_quoted(value)}"
                place = entry.start(4) if entry[3] == "=" else len(entry[1])
            edits = ((at, at + len(row), new),)
            faults.append(Fault("frontmatter-toml", at + place, (("better", new.strip()),), edits))
            rows[number] = new
        at += len(row) + 1
    text = "\n".join(rows)
    return Repaired(text, tuple(faults)) if faults and is_toml(text) else None


def _with_pairs(inside: str) -> Repaired | None:
    """Return TOML with the characters that pairs of surrogates escape, as in JSON; else None."""
    edits = [
        (string.start() + pair.start(), string.start() + pair.end(), _character(pair))
        for string in _STRINGS.finditer(inside)
        if string[0][0] == '"'
        for pair in _ESCAPES.finditer(string[0])
        if pair["high"]
    ]
    text = _made(inside, edits)
    if not edits or not is_toml(text):
        return None
    faults = [
        Fault("frontmatter-toml", edit[0], (("better", f"… {edit[2]} …"),), (edit,))
        for edit in edits
    ]
    return Repaired(text, tuple(faults))


def _character(pair: re.Match[str]) -> str:
    high, low = int(pair["high"], 16), int(pair["low"], 16)
    return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def json_object(text: str) -> Repaired | None:
    """Return JSON with surplus commas removed and missing ones added, or None."""
    faults: list[Fault] = []
    edits: list[tuple[int, int, str]] = []
    for _ in range(_TRIES):
        mended = _made(text, edits)
        try:
            json.JSONDecoder(strict=False).raw_decode(mended)
        except json.JSONDecodeError as error:
            edit = _comma(text, _before(error.pos, edits), error.msg)
            if edit is None or edit in edits:
                return None
            edits.append(edit)
            better = text[max(0, text.rfind("\n", 0, edit[0]) + 1) : edit[0]].strip() + edit[2]
            faults.append(Fault("frontmatter-json", edit[0], (("better", better),), (edit,)))
        except RecursionError:
            return None
        else:
            return Repaired(mended, tuple(faults))
    return None


def _comma(text: str, at: int, message: str) -> tuple[int, int, str] | None:
    """Return the edit that a parser's message at a place of ``text`` asks for."""
    before = text[:at].rstrip()
    if (
        message.startswith("Expecting ','")
        and text[at : at + 1] == '"'
        and "\n" in text[len(before) : at]
    ):
        return (len(before), len(before), ",")
    if message.startswith("Illegal trailing comma"):  # Python 3.13 tells of the comma itself
        return (at, at + 1, "")
    surplus = message.startswith(("Expecting property name", "Expecting value"))
    if surplus and text[at : at + 1] in ("}", "]") and before.endswith(","):
        return (len(before) - 1, len(before), "")
    return None


def _made(text: str, edits: list[tuple[int, int, str]]) -> str:
    kept: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        kept += (text[at:start], new)
        at = end
    return "".join([*kept, text[at:]])


def _before(at: int, edits: list[tuple[int, int, str]]) -> int:
    """Return the place before the edits of the place ``at`` after them."""
    for start, end, new in sorted(edits):
        if start < at:
            at -= len(new) - (end - start)
    return at


def is_toml(text: str) -> bool:
    """Say whether a parser of TOML takes ``text``."""
    try:
        tomli.loads(text, parse_float=str)
    except (ValueError, RecursionError):
        return False
    return True


def _quoted(value: str) -> str:
    """Return a value between quotation marks that TOML takes.

    Where some of its backslashes are escapes that are meant, those alone that are none are doubled.
    """
    if value[0] == '"' == value[-1] and _MEANT.search(value) is not None:
        return _NO_ESCAPE.sub(r"\1\\\\", value)
    return json.dumps(_unquoted(value), ensure_ascii=False)


def _unquoted(value: str) -> str:
    if len(value) > 1 and _QUOTES.match(value[0]) and _QUOTES.match(value[-1]):
        return value[1:-1].strip()
    return value
