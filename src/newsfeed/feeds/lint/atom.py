"""Atom: RFC 4287, its assertions in words; its grammar catches the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.feeds.lint import content, items, links, media
from newsfeed.feeds.lint.document import (
    ATOM,
    NAMESPACES,
    XML,
    based,
    count,
    elements,
    line_of,
    name,
    place,
    text,
)
from newsfeed.feeds.lint.findings import Findings

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

A = f"{{{ATOM}}}"
HISTORY = f"{{{NAMESPACES['fh']}}}"
FEED_ONCE = ("id", "title", "updated", "generator", "icon", "logo", "rights", "subtitle")
ENTRY_ONCE = ("id", "title", "updated", "content", "published", "rights", "source", "summary")
TEXTS = ("title", "subtitle", "rights", "summary")
FEED_ELEMENTS = frozenset((*FEED_ONCE, "author", "category", "contributor", "link", "entry"))
ENTRY_ELEMENTS = frozenset((*ENTRY_ONCE, "author", "category", "contributor", "link"))


def lint(root: Element, findings: Findings, address: str | None) -> None:
    """Note what is wrong with the Atom feed or entry ``root``, served at ``address``."""
    before = len(findings.problems)
    entries = [root] if root.tag == A + "entry" else list(root.iterchildren(A + "entry"))
    updated = None
    if root.tag == A + "feed":
        updated = _feed(root, findings, address, entries)
    dated = [when for entry in entries if (when := _entry(entry, findings)) is not None]
    items.dates(findings, updated, line_of(root), dated)
    items.ids(
        findings,
        ((text(each), line_of(each)) for entry in entries for each in entry.findall(A + "id")),
    )
    for element in root.iter(etree.Element):
        if (language := element.get(f"{{{XML}}}lang")) is not None:
            findings.language(language, line_of(element))
    severe = any(each.severity == "error" for each in findings.problems[before:])
    if not severe:
        _grammar(root, findings)


def _feed(
    feed: Element, findings: Findings, address: str | None, entries: list[Element]
) -> datetime | None:
    count(
        findings,
        feed,
        needed=(A + "id", A + "title", A + "updated"),
        single=[A + each for each in FEED_ONCE],
        about="feed",
    )
    _known(findings, feed, FEED_ELEMENTS, "feed")
    _common(feed, findings)
    if feed.find(A + "author") is None and not all(
        entry.find(f"{A}author") is not None or entry.find(f"{A}source/{A}author") is not None
        for entry in entries
    ):
        findings.say("feed-missing", line_of(feed), parent="feed", element="author")
    for tag in ("icon", "logo"):
        if (picture := feed.find(A + tag)) is not None and not based(picture):
            findings.address(text(picture), tag, line_of(picture), iri=True)
    found = feed.findall(A + "link")
    links.of_document(
        findings,
        found,
        address,
        archived=feed.find(HISTORY + "archive") is not None,
        complete=feed.find(HISTORY + "complete") is not None,
    )
    links.alternates(findings, found, "feed")
    return _date(feed.find(A + "updated"), findings)


def _entry(entry: Element, findings: Findings) -> datetime | None:
    """Check an entry and return when it was updated."""
    about = place(entry, A + "title")
    count(
        findings,
        entry,
        needed=(A + "id", A + "title", A + "updated"),
        single=[A + each for each in ENTRY_ONCE],
        about=about,
    )
    _known(findings, entry, ENTRY_ELEMENTS, about)
    _common(entry, findings)
    found = entry.findall(A + "link")
    links.alternates(findings, found, about)
    body, summary = entry.find(A + "content"), entry.find(A + "summary")
    if body is None and not any(link.get("rel", "alternate") == "alternate" for link in found):
        findings.say("feed-missing", line_of(entry), parent=about, element="content")
    elif body is None and summary is None:
        findings.say("feed-content-missing", line_of(entry), parent=about)
    if body is not None:
        _content(body, findings, about, has_summary=summary is not None)
    if summary is not None and summary.get("type") == "html":
        content.check(findings, text(summary), about, line_of(summary), based=based(summary))
    media.check(findings, entry)
    _date(entry.find(A + "published"), findings)
    return _date(entry.find(A + "updated"), findings)


def _date(element: Element | None, findings: Findings) -> datetime | None:
    """Return the instant of a date, whose T and Z are capitals (RFC 4287 §3.3)."""
    if element is None:
        return None
    return findings.rfc3339(text(element), name(element), line_of(element), capitals=True)


def _common(element: Element, findings: Findings) -> None:
    """Check what a feed and an entry share: id, texts, people, links, categories."""
    for child in elements(element):
        tag = str(child.tag)
        if not tag.startswith(A):
            continue
        local = tag.removeprefix(A)
        if local == "id":
            findings.identity(text(child), line_of(child))
        elif local in TEXTS:
            _text(child, findings, local)
        elif local in ("author", "contributor"):
            _person(child, findings)
        elif local == "link":
            links.check(findings, child)
        elif local == "category":
            if child.get("term") is None:
                findings.say("feed-attribute", line_of(child), element=local, attribute="term")
            if (scheme := child.get("scheme")) is not None:
                findings.address(scheme, "category scheme", line_of(child), iri=True)


def _text(element: Element, findings: Findings, local: str) -> None:
    kind, line = element.get("type", "text"), line_of(element)
    if kind not in ("text", "html", "xhtml"):
        findings.say(
            "feed-value", line, element=f"{local} type", value=kind, expected="text / html / xhtml"
        )
        return
    value = "".join(element.itertext())
    findings.text(value, local, line)
    if local == "title" and not value.strip():
        findings.say("feed-empty", line, element=local)
    elif local == "title" and kind == "text":
        findings.plain(value, line)


def _content(element: Element, findings: Findings, about: str, *, has_summary: bool) -> None:
    kind, line = element.get("type", "text"), line_of(element)
    source = element.get("src")
    if kind not in ("text", "html", "xhtml") and "/" not in kind:
        findings.say(
            "feed-value", line, element="content type", value=kind, expected="text / html / xhtml"
        )
    if source is not None:
        if not based(element):
            findings.address(source, "content src", line, iri=True)
        if not has_summary:
            findings.say("feed-missing", line, parent=about, element="summary")
        return
    value = element.text or ""
    findings.text(value, "content", line)
    if kind == "html":
        content.check(findings, value, about, line, based=based(element))
    elif kind == "xhtml":
        inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
        content.check(findings, inner, about, line, based=based(element))


def _person(person: Element, findings: Findings) -> None:
    about, line = name(person), line_of(person)
    count(
        findings,
        person,
        needed=(A + "name",),
        single=(A + "name", A + "uri", A + "email"),
        about=about,
    )
    named = person.find(A + "name")
    if named is not None and not text(named):
        findings.say("feed-empty", line, element=f"{about} name")
    elif named is not None:
        findings.plain(text(named), line_of(named))
    email, uri = person.find(A + "email"), person.find(A + "uri")
    if email is not None and not findings.email(text(email)):
        findings.say("feed-email", line_of(email), element="email", value=text(email))
    if uri is not None and not based(uri):
        findings.address(text(uri), "uri", line_of(uri), iri=True)


def _known(findings: Findings, parent: Element, names: Iterable[str], about: str) -> None:
    for child in elements(parent):
        qualified = etree.QName(child)
        if qualified.namespace in (ATOM, None) and qualified.localname not in names:
            findings.say("feed-element-unknown", line_of(child), parent=about, element=name(child))


@cache
def _schema() -> etree.RelaxNG:
    grammar = Path(__file__).with_name("atom.rng").read_bytes()
    return etree.RelaxNG(etree.fromstring(grammar))


def _grammar(root: Element, findings: Findings) -> None:
    schema = _schema()
    if not schema.validate(root):
        error = schema.error_log[0]
        findings.say("feed-structure", max(error.line, 1), reason=error.message)
