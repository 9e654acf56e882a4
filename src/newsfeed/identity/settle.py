"""Who each article is: ids that survive whatever happens to the files, held by the lock.

`settle` is pure: the same articles, lock, configuration and instant give the same ids, in any order of
the articles. docs/identity.md says what is kept through what, and why.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from datetime import datetime, timedelta
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic, arrange, diagnostic
from newsfeed.identity import paths as pages
from newsfeed.identity.former import Former, page_at
from newsfeed.identity.lock_lines import NONE, Record, instant, later, listed, moment, unlisted
from newsfeed.identity.lockfile import Lock, dump, parse
from newsfeed.identity.matching import recognise, still_recognisable
from newsfeed.identity.minting import Uris, minted
from newsfeed.identity.terms import Remembered, remember
from newsfeed.model import Head, Removed

__all__ = ["Lock", "Settled", "dump", "parse", "settle"]


class Settled(Struct, frozen=True, kw_only=True):
    """Articles with their ids, and what the site must remember, announce and redirect.

    ``heads`` are sorted by path. ``removed`` are those to announce now, ``next_change`` is when
    that differs next. ``redirects`` are (former output path, address) pairs, never of a page that
    an article has.
    """

    heads: Sequence[Head]
    lock: Lock
    removed: tuple[Removed, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    next_change: datetime | None = None
    terms: Remembered = Remembered(lines={}, slugs={})


def settle(
    heads: Iterable[Head],
    lock: Lock | None,
    config: Config,
    now: datetime,
    *,
    left_out: Collection[str] = (),
    line: Callable[[str, str], int] = lambda _path, _field: 1,
) -> Settled:
    """Give every article its id and its page, and return the lock as it should be from now on.

    ``left_out`` are the paths of articles that could not be read: those are not gone. An ``id``
    that a head bears is the one its front matter gives. ``line`` tells where a field of an article
    stands.
    """
    known = lock.records if lock else {}
    absent = frozenset(map(_normal, left_out))
    read = sorted(heads, key=attrgetter("path"))
    problems: list[Diagnostic] = list(lock.problems) if lock else []
    ids = _given_ids(read, known, config, problems)
    given = frozenset(ids)
    traces = _traces(read, known)
    ids |= _recognised_ids(read, traces, ids, known, absent, problems)
    ids |= minted(read, ids, known, config)
    records = {path: known[key] for path, key in ids.items() if key in known}
    former = lock.former if lock else {}
    if former and not config.pages.enabled:
        read = [_readdressed(head, former.get(ids[head.path]), config.site.url) for head in read]
    notes, crowded = pages.place(read, records)
    settled = tuple([_settled(head, ids[head.path], notes.get(head.path), given) for head in read])
    if former:
        settled = tuple([_retitled(head, former.get(head.id)) for head in settled])
    memory = _remembered(settled, traces, notes, records, config, now)
    memory |= _missed(known, memory.keys(), absent, frozenset(ids.values()), now)
    removed, next_change = announced(settled, memory, config, now)
    redirects, unusable = _redirects(settled, memory, config, now)
    here = {record.path for record in known.values() if record.missed == NONE}
    whole = absent.isdisjoint(here)
    terms = remember(settled, lock.terms if lock else {}, config, now, whole=whole)
    problems += [*crowded, *unusable, *terms.problems]
    changes = [when for when in (next_change, terms.next_change) if when is not None]
    base = (lock.feeds if lock else "") or config.site.url
    return Settled(
        heads=settled,
        lock=Lock(records=memory, terms=terms.lines, feeds=base, former=former),
        removed=removed,
        redirects=redirects,
        problems=arrange(_placed(problem, line) for problem in problems),
        next_change=min(changes, default=None),
        terms=terms,
    )


_FIELDS = {
    "id-duplicate": "id",
    "id-changed": "id",
    "page-duplicate": "slug",
    "redirect-unusable": "redirects",
    "redirect-taken": "redirects",
}
"""The field of front matter that each problem speaks of."""
_PLURAL = {"category": "categories", "tag": "tags", "author": "authors"}


def _placed(problem: Diagnostic, line: Callable[[str, str], int]) -> Diagnostic:
    """Return ``problem`` at the line of the field that it speaks of."""
    field = _FIELDS.get(problem.code)
    if problem.code == "term-spellings":
        field = _PLURAL[dict(problem.values)["kind"]]
    return replace(problem, line=line(problem.path, field)) if field else problem


def _traces(heads: Sequence[Head], known: Mapping[str, Record]) -> dict[str, Record]:
    """Return by path what the lock would note of each article, but for its id and its page.

    Where a record notes just that, it is the record itself: most articles of most builds.
    """
    live = [record for record in known.values() if record[7] == NONE]
    by_path = {record[1]: record for record in live}
    if len(by_path) < len(live):
        by_path = {record[1]: record for record in sorted(live)}
    traces: dict[str, Record] = {}
    for head in heads:
        path = head.path if head.path.isascii() else _normal(head.path)
        record = by_path.get(path)
        if (
            record is None
            or record[4] != head.sketch
            or record[3] != head.title_hash
            or record[2] != head.instant
        ):
            record = Record("", path, head.instant, head.title_hash, head.sketch)
        traces[head.path] = record
    return traces


def _normal(path: str) -> str:
    """Return ``path`` as the lock notes it: file systems differ in how they compose accents."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _given_ids(
    heads: Sequence[Head],
    known: Mapping[str, Record],
    config: Config,
    problems: list[Diagnostic],
) -> dict[str, str]:
    """Return the ids that front matter gives, by path; of two with one id, one keeps it."""
    given = [head for head in heads if head.id]
    if not given:
        return {}
    uris = Uris(known, config)
    homes = {_normal(head.path): head for head in heads}
    claims: dict[str, list[Head]] = {}
    for head in given:
        claims.setdefault(uris.of(head.id), []).append(head)
    ids: dict[str, str] = {}
    for key, claimants in claims.items():
        home = known[key].path if key in known else ""
        owner = homes.get(home)
        if owner and not owner.id and owner.title_hash == known[key].title:
            keeper = owner
        else:
            keeper = min(
                claimants, key=lambda head: (head.draft, _normal(head.path) != home, head.path)
            )
        ids[keeper.path] = key
        problems += [
            diagnostic("id-duplicate", head.path, id=head.id, other=keeper.path)
            for head in claimants
            if head is not keeper and not head.draft
        ]
    return ids


