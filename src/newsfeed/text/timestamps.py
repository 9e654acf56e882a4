"""Instants as machines read them: RFC 3339 in Atom, JSON Feed and pages, RFC 822 in RSS."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def rfc3339(when: datetime) -> str:
    """Return an aware datetime as Atom, JSON Feed and pages write it: whole seconds, its own offset."""
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
