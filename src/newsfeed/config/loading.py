"""``newsfeed.toml`` -> `Config`, every wrong key named with its line."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args, get_origin
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import msgspec

from newsfeed.config.keys import SECTIONS, Config, declared
from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic
from newsfeed.model import Person
from newsfeed.text.iri import ascii_authority

FILE = "newsfeed.toml"
_PATH = "/%:=&~+!$,;'@()*"
_LONGEST = 900
"""Octets of an address: a longer one cannot stand on a line of a letter (RFC 5322 §2.1.1)."""
_PERSON = {"name": "line", "email": "email", "url": "url"}
"""The kinds of what is said of a person: all of it may stand in a header of a letter."""


def parse(text: str, *, file: str = FILE) -> Config:
    """Return the configuration that the TOML ``text`` holds.

    Raises ConfigError naming every key that is wrong, with its line.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _place_of(error)
        raise ConfigError(
            [diagnostic("config-syntax", file, line, column, reason=_reason_of(error))]
        ) from None
    reader = _Reader(text, file)
    config = reader.config(table)
    if reader.problems:
        raise ConfigError(reader.problems)
    return config


# The key of which a problem speaks that was found long after the file was read.
_KEYS = {
    "config-file": "site.{key}",
    "letter-no-sender": "newsletter.from",
    "letter-no-address": "newsletter.address",
    "letter-no-unsubscribe": "newsletter.unsubscribe",
    "pages-unwritten": "pages.enabled",
}


def placed(problem: Diagnostic, text: str, file: str = FILE) -> Diagnostic:
    """Return ``problem`` where its key stands in the configuration's ``text``, or its section."""
    key = _KEYS.get(problem.code)
    if key is None or problem.path != FILE or (problem.line, problem.column) != (1, 1):
        return problem
    line, column = place_of(key.format_map(dict(problem.values)), text.splitlines())
    return msgspec.structs.replace(problem, path=file, line=line, column=column)


