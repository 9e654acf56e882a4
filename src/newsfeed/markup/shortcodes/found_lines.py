"""What is found of foreign lines, and where lines begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.notices import Notice


@dataclass(slots=True)
class Lines:
    """What `find` found: replacements, what is said of them, and the pictures that MDX imports."""

    replacements: list[Replacement] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    imports: dict[str, str] = field(default_factory=dict)


def lines_with(text: str, mark: str) -> Iterator[int]:
    """Yield where each line begins that holds ``mark``."""
    at = text.find(mark)
    while at >= 0:
        yield text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        at = text.find(mark, end) if end >= 0 else -1


def lines_from(text: str, word: str) -> Iterator[int]:
    """Yield where each line begins that begins with ``word``."""
    at = 0 if text.startswith(word) else text.find(f"\n{word}") + 1
    while at or text.startswith(word):
        yield at
        at = text.find(f"\n{word}", at) + 1
        if not at:
            return


def lines_with_pattern(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield where each line begins that holds what ``pattern`` finds."""
    found = pattern.search(text)
    while found is not None:
        yield text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        found = pattern.search(text, end) if end >= 0 else None
