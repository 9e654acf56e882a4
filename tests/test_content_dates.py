"""Dates: every form that people and tools write, and what each mistake is called."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel.dates import get_day_names, get_month_names
from dateutil import parser as dateutil
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.config import Config, Site
from newsfeed.content import date_ranges, dates
from newsfeed.content.reading import read_article

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02", "2026-01-02T00:00:00+01:00"),
        ("2026-07-02", "2026-07-02T00:00:00+02:00"),
        ("2026-1-2", "2026-01-02T00:00:00+01:00"),
        ("2026-W45-2", "2026-11-03T00:00:00+01:00"),
        ("2026W452", "2026-11-03T00:00:00+01:00"),
        ("2020-W53-5T09:30", "2021-01-01T09:30:00+01:00"),
        ("2026-307", "2026-11-03T00:00:00+01:00"),
        ("2024366", "2024-12-31T00:00:00+01:00"),
        ("2026-307t09:30", "2026-11-03T09:30:00+01:00"),
        ("2026-001 9h30", "2026-01-01T09:30:00+01:00"),
        ("mar 3 nov 2026", "2026-11-03T00:00:00+01:00"),
        ("Mar 3, 2026", "2026-03-03T00:00:00+01:00"),
        ("So, 3. Mai 2026", "2026-05-03T00:00:00+02:00"),
        ("Tuesday 2026-11-03", "2026-11-03T00:00:00+01:00"),
        ("20260102", "2026-01-02T00:00:00+01:00"),
        ("2026/7/3 20:46:25", "2026-07-03T20:46:25+02:00"),
        ("2026.07.03", "2026-07-03T00:00:00+02:00"),
        ("2026-01-02 10:00", "2026-01-02T10:00:00+01:00"),
        ("2026-01-02T10:00", "2026-01-02T10:00:00+01:00"),
        ("2026-01-02T10:00:00", "2026-01-02T10:00:00+01:00"),
        ("2026-01-02T10:00:00Z", "2026-01-02T10:00:00+00:00"),
        ("2026-01-02t10:00:00z", "2026-01-02T10:00:00+00:00"),
        ("2026-01-02T10:00:00.123Z", "2026-01-02T10:00:00.123000+00:00"),
        ("2026-01-02T10:00:00.123456789+05:30", "2026-01-02T10:00:00.123456+05:30"),
        ("2013-05-06 02:12:52 +0200", "2013-05-06T02:12:52+02:00"),
        ("2015-01-01 9:00:00 -0400", "2015-01-01T09:00:00-04:00"),
        ("2021-05-03 10:00:00 UTC", "2021-05-03T10:00:00+00:00"),
        ("2021-05-03 10:00:00 +0000 UTC", "2021-05-03T10:00:00+00:00"),
        ("2026-01-02 10:00 Europe/Lisbon", "2026-01-02T10:00:00+00:00"),
        ("2026-01-02T10:00:00+01:00[Europe/Paris]", "2026-01-02T10:00:00+01:00"),
        ("2026-07-02 10:00 America/New_York", "2026-07-02T10:00:00-04:00"),
        ("Fri, 02 Jan 2026 10:00:00 +0100", "2026-01-02T10:00:00+01:00"),
        ("Fri, 2 Jan 2026 10:00 GMT", "2026-01-02T10:00:00+00:00"),
        ("02 Jan 2026 10:00:00 EST", "2026-01-02T10:00:00-05:00"),
        ("Wed Nov 29 2023 10:00:00 GMT+0100 (CET)", "2023-11-29T10:00:00+01:00"),
        ("Wed Nov 29 10:00:00 2023", "2023-11-29T10:00:00+01:00"),
        ("29 novembre 2023", "2023-11-29T00:00:00+01:00"),
        ("mercredi 29 novembre 2023", "2023-11-29T00:00:00+01:00"),
        ("le 29 novembre 2023", "2023-11-29T00:00:00+01:00"),
        ("1er octobre 2026", "2026-10-01T00:00:00+02:00"),
        ("29 NOVEMBRE 2023", "2023-11-29T00:00:00+01:00"),
        ("29 nov. 2023", "2023-11-29T00:00:00+01:00"),
        ("3 août 2023 à 14h30", "2023-08-03T14:30:00+02:00"),
        ("3 aout 2023 à 14 h 30", "2023-08-03T14:30:00+02:00"),
        ("3 févr. 2023, 9h", "2023-02-03T09:00:00+01:00"),
        ("November 29, 2023", "2023-11-29T00:00:00+01:00"),
        ("Nov 29, 2023 3:30 PM", "2023-11-29T15:30:00+01:00"),
        ("29th November 2023", "2023-11-29T00:00:00+01:00"),
        ("29 de noviembre de 2023", "2023-11-29T00:00:00+01:00"),
        ("13/04/2026", "2026-04-13T00:00:00+02:00"),
        ("04/13/2026", "2026-04-13T00:00:00+02:00"),
        ("29.11.2023", "2023-11-29T00:00:00+01:00"),
        ("29-11-2023 08:05", "2023-11-29T08:05:00+01:00"),
        ("1699999999", "2023-11-14T22:13:19+00:00"),
        ("1699999999000", "2023-11-14T22:13:19+00:00"),
        ("Monday, January 2nd 2023, 3:04:05 pm", "2023-01-02T15:04:05+01:00"),
        ("[[2023-01-02]]", "2023-01-02T00:00:00+01:00"),
        ("2019-5-12 9:5:3", "2019-05-12T09:05:03+02:00"),
        ("2015-03-01 4:30PM", "2015-03-01T16:30:00+01:00"),
        ("2014-10-22T09:37:29-0400", "2014-10-22T09:37:29-04:00"),
        ("“2026-01-02”", "2026-01-02T00:00:00+01:00"),
        ("2026-01-02 24:00", "2026-01-03T00:00:00+01:00"),
        ("2026-07-03 0930", "2026-07-03T09:30:00+02:00"),
        ("2026-07-03 2359", "2026-07-03T23:59:00+02:00"),
        ("2026-07-03T0930", "2026-07-03T09:30:00+02:00"),
        ("2026-07-03T093015", "2026-07-03T09:30:15+02:00"),
        ("2026-07-03 0930 +0200", "2026-07-03T09:30:00+02:00"),
        ("2026-07-03T0930Z", "2026-07-03T09:30:00+00:00"),
        ("3 July 2026 1430", "2026-07-03T14:30:00+02:00"),
        ("2026-07-03 10.30", "2026-07-03T10:30:00+02:00"),
        ("2026-07-03 9.30", "2026-07-03T09:30:00+02:00"),
        ("2026-07-03 10.30.15", "2026-07-03T10:30:15+02:00"),
        ("2026-07-03 9h30", "2026-07-03T09:30:00+02:00"),
        ("2026-07-03 9 h", "2026-07-03T09:00:00+02:00"),
        ("2026-07-03 à 9h30", "2026-07-03T09:30:00+02:00"),
        ("3 juillet 2026 à 9 heures 30", "2026-07-03T09:30:00+02:00"),
        ("3 juillet 2026 à 9 h 30 min", "2026-07-03T09:30:00+02:00"),
        ("3 juillet 2026 à midi", "2026-07-03T12:00:00+02:00"),
        ("3. Juli 2026 um 14.30 Uhr", "2026-07-03T14:30:00+02:00"),
        ("3 July 2026 at 9.30am", "2026-07-03T09:30:00+02:00"),
        ("3 July 2026, 12 a.m.", "2026-07-03T00:00:00+02:00"),
        ("3 de\u0301cembre 2026", "2026-12-03T00:00:00+01:00"),
        ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00+00:00"),
        ("2199-12-31 23:59", "2199-12-31T23:59:00+01:00"),
        ("2199/12/31", "2199-12-31T00:00:00+01:00"),
        ("31 décembre 2199", "2199-12-31T00:00:00+01:00"),
        ("999999999", "2001-09-09T01:46:39+00:00"),
        ("168000000000", "1975-04-29T10:40:00+00:00"),
        ("946684800000", "2000-01-01T00:00:00+00:00"),
        ("202601020930", "2026-01-02T09:30:00+01:00"),
        ("190001020930", "1900-01-02T09:30:00+00:09:21"),
        ("219912310930", "2199-12-31T09:30:00+01:00"),
        ("189912312359", "1976-01-08T01:25:12+00:00"),
        ("220001020304", "1976-12-21T07:23:40+00:00"),
        ("20260102093015", "2026-01-02T09:30:15+01:00"),
        ("20260102T0930Z", "2026-01-02T09:30:00+00:00"),
        ("20260102T093015+0200", "2026-01-02T09:30:15+02:00"),
        ("2026 / 7 / 3", "2026-07-03T00:00:00+02:00"),
        ("2026-01-02_10:00", "2026-01-02T10:00:00+01:00"),
        ("[2026-01-02]", "2026-01-02T00:00:00+01:00"),
        ("« 2026-01-02 »", "2026-01-02T00:00:00+01:00"),
        ("3 July 2026 12:30 PM", "2026-07-03T12:30:00+02:00"),
        ("3 July 2026 12:30 AM", "2026-07-03T00:30:00+02:00"),
        ("3 July 2026 1am", "2026-07-03T01:00:00+02:00"),
        ("3 July 2026 1:00 P.M.", "2026-07-03T13:00:00+02:00"),
        ("3 July 2026 11:59 pm", "2026-07-03T23:59:00+02:00"),
        ("3 July 2026 12 noon", "2026-07-03T12:00:00+02:00"),
        ("2026/01/02 23:59:60", "2026-01-02T23:59:59+01:00"),
        ("2026-12-31 24:00", "2027-01-01T00:00:00+01:00"),
        ("2026-01-02 9h05min07", "2026-01-02T09:05:07+01:00"),
        ("2026/01/02 10:00:00,25", "2026-01-02T10:00:00.250000+01:00"),
        ("2026-07-03 093015.5", "2026-07-03T09:30:15.500000+02:00"),
        ("2026/07/03 09:30:15.1234567", "2026-07-03T09:30:15.123456+02:00"),
        ("2026-07-03 10.30.15 +0200", "2026-07-03T10:30:15+02:00"),
        ("3 luglio 2026 alle 9:30", "2026-07-03T09:30:00+02:00"),
        ("3 July 2026 — 9:30", "2026-07-03T09:30:00+02:00"),
        ("3 July 2026 9 hrs", "2026-07-03T09:00:00+02:00"),
        ("2026-01-02 10:00 +14:00", "2026-01-02T10:00:00+14:00"),
        ("2026/01/02 10:00 +14:00", "2026-01-02T10:00:00+14:00"),
        ("2026-01-02 10:00 −05:30", "2026-01-02T10:00:00-05:30"),
        ("2026-01-02 10:00 UTC+2", "2026-01-02T10:00:00+02:00"),
        ("2026-01-02 10:00 [Europe/Lisbon]", "2026-01-02T10:00:00+00:00"),
        ("Sun May 4 10:00:00 CEST 2025", "2025-05-04T10:00:00+02:00"),
        ("Wed Nov 29 2023 10:00:00 GMT+0530 (India Standard Time)", "2023-11-29T10:00:00+05:30"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    """Each form that a tool or a person writes gives the instant that it says."""
    date = dates.read(text, PARIS)
    assert not date.wrong
    assert date.when is not None
    assert date.when.isoformat() == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2026-13-45", "impossible"),
        ("2026-W54-1", "impossible"),
        ("2026-366", "impossible"),
        ("2026-W45", "unreadable"),
        ("2026-02-30", "impossible"),
        ("31 novembre 2026", "impossible"),
        ("2026-01-02 25:00", "impossible"),
        ("45/13/2026", "impossible"),
        ("03/04/2026", "ambiguous"),
        ("3-4-2026", "ambiguous"),
        ("{{now}}", "placeholder"),
        ("{{ date }}", "placeholder"),
        ("<% tp.date.now() %>", "placeholder"),
        ("now", "placeholder"),
        ("git Last Modified", "placeholder"),
        ("0001-01-01", "range"),
        ("0001-01-01T00:00:00Z", "range"),
        ("2999-01-01", "range"),
        ("2026-01-02 10:00 Paris/Europe", "zone"),
        ("2026-01-02 10:00 +99:00", "zone"),
        ("2026-01-02T10:00:00+14:01", "zone"),
        ("2026/01/02 10:00 +14:01", "zone"),
        ("2026-01-02T10:00:00-15:00", "zone"),
        ("2026-01-02 10:00 Europe/Nowhere", "zone"),
        ("1899-12-31", "range"),
        ("1899-12-31T23:59:59Z", "range"),
        ("2200-01-01 00:00", "range"),
        ("1899/12/31", "range"),
        ("1 janvier 2200", "range"),
        ("2026/01/02 23:59:61", "impossible"),
        ("2026-01-02 24:01", "impossible"),
        ("2026-01-02 24:00:01", "impossible"),
        ("3 July 2026 0:30 PM", "impossible"),
        ("{% now %}", "placeholder"),
        ("${date}", "placeholder"),
        ("today", "placeholder"),
        ("created", "placeholder"),
        ("last modified", "placeholder"),
        ("maintenant", "placeholder"),
        ("aujourd'hui", "placeholder"),
        ("aujourd’hui", "placeholder"),
        ("12345678901", "unreadable"),
        ("2026-07-03 10:30 5 x", "unreadable"),
        ("3 juillet 2026 9h – 17h", "zone"),
        ("3 juillet 2026 9h à 17h", "zone"),
        ("3 juillet 2026 à 9h, 17h", "zone"),
        ("13/13/2026", "impossible"),
        ("14/13/2026", "impossible"),
        ("2026-07-03 10:30 Z5", "zone"),
        ("2026-07-03 0900-1700", "zone"),
        ("2026-07-03 930", "unreadable"),
        ("2026-07-03 09301", "unreadable"),
        ("2026-07-03 9", "unreadable"),
        ("3 July 2026 9", "unreadable"),
        ("2026-07-03 10.5", "zone"),
        ("2026-07-03 2460", "impossible"),
        ("2026-07-03 13pm", "impossible"),
        ("3 juillet 2026 à minuit", "unreadable"),
        ("12 et 13 décembre 2026", "unreadable"),
        ("2026", "unreadable"),
        ("2026-11", "unreadable"),
        ("hier", "unreadable"),
        ("29 brumaire 2023", "unreadable"),
        ("Brumaire 29, 2023", "unreadable"),
        ("Wed Bru 29 10:00:00 2023", "unreadable"),
        ("à la rentrée", "unreadable"),
        ("x" * 5000, "unreadable"),
        ("", "unreadable"),
    ],
)
def test_mistakes(text: str, wrong: str) -> None:
    """What is no date is refused, by the name of its mistake."""
    date = dates.read(text, PARIS)
    assert (date.when, date.wrong) == (None, wrong)


def test_ambiguous_readings() -> None:
    """A day and month in doubt are spelt out both ways, unless the site says in which order."""
    assert dates.read("03/04/2026", PARIS).readings == ("2026-04-03", "2026-03-04")
    assert dates.read("12/11/2026", PARIS).readings == ("2026-11-12", "2026-12-11")
    assert dates.read("11/12/2026", PARIS).readings == ("2026-12-11", "2026-11-12")
    assert dates.read("12/12/2026", PARIS).better == "2026-12-12"
    for text in ("03/04/2026", "12/11/2026", "11/12/2026"):
        first, second = int(text[:2]), int(text[3:5])
        dmy, mdy = (dates.read(text, PARIS, order).when for order in ("dmy", "mdy"))
        assert dmy == datetime(2026, second, first, tzinfo=PARIS)
        assert mdy == datetime(2026, first, second, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("1er octobre 2026", "2026-10-01"),
        ("2026年10月1日", "2026-10-01"),
        ("2026年10月1日(木) 9時5分", "2026-10-01 09:05"),
        ("2026년 10월 1일 9시", "2026-10-01 09:00"),
        ("2026. 10. 1.", "2026-10-01"),
        ("2026\u201110\u201101", "2026-10-01"),
        ("2026–10–01 9h30", "2026-10-01 09:30"),
        ("21. 10. 2026", "2026-10-21"),
        ("3 août 2023 à 14h30", "2023-08-03 14:30"),
        ("August 3, 2023 2:30 pm Europe/Lisbon", "2023-08-03 14:30:00+0100"),
        ("3 août 2023 à 14h30m15", "2023-08-03 14:30:15"),
        ("3 août 2023 à 14h30 UTC", "2023-08-03 14:30:00+0000"),
        ("13/04/2026 10:00 +0200", "2026-04-13 10:00:00+0200"),
        ("2026-W45-2", "2026-11-03"),
        ("Fri, 02 Jan 2026 10:00:00 +0100", ""),
        ("02 Jan 2026 10:00 EST", ""),
        ("Wed Nov 29 2023 10:00:00 GMT+0100 (CET)", ""),
        ("2026-01-02", ""),
        ("2026/1/2 10:00", ""),
    ],
)
def test_what_is_written_in_words_has_a_better_form(text: str, better: str) -> None:
    """The cure of a date in words says the same instant, and programs' dates need none."""
    date = dates.read(text, PARIS)
    assert date.better == better
    assert not better or dates.read(better, PARIS).when == date.when


