"""Text without markup: a title from its markup, and the text part of a letter."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Literal

from newsfeed.markup.elements.mathml import with_tex
from newsfeed.markup.elements.tags import INLINE, TAG, attribute, closing, name_of, squeeze
from newsfeed.markup.plain.meaning import with_figures_raised
from newsfeed.markup.plain.numbering import Numbering
from newsfeed.markup.plain.tables import Table
from newsfeed.text.characters import without_widthless
from newsfeed.text.regex import regex

Links = Literal["list", "inline", "none"]
_LAID_OUT = ' role="presentation"'
"""What a table bears whose cells are no data (ARIA)."""


_MARKS = {"q": ("“", "”"), "del": ("~~", "~~"), "s": ("~~", "~~")}
"""What opens and closes an element in text: struck words without a sign would be said."""
_IDEOGRAPH = "\u2e80-\u2fff\u3003-\u3007\u3012\u3013\u3020-\u30ff\u3100-\u318f\u31a0-\u9fff\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9d\U00020000-\U0003fffd"
_OPENING = "\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d\uff08\uff3b\uff5b\uff5f"
_CLOSING = "\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\u301e\u301f\u30fb\u30fc\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d\uff60\uff61\uff63\uff64"
_WIDE = f"[{_IDEOGRAPH}{_OPENING}{_CLOSING}\uac00-\ud7a3]"
"""Characters of two columns (UAX 11)."""
_MAY_BE_WIDE = regex("[^\x00-\u2e7f]").search
_HANGING = f"[{_CLOSING}\u0300-\u036f\u3099\u309a\ufe00-\ufe0f]*+"
_PIECES = f"[{_OPENING}]++(?:[{_IDEOGRAPH}]{_HANGING})?+|[{_IDEOGRAPH}]{_HANGING}|[^{_IDEOGRAPH}{_OPENING}]++"
"""What no line ends within: a letter with the punctuation that belongs to it, or other words."""


def plain_text(html: str, *, width: int = 72, links: Links = "list") -> str:
    """Return ``html``, as `Body.html` gives it, as text of lines of at most ``width`` characters.

    A word that is longer stays whole, and a non-breaking space is never a line's end. With
    ``links="list"`` a link's text is followed by ``[1]`` and the addresses stand at the end; with
    ``"inline"`` by ``<address>``. Preformatted text keeps its lines.
    """
    writer = _Writer(width, links)
    writer.read(TAG.split(with_figures_raised(with_tex(without_widthless(html)))))
    return writer.text()


def wrapped(text: str, width: int) -> list[str]:
    """Return ``text`` in lines of at most ``width`` columns.

    Lines end at ordinary spaces, and between the letters of scripts that write none between words
    (UAX 14, class ID): those take two columns.
    """
    text = without_widthless(text)
    wide = bool(_MAY_BE_WIDE(text)) and re.search(_WIDE, text) is not None
    lines: list[str] = []
    for part in text.split("\n"):
        line, used = "", 0
        for word in part.split(" "):
            if not word:
                continue
            joint = 1 if line else 0
            for piece in re.findall(_PIECES, word) if wide else (word,):
                size = len(piece) + len(re.findall(_WIDE, piece)) if wide else len(piece)
                if line and used + joint + size > width:
                    lines.append(line)
                    line, used = piece, size
                else:
                    line = f"{line} {piece}" if joint else line + piece
                    used += joint + size
                joint = 0
        lines.append(line)
    # A line that opens with it is a quotation to mail programs (RFC 3676 §4.4).
    return [f" {line}" if line[:1] == ">" else line for line in lines]


def _described(tag: str) -> str:
    """Return the words that stand for a picture."""
    alt = squeeze(unescape(attribute(tag, "alt") or ""))
    return f"[{alt}]" if alt else ""


class _Writer:
    """Writes blocks below each other, each behind the prefixes of what it stands in."""

    def __init__(self, width: int, links: Links) -> None:
        self._width = width
        self._links = links
        self._lines: list[str] = []
        self._words: list[str] = []
        self._prefixes: list[str] = []
        self._first: list[str] = []
        self._numberings: list[Numbering | None] = []
        self._addresses: dict[str, int] = {}
        self._quotations = 0
        self._quoted: list[int] = []
        self._quoted_before: list[int] = []
        self._opened: list[tuple[str, int]] = []
        self._tight = self._loose = False

    def read(self, parts: list[str]) -> None:
        """Read texts and tags in turn."""
        index = 0
        while index < len(parts):
            if index % 2 == 0:
                self._words.append(re.sub(r"[ \t\n\r\f]+", " ", unescape(parts[index])))
                index += 1
                continue
            tag = parts[index]
            name = name_of(tag)
            if tag.startswith("</"):
                self._end(name)
            elif (name == "table" and _LAID_OUT not in tag) or name == "pre" or "footnote-" in tag:
                index = self._whole(name, parts, index)
            elif name == "ol":
                self._flush()
                self._list(Numbering(tag, parts[index + 2 : closing(parts, index) : 2]))
            else:
                self._start(name, tag)
            index += 1
        self._flush()

    def text(self) -> str:
        """Return what was written, and the addresses after it."""
        lines = [line.rstrip(" ") for line in self._lines]
        if self._addresses:
            lines += ["", *(f"[{n}] {url}" for url, n in self._addresses.items())]
        return "\n".join(lines).strip("\n")

    def _start(self, name: str, tag: str) -> None:
        if name == "br":
            self._words.append("\n")
        elif name == "a":
            self._opened.append((unescape(attribute(tag, "href") or ""), len(self._words)))
        elif name == "img":
            self._words.append(_described(tag))
        elif name in _MARKS:
            self._words.append(_MARKS[name][0])
        elif name in {"video", "audio", "source"}:
            src = unescape(attribute(tag, "src") or "")
            self._words.append(f" <{src}> " if src else "")
        elif name == "hr":
            self._block(["* * *"])
        elif name not in INLINE:
            self._flush()
            self._enter(name, tag)

    def _enter(self, name: str, tag: str) -> None:
        if name == "blockquote":
            self._quotations += 1
            self._prefixes.append("> ")
            self._quoted.append(self._quotations)
        elif name == "ul":
            self._list(None)
        elif name == "li":
            self._loose = False
            numbering = self._numberings[-1] if self._numberings else None
            mark = numbering.mark(tag) if numbering else "- "
            self._first.append(mark)
            self._prefixes.append(" " * len(mark))
        elif name == "dd":
            self._prefixes.append("    ")

    def _list(self, numbering: Numbering | None) -> None:
        self._numberings.append(numbering)
        # A list in a list goes on without an empty line.
        self._tight = len(self._numberings) > 1

    def _end(self, name: str) -> None:
        if name == "a" and self._opened:
            self._link(*self._opened.pop())
        elif name in _MARKS:
            self._words.append(_MARKS[name][1])
        elif name in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._heading("=" if name in {"h1", "h2"} else "-")
        elif name not in INLINE:
            self._flush()
            if name in {"blockquote", "li", "dd"} and self._prefixes:
                self._prefixes.pop()
                self._quoted = self._quoted[:-1] if name == "blockquote" else self._quoted
                self._first = self._first[:-1] if name == "li" else self._first
                self._tight = name == "li" and not self._loose
            elif name == "p":
                self._loose = True
            elif name in {"ul", "ol"} and self._numberings:
                self._numberings.pop()
                self._tight = False

    def _link(self, url: str, start: int) -> None:
        self._words.append(self._mark(url, squeeze("".join(self._words[start:]))))

    def _mark(self, url: str, text: str) -> str:
        """Return what tells the address of a link after its ``text``."""
        if not url or self._links == "none" or text == url or text == url.partition(":")[2]:
            return ""
        if self._links == "inline":
            return f" <{url}>"
        number = self._addresses.setdefault(url, len(self._addresses) + 1)
        # The mark stays on the line of the word before it.
        return f"\u00a0[{number}]"

    def _told(self, inside: list[str]) -> list[str]:
        """Return the parts of a table with the addresses of its links and its pictures as words."""
        parts = list(inside)
        opened: list[tuple[str, int]] = []
        for at in range(1, len(parts) - 1, 2):
            tag = parts[at]
            if tag.startswith("<a "):
                opened.append((unescape(attribute(tag, "href") or ""), at))
            elif tag == "</a>" and opened:
                url, start = opened.pop()
                text = squeeze(unescape("".join(parts[start + 1 : at : 2])))
                parts[at + 1] = escape(self._mark(url, text), quote=False) + parts[at + 1]
            elif tag.startswith("<img"):
                parts[at + 1] = escape(_described(tag), quote=False) + parts[at + 1]
        return parts

    def _whole(self, name: str, parts: list[str], index: int) -> int:
        """Write an element that is not read tag by tag; return the index of its end tag."""
        end = closing(parts, index)
        inside = parts[index + 1 : end]
        if name == "table":
            self._flush()
            self._block(Table(self._told(inside)).lines(self._width - len("".join(self._prefixes))))
        elif name == "pre":
            self._flush()
            text = unescape("".join(inside[::2])).strip("\n")
            self._block(["    " + line for line in text.split("\n")])
        elif "footnote-reference" in parts[index]:
            self._words.append(f"\u00a0({squeeze(unescape(''.join(inside[::2])))})")
        elif "footnote-back" not in parts[index]:
            self._start(name, parts[index])
            return index
        return end

    def _heading(self, mark: str) -> None:
        lines = wrapped(squeeze("".join(self._words)), self._room())
        self._words = []
        if any(lines):
            self._block([*lines, mark * max(map(len, lines))])

    def _flush(self) -> None:
        """Write the words that have come so far as a paragraph."""
        text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(self._words))).strip(" \n")
        self._words = []
        if text:
            self._block(wrapped(text, self._room()))

    def _room(self) -> int:
        return max(20, self._width - len("".join(self._prefixes)))

    def _block(self, lines: list[str]) -> None:
        prefix = "".join(self._prefixes)
        first = self._first[-1] if self._first else ""
        if self._lines and not (first and self._tight):
            self._lines.append(self._between())
        written = [prefix + line for line in lines]
        if first:
            self._first[-1] = ""
            at = len(prefix) - len(first)
            written[0] = prefix[:at] + first + written[0][len(prefix) :]
        self._lines += written
        self._quoted_before = list(self._quoted)
        self._tight = False

    def _between(self) -> str:
        """Return the empty line between two blocks, which a quotation's mark runs through."""
        shared = sum(a == b for a, b in zip(self._quoted, self._quoted_before, strict=False))
        if not shared:
            return ""
        marks = [at for at, prefix in enumerate(self._prefixes) if prefix == "> "]
        return "".join(self._prefixes[: marks[shared - 1] + 1]).rstrip(" ")
