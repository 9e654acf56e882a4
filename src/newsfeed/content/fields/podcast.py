"""What is said of a recording: its number, its season, who is heard, what goes with it.

The words are those of Apple's tags and of the podcast namespace; other tools write the same with
other names, which `aliases` knows.
"""

from __future__ import annotations

import math
import re
from urllib.parse import unquote

from newsfeed.content.fields.addresses import WHOLE_URL, address
from newsfeed.content.fields.parts import Parts
from newsfeed.content.fields.plain import SPACES, integer, language, split, text
from newsfeed.content.fields.report import Path, Report, shown
from newsfeed.content.frontmatter import Value
from newsfeed.model import Enclosure, Link, Participant, Transcript
from newsfeed.text.iri import is_geo
from newsfeed.text.media_types import media_type
from newsfeed.text.podcasting import EPISODE_KINDS
from newsfeed.text.regex import regex

_CLOCK = regex(r"(?:(\d{1,6}):)?(\d{1,6}):(\d\d)(?:[.,]\d+)?")
_SPOKEN = regex(
    r"(?:pt)?(?:(\d{1,4})\s*(?:h|hrs?|hours?|heures?)\.?\s*)?"
    r"(?:(\d{1,6})\s*(?:m|min|mins|minutes?|mn)\.?\s*)?"
    r"(?:(\d{1,6})(?:[.,]\d+)?\s*(?:s|sec|secs|seconds?|secondes?)\.?)?",
    re.IGNORECASE,
)
_NUMBER = regex(r"(?:[a-zé#]+\.?\s*)?0*(\d{1,9})(?:\.0+)?", re.IGNORECASE)
_EXPLICIT = frozenset(("true", "yes", "y", "on", "1", "explicit", "oui", "vrai"))
_CLEAN = frozenset(("false", "no", "n", "off", "0", "clean", "none", "non", "faux", "not explicit"))
_BLOCKED = frozenset(("true", "yes", "on", "1", "oui", "vrai"))
_WORDPRESS = regex(r"(\S+)\s+(\d{1,15})\s+([\w.+-]+/[\w.+-]+)(?:\s.*)?", re.DOTALL)
_FORMATS = ("mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac", "mp4", "m4v", "mov", "webm")
_LONGEST_NAME = 200
_MARK = regex(r"((?:\d{1,4}:)?\d{1,5}:\d\d(?:[.,]\d{1,3})?)\s*[-–—|]?\s+(\S.*)")


def duration(report: Report, key: Path, value: Value) -> int | None:
    """Return seconds: ``3723``, ``62:03``, ``1:02:03``, ``1:02:03.250``, ``1h 2m``, ``PT62M``."""
    plain = value.strip(SPACES) if isinstance(value, str) else ""
    if found := _CLOCK.fullmatch(plain):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    if re.fullmatch(r"\d{1,9}\.\d+", plain):
        return math.floor(float(plain) + 0.5)
    found = _SPOKEN.fullmatch(plain)
    if plain and found and any(found.groups()):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    read = integer(report, key, value)
    return read if read is not None and read >= 0 else None


def size(report: Report, key: Path, value: Value) -> int | None:
    """Return bytes, of a map of formats those of the first; a clock, as some write, is none."""
    if isinstance(value, dict):
        return Parts(report, key, value).made(size, _FORMATS)
    plain = value.strip(SPACES) if isinstance(value, str) else ""
    grouped = plain.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", "")
    if grouped.isascii() and grouped.isdigit() and len(grouped) < 16:
        return int(grouped)
    if not re.search(r"[:a-zA-Z]", plain):
        report.say("number-bad", key, value=shown(value))
    return None


def number(report: Report, key: Path, value: Value) -> int | None:
    """Return the number of a season or an episode; Apple takes none below 1.

    ``S02`` and ``Ep. 7`` are numbers too. What holds none, as a name, says nothing.
    """
    if isinstance(value, dict):
        # <podcast:season> has a name beside its number, in an attribute.
        return Parts(report, key, value).made(number, ("number", "value", "no"))
    if not isinstance(value, str):
        return None
    found = _NUMBER.fullmatch(value.strip(SPACES))
    if found is None or int(found[1]) < 1:
        report.say("podcast-number", key, value=shown(value))
        return None
    return int(found[1])


