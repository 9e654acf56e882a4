"""Dates as people and tools write them -> aware datetimes.

A date alone is midnight in the site's zone, so that the printed day never shifts. A local time that
a change of clocks skips or repeats is read as Python does with ``fold=0``: the offset before it.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from newsfeed.content.calendars import in_months, without_weekday
from newsfeed.text.regex import regex

FIRST_YEAR, LAST_YEAR = 1900, 2199
FARTHEST = timedelta(hours=14)
"""How far from UTC a place on earth is at most, and a date of Atom (XML Schema, ``dateTime``)."""

Wrong = Literal["", "unreadable", "impossible", "ambiguous", "placeholder", "range", "zone"]


class Date(msgspec.Struct, frozen=True):
    """What a text says of an instant.

    ``when`` is None where ``wrong`` says why; ``day_only`` that no time was written; ``better`` is
    an unambiguous way to write it, where it was read from words or from an unusual order;
    ``readings`` are the days that an ambiguous text can mean. ``contradicts`` says that the text
    names another weekday than the date has, ``ends_day`` that it is the 24:00 of the day before.
    """

    when: datetime | None = None
    day_only: bool = False
    wrong: Wrong = ""
    better: str = ""
    readings: tuple[str, ...] = ()
    contradicts: bool = False
    ends_day: bool = False


_DAY = regex(r"\d{4}-\d\d-\d\d").fullmatch
# 2013-5-6 2:12:52.5 +0200, 2026/7/3, 2015.01.01T9h00, 20260102
_YEAR_FIRST = r"(?s)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:[T_]|,?\s+|\s*[Tt]\s*)(.*))?"
_COMPACT = r"(\d{4})(\d\d)(\d\d)(?:[T -]?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d{4})?"
_YEAR_LAST = r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})(?:,?\s+(?:à\s+|at\s+|-\s+)?(.*))?"
_SPACED_DAY = regex(r"\A(\d{1,2})\. (\d{1,2})\. (?=\d{4})")
# 9:30, 9:30:15.5, 9h30, 9 h, 9 heures 30, 10.30, 0930, 093015, 3 PM
_TIME = (
    r"(\d{1,2})(?:\s?(?::|[hH](?:eures?|rs?\b|ours?\b)?|Uhr)\s?(?:(\d{1,2})(?:(?:[:m]|\s?min\s?)\s?(\d{1,2})"
    r"(?:[.,](\d{1,9}))?s?)?(?:\s?min\b|m(?![a-zA-Z]))?)?"
    r"|\.(\d\d)(?:\.(\d\d))?(?![\d.])"
    r"|(?<=\d\d)(\d\d)(?:(\d\d)(?:[.,](\d{1,9}))?)?(?!\d))?"
    r"(?:\s?([AaPp])\.?[Mm]\b\.?)?(?:\s?(?:[Uu]hr|[Hh](?:rs?|eures?)?)\b\.?)?\s*(.*)"
)
_BEFORE_TIME = regex(r"(?i)\A(?:à|a|at|um|às|alle|,|-|–|—)\s+")
_NOON = regex(r"(?i)\A(?:midi|noon|12\s?noon)(?!\w)")
_OFFSET = r"(?:UTC|GMT)?\s*([+−-])\s?(\d{1,2}):?(\d\d)?(?::\d\d)?(?:\s*\([^)]*\))?"
_WORDS = (
    r"(?i)(?:[^\W\d]+[.,]?\s+)?(?:le\s+)?(\d{1,2})(?:er|re|st|nd|rd|th|ème|e|\.|º)?[\s-]+(?:de\s+|of\s+)?"
    r"([^\W\d]+)\.?,?[\s-]+(?:de\s+)?(\d{4})(?:,?\s+(?:à\s+|at\s+|-\s+)?(.*))?"
)
_MONTH_FIRST = r"(?i)(?:[^\W\d]+[.,]?\s+)??([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(.*))?"
# Fri Jan 02 2026 10:00:00 GMT+0100, as JavaScript writes it, and Unix's Fri Jan  2 10:00:00 2026
_UNIX = r"[A-Za-z]{3}\s+([A-Za-z]{3})\s+(\d{1,2})\s+([\d:]+)\s+(?:([A-Z]{3,4})\s+)?(\d{4})"
# 2026年11月20日 10时30分, 2026년 11월 20일, 2026. 11. 20.
_EAST_ASIAN = (
    r"(\d{4})(?:\s?[年년]\s?|\.\s)(\d{1,2})(?:\s?[月월]\s?|\.\s)(\d{1,2})(?:\s?[日号號일]|\.)?"
    r"(?:\s?[(（]?[日月火水木金土一二三四五六월화수목금토일][)）])?\s*(.*)"
)
_HOUR_SIGN, _MINUTE_SIGN = regex(r"\s?[时時点點시]\s?"), regex(r"\s?[分분]")
# Word processors do not break a line at U+2011, and make dashes of hyphens.
_DASHED = r"(\d{4})[\u2010-\u2015\u2212](\d{1,2})[\u2010-\u2015\u2212](\d{1,2})(.*)"
_EPOCH = r"\d{9,10}(?:\d{3})?"

_MONTHS: dict[str, int] = {}
for _names in (
    "january february march april may june july august september october november december",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    # The short English names are all among those of the others.
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "janv fév mars avr mai juin juil aou sept oct nov dec",
    "ene feb mar abr may jun jul ago sept oct nov dic",
    "jan feb mär apr mai jun jul aug sep okt nov dez",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
):
    for _number, _name in enumerate(_names.split(), 1):
        _MONTHS[_name] = _number

_ABBREVIATIONS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120,
    "EET": 120, "EEST": 180, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420, "JST": 540, "AEST": 600, "AEDT": 660,
}  # fmt: skip
_NAMES = r"(?si)\{\{.*\}\}|\{%.*%\}|<%.*%>|\$\{.*\}|now|today|(?:git )?(?:last modified|created)|maintenant|aujourd[’']hui"


def read(text: str, zone: ZoneInfo, order: str = "") -> Date:
    """Return the instant that ``text`` says, in ``zone`` where it names none.

    ``order`` is ``dmy`` or ``mdy``, how to read 03/04/2026; without one that is refused. What can be
    read in one order alone is.
    """
    text = text.strip()
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    when = iso(text, zone)
    return _read(text, zone, order) if when is None else Date(when, len(text) == 10)


def order_of(order: str, language: str) -> str:
    """Return how 03/04/2026 is read: as the configuration says, else as the site's language has it.

    ``en`` alone does not tell, since the United States write the month first (CLDR, ``yMd``).
    """
    plain = language.lower()
    if order or plain in ("en", ""):
        return order
    if plain.startswith(("en-us", "en-ph", "fil")):
        return "mdy"
    return "" if plain.split("-")[0] in ("zh", "ja", "ko", "hu", "lt", "mn", "fa") else "dmy"


def iso(text: str, zone: ZoneInfo) -> datetime | None:
    """Return the instant that ``text`` says as ISO 8601 has it, None for any other text."""
    if _may_be_iso(text):
        try:
            when = datetime.fromisoformat(text)
        except ValueError:
            return None
        if not _refused(when):
            return when.replace(tzinfo=zone) if when.tzinfo is None else when
    return None


def _may_be_iso(text: str) -> bool:
    """Say whether Python may read a text: ``10.30`` is a fraction of an hour to it."""
    return (len(text) >= 16 and text[10] in "T " and text[13] == ":") or bool(_DAY(text))


@lru_cache(maxsize=4096)
def _read(text: str, zone: ZoneInfo, order: str) -> Date:
    """Return what a text says that `iso` does not take."""
    if _may_be_iso(text):
        with suppress(ValueError):
            return Date(wrong=_refused(datetime.fromisoformat(text)))
    if len(text) > 120:
        return Date(wrong="unreadable")
    return _other(re.sub(r" ?/ ?", "/", " ".join(text.replace("[", " [").split())), zone, order)


def _other(text: str, zone: ZoneInfo, order: str) -> Date:
    text = text.strip("\"'“”‘’«» ")
    if text[-1:] == ")":
        # JavaScript says the zone twice: GMT+0000 (Coordinated Universal Time).
        text = re.sub(r"(GMT[+-]\d{4}) \([^()]*\)$", r"\1", text)
    if text.startswith("["):
        text = text.strip("[] ")
    bare, weekday = without_weekday(text)
    if weekday is not None:
        date = _without_weekday(bare, zone, order)
        if date.when is not None:
            return _beside(weekday, date, date.when)
    date = _without_weekday(text, zone, order)
    if weekday is not None and date.when is not None and re.fullmatch(_UNIX, text):
        return _beside(weekday, date, date.when)
    return date


def _beside(weekday: int, date: Date, when: datetime) -> Date:
    """Return ``date`` with whether another ``weekday`` stands beside the day that is written."""
    written = when - timedelta(days=1) if date.ends_day else when
    return replace(date, contradicts=written.weekday() != weekday)


def _without_weekday(text: str, zone: ZoneInfo, order: str) -> Date:
    for reader in (
        _without_month,
        _east_asian,
        _dashed,
        _year_first,
        _compact,
        _epoch,
        _year_last,
        _day_month_year,
        _month_day_year,
        _unix,
        _placeholder,
    ):
        read = reader(text, zone, order)
        if read is not None:
            return read
    return Date(wrong="unreadable")


def _without_month(text: str, zone: ZoneInfo, order: str) -> Date | None:
    try:
        day = in_months(text)
    except (ValueError, OverflowError):
        return Date(wrong="impossible")
    return _with_better(_year_first(day, zone, order) or Date(), zone) if day else None


def _east_asian(text: str, zone: ZoneInfo, _order: str) -> Date | None:
    found = re.fullmatch(_EAST_ASIAN, text)
    if found is None:
        return None
    clock = _MINUTE_SIGN.sub("", _HOUR_SIGN.sub(":", found[4]))
    clock += "00" if clock.endswith(":") else ""
    return _with_better(_built(found.group(1, 2, 3), clock, zone), zone)


def _dashed(text: str, zone: ZoneInfo, order: str) -> Date | None:
    found = re.fullmatch(_DASHED, text)
    if found is None:
        return None
    plain = "-".join(found.group(1, 2, 3)) + found[4]
    return _with_better(_year_first(plain, zone, order) or Date(wrong="unreadable"), zone)


def _year_first(text: str, zone: ZoneInfo, _order: str) -> Date | None:
    found = re.fullmatch(_YEAR_FIRST, text)
    return _built((found[1], found[3], found[4]), found[5], zone) if found else None


def _compact(text: str, zone: ZoneInfo, _order: str) -> Date | None:
    found = re.fullmatch(_COMPACT, text)
    if found is None:
        return None
    if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR and re.fullmatch(_EPOCH, text):
        return None
    clock = f"{found[4]}:{found[5]}:{found[6] or '00'} {found[7] or ''}" if found[4] else None
    return _built(found.group(1, 2, 3), clock, zone)


def _epoch(text: str, _zone: ZoneInfo, _order: str) -> Date | None:
    if not re.fullmatch(_EPOCH, text):
        return None
    seconds = int(text[:-3]) if len(text) > 10 else int(text)
    return _checked(datetime.fromtimestamp(seconds, UTC), day_only=False)


def _day_month_year(text: str, zone: ZoneInfo, _order: str) -> Date | None:
    found = re.fullmatch(_WORDS, text)
    month = _MONTHS.get(found[2].lower()) if found else None
    return _in_words((found[3], str(month), found[1]), found[4], zone) if found and month else None


def _month_day_year(text: str, zone: ZoneInfo, _order: str) -> Date | None:
    found = re.fullmatch(_MONTH_FIRST, text)
    month = _MONTHS.get(found[1].lower()) if found else None
    return _in_words((found[3], str(month), found[2]), found[4], zone) if found and month else None


def _unix(text: str, zone: ZoneInfo, _order: str) -> Date | None:
    found = re.fullmatch(_UNIX, text)
    month = _MONTHS.get(found[1].lower()) if found else None
    if found is None or month is None:
        return None
    return _built((found[5], str(month), found[2]), f"{found[3]} {found[4] or ''}", zone)


def _placeholder(text: str, _zone: ZoneInfo, _order: str) -> Date | None:
    return Date(wrong="placeholder") if re.fullmatch(_NAMES, text) else None


def _year_last(text: str, zone: ZoneInfo, order: str) -> Date | None:
    found = re.fullmatch(_YEAR_LAST, _SPACED_DAY.sub(r"\1.\2.", text))
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if first > 12 or first == second or (order == "dmy" and second <= 12):
        day, month = found[1], found[3]
    elif second > 12 or order == "mdy":
        day, month = found[3], found[1]
    else:
        year = found[4]
        readings = (f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}")
        return Date(wrong="ambiguous", readings=readings)
    return _with_better(_built((found[4], month, day), found[5], zone), zone)


def _in_words(numbers: tuple[str, ...], clock: str | None, zone: ZoneInfo) -> Date:
    date = _built(numbers, clock, zone)
    # RFC 822 dates and JavaScript's come from programs: nobody needs to rewrite them.
    written_by_program = bool(clock and re.search(r"\d:\d\d.*(?:[+-]\d{4}|[A-Z]{3,4}|Z)", clock))
    return date if written_by_program else _with_better(date, zone)


def _with_better(date: Date, zone: ZoneInfo) -> Date:
    """Return ``date`` with the same instant in figures, which bears no offset in the site's ``zone``."""
    if date.when is None:
        return date
    shape = "%Y-%m-%d"
    if not date.day_only:
        shape += " %H:%M:%S" if date.when.second or date.when.tzinfo != zone else " %H:%M"
        shape += "%z" if date.when.tzinfo != zone else ""
    return replace(date, better=date.when.strftime(shape))


