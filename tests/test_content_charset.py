"""Bytes to text and back: encodings, line endings, forbidden characters, edits."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.content.charset import decode, mend, text_of
from newsfeed.diagnostics import Edit

TEXT = "---\ntitle: Dépistage « à l’heure »\n---\nTexte œuvré.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"\xff\xfe" + TEXT.replace("\n", "\r\n").encode("utf-16-le"),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "bom", "crlf", "cr", "bom-crlf", "utf-16", "16le", "16be", "16-crlf", "utf-32",
         "16le-no-mark", "16be-no-mark"],
)  # fmt: skip
def test_encodings(data: bytes) -> None:
    """Every encoding and line ending gives the same text, without a problem."""
    decoded = decode(data)
    assert (decoded.text, decoded.flaw, decoded.illegal) == (TEXT, "", ())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_old_encodings(encoding: str) -> None:
    """Windows-1252 and Latin-1 are read, with the place of the first letter that tells."""
    text = TEXT.replace("’", "'").replace("œ", "oe")
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.flaw) == (text, "encoding")
    assert text[decoded.flaw_at] == "é"


def test_mixed_encodings() -> None:
    """UTF-8 beside old bytes keeps its letters; what is broken is read as Windows-1252."""
    decoded = decode("déjà ".encode() + "vu à".encode("cp1252"))
    assert (decoded.text, decoded.flaw, decoded.flaw_at) == ("déjà vu à", "encoding-mixed", 8)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), b"%PDF\xe2\0\0\xff" * 40, b"\0" * 99],
)
def test_binary(data: bytes) -> None:
    """What is no text is called so."""
    assert decode(data).flaw == "binary"


def test_forbidden_characters() -> None:
    """Characters that XML forbids leave the text, and their places are known."""
    decoded = decode("Dépis\x02tage\x0bà l\x00’heure \ufffe ".encode() + b"x" * 90)
    assert decoded.text == "Dépistage à l’heure  " + "x" * 90
    assert decoded.illegal == (5, 10, 14, 22)


def test_places_survive() -> None:
    """A place in the text is found again in the source, past what was left out."""
    source = "a\x01b\r\nc\r\n\x02d" + "e" * 200
    decoded = decode(source.encode())
    for index, character in enumerate(decoded.text):
        at = decoded.at(index)
        assert source[at] == character or source[at : at + 2] == "\r\n" or character == "\n"
    assert decoded.place(decoded.text.index("d")) == (3, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ab\r\ncd\r\n", "ab\r\nXY\r\ncd\r\n"),
        ("ab\ncd\n", "ab\nXY\ncd\n"),
        ("ab\rcd\r", "ab\rXY\rcd\r"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_mending_keeps_line_endings(before: str, after: str, encoding: str) -> None:
    """An edit writes the file's own line endings, encoding and byte-order mark."""
    data = before.encode(encoding)
    at = decode(data).at(3)
    assert mend(data, [Edit(start=at, end=at, text="XY\n")]) == after.encode(encoding)


def test_mending_encodes_anew() -> None:
    """A file of an old encoding becomes UTF-8, whatever the edit."""
    assert mend("déjà".encode("cp1252"), [Edit(start=0, end=0, text="")]) == "déjà".encode()


def test_overlapping_edits() -> None:
    """Of edits that overlap the first is made, and the same edit once."""
    edits = [Edit(start=1, end=3, text="X"), Edit(start=2, end=4, text="Y")]
    assert mend(b"abcdef", [*edits, edits[0]]) == b"aXdef"


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """Any bytes give a text that XML allows, and no edit changes no byte of valid UTF-8."""
    decoded = decode(data)
    text = text_of(data)
    assert "\r" not in text and not any(ord(c) < 32 and c not in "\t\n" for c in text)
    assert all(0 <= decoded.at(index) < len(decoded.source) for index in range(len(text)))
    if decoded.flaw == "" and decoded.encoding == "utf-8":
        assert mend(data, []) == data


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """A text comes back from its UTF-8 as it was, but for line endings and forbidden characters."""
    clean = "".join(c for c in text if c.isprintable() or c == "\n").replace("\ufeff", "")
    assert text_of(clean.encode()) == clean


def test_large_files_are_quick() -> None:
    """Five megabytes of anything decode in well under a second."""
    for data in (b"\xe9" * 5_000_000, b"\r\n" * 2_500_000, "\x01é".encode() * 1_600_000):
        start = time.process_time()
        decode(data)
        assert time.process_time() - start < 3


CONTROLS_OF_1252 = {
    "an apostrophe": ("aujourd\x92hui", "aujourd’hui"),
    "quotation marks and a dash": ("\x93oui\x94 \x96 non", "“oui” – non"),
    "the end of a line in some texts": ("a\x85b", "a\x85b"),
    "nothing of Windows-1252": ("é « ok »", "é « ok »"),
}


@pytest.mark.parametrize(("written", "read"), CONTROLS_OF_1252.values(), ids=CONTROLS_OF_1252)
def test_a_control_that_was_windows_1252_is_what_it_was(written: str, read: str) -> None:
    """Text that came through Latin-1 bears U+0092 for ’: every browser shows what was meant."""
    found = decode(written.encode())
    assert found.text == read
    assert found.data == read.encode()
    assert found.flaw == ""
