"""What showing an item told: remembered, so that an item of which all stands is not rendered again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec import msgpack as wire

from newsfeed.build.cache import Cache
from newsfeed.build.result import Result
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Asset, Head
from newsfeed.site.library import UNPROVEN, Crossing, Library


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


encode_told = wire.Encoder().encode
_decode_told = wire.Decoder(Told).decode


def key_of(head: Head) -> str:
    """Return what stands for what an article says of itself, and where it is.

    Its language and categories may come from folders, which its own bytes do not tell of.
    """
    said = f"{head.digest} {head.id} {head.url} {head.page} {head.language}"
    return f"{said} {head.categories}" if head.categories else said


class Showings:
    """What showing each item told, in this build or, as ``cache`` has it, in an earlier one.

    ``assets`` are the files that items show, of which outputs were made or stand.
    """

    def __init__(self, library: Library, result: Result, cache: Cache | None = None) -> None:
        self.library = library
        self.result = result
        self.assets: set[Asset] = set()
        self._step = cache.step("showing", Showing) if cache is not None else None
        self._remembered: Mapping[str, Showing] = self._step.values if self._step else {}
        if self._step is not None:
            self._step.keep(library.items.heads.keys())
        self._known: dict[str, Showing | None] = {}
        self._told: set[str] = set()
        self._crossings: list[tuple[str, Crossing]] = []

    def known(self, path: str) -> Showing | None:
        """Return what showing an item gave, None where that is unknown or may have changed."""
        if path not in self._known:
            head = self.library.items.heads.get(path)
            self._known[path] = self._still_valid(head) if head is not None else None
        return self._known[path]

    def _still_valid(self, head: Head) -> Showing | None:
        known = self._remembered.get(head.path)
        if known is None or known.key != key_of(head):
            return None
        answer = self.library.answer
        for question, said in known.referred:
            if said == UNPROVEN or answer(question) != said:
                return None
        return known

    def told(self, path: str) -> Told | None:
        """Return what showing an item told, None where that is unknown."""
        known = self.known(path)
        return _decode_told(known.told) if known is not None else None

    def made_of(self, head: Head) -> str | None:
        """Return what stands for all that shows an item, None where that is unknown or unproven."""
        path = head.path
        known = self._known[path] if path in self._known else self.known(path)
        if known is None or not head.digest:
            return None
        if not known.referred:
            return known.key
        if any(said == UNPROVEN for _, said in known.referred):
            return None
        return f"{known.key} {known.referred}"

    def adopt(self, showing: Showing) -> None:
        """Remember what showing an item gave, and gather what it told."""
        path = showing.path
        self._known[path] = showing
        if self._step is not None and self._remembered.get(path) != showing:
            self._step.put(showing)
        self.recall(path)

    def recall(self, path: str) -> None:
        """Gather what showing an item told: an output was made of it, or stands."""
        if path in self._told:
            return
        self._told.add(path)
        known = self.known(path)
        if known is None or known.quiet:
            return
        told = _decode_told(known.told)
        self.result.problems += told.problems
        self.assets.update(told.assets)
        self._crossings += [(path, crossing) for crossing in told.crossings]

    def dead_ends(self, published: Callable[[str], bool]) -> list[Diagnostic]:
        """Return what leads to a place that another article does not have, or to no page.

        ``published`` says which pages there are, by their path below the site's address.
        """
        found = []
        for path, crossing in self._crossings:
            if not crossing.path:
                code = "" if published(crossing.page) else "link-dead"
            else:
                told = self.told(crossing.path) if crossing.path in self._told else None
                code = "" if told is None or crossing.anchor in told.anchors else "anchor-dead"
            if code:
                found.append(diagnostic(code, path, *crossing.place, url=crossing.written))
        return found
