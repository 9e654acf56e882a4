"""Copies of articles that lie beside them: of two changes at once, of a second download, of a drag."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress

from newsfeed.model import Tree
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
_WORDS = "copy|copie|kopie|kopia|copia|cópia|kópia"
_DOUBLE = regex(
    rf"(?:(?P<first>.+?)(?:[ ]?\(\d{{1,2}}\)|[ ]\d{{1,2}}|(?:[ ]-)?[ ](?:{_WORDS})(?:[ ]\d{{1,2}}|[ ]?\(\d{{1,2}}\))?)"
    rf"|(?:copy of|(?:copie|copia|cópia) d[ei]|kopie von|kopia)[ ](?P<second>.+?))(?P<ending>\.\w+)",
    re.I,
).fullmatch
"""What a browser, Windows and macOS call a file that would have the name of another."""
_SIGNS = ("conf", "konf", "CONF", "Conf", "-DESKTOP-", "-LAPTOP-", "-PC-", "-WIN-")


def copies(paths: Sequence[str]) -> dict[str, str]:
    """Return which of ``paths`` are copies by their names, each with the file that it was made of.

    A name says so for certain only beside that file.
    """
    named = [path for path in paths if any(sign in path for sign in _SIGNS)]
    return _beside(named, paths, _COPY)


def doubles(paths: Sequence[str], tree: Tree) -> dict[str, str]:
    """Return which of ``paths`` are copies by their names, and hold the same bytes as the other file."""
    named = [path for path in paths if " " in path or "(" in path]
    found = _beside(named, paths, _DOUBLE)
    return {path: original for path, original in found.items() if _are_same(path, original, tree)}


def _beside(
    named: Sequence[str], paths: Sequence[str], form: Callable[[str], re.Match[str] | None]
) -> dict[str, str]:
    """Return which of the paths ``named`` have the ``form`` of a copy's, each with what it was made of."""
    if not named:
        return {}
    known = frozenset(paths)
    originals = {path: _original(path, form) for path in named}
    return {path: original for path, original in originals.items() if original in known}


def _are_same(path: str, original: str, tree: Tree) -> bool:
    with suppress(OSError):
        same = tree.files[path].size == tree.files[original].size
        return same and tree.read(path) == tree.read(original)
    return False


def _original(path: str, form: Callable[[str], re.Match[str] | None]) -> str:
    folder, slash, name = path.rpartition("/")
    found = form(name)
    if found is None:
        return ""
    stem = next(part for part in found.groups()[:-1] if part is not None)
    return f"{folder}{slash}{stem}{found['ending']}"
