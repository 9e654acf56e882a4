"""``newsfeed.toml`` -> `Config`, every wrong key named with its line."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

import msgspec

from newsfeed.config import kinds
from newsfeed.config.sections import SECTIONS, Config, SignUp, declared
from newsfeed.diagnostics import ConfigError, Diagnostic
from newsfeed.model import Person

FILE = "newsfeed.toml"
_PERSON = {"name": "line", "email": "email", "url": "url"}
"""The kinds of what is said of a person: all of it may stand in a header of a letter."""


def parse(text: str, *, file: str = FILE) -> Config:
    """Return the configuration that the TOML ``text`` holds.

    Raises ConfigError naming every key that is wrong, with its line.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        from newsfeed.config.syntax import fault_of  # few files are broken

        raise ConfigError([fault_of(error, text, file)]) from None
    reader = _Reader(text, file)
    config = reader.config(table)
    if reader.problems:
        raise ConfigError(reader.problems)
    return config


# The key of which a problem speaks that was found long after the file was read.
_KEYS = {
    "config-file": "{key}",
    "letter-no-sender": "newsletter.from",
    "letter-no-address": "newsletter.address",
    "letter-no-unsubscribe": "newsletter.unsubscribe",
    "pages-unwritten": "pages.enabled",
    "site-preview": "site.url",
    "podcast-missing": "{key}",
    "podcast-image": "{key}",
    "podcast-undeclared": "podcast",
}


def placed(problem: Diagnostic, text: str, file: str = FILE) -> Diagnostic:
    """Return ``problem`` with the line and column of its key, or section, in ``text``."""
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
        self.astray: set[str] = set()

    def config(self, table: Mapping[str, object]) -> Config:
        self.astray = {name.lower() for name in table if name not in SECTIONS}
        self._unknown(table, SECTIONS, "")
        parts = {}
        for section in SECTIONS:
            value = table.get(section, {})
            if not isinstance(value, dict):
                self._wrong(section, value, f"[{section}]")
                value = {}
            if section == "newsletter":
                value = kinds.with_own_service(value)
            parts[section] = self._part(Config.__annotations__[section], value, section)
        self._refuse_one_file(parts["feeds"])
        return Config(**parts, written=frozenset(self.written))

    def _refuse_one_file(self, feeds: Any) -> None:
        """Say where two formats would be one file."""
        taken: dict[str, str] = {}
        for name in feeds.formats:
            file = getattr(feeds, name)
            other = taken.setdefault(file, name)
            if other != name:
                default = declared("feeds")[name].default
                self._wrong(f"feeds.{name}", file, f'"{default}", feeds.{other} = "{file}"')

    def _part(self, kind: Any, table: Mapping[str, Any], section: str) -> Any:
        known = declared(section)
        # As people know it from other programs: per-file-ignores.
        table = {name.replace("-", "_"): value for name, value in table.items()}
        self._unknown(table, tuple(known), section)
        values = {}
        for name, each in known.items():
            dotted = f"{section}.{name}"
            if name not in table or table[name] == "":
                if each.key.required and self.astray.isdisjoint((section, name)):
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

    def _person(self, table: Mapping[str, object], prefix: str) -> Person:
        """Return the person that ``table`` names; one without a name is a problem."""
        self._unknown(table, tuple(_PERSON), prefix)
        values: dict[str, Any] = {"name": ""}
        for name, kind in _PERSON.items():
            dotted = f"{prefix}.{name}"
            if table.get(name, "") == "":
                if name == "name":
                    self._problem("config-required", prefix, key=dotted, example='name = "…"')
                continue
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
            meant = value.lower() if isinstance(value, str) else value
            return meant if meant in allowed else self._wrong(dotted, value, kinds.one_of(allowed))
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
                value = kinds.mailbox(value)
            if not isinstance(value, dict):
                return self._wrong(dotted, value, '{ name = "…", email = "…" }')
            return self._person(value, dotted)
        if hint is SignUp:
            return self._sign_up(value, dotted)
        if hint is int and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if hint is bool and isinstance(value, bool):
            return value
        if hint is str and isinstance(value, str):
            return value
        examples = {int: "20", bool: "true / false", str: '"…"'}
        return self._wrong(dotted, value, examples[hint])

    def _sign_up(self, value: object, dotted: str) -> SignUp | None:
        """Return where one subscribes, None with a problem for what is neither address nor form."""
        table = {"action": value} if isinstance(value, str) else value
        if not isinstance(table, dict):
            self._wrong(dotted, value, '"https://…"')
            return None
        self._unknown(table, ("action", "email", "fields"), dotted)
        action = self._value(str, table.get("action", ""), dotted)
        email = self._value(str, table.get("email", ""), dotted)
        fields = self._value(Mapping[str, str], table.get("fields", {}), dotted)
        if action is None or email is None or fields is None:
            return None
        page = kinds.url(action) or ("" if email else kinds.mail_link(action))
        if not page:
            self._wrong(f"{dotted}.action", action, '"https://…"')
            return None
        return SignUp(action=page, email=email, fields=fields)

    def _checked(self, kind: str, value: Any, dotted: str) -> Any:
        """Return ``value`` in its normal form if it is of its ``kind``, or None with a problem."""
        if not kind:
            return value
        normal, example = kinds.KINDS[kind]
        found = normal(value)
        if found is not None:
            return found
        return self._wrong(
            dotted, kinds.faulty(kind, value), kinds.expected(kind, value) or example
        )

    def _unknown(self, table: Mapping[str, object], known: tuple[str, ...], prefix: str) -> None:
        for name in table:
            if name not in known:
                dotted = f"{prefix}.{name}" if prefix else name
                suggestion = self._meant(name, known, at_top=not prefix)
                self._problem("config-unknown-key", dotted, key=dotted, suggestion=suggestion)

    def _meant(self, name: str, known: tuple[str, ...], *, at_top: bool) -> str:
        """Return what was meant by an unknown key: one of ``known``, or one of a section."""
        plain = name.lower().replace("-", "_")
        if at_top and (homes := [each for each in SECTIONS if plain in declared(each)]):
            return f"[{homes[0]}] {plain} = …"
        near = difflib.get_close_matches(plain, known)
        return f"{near[0]} ?" if near else ", ".join(known)

    def _wrong(self, dotted: str, value: object, expected: str) -> None:
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
            table = [part.strip("\"' ").replace("-", "_") for part in header[2].split(".")]
            if parts[: len(table)] == table:
                found = (number, header.start(1) + 1)
                if parts == table:
                    return found
        elif parts[: len(table)] == table:
            rest = parts[len(table) :]
            name = re.escape(rest[0]).replace("_", "[-_]")
            key = re.match(rf"\s*([\"']?){name}\1\s*[=.]", line)
            if key is not None:
                inner = re.search(rf"(?<![\w-]){re.escape(rest[-1])}(?![\w-])", line)
                start = inner.start() if inner and len(rest) > 1 else line.index(line.strip())
                return number, start + 1
    return found


def _without_none(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _shown(value: object) -> str:
    """Return a value as its author wrote it, or about so."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_shown(each)}' for key, each in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return f"“{value}”" if isinstance(value, str) else str(value)
