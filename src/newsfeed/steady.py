"""Settles and plans a site in which nothing is in doubt: each article is new, or just as the lock has it.

Most builds are of such a site. What `identity.settle` and `selecting.plan` work out from items is
then read off the rows of the articles; `settle` gives up where anything asks for more than that, and
tests/test_steady.py holds it to them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from newsfeed import lock as locks
from newsfeed import minting
from newsfeed.config import Config
from newsfeed.lock import NONE, Record
from newsfeed.recognition import title_hash
from newsfeed.rows import BETWEEN


class Steady(NamedTuple):
    """What is found out of a site without looking into its items.

    ``lines`` are a path, an id, an address and a page for each item, in the order of paths;
    ``shown``, ``drafts`` and ``scheduled`` are numbers of them, the newest first. ``titles`` are all
    titles, each between `rows.BETWEEN`. ``lock`` is the lock's text as it should be. ``odd`` says
    that `linting.articles` may find something in the items.
    """

    lines: list[str]
    shown: list[int]
    drafts: list[int]
    scheduled: list[int]
    titles: str
    lock: str
    next_change: datetime | None
    odd: bool


class Marker:
    """Tells of an article what the lock would note, and the id that it would get."""

    def __init__(self, config: Config) -> None:
        self._mint = minting.Mint(config)

    def marks(self, title: str, slug: str, published: datetime) -> str:
        """Return the instant of publication, a hash of the title, and the id, parted by spaces."""
        key = self._mint.base(slug, published)
        return f"{locks.instant(published)} {title_hash(title)} {key}"


def settle(
    rows: Iterable[tuple[str, str, str]],
    lock: str | None,
    config: Config,
    now: datetime,
    *,
    long_summary: int,
) -> Steady | None:
    """Return what holds of the articles of ``rows``: each a path, its marks and the line of its item.

    None where more has to be looked at. ``rows`` are in the order of paths; a summary of more than
    ``long_summary`` characters is odd.
    """
    known = _known(lock)
    if known is None or config.feeds.archive:
        return None
    today, paged = locks.instant(now), config.pages.enabled
    lines: list[str] = []
    titles: list[str] = []
    new: list[Record] = []
    shown: list[tuple[str, str, int]] = []
    drafts: list[tuple[str, str, int]] = []
    scheduled: list[tuple[str, str, int]] = []
    pages: list[str] = []
    spelt: set[tuple[str, str]] = set()
    minutes: list[str] = []
    odd = False
    for path, marks, slim in rows:
        if slim == "-":
            continue
        (
            _, title, _, published, url, page, language, given, _, expires, draft,
            _, _, _, _, redirects, _, summary, sketch,
        ) = slim.split(BETWEEN)  # fmt: skip
        when, digest, key = marks.split(" ")
        if given or expires or redirects or "." in published or "#" in page:
            return None
        if not _EARLY < when < _LATE:
            return None
        place = path if path.isascii() else unicodedata.normalize("NFC", path)
        noted = (place, when, digest, sketch or NONE, (paged and page) or NONE)
        if (record := known.pop(place, None)) is not None:
            key, tail = record
            if draft or tail != f"{' '.join(noted)} - - -":
                return None
        elif not draft:
            new.append(Record(key, *noted))
        (drafts if draft else scheduled if when > today else shown).append((when, key, len(lines)))
        lines.append(f"{path}{BETWEEN}{key}{BETWEEN}{url}{BETWEEN}{page}")
        titles.append(title)
        if page:
            pages.append(page)
        spelt.add((language, title.casefold()))
        if published[11:16] != "00:00":
            minutes.append(when[:16])
        odd = (
            odd or "{" in title or "{" in summary or title.isupper() or len(summary) > long_summary
        )
    every = [*shown, *drafts, *scheduled]
    if known or len({key for _, key, _ in every}) < len(every) or len(set(pages)) < len(pages):
        return None
    return Steady(
        lines=lines,
        shown=_newest_first(shown),
        drafts=_newest_first(drafts),
        scheduled=_newest_first(scheduled),
        titles=BETWEEN + BETWEEN.join(titles) + BETWEEN,
        lock=_written(lock, new),
        next_change=datetime.fromisoformat(min(scheduled)[0]) if scheduled else None,
        odd=odd or len(spelt) < len(lines) or len(set(minutes)) < len(minutes),
    )


_EARLY, _LATE = "1972", "9990"
"""Between these years instants are ordered as their texts are, and every offset is whole minutes."""


def _known(lock: str | None) -> dict[str, tuple[str, str]] | None:
    """Return by path the id of each line of a lock, and what follows it; None for an unusual lock."""
    if lock is None:
        return {}
    if not lock.startswith(locks.HEADER) or "%" in lock or "\r" in lock or lock[-1:] != "\n":
        return None
    lines = lock[len(locks.HEADER) : -1].split("\n") if len(lock) > len(locks.HEADER) else []
    known: dict[str, tuple[str, str]] = {}
    for line in lines:
        key, _, tail = line.partition(" ")
        if ":" not in key:
            return None
        known[tail.partition(" ")[0]] = (key, tail)
    return known if len(known) == len(lines) else None


def _newest_first(found: list[tuple[str, str, int]]) -> list[int]:
    """Return numbers in the order of `selecting.newest_first`."""
    found.sort(key=lambda each: each[1])
    found.sort(key=lambda each: each[0], reverse=True)
    return [number for _, _, number in found]


def _written(lock: str | None, new: Sequence[Record]) -> str:
    """Return the text of the lock with ``new`` records."""
    if lock is not None and not new:
        return lock
    lines = [(row.partition(" ")[0], f"{row}\n") for row in (lock or "").split("\n")[1:] if row]
    lines += [(record.id, locks.line(record)) for record in new]
    return locks.HEADER + "".join([line for _, line in sorted(lines)])
