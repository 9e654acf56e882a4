"""JSON whose objects know on which line they begin."""

from __future__ import annotations

import json
from json import decoder, scanner
from typing import NoReturn


class Placed(dict[str, object]):
    """A JSON object; ``at`` is the index of its first character."""

    at = 0


def read(text: str) -> object:
    """Return the value of ``text``. Raises json.JSONDecodeError, RecursionError."""
    value: object = _Decoder().decode(text)
    return value


class _Decoder(json.JSONDecoder):
    """The standard decoder, with its own hook for objects put to use.

    The scanner written in C offers no hook; the one in Python calls ``parse_object``.
    """

    def __init__(self) -> None:
        super().__init__(parse_constant=_refuse)
        self.parse_object = _object
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # untold by typeshed


def _object(start: tuple[str, int], *arguments: object) -> tuple[Placed, int]:
    value, end = decoder.JSONObject(start, *arguments)  # type: ignore[attr-defined]  # untold by typeshed
    placed = Placed(value)
    placed.at = start[1] - 1
    return placed, end


def _refuse(constant: str) -> NoReturn:
    raise json.JSONDecodeError(f"{constant} is no JSON", constant, 0)