def _recognised_ids(
    heads: Sequence[Head],
    traces: Mapping[str, Record],
    ids: Mapping[str, str],
    known: Mapping[str, Record],
    absent: frozenset[str],
    problems: list[Diagnostic],
) -> dict[str, str]:
    """Return the ids of the other heads that the lock knows, by path."""
    same = {trace[1]: trace[0] for trace in traces.values() if trace[0]}
    if len(same) == len(heads) and not ids and absent.isdisjoint(same):
        return dict(zip(traces, same.values(), strict=True))
    found = recognise(
        [traces[head.path] for head in heads],
        known.values(),
        given={traces[path].path: key for path, key in ids.items()},
        same=same,
        absent=absent,
    )
    paths = {traces[head.path].path: head.path for head in heads}
    taken = frozenset((*found.ids.values(), *ids.values()))
    live = (
        {record.path: record for record in known.values() if record.missed == NONE} if ids else {}
    )
    for head in heads if ids or found.doubts else ():
        path = traces[head.path].path
        if head.draft or path in found.ids:
            continue
        former = live.get(path)
        if path in found.doubts:
            doubt = found.doubts[path]
            problems.append(
                diagnostic("identity-doubtful", head.path, other=doubt.path, id=doubt.id)
            )
        elif former is not None and former.id not in taken:
            problems.append(diagnostic("id-changed", head.path, id=head.id, known=former.id))
    return {paths[path]: key for path, key in found.ids.items()}


def _settled(head: Head, key: str, note: str | None, given: Set[str]) -> Head:
    """Return ``head`` with its id and its page; those that are ``given`` have theirs as written."""
    guid = head.id if head.path in given else ""
    if note is None or note == head.page:
        return replace(head, id=key, guid=guid)
    page = pages.output_path(note)
    url = pages.readdressed(head.url, head.page, page)
    return replace(head, id=key, guid=guid, url=url, page=page)


