"""Safe HTML is cut at the tags that need a look, and each of them is looked at once.

What is cut is well-formed and has its attributes quoted. Most tags are block-level and bare, as
``<p>`` and ``</li>``: they stay inside the texts, which are copied whole. On real bodies this costs
a half to a seventh of a tree that is parsed, visited and serialised (lexbor, lxml).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import msgspec

from newsfeed.markup.address_slots import END, MORE, Attribute, Hole, Slot
from newsfeed.markup.elements.tags import INLINE, TAG, attribute, squeeze
from newsfeed.markup.references import Loss, References
from newsfeed.markup.typography import BLOCK_EDGE, CODE, INLINE_EDGE
from newsfeed.text.regex import regex

_LOOK = regex(
    r"(<(?!/?(?:p|li|[uod]l|t[rdh]|d[td]|br|hr|div|blockquote|thead|tbody|tfoot|caption|figure"
    r"|figcaption|section|aside|details|summary|header|footer|colgroup|col)>)"
    # A bare element of code that holds text alone is one piece, as is a formula, and has no name.
    r"(?:code>[^<]*</code>|math[ >].*?</math>|(/?[a-z0-9]+)[^>]*>))",
    re.S,
)
_VERBATIM = ("code", "pre", "kbd", "samp", "var")
_PLAYERS = ("video", "audio")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class _Edges(dict[str | None, str]):
    """Whether a tag parts words, by its name as `_LOOK` finds it."""

    def __missing__(self, name: str | None) -> str:
        return BLOCK_EDGE


_EDGES = _Edges(
    {f"{slash}{name}": INLINE_EDGE for name in {*INLINE, "foreign"} - {"br"} for slash in ("", "/")}
)
_EDGES[None] = CODE


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A heading between the tags ``start`` and ``end``; ``level`` as written, ``asked`` for its line."""

    start: int
    end: int
    level: int
    text: str
    asked: int