def test_a_day_alone_is_told_from_its_midnight() -> None:
    """What bears no time is a day, however it is written."""
    for text in (
        "2026-01-02",
        "2026/1/2",
        "2 janvier 2026",
        "20260102",
        "13/01/2026",
        "2026-W01-5",
    ):
        assert dates.read(text, PARIS).day_only, text
    for text in ("2026-01-02 00:00", "2026/1/2 0:00", "2 janvier 2026 à 0h", "1699999999"):
        assert not dates.read(text, PARIS).day_only, text


@pytest.mark.parametrize("language", ["fr", "en", "es", "de", "it", "pt", "nl"])
def test_every_month_has_its_name(language: str) -> None:
    """In seven languages as the CLDR has them, with and without accents and capitals."""
    for number, name in get_month_names("wide", locale=language).items():
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        for each in (name, name.upper(), plain if language == "fr" else name):
            for text in (f"3 {each} 2026", f"{each} 3, 2026"):
                assert dates.read(text, PARIS).when == datetime(2026, number, 3, tzinfo=PARIS), text


@pytest.mark.parametrize(
    "names",
    [
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "Janv. Févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "janv. fév. mars avr. mai juin juil. aou. sept. oct. nov. dec.",
        "ene. feb. mar. abr. may. jun. jul. ago. sept. oct. nov. dic.",
        "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
        "gen. feb. mar. apr. mag. giu. lug. ago. set. ott. nov. dic.",
        "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
        "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
    ],
)
def test_every_month_has_its_short_name(names: str) -> None:
    for number, name in enumerate(names.split(), 1):
        assert dates.read(f"3 {name} 2026", PARIS).better == f"2026-{number:02}-03", name


