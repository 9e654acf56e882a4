"""The entries of one build: each item is rendered when an output first shows it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import astuple
from typing import Any

from newsfeed.build import notes
from newsfeed.build.grounds import Lost
from newsfeed.build.rows import made, problem_of, problem_row
from newsfeed.build.sheets import Sheet
from newsfeed.build.standing import Memory
from newsfeed.diagnostics import Diagnostic, diagnostic, reason_of
from newsfeed.markup import Body
from newsfeed.model import Asset, Entry, Image, Item
from newsfeed.site.entry import (
    Crossing,
    Found,
    Shown,
    Unrendered,
    find,
    image_of,
    read_body,
    render_body,
    show,
    summary_of,
    title_of,
)
from newsfeed.site.library import Library

_KEPT = 500
_AT_HAND = 1 << 20
"""How many characters of bodies are held before they are rendered, give or take a body."""


class Entries:
    """Renders items on demand, remembers the last of them, and gathers assets and problems.

    With a ``memory`` it also tells what an item that nobody renders would have shown. ``kept`` is
    how many items stay rendered. ``unread`` says that some article could not be read any more.
    """

    def __init__(
        self,
        library: Library,
        problems: list[Diagnostic],
        memory: Memory | None = None,
        kept: int = _KEPT,
    ) -> None:
        self._library = library
        self._memory = memory
        self._found: dict[str, Found] = {}
        self._made_of: dict[str, str | None] = {}
        self._names: dict[str, str | None] = {}
        self._asleep: set[str] = set()
        self._trusted: Set[str] | None = None
        self._noted: dict[str, str] = {}
        self.problems = problems
        self.unread = False
        self._kept: OrderedDict[str, Shown | None] = OrderedDict()
        self._most = kept
        self._said: dict[str, tuple[Sequence[Diagnostic], Sequence[Crossing]]] = {}
        self._summaries: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._anchors: dict[str, frozenset[str]] = {}
        self._crossings: list[tuple[str, Crossing]] = []
        self.assets: set[Asset] = set()

    def of(self, items: Iterable[Item]) -> tuple[Entry, ...]:
        """Return the entries of ``items``, without those whose file has become unreadable."""
        return tuple([shown.entry for shown in self.all_shown(tuple(items)) if shown is not None])

    def one(self, item: Item) -> Entry | None:
        """Return the entry of ``item``, or None with a diagnostic where it cannot be read."""
        shown = self.shown(item)
        return shown.entry if shown is not None else None

    def shown(self, item: Item) -> Shown | None:
        """Return ``item`` as outputs show it, None where it cannot be read."""
        return self.all_shown((item,))[0]

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

    def adopt(self, sheet: Sheet) -> None:
        """Gather what another process met as it made the page of an item."""
        path = sheet.path
        if sheet.data is None:
            self.unread = True
            self.problems.extend(sheet.said())
            return
        if path not in self._said:
            self._say(path, sheet.said(), sheet.shown_crossings())
        self._asleep.add(path)
        self._summaries[path] = sheet.summary
        self.assets.update(sheet.shown_assets())
        self._noted[path] = sheet.note
        self._remember(path, sheet.note, plain=sheet.plain)

    def _say(
        self, path: str, problems: Sequence[Diagnostic], crossings: Sequence[Crossing]
    ) -> None:
        self._said[path] = (problems, crossings)
        self.problems.extend(problems)
        self._crossings += [(path, crossing) for crossing in crossings]

    def told(self) -> dict[str, Any]:
        """Return what showing each item told, as plain values, by path: its problems, its crossings."""
        return {
            path: [[problem_row(each) for each in problems], [astuple(each) for each in crossings]]
            for path, (problems, crossings) in self._said.items()
            if problems or crossings
        }

    def seen(self) -> list[str]:
        """Return the paths of the items that were shown."""
        return sorted(self._said)

    def trust(self, told: Mapping[str, Any], seen: Set[str]) -> None:
        """Gather what outputs that stand have told, which show the items that were ``seen``."""
        self._trusted = seen
        for path, (problems, crossings) in told.items():
            if self._memory is None or path not in self._memory.edited:
                met = [made(Crossing, each) for each in crossings]
                self._say(path, list(map(problem_of, problems)), met)

    def is_contained(self, path: str, former: str) -> bool:
        """Say whether an edited article shows the same files as it did with the content ``former``.

        True for one that nobody showed.
        """
        if self._memory is None or path not in self._said:
            return True
        texts = (self._memory.whole_note(path, former), self._memory.whole_note(path))
        before, after = (notes.load(text or "") for text in texts)
        if before is None or after is None:
            return False
        item = self._library.items[path]
        shown = (set(find(item, note, self._library).assets) for note in (before, after))
        return next(shown) == next(shown)

    def _remember(self, path: str, note: str, *, plain: bool) -> None:
        if self._memory is not None and self._memory.note(path) is None:
            self._memory.add_note(path, note, plain=plain)
            self._made_of.pop(path, None)

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

    def named(self, item: Item) -> str | None:
        """Return a text that stands for what ``item`` says of itself, None where that is unknown."""
        if item.path not in self._names:
            digest = self._memory.digest(item.path) if self._memory is not None else ""
            name = f"{digest} {item.id} {item.url} {item.page}" if digest else None
            self._names[item.path] = name
        return self._names[item.path]

    def made_of(self, item: Item) -> str | None:
        """Return a text that stands for all that shows ``item``, None where that is unknown."""
        if item.path not in self._made_of:
            self._made_of[item.path] = self._parts(item)
        return self._made_of[item.path]

    def all_made_of(self, items: Iterable[Item]) -> list[str | None]:
        """Return what `made_of` says of each of ``items``."""
        known = self._made_of
        return [known[item.path] if item.path in known else self.made_of(item) for item in items]

    def shows_body(self, item: Item) -> bool:
        """Say whether the body of ``item`` is rendered: for its page, or to sum it up in lists."""
        return bool(item.page) or not summary_of(item, self._library.config)

    def recall(self, item: Item) -> None:
        """Gather the assets and problems of ``item``, of which all stands, as if it were shown."""
        if item.path in self._said:
            return
        self._asleep.add(item.path)
        found = self._found.get(item.path)
        if found is None:
            self._said[item.path] = ((), ())
        else:
            self.assets.update(found.assets)
            self._say(item.path, found.problems, found.crossings)

    def _parts(self, item: Item) -> str | None:
        name = self.named(item)
        if name is None or self._memory is None:
            return None
        if not self.shows_body(item):
            # A list shows its picture.
            image = self.image(item)
            return f"{name} {image} {self._library.candidates(image.src) if image else ''}"
        text = self._memory.note(item.path)
        if not text:
            return None if text is None else name
        note = notes.load(text)
        if note is None:
            return None
        found = find(item, note, self._library)
        self._found[item.path] = found
        return f"{name} {found.leads}"

    def _anchors_of(self, path: str) -> frozenset[str] | None:
        """Return the ids in the body of an item that was shown, or whose page stands."""
        asleep = self._asleep if self._trusted is None else self._trusted
        if path not in self._anchors and path in asleep:
            text = self._noted.get(path)
            if text is None and self._memory is not None:
                text = self._memory.whole_note(path)
            note = notes.load(text or "")
            if note is None:
                if self._trusted is not None:
                    raise Lost
                self.one(self._library.items[path])
            else:
                self._anchors[path] = frozenset(note.anchors)
        return self._anchors.get(path)

    def dead_ends(self, published: Callable[[str], bool]) -> list[Diagnostic]:
        """Return what leads to a place that another article does not have, or to no page.

        ``published`` says which pages there are, by their path below the site's address.
        """
        found = []
        for path, crossing in tuple(self._crossings):
            if not crossing.path:
                code = "" if published(crossing.page) else "link-dead"
            else:
                anchors = self._anchors_of(crossing.path)
                known = anchors is None or crossing.anchor in anchors
                code = "" if known else "anchor-dead"
            if code:
                found.append(diagnostic(code, path, crossing.line, url=crossing.written))
        return found

    def _read(self, item: Item) -> Unrendered | OSError:
        try:
            return read_body(item, self._library)
        except OSError as error:
            return error

    def _render(self, item: Item, body: Unrendered | OSError) -> Body | OSError:
        return body if isinstance(body, OSError) else render_body(item, body, self._library)

    def _show(self, item: Item, body: Body | OSError) -> Shown | None:
        if isinstance(body, OSError):
            problem = diagnostic("file-unreadable", item.path, reason=reason_of(body))
            self.problems.append(problem)
            self.unread = True
            return None
        shown = show(item, self._library, body)
        self.assets.update(shown.assets)
        self._summaries[item.path] = shown.entry.summary
        self._titles[item.path] = shown.entry.title
        if self._memory is not None:
            self._remember(item.path, notes.dump(shown.note), plain=shown.note.plain)
        if item.path not in self._anchors:
            self._anchors[item.path] = frozenset(shown.anchors)
        if item.path not in self._said:
            self._say(item.path, shown.problems, shown.crossings)
        return shown
