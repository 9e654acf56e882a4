"""Which items a letter holds, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from msgspec import Struct

from newsfeed.model import Item
from newsfeed.site.plan import newest_first
from newsfeed.text.slugs import folded


class Selection(Struct, frozen=True, kw_only=True):
    """What a person asks of a letter: the newest ``last`` items between two instants, of a kind.

    ``since`` and ``until`` belong to the span. Several categories or tags mean any of them.
    ``items`` are chosen one by one, in their order, and leave the rest of the selection aside.
    """

    last: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether anything was asked for."""
        return self != Selection()


def choose(items: Iterable[Item], selection: Selection, limit: int | None) -> tuple[Item, ...]:
    """Return what ``selection`` takes of ``items``, in letter order.

    At most ``limit`` of the newest are taken where it asks for no number, no span and no items.
    """
    if selection.items:
        return selection.items
    found = [item for item in newest_first(items) if _is_of(item, selection)]
    found = [item for item in found if _is_within(item, selection)]
    spanned = selection.since is not None or selection.until is not None
    most = selection.last if selection.last is not None or spanned else limit
    return letter_order(found if most is None else found[:most])


def letter_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items by weight, the lowest first, then those without one; equal ones newest first."""
    ordered = newest_first(items)
    return tuple(
        sorted(ordered, key=lambda item: (item.weight is None, item.weight if item.weight else 0))
    )


def carried_by(items: Iterable[Item], ids: Collection[str]) -> frozenset[str]:
    """Return ``ids`` with those of the items that are translations of the items they name."""
    everything = tuple(items)
    told: dict[str, set[str]] = {}
    for item in everything:
        if item.translation and item.id in ids:
            told.setdefault(item.translation, set()).add(item.language.lower())
    # Two articles in one language that share a key are two, as `one_of_each` has it.
    return frozenset(ids) | {
        item.id
        for item in everything
        if item.translation in told and item.language.lower() not in told[item.translation]
    }


def _is_of(item: Item, selection: Selection) -> bool:
    return _any_of(selection.categories, item.categories) and _any_of(selection.tags, item.tags)


def _any_of(wanted: Collection[str], names: Collection[str]) -> bool:
    borne = {folded(name) for name in names}
    return not wanted or any(folded(name) in borne for name in wanted)


def _is_within(item: Item, selection: Selection) -> bool:
    since, until = selection.since, selection.until
    return (since is None or item.published >= since) and (until is None or item.published <= until)
