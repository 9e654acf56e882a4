"""The paragraph around a place of a plain text."""

from __future__ import annotations

_NEAR = 2000


def paragraph(text: str, at: int) -> str:
    """Return the lines around the character ``at``, up to a blank one, 2,000 characters each way at most."""
    above = text[max(0, at - _NEAR) : at].rpartition("\n\n")[2]
    return above + text[at : at + _NEAR].partition("\n\n")[0]