def _built(numbers: tuple[str, ...], clock: str | None, zone: ZoneInfo) -> Date:
    year, month, day = (int(number) for number in numbers)
    hour = minute = second = micro = 0
    where: tzinfo | None = zone
    clock = _BEFORE_TIME.sub("", (clock or "").strip())
    if clock:
        found = re.fullmatch(_TIME, _NOON.sub("12:00", clock))
        # A figure that nothing follows may be anything: 3 July 2026 9.
        if found is None or found[11][:1].isdigit() or re.fullmatch(r"\d", clock):
            return Date(wrong="unreadable")
        hour = int(found[1])
        minute, second = (
            int(found[2] or found[5] or found[7] or 0),
            int(found[3] or found[6] or found[8] or 0),
        )
        micro = int((found[4] or found[9] or "0").ljust(6, "0")[:6])
        if found[10]:
            hour = hour % 12 + (12 if found[10].lower() == "p" else 0) if 1 <= hour <= 12 else 99
        where = _zone(found[11], zone)
        if where is None:
            return Date(wrong="zone")
    extra = timedelta()
    if (hour, minute, second) == (24, 0, 0):
        hour, extra = 0, timedelta(days=1)
    if second == 60:
        second = 59
    try:
        when = datetime(year, month, day, hour, minute, second, micro, tzinfo=where) + extra
    except (ValueError, OverflowError):
        return Date(wrong="impossible")
    read = _checked(when, day_only=not clock)
    return replace(read, ends_day=True) if extra else read


def _zone(text: str, zone: ZoneInfo) -> tzinfo | None:
    """Return the zone that follows a time: an offset, an abbreviation, an IANA name, or nothing."""
    text = text.strip().strip("[]()")
    if not text:
        return zone
    if text.upper() in _ABBREVIATIONS:
        return timezone(timedelta(minutes=_ABBREVIATIONS[text.upper()]))
    if found := re.fullmatch(_OFFSET, text):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        offset = timedelta(minutes=minutes)
        if offset > FARTHEST:
            return None
        return timezone(offset if found[1] == "+" else -offset)
    before, _, name = text.rpartition(" ")
    if re.fullmatch(_OFFSET, before.strip("[]() ")):
        return _zone(before, zone)
    return _iana(name.strip("[]()"))


def _iana(name: str) -> ZoneInfo | None:
    if not re.fullmatch(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+", name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _checked(when: datetime, *, day_only: bool) -> Date:
    wrong = _refused(when)
    return Date(wrong=wrong) if wrong else Date(when, day_only)


def _refused(when: datetime) -> Wrong:
    """Return why an instant that can be read is none that a feed may say, empty where it is."""
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        return "range"
    return "zone" if abs(when.utcoffset() or timedelta()) > FARTHEST else ""
