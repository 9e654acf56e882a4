"""An article's text becomes a `Body`."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import unquote

import pyromark

from newsfeed.markup.allowed import ITEM_NAME
from newsfeed.markup.attributes import anchor
from newsfeed.markup.body import Body, Ref, Slot
from newsfeed.markup.markers import is_marker
from newsfeed.markup.positions import Places
from newsfeed.markup.report import Report
from newsfeed.markup.rewrite import Walk
from newsfeed.markup.shortcodes import translate
from newsfeed.markup.shortcodes.said import shown
from newsfeed.markup.structure import DEEPEST, bounded, with_footnotes, with_quotations
from newsfeed.markup.tokens import COARSE, TAG
from newsfeed.markup.typography import BLOCK_EDGE, INLINE_EDGE, typeset, typeset_joined
from newsfeed.model import BodyFormat
from newsfeed.text.characters import made_legible, without_illegal

MARKDOWN = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
)
_CLOSED = " />"
_DASH = re.compile("[—–―]|--")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_EMPTY = re.compile(r"<p>[\s\u00a0]*</p>")
_DOCUMENT = re.compile(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", re.S | re.I)


def render(
    text: str,
    *,
    format: BodyFormat,  # noqa: A002 - the word of the model
    language: str,
    path: str,
    line: int = 1,
    typography: bool = True,
    prefix: str,
    legible: bool = False,
) -> Body:
    """Render the body of the article at ``path``, whose first line is the file's line ``line``.

    ``prefix`` begins every id, so that several articles may share a page or a letter. ``legible``
    says that the text is known to hold nothing illegal. The result depends on the arguments alone;
    nothing raises.
    """
    written, illegal = (text, []) if legible else made_legible(text)
    report = Report(path, Places(written, line))
    if illegal:
        report.illegal(text, illegal)
    source, foreign = translate(written, format, language)
    for said in foreign:
        report.say(said.code, report.places.place(said.at), what=said.what, tool=said.tool)
    if path.endswith(".mdx") and ("{" in source or "<>" in source):
        from newsfeed.markup.shortcodes.mdx import without_expressions

        source, left = without_expressions(source)
        for what in left[:1]:
            place = report.places.place(max(written.find(what), 0))
            report.say("foreign-removed", place, what=shown(what), tool="MDX")
    html = _html(source, format, language, report)
    raw = format == "html" or "<" in source
    parts = None if raw or source is not written else _coarse(html, source)
    if parts is None:
        if raw:
            from newsfeed.markup.sanitize import clean

        html = clean(html) if raw else html.replace(_CLOSED, ">")
        parts = _parts(html, source, language, report)
    walk = Walk(
        parts,
        prefix=prefix,
        places=report.places,
        language=language,
        typeset=(lambda words: typeset(words, language)) if typography else None,
    )
    walk.run()
    prose = _typeset(walk, language if typography else "", foreign=source is not written)
    h1, leading = _level(walk)
    segments, slots = _assemble(walk)
    refs = _fragments(walk, prefix)
    report.walk(walk, refs)
    return Body(
        segments=segments,
        slots=slots,
        refs=refs,
        anchors=tuple(walk.ids),
        headings=tuple((level, text, at) for _, _, level, text, at in walk.headings),
        images_without_alt=tuple(refs[number].line for number in walk.undescribed),
        problems=tuple(report.problems),
        prose=prose,
        h1=h1,
        leading_h1=leading,
        still=walk.still,
    )


def _html(source: str, written: BodyFormat, language: str, report: Report) -> str:
    """Return the HTML that ``source`` means, before it is sanitised."""
    if written == "markdown":
        if ":" in source and _COLON.search(source) is not None:
            source = _DEFINITION.sub(_unless_sentence, source)
        html = MARKDOWN.html(source)
        # A look for one character in the source is far cheaper than for a tag in the HTML.
        if "|" in source:
            html = _ALIGNED.sub(r'<\1 class="align-\2">', html)
        if "[" in source and _TASK.search(source) is not None:
            html = html.replace(_OPEN_TASK, "☐ ").replace(_DONE_TASK, "☑ ")
    else:
        found = _DOCUMENT.search(source)
        html = found[1] if found else source
    if "<" not in source:
        return html
    from newsfeed.markup.removals import suspect, with_players_as_links
    from newsfeed.markup.sanitize import lighten

    if "<iframe" in html or "<IFRAME" in html:
        html, linked = with_players_as_links(html, language)
        for url in linked:
            report.say("embed-linked", report.places.seek(("<iframe",)), url=url)
    if suspect(html):
        report.losses(html)
    html, lightened = lighten(html)
    if lightened:
        report.too_deep()
    return html


def _unless_sentence(found: re.Match[str]) -> str:
    """Keep a sentence that is broken before its colon, as French is, from being a definition."""
    term = found[1]
    if len(term) > _LONGEST_TERM or _SENTENCE.search(term):
        return f"{term}\n\\:"
    return found[0]


_COLON = re.compile("\n:")
_DEFINITION = re.compile(r"^([^\n]*\S[^\n]*)\n:(?=[ \t])", re.M)
_SENTENCE = re.compile(r"[,;:.!?»](?:\s|$)")
_LONGEST_TERM = 50
_ALIGNED = re.compile(r'<(t[hd]) style="text-align: (left|right|center)">')
_TASK = re.compile(r"\[[\sxX]\]")
_OPEN_TASK = '<input disabled="" type="checkbox"/>\n'
_DONE_TASK = '<input disabled="" type="checkbox" checked=""/>\n'


def _coarse(html: str, source: str) -> list[str] | None:
    """Return the HTML of Markdown cut at those tags alone that need a look, None where all may.

    None of its elements but those that a start tag and an end tag are cut for has attributes.
    """
    if ("^" in source and "[^" in source) or ("&" in source and "&#" in source):
        return None
    if html.count("<") > 2 * DEEPEST and not _is_shallow(html):
        return None
    if ">" not in source or "<blockquote>" not in html:
        return _opened(COARSE.split(html))
    before, *quotations = html.split("<blockquote>")
    parts = COARSE.split(before)
    for each in quotations:
        inside, end, after = each.partition("</blockquote>")
        if not end or "</blockquote>" in after:
            return None
        cut = TAG if _DASH.search(inside) else COARSE
        parts += ["<blockquote>", *cut.split(inside), end, *COARSE.split(after)]
    return with_quotations(_opened(parts))


def _is_shallow(html: str) -> bool:
    """Say whether the HTML of Markdown is surely no deeper than it may be, whatever nests in what."""
    depth = sum(levels * html.count(tag) for tag, levels in _NESTING)
    return depth + _TABLE_AND_TEXT <= DEEPEST


# What Markdown nests, and how many levels it adds; the start tags of ordered lists may number them.
_NESTING = (("<ul>", 2), ("<ol", 2), ("<dl>", 2), ("<blockquote>", 1), ("<em>", 1), ("<strong>", 1), ("<del>", 1))  # fmt: skip
_TABLE_AND_TEXT = 10


def _opened(parts: list[str]) -> list[str]:
    """Return ``parts`` with empty elements as nh3 writes them: ``<br>`` for ``<br />``."""
    for index in range(1, len(parts), 2):
        if parts[index][-2] == "/":
            parts[index] = parts[index].removesuffix(_CLOSED) + ">"
    return parts


def _parts(html: str, source: str, language: str, report: Report) -> list[str]:
    """Return sanitised texts and tags in turn, in their final order."""
    if "&" in source and "&#" in source:
        html = without_illegal(html)
    if "<" in source:
        html = _EMPTY.sub("", html)
    if "<" in source and "<!--" in html:
        html = _without_comments(html)
    parts = TAG.split(html)
    if (shallow := bounded(parts)) is not None:
        parts = shallow
        report.too_deep()
    if "[^" in source and 'class="footnote-' in html:
        parts = with_footnotes(parts, language)
    if (">" in source or "%" in source or "<" in source) and "</blockquote>" in html:
        parts = with_quotations(parts)
    return parts


def _without_comments(html: str) -> str:
    """Return ``html`` without comments, where the first marker of an excerpt is a tag of ours."""
    marked = False

    def replace(comment: re.Match[str]) -> str:
        nonlocal marked
        if marked or not is_marker(comment[0]):
            return ""
        marked = True
        return "<more>"

    return _COMMENT.sub(replace, html)


def _typeset(walk: Walk, language: str, *, foreign: bool) -> str:
    """Put the language's typography into the texts but the verbatim ones; return them joined."""
    mixed: list[Any] = list(walk.source)
    mixed[1::2] = walk.edges
    for index in walk.verbatim:
        mixed[index] = ""
    joined = before = "".join(mixed)
    if foreign:
        joined = _without_names(joined)
    if language:
        joined = typeset_joined(joined, language)
    if joined != before:
        texts = joined.replace(BLOCK_EDGE, INLINE_EDGE).split(INLINE_EDGE)
        for index in walk.verbatim:
            text = walk.source[index]
            texts[index // 2] = _without_names(text) if foreign else text
        walk.parts[::2] = texts
    elif foreign:
        for index in walk.verbatim:
            walk.parts[index] = _without_names(walk.source[index])
    return joined


def _without_names(html: str) -> str:
    """Return texts where a reference to an article that no address could hold is its name."""
    return re.sub(ITEM_NAME, lambda name: escape(unquote(name[1])), html)


def _level(walk: Walk) -> tuple[str | None, bool]:
    """Write the headings' tags; return the first h1's text, and whether the body begins with it.

    A page's title is its h1, so a body has none, and begins at h2: where it begins with its only
    h1, that one is an h2 and the others stay below the page's title; otherwise each heading is as
    deep as it stands below others, whatever levels the author skipped.
    """
    if not walk.headings:
        return None, False
    tops = [heading for heading in walk.headings if heading[2] == 1]
    first = tops[0] if tops else None
    leading = (
        first is not None
        and len(tops) == 1
        and not any(isinstance(part, tuple) or part.strip() for part in walk.parts[: first[0]])
    )
    above: list[int] = []
    for start, end, level, _, _ in walk.headings:
        while above and above[-1] >= level:
            above.pop()
        if not (leading and level == 1):
            above.append(level)
        shown = min(6, max(1, len(above)) + 1)
        walk.parts[start] = f"<h{shown}{walk.parts[start]}>"
        walk.parts[end] = f"</h{shown}>"
    return (first[3] if first else None), leading


def _fragments(walk: Walk, prefix: str) -> tuple[Ref, ...]:
    """Return the refs, those to the body's own parts by the ids that these now have.

    Tools differ in where they put hyphens: a link that misses by these alone is led there too.
    """
    if not walk.inner:
        return tuple(walk.refs)
    loose = {final.replace("-", ""): final for final in reversed(walk.ids)}
    refs: list[Ref] = []
    for ref in walk.refs:
        if ref.url[0] == "#" and len(ref.url) > 1 and ref.kind == "link":
            if ref.url == "#top" and anchor(prefix, "top") not in walk.ids:
                refs.append(ref)
                continue
            final = anchor(prefix, ref.url[1:])
            if final not in walk.ids:
                final = loose.get(final.replace("-", ""), final)
            ref = ref._replace(url="#" + final)
        refs.append(ref)
    return tuple(refs)


def _assemble(walk: Walk) -> tuple[tuple[str, ...], tuple[Slot, ...]]:
    segments: list[str] = []
    start = 0
    # What lies between two slots is strings alone, which mypy cannot see.
    for index in walk.slots:
        if index == start + 1:
            segments.append(walk.parts[start])  # type: ignore[arg-type]
        else:
            segments.append("".join(walk.parts[start:index]))  # type: ignore[arg-type]
        start = index + 1
    segments.append("".join(walk.parts[start:]))  # type: ignore[arg-type]
    slots = [walk.parts[index] for index in walk.slots]
    return tuple(segments), tuple(slots)  # type: ignore[arg-type]
