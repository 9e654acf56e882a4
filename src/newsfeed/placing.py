"""Where each item's page lies: two items never share one, and former pages lead to the present one.

A page is noted as its natural output path, with ``#2`` and so on for the second item that wants it:
so an item keeps the address that readers know when the first one is renamed or removed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, unquote

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.lock import NONE, Record
from newsfeed.model import Item

_NOTE = re.compile(r"(.*)#(\d+)", re.DOTALL)


def place(
    items: Sequence[Item], records: Mapping[str, Record]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return the noted page of each item that has one, by path, and what is wrong with them.

    ``records`` are the known ones of ``items``, by path. An item keeps the page that its record
    notes; then the oldest comes first. A draft never displaces a published item.
    """
    wanted: dict[str, list[Item]] = {}
    crowded = {page for page, times in Counter(item.page for item in items).items() if times > 1}
    notes: dict[str, str] = {}
    for item in items:
        record = records.get(item.path)
        if not item.page:
            continue
        if item.page in crowded or (record and record.page.startswith(f"{item.page}#")):
            wanted.setdefault(item.page, []).append(item)
        else:
            notes[item.path] = item.page
    taken = {item.page for item in items}
    problems: list[Diagnostic] = []
    for page in sorted(wanted):
        numbers = _numbers(page, wanted[page], records, taken)
        notes |= {path: _noted(page, number) for path, number in numbers.items()}
        problems += _said(page, wanted[page], numbers)
    return notes, problems


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
    return f"{stem}-{number}{dot}{ending}" if dot else f"{page}-{number}"


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
    items: Iterable[Item], former: Mapping[str, Sequence[str]], site: str, occupied: Iterable[str]
) -> tuple[tuple[tuple[str, str], ...], list[Diagnostic]]:
    """Return (former output path, address) pairs of ``items``, and the redirects that cannot be.

    ``former`` are output paths by id; ``occupied`` are those that redirect nowhere because a page
    is there. Each pair leads to the present address, whatever lies between.
    """
    targets: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for item in sorted(items, key=lambda item: item.id):
        places = list(former.get(item.id, ()))
        for written in item.redirects:
            if (place := _inside(written, site)) is None:
                line = item.line("redirects")
                problems.append(diagnostic("redirect-unusable", item.path, line, redirect=written))
            else:
                places.append(place)
        for place in places:
            targets.setdefault(place, item.url)
    for page in occupied:
        targets.pop(page, None)
    return tuple(sorted(targets.items())), problems


def _numbers(
    page: str, items: Sequence[Item], records: Mapping[str, Record], taken: set[str]
) -> dict[str, int]:
    """Number the items that want ``page``, 1 for the one that has it."""
    numbers: dict[str, int] = {}
    used: set[int] = set()

    def give(item: Item, number: int) -> None:
        numbers[item.path] = number
        used.add(number)

    ordered = sorted(items, key=lambda item: (item.draft, item.published, item.path))
    for item in ordered:
        number = _known_number(page, records.get(item.path))
        if number and number not in used:
            give(item, number)
    for item in ordered:
        if item.path not in numbers:
            number = 1
            while number in used or (number > 1 and output_path(f"{page}#{number}") in taken):
                number += 1
            give(item, number)
    return numbers


def _known_number(page: str, record: Record | None) -> int:
    if record is None or record.page == NONE:
        return 0
    if record.page == page:
        return 1
    found = _NOTE.fullmatch(record.page)
    return int(found[2]) if found and found[1] == page else 0


def _said(page: str, items: Sequence[Item], numbers: Mapping[str, int]) -> list[Diagnostic]:
    public = [item for item in items if not item.draft]
    first = min(public, key=lambda item: numbers[item.path], default=None)
    return [
        diagnostic(
            "page-duplicate",
            item.path,
            item.line("slug"),
            page=page,
            other=first.path,
            slug=f"{item.slug}-{numbers[item.path]}",
            moved=output_path(_noted(page, numbers[item.path])),
        )
        for item in public
        if first is not None and item is not first
    ]


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
    if not path or path.endswith("/"):
        path += "index.html"
    elif not path.lower().endswith((".html", ".htm", ".xhtml")):
        path += "/index.html"
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or re.search(r"[\x00-\x1f\\:]", path):
        return None
    return path
