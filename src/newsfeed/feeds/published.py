"""Anybody's feed as it was published -> its entries, in the words of the document.

Atom 1.0 and 0.3, RSS 0.9x, 1.0 and 2.0, JSON Feed. What is damaged is read as far as it goes. It is
the one reading of feeds for moving in and for `reader_models`; `lint` says what is wrong with them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING, Literal

from lxml import etree
from msgspec import Struct

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

Form = Literal["atom", "rss", "rdf", "json"]
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Published(Struct, frozen=True, kw_only=True):
    """An entry: texts as they stand, empty where there is none; ``when`` is None for no date.

    ``id`` is what names it (``id``, ``guid``, ``rdf:about``), ``date`` the text of its date,
    ``content`` its longest text, markup and all, ``line`` its line in the document. ``title`` is HTML
    where ``title_type``, which Atom alone has, says so.
    """

    form: Form
    id: str
    link: str
    title: str
    date: str = ""
    when: datetime | None = None
    content: str = ""
    line: int = 1
    title_type: str = "text"


class Document(Struct, frozen=True, kw_only=True):
    """A feed document: ``gone`` are the ids that it announces as removed (RFC 6721)."""

    entries: tuple[Published, ...]
    gone: frozenset[str] = frozenset()


def read(data: bytes) -> Document | None:
    """Return what ``data`` publishes, None where it is no feed. Nothing is fetched or expanded."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _json(data)
    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    name = _name(root)
    if name == "feed":
        entries = tuple(_atom(each) for each in _children(root, "entry"))
        gone = frozenset(ref for each in root.iter(_TOMBSTONE) if (ref := each.get("ref")))
        return Document(entries=entries, gone=gone)
    if name not in ("rss", "RDF"):
        return None
    items = tuple(_rss(each, "rss" if name == "rss" else "rdf") for each in root.iter("{*}item"))
    return Document(entries=items)


def plain(html: str) -> str:
    """Return the words of ``html``, one space between them: enough to compare two texts."""
    text = re.sub(r"<[^<>]*>", " ", re.sub(r"<!\[CDATA\[|\]\]>", "", html))
    return " ".join(unescape(text).split())


def _atom(entry: Element) -> Published:
    links = [
        (each.get("rel", "alternate"), each.get("href", "")) for each in _children(entry, "link")
    ]
    date = _said(entry, "published", "issued", "created", "updated", "modified")
    types = [each.get("type") for each in _children(entry, "title")]
    return Published(
        form="atom",
        id=_said(entry, "id"),
        link=next((href for rel, href in links if rel == "alternate"), ""),
        title=_said(entry, "title"),
        title_type=next(filter(None, types), "text"),
        date=date,
        when=moment(date),
        content=max(
            (_inside(each) for each in _children(entry, "content", "summary")), key=len, default=""
        ),
        line=entry.sourceline or 1,
    )


def _rss(item: Element, form: Form) -> Published:
    guid = next(iter(_children(item, "guid")), None)
    name = _inside(guid).strip() if guid is not None else item.get(f"{_RDF}about", "")
    link = _said(item, "link")
    if not link and guid is not None and guid.get("isPermaLink", "true") == "true":
        link = name
    date = _said(item, "pubDate", "date")
    texts = [
        _inside(each) for each in (*_children(item, "description"), *item.iterchildren(_CONTENT))
    ]
    return Published(
        form=form,
        id=name,
        link=link,
        title=_said(item, "title"),
        date=date,
        when=moment(date),
        content=max(texts, key=len, default=""),
        line=item.sourceline or 1,
    )


def _json(data: bytes) -> Document | None:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    items = found.get("items")  # what begins with a brace is an object
    if not isinstance(items, list):
        return None

    def text(item: dict[str, object], *names: str) -> str:
        said = (item.get(name) for name in names)
        return next(
            (str(each).strip() for each in said if isinstance(each, str | int) and each != ""), ""
        )

    entries = tuple(
        Published(
            form="json",
            id=text(item, "id"),
            link=text(item, "url", "external_url"),
            title=text(item, "title"),
            date=text(item, "date_published"),
            when=moment(text(item, "date_published")),
            content=text(item, "content_html", "content_text", "summary"),
        )
        for item in items
        if isinstance(item, dict)
    )
    return Document(entries=entries)


def moment(text: str) -> datetime | None:
    """Return the instant of a date as feeds write it, None for what is none."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            when = parse(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return when if when.tzinfo is not None else when.replace(tzinfo=UTC)
    return None


def _children(parent: Element, *names: str) -> Iterator[Element]:
    for each in parent.iterchildren(etree.Element):
        if _name(each) in names and each.prefix not in ("itunes", "media"):
            yield each


def _said(parent: Element, *names: str) -> str:
    """Return the text of the first child of the first of ``names`` that has one."""
    for name in names:
        for child in _children(parent, name):
            if text := _inside(child).strip():
                return text
    return ""


def _inside(element: Element) -> str:
    """Return the text of an element, or all of it, tags and all, where it holds other elements."""
    if next(element.iterchildren(etree.Element), None) is not None:
        return etree.tostring(element, encoding="unicode", with_tail=False)
    # An entity of HTML that nobody declared is a node of its own, as a comment is.
    parts = [element.text]
    for each in element:
        kind: object = each.tag
        parts += [unescape(str(each.text)) if kind is etree.Entity else "", each.tail]
    return "".join(filter(None, parts))


def _name(element: Element) -> str:
    """Return an element's local name; not by `etree.QName`, which refuses what the parser recovered."""
    return str(element.tag).rpartition("}")[2]
