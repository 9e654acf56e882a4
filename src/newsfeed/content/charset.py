"""The bytes of an article -> its text, and edits of that text -> bytes again.

Two texts of a file exist. The *source* is what its bytes decode to, without a byte-order mark; edits
count in it, so that a mended file keeps its encoding and its line endings. The *text* is the source
with ``\\n`` for every line ending and without the characters that XML forbids; everything else of
the project counts in it.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import accumulate
from typing import Literal

import msgspec

from newsfeed.diagnostics import Edit
from newsfeed.text.characters import NOT_IN_XML
from newsfeed.text.regex import regex

LIMIT = 5 * 1024 * 1024
MAX_LINES = 200_000

Flaw = Literal["", "encoding", "encoding-mixed", "binary"]

_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
# 1 for the bytes that ask for a second look: controls, and "\r".
_ASKS = bytes(byte in b"\r" + _CONTROLS for byte in range(256))
# Above this size each broken byte is not worth a look of its own.
_PATIENCE = 1 << 18
_ILLEGAL = f"[{NOT_IN_XML}]"
_LOST = "\r(?=\n)|[\x00-\x08\x0e-\x1f\ufffe\uffff\ud800-\udfff]"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


_C1 = regex(rb"\xc2[\x80-\x84\x86-\x9f]").search
"""UTF-8 of a control of C1, but for NEL, which ends a line in some texts."""


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A file's text. ``source`` is what edits count in; ``flaw`` is what was wrong with the bytes.

    ``flaw`` is ``encoding`` for bytes of Windows-1252 or Latin-1 alone, ``encoding-mixed`` where
    they stand beside UTF-8, ``binary`` for what is no text. ``flaw_at`` counts in ``source``.
    ``illegal`` are the places in ``source`` of characters that XML forbids. ``data`` are the file's
    bytes where they are the UTF-8 of ``text``.
    """

    text: str
    source: str
    encoding: str = "utf-8"
    mark: bytes = b""
    flaw: Flaw = ""
    flaw_at: int = 0
    illegal: tuple[int, ...] = ()
    data: bytes = b""

    def body(self, start: int) -> bytes:
        """Return the UTF-8 of the text from the character ``start``."""
        if self.data:
            return self.data[len(self.text[:start].encode()) :]
        return self.text[start:].encode("utf-8", "replace")

    def at(self, index: int) -> int:
        """Return the place in ``source`` of the character ``index`` of ``text``."""
        return Places(self).at(index)

    def place(self, index: int) -> tuple[int, int]:
        """Return the line and column, both from 1, of the character ``index`` of ``text``."""
        return Places(self).place(index)


class Places:
    """Where the characters of a text stand: for many of them, since what it looks up is kept."""

    def __init__(self, decoded: Decoded) -> None:
        self.decoded = decoded

    def at(self, index: int) -> int:
        """Return the place in ``source`` of the character ``index`` of ``text``."""
        if self.decoded.source is self.decoded.text:
            return index
        return index + bisect_right(self._lost, 2 * index)

    def place(self, index: int) -> tuple[int, int]:
        """Return the line and column, both from 1, of the character ``index`` of ``text``."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """Return where a line, counted from 1, begins in ``text``."""
        return self._starts[min(line, len(self._starts)) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        rows = self.decoded.text.split("\n")
        return [0, *accumulate(len(row) + 1 for row in rows[:-1])]

    @cached_property
    def _lost(self) -> list[int]:
        """Twice the place in ``text`` of each character that it lost, sorted.

        One more where that is the first character of a line ending, whose place is the first one.
        """
        lost = re.compile(_LOST).finditer(self.decoded.source)
        doubled = (2 * (found.start() - n) + (found[0] == "\r") for n, found in enumerate(lost))
        return list(accumulate(doubled, max))


def text_of(data: bytes) -> str:
    """Return the text of an article's bytes, whatever they are.

    The text has no byte-order mark, ``\\n`` for every line ending, and no character that XML
    forbids (XML 1.0 §2.2).
    """
    return decode(data).text


def legal(text: str) -> str:
    """Return ``text`` without the characters that XML forbids: an escape can name one."""
    return text if text.isprintable() else re.sub(_ILLEGAL, "", text)


def decode(data: bytes) -> Decoded:
    """Return the text of ``data`` with what was wrong in it. Never raises."""
    try:
        source = data.decode()
    except UnicodeDecodeError:
        return _other(data)
    if b"\xc2" in data and _C1(data):
        # Bytes of Windows-1252 that somebody took for Latin-1: U+0092 is an apostrophe (WHATWG HTML,
        # numeric character reference end state, has the same table).
        source = source.translate(_1252())
        data = source.encode()
    # A byte-order mark, U+FFFE and U+FFFF all begin with the byte EF, which few texts have.
    if 1 not in data.translate(_ASKS) and (
        b"\xef" not in data
        or (data[:1] != b"\xef" and "\ufffe" not in source and "\uffff" not in source)
    ):
        return Decoded(text=source, source=source, data=data)
    if data[:3] == codecs.BOM_UTF8:
        return _clean(source[1:], "utf-8", codecs.BOM_UTF8)
    wide = _wide(data)
    if wide is not None:
        return wide
    return _clean(source, "utf-8")


def _other(data: bytes) -> Decoded:
    """Decode what is not UTF-8: UTF-16 and UTF-32 by their mark, else Windows-1252 with a flaw."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            if encoding == "utf-8":
                break
            source = body.decode(encoding, "replace")
            return _clean(source, encoding, mark, *_first(source, "\ufffd"))
    wide = _wide(data)
    if wide is not None:
        return wide
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    body = data[len(mark) :]
    codecs.register_error("newsfeed-1252", _as_1252)
    source = body.decode("utf-8", "newsfeed-1252") if len(body) < _PATIENCE else _all_1252(body)
    if data.count(b"\0") or len(body.translate(None, _CONTROLS)) < 0.95 * len(body):
        return Decoded(text="", source=source, mark=mark, flaw="binary")
    valid = body.decode("utf-8", "ignore")
    flaw: Flaw = "encoding" if valid.isascii() else "encoding-mixed"
    start = len(body[: _first_wrong(body)].decode("utf-8"))
    return _clean(source, "utf-8", mark, flaw, start)


