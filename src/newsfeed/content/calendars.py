"""Dates without a month, and the weekdays that stand beside dates."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from newsfeed.text.regex import regex

_WEEKDAYS: dict[str, int] = {}
for _names in (
    "monday tuesday wednesday thursday friday saturday sunday",
    "mon tue wed thu fri sat sun",
    "mon tues weds thur fri sat sun",
    "mon tue wed thurs fri sat sun",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lun mar mer jeu ven sam dim",
    "lunes martes miércoles jueves viernes sábado domingo",
    "lun mar mié jue vie sáb dom",
    "lunes martes miercoles jueves viernes sabado domingo",
    "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "montag dienstag mittwoch donnerstag freitag sonnabend sonntag",
    "mo di mi do fr sa so",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "lun mar mer gio ven sab dom",
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "seg ter qua qui sex sáb dom",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ma di wo do vr za zo",
):
    for _number, _name in enumerate(_names.split()):
        _WEEKDAYS[_name] = _number
_BEFORE = regex(r"(?i)([^\W\d]+(?:-feira)?)\.?(?:,\s*|\s+)(?:(?:the|den|dem|der)\s+)?(?=\S)")
_AFTER = regex(r"\s*(?:\(([^\W\d]+(?:-feira)?)\.?\)|,\s?([^\W\d]+(?:-feira)?)\.?)")
# ISO 8601: 2026-W45-2, 2026W452, 2026-307, 2026307, and a time as in other dates.
_WEEK = regex(r"(\d{4})(-?)W(\d\d)\2([1-7])(?:T|\s+|\Z)", re.I)
_ORDINAL = regex(r"(\d{4})-?(\d{3})(?:T|\s+|\Z)", re.I)


def without_weekday(text: str) -> tuple[str, int | None]:
    """Return a date without the weekday before or after it, and its number, Monday being 0."""
    before = _BEFORE.match(text)
    if before is not None and before[1].lower() in _WEEKDAYS:
        return text[before.end() :], _WEEKDAYS[before[1].lower()]
    word = text.rpartition("(" if text.endswith(")") else ",")
    after = _AFTER.fullmatch(word[1] + word[2]) if word[1] else None
    name = (after[1] or after[2]).lower() if after else ""
    if name in _WEEKDAYS:
        return word[0].rstrip(), _WEEKDAYS[name]
    return text, None


def in_months(text: str) -> str | None:
    """Return a date of a week and a weekday, or of a number of a day, with its month; else None.

    Raises ValueError for a week or a day that its year does not have.
    """
    if found := _WEEK.match(text):
        day = date.fromisocalendar(int(found[1]), int(found[3]), int(found[4]))
    elif found := _ORDINAL.match(text):
        first = datetime(int(found[1]), 1, 1)  # noqa: DTZ001 - a day of the calendar
        day = (first + timedelta(days=int(found[2]) - 1)).date()
        if day.year != first.year:
            raise ValueError(text)
    else:
        return None
    return f"{day} {text[found.end() :]}".rstrip()
