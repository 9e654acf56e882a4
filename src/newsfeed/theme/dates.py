"""Dates and times in words, as each language writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache, lru_cache

from markupsafe import Markup, escape
from msgspec import Struct

from newsfeed.text.languages import primary
from newsfeed.theme.words import NO_BREAK, locale_of

_PATTERNS = {"weekday": "full", "number": "d", "month-name": "LLL"}
"""The styles of `day` that Babel has a format for."""


class Moment(Struct, frozen=True, kw_only=True):
    """An instant as pages show it: ``day`` is HTML in words, ``iso`` for machines."""

    iso: str
    day: Markup


def day(when: date, language: str, style: str = "long") -> str:
    """Return ``when``'s day as ``language`` writes it: ``1er octobre 2026`` in French.

    ``style`` is ``long``, ``short``, ``month`` (month and year alone), ``weekday`` (with the day of
    the week), ``number`` (the day of the month alone) or ``month-name`` (shortened).
    """
    return _day(when.year, when.month, when.day, language, style)


def hour(when: datetime, language: str) -> str:
    """Return ``when``'s hour and minute as ``language`` writes them: ``9 h 30`` in French."""
    return _hour(when.hour, when.minute, language)


@lru_cache(maxsize=4096)
def ordinal(text: str) -> Markup:
    """Return a day as HTML, the ending of ``1er`` raised: the filter ``day(…) | ordinal``."""
    return Markup(re.sub(r"\b1er\b", "1<sup>er</sup>", str(escape(text))))


@cache
def _day(year: int, month: int, number: int, language: str, style: str) -> str:
    from babel.dates import format_date, format_skeleton

    when = date(year, month, number)
    locale = locale_of(language)
    if style == "month":
        # Babel's skeletons take a datetime where they might print a time.
        return str(format_skeleton("yMMMM", datetime(year, month, number), locale=locale))  # noqa: DTZ001 - a day has no zone
    if pattern := _PATTERNS.get(style):
        text = format_date(when, pattern, locale=locale)
    else:
        text = format_date(when, "long" if style == "long" else "medium", locale=locale)
    if number == 1 and style == "weekday" and primary(language) == "fr":
        return str(text).replace(" 1 ", " 1er ")
    if number == 1 and style == "long" and primary(language) == "fr":
        text = "1er" + text.removeprefix("1")
    return str(text)


@cache
def _hour(number: int, minute: int, language: str) -> str:
    from babel.dates import format_time

    if primary(language) == "fr":
        minutes = f"{NO_BREAK}{minute:02}" if minute else ""
        return f"{number}{NO_BREAK}h{minutes}"
    return str(format_time(time(number, minute), "short", locale=locale_of(language)))
