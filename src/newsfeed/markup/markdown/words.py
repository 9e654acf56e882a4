"""Words between angle brackets that are no tags: they are text, as their author meant them.

CommonMark 6.6 takes any ``<word>`` for HTML. An HTML parser then puts an element around all that
follows; that of ``<title>`` holds no HTML, and nh3 leaves out what is named as in SVG or MathML
(``<path>``, ``<list>``) with all that it holds. GFM 6.11 escapes some of them for that reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from newsfeed.markup.code import code_of
from newsfeed.markup.elements.allowed import DOCUMENT, EMPTIED, KNOWN, LOOKS, TAGS
from newsfeed.markup.elements.tags import INLINE, VOID
from newsfeed.model import BodyFormat
from newsfeed.text.regex import regex

_DECLARATION = (
    r"(?P<declared>!\[CDATA\[|!DOCTYPE\b|!(?:ELEMENT|ATTLIST|ENTITY|NOTATION)\b|\?[a-z=])[^<>]*+>?"
)
_TAG = r"(?P<name>[a-z][^\s<>/]*+)(?P<rest>[^<>]*+)>"
_PIECE = regex(rf"<!--|<{_DECLARATION}|<(?P<end>/?){_TAG}", re.I)
"""A comment's beginning, a declaration, or what may be a tag, up to its first `>`."""
_OTHER = regex(
    rf"<!--|<{_DECLARATION}|<(?P<end>/?)(?!(?:{'|'.join(sorted(TAGS))})[\s/>]){_TAG}", re.I
)
"""The same, without the tags of elements that an article may hold."""
_CLOSING = {
    "": regex("-->"),
    "script": regex(r"</script\s*>", re.I),
    "style": regex(r"</style\s*>", re.I),
}
"""What ends a comment or a program, which are one piece each."""
_AUTOLINK = regex(r"<(?:[a-zA-Z][\w+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>")
_IN_DESTINATION = regex(r"(?:\]\(\s*|\]:\s*)\Z")
_KNOWN = TAGS | KNOWN | LOOKS | DOCUMENT | {"math"}
# Their end tags may be left out (HTML, optional tags), or they have none.
_OPEN_IN_HTML = frozenset({"html", "head", "body", "main", "article", "nav"})
_OPEN_IN_HTML |= {"rp", "rt", "frame", "input", "noframes", "nobr"}
_WITHIN = {
    **dict.fromkeys(("option", "optgroup"), ("select", "datalist", "optgroup")),
    **dict.fromkeys(("li",), ("ul", "ol", "menu", "dir")),
    **dict.fromkeys(("dt", "dd"), ("dl",)),
    **dict.fromkeys(
        ("tr", "td", "th", "thead", "tbody", "tfoot", "caption", "col", "colgroup"), ("table",)
    ),
    "input": ("form", "label", "fieldset"),
    **dict.fromkeys(("source", "track"), ("picture", "audio", "video")),
}
"""What an element means something in; there its end tag may be left out."""
_SWALLOWING = EMPTIED - {"embed", "iframe", "head", "option", "noframes", "applet"}
"""Without an end tag they take all that follows along, whatever attributes they have."""
_OF_PAGES = frozenset({"html", "head", "body", "meta", "link", "base", "input"})
"""What says nothing in the middle of a sentence, but of itself."""
_BLOCK = regex(
    r"^[ \t]*+(?:>[ \t]*+|(?:[*+-]|\d{1,9}[.)])[ \t]++)*+</?(?:address|article|aside|base|basefont"
    r"|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption"
    r"|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu"
    r"|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot"
    r"|th|thead|title|tr|track|ul)(?=[\s/>])",
    re.I | re.M,
)
"""A line that begins a block of HTML (CommonMark 4.6, condition 6)."""
_BLOCK_END = regex(r"\n[ \t>]*+(?=\n|\Z)|\n(?=[ \t]*+(?:[*+-]|\d{1,9}[.)])[ \t])")
_PAIR_OF_WORDS = regex(
    r"<([a-zA-Z]\w*)>\s{1,9}(?:and|et|und|y|e|or|ou|oder|o|to|à|bis|a|…|\.\.\.|/|–|-)\s{1,9}</\1>",
    re.I,
)
"""Tags that are spoken of together: "between ``<b>`` and ``</b>``"."""
_GOES_ON = regex(r"[ \t]+(\w)")
_BEFORE_WORD = frozenset(" \t\n([{\"'«“‘‹|\u00a0\u202f")
_AFTER_WORD = frozenset(" \t\n.,;:!?…)]}\"'»”’›|\u00a0\u202f")
_MAY_BE_TAG = regex(r"<(/?)([a-zA-Z][^\s<>/]*+)([^<>]*+)")
_DECLARED = regex(r"<(?:!\[CDATA|!DOC|!E|!ATT|!NOT|\?)", re.I)
_BOOLEANS = (
    "allowfullscreen async autofocus autoplay checked compact controls default defer disabled "
    "formnovalidate hidden inert inline ismap itemscope loop markdown multiple muted nohref "
    "nomodule noresize noshade novalidate nowrap open playsinline readonly required reversed "
    "seamless selected typemustmatch disablepictureinpicture disableremoteplayback "
    "mozallowfullscreen webkitallowfullscreen webkitdirectory contenteditable controlslist "
    "crossorigin draggable popover preload spellcheck nodownload nofullscreen noplaybackrate "
    "noremoteplayback"
)
_BOOLEAN = frozenset(_BOOLEANS.split())
"""Attributes without a value: HTML's boolean ones, those of former versions and of browsers.

Then those to which HTML gives a meaning without a value, and what people write without the
`controlslist` that it belongs to.
"""
_STOPS = frozenset(".,;:!?)")
_SPOKEN_BREAK = regex(r" <br\s?/?>[.,;:!?)]", re.I)
_LOOKED_BACK = 40
_SHOWN = 60


