"""OPML 2.0: a list of feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfeed.feeds.lint import items
from newsfeed.feeds.lint.document import count, line_of, text
from newsfeed.feeds.lint.findings import Findings

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element


def lint(root: Element, findings: Findings, _address: str | None) -> None:
    """Note what is wrong with the OPML document ``root``."""
    version = root.get("version")
    if version is None:
        findings.say("feed-attribute", line_of(root), element="opml", attribute="version")
    elif version not in ("1.0", "1.1", "2.0"):
        findings.say("feed-value", line_of(root), element="version", value=version, expected="2.0")
    count(findings, root, needed=("head", "body"), single=("head", "body"), about="opml")
    for tag in ("dateCreated", "dateModified"):
        for date in root.iterfind(f"head/{tag}"):
            findings.rfc822(text(date), tag, line_of(date))
    body = root.find("body")
    if body is None:
        return
    outlines = list(body.iter("outline"))
    if not outlines:
        findings.say("feed-missing-advised", line_of(body), parent="body", element="outline")
    for outline in outlines:
        _outline(outline, findings)
    items.ids(
        findings,
        ((url, line_of(each)) for each in outlines if (url := each.get("xmlUrl"))),
    )


def _outline(outline: Element, findings: Findings) -> None:
    line, label = line_of(outline), outline.get("text") or outline.get("title") or "…"
    if not outline.get("text"):
        findings.say("feed-opml-outline", line, text=label, attribute="text")
    feed = outline.get("xmlUrl")
    if feed is None and (outline.get("type") or "").lower() in ("rss", "atom"):
        findings.say("feed-opml-outline", line, text=label, attribute="xmlUrl")
    elif feed is not None:
        findings.address(feed, "xmlUrl", line, web=True)
        if outline.get("type") is None:
            findings.say("feed-opml-outline", line, text=label, attribute="type")
    if (page := outline.get("htmlUrl")) is not None:
        findings.address(page, "htmlUrl", line)
    if (language := outline.get("language")) is not None:
        findings.language(language, line)
