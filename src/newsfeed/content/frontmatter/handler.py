"""YAML through python-frontmatter: the only user of it and of PyYAML.

Scalars stay text, so that ``title: 2026``, ``lang: no`` and ``time: 3:30`` mean what was written.
The parser's events are built into values here: what front matter has no use for (anchors, aliases,
tags, merge keys) is refused before it can multiply, and the place of every key and value is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler

from newsfeed.content.charset import legal
from newsfeed.content.frontmatter.block import (
    MAX_DEPTH,
    MAX_SIZE,
    Broken,
    Fault,
    Span,
    Step,
    Value,
    readable,
)

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# What a parser, or an editor, would not give back as it is.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_PLAIN = re.compile(r"[^\W_](?:[^\n:#\"'\[\]{},&*!|>%@`\\]|:(?=\S))*").fullmatch


class TextHandler(BaseHandler):
    """A python-frontmatter handler whose scalars are text: ``frontmatter.parse(t, handler=…)``.

    ``load`` raises `Broken`.
    """

    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def load(self, fm: str) -> dict[str, Any]:
        """Return the mapping of ``fm``, every scalar as text."""
        return dict(parse(fm).values)

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:  # noqa: ARG002
        """Return ``metadata`` as YAML that reads back as itself."""
        return "\n".join(_written(key, value) for key, value in metadata.items())


@dataclass(slots=True)
class Parsed:
    """A YAML mapping: its values, where each stands, and its keys that were written twice."""

    values: dict[str, Value] = field(default_factory=dict)
    spans: dict[tuple[Step, ...], Span] = field(default_factory=dict)
    repeated: list[tuple[str, Span, bool]] = field(default_factory=list)
    tagged: bool = False


def parse(fm: str) -> Parsed:
    """Return what the YAML mapping ``fm`` says. Raises `Broken`, in time linear in its size."""
    if len(fm) > MAX_SIZE:
        raise Broken(Fault("frontmatter-size", 0, (("limit", str(MAX_SIZE // 1024)),)))
    builder = _Builder()
    try:
        for event in yaml.parse(readable(fm), Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent) and builder.root is not None:
                # What follows would be lost: a line that stands less deep than the first one.
                mark = event.start_mark
                raise Broken(Fault("frontmatter-broken", mark.index if mark is not None else 0))
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = mark.index if mark is not None else 0
        raise Broken(Fault("frontmatter-broken", at)) from None
    except yaml.YAMLError:
        raise Broken(Fault("frontmatter-broken", 0)) from None
    if builder.root is None:
        return Parsed()
    if not isinstance(builder.root, dict):
        raise Broken(Fault("frontmatter-not-mapping", 0))
    builder.parsed.values = builder.root
    return builder.parsed


@dataclass(slots=True)
class _Open:
    """A collection that has not ended: for a map, ``key`` is the key that awaits its value."""

    value: list[Value] | dict[str, Value]
    start: int
    key: str | None = None
    key_span: tuple[int, int] = (0, 0)


class _Builder:
    """Builds values from events, without recursion."""

    def __init__(self) -> None:
        self.parsed = Parsed()
        self.root: Value | None = None
        self.stack: list[_Open] = []
        self.last = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._refuse(event)
            if self._awaits_key():
                raise Broken(Fault("frontmatter-broken", event.start_mark.index))
            if len(self.stack) >= MAX_DEPTH:
                values = (("limit", str(MAX_DEPTH)),)
                raise Broken(Fault("frontmatter-depth", event.start_mark.index, values))
            value: Any = {} if kind is yaml.MappingStartEvent else []
            self.stack.append(_Open(value, event.start_mark.index))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            done = self.stack.pop()
            # What ends by its depth has no mark of its own: the parser has looked further.
            bracketed = event.start_mark.index < event.end_mark.index
            end = event.end_mark.index if bracketed else max(self.last, done.start)
            self.last = end
            self._place(done.value, (done.start, end), "")
        elif kind is yaml.AliasEvent:
            raise Broken(Fault("frontmatter-alias", event.start_mark.index))

    def _scalar(self, event: Any) -> None:
        self._refuse(event)
        span = (event.start_mark.index, event.end_mark.index)
        self.last = span[1]
        if self._awaits_key():
            if event.value == "<<":
                raise Broken(Fault("frontmatter-alias", span[0]))
            self.stack[-1].key, self.stack[-1].key_span = legal(event.value), span
            return
        self._place(legal(event.value), span, event.style or "")

    def _refuse(self, event: Any) -> None:
        if event.anchor is not None:
            raise Broken(Fault("frontmatter-alias", event.start_mark.index))
        if event.tag is not None:
            self.parsed.tagged = True

    def _awaits_key(self) -> bool:
        return (
            bool(self.stack) and type(self.stack[-1].value) is dict and self.stack[-1].key is None
        )

    def _place(self, value: Value, span: tuple[int, int], style: str) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        steps: list[Step] = [
            each.key if each.key is not None else len(each.value) for each in self.stack
        ]
        place = Span(top.key_span if top.key is not None else (span[0], span[0]), span, style)
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            if top.key in top.value and len(self.stack) == 1:
                self.parsed.repeated.append((top.key, place, top.value[top.key] == value))
            top.value[top.key] = value
            top.key = None
        self.parsed.spans[tuple(steps)] = place


def quoted(text: str) -> str:
    """Return ``text`` as a YAML scalar between double quotes."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{_UNSEEN.sub(_escape, plain)}"'


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"


def _written(key: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return f"{key}: [{', '.join(_scalar(str(each)) for each in value)}]"
    return f"{key}: {_scalar(str(value))}"


def _scalar(text: str) -> str:
    plain = _PLAIN(text) and not text.endswith((" ", ":"))
    return text if plain else quoted(text)
