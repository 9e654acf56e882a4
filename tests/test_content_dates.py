"""Dates: every form that people and tools write, and what each mistake is called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.content import dates

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-02", "2026-01-02T00:00:00+01:00"),
        ("2026-07-02", "2026-07-02T00:00:00+02:00"),
        ("2026-1-2", "2026-01-02T00:00:00+01:00"),
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
        ("2026", "unreadable"),
        ("2026-11", "unreadable"),
        ("hier", "unreadable"),
        ("29 brumaire 2023", "unreadable"),
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
    dmy, mdy = (dates.read("03/04/2026", PARIS, order).when for order in ("dmy", "mdy"))
    assert dmy == datetime(2026, 4, 3, tzinfo=PARIS)
    assert mdy == datetime(2026, 3, 4, tzinfo=PARIS)


def test_better() -> None:
    """What was read from words has an unambiguous form, and programs' dates need none."""
    assert dates.read("1er octobre 2026", PARIS).better == "2026-10-01"
    assert dates.read("3 août 2023 à 14h30", PARIS).better == "2023-08-03 14:30"
    assert dates.read("Fri, 02 Jan 2026 10:00:00 +0100", PARIS).better == ""


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
