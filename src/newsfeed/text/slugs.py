"""Text -> the part of an address that stands for it."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
_LONGEST = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*+").fullmatch


def slugify(text: str) -> str:
    """Return ``text`` in lower case without accents, words joined by hyphens, never empty.

    Letters of other scripts are kept (they are percent-encoded in addresses). At most 80 characters,
    cut between words. Text without letters or digits gives ``n-`` and a hash.
    """
    if text.isascii():
        if _SLUG(text) is not None and len(text) <= _LONGEST:
            return text
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
        plain = _without_latin_marks(plain)
    slug = re.sub(r"[\W_]+", "-", plain).strip("-")
    if len(slug) > _LONGEST:
        cut = slug[: _LONGEST + 1]
        slug = cut.rpartition("-")[0] if "-" in cut else cut[:_LONGEST]
    return slug.strip("-") or f"n-{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def unique_slugs(keys: Iterable[str], make: Callable[[str], str]) -> dict[str, str]:
    """Return a slug of its own for each key, whatever their order.

    Where ``make`` gives two keys the same one, it stays with the key that is spelt so; the others
    bear a hash of the key.
    """
    wanted = {key: make(key) for key in keys}
    count = Counter(wanted.values())
    return {
        key: slug if count[slug] == 1 or key == slug else f"{slug}-{zlib.crc32(key.encode()):08x}"
        for key, slug in wanted.items()
    }


def _without_latin_marks(text: str) -> str:
    """Drop the accents of Latin letters; other scripts keep their marks, which are part of words."""
    kept = []
    base = ""
    for char in text:
        if unicodedata.combining(char):
            if not base.isascii():
                kept.append(char)
        else:
            base = char
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))
