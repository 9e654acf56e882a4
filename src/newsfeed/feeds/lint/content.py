"""The HTML of an item: what readers remove from it, and which of its addresses are not whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from newsfeed.feeds.lint.findings import Findings
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

_UNSAFE = """
    applet base comment embed form frame frameset iframe input link meta noframes object param
    plaintext script style title xmp
"""
UNSAFE_ELEMENTS = frozenset(_UNSAFE.split())
ADDRESSES = frozenset({"action", "cite", "data", "href", "longdesc", "poster", "src", "srcset"})
_SCRIPT_ADDRESS = regex(r"\s*(javascript|vbscript|data:text/html)", re.IGNORECASE)
_UNSAFE_STYLE = regex(
    r"(?:^|;)\s*(position|z-index|top|left|right|bottom|behavior|-moz-binding|transform|filter)"
    r"\s*:|(expression\s*\(|url\s*\(|@import)",
    re.IGNORECASE,
)
_CANDIDATES = regex(r"([^\s,](?:\S*[^\s,])?)(?:\s+[^,]*)?(?:,|$)")
_WHOLE = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")


def check(findings: Findings, html: str, parent: str, line: int, *, based: bool = False) -> None:
    """Note what is wrong with ``html``; ``based`` says that xml:base makes its addresses whole."""
    for code, what in _facts(html):
        if code == "feed-content-relative":
            if not based:
                findings.say(code, line, parent=parent, value=what)
        else:
            findings.say(code, line, parent=parent, what=what)


@lru_cache(maxsize=512)
def _facts(html: str) -> tuple[tuple[str, str], ...]:
    """Return (code, what) for each problem once: the same text stands in several formats."""
    if "<" not in html:
        return ()
    from lxml import etree

    try:
        root = etree.HTML(f"<div>{html}</div>")
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if root is None:
        return ()
    body = root.find("body")
    facts: dict[tuple[str, str], None] = {}
    for element in root.iter(etree.Element):
        if element is not root and element is not body:
            facts.update(dict.fromkeys(_of_element(element)))
    return tuple(facts)


def _of_element(element: Element) -> Iterator[tuple[str, str]]:
    tag = str(element.tag).lower()
    if tag in UNSAFE_ELEMENTS:
        yield "feed-content-unsafe", f"<{tag}>"
    for name, value in element.attrib.items():
        if name.startswith("on"):
            yield "feed-content-unsafe", name
        elif name == "style":
            if unsafe := _UNSAFE_STYLE.search(value):
                yield "feed-content-style", unsafe[0].strip(" ;:(")
        elif name in ADDRESSES:
            yield from _of_address(name, value)


def _of_address(name: str, value: str) -> Iterator[tuple[str, str]]:
    if _SCRIPT_ADDRESS.match(value):
        yield "feed-content-unsafe", value.partition(":")[0].strip() + ":"
        return
    candidates = _CANDIDATES.findall(value) if name == "srcset" else [value]
    for address in candidates:
        if not _WHOLE.match(address.strip()):
            yield "feed-content-relative", address.strip()
