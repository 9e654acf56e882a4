"""Characters that no output can hold."""

from __future__ import annotations

import re

# XML 1.0 §2.2 (Char), and the C1 controls, which HTML refuses.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})


def made_legible(text: str) -> tuple[str, list[int]]:
    """Return ``text`` with ``\\n`` line ends and nothing illegal, and where that was in it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _suspect(text):
        return text, []
    found = [match.start() for match in _ILLEGAL.finditer(text)]
    return without_illegal(text), found


def is_legible(data: bytes) -> bool:
    """Say whether text that XML may hold, and whose UTF-8 ``data`` is, has nothing illegal in it."""
    return data != b"" and b"\x7f" not in data and _C1.search(data) is None


def without_illegal(text: str) -> str:
    """Return ``text`` without the characters that XML or HTML cannot hold."""
    return _ILLEGAL.sub("", text)


def _suspect(text: str) -> bool:
    """Tell whether ``text`` holds something illegal; far faster than the expression."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        return True
    if len(encoded.translate(None, _CONTROLS)) != len(encoded):
        return True
    return "\ufffe" in text or "\uffff" in text or _C1.search(encoded) is not None


_C1 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
