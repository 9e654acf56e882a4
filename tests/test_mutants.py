"""The changes that nobody sees are told truly."""

from __future__ import annotations

import tomllib

import mutants


def test_what_changes_nothing_is_a_change_that_is_made() -> None:
    """An entry for code that is gone, or written otherwise today, would hide another change."""
    made = [
        change
        for names, _ in mutants.ROOMS.values()
        for name in names
        for path in mutants.modules(mutants.SOURCE / "newsfeed" / name)
        for change in mutants.changes(path)
    ]
    known = tomllib.loads(mutants.EQUIVALENTS.read_text("utf-8"))["equivalent"]
    stale = [
        each
        for each in known
        if not any(mutants.reason({"equivalent": [each]}, change) for change in made)
    ]
    assert stale == []
    assert all(each["reason"] for each in known)
