"""The entries of one build: each item is rendered when an output first shows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from newsfeed.build.remembered_entries import Showing, Showings, Told, encode_told, key_of
from newsfeed.build.result import Result
from newsfeed.diagnostics import Diagnostic, diagnostic, failure, reason_of
from newsfeed.markup.body import Body
from newsfeed.model import Asset, Entry, Image, Item
from newsfeed.site.entry import (
    Shown,
    Unrendered,
    image_of,
    read_body,
    render_body,
    show,
    summary_of,
    title_of,
)
from newsfeed.site.library import Library
from newsfeed.text.iri import is_absolute

_KEPT = 500
_AT_HAND = 1 << 20
"""How many characters of bodies are held before they are rendered, give or take a body."""


class Entries:
    """Renders items on demand, caches the last ``kept``, and records each in ``showings``."""

    def __init__(self, showings: Showings, kept: int = _KEPT) -> None:
        self.showings = showings
        self._library = showings.library
        self._kept: OrderedDict[str, Shown | None] = OrderedDict()
        self._most = kept
        self._titles: dict[str, str] = {}

    @classmethod
    def apart(cls, library: Library) -> Entries:
        """Return entries that nobody else shares: of another process, or of one letter."""
        return cls(Showings(library, Result()), kept=0)

    @property
    def result(self) -> Result:
        """What is found out on the way."""
        return self.showings.result

    @property
    def assets(self) -> set[Asset]:
        """The files that items show."""
        return self.showings.assets

    def of(self, items: Iterable[Item]) -> tuple[Entry, ...]:
        """Return the entries of ``items``, without those whose file has become unreadable."""
        return tuple([shown.entry for shown in self.all_shown(tuple(items)) if shown is not None])

    def one(self, item: Item) -> Entry | None:
        """Return the entry of ``item``, or None with a diagnostic where it cannot be read."""
        shown = self.all_shown((item,))[0]
        return shown.entry if shown is not None else None

    def all_shown(self, items: Sequence[Item]) -> list[Shown | None]:
        """Return each of ``items`` as outputs show it, None where it cannot be read.

        Bodies are read first, up to a total size, then rendered: one kind of work at a time is
        faster. The rest are read one by one.
        """
        kept = self._kept
        read: dict[str, Unrendered | Diagnostic] = {}
        room = _AT_HAND
        for item in items:
            if room > 0 and item.path not in kept:
                read[item.path] = found = self._read(item)
                room -= 0 if isinstance(found, Diagnostic) else len(found.text)
        bodies = {
            item.path: self._render(item, read.pop(item.path))
            for item in items
            if item.path in read
        }
        self._library.make_variants(
            (ref.url.strip(), path)
            for path, body in bodies.items()
            if isinstance(body, Body)
            for ref in body.refs
            if ref.kind == "image" and not is_absolute(ref.url)
        )
        shown = []
        for item in items:
            path = item.path
            if path in kept:
                kept.move_to_end(path)
            else:
                body = bodies.pop(path) if path in bodies else self._render(item, self._read(item))
                kept[path] = self._show(item, body)
            shown.append(kept[path])
            if len(kept) > self._most:
                kept.popitem(last=False)
        return shown

    def title(self, item: Item) -> str:
        """Return the title of ``item`` as it is printed."""
        if item.path not in self._titles:
            self._titles[item.path] = title_of(item, self._library.config)
        return self._titles[item.path]

    def summary(self, item: Item) -> str:
        """Return the summary of ``item``; its body is rendered where the author wrote none."""
        if written := summary_of(item, self._library.config):
            return written
        if self.showings.known(item.path) is None and self.one(item) is None:
            return ""
        self.showings.recall(item.path)
        told = self.showings.told(item.path)
        return told.summary if told is not None else ""

    def image(self, item: Item) -> Image | None:
        """Return the picture of ``item`` with its address and sizes."""
        image, assets = image_of(item, self._library)
        self.assets.update(assets)
        return image

    def shows_body(self, item: Item) -> bool:
        """Say whether the body of ``item`` is rendered: for its page, or to sum it up in lists."""
        return bool(item.page) or not summary_of(item, self._library.config)

    def _read(self, item: Item) -> Unrendered | Diagnostic:
        try:
            return read_body(item, self._library)
        except OSError as error:
            return diagnostic("file-unreadable", item.path, reason=reason_of(error))
        except Exception as error:
            return failure(item.path, error)

    def _render(self, item: Item, body: Unrendered | Diagnostic) -> Body | Diagnostic:
        if isinstance(body, Diagnostic):
            return body
        try:
            return render_body(item, body, self._library)
        except Exception as error:
            return failure(item.path, error)

    def _show(self, item: Item, body: Body | Diagnostic) -> Shown | None:
        if isinstance(body, Diagnostic):
            self.result.unread(body)
            return None
        try:
            shown = show(item, self._library, body)
        except Exception as error:
            self._library.asked = None
            self.result.unread(failure(item.path, error))
            return None
        self._titles[item.path] = shown.entry.title
        head = self._library.items.heads.get(item.path)
        if head is not None:
            self.showings.adopt(_showing_of(shown, key_of(head)))
        return shown


def _showing_of(shown: Shown, key: str) -> Showing:
    """Return what is kept of ``shown``."""
    told = Told(
        summary=shown.entry.summary,
        anchors=shown.anchors,
        problems=shown.problems,
        assets=shown.assets,
        crossings=shown.crossings,
    )
    return Showing(
        path=shown.entry.item.path,
        key=key,
        referred=shown.referred,
        told=encode_told(told),
        quiet=not (told.problems or told.assets or told.crossings),
    )
