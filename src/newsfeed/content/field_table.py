"""What a row of the table of fields is."""

from __future__ import annotations

from typing import Any, NamedTuple

from newsfeed.content.fields import Converter


class Field(NamedTuple):
    """A field of an article: what makes its value of what is written, and the keys that give it.

    Each key stands beside the tool that writes it so.
    """

    name: str
    doc: str
    convert: Converter[Any]
    keys: tuple[tuple[str, str], ...]


def field(name: str, doc: str, converter: Converter[Any], *keys: str) -> Field:
    """Make a field of keys written ``key`` or ``key (whose)``."""
    pairs = [key.removesuffix(")").partition(" (") for key in keys]
    return Field(name, doc, converter, tuple((key, whose) for key, _, whose in pairs))
