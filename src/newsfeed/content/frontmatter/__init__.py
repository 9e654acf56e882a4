"""An article's text -> its front matter, whatever tool it was written for.

`read` never raises: what cannot be read is a `Fault`. python-frontmatter opens every text with one of
the handlers that `handlers` lists. They, and the parsers that they need, are loaded by the first
text: a build that reads no article does without the 25 ms that they take.
"""

from __future__ import annotations

from bisect import bisect_right

from newsfeed.content.frontmatter.block import (
    Block,
    Broken,
    Container,
    Fault,
    Span,
    Step,
    Value,
    readable,
)
from newsfeed.content.frontmatter.quoting import quoted

__all__ = [
    "Block",
    "Broken",
    "Container",
    "Fault",
    "Span",
    "Step",
    "Value",
    "quoted",
    "read",
    "readable",
    "spans",
]


def read(text: str, *, html: bool = False) -> Block:
    """Return the front matter of ``text``; one without values when it has none.

    ``html`` allows the head of a whole HTML page to stand for it.
    """
    from newsfeed.content.frontmatter.handlers import opened

    return opened(text, html=html)


def spans(text: str, block: Block) -> dict[tuple[Step, ...], Span]:
    """Return where each key and value of a YAML ``block`` stands in ``text``.

    Keys are paths, such as ``("links", 0, "url")``. Other containers know their lines alone.
    """
    if block.container != "yaml" or block.broken:
        return {}
    from newsfeed.content.frontmatter import yaml_parser

    inside = readable(text[block.start : block.end].removesuffix("\n"))
    found = yaml_parser.spans(block.mended or inside)
    shifts = _shifts(inside, block.mended) if block.mended else None
    placed = {}
    for path, span in found.items():
        moved = [_moved(end, shifts) for end in (*span.key, *span.value)]
        if None not in moved:
            key_start, key_end, start, end = (block.start + (each or 0) for each in moved)
            placed[path] = Span((key_start, key_end), (start, end), span.style)
    return placed


def _shifts(inside: str, mended: str) -> tuple[list[int], list[int | None]]:
    """Return where each row of ``mended`` begins, and its shift to its place in ``inside``.

    A row that was mended has none.
    """
    starts: list[int] = []
    shifts: list[int | None] = []
    at = before = 0
    for row, original in zip(mended.split("\n"), inside.split("\n"), strict=True):
        starts.append(at)
        shifts.append(before - at if row == original else None)
        at, before = at + len(row) + 1, before + len(original) + 1
    return starts, shifts


def _moved(index: int, shifts: tuple[list[int], list[int | None]] | None) -> int | None:
    if shifts is None:
        return index
    starts, by = shifts
    shift = by[bisect_right(starts, index) - 1]
    return None if shift is None else index + shift
