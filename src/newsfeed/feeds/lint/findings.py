"""What a lint finds, and the values that every format has: addresses, dates, languages, text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.entities import name2codepoint

from newsfeed.diagnostics import Diagnostic
from newsfeed.text.languages import is_language
from newsfeed.text.regex import regex
from newsfeed.text.typed_addresses import is_of_preview

RFC3339_EXAMPLE = "2026-10-01T09:30:00+02:00"
RFC822_EXAMPLE = "Thu, 01 Oct 2026 09:30:00 +0200"
_RFC3339 = regex(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_RFC822 = regex(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d\d|[12]\d{3}) (\d\d:\d\d(?::\d\d)?) "
    r"([+-]\d{4}|UT|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|Z)",
    re.ASCII,
)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SCHEME = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NO_URI = regex(r"[\x00-\x20<>\"{}|\\^`\x7f]|%(?![0-9A-Fa-f]{2})")
_WEB = regex(r"https?://[^/?#]+", re.IGNORECASE)
_TAG = regex(
    r"tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[a-z0-9;/?:@&=+$._!~*'()%,#-]*",
    re.ASCII | re.IGNORECASE,
)
"""RFC 4151 §2.1: letters of either case, small ones advised."""
_UUID = regex(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MEDIA_TYPE = regex(r"[\w.+!#$&^-]+/[\w.+!#$&^-]+(\s*;.*)?", re.ASCII)
_END_TAG = regex(
    r"</(a|abbr|b|br|blockquote|cite|code|del|div|em|h[1-6]|i|ins|li|mark|p|q|s|small|span|strong|sub"
    r"|sup|u|ul)\s*>|<(br|img)\b[^<>]*>",
    re.IGNORECASE,
)
_SPOKEN_OF = regex(r"(?<!\S)(?:&#?\w+;|</?[A-Za-z]\w*\s?/?>)(?!\S)")
"""A tag or an entity that stands alone among the words of a title, as one of them."""
_ENTITY = regex(r"&(#\d+|#[xX][0-9A-Fa-f]+|\w+);")
_EMAIL = regex(r"[^\s@<>()]+@[^\s@<>()]+")
_STRAY = regex("[\x7f-\x84\x86-\x9f\ufffd]")


def _instant(value: str) -> datetime:
    """Return the instant of an RSS date. Raises ValueError, TypeError."""
    found = _RFC822.fullmatch(value)
    if found is None:
        raise ValueError
    day, month, year, time, zone = found.groups()
    if len(year) == 4 and zone[0] in "+-":
        number = _MONTHS.index(month) // 3 + 1
        return datetime.fromisoformat(f"{year}-{number:02}-{day:0>2}T{time}{zone}")
    # What feeds of ours do not hold: only then is it worth what it loads.
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(value)


class Findings:
    """The problems of one document; ``now`` is None where the future is not known."""

    def __init__(self, path: str, now: datetime | None = None) -> None:
        self.path = path
        self.now = now
        self.problems: list[Diagnostic] = []
        self._previewed = False

    def say(self, code: str, line: int = 1, column: int = 1, **values: object) -> None:
        """Note a problem; long values are cut."""
        short = tuple((name, _short(str(value))) for name, value in values.items())
        self.problems.append(
            Diagnostic(code=code, path=self.path, line=line, column=column, values=short)
        )

    def address(
        self, value: str, element: str, line: int, *, iri: bool = False, web: bool = False
    ) -> bool:
        """Check an absolute address; ``iri`` allows accents, ``web`` wants http or https."""
        value = value.strip()
        if not value:
            self.say("feed-empty", line, element=element)
        elif _NO_URI.search(value):
            self.say("feed-url", line, element=element, value=value)
        elif not _SCHEME.match(value):
            self.say("feed-url-relative", line, element=element, value=value)
        elif not iri and not value.isascii():
            self.say("feed-url-accents", line, element=element, value=value)
        elif web and not _WEB.match(value):
            self.say("feed-url-scheme", line, element=element, value=value)
        elif value.lower().startswith(("http:", "https:")) and not _WEB.match(value):
            self.say("feed-url", line, element=element, value=value)
        else:
            if is_of_preview(value) and not self._previewed:
                self._previewed = True  # one word for all of them
                self.say("feed-url-preview", line, element=element, value=value)
            return True
        return False

    def identity(self, value: str, line: int) -> None:
        """Check that an id is an absolute IRI (RFC 4287 §4.2.6), a tag: URI a valid one."""
        scheme = _SCHEME.match(value)
        wrong = not scheme or bool(_NO_URI.search(value))
        if scheme and scheme[0].lower() == "tag:":
            wrong = not _TAG.fullmatch(value)
        elif value.lower().startswith("urn:uuid:"):
            wrong = not _UUID.fullmatch(value)
        if wrong:
            self.say("feed-id", line, value=value, example="example.org")

    def rfc3339(
        self, value: str, element: str, line: int, *, capitals: bool = False
    ) -> datetime | None:
        """Return the instant of an Atom or JSON Feed date, None with a problem.

        ``capitals`` says that nothing but T and Z separates and ends it.
        """
        try:
            if not _RFC3339.fullmatch(value.strip()) or (
                capitals and ("T" not in value or "z" in value)
            ):
                raise ValueError
            when = datetime.fromisoformat(value.strip().upper())
        except ValueError:
            self.say("feed-date", line, element=element, value=value, expected=RFC3339_EXAMPLE)
            return None
        self._plausible(when, value, element, line)
        return when

    def rfc822(self, value: str, element: str, line: int) -> datetime | None:
        """Return the instant of an RSS date, None with a problem."""
        value = value.strip()
        try:
            when = _instant(value)
        except (ValueError, TypeError):
            self.say("feed-date", line, element=element, value=value, expected=RFC822_EXAMPLE)
            return None
        if "," in value and value[:3] != _DAYS[when.weekday()]:
            self.say("feed-date-weekday", line, value=value)
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        self._plausible(when, value, element, line)
        return when

    def _plausible(self, when: datetime, value: str, element: str, line: int) -> None:
        if when.year < 1990:
            self.say("feed-date-old", line, element=element, value=value)
        elif self.now is not None and when > self.now + timedelta(minutes=10):
            self.say("feed-date-future", line, element=element, value=value)

    def language(self, value: str, line: int) -> None:
        """Check a BCP 47 tag: its shape, and that its two-letter language exists."""
        if not is_language(value.strip()):
            self.say("feed-language", line, value=value)

    def media_type(self, value: str, line: int) -> None:
        if not _MEDIA_TYPE.fullmatch(value):
            self.say("feed-media-type", line, value=value)

    def number(self, value: str, element: str, line: int) -> None:
        """Check a whole number that is not negative."""
        if not re.fullmatch(r"\d+", value.strip(), re.ASCII):
            self.say("feed-number", line, element=element, value=value)

    def plain(self, value: str, line: int) -> None:
        """Check that a title is plain text: no tags, no entities left over."""
        told = _SPOKEN_OF.sub(" ", value)
        entities = (found[1] for found in _ENTITY.finditer(told))
        if _END_TAG.search(told) or any(e[0] == "#" or e in name2codepoint for e in entities):
            self.say("feed-title-html", line, value=value)

    def email(self, value: str) -> bool:
        """Tell whether ``value`` is an e-mail address."""
        return bool(_EMAIL.fullmatch(value.strip()))

    def text(self, value: str, element: str, line: int) -> None:
        """Check that no character is a remain of another encoding."""
        if stray := _STRAY.search(value):
            self.say("feed-character", line, element=element, number=f"{ord(stray[0]):04X}")


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= 120 else line[:119] + "…"
