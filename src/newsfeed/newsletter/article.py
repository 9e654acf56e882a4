"""An article's safe HTML -> HTML that mail programs can show.

What comes in is sanitised already (`newsfeed.markup`); here it is made narrow enough for a letter and
plain enough for Outlook. No attribute of an article decides on looks: premailer 3.10.0 raises
TypeError on ``style="p"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import html as markup
from msgspec import Struct

from newsfeed.markup.elements.mathml import with_tex
from newsfeed.model import Entry
from newsfeed.newsletter.reshaping import as_button, turn, unfold, wrap
from newsfeed.newsletter.tables import fit
from newsfeed.text.characters import without_illegal

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CONTENT_WIDTH = 560
DEEPEST = 40
"""Elements nested deeper lose their tag, not their text; parsers drop text beyond 254."""
LONGEST_ADDRESS = 800
"""In octets: a longer one cannot stand on a line of mail (RFC 5322 §2.1.1: 998 octets)."""

_DROPPED = frozenset({
    "script", "style", "link", "meta", "base", "template", "noscript", "svg", "math", "title",
    "head", "select", "textarea", "input", "button", "param",
})  # fmt: skip
_MEDIA = frozenset({"iframe", "video", "audio", "object", "embed", "form", "canvas"})
_RENAMED = {
    "b": "strong", "i": "em", "figcaption": "p", "summary": "p", "figure": "div",
    "section": "div", "article": "div", "aside": "div", "header": "div", "footer": "div",
    "main": "div", "nav": "div", "details": "div", "address": "p", "center": "div",
    "strike": "s", "tt": "code", "kbd": "code", "samp": "code", "mark": "strong",
}  # fmt: skip
_KEPT = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "strong", "em", "blockquote",
    "br", "hr", "img", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "pre",
    "code", "sup", "sub", "s", "del", "ins", "u", "q", "cite", "small", "dl", "dt", "dd", "div",
    "span", "bdo",
})  # fmt: skip
_ATTRIBUTES = frozenset({
    "href", "src", "alt", "width", "height", "colspan", "rowspan", "start", "lang", "dir", "scope",
    "align",
})  # fmt: skip
_OF_LISTS = frozenset({"type", "reversed", "value"})
_INLINE = frozenset({"a", "strong", "em", "code", "span", "small", "u", "s", "q", "cite", "bdo"})
_MARKS = frozenset(("«»", "»«", "“”", "„“", "„”", "””", '""', "‘’", "‚‘", "''", "「」", "『』"))
_QUOTE_LENGTH = range(40, 281)
_ICON = 64
"""Pixels: a picture of no greater width stands in its line of text."""
_NOTE = "footnote-reference"
"""The class of a footnote's mark, which the text part writes in its own way."""


class Quote(Struct, frozen=True, kw_only=True):
    """A quotation as plain text, and who said it."""

    text: str
    by: str


class Article(Struct, frozen=True, kw_only=True):
    """An entry's HTML in a letter; ``quote`` comes from it and does not stand in ``excerpt``."""

    full: str
    excerpt: str
    quote: Quote | None = None


def article(entry: Entry, *, heading: int, media: str, sound: str = "") -> Article:
    """Return the entry's body as a letter shows it.

    Its highest headings become ``h{heading}``; ``media`` is the text of the link that stands where
    a film or a form stood, ``sound`` of the one where a recording stood.
    """
    given = _Given(entry=entry, media=media, sound=sound or media)
    full = _adapted(entry.content, heading, given)
    if entry.item.summary is not None:
        excerpt = f"<p>{escape(entry.summary, quote=False)}</p>"
    else:
        excerpt = _inner(_opening(_adapted(entry.excerpt, heading, given)))
    quote = next(_quotes(full), None)
    if quote is not None and quote.text[:40] in without_illegal(
        unescape(re.sub("<[^>]+>", "", excerpt))
    ):
        quote = None
    return Article(full=_inner(full), excerpt=excerpt, quote=quote)


class _Given(Struct, frozen=True, kw_only=True):
    """What an article's elements may become: links to ``entry``, None for an editorial."""

    entry: Entry | None = None
    media: str = ""
    sound: str = ""


def adapted(html: str, *, heading: int = 3) -> str:
    """Return any safe HTML, such as an editorial, as a letter shows it."""
    return _inner(_adapted(html, heading, _Given()))


