"""People, links, pictures, attached files and events: values of several parts."""

from __future__ import annotations

import re
from datetime import datetime

from newsfeed.content import dates
from newsfeed.content.fields.plain import (  # fmt: skip
    RUNS,
    SPACES,
    WHOLE_URL,
    address,
    date,
    email,
    host,
    integer,
    of_site,
    split,
    text,
)
from newsfeed.content.fields.report import Path, Report
from newsfeed.content.frontmatter import Value
from newsfeed.model import Enclosure, Event, Image, Link, Person



def people(report: Report, key: Path, value: Value) -> tuple[Person, ...]:
    """Return the authors that a text, a list or a map names."""
    if isinstance(value, str):
        plural = str(key[-1]).lower() == "authors"
        names = split(value, ";" if ";" in value else "," if plural else ";")
        return tuple(_person(report, key, name) for name in names)
    if isinstance(value, dict):
        one = _mapped_person(report, key, value)
        return (one,) if one else ()
    found: dict[Person, None] = {}
    for index, each in enumerate(value):
        for one in people(report, (*key, index), each):
            found[one] = None
    return tuple(found)


def _person(report: Report, key: Path, name: str) -> Person:
    name = name.removeprefix("[[").removesuffix("]]")
    # Agnès Valensole <agnes@example.org>, or with round brackets.
    start = max(name.rfind("<"), name.rfind("("))
    mail = name[start + 1 : -1].lstrip()
    if name[-1:] in (">", ")") and start >= 0 and "@" in mail and not set(mail) & set(">)"):
        return Person(name=name[:start].rstrip() or mail, email=email(report, key, mail))
    return Person(name=RUNS.sub(" ", name))


def _mapped_person(report: Report, key: Path, value: dict[str, Value]) -> Person | None:
    lower = {name.lower(): (name, each) for name, each in value.items()}
    name = next(
        (
            lower[n]
            for n in ("name", "title", "key", "id", "display_name", "nickname", "login")
            if n in lower and lower[n][1]
        ),
        None,
    )
    if name is None:
        report.say("value-kind", key, expected="{name: …, email: …}")
        return None
    called = text(report, (*key, name[0]), name[1])
    mail = web = None
    if "email" in lower and isinstance(lower["email"][1], str) and lower["email"][1]:
        mail = email(report, (*key, lower["email"][0]), lower["email"][1])
    if "url" in lower and lower["url"][1]:
        web = address(report, (*key, lower["url"][0]), lower["url"][1])
    return Person(name=called, email=mail, url=web) if called else None


def link(report: Report, key: Path, value: Value) -> Link | None:
    """Return a name and an address: a text is one or the other, a map has both."""
    if isinstance(value, str):
        plain = value.strip(SPACES)
        found = re.fullmatch(r"\[([^\]]+)\]\(([^()\s]+)\)", plain)
        if found:
            return Link(text=found[1], url=found[2])
        if (WHOLE_URL(plain) and "/" in plain) or plain.lower().startswith("www."):
            url = address(report, key, plain)
            return Link(text=host(url), url=url) if url else None
        return Link(text=plain, url="") if plain else None
    if isinstance(value, list):
        return link(report, (*key, 0), value[0]) if value else None
    return _mapped_link(report, key, value)


def _mapped_link(report: Report, key: Path, value: dict[str, Value]) -> Link | None:
    lower = {name.lower(): (name, each) for name, each in value.items()}

    def first(*names: str) -> tuple[str, Value] | None:
        return next((lower[name] for name in names if name in lower and lower[name][1]), None)

    called, where = (
        first("text", "name", "title", "label"),
        first("url", "href", "link", "file", "path"),
    )
    name = text(report, (*key, called[0]), called[1]) if called else None
    url = address(report, (*key, where[0]), where[1]) if where else None
    if where is None and name is None:
        if len(value) == 1 and isinstance(only := next(iter(value.values())), str):
            label = next(iter(value))
            url = address(report, (*key, label), only)
            return Link(text=label, url=url) if url else None
        report.say("value-kind", key, expected="{text: …, url: …}")
        return None
    if not name and not url:
        return None
    return Link(text=name or host(url or ""), url=url or "")


def links(report: Report, key: Path, value: Value) -> tuple[Link, ...]:
    """Return calls to action; one without an address is a problem."""
    many = value if isinstance(value, list) else [value]
    found = []
    for index, each in enumerate(many):
        at = (*key, index) if isinstance(value, list) else key
        before = len(report.problems)
        one = link(report, at, each)
        if one is not None and one.url:
            found.append(one)
        elif len(report.problems) == before:
            report.say("value-kind", at, expected="{text: …, url: …}")
    return tuple(found)


_NO_PICTURE = frozenset(("false", "true", "no", "none", "null", "~", "[]"))


