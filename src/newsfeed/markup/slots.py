"""HTML with holes where addresses go, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

from newsfeed.markup.allowed import may_lead
from newsfeed.markup.tags import attribute

RefKind = Literal["link", "image", "media", "item"]


class Hole(msgspec.Struct, frozen=True, gc=False):
    """An attribute whose value is the address of the reference number ``ref``."""

    name: str
    ref: int


class Candidates(msgspec.Struct, frozen=True, gc=False):
    """The attribute ``srcset``: numbers of references and descriptors (HTML, srcset attributes)."""

    pairs: tuple[tuple[int, str], ...]


Attribute = str | Hole | Candidates


class Slot(msgspec.Struct, frozen=True, gc=False):
    """A tag that holds addresses, or ends an element whose start tag does.

    Attributes without an address are HTML, with a space before. An end tag, ``/a``, is silent where
    its start tag was dead.
    """

    tag: str
    attributes: tuple[Attribute, ...] = ()


TO_THE_TOP = frozenset(("#", "#top"))
"""What leads to the top of any page (HTML, scrolling to a fragment)."""
END = Slot("/a")
MORE = Slot("more")
"""Where the author ends the excerpt."""


class Ref(msgspec.Struct, frozen=True, gc=False):
    """An address in a body.

    ``url`` is as written; for an ``item`` it is what names the article (a path, a stem, a slug or a
    title, perhaps with ``#fragment``), where a leading ``/`` means the folder of all articles. A
    link within the body has the form ``#id`` and its id is one of `Body.anchors`. ``line`` is the
    file's.
    """

    url: str
    kind: RefKind
    line: int


class Resolved(msgspec.Struct, frozen=True, gc=False):
    """Where a `Ref` leads: an absolute address, and a picture's size in pixels if it is known."""

    url: str
    width: int | None = None
    height: int | None = None


Resolve = Callable[[Ref], Resolved | None]

_PAIRED = frozenset({"a", "video", "audio"})
_NEEDED = {"a": "href", "img": "src", "track": "src", "video": "src", "audio": "src"}


def filled(
    segments: tuple[str, ...],
    slots: Iterable[Slot],
    refs: tuple[Ref, ...],
    anchors: tuple[str, ...],
    resolve: Resolve,
) -> str:
    """Return the HTML of ``segments`` with ``slots`` between them, addresses as ``resolve`` has them.

    A link to a part of the body that is none of ``anchors`` is dead.
    """
    tags = _Tags(refs, anchors, resolve)
    pieces = [segments[0]]
    alive: list[bool] = []
    for number, slot in enumerate(slots, 1):
        name = slot.tag
        if name[0] == "/":
            if alive.pop():
                pieces.append(f"<{name}>")
        elif name != MORE.tag:
            tag = tags.start(slot)
            if name in _PAIRED:
                alive.append(tag is not None)
            pieces.append(_alternative(slot) if tag is None else tag)
        pieces.append(segments[number])
    return "".join(pieces)


class _Tags:
    """Writes the tags of slots."""

    def __init__(self, refs: tuple[Ref, ...], anchors: tuple[str, ...], resolve: Resolve) -> None:
        self._refs = refs
        self._anchors = anchors
        self._leads: frozenset[str] = TO_THE_TOP
        self._resolve = resolve

    def start(self, slot: Slot) -> str | None:
        """Return the start tag of ``slot``, or None when the address it needs is dead."""
        name = slot.tag
        written = [f"<{name}"]
        held = 0
        for each in slot.attributes:
            if isinstance(each, str):
                written.append(each)
                continue
            if isinstance(each, Candidates):
                text = self._srcset(each)
            else:
                found = self._address(each.ref)
                if found is None and _NEEDED.get(name) == each.name:
                    return None
                text = None if found is None else f' {each.name}="{_escape(found.url)}"'
                if found is not None and found.width and found.height and _lacks_size(slot, each):
                    written.append(f' width="{found.width}" height="{found.height}"')
            if text is not None:
                held += 1
                written.append(text)
        if name == "source" and not held:
            return None
        return "".join(written) + ">"

    def _address(self, number: int) -> Resolved | None:
        """Return where a reference leads; no address that runs code, whatever the resolver says."""
        ref = self._refs[number]
        if ref.url[0] == "#" and not self._is_here(ref.url):
            return None
        found = self._resolve(ref)
        if found is None or found.url.startswith("http") or may_lead(found.url):
            return found
        return None

    def _is_here(self, url: str) -> bool:
        """Tell whether a link to a part of the body leads somewhere."""
        if self._anchors and self._leads is TO_THE_TOP:
            self._leads = TO_THE_TOP | {f"#{name}" for name in self._anchors}
        return url in self._leads

    def _srcset(self, candidates: Candidates) -> str | None:
        found = [(self._address(number), descriptor) for number, descriptor in candidates.pairs]
        # A space or a comma at an address's end would end the candidate (HTML, srcset attributes).
        texts = [
            f"{to.url.replace(' ', '%20').replace(',', '%2C')} {descriptor}".rstrip()
            for to, descriptor in found
            if to is not None
        ]
        return f' srcset="{_escape(", ".join(texts))}"' if texts else None


def _lacks_size(slot: Slot, hole: Hole) -> bool:
    """Tell whether a picture's size may stand beside ``hole``."""
    return (
        slot.tag == "img"
        and hole.name == "src"
        and not any(
            isinstance(a, str) and a.startswith((" width=", " height=")) for a in slot.attributes
        )
    )


def _alternative(slot: Slot) -> str:
    """Return what stands for a picture that is not there: its alternative text, escaped."""
    literal = "".join(a for a in slot.attributes if isinstance(a, str))
    return (attribute(literal, "alt") or "") if slot.tag == "img" else ""


def _escape(url: str) -> str:
    return (
        url.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    )
