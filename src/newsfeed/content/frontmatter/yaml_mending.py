"""YAML that people write by hand and parsers refuse, mended where it has one right reading.

Each line is looked at on its own: a value that the parser refuses, or that it would cut, is quoted.
What comes out is parsed again; it counts only if that succeeds.
"""

from __future__ import annotations

import difflib
import re
from typing import Any, NamedTuple

from newsfeed.content.frontmatter.block import Broken, Fault
from newsfeed.content.frontmatter.quoting import quoted
from newsfeed.content.frontmatter.yaml_parser import Parsed, parse, spans
from newsfeed.text.regex import regex

_ENTRY = regex(
    r"(?P<lead>[ ]*(?:-[ ]+)?)(?P<key>[^\W\d][\w .-]{0,40}?)(?P<colon>[ \u00a0\u202f]*:)"
    r"(?P<gap>[ \u00a0\u202f\t]+)(?P<value>\S.*)"
)
_BULLET = regex(r"(?P<lead>[ ]*-[ ]+)(?P<value>\S.*)")
_NO_GAP = regex(r"(?P<lead>[ ]*)(?P<key>[^\W\d][\w-]{1,20})[ \u00a0\u202f]*:(?P<value>[^\s/:].*)")
_TIGHT = regex(r"(?P<lead>[ ]*)-(?P<value>[^\W\d_].*)")
_BARE = regex(r"[^\W\d][\w .-]{0,40}?[ \u00a0\u202f]*:[ \u00a0\u202f\t]*")
_HEADER = regex(r"[|>](?:[1-9]?[+-]?|[+-][1-9])[ \t]*(?:#.*)?")
_DOUBLE = regex(r'"(?:[^"\\]|\\.)*"[ \t]*(?:#.*)?')
_SINGLE = regex(r"'(?:[^']|'')*'[ \t]*(?:#.*)?")
_BACKSLASH = regex(r"(?<!\\)\\(?!u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8}|\"|\\)")
_SMART = {"“": "”", "‘": "’", "„": "“", "”": "”", "’": "’"}
_SPECIAL = "@`%*&!|>[]{},?-#"
_HASHTAG = regex(r"(?<=\S)[ ]+#(?=\w)")
# What follows a value that YAML has cut.
_CUT = regex(r" +#\w")
_BETWEEN = regex(r" *:[ \t]+")
_COLON = regex(r":(\s|$)")

MAX_ROWS = 400
_TEXT_KEYS = (
    "title titre subtitle summary description excerpt abstract subject name text alt place credit"
    " source category section caption"
)
_TEXTS = frozenset(_TEXT_KEYS.split())
_TAG_KEYS = frozenset(("tags", "tag", "keywords"))
_LISTS = _TAG_KEYS | {"categories", "authors", "aliases", "redirects", "redirect_from"}
_NAME = regex(r"[^\s,#][^,#]*")
_MAPS = frozenset(("image", "cover", "event", "source", "author", "enclosure", "audio", "links"))
_OPEN_MAP = regex(r"\{[ ]*[\w-]+[ ]*:[^}]*\Z")
_PART = regex(r"(?:src|url|alt|name|title|text|start|date|file|path|href|email|place): ")
_QUOTED = regex(r"\"[^\"]*\"|'[^']*'")
_ALL_QUOTED = regex(r"(?:\"[^\"]*\"|'[^']*')(?:[ \t,]+(?:\"[^\"]*\"|'[^']*'))+[ ,]*").fullmatch
_TAGS = regex(r"(?:[ ,]+#[^\W\d][\w-]*)+[ ]*").fullmatch


class Mended(NamedTuple):
    """A block after mending: what it says now, and the faults that were mended."""

    parsed: Parsed
    text: str
    faults: list[Fault]


class _Meant(NamedTuple):
    """What a value was meant to be: how to write it, and the character that was in the way."""

    code: str
    text: str
    character: str
    offset: int = 0
    written: str = ""


def mend(fm: str) -> Mended | None:
    """Return the mapping that ``fm`` was meant to be, or None where that is not certain."""
    rows = fm.split("\n")
    if len(rows) > MAX_ROWS:
        return None
    mender = _Mender(rows)
    mender.mend()
    if not mender.faults:
        return None
    text = "\n".join(mender.mended)
    try:
        parsed = parse(text)
    except Broken:
        return None
    return Mended(parsed, text, mender.faults)


