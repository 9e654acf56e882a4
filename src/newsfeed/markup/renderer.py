"""An article's text becomes a `Body`: safe HTML in steps, which is then cut once and looked at."""

from __future__ import annotations

import re

from msgspec.structs import replace

from newsfeed.markup.assembly import (
    final_refs,
    level_headings,
    name_items,
    segmented,
    typeset_texts,
)
from newsfeed.markup.body import Body
from newsfeed.markup.elements.allowed import ITEM_SCHEME, TAGS
from newsfeed.markup.elements.boilerplate import may_have_boilerplate, without_boilerplate
from newsfeed.markup.elements.depth import bounded, lighten
from newsfeed.markup.elements.drawings import with_drawings_as_words, with_drawn_pictures
from newsfeed.markup.elements.embeds import with_escaped_documents, with_fallbacks
from newsfeed.markup.elements.footnotes import with_footnotes
from newsfeed.markup.elements.languages import with_languages
from newsfeed.markup.elements.layout_tables import without_layout_tables
from newsfeed.markup.elements.nesting import with_valid_nesting
from newsfeed.markup.elements.quotations import with_quotations
from newsfeed.markup.elements.removals import names_of, without_unknown
from newsfeed.markup.elements.sanitize import clean, without_remains
from newsfeed.markup.elements.styled import may_be_styled, with_meant_styles
from newsfeed.markup.formulas import with_formulas, with_marks, with_scripts_marked
from newsfeed.markup.markdown.addresses import (
    may_have_bare_addresses,
    with_bare_links,
    with_whole_addresses,
    with_whole_names,
)
from newsfeed.markup.markdown.html_blocks import with_whole_html
from newsfeed.markup.markdown.parser import html_of
from newsfeed.markup.markdown.pasted import with_plain_forms
from newsfeed.markup.markdown.slips import with_meant_marks
from newsfeed.markup.markdown.words import has_declarations, has_lone_tags, with_words
from newsfeed.markup.positions import Places
from newsfeed.markup.references import References
from newsfeed.markup.report import Report
from newsfeed.markup.rewrite import Rewrite
from newsfeed.markup.shortcodes import translate
from newsfeed.markup.shortcodes.notices import shown
from newsfeed.markup.source import Source
from newsfeed.markup.typography import rules_of, typeset
from newsfeed.model import BodyFormat
from newsfeed.text.characters import made_legible
from newsfeed.text.regex import regex

_DOCUMENT = regex(r"<body\b[^<>]*+>(.*?)(?:</body\s*>|\Z)", re.S | re.I)
_STILL = frozenset({"img", "table", "pre"})


def render(source: Source) -> Body:
    """Return ``source`` rendered. The result depends on the source alone; nothing raises."""
    text, illegal = made_legible(source.text)
    report = Report(source.path, Places(text, source.line))
    if illegal:
        report.illegal(source.text, illegal)
    translated = _translated(text, source, report)
    marked, formulas = with_marks(translated, source.format)
    is_raw = source.format == "html" or "<" in marked
    html = _html(marked, source, formulas, is_raw=is_raw, report=report)
    if source.format == "markdown" and html[-20:].rstrip().endswith("</code></pre>"):
        report.unclosed(text)
    if "^" in translated and "[^" in translated:
        html = with_footnotes(html, source.language)
    if is_raw or ">" in translated:
        html = with_quotations(html)
    if is_raw:
        html = with_languages(html, source.language)
    language = source.language if source.typography else ""
    references = References(source.prefix, report.places, lambda words: typeset(words, language))
    rewrite = Rewrite(html, references)
    if translated is not text and ITEM_SCHEME in html:
        name_items(rewrite)
    prose = typeset_texts(rewrite, rules_of(language))
    if ("*" in prose and "**" in prose) or ("]" in prose and "](" in prose):
        report.shown(prose, text)
    h1, leading = level_headings(rewrite)
    segments, slots = segmented(rewrite)
    refs = final_refs(rewrite, source.prefix)
    report.rewritten(rewrite, refs)
    return Body(
        segments=segments,
        slots=slots,
        refs=refs,
        anchors=tuple(references.ids),
        problems=tuple(report.problems),
        prose=prose,
        h1=h1,
        leading_h1=leading,
        still=_STILL.isdisjoint(rewrite.names),
    )


