"""Documents that lead to each other: pages of an archive (RFC 5005 §4), formats of one feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from newsfeed.feeds.lint.document import ATOM, line_of
from newsfeed.feeds.lint.findings import Findings

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

A = f"{{{ATOM}}}"


def check(pages: Mapping[str, tuple[Element, Findings]]) -> None:
    """Check that neighbouring pages lead to each other; ``pages`` are roots by their address."""
    for address, (root, findings) in pages.items():
        for relation, back in (("prev-archive", "next-archive"), ("next-archive", "prev-archive")):
            for link in _links(root, relation):
                neighbour = pages.get(link.get("href") or "")
                if neighbour is None:
                    continue
                answers = [each.get("href") for each in _links(neighbour[0], back)]
                current = relation == "prev-archive" and not _archived(root)
                if address not in answers and not current:
                    findings.say("feed-archive-walk", line_of(link), value=link.get("href"))


def _links(root: Element, relation: str) -> list[Element]:
    top = root if root.tag == A + "feed" else root.find("channel")
    if top is None:
        return []
    return [link for link in top.findall(A + "link") if link.get("rel") == relation]


def _archived(root: Element) -> bool:
    return root.find(".//{http://purl.org/syndication/history/1.0}archive") is not None
