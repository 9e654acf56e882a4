"""Permalinks in other tools' tokens -> the placeholders of ``pages.item``."""

from __future__ import annotations

import re
from collections.abc import Mapping

DATES = {
    "year": "{year}", "month": "{month}", "day": "{day}", "short_year": "{short_year}",
    "i_month": "{i_month}", "i_day": "{i_day}", "y_day": "{y_day}", "hour": "{hour}",
    "minute": "{minute}", "second": "{second}",
}  # fmt: skip
STRFTIME = {
    "%Y": "{year}", "%m": "{month}", "%d": "{day}", "%y": "{short_year}", "%-m": "{i_month}",
    "%-d": "{i_day}", "%j": "{y_day}", "%H": "{hour}", "%M": "{minute}", "%S": "{second}",
}  # fmt: skip


def colons(pattern: str, tokens: Mapping[str, str]) -> str | None:
    """Return ``pattern`` with its ``:tokens`` as placeholders, None where one is not known."""
    known = {**DATES, **tokens}
    unknown = False

    def placeholder(found: re.Match[str]) -> str:
        nonlocal unknown
        unknown = unknown or found[1] not in known
        return known.get(found[1], "")

    filled = re.sub(r":([a-z_]+(?:\[[^\]]*\])?)", placeholder, pattern)
    return None if unknown else tidy(filled)


def strftime(form: str) -> str | None:
    """Return a form of a date as placeholders, None where a part of it is not known."""
    filled = re.sub(r"%-?[A-Za-z]", lambda found: STRFTIME.get(found[0], "%"), form)
    return None if "%" in filled else filled


def tidy(pattern: str) -> str:
    """Return ``pattern`` as pages.item has it: no slash at its beginning, none twice."""
    return re.sub(r"/{2,}", "/", pattern).lstrip("/")
