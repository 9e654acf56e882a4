"""Cheap frozen values are what the frozen dataclasses of the library are."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import dataclass, field
from typing import Any

import pytest

from newsfeed.text.values import frozen


def fields_of(kind: type) -> list[tuple[Any, ...]]:
    return [
        (
            each.name,
            each.type,
            each.default,
            each.default_factory,
            each.kw_only,
            dict(each.metadata),
        )
        for each in dataclasses.fields(kind)
    ]


class _Plain:
    """What both are made of."""

    name: str
    size: int = 3
    tags: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict, metadata={"doc": "more"})

    @property
    def long(self) -> str:
        return self.name * self.size


@frozen
class Ours:
    __doc__ = _Plain.__doc__
    name: str
    size: int = 3
    tags: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict, metadata={"doc": "more"})
    aside: int = field(default=0, compare=False, repr=False)
    long = _Plain.long


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    __doc__ = _Plain.__doc__
    name: str
    size: int = 3
    tags: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict, metadata={"doc": "more"})
    aside: int = field(default=0, compare=False, repr=False)
    long = _Plain.long


@frozen
class Empty:
    pass


@frozen
class One:
    only: int = 1


GIVEN: list[dict[str, Any]] = [
    {"name": "a"},
    {"name": "a", "size": 4},
    {"name": "b", "tags": ("x",), "more": {"y": 1}},
    {"name": "a", "aside": 1},
]


def test_fields_are_declared_alike() -> None:
    assert fields_of(Ours) == fields_of(Theirs)
    assert Ours.__slots__ == Theirs.__slots__
    assert Ours.__doc__ == Theirs.__doc__
    assert Ours.__match_args__ == Theirs.__match_args__
    assert dataclasses.is_dataclass(Ours)


@pytest.mark.parametrize("given", GIVEN)
def test_values_are_made_shown_and_compared_alike(given: dict[str, Any]) -> None:
    ours, theirs = Ours(**given), Theirs(**given)
    assert repr(ours).replace("Ours", "Theirs") == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
    assert ours.long == theirs.long
    for other in GIVEN:
        assert (ours == Ours(**other)) == (theirs == Theirs(**other))
    assert ours != theirs
    assert not hasattr(ours, "__dict__")
    changed = dataclasses.replace(ours, size=9)
    assert dataclasses.asdict(changed) == dataclasses.asdict(dataclasses.replace(theirs, size=9))
    for twin in (copy.copy(ours), copy.deepcopy(ours), pickle.loads(pickle.dumps(ours))):
        assert twin == ours


def test_a_factory_makes_a_new_value_each_time() -> None:
    assert Ours(name="a").more is not Ours(name="a").more


def test_nothing_of_a_value_can_be_changed() -> None:
    ours: Any = One()
    for change in (
        lambda: setattr(ours, "only", 2),
        lambda: setattr(ours, "other", 2),
        lambda: delattr(ours, "only"),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()


@pytest.mark.parametrize("given", [{}, {"name": "a", "unknown": 1}, {"size": 1}])
def test_what_is_missing_or_unknown_is_refused(given: dict[str, Any]) -> None:
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError):
            kind(**given)
    with pytest.raises(TypeError):
        One(2)  # type: ignore[misc]


def test_small_values_hash_and_compare() -> None:
    assert hash(One(only=2)) == hash(One(only=2))
    assert One(only=2) == One(only=2) != One()
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert repr(One()) == "One(only=1)"
