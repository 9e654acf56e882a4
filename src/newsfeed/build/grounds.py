"""When what a build found out still holds: while time and the site's settings let it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from newsfeed.text.hashing import hashed


class Lost(Exception):
    """Something that a build left is not whole any more: nothing can be told from it."""


def is_current(since: str, until: str | None, now: datetime) -> bool:
    """Say whether what holds from ``since`` until ``until``, in ISO 8601, holds at ``now``."""
    return datetime.fromisoformat(since) <= now and (
        until is None or now < datetime.fromisoformat(until)
    )


def ground(templates: str, lock: str, flags: Sequence[bool]) -> str:
    """Return what stands for all that a plan depends on but for the site's files and the instant.

    ``flags`` are what a build was asked for: drafts and the like.
    """
    return hashed((templates, hashed((lock,)), repr(tuple(flags))))
