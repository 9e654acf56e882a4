"""Links of Atom, in Atom and inside RSS: relations, self, alternates, archives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsfeed.feeds.lint.document import based, line_of
from newsfeed.feeds.lint.findings import Findings

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

# The registered relations (IANA, Link Relations) that stand in feeds.
_REGISTERED = """
    about alternate amphtml appendix archives author bookmark canonical chapter collection contents
    copyright current describedby edit edit-media enclosure first glossary help hub icon index item
    last latest-version license me next next-archive original payment predecessor-version prev
    prev-archive preview previous related replies search section self service start stylesheet
    successor-version tag terms-of-service up version-history via webmention
"""
RELATIONS = frozenset(_REGISTERED.split())


def check(findings: Findings, link: Element) -> None:
    """Check one Atom link: RFC 4287 §4.2.7."""
    line = line_of(link)
    href, rel = link.get("href"), link.get("rel")
    if href is None:
        findings.say("feed-attribute", line, element="link", attribute="href")
    elif not based(link):
        findings.address(href, "link", line, iri=True, web=rel in ("enclosure", "self"))
    if rel is not None and rel not in RELATIONS and ":" not in rel:
        findings.say("feed-relation", line, value=rel)
    if (media_type := link.get("type")) is not None:
        findings.media_type(media_type, line)
    if (language := link.get("hreflang")) is not None:
        findings.language(language, line)
    if (length := link.get("length")) is not None:
        findings.number(length, "length", line)
    if rel == "enclosure" and link.get("type") is None:
        findings.say("feed-attribute", line, element="link", attribute="type")


def alternates(findings: Findings, links: Iterable[Element], about: str) -> None:
    """Check that no two alternate links have one type and language (RFC 4287 §4.1.2)."""
    seen: Counter[tuple[str | None, str | None]] = Counter()
    for link in links:
        if link.get("rel", "alternate") == "alternate":
            kind = (link.get("type"), link.get("hreflang"))
            seen[kind] += 1
            if seen[kind] == 2:
                findings.say("feed-alternate-twice", line_of(link), parent=about)


def of_document(
    findings: Findings,
    links: Iterable[Element],
    address: str | None,
    *,
    archived: bool,
    complete: bool,
) -> None:
    """Check where a document says that it is served, and its place in an archive (RFC 5005)."""
    found: dict[str, Element] = {}
    for link in links:
        found.setdefault(link.get("rel", "alternate"), link)
    own = found["self"].get("href") if "self" in found else None
    if own is None:
        findings.say("feed-self-missing")
    elif address is not None and own != address:
        findings.say("feed-self-elsewhere", line_of(found["self"]), value=own, address=address)
    served = address or own
    if archived and "current" not in found:
        findings.say("feed-archive-current")
    if complete and (archived or "prev-archive" in found):
        findings.say("feed-archive-kinds")
    for relation in ("prev-archive", "next-archive"):
        if relation in found and found[relation].get("href") == served:
            findings.say("feed-archive-loop", line_of(found[relation]), element=relation)
    for relation, link in found.items():
        mixed(findings, link.get("href") or "", served, relation, line_of(link))


def mixed(findings: Findings, href: str, served: str | None, element: str, line: int) -> None:
    """Check that a feed on https does not lead to its own host over http."""
    if served and served.startswith("https:") and href.startswith("http:"):
        try:
            same = urlsplit(href).hostname == urlsplit(served).hostname
        except ValueError:
            return
        if same:
            findings.say("feed-http", line, element=element, value=href)
