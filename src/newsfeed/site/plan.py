"""Which items are visible, in which order, and in which feeds, pages and letters they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Literal, TypeVar

from msgspec import Struct

from newsfeed.identity.terms import LABELS, Remembered, Vanished, commonest
from newsfeed.model import Head, Item
from newsfeed.site.items import ItemList, Items
from newsfeed.text.slugs import folded, hash_of, slugify, unique_slugs

Kind = Literal["category", "tag", "author", "language"]
FOLDERS: dict[Kind, str] = {
    "category": "categories",
    "tag": "tags",
    "author": "authors",
    "language": "languages",
}
_LABELS: dict[Kind, Callable[[Head], tuple[str, ...]]] = {
    "category": LABELS["category"],
    "tag": LABELS["tag"],
    "author": LABELS["author"],
    "language": lambda head: (head.language,),
}
_Slugs = Mapping[str, str]


class Group(Struct, frozen=True, kw_only=True):
    """The items that share a category, tag, author or language, newest first.

    ``folder`` is where its page and feeds lie, with a trailing ``/``. ``spellings`` are the ways in
    which its items write its name; its label is the commonest of them.
    """

    kind: Kind
    label: str
    slug: str
    items: ItemList
    spellings: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        return f"{FOLDERS[self.kind]}/{self.slug}/"


class Plan(Struct, frozen=True, kw_only=True, dict=True):
    """What a build shows at the instant ``now``: ``items`` are the visible ones, newest first."""

    now: datetime
    items: ItemList
    drafts: ItemList
    scheduled: ItemList
    expired: ItemList
    next_change: datetime | None = None
    terms: Remembered = Remembered(lines={}, slugs={})

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the visible items, made when somebody first asks for them."""
        return tuple(groups(self.items, self.terms))

    @cached_property
    def vanished(self) -> tuple[Vanished, ...]:
        """The terms that had articles and have none, for as long as that is said."""
        gone = self.terms.vanished
        shown = {(group.kind, group.slug) for group in self.groups} if gone else set()
        return tuple(each for each in gone if (each.kind, each.slug) not in shown)

    @cached_property
    def visible(self) -> frozenset[str]:
        """The paths of the visible items."""
        return frozenset([head.path for head in self.items.heads])

    @cached_property
    def folders(self) -> dict[Kind, dict[str, str]]:
        """For categories and tags the folder of the group that each spelling belongs to."""
        slugs = self.terms.slugs
        return {kind: _folders(self.items, kind, slugs.get(kind, {})) for kind in _FILED}

    def of(self, kind: Kind) -> tuple[Group, ...]:
        """Return the groups of one kind, in the order of their labels."""
        return tuple(group for group in self.groups if group.kind == kind)


def plan(
    items: Items,
    now: datetime,
    *,
    terms: Remembered | None = None,
    drafts: bool = False,
    future: bool = False,
) -> Plan:
    """Return what is visible at ``now``; ``drafts`` and ``future`` show what otherwise waits.

    ``terms`` tell which address belongs to which category, tag and author.
    """
    kinds: dict[str, list[Head]] = {"": [], "draft": [], "scheduled": [], "expired": []}
    for head in items.heads.values():
        kinds[_hidden(head, now, drafts=drafts, future=future)].append(head)
    shown, held, scheduled, expired = (
        ItemList(newest_first(each), items) for each in kinds.values()
    )
    return Plan(
        now=now,
        items=shown,
        drafts=held,
        scheduled=scheduled,
        expired=expired,
        next_change=_next_change(kinds[""], kinds["scheduled"]),
        terms=terms or Remembered(lines={}, slugs={}),
    )


Dated = TypeVar("Dated", Head, Item)


def newest_first(items: Iterable[Dated]) -> tuple[Dated, ...]:
    """Return items by date, the newest first; equal dates are ordered by id."""
    by_path = sorted(items, key=attrgetter("path"))
    by_id = sorted(by_path, key=attrgetter("id"))
    return tuple(sorted(by_id, key=attrgetter("published"), reverse=True))


def _hidden(head: Head, now: datetime, *, drafts: bool, future: bool) -> str:
    if head.draft and not drafts:
        return "draft"
    if head.published > now and not future and not head.draft:
        return "scheduled"
    if head.expires is not None and head.expires <= now:
        return "expired"
    return ""


def _next_change(shown: Iterable[Head], scheduled: Iterable[Head]) -> datetime | None:
    """Return the first instant at which an item appears or disappears."""
    instants = [head.expires for head in shown if head.expires is not None]
    instants += [
        head.published
        for head in scheduled
        if head.expires is None or head.published < head.expires
    ]
    return min(instants, default=None)


def groups(items: ItemList, terms: Remembered) -> Iterable[Group]:
    """Yield the groups of ``items``, which are the visible ones, newest first."""
    for kind, labels in _LABELS.items():
        spelt: dict[str, list[Head]] = {}
        for head in items.heads:
            for label in labels(head):
                if label not in spelt:
                    spelt[label] = [head]
                elif spelt[label][-1] is not head:
                    spelt[label].append(head)
        counts = {label: len(heads) for label, heads in spelt.items()}
        known = terms.labels.get(kind)
        for label, slug, names in named(counts, terms.slugs.get(kind, {}), known):
            yield Group(
                kind=kind,
                label=label,
                slug=slug,
                items=items.only(_together([spelt[name] for name in names], items.heads)),
                spellings=names,
            )


_FILED: tuple[Kind, ...] = ("category", "tag")


def _folders(items: ItemList, kind: Kind, slugs: _Slugs) -> dict[str, str]:
    borne = {label: 1 for labels in set(map(_LABELS[kind], items.heads)) for label in labels}
    return {
        name: f"{FOLDERS[kind]}/{slug}/" for _, slug, names in named(borne, slugs) for name in names
    }


def named(
    labels: Mapping[str, int], slugs: _Slugs, known: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the label, the slug and the spellings of each group of the ``labels``, which are counted.

    "Dépistage", "dépistage" and "depistage" are one category to a reader. ``slugs`` are those that
    are remembered, by `folded` name; those of drafts, which a preview shows, are not. ``known`` are
    the labels that are, by the same.
    """
    spellings: dict[str, list[str]] = {}
    for label in sorted(labels):
        spellings.setdefault(folded(label), []).append(label)
    new = sorted(key for key in spellings if key not in slugs)
    made = unique_slugs(new, lambda key: slugify(spellings[key][0]))
    taken = set(slugs.values()) if made else set()
    for key in sorted(spellings):
        names = spellings[key]
        slug = slugs.get(key) or made[key]
        if key in made and slug in taken:
            slug = f"{slug}-{hash_of(key)}"
        label = commonest({name: labels[name] for name in names}, (known or {}).get(key, ""))
        yield label, slug, tuple(names)


def _together(parts: Sequence[Sequence[Head]], heads: Sequence[Head]) -> tuple[Head, ...]:
    """Return the articles of all ``parts``, once each, in the order of ``heads``."""
    if len(parts) == 1:
        return tuple(parts[0])
    wanted = {head.path for part in parts for head in part}
    return tuple([head for head in heads if head.path in wanted])
