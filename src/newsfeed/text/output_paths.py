"""Which paths may be published: what every disk can hold, every host serves, and nobody mistakes.

The limits are those of ext4, APFS and NTFS (255 octets, or less, a part), and the reserved names of
Windows ("Naming Files, Paths, and Namespaces", Microsoft Learn).
"""

from __future__ import annotations

import re
import unicodedata

from newsfeed.text.regex import regex

LONGEST_PART = 255
"""Octets of a file's or folder's name."""
LONGEST_PATH = 900
"""Octets of a path: with the output folder's own it stays below the 1024 of macOS."""
MOST_PARTS = 100
_ORDINARY = regex(r"[a-z0-9_][a-z0-9_~-]*(?:[./][a-z0-9_~-]+)*", re.ASCII).fullmatch
_CONTROLS = regex("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\\\\]").search
"""Those of direction show a name as another one (UAX 9 §2)."""
_RESERVED = regex(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)").match
_FILE_LIKE = regex(
    r"(?i).*\.(?:x?html?|xml|json|xsl|css|mjs|txt|pdf|zip|docx?|xlsx?|pptx?|odt|csv|ics|png|jpe?g|gif|webp|svg"
    r"|avif|mp3|m4a|mp4|webm|eml|opml)"
).fullmatch
_WELL_KNOWN = ".well-known"


def is_fit(path: str) -> bool:
    """Say whether an output may have the path ``path``, below the output folder, with ``/``."""
    if len(path) <= LONGEST_PART and _ORDINARY(path):
        return path.count("/") < MOST_PARTS and not any(map(_RESERVED, path.split("/")))
    if _CONTROLS(path) or len(path.encode("utf-8", "replace")) > LONGEST_PATH:
        return False
    parts = path.split("/")
    return len(parts) <= MOST_PARTS and all(
        _is_fit_part(part, first=not at) for at, part in enumerate(parts)
    )


def _is_fit_part(part: str, *, first: bool) -> bool:
    if part in ("", ".", "..") or part[-1] in ". ":
        return False
    if part[0] == "." and not (first and part == _WELL_KNOWN):
        return False
    return len(part.encode("utf-8", "replace")) <= LONGEST_PART and not _RESERVED(part)


def lies_below_a_file(path: str) -> bool:
    """Say whether a folder of ``path`` has the name of a file: ``/index.html/x/`` would displace it."""
    return any(map(_FILE_LIKE, path.split("/")[:-1]))


def folded(path: str) -> str:
    """Return what is the same for two paths that are one on some disk: without regard to case or to how
    accents are stored."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
