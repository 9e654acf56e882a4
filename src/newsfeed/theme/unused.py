"""Files in a site's ``templates/`` that nothing would ever read: most are misspelt overrides."""

from __future__ import annotations

import difflib
from pathlib import Path

from newsfeed import disk
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.text.regex import regex
from newsfeed.theme.defaults import DEFAULTS

# Notes for people, and what editors and systems leave behind.
_IDLE = regex(r"(^|/)\.|~$|\.(md|bak|orig|sw.)$|(^|/)(README|LICENSE)")
_WORDS = regex(r"words/[^/]+\.toml")


def unused(own: Path) -> list[Diagnostic]:
    """Return a diagnostic for each file in the folder ``own`` that no template leads to."""
    defaults = _names(Path(DEFAULTS))
    mine = [name for name in _names(own) if not _IDLE.search(name)]
    extra = [name for name in mine if name not in defaults and not _WORDS.fullmatch(name)]
    texts = {name: _text(own / name) for name in mine} if extra else {}
    return [
        diagnostic("template-unused", f"templates/{name}", like=_nearest(name, defaults))
        for name in extra
        if not any(name in text for other, text in texts.items() if other != name)
    ]


def _names(folder: Path) -> list[str]:
    """Return the files below ``folder``, sorted."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file.relative_to(folder).as_posix() for file in files)


def _text(file: Path) -> str:
    try:
        return disk.read(file).decode("utf-8", "replace")
    except OSError:
        return ""


def _nearest(name: str, known: list[str]) -> str:
    """Return which of ``known`` was most likely meant by ``name``: one in another folder, or alike."""
    base = name.rpartition("/")[2]
    bases = {each.rpartition("/")[2]: each for each in known}
    near = difflib.get_close_matches(base, bases, 1) or difflib.get_close_matches(base, bases, 1, 0)
    return bases[near[0]]
