"""HTML with holes where addresses go, and how they are filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from newsfeed.markup.elements.allowed import may_lead
from newsfeed.markup.elements.tags import attribute
from newsfeed.markup.positions import Place, Places

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
    link within the body has the form ``#id`` and its id is one of `Body.anchors`. Its place is the
    answer of ``places`` to the question ``asked``.
    """

    url: str
    kind: RefKind
    places: Places
    asked: int

    @property
    def place(self) -> Place:
        """The file's line and column in which it stands."""
        return self.places.answer(self.asked)


class Resolved(msgspec.Struct, frozen=True, gc=False):
    """Where a `Ref` leads: an absolute address, and a picture's size in pixels if it is known."""

    url: str
    width: int | None = None
    height: int | None = None


Resolve = Callable[[Ref], Resolved | None]

_PAIRED = frozenset({"a", "video", "audio"})
_NEEDED = {"a": "href", "img": "src", "track": "src", "video": "src", "audio": "src"}


def filled(
    segments: Sequence[str],
    slots: Sequence[Slot],
    refs: Sequence[Ref],
    anchors: Sequence[str],
    resolve: Resolve,
) -> str:
    """Return the HTML of ``segments`` with ``slots`` between them, addresses as ``resolve`` has them.

    A link to a part of the body that is none of ``anchors`` is dead.
    """
    tags = _Tags(refs, anchors, resolve)
    pieces = [segments[0]]
    alive: list[bool] = []
    for number, slot in enumerate(slots, 1):
        # A player without an attribute plays what its first source names.
        plays = slot.tag in _PAIRED and slots[number : number + 1] and slots[number].tag == "source"
        if slot.attributes or plays:
            tag = tags.start(slot)
            if slot.tag in _PAIRED:
                alive.append(tag is not None)
            pieces.append(_alternative(slot) if tag is None else tag)
        elif slot.tag in _PAIRED:
            alive.append(False)
        elif slot.tag[0] == "/" and alive.pop():
            pieces.append(f"<{slot.tag}>")
        pieces.append(segments[number])
    return "".join(pieces)


class _Tags:
    """Writes the tags of slots."""

    def __init__(self, refs: Sequence[Ref], anchors: Sequence[str], resolve: Resolve) -> None:
        self._refs = refs
        self._resolve = resolve
        self._anchors = anchors
        self._leads: frozenset[str] | None = None

    def start(self, slot: Slot) -> str | None:
        """Return the start tag of ``slot``, or None when the address it needs is dead."""
        name = slot.tag
        written = f"<{name}"
        is_dead = name == "source"
        for each in slot.attributes:
            if isinstance(each, Hole):
                text = self._attribute(slot, each)
                if text is None and _NEEDED.get(name) == each.name:
                    return None
            elif isinstance(each, Candidates):
                text = self._srcset(each)
            else:
                written += each
                continue
            if text is not None:
                is_dead = False
                written += text
        return None if is_dead else written + ">"

    def _attribute(self, slot: Slot, hole: Hole) -> str | None:
        found = self._address(hole.ref)
        if found is None:
            return None
        size = ""
        if found.width and found.height and hole.name == "src" and _lacks_size(slot):
            size = f' width="{found.width}" height="{found.height}"'
        return f'{size} {hole.name}="{_escape(found.url)}"'

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
        if self._leads is None:
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


def _lacks_size(slot: Slot) -> bool:
    """Tell whether a picture has no size of its own."""
    return slot.tag == "img" and not any(
        isinstance(a, str) and a.startswith((" width=", " height=")) for a in slot.attributes
    )


def _alternative(slot: Slot) -> str:
    """Return what stands for a picture that is not there: its alternative text, escaped."""
    literal = "".join(a for a in slot.attributes if isinstance(a, str))
    return (attribute(literal, "alt") or "") if slot.tag == "img" else ""


def _escape(url: str) -> str:
    return (
        url.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    )
