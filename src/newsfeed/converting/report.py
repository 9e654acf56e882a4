"""What is wrong with one article, collected while its values are read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from newsfeed import frontmatter
from newsfeed.decoding import Decoded
from newsfeed.diagnostics import Diagnostic, Edit
from newsfeed.frontmatter import Block, Span, Step, Value

Path = tuple[Step, ...]
# How a fixed value is written: a text, a word that stands bare in every syntax, or a list.
New = str | tuple[str, ...]

_BARE = re.compile(
    r"true|false|-?\d+|\d{4}-\d\d-\d\d(?:[ T][\d:.]+(?: ?[+-]\d\d:?\d\d|Z)?)?"
).fullmatch


@dataclass(slots=True)
class Report:
    """Collects what is wrong with one article, at the right place, with the edit that mends it."""

    path: str
    decoded: Decoded
    block: Block
    zone: ZoneInfo
    order: str = ""
    problems: list[Diagnostic] = field(default_factory=list)
    _spans: Mapping[Path, Span] | None = None

    def say(self, code: str, key: Path, /, *, new: New | None = None, **values: object) -> None:
        """Add a problem of the value at ``key``, which ``new`` would mend."""
        span = self.span(key)
        if span is None:
            line, column = self.block.lines.get(str(key[0]), 1), 1
        else:
            line, column = self.decoded.place(span.value[0])
        edits: tuple[Edit, ...] = ()
        if new is not None and span is not None:
            at = self.decoded.at
            edits = (Edit(start=at(span.value[0]), end=at(span.value[1]), text=self.written(new)),)
        self.add(code, line, column, edits, key=named(key), **values)

    def add(
        self, code: str, line: int, column: int, edits: tuple[Edit, ...] = (), /, **values: object
    ) -> None:
        """Add a problem at a line and column."""
        filled = tuple((name, str(value)) for name, value in values.items())
        self.problems.append(
            Diagnostic(
                code=code, path=self.path, line=line, column=column, values=filled, fix=edits
            )
        )

    def span(self, key: Path) -> Span | None:
        """Return where the key and value at ``key`` stand, or None where that is not known."""
        if self._spans is None:
            self._spans = frontmatter.spans(self.decoded.text, self.block)
        if key in self._spans:
            return self._spans[key]
        return self._line_span(str(key[0])) if len(key) == 1 else None

    def raw(self, key: Path) -> str:
        """Return the value at ``key`` as the file has it."""
        span = self.span(key)
        return self.decoded.text[span.value[0] : span.value[1]].strip() if span else ""

    def written(self, new: New) -> str:
        """Return ``new`` in the syntax of the article's front matter."""
        container = self.block.container
        if isinstance(new, tuple):
            if container in ("pelican", "html"):
                return ", ".join(new)
            return "[" + ", ".join(self.written(each) for each in new) + "]"
        if container in ("pelican", "html"):
            return new
        bare = _BARE(new)
        if container in ("json", "hexo"):
            return new if bare and "-" not in new[1:] else json.dumps(new, ensure_ascii=False)
        if bare or (container == "yaml" and _plain(new)):
            return new
        return frontmatter.quoted(new)

    def _line_span(self, key: str) -> Span | None:
        """Return the place of a value that stands on its key's line."""
        line = self.block.lines.get(key)
        if line is None or self.block.container == "html":
            return None
        text = self.decoded.text
        start = 0
        for _ in range(line - 1):
            start = text.find("\n", start) + 1
        stop = text.find("\n", start)
        row = text[start : stop if stop >= 0 else len(text)]
        pattern = rf"\s*[{{,]?\s*[\"']?{re.escape(key)}[\"']?\s*[=:]\s*(.*?)\s*[,}}]?\s*"
        found = re.fullmatch(pattern, row, re.IGNORECASE)
        if found is None:
            return None
        return Span((start, start), (start + found.start(1), start + found.end(1)))


T = TypeVar("T")
Converter: TypeAlias = Callable[[Report, Path, Value], T | None]


def _plain(text: str) -> bool:
    return re.fullmatch(r"[^\W_][\w '’./-]*", text) is not None and text[-1] not in " "


def named(key: Path) -> str:
    """Return how a key is called: ``links[2].url``."""
    name = ""
    for step in key:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def shown(value: Value) -> str:
    """Return a value as a message quotes it."""
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"
