"""Which items stand on which page of a feed's archive (RFC 5005 §4). Pure: the lock remembers.

A feed is three disjoint parts, and following ``prev-archive`` from the first gives each item once:
the current document with the newest items; one open page that older items wait on; closed pages,
filled oldest first, whose members never change. docs/identity.md gives the reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from newsfeed.model import Head


class Pages(Struct, frozen=True, kw_only=True):
    """A feed's articles, newest first in each part.

    ``closed`` are the closed pages, page 1 first. ``open`` is the page after them: written, even
    when it is empty, as soon as there is a closed one, so that every closed page has had its
    ``next-archive`` from the first day. ``closing`` are the members (id -> page) of pages that were
    not closed before: the lock must remember them. ``intact`` are the numbers of the pages that were
    closed before and still hold everything they closed with: what was published of those can stay.
    """

    current: Sequence[Head]
    open: Sequence[Head]
    closed: Sequence[Sequence[Head]]
    closing: Mapping[str, int]
    intact: frozenset[int] = frozenset()

    @property
    def open_number(self) -> int | None:
        """The number of the open page, None where there is no archive at all."""
        return len(self.closed) + 1 if self.closed or self.open else None


def arrange(
    items: Iterable[Head],
    visible: Mapping[str, Head],
    closed: Mapping[str, int],
    *,
    limit: int,
    size: int,
    closing: bool = True,
) -> Pages:
    """Return the pages of the feed of ``items``, its current document holding ``limit`` of them.

    ``visible`` are all items that the site shows, by id: a closed page keeps an item that left the
    feed's category, and loses one that left the site. ``closed`` is what the lock remembers of this
    feed (id -> page). ``size`` is how many items a page closes with. Nothing is closed without
    ``closing``: a build that may not change the lock lets the open page grow.
    """
    waiting = _oldest_first(item for item in items if item.id not in closed)
    split = max(len(waiting) - limit, 0)
    current, older = waiting[split:], waiting[:split]
    last = max(closed.values(), default=0)
    members = dict(closed)
    new: dict[str, int] = {}
    # The open page keeps at least one item, so that no link leads to an empty page for long.
    while closing and len(older) > size:
        last += 1
        new |= {item.id: last for item in older[:size]}
        older = older[size:]
    before = Counter(members.values())
    members |= new
    pages: list[list[Head]] = [[] for _ in range(last)]
    for key, page in members.items():
        if key in visible:
            pages[page - 1].append(visible[key])
    return Pages(
        current=tuple(reversed(current)),
        open=tuple(reversed(older)),
        closed=tuple(tuple(reversed(_oldest_first(page))) for page in pages),
        closing=new,
        intact=frozenset(
            number for number, page in enumerate(pages, 1) if 0 < len(page) == before[number]
        ),
    )


def _oldest_first(items: Iterable[Head]) -> list[Head]:
    """Return items in the reverse of the order that feeds have: equal dates by id."""
    by_id = sorted(items, key=lambda item: item.id, reverse=True)
    return sorted(by_id, key=lambda item: item.published)