_HOURS = {
    "Z UT UTC GMT WET": 0, "WEST BST CET": 1, "CEST EET": 2, "EEST": 3, "JST": 9, "AEST": 10,
    "AEDT": 11, "EDT": -4, "EST CDT": -5, "CST MDT": -6, "MST PDT": -7, "PST": -8,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hours"), [(name, hours) for names, hours in _HOURS.items() for name in names.split()]
)
def test_abbreviations_of_zones(name: str, hours: int) -> None:
    """RFC 822 §5.1, and what Europe, Japan and Australia write; in small letters too."""
    expected = datetime(2026, 7, 3, 10, tzinfo=timezone(timedelta(hours=hours)))
    for text in (f"3 Jul 2026 10:00:00 {name}", f"2026-07-03 10:00 {name.lower()}"):
        assert dates.read(text, PARIS).when == expected, text


def test_clock_changes() -> None:
    """A time that the clocks skip or repeat is read with the offset before the change."""
    skipped = dates.read("2026-03-29 02:30", PARIS).when
    repeated = dates.read("2026-10-25 02:30", PARIS).when
    assert (
        skipped is not None and skipped.astimezone(UTC).isoformat() == "2026-03-29T01:30:00+00:00"
    )
    assert repeated is not None
    assert repeated.astimezone(UTC).isoformat() == "2026-10-25T00:30:00+00:00"


