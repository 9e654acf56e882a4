"""Media types by file ending, the same on every machine."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mimetypes import MimeTypes

_COMMON = (
    ("image/webp", ".webp"),
    ("image/avif", ".avif"),
    ("image/jpeg", ".jfif"),  # as Chrome saves pictures on Windows
    ("image/jpeg", ".pjpeg"),
    ("image/svg+xml", ".svg"),
    ("audio/mpeg", ".mp3"),
    ("audio/mp4", ".m4a"),
    ("audio/ogg", ".ogg"),
    ("audio/ogg", ".oga"),
    ("audio/ogg", ".opus"),
    ("audio/aac", ".aac"),
    ("audio/wav", ".wav"),
    ("audio/flac", ".flac"),
    ("video/mp4", ".mp4"),
    ("video/x-m4v", ".m4v"),
    ("video/webm", ".webm"),
    ("video/quicktime", ".mov"),
    ("text/csv", ".csv"),
    ("text/vtt", ".vtt"),
    ("application/x-subrip", ".srt"),
    ("text/markdown", ".md"),
    ("text/calendar", ".ics"),
    ("application/epub+zip", ".epub"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
    ("application/vnd.oasis.opendocument.text", ".odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    ("application/vnd.oasis.opendocument.presentation", ".odp"),
    ("application/zip", ".zip"),
    ("font/woff2", ".woff2"),
)


@cache
def _types() -> MimeTypes:
    """Return the types of endings, the same on every machine.

    Host files and the version of Python decide what mimetypes guesses: only its built-in table is
    used, and what articles commonly bear is set here.
    """
    from mimetypes import MimeTypes

    types = MimeTypes(filenames=())
    for kind, ending in _COMMON:
        types.add_type(kind, ending)
    return types


def media_type(path: str) -> str:
    """Return the media type that the ending of ``path`` stands for, the same on every machine."""
    return _types().guess_type(path.lower(), strict=True)[0] or "application/octet-stream"
