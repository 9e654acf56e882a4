"""What is no TOML in newsfeed.toml, said by the line as it has to be: most who write it know no TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from newsfeed.diagnostics import Diagnostic, diagnostic

_HEADER = r"[\[(]{1,2}\s*([\w.-]+)\s*[\])]{0,2}"
_PAIR = r"([\w.-]+|\"[^\"]*\")\s*(?:=>|:=|[:=])\s*(.*)"
_TO_STRAIGHT = {ord(sign): '"' for sign in "“”„‟＂"}
_YES = frozenset(("true", "yes", "on", "oui", "vrai"))
_NO = frozenset(("false", "no", "off", "non", "faux"))
_LONGEST = 200
_AROUND = "\"'“”„‟«»‘’‚＂ \t\u00a0\u202f"
_TWICE = r"Cannot (?:declare|overwrite|mutate|redefine)|Duplicate"


def fault_of(error: tomllib.TOMLDecodeError, text: str, file: str) -> Diagnostic:
    """Return what keeps ``text`` from being TOML, with the line as it is to be written where that is
    clear, and the first place of what stands there twice.
    """
    line, column = _place_of(error, text)
    rows = text.splitlines()
    row = rows[line - 1].strip()
    if 'Expected "\'"' in str(error):
        # The quote that has no end opens further up.
        odd = (number for number, each in enumerate(rows, 1) if _is_odd(each))
        if found := next(odd, 0):
            line = found
            row, column = rows[line - 1].strip(), rows[line - 1].index("'") + 1
    is_short = len(row) <= _LONGEST
    better = "" if _is_sound(row) else next(filter(_is_sound, _mended(row) if is_short else ()), "")
    if better:
        return diagnostic("config-line", file, line, column, row=row, better=better)
    reason = re.sub(r" \(at .*\)$", "", str(error))
    name = re.match(rf"{_HEADER}|{_PAIR}", row)
    if re.match(_TWICE, reason) and name is not None:
        key = name[1] or name[2]
        first = _first_of(key, rows[: line - 1], is_header=name[1] is not None)
        if first:
            return diagnostic("config-twice", file, line, 1, key=key, first=first)
    return diagnostic("config-syntax", file, line, column, reason=reason)


def _first_of(key: str, rows: list[str], *, is_header: bool) -> int:
    """Return the line of ``rows`` in which ``key`` stands, the last of several keys, or 0."""
    begins = rf"\s*\[+\s*{re.escape(key)}\b" if is_header else rf"\s*{re.escape(key)}\s*="
    found = [number for number, row in enumerate(rows, 1) if re.match(begins, row)]
    return (found[0] if is_header else found[-1]) if found else 0


def _is_odd(row: str) -> bool:
    return row.lstrip()[:1] != "#" and row.count("'") % 2 == 1


def _is_sound(row: str) -> bool:
    try:
        tomllib.loads(row)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _mended(row: str) -> Iterator[str]:
    """Yield what a line may have been meant to be, the likeliest first."""
    if header := re.fullmatch(_HEADER, row):
        yield f"[{header[1]}]"
    if (pair := re.fullmatch(_PAIR, row)) is None:
        return
    key, value = pair[1], pair[2].strip()
    yield f"{key} = {value}"
    yield f"{key} = {_straight(value)}"
    bare = value.strip(_AROUND)
    if bare.lower() in _YES | _NO:
        yield f"{key} = {'true' if bare.lower() in _YES else 'false'}"
    if value[:1] == "[" and value.count("[") == 1:
        inner = value.strip("[] \t,")
        yield f"{key} = [{', '.join(_quoted(each) for each in inner.split(','))}]"
    if bare and value[:1] not in ("[", "{"):
        yield f"{key} = {_quoted(value)}"


def _straight(value: str) -> str:
    """Return ``value`` with straight quotes for others, without the spaces that French has in them."""
    value = re.sub(r"«[ \u00a0\u202f]*", '"', value)
    return re.sub(r"[ \u00a0\u202f]*»", '"', value).translate(_TO_STRAIGHT)


def _quoted(value: str) -> str:
    """Return ``value`` as a text of TOML; a backslash is one of a folder's name."""
    inner = value.strip(_AROUND).replace("\\", "/")
    return (
        f"'{inner}'" if '"' in inner and "'" not in inner else '"' + inner.replace('"', "”") + '"'
    )


def _place_of(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, int]:
    """Return the line and column that an error names, or else those of the end of ``text``."""
    if found := re.search(r"line (\d+), column (\d+)", str(error)):
        return int(found[1]), int(found[2])
    written = text.rstrip()
    return written.count("\n") + 1, len(written) - written.rfind("\n")
