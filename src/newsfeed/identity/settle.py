"""Who each item is: ids that survive whatever happens to the files, held by the lock.

`settle` is pure: the same items, lock, configuration and instant give the same ids, in any order of
the items. docs/identity.md says what is kept through what, and why.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from datetime import datetime, timedelta
from operator import attrgetter

from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic, arrange, diagnostic
from newsfeed.identity import paths as pages
from newsfeed.identity.ids import Uris, minted
from newsfeed.identity.lockfile import (
    NONE,
    Lock,
    Record,
    dump,
    instant,
    listed,
    moment,
    parse,
    unlisted,
)
from newsfeed.identity.matching import recognise, sketch_text, still_recognisable, title_hash
from newsfeed.model import Item, Removed
from newsfeed.text.values import frozen

__all__ = ["Lock", "Settled", "dump", "parse", "settle"]


@frozen
class Settled:
    """Items with their ids, and what the site must remember, announce and redirect.

    ``items`` are sorted by path. ``removed`` are those to announce now, ``next_change`` is when
    that differs next. ``redirects`` are (former output path, address) pairs, never of a page that
    an item has.
    """

    items: Sequence[Item]
    lock: Lock
    removed: tuple[Removed, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    next_change: datetime | None = None


def settle(
    items: Iterable[Item],
    lock: Lock | None,
    config: Config,
    now: datetime,
    *,
    left_out: Collection[str] = (),
) -> Settled:
    """Give every item its id and its page, and return the lock as it should be from now on.

    ``left_out`` are the paths of articles that could not be read: those are not gone. An ``id``
    that an item bears is the one its front matter gives.
    """
    known = lock.records if lock else {}
    absent = frozenset(map(_normal, left_out))
    read = sorted(items, key=attrgetter("path"))
    traces = _traces(read, known)
    problems: list[Diagnostic] = []
    ids = _given_ids(read, traces, known, config, problems)
    ids |= _recognised_ids(read, traces, ids, known, absent, problems)
    ids |= minted(read, ids, known, config)
    records = {item.path: known[ids[item.path]] for item in read if ids[item.path] in known}
    notes, crowded = pages.place(read, records)
    settled = tuple(_settled(item, ids[item.path], notes.get(item.path)) for item in read)
    memory = _remembered(settled, traces, notes, records, config, now)
    memory |= _missed(known, memory.keys(), absent, frozenset(ids.values()), now)
    removed, next_change = announced(settled, memory, config, now)
    redirects, unusable = _redirects(settled, memory, config, now)
    problems += [*crowded, *unusable]
    return Settled(
        items=settled,
        lock=Lock(records=memory),
        removed=removed,
        redirects=redirects,
        problems=arrange(problems),
        next_change=next_change,
    )


def _traces(items: Sequence[Item], known: Mapping[str, Record]) -> dict[str, Record]:
    """Return by path what the lock would note of each item, but for its id and its page.

    Where a record notes just that, it is the record itself: most articles of most builds.
    """
    by_path = {record.path: record for record in known.values() if record.missed == NONE}
    traces: dict[str, Record] = {}
    for item in items:
        path = _normal(item.path)
        published, title = instant(item.published), title_hash(item.title)
        sketch = sketch_text(item.sketch)
        record = by_path.get(path)
        if record is None or record[2:5] != (published, title, sketch):
            record = Record("", path, published, title, sketch)
        traces[item.path] = record
    return traces


def _normal(path: str) -> str:
    """Return ``path`` as the lock notes it: file systems differ in how they compose accents."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _given_ids(
    items: Sequence[Item],
    traces: Mapping[str, Record],
    known: Mapping[str, Record],
    config: Config,
    problems: list[Diagnostic],
) -> dict[str, str]:
    """Return the ids that front matter gives, by path; of two with one id, one keeps it."""
    uris = Uris(known, config)
    homes = {traces[item.path].path: item for item in items}
    claims: dict[str, list[Item]] = {}
    for item in items:
        if item.id:
            claims.setdefault(uris.of(item.id), []).append(item)
    ids: dict[str, str] = {}
    for key, claimants in claims.items():
        home = known[key].path if key in known else ""
        owner = homes.get(home)
        if owner and not owner.id and traces[owner.path].title == known[key].title:
            keeper = owner
        else:
            keeper = min(
                claimants,
                key=lambda item: (item.draft, traces[item.path].path != home, item.path),
            )
        ids[keeper.path] = key
        problems += [
            diagnostic("id-duplicate", item.path, item.line("id"), id=item.id, other=keeper.path)
            for item in claimants
            if item is not keeper and not item.draft
        ]
    return ids


