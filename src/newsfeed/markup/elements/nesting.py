"""What HTML does not allow to stand where it stands: blocks within words and headings, lone summaries.

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
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PLAIN = frozenset({"p", "div", "section", "article", "header", "footer", "main", "center"})
"""Blocks that say nothing of their own within a heading or a summary."""
_MAY_NEST = regex(rf"<(?:{'|'.join(sorted(_WORDS))}|h[1-6]|summary|details)[\s>]", re.I)
_EDGE = regex(
    rf"<(?P<end>/?)(?:(?P<words>{'|'.join(sorted(_WORDS))}|h[1-6]|summary)"
    r"|(?P<block>p|div|[uod]l|table|blockquote|pre|figure|section|aside|details|hr))\b"
)
_LINKED = regex(r"<a\b[^<>]*>(?:[^<]*+<(?!/a|details)[^<>]*>){0,20}[^<]*+<details\b")
_NO_SUMMARY = regex(r"<details\b[^<>]*>\s*+(?!<summary\b)")
_GONE = ("", "")
_DETAILS = {"fr": "Détails", "es": "Detalles", "it": "Dettagli", "pt": "Detalhes"}


def with_valid_nesting(html: str, source: str, language: str) -> str:
    """Return the well-formed ``html`` of ``source`` with words within blocks, and a summary first in its details.

    ``<b><p>a</p></b>`` becomes ``<p><b>a</b></p>``; an element that says nothing is gone. A heading
    is one without the paragraphs in it, and none around a list. A summary further down is moved up, a
    missing one is said in ``language``, as browsers do; elsewhere it is a block like others.
    """
    if _MAY_NEST.search(source) is None:
        return html  # Markdown writes none of it
    if _LINKED.search(html) is not None or _has_blocks_in_words(html):
        html = "".join(_with_words_within(TAG.split(html)))
    if _NO_SUMMARY.search(html) is not None or html.count("<summary") > html.count("<details"):
        html = "".join(_with_summaries(TAG.split(html), language))
    return html


def _has_blocks_in_words(html: str) -> bool:
    depth = 0
    for tag in _EDGE.finditer(html):
        if tag["words"]:
            if (
                depth
                and not tag["end"]
                and (tag["words"] in _HEADINGS or tag["words"] == "summary")
            ):
                return True
            depth += -1 if tag["end"] else 1
        elif depth and not tag["end"]:
            return True
    return False


def _with_words_within(parts: list[str]) -> list[str]:
    """Return ``parts`` with the elements of words that hold blocks inside these, around their words."""
    holders, gone = _holders(parts)
    edges = {*holders, *holders.values()}
    words = {start: parts[start] for start in holders if name_of(parts[start]) in _WORDS}
    begun = {holders[start]: start for start in words}
    around: dict[int, str] = {}
    opened: tuple[str, ...] = ()
    for index, part in enumerate(parts):
        name = name_of(part) if index % 2 else ""
        is_edge = index in edges or index in gone or (name != "" and name not in INLINE)
        if is_edge and opened:
            parts[index - 1] += "".join(f"</{name_of(each)}>" for each in reversed(opened))
            opened = ()
        elif not is_edge and not opened and (name or part.strip()):
            opened = tuple(tag for tag in around.values() if tag != "<span>")
            parts[index] = "".join(opened) + part
        if index in words:
            around[index] = part
        elif index in begun:
            del around[begun[index]]
        if index in words or index in begun or index in gone:
            parts[index] = gone.get(index, "")
    return parts


def _holders(parts: Sequence[str]) -> tuple[dict[int, int], dict[int, str]]:
    """Return what holds blocks and may not, and what becomes of other tags.

    The first are start tags, of words or transparent, each with its end tag. Of the others, by their
    index: plain blocks in a heading or a summary are gone, and so is a link around details; a heading
    around a list is no heading.
    """
    opened: list[int] = []
    marked: set[int] = set()
    changed: dict[int, tuple[str, str]] = {}
    holders: dict[int, int] = {}
    gone: dict[int, str] = {}
    for index in range(1, len(parts), 2):
        name = name_of(parts[index])
        if parts[index][1] == "/":
            start = opened.pop()
            if start in marked:
                holders[start] = index
            if start in changed:
                gone[start], gone[index] = changed[start]
            continue
        if name not in INLINE:
            kept = [start for start in opened if changed.get(start) != _GONE]
            above = _outer_block(parts, kept, marked)
            if name_of(parts[above] if above else "") in _HEADINGS | {"summary"}:
                if name in _PLAIN:
                    changed[index] = _GONE
                elif name_of(parts[above]) in _HEADINGS:
                    changed[above] = ("<div>", "</div>")
        if name == "details":
            changed |= {start: _GONE for start in opened if name_of(parts[start]) == "a"}
        if name not in VOID:
            opened.append(index)
    return holders, gone


def _outer_block(parts: Sequence[str], opened: Sequence[int], marked: set[int]) -> int:
    """Return the start tag of the block around, 0 for none; mark the words between, which hold one."""
    for start in reversed(opened):
        if name_of(parts[start]) not in INLINE:
            return start
        marked.add(start)
    return 0


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
        if name == "summary":
            if above and name_of(parts[above]) == "details" and above not in found:
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
