"""What ``newsfeed serve`` looks at: the files that a build reads, wherever they lie, and no others."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from newsfeed.cli.session import FILE, TEMPLATES, Session, folders
from newsfeed.diagnostics import NewsfeedError

if TYPE_CHECKING:
    from watchfiles import Change

_MADE = ("public", ".newsfeed")


def sources(session: Session) -> tuple[str, ...]:
    """Return the files and folders that a build reads, by their names and where links lead to.

    Those that do not exist yet are among them. With a broken configuration only its file is sure.
    """
    names = [str(session.config_file or FILE), TEMPLATES, *folders("items")]
    with suppress(NewsfeedError):
        names.append(session.config().items.path)
    places = [os.path.abspath(os.path.join(session.root, name)) for name in names]
    return tuple(dict.fromkeys([*places, *map(os.path.realpath, places)]))


def roots(places: Sequence[str]) -> list[str]:
    """Return what is to be watched: the site's folder, and what of ``places`` lies outside of it.

    A file is watched through its folder: editors put another in its place.
    """
    here = os.path.realpath("")
    found = [here]
    for place in places:
        folder = place if os.path.isdir(place) else os.path.dirname(place)
        if os.path.isdir(folder) and not any(_is_below(folder, root) for root in found):
            found.append(folder)
    return found


def wanted(places: Sequence[str]) -> Callable[[Change, str], bool]:
    """Return a filter: does a change at a path call for a new build?"""
    from watchfiles import DefaultFilter

    here = os.path.realpath("")
    usual = DefaultFilter(ignore_paths=[os.path.join(here, name) for name in _MADE])

    def is_wanted(change: Change, path: str) -> bool:
        below = any(_is_below(path, place) for place in places)
        return below and usual(change, path) and not _is_ours(path)

    return is_wanted


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_ours(path: str) -> bool:
    """Say whether what this very command prints goes to the file at ``path``."""
    for stream in (1, 2):
        try:
            if os.path.samestat(os.fstat(stream), os.stat(path)):
                return True
        except OSError:
            continue
    return False
