"""Copies that programs which keep folders alike put beside a file that two people changed at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsfeed.text.regex import regex

_DAY = r"\d{4}-?\d{2}-?\d{2}"
_ADDED = (
    rf"[ _]\([^()]*(?:conflict|conflit|konflikt)[^()]*{_DAY}[^()]*\)",  # Dropbox, Nextcloud
    r"\.sync-conflict-\d{8}-\d{6}-\w+",  # Syncthing
    rf"_conflict-{_DAY}-\d{{6}}",  # ownCloud
    r"[ ]\(SFConflict [^()]*\)",  # Seafile
    r"\.conflict[-~]?\d*",  # Unison, Resilio Sync
    r"-(?-i:(?:DESKTOP|LAPTOP|PC|WIN)-[A-Z0-9]+)(?:-\d+)?",  # OneDrive adds the computer's name
)
_COPY = regex(rf"(?P<original>.+?)(?:{'|'.join(_ADDED)})(?P<ending>\.\w+)", re.I).fullmatch
_SIGNS = ("conf", "konf", "CONF", "Conf", "-DESKTOP-", "-LAPTOP-", "-PC-", "-WIN-")


def copies(paths: Sequence[str]) -> dict[str, str]:
    """Return which of ``paths`` are copies by their names, each with the file that it was made of.

    A name says so for certain only beside that file.
    """
    named = [path for path in paths if any(sign in path for sign in _SIGNS)]
    if not named:
        return {}
    known = frozenset(paths)
    originals = {path: _original(path) for path in named}
    return {path: original for path, original in originals.items() if original in known}


def _original(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    found = _COPY(name)
    return f"{folder}{slash}{found['original']}{found['ending']}" if found is not None else ""
