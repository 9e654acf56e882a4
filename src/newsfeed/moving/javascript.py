"""JavaScript and TypeScript -> the literals in their objects: nothing is run.

A value that is no literal (a call, an import, a template with parts that are none) is absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsfeed.moving.found_settings import merged
from newsfeed.text.regex import regex

_TOKEN = regex(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<space>\s+)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)
    |(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_$][\w$]*)|(?P<sign>\.\.\.|=>|.)""",
    re.S | re.X,
)
_WORDS = {"true": True, "false": False, "null": None}
_STATEMENTS = frozenset(
    [
        "if",
        "for",
        "while",
        "switch",
        "return",
        "throw",
        "try",
        "do",
        "function",
        "with",
        "await",
        "import",
    ]
)
_METHODS = frozenset(("async", "get", "set"))
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_NONE = object()
_PART = regex(r"\$\{\s*(\w+)\s*\}")
_DEEPEST = 60


def literals(text: str, known: Mapping[str, object] | None = None) -> dict[str, object]:
    """Return the outermost objects of a module as one table, the first value of a key winning.

    ``const name = "…"`` stands for its value wherever the name is one, as what is ``known`` does.
    """
    reader = _Reader(text)
    reader.known |= known or {}
    found: dict[str, object] = {}
    while reader.at < len(reader.tokens):
        before = reader.at
        value = reader.table(0) if reader.peek() == "{" else _NONE
        if isinstance(value, dict):
            found = merged(value, found)
        else:
            reader.at = before + 1
    return found


def constants(text: str) -> dict[str, object]:
    """Return what ``const name = literal`` says, by name: texts, numbers and objects."""
    return dict(_Reader(text).known)


def calls(text: str, name: str) -> list[list[object]]:
    """Return the literal arguments of each call of ``name``; what is no literal is None there."""
    reader = _Reader(text)
    found = []
    for at, (kind, word) in enumerate(reader.tokens[:-1]):
        if kind == "word" and word == name and reader.tokens[at + 1][1] == "(":
            reader.at = at + 2
            found.append(reader.values(")", 0))
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = [
            (found.lastgroup or "", found[0])
            for found in _TOKEN.finditer(text)
            if found.lastgroup not in ("comment", "space")
        ]
        self.at = 0
        self.known: dict[str, object] = {}
        for at, (kind, word) in enumerate(self.tokens):
            if kind == "word" and word in ("const", "let", "var"):
                self.at = at
                self._declare()
        self.at = 0

    def _declare(self) -> None:
        """Note what the names are that stand after ``const``, or after the comma before another."""
        while self.at + 1 < len(self.tokens):
            kind, name = self.tokens[self.at + 1]
            self.at += 2
            if self.peek() == ":":  # TypeScript: const name: string = …
                self.at += 2
            if kind != "word" or self.peek() != "=":
                return
            self.at += 1
            value = self.value(0)
            if isinstance(value, str | int | float | bool | dict):
                self.known.setdefault(name, value)
            if self.peek() != ",":
                return

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def table(self, depth: int) -> dict[str, object] | None:
        """Read an object from its ``{``; None where it is a block of statements."""
        self.at += 1
        found: dict[str, object] = {}
        while self.peek() not in ("}", ""):
            kind, key = self.tokens[self.at]
            after = self.tokens[self.at + 1][1] if self.at + 1 < len(self.tokens) else ""
            if key == "...":
                self._skip()
            elif kind in ("word", "text", "number") and after == ":":
                self.at += 2
                value = self.value(depth + 1)
                if value is not _NONE:
                    found.setdefault(_text(key) if kind == "text" else key, value)
            elif kind == "word" and after in (",", "}"):
                self.at += 1
                if key in self.known:
                    found.setdefault(key, self.known[key])
            elif kind == "word" and key not in _STATEMENTS and (after == "(" or key in _METHODS):
                self._skip()
            else:
                return None
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != "}":
                return None
        self.at += 1
        return found

    def values(self, end: str, depth: int) -> list[object]:
        """Read values up to the bracket ``end``."""
        found: list[object] = []
        while self.peek() not in (end, ""):
            value = self.value(depth + 1)
            found.append(None if value is _NONE else value)
            if self.peek() != ",":
                break
            self.at += 1
        if self.peek() == end:
            self.at += 1
        return found

    def value(self, depth: int) -> object:
        """Read one value; `_NONE` for what is no literal, which is passed over."""
        if self.at >= len(self.tokens) or depth > _DEEPEST:
            return self._skip()
        kind, token = self.tokens[self.at]
        start = self.at
        self.at += 1
        value = self._plain(kind, token)
        if token == "[":
            value = self.values("]", depth)
        elif token == "{":
            self.at = start
            value = self.table(depth)
            if value is None:
                self.at = start
                return self._skip()
        if self.peek() in (",", "}", "]", ")", ";", ""):
            return value
        if self.peek() in ("as", "satisfies"):
            self._skip()
            return value
        if kind == "text" and self.tokens[self.at][0] in ("word", "text"):
            return value  # a statement that ends with its line
        self.at = start
        return self._skip()

    def _plain(self, kind: str, token: str) -> object:
        """Return the text, number or known name that ``token`` is, `_NONE` for anything else."""
        if kind == "text":
            return _text(token) if token[0] != "`" else self._template(token)
        if kind == "number":
            return float(token) if "." in token else int(token)
        value = _WORDS.get(token, self.known.get(token, _NONE)) if kind == "word" else _NONE
        while self.peek() == "." and isinstance(value, dict) and self.at + 1 < len(self.tokens):
            value = value.get(self.tokens[self.at + 1][1], _NONE)
            self.at += 2
        return value

    def _template(self, token: str) -> object:
        """Return what a template says that has known names for its parts; `_NONE` for any other."""
        parts = _PART.split(token[1:-1])
        known = [self.known.get(name) for name in parts[1::2]]
        if "${" in "".join(parts[::2]) or not all(isinstance(each, str) for each in known):
            return _NONE
        parts[1::2] = map(str, known)
        return _text(f"`{''.join(parts)}`")

    def _skip(self) -> object:
        """Pass over an expression, up to the comma or bracket that ends it."""
        depth = 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at][1]
            if depth == 0 and token in (",", "}", "]", ")", ";"):
                break
            depth += (token in ("(", "[", "{")) - (token in (")", "]", "}"))
            self.at += 1
        return _NONE


def _text(token: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), token[1:-1], flags=re.S)
