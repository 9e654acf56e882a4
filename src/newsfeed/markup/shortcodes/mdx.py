"""MDX: expressions, which only a program can evaluate, are left out; what is indented is no code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from newsfeed.markup.code import Code, code_of, indented_code
from newsfeed.markup.shortcodes.edits import Edited, Replacement
from newsfeed.text.regex import regex

_OPENING = regex(r"\\?\{(?!#)|</?>")
_LITERAL = regex(r"\{\s*([\"'`])(?P<text>(?:(?!\1|\$\{|\\).)*)\1\s*\}", re.S)
_INDENTED = regex(r"^(?: {4}|\t)", re.M)
_DEEPEST = 8
_BRACE = regex(r"[{}]")


def without_indentation(text: str) -> tuple[str, Callable[[int], int]]:
    """Return ``text`` without the indentation that would make code of it, and the way back.

    MDX has no indented code (mdxjs.com, "Markdown"): tags within tags are indented.
    """
    steps: list[Edited] = []
    while len(steps) < _DEEPEST and (cuts := tuple(_indentation(text))):
        steps.append(Edited(text, cuts))
        text = steps[-1].text

    def origin(at: int) -> int:
        for step in reversed(steps):
            at = step.origin(at)
        return at

    return text, origin


def _indentation(text: str) -> Iterator[Replacement]:
    if "\n    " not in f"\n{text}" and "\t" not in text:
        return
    for start, end in indented_code(text):
        for found in _INDENTED.finditer(text, text.rfind("\n", 0, start) + 1, end):
            yield Replacement(*found.span(), "")


def without_expressions(text: str) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` without ``{…}`` and the fragments ``<>`` and ``</>``; and what was left out.

    Code stays as it is, and so do ``{#anchor}`` of a heading and an escaped brace.
    """
    found = tuple(_found(text, code_of(text, "markdown")))
    left = tuple(text[each.start : each.end] for each in found if not each.text)
    return Edited(text, found).text, left


def _found(text: str, code: Code) -> Iterator[Replacement]:
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        at = opening.end()
        inside = code.end_at(opening.start())
        if inside is not None:
            at = max(at, inside)
        elif opening[0][0] == "<":
            yield Replacement(opening.start(), at, "")
        elif opening[0] == "{":
            end = _closing(text, at)
            if end is None:
                return
            literal = _LITERAL.fullmatch(text, opening.start(), end)
            put = escape(literal["text"], quote=False) if literal else ""
            yield Replacement(opening.start(), end, put)
            at = end


def _closing(text: str, at: int) -> int | None:
    """Return the place after the brace that closes the one before ``at``."""
    depth = 1
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return None