@settings(max_examples=300, deadline=None)
@given(st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_iso_reads_back(when: datetime, minutes: int) -> None:
    """An instant that was written as ISO 8601 reads back as itself."""
    zone = ZoneInfo("Pacific/Auckland")
    aware = when.replace(tzinfo=UTC) + timedelta(minutes=minutes)
    for text in (aware.isoformat(), aware.isoformat(" ", "microseconds")):
        assert dates.read(text, zone).when == aware
    day = dates.read(when.strftime("%Y-%m-%d"), zone)
    assert day.when is not None and day.day_only
    assert day.when.strftime("%Y-%m-%d %H:%M") == when.strftime("%Y-%m-%d 00:00")


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("0123456789 -/.:,TZh+novembreàPM[]"), max_size=30))
def test_anything_is_answered(text: str) -> None:
    """A text is an instant or a mistake, never both, and never raises."""
    date = dates.read(text, PARIS)
    assert (date.when is None) == bool(date.wrong)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("lundi 3 novembre 2026", True), ("mardi 3 novembre 2026", False), ("mar. 3 nov. 2026", False),
        ("Mon, 03 Nov 2026 10:00:00 +0000", True), ("Tue, 03 Nov 2026 10:00:00 +0000", False),
        ("Monday, November 3, 2026", True), ("3 novembre 2026 (lundi)", True), ("3 November 2026, Tue", False),
        ("lundi 03/11/2026", True), ("Monday 2026-11-03", True), ("Sun May  4 10:00:00 2026", True),
        ("Mon May  4 2026 10:00:00 GMT+0100 (CET)", False), ("Dienstag, den 3. November 2026", False),
        ("le 3 novembre 2026", False), ("sábado 3 noviembre 2026", True),
        ("Tue, 03 Nov 2026 24:00:00 +0100", False), ("Wed, 04 Nov 2026 24:00:00 +0100", False),
        ("Thu, 04 Nov 2026 24:00:00 +0100", True), ("mardi 3 novembre 2026 à 24h", False),
    ],
)  # fmt: skip
def test_a_weekday_that_contradicts_its_date_is_said(text: str, wrong: bool) -> None:
    """The date counts; which of the two is the mistake nobody but the author knows."""
    read = dates.read(text, PARIS, "dmy")
    assert read.when is not None and (read.when.month, read.when.year) in {(11, 2026), (5, 2026)}
    assert read.contradicts is wrong
    front = f'---\ntitle: T\ndate: "{text}"\nevent: "{text}"\n---\nB\n'
    config = Config(site=Site(title="T", url="https://www.example.org/", language="fr"))
    found = read_article("items/a.md", front.encode(), config)
    codes = [problem.code for problem in found.problems]
    assert codes.count("date-weekday") == (2 if wrong else 0)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("03/11/2026", "fr", "2026-11-03"),
        ("03.11.2026", "de-AT", "2026-11-03"),
        ("03/11/2026", "en-GB", "2026-11-03"),
        ("03/11/2026", "en-US", "2026-03-11"),
        ("04/13/2026", "fr", "2026-04-13"),
        ("13/04/2026", "en-US", "2026-04-13"),
        ("03/11/2026", "en-PH", "2026-03-11"),
        ("03/11/2026", "fil", "2026-03-11"),
        ("12/12/2026", "en", "2026-12-12"),
        ("03/11/2026", "FR", "2026-11-03"),
    ],
)
def test_the_language_tells_the_order(text: str, language: str, expected: str) -> None:
    """A site's language says which of two figures is the day; how it was read is always said."""
    date = dates.read(text, PARIS, dates.order_of("", language))
    assert date.better == expected
    assert dates.order_of("mdy", language) == "mdy"


