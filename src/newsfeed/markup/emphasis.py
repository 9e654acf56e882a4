"""Emphasis beside the punctuation of Chinese, Japanese and Korean, where CommonMark sees none."""

from __future__ import annotations

import re
import unicodedata

from newsfeed.markup.shortcodes.code import replaced
from newsfeed.text.regex import regex

_CJK = "\u1100-\u11ff\u2e80-\u30ff\u3130-\u318f\u31c0-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_IS_CJK = regex(f"[{_CJK}]").match
_RUN = regex(r"\*\*{0,2}(?![\s*])")  # a literal first: it is sought fastest
EDGE = "\x0e"
"""What stands for the edge of a word in the sources that `with_cjk_emphasis` returns: no text holds it."""


def with_cjk_emphasis(markdown: str) -> str:
    """Return ``markdown`` with an `EDGE` where emphasis meets Chinese, Japanese or Korean punctuation.

    CommonMark 6.2 asks for a space there, which these languages do not write (commonmark-spec, issue
    650): ``**重要：**请`` would keep its asterisks. To the parser the edge is a letter.
    """
    if "*" not in markdown or markdown.isascii():
        return markdown
    return replaced(markdown, _RUN, _edged)


def _edged(run: re.Match[str]) -> str | None:
    start, end = run.span()
    before, after = run.string[start - 1 : start], run.string[end : end + 1]
    if not before or before in " \t\n\\*" or not (_IS_CJK(before) or _IS_CJK(after)):
        return None
    if _is_mark(before) == _is_mark(after):
        return None
    return f"{EDGE}{run[0]}" if _is_mark(before) else f"{run[0]}{EDGE}"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