def restore_hashtags(fm: str, parsed: Parsed) -> list[Fault]:
    """Give the texts of ``parsed`` the ``#word`` that YAML took for a comment, and say so."""
    faults: list[Fault] = []
    if not _CUT.search(fm):
        return faults
    for path, span in spans(fm).items():
        start, end = span.value
        if not _CUT.match(fm, end):
            continue
        key = path[-1]
        if span.style or not isinstance(key, str):
            continue
        stop = fm.find("\n", end)
        rest = fm[end : stop if stop >= 0 else len(fm)]
        if not _is_of_text(key) and not (key.lower() in _TAG_KEYS and _TAGS(rest)):
            continue
        into: Any = parsed.values
        try:
            for step in path[:-1]:
                into = into[step]
        except (KeyError, IndexError, TypeError):
            # A key that is repeated holds another value by now.
            continue
        if not isinstance(into, dict) or into.get(key) != fm[start:end]:
            continue
        if start == end:
            start += len(rest) - len(rest.lstrip(" "))
        text = fm[start : end + len(rest)].rstrip(" ")
        if key.lower() in _TAG_KEYS:
            into[key] = [name.rstrip(" ") for name in _NAME.findall(text)]
            written = f"[{', '.join(map(_in_list, into[key]))}]"
        else:
            into[key], written = text, quoted(text)
        better = f"{key}: {written}"
        values = (("key", key), ("value", text), ("character", "#"), ("better", better))
        edit = (start, start + len(text), written)
        faults.append(Fault("yaml-hash", fm.index("#", end), values, (edit,)))
    return faults


def _in_list(name: str) -> str:
    return name if re.fullmatch(r"\w[\w -]*", name) else quoted(name)


def _is_of_text(key: str) -> bool:
    """Say whether a key, misspelt or not, has a text for its value."""
    return key.lower() in _TEXTS or bool(difflib.get_close_matches(key.lower(), _TEXTS, 1, 0.8))


