"""An attached file in words: what it is called, what kind of file it is, how large or long."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from newsfeed.model import Enclosure
from newsfeed.theme.words import size


class Described(Struct, frozen=True, kw_only=True):
    """``kind`` such as ``PDF``, ``size`` such as ``1,2 Mo``; ``minutes`` is 0 for an unknown length."""

    title: str
    kind: str
    size: str
    minutes: int


def described(enclosure: Enclosure, language: str) -> Described:
    """Return ``enclosure``, whose address is absolute, as a page or a letter names it."""
    file = PurePosixPath(unquote(urlsplit(enclosure.url).path))
    ending = file.suffix.lstrip(".") or (enclosure.type or "").rpartition("/")[2]
    return Described(
        title=enclosure.title or file.stem.replace("_", " ").replace("-", " ") or file.name,
        kind=ending.upper(),
        size=size(enclosure.length, language) if enclosure.length else "",
        minutes=max(1, round(enclosure.duration / 60)) if enclosure.duration else 0,
    )
