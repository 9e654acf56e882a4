"""One walk over a body's tags: addresses, ids, headings, edges for typography.

It reads what nh3 or pyromark wrote, so tags are balanced and attributes quoted.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

from newsfeed.markup import attributes as forms
from newsfeed.markup.allowed import ITEM_NAME
from newsfeed.markup.attributes import ADDRESSES, anchor
from newsfeed.markup.body import MORE, Attribute, Ref, RefKind, Slot
from newsfeed.markup.positions import Places
from newsfeed.markup.tokens import ATTRIBUTES, INLINE, TAG, attribute, closing, name_of, squeeze
from newsfeed.markup.typography import BLOCK_EDGE, INLINE_EDGE

_BLOCKS = "p ul ol li table thead tbody tfoot tr td th dl dt dd br hr blockquote figure figcaption"
_WITH_ADDRESS = {"a", "img", "source", "track"}
_VERBATIM = frozenset({"code", "pre", "kbd", "samp", "var"})
_PLAIN = {
    f"<{slash}{name}>": INLINE_EDGE if name in INLINE and name != "br" else BLOCK_EDGE
    for name in {*INLINE, *_BLOCKS.split()} - _WITH_ADDRESS - _VERBATIM
    for slash in ("", "/")
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NAMES = {f"<{slash}{name}>": name for name in ("a", *_HEADINGS) for slash in ("", "/")}
_ELSEWHERE = ('<a href="https://', '<a href="http://')
_END: Slot = ("/a", ())
_ENDS = {"<a ": "</a>"} | {f"<{name}": f"</{name}>" for name in _HEADINGS}


class Walk:
    """What stands in ``source`` (texts and tags in turn), as `run` finds it.

    ``parts`` is ``source`` with a `Slot` where a tag holds addresses. ``edges`` holds a character
    a tag: whether it parts words; ``slots`` are the places of slots. ``verbatim`` are the texts that typography leaves alone; ``ids``
    maps each id to the name it was made from; ``headings`` are (start, end, level, text, line);
    ``undescribed`` the refs of pictures without a description; ``lost`` are (code, what, needles).
    ``inner`` says that some refs lead to the body's own parts, ``still`` that there is no picture, table or preformatted text.

    The texts may hold tags of paragraphs, lists and emphasis, as `tokens.COARSE` cuts them.
    """

    def __init__(
        self,
        source: list[str],
        *,
        prefix: str,
        places: Places,
        language: str,
        typeset: Callable[[str], str] | None,
    ) -> None:
        self.source = source
        self.parts: list[str | Slot] = list(source)
        self.edges: list[str | None] = []
        self.slots: list[int] = []
        self.verbatim: set[int] = set()
        self.refs: list[Ref] = []
        self.ids: dict[str, str] = {}
        self.headings: list[tuple[int, int, int, str, int]] = []
        self.undescribed: list[int] = []
        self.lost: list[tuple[str, str, tuple[str, ...]]] = []
        self._prefix = prefix
        self._places = places
        self._base = language.lower().partition("-")[0]
        self._typeset = typeset
        self.still = True
        self.inner = False
        self._links: list[str | Slot] = []
        self._opened: list[int] = []
        self._left_until = 0

    def run(self) -> None:
        """Walk. Most tags are plain and pass in one sweep; the loop sees the others."""
        source = self.source
        edges = self.edges = list(map(_PLAIN.get, source[1::2]))
        self.still = "<table>" not in source
        for place in [place for place, edge in enumerate(edges) if edge is None]:
            index = 2 * place + 1
            if edges[place] is not None:
                continue  # an end tag that its start tag took along
            tag = source[index]
            end = _ENDS.get(tag[:3])
            if end is not None and source[index + 2] == end and self._whole(index, tag):
                edges[place] = edges[place + 1] = INLINE_EDGE if end == "</a>" else BLOCK_EDGE
                continue
            name = _NAMES.get(tag) or name_of(tag)
            edges[place] = INLINE_EDGE if name in INLINE else BLOCK_EDGE
            if tag[1] == "/":
                self._end(index, name)
            else:
                self._start(index, name, tag)

    def _whole(self, index: int, tag: str) -> bool:
        """Pass over a link or a heading that holds no tag to look at: most of them, in one step."""
        if tag[1] == "h":
            if self._opened:
                return False
            self._heading(index, index + 2)
            return True
        url = tag[9:-2]
        if (
            not tag.startswith(_ELSEWHERE)
            or '"' in url
            or "&" in url
            or "%" in url
            or self._links
            or not self.source[index + 1].strip()
        ):
            return False
        self.parts[index] = ("a", (("href", len(self.refs)),))
        self.parts[index + 2] = _END
        self.slots += (index, index + 2)
        self.refs.append(Ref(url, "link", self._places.line_after(url)))
        return True

    def _start(self, index: int, name: str, tag: str) -> None:
        if name == "a":
            self._link(index, tag)
        elif name in _HEADINGS:
            # A heading in a heading is none.
            self.parts[index] = "" if self._opened else self.parts[index]
            self._opened.append(index)
        elif name == "img":
            self.still = False
            self._image(index, tag)
        elif name == "more":
            self._slot(index, MORE)
        else:
            self.still = self.still and name not in {"table", "pre"}
            if name in _VERBATIM:
                self._leave(index)
            if " " in tag or name in {"video", "audio", "source", "track"}:
                self._other(index, name, tag)

    def _end(self, index: int, name: str) -> None:
        if name == "a":
            end = self._links.pop()
            if isinstance(end, str):
                self.parts[index] = end
            else:
                self._slot(index, end)
        elif name in {"video", "audio"}:
            self._slot(index, (f"/{name}", ()))
        elif name in _HEADINGS:
            start = self._opened.pop()
            if self._opened:
                self.parts[index] = ""
            else:
                self._heading(start, index)

    def _slot(self, index: int, slot: Slot) -> None:
        self.parts[index] = slot
        self.slots.append(index)

    def _leave(self, index: int) -> None:
        """Keep typography away from what is inside an element."""
        if index >= self._left_until:
            self._left_until = closing(self.source, index)
            self.verbatim.update(range(index + 1, self._left_until, 2))

    def _other(self, index: int, name: str, tag: str) -> None:
        attributes = self._attributes(index, name, tag)
        if all(isinstance(each, str) for each in attributes) and name not in {"video", "audio"}:
            # The join is of strings alone, which mypy cannot see.
            self.parts[index] = f"<{name}{''.join(map(str, attributes))}>"
        else:
            self._slot(index, (name, attributes))

    def _link(self, index: int, tag: str) -> None:
        attributes = self._attributes(index, "a", tag)
        if not any(isinstance(each, tuple) for each in attributes):
            return self._not_a_link(index, attributes)
        if _END in self._links:
            return self._not_a_link(index, attributes)
        if self.source[index + 2] == "</a>" and not self.source[index + 1].strip():
            return self._not_a_link(index, ())
        self._slot(index, ("a", attributes))
        self._links.append(_END)
        return None

    def _not_a_link(self, index: int, attributes: tuple[Attribute, ...]) -> None:
        """Keep the text, and the id that others may lead to."""
        ids = "".join(a for a in attributes if isinstance(a, str) and a.startswith(" id="))
        if self.source[index] == "<a>":
            text = squeeze(unescape(self.source[index + 1]))
            needles = (f">{text}<", f"[{text}]", "javascript:", "data:", "file:", text)
            self.lost.append(("address-refused", text, needles))
        self.parts[index] = f"<span{ids}>" if ids else ""
        self._links.append("</span>" if ids else "")

    def _image(self, index: int, tag: str) -> None:
        said = len(self.lost)
        attributes = self._attributes(index, "img", tag)
        alt = next((a for a in attributes if isinstance(a, str) and a.startswith(" alt=")), None)
        number = next((a[1] for a in attributes if a[0] == "src" and isinstance(a[1], int)), None)
        if number is None:
            if said == len(self.lost):
                inlined = "data:" in self._places.text
                code = "picture-refused" if inlined else "picture-empty"
                self.lost.append((code, "data:", ('src="data:', "(data:", "<img")))
            self.parts[index] = alt[6:-1] if alt else ""
            return
        if alt is None or (alt == ' alt=""' and self._written_without(self.refs[number].url)):
            self.undescribed.append(number)
        self._slot(index, ("img", attributes if alt is not None else (*attributes, ' alt=""')))

    def _written_without(self, url: str) -> bool:
        """Tell whether a picture is written ``![](url)``, not ``<img alt="">``, which is meant."""
        text = self._places.text
        return any(f"![]({mark}{url}" in text for mark in ("", "<")) or f"![[{url}" in text

    def _heading(self, start: int, end: int) -> None:
        if end == start + 2 and "<" not in self.source[start + 1]:
            text = first = unescape(self.source[start + 1]).strip()
        else:
            inside = TAG.split("".join(self.source[start + 1 : end]))
            text = squeeze(unescape("".join(inside[::2])))
            first = unescape(inside[0]).strip() or text
        if not text:
            # A heading that holds a picture alone is called by what the picture shows.
            alts = [attribute(tag, "alt") or "" for tag in self.source[start + 2 : end : 2]]
            text = first = squeeze(unescape(" ".join(alts)))
        if not text:
            pictured = any(tag.startswith("<img") for tag in self.source[start + 2 : end : 2])
            self.parts[start], self.parts[end] = ("<p>", "</p>") if pictured else ("", "")
            return
        tag = self.source[start]
        level = _HEADINGS[tag[1:3]]
        attributes = "".join(map(str, self._attributes(start, tag[1:3], tag))) if " " in tag else ""
        if ' id="' not in attributes:
            attributes += self._id(text, again=True)
        self.parts[start] = attributes
        self.headings.append(
            (
                start,
                end,
                level,
                text,
                self._places.line_of((f"# {first[:32]}", f">{first[:32]}", first[:32])),
            )
        )

    def _attributes(self, index: int, name: str, tag: str) -> tuple[Attribute, ...]:
        """Return the attributes of a start tag, addresses as numbers of refs."""
        kept: list[Attribute] = []
        for key, value in ATTRIBUTES.findall(tag):
            kind = ADDRESSES.get((name, key))
            if kind is not None:
                number = self._address(unescape(value).strip(), kind)
                if number is not None:
                    kept.append((key, number))
            elif not forms.allowed(name, key):
                continue
            elif key == "srcset":
                found = [
                    (self._address(url, "image"), descriptor)
                    for url, descriptor in forms.candidates(unescape(value))
                ]
                kept.append((key, tuple((n, how) for n, how in found if n is not None)))
            else:
                kept.append(self._literal(index, name, key, value))
        return tuple(each for each in kept if each)

    def _literal(self, index: int, name: str, key: str, value: str) -> str:
        if key in {"id", "name"}:
            return self._id(unescape(value))
        if key == "headers":
            ids = " ".join(anchor(self._prefix, unescape(word)) for word in value.split())
            return f' headers="{ids}"' if ids else ""
        if key in {"alt", "title", "label"}:
            text = ITEM_NAME.sub(lambda name: unquote(name[1]), unescape(value))
            return f' {key}="{escape(self._typeset(text) if self._typeset else text)}"'
        if key == "lang" and value.lower().partition("-")[0] != self._base:
            self._leave(index)
        return forms.formed(name, key, value)

    def _id(self, name: str, *, again: bool = False) -> str:
        """Return the attribute for ``name``; ``again`` numbers a name that has been given."""
        final = wanted = anchor(self._prefix, name)
        number = 0
        while again and final in self.ids:
            number += 1
            final = f"{wanted}-{number}"
        if final in self.ids:
            return ""
        self.ids[final] = name if not number else f"{name} {number}"
        return f' id="{final}"'

    def _address(self, url: str, kind: RefKind) -> int | None:
        """Return the number of the new ref for ``url``, or None when it may not stand."""
        if not url:
            return None
        address = forms.meant(url, kind)
        if address.refused:
            code = address.refused
            if url.startswith("data:") and kind == "image":
                code = "picture-refused"
            self.lost.append((code, address.url[:80], address.needles))
            return None
        if not address.url:
            return None
        line = self._places.line_of(address.needles)
        self.refs.append(Ref(address.url, address.kind, line))
        self.inner = self.inner or address.url[0] == "#"
        return len(self.refs) - 1
