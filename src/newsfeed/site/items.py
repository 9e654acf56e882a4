"""The items of a site: each is decoded when somebody first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import overload

from msgspec.structs import replace

from newsfeed.model import Head, Item


class Items(Mapping[str, Item]):
    """Every item by its path, with the id, address, page and former title of its head.

    ``decode`` gives the item at a path as it was read.
    """

    def __init__(self, heads: Iterable[Head], decode: Callable[[str], Item]) -> None:
        self.heads = {head.path: head for head in heads}
        self._decode = decode
        self._made: dict[str, Item] = {}

    def __getitem__(self, path: str) -> Item:
        item = self._made.get(path)
        if item is None:
            head = self.heads[path]
            item = replace(
                self._decode(path),
                id=head.id,
                url=head.url,
                page=head.page,
                guid=head.guid,
                former_title=head.former_title,
            )
            self._made[path] = item
        return item

    def __contains__(self, path: object) -> bool:
        return path in self.heads

    def __iter__(self) -> Iterator[str]:
        return iter(self.heads)

    def __len__(self) -> int:
        return len(self.heads)

    @classmethod
    def of(cls, items: Iterable[Item], heads: Iterable[Head]) -> Items:
        """Return what holds ``items``, which are decoded already, settled as their ``heads`` say."""
        known = {item.path: item for item in items}
        return cls(heads, known.__getitem__)


class ItemList(Sequence[Item]):
    """Some items of a site in an order of their own; none is decoded before it is asked for."""

    def __init__(self, heads: Sequence[Head], items: Mapping[str, Item]) -> None:
        self.heads = heads
        self._items = items

    def only(self, heads: Sequence[Head]) -> ItemList:
        """Return the list of the items of ``heads``."""
        return ItemList(heads, self._items)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> ItemList: ...
    def __getitem__(self, at: int | slice) -> Item | ItemList:
        if isinstance(at, slice):
            return ItemList(self.heads[at], self._items)
        return self._items[self.heads[at].path]

    def __iter__(self) -> Iterator[Item]:
        return (self._items[head.path] for head in self.heads)

    def __len__(self) -> int:
        return len(self.heads)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
