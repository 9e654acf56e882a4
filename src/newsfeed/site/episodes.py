"""Recordings of articles: where their files are, and what a directory would refuse of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Enclosure, Episode, Item, Link, Participant, Transcript
from newsfeed.site.library import Library
from newsfeed.text.iri import absolute, is_absolute
from newsfeed.text.media_types import media_type
from newsfeed.text.podcasting import PLAYED

Find = Callable[..., str | None]
"""Finds the address of a file that a field names, or of a page with ``link=True``."""


def found(episode: Episode, find: Find) -> Episode:
    """Return what is said of a recording, its files and pages with their addresses."""
    chapters = find("chapters", episode.chapters) if episode.chapters else None
    return replace(
        episode,
        transcripts=tuple(_transcripts(episode.transcripts, find)),
        chapters=chapters,
        people=tuple(_person(each, find) for each in episode.people),
        license=_license(episode.license, find) if episode.license else None,
    )


def _transcripts(transcripts: Sequence[Transcript], find: Find) -> Iterator[Transcript]:
    for each in transcripts:
        if url := find("transcripts", each.url):
            yield replace(each, url=url, type=each.type or media_type(url.partition("?")[0]))


def _person(person: Participant, find: Find) -> Participant:
    field = "guests" if person.role == "guest" else "hosts"
    return replace(
        person,
        url=find(field, person.url, link=True) if person.url else None,
        image=find(field, person.image) if person.image else None,
    )


def _license(said: Link, find: Find) -> Link:
    return replace(said, url=find("license", said.url, link=True) or "") if said.url else said


def hosted(reference: str, item: Item, library: Library) -> str:
    """Return the address of a recording at the site's media host, where it lies there and not here."""
    host = library.config.podcast.media
    if not host or is_absolute(reference) or reference.startswith("//"):
        return reference
    if library.file(reference, item.path):
        return reference
    return absolute(reference.lstrip("/"), host.rstrip("/") + "/")


def line_of(item: Item) -> int:
    """Return the line that names the recording of ``item``, or its first attachment."""
    lines = dict(item.lines)
    return lines.get("recording") or lines.get("enclosures") or 1


def is_declared(config: Config) -> bool:
    """Say whether a site calls itself a podcast."""
    return any(key.startswith("podcast.") for key in config.written)


def refused(item: Item, enclosures: Sequence[Enclosure], config: Config) -> Iterator[Diagnostic]:
    """Yield what a directory would refuse of the first recording, where it is one of a podcast."""
    kinds = ("audio/", "video/")
    recording = next((each for each in enclosures if (each.type or "").startswith(kinds)), None)
    if recording is None or not (item.episode or is_declared(config)):
        return
    line = line_of(item)
    if recording.type not in PLAYED:
        yield diagnostic("podcast-format", item.path, line, type=recording.type)
    if recording.length is None:
        yield diagnostic("podcast-length", item.path, line)
    episode = item.episode or Episode()
    if config.podcast.type == "serial" and not episode.number and episode.kind in (None, "full"):
        yield diagnostic("podcast-unnumbered", item.path, line)