def has_declarations(text: str) -> bool:
    """Tell whether there may be declarations, which HTML takes away."""
    return _DECLARED.search(text) is not None


def has_lone_tags(text: str) -> bool:
    """Tell whether tags of elements that an article may hold are not closed in turn.

    So are empty ones without attributes, and tags that are spoken of together.
    """
    depths: Counter[str] = Counter()
    for end, written, rest in _MAY_BE_TAG.findall(text):
        name = written.lower()
        if name not in TAGS:
            continue
        is_bare = rest in {"", "/", " /"}
        if not is_bare and _has_words(rest):
            return True
        if name not in VOID:
            depths[name] += -1 if end else 1
            if depths[name] < 0:
                return True
        elif is_bare and name != "br":
            return True
    return (
        any(depths.values())
        or _SPOKEN_BREAK.search(text) is not None
        or _PAIR_OF_WORDS.search(text) is not None
    )


def with_words(text: str, written: BodyFormat, *, lone: bool = True) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with words in angle brackets as text, and these words as they are written.

    A word is no tag where HTML does not know it, or would take away what follows it, and where it
    has neither an end tag nor a value of an attribute. In a sentence of Markdown what HTML knows
    is a word as well without its end tag, where ``lone`` says that there are such. In code Markdown
    escapes it.
    """
    if "<" not in text:
        return text, ()
    reading = _Reading(text, written, lone=lone and written == "markdown")
    kept: list[str] = []
    words: list[str] = []
    at = 0
    for piece in reading.words():
        kept += (text[at : piece.start()], "&lt;")
        words.append(piece[0] if len(piece[0]) <= _SHOWN else piece[0].split(maxsplit=1)[0])
        at = piece.start() + 1
    return "".join([*kept, text[at:]]), tuple(dict.fromkeys(words))


class _Reading:
    """The tags of ``text``, which of them belong together, and where blocks of HTML stand."""

    def __init__(self, text: str, written: BodyFormat, *, lone: bool) -> None:
        self._text = text
        self._is_markdown = written == "markdown"
        self._pieces = tuple(_pieces(text, written, _PIECE if lone else _OTHER))
        self._paired = _paired(text, self._pieces, is_markdown=self._is_markdown)
        self._inside: Counter[str] = Counter()
        self._starts: list[int] = []
        self._ends: list[int] = []
        if lone:
            self._read_blocks()

    def words(self) -> Iterator[re.Match[str]]:
        """Yield what may be tags and is text."""
        for index, piece in enumerate(self._pieces):
            if index in self._paired:
                self._inside[piece["name"].lower()] += -1 if piece["end"] else 1
            elif piece["declared"]:
                if self._is_said(piece):
                    yield piece
            elif self._is_word(piece):
                yield piece

    def _read_blocks(self) -> None:
        """Find the blocks of HTML, from their first tag to the line that ends them."""
        at = 0
        while (block := _BLOCK.search(self._text, at)) is not None:
            end = _BLOCK_END.search(self._text, block.end())
            at = end.start() if end is not None else len(self._text)
            self._starts.append(block.start() + block[0].rindex("<"))
            self._ends.append(at)

    def _is_said(self, piece: re.Match[str]) -> bool:
        """Tell whether a declaration stands among words, and not where a document or a file begins."""
        before = self._text[max(0, piece.start() - _LOOKED_BACK) : piece.start()]
        after = self._text[piece.end() : piece.end() + _LOOKED_BACK].lstrip(" \t")
        is_first = not before.strip() or before.rstrip().endswith("-->")
        begins_line = not before.rpartition("\n")[2].strip()
        if is_first and after[:1] in {"", "\n", "<"}:
            return False
        if not self._is_markdown and not piece["declared"].lower().endswith("doctype"):
            return False
        return not (begins_line and after.lstrip()[:1] == "<")

    def _is_word(self, piece: re.Match[str]) -> bool:
        """Tell whether what may be a tag, and has no other to go with it, is a word."""
        name, rest = piece["name"].lower(), piece["rest"]
        if any(self._inside[each] for each in _WITHIN.get(name, ())):
            return False
        if name in TAGS:
            return self._is_word_of_prose(piece, name)
        if name in {"option", "optgroup"} or (name in _SWALLOWING and not piece["end"]):
            return True
        if self._is_markdown and name in _OF_PAGES and self._is_amid(piece):
            return True
        if "=" in rest:
            return False
        if name not in _KNOWN:
            return rest.strip() != "/"
        return self._is_markdown or (not rest.strip(" \n\t/") and name not in _OPEN_IN_HTML)

    def _is_word_of_prose(self, piece: re.Match[str], name: str) -> bool:
        """Tell whether a tag that an article may hold is spoken of in a sentence, or is sloppy."""
        text, start = self._text, piece.start()
        block = bisect_right(self._starts, start) - 1
        if name == "br":
            return text[start - 1 : start] == " " and text[piece.end() : piece.end() + 1] in _STOPS
        if block >= 0 and start < self._ends[block]:
            goes_on = _GOES_ON.match(text, piece.end())
            begins = self._starts[block] == start and "=" not in piece["rest"]
            is_word = begins and goes_on is not None and goes_on[1].islower()
            if is_word:
                self._ends[block] = start  # it begins a sentence then
            return is_word
        if "=" in piece["rest"]:
            is_block = name not in INLINE and name not in VOID and name not in {"audio", "video"}
            return is_block and self._is_amid(piece)
        after = text[piece.end() : piece.end() + 1]
        if not piece["end"] and (name == "img" or (name != "p" and name not in VOID)):
            return True
        # What stands close to a word is an end tag too many, or parts two paragraphs.
        return (not piece["end"] and after in _STOPS) or (
            (not start or text[start - 1] in _BEFORE_WORD) and (not after or after in _AFTER_WORD)
        )

    def _is_amid(self, piece: re.Match[str]) -> bool:
        """Tell whether words stand before a tag on its line, as in the middle of a sentence."""
        before = self._text[max(0, piece.start() - _LOOKED_BACK) : piece.start()]
        words = before.rpartition("\n")[2].rstrip()
        return words.strip(" \t>*+-.)0123456789") != "" and words[-1] != ">"


def _paired(text: str, pieces: Sequence[re.Match[str]], *, is_markdown: bool) -> frozenset[int]:
    """Return the numbers of the ``pieces`` that are a start tag and its end tag."""
    spoken = {each.start() for each in _PAIR_OF_WORDS.finditer(text)} if is_markdown else set()
    opened: dict[str, list[int]] = {}
    paired: set[int] = set()
    for index, piece in enumerate(pieces):
        if piece["declared"] or (is_markdown and _has_words(piece["rest"])):
            continue
        starts = opened.setdefault(piece["name"].lower(), [])
        if not piece["end"]:
            starts.append(index)
        elif starts:
            start = starts.pop()
            if pieces[start].start() not in spoken:
                paired |= {start, index}
    return frozenset(paired)


def _has_words(rest: str) -> bool:
    """Tell whether words stand in a tag that are no attributes: ``<b and c>``, ``<T extends U>``.

    One attribute of HTML among them shows that it is a tag, whatever else stands there.
    """
    if "=" in rest:
        return False
    said = rest.lower().strip("/").split()
    return any("-" not in each for each in said) and _BOOLEAN.isdisjoint(said)


def _pieces(text: str, written: BodyFormat, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what may be tags, as ``pattern`` finds them, outside of Markdown's code."""
    code = code_of(text, written)
    for piece in _outside_programs(text, pattern):
        if written == "markdown":
            if _is_escaped(text, piece.start()) or _AUTOLINK.match(piece[0]) is not None:
                continue
            if _IN_DESTINATION.search(text[max(0, piece.start() - 9) : piece.start()]):
                continue
            if code.marked_end_at(piece.start()):
                continue
        yield piece


def _outside_programs(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what may be a tag outside of comments and programs that end."""
    at = 0
    endless: set[str] = set()
    while (piece := pattern.search(text, at)) is not None:
        at = piece.end()
        name = (piece["name"] or "").lower()
        if not piece["end"] and not piece["declared"] and name in _CLOSING and name not in endless:
            closing = _CLOSING[name].search(text, at)
            if closing is not None:
                at = closing.end()
                continue
            endless.add(name)  # nor does any after it end
        if name or piece["declared"]:
            yield piece


def _is_escaped(text: str, at: int) -> bool:
    before = text[max(0, at - 20) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
