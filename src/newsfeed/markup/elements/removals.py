"""What an article may not hold, and what becomes of it: said once a kind, with its line.

The sanitiser leaves these things out in silence. This reads the same HTML before it, to say so;
what it misses is left out all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsfeed.markup.elements.allowed import DOCUMENT, EMPTIED, KNOWN, LOOKS, MATHML, TAGS
from newsfeed.text.regex import regex

_HARMLESS = TAGS | DOCUMENT
# What has no place in a body, but whose text is text, is not among them.
_ELEMENTS = (TAGS | KNOWN | LOOKS | DOCUMENT) - {"title", "textarea", "xmp", "plaintext"}
_KEPT = (
    TAGS
    | EMPTIED
    | frozenset(["input", "meta", "link", "base", "area", "param", "frame", "keygen", "bgsound"])
)
_HIDES = regex(
    r"\s(?:hidden(?=[\s=/>])|style\s*=\s*[\"'][^\"'<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden)"
    r"|class\s*=\s*[\"'][^\"'<>]*(?:sr-only|visually-hidden|screen-reader))",
    re.I,
)
_TAG = regex(r"<!--.*?-->|</?([a-zA-Z][^\s/<>]*)[^<>]*>", re.S)
_NAME = regex(r"</?([a-zA-Z][^\s/<>]*)")
_LOST = regex(r"\s(on[a-z]+|style|align|bgcolor)\s*=", re.I)
_LOSING = regex(rf"<[a-zA-Z][^\s<>]*+(?:(?i:(?!{_LOST.pattern}))\s[^\s<>]*+)*+\s")
# An element that holds no HTML, with all that it holds; otherwise a start tag.
_PIECE = regex(
    r"<(script|style|template|svg|select)\b[^<>]*+>.*?(?:</\1\s*>|\Z)"
    r"|<([a-z][^\s/>]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?)*)",
    re.S | re.I,
)


def names_of(html: str) -> frozenset[str]:
    """Return the names of the elements of ``html``, in small letters."""
    return frozenset(name.lower() for name in set(_NAME.findall(html)))


def losses(html: str, names: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return the (code, what) of what the sanitiser leaves out of ``html``, once each, in order.

    ``names`` are those of its elements.
    """
    harmless = _HARMLESS | MATHML.keys() if "math" in names else _HARMLESS
    if harmless.issuperset(names) and _LOSING.search(html) is None:
        return ()
    found: dict[tuple[str, str], None] = {}
    for element, written, attributes in dict.fromkeys(_PIECE.findall(html)):
        name = (element or written).lower()
        if element:
            found["html-removed", name] = None
        elif name in LOOKS:
            found["html-look", f"<{name}>"] = None
        elif name not in harmless and name[:2] != "o:":
            found["html-removed" if name in KNOWN else "html-unknown", name] = None
        for lost in map(str.lower, _LOST.findall(attributes)):
            found[("html-event", lost) if lost[:2] == "on" else ("html-look", f"{lost}=")] = None
    return tuple(found)


def _as_span(tag: re.Match[str]) -> str:
    start, end = tag.span(1)
    return f"{tag[0][: start - tag.start()]}span{tag[0][end - tag.start() :]}"


def _hiding(html: str) -> Iterator[str]:
    """Yield the names of elements that are not kept and hide what they hold."""
    for tag in _TAG.finditer(html):
        name = (tag[1] or "").lower()
        if name and name not in _KEPT and _HIDES.search(tag[0]):
            yield name


def without_unknown(html: str, names: frozenset[str]) -> str:
    """Return ``html`` without the tags of elements that HTML does not have; their content stays.

    One that hides what it holds becomes a ``<span>`` that does, since its own tag will go.
    nh3 leaves out what is named as in SVG or MathML with all that it holds.
    """
    if names <= _KEPT:
        return html
    hides = any(sign in html for sign in ("hidden", "display", "sr-only", "screen-reader"))
    hiding = frozenset(_hiding(html)) if hides else frozenset()
    if hiding:
        html = _TAG.sub(
            lambda tag: _as_span(tag) if (tag[1] or "").lower() in hiding else tag[0], html
        )
    unknown = names - _ELEMENTS - hiding
    if "head" in names:
        unknown -= {"title"}
    if "math" in names:
        unknown -= MATHML.keys()
    if not unknown:
        return html
    return _TAG.sub(lambda tag: "" if (tag[1] or "").lower() in unknown else tag[0], html)
