"""TOML and JSON that people write by hand and parsers refuse, mended where it has one right reading."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

import tomli

from newsfeed.content.frontmatter.block import Fault

_ENTRY = re.compile(r"(\s*)([\w-]+(?:\.[\w-]+)*)\s*([=:])\s*(\S.*)")
_QUOTES = re.compile("[“”„«»‘’\"']")
_TRIES = 12
MAX_ROWS = 400


class Repaired(NamedTuple):
    """A block after mending, and the faults that were mended."""

    text: str
    faults: tuple[Fault, ...]


def toml(inside: str) -> Repaired | None:
    """Return TOML with its invalid values quoted, or None where it cannot be mended."""
    rows = inside.split("\n")
    if len(rows) > MAX_ROWS:
        return None
    faults, at = [], 0
    for number, row in enumerate(rows):
        entry = _ENTRY.fullmatch(row.rstrip())
        if entry and not is_toml(row):
            value = entry[4]
            if entry[3] == ":" and is_toml(f"k = {value}"):
                new = f"{entry[1]}{entry[2]} = {value}"
                place = len(entry[1])
            else:
                if value[0] in "[{" or value.startswith(('"""', "'''")):
                    return None
                new = f"{entry[1]}{entry[2]} = {json.dumps(_unquoted(value), ensure_ascii=False)}"
                place = entry.start(4) if entry[3] == "=" else len(entry[1])
            edits = ((at, at + len(row), new),)
            faults.append(Fault("frontmatter-toml", at + place, (("better", new.strip()),), edits))
            rows[number] = new
        at += len(row) + 1
    text = "\n".join(rows)
    return Repaired(text, tuple(faults)) if faults and is_toml(text) else None


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
            return Repaired(mended, tuple(faults)) if faults else None
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
    surplus = message.startswith(("Expecting property name", "Expecting value", "Illegal trailing"))
    if surplus and text[at : at + 1] in ("}", "]") and before.endswith(","):
        return (len(before) - 1, len(before), "")
    if surplus and text[at : at + 1] == ",":
        return None
    if message.startswith("Illegal trailing") and text[at : at + 1] == ",":
        return (at, at + 1, "")
    return None


def _made(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


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


def _unquoted(value: str) -> str:
    if len(value) > 1 and _QUOTES.match(value[0]) and _QUOTES.match(value[-1]):
        return value[1:-1].strip()
    return value
