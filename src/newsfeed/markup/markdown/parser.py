"""Markdown becomes HTML. The only user of pyromark's HTML; what it writes is not yet safe."""

from __future__ import annotations

import re

import pyromark

from newsfeed.markup.code import code_of
from newsfeed.markup.markdown.emphasis import EDGE, with_meant_emphasis
from newsfeed.text.regex import regex

MARKDOWN = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
)
_LONGEST_TERM = 50
# Not the line below a table's head, nor an attribute of Vue's on a line of its own.
_DEFINITION = regex(r"\n[ \t>]*+:(?!-|[\w.@#-]*+=)")
_SENTENCE = regex(r"[,;:.!?»](?:\s|$)")
_ALIGNED = regex(r'<(t[hd]) style="text-align: (left|right|center)">')
_CODE_CLASS = regex(r'<code class="language-([^"]*+)">')
# The language comes first in what stands behind a fence: ``js{1,3}``, ``{.js .numberLines}``,
# ``ts:src/a.ts`` and ``rust,ignore`` add what other tools do with it.
_CODE_LANGUAGE = regex(r"(?:\{\.?(?=[A-Za-z]))?([\w+#.-]++)")
_TASK = regex(r"\[[ xX\t]\]")
_OPEN_TASK = '<input disabled="" type="checkbox"/>\n'
_DONE_TASK = '<input disabled="" type="checkbox" checked=""/>\n'


def html_of(markdown: str) -> str:
    """Return the HTML that ``markdown`` means, with alignments as classes and tasks as characters."""
    if ":" in markdown and _DEFINITION.search(markdown) is not None:
        markdown = _without_false_definitions(markdown)
    html = MARKDOWN.html(with_meant_emphasis(markdown)).replace(EDGE, "")
    if "language-" in html:
        html = _CODE_CLASS.sub(_with_language_alone, html)
    if "|" in markdown:
        html = _ALIGNED.sub(r'<\1 class="align-\2">', html)
    if "[" in markdown and _TASK.search(markdown) is not None:
        html = html.replace(_OPEN_TASK, "☐ ").replace(_DONE_TASK, "☑ ")
    return html


def _with_language_alone(match: re.Match[str]) -> str:
    language = _CODE_LANGUAGE.match(match[1])
    return f'<code class="language-{language[1]}">' if language is not None else "<code>"


def _without_false_definitions(markdown: str) -> str:
    """Keep a colon at the beginning of a line from defining what stands above it.

    So it does in PHP Markdown Extra and Pandoc where a blank follows, but French breaks sentences
    before colons, and names stand between them (``:tada:``).
    """
    pieces: list[str] = []
    copied = end = 0
    for colon in _DEFINITION.finditer(markdown):
        at = colon.end() - 1
        if markdown[at + 1 : at + 2] in (" ", "\t"):
            start = markdown.rfind("\n", end, colon.start()) + 1
            term = markdown[start : colon.start()]
            if (end and not start) or not term.strip():
                continue
            end = colon.end()
            if len(term) <= _LONGEST_TERM and not _SENTENCE.search(term):
                continue
        if code_of(markdown, "markdown").end_at(at) is None:
            # In a block of HTML a backslash would be text.
            pieces += (markdown[copied:at], "&#58;")
            copied = at + 1
    return "".join([*pieces, markdown[copied:]])
