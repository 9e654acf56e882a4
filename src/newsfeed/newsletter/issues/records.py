"""What a letter showed, beside its issue file: JSON that reads well in a diff.

A letter that was sent stays as it was, whatever becomes of its articles: their titles, texts and
addresses are kept here. Looks are not: templates and settings render it anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from newsfeed.model import Entry, Event, Image, Item, Link

FORMAT = 1


class RecordProblem(Exception):
    """A record cannot be read: it was edited, or two versions of it were merged."""


class Record(Struct, frozen=True, kw_only=True):
    """The entries of a letter in its order, and the files of the site that they show.

    ``editorial`` is its HTML and ``editorial_of`` the Markdown that it was made from. ``files`` are
    paths. ``closed`` says that a person closed the letter before its day was over.
    """

    entries: tuple[Entry, ...]
    editorial: str = ""
    editorial_of: str = ""
    files: tuple[str, ...] = ()
    closed: bool = False

    def entry(self, key: str) -> Entry | None:
        """Return the entry whose item has the id ``key``."""
        return next((entry for entry in self.entries if entry.id == key), None)


def dump(record: Record) -> str:
    """Return the record as JSON, the same text for the same record."""
    table = {
        "format": FORMAT,
        "closed": record.closed,
        "editorial": record.editorial.split("\n"),
        "editorial_of": record.editorial_of.split("\n"),
        "files": sorted(record.files),
        "items": [as_table(entry) for entry in record.entries],
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def load(text: str) -> Record:
    """Return the record that ``text`` holds. Raises RecordProblem."""
    try:
        table = json.loads(text)
        if table["format"] != FORMAT:
            raise RecordProblem(f"format {table['format']}")
        return Record(
            entries=tuple(_entry(row) for row in table["items"]),
            editorial="\n".join(table["editorial"]),
            editorial_of="\n".join(table["editorial_of"]),
            files=tuple(map(str, table["files"])),
            closed=bool(table["closed"]),
        )
    except json.JSONDecodeError as error:
        raise RecordProblem(f"line {error.lineno}") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordProblem(str(error) or type(error).__name__) from None


# What a letter shows of an item; the rest is the site's business.
_ITEM = ("path", "slug", "url", "page", "language")
_TEXTS = ("content", "excerpt")
_FIELDS: dict[type, tuple[str, ...]] = {
    Link: ("text", "url"),
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
        "event": _event_table(item.event),
    }
    table |= {name: getattr(entry, name).split("\n") for name in _TEXTS}
    return {name: value for name, value in table.items() if value not in (None, [], {}, [""])}


def _plain(value: Link | Image | None) -> dict[str, Any] | None:
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
    excerpt = _lines(row.get("excerpt", ()))
    item = Item(
        id=_text(row, "id"),
        title=_text(row, "item_title"),
        published=_instant(row["published"]),
        updated=_instant(row["updated"]) if "updated" in row else None,
        categories=tuple(map(str, row.get("categories", ()))),
        summary=str(row["written_summary"]) if "written_summary" in row else None,
        event=_event(event) if event else None,
        path=_text(row, "path"),
        slug=_text(row, "slug"),
        url=_text(row, "url"),
        page=str(row.get("page", "")),
        language=_text(row, "language"),
    )
    return Entry(
        item=item,
        title=_text(row, "title"),
        summary=str(row.get("summary", "")),
        content=_lines(row.get("content", ())),
        opening=lambda: excerpt,
        image=_made(Image, row["image"]) if "image" in row else None,
        source=_made(Link, row["source"]) if "source" in row else None,
        links=tuple(_made(Link, each) for each in row.get("links", ())),
    )


def _made(kind: Any, table: Mapping[str, Any]) -> Any:
    return kind(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in table.items()
            if name in _FIELDS[kind]
        }
    )


def _event(table: Mapping[str, Any]) -> Event:
    return Event(
        start=_instant(table["start"]),
        end=_instant(table["end"]) if "end" in table else None,
        place=str(table["place"]) if "place" in table else None,
        all_day=bool(table.get("all_day", False)),
    )


def _instant(text: str) -> datetime:
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError(f"{text} bears no time zone")
    return when


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is missing")
    return value


def _lines(value: Sequence[str]) -> str:
    return "\n".join(map(str, value))
