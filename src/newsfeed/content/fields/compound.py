"""People, links, pictures, attached files and events: values of several parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from newsfeed.content import date_ranges, dates
from newsfeed.content.fields import podcast
from newsfeed.content.fields.addresses import (
    WHOLE_URL,
    address,
    email,
    host,
    is_of_the_web,
    media_address,
    of_site,
    web_page,
)
from newsfeed.content.fields.parts import Parts
from newsfeed.content.fields.plain import RUNS, SPACES, date, linked_name, split, text
from newsfeed.content.fields.report import Path, Report
from newsfeed.content.frontmatter import Value
from newsfeed.model import Enclosure, Event, Image, Link, Person
from newsfeed.text.regex import regex

_MARKDOWN_LINK = r"\[([^\]]+)\]\(([^()\s]+)\)"

# A comma between two mailboxes, as in `a@example.org (A), b@example.org (B)` (RFC 5322 §3.4).
_AFTER_MAILBOX = regex(r"(?<=[)>])\s*[,;]\s*(?=\S)")
_LONGEST_NAME = 200
_BARE_MAILBOX = regex(
    r"([^@<>()]*[^\s@<>(),;:–—-])[\s,:–—-]+([^\s,;@<>()]+@[\w-]+(?:\.[\w-]+)+)"
).fullmatch
_MAILBOXES = regex(
    r"\s*[^\s,;@<>()]+@[^\s,;@<>()]+(?:\s*[,;]\s*[^\s,;@<>()]+@[^\s,;@<>()]+)+\s*"
).fullmatch
_NUMBER = regex(r"\d+|[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I).fullmatch


def people(report: Report, key: Path, value: Value) -> tuple[Person, ...]:
    """Return the authors that a text, a list or a map names."""
    if isinstance(value, str):
        separator = ";"
        if ";" not in value and "," in value and str(key[-1]).lower() == "authors":
            separator = ","
        if "@" in value and _MAILBOXES(value):
            return tuple([_person(report, key, name) for name in split(value, ",;")])
        if "@" in value and len(several := _AFTER_MAILBOX.split(value.strip())) > 1:
            return tuple([_person(report, key, name) for name in several])
        names = _without_numbers(report, key, split(value, separator))
        return tuple([_person(report, key, name) for name in names])
    if isinstance(value, dict):
        one = _mapped_person(report, key, value)
        return (one,) if one else ()
    found: dict[Person, None] = {}
    for index, each in enumerate(value):
        for one in people(report, (*key, index), each):
            found[one] = None
    return tuple(found)


def _without_numbers(report: Report, key: Path, names: Iterable[str]) -> Iterator[str]:
    """Yield ``names`` without the numbers by which another program knows people, and say these."""
    for name in names:
        if _NUMBER(name) is None:
            yield name
        else:
            report.say("author-number", key, what=name)


def _person(report: Report, key: Path, name: str) -> Person:
    name = linked_name(name)
    if name[-1:] in (">", ")"):
        # Agnès Valensole <agnes@example.org>, or with round brackets.
        start = max(name.rfind("<"), name.rfind("("))
        mail = name[start + 1 : -1].lstrip()
        if start >= 0 and mail.find("@") > 0 and ">" not in mail and ")" not in mail:
            called = name[:start].rstrip().strip("\"'") or mail.partition("@")[0]
            return Person(name=called, email=email(report, key, mail))
        # agnes@example.org (Agnès Valensole), as RSS has it.
        mail, _, called = name.partition(" ")
        called = called.strip(SPACES)[1:-1].strip(SPACES)
        if "@" in mail and called and "(" not in mail:
            return Person(name=RUNS.sub(" ", called), email=email(report, key, mail))
    if "@" in name and " " not in name and not name.startswith("@"):
        # An address alone: what stands before the @ is the only name that it has.
        mail = name.removeprefix("mailto:")
        return Person(name=mail.partition("@")[0], email=email(report, key, mail))
    if "@" in name and len(name) <= _LONGEST_NAME and (bare := _BARE_MAILBOX(name)) is not None:
        # Agnès Valensole, agnes@example.org
        return Person(name=RUNS.sub(" ", bare[1]), email=email(report, key, bare[2]))
    return Person(name=RUNS.sub(" ", name))


def _mapped_person(report: Report, key: Path, value: dict[str, Value]) -> Person | None:
    parts = Parts(report, key, value)
    names = ("name", "title", "fullname", "key", "id", "displayname", "nickname", "login")
    if not parts.has(names):
        report.say("value-kind", key, expected="{name: …, email: …}")
        return None
    called = parts.made(text, names)
    mail = parts.made(_email, ("email", "mail"))
    web = parts.made(web_page, ("url", "website", "web", "homepage", "uri", "link", "href"))
    if called and "@" in called and mail is None:
        alone = _person(report, key, called)
        called, mail = alone.name, alone.email
    return Person(name=called, email=mail, url=web) if called else None


def _email(report: Report, key: Path, value: Value) -> str | None:
    return email(report, key, value) if isinstance(value, str) else None


def link(report: Report, key: Path, value: Value) -> Link | None:
    """Return a name and an address: a text is one or the other, a map has both."""
    if isinstance(value, str):
        plain = value.strip(SPACES)
        if plain[:1] == "[" and (found := re.fullmatch(_MARKDOWN_LINK, plain)):
            url = address(report, key, found[2])
            return Link(text=found[1], url=url) if url else None
        if (WHOLE_URL(plain) and "/" in plain) or plain.lower().startswith("www."):
            url = address(report, key, plain)
            return Link(text=host(url), url=url) if url else None
        return Link(text=plain, url="") if plain else None
    if isinstance(value, list):
        return link(report, (*key, 0), value[0]) if value else None
    return _mapped_link(report, key, value)


_LINK_NAMES = ("text", "name", "title", "label")
_PAGES = ("url", "href", "link", "address")
_LINKED_FILES = ("file", "path")


def _mapped_link(report: Report, key: Path, value: dict[str, Value]) -> Link | None:
    parts = Parts(report, key, value)
    name = parts.made(text, _LINK_NAMES)
    url = parts.made(web_page, _PAGES) or parts.made(address, _LINKED_FILES)
    if name is None and url is None and not parts.has((*_PAGES, *_LINKED_FILES)):
        if len(value) == 1 and isinstance(only := next(iter(value.values())), str):
            label = next(iter(value))
            url = web_page(report, (*key, label), only)
            return Link(text=label, url=url) if url else None
        report.say("value-kind", key, expected="{text: …, url: …}")
        return None
    if not name and not url:
        return None
    return Link(text=name or host(url or ""), url=url or "")


def links(report: Report, key: Path, value: Value) -> tuple[Link, ...]:
    """Return calls to action; one without an address is a problem.

    ``{Name: address, …}`` is a list of them, too.
    """
    if isinstance(value, dict) and not Parts(report, key, value).has(
        (*_LINK_NAMES, *_PAGES, *_LINKED_FILES)
    ):
        named = (link(report, key, {name: value[name]}) for name in value)
        return tuple(each for each in named if each is not None and each.url)
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


_SOURCES = ("src", "path", "url", "image", "file", "href", "relativepath", "feature", "teaser")
_SHOWN = ("alt", "alttext", "imagealt", "alternativetext")
_NO_PICTURE = frozenset(("false", "true", "no", "none", "null", "~", "[]"))


def image(report: Report, key: Path, value: Value, alt: str | None = None) -> Image | None:
    """Return a picture; one that nothing describes is a problem."""
    if isinstance(value, list):
        return image(report, (*key, 0), value[0], alt) if value else None
    if isinstance(value, str):
        source: str | None = value.strip(SPACES)
        if embedded := re.fullmatch(r"!?\[\[([^\]|]+)(?:\|[^\]]*)?\]\]", source or ""):
            source = embedded[1].strip()
        elif shown := re.fullmatch(r"!\[([^\]\n]*)\]\(([^()\s]+)\)", source or ""):
            source, alt = shown[2], shown[1] or alt
        credit = None
        focus = None
    else:
        parts = Parts(report, key, value)
        if not parts.has(_SOURCES):
            report.say("value-kind", key, expected="{src: …, alt: …}")
            return None
        source = parts.made(text, _SOURCES)
        alt = parts.made(text, _SHOWN) if parts.has(_SHOWN) else alt
        credit = parts.made(text, ("credit",) if "credit" in parts.by_name else ("caption",))
        focus = parts.made(_focus, ("focus", "focalpoint"))
    if not source or source.lower() in _NO_PICTURE or source[0] == "<":
        return None
    source = of_site(source)
    if not is_of_the_web(source):
        report.say("address-bad", key, value=source, better="https://www.example.org/…")
        return None
    if alt is None:
        report.say("image-alt-missing", key, value=source)
    return Image(src=source, alt=alt or "", credit=credit, focus=focus)


_SIDES = {
    "left": (0, None), "right": (100, None), "top": (None, 0), "bottom": (None, 100),
    "center": (None, None), "centre": (None, None),
}  # fmt: skip


def _focus(report: Report, key: Path, value: Value) -> tuple[int, int] | None:
    """Return percent from the left and the top: ``40% 30%``, ``top``, ``left bottom``, ``[40, 30]``.

    As CSS writes ``object-position``; one number alone is from the left.
    """
    written = value if isinstance(value, str) else None
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        written = " ".join(map(str, value))
    parts = re.split(r"[\s,]+", (written or "").strip(SPACES).lower())
    numbers = [re.fullmatch(r"(\d{1,3})(?:\.\d+)?%?", part) for part in parts]
    if len(parts) <= 2 and all(each and int(each[1]) <= 100 for each in numbers):
        across, down = [*(int(each[1]) for each in numbers if each), 50][:2]
        return across, down
    if len(parts) <= 2 and all(part in _SIDES for part in parts):
        places = [_SIDES[part] for part in parts]
        across = next((x for x, _ in places if x is not None), 50)
        down = next((y for _, y in places if y is not None), 50)
        return across, down
    report.say("value-kind", key, expected='"40% 30%"')
    return None


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
        if of_wordpress := podcast.wordpress(value):
            return of_wordpress
        if key[0] in ("attachments", "attachment") and re.fullmatch(r"[\w-]+", value):
            return None  # Buttondown's id of a file that it keeps
        url = media_address(report, key, value)
        return Enclosure(url=url) if url else None
    if isinstance(value, list):
        report.say("value-kind", key, expected="{file: …, title: …}")
        return None
    parts = Parts(report, key, value)
    files = ("file", "url", "path", "src", "href")
    if not parts.has(files):
        report.say("value-kind", key, expected="{file: …, title: …}")
        return None
    url = parts.made(media_address, files)
    if url is None:
        return None
    return Enclosure(
        url=url,
        title=parts.made(text, ("title", "name", "text")),
        type=parts.made(text, ("type", "mime")),
        length=parts.made(podcast.size, ("length", "size", "bytes")),
        duration=parts.made(podcast.duration, ("duration",)),
    )


_BEGINS = ("start", "startdate", "date", "begin", "from")
_ENDS = ("end", "enddate", "until", "to", "finish")
_HOURS = ("time", "starttime", "hour")
_PLACES = ("place", "location", "where", "venue", "address")
_HOUR = regex(r"\d{1,2}\s?(?:[h:.]\s?\d{0,2}|heures?)(?:\s?[ap]\.?m\.?)?", re.I).fullmatch


_Names = tuple[str, ...]
_DAYS_APART: tuple[_Names, _Names, _Names, _Names] = (_BEGINS, _HOURS, _ENDS, ("endtime",))
_HOURS_OF_A_DAY: tuple[_Names, _Names, _Names, _Names] = (
    ("date",),
    ("start", "from"),
    ("enddate",),
    _ENDS,
)
"""What gives the first day, its hour, the last day and its hour: ``{date: …, start: 14:00, end: 16:00}``."""


def event(report: Report, key: Path, value: Value) -> Event | None:
    """Return when and where something takes place."""
    if isinstance(value, str):
        said = _said_range(report, key, value)
        if said is None:
            report.say("value-kind", key, expected="{start: …, place: …}")
        return said
    if isinstance(value, list):
        report.say("value-kind", key, expected="{start: …, place: …}")
        return None
    parts = Parts(report, key, value)
    if not parts.has(_BEGINS):
        report.say("value-kind", key, expected="{start: …, place: …}")
        return None
    begins, hours, ends, end_hours = _DAYS_APART
    if parts.has(("date",)) and _is_hour(parts.first(("start", "from"))):
        begins, hours, ends, end_hours = _HOURS_OF_A_DAY
    ranged = parts.made(_range, begins)
    if ranged is not None:
        place = parts.made(text, _PLACES)
        return replace(ranged, place=place)
    start = _moment(parts, begins, hours)
    if start is None or start.when is None:
        return None
    days = ends if parts.has(ends) or not parts.has(end_hours) else begins
    read = _moment(parts, days, end_hours)
    end = read.when if read else None
    ended = parts.first((*ends, *end_hours))
    if ended and end is not None and end < start.when:
        report.say("event-ends-early", (*key, ended[0]))
        end = None
    place = parts.made(text, _PLACES)
    return Event(start=start.when, end=end, place=place, all_day=start.day_only)


def _is_hour(part: tuple[str, Value] | None) -> bool:
    return part is not None and isinstance(part[1], str) and _HOUR(part[1].strip()) is not None


def _moment(parts: Parts, days: tuple[str, ...], hours: tuple[str, ...]) -> dates.Date | None:
    """Return the moment that a part says, with the hour of another where it is a day alone."""
    report, found, hour = parts.report, parts.first(days), parts.first(hours)
    if found is None:
        return None
    key, (name, value) = parts.key, found
    if hour and isinstance(value, str) and isinstance(hour[1], str):
        whole = f"{value} {hour[1]}"
        day, both = (dates.read(each, report.zone, report.order) for each in (value, whole))
        if day.day_only and both.when is not None:
            return date(report, (*key, name), whole)
    return date(report, (*key, name), value)


def _range(report: Report, key: Path, value: Value) -> Event | None:
    """Return what a text says that names a beginning and an end, None for any other."""
    if not isinstance(value, str) or not dates.read(value, report.zone, report.order).wrong:
        return None
    return _said_range(report, key, value)


def _said_range(report: Report, key: Path, value: str) -> Event | None:
    """Return when an event takes place that a text says, with a note of how it was read."""
    start, end = date_ranges.read(value, report.zone, report.order)
    if start.when is None:
        return None
    finish = end.when if end else None
    if finish is not None and finish < start.when:
        report.say("event-ends-early", key)
        finish = None
    contradicting = next((each for each in (start, end) if each and each.contradicts), None)
    if contradicting is not None and contradicting.when is not None:
        report.say("date-weekday", key, value=value, better=f"{contradicting.when:%Y-%m-%d}")
    elif end is not None or start.better:
        written = [each.better or _plainly(each) for each in (start, end) if each and each.when]
        better = written[0] if len(written) == 1 else f"{{start: {written[0]}, end: {written[1]}}}"
        new = better if len(written) == 1 else None
        report.say("date-words", key, new=new, value=value, better=better)
    return Event(start=start.when, end=finish, all_day=start.day_only)


def _plainly(day: dates.Date) -> str:
    """Return a date as it needs no note."""
    assert day.when is not None
    return f"{day.when:%Y-%m-%d}" if day.day_only else f"{day.when:%Y-%m-%d %H:%M}"
