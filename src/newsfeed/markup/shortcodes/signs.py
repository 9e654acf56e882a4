"""Whether a text may hold foreign syntax at all: every article is asked."""

from __future__ import annotations

import re

from newsfeed.markup.shortcodes import emoji_names
from newsfeed.text.regex import regex

# A search costs least for an expression that begins with a fixed character.
_LINE = regex(
    r"\n[ \t]*(?:::[:a-z]|!!!|\?\?\?|===[!+ ]|\*\[[^\]\n]{1,100}\]:|(?:`{3,}|~{3,})[ \t]*(?:dataview|mdx-code-block|ad-|math[ \t]*\n|(?:tasks|query)[ \t]*\n|\{=)|///|(?:import|export)\s)"
)
_BRACE = regex(
    r"\{(?:[{%#/:]|\+\+|--|~~|==|>>|(?<=[=)\]`*]\{)|(?<=\n\{)[ \t]*[.#]\w|(?<=\]\(\{)|(?<=\$\{)toc\}|(?<=`\{)=\w)",
    re.I,
)
_COMPONENT = regex(r"<(?:/?(?:[A-Z]\w*[a-z]|(?:[ovwmx]|st1):[A-Za-z])|!\[(?:if |endif)|\?xml:|%)")
_BRACKET = regex(
    r"\[(?:\[|!|[/<>-]\] |cite[:_]|oai_citation|toc\]|TOC\]|/?(?:caption|wp_caption|(?:source)?code[ \]]|gallery|youtube|vimeo|dailymotion|embed|playlist|vc_|et_pb_|contact-form))"
)
_BLOCK_ID = regex(r"\^(?<![^ \t\n]\^)[A-Za-z0-9-]+[ \t]*$", re.M)
_SCRIPT = regex(r"\^(?:\[|(?<=[\w)]\^)[\w+\u2212-]{1,12}\^)")
_LOW = regex(r"~(?<=[^\W\d_]~)[0-9A-Za-z+\u2212-]{1,12}~")
_NAMED = regex(emoji_names.PATTERN + r"|:contentReference\[")
_OF_PRINT = regex(
    r"\n[ \t]*\\(?:newpage|pagebreak|clear|bigskip|medskip|smallskip|noindent|[vh]fill|[vh]space)"
)
_FIELD = regex(r"[\[(][^\W\d_][\w -]{0,40}:: ")
_SIZED = regex(r"\|\d+(?:x\d+)?\]\(")


def may_hold(text: str) -> bool:
    """Tell whether ``text`` may hold foreign syntax.

    Every article is asked: a look for one character costs a twentieth of one for two, so those
    that most articles lack come first.
    """
    if (
        ("{" in text and _BRACE.search(text) is not None)
        or ("=" in text and "==" in text)
        or ("%" in text and ("%%" in text or "%[" in text))
    ):
        return True
    if "[" in text and _BRACKET.search(text) is not None:
        return True
    if "|" in text and (("*" in text and "*|" in text) or _SIZED.search(text) is not None):
        return True
    if "!" in text and "![" in text and "youtu" in text:
        return True
    if "<" in text and (
        ("=" in text and "markdown=" in text)
        or _COMPONENT.search(text) is not None
        or ("<!--" in text and "endtab" in text)
        or "8<-" in text
        or "<<<" in text
        or ("@" in text and "@include:" in text)
    ):
        return True
    if "^" in text and (_SCRIPT.search(text) is not None or _BLOCK_ID.search(text) is not None):
        return True
    if (":" in text and _NAMED.search(text) is not None) or "【" in text or "\ue200" in text:
        return True
    if ("+" in text and "++" in text) or (":" in text and ":: " in text and _FIELD.search(text)):
        return True
    if "\\" in text and _OF_PRINT.search(text) is not None:
        return True
    if "~" in text and _LOW.search(text) is not None:
        return True
    return _LINE.search(f"\n{text}") is not None
