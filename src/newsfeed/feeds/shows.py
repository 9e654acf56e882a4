"""What a podcast and its episodes say, with legal characters and whole addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from newsfeed.model import Episode, Link, Participant, Person, Podcast, Transcript
from newsfeed.text.characters import one_line
from newsfeed.text.iri import to_uri
from newsfeed.text.media_types import media_type


def show(podcast: Podcast) -> Podcast:
    """Return what a feed says of itself as a podcast, ready to be written."""
    owner = podcast.owner
    return replace(
        podcast,
        author=_line(podcast.author),
        owner=Person(name=one_line(owner.name), email=owner.email) if owner else None,
        image=_address(podcast.image),
        new_feed_url=_address(podcast.new_feed_url),
        funding=tuple(
            Link(text=one_line(each.text), url=to_uri(each.url)) for each in podcast.funding
        ),
        location=_line(podcast.location),
        license=_license(podcast.license),
        people=tuple(_participants(podcast.people)),
    )


def episode(said: Episode) -> Episode:
    """Return what is said of a recording, ready to be written."""
    return replace(
        said,
        title=_line(said.title),
        people=tuple(_participants(said.people)),
        transcripts=tuple(map(_transcript, said.transcripts)),
        chapters=_address(said.chapters),
        marks=tuple((start, one_line(title)) for start, title in said.marks),
        location=_line(said.location),
        license=_license(said.license),
    )


def _transcript(transcript: Transcript) -> Transcript:
    kind = transcript.type or media_type(transcript.url.partition("?")[0])
    return replace(transcript, url=to_uri(transcript.url), type=one_line(kind))


def _participants(people: Iterable[Participant]) -> Iterator[Participant]:
    for each in people:
        if name := one_line(each.name):
            yield replace(
                each,
                name=name,
                role=one_line(each.role),
                url=_address(each.url),
                image=_address(each.image),
            )


def _license(said: Link | None) -> Link | None:
    if said is None or not one_line(said.text):
        return None
    return Link(text=one_line(said.text), url=to_uri(said.url))


def _line(text: str | None) -> str | None:
    return (one_line(text) or None) if text else None


def _address(url: str | None) -> str | None:
    return to_uri(url) if url else None