def explicit(report: Report, key: Path, value: Value) -> bool | None:
    """Return whether a recording is not for all ears: ``true``, ``yes``, ``explicit``, ``clean``."""
    plain = value.strip(SPACES).lower() if isinstance(value, str) else ""
    if plain in _EXPLICIT or plain in _CLEAN:
        return plain in _EXPLICIT
    report.say("podcast-value", key, value=shown(value), expected="true / false")
    return None


def block(_report: Report, _key: Path, value: Value) -> bool | None:
    """Return whether directories shall leave an episode out; None for anything but a yes."""
    plain = value.strip(SPACES).lower() if isinstance(value, str) else ""
    return True if plain in _BLOCKED else None


def kind(report: Report, key: Path, value: Value) -> str | None:
    """Return ``full``, ``trailer`` or ``bonus``; a ``type`` that other tools mean is passed over."""
    plain = value.strip(SPACES).lower() if isinstance(value, str) else ""
    if plain in EPISODE_KINDS:
        return plain
    if plain and re.sub(r"[^a-z]", "", str(key[-1]).lower()).endswith("episodetype"):
        expected = " / ".join(EPISODE_KINDS)
        report.say("podcast-value", key, value=shown(value), expected=expected)
    return None


def media(_report: Report, _key: Path, value: Value) -> str | None:
    """Return the media type of a recording, None for anything else."""
    plain = value.strip(SPACES) if isinstance(value, str) else ""
    return plain if re.fullmatch(r"(?:audio|video)/[\w.+-]+", plain) else None


def recordings(report: Report, key: Path, value: Value) -> tuple[Enclosure, ...]:
    """Return the recordings that keys such as ``audio`` name: a file, or a map of formats.

    They mean other things in other themes: what is no file of sound or film says nothing.
    """
    if isinstance(value, list):
        found = [recordings(report, (*key, index), each) for index, each in enumerate(value)]
        return tuple(each for one in found for each in one)
    if isinstance(value, str):
        if whole := wordpress(value):
            return (whole,)
        plain = value.strip(SPACES)
        url = address(report, key, plain) if _is_recording(plain) else None
        return (Enclosure(url=url),) if url else ()
    names = (*_FORMATS, "file", "url", "src", "path")
    formats = [name for name in value if name.lower() in names and isinstance(value[name], str)]
    return tuple(each for name in formats for each in recordings(report, (*key, name), value[name]))


def wordpress(value: str) -> Enclosure | None:
    """Return what WordPress keeps as ``enclosure``: an address, its bytes, its type, a line each."""
    found = _WORDPRESS.fullmatch(value.strip(SPACES))
    if found is None:
        return None
    return Enclosure(url=found[1], length=int(found[2]), type=found[3])


def _is_recording(plain: str) -> bool:
    path = plain.partition("#")[0].partition("?")[0]
    return media_type(unquote(path)).startswith(("audio/", "video/")) and "\n" not in plain


def people(report: Report, key: Path, value: Value) -> tuple[Participant, ...]:
    """Return who is heard; the key says whether they are guests."""
    role = "guest" if "guest" in str(key[0]).lower() or "guest" in str(key[-1]).lower() else "host"
    if isinstance(value, str):
        names = split(value, ";,") if ";" in value else split(value, ",")
        return tuple(Participant(name=name, role=role) for name in names)
    if isinstance(value, list):
        found: list[Participant] = []
        for index, each in enumerate(value):
            if isinstance(each, str):
                name = text(report, (*key, index), each)
                found += [Participant(name=name, role=role)] if name else []
            else:
                found += people(report, (*key, index), each)
        return tuple(dict.fromkeys(found))
    parts = Parts(report, key, value)
    name = parts.made(text, ("name", "title", "displayname", "id", "slug"))
    if name is None:
        report.say("value-kind", key, expected="{name: …, role: …}")
        return ()
    one = Participant(
        name=name,
        role=(parts.made(text, ("role", "group")) or role).lower(),
        url=parts.made(address, ("href", "url", "link", "website")),
        image=parts.made(address, ("img", "image", "avatar", "photo")),
    )
    return (one,)