def _recognised_ids(
    items: Sequence[Item],
    traces: Mapping[str, Record],
    ids: Mapping[str, str],
    known: Mapping[str, Record],
    absent: frozenset[str],
    problems: list[Diagnostic],
) -> dict[str, str]:
    """Return the ids of the other items that the lock knows, by path."""
    found = recognise(
        [traces[item.path] for item in items],
        known.values(),
        given={traces[path].path: key for path, key in ids.items()},
        absent=absent,
    )
    paths = {traces[item.path].path: item.path for item in items}
    taken = frozenset((*found.ids.values(), *ids.values()))
    live = {record.path: record for record in known.values() if record.missed == NONE}
    for item in items:
        path = traces[item.path].path
        if item.draft or path in found.ids:
            continue
        former = live.get(path) if item.path in ids else None
        if path in found.doubts:
            doubt = found.doubts[path]
            problems.append(
                diagnostic("identity-doubtful", item.path, other=doubt.path, id=doubt.id)
            )
        elif former is not None and former.id not in taken:
            problems.append(
                diagnostic("id-changed", item.path, item.line("id"), id=item.id, known=former.id)
            )
    return {paths[path]: key for path, key in found.ids.items()}


def _settled(item: Item, key: str, note: str | None) -> Item:
    """Return ``item`` with its id and its page."""
    made = copy(item)
    _put(made, "id", key)
    if note is not None and note != item.page:
        page = pages.output_path(note)
        _put(made, "url", pages.readdressed(item.url, item.page, page))
        _put(made, "page", page)
    return made


def _put(item: Item, name: str, value: str) -> None:
    object.__setattr__(item, name, value)


def _remembered(
    items: Sequence[Item],
    traces: Mapping[str, Record],
    notes: Mapping[str, str],
    records: Mapping[str, Record],
    config: Config,
    now: datetime,
) -> dict[str, Record]:
    """Return the records of ``items`` by id. A draft has one only if it was published once."""
    here = frozenset(item.page for item in items if not item.draft)
    today = instant(now)
    memory: dict[str, Record] = {}
    for item in items:
        trace, record = traces[item.path], records.get(item.path)
        note = notes.get(item.path, NONE) if config.pages.enabled else None
        if item.draft:
            if record is not None:
                missed = today if record.missed == NONE else record.missed
                memory[item.id] = record._replace(
                    path=trace.path, title=trace.title, sketch=trace.sketch, missed=missed
                )
        elif record is None:
            memory[item.id] = Record(item.id, *trace[1:5], note or NONE)
        elif record is trace and record.old == NONE and note in (record.page, None):
            memory[item.id] = record
        else:
            memory[item.id] = _renewed(record, trace, note, here, today)
    return memory


def _renewed(
    record: Record, trace: Record, note: str | None, here: frozenset[str], today: str
) -> Record:
    """Return ``record`` brought up to date; its evidence stays while it still serves."""
    evidence = record if still_recognisable(trace, record) else trace
    old = unlisted(record.old)
    former = pages.output_path(record.page)
    if note is not None and former not in (NONE, *old) and record.published <= today:
        old.append(former)
    return record._replace(
        path=trace.path,
        published=trace.published,
        title=evidence.title,
        sketch=evidence.sketch,
        page=record.page if note is None else note,
        old=listed(page for page in old if page not in here),
        missed=NONE,
    )


def _missed(
    known: Mapping[str, Record],
    present: Collection[str],
    absent: frozenset[str],
    used: frozenset[str],
    now: datetime,
) -> dict[str, Record]:
    """Return the records of what is not among the items, by id: kept for ever."""
    today = instant(now)
    return {
        key: record._replace(missed=today)
        if record.missed == NONE and record.path not in absent
        else record
        for key, record in known.items()
        if key not in present and key not in used
    }


def announced(
    items: Sequence[Item], memory: Mapping[str, Record], config: Config, now: datetime
) -> tuple[tuple[Removed, ...], datetime | None]:
    """Return what was visible and no longer is, and when that list differs next."""
    gone = [
        Removed(
            id=record.id,
            when=moment(record.missed),
            url=_former_address(record, config),
        )
        for record in memory.values()
        if record.missed != NONE and record.published <= record.missed
    ]
    gone += [
        Removed(id=item.id, when=item.expires, url=item.url)
        for item in items
        if item.expires is not None and item.published <= item.expires <= now and not item.draft
    ]
    # A century is as good as for ever, and calendars end in the year 9999.
    window = timedelta(days=min(config.feeds.removed_days, 36_500))
    announced = sorted(
        (each for each in gone if each.when <= now < each.when + window), key=attrgetter("id")
    )
    instants = [moment for each in gone for moment in (each.when, each.when + window)]
    return tuple(announced), min((each for each in instants if each > now), default=None)


def _redirects(
    items: Sequence[Item], memory: Mapping[str, Record], config: Config, now: datetime
) -> tuple[tuple[tuple[str, str], ...], list[Diagnostic]]:
    if not config.pages.enabled:
        return (), []
    former = {record.id: unlisted(record.old) for record in memory.values() if record.old != NONE}
    moved = [
        item
        for item in items
        if (item.redirects or item.id in former)
        and not item.draft
        and item.published <= now
        and (item.expires is None or item.expires > now)
    ]
    if not moved:
        return (), []
    occupied = {item.page for item in items if not item.draft}
    return pages.redirects(moved, former, config.site.url, occupied)


def _former_address(record: Record, config: Config) -> str | None:
    if record.page == NONE:
        return None
    return pages.address(config.site.url, pages.output_path(record.page))
