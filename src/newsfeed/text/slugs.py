"""Text -> the part of an address that stands for it."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterable
from functools import lru_cache

from newsfeed.text.regex import regex

# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
_LONGEST = 80
# More of a text than this never reaches its slug: NFKD makes one character up to eighteen.
_LOOKED_AT = 2000
_LONGEST_OCTETS = 200
"""A file's name has no more than 255, with its ending and what tells it from others."""
_SLUG = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*+").fullmatch


def slugify(text: str, longest: int = _LONGEST) -> str:
    """Return ``text`` in lower case without accents, words joined by hyphens, never empty.

    Letters of other scripts are kept (they are percent-encoded in addresses). At most ``longest``
    characters and 200 octets, cut between words. Text without letters or digits gives ``n-`` and a
    hash. Of a longer text the first 2,000 characters count.
    """
    text = text[:_LOOKED_AT]
    if text.isascii():
        if _SLUG(text) is not None and len(text) <= longest:
            return text
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
        plain = _without_latin_marks(plain)
    slug = re.sub(r"[\W_]+", "-", plain).strip("-")
    if len(slug) > longest:
        cut = slug[: longest + 1]
        slug = cut.rpartition("-")[0] if "-" in cut else cut[:longest]
    if len(slug.encode("utf-8", "replace")) > _LONGEST_OCTETS:
        slug = slug.encode("utf-8", "replace")[:_LONGEST_OCTETS].decode("utf-8", "ignore")
    return slug.strip("-") or f"n-{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def within(slug: str, octets: int) -> str:
    """Return ``slug`` so that UTF-8 has it in ``octets``, cut between words where it has several."""
    data = slug.encode("utf-8", "replace")
    if len(data) <= octets:
        return slug
    cut = data[: octets + 1].decode("utf-8", "ignore")
    cut = cut.rpartition("-")[0] if "-" in cut else data[:octets].decode("utf-8", "ignore")
    return cut.rstrip("-._~")


@lru_cache(maxsize=65536)
def folded(label: str) -> str:
    """Return what the spellings of one term share, which differ in case, accents or normal form.

    Letters of other scripts than Latin keep their marks, which are part of words.
    """
    if label.isascii():
        return " ".join(label.lower().split())
    plain = unicodedata.normalize("NFD", label.casefold().translate(_LETTERS))
    return " ".join(_without_latin_marks(plain).split())


def without_accents(text: str) -> str:
    """Return ``text`` with Latin letters bare, in the case that they have."""
    letters = "".join(_plain_letter(char) for char in text)
    return _without_latin_marks(unicodedata.normalize("NFKD", letters))


def _plain_letter(char: str) -> str:
    plain = char.lower().translate(_LETTERS)
    return char if plain == char.lower() else plain if char.islower() else plain.title()


def unique_slugs(keys: Iterable[str], make: Callable[[str], str]) -> dict[str, str]:
    """Return a slug of its own for each key, whatever their order.

    Where ``make`` gives two keys the same one, it stays with the key that is spelt so; the others
    bear a hash of the key.
    """
    wanted = {key: make(key) for key in keys}
    count = Counter(wanted.values())
    return {
        key: slug if count[slug] == 1 or key == slug else f"{slug}-{hash_of(key)}"
        for key, slug in wanted.items()
    }


def free_slug(slug: str, key: str, taken: Container[str]) -> str:
    """Return ``slug``, or where that is ``taken`` one with a hash of ``key`` that is not."""
    if slug not in taken:
        return slug
    hashed = f"{slug}-{hash_of(key)}"
    free, number = hashed, 2
    while free in taken:
        free, number = f"{hashed}-{number}", number + 1
    return free


def hash_of(key: str) -> str:
    """Return the hash that tells two keys of one slug apart."""
    return f"{zlib.crc32(key.encode('utf-8', 'surrogatepass')):08x}"


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
