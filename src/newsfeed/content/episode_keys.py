"""The fields of a podcast's episode: which key of which host or theme gives each."""

from __future__ import annotations

from newsfeed.content import fields as convert
from newsfeed.content.field_table import field

EPISODE_FIELDS = (
    field(
        "recording",
        "The recording of an episode: a file or address of sound or film, or a map of formats.",
        convert.podcast.recordings,
        "audio (Octopod)",
        "mp3",
        "itunes.file (Castanet)",
        "itunes.audio",
        "itunes.url",
        "itunes.src",
        "itunes.mp3",
        "itunes.enclosure",
        "itunes.media",
        "itunes.audiofile",
        "itunes.audiourl",
        "audio.url (Buzzsprout)",
        "audio.file",
        "audio.fileurl",
        "audio.filepath (Jekyll themes)",
        "audio.path",
        "audio.src",
        "audio.mp3",
    ),
    field(
        "file_size",
        "How many bytes the recording has, where it lies elsewhere.",
        convert.podcast.size,
        "file_size",
        "filesize (Octopod)",
        "itunes.bytes (Castanet)",
        "itunes.filesize",
        "itunes.size",
        "audio.filesize (Jekyll themes)",
        "audio.length",
        "audio.bytes",
        "audio.size",
    ),
    field(
        "file_type",
        "The media type of the recording, where its name does not tell.",
        convert.podcast.media,
        "audio.type",
        "audio.mimetype",
        "audio.mime",
    ),
    field(
        "duration",
        "How long the recording is: seconds, `1:02:03`, `62 min`.",
        convert.podcast.duration,
        "duration",
        "itunes.duration",
        "itunes.length",
        "audio.duration",
    ),
    field(
        "explicit",
        "Whether it is not for all ears: `true`, `false`, `yes`, `clean`. Unsaid, nothing is claimed.",
        convert.podcast.explicit,
        "explicit",
        "itunes.explicit",
    ),
    field(
        "season",
        "The number of its season.",
        convert.podcast.number,
        "season",
        "seasonNumber",
        "season_number (Buzzsprout)",
        "itunes.season",
        "itunes.seasonnumber",
    ),
    field(
        "episode",
        "Its number in the season, or in the show.",
        convert.podcast.number,
        "episode",
        "itunes.episode",
        "itunes.number",
        "itunes.episodenumber",
        "itunes.id",
        "number (Transistor, Podlove)",
    ),
    field(
        "episode_type",
        "`full`, `trailer` or `bonus`.",
        convert.podcast.kind,
        "itunes.type",
        "itunes.episodetype",
        "itunes.kind",
        "type (Transistor, Podlove)",
    ),
    field(
        "episode_title",
        "Its title in players, without the number.",
        convert.text,
        "itunes.title",
    ),
    field(
        "block",
        "Whether directories shall leave it out.",
        convert.podcast.block,
        "itunes.block",
        "block",
    ),
    field(
        "hosts",
        "Who is heard: names, or maps {name, role, href, img}.",
        convert.podcast.people,
        "hosts (Castanet)",
        "host",
        "itunes.person",
        "itunes.persons",
        "itunes.people",
        "itunes.hosts",
        "itunes.host",
        "persons",
    ),
    field(
        "guests",
        "Who is heard as a guest.",
        convert.podcast.people,
        "guests (Castanet)",
        "guest",
        "itunes.guests",
        "itunes.guest",
    ),
    field(
        "transcripts",
        "Files of what is said: names, or maps {url, type, language}.",
        convert.podcast.transcripts,
        "transcript",
        "transcripts",
        "transcript_url (Transistor)",
        "itunes.transcript",
        "itunes.transcripts",
        "itunes.transcripturl",
    ),
    field(
        "chapters",
        "A file of chapters, or the chapters: `00:12:30 Title`, or {start, title}.",
        convert.podcast.chapters,
        "chapters (Octopod, Podlove)",
        "chapters_url",
        "itunes.chapters",
        "itunes.chaptersurl",
    ),
    field(
        "location",
        "The place that a recording is about: a name, or {name, geo}.",
        convert.podcast.location,
        "itunes.location",
        "location",
    ),
    field(
        "license",
        "The licence of a recording: an SPDX identifier, or {name, url}.",
        convert.podcast.license_,
        "itunes.license",
        "itunes.licence",
        "license",
        "licence",
    ),
    field(
        "payments",
        "Left out on purpose: what a feed says of money, a wallet has to sign.",
        convert.podcast.payments,
        "itunes.value",
    ),
)

EPISODE = frozenset(each.name for each in EPISODE_FIELDS)
"""The fields that are read where there is a recording, and nowhere else."""

FAMILIES = {
    "itunes": "itunes",
    "podcast": "itunes",
    "episode": "itunes",
    "audio": "audio",
    "enclosure": "audio",
    "media": "audio",
    "mp3": "audio",
}
"""Beginnings of podcast keys, and names of maps of them, with the one that the table writes."""


def of_podcast(key: str) -> str:
    """Return the podcast key that the table has for ``key``, in small letters; empty for none.

    ``itunes:episodeType``, ``podcast_episode_type`` and ``episodeType`` are one: hosts and themes
    write Apple's names with what their syntax has for a colon.
    """
    for family, name in FAMILIES.items():
        rest = key.removeprefix(family)
        if rest and rest != key:
            return f"{name}.{without_signs(rest)}"
    return ""


def without_signs(name: str) -> str:
    """Return a name of podcast keys without what parts its words."""
    return name.translate(_SIGNS)


_SIGNS = {ord(sign): None for sign in ":_-. "}

SPELLINGS = (
    "`itunes.season` stands for `itunes:season`, `itunes_season`, `podcast:season`, `podcast_season`,"
    " `podcastSeason`, and for `season` inside a map `itunes`, `podcast` or `episode`; `audio.length`"
    " for `audio_length`, `enclosure_length`, `media_length`."
)
"""What the documentation says of the keys."""
