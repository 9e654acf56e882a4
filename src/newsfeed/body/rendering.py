"""An article's text becomes a `Body`."""

from __future__ import annotations

import re

import pyromark

from newsfeed.body.places import Places
from newsfeed.body.sanitising import clean
from newsfeed.body.tokens import TAG
from newsfeed.body.typography import BLOCK_EDGE, INLINE_EDGE, typeset, typeset_joined
from newsfeed.body.value import MORE, Body, Ref, Slot
from newsfeed.body.walking import Walk, anchor
from newsfeed.diagnostics import Diagnostic
from newsfeed.model import BodyFormat

_MARKDOWN = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
)

_MARKER = re.compile(r"<!--\s*(?:more|truncate|excerpt|teaser_end)\s*-->", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)


def render(
    text: str,
    *,
    format: BodyFormat,  # noqa: A002 - the word of the model
    language: str,
    path: str,
    line: int = 1,
    typography: bool = True,
    prefix: str,
) -> Body:
    """Render the body of the article at ``path``, whose first line is the file's line ``line``.

    ``prefix`` begins every id, so that several articles may share a page or a letter. The result
    depends on the arguments alone; nothing raises.
    """
    problems: list[Diagnostic] = []
    places = Places(text, line)
    html = _MARKDOWN.html(text) if format == "markdown" else text
    html = clean(html)
    if "<!--" in html:
        html = _COMMENT.sub("", _MARKER.sub("<more>", html, count=1))
    parts = TAG.split(html)
    walk = Walk(
        parts,
        prefix=prefix,
        places=places,
        language=language,
        typeset=(lambda words: typeset(words, language)) if typography else None,
    )
    walk.run()
    if "<more>" in parts:
        walk.parts[parts.index("<more>")] = MORE
    if typography:
        _typeset(walk, language)
    h1, leading = _level(walk)
    segments, slots = _assemble(walk.parts)
    return Body(
        segments=segments,
        slots=slots,
        refs=_fragments(walk, prefix),
        anchors=tuple(walk.ids),
        headings=tuple((level, text, at) for _, _, level, text, at in walk.headings),
        images_without_alt=tuple(walk.images_without_alt),
        problems=tuple(problems),
        h1=h1,
        leading_h1=leading,
    )


def _typeset(walk: Walk, language: str) -> None:
    """Put the language's typography into the texts, but for those that stay verbatim."""
    mixed = list(walk.source)
    mixed[1::2] = walk.edges
    for index in walk.verbatim:
        mixed[index] = ""
    joined = typeset_joined("".join(mixed), language)
    texts = joined.replace(BLOCK_EDGE, INLINE_EDGE).split(INLINE_EDGE)
    for index in walk.verbatim:
        texts[index // 2] = walk.source[index]
    walk.parts[::2] = texts


def _level(walk: Walk) -> tuple[str | None, bool]:
    """Write the headings' tags; return the first h1's text, and whether the body begins with it.

    A page's title is its h1, so a body has none: where it begins with its only h1, that one becomes
    an h2; where it uses h1 throughout, every heading goes one level down.
    """
    tops = [heading for heading in walk.headings if heading[2] == 1]
    first = tops[0] if tops else None
    leading = (
        first is not None
        and len(tops) == 1
        and not any(
            part and (isinstance(part, tuple) or part.strip()) for part in walk.parts[: first[0]]
        )
    )
    for start, end, level, _, _ in walk.headings:
        shown = max(2, level) if leading or not tops else min(6, level + 1)
        walk.parts[start] = f"<h{shown}{walk.parts[start]}>"
        walk.parts[end] = f"</h{shown}>"
    return (first[3] if first else None), leading


def _fragments(walk: Walk, prefix: str) -> tuple[Ref, ...]:
    """Return the refs, those to the body's own parts by the ids that these now have."""
    return tuple(
        ref._replace(url="#" + anchor(prefix, ref.url[1:]))
        if len(ref.url) > 1 and ref.url[0] == "#" and ref.kind == "link"
        else ref
        for ref in walk.refs
    )


def _assemble(parts: list[str | Slot]) -> tuple[tuple[str, ...], tuple[Slot, ...]]:
    segments: list[str] = []
    slots: list[Slot] = []
    run: list[str] = []
    for part in parts:
        if isinstance(part, str):
            run.append(part)
        else:
            segments.append("".join(run))
            slots.append(part)
            run = []
    segments.append("".join(run))
    return tuple(segments), tuple(slots)
