"""Emphasis where CommonMark sees none: beside punctuation, and with spaces inside its marks."""

from __future__ import annotations

import re
import unicodedata

from newsfeed.markup.code import replaced
from newsfeed.text.paragraphs import paragraph
from newsfeed.text.regex import regex

_CJK = "\u1100-\u11ff\u2e80-\u30ff\u3130-\u318f\u31c0-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_IS_CJK = regex(f"[{_CJK}]").match
_RUN = regex(r"\*\*{0,2}(?![\s*])")  # a literal first: it is sought fastest
_STRONG = regex(
    r"\*\*(?<![\\*]\*\*)(?!\*)(?P<before>[ \u00a0\u202f]*)"
    r"(?P<words>[^*\s`|](?:(?:[^*\n`|]|\n(?![ \t]*(?:\n|[-+#>\d]))){0,2000}[^*\s`|])?)"
    r"(?P<after>[ \u00a0\u202f]*)\*\*(?!\*)"
)
_LETTER = regex(r"[^\W\d_]").search
EDGE = "\x0e"
"""What stands for the edge of a word in the sources that `with_meant_emphasis` returns: no text holds it."""


def with_meant_emphasis(markdown: str) -> str:
    """Return ``markdown`` with emphasis where its marks were meant as such.

    CommonMark 6.2 asks for a space where emphasis meets Chinese, Japanese or Korean punctuation, which
    these languages do not write (commonmark-spec, issue 650): ``**重要：**请`` would keep its
    asterisks. An `EDGE` is put there, which to the parser is a letter. ``**Note :**next`` and
    ``** bold **`` keep them, too: pairs of two asterisks in one paragraph get an `EDGE`, or their spaces
    move out.
    """
    if "*" not in markdown:
        return markdown
    if not markdown.isascii():
        markdown = replaced(markdown, _RUN, _edged)
    return replaced(markdown, _STRONG, _meant) if "**" in markdown else markdown


def _edged(run: re.Match[str]) -> str | None:
    start, end = run.span()
    before, after = run.string[start - 1 : start], run.string[end : end + 1]
    if not before or before in " \t\n\\*" or not (_IS_CJK(before) or _IS_CJK(after)):
        return None
    if _is_mark(before) == _is_mark(after):
        return None
    return f"{EDGE}{run[0]}" if _is_mark(before) else f"{run[0]}{EDGE}"


def _meant(pair: re.Match[str]) -> str | None:
    """Return strong words with their marks where CommonMark sees them, None where they are there."""
    before, words, after = pair["before"], pair["words"], pair["after"]
    start, end = pair.span()
    ahead, behind = pair.string[start - 1 : start], pair.string[end : end + 1]
    meant = None
    if not before and not after:
        opened = EDGE if ahead.isalnum() and _is_mark(words[0]) else ""
        closed = EDGE if behind.isalnum() and _is_mark(words[-1]) else ""
        if opened or closed:
            meant = f"**{opened}{words}{closed}**"
    elif _LETTER(words) and _are_marks(pair, ahead, behind):
        meant = f"{before if ahead.strip() else ''}**{words}**{after if behind.strip() else ''}"
    # Beside marks of three nobody can tell which two are a pair.
    return None if meant is None or "***" in paragraph(pair.string, start) else meant


def _are_marks(pair: re.Match[str], ahead: str, behind: str) -> bool:
    """Tell whether both marks can be of this pair: one without a space inside has to look like its kind."""
    words = pair["words"]
    opens = not ahead.isalnum() and (pair["before"] or not ahead.strip() or not _is_mark(words[0]))
    closes = not behind.isalnum() and (
        pair["after"] or not behind.strip() or not _is_mark(words[-1])
    )
    return bool((opens or not pair["after"]) and (closes or not pair["before"]))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