def transcripts(report: Report, key: Path, value: Value) -> tuple[Transcript, ...]:
    """Return transcripts; a text that is one, and no file of one, is passed over."""
    if isinstance(value, list):
        found = [transcripts(report, (*key, index), each) for index, each in enumerate(value)]
        return tuple(each for one in found for each in one)
    if isinstance(value, str):
        url = _file(report, key, value)
        return (Transcript(url=url),) if url else ()
    parts = Parts(report, key, value)
    url = parts.made(address, ("url", "file", "src", "href", "path"))
    if url is None:
        report.say("value-kind", key, expected="{url: …, type: …}")
        return ()
    return (
        Transcript(
            url=url,
            type=parts.made(text, ("type", "mime")),
            language=parts.made(language, ("language", "lang")),
        ),
    )


Chapters = tuple[str | None, tuple[tuple[float, str], ...]]


def chapters(report: Report, key: Path, value: Value) -> Chapters | None:
    """Return the file of an episode's chapters, or the chapters themselves.

    These are texts, ``00:12:30 The guest``, or maps {start, title}; one text may have a line for
    each, and one map a key for each.
    """
    if isinstance(value, str) and "\n" in value.strip():
        value = [line for line in value.splitlines() if line.strip()]
    if isinstance(value, dict) and value and all(_seconds(name) is not None for name in value):
        value = [f"{start} {title}" for start, title in value.items()]
    if isinstance(value, str):
        url = _file(report, key, value)
        return (url, ()) if url else None
    if isinstance(value, dict):
        parts = Parts(report, key, value)
        url = parts.made(address, ("url", "file", "src", "href", "path"))
        return (url, ()) if url else None
    marks = [_mark(report, (*key, index), each) for index, each in enumerate(value)]
    found = tuple(sorted(mark for mark in marks if mark is not None))
    return (None, found) if found else None


def _mark(report: Report, key: Path, value: Value) -> tuple[float, str] | None:
    if isinstance(value, str):
        found = _MARK.fullmatch(value.strip(SPACES))
        start, title = (found[1], found[2]) if found else ("", "")
    elif isinstance(value, dict):
        parts = Parts(report, key, value)
        start = parts.made(text, ("start", "starttime", "time", "at")) or ""
        title = parts.made(text, ("title", "name", "text", "label")) or ""
    else:
        start, title = "", ""
    seconds = _seconds(start)
    if seconds is None or not title:
        report.say("podcast-value", key, value=shown(value), expected="00:12:30 …")
        return None
    return seconds, title


def _seconds(clock: str) -> float | None:
    """Return the seconds of ``1:02:03.5``, ``62:03`` or ``3723``."""
    plain = clock.strip().replace(",", ".")
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", plain):
        return float(plain)
    if not re.fullmatch(r"(?:\d{1,4}:)?\d{1,5}:\d\d(?:\.\d{1,6})?", plain):
        return None
    seconds = 0.0
    for part in plain.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def location(report: Report, key: Path, value: Value) -> tuple[str, str | None] | None:
    """Return the name of the place that an episode is about, and its geo: URI."""
    if isinstance(value, dict):
        parts = Parts(report, key, value)
        name, geo = parts.made(text, ("name", "title", "text", "place")), parts.made(text, ("geo",))
    else:
        name, geo = (text(report, key, value) if isinstance(value, str) else None), None
    if not name:
        return None
    return name[:128], geo if geo and is_geo(geo) else None


def license_(report: Report, key: Path, value: Value) -> Link | None:
    """Return a licence: its SPDX identifier or its name, and where its text is."""
    if isinstance(value, dict):
        parts = Parts(report, key, value)
        name = parts.made(text, ("identifier", "id", "spdx", "name", "type", "title", "text"))
        url = parts.made(address, ("url", "href", "link"))
        return Link(text=name or url or "", url=url or "") if name or url else None
    plain = text(report, key, value) if isinstance(value, str) else None
    if not plain or plain.lower() in ("true", "false"):
        return None
    if WHOLE_URL(plain) and "/" in plain:
        return Link(text=plain, url=plain)
    return Link(text=plain[:128], url="")


def payments(report: Report, key: Path, _value: Value) -> None:
    """Say that ``podcast:value`` is left out."""
    report.say("podcast-payments", key)


def _file(report: Report, key: Path, value: str) -> str | None:
    """Return the name or address of a file, None for a text that can be none."""
    plain = value.strip(SPACES)
    named = "\n" not in plain and len(plain) <= _LONGEST_NAME and re.search(r"\.\w{2,5}\b", plain)
    if not named or (" " in plain and not re.search(r"\.\w{2,5}$", plain)):
        return None
    return address(report, key, plain)
