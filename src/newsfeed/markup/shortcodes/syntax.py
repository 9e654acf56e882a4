"""The foreign syntax within lines, whatever its tool: one table of patterns and what takes them."""

from __future__ import annotations

import re
from collections.abc import Callable

from newsfeed.markup.code import Code
from newsfeed.markup.shortcodes import emoji_names, notations, templates
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.scanning import Put, Scan
from newsfeed.text.regex import regex

_PATIENCE = 1000
# As far as the end, or another beginning, which is the one that counts then.
_UNTIL_HUGO_END = r"[^>%{]{0,1500}+(?:(?:[>%](?!\}\})|\{(?!\{))[^>%{]{0,1500}+){0,50}+"
_UNTIL_LIQUID_END = r"[^%{]{0,1500}+(?:(?:%(?!\})|\{(?!%))[^%{]{0,1500}+){0,50}+"
_STRING = r"(?:\"[^\"]*+\"|'[^']*+')"
_BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
_PROPERTY = (
    rf"(?:[@#:]?[\w-][\w:.|-]*+(?:\s*+=\s*+(?:{_STRING}|{_BRACED}))?+|\{{\.\.\.[^{{}}]*+\}})"
)
_ATTRIBUTE = r"(?>[.#][\w:.-]+|[\w-]+=(?:\"[^\"\n]*+\"(?=[\s}])|[^\s{}]+))"
_LIST = r"[^\S\n]*+(?>(?:[.#][\w-]++|[\w-]++(?:=(?:\"[^\"{}\n]*+\"|'[^'{}\n]*+'|[^\s{}]++))?+)[^\S\n]*+)+"
# Up to the marks before the brace that ends it, which stand in no proposed words.
_PROPOSED = r"[^{}+<=~-]{0,2000}+(?:[+<=~-](?!>|[+<=~-]?\})[^{}+<=~-]{0,2000}+){0,100}+"
_CALLED = r"(?:require|useBaseUrl)\(\s*[\"'](?P<path>[^\"'\n]+)[\"']\s*\)(?:\.default)?"
_WORDPRESS = (
    r"caption|wp_caption|code|sourcecode|gallery|embed|playlist|vc_\w+|et_pb_\w+|contact-form-7"
)
Handler = Callable[[Scan, re.Match[str]], Put]
# In the order in which they are tried at a place. Bounded lengths keep a stray mark from swallowing
# an article, and what is matched is kept (``*+``) where it could be matched in several ways: time
# is linear in the length of the text.
_TABLE: tuple[tuple[str, str, Handler], ...] = (
    ("escaped", r"\{\{[<%]/\*(?P<literal>.{0,600}?)\*/[>%]\}\}", templates.escaped),
    (
        "shortcode",
        r"\{\{[<%]-?\s*+(?P<slash>/?)\s*+(?P<shortname>[\w./-]+)"
        rf"(?P<shortargs>{_UNTIL_HUGO_END})[>%]\}}\}}",
        templates.shortcode,
    ),
    (
        "liquid",
        rf"\{{%-?\s*+(?P<tag>/?[\w.-]+)(?P<tagargs>{_UNTIL_LIQUID_END})%\}}",
        templates.liquid,
    ),
    (
        "remark",
        r"\{#(?!\w).{0,1500}?#\}|\{/\*.{0,1500}?\*/\}"
        r"|\{::comment\}.{0,1500}?\{:/(?:comment)?\}",
        templates.remark,
    ),
    ("expression", r"\{\{\{?-?(?P<inner>(?:(?!\{\{).){0,600}?)-?\}?\}\}", templates.expression),
    (
        "critic",
        rf"\{{(?:\+\+(?P<added>{_PROPOSED})\+\+|--(?P<cut>{_PROPOSED})--"
        rf"|~~(?P<old>{_PROPOSED})~>(?P<new>{_PROPOSED})~~"
        rf"|==(?P<pointed>{_PROPOSED})==|>>(?P<remarked>{_PROPOSED})<<)\}}",
        notations.critic,
    ),
    ("kramdown", rf"\{{:(?P<list>[:/][^{{}}\n]*+|{_LIST})\}}", notations.kramdown),
    ("braced", rf"(?<==)\{{\s*+(?:{_CALLED}|(?P<variable>\w+)(?:\.src)?)\s*+\}}", notations.braced),
    (
        "pandoc",
        rf"(?<=[)\]`*])\{{[^\S\n]*+{_ATTRIBUTE}(?:\s++{_ATTRIBUTE})*+\s*+\}}",
        notations.pandoc,
    ),
    (
        "block",
        rf"(?<=\n)\{{[^\S\n]*+[.#]\w[\w:.-]*+(?:[^\S\n]++{_ATTRIBUTE})*+[^\S\n]*+\}}[^\S\n]*+(?=\n|\Z)",
        notations.block,
    ),
    (
        "wiki",
        r"(?P<bang>!?)(?<![\w\]])\[\[(?![\s^])(?P<target>[^\[\]\n|]*?)"
        r"(?:\\?\|(?P<label>[^\[\]\n]*+))?\]\](?![(:\[\]])",
        notations.wiki,
    ),
    ("comment", r"%%(?:\{[^{}%\n]*+\}|(?![{%])(?P<aside>.{1,2000}?))%%", notations.comment),
    ("merge", r"\*\|[A-Za-z_][\w:=. -]*+\|\*", notations.merge),
    (
        "office",
        r"</?(?:[ovwmx]|st1):[A-Za-z]\w*+(?:\s[^<>]{0,500}+)?/?>"
        r"|<!\[(?:if [^\]<>]{1,60}+|endif)\]>|<\?xml:[^<>]{1,300}+>",
        notations.office,
    ),
    (
        "highlight",
        r"(?<![\w=])==(?=[^\s=])(?P<marked>[^=\n]{1,300})(?<=\S)==(?![\w=])",
        notations.highlight,
    ),
    (
        "keys",
        r"(?<![\w+])\+\+(?P<pressed>(?:[a-z0-9]|[a-z][a-z-]{1,11}|f\d\d?)(?:\+(?:[a-z0-9]|[a-z][a-z-]{1,11}|f\d\d?)){1,4})\+\+(?![\w+])",
        notations.keys,
    ),
    (
        "inserted",
        r"(?<![\w+])\+\+(?=[^\W_]|[«“\"'(*_`\[])(?P<newer>[^+\n]{1,300})(?<=\S)\+\+(?![\w+])",
        notations.inserted,
    ),
    ("raw", r"(?<=`)\{=(?P<rawkind>\w+)\}", notations.raw),
    ("template", r"<%[^%]{0,1500}+(?:%(?!>)[^%]{0,1500}+){0,50}+%>", notations.template),
    ("low", r"(?<=[^\W\d_])~(?P<lower>[0-9A-Za-z+\u2212-]{1,12})~(?!~)", notations.low),
    ("high", r"(?<=[\w)])\^(?P<higher>[\w+\u2212-]{1,12})\^", notations.high),
    (
        "note",
        r"\^\[(?P<noted>[^\[\]\n]{1,2000}+(?:\[[^\[\]\n]{0,500}+\][^\[\]\n]{0,2000}+){0,20}+)\]",
        notations.note,
    ),
    (
        "jsx",
        r"<(?P<end>/?)(?=[\w.]*[a-z])(?P<component>[A-Z]\w*+(?:\.\w++)*+)"
        rf"(?P<props>(?:\s++{_PROPERTY})*+)\s*+(?P<closed>/?)>",
        notations.component,
    ),
    (
        "spaced",
        r"\]\((?P<pelican>\{(?:filename|static|attach)\}[^)\n]{0,1000})\)",
        notations.spaced,
    ),
    (
        "cited",
        r"【[^【】\n]{0,60}†[^【】\n]{0,200}】|:contentReference\[oaicite:[^\]\n]{0,30}\](?:\{index=\d+\})?"
        r"|\ue200[^\ue200\ue201\n]{0,500}\ue201|\[cite(?:_start|: ?[\d][\d, -]{0,100})\](?![(\[:])",
        notations.cited,
    ),
    ("origin", r"\[oai_citation:\d{1,4}‡(?P<source>[^\[\]\n]{1,300})\](?=\()", notations.source),
    ("named", emoji_names.PATTERN, notations.named),
    (
        "film",
        r"\[(?:youtube|vimeo|dailymotion)[ =]{1,100}(?P<filmurl>https?://[^\]\s]{1,2000})\]"
        r"|%\[(?P<embedded>https?://[^\]\s]{1,2000})\]",
        notations.film,
    ),
    (
        "wordpress",
        rf"\[(?P<wpend>/?)(?P<wpname>{_WORDPRESS})\b(?P<wpargs>[^\]\n]{{0,1500}})\](?![(\[:])",
        notations.wordpress,
    ),
)
_SYNTAX = regex("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _TABLE), re.S)
_HANDLERS = {name: handler for name, _, handler in _TABLE}
# Where any of it may begin. Each alternative starts with a character, so that others are passed over fast.
_START = regex(
    r"\{(?:(?=[{%#/:]|\+\+|--|~~|==|>>)|(?<=[=)\]`*]\{)|(?<=\n\{)(?=[^\S\n]*+[.#]\w))"
    r"|<(?=%|/?(?:[A-Z]|(?:[ovwmx]|st1):[A-Za-z])|!\[(?:if|endif)|\?xml:)|\]\((?=\{)|!\[\[|\[\[|%%|%\[|==|\+\+|\*\||\^"
    rf"|:(?=contentReference\[|{emoji_names.AFTER_COLON})|【|\ue200|\[(?=cite[_:]|oai_citation)"
    r"|~(?=[0-9A-Za-z+\u2212-]{1,12}~)"
    rf"|\[(?<!!\[)(?=/?(?:youtube|vimeo|dailymotion|{_WORDPRESS}))"
)


def scan(state: Scan, code: Code) -> Scan:
    """Pass over the text of ``state`` once; each piece of foreign syntax becomes ours, or nothing.

    A text with a thousand stray braces is no template and is left as it is.
    """
    text = state.text
    at, patience = 0, _PATIENCE
    while patience and (start := _START.search(text, at)) is not None:
        at = start.end()
        match = _SYNTAX.match(text, start.start())
        if match is None:
            patience -= start[0] == "{"
            continue
        skipped = code.end_at(match.start())
        if skipped is not None:
            at = max(skipped, at)
            continue
        put = _HANDLERS[match.lastgroup or ""](state, match)
        if put is None:
            continue
        new, end = put if isinstance(put, tuple) else (put, match.end())
        state.replacements.append(Replacement(match.start(), end, new))
        at = max(end, at)
    return state
