"""The page of each article: what stands is kept, the rest is made by as many processes as there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from msgspec import msgpack as wire

from newsfeed import pages
from newsfeed.build import pool
from newsfeed.build.page_parts import TOGETHER, PageParts
from newsfeed.build.remembered_entries import Showing
from newsfeed.diagnostics import ContentError, Diagnostic, failure
from newsfeed.model import Head, Item, Output
from newsfeed.text.output_paths import folded

_decode_showing = wire.Decoder(Showing).decode
_decode_problem = wire.Decoder(Diagnostic).decode
_encode = wire.Encoder().encode


class Sheet(NamedTuple):
    """The page of one article, made in some process: ``data`` is None for one that cannot be read.

    ``showing`` is what showing the item gave, encoded; of an item that cannot be read what is said of it.
    ``card`` is how lists show it, empty for unknown.
    """

    data: bytes | None
    showing: bytes
    card: str = ""


class ArticlePages:
    """Makes the pages of articles, from what all pages share."""

    def __init__(self, parts: PageParts) -> None:
        self.parts = parts
        self._places = pages.Places(
            parts.site.plan.items,
            parts.groups,
            parts.site.config.site.url,
            lambda item: parts.entries.title(item),
        )

    def outputs(self, meanwhile: Callable[[], None]) -> Iterator[tuple[Output, str, str]]:
        """Yield the page of each article that has one, its address, and when it last changed.

        ``meanwhile`` is done here while other processes begin. Raises ContentError.
        """
        parts = self.parts
        heads = parts.site.plan.items.heads
        own = parts.rendering.own
        numbers = []
        for at, head in enumerate(heads):
            if head.page and folded(head.page) in own:
                parts.rendering.refuse(head.page)
            elif head.page:
                numbers.append(at)
        paged = [heads[at] for at in numbers]
        names = ["", *map(_named, paged), ""]
        key, stands = self._key, parts.ground.stands
        keys = [
            key(head, before, after)
            for head, before, after in zip(paged, names, names[2:], strict=False)
        ]
        standing = [stands(head.page, key) for head, key in zip(paged, keys, strict=True)]
        stale = [at for at, stood in zip(numbers, standing, strict=True) if not stood]
        sheets = self._shared(stale, meanwhile)
        for place, head in enumerate(paged):
            if standing[place]:
                parts.showings.recall(head.path)
                yield Output(path=head.page, key=keys[place]), head.url, head.modified
                continue
            sheet = next(sheets)
            if sheet.data is None:
                parts.rendering.result.unread(_decode_problem(sheet.showing))
                continue
            parts.showings.adopt(_decode_showing(sheet.showing))
            if sheet.card:
                parts.frame.fragments[head.path, ""] = sheet.card
            # Of a page that is made what it shows is known afterwards: then is the time for its key.
            fresh = key(head, names[place], names[place + 2])
            yield Output(path=head.page, data=sheet.data, key=fresh), head.url, head.modified

    def _key(self, head: Head, before: str, after: str) -> str | None:
        """Return the key of the page of an article that stands between two others of these names."""
        made_of = self.parts.showings.made_of(head)
        if head.translation is None:
            return self.parts.ground.key(head.page, (made_of, before, after))
        others = map(_named, self._places.translated(head))
        return self.parts.ground.key(head.page, (made_of, before, after, *others))

    def _shared(self, numbers: Sequence[int], meanwhile: Callable[[], None]) -> Iterator[Sheet]:
        """Yield the pages of the articles with these ``numbers``, made here or by several processes."""
        # What the first page loads and compiles, the processes that are forked off have already.
        with_cards = bool(self.parts.listed)
        first = self.sheets(numbers[:1], with_cards=with_cards)
        rest = numbers[1:]
        jobs = self.parts.jobs
        if jobs <= 1 or len(numbers) < pool.WORTH:
            yield from first
            for at in range(0, len(rest), TOGETHER):
                yield from self.sheets(rest[at : at + TOGETHER])
            return
        made = pool.batches(
            _sheet_maker, self.parts, rest, jobs, size=TOGETHER, meanwhile=meanwhile
        )
        yield from first
        for batch in made:
            for row in batch:
                yield Sheet(*row)

    def sheets(self, numbers: Sequence[int], *, with_cards: bool = False) -> list[Sheet]:
        """Return the pages of the articles with these ``numbers``. Raises ContentError."""
        parts = self.parts
        items = [parts.site.plan.items[at] for at in numbers]
        made: list[Sheet] = []
        for at, item, shown in zip(numbers, items, parts.entries.all_shown(items), strict=True):
            if shown is None:
                made.append(Sheet(None, _encode(parts.entries.result.unreadable[item.path])))
                continue
            try:
                data = pages.render_item(self._places.page(shown.entry, at), parts.frame).data
            except Exception as error:
                made.append(Sheet(None, _encode(failure(item.path, error))))
                continue
            showing = parts.showings.known(item.path)
            card = self._card_ahead(item) if with_cards else ""
            made.append(Sheet(data or b"", _encode(showing), card))
        return made

    def _card_ahead(self, item: Item) -> str:
        """Return the card of ``item`` in lists; one that fails is made, and fails, in its turn."""
        with suppress(ContentError):
            return pages.fragment(item, self.parts.frame, self.parts.card)
        return ""


def _sheet_maker(
    parts: PageParts,
) -> Callable[[Sequence[int]], list[tuple[bytes | None, bytes, str]]]:
    """Return what makes the pages of articles in a process that was forked off."""
    work = ArticlePages(parts.apart())

    def sheets(numbers: Sequence[int]) -> list[tuple[bytes | None, bytes, str]]:
        made = work.sheets(numbers, with_cards=bool(parts.listed))
        parts.frame.fragments.clear()
        return [(sheet.data, sheet.showing, sheet.card) for sheet in made]

    return sheets


def _named(head: Head) -> str:
    """Return what a link to an article's page depends on."""
    return f"{head.url} {head.language} {head.title}"
