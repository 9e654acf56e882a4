"""A letter's lxml tree -> compact HTML: no needless space or class, no line longer than mail allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.newsletter.merge_tags import inert, inert_address
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 900
"""Octets of a line; RFC 5322 §2.1.1 allows 998, and relays break longer ones inside a tag."""

_SOON = 600
"""Octets of a line after which it ends inside the next tag, so that texts stay in one piece."""

_PIECE = 200
"""Octets of a part of a word that no line bears whole."""
_SIGN = regex(r"&[#\w]+;|.", re.DOTALL)

_BLOCKS = frozenset({
    "body", "title", "style", "table", "td", "th", "caption", "div", "p", "h1", "h2", "h3", "h4",
    "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr", "br", "pre", "center",
})  # fmt: skip
_STRUCTURE = frozenset({"table", "tbody", "thead", "tfoot", "tr", "html", "head"})
_SPACE = regex(r"[ \t\r\n\f]+")
_TOKEN = regex(r"<!--.*?-->|<style.*?</style>|<[^>]+>|[^<]+", re.DOTALL)
_ON_NEW_LINE = regex(r"</?(?:tr|table|tbody|html|head|body)\b|<(?:td|th|meta|title|style|link)\b")


def compact(root: HtmlElement) -> str:
    """Return ``root`` as HTML in short lines, with what looks like a merge tag in articles made inert."""
    _prune_classes(root)
    _squeeze(root)
    _disarm(root)
    text = etree.tostring(root, method="html", encoding="unicode")
    return fold("<!doctype html>" + text) + "\n"


def _prune_classes(root: HtmlElement) -> None:
    """Keep the classes that a style element or a condition for Outlook names."""
    sheets = [each.text or "" for each in root.iter("style")]
    sheets += [each.text or "" for each in root.iter(etree.Comment)]
    named = set(re.findall(r"\.([A-Za-z][\w-]*)", " ".join(sheets)))
    for element in root.iter(etree.Element):
        if (value := element.get("style")) is not None:
            # cssutils writes double quotes, which the attribute is to stand in.
            value = value.replace('"', "'")
            element.set("style", re.sub(r"\s*([;,])\s*", r"\1", value).strip(";"))
        if (value := element.get("class")) is not None:
            kept = [name for name in value.split() if name in named]
            if kept:
                element.set("class", " ".join(kept))
            else:
                del element.attrib["class"]


def _squeeze(root: HtmlElement) -> None:
    """Take out the white space that no reader sees, and never the one between two words."""
    for element in root.iter(etree.Element):
        if element.tag in ("pre", "style") or any(True for _ in element.iterancestors("pre")):
            continue
        children = list(element)
        first = children[0] if children else element
        element.text = _squeezed(
            element.text, element, opens=_is_block(element), closes=_is_block(first)
        )
        for child, after in zip(children, [*children[1:], element], strict=False):
            child.tail = _squeezed(
                child.tail, element, opens=_is_block(child), closes=_is_block(after)
            )


def _squeezed(text: str | None, parent: HtmlElement, *, opens: bool, closes: bool) -> str:
    """Return a text without idle spaces: never None, or lxml would drop an empty ``</p>``."""
    text = _SPACE.sub(" ", text or "")
    if parent.tag in _STRUCTURE and text == " ":
        return ""
    if opens:
        text = text.lstrip(" ")
    return text.rstrip(" ") if closes else text


def _is_block(element: HtmlElement) -> bool:
    if isinstance(element, etree._Comment):
        return str(element.text).lstrip().startswith(("[if", "<![endif"))
    return element.tag in _BLOCKS


def _disarm(root: HtmlElement) -> None:
    """Make every text and attribute inert: articles must not speak to the mailing service."""
    for element in root.iter(etree.Element):
        if element.tag != "style" and element.text:
            element.text = inert(element.text)
        if element.tail:
            element.tail = inert(element.tail)
        for name, value in element.attrib.items():
            clean = inert_address(value) if name in ("href", "src") else inert(value)
            if clean != value:
                element.set(name, clean)


def fold(html: str) -> str:
    """Return ``html`` in lines of at most ``LONGEST`` octets or little more, shown the same."""
    lines = _Lines()
    previous = ">"
    pre = 0
    for token in _TOKEN.findall(html):
        if token.startswith("<"):
            pre += token.startswith("<pre")
            if not pre and _ON_NEW_LINE.match(token) and previous.startswith("<"):
                lines.end()
            lines.put(_parts_of_tag(token), LONGEST if token.startswith("</") else _SOON)
            pre -= token.startswith("</pre")
        else:
            lines.put(_parts_of_text(token, pre=bool(pre)), LONGEST)
        previous = token
    return "".join(lines.text)


class _Lines:
    """Lines being filled; ``length`` counts the octets of the current one."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0

    def end(self) -> None:
        if self.length:
            self.text.append("\n")
            self.length = 0

    def put(self, parts: Iterator[tuple[str, str, str]], limit: int) -> None:
        """Add parts: (what joins it to the one before, what does on a new line, the part)."""
        for joint, fold_at, part in parts:
            size = len((joint + part).encode())
            if fold_at and self.length and self.length + size > limit:
                self.text.append(fold_at)
                self.length = len(fold_at.rpartition("\n")[2])
                size = len(part.encode())
            else:
                self.text.append(joint)
            self.text.append(part)
            self.length = (
                len(part.rpartition("\n")[2].encode()) if "\n" in part else self.length + size
            )


def _parts_of_tag(token: str) -> Iterator[tuple[str, str, str]]:
    """Yield a tag in parts that may stand on lines of their own: an attribute each."""
    if token.startswith("<!--"):
        yield "", "\n" if token.startswith(("<!--[if", "<!--<![endif")) else "", token
        return
    if token.startswith("<style"):
        yield "", "\n", token
        return
    if token.startswith("</"):
        yield "", "", token[:-1]
        yield "", "\n", ">"
        return
    first, *attributes = _attributes(token)
    yield "", "", first
    for attribute in attributes:
        name, _, value = attribute.partition("=")
        if len(attribute.encode()) > LONGEST and name not in ("href", "src"):
            for word in f"{name}={value}".split(" "):
                for at, piece in enumerate(_pieces(word)):
                    yield ("" if at else " "), "\n", piece
        else:
            yield " ", "\n", attribute


def _attributes(token: str) -> list[str]:
    return re.findall(r"""<[^\s>]+>?|[^\s=>]+=(?:"[^"]*"|'[^']*')/?>?|[^\s>]+>?|>""", token)


def _parts_of_text(token: str, *, pre: bool) -> Iterator[tuple[str, str, str]]:
    """Yield a text word by word; a word that is too long is folded inside a comment."""
    for number, word in enumerate([token] if pre else token.split(" ")):
        joint = " " if number else ""
        fold_at = "\n" if number else "<!--\n-->" if word else ""
        for at, piece in enumerate(_pieces(word)):
            yield ("", "<!--\n-->", piece) if at else (joint, fold_at, piece)


def _pieces(word: str) -> list[str]:
    """Return a word in pieces that a line bears; a character reference is never cut."""
    if len(word.encode()) <= LONGEST:
        return [word]
    pieces: list[list[str]] = [[]]
    size = 0
    for sign in _SIGN.findall(word):
        size += len(sign.encode())
        if size > _PIECE:
            pieces.append([])
            size = len(sign.encode())
        pieces[-1].append(sign)
    return ["".join(piece) for piece in pieces]
