"""What a build found out from all articles together, kept for as long as it stays true.

When nothing but the text of some bodies changed, the ids, the plan, the lock and every list are what
they were: a `Frame` holds them, and the build settles, plans and compares nothing anew. It is used
only where that can be proved; otherwise a build does all of it again, and says the same.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload
from weakref import WeakValueDictionary

from newsfeed.build.claims import Claims
from newsfeed.build.grounds import ground, is_current
from newsfeed.build.rows import BETWEEN, item_of, problem_of, problem_row, settled_row
from newsfeed.build.standing import Lines, Memory
from newsfeed.content.reading import LeftOut
from newsfeed.diagnostics import Diagnostic
from newsfeed.identity import lockfile as locks
from newsfeed.identity.lockfile import NONE
from newsfeed.model import Item, Removed
from newsfeed.site.archives import Pages
from newsfeed.site.plan import Group, Later, Plan, groups
from newsfeed.text.hashing import hashed
from newsfeed.text.values import frozen

if TYPE_CHECKING:
    from newsfeed.build import Site
    from newsfeed.build.entries import Entries

_VERSION = 3
HEAD, BODY, PATHS, TITLES = "frame", "frame-items", "frame-paths", "frame-titles"
_HELD = 1000
"""How many items are held, whether somebody else holds them or not."""
_LISTS = 4
"""How many lines of a frame's body hold lists of items: shown, drafts, scheduled, expired."""


@frozen
class Frame:
    """What holds of all articles of a site.

    ``problems`` are those of articles, alone and compared with each other, ``told`` what showing each
    item told: its problems and its links into others, by path. ``seen`` are the items that were
    rendered, None for all that are shown. ``visible`` are the paths of shown items, ``count`` is how
    many outputs there are. ``edited`` are the articles whose bodies changed since, with a hash of
    what they were, ``head`` is what was noted.
    """

    plan: Plan
    visible: Shown
    items: Items
    removed: tuple[Removed, ...]
    redirects: tuple[tuple[str, str], ...]
    archives: dict[str, Pages]
    problems: tuple[Diagnostic, ...]
    left_out: tuple[LeftOut, ...]
    told: Mapping[str, Any]
    seen: frozenset[str] | None
    count: int
    edited: Mapping[str, str]
    head: Mapping[str, Any]


class Items(Mapping[str, Item]):
    """The items of a site by path, each made when someone asks for it.

    ``lines`` hold a path and what `settled_row` wrote, in the order of paths.
    """

    def __init__(self, lines: list[str] | Lines, memory: Memory) -> None:
        self._lines = lines
        self._memory = memory
        # One that somebody holds is the same for all; the last ones are held here.
        self._made: WeakValueDictionary[int, Item] = WeakValueDictionary()
        self._last: deque[Item] = deque(maxlen=_HELD)

    def owners(self, pages: Set[str]) -> dict[str, str]:
        """Return the articles that have ``pages`` for their own: output path -> path."""
        found = {}
        for line in self._lines:
            page = line.rpartition(BETWEEN)[2]
            if page in pages:
                found[page] = _path(line)
        return found

    def at(self, number: int) -> Item:
        """Return the item with this number, in the order of paths."""
        item = self._made.get(number)
        if item is None:
            path, _, settled = self._lines[number].partition(BETWEEN)
            item = item_of(path, self._memory.slim, self._memory.rest, settled)
            self._made[number] = item
        self._last.append(item)
        return item

    def of(self, numbers: Iterable[int]) -> tuple[Item, ...]:
        """Return the items with these numbers."""
        return tuple(map(self.at, numbers))

    def number(self, path: str) -> int:
        """Return the number of an item. Raises KeyError."""
        lines = self._lines
        if not isinstance(lines, list):
            return lines.number(path)
        at = bisect_left(lines, path, key=_path)
        if at == len(lines) or _path(lines[at]) != path:
            raise KeyError(path)
        return at

    def __getitem__(self, path: str) -> Item:
        return self.at(self.number(path))

    def __iter__(self) -> Iterator[str]:
        return map(_path, self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self),)


class Layout(NamedTuple):
    """Which items stand where: numbers of ``lines``, which are those of `Items`.

    ``titles`` are all titles, each between `rows.BETWEEN`.
    """

    shown: Sequence[int]
    drafts: Sequence[int]
    scheduled: Sequence[int]
    expired: Sequence[int]
    titles: str
    lines: list[str] | Lines

    def plan(
        self,
        memory: Memory,
        now: datetime,
        next_change: datetime | None,
        grouped: Callable[[Sequence[Item]], Sequence[Group]],
    ) -> tuple[Items, Plan]:
        """Return the items, and what is shown of them at ``now``; ``grouped`` gives their groups."""
        items = Items(self.lines, memory)
        shown = Chosen(items, self.shown)
        return items, Plan(
            now=now,
            items=shown,
            drafts=Chosen(items, self.drafts),
            scheduled=Chosen(items, self.scheduled),
            expired=Chosen(items, self.expired),
            groups=grouped(shown),
            next_change=next_change,
        )


