"""Where each item's page lies: two items never share one, and former pages lead to the present one.

A page is noted as its natural output path, with ``#2`` and so on for the second item that wants it:
so an item keeps the address that readers know when the first one is renamed or removed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import quote, unquote

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.identity.lock_lines import NONE, Record
from newsfeed.model import Head
from newsfeed.text.output_paths import is_fit, lies_below_a_file
from newsfeed.text.regex import regex

_NOTE = regex(r"(.*)#(\d+)", re.DOTALL)


def place(
    items: Sequence[Head], records: Mapping[str, Record]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the noted page of each item that has one, by path, and what is wrong with them.

    ``records`` are the known ones of ``items``, by path. An item keeps the page that its record
    notes; then the oldest comes first. A draft never displaces a published item.
    """
    wanted = {item.path: page for item in items if (page := item.page)}
    natural = frozenset(wanted.values())
    if len(natural) == len(wanted) and not any("#" in each[5] for each in records.values()):
        return wanted, []
    ordered = sorted(
        (item for item in items if item.page),
        key=lambda item: (item.draft, item.published, item.path),
    )
    notes: dict[str, str] = {}
    owners: dict[str, Head] = {}
    for item in ordered:
        number = _known_number(item.page, records.get(item.path))
        note = _noted(item.page, number)
        if number and output_path(note) not in owners:
            notes[item.path] = note
            owners[output_path(note)] = item
    last: dict[str, int] = {}
    for item in ordered:
        if item.path not in notes:
            number = last.get(item.page, 0) + 1
            while not _is_free(item.page, number, owners, natural):
                number += 1
            last[item.page] = number
            notes[item.path] = note = _noted(item.page, number)
            owners[output_path(note)] = item
    return notes, [
        _shared(item, notes[item.path], owners[item.page])
        for item in ordered
        if notes[item.path] != item.page and item.page in owners and not item.draft
    ]


def output_path(note: str) -> str:
    """Return the output path that a noted page stands for: ``a/b.html#2`` is ``a/b-2.html``."""
    found = _NOTE.fullmatch(note)
    if found is None:
        return note
    page, number = found.groups()
    stem, index, _ = page.rpartition("/index.html")
    if index:
        return f"{stem}-{number}/index.html"
    stem, dot, ending = page.rpartition(".")
    return f"{stem}-{number}.{ending}" if dot and "/" not in ending else f"{page}-{number}"


def address(site: str, page: str) -> str:
    """Return where the output path ``page`` is served on the site at ``site``."""
    return site + quote(_served(page))


def readdressed(url: str, page: str, moved: str) -> str:
    """Return the address of the page ``moved`` for an item that had ``url`` for ``page``."""
    for served in (_served, str):
        if url.endswith(quote(served(page))):
            return url.removesuffix(quote(served(page))) + quote(served(moved))
    return url


def redirects(
    items: Iterable[Head],
    former: Mapping[str, Sequence[str]],
    site: str,
    occupied: Mapping[str, str],
) -> tuple[tuple[tuple[str, str], ...], list[Diagnostic]]:
    """Return (former output path, address) pairs of ``items``, and the redirects that cannot be.

    ``former`` are output paths by id; ``occupied`` are those that redirect nowhere because a page
    is there, each with the path of its article. Each pair leads to the present address, whatever lies between.
    """
    targets: dict[str, str] = {}
    claimed: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for item in sorted(items, key=lambda item: item.id):
        places = list(former.get(item.id, ()))
        for written in item.redirects:
            if (place := _inside(written, site)) is None:
                problems.append(diagnostic("redirect-unusable", item.path, redirect=written))
                continue
            if place.casefold() in (each.casefold() for each in places):
                continue
            places.append(place)
            other = occupied.get(place) or claimed.setdefault(place, item.path)
            if other != item.path:
                problems.append(
                    diagnostic("redirect-taken", item.path, redirect=written, other=other)
                )
        for place in places:
            targets.setdefault(place, item.url)
    for page in occupied:
        targets.pop(page, None)
    return tuple(sorted(targets.items())), problems


def _is_free(page: str, number: int, owners: Collection[str], natural: Collection[str]) -> bool:
    """Say whether the output path of a note is nobody's, now or by nature."""
    path = output_path(_noted(page, number))
    return path not in owners and (number == 1 or path not in natural)


def _known_number(page: str, record: Record | None) -> int:
    if record is None or record.page == NONE:
        return 0
    if record.page == page:
        return 1
    found = _NOTE.fullmatch(record.page)
    return int(found[2]) if found and found[1] == page else 0


def _shared(item: Head, note: str, owner: Head) -> Diagnostic:
    moved = output_path(note)
    return diagnostic(
        "page-duplicate",
        item.path,
        page=item.page,
        other=owner.path,
        slug=f"{item.slug}-{note.rpartition('#')[2]}",
        moved=moved,
    )


def _noted(page: str, number: int) -> str:
    return page if number == 1 else f"{page}#{number}"


def _served(page: str) -> str:
    return page[: -len("index.html")] if f"/{page}".endswith("/index.html") else page


def _inside(written: str, site: str) -> str | None:
    """Return the output path that a front-matter redirect means, None for one outside the site."""
    written = written.strip()
    if written.startswith(site):
        written = written[len(site) :]
    elif re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", written):
        return None
    path = unquote(re.split(r"[?#]", written)[0]).lstrip("/")
    if path in ("", "index.html"):
        return None  # the first page stays where it is, and no page answers to ?p=1 alone
    if path.endswith("/"):
        path += "index.html"
    elif not path.lower().endswith((".html", ".htm", ".xhtml")):
        path += "/index.html"
    if ":" in path or not is_fit(path) or lies_below_a_file(path):
        return None
    return path
