"""What a build finds out while outputs are rendered."""

from __future__ import annotations

from collections.abc import Iterable

from newsfeed.diagnostics import Diagnostic, diagnostic


class Result:
    """Problems in the order in which they were met, and what else is to be written.

    ``said`` are the problems of single outputs, by path, which are among them: an output that stands
    repeats them. ``records`` are the texts of issue records to write, by path. It is ``whole``
    while no output is missing. ``unreadable`` are articles that could be read no more, by path, with
    the reason: what was made without them is not to be remembered.
    """

    def __init__(self, problems: Iterable[Diagnostic] = ()) -> None:
        self.problems: list[Diagnostic] = list(problems)
        self.said: dict[str, tuple[Diagnostic, ...]] = {}
        self.records: dict[str, str] = {}
        self.unreadable: dict[str, str] = {}
        self.whole = True

    def unread(self, path: str, reason: str) -> None:
        """Note that the article at ``path`` can be read no more."""
        self.problems.append(diagnostic("file-unreadable", path, reason=reason))
        self.unreadable[path] = reason
