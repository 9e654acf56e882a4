"""Ids as URIs: those that we mint, and those that front matter gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from urllib.parse import quote

from newsfeed.config import Config
from newsfeed.model import Head
from newsfeed.text.iri import ascii_host
from newsfeed.text.regex import regex
from newsfeed.text.slugs import slugify

# RFC 3987 §2.2: an IRI holds no character of these, and begins with its scheme.
_IRI = regex(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+").fullmatch
_LOOSE_IRI = regex(r"[A-Za-z][A-Za-z0-9+.-]*:\S+").fullmatch
# The date of a tag: URI made from an `id` of front matter. It must depend on nothing that an author
# may change, the publication day least of all (RFC 4151 §2.1 lets a year stand for its first day).
_GIVEN = ",2000:"
_SAFE = "%/:=&?~#+!$,;'@()*[]"


def minted(
    items: Sequence[Head], ids: Mapping[str, str], known: Collection[str], config: Config
) -> dict[str, str]:
    """Return a new id for each item without one: a tag: URI (RFC 4151), never one that existed."""
    used = {*known, *ids.values()}
    numbers: dict[str, int] = {}
    made: dict[str, str] = {}
    mint = Mint(config)
    fresh = (item for item in items if item.path not in ids)
    for item in sorted(fresh, key=attrgetter("draft", "path")):
        key = base = mint.base(item.slug, item.published)
        while key in used:
            numbers[base] = numbers.get(base, 1) + 1
            key = f"{base}-{numbers[base]}"
        used.add(key)
        made[item.path] = key
    return made


class Mint:
    """Makes the ids of new items of one site."""

    def __init__(self, config: Config) -> None:
        self._authority = _authority(config)
        self._zone = config.zone

    def base(self, slug: str, published: datetime) -> str:
        """Return the id that an item gets if it is the first to ask for it."""
        day = published
        if published.tzinfo is not self._zone:
            with suppress(OverflowError):
                day = published.astimezone(self._zone)
        name = slugify(slug)
        tail = name if name.isascii() else quote(name)
        return f"tag:{self._authority},{day.date().isoformat()}:{tail}"


class Uris:
    """Turns the ids of front matter into the URIs that Atom asks for (RFC 4287 §4.2.6)."""

    def __init__(self, known: Collection[str], config: Config) -> None:
        self._authority = _authority(config)
        self._known = known

    def of(self, given: str) -> str:
        """Return ``given`` where it is an IRI, to the letter, since ids are compared so (RFC 4287
        §4.2.6.1); otherwise the tag: URI that it has had from the first.

        What an earlier lock has percent-encoded stays as subscribers have it.
        """
        if _LOOSE_IRI(given):
            encoded = quote(unicodedata.normalize("NFC", given), safe=_SAFE)
            return given if _IRI(given) and encoded not in self._known else encoded
        given = unicodedata.normalize("NFC", given.strip())
        ending = _GIVEN + quote(given)
        made = f"tag:{self._authority}{ending}"
        return made if made in self._known else self._by_ending.get(ending, made)

    @cached_property
    def _by_ending(self) -> dict[str, str]:
        """Ids made under the site's former domains, by what follows the domain."""
        found = [key for key in self._known if key.startswith("tag:") and _GIVEN in key]
        return {key[key.index(_GIVEN) :]: key for key in sorted(found, reverse=True)}


def _authority(config: Config) -> str:
    """Return the site's host as a tag: URI may hold it: ASCII, lower case (RFC 4151 §2.1)."""
    host = config.domain.lower()
    try:
        host = ascii_host(host)
    except UnicodeError:
        host = quote(host)
    return re.sub(r"[^a-z0-9.-]", "-", host)
