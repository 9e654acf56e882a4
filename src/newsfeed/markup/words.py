"""Words between angle brackets that are no tags: they are text, as their author meant them.

CommonMark 6.6 takes any ``<word>`` for HTML. An HTML parser then puts an element around all that
follows; that of ``<title>`` holds no HTML, and nh3 leaves out what is named as in SVG or MathML
(``<path>``, ``<list>``) with all that it holds. GFM 6.11 escapes some of them for that reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsfeed.markup.allowed import DOCUMENT, KNOWN, LOOKS, TAGS
from newsfeed.markup.shortcodes.code import code_of
from newsfeed.model import BodyFormat

# A comment's beginning, or what may be a tag of an element that is not allowed, up to its first `>`.
_PIECE = re.compile(
    rf"<!--|<(?P<end>/?)(?!(?i:{'|'.join(sorted(TAGS))})[\s/>])(?P<name>[a-zA-Z][^\s<>/]*)(?P<rest>[^<>]*)>"
)
_CLOSING = {
    "": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.I),
    "style": re.compile(r"</style\s*>", re.I),
}
"""What ends a comment or a program, which are one piece each."""
_AUTOLINK = re.compile(r"<(?:[a-zA-Z][\w+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>")
_IN_DESTINATION = re.compile(r"(?:\]\(\s*|\]:\s*)\Z")
_KNOWN = TAGS | KNOWN | LOOKS | DOCUMENT | {"math"}
# Their end tags may be left out (HTML, optional tags), or they have none.
_OPEN_IN_HTML = frozenset({"html", "head", "body", "main", "article", "nav", "option", "optgroup"})
_OPEN_IN_HTML |= {"rp", "rt", "frame", "input", "noframes", "nobr"}


def with_words(text: str, written: BodyFormat) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with words in angle brackets as text, and these words as they are written.

    A word is no tag where HTML does not know it, or would take away what follows it, and where it
    has neither an end tag nor a value of an attribute. In code Markdown escapes it.
    """
    if "<" not in text:
        return text, ()
    pieces = tuple(_pieces(text, written))
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for piece in pieces:
        name = piece["name"].lower()
        if piece["end"]:
            ends[name] = piece.start()
        else:
            starts.setdefault(name, piece.start())
    kept: list[str] = []
    words: list[str] = []
    at = 0
    for piece in pieces:
        name = piece["name"].lower()
        if piece["end"]:
            is_paired = starts.get(name, len(text)) < piece.start()
        else:
            is_paired = ends.get(name, -1) > piece.start()
        if not is_paired and _is_word(piece, written):
            kept += (text[at : piece.start()], "&lt;")
            words.append(piece[0])
            at = piece.start() + 1
    return "".join([*kept, text[at:]]), tuple(dict.fromkeys(words))


def _pieces(text: str, written: BodyFormat) -> Iterator[re.Match[str]]:
    """Yield what may be tags of elements that are not allowed, outside of Markdown's code."""
    code = code_of(text, written)
    for piece in _outside_programs(text):
        if written == "markdown":
            if _is_escaped(text, piece.start()) or _AUTOLINK.match(piece[0]) is not None:
                continue
            if _IN_DESTINATION.search(text[max(0, piece.start() - 9) : piece.start()]):
                continue
            if code.marked_end_at(piece.start()):
                continue
        yield piece


def _outside_programs(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be a tag outside of comments and programs that end."""
    at = 0
    endless: set[str] = set()
    while (piece := _PIECE.search(text, at)) is not None:
        at = piece.end()
        name = (piece["name"] or "").lower()
        if not piece["end"] and name in _CLOSING and name not in endless:
            closing = _CLOSING[name].search(text, at)
            if closing is not None:
                at = closing.end()
                continue
            endless.add(name)  # nor does any after it end
        if name:
            yield piece


def _is_escaped(text: str, at: int) -> bool:
    before = text[max(0, at - 20) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _is_word(piece: re.Match[str], written: BodyFormat) -> bool:
    """Tell whether what may be a tag, and has no other to go with it, is a word."""
    name, rest = piece["name"].lower(), piece["rest"]
    if "=" in rest:
        return False
    if name not in _KNOWN:
        return rest.strip() != "/"
    return not rest.strip(" \n\t/") and not (written == "html" and name in _OPEN_IN_HTML)
