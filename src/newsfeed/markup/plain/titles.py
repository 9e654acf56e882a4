"""Titles and summaries from front matter: plain text, which may hold a little markup."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from newsfeed.markup.elements.allowed import TAGS
from newsfeed.markup.elements.tags import VOID, squeeze
from newsfeed.markup.shortcodes.emoji_names import with_emoji
from newsfeed.text.characters import without_illegal
from newsfeed.text.regex import regex

_LINK = regex(r"!?\[([^\[\]]*)\]\((?:<[^<>()]*+>|[^()\s]*+)(?:\s++\"[^\"]*\")?\)")
# Emphasis begins where a word does and ends where one ends: `**/*.py` and `*args` have none.
_MARKS = regex(
    r"(?<![\w\\*/.)\]}])(\*\*\*|\*\*|\*|~~|==)(?=[^\s*/.,;:!?)\]}=~-])(.{1,400}?)(?<=[^\s\\*/])\1(?![\w*/.][\w*/.])(?!\w)"
)
_UNDERLINES = regex(r"(?<![\w\\])(__|_)(?=[^\s_])(.{1,400}?)(?<=[^\s\\_])\1(?!\w)")
_BEGINS_ANEW = regex(r"(?<!\w)_")
_NAME = regex(r"[a-z0-9]+(?:_+[a-z0-9]+)*")
# What any markup, what XML cannot hold, and white space that is squeezed begin with.
_MARKUP = regex(r"[<\[*~=`_\\&\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|  ")
_CODE = regex(r"(?<!`)(`++)(?=[^`])([^`]{1,400}|.{1,400}?)(?<!`)\1(?!`)")
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_ELEMENT = regex(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)"
    r"(?:\s+[a-zA-Z_:][\w:.-]*(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+))?)*\s*/?>"
)
_BLANK_ENTITY = regex(r"(?<!\S)&(?=(?:nbsp|thinsp|ensp|emsp|shy|zwnj|zwj);(?!\S))")
_HELD = regex("\x02(\\d+)\x02")


def plain_title(markup: str) -> str:
    """Return a title without its Markdown and HTML markup, on one line.

    Front matter is plain text to most tools: what is code, or has no other to go with it, stays.
    """
    if _MARKUP.search(markup) is None:
        return with_emoji(markup).strip(" ")
    held: list[str] = []

    def hold(code: re.Match[str]) -> str:
        inside = code[2]
        held.append(inside.strip(" ") or inside)
        return f"\x02{len(held) - 1}\x02"

    text = without_illegal(markup)
    if "`" in text:
        text = _CODE.sub(hold, text)
    text = with_emoji(text)
    if "<" in text:
        text = _without_elements(text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    text = _UNDERLINES.sub(_underlined, _MARKS.sub(r"\2", text))
    text = unescape(_BLANK_ENTITY.sub("&amp;", _ESCAPE.sub(r"\1", text)))
    return squeeze(_HELD.sub(lambda mark: held[int(mark[1])], text))


def as_markup(text: str) -> str:
    """Return what `plain_title` reads as ``text``, where there is such a form: itself, or as code."""
    if plain_title(text) == text:
        return text
    fence = "`"
    while fence in text:
        fence += "`"
    return f"{fence} {text} {fence}"


def _underlined(found: re.Match[str]) -> str:
    """Take the lines from under a text, but not from a name as programs have them: ``__init__``."""
    is_name = _NAME.fullmatch(found[2]) and (found[1] == "__" or "_" in found[2])
    is_name = is_name or (found[1] == "_" and _BEGINS_ANEW.search(found[2]))
    return found[0] if is_name else found[2]


def _without_elements(text: str) -> str:
    """Return ``text`` without the tags of elements that are open and closed in it."""
    tags = [tag for tag in _ELEMENT.finditer(text) if tag[2].lower() in TAGS]
    gone: dict[int, str] = {}
    opened: list[re.Match[str]] = []
    names: Counter[str] = Counter()  # of those that are open
    for tag in tags:
        name = tag[2].lower()
        if name in VOID:
            if not _is_word(text, tag):
                gone[tag.start()] = " " if name in {"br", "hr"} else ""
        elif not tag[1]:
            opened.append(tag)
            names[name] += 1
        elif names[name]:
            while (last := opened.pop())[2].lower() != name:
                names[last[2].lower()] -= 1
            names[name] -= 1
            gone[last.start()] = gone[tag.start()] = ""
    pieces: list[str] = []
    at = 0
    for tag in tags:
        if tag.start() in gone:
            pieces += (text[at : tag.start()], gone[tag.start()])
            at = tag.end()
    return "".join([*pieces, text[at:]])


def _is_word(text: str, tag: re.Match[str]) -> bool:
    """Tell whether a tag without attributes stands among the words as one of them."""
    around = text[max(0, tag.start() - 1) : tag.start()], text[tag.end() : tag.end() + 1]
    return (
        tag[0][-2] not in "/ \"'"
        and "=" not in tag[0]
        and around in {(" ", " "), ("", " "), (" ", "")}
    )
