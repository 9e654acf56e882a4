"""What a rule is."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "info"]
GOOD = "---\ntitle: Octobre rose\ndate: 2026-10-01\n---\nTexte.\n"
"""An article that draws nothing."""
FRONT = "---\ntitle: Title\ndate: 2026-01-02\n---\n"
"""The front matter of an article whose body is the example."""


class Rule(Struct, frozen=True, kw_only=True):
    """A kind of problem: its ``code``, and its words in each language.

    ``en`` and ``fr`` are (what is wrong, what to do), both `str.format` templates over the values
    of a diagnostic. ``doc`` says in a sentence or two why it matters; ``bad`` is a file that draws
    the diagnostic and ``good`` one that does not, where an article alone can show it. An error that
    ``blocks`` keeps what it is about from being published, and cannot be silenced.
    """

    code: str
    severity: Severity
    en: tuple[str, str]
    fr: tuple[str, str]
    doc: str
    bad: str = ""
    good: str = ""
    blocks: bool = False