def image(report: Report, key: Path, value: Value, alt: str | None = None) -> Image | None:
    """Return a picture; one that nothing describes is a problem."""
    if isinstance(value, list):
        return image(report, (*key, 0), value[0], alt) if value else None
    if isinstance(value, str):
        source: str | None = value.strip(SPACES)
        embedded = re.fullmatch(r"!?\[\[([^\]|]+)(?:\|[^\]]*)?\]\]", source or "")
        source, credit = (embedded[1].strip() if embedded else source), None
    else:
        lower = {name.lower(): (name, each) for name, each in value.items()}
        where = next(
            (lower[n] for n in ("src", "path", "url", "image", "file", "href", "relative_path",
             "feature", "teaser")
             if n in lower and lower[n][1]), None,
        )  # fmt: skip
        if where is None:
            report.say("value-kind", key, expected="{src: …, alt: …}")
            return None
        source = text(report, (*key, where[0]), where[1])
        name, described = lower.get("alt", ("alt", ""))
        alt = text(report, (*key, name), described) if described else alt
        name, who = lower.get("credit", lower.get("caption", ("credit", "")))
        credit = text(report, (*key, name), who) if who else None
    if not source or source.lower() in _NO_PICTURE or source[0] == "<":
        return None
    source = of_site(source)
    if alt is None:
        report.say("image-alt-missing", key, value=source)
    return Image(src=source, alt=alt or "", credit=credit)


def enclosures(report: Report, key: Path, value: Value) -> tuple[Enclosure, ...]:
    """Return attached files."""
    many = value if isinstance(value, list) else [value]
    found = []
    for index, each in enumerate(many):
        at = (*key, index) if isinstance(value, list) else key
        one = _enclosure(report, at, each)
        if one is not None:
            found.append(one)
    return tuple(found)


def _enclosure(report: Report, key: Path, value: Value) -> Enclosure | None:
    if isinstance(value, str):
        if key[0] in ("attachments", "attachment") and re.fullmatch(r"[\w-]+", value):
            return None  # Buttondown's id of a file that it keeps
        url = address(report, key, value)
        return Enclosure(url=url) if url else None
    if isinstance(value, list):
        report.say("value-kind", key, expected="{file: …, title: …}")
        return None
    lower = {name.lower(): (name, each) for name, each in value.items()}

    def first(*names: str) -> tuple[str, Value] | None:
        return next((lower[name] for name in names if name in lower and lower[name][1]), None)

    where = first("file", "url", "path", "src", "href")
    if where is None:
        report.say("value-kind", key, expected="{file: …, title: …}")
        return None
    url = address(report, (*key, where[0]), where[1])
    if url is None:
        return None
    called, kind, size, long = first("title", "name", "text"), first("type", "mime"), first("length", "size"), first("duration")  # fmt: skip
    return Enclosure(
        url=url,
        title=text(report, (*key, called[0]), called[1]) if called else None,
        type=text(report, (*key, kind[0]), kind[1]) if kind else None,
        length=integer(report, (*key, size[0]), size[1]) if size else None,
        duration=_duration(report, (*key, long[0]), long[1]) if long else None,
    )


def _duration(report: Report, key: Path, value: Value) -> int | None:
    """Return seconds: ``3723``, ``62:03`` or ``1:02:03``."""
    if isinstance(value, str) and re.fullmatch(r"(?:\d{1,6}:)?\d{1,3}:\d\d", value.strip()):
        seconds = 0
        for part in value.strip().split(":"):
            seconds = seconds * 60 + int(part)
        return seconds
    return integer(report, key, value)


def event(report: Report, key: Path, value: Value) -> Event | None:
    """Return when and where something takes place."""
    if isinstance(value, str):
        if dates.read(value, report.zone, report.order).wrong:
            report.say("value-kind", key, expected="{start: …, place: …}")
            return None
        read = date(report, key, value)
        return Event(start=read.when, all_day=read.day_only) if read and read.when else None
    if isinstance(value, list):
        report.say("value-kind", key, expected="{start: …, place: …}")
        return None
    lower = {name.lower(): (name, each) for name, each in value.items()}

    def first(*names: str) -> tuple[str, Value] | None:
        return next((lower[name] for name in names if name in lower and lower[name][1]), None)

    begins, ends, where = first("start", "date", "begin"), first("end"), first("place", "location", "where")  # fmt: skip
    if begins is None:
        report.say("value-kind", key, expected="{start: …, place: …}")
        return None
    start = date(report, (*key, begins[0]), begins[1])
    if start is None or start.when is None:
        return None
    end: datetime | None = None
    if ends and (read := date(report, (*key, ends[0]), ends[1])):
        end = read.when
        if end is not None and end < start.when:
            report.say("event-ends-early", (*key, ends[0]))
            end = None
    place = text(report, (*key, where[0]), where[1]) if where else None
    return Event(start=start.when, end=end, place=place, all_day=start.day_only)
