"""Item pages made in other processes: what comes back of each, as plain values."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any, NamedTuple

from newsfeed.build import notes
from newsfeed.build.rows import made, problem_of, problem_row
from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Asset
from newsfeed.site.entry import Crossing, Shown


class Sheet(NamedTuple):
    """The page of one item, ``data`` None for one that cannot be read, and what showing it told.

    ``modified`` is when the item last changed, as ISO 8601 writes it, ``beside`` are the paths of its
    translations, ``card`` is how lists show it.
    """

    path: str
    data: bytes | None
    note: str = ""
    plain: bool = False
    summary: str = ""
    problems: tuple[Any, ...] = ()
    assets: tuple[Any, ...] = ()
    crossings: tuple[Any, ...] = ()
    modified: str = ""
    beside: tuple[str, ...] = ()
    card: str = ""

    @staticmethod
    def of(shown: Shown, data: bytes, beside: tuple[str, ...], card: str) -> Sheet:
        """Return the sheet of an item that was shown, with its page and its card in lists."""
        item = shown.entry.item
        return Sheet(
            path=item.path,
            data=data,
            note=notes.dump(shown.note),
            plain=shown.note.plain,
            summary=shown.entry.summary,
            problems=tuple(map(problem_row, shown.problems)),
            assets=tuple(map(astuple, shown.assets)),
            crossings=tuple(map(astuple, shown.crossings)),
            modified=item.modified.isoformat(),
            beside=beside,
            card=card,
        )

    @staticmethod
    def unread(path: str, problems: list[Diagnostic]) -> Sheet:
        """Return the sheet of an item whose file has become unreadable."""
        return Sheet(path=path, data=None, problems=tuple(map(problem_row, problems)))

    def said(self) -> list[Diagnostic]:
        """Return the item's problems."""
        return [problem_of(row) for row in self.problems]

    def shown_assets(self) -> list[Asset]:
        """Return the files that the item shows."""
        return [made(Asset, row) for row in self.assets]

    def shown_crossings(self) -> list[Crossing]:
        """Return the item's links to places inside other articles."""
        return [made(Crossing, row) for row in self.crossings]