def _wide(data: bytes) -> Decoded | None:
    """Return the text of UTF-16 that has no mark: every other byte of its beginning is zero."""
    head = data[:200]
    for encoding, zeros, letters in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if len(head) >= 8 and head[zeros::2].count(0) > 0.7 * len(head[zeros::2]):
            if head[letters::2].count(0):
                return None
            return _clean(data.decode(encoding, "replace"), encoding)
    return None


def _clean(
    source: str, encoding: str, mark: bytes = b"", flaw: Flaw = "", flaw_at: int = 0
) -> Decoded:
    illegal = tuple(found.start() for found in re.compile(_ILLEGAL).finditer(source))
    if illegal and len(illegal) > 0.05 * len(source) + 8:
        return Decoded(text="", source=source, encoding=encoding, mark=mark, flaw="binary")
    text = re.sub(_LOST, "", source) if illegal else source.replace("\r\n", "\n")
    # A vertical tab is how word processors write a line break inside a paragraph.
    text = text.replace("\r", "\n").replace("\x0b", " ").replace("\x0c", " ")
    if text == source:
        text = source
    return Decoded(
        text=text,
        source=source,
        encoding=encoding,
        mark=mark,
        flaw=flaw,
        flaw_at=flaw_at,
        illegal=illegal,
    )


def _first(source: str, character: str) -> tuple[Flaw, int]:
    at = source.find(character)
    return ("", 0) if at < 0 else ("encoding-mixed", at)


def _first_wrong(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _as_1252(error: UnicodeError) -> tuple[str, int]:
    """Decode the bytes that are not UTF-8 as Windows-1252, as browsers decode Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _all_1252(error.object[error.start : error.end]), error.end


def _all_1252(data: bytes) -> str:
    """Decode every byte as Windows-1252; the five that it leaves undefined are Latin-1's."""
    return data.decode("latin-1").translate(_1252())


@cache
def _1252() -> dict[int, str]:
    undefined = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return {
        byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in undefined
    }


def mend(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return ``data`` with the edits made, each in the file's own encoding and line endings.

    Of edits that overlap the first one is made. A file that was not UTF-8 and bore no byte-order
    mark becomes UTF-8; one of several encodings stays as it is, for someone to look at.
    """
    decoded = decode(data)
    if decoded.flaw in ("binary", "encoding-mixed"):
        return data
    source, end, parts = decoded.source, 0, []
    newline = "\r\n" if "\r\n" in source else "\r" if "\r" in source.replace("\r\n", "") else "\n"
    wanted = set(edits)
    if not wanted:
        return data
    for edit in sorted(wanted, key=lambda each: (each.start, each.end, each.text)):
        if edit.start < end or edit.end > len(source):
            continue
        parts += [source[end : edit.start], edit.text.replace("\n", newline)]
        end = edit.end
    text = "".join([*parts, source[end:]])
    return decoded.mark + text.encode(decoded.encoding, "surrogatepass")
