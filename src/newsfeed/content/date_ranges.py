"""When an event takes place, as people say it: ``12 et 13 décembre 2026, de 9h à 17h``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from newsfeed.content import dates
from newsfeed.content.dates import Date
from newsfeed.text.regex import regex

_CLOCK = (
    r"\d{1,2}\s?(?:[h:]\s?(?:\d\d)?|heures?(?:\s\d\d)?)|\d{1,2}\.\d\d|\d{4}"
    r"|\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?|midi|noon|minuit|midnight"
)
_MIDNIGHT = regex("(?i)minuit|midnight")
_NIGHT = timedelta(hours=12)
"""How long an event may last that ends at an earlier hour than it begins: on the next day."""
_TO = r"\s?(?:à|a|to|until|till|jusqu[’']?[àa]|bis|al?|[-–—/])\s?"
# ..., de 9h à 17h; from 9am to 5pm; 9:00 - 17:00
_HOURS = regex(
    rf"(?i)(?P<day>.*?\d.*?)[\s,]\s*(?:(?:de|from|von|entre|between)\s)?(?P<start>{_CLOCK})"
    rf"(?:{_TO}|\s(?:et|and)\s)(?P<end>{_CLOCK})"
).fullmatch
_JOINED = r"\s?(?:et|and|und|y|e|&|au|to|bis|al|à|[-–—/])\s?"
_DAY = r"\d{1,2}(?:er|re|st|nd|rd|th|\.)?"
_WEEKDAY = r"(?:[^\W\d]+\.?\s)?"
# 12 et 13 décembre 2026; du 12 au 14 décembre 2026; 12-14 December 2026
_SAME_MONTH = regex(
    rf"(?i)(?:(?:du|les|le|from|vom)\s)?(?P<on>{_WEEKDAY})(?P<first>{_DAY}){_JOINED}(?P<till>{_WEEKDAY})"
    rf"(?P<last>{_DAY})\s(?P<rest>[^\W\d]+\.?\s\d{{4}})(?P<clock>[\s,].*)?"
).fullmatch
# December 12-14, 2026
_MONTH_FIRST = regex(
    rf"(?i){_WEEKDAY}(?P<month>[^\W\d]+\.?)\s(?P<first>{_DAY}){_JOINED}(?P<last>{_DAY}),?\s(?P<year>\d{{4}})"
).fullmatch
# du 30 novembre au 2 décembre 2026; 30 December 2026 to 2 January 2027
_TWO_MONTHS = regex(
    rf"(?i)(?:(?:du|from|vom)\s)?(?P<on>{_WEEKDAY})(?P<first>{_DAY}\s[^\W\d]+\.?)(?P<year>\s\d{{4}})?{_JOINED}"
    rf"(?P<till>{_WEEKDAY})(?P<last>{_DAY}\s[^\W\d]+\.?\s(?P<ends>\d{{4}}))"
).fullmatch
_ISO_INTERVAL = regex(
    r"(?P<first>\d{4}-\d\d-\d\d\S*)\s?(?:/|--|–|—|\sto\s|\sau\s|\sà\s|\s-\s)\s?(?P<last>\d{4}-\d\d-\d\d\S*)"
).fullmatch
# 2026-12-12 0900-1700, 9:00 - 11:30: of an event these are two hours; elsewhere the second is a zone.
_TIGHT = regex(
    r"(?i)(?P<day>.*\d),?\s(?:(?:à|at|um)\s)?(?P<start>\d{1,2}:\d\d|\d{4})(?:-|\s-\s)"
    r"(?P<end>\d{1,2}:\d\d|\d{4})"
).fullmatch
_LONGEST = 120


class Range(NamedTuple):
    """When something begins and ends; ``end`` is None where no end is said."""

    start: Date
    end: Date | None = None


def read(text: str, zone: ZoneInfo, order: str = "") -> Range:
    """Return when an event takes place that ``text`` says. Its start is wrong where that is unclear."""
    plain = " ".join(text.split())
    one = dates.read(plain, zone, order)
    if (tight := _TIGHT(plain)) and _minutes(tight["start"]) < _minutes(tight["end"]):
        both = (
            dates.read(f"{tight['day']} {tight[name]}", zone, order) for name in ("start", "end")
        )
        return Range(*both)
    if not one.wrong or len(plain) > _LONGEST:
        return Range(one)
    for reader in (_interval, _same_month, _two_months, _hours):
        found = reader(plain, zone, order)
        if found is not None and not found.start.wrong and not (found.end and found.end.wrong):
            return found
    return Range(one)


def _interval(text: str, zone: ZoneInfo, order: str) -> Range | None:
    found = _ISO_INTERVAL(text)
    if found is None:
        return None
    return Range(dates.read(found["first"], zone, order), dates.read(found["last"], zone, order))


def _same_month(text: str, zone: ZoneInfo, order: str) -> Range | None:
    if found := _MONTH_FIRST(text):
        days = [f"{found[name]} {found['month']} {found['year']}" for name in ("first", "last")]
    elif found := _SAME_MONTH(text):
        clock = found["clock"] or ""
        if clock:
            # Each day has these hours: it begins with the first, and ends with the last.
            days = [
                f"{found['on']}{found['first']} {found['rest']}{clock}",
                f"{found['till']}{found['last']} {found['rest']}{clock}",
            ]
            first, last = (read(day, zone, order) for day in days)
            return Range(first.start, last.end or last.start)
        days = [
            f"{found[weekday]}{found[name]} {found['rest']}"
            for weekday, name in (("on", "first"), ("till", "last"))
        ]
    else:
        return None
    return Range(*(dates.read(day, zone, order) for day in days))


def _two_months(text: str, zone: ZoneInfo, order: str) -> Range | None:
    found = _TWO_MONTHS(text)
    if found is None:
        return None
    first = f"{found['on']}{found['first']}"
    start = dates.read(f"{first}{found['year'] or ' ' + found['ends']}", zone, order)
    end = dates.read(f"{found['till']}{found['last']}", zone, order)
    if not found["year"] and start.when and end.when and start.when > end.when:
        # The year is said once, and is that of the end: du 30 décembre au 2 janvier 2027.
        start = dates.read(f"{first} {int(found['ends']) - 1}", zone, order)
    return Range(start, end)


def _hours(text: str, zone: ZoneInfo, order: str) -> Range | None:
    found = _HOURS(text)
    if found is None:
        return None
    day = found["day"].rstrip(" ,")
    start, end = _MIDNIGHT.sub("0:00", found["start"]), _MIDNIGHT.sub("24:00", found["end"])
    halves = re.compile(r"(?i)[ap]\.?m\.?$")
    in_figures = found["start"][:1].isdigit() and not halves.search(start)
    if in_figures and (half := halves.search(end)):
        # 9-11am: the half of the day is said once.
        start += half[0]
    read_start, read_end = (dates.read(f"{day} {each}", zone, order) for each in (start, end))
    return Range(read_start, _after(read_start, read_end))


def _after(start: Date, end: Date) -> Date:
    """Return the ``end`` of an evening that ends in the night: de 22h à 2h."""
    if start.when is None or end.when is None or end.when >= start.when:
        return end
    late = end.when + timedelta(days=1)
    return replace(end, when=late, better="") if late - start.when <= _NIGHT else end


def _minutes(clock: str) -> int:
    """Return what orders 9:00 and 1130."""
    return int(clock.replace(":", ""))
