"""Diagnostics, which are the user's mistakes as values, and the exceptions of newsfeed.

A mistake in an article, a configuration or an output is a `Diagnostic`: a value, many at once. What
the world does (disk, network, mail server) raises `WorldError`. A bug of ours shows its traceback.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import Literal, TypedDict

from msgspec import Struct

from newsfeed.text.characters import visible

Severity = Literal["error", "warning", "info"]


_SAID = 200
_FRAMES = 12
_NO_FILES_FAULT = (errno.EMFILE, errno.ENFILE)


class Edit(Struct, frozen=True, kw_only=True, array_like=True):
    """Replace the characters ``start`` to ``end`` of a file's decoded text by ``text``."""

    start: int
    end: int
    text: str


class Diagnostic(Struct, frozen=True, kw_only=True, array_like=True):
    """One problem: a rule's code, a place, and the values its words are filled with.

    ``path`` is relative to the site's folder; ``line`` and ``column`` count from 1, characters.
    ``fix`` holds the edits that mend it where there is one right answer.
    """

    code: str
    path: str
    line: int = 1
    column: int = 1
    values: tuple[tuple[str, str], ...] = ()
    fix: tuple[Edit, ...] = ()

    @property
    def severity(self) -> Severity:
        from newsfeed.diagnostics.rules import RULES

        return RULES[self.code].severity

    def words(self, language: str) -> tuple[str, str]:
        """Return (what is wrong, what to do) in French for ``fr``, otherwise in English."""
        from newsfeed.diagnostics.rules import RULES

        rule = RULES[self.code]
        french = language.startswith("fr")
        message, hint = rule.fr if french else rule.en
        values = {name: visible(value) for name, value in self.values}
        if french and "reason" in values:
            from newsfeed.diagnostics.reasons import in_french

            values["reason"] = in_french(values["reason"])
        return message.format_map(values), hint.format_map(values)


class Worded(TypedDict):
    """A problem in words, as plain data: what programs get, and what every report is made of."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str
    fixable: bool


def worded(problem: Diagnostic, language: str) -> Worded:
    """Return ``problem`` as plain data, its words in French for ``fr``, otherwise in English."""
    message, hint = problem.words(language)
    return {
        "path": visible(problem.path),
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": message,
        "hint": hint,
        "fixable": bool(problem.fix),
    }


def diagnostic(
    code: str,
    path: str,
    line: int = 1,
    column: int = 1,
    *,
    fix: Iterable[Edit] = (),
    **values: object,
) -> Diagnostic:
    """Make a `Diagnostic`; ``values`` fill the words of the rule ``code``."""
    filled = tuple((name, str(value)) for name, value in values.items())
    return Diagnostic(code=code, path=path, line=line, column=column, values=filled, fix=tuple(fix))


def failure(path: str, error: Exception) -> Diagnostic:
    """Return what is said of the file at ``path``, on which newsfeed itself failed with ``error``.

    Raises ``error`` again where that is no bug of ours.
    """
    if isinstance(error, NewsfeedError):
        raise error
    from traceback import format_exception

    said = f"{type(error).__name__}: {error}"[:_SAID]
    trace = "".join(format_exception(error, limit=-_FRAMES))
    return diagnostic("internal", path, reason=said, trace=trace)


def arrange(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the problems once each, sorted by place."""
    return tuple(
        sorted(
            set(problems), key=lambda d: (d.path, d.line, d.column, d.code, d.values, len(d.fix))
        )
    )


def serious(problems: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Say whether ``problems`` make a command fail (exit code 1)."""
    grave = ("error", "warning") if strict else ("error",)
    return any(problem.severity in grave for problem in problems)


class NewsfeedError(Exception):
    """What newsfeed raises on purpose."""


class ConfigError(NewsfeedError):
    """The configuration or the call is wrong (exit code 2); ``problems`` say how."""

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.problems = arrange(problems)
        super().__init__("; ".join(f"{p.path}: {p.words('en')[0]}" for p in self.problems))


class ContentError(NewsfeedError):
    """Something cannot be made of the site's own text (exit code 1); ``problem`` says what."""

    def __init__(self, problem: Diagnostic) -> None:
        self.problem = problem
        super().__init__(problem.words("en")[0])


class WorldError(NewsfeedError):
    """The disk, the network or a server failed (exit code 3): in English, and in French."""

    def __init__(self, english: str, french: str) -> None:
        self.french = french
        super().__init__(english)

    def words(self, language: str) -> str:
        """Return what failed in French for ``fr``, otherwise in English."""
        return self.french if language.startswith("fr") else str(self)


def refused(place: object, error: OSError) -> WorldError:
    """Return what is raised where the disk refuses the file or folder at ``place``, None for no file."""
    from newsfeed.diagnostics.reasons import in_french

    reason = error.strerror or type(error).__name__
    if place is None or error.errno in _NO_FILES_FAULT:
        return WorldError(reason, in_french(reason))
    return WorldError(f"{place}: {reason}", f"{place} : {in_french(reason)}")


def reason_of(error: OSError) -> str:
    """Return why a file cannot be read. Raises WorldError where no file of the user's is to blame."""
    if error.errno in _NO_FILES_FAULT:
        raise refused(None, error) from error
    return error.strerror or type(error).__name__
