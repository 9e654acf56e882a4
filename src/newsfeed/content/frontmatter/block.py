"""What a front matter is, whatever it was written in."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import msgspec

from newsfeed.text.regex import regex

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Container = Literal["", "yaml", "toml", "json", "hexo", "pelican", "html"]
Step = str | int

MAX_SIZE = 64 * 1024
MAX_DEPTH = 20


class Fault(NamedTuple):
    """A mistake of the front matter, at the character ``at`` of the text.

    ``edits`` are (start, end, replacement), counted in the text, where it has one right answer.
    """

    code: str
    at: int
    values: tuple[tuple[str, str], ...] = ()
    edits: tuple[tuple[int, int, str], ...] = ()

    def shifted(self, by: int) -> Fault:
        """Return the fault with its places moved ``by`` characters."""
        edits = tuple((start + by, end + by, new) for start, end, new in self.edits)
        return Fault(self.code, self.at + by, self.values, edits)


class Span(NamedTuple):
    """Where a key and its value stand, counted in the text; ``style`` is the value's quote."""

    key: tuple[int, int]
    value: tuple[int, int]
    style: str = ""


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A front matter: texts, lists and maps of texts by key, and where the body begins.

    ``lines`` are those of the top-level keys. ``start`` and ``end`` enclose what lies between the
    fences, and ``mended`` is how it was read where that could not be. ``broken`` says that the values
    are not to be trusted.
    """

    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    container: Container = ""
    start: int = 0
    end: int = 0
    body_at: int = 0
    faults: tuple[Fault, ...] = ()
    broken: bool = False
    mended: str = ""


class Broken(Exception):
    """A front matter that cannot be read; ``fault`` says why, counted in what was to be read."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.code)


# libyaml refuses most of these, which come from texts that were decoded twice; and it ends a line
# where U+0085, U+2028 and U+2029 stand, which YAML 1.2 does not (§5.4), nor does any editor.
_CONTROLS = regex("[\x7f-\x9f\u2028\u2029\ufeff]")


def readable(text: str) -> str:
    """Return ``text`` with spaces for the characters that YAML's parser refuses or misreads."""
    return _CONTROLS.sub(" ", text)


def too_big() -> Fault:
    """Return the fault of a front matter over the bound."""
    return Fault("frontmatter-size", 0, (("limit", str(MAX_SIZE // 1024)),))


def too_deep(at: int = 0) -> Fault:
    """Return the fault of a front matter whose lists and maps are nested too deep."""
    return Fault("frontmatter-depth", at, (("limit", str(MAX_DEPTH)),))
