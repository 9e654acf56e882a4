"""How long a text takes to read."""

from __future__ import annotations

WORDS_A_MINUTE = 230


def reading_minutes(words: int) -> int:
    """Return the minutes that ``words`` take to read, 0 for a few seconds."""
    return round(words / WORDS_A_MINUTE)
