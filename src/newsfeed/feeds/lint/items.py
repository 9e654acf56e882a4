"""What the entries of a feed say together: their ids, their dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from newsfeed.feeds.lint.findings import Findings

MANY = 3


def ids(findings: Findings, found: Iterable[tuple[str, int]]) -> None:
    """Check that no two entries have one id; ``found`` are (id, line)."""
    first: dict[str, int] = {}
    for identity, line in found:
        if identity in first:
            findings.say("feed-id-twice", line, value=identity, first=first[identity])
        else:
            first[identity] = line


def dates(
    findings: Findings, updated: datetime | None, line: int, entries: Iterable[datetime]
) -> None:
    """Check a feed's date against those of its entries."""
    known = list(entries)
    if not known:
        return
    latest = max(known)
    if updated is not None and latest > updated:
        findings.say(
            "feed-updated-earlier", line, value=updated.isoformat(), later=latest.isoformat()
        )
    instant, times = Counter(known).most_common(1)[0]
    if times >= MANY and times == len(known):
        findings.say("feed-updated-same", line, count=times, value=instant.isoformat())