class _Mender:
    """Goes through the rows of a block; ``mended`` are the rows that it has seen, mended."""

    def __init__(self, rows: list[str]) -> None:
        self.rows = rows
        self.mended: list[str] = []
        self.faults: list[Fault] = []
        self.text_below: int | None = None
        self.text_depth = 0
        self.keys: set[int] = set()
        self.items: set[int] = set()
        self.notes: list[tuple[str, int, tuple[tuple[str, str], ...]]] = []

    def mend(self) -> None:
        at = 0
        for row in self.rows:
            self.notes = []
            new = self._row(row)
            self.mended.append(new)
            self._follow(new)
            # One edit replaces the line, whatever was wrong with it.
            edits = ((at, at + len(row), new),)
            for code, offset, values in self.notes:
                better = new.rstrip() if code == "yaml-indent" else new.strip()
                filled = (*values, ("better", better))
                self.faults.append(Fault(code, at + offset, filled, edits))
            at += len(row) + 1

    def _follow(self, row: str) -> None:
        """Note at which depths keys and items may follow ``row``."""
        bullet = _BULLET.fullmatch(row)
        if bullet is None and not _is_key(row):
            return
        start = _depth(row)
        self.keys = {level for level in self.keys if level <= start}
        self.items = {level for level in self.items if level <= start}
        (self.keys if bullet is None else self.items).add(start)
        if bullet is not None and _is_key(bullet["value"]):
            self.keys.add(len(bullet["lead"]))

    def _note(self, code: str, offset: int, key: str, value: str = "", character: str = "") -> None:
        values = (("key", key), ("value", value), ("character", character))
        self.notes.append((code, offset, values))

    def _row(self, row: str) -> str:
        """Return ``row`` mended, with a note of each mistake."""
        if not row.strip():
            return row
        if self._inside_text(row):
            return self._with_depth_of_text(row)
        if row.lstrip()[:1] == "#":
            return row
        new = self._at_its_depth(row)
        tight = _TIGHT.fullmatch(new)
        if tight and self._is_item_here(len(tight["lead"])):
            self._note("yaml-dash", len(tight["lead"]), "-")
            return f"{tight['lead']}- {quoted(tight['value']) if _COLON.search(tight['value']) else tight['value']}"
        found = _ENTRY.fullmatch(new) or _NO_GAP.fullmatch(new)
        if found and not _BETWEEN.fullmatch(new, found.end("key"), found.start("value")):
            self._note("yaml-space", found.start("key"), found["key"])
            new = f"{found['lead']}{found['key']}: {found['value']}"
            found = _ENTRY.fullmatch(new)
        if found and "-" in found["lead"] and (" " in found["key"] or found["colon"] != ":"):
            # A sentence with a colon in a list of texts, and no map.
            found = None
        if found:
            return self._with_value(new, found, found["key"], len(row) - len(new))
        bullet = _BULLET.fullmatch(new)
        if bullet and not _BARE.fullmatch(bullet["value"]):
            return self._with_value(new, bullet, "-", len(row) - len(new))
        return new

    def _at_its_depth(self, row: str) -> str:
        """Return ``row`` with spaces for tabs, at the depth where it belongs."""
        indent = row[: len(row) - len(row.lstrip(" \t"))]
        new = row
        if "\t" in indent:
            self._note("yaml-tab", 0, _key_of(row))
            new = indent.replace("\t", "  ") + row[len(indent) :]
        moved = self._moved(new) or self._aligned(new)
        if moved is not None:
            self._note("yaml-indent", len(indent), _key_of(row))
            new = moved
        return new

    def _inside_text(self, row: str) -> bool:
        """Say whether ``row`` belongs to a ``|`` or ``>`` text that an earlier line opened."""
        indent = _depth(row)
        if self.text_below is not None and indent > self.text_below:
            return True
        found = _ENTRY.fullmatch(row)
        opens = found is not None and _HEADER.fullmatch(found["value"])
        self.text_below = indent if opens else None
        self.text_depth = 0
        return False

    def _with_depth_of_text(self, row: str) -> str:
        """Return a row of a text as deep as its first one, which sets the depth."""
        indent = _depth(row)
        self.text_depth = self.text_depth or indent
        if indent >= self.text_depth:
            return row
        self._note("yaml-indent", indent, _key_of(row))
        return " " * self.text_depth + row.lstrip(" ")

    def _above(self) -> str:
        """Return the last row that says something, empty at the beginning."""
        return next((each for each in reversed(self.mended) if each.strip()), "")

    def _is_item_here(self, indent: int) -> bool:
        """Say whether the last row began a list, or was an item of one, at that depth."""
        last = self._above()
        start = _depth(last)
        begins = _BARE.fullmatch(last.strip()) is not None and indent >= start
        return begins or (start == indent and last.lstrip(" ").startswith("- "))

    def _moved(self, row: str) -> str | None:
        """Return ``row`` at the depth where it belongs, or None where it stands there."""
        above = self._above()
        if not above:
            # The first line sets the depth of all others.
            return row.lstrip(" ") if row[:1] == " " and _ENTRY.fullmatch(row) else None
        entry = _ENTRY.fullmatch(above)
        if entry is None or entry["lead"]:
            return None
        first = entry["value"][0]
        if row[0] == " " and _ENTRY.fullmatch(row) and not row.lstrip().startswith("- "):
            complete = not _HEADER.fullmatch(entry["value"]) and first not in "[{"
            return row.lstrip(" ") if complete else None
        is_key = _ENTRY.fullmatch(row) or _BARE.fullmatch(row) or _NO_GAP.fullmatch(row)
        wrapped = row[0] not in " -\t#" and not is_key and first not in "[{|>\"'"
        return "  " + row if wrapped and above == self.mended[-1] else None

    def _aligned(self, row: str) -> str | None:
        """Return ``row`` as deep as what it goes on with, None where it stands so or begins something."""
        indent = _depth(row)
        is_item = row.lstrip(" ").startswith("- ")
        last = self._above()
        entry = _ENTRY.fullmatch(last)
        begins = _BARE.fullmatch(last.strip()) or (entry and _HEADER.fullmatch(entry["value"]))
        opens = begins and indent + is_item > _depth(last)
        levels = self.items if is_item else self.keys
        if indent in levels or opens or not (is_item or _is_key(row)):
            return None
        near = [level for level in levels if abs(level - indent) <= 2]
        depth = min(near, key=lambda level: (abs(level - indent), -level), default=None)
        return None if depth is None else " " * depth + row.lstrip(" ")

    def _with_value(self, row: str, found: re.Match[str], key: str, shift: int) -> str:
        """Return ``row`` with its value quoted where the parser would refuse or cut it."""
        value = found["value"].rstrip()
        following = self.rows[len(self.mended) + 1 :]
        meant = _list(value, key) or _map(value, key, following) or _meant(value, following)
        if meant is None:
            return row
        comment = None
        if value.startswith(meant.text):
            comment = re.search(r"[ ]+#.*", value[len(meant.text) :])
        offset = max(0, found.start("value") + shift + meant.offset)
        self._note(meant.code, offset, key, meant.text, meant.character)
        written = meant.written or quoted(meant.text)
        return row[: found.start("value")] + written + (comment[0] if comment else "")


