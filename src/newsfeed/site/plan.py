"""Which items are visible, in which order, and in which feeds, pages and letters they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, TypeVar, overload

from newsfeed.model import Item
from newsfeed.text.slugs import slugify, unique_slugs
from newsfeed.text.values import frozen

Kind = Literal["category", "tag", "author", "language"]
FOLDERS: dict[Kind, str] = {
    "category": "categories",
    "tag": "tags",
    "author": "authors",
    "language": "languages",
}


T = TypeVar("T")


class Later(Sequence[T]):
    """A tuple that is made when someone first looks into it: not every build asks for every list."""

    def __init__(self, make: Callable[[], tuple[T, ...]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> tuple[T, ...]:
        return self._make()

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> Any:
        return self._made[at]

    def __iter__(self) -> Iterator[T]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._made,)


_LABELS: dict[Kind, Callable[[Item], Sequence[str]]] = {
    "category": lambda item: item.categories,
    "tag": lambda item: item.tags,
    "author": lambda item: [person.name for person in item.authors],
    "language": lambda item: (item.language,),
}


@frozen
class Group:
    """The items that share a category, tag, author or language, newest first.

    ``folder`` is where its page and feeds lie, with a trailing ``/``. ``spellings`` are the ways in
    which its items write its name; the first of them in the order of letters is its label.
    """

    kind: Kind
    label: str
    slug: str
    items: Sequence[Item]
    spellings: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        return f"{FOLDERS[self.kind]}/{self.slug}/"


@frozen
class Plan:
    """What a build shows at the instant ``now``: ``items`` are the visible ones, newest first."""

    now: datetime
    items: Sequence[Item]
    drafts: Sequence[Item]
    scheduled: Sequence[Item]
    expired: Sequence[Item]
    groups: Sequence[Group]
    next_change: datetime | None

    def of(self, kind: Kind) -> tuple[Group, ...]:
        """Return the groups of one kind, in the order of their labels."""
        return tuple(group for group in self.groups if group.kind == kind)


def plan(
    items: Iterable[Item],
    now: datetime,
    *,
    drafts: bool = False,
    future: bool = False,
) -> Plan:
    """Return what is visible at ``now``; ``drafts`` and ``future`` show what otherwise waits."""
    shown: list[Item] = []
    hidden: dict[str, list[Item]] = {"draft": [], "scheduled": [], "expired": []}
    for item in items:
        why = _hidden(item, now, drafts=drafts, future=future)
        (hidden[why] if why else shown).append(item)
    ordered = newest_first(shown)
    everything = [*shown, *hidden["scheduled"]]
    return Plan(
        now=now,
        items=ordered,
        drafts=newest_first(hidden["draft"]),
        scheduled=newest_first(hidden["scheduled"]),
        expired=newest_first(hidden["expired"]),
        groups=Later(lambda: tuple(groups(ordered))),
        next_change=_next_change(everything, now, future=future),
    )


def newest_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items by date, the newest first; equal dates are ordered by id."""
    by_id = sorted(items, key=lambda item: (item.id, item.path))
    return tuple(sorted(by_id, key=lambda item: item.published, reverse=True))


def _hidden(item: Item, now: datetime, *, drafts: bool, future: bool) -> str:
    if item.draft and not drafts:
        return "draft"
    if item.published > now and not future and not (item.draft and drafts):
        return "scheduled"
    if item.expires is not None and item.expires <= now:
        return "expired"
    return ""


def _next_change(items: Sequence[Item], now: datetime, *, future: bool) -> datetime | None:
    """Return the first instant after ``now`` at which an item appears or disappears."""
    instants = [item.expires for item in items if item.expires is not None]
    if not future:
        instants += [item.published for item in items]
    return min((instant for instant in instants if instant > now), default=None)


def groups(items: Sequence[Item]) -> Iterable[Group]:
    """Yield the groups of ``items``, which are the visible ones, newest first."""
    for kind, labels in _LABELS.items():
        spelt: dict[str, list[Item]] = {}
        for item in items:
            for label in labels(item):
                if label not in spelt:
                    spelt[label] = [item]
                elif spelt[label][-1] is not item:
                    spelt[label].append(item)
        for label, slug, names in named(spelt):
            yield Group(
                kind=kind,
                label=label,
                slug=slug,
                items=_together([spelt[name] for name in names], items),
                spellings=names,
            )


def named(labels: Iterable[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the label, the slug and the spellings of each group that items with ``labels`` make.

    "Dépistage" and "dépistage" are one category to a reader.
    """
    spellings: dict[str, list[str]] = {}
    for label in sorted(labels):
        spellings.setdefault(label.casefold(), []).append(label)
    slugs = unique_slugs(sorted(spellings), lambda folded: slugify(spellings[folded][0]))
    for folded in sorted(spellings):
        names = spellings[folded]
        yield names[0], slugs[folded], tuple(names)


def _together(parts: Sequence[Sequence[Item]], items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items of all ``parts``, once each, in the order of ``items``."""
    if len(parts) == 1:
        return tuple(parts[0])
    wanted = {item.path for part in parts for item in part}
    return tuple(item for item in items if item.path in wanted)
