"""What HTML does not allow to stand where it stands: blocks within words, details without a summary.

Browsers show it as it was meant; other readers of feeds and mail need not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsfeed.markup.elements.tags import INLINE, TAG, VOID, name_of
from newsfeed.text.regex import regex

_TRANSPARENT = frozenset({"a", "del", "ins"})
"""Elements that hold whatever may stand around them (HTML, transparent content models)."""
_WORDS = INLINE - _TRANSPARENT - VOID
_BLOCK_IN_WORDS = regex(
    rf"<(?:{'|'.join(sorted(_WORDS))}|summary)\b[^<>]*>\s*"
    r"<(?:p|div|[uod]l|h[1-6]|table|blockquote|pre|figure|section|hr)\b"
)
_MAY_NEST = regex(rf"<(?:{'|'.join(sorted(_WORDS))}|summary|details)[\s>]", re.I)
_NO_SUMMARY = regex(r"<details\b[^<>]*>\s*+(?!<summary\b)")
_DETAILS = {"fr": "Détails", "es": "Detalles", "it": "Dettagli", "pt": "Detalhes"}


def with_valid_nesting(html: str, source: str, language: str) -> str:
    """Return the well-formed ``html`` of ``source`` with words within blocks, and a summary first in its details.

    ``<b><p>a</p></b>`` becomes ``<p><b>a</b></p>``; an element that says nothing is gone. A summary
    further down is moved up, a missing one is said in ``language``, as browsers do.
    """
    if _MAY_NEST.search(source) is None:
        return html  # Markdown writes none of it
    if _BLOCK_IN_WORDS.search(html) is not None:
        html = "".join(_with_words_within(TAG.split(html)))
    if "<details" in html and (
        _NO_SUMMARY.search(html) is not None or html.count("<summary") > html.count("<details")
    ):
        html = "".join(_with_summaries(TAG.split(html), language))
    return html


def _with_words_within(parts: list[str]) -> list[str]:
    """Return ``parts`` with the elements of words that hold blocks inside these, around their words."""
    holders = _holders(parts)
    edges = {*holders, *holders.values()}
    words = {start: parts[start] for start in holders if name_of(parts[start]) in _WORDS}
    begun = {holders[start]: start for start in words}
    around: dict[int, str] = {}
    opened: tuple[str, ...] = ()
    summaries = 0
    for index, part in enumerate(parts):
        name = name_of(part) if index % 2 else ""
        is_edge = index in edges or (name != "" and name not in INLINE)
        if is_edge and opened:
            parts[index - 1] += "".join(f"</{name_of(each)}>" for each in reversed(opened))
            opened = ()
        elif not is_edge and not opened and (name or part.strip()):
            opened = tuple(tag for tag in around.values() if tag != "<span>")
            parts[index] = "".join(opened) + part
        if name == "summary":
            summaries += -1 if part[1] == "/" else 1
        if index in words:
            around[index] = part
        elif index in begun:
            del around[begun[index]]
        if index in words or index in begun or (name == "p" and summaries):
            parts[index] = ""
    return parts


def _holders(parts: Sequence[str]) -> dict[int, int]:
    """Return which start tags, of words or transparent, hold a block, each with its end tag."""
    opened: list[int] = []
    marked: set[int] = set()
    holders: dict[int, int] = {}
    for index in range(1, len(parts), 2):
        name = name_of(parts[index])
        if parts[index][1] == "/":
            start = opened.pop()
            if start in marked:
                holders[start] = index
            continue
        if name not in INLINE:
            for start in reversed(opened):
                if start in marked or name_of(parts[start]) not in INLINE:
                    break
                marked.add(start)
        if name not in VOID:
            opened.append(index)
    return holders


def _with_summaries(parts: list[str], language: str) -> list[str]:
    """Return ``parts`` with a summary at the beginning of each ``<details>``."""
    opened: list[int] = []
    found: dict[int, tuple[int, int]] = {}
    for index in range(1, len(parts), 2):
        name = name_of(parts[index])
        if name in VOID:
            continue
        if parts[index][1] != "/":
            opened.append(index)
            continue
        start = opened.pop()
        above = opened[-1] if opened else 0
        if name == "summary" and above and name_of(parts[above]) == "details":
            if above not in found:
                found[above] = (start, index)
            else:
                parts[start], parts[index] = "<div>", "</div>"
        elif name == "details" and start not in found:
            said = _DETAILS.get(language[:2], "Details")
            parts[start] += f"<summary>{said}</summary>"
    for details, (start, end) in found.items():
        if any(part.strip() for part in parts[details + 1 : start]):
            parts[details] += "".join(parts[start : end + 1])
            parts[start : end + 1] = [""] * (end + 1 - start)
    return parts
