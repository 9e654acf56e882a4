"""XML documents: how one is parsed, and what is wrong with any of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.feeds.lint.findings import Findings
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = {
    "atom": ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "fh": "http://purl.org/syndication/history/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
_DECLARED = regex(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UNDECLARED = regex(r"Namespace prefix (\S+) (?:on|for) ")


def parsed(data: bytes, findings: Findings) -> Element | None:
    """Return the root element of an XML document, None where it cannot be read.

    Nothing is fetched, and no entity is expanded.
    """
    encoding = _encoding(data, findings)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        _unreadable(error, findings, encoding)
        return None
    if root.getroottree().docinfo.doctype:
        findings.say("feed-doctype")
    for prefix, uri in sorted({(p or "", u) for p, u in _declared(root)}):
        expected = NAMESPACES.get(prefix)
        if expected is not None and uri.rstrip("/") != expected.rstrip("/"):
            findings.say("feed-namespace-unusual", prefix=prefix, uri=uri, expected=expected)
    return root


def elements(parent: Element) -> Iterator[Element]:
    """Yield the child elements of ``parent``: no comments, no instructions."""
    yield from parent.iterchildren(etree.Element)


def name(element: Element) -> str:
    """Return an element's name as people write it: ``link``, ``dc:creator``."""
    local = str(etree.QName(element).localname)
    return f"{element.prefix}:{local}" if element.prefix else local


def line_of(element: Element) -> int:
    """Return the line on which an element begins."""
    return element.sourceline or 1


def text(element: Element | None) -> str:
    """Return the text of an element, without that of its children."""
    return (element.text or "").strip() if element is not None else ""


def place(parent: Element, title_tag: str) -> str:
    """Return how messages name an entry: by its title, otherwise by its element."""
    title = " ".join((parent.findtext(title_tag) or "").split())
    return title[:60] or name(parent)


def count(
    findings: Findings, parent: Element, *, needed: Iterable[str], single: Iterable[str], about: str
) -> None:
    """Check which children ``parent`` needs, and which it may have once. Names are `etree` tags."""
    tags = Counter(child.tag for child in elements(parent))
    for tag in needed:
        if not tags[tag]:
            findings.say(
                "feed-missing", line_of(parent), parent=about, element=etree.QName(tag).localname
            )
    for tag in single:
        if tags[tag] > 1:
            again = [child for child in elements(parent) if child.tag == tag][1]
            findings.say("feed-twice", line_of(again), parent=about, element=name(again))


def based(element: Element) -> bool:
    """Tell whether xml:base makes relative addresses whole here."""
    return any(each.get(f"{{{XML}}}base") for each in (element, *element.iterancestors()))


def _declared(root: Element) -> Iterator[tuple[str | None, str]]:
    for element in root.iter(etree.Element):
        parent = element.getparent()
        if parent is None or element.nsmap != parent.nsmap:
            yield from element.nsmap.items()


def _encoding(data: bytes, findings: Findings) -> str:
    """Return the encoding that a document claims, and say where it is a rare one."""
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    encoding = declared[1].decode() if declared else "UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "UTF-16"
    if encoding.upper() not in ("UTF-8", "US-ASCII"):
        findings.say("feed-encoding-rare", encoding=encoding)
    return encoding


def _unreadable(error: etree.XMLSyntaxError, findings: Findings, encoding: str) -> None:
    line, column = error.position
    reason = re.sub(r",? line \d+, column \d+.*$", "", str(error.msg or ""))
    undeclared = _UNDECLARED.match(reason)
    if undeclared:
        prefix = undeclared[1].rstrip(":")
        uri = NAMESPACES.get(prefix, "…")
        findings.say("feed-namespace", max(line, 1), max(column, 1), prefix=prefix, uri=uri)
    elif "encoding" in reason.lower():
        findings.say("feed-encoding", max(line, 1), max(column, 1), encoding=encoding)
    else:
        findings.say("feed-xml", max(line, 1), max(column, 1), reason=reason)
