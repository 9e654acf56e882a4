"""Settles and plans a site in which nothing is in doubt: each article is new, or just as the lock has it.

Most builds are of such a site. What `identity.settle` and `selecting.plan` work out from items is
then read off the rows of the articles; `settle` gives up where anything asks for more than that, and
tests/test_steady.py holds it to them.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from newsfeed.build.rows import BETWEEN, INSIDE, WITHIN
from newsfeed.config import Config
from newsfeed.identity import ids
from newsfeed.identity import lockfile as locks
from newsfeed.identity import settle as settling
from newsfeed.identity.lockfile import NONE, Record
from newsfeed.identity.matching import still_recognisable, title_hash
from newsfeed.model import Removed
from newsfeed.site import plan
from newsfeed.site.plan import Kind

_EARLY, _LATE = "1972", "9990"
"""Between these years instants are ordered as their texts are, and every offset is whole minutes."""
_MANY = 50
"""Above so many edited articles it is quicker to settle all."""
_TAIL = locks.SPACES - 1
"""How many spaces the line of a lock has after its id."""


class Steady(NamedTuple):
    """What is found out of a site without looking into its items.

    ``lines`` are a path, an id, an address and a page for each item, in the order of paths;
    ``shown``, ``drafts`` and ``scheduled`` are numbers of them, the newest first. ``titles`` are all
    titles, each between `rows.BETWEEN`. ``lock`` is the lock's text as it should be. ``removed`` are
    what to announce as gone, ``next_removal`` is when that differs next. ``groups`` are the kind, the
    label, the slug and the spellings of each group of the shown items. ``odd`` are the items of which
    `linting.articles` may have something to say, alone or beside each other.
    """

    lines: list[str]
    shown: list[int]
    drafts: list[int]
    scheduled: list[int]
    titles: str
    lock: str
    next_change: datetime | None
    removed: tuple[Removed, ...]
    next_removal: datetime | None
    groups: list[tuple[Kind, str, str, tuple[str, ...]]]
    odd: list[int]


class Marker:
    """Tells of an article what the lock would note, and the id that it would get."""

    def __init__(self, config: Config) -> None:
        self._mint = ids.Mint(config)

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
    new: list[str] = []
    shown: list[tuple[str, str, int]] = []
    drafts: list[tuple[str, str, int]] = []
    scheduled: list[tuple[str, str, int]] = []
    # What items may share, as hashes, of which two may be the same by chance; arrays take little room.
    pages, keys, spelt, minutes = array("q"), array("q"), array("q"), array("q")
    odd: list[int] = []
    unknown = False
    edited: list[tuple[str, Record, str]] = []
    named: tuple[set[str], ...] = (set(), set(), set(), set())
    for path, marks, slim in rows:
        if slim == "-":
            continue
        (
            _, title, _, published, url, page, language, given, _, expires, draft,
            _, categories, tags, authors, redirects, _, summary, sketch,
        ) = slim.split(BETWEEN)  # fmt: skip
        when, digest, key = marks.split(" ")
        if given or expires or redirects or "." in published or "#" in page:
            return None
        if not _EARLY < when < _LATE:
            return None
        place = path if path.isascii() else unicodedata.normalize("NFC", path)
        sketch = sketch or NONE
        shown_at = (paged and page) or NONE
        if (record := known.pop(place, None)) is not None:
            key, tail = record
            if draft:
                return None
            if tail != f"{place} {when} {digest} {sketch} {shown_at} - - -":
                edited.append((title, Record(key, place, when, digest, sketch, shown_at), tail))
        else:
            unknown = True
            if not draft:
                new.append(locks.line(Record(key, place, when, digest, sketch, shown_at)))
        number = len(lines)
        (drafts if draft else scheduled if when > today else shown).append((when, key, number))
        if not draft and when <= today:
            named[0].add(categories)
            named[1].add(tags)
            named[2].add(authors)
            named[3].add(language)
        lines.append(f"{path}{BETWEEN}{key}{BETWEEN}{url}{BETWEEN}{page}")
        titles.append(title)
        keys.append(hash(key))
        if page:
            pages.append(hash(page))
        spelt.append(hash((language, title.casefold())))
        minutes.append(hash(when[:16]) if published[11:16] != "00:00" else ~number)
        if "{" in title or "{" in summary or title.isupper() or len(summary) > long_summary:
            odd.append(number)
    if len(set(keys)) < len(keys) or len(set(pages)) < len(pages):
        return None
    gone = [
        Record(key, *tail.split(" ")) for key, tail in known.values() if tail.count(" ") == _TAIL
    ]
    # What was just lost has to be noted; and a new article may be one that was lost.
    if len(gone) < len(known) or any(each.missed == NONE for each in gone) or (gone and unknown):
        return None
    removed, next_removal = settling.announced((), {each.id: each for each in gone}, config, now)
    spelt_out = BETWEEN + BETWEEN.join(titles) + BETWEEN
    if lock is not None and not _only_bodies(edited, lock, spelt_out):
        return None
    return Steady(
        lines=lines,
        shown=_newest_first(shown),
        drafts=_newest_first(drafts),
        scheduled=_newest_first(scheduled),
        titles=spelt_out,
        lock=_written(lock, new),
        next_change=datetime.fromisoformat(min(scheduled)[0]) if scheduled else None,
        removed=removed,
        next_removal=next_removal,
        groups=list(_groups(*named)),
        odd=sorted({*odd, *_shared(spelt), *_shared(minutes)}),
    )


def _only_bodies(edited: Sequence[tuple[str, Record, str]], lock: str, titles: str) -> bool:
    """Say whether the lock knows the ``edited`` articles for what they are, and need not change."""
    return len(edited) <= _MANY and all(
        tail.count(" ") == _TAIL
        and is_known(title, article, Record(article.id, *tail.split(" ")), lock, titles)
        for title, article, tail in edited
    )


def is_known(title: str, article: Record, record: Record, lock: str, titles: str) -> bool:
    """Say whether ``record`` needs no change for ``article``, of which the body alone is another.

    ``titles`` are those of all articles, each between `rows.BETWEEN`.
    """
    return (
        article._replace(sketch=record.sketch) == record
        and lock.count(f" {record.title} ") == 1
        and titles.count(f"{BETWEEN}{title}{BETWEEN}") == 1
        and still_recognisable(article, record)
    )


def _groups(
    categories: set[str], tags: set[str], authors: set[str], languages: set[str]
) -> Iterator[tuple[Kind, str, str, tuple[str, ...]]]:
    """Yield the groups that fields of rows name, in the order of `selecting.groups`."""
    people = (each.partition(INSIDE)[0] for one in authors if one for each in one.split(WITHIN))
    kinds: tuple[tuple[Kind, Iterable[str]], ...] = (
        ("category", (each for one in categories if one for each in one.split(WITHIN))),
        ("tag", (each for one in tags if one for each in one.split(WITHIN))),
        ("author", people),
        ("language", languages),
    )
    for kind, labels in kinds:
        for label, slug, spellings in plan.named(set(labels)):
            yield kind, label, slug, spellings


def _shared(hashes: Sequence[int]) -> Iterator[int]:
    """Yield the numbers of the ``hashes`` that are there more than once."""
    if len(set(hashes)) < len(hashes):
        counts = Counter(hashes)
        yield from (number for number, each in enumerate(hashes) if counts[each] > 1)


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
    found.sort(key=itemgetter(1))
    found.sort(key=itemgetter(0), reverse=True)
    return [number for _, _, number in found]


def _written(lock: str | None, new: Sequence[str]) -> str:
    """Return the text of the lock with ``new`` lines.

    They are in the order of their ids: what ends an id, a space, comes before all that one may hold.
    """
    if lock is not None and not new:
        return lock
    lines = [f"{row}\n" for row in (lock or "").split("\n")[1:] if row]
    return locks.HEADER + "".join(sorted([*lines, *new]))
