"""What a rendered body is: HTML with holes where addresses go, and what it holds.

A `Body` is made of strings, numbers and tuples, so that it can be cached and sent between
processes (`Body.pack`, `Body.unpack`) and its addresses resolved afterwards, at little cost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any, Literal, NamedTuple

from newsfeed.diagnostics import Diagnostic, Edit
from newsfeed.markup.allowed import may_lead
from newsfeed.markup.excerpt import excerpt, first_paragraph, first_words, marked_excerpt
from newsfeed.markup.tokens import attribute, text_of
from newsfeed.markup.typography import THIN, WIDE

RefKind = Literal["link", "image", "media", "item"]

# A hole in the HTML: a tag and its attributes. An attribute is a literal string, a (name, ref)
# pair, or a ("srcset", ((ref, descriptor), ...)) pair. An end tag, "/a", is silent when its start
# tag was dead.
Attribute = str | tuple[str, int | tuple[tuple[int, str], ...]]
Slot = tuple[str, tuple[Attribute, ...]]

TO_THE_TOP = frozenset(("#", "#top"))
"""What leads to the top of any page (HTML, scrolling to a fragment)."""
MORE: Slot = ("more", ())
_OPENING = 8000


class Ref(NamedTuple):
    """An address in a body. A tuple and not a dataclass: a build makes some ten of them an article.

    ``url`` is as written; for an ``item`` it is what names the article (a path, a stem, a slug or a
    title, perhaps with ``#fragment``), where a leading ``/`` means the folder of all articles. A
    link within the body has the form ``#id`` and its id is one of `Body.anchors`. ``line`` is the
    file's.
    """

    url: str
    kind: RefKind
    line: int


class Resolved(NamedTuple):
    """Where a `Ref` leads: an absolute address, and a picture's size in pixels if it is known."""

    url: str
    width: int | None = None
    height: int | None = None


Resolve = Callable[[Ref], Resolved | None]


class Body(NamedTuple):
    """An article's body: safe HTML whose addresses are still open.

    ``headings`` are (level as written, text, line); ``images_without_alt`` are lines; ``anchors``
    the ids in the HTML, prefixed; ``h1`` the text of the first heading of level 1. ``problems``
    point into the file. ``prose`` is the text with edges where tags stand, or the tags themselves.
    ``still`` says that there is no picture, table or preformatted text.
    """

    segments: tuple[str, ...]
    slots: tuple[Slot, ...]
    refs: tuple[Ref, ...] = ()
    anchors: tuple[str, ...] = ()
    headings: tuple[tuple[int, str, int], ...] = ()
    images_without_alt: tuple[int, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    prose: str = ""
    h1: str | None = None
    leading_h1: bool = False
    still: bool = False

    @property
    def words(self) -> int:
        """How many words the body has."""
        text = self.prose
        # A non-breaking space parts no words: it keeps punctuation and figures together.
        return len(text.split()) - len(_BARE.findall(text)) - text.count(WIDE) - text.count(THIN)

    def html(self, resolve: Resolve, *, title: str | None = None) -> str:
        """Return the whole body with every address as ``resolve`` gives it.

        What ``resolve`` answers ``None`` for loses its address: a link becomes its text, a picture
        its alternative text. A first heading of level 1 that says the same as ``title`` is left
        out, since what shows the body shows the title above it.
        """
        pieces = self._pieces(resolve, len(self.slots))
        html = "".join(pieces)
        if title is not None and self.leading_h1 and self.h1 and _alike(title, self.h1):
            html = html.partition("</h2>")[2].lstrip()
        return html

    def excerpt(self, resolve: Resolve) -> str:
        """Return the HTML up to the author's marker, otherwise the first one or two paragraphs.

        Without pictures, headings, ids, footnote marks, and (but for a marker) tables and code.
        """
        if MORE in self.slots:
            return marked_excerpt("".join(self._pieces(resolve, self.slots.index(MORE))))
        for number, segment in enumerate(self.segments):
            if "</p>" in segment:
                first = first_paragraph("".join(self._pieces(resolve, number)))
                if first:
                    return first
                break
        end = self._opening()
        found = excerpt("".join(self._pieces(resolve, end)))
        if found or end == len(self.slots):
            return found
        return excerpt("".join(self._pieces(resolve, len(self.slots))))

    def _opening(self) -> int:
        """Return the number of slots that surely hold the first paragraphs."""
        length = 0
        for number, segment in enumerate(self.segments):
            length += len(segment)
            if length > _OPENING:
                return number
        return len(self.slots)

    @property
    def summary(self) -> str:
        """The first 200 to 300 characters as plain text, cut where a sentence or a word ends."""
        return first_words(text_of(self.excerpt(_nowhere)))

    @property
    def first_image(self) -> Ref | None:
        return next((ref for ref in self.refs if ref.kind == "image"), None)

    def pack(self) -> tuple[Any, ...]:
        """Return the body as nested tuples of strings and numbers: for marshal or JSON."""
        problems = tuple(
            (
                p.code,
                p.path,
                p.line,
                p.column,
                p.values,
                tuple((e.start, e.end, e.text) for e in p.fix),
            )
            for p in self.problems
        )
        refs = tuple(map(tuple, self.refs))
        return (
            self.segments, self.slots, refs, self.anchors, self.headings,
            self.images_without_alt, problems, self.prose, self.h1, self.leading_h1, self.still,
        )  # fmt: skip

    @staticmethod
    def unpack(packed: Sequence[Any]) -> Body:
        """Return the body that `pack` packed; lists may stand for tuples."""
        (
            segments, slots, refs, anchors, headings, images, problems, prose, h1, leading, still,
        ) = _tuples(packed)  # fmt: skip
        return Body(
            segments=segments,
            slots=slots,
            refs=tuple(Ref(*ref) for ref in refs),
            anchors=anchors,
            headings=headings,
            images_without_alt=images,
            problems=tuple(
                Diagnostic(
                    code=code,
                    path=path,
                    line=line,
                    column=column,
                    values=values,
                    fix=tuple(Edit(start=start, end=end, text=text) for start, end, text in fix),
                )
                for code, path, line, column, values, fix in problems
            ),
            prose=prose,
            h1=h1,
            leading_h1=leading,
            still=still,
        )

    def _pieces(self, resolve: Resolve, end: int) -> list[str]:
        """Return the HTML in pieces up to the slot number ``end``."""
        refs = self.refs
        alive: list[bool] = []
        pieces = [self.segments[0]]
        for slot, segment in zip(self.slots[:end], self.segments[1 : end + 1], strict=True):
            name = slot[0]
            if name[0] == "/":
                if alive.pop():
                    pieces.append(f"<{name}>")
            elif name != "more":
                if name == "a" and len(slot[1]) == 1:
                    tag = self._link(slot[1][0], resolve)
                else:
                    tag = _start(slot, refs, resolve, self.anchors)
                if name in _PAIRED:
                    alive.append(tag is not None)
                pieces.append(_alternative(slot) if tag is None else tag)
            pieces.append(segment)
        return pieces

    def _link(self, href: Attribute, resolve: Resolve) -> str | None:
        """Return what `_start` does of a link that has no attributes but its address."""
        ref = self.refs[href[1]]  # type: ignore[index]
        if ref.url[0] == "#":
            return _start(("a", (href,)), self.refs, resolve, self.anchors)
        found = _allowed(resolve(ref))
        return None if found is None else f'<a href="{_escape(found.url)}">'


# Tags that stand alone, as those of lists do: no word.
_BARE = re.compile(r"<(?<!\S<)[^>]*>(?:<[^>]*>)*(?!\S)")
_PAIRED = frozenset({"a", "video", "audio"})
_NEEDED = {"a": "href", "img": "src", "track": "src", "video": "src", "audio": "src"}


def _start(
    slot: Slot, refs: tuple[Ref, ...], resolve: Resolve, anchors: tuple[str, ...]
) -> str | None:
    """Return the start tag of ``slot``, or None when the address it needs is dead.

    A link to a part of the body that is none of ``anchors`` is dead.
    """
    tag, attributes = slot
    written = [f"<{tag}"]
    sized = tag != "img" or any(
        isinstance(a, str) and a.startswith((" width=", " height=")) for a in attributes
    )
    held = 0
    for attribute_ in attributes:
        if isinstance(attribute_, str):
            written.append(attribute_)
            continue
        name, value = attribute_
        if isinstance(value, tuple):
            text = _srcset(value, refs, resolve)
        else:
            ref = refs[value]
            lost = ref.url[0] == "#" and ref.url[1:] not in anchors and ref.url not in TO_THE_TOP
            found = None if lost else _allowed(resolve(ref))
            text = None if found is None else found.url
            if found is not None and not sized and name == "src" and found.width and found.height:
                written.append(f' width="{found.width}" height="{found.height}"')
        if text is None:
            if _NEEDED.get(tag) == name:
                return None
            continue
        held += 1
        written.append(f' {name}="{_escape(text)}"')
    if tag == "source" and not held:
        return None
    return "".join(written) + ">"


def _srcset(
    candidates: tuple[tuple[int, str], ...], refs: tuple[Ref, ...], resolve: Resolve
) -> str | None:
    found = [(_allowed(resolve(refs[ref])), descriptor) for ref, descriptor in candidates]
    # A space or a comma at an address's end would end the candidate (HTML, srcset attributes).
    texts = [
        f"{to.url.replace(' ', '%20').replace(',', '%2C')} {descriptor}".rstrip()
        for to, descriptor in found
        if to is not None
    ]
    return ", ".join(texts) or None


def _allowed(found: Resolved | None) -> Resolved | None:
    """Refuse what a resolver may have taken over from an article: an address that runs code."""
    if found is None or found.url.startswith("http") or may_lead(found.url):
        return found
    return None


def _alternative(slot: Slot) -> str:
    """Return what stands for a picture that is not there: its alternative text, escaped."""
    literal = "".join(a for a in slot[1] if isinstance(a, str))
    return (attribute(literal, "alt") or "") if slot[0] == "img" else ""


def _escape(url: str) -> str:
    return (
        url.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    )


def _nowhere(_: Ref) -> Resolved | None:
    return None


def _alike(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unescape(text)).casefold()


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, (list, tuple)) else value
