"""What a letter showed, beside its issue file: JSON that reads well in a diff.

A letter that was sent stays as it was, whatever becomes of its articles: their titles, texts and
addresses are kept here. Looks are not: templates and settings render it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, field

from newsfeed.content.dates import FIRST_YEAR, LAST_YEAR
from newsfeed.markup.elements.allowed import SCHEME, may_lead
from newsfeed.markup.rendered import foreign_part
from newsfeed.model import Enclosure, Entry, Event, Image, Item, Link
from newsfeed.text.characters import for_xml

FORMAT = 1
_LARGEST = 1 << 53


class RecordProblem(Exception):
    """A record cannot be read from ``line`` on: it was edited, or two versions of it were merged."""

    def __init__(self, reason: str, line: int = 1) -> None:
        self.line = line
        super().__init__(reason)


class Record(Struct, frozen=True, kw_only=True):
    """The entries of a letter in its order, and the files of the site that they show.

    ``editorial`` is its HTML and ``editorial_of`` the Markdown that it was made from. ``files`` are
    paths. ``closed`` says that a person closed the letter before its day was over. ``versions`` are the
    ids of entries by that of the article whose translation they are, where a line names that.
    """

    entries: tuple[Entry, ...]
    editorial: str = ""
    editorial_of: str = ""
    files: tuple[str, ...] = ()
    closed: bool = False
    versions: Mapping[str, str] = field(default_factory=dict)

    def entry(self, key: str) -> Entry | None:
        """Return the entry whose item has the id ``key``."""
        return next((entry for entry in self.entries if entry.id == key), None)


def dump(record: Record) -> str:
    """Return the record as JSON, the same text for the same record."""
    table: dict[str, Any] = {
        "format": FORMAT,
        "closed": record.closed,
        "editorial": record.editorial.split("\n"),
        "editorial_of": record.editorial_of.split("\n"),
        "files": sorted(record.files),
        "items": [as_table(entry) for entry in record.entries],
    }
    if record.versions:
        table["versions"] = dict(sorted(record.versions.items()))
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def load(text: str) -> Record:
    """Return the record that ``text`` holds. Raises RecordProblem."""
    try:
        table = json.loads(text)
    except json.JSONDecodeError as error:
        raise RecordProblem(error.msg, error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise RecordProblem(str(error)) from None
    part = ""
    try:
        if table["format"] != FORMAT:
            raise RecordProblem(f"format {table['format']}", _line_of(text, '"format"'))
        entries = []
        for part in table["items"]:
            entries.append(_entry(part))
        part = ""
        return Record(
            entries=tuple(entries),
            editorial=_safe(_lines(table["editorial"]), "editorial"),
            editorial_of=_lines(table["editorial_of"]),
            files=tuple(_line(each, "files") for each in table["files"]),
            closed=bool(table["closed"]),
            versions={
                _line(name, "versions"): _line(each, "versions")
                for name, each in table.get("versions", {}).items()
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        known = part.get("id") if isinstance(part, dict) else None
        at = _line_of(text, json.dumps(known, ensure_ascii=False)) if known else 1
        raise RecordProblem(str(error) or type(error).__name__, at) from None


def _line_of(text: str, part: str) -> int:
    """Return the line on which ``part`` first stands, the first for none."""
    return text.count("\n", 0, max(0, text.find(part))) + 1


# What a letter shows of an item; the rest is the site's business.
_ITEM = ("path", "slug", "url", "page", "language")
_TEXTS = ("content", "excerpt")
_FIELDS: dict[type, tuple[str, ...]] = {
    Link: ("text", "url"),
    Enclosure: ("url", "type", "length", "title", "duration"),
    Image: ("src", "alt", "width", "height", "type", "length", "credit", "focus"),
}


def as_table(entry: Entry) -> dict[str, Any]:
    """Return an entry as a record has it, without what is empty; its HTML in lines."""
    item = entry.item
    table: dict[str, Any] = {"id": item.id, "title": entry.title, "item_title": item.title}
    table |= {name: getattr(item, name) for name in _ITEM}
    table |= {
        "published": item.published.isoformat(),
        "updated": item.updated.isoformat() if item.updated else None,
        "categories": list(item.categories),
        "written_summary": item.summary,
        "summary": entry.summary,
        "source": _plain(entry.source),
        "image": _plain(entry.image),
        "links": [_plain(link) for link in entry.links],
        "enclosures": [_plain(each) for each in entry.enclosures],
        "event": _event_table(item.event),
    }
    table |= {name: getattr(entry, name).split("\n") for name in _TEXTS}
    return {name: value for name, value in table.items() if value not in (None, [], {}, [""])}


def _plain(value: Link | Image | Enclosure | None) -> dict[str, Any] | None:
    if value is None:
        return None
    table = {name: getattr(value, name) for name in _FIELDS[type(value)]}
    return {
        name: list(each) if isinstance(each, tuple) else each
        for name, each in table.items()
        if each is not None
    }


def _event_table(event: Event | None) -> dict[str, Any] | None:
    if event is None:
        return None
    table = {
        "start": event.start.isoformat(),
        "end": event.end.isoformat() if event.end else None,
        "place": event.place,
        "all_day": event.all_day or None,
    }
    return {name: value for name, value in table.items() if value is not None}


def _entry(row: Mapping[str, Any]) -> Entry:
    event = row.get("event")
    excerpt = _safe(_lines(row.get("excerpt", ())), "excerpt")
    item = Item(
        id=_text(row, "id"),
        title=_text(row, "item_title"),
        published=_instant(row["published"]),
        updated=_instant(row["updated"]) if "updated" in row else None,
        categories=tuple(_line(each, "categories") for each in row.get("categories", ())),
        summary=_optional(row, "written_summary"),
        event=_event(event) if event else None,
        path=_text(row, "path"),
        slug=_text(row, "slug"),
        url=_led(_text(row, "url"), "url"),
        page=_optional(row, "page") or "",
        language=_text(row, "language"),
    )
    return Entry(
        item=item,
        title=_text(row, "title"),
        summary=_optional(row, "summary") or "",
        content=_safe(_lines(row.get("content", ())), "content"),
        opening=lambda: excerpt,
        image=_image(row["image"]) if "image" in row else None,
        source=_link(row["source"]) if "source" in row else None,
        enclosures=tuple(_enclosure(each) for each in row.get("enclosures", ())),
        links=tuple(_link(each) for each in row.get("links", ())),
    )


def _link(table: Mapping[str, Any]) -> Link:
    url = _optional(table, "url") or ""
    return Link(text=_optional(table, "text") or "", url=_led(url, "url"))


def _image(table: Mapping[str, Any]) -> Image:
    src = _led(_text(table, "src"), "src")
    found = SCHEME.match(src)
    if found is not None and found[1].lower() not in ("http", "https"):
        raise ValueError(f"src: {src}")
    width, height, length = (_number(table, name) for name in ("width", "height", "length"))
    kind, credit = (_optional(table, name) for name in ("type", "credit"))
    focus = table.get("focus")
    if focus is not None and not (
        isinstance(focus, list)
        and len(focus) == 2
        and all(type(at) is int and 0 <= at <= 100 for at in focus)
    ):
        raise ValueError(f"focus: {focus}")
    return Image(
        src=src,
        alt=_optional(table, "alt") or "",
        focus=(focus[0], focus[1]) if focus is not None else None,
        width=width,
        height=height,
        length=length,
        type=kind,
        credit=credit,
    )


def _enclosure(table: Mapping[str, Any]) -> Enclosure:
    return Enclosure(
        url=_led(_text(table, "url"), "url"),
        type=_optional(table, "type"),
        length=_number(table, "length"),
        title=_optional(table, "title"),
        duration=_number(table, "duration"),
    )


def _led(url: str, name: str) -> str:
    """Return an address that may be followed, and that can be taken apart. Raises ValueError."""
    try:
        urlsplit(url)
    except ValueError:
        raise ValueError(f"{name}: {url}") from None
    # Browsers, and mail programs on Windows, take "\\host" for another machine's.
    if not may_lead(url) or "\\" in url:
        raise ValueError(f"{name}: {url}")
    return url


def _safe(html: str, name: str) -> str:
    """Return HTML as it could be rendered. Raises ValueError for any other."""
    foreign = foreign_part(html)
    if foreign:
        raise ValueError(f"{name}: {foreign}")
    return html


def _event(table: Mapping[str, Any]) -> Event:
    return Event(
        start=_instant(table["start"]),
        end=_instant(table["end"]) if "end" in table else None,
        place=_optional(table, "place"),
        all_day=table.get("all_day") is True,
    )


def _instant(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError(f"{text} bears no time zone")
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise ValueError(f"the year of {text} cannot be right")
    return when


def _text(row: Mapping[str, Any], name: str) -> str:
    value = _optional(row, name)
    if not value:
        raise ValueError(f"{name} is missing")
    return value


def _optional(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    return None if value is None else _line(value, name)


def _number(row: Mapping[str, Any], name: str) -> int | None:
    value = row.get(name)
    if value is not None and (type(value) is not int or not 0 <= value < _LARGEST):
        raise ValueError(f"{name} is no number")
    return value


def _line(value: object, name: str) -> str:
    """Return a text that can be written. Raises ValueError for anything else."""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    if for_xml(value) != value.replace("\r", "\n"):
        raise ValueError(f"{name} holds characters that are none")
    return value


def _lines(value: object) -> str:
    if not isinstance(value, list | tuple):
        raise ValueError("a text is no list of lines")
    return "\n".join(_line(each, "a line") for each in value)