def _readdressed(head: Head, former: Former | None, site: str) -> Head:
    """Return ``head`` where the other tool has its page, as that tool's own feed said."""
    if former is None or head.page != former.page:
        return head
    page = page_at(former.address, head.page)
    return replace(head, url=site + former.address, page=page)


def _retitled(head: Head, former: Former | None) -> Head:
    """Return ``head`` with the title that readers know, while the article has the same one."""
    if former is None or head.title_hash != former.title:
        return head
    return replace(head, former_title=(former.form, former.text))


def _remembered(
    heads: Sequence[Head],
    traces: Mapping[str, Record],
    notes: Mapping[str, str],
    records: Mapping[str, Record],
    config: Config,
    now: datetime,
) -> dict[str, Record]:
    """Return the records of ``heads`` by id. A draft has one only if it was published once."""
    here = frozenset(head.page for head in heads if not head.draft)
    today = instant(now)
    memory: dict[str, Record] = {}
    paged = config.pages.enabled
    for head in heads:
        path = head.path
        trace, record = traces[path], records.get(path)
        note = notes.get(path, NONE) if paged else None
        if (
            record is trace
            and record[6] == NONE
            and (note is None or note == record[5])
            and not head.draft
        ):
            memory[record[0]] = record
        elif head.draft:
            if record is not None:
                missed = today if record.missed == NONE else record.missed
                memory[head.id] = record._replace(
                    path=trace.path, title=trace.title, sketch=trace.sketch, missed=missed
                )
        elif record is None:
            memory[head.id] = Record(head.id, *trace[1:5], note or NONE)
        else:
            memory[head.id] = _renewed(record, trace, note, here, today)
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
    present: Set[str],
    absent: frozenset[str],
    used: frozenset[str],
    now: datetime,
) -> dict[str, Record]:
    """Return the records of what is not among the heads, by id: kept for ever."""
    today = instant(now)
    missed = {}
    for key in sorted(known.keys() - present - used):
        record = known[key]
        gone = record.missed == NONE and record.path not in absent
        missed[key] = record._replace(missed=today) if gone else record
    return missed


def announced(
    heads: Sequence[Head], memory: Mapping[str, Record], config: Config, now: datetime
) -> tuple[tuple[Removed, ...], datetime | None]:
    """Return what was visible and no longer is, and when that list differs next."""
    gone = [
        Removed(
            id=record.id,
            when=moment(record.missed),
            url=_former_address(record, config),
        )
        for record in memory.values()
        if record[7] != NONE and record.published <= record.missed
    ]
    gone += [
        Removed(id=head.id, when=head.expires, url=head.url)
        for head in heads
        if head.expires is not None and head.published <= head.expires <= now and not head.draft
    ]
    # A century is as good as for ever.
    window = timedelta(days=min(config.feeds.removed_days, 36_500))
    announced = sorted(
        (each for each in gone if each.when <= now < later(each.when, window)), key=attrgetter("id")
    )
    instants = [moment for each in gone for moment in (each.when, later(each.when, window))]
    return tuple(announced), min((each for each in instants if each > now), default=None)


def _redirects(
    heads: Sequence[Head], memory: Mapping[str, Record], config: Config, now: datetime
) -> tuple[tuple[tuple[str, str], ...], list[Diagnostic]]:
    if not config.pages.enabled:
        return (), []
    former = {record.id: unlisted(record.old) for record in memory.values() if record[6] != NONE}
    moved = [
        head
        for head in heads
        if (head.redirects or head.id in former)
        and not head.draft
        and head.published <= now
        and (head.expires is None or head.expires > now)
    ]
    if not moved:
        return (), []
    occupied = {head.page: head.path for head in heads if not head.draft}
    return pages.redirects(moved, former, config.site.url, occupied)


def _former_address(record: Record, config: Config) -> str | None:
    if record.page == NONE:
        return None
    return pages.address(config.site.url, pages.output_path(record.page))