class _Reader:
    """Turns tables into the classes above, and collects what is wrong."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = text.splitlines()
        self.file = file
        self.problems: list[Diagnostic] = []
        self.written: set[str] = set()

    def config(self, table: Mapping[str, Any]) -> Config:
        self._unknown(table, SECTIONS, "")
        parts = {}
        for section in SECTIONS:
            value = table.get(section, {})
            if not isinstance(value, dict):
                self._wrong(section, value, f"[{section}]")
                value = {}
            parts[section] = self._part(Config.__annotations__[section], value, section)
        return Config(**parts, written=frozenset(self.written))

    def _part(self, kind: Any, table: Mapping[str, Any], section: str) -> Any:
        known = declared(section)
        self._unknown(table, tuple(known), section)
        values = {}
        for name, each in known.items():
            dotted = f"{section}.{name}"
            if name not in table or table[name] == "":
                if each.key.required:
                    example = "https://www.example.org/" if name == "url" else "…"
                    self._problem(
                        "config-required", section, key=dotted, example=f'{name} = "{example}"'
                    )
                    values[each.name] = ""
                continue
            self.written.add(dotted)
            value = self._value(each.type, table[name], dotted)
            if value is not None:
                value = self._checked(each.key.kind, value, dotted)
            if value is not None:
                values[each.name] = value
        return kind(**values)

    def _person(self, table: Mapping[str, Any], prefix: str) -> Person:
        """Return the person that ``table`` names; one without a name is a problem."""
        self._unknown(table, tuple(_PERSON), prefix)
        values: dict[str, Any] = {"name": ""}
        for name, kind in _PERSON.items():
            dotted = f"{prefix}.{name}"
            if table.get(name, "") == "":
                if name == "name":
                    self._problem("config-required", prefix, key=dotted, example='name = "…"')
                continue
            self.written.add(dotted)
            value = self._value(str, table[name], dotted)
            if value is not None:
                value = self._checked(kind, value, dotted)
            if value is not None:
                values[name] = value
        return Person(**values)

    def _value(self, hint: Any, value: Any, dotted: str) -> Any:
        """Return ``value`` as the annotation ``hint`` has it, or None with a problem."""
        hint = _without_none(hint)
        origin = get_origin(hint)
        if origin is Literal:
            allowed = get_args(hint)
            return value if value in allowed else self._wrong(dotted, value, _one_of(allowed))
        if origin is tuple:
            inner = get_args(hint)[0]
            values = value if isinstance(value, list) else [value]
            read = tuple(self._value(inner, each, dotted) for each in values)
            return None if None in read else tuple(dict.fromkeys(read))
        if origin is not None and issubclass(origin, Mapping):
            inner = get_args(hint)[1]
            if not isinstance(value, dict):
                return self._wrong(dotted, value, "{ … }")
            pairs = {str(k): self._value(inner, v, dotted) for k, v in value.items()}
            return None if None in pairs.values() else pairs
        if hint is Person:
            if isinstance(value, str):
                value = {"name": value}
            if not isinstance(value, dict):
                return self._wrong(dotted, value, '{ name = "…", email = "…" }')
            return self._person(value, dotted)
        if hint is int and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if hint is bool and isinstance(value, bool):
            return value
        if hint is str and isinstance(value, str):
            return value
        examples = {int: "20", bool: "true / false", str: '"…"'}
        return self._wrong(dotted, value, examples[hint])

    def _checked(self, kind: str, value: Any, dotted: str) -> Any:
        """Return ``value`` in its normal form if it is of its ``kind``, or None with a problem."""
        match kind:
            case "url":
                parts = _split(value)
                whole = parts is not None and parts.scheme in ("http", "https") and parts.hostname
                if not whole or len(value.encode()) > _LONGEST:
                    return self._wrong(dotted, value, "https://www.example.org/")
                if dotted == "site.url":
                    base = _ascii(value.split("#")[0].split("?")[0].rstrip("/") + "/")
                    if base is None:
                        return self._wrong(dotted, value, "https://www.example.org/")
                    return base
            case "line":
                if re.search(r"[\x00-\x1f\x7f\u2028\u2029]", value):
                    return self._wrong(dotted, value, '"…"')
            case "zone":
                try:
                    ZoneInfo(value)
                except (KeyError, ValueError, OSError):
                    return self._wrong(dotted, value, '"Europe/Paris"')
            case "language":
                if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value):
                    return self._wrong(dotted, value, '"fr"')
            case "colour":
                if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
                    return self._wrong(dotted, value, '"#0f4c5c"')
                return value.lower()
            case "email":
                if not re.fullmatch(r"(?=.{3,254}$)[^@\s<>,;]+@[^@\s<>,;]+", value):
                    return self._wrong(dotted, value, '"news@example.org"')
            case "positive":
                if value < 1:
                    return self._wrong(dotted, value, "1, 2, 3 …")
            case "widths":
                if any(each < 1 for each in value):
                    return self._wrong(dotted, value[0], "[480, 960, 1600]")
            case "pattern":
                return self._pattern(value, dotted)
            case "esp":
                allowed = (
                    "mailchimp", "brevo", "listmonk", "buttondown", "ghost", "ses", "postmark", "none",
                )  # fmt: skip
                if not value or any(each not in allowed for each in value):
                    return self._wrong(dotted, ", ".join(value), _one_of(allowed))
        return value

    def _pattern(self, value: str, dotted: str) -> Any:
        names = re.findall(r"\{([^{}]*)\}", value)
        allowed = ("year", "month", "day", "slug", "category", "folder")
        rest = re.sub(r"\{[^{}]*\}", "", value)
        clean = not re.search(r"[{}\\:*?\"<>|#%\s]", rest) and ".." not in value.split("/")
        if not clean or value.startswith("/") or "slug" not in names or set(names) - set(allowed):
            return self._wrong(dotted, value, '"items/{year}/{month}/{slug}.html"')
        return value

    def _unknown(self, table: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for name in table:
            if name not in known:
                dotted = f"{prefix}.{name}" if prefix else name
                near = difflib.get_close_matches(name, known, n=1)
                suggestion = f"{near[0]} ?" if near else ", ".join(known)
                self._problem("config-unknown-key", dotted, key=dotted, suggestion=suggestion)

    def _wrong(self, dotted: str, value: Any, expected: str) -> None:
        self._problem("config-value", dotted, key=dotted, value=_shown(value), expected=expected)

    def _problem(self, code: str, dotted: str, **values: str) -> None:
        line, column = place_of(dotted, self.lines)
        self.problems.append(
            Diagnostic(
                code=code, path=self.file, line=line, column=column, values=tuple(values.items())
            )
        )


def place_of(dotted: str, lines: Sequence[str]) -> tuple[int, int]:
    """Return the line and column of a key in the ``lines`` of a file: tomllib gives none.

    Of a key that is not there, those of its table.
    """
    parts = dotted.split(".")
    table: list[str] = []
    found = (1, 1)
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*(\[+)\s*([\w.\"' -]+?)\s*\]", line):
            table = [part.strip("\"' ") for part in header[2].split(".")]
            if parts[: len(table)] == table:
                found = (number, header.start(1) + 1)
                if parts == table:
                    return found
        elif parts[: len(table)] == table and len(parts) > len(table):
            rest = parts[len(table) :]
            key = re.match(rf"\s*([\"']?){re.escape(rest[0])}\1\s*[=.]", line)
            if key is not None:
                inner = re.search(rf"(?<![\w-]){re.escape(rest[-1])}(?![\w-])", line)
                start = inner.start() if inner and len(rest) > 1 else line.index(line.strip())
                return number, start + 1
    return found


def _split(value: str) -> Any:
    try:
        parts = urlsplit(value)
        parts.hostname, parts.port  # noqa: B018 - reading them is what raises ValueError
    except ValueError:
        return None
    return None if re.search(r"[\s\x00-\x1f\"<>]", value) else parts


def _ascii(url: str) -> str | None:
    """Return ``url`` as feeds must have it (RFC 3987 §3.1), or None where no host has such a name."""
    parts = urlsplit(url)
    try:
        host = ascii_authority(parts.netloc)
    except UnicodeError:
        return None
    return f"{parts.scheme}://{host}{quote(parts.path, safe=_PATH)}"


def _without_none(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _one_of(allowed: tuple[Any, ...]) -> str:
    return " / ".join(f'"{each}"' for each in allowed if each != "")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _place_of(error: tomllib.TOMLDecodeError) -> tuple[int, int]:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return (int(found[1]), int(found[2])) if found else (1, 1)


def _reason_of(error: tomllib.TOMLDecodeError) -> str:
    return re.sub(r" \(at .*\)$", "", str(error))