def _adapted(html: str, heading: int, given: _Given) -> HtmlElement:
    parser = markup.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    text = without_illegal(with_tex(html))
    source = f"<html><body><div>{text}</div></body></html>".encode(errors="replace")
    body = markup.document_fromstring(source, parser=parser).find("body/div")
    if body is None:
        return markup.Element("div")
    _flatten(body)
    _headings(body, heading)
    for link in list(body.iterdescendants("a")):
        unfold(link)
    for element in list(body.iterdescendants()):
        _adapt(element, given)
    for element in list(body.iterdescendants("a")):
        if not _plain(element) and not any(each.get("alt") for each in element.iter("img")):
            element.drop_tag()
    for table in list(body.iterdescendants("table")):
        if table.get("role") is None:
            fit(table)
    for image in body.iterdescendants("img"):
        if _in_a_line(image):
            image.set("class", "ii")
    return body


def _flatten(body: HtmlElement) -> None:
    """Unwrap what lies deeper than ``DEEPEST``."""
    level, depth = [body], 0
    while level:
        depth += 1
        level = [child for parent in level for child in parent]
        if depth == DEEPEST:
            for element in level:
                for deeper in list(element.iterdescendants()):
                    if deeper.tag not in _DROPPED:
                        deeper.drop_tag()
            return


def _headings(body: HtmlElement, heading: int) -> None:
    """Move the headings below the letter's own, without a gap between their ranks."""
    found = [e for e in body.iterdescendants() if re.fullmatch(r"h[1-6]", str(e.tag))]
    ranks = {tag: rank for rank, tag in enumerate(sorted({e.tag for e in found}))}
    last = heading - 1
    for element in found:
        last = min(heading + ranks[element.tag], last + 1, 6)
        element.tag = f"h{last}"


def _adapt(element: HtmlElement, given: _Given) -> None:
    if element.getparent() is None:
        return
    tag, named = str(element.tag), (element.get("class") or "").split()
    if tag in _DROPPED or tag in _MEDIA:
        if tag in _MEDIA:
            _invite(element, given)
        element.drop_tree()
        return
    if "footnote-back" in named:
        # Half of all mail programs follow no link within a message.
        element.drop_tree()
        return
    kept = _RENAMED.get(tag, tag)
    if kept not in _KEPT:
        element.drop_tag()
        return
    element.tag = kept
    _attributes(element)
    _shape(element, tag, named, given)


def _shape(element: HtmlElement, tag: str, named: list[str], given: _Given) -> None:
    """Give an element, which was a ``tag`` of some classes, what a letter needs of it."""
    if tag == "a" and not _link(element, given.entry):
        element.drop_tag()
    elif tag == "a" and "button" in named:
        as_button(element)
    elif tag == "img" and not _image(element):
        element.drop_tree()
    elif tag == "figcaption":
        element.set("class", "me mu")
    elif tag == "summary":
        # What it folds is unfolded in a letter: this is its heading.
        wrap(element, markup.Element("strong"))
    elif tag in ("td", "th", "sup"):
        classes = [each for each in named if each.startswith("align-") or each == _NOTE]
        if classes:
            element.set("class", " ".join(classes))


def _invite(element: HtmlElement, given: _Given) -> None:
    """Write before a film or a recording a link to where it plays, with the picture that it shows."""
    entry = given.entry
    if entry is None or not given.media:
        return
    text = given.sound if element.tag == "audio" else given.media
    poster = element.get("poster")
    link = markup.Element("a", href=entry.url)
    if poster and urlsplit(poster).scheme in ("http", "https"):
        # One link for both: its words tell what the picture leads to.
        still = markup.Element("img", src=poster, alt="", width=str(CONTENT_WIDTH))
        still.tail = text
        link.append(still)
    else:
        link.text = text
    element.addprevious(link)


def _in_a_line(image: HtmlElement) -> bool:
    """Say whether a picture stands among words, and is small enough, or may be, to stay there."""
    width = image.get("width")
    if width is not None and int(width) > _ICON:
        return False
    around = next(each for each in image.iterancestors() if each.tag not in _INLINE)
    words = [around.text, *(child.tail for child in around)]
    words += [_plain(child) for child in around if child.tag in _INLINE]
    return any(each and each.strip() for each in words)


