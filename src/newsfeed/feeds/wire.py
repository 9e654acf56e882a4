"""How a value is written on the wire: text without illegal characters, addresses, dates.

Every format writes the same text, the same address and the same instant, because it asks here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote, urlsplit

_CONTROLS = frozenset({*range(9), 11, 12, *range(14, 32)})
_MARKED = bytes(32 if byte in _CONTROLS else byte for byte in range(256))
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PAGE_BREAKS = re.compile("\r\n?|[\x0b\x0c]")
_SPACES = re.compile("[ \t\n\x85\u2028\u2029]+")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_IPV6 = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*\[[0-9A-Fa-f:.]*")
_PLAIN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]*")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SAFE = "%:/?#@!$&'()*+,;=-._~"


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 §2.2 cannot hold.

    Two halves of a surrogate pair become their character; a vertical tab, a form feed and a
    carriage return become a line end; every other illegal character is dropped.
    """
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        return _mend(text)
    if encoded.translate(_MARKED) != encoded or "\r" in text:
        return _mend(text)
    if "\ufffe" in text or "\uffff" in text:
        return _mend(text)
    return text


def line(text: str) -> str:
    """Return ``text`` clean and on one line, as titles and names are.

    A non-breaking space is typography and stays.
    """
    return _SPACES.sub(" ", clean(text)).strip(" ")


@lru_cache(maxsize=4096)
def address(url: str) -> str:
    """Return an absolute URL in ASCII (RFC 3986): a host in Punycode, other characters encoded.

    What is encoded already stays as it is. An id goes the same way.
    """
    if _PLAIN_ADDRESS.fullmatch(url):
        return url
    url = clean(url).strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return _encoded(url)
    if parts.netloc and not host.isascii():
        url = url.replace(parts.netloc, _ascii_host(parts.netloc), 1)
    return _encoded(url)


def rfc3339(when: datetime) -> str:
    """Return an aware datetime as Atom and JSON Feed write it: whole seconds, its own offset."""
    return whole(when).isoformat()


def rfc822(when: datetime) -> str:
    """Return an aware datetime as RSS writes it, in English whatever the locale (RFC 5322 §3.3).

    `email.utils` writes the same, and loads half of what mail and sockets need.
    """
    when = whole(when)
    day, month = _DAYS[when.weekday()], _MONTHS[when.month - 1]
    return f"{day}, {when.day:02} {month} {when.year:04} {when:%H:%M:%S %z}"


def whole(when: datetime) -> datetime:
    """Return ``when`` in whole seconds, in UTC where its offset is not in whole minutes.

    Neither RFC 3339 nor RFC 822 can write the +00:09:21 of Paris before 1911.
    """
    rounded = when.replace(microsecond=0)
    offset = rounded.utcoffset() or timedelta()
    return rounded.astimezone(UTC) if offset % timedelta(minutes=1) else rounded


def _mend(text: str) -> str:
    joined = _PAIR.sub(
        lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text
    )
    return _ILLEGAL.sub("", _PAGE_BREAKS.sub("\n", joined))


def _encoded(url: str) -> str:
    head, bracket, rest = url.partition("]")
    if bracket and _IPV6.fullmatch(head):
        return head + bracket + _encoded(rest)
    return _LONE_PERCENT.sub("%25", quote(url, safe=_SAFE))


def _ascii_host(netloc: str) -> str:
    before, at, host = netloc.rpartition("@")
    name, colon, port = host.partition(":")
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        name = quote(name)
    return quote(before, safe=_SAFE) + at + name + colon + port
