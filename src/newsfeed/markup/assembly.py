"""What a rewritten body needs before it is one: typography, levels of headings, its own links."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import unquote

from newsfeed.markup.address_slots import Ref, Slot
from newsfeed.markup.attributes import anchor
from newsfeed.markup.elements.allowed import ITEM_NAME, ITEM_SCHEME
from newsfeed.markup.rewrite import Rewrite
from newsfeed.markup.typography import BLOCK_EDGE, CODE, INLINE_EDGE


def name_items(rewrite: Rewrite) -> None:
    """Write the name of an article where its reference stands in a text, and not in an address."""
    rewrite.texts = [_named(text) if ITEM_SCHEME in text else text for text in rewrite.texts]
    for index, edge in enumerate(rewrite.edges):
        tag = rewrite.tags[index]
        if edge == CODE and isinstance(tag, str):
            rewrite.tags[index] = _named(tag)


def _named(html: str) -> str:
    return ITEM_NAME.sub(lambda name: escape(unquote(name[1])), html)


def typeset_texts(rewrite: Rewrite, rules: Callable[[str], str]) -> str:
    """Put typography into the texts but the verbatim ones; return them joined by edges."""
    texts = list(rewrite.texts)
    for index in rewrite.verbatim:
        texts[index] = ""
    mixed = [""] * (len(texts) + len(rewrite.edges))
    mixed[::2] = texts
    mixed[1::2] = rewrite.edges
    written = "".join(mixed)
    typeset = rules(written)
    if typeset != written:
        texts = (
            typeset.replace(BLOCK_EDGE, INLINE_EDGE).replace(CODE, INLINE_EDGE).split(INLINE_EDGE)
        )
        for index in rewrite.verbatim:
            texts[index] = rewrite.texts[index]
        rewrite.texts = texts
    return typeset


def level_headings(rewrite: Rewrite) -> tuple[str | None, bool]:
    """Write the headings' tags; return the first h1's text, and whether the body begins with it.

    A page's title is its h1, so a body has none, and begins at h2: where it begins with its only
    h1, that one is an h2 and the others stay below the page's title; otherwise each heading is as
    deep as it stands below others, whatever levels the author skipped.
    """
    tops = [heading for heading in rewrite.headings if heading.level == 1]
    first = tops[0] if tops else None
    leading = first is not None and len(tops) == 1 and not _is_anything_before(rewrite, first.start)
    above: list[int] = []
    for heading in rewrite.headings:
        while above and above[-1] >= heading.level:
            above.pop()
        if not (leading and heading.level == 1):
            above.append(heading.level)
        shown = min(6, max(1, len(above)) + 1)
        rewrite.tags[heading.start] = f"<h{shown}{rewrite.tags[heading.start]}>"
        rewrite.tags[heading.end] = f"</h{shown}>"
    return (first.text if first else None), leading


def _is_anything_before(rewrite: Rewrite, end: int) -> bool:
    before = (*rewrite.tags[:end], *rewrite.texts[: end + 1])
    return any(not isinstance(each, str) or each.strip() for each in before)


def final_refs(rewrite: Rewrite, prefix: str) -> tuple[Ref, ...]:
    """Return the references, those to the body's own parts by the ids that these now have.

    Tools differ in where they put hyphens: a link that misses by these alone is led there too.
    """
    ids = rewrite.references.ids
    if not rewrite.references.inner:
        return tuple(rewrite.references.refs)
    loose = {final.replace("-", ""): final for final in reversed(ids)}
    refs: list[Ref] = []
    for ref in rewrite.references.refs:
        if (
            ref.url[0] != "#"
            or len(ref.url) == 1
            or ref.kind != "link"
            or (ref.url == "#top" and anchor(prefix, "top") not in ids)
        ):
            refs.append(ref)
        else:
            final = anchor(prefix, ref.url[1:])
            if final not in ids:
                final = loose.get(final.replace("-", ""), final)
            refs.append(Ref("#" + final, ref.kind, ref.places, ref.asked))
    return tuple(refs)


def segmented(rewrite: Rewrite) -> tuple[tuple[str, ...], tuple[Slot, ...]]:
    """Return the HTML between the slots, and these."""
    mixed: list[Any] = [""] * (len(rewrite.texts) + len(rewrite.tags))
    mixed[::2] = rewrite.texts
    mixed[1::2] = rewrite.tags
    segments: list[str] = []
    slots: list[Slot] = []
    start = 0
    # What lies between two slots is strings alone, which mypy cannot see.
    for index in rewrite.slots:
        end = 2 * index + 1
        segments.append("".join(mixed[start:end]))
        slots.append(mixed[end])
        start = end + 1
    segments.append("".join(mixed[start:]))
    return tuple(segments), tuple(slots)
