"""The entries of one build: each item is rendered when an output first shows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec import msgpack as wire

from newsfeed.build.cache import Cache, Step
from newsfeed.build.result import Result
from newsfeed.diagnostics import Diagnostic, diagnostic, reason_of
from newsfeed.markup import Body
from newsfeed.model import Asset, Entry, Head, Image, Item
from newsfeed.site.entry import (
    Crossing,
    Shown,
    Unrendered,
    image_of,
    read_body,
    render_body,
    show,
    summary_of,
    title_of,
)
from newsfeed.site.library import UNPROVEN, Library
from newsfeed.text.hashing import hashed

_KEPT = 500
_AT_HAND = 1 << 20
"""How many characters of bodies are held before they are rendered, give or take a body."""


class Told(Struct, frozen=True, kw_only=True, array_like=True):
    """What showing an item told beside its entry."""

    summary: str
    anchors: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    assets: tuple[Asset, ...] = ()
    crossings: tuple[Crossing, ...] = ()


class Showing(Struct, frozen=True, kw_only=True, array_like=True):
    """The result of showing the item at ``path``: it holds while ``key`` and all answers do.

    ``referred`` are look-ups with their answers; ``told`` is a `Told`, encoded. It is ``quiet`` where
    that holds no problem, file or link into other articles.
    """

    path: str
    key: str
    referred: tuple[tuple[str, str], ...]
    told: bytes
    quiet: bool


_encode_told = wire.Encoder().encode
_decode_told = wire.Decoder(Told).decode


def showing_of(shown: Shown, key: str) -> Showing:
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
        told=_encode_told(told),
        quiet=not (told.problems or told.assets or told.crossings),
    )


class Entries:
    """Renders items on demand, keeps the last of them, and gathers what showing them told.

    What ``cache`` holds tells the same of an item that nobody renders. ``kept`` is how many items
    stay rendered.
    """

    def __init__(
        self,
        library: Library,
        result: Result | None = None,
        cache: Cache | None = None,
        kept: int = _KEPT,
    ) -> None:
        self.result = result if result is not None else Result()
        self.assets: set[Asset] = set()
        self.library = library
        self._showings: Step[Showing] | None = None
        if cache is not None:
            self._showings = cache.step("showing", Showing)
        self._made: dict[str, Showing] = {}
        self._valid: dict[str, Showing | None] = {}
        self._kept: OrderedDict[str, Shown | None] = OrderedDict()
        self._most = kept
        self._told: set[str] = set()
        self._titles: dict[str, str] = {}
        self._crossings: list[tuple[str, Crossing]] = []

    def apart(self) -> Entries:
        """Return entries for another process, which tells what it shows by `showing` alone."""
        return Entries(self.library, kept=0)

    # Entries

    def of(self, items: Iterable[Item]) -> tuple[Entry, ...]:
        """Return the entries of ``items``, without those whose file has become unreadable."""
        return tuple([shown.entry for shown in self.all_shown(tuple(items)) if shown is not None])

    def one(self, item: Item) -> Entry | None:
        """Return the entry of ``item``, or None with a diagnostic where it cannot be read."""
        shown = self.all_shown((item,))[0]
        return shown.entry if shown is not None else None

    def all_shown(self, items: Sequence[Item]) -> list[Shown | None]:
        """Return each of ``items`` as outputs show it, None where it cannot be read.

        Bodies are read, then all are rendered: what is done to many, one after the other, is done
        sooner. Long ones wait for their turn.
        """
        kept = self._kept
        read: dict[str, Unrendered | OSError] = {}
        room = _AT_HAND
        for item in items:
            if room > 0 and item.path not in kept:
                read[item.path] = found = self._read(item)
                room -= 0 if isinstance(found, OSError) else len(found.text)
        bodies = {
            item.path: self._render(item, read.pop(item.path))
            for item in items
            if item.path in read
        }
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
            self._titles[item.path] = title_of(item, self.library.config)
        return self._titles[item.path]

    def summary(self, item: Item) -> str:
        """Return the summary of ``item``; its body is rendered where the author wrote none."""
        written = summary_of(item, self.library.config)
        if written:
            return written
        known = self.known(item.path)
        if known is None and self.one(item) is not None:
            known = self._made.get(item.path)
        if known is None:
            return ""
        self.recall(item.path)
        return _decode_told(known.told).summary

    def image(self, item: Item) -> Image | None:
        """Return the picture of ``item`` with its address and sizes."""
        image, assets = image_of(item, self.library)
        self.assets.update(assets)
        return image

    # What showing an item told

    def known(self, path: str) -> Showing | None:
        """Return what showing an item gave, in this build or an earlier one; None for unknown."""
        if path in self._made:
            return self._made[path]
        if path not in self._valid:
            self._valid[path] = self._still_valid(path)
        return self._valid[path]

    def _still_valid(self, path: str) -> Showing | None:
        known = self._showings.get(path) if self._showings is not None else None
        if known is None or known.key != self._key(self.library.items.heads[path]):
            return None
        answer = self.library.answer
        for question, said in known.referred:
            if said == UNPROVEN or answer(question) != said:
                return None
        return known

    def _key(self, head: Head) -> str:
        return f"{head.digest} {head.id} {head.url} {head.page}"

    def made_of(self, path: str) -> str | None:
        """Return what stands for all that shows an item, None where that is unknown."""
        known = self.known(path)
        if known is None or not self.library.items.heads[path].digest:
            return None
        return f"{known.key} {known.referred}" if known.referred else known.key

    def recall(self, path: str) -> None:
        """Gather what showing an item told, as if it were shown: all that shows it stands."""
        known = self.known(path)
        if known is not None and path not in self._told:
            self._gather(known)

    def adopt(self, showing: Showing) -> None:
        """Gather what another process met as it showed an item."""
        self._remember(showing)
        if showing.path not in self._told:
            self._gather(showing)

    def _remember(self, showing: Showing) -> None:
        self._made[showing.path] = showing
        if self._showings is not None and self._showings.get(showing.path) != showing:
            self._showings.put(showing)

    def _gather(self, showing: Showing) -> None:
        self._told.add(showing.path)
        if showing.quiet:
            return
        told = _decode_told(showing.told)
        self.result.problems += told.problems
        self.assets.update(told.assets)
        self._crossings += [(showing.path, crossing) for crossing in told.crossings]

    def shows_body(self, item: Item) -> bool:
        """Say whether the body of ``item`` is rendered: for its page, or to sum it up in lists."""
        return bool(item.page) or not summary_of(item, self.library.config)

    def dead_ends(self, published: Callable[[str], bool]) -> list[Diagnostic]:
        """Return what leads to a place that another article does not have, or to no page.

        ``published`` says which pages there are, by their path below the site's address.
        """
        found = []
        for path, crossing in self._crossings:
            if not crossing.path:
                code = "" if published(crossing.page) else "link-dead"
            else:
                anchors = self._anchors(crossing.path)
                code = "" if anchors is None or crossing.anchor in anchors else "anchor-dead"
            if code:
                found.append(diagnostic(code, path, crossing.line, url=crossing.written))
        return found

    def _anchors(self, path: str) -> tuple[str, ...] | None:
        """Return the ids in the body of an item that some output shows, None for another one."""
        if path not in self._told:
            return None
        known = self.known(path)
        return _decode_told(known.told).anchors if known is not None else None

    # One item

    def _read(self, item: Item) -> Unrendered | OSError:
        try:
            return read_body(item, self.library)
        except OSError as error:
            return error

    def _render(self, item: Item, body: Unrendered | OSError) -> Body | OSError:
        return body if isinstance(body, OSError) else render_body(item, body, self.library)

    def _show(self, item: Item, body: Body | OSError) -> Shown | None:
        if isinstance(body, OSError):
            self.result.unread(item.path, reason_of(body))
            return None
        shown = show(item, self.library, body)
        self._titles[item.path] = shown.entry.title
        head = self.library.items.heads.get(item.path)
        if head is not None:
            self.adopt(showing_of(shown, self._key(head)))
        return shown


def leads(showing: Showing) -> str:
    """Return what stands for where the links and pictures of an item lead."""
    return hashed(part for pair in showing.referred for part in pair)