def test_no_order_is_guessed() -> None:
    """English alone, and languages that write the year first, do not tell."""
    for language in ("en", "", "ja", "zh-Hant", "ko", "hu", "lt", "mn", "fa"):
        assert dates.read("03/11/2026", PARIS, dates.order_of("", language)).wrong == "ambiguous"


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "nl", "pt"])
def test_months_are_called_as_cldr_has_them(language: str) -> None:
    """Whole and short, with a full stop and without."""
    for width in ("wide", "abbreviated"):
        for month, name in get_month_names(width, locale=language).items():
            for written in (name, name.removesuffix(".")):
                read = dates.read(f"5 {written} 2026", PARIS)
                assert read.when is not None and read.when.month == month, written


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "nl", "pt"])
def test_weekdays_are_called_as_cldr_has_them(language: str) -> None:
    """Before a date in figures, and one that is another day's is known for it."""
    for width in ("wide", "abbreviated"):
        for number, name in get_day_names(width, locale=language).items():
            for written in (name, name.removesuffix(".")):
                days = [
                    dates.read(f"{written} {4 + number + late}.5.2026", PARIS, "dmy")
                    for late in (0, 1)
                ]
                assert all(day.when is not None for day in days), written
                assert [day.contradicts for day in days] == [False, True], written


