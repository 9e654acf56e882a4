"""The feed that was published so far -> ids, addresses and titles in newsfeed.lock.

Readers know an article by the id that the former feed gave it. Whoever bears that id afterwards is
that article for them: so a doubtful pair is said, and never made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Literal
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace as replaced

from newsfeed.feeds.published import Published
from newsfeed.feeds.reader_models import on_one_line
from newsfeed.identity.former import NONE, Form, Former, is_title, page_at
from newsfeed.identity.lock_lines import Record, listed, unlisted
from newsfeed.identity.lockfile import Lock
from newsfeed.moving.matching import Doubt, Known, Pair, letters_of, matched, path_of
from newsfeed.text.iri import to_uri


class Adoption(Struct, frozen=True, kw_only=True):
    """What came of it: the ``lock`` as it should be, and what was not taken.

    ``doubts`` are (entry, the path of an article, why not). ``known`` are pairs whose article
    readers know under another id already. ``led`` are (path, address) of articles that feeds lead to
    where the former one did, and not where `pages.item` says.
    """

    lock: Lock
    pairs: tuple[Pair, ...]
    doubts: tuple[Doubt, ...] = ()
    unmatched: tuple[Published, ...] = ()
    known: tuple[Pair, ...] = ()
    led: tuple[tuple[str, str], ...] = ()


def adopt(entries: Iterable[Published], known: Known, *, replace: bool = False) -> Adoption:
    """Return the lock in which articles bear the ids of their ``entries``.

    With ``replace`` an article also loses the id under which ``known.before`` knows it.
    """
    pairs, doubts, unmatched = matched(_distinct(entries), known)
    records = dict(known.lock.records)
    taken: list[Pair] = []
    others: list[Pair] = []
    for pair in pairs:
        key = _key(pair.entry)
        record = records.get(pair.head.id)
        if key == pair.head.id or record is None:
            taken.append(pair)
        elif pair.head.id in known.before.records and not replace:
            others.append(pair)
        elif ":" not in key or to_uri(key) != key:
            doubts.append((pair.entry, pair.head.path, "id"))
        elif key in records:
            doubts.append((pair.entry, pair.head.path, "twice"))
        else:
            del records[pair.head.id]
            records[key] = _renamed(record, key, pair, known.url)
            taken.append(pair)
    former = dict(known.lock.former) | _kept(taken, known)
    return Adoption(
        lock=replaced(known.lock, records=records, former=former),
        led=tuple(
            (pair.head.path, pair.entry.link)
            for pair in taken
            if former.get(_key(pair.entry), _NOTHING).address != NONE
        ),
        pairs=tuple(taken),
        doubts=tuple(doubts),
        unmatched=tuple(unmatched),
        known=tuple(others),
    )


def _distinct(entries: Iterable[Published]) -> list[Published]:
    """Return the entries once each: several documents of one feed hold the same ones."""
    found: dict[str, Published] = {}
    for entry in entries:
        found.setdefault(_key(entry), entry)
    found.pop("", None)
    return list(found.values())


def _key(entry: Published) -> str:
    """Return what readers know an entry by."""
    return entry.id or entry.link


def _kept(pairs: Sequence[Pair], known: Known) -> dict[str, Former]:
    """Return, by id, what readers that compare more than the id must find as it was."""
    heads = {head.page: head for head in known.heads if head.page}
    same = sum(
        path_of(pair.head.url, known.url) == path_of(pair.entry.link, known.url) for pair in pairs
    )
    kept: dict[str, Former] = {}
    for pair in pairs:
        key = _key(pair.entry)
        was = known.lock.former.get(key, _NOTHING)
        page, address = was.page, was.address
        if pair.head.url != pair.entry.link:
            address = _address(pair, known, alone=2 * same <= len(pairs))
            page = pair.head.page if address != NONE else NONE
            if address != NONE and heads.setdefault(page_at(address, page), pair.head) != pair.head:
                page = address = NONE  # another article's
        entry = Former(key, page, address, *_title_kept(pair, known))
        if entry[1:] != _NOTHING[1:]:
            kept[key] = entry
    return kept


_NOTHING = Former("")


def _address(pair: Pair, known: Known, *, alone: bool) -> str:
    """Return the address below the site's that another tool gave an article, where it counts.

    A feed may be of former pages, which that tool no longer writes. It is of those of today if it
    leads to most of the other articles where the pattern does. Where these stand ``alone``, it is if
    one part of the path differs, which the tool may write in other letters.
    """
    link, ours = pair.entry.link, pair.head.url
    if (
        known.paged
        or not pair.head.page
        or not link.startswith(known.url)
        or re.search("[?#]", link)
    ):
        return NONE
    address = link.removeprefix(known.url)
    there, here = address.split("/"), ours.removeprefix(known.url).split("/")
    differing = sum(one != other for one, other in zip(there, here, strict=False))
    if alone and (len(there) != len(here) or differing != 1):
        return NONE
    return address if page_at(address, pair.head.page) else NONE


def _title_kept(pair: Pair, known: Known) -> tuple[str, Form | Literal["-"], str]:
    """Return the fields of a title that feeds would otherwise print in other letters."""
    entry = pair.entry
    title = on_one_line(entry.title)
    form: Form = "json" if entry.form == "json" else "rss"
    if entry.form == "atom":
        form = "html" if entry.title_type == "html" else "atom"
    written = known.title_of(pair.head.path)
    # What has other words is a correction, or another article: readers are to see it.
    if (
        title == written
        or _bare(title) != _bare(written)
        or not is_title(title)
        or entry.title_type == "xhtml"
    ):
        return NONE, NONE, NONE
    return pair.head.title_hash, form, title


def _bare(title: str) -> str:
    """Return the letters of a title that may have been escaped once more on its way into a feed."""
    return letters_of(unescape(unescape(title)))


def _renamed(record: Record, key: str, pair: Pair, site: str) -> Record:
    """Return the record under the id ``key``; the address that readers know redirects to its page."""
    former = _page(pair.entry.link, site)
    if (
        not former
        or former == record.page
        or path_of(pair.head.url, site) == path_of(pair.entry.link, site)
    ):
        return record._replace(id=key)
    return record._replace(id=key, old=listed(dict.fromkeys([*unlisted(record.old), former])))


def _page(link: str, site: str) -> str:
    """Return the output path of an address on the site, empty for one elsewhere."""
    if urlsplit(link).hostname != urlsplit(site).hostname:
        return ""
    path = path_of(link, site)
    whole = unquote(urlsplit(link).path)
    if not path or ".." in path.split("/") or re.search(r"[\x00-\x1f\\]", path):
        return ""
    if whole.endswith((".html", ".htm")):
        return path if whole.rstrip("/").endswith(path) else ""
    return f"{path}/index.html"
