"""What an article says of its recording -> `Episode`.

Keys such as ``number`` and ``type`` mean other things in other articles: they are read where there
is a recording, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from newsfeed.content.aliases import CONVERTERS
from newsfeed.content.episode_keys import EPISODE
from newsfeed.content.fields import Report
from newsfeed.content.keys import Given
from newsfeed.model import Enclosure, Episode
from newsfeed.text.media_types import media_type

_NAMES = {"episode_type": "kind", "episode": "number", "episode_title": "title"}
_APART = frozenset(
    ("hosts", "guests", "chapters", "location", "file_size", "file_type", "duration")
)
"""Fields of several parts, and those of the file."""


def episode_of(
    report: Report, found: Mapping[str, Given], enclosures: tuple[Enclosure, ...]
) -> tuple[tuple[Enclosure, ...], Episode | None]:
    """Return the attached files, and what is said of the first recording.

    Of an article without a recording nothing is said. Lengths and types that stand beside a file go
    to the file, unless it has its own.
    """
    if "recording" in found:
        known = {each.url for each in enclosures}
        recordings = _made(report, found["recording"], "recording") or ()
        enclosures = (*enclosures, *(each for each in recordings if each.url not in known))
    first = next((each for each in enclosures if is_recording(each)), None)
    if first is None:
        return enclosures, None
    said = {
        name: meant
        for name in EPISODE & found.keys()
        if name != "recording" and (meant := _made(report, found[name], name)) is not None
    }
    whole = replace(
        first,
        length=first.length if first.length is not None else said.get("file_size"),
        type=first.type or said.get("file_type"),
        duration=first.duration if first.duration is not None else said.get("duration"),
    )
    files = tuple(whole if each is first else each for each in enclosures)
    return files, _episode(said)


def is_recording(enclosure: Enclosure) -> bool:
    """Say whether an attached file is sound or film, by its type or its ending."""
    path = enclosure.url.partition("#")[0].partition("?")[0]
    kind = enclosure.type or media_type(unquote(path))
    return kind.startswith(("audio/", "video/"))


def _made(report: Report, given: Given, name: str) -> Any:
    return CONVERTERS[name](report, given.path, given.value)


def _episode(said: Mapping[str, Any]) -> Episode | None:
    plain = {_NAMES.get(name, name): value for name, value in said.items() if name not in _APART}
    chapters, marks = said.get("chapters", (None, ()))
    location, geo = said.get("location", (None, None))
    episode = Episode(
        **plain,
        people=(*said.get("hosts", ()), *said.get("guests", ())),
        chapters=chapters,
        marks=marks,
        location=location,
        geo=geo,
    )
    return episode if episode != Episode() else None
