"""Frozen dataclasses that cost little to define.

`frozen` makes what ``@dataclass(frozen=True, slots=True, kw_only=True)`` makes, and the functions of
`dataclasses` take it for that. The library writes and compiles six methods for each class, half a
millisecond, and a build defines a hundred classes before it does anything; here all classes share
the same methods. tests/test_values.py holds one to the other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

_FIELD: Any = vars(dataclasses)["_FIELD"]
"""What tells a field from a class variable, to the functions of `dataclasses`."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class of values of ``cls``, whose annotations name its fields."""
    own = vars(cls)
    known: dict[str, Field[Any]] = {}
    body = {name: each for name, each in own.items() if name not in ("__dict__", "__weakref__")}
    for name, kind in own.get("__annotations__", {}).items():
        given = body.pop(name, MISSING)
        made: Any = given if isinstance(given, Field) else field(default=given)
        made.name, made.type, made.kw_only, made._field_type = name, kind, True, _FIELD
        known[name] = made
    names = tuple(known)
    body |= {
        "__slots__": names,
        "__match_args__": (),
        "__dataclass_fields__": known,
        "__init__": _init,
        "__repr__": _repr,
        "__eq__": own.get("__eq__", _eq),
        "__hash__": own.get("__hash__") or _hash,
        "__setattr__": _setattr,
        "__delattr__": _delattr,
        "__getstate__": _getstate,
        "__setstate__": _setstate,
        "_defaults": {
            name: each.default for name, each in known.items() if each.default is not MISSING
        },
        "_factories": {
            name: each.default_factory
            for name, each in known.items()
            if each.default_factory is not MISSING
        },
        "_values": staticmethod(_getter(names)),
        "_compared": staticmethod(
            _getter(tuple(name for name, each in known.items() if each.compare))
        ),
    }
    made_class: Any = type(cls.__name__, cls.__bases__, body)
    made_class.__qualname__ = cls.__qualname__
    made_class._names = names
    made_class._setters = tuple(vars(made_class)[name].__set__ for name in names)
    return made_class  # type: ignore[no-any-return]


def field_names(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a class that `frozen` made."""
    return kind._names  # type: ignore[no-any-return]


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda each: tuple(getattr(each, name) for name in names)


def _init(self: Any, /, **given: Any) -> None:
    cls = type(self)
    if tuple(given) != cls._names:
        given = _completed(cls, given)
    for put, each in zip(cls._setters, given.values(), strict=True):
        put(self, each)


def _completed(cls: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Return the values of all fields, in their order: those that are ``given``, or the default."""
    values: dict[str, Any] = {}
    try:
        for name in cls._names:
            if name in given:
                values[name] = given.pop(name)
            elif name in cls._defaults:
                values[name] = cls._defaults[name]
            else:
                values[name] = cls._factories[name]()
    except KeyError as error:
        raise TypeError(f"{cls.__name__} misses {error}") from None
    if given:
        raise TypeError(f"{cls.__name__} has no {', '.join(given)}")
    return values


def _repr(self: Any) -> str:
    shown = (name for name, each in self.__dataclass_fields__.items() if each.repr)
    texts = (f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({', '.join(texts)})"


def _eq(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _setattr(_self: Any, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return list(self._values(self))


def _setstate(self: Any, state: list[Any]) -> None:
    for put, each in zip(type(self)._setters, state, strict=True):
        put(self, each)
