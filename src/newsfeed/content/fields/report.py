"""What is wrong with one article, collected while its values are read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from newsfeed.content import frontmatter
from newsfeed.content.charset import Decoded, Places
from newsfeed.content.frontmatter import Block, Span, Step, Value
from newsfeed.diagnostics import Diagnostic, Edit

Path = tuple[Step, ...]
# How a fixed value is written: a text, a word that stands bare in every syntax, or a list.
New = str | tuple[str, ...]

_BARE = r"true|false|-?\d+|\d{4}-\d\d-\d\d(?:[ T][\d:.]+(?: ?[+-]\d\d:?\d\d|Z)?)?"


class Report:
    """Collects what is wrong with one article, at the right place, with the edit that mends it."""

    def __init__(
        self, path: str, decoded: Decoded, block: Block, zone: ZoneInfo, order: str = ""
    ) -> None:
        self.path = path
        self.decoded = decoded
        self.places = Places(decoded)
        self.block = block
        self.zone = zone
        self.order = order
        self.problems: list[Diagnostic] = []
        self._spans: Mapping[Path, Span] | None = None
        self._rows: dict[str, tuple[int, tuple[int, int] | None]] = {}

    def say(self, code: str, key: Path, /, *, new: New | None = None, **values: object) -> None:
        """Add a problem of the value at ``key``, which ``new`` would mend."""
        span = self.span(key)
        if span is None:
            start, value = self._row(str(key[0]))
            line, column = self.places.place(value[0] if value else start)
        else:
            line, column = self.places.place(span.value[0])
        edits: tuple[Edit, ...] = ()
        if new is not None and span is not None and self._can_stand(span.value[0]):
            at = self.places.at
            edits = (Edit(start=at(span.value[0]), end=at(span.value[1]), text=self.written(new)),)
        self.add(code, line, column, edits, key=named(key), **values)

    def _can_stand(self, start: int) -> bool:
        """Say whether another value can stand at ``start``: not at the beginning of a line."""
        return self.decoded.text[start - 1 : start] != "\n"

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
        if len(key) > 1 or self.block.container in ("yaml", "html", ""):
            return None
        start, value = self._row(str(key[0]))
        return Span((start, start), value) if value and self._is_whole(*value) else None

    def raw(self, key: Path) -> str:
        """Return the value at ``key`` as the file has it."""
        span = self.span(key)
        text = self.decoded.text
        return frontmatter.readable(text[span.value[0] : span.value[1]]).strip() if span else ""

    def written(self, new: New) -> str:
        """Return ``new`` in the syntax of the article's front matter."""
        container = self.block.container
        if isinstance(new, tuple):
            if container in ("pelican", "html"):
                return ", ".join(new)
            return "[" + ", ".join(self.written(each) for each in new) + "]"
        if container in ("pelican", "html"):
            return new
        bare = re.fullmatch(_BARE, new)
        if container in ("json", "hexo"):
            return new if bare and "-" not in new[1:] else _json(new)
        if bare or (container == "yaml" and _plain(new)):
            return new
        return frontmatter.quoted(new)

    def _is_whole(self, start: int, end: int) -> bool:
        """Say whether a value that is not YAML ends on its line."""
        text = self.decoded.text
        written = text[start:end]
        try:
            if self.block.container == "toml":
                # Loaded with the first article in TOML.
                from newsfeed.content.frontmatter import repairs

                return repairs.is_toml(f"k = {written}")
            if self.block.container in ("json", "hexo"):
                json.loads(written, strict=False)
                return True
        except (ValueError, RecursionError):
            return False
        stop = text.find("\n", end)
        return stop < 0 or text[stop + 1 : stop + 2] not in (" ", "\t")

    def _row(self, key: str) -> tuple[int, tuple[int, int] | None]:
        """Return where the line of a top-level key begins, and where its value stands on that line."""
        if key not in self._rows:
            self._rows[key] = self._found_row(key)
        return self._rows[key]

    def _found_row(self, key: str) -> tuple[int, tuple[int, int] | None]:
        text = self.decoded.text
        start = self.places.start(self.block.lines.get(key, 1))
        stop = text.find("\n", start)
        stop = stop if stop >= 0 else len(text)
        pattern = rf"(?i)\s*(?:[{{,]\s*)?[\"']?{re.escape(key)}[\"']?\s*[=:]\s*"
        found = re.compile(pattern).match(text, start, stop)
        if found is None:
            return start, None
        row = text[found.end() : stop].rstrip()
        row = row[:-1].rstrip() if row[-1:] in (",", "}") else row
        return start, (found.end(), found.end() + len(row))


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
    shown = value if isinstance(value, str) else _json(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _json(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)
