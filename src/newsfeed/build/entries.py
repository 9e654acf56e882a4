"""The entries of one build: each item is rendered when an output first shows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from newsfeed.addresses import Library
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.entries import Crossing, Shown, image_of, render_body, show, summary_of, title_of
from newsfeed.model import Asset, Entry, Image, Item

_KEPT = 500


class Entries:
    """Renders items on demand, remembers the last of them, and gathers assets and problems."""

    def __init__(self, library: Library, problems: list[Diagnostic]) -> None:
        self._library = library
        self._problems = problems
        self._kept: OrderedDict[str, Shown | None] = OrderedDict()
        self._said: set[str] = set()
        self._summaries: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._crossings: list[tuple[str, Crossing]] = []
        self.assets: set[Asset] = set()

    def of(self, items: Iterable[Item]) -> tuple[Entry, ...]:
        """Return the entries of ``items``, without those whose file has become unreadable."""
        return tuple(entry for entry in map(self.one, items) if entry is not None)

    def one(self, item: Item) -> Entry | None:
        """Return the entry of ``item``, or None with a diagnostic where it cannot be read."""
        if item.path not in self._kept:
            self._kept[item.path] = self._show(item)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(item.path)
        shown = self._kept[item.path]
        return shown.entry if shown is not None else None

    def title(self, item: Item) -> str:
        """Return the title of ``item`` as it is printed."""
        if item.path not in self._titles:
            self._titles[item.path] = title_of(item, self._library.config)
        return self._titles[item.path]

    def summary(self, item: Item) -> str:
        """Return the summary of ``item``; its body is rendered where the author wrote none."""
        if item.path not in self._summaries:
            written = summary_of(item, self._library.config)
            entry = None if written else self.one(item)
            self._summaries[item.path] = written or (entry.summary if entry else "")
        return self._summaries[item.path]

    def image(self, item: Item) -> Image | None:
        """Return the picture of ``item`` with its address and sizes."""
        image, assets = image_of(item, self._library)
        self.assets.update(assets)
        return image

    def dead_anchors(self) -> list[Diagnostic]:
        """Return what leads to a place that the other article, if it was shown, does not have."""
        return [
            diagnostic("anchor-dead", path, crossing.line, url=crossing.written)
            for path, crossing in self._crossings
            if crossing.anchor not in self._anchors.get(crossing.path, {crossing.anchor})
        ]

    def _show(self, item: Item) -> Shown | None:
        try:
            shown = show(item, self._library, render_body)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._problems.append(diagnostic("file-unreadable", item.path, reason=reason))
            return None
        self.assets.update(shown.assets)
        self._summaries[item.path] = shown.entry.summary
        if item.path not in self._said:
            self._said.add(item.path)
            self._problems.extend(shown.problems)
            self._anchors[item.path] = frozenset(shown.anchors)
            self._crossings += [(item.path, crossing) for crossing in shown.crossings]
        return shown
