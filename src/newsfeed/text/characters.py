"""The characters that XML and HTML cannot hold, and text without them."""

from __future__ import annotations

from newsfeed.text.regex import regex

NOT_IN_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What XML 1.0 §2.2 (Char) leaves out, as a character set of an expression."""
NOT_IN_HTML = NOT_IN_XML + "\x7f-\x84\x86-\x9f"
"""That, and the controls which the HTML standard refuses beside (C1 and DEL, but for NEL)."""

WHITE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u180e\u200b\u2060\ufeff"
)
"""White space of Unicode (White_Space), and the marks of no width that only part words or lines."""
CONTROLS = regex("[\x00-\x1f\x7f\u2028\u2029]+")
"""Line ends and other controls, which no header of a message can hold."""
_WIDTHLESS = regex("[\u00ad\u200b\u2060\ufeff]")
_NOT_IN_XML = regex(f"[{NOT_IN_XML}]")
_NOT_IN_HTML = regex(f"[{NOT_IN_HTML}]")
_CONTROLS = bytes({*range(32)} - {9, 10, 13})
_CONTROLS_AND_DEL = _CONTROLS + b"\x7f"
_C1 = regex(rb"\xc2[\x80-\x84\x86-\x9f]")
_PAIR = regex("[\ud800-\udbff][\udc00-\udfff]")
_LINE_ENDS = regex("\r\n?|[\x0b\x0c]")
_SPACES = regex("[ \t\n\x85\u2028\u2029]+")


_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""What turns the direction of the text after it (UAX 9 §2): it can show a name as another one."""
OVERRIDES = regex("[\u202a-\u202e\u2066-\u2069]")
"""Those of them that no header of a message needs: they would turn what comes after it, too."""
_NOT_SHOWN = regex(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff{_TURNING}]")
_COMMAND = regex(r"(?m)^(\s*)(::|##\[)")


def visible(text: str) -> str:
    """Return ``text`` on one line, with escapes for what a terminal or a service of CI would obey.

    Controls, line ends and marks of direction become ``\\x1b``, ``\\n``, ``\\u202e``.
    """
    if text.isprintable() and text.isascii():
        return text
    return _NOT_SHOWN.sub(lambda found: repr(found[0])[1:-1], text)


def visible_lines(text: str) -> str:
    """Return what `visible` does of each line; none of them begins a command of a CI service."""
    shown = "\n".join(map(visible, text.split("\n")))
    return _COMMAND.sub(lambda found: found[1] + found[2].replace(":", "\\x3a"), shown)


def for_xml(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold.

    Two halves of a surrogate pair become their character; a vertical tab, a form feed and a
    carriage return become a line end; every other one is dropped.
    """
    if not _may_hold(text, _CONTROLS) and "\r" not in text:
        return text
    joined = _PAIR.sub(
        lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text
    )
    return _NOT_IN_XML.sub("", _LINE_ENDS.sub("\n", joined))


def without_widthless(text: str) -> str:
    """Return ``text`` without soft hyphens and marks of no width that only say where lines may break.

    Where text has no markup programs show them as hyphens, search misses the word, and filters take
    them for what hides another one. Joiners stay: scripts and emoji need them.
    """
    return text if text.isascii() else _WIDTHLESS.sub("", text)


def one_line(text: str) -> str:
    """Return ``text`` as titles and names stand in XML: on one line, non-breaking spaces kept."""
    return _SPACES.sub(" ", for_xml(text)).strip(" ")


def made_legible(text: str) -> tuple[str, list[int]]:
    """Return ``text`` with ``\\n`` line ends and nothing illegal, and where that was in it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _may_hold(text, _CONTROLS_AND_DEL) and (
        text.isascii() or _C1.search(text.encode()) is None
    ):
        return text, []
    found = [match.start() for match in _NOT_IN_HTML.finditer(text)]
    return without_illegal(text), found


def is_legible(data: bytes) -> bool:
    """Say whether text that XML may hold, and whose UTF-8 ``data`` is, has nothing illegal in it."""
    return data != b"" and b"\x7f" not in data and _C1.search(data) is None


def without_illegal(text: str) -> str:
    """Return ``text`` without the characters that XML or HTML cannot hold."""
    return _NOT_IN_HTML.sub("", text)


def _may_hold(text: str, controls: bytes) -> bool:
    """Say whether ``text`` holds ``controls``, or else what XML cannot; faster than expressions."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        return True
    if len(encoded.translate(None, controls)) != len(encoded):
        return True
    return "\ufffe" in text or "\uffff" in text
