"""The state of one pass over a text, and what its pieces of foreign syntax share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from newsfeed.markup.positions import Lines
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.expressions import is_in_address
from newsfeed.markup.shortcodes.known_shortcodes import (
    Call,
    Meaning,
    arguments,
    included,
    plain_name,
)
from newsfeed.markup.shortcodes.mathematics import Mathematics
from newsfeed.markup.shortcodes.meanings import around, meaning
from newsfeed.markup.shortcodes.notices import Notice, shown
from newsfeed.markup.shortcodes.output import inline
from newsfeed.markup.shortcodes.pairs import Ends, Pairs
from newsfeed.model import BodyFormat
from newsfeed.text.regex import regex

Put = str | tuple[str, int] | None
"""What stands for a piece, perhaps with the place to go on at; None leaves it as it is."""
_DEEPEST = 100
_LABEL = regex(r"\[([^\[\]\n]{1,500}+)\]:")
_BLANK = regex(r"\s*")
_HUGO_END = regex(r"\{\{[<%]-?\s*/\s*([\w./-]+?)\s*-?[>%]\}\}")
_LIQUID_END = regex(r"\{%-?\s*end_?([\w.-]*?)\s*-?%\}")
_COMPONENT_END = regex(r"</([A-Z]\w*(?:\.\w+)*)\s*>")
_WORDPRESS_END = regex(r"\[/(?:wp_)?(\w+)\]")


@dataclass(slots=True)
class Opened:
    """An element whose end is still to come: what its end becomes, and how many branches it had."""

    name: str
    after: str
    branches: int = 0


class Scan:
    """One pass over ``text``: what was found so far, and what lies ahead.

    ``imports`` are the pictures that MDX has imported, by name; ``own`` says what shortcodes of the
    site's own are.
    """

    def __init__(
        self,
        text: str,
        written: BodyFormat,
        language: str,
        imports: dict[str, str],
        own: Mapping[str, str],
    ) -> None:
        self.text = text
        self.written = written
        self.language = language
        self.imports = imports
        self.own = {plain_name(name): kind for name, kind in own.items()}
        self.replacements: list[Replacement] = []
        self.notices: list[Notice] = []
        self.opened: list[Opened] = []
        self.notes: list[str] = []
        self._pairs: dict[str, Pairs] = {}

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def labels(self) -> frozenset[str]:
        """Of links that are defined elsewhere in the text."""
        return frozenset(_LABEL.findall(self.text))

    @cached_property
    def mathematics(self) -> Mathematics:
        return Mathematics(self.text)

    @cached_property
    def hugo_ends(self) -> Ends:
        return Ends(_HUGO_END, self.text)

    @cached_property
    def liquid_ends(self) -> Ends:
        return Ends(_LIQUID_END, self.text)

    @cached_property
    def component_ends(self) -> Ends:
        return Ends(_COMPONENT_END, self.text)

    @cached_property
    def wordpress_ends(self) -> Ends:
        return Ends(_WORDPRESS_END, self.text)

    def block_end(self, name: str, at: int) -> re.Match[str] | None:
        """Return the end tag of Liquid's block ``name`` in which the character ``at`` stands."""
        if name not in self._pairs:
            tag = rf"\{{%-?\s*(end)?{re.escape(name)}\b.{{0,1500}}?%\}}"
            self._pairs[name] = Pairs(tag, self.text, re.S)
        return self._pairs[name].end_after(at)

    def say(self, match: re.Match[str], tool: str, code: str = "foreign-removed") -> str:
        """Note that a piece is left out; return nothing, which stands for it."""
        self.notices.append(Notice(code, match.start(), shown(match[0]), tool))
        return ""

    def call(self, call: Call, match: re.Match[str], end: re.Match[str] | None, tool: str) -> Put:
        """Return what a call becomes, whose ``end`` tag is known where it encloses something."""
        if call.own == "nothing":
            return "", end.end() if end is not None else match.end()
        found: Meaning = meaning(call)
        if isinstance(found, tuple):
            if end is not None:
                self.open(call.whole, found[1])
                return self.alone(match, found[0])
            found = around(call, found)
        elif end is not None:
            # What it encloses is its own text, or a caption: it stays below it.
            self.open(call.whole, "")
        if found is not None:
            return found if call.in_address else self.alone(match, found)
        return self._unknown(call, match, tool)

    def _unknown(self, call: Call, match: re.Match[str], tool: str) -> str:
        """Return what is known all the same of a call that means nothing here."""
        if call.in_address and len(call.positional) == 1 and "." in call.positional[0]:
            # A plugin's way of saying where a file lies: at least its name is known.
            return call.positional[0]
        self.say(match, tool)
        return inline(dict(call.named).get("text", ""))

    def new_call(self, match: re.Match[str], name: str, args: str, *, whole: str = "") -> Call:
        """Return the call of ``name`` at ``match``; ``whole`` is the name that its end tag has."""
        positional, named = arguments(args)
        tag = name
        name, positional = included(name, positional)
        return Call(
            name=name,
            whole=whole or tag,
            positional=positional,
            named=named,
            written=args.strip(),
            language=self.language,
            own=self.own.get(plain_name(name), ""),
            in_address=is_in_address(self.before(match)),
        )

    def open(self, name: str, after: str) -> None:
        """Remember that an element is open, and what its end becomes."""
        if len(self.opened) < _DEEPEST:
            self.opened.append(Opened(name, after))

    def close(self, name: str) -> str:
        """Return what the end of the element ``name`` becomes; of the last one where it is empty."""
        for index in reversed(range(len(self.opened))):
            if self.opened[index].name == name or not name:
                return self.opened.pop(index).after
        return ""

    def is_open(self, name: str) -> bool:
        return any(each.name == name for each in self.opened)

    def before(self, match: re.Match[str]) -> str:
        """Return what stands before a piece, where a piece close before it is translated."""
        start, put = match.start(), ""
        if self.replacements and self.replacements[-1].end == start:
            start, put = self.replacements[-1].start, self.replacements[-1].text
        return self.text[max(0, start - 200) : start] + put[-200:]

    def alone(self, match: re.Match[str], put: str) -> str:
        """Keep Markdown below an HTML block from being taken for its text."""
        if self.written == "html" or not put.startswith("<"):
            return put
        start = self.lines.start(match.start())
        begins = _BLANK.fullmatch(self.text, start, match.start()) is not None
        ends = self.text[match.end() : match.end() + 1] in {"", "\n"}
        if not begins or not ends or self._in_block(start):
            return put
        if put.startswith(("<a ", "<img ")):
            # Alone on a line these would be a block of HTML, outside any paragraph.
            return f"<p>{put}</p>\n"
        return put if put.endswith("\n") else put + "\n"

    def _in_block(self, start: int) -> bool:
        """Tell whether the line at ``start`` goes on with a block of HTML, which has no empty line."""
        above = self.text[max(0, start - 2000) : start]
        lines = re.split(r"\n[ \t]*\n", above)[-1].lstrip("\n")
        return lines.lstrip(" ").startswith("<") and len(lines) - len(lines.lstrip(" ")) < 4
