"""An article that a letter's template cannot show: it is named, and the letter goes on without it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Entry, Letter, Section
from newsfeed.theme.words import TemplateProblem

Attempt = Callable[[Letter], object]
"""Renders a letter. Raises TemplateProblem."""


def without_faults(letter: Letter, attempt: Attempt) -> tuple[Letter, tuple[Diagnostic, ...]]:
    """Return ``letter`` without the pictures and articles that ``attempt`` fails on, each named.

    Every entry is tried on its own, with its picture and then without. A template that fails on a
    letter of nothing is at fault itself: then the letter is returned as it is, with no problem.
    """
    if _fault(replace(letter, sections=(), editorial=""), attempt) is not None:
        return letter, ()
    problems: list[Diagnostic] = []
    sections = []
    for section in letter.sections:
        tried = (_sound(letter, section, entry, attempt, problems) for entry in section.entries)
        entries = tuple(entry for entry in tried if entry is not None)
        if entries:
            sections.append(replace(section, entries=entries))
    return replace(letter, sections=tuple(sections)), tuple(problems)


def _sound(
    letter: Letter,
    section: Section,
    entry: Entry,
    attempt: Attempt,
    problems: list[Diagnostic],
) -> Entry | None:
    """Return ``entry`` as the template can show it, None for not at all."""

    def fault(shown: Entry) -> Diagnostic | None:
        alone = replace(section, entries=(shown,))
        return _fault(replace(letter, sections=(alone,), editorial=""), attempt)

    found = fault(entry)
    if found is None:
        return entry
    bare = replace(entry, image=None)
    kept = entry.image is not None and fault(bare) is None
    values = dict(found.values)
    problems.append(
        diagnostic(
            "letter-article",
            entry.item.path,
            entry.item.line("image") if kept else 1,
            template=f"{found.path}:{found.line}",
            reason=values.get("reason", ""),
        )
    )
    return bare if kept else None


def _fault(letter: Letter, attempt: Attempt) -> Diagnostic | None:
    try:
        attempt(letter)
    except TemplateProblem as problem:
        return problem.problem
    return None