class Chosen(Sequence[Item]):
    """Some of the items of a site, in an order of their own."""

    def __init__(self, items: Items, numbers: Sequence[int]) -> None:
        self._items = items
        self._numbers = numbers

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return tuple(map(self._items.at, self._numbers[at]))
        return self._items.at(self._numbers[at])

    def __iter__(self) -> Iterator[Item]:
        return map(self._items.at, self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    @cached_property
    def paths(self) -> frozenset[str]:
        """The paths of these items."""
        lines = self._items._lines
        return frozenset([_path(lines[number]) for number in self._numbers])

    def with_page(self) -> list[int]:
        """Return the places of those that have a page; none of them is made."""
        lines = self._items._lines
        return [at for at, number in enumerate(self._numbers) if lines[number][-1] != BETWEEN]

    def position(self, path: str) -> int:
        """Return at which place the item at ``path`` stands. Raises ValueError."""
        try:
            return self._places[self._items.number(path)]
        except KeyError:
            raise ValueError(path) from None

    @cached_property
    def _places(self) -> Mapping[int, int]:
        return {number: place for place, number in enumerate(self._numbers)}

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)


class Shown(Set[str]):
    """The paths of the items that are shown."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items

    @cached_property
    def _paths(self) -> frozenset[str]:
        items = self._items
        return items.paths if isinstance(items, Chosen) else frozenset(i.path for i in items)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._items)

    def __reduce__(self) -> tuple[Any, ...]:
        return frozenset, (self._paths,)


class Noted(NamedTuple):
    """What the last build noted, read: it may not hold any more."""

    head: Mapping[str, Any]
    body: Sequence[str]
    lock: str

    @staticmethod
    def by(memory: Memory, lock: str) -> Noted | None:
        """Return what the last build let ``memory`` note, where that is whole."""
        head = json.loads(memory.found(HEAD) or "null")
        if not head or head["version"] != _VERSION:
            return None
        body = (memory.found(BODY, bound=False) or "").split("\n")
        if body[0] != head["body"] or memory.laid.token != head["laid"]:
            return None
        return Noted(head, body, lock)


def recall(
    noted: Noted, memory: Memory, templates: str, now: datetime, flags: Sequence[bool]
) -> Frame | None:
    """Return the frame that was ``noted`` if it still holds at ``now``, otherwise None.

    ``templates`` stands for all templates; ``flags`` are what the build was asked for: drafts and the
    like.
    """
    head, body, lock = noted
    if not is_current(head["since"], head["until"], now):
        return None
    if head["ground"] != ground(templates, lock, flags):
        return None
    if not all(_body_alone(path, memory, lock, head) for path in memory.edited):
        return None
    shown, drafts, scheduled, expired = (
        [*map(int, line.split(" "))] if line else [] for line in body[1 : 1 + _LISTS]
    )
    layout = Layout(shown, drafts, scheduled, expired, "", memory.laid)
    items, plan = layout.plan(
        memory,
        now,
        datetime.fromisoformat(head["until"]) if head["until"] else None,
        lambda shown: grouped(head["groups"], shown),
    )
    return Frame(
        plan=plan,
        visible=Shown(plan.items),
        items=items,
        removed=tuple(
            Removed(id=key, when=datetime.fromisoformat(when), url=url)
            for key, when, url in head["removed"]
        ),
        redirects=tuple((page, url) for page, url in head["redirects"]),
        archives={
            folder: _pages_of(row, items) for folder, row in json.loads(body[_LISTS + 1]).items()
        },
        problems=tuple(map(problem_of, head["problems"])),
        left_out=tuple(LeftOut(path=path, reason=reason) for path, reason in head["left_out"]),
        told=head["told"],
        seen=None if head["seen"] is None else frozenset(head["seen"]),
        count=head["count"],
        edited=memory.edited,
        head=head,
    )


def note(
    site: Site,
    entries: Entries,
    memory: Memory,
    problems: Iterable[Diagnostic] = (),
    paths: Sequence[str] = (),
    *,
    linted: bool = False,
) -> None:
    """Let ``memory`` note what holds of the articles of ``site``, which has just been rendered.

    ``problems`` are those of articles, ``paths`` those of all outputs. What may not hold for the next
    build is not noted: where this one changes the lock, or feeds were ``linted`` with findings, some
    of which speak of the instant.
    """
    frame, plan = site.frame, site.plan
    told = entries.told()
    if frame is not None:
        site.noted = {**frame.head, "told": told}
        memory.leave(HEAD, json.dumps(site.noted))
        return
    doubtful = site.lock_text != site.lock_before and site.settled.problems
    if doubtful or linted or site.records or not (site.whole and memory.whole):
        return
    layout = site.layout or _layout(site)
    until = site.next_change
    archives = {}
    if site.config.feeds.archive:
        number = {_path(line): at for at, line in enumerate(layout.lines)}
        archives = {folder: _pages_row(pages, number) for folder, pages in site.archives.items()}
    body = "\n".join(
        (
            *(" ".join(map(str, each)) for each in layout[:_LISTS]),
            json.dumps(archives),
        )
    )
    memory.laid.save([*layout.lines])
    listed = "\n".join(paths)
    head = {
        "version": _VERSION,
        "body": hashed((body,)),
        "paths": hashed((listed,)),
        "titles": hashed((layout.titles,)),
        "laid": memory.laid.token,
        "since": plan.now.isoformat(),
        "until": until.isoformat() if until else None,
        "count": len(paths),
        "groups": [
            [group.kind, group.label, group.slug, group.spellings]
            for group in (plan.groups if site.config.pages.enabled or site.config.feeds.per else ())
        ],
        "removed": [[each.id, each.when.isoformat(), each.url] for each in site.settled.removed],
        "redirects": site.settled.redirects,
        "problems": [problem_row(each) for each in problems],
        "left_out": [[each.path, each.reason] for each in site.left_out],
        "told": told,
        "seen": None if site.config.pages.enabled else entries.seen(),
        "ground": ground(site.theme.fingerprint, site.lock_text, site.flags),
    }
    site.noted = head
    memory.leave(HEAD, json.dumps(head))
    memory.leave(BODY, f"{head['body']}\n{body}", bound=False)
    memory.leave(PATHS, f"{head['paths']}\n{listed}", bound=False)
    memory.leave(TITLES, f"{head['titles']}\n{layout.titles}", bound=False)


def claims(frame: Frame, memory: Memory) -> Claims:
    """Return who has which path of the output folder."""
    token, _, listed = (memory.found(PATHS, bound=False) or "").partition("\n")
    made = Claims()
    if token == frame.head["paths"]:
        for path in listed.split("\n"):
            made.take(path)
    return made


def _layout(site: Site) -> Layout:
    items, plan = site.settled.items, site.plan
    number = {item.path: at for at, item in enumerate(items)}
    shown, drafts, scheduled, expired = (
        [number[item.path] for item in each]
        for each in (plan.items, plan.drafts, plan.scheduled, plan.expired)
    )
    return Layout(
        shown,
        drafts,
        scheduled,
        expired,
        BETWEEN + BETWEEN.join([item.title for item in items]) + BETWEEN,
        [f"{item.path}{BETWEEN}{settled_row(item)}" for item in items],
    )


def _path(line: str) -> str:
    return line.partition(BETWEEN)[0]


def _pages_row(pages: Pages, number: Mapping[str, int]) -> list[Any]:
    """Return what stands on the pages of a feed, as numbers of items.

    For the next build a page that was closed by this one is one that was closed before.
    """

    def numbers(items: Iterable[Item]) -> list[int]:
        return [number[item.path] for item in items]

    closed = [numbers(each) for each in pages.closed]
    intact = pages.intact.union(pages.closing.values())
    return [numbers(pages.current), numbers(pages.open), closed, sorted(intact)]


def _pages_of(row: Sequence[Any], items: Items) -> Pages:
    current, open_, closed, intact = row
    return Pages(
        current=Chosen(items, current),
        open=Chosen(items, open_),
        closed=tuple(Chosen(items, each) for each in closed),
        closing={},
        intact=frozenset(intact),
    )


def _body_alone(path: str, memory: Memory, lock: str, head: Mapping[str, Any]) -> bool:
    """Say whether nothing changed of an article but its body, and the lock need not change for it."""
    (slim, second), (new_slim, new_second) = memory.rows(path)
    start, _, _ = slim.rpartition(BETWEEN)
    new_start, _, sketch = new_slim.rpartition(BETWEEN)
    if not start or start != new_start or second != new_second:
        return False
    record = locks.record_at(lock, path)
    if record is None or record.missed != NONE:
        return False
    if record.sketch == (sketch or NONE):
        return True
    from newsfeed.build.steady import is_known
    from newsfeed.identity.matching import title_hash

    title = slim.split(BETWEEN, 2)[1]
    token, _, titles = (memory.found(TITLES, bound=False) or "").partition("\n")
    article = record._replace(sketch=sketch or NONE, title=title_hash(title))
    return token == head["titles"] and is_known(title, article, record, lock, titles)


def grouped(rows: Sequence[Any], items: Sequence[Item]) -> tuple[Group, ...]:
    """Return the groups of ``rows``, whose items are found when someone asks for them."""
    found: dict[tuple[str, str], Sequence[Item]] = {}

    def members(kind: str, slug: str) -> tuple[Item, ...]:
        if not found:
            found.update({(each.kind, each.slug): each.items for each in groups(items)})
        return tuple(found[kind, slug])

    def later(kind: str, slug: str) -> Later[Item]:
        return Later(lambda: members(kind, slug))

    return tuple(
        Group(
            kind=kind, label=label, slug=slug, items=later(kind, slug), spellings=tuple(spellings)
        )
        for kind, label, slug, spellings in rows
    )
