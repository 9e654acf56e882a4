"""The next issue: what no earlier one carried, its key and its number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.model import Item
from newsfeed.newsletter.issues.resolving import ResolvedIssue
from newsfeed.newsletter.issues.selection import Selection, carried_by, choose, letter_order
from newsfeed.site.translations import keys_of, one_of_each
from newsfeed.text.regex import regex

NEXT_EVENTS = 6
"""How many events to come the first issue of a site tells of, beside the newest articles."""
_MONTH = regex(r"\d{4}-\d\d(?:-\d{1,3})?")
_DAY = regex(r"\d{4}-\d\d-\d\d")
_COUNT = regex(r"(.*?)(\d+)")


class Proposal(Struct, frozen=True, kw_only=True):
    """What the next issue holds, in letter order.

    ``left_out`` are the older articles that the first issue of a site leaves to the past, ``again``
    the ids of those that a person asked for though an earlier issue has them.
    """

    items: tuple[Item, ...]
    left_out: tuple[Item, ...] = ()
    again: frozenset[str] = frozenset()


def propose(
    items: Sequence[Item],
    carried: Collection[str],
    selection: Selection,
    *,
    most: int | None,
    language: str,
    ahead: Callable[[Item], bool],
) -> Proposal:
    """Return what ``selection`` takes of the visible ``items`` that are not ``carried``, by id.

    A later issue takes everything new, however old its date: ``most`` is None. The first issue of a
    site takes the newest ``most`` articles, unless the selection says how many or since when, and
    the next events, which are ``ahead``; what is older than those is left out, by name, so that no
    letter ever carries the archive of years.
    """
    gone = carried_by(items, carried)
    new = [item for item in one_of_each(items, language) if item.id not in gone]
    if selection.items:
        again = gone & {item.id for item in selection.items}
        return Proposal(items=selection.items, again=again)
    chosen = choose(new, selection, most)
    if most is None or not chosen:
        return Proposal(items=chosen)
    if not selection.asked:
        coming = [item for item in new if ahead(item) and item not in chosen]
        chosen = (*chosen, *sorted(coming, key=_begins)[:NEXT_EVENTS])
    recent = replace(selection, categories=(), tags=(), until=None)
    kept = {item.id for item in (*choose(new, recent, most), *chosen)}
    # What lies beyond the selection's end is neither: the next letter will propose it.
    return Proposal(items=chosen, left_out=tuple(item for item in new if item.id not in kept))


def together(proposals: Sequence[Proposal], items: Sequence[Item], *, ordered: bool) -> Proposal:
    """Return one proposal for the readers of several languages, which has a version of each article.

    It is the one of the first proposal that has one. ``items`` are all that translations are among;
    an ``ordered`` proposal keeps its order, others have that of letters.
    """
    keys = keys_of(items)
    told: dict[str, int] = {}
    merged: dict[str, Item] = {}
    for number, proposal in enumerate(proposals):
        for item in proposal.items:
            key = keys.get(item.path) or item.id
            # Two articles in one language that share a key are two, as `one_of_each` has it.
            if told.setdefault(key, number) == number:
                merged.setdefault(item.id, item)
    return Proposal(
        items=tuple(merged.values()) if ordered else letter_order(merged.values()),
        left_out=tuple({old.id: old for each in proposals for old in each.left_out}.values()),
        again=frozenset().union(*(each.again for each in proposals)),
    )


def _begins(item: Item) -> datetime:
    return item.event.start if item.event else item.published


def next_key(
    settled: Sequence[ResolvedIssue], keys: Collection[str], now: datetime, suffix: str = ""
) -> str:
    """Return a key that is free, in the manner of the newest issue: a month, a day or a number.

    ``keys`` are all that exist; ``now`` is in the site's zone. A letter in another language than the
    site's has a ``suffix``, such as ``.en``: the first of these is counted like the newest of all.
    """
    taken = {key.casefold() for key in keys}
    written = settled[-1].issue.key if settled else ""
    newest = written.removesuffix(suffix)
    if _DAY.fullmatch(newest):
        return _free(f"{now:%Y-%m-%d}", taken, suffix)
    counted = _COUNT.fullmatch(newest)
    if counted and not _MONTH.fullmatch(newest):
        number = int(counted[2]) + written.endswith(suffix)
        while f"{counted[1]}{number:0{len(counted[2])}}{suffix}".casefold() in taken:
            number += 1
        return f"{counted[1]}{number:0{len(counted[2])}}{suffix}"
    return _free(f"{now:%Y-%m}", taken, suffix)


def next_number(settled: Sequence[ResolvedIssue]) -> str | None:
    """Return the number of the next issue: one more than the highest, 1 for the first of all.

    None where a team gives its issues no numbers.
    """
    if not settled:
        return "1"
    numbers = [int(n) for each in settled if (n := each.issue.number or "").isdecimal()]
    return str(max(numbers) + 1) if numbers else None


def _free(key: str, taken: Collection[str], suffix: str) -> str:
    candidate, number = f"{key}{suffix}", 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{key}-{number}{suffix}"
    return candidate
