"""What a build finds out while outputs are rendered."""

from __future__ import annotations

from collections.abc import Iterable

from newsfeed.diagnostics import Diagnostic, diagnostic


class Result:
    """Problems in the order in which they were met, and what else is to be written.

    ``said`` are the problems of single outputs, by path, which are among them: an output that stands
    repeats them. ``records`` are the texts of issue records to write, by path. It is ``whole``
    while no output is missing. ``unreadable`` are articles that could be read no more, or on which
    newsfeed failed, by path, with what is said of them: what was made without them is not to be
    remembered.
    """

    def __init__(self, problems: Iterable[Diagnostic] = ()) -> None:
        self.problems: list[Diagnostic] = list(problems)
        self.said: dict[str, tuple[Diagnostic, ...]] = {}
        self.records: dict[str, str] = {}
        self.unreadable: dict[str, Diagnostic] = {}
        self.whole = True

    def missed(self, path: str, reason: str) -> None:
        """Note that a file beside the articles cannot be read: what was published of it stays."""
        self.problems.append(diagnostic("file-unreadable", path, reason=reason))

    def unread(self, problem: Diagnostic) -> None:
        """Note that an article can be read or shown no more, and why."""
        if problem.path not in self.unreadable:
            self.problems.append(problem)
            self.unreadable[problem.path] = problem