def _link(element: HtmlElement, entry: Entry | None) -> bool:
    """Make a link's address absolute and short enough for mail; say whether it has one."""
    address = element.get("href", "").strip()
    if address.startswith("#") and entry is not None:
        address = entry.url + address
    if len(address.encode()) > LONGEST_ADDRESS:
        if entry is None:
            return False
        address = entry.url
    if _scheme(address) not in ("http", "https", "mailto", "tel"):
        return False
    element.set("href", address)
    return True


def _image(element: HtmlElement) -> bool:
    """Give a picture its size in the letter; say whether a letter can show it."""
    source = element.get("src", "").strip()
    if _scheme(source) not in ("http", "https") or len(source.encode()) > LONGEST_ADDRESS:
        return False
    element.set("src", source)
    element.set("alt", element.get("alt", ""))
    width, height = (int(element.get(name, 0)) for name in ("width", "height"))
    if width > CONTENT_WIDTH:
        height = round(height * CONTENT_WIDTH / width)
        width = CONTENT_WIDTH
    for name, size in (("width", width), ("height", height)):
        if size:
            element.set(name, str(size))
    return True


def _attributes(element: HtmlElement) -> None:
    """Keep the attributes that a letter bears, in a form that it bears."""
    for name in ("width", "height", "colspan", "rowspan", "start"):
        value = element.get(name)
        sized = element.tag == "img" or name not in ("width", "height")
        if value is not None and not (sized and re.fullmatch(r"[1-9]\d{0,4}", value)):
            del element.attrib[name]
    turn(element)
    kept = _ATTRIBUTES | _OF_LISTS if element.tag in ("ol", "li") else _ATTRIBUTES
    for name in set(element.attrib) - kept:
        del element.attrib[name]


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""


def _opening(body: HtmlElement) -> HtmlElement:
    """Keep what introduces an article: its first pictures, headings and tables are left out."""
    for element in list(body.iterdescendants("img", "table", "pre", "hr")):
        if element.getparent() is not None:
            _leave_open(element)
            element.drop_tree()
    for element in list(body):
        if not _plain(element) or re.fullmatch(r"h[1-6]", str(element.tag)):
            element.drop_tree()
    return body


def _leave_open(element: HtmlElement) -> None:
    """Put an ellipsis after the colon that announces an ``element``, which is left out."""
    if (above := element.getprevious()) is None and (parent := element.getparent()) is not None:
        above = parent.getprevious()
    if above is None or above.tag != "p" or not _plain(above).endswith((":", "\uff1a")):
        return
    if len(above):
        above[-1].tail = f"{above[-1].tail or ''} …"
    else:
        above.text = f"{above.text} …"


def _quotes(body: HtmlElement) -> Iterator[Quote]:
    """Yield the quotations that bear an attribution and are of a length to be set large."""
    for element in body.iterdescendants("blockquote"):
        paragraphs = [_plain(p) for p in element.iter("p")] or [_plain(element)]
        by = ""
        if len(paragraphs) > 1 and paragraphs[-1].startswith(("—", "–")):
            by = paragraphs.pop()
        elif (after := element.getnext()) is not None and after.tag == "p":
            by = _plain(after) if _plain(after).startswith(("—", "–")) or _captioned(after) else ""
        text = " ".join(paragraphs)
        by = by.lstrip("—– \u00a0")
        text = _unquoted(text)
        if by and len(text) in _QUOTE_LENGTH:
            yield Quote(text=text, by=by)


def _unquoted(text: str) -> str:
    """Return a quotation without its own pair of marks: the letter sets those of its language."""
    inside = text[1:-1]
    if text[:1] + text[-1:] in _MARKS and text[0] not in inside:
        return inside.strip(" \u00a0\u202f")
    return text


def _captioned(element: HtmlElement) -> bool:
    """Say whether a paragraph was the caption of a figure that holds nothing but a quotation."""
    parent = element.getparent()
    return parent is not None and parent.tag == "div" and len(parent) == 2


def _plain(element: HtmlElement) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", str(element.text_content())).strip(" ")


def _inner(body: HtmlElement) -> str:
    parts = [escape(body.text or "", quote=False)]
    parts += [markup.tostring(child, encoding="unicode") for child in body]
    return "".join(parts).strip()
