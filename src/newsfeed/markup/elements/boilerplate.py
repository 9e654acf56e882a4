"""What a page's style sheet and scripts see to: what it hides, numbers of lines, pictures that load late.

This reads what the sanitiser wrote, which keeps the attributes of `SIGNS` for it.
"""

from __future__ import annotations

import re

from newsfeed.markup.elements.classes import (
    CAPTIONED,
    CAPTIONS,
    HIDDEN_CLASSES,
    HIDDEN_NOW,
    NUMBERS,
    PAGE_TOOLS,
    SHOWS,
)
from newsfeed.markup.elements.mathml import only_mathml
from newsfeed.markup.elements.tags import ATTRIBUTES, TAG, VOID, attribute, closing, name_of
from newsfeed.text.regex import regex

_LATE = (
    "data-src", "data-lazy-src", "data-original", "data-lazy", "data-cookieblock-src", "data-lazyload",
    "data-echo", "data-flickity-lazyload", "data-src-cmplz", "data-cmp-src", "data-large-file",
    "data-orig-file", "data-image", "data-url", "data-img",
)  # fmt: skip
_NOWHERE = frozenset({"", "#", "about:blank"})
_LATE_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set")
SIGNS = frozenset({"aria-hidden", "hidden", "role", "style", *_LATE, *_LATE_SETS})
"""The attributes that tell: none of them is in the body."""
_HIDES = regex(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.I,
)
_TELLING = HIDDEN_CLASSES | HIDDEN_NOW | PAGE_TOOLS | CAPTIONED | CAPTIONS | NUMBERS | {"katex"}
_PERMALINKS = regex(r"[^\w]*", re.S)
_NOTE = regex(r'href="[^"#]*#(?:_?fn|_?ftn|footnote|cite_note|note|sdfootnote)[\w:.-]*"', re.I)
_NOTE_SIGNS = regex(r'class="[^"]*\bfootnote|role="doc-noteref"')
# What says it alone: the role, or the names that Word and LibreOffice give.
_NOTE_ALONE = regex(r'role="doc-noteref"|href="[^"#]*#(?:_ftn|_edn|sdfootnote|sdendnote)\d')
_MARK = regex(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])[\])]?")
_PLACEHOLDER = regex(
    r"(?:^|[/_.-])(?:load(?:ing|er)?|placeholder|blank|spacer|pixel|transparent|empty|dummy|lazy\w*"
    r"|spinner|1x1|gr[ea]y|preload(?:er)?|trans|clear|lqip)(?=[\W_\d])",
    re.I,
)
_PICTURE = regex(r"<(?:img|source|video|audio)\b[^>]* (?:data-|srcset=)[^>]*>")
_LOOK = regex(r' (?:hidden|aria-hidden|style|role|class)="([^"]*)"')
_MAY_TELL = regex(
    r"<(?:math\b|[a-zA-Z][^<>]*?\s(?:class|style|hidden|aria-hidden|role|data-[\w-]+|srcset)\b"
    r"|a\s[^<>]*?#|img\s[^<>]*?(?:width|height)\s*=\s*[\"']?[01](?![\d.]))",
    re.I,
)
_PIXEL = regex(r'<img\b[^>]*? (?:width|height)="[01](?:px)?"')
"""What counts who opens a message, or keeps a place free: nobody sees it."""
_FLAT = regex(r"(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|\Z|!)", re.I)
_CODE = frozenset({"pre", "code"})
_BLOCKS_OF_CAPTIONS = frozenset({"div", "p", "figcaption"})
_OF_ANY = frozenset({"id", "lang", "dir", "title"})
_OF_LINKS = frozenset({"href", "id"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def may_have_boilerplate(text: str) -> bool:
    """Tell whether a source of HTML or Markdown has a tag that `without_boilerplate` looks at."""
    return _MAY_TELL.search(text) is not None


def without_boilerplate(html: str) -> tuple[str, tuple[str, ...]]:
    """Return well-formed ``html`` as a reader is to see it, and the tags of what was hidden in it."""
    if " data-" in html or " srcset=" in html:
        html = _PICTURE.sub(_loaded, html)
    tells = any(map(_tells, set(_LOOK.findall(html))))
    if (
        not tells
        and _PIXEL.search(html) is None
        and not any(sign in html for sign in (" hidden=", "<math", "#_ftn", "#_edn", "#sd"))
    ):
        return html, ()
    read = _Reader(TAG.split(html))
    return "".join(read.kept), tuple(dict.fromkeys(read.hidden))


def _tells(value: str) -> bool:
    """Tell whether the value of a class, a style or a role may belong to boilerplate."""
    return (
        value in {"true", "doc-noteref"}
        or "footnote" in value
        or "anchor" in value
        or "link" in value
        or _HIDES.search(value) is not None
        or "user-select" in value
        or _FLAT.search(value) is not None
        or not _TELLING.isdisjoint(value.split())
    )


def _is_numbered(inside: list[str]) -> bool:
    """Tell whether an element holds the numbers of lines, and none of the lines themselves."""
    return not "".join(inside[::2]).strip("0123456789 \n\t|")


class _Reader:
    """Takes texts and tags in turn, and keeps what is no boilerplate."""

    def __init__(self, parts: list[str]) -> None:
        self.kept = [parts[0]]
        self.hidden: list[str] = []
        self._parts = parts
        self._has_formula = False  # of which a half for style sheets may follow
        self._open: list[str] = []
        index = 1
        while index < len(parts):
            index = self._take(index)

    def _take(self, index: int) -> int:
        """Take the tag at ``index`` and the text after it, or its whole element; return the next one."""
        parts, tag = self._parts, self._parts[index]
        name = name_of(tag)
        put: str | None = None
        end = index
        if tag[1] == "/":
            if self._open:
                self._open.pop()
        elif name == "math":
            end = closing(parts, index)
            put = only_mathml(parts[index : end + 1])
            self._has_formula = True
        elif " " in tag or name in {"sup", "table"}:
            end = index if name in VOID else closing(parts, index)
            put = self._instead(name, tag, parts[index + 1 : end])
            if put is None and name in _BLOCKS_OF_CAPTIONS:
                self._captioned(index, end)
                tag = parts[index]
        if put is None:
            if tag[1] != "/" and name not in VOID:
                self._open.append(name)
            self.kept += (tag, parts[index + 1])
            return index + 2
        if not put and not _HEADINGS.isdisjoint(self._open):
            self.kept[-1] = self.kept[-1].rstrip()
        self.kept += (put, parts[end + 1])
        return end + 2

    def _instead(self, name: str, tag: str, inside: list[str]) -> str | None:
        """Return what stands for an element, None where it stays."""
        words = frozenset((attribute(tag, "class") or "").split())
        style = attribute(tag, "style") or ""
        if "katex-html" in words:
            has_formula, self._has_formula = self._has_formula, False
            return "" if has_formula else None
        self._has_formula = self._has_formula and "katex" not in words
        if ' hidden="' in tag or _HIDES.search(style) or _is_hidden(words, tag):
            self.hidden.append(f"<{name}")
            return ""
        if name == "img" and (_PIXEL.match(tag) or _FLAT.search(style)):
            self.hidden.append(f"<{name}")
            return ""
        if not PAGE_TOOLS.isdisjoint(words):
            return ""
        is_silent = attribute(tag, "aria-hidden") == "true"
        if not _CODE.isdisjoint(self._open):
            is_number = not NUMBERS.isdisjoint(words) or "user-select" in style
            return "" if is_silent or (is_number and _is_numbered(inside)) else None
        if name == "a":
            return self._link(tag, inside, is_silent=is_silent)
        if name == "sup":
            return self._mark(tag, inside)
        if name == "table":
            code = _code_of(inside)
            return code if code is None else _target(tag) + code
        if not NUMBERS.isdisjoint(words) and _is_numbered(inside):
            return ""
        return None

    def _captioned(self, start: int, end: int) -> None:
        """Make a figure of an element that is called one, and holds a picture and a caption."""
        parts = self._parts
        if CAPTIONED.isdisjoint((attribute(parts[start], "class") or "").split()):
            return
        inside = range(start + 2, end, 2)
        captions = [
            index
            for index in inside
            if ' class="' in parts[index]
            and name_of(parts[index]) in _BLOCKS_OF_CAPTIONS
            and not CAPTIONS.isdisjoint((attribute(parts[index], "class") or "").split())
        ]
        if len(captions) == 1 and sum(parts[index].startswith("<img") for index in inside) == 1:
            caption = captions[0]
            parts[closing(parts, caption)] = "</figcaption>"
            parts[caption] = _with(parts[caption], "figcaption", _OF_ANY)
            parts[start], parts[end] = _with(parts[start], "figure", _OF_ANY), "</figure>"

    def _link(self, tag: str, inside: list[str], *, is_silent: bool) -> str | None:
        """Return what stands for a heading's link to itself, or a mark of a note without ``<sup>``."""
        text = "".join(inside[::2])
        is_sign = _PERMALINKS.fullmatch(text) is not None
        in_heading = not _HEADINGS.isdisjoint(self._open) and ' href="' in tag and "#" in tag
        is_own = is_sign and (is_silent or "headerlink" in (attribute(tag, "class") or ""))
        if is_own or (in_heading and (is_silent or is_sign)):
            return _target(tag)
        is_note = _NOTE_ALONE.search(tag) is not None or (
            _NOTE_SIGNS.search(tag) is not None and _NOTE.search(tag) is not None
        )
        if is_note and "sup" not in self._open and _MARK.fullmatch(text.strip()):
            link = _with(tag, "a", _OF_LINKS)
            return f'<sup class="footnote-reference">{link}{text.strip()}</a></sup>'
        return None

    def _mark(self, tag: str, inside: list[str]) -> str | None:
        """Return the mark of a note as our own notes have it."""
        links = [each for each in inside[1::2] if each.startswith("<a ")]
        text = "".join(inside[::2]).strip()
        if len(links) != 1 or not (_NOTE.search(links[0]) or _NOTE_SIGNS.search(tag)):
            return None
        if not _MARK.fullmatch(text):
            return None
        name = attribute(tag, "id")
        ids = f' id="{name}"' if name else ""
        link = _with(links[0], "a", _OF_LINKS)
        return f'<sup class="footnote-reference"{ids}>{link}{text}</a></sup>'


def _is_hidden(words: frozenset[str], tag: str) -> bool:
    """Tell whether the classes of ``tag`` hide it at every width, and no reader can unfold it."""
    if not HIDDEN_CLASSES.isdisjoint(words):
        return True
    if HIDDEN_NOW.isdisjoint(words) or attribute(tag, "role") == "tabpanel":
        return False
    return not any(map(SHOWS.fullmatch, words))


def _with(tag: str, name: str, keys: frozenset[str]) -> str:
    """Return a start tag called ``name`` with those attributes of ``tag`` that ``keys`` holds."""
    kept = (f' {key}="{value}"' for key, value in ATTRIBUTES.findall(tag) if key in keys)
    return f"<{name}{''.join(kept)}>"


def _target(tag: str) -> str:
    """Return what links to the element of ``tag`` lead to when it is gone; nothing without an id."""
    name = attribute(tag, "id")
    return f'<span id="{name}"></span>' if name else ""


def _code_of(inside: list[str]) -> str | None:
    """Return the code of a table that has the numbers of its lines in another cell, else None."""
    cells = [index for index in range(1, len(inside), 2) if inside[index].startswith("<td")]
    if not cells or any(each.startswith("<th") for each in inside[1::2]):
        return None
    codes: list[str] = []
    numbers = 0
    for index in cells:
        cell = inside[index + 1 : closing(inside, index)]
        text = "".join(cell[::2])
        starts = [n for n in range(1, len(cell), 2) if cell[n].startswith("<pre")]
        if text.strip() and not text.strip("0123456789 \n\t|"):
            numbers += 1
        elif len(starts) == 1:
            start = starts[0]
            codes.append("".join(cell[start : closing(cell, start) + 1]))
        else:
            return None
    if len(codes) != 1 or not numbers:
        return None
    return codes[0]


def _loaded(tag: re.Match[str]) -> str:
    """Return a picture's tag with the address that a script would give it."""
    named = dict(ATTRIBUTES.findall(tag[0]))
    late = next((named[key] for key in _LATE if _is_address(named.get(key, ""))), "")
    late_set = next((named[key] for key in _LATE_SETS if named.get(key)), "")
    src, srcset = named.get("src", ""), named.get("srcset", "")
    is_lazy = "lazy" in named.get("class", "") or _PLACEHOLDER.search(src.rpartition("/")[2])
    if late and (src in _NOWHERE or is_lazy):
        src = late
    if late_set and (not srcset or is_lazy or srcset.startswith("data:")):
        srcset = late_set
    if srcset and not src and tag[0].startswith("<img"):
        src = srcset.rpartition(",")[2].split()[0] if srcset.rpartition(",")[2].split() else ""
    if (src, srcset) == (named.get("src", ""), named.get("srcset", "")):
        return tag[0]
    found = {"src": src, "srcset": srcset}
    kept = {**{key: value for key, value in found.items() if value}, **named, **found}
    attributes = (f' {key}="{value}"' for key, value in kept.items() if value or key not in found)
    return f"<{name_of(tag[0])}{''.join(attributes)}>"


def _is_address(value: str) -> bool:
    return bool(value) and " " not in value and ("/" in value or "." in value)
