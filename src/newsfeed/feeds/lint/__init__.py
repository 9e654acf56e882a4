"""Reads a feed as readers and validators do, and says what is wrong: ours and anyone's.

A format is a module with ``lint(document, findings, address)`` and one line of a table here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from newsfeed.diagnostics import Diagnostic, arrange
from newsfeed.feeds.lint.findings import Findings
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from newsfeed.feeds.trees import Element

__all__ = ["FeedFormat", "detect", "lint_feed", "lint_feeds"]

FeedFormat = Literal["atom", "rss", "json", "opml"]
MAX_KB = 500
_FAR = 4096
"""How many octets from the beginning the declaration is looked for: a server's message is short."""
_BEGUN = regex(rb"\s*\{|.*?<(?:rss|feed|opml|rdf:RDF|\w+:feed)[\s>]", re.S)
_PROLOG = regex(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>\s*)*", re.S
)
_ROOT = regex(rb"<(?:[\w.-]+:)?(feed|entry|rss|opml|RDF)[\s/>]")
_JSON_VERSION = regex(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_ATOM_03 = b"http://purl.org/atom/ns#"
_FORMATS: dict[bytes, FeedFormat] = {
    b"feed": "atom",
    b"entry": "atom",
    b"rss": "rss",
    b"opml": "opml",
}


def detect(data: bytes) -> FeedFormat | None:
    """Return what kind of feed ``data`` is, by its first element or its version; None for none."""
    head = data[:65536].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    if head.startswith(b"{"):
        return "json" if _JSON_VERSION.search(data) or _jsonish(data) else None
    prolog = _PROLOG.match(head)
    assert prolog is not None, "it may be empty"
    root = _ROOT.match(head, prolog.end())
    if root is None:
        return None
    return "rss" if root[1] == b"RDF" else _FORMATS[root[1]]


def lint_feed(
    path: str, data: bytes, *, address: str | None = None, now: datetime | None = None
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the feed ``data``, whatever its format.

    ``address`` is where it is served, if that is known; with ``now``, dates that lie in the future
    are said. Line numbers count from 1; columns are only known where XML or JSON cannot be read.
    """
    return lint_feeds([(path, data, address)], now=now)


def lint_feeds(
    documents: Iterable[tuple[str, bytes, str | None]], *, now: datetime | None = None
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with ``documents``, (path, bytes, address) of each, and between them."""
    problems: list[Diagnostic] = []
    pages: dict[str, tuple[Element, Findings]] = {}
    for path, data, address in documents:
        findings = Findings(path, now)
        root = _lint(data, findings, address)
        problems += findings.problems
        if root is not None and address is not None:
            pages[address] = (root, Findings(path))
    if len(pages) > 1:
        from newsfeed.feeds.lint import archives

        archives.check(pages)
        problems += [each for _, found in pages.values() for each in found.problems]
    return arrange(problems)


def _lint(data: bytes, findings: Findings, address: str | None) -> Element | None:
    """Check one document; return its root element where it is XML of a known kind."""
    if len(data) > MAX_KB * 1000:
        findings.say("feed-size", size=round(len(data) / 1000), limit=MAX_KB)
    before = _before(data)
    if before:
        findings.say("feed-before", what=before)
        return None
    form = detect(data)
    if form == "json":
        from newsfeed.feeds.lint import json_feed

        json_feed.lint(data, findings, address)
        return None
    if form is None and not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        findings.say("feed-unknown")
        return None
    return _xml(data, findings, address)


def _before(data: bytes) -> str:
    """Return what stands before the XML declaration, which begins a document (XML 1.0 §2.8).

    What an entry shows of XML, in a feed of JSON or of no declaration, is none.
    """
    before, declaration, _ = data[:_FAR].removeprefix(b"\xef\xbb\xbf").partition(b"<?xml ")
    if not before or not declaration or _BEGUN.match(before) is not None:
        return ""
    return before.decode("utf-8", "replace").strip() or "↵"


def _xml(data: bytes, findings: Findings, address: str | None) -> Element | None:
    from newsfeed.feeds.lint import atom, document, opml, rss

    linters: Mapping[str, Callable[[Element, Findings, str | None], None]] = {
        f"{{{document.ATOM}}}feed": atom.lint,
        f"{{{document.ATOM}}}entry": atom.lint,
        "rss": rss.lint,
        "opml": opml.lint,
    }
    root = document.parsed(data, findings)
    if root is None:
        return None
    lint = linters.get(str(root.tag))
    if lint is not None:
        lint(root, findings, address)
        return root
    if old := _old(root):
        findings.say("feed-version-old", document.line_of(root), version=old)
    else:
        findings.say("feed-unknown", document.line_of(root))
    return None


def _old(root: Element) -> str | None:
    if root.tag == "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF":
        return "RSS 1.0 (RDF)"
    return "Atom 0.3" if root.tag == f"{{{_ATOM_03.decode()}}}feed" else None


def _jsonish(data: bytes) -> bool:
    """Tell whether a JSON object without the version of a feed still has a feed's keys."""
    return b'"items"' in data and (b'"home_page_url"' in data or b'"feed_url"' in data)
