"""How values are written on the wire."""

from __future__ import annotations

import locale
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsfeed.text.characters import for_xml as clean
from newsfeed.text.characters import one_line as line
from newsfeed.text.iri import to_uri as address
from newsfeed.text.timestamps import rfc822, rfc3339

MINUTES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
@settings(max_examples=300)
def test_any_text_can_stand_in_xml(text: str) -> None:
    """No character of an article, whatever it is, costs the feed."""
    element = etree.Element("e")
    element.text = clean(text)
    assert etree.fromstring(etree.tostring(element)).text == (clean(text) or None)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF)))
def test_legal_text_is_kept(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b", "ab"),
        ("fin\x0csuite", "fin\nsuite"),
        ("un\r\ndeux\rtrois", "un\ndeux\ntrois"),
        ("\ud83d\ude00", "😀"),
        ("seul \ud83d", "seul "),
        ("\ufffe\uffff", ""),
    ],
)
def test_illegal_characters_go(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_title_is_one_line_and_keeps_its_non_breaking_spaces() -> None:
    assert line("  Dépistage\xa0:\n  une\u2028date ") == "Dépistage\xa0: une date"


@pytest.mark.parametrize(
    ("url", "encoded"),
    [
        ("https://example.org/a?b=c&d=%C3%A9#e", "https://example.org/a?b=c&d=%C3%A9#e"),
        ("https://example.org/été 1.pdf", "https://example.org/%C3%A9t%C3%A9%201.pdf"),
        ("https://example.org/50%", "https://example.org/50%25"),
        ("https://example.org/a#b#c", "https://example.org/a#b%23c"),
        ("https://example.org/[a]|{b}", "https://example.org/%5Ba%5D%7C%7Bb%7D"),
        ("https://réseau.example/é", "https://xn--rseau-bsa.example/%C3%A9"),
        ("https://ana:mot@réseau.example:8080/", "https://ana:mot@xn--rseau-bsa.example:8080/"),
        ("https://ana@r%C3%A9seau.example/x", "https://ana@xn--rseau-bsa.example/x"),
        ("mailto:ana@réseau.example", "mailto:ana@xn--rseau-bsa.example"),
        (
            "mailto:ana@r%C3%A9seau.example?subject=%C3%A9",
            "mailto:ana@xn--rseau-bsa.example?subject=%C3%A9",
        ),
        ("mailto:a@b.example,é@réseau.example", "mailto:a@b.example,%C3%A9@xn--rseau-bsa.example"),
        ("mailto:?to=ana@réseau.example", "mailto:?to=ana@r%C3%A9seau.example"),
        ("http://[2001:db8::1]/é", "http://[2001:db8::1]/%C3%A9"),
        ("http://[broken/é", "http://%5Bbroken/%C3%A9"),
        ("tag:example.org,2026:dépistage", "tag:example.org,2026:d%C3%A9pistage"),
        ("/feed.css", "/feed.css"),
    ],
)
def test_addresses_are_ascii(url: str, encoded: str) -> None:
    """The W3C validator says UriNotIri, and InvalidTAG, of anything else."""
    assert address(url) == encoded


@given(ANY_TEXT)
def test_any_address_becomes_ascii_once_and_for_all(url: str) -> None:
    once = address("https://example.org/" + url)
    assert once.isascii()
    assert address(once) == once


@pytest.mark.parametrize(
    ("when", "in_rfc3339", "in_rfc822"),
    [
        (
            datetime(2026, 10, 1, 9, 30, tzinfo=ZoneInfo("Europe/Paris")),
            "2026-10-01T09:30:00+02:00",
            "Thu, 01 Oct 2026 09:30:00 +0200",
        ),
        (
            datetime(2026, 12, 1, 9, 30, 1, 999, tzinfo=UTC),
            "2026-12-01T09:30:01+00:00",
            "Tue, 01 Dec 2026 09:30:01 +0000",
        ),
        (
            datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Paris")),
            "1899-12-31T23:50:39+00:00",
            "Sun, 31 Dec 1899 23:50:39 +0000",
        ),
        (
            datetime(2026, 1, 1, tzinfo=timezone(-timedelta(hours=9, minutes=30))),
            "2026-01-01T00:00:00-09:30",
            "Thu, 01 Jan 2026 00:00:00 -0930",
        ),
    ],
)
def test_dates_bear_their_own_offset(when: datetime, in_rfc3339: str, in_rfc822: str) -> None:
    assert (rfc3339(when), rfc822(when)) == (in_rfc3339, in_rfc822)


def test_dates_are_english_in_any_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """feedgen switches the process to another locale and back for each date; we never touch it."""

    def refuse(*_: object) -> None:
        raise AssertionError("the locale was touched")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert rfc822(datetime(2026, 8, 1, tzinfo=UTC)) == "Sat, 01 Aug 2026 00:00:00 +0000"


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=MINUTES))
def test_dates_of_rss_are_those_that_mail_writes(when: datetime) -> None:
    """`email.utils` is the reference; it takes too long to load."""
    assert rfc822(when) == format_datetime(when.replace(microsecond=0))