def _translated(text: str, source: Source, report: Report) -> str:
    """Return ``text`` without the syntax of other tools; the same object where it has none."""
    if source.path.endswith(".mdx"):
        return _evaluated(text, source, report)
    translated, said = translate(text, source.format, source.language, source.shortcodes)
    report.foreign(said)
    return translated


def _evaluated(text: str, source: Source, report: Report) -> str:
    """Return MDX as Markdown: what only a program can evaluate is left out, and said."""
    from newsfeed.markup.shortcodes.mdx import without_expressions, without_indentation

    flat, origin = without_indentation(text)
    translated, said = translate(flat, source.format, source.language, source.shortcodes)
    report.foreign(tuple(replace(each, at=origin(each.at)) for each in said))
    if translated is not flat:
        # What stood within tags on lines of their own begins blocks now.
        translated, _ = without_indentation(translated)
    if "{" in translated or "<>" in translated:
        translated, left = without_expressions(translated)
        for what in left[:1]:
            place = report.places.place(max(text.find(what), 0))
            report.say("foreign-removed", place, what=shown(what), tool="MDX")
    return translated


def _html(
    text: str, source: Source, formulas: tuple[str, ...], *, is_raw: bool, report: Report
) -> str:
    """Return what ``text`` means as well-formed HTML that holds nothing harmful, or too deep."""
    if is_raw and source.format == "markdown":
        text = with_whole_html(text)
    if is_raw and "srcdoc" in text:
        text = with_escaped_documents(text, source.format)
    html = _parsed(text, source.format)
    if is_raw:
        names = names_of(html)
        lone = source.format == "markdown" and has_lone_tags(text)
        if lone or not names <= TAGS or has_declarations(text):
            text, words = with_words(text, source.format, lone=lone)
            report.words(words)
            if words:
                html = _parsed(text, source.format)
                names = names_of(html)
        if not names <= TAGS:
            html, formulas = with_scripts_marked(html, formulas)
            html = _embedded(html, names, source.language, report)
        html = with_drawn_pictures(html)
        html = with_formulas(_sanitized(html, text, names, report), formulas)
        html = without_remains(_legible(html, text))
        if may_have_boilerplate(text):
            html, hidden = without_boilerplate(html)
            report.hidden(hidden)
            if may_be_styled(html):
                html = with_meant_styles(html)
            html = without_layout_tables(html)
        html = with_valid_nesting(html, text, source.language)
    else:
        # The HTML of Markdown without a tag holds nothing but Markdown's own elements.
        html = _legible(with_formulas(html.replace(" />", ">"), formulas), text)
    html, cut = bounded(html)
    if cut:
        report.too_deep()
    if source.format == "markdown" and may_have_bare_addresses(text):
        html = with_bare_links(html)
    return html


def _parsed(text: str, written: BodyFormat) -> str:
    """Return ``text`` as HTML, which is not yet safe."""
    if written == "markdown":
        plain = with_meant_marks(with_plain_forms(text))
        return html_of(with_whole_addresses(with_whole_names(plain)))
    found = _DOCUMENT.search(text)
    return found[1] if found else text


def _embedded(html: str, names: frozenset[str], language: str, report: Report) -> str:
    """Return ``html`` with links for what it embeds, and say which."""
    html, linked = with_fallbacks(html, names, language)
    for url, element in linked:
        report.say("embed-linked", report.places.seek((f"<{element}",)), url=url)
    return html


def _sanitized(html: str, text: str, names: frozenset[str], report: Report) -> str:
    """Return the ``html`` of ``text`` as the sanitiser leaves it, and say what that takes away.

    ``names`` are those of the elements that it holds at most.
    """
    report.losses(html, names)
    if "svg" in names:
        html = with_drawings_as_words(html)
    # What is neither a tag nor an entity has become one.
    written = text.count("<") + text.count("&") - html.count("&lt;")
    html, lightened = lighten(html, written)
    if lightened:
        report.too_deep()
    return clean(without_unknown(html, names))


def _legible(html: str, text: str) -> str:
    """Return the ``html`` of ``text`` without what numeric references in that have made illegal."""
    if "&" not in text or "&#" not in text:
        return html
    legible, illegal = made_legible(html)
    return legible if illegal else html