@pytest.mark.parametrize(
    "names", ["_ Tues Weds Thurs _ Sonnabend", "_ _ miercoles Thur _ sabado", "lunedi martedi mercoledi giovedi venerdi"]
)  # fmt: skip
def test_weekdays_are_read_as_people_write_them(names: str) -> None:
    for number, name in enumerate(names.split()):
        days = [dates.read(f"{name} {4 + number + late}.5.2026", PARIS, "dmy") for late in (0, 1)]
        assert name == "_" or [day.contradicts for day in days] == [False, True], name


@pytest.mark.parametrize(
    ("name", "month"),
    [("fevrier", 2), ("aout", 8), ("decembre", 12), ("fév", 2), ("aou", 8), ("mär", 3), ("sep", 9)],
)
def test_months_are_read_as_people_write_them(name: str, month: int) -> None:
    read = dates.read(f"5 {name} 2026", PARIS)
    assert read.when is not None and read.when.month == month


_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_FRENCH_DAYS = ("{day} {month} {year}", "le {day} {month} {year}", "{weekday} {day} {month} {year}")
_ENGLISH_DAYS = (
    "{day} {month} {year}", "{month} {day}, {year}", "{weekday}, {month} {day}, {year}",
    "{weekday} {day} {month} {year}",
)  # fmt: skip
_FIGURES = ("{year}-{mm}-{dd}", "{year}/{mm}/{dd}", "{year}.{m}.{day}", "{year}{mm}{dd}")
_FRENCH_CLOCKS = ("{hour}h{minute}", "{hour} h {minute}", "{hour}:{minute}", "{hh}{minute}",
                  "à {hour}h{minute}", "{hour}.{minute}", "{hour} heures {minute}")  # fmt: skip
_ENGLISH_CLOCKS = ("{hour}:{minute}", "{hh}{minute}", "{twelve}:{minute} {half}", "at {hour}.{minute}",
                   "{twelve}.{minute}{half}", "{hh}:{minute}")  # fmt: skip
_ZONES = {"": None, " +0530": "+05:30", " -03:00": "-03:00", " UTC": "+00:00"}


def _spoken(when: datetime, language: str, day: str, clock: str) -> str:
    """Return an instant as people write it."""
    parts = {
        "day": when.day, "dd": f"{when.day:02}", "m": when.month, "mm": f"{when.month:02}",
        "year": when.year, "month": _MONTHS[language].split()[when.month - 1],
        "weekday": _DAYS[language].split()[when.weekday()], "hour": when.hour, "hh": f"{when.hour:02}",
        "minute": f"{when.minute:02}", "twelve": when.hour % 12 or 12,
        "half": "pm" if when.hour >= 12 else "am",
    }  # fmt: skip
    return f"{day.format(**parts)} {clock.format(**parts)}".strip()


@settings(max_examples=1500, deadline=None)
@given(
    when=st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)),
    language=st.sampled_from(["fr", "en"]),
    which=st.tuples(st.integers(0, 99), st.integers(0, 99)),
    zone=st.sampled_from(sorted(_ZONES)),
)
def test_what_is_spoken_is_what_is_read(
    when: datetime, language: str, which: tuple[int, int], zone: str
) -> None:
    """A grammar of days, clocks and zones: what was meant is what is read, or it is an error.

    Where the other library, dateutil, understands the same words, it agrees.
    """
    days = (*_FIGURES, *(_FRENCH_DAYS if language == "fr" else _ENGLISH_DAYS))
    clocks = _FRENCH_CLOCKS if language == "fr" else _ENGLISH_CLOCKS
    day, clock = days[which[0] % len(days)], clocks[which[1] % len(clocks)]
    when = when.replace(second=0, microsecond=0)
    text = _spoken(when, language, day, clock) + zone
    compact = day == "{year}{mm}{dd}"
    read = dates.read(text, PARIS)
    if compact and (zone or clock != "{hh}{minute}"):
        assert read.when is None or _wall(read.when) == when
        return
    assert read.when is not None, text
    assert _wall(read.when) == when, text
    if _ZONES[zone]:
        assert read.when.isoformat()[-6:] == _ZONES[zone], text
    dotted = "." in clock or ".{m}." in day
    if language == "en" and not dotted and "{hh}{minute}" not in clock:
        other = dateutil.parse(text)
        assert other.replace(tzinfo=None) == when, text
        assert not _ZONES[zone] or other.utcoffset() == read.when.utcoffset(), text