def _depth(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _is_key(row: str) -> bool:
    return _ENTRY.fullmatch(row) is not None or _BARE.fullmatch(row.strip()) is not None


def _list(value: str, key: str) -> _Meant | None:
    """Return the list that a value was meant to be: brackets and quotation marks that do not match, no commas."""
    if value.startswith("- ") and key.lower() in _LISTS:
        items = value[2:].split(" - ")
    elif (
        value[0] == "["
        and value[-1] in "]\"'"
        and (inner := value.strip("[] \t"))
        and not _flow(value, [])
    ):
        if _COLON.search(inner) or "[" in inner or "]" in inner or "{" in inner:
            return None
        items = _QUOTED.findall(inner) if _ALL_QUOTED(inner) else inner.split(",")
        if len(items) == 1 and value[:2] != "[[" and value[-2:] != "]]":
            return None
    else:
        return None
    names = [name for each in items if (name := each.strip(" \t\"'"))]
    written = f"[{', '.join(map(_in_list, names))}]"
    return _Meant("yaml-bracket", ", ".join(names), value[0], written=written)


def _map(value: str, key: str, following: list[str]) -> _Meant | None:
    """Return the map that a value was meant to be: without its last brace, or without any."""
    inner = value.strip("{ \t,")
    open_ended = _OPEN_MAP.match(value) is not None and not _flow(value, following)
    bare = key.lower() in _MAPS and _PART.match(value) is not None
    if not (open_ended or bare):
        return None
    written = f"{{{inner}}}"
    try:
        parse(f"k: {written}")
    except Broken:
        return None
    return _Meant("yaml-bracket", inner, "{", written=written)


def _key_of(row: str) -> str:
    return row.strip().split(":")[0][:40]


def _meant(value: str, following: list[str]) -> _Meant | None:
    """Return what a value was meant to be where the parser would take it for something else."""
    first = value[0]
    if first in _SMART and len(value) > 1 and value[-1] in (_SMART[first], '"', "'"):
        inner = value[1:-1]
        if first not in inner and _SMART[first] not in inner.replace("’", ""):
            return _Meant("yaml-smart-quotes", inner.strip(), first)
    if first in "\"'":
        return _quotes(value, following[0] if following else "")
    if _HEADER.fullmatch(value) or (first in "[{" and _flow(value, following)):
        return None
    if first == "[" and "]" not in value and "," in value and not _COLON.search(value):
        inner = value[1:].rstrip(", ")
        return _Meant("yaml-bracket", inner, "[", written=f"[{inner}]")
    if re.match(r"\{\s*[\w-]+\s*:", value):
        return None  # a map with a mistake inside: between quotes it would become a text
    if first in _SPECIAL and not (first in "-?" and value[1:2].strip()):
        return _Meant("yaml-character", value, first)
    hashtag = _HASHTAG.search(value)
    cut = re.search(r"\s#", value)
    plain = value[: cut.start()] if cut and not hashtag else value
    colon = _COLON.search(plain)
    if colon:
        return _Meant("yaml-colon", plain.rstrip(), ":", colon.start())
    if hashtag:
        return _Meant("yaml-hash", value, "#", hashtag.end())
    return None


def _quotes(value: str, next_row: str) -> _Meant | None:
    """Return the text between quotation marks that do not match."""
    first = value[0]
    whole = _DOUBLE if first == '"' else _SINGLE
    if whole.fullmatch(value):
        try:
            parse(f"k: {value}")
        except Broken:
            # A backslash that begins no escape, as in a Windows path; escapes of characters stay.
            at = max(0, value.find("\\"))
            written = _BACKSLASH.sub(r"\\\\", value[: value.rindex(first) + 1])
            try:
                text = str(parse(f"k: {written}").values["k"])
            except Broken:
                text, written = value[1 : value.rindex(first)], ""
            return _Meant("yaml-quotes", text, "\\", at, written=written)
        return None
    if value[-1] == first and len(value) > 1:
        return _Meant("yaml-quotes", value[1:-1].replace('\\"', '"'), first)
    if value.count(first) == 1:
        if next_row[:1] == " " or first in next_row:
            return None
        closed = value[-1] in "”’»\"'" and len(value) > 1
        return _Meant("yaml-quotes", value[1 : -1 if closed else None].strip(), first)
    return _Meant("yaml-quotes", value, first)


def _flow(value: str, following: list[str]) -> bool:
    """Say whether a list or map in brackets is one, on this line or on those that follow."""
    end = {"[": "]", "{": "}"}[value[0]]
    if end not in value:
        return any(end in row for row in following[:40])
    try:
        parse(f"k: {value}")
        return True
    except Broken:
        return False