class Rewrite:
    """The texts of ``html`` and the tags between them, as they are to be.

    A tag is HTML, or a `Slot` where it holds addresses; the tag ``n`` stands before the text
    ``n + 1``. ``edges`` says of each tag whether it parts words; ``verbatim`` are the texts that
    typography leaves alone; ``headings`` have their attributes for tags until their level is known;
    ``undescribed`` are the references of pictures without a description.
    """

    def __init__(self, html: str, references: References) -> None:
        pieces = _LOOK.split(html)
        self.texts: list[str] = pieces[::3]
        self.tags: list[str | Slot] = list(pieces[1::3])
        self.edges: list[str] = []
        self.slots: list[int] = []
        self.verbatim: list[int] = []
        self.headings: list[Heading] = []
        self.undescribed: list[int] = []
        self.references = references
        self._written: list[str] = pieces[1::3]
        self.names: list[str | None] = pieces[2::3]
        self._ends: list[str | Slot] = []
        self._heading_starts: list[int] = []
        self._verbatim_depth = 0
        self._verbatim_from = 0
        self._run()

    def _run(self) -> None:
        """Look at each tag that needs it: most are bare, and one sweep finds the others."""
        names = self.names
        self.edges = list(map(_EDGES.__getitem__, names))
        for index, act in enumerate(map(_ACTS.get, names)):
            if act is not None:
                act(self, index)
            elif " " in self._written[index] and names[index] is not None:
                self._other(index)

    def _slot(self, index: int, slot: Slot) -> None:
        self.tags[index] = slot
        self.slots.append(index)

    def _plain(self, index: int) -> None:
        """Take an element for its attributes, if it has any."""
        if " " in self._written[index]:
            self._other(index)

    def _other(self, index: int) -> None:
        """Take an element for its attributes alone."""
        name = self.names[index] or ""
        attributes = self.references.attributes(name, self._written[index])
        if name in _PLAYERS or not all(isinstance(each, str) for each in attributes):
            self._slot(index, Slot(name, attributes))
        else:
            self.tags[index] = f"<{name}{''.join(map(str, attributes))}>"

    def _player_end(self, index: int) -> None:
        self._slot(index, Slot(self.names[index] or ""))

    def _more(self, index: int) -> None:
        self._slot(index, MORE)

    def _verbatim_start(self, index: int) -> None:
        if not self._verbatim_depth:
            self._verbatim_from = index + 1
        self._verbatim_depth += 1
        self._plain(index)

    def _verbatim_end(self, index: int) -> None:
        self._verbatim_depth -= 1
        if not self._verbatim_depth:
            self.verbatim += range(self._verbatim_from, index + 1)

    def _foreign_start(self, index: int) -> None:
        self.tags[index] = ""
        self._verbatim_start(index)

    def _foreign_end(self, index: int) -> None:
        self.tags[index] = ""
        self._verbatim_end(index)

    def _link(self, index: int) -> None:
        refs = self.references.refs
        known = len(refs)
        attributes = self.references.attributes("a", self._written[index])
        is_empty = self.names[index + 1] == "/a" and not self.texts[index + 1].strip()
        if len(refs) == known or is_empty or END in self._ends:
            self._not_a_link(index, attributes)
        else:
            self._slot(index, Slot("a", attributes))
            self._ends.append(END)

    def _link_end(self, index: int) -> None:
        end = self._ends.pop()
        self.tags[index] = end
        if end is END:
            self.slots.append(index)

    def _not_a_link(self, index: int, attributes: tuple[Attribute, ...]) -> None:
        """Keep the text, and the id that others may lead to."""
        ids = "".join(a for a in attributes if isinstance(a, str) and a.startswith(" id="))
        if self._written[index] == "<a>":
            text = squeeze(unescape(self.texts[index + 1].partition("<")[0]))
            needles = (f">{text}<", f"[{text}]", "javascript:", "data:", "file:", text)
            self.references.lost.append(Loss("address-refused", text, needles))
        self.tags[index] = f"<span{ids}>" if ids else ""
        self._ends.append("</span>" if ids else "")

    def _image(self, index: int) -> None:
        references = self.references
        said = len(references.lost)
        attributes = references.attributes("img", self._written[index])
        alt = next((a for a in attributes if isinstance(a, str) and a.startswith(" alt=")), None)
        number = next((a.ref for a in attributes if isinstance(a, Hole) and a.name == "src"), None)
        if number is None:
            if said == len(references.lost):
                code = "picture-refused" if references.places.holds("data:") else "picture-empty"
                references.lost.append(Loss(code, "data:", ('src="data:', "(data:", "<img")))
            self.tags[index] = alt[6:-1] if alt else ""
            return
        url = references.refs[number].url
        if alt is None or (alt == ' alt=""' and references.places.holds(*_without_alt(url))):
            self.undescribed.append(number)
        self._slot(index, Slot("img", attributes if alt is not None else (*attributes, ' alt=""')))

    def _heading_start(self, index: int) -> None:
        if self._heading_starts:
            self.tags[index] = ""  # a heading in a heading is none
        self._heading_starts.append(index)

    def _heading_end(self, index: int) -> None:
        start = self._heading_starts.pop()
        if self._heading_starts:
            self.tags[index] = ""
        else:
            self._heading(start, index)

    def _heading(self, start: int, end: int) -> None:
        tag = self._written[start]
        within = self._written[start + 1 : end]
        text, first = self._heading_text(start, end)
        if not text:
            pictured = any(each.startswith("<img") for each in within)
            self.tags[start], self.tags[end] = ("<p>", "</p>") if pictured else ("", "")
            return
        name = tag[1:3]
        attributes = self.references.attributes(name, tag) if " " in tag else ()
        written = "".join(map(str, attributes))
        if ' id="' not in written:
            written += self.references.new_id(text)
        self.tags[start] = written
        asked = self.references.places.ask_heading(first)
        self.headings.append(Heading(start, end, _HEADINGS[name], text, asked))

    def _heading_text(self, start: int, end: int) -> tuple[str, str]:
        """Return a heading's text and what it begins with; of pictures alone, what they show."""
        texts, tags = self.texts[start + 1 : end + 1], self._written[start + 1 : end]
        if not tags and "<" not in texts[0]:
            text = unescape(texts[0]).strip()
            return text, text
        html = "".join(map("".join, zip(texts, [*tags, ""], strict=True)))
        inside = TAG.split(html)
        text = squeeze(unescape("".join(inside[::2])))
        if text:
            return text, next(filter(None, (unescape(each).strip() for each in inside[::2])), text)
        text = squeeze(unescape(" ".join(attribute(tag, "alt") or "" for tag in tags)))
        return text, text


def _without_alt(url: str) -> tuple[str, ...]:
    """Return the ways to write a picture without a description, not ``<img alt="">``, which is meant."""
    return f"![]({url}", f"![](<{url}", f"![[{url}"


_ACTS: dict[str | None, Callable[[Rewrite, int], None]] = {
    "a": Rewrite._link,
    "/a": Rewrite._link_end,
    "img": Rewrite._image,
    "more": Rewrite._more,
    "source": Rewrite._other,
    "track": Rewrite._other,
    "foreign": Rewrite._foreign_start,
    "/foreign": Rewrite._foreign_end,
    **dict.fromkeys(_VERBATIM, Rewrite._verbatim_start),
    **{f"/{name}": Rewrite._verbatim_end for name in _VERBATIM},
    **dict.fromkeys(_PLAYERS, Rewrite._other),
    **{f"/{name}": Rewrite._player_end for name in _PLAYERS},
    **dict.fromkeys(_HEADINGS, Rewrite._heading_start),
    **{f"/{name}": Rewrite._heading_end for name in _HEADINGS},
}
"""What is done with a tag, by its name as `_LOOK` finds it; nothing with those that are not here."""
