"""The typography of what is published: non-breaking spaces, quotation marks, apostrophes.

French follows the *Lexique des règles typographiques en usage à l'Imprimerie nationale*: a thin
non-breaking space (U+202F) before ``; ! ?``, a word's non-breaking space (U+00A0) before ``:`` and
inside ``« »``. English gets curly quotation marks. Letters and digits never change, and what is
right stays: the same function twice is the same text.

The rules work on the texts of HTML joined by edges where tags stood, so that they see across
``<em>`` and never across a paragraph, and at the speed of a few replacements. Bare tags of block
elements may stand for themselves, as ``<p>``: their angle brackets are edges too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape

from newsfeed.text.regex import regex

# None is ever in a text. The edge of a block is white space to `str.split` and to ``\s``; an
# element of code, which is left out, is not.
INLINE_EDGE, BLOCK_EDGE, CODE = "\x00", "\x1e", "\x01"
WIDE, THIN = "\u00a0", "\u202f"

_APOSTROPHE = regex(r"'(?:(?<=[^\W\d_]')|(?<=[^\W\d_]\x00'))(?=[\w\x00\x01«“\"])")
_ELLIPSIS = regex(r"\.\.\.(?<![./]\.\.\.)(?![./])")
_PAIR = regex(r"\"(?<![\w=\"]\")(?=[^\s\"\x1e<])([^\"«»“”\x1e<]*[^\s\"«»“”\x1e<])\"(?![\w\"])")
_ADDRESS_MARKS = (regex("://"), regex(r"www\."))
_ADDRESS_START = regex(r"(?:(?<![a-z])[a-z]{2,12}://|www\.)\Z")
_ADDRESS_REST = regex(r"[^\s\x00\x01\x1e<«»]+")
_SPACES = " \n\u00a0\u202f"
_BLOCK_EDGES = frozenset((BLOCK_EDGE, ">"))
_SPACES_OR_EDGE = frozenset(("", *_SPACES, *_BLOCK_EDGES))
_KEPT_BY = {";": THIN, "!": THIN, "?": THIN, ":": WIDE, "»": WIDE, "%": WIDE, "€": WIDE}
_ENTITIES = ("&amp", "&lt", "&gt")
# What may follow a mark that lacks its space: nothing else, for the mark may be part of a word.
_AFTER = {
    "!": frozenset(' \n\u00a0\u202f»”"’)]\x00\x01\x1e<'),
    "?": frozenset(' \n\u00a0\u202f»”"’)]\x00\x01\x1e<'),
    ";": frozenset("» \n\u00a0\u202f\x1e<"),
    ":": frozenset("» \n\u00a0\u202f«\x00\x01\x1e<"),
}
_NEVER_AFTER_OPENING = frozenset(("»", BLOCK_EDGE, "<"))
_CLOSERS = frozenset(")]»”’…%€")

_SINGLE = regex(
    r"'(?<![^\s\x00\x01\x1e>(\[{—–/“-]')(?=[\x00\x01]*\w)(?!\d\ds?\b|(?:tis|twas|em|til|cause|n)\b)"
    r"(?=(?:[^'\x1e<]|'(?=\w)){1,300}'(?!\w))"
)
_CLOSING_SINGLE = regex(
    r"'(?<![\s\x1e>\d]')(?<!^')|'(?<=\d')(?=s\b)|'(?=\d\ds?\b|(?:tis|twas|em|til|n)\b)"
)
_APOSTROPHES = frozenset(
    ["br", "ca", "co", "de", "es", "eu", "gl", "it", "lb", "nl", "oc", "pt", "rm"]
)


def typeset(text: str, language: str) -> str:
    """Return plain ``text`` as ``language`` prints it."""
    rules = rules_of(language)
    if "<" not in text and ">" not in text:
        return rules(text)
    return unescape(rules(escape(text, quote=False)))


@lru_cache(maxsize=256)
def rules_of(language: str) -> Callable[[str], str]:
    """Return what typesets the texts of HTML, joined by edges; the edges stay where they are."""
    base = language.lower().partition("-")[0]
    if base == "fr":
        return _french
    if base == "en":
        return _english
    return _common if base in _APOSTROPHES else as_written


def as_written(text: str) -> str:
    """Return ``text`` as it is."""
    return text


def _common(text: str) -> str:
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    return text


def _english(text: str) -> str:
    if "..." in text:
        text = _ELLIPSIS.sub("…", text)
    if '"' in text:
        text = _PAIR.sub(r"“\1”", text)
    if "'" in text:
        text = _CLOSING_SINGLE.sub("’", _SINGLE.sub("‘", text))
    return text


def _french(text: str) -> str:
    text = _common(text)
    if '"' in text:
        text = _PAIR.sub("«\u00a0\\1\u00a0»", text)
    if "://" in text or "www." in text:
        first, *pieces = _parted_at_addresses(text)
        # What follows an address follows a word.
        pieces[1::2] = [_french_spaces("x" + piece)[1:] for piece in pieces[1::2]]
        return "".join([_french_spaces(first), *pieces])
    return _french_spaces(text)


def _parted_at_addresses(text: str) -> list[str]:
    """Return texts and addresses in turn."""
    # Searches that begin with a fixed text cost a tenth of one that may begin with any letter.
    marks = [found for mark in _ADDRESS_MARKS for found in mark.finditer(text)]
    pieces: list[str] = []
    at = 0
    for mark in sorted(marks, key=re.Match.start):
        if mark.start() < at:
            continue
        start = _ADDRESS_START.search(text, max(at, mark.start() - 12), mark.end())
        rest = _ADDRESS_REST.match(text, mark.end()) if start is not None else None
        if start is not None and rest is not None:
            pieces += (text[at : start.start()], text[start.start() : rest.end()])
            at = rest.end()
    return [*pieces, text[at:]]


def _french_spaces(text: str) -> str:
    for mark, space in _KEPT_BY.items():
        if mark in text:
            text = _space_before(text, mark, space)
    return _space_after_opening(text) if "«" in text else text


def _space_before(text: str, mark: str, space: str) -> str:
    # Splitting costs what the marks cost; a regular expression costs what the text costs.
    pieces = text.split(mark)
    for index in range(len(pieces) - 1):
        piece = pieces[index]
        last = piece[-1:]
        if last == " " and piece[-2:-1] not in _SPACES_OR_EDGE:
            pieces[index] = piece[:-1] + space
        elif last in _SPACES:
            bare = piece.rstrip(_SPACES)
            if bare and bare[-1] not in _BLOCK_EDGES:
                pieces[index] = bare + space
        elif _lacks_space(piece, mark, pieces[index + 1], last=index == len(pieces) - 2):
            pieces[index] = piece + space
    return mark.join(pieces)


def _lacks_space(piece: str, mark: str, following: str, *, last: bool) -> bool:
    """Tell whether ``mark``, written close after ``piece``, is punctuation and not part of a word.

    ``last`` says that no further ``mark`` comes after ``following``.
    """
    before = piece[-1]
    if before == INLINE_EDGE:
        before = piece[-2:-1]
        if mark != "»" and not before.isalnum():
            return False
    if mark in "%€":
        return False
    if mark == "»":
        return before not in "«\x00\x01\x1e> \n\t\u00a0\u202f"
    if not (before.isalnum() or before in _CLOSERS) or piece.endswith(_ENTITIES):
        return False
    after = following.lstrip("!?") if mark in "!?" else following
    if not after:
        return last or mark in "!?"
    return after[0] in _AFTER[mark]


def _space_after_opening(text: str) -> str:
    pieces = text.split("«")
    for index in range(1, len(pieces)):
        piece = pieces[index]
        bare = piece.lstrip(_SPACES)
        if bare and bare[0] not in _NEVER_AFTER_OPENING:
            pieces[index] = WIDE + bare
    return "«".join(pieces)