def _wall(when: datetime) -> datetime:
    return when.replace(tzinfo=None, fold=0)


@settings(max_examples=400, deadline=None)
@given(
    when=st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)),
    wrap=st.sampled_from(
        ["{0}{1}", "{0} {1} x", "{0} {1}5", "{0} {1}.{1}", "{0} {1}Z5", "{0} 1{1}"]
    ),
    clock=st.sampled_from(
        ["{hh}{minute}", "{hour}:{minute}", "{hour}.{minute}", "{hour}h{minute}"]
    ),
)
def test_what_is_spoilt_is_never_another_time(when: datetime, wrap: str, clock: str) -> None:
    """A clock with something beside it is an error, or the time that still stands there."""
    when = when.replace(second=0, microsecond=0)
    day, _, time = _spoken(when, "en", "{year}-{mm}-{dd}", clock).partition(" ")
    read = dates.read(wrap.format(day, time), PARIS)
    if read.when is not None:
        seconds = abs((_wall(read.when) - when).total_seconds())
        assert seconds < 60 or wrap == "{0} {1}.{1}" or wrap == "{0} 1{1}", read


EVENTS = [
    ("samedi 12 décembre 2026, de 9h à 17h", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("12 décembre 2026 de 9h30 à 17h", "2026-12-12 09:30", "2026-12-12 17:00"),
    ("12 décembre 2026, 9h-17h", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("le 12 décembre 2026 entre 14 h et 16 h 30", "2026-12-12 14:00", "2026-12-12 16:30"),
    ("12/12/2026 de 10.00 à 12.00", "2026-12-12 10:00", "2026-12-12 12:00"),
    ("2026-12-12 09:00–17:00", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("2026-12-12 0900-1700", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("2026-12-12 09:00-11:00", "2026-12-12 09:00", "2026-12-12 11:00"),
    ("12 December 2026, 9am to 5pm", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("12 December 2026, 9-11am", "", ""),
    ("12 December 2026, 2:00-4:30pm", "2026-12-12 14:00", "2026-12-12 16:30"),
    ("12 December 2026, 9:00-11:30am", "2026-12-12 09:00", "2026-12-12 11:30"),
    ("12 et 13 décembre 2026", "2026-12-12 00:00", "2026-12-13 00:00"),
    ("samedi 12 et dimanche 13 décembre 2026", "2026-12-12 00:00", "2026-12-13 00:00"),
    ("du 12 au 14 décembre 2026", "2026-12-12 00:00", "2026-12-14 00:00"),
    ("du 1er au 3 décembre 2026, de 9h à 17h", "2026-12-01 09:00", "2026-12-03 17:00"),
    ("12-14 December 2026", "2026-12-12 00:00", "2026-12-14 00:00"),
    ("December 12-14, 2026", "2026-12-12 00:00", "2026-12-14 00:00"),
    ("du 30 novembre au 2 décembre 2026", "2026-11-30 00:00", "2026-12-02 00:00"),
    ("du 30 décembre 2026 au 2 janvier 2027", "2026-12-30 00:00", "2027-01-02 00:00"),
    ("2026-12-12/2026-12-14", "2026-12-12 00:00", "2026-12-14 00:00"),
    ("2026-12-12T09:00 - 2026-12-12T17:00", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("12 décembre 2026", "2026-12-12 00:00", ""),
    ("les 12, 13 et 15 décembre 2026", "", ""),
    ("12 ou 13 décembre 2026", "", ""),
    ("samedi 12 décembre 2026 9h – 17h", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("12 décembre 2026, 9h à 17h", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("12 December 2026 at 9:00 - 11:30", "2026-12-12 09:00", "2026-12-12 11:30"),
    ("12 December 2026, 0900-1130", "2026-12-12 09:00", "2026-12-12 11:30"),
    ("12 Dec 2026 04:00 -0500", "2026-12-12 04:00", ""),
    ("12 Dec 2026 10:00:00 -0500", "2026-12-12 10:00", ""),
    ("12 décembre 2026 de 10h à midi", "2026-12-12 10:00", "2026-12-12 12:00"),
    ("12 December 2026, 10am till noon", "2026-12-12 10:00", "2026-12-12 12:00"),
    ("12 December 2026 between 9:00 and 11:00", "2026-12-12 09:00", "2026-12-12 11:00"),
    ("12 December 2026 9 a.m. – 5 p.m.", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("12 décembre 2026, 9 heures à 11 heures 30", "2026-12-12 09:00", "2026-12-12 11:30"),
    ("12 décembre 2026 9.30–11.00", "2026-12-12 09:30", "2026-12-12 11:00"),
    ("12 décembre 2026 de 9h jusqu'à 17h", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("12/12/2026 0900-1700", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("2026-12-12 1700-0900", "2026-12-12 17:00", ""),
    ("2026-12-12 09:00-09:00", "2026-12-12 09:00", ""),
    ("12 décembre 2026, de 9h à 25h", "", ""),
    ("12 décembre 2026, de 22h à 2h", "2026-12-12 22:00", "2026-12-13 02:00"),
    ("31 December 2026, 9pm to 1am", "2026-12-31 21:00", "2027-01-01 01:00"),
    ("12 décembre 2026, de 20h à minuit", "2026-12-12 20:00", "2026-12-13 00:00"),
    ("12 December 2026, noon to 2pm", "2026-12-12 12:00", "2026-12-12 14:00"),
    ("12 December 2026 from midnight to 2am", "2026-12-12 00:00", "2026-12-12 02:00"),
    ("12 décembre 2026, de 17h à 9h", "2026-12-12 17:00", "2026-12-12 09:00"),
    ("vom 12. bis 14. Dezember 2026", "2026-12-12 00:00", "2026-12-14 00:00"),
    ("12 & 13 December 2026", "2026-12-12 00:00", "2026-12-13 00:00"),
    ("1st to 3rd December 2026", "2026-12-01 00:00", "2026-12-03 00:00"),
    ("les 12 et 13 décembre 2026 de 9h à 17h", "2026-12-12 09:00", "2026-12-13 17:00"),
    ("les 12 et 13 décembre 2026 à 9h", "2026-12-12 09:00", "2026-12-13 09:00"),
    ("December 12th to 14th, 2026", "2026-12-12 00:00", "2026-12-14 00:00"),
    ("from 30 December 2026 to 2 January 2027", "2026-12-30 00:00", "2027-01-02 00:00"),
    ("du 30 décembre au 2 janvier 2027", "2026-12-30 00:00", "2027-01-02 00:00"),
    ("30 December to 2 January 2027", "2026-12-30 00:00", "2027-01-02 00:00"),
    ("3 January to 3 January 2027", "2027-01-03 00:00", "2027-01-03 00:00"),
    ("2 to 30 January 2027", "2027-01-02 00:00", "2027-01-30 00:00"),
    ("30 December 2027 to 2 January 2027", "2027-12-30 00:00", "2027-01-02 00:00"),
    ("vom 30. Dezember 2026 bis 2. Januar 2027", "2026-12-30 00:00", "2027-01-02 00:00"),
    ("2026-12-12 au 2026-12-14", "2026-12-12 00:00", "2026-12-14 00:00"),
    ("2026-12-12--2026-12-14", "2026-12-12 00:00", "2026-12-14 00:00"),
    ("2026-12-12T09:00/2026-12-12T17:00", "2026-12-12 09:00", "2026-12-12 17:00"),
    (f"12 décembre 2026, 9h à 17h{' ' * 200}", "2026-12-12 09:00", "2026-12-12 17:00"),
    ("31 et 32 décembre 2026", "", ""),
    ("x" * 4000, "", ""),
]


@pytest.mark.parametrize(("text", "start", "end"), EVENTS)
def test_events(text: str, start: str, end: str) -> None:
    """The beginning and the end of an event, in a text; what is unclear has neither."""
    found = date_ranges.read(text, PARIS, "dmy")
    said = [f"{each.when:%Y-%m-%d %H:%M}" if each and each.when else "" for each in found]
    assert said == [start, end]


@pytest.mark.parametrize(
    "names",
    [
        "monday tuesday wednesday thursday friday saturday sunday",
        "Mon Tue Wed Thu Fri Sat Sun",
        "Mon Tues Weds Thur Fri Sat Sun",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lun. mar. mer. jeu. ven. sam. dim.",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lunes martes miercoles jueves viernes sabado domingo",
        "lun mar mié jue vie sáb dom",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Mo. Di. Mi. Do. Fr. Sonnabend So.",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "lunedi martedi mercoledi giovedi venerdi sab dom",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    ],
)
def test_every_weekday_has_its_name(names: str) -> None:
    """Before the date and after it; the weekday of the day before contradicts it."""
    for number, name in enumerate(names.split()):
        day = 2 + number  # 2 November 2026 is a Monday
        bare = name.rstrip(".")
        for text in (
            f"{name} 2026-11-{day:02}",
            f"2026-11-{day:02} ({bare})",
            f"2026-11-{day:02}, {bare}",
        ):
            read = dates.read(text, PARIS)
            assert read.when == datetime(2026, 11, day, tzinfo=PARIS), text
            assert not read.contradicts, text
        assert dates.read(f"{name} 2026-11-{day + 1:02}", PARIS).contradicts, name
