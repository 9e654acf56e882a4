"""The problems of one body, each with its place in the file."""

from __future__ import annotations

import re
from difflib import get_close_matches
from html import unescape
from itertools import islice

from newsfeed.diagnostics import Diagnostic
from newsfeed.markup.address_slots import TO_THE_TOP, Ref
from newsfeed.markup.attributes import anchor
from newsfeed.markup.elements.depth import DEEPEST
from newsfeed.markup.elements.removals import losses
from newsfeed.markup.positions import Lines, Place, Places
from newsfeed.markup.references import Loss
from newsfeed.markup.rewrite import Heading, Rewrite
from newsfeed.markup.shortcodes import Notice
from newsfeed.text.regex import regex

_CONSIDERED, _NAMED, _COMPARED = 200, 6, 10
_TEXT = r"[^*<>\[\]()\n\x00\x01\x1e]"
_SHOWN = regex(
    rf"(?P<mark>(?<![\w*])\*\*[^\W_]+){_TEXT}{{0,30}}"
    r"|(?P<word>[^\W_]{1,40}[.:!?»)]?)\*\*(?![\w*])"
    rf"|\[{_TEXT}{{1,40}}(?P<link>\]\((?:https?:|mailto:|[/.])){_TEXT}{{0,30}}"
)
_FENCE = regex(r"^[ ]{0,3}(?P<fence>`{3,}|~{3,})", re.M)
_OF_NOTES = regex(r"fn(?:ref)?-\d+")


class Report:
    """The problems of the body at ``path``, in the order in which they are found."""

    def __init__(self, path: str, places: Places) -> None:
        self.path = path
        self.places = places
        self.problems: list[Diagnostic] = []

    def say(self, code: str, place: Place, **values: str | int) -> None:
        """Add a problem; ``values`` fill the words of its rule."""
        line, column = place
        texts = tuple((name, str(value)) for name, value in values.items())
        self.problems.append(
            Diagnostic(code=code, path=self.path, line=line, column=column, values=texts)
        )

    def illegal(self, text: str, found: list[int]) -> None:
        """Say which characters of ``text`` no output can hold, and where the first stands."""
        line, column = Lines(text).place(found[0])
        first = f"U+{ord(text[found[0]]):04X}"
        self.say(
            "body-characters", (self.places.line + line - 1, column), count=len(found), first=first
        )

    def foreign(self, notices: tuple[Notice, ...]) -> None:
        """Say which syntax of other tools means nothing here."""
        for each in notices:
            self.say(each.code, self.places.place(each.at), what=each.what, tool=each.tool)

    def too_deep(self) -> None:
        """Say that elements nest too deep."""
        if not any(problem.code == "nesting-deep" for problem in self.problems):
            self.say("nesting-deep", (self.places.line, 1), deepest=DEEPEST)

    def shown(self, prose: str, source: str) -> None:
        """Say where marks of Markdown stand in the ``prose`` of ``source``, but for escaped ones."""
        if "**" in prose and "\\*" in source:
            return
        self.places.rewind()
        for found in islice(_SHOWN.finditer(prose), _NAMED):
            mark = found["mark"] or found["link"] or f"{found['word']}**"
            what = " ".join(unescape(found[0]).split())
            self.say("markdown-shown", self.places.seek((what, mark, mark[-2:])), what=what)

    def unclosed(self, source: str) -> None:
        """Say where the code begins that ends ``source``, if nothing closes it (CommonMark 4.5)."""
        *_, last = source.rstrip().rpartition("\n")
        fences = list(_FENCE.finditer(source))
        if fences and not _FENCE.match(last) and not last.startswith(("    ", "\t", ">")):
            at = fences[-1].start("fence")
            self.say("code-unclosed", self.places.place(at), fence=fences[-1]["fence"])

    def words(self, words: tuple[str, ...]) -> None:
        """Say which ``words`` in angle brackets are shown as text."""
        for word in words:
            self.say("html-as-text", self.places.seek((word,)), what=word)

    def hidden(self, tags: tuple[str, ...]) -> None:
        """Say which elements are left out since they are not to be seen."""
        for tag in tags:
            self.say("html-hidden", self.places.seek((tag,)), what=tag[1:])

    def losses(self, html: str, names: frozenset[str]) -> None:
        """Say what the sanitiser leaves out of ``html``."""
        self.places.rewind()
        for code, what in losses(html, names):
            self.say(code, self.places.seek((_written(code, what),)), what=what)

    def rewritten(self, rewrite: Rewrite, refs: tuple[Ref, ...]) -> None:
        """Say what is wrong with addresses, pictures and headings; ``refs`` are the final ones."""
        self._lost(rewrite.references.lost)
        for number in rewrite.undescribed:
            self.say("alt-missing", refs[number].place, url=refs[number].url)
        self._missing(rewrite, refs)
        self._skipped(rewrite.headings)

    def _lost(self, lost: list[Loss]) -> None:
        self.places.rewind()
        for loss in lost:
            more = {"tool": "Pelican"} if loss.code == "foreign-removed" else {}
            if loss.better:
                more = {"better": loss.better}
            self.say(loss.code, self.places.seek(loss.needles), what=loss.what, **more)

    def _missing(self, rewrite: Rewrite, refs: tuple[Ref, ...]) -> None:
        """Say which links lead to parts that the body does not have."""
        ids = rewrite.references.ids
        names: tuple[str, ...] | None = None
        known: dict[str, str] = {}
        for written, ref in zip(rewrite.references.refs, refs, strict=True):
            if ref.url[0] != "#" or ref.url[1:] in ids or ref.url in TO_THE_TOP:
                continue
            name = written.url[1:]
            if names is None:
                names = tuple(
                    n for n in (anchor("", n) for n in ids.values()) if not _OF_NOTES.fullmatch(n)
                )[:_CONSIDERED]
            if name not in known:
                known[name] = _alike(name if len(known) < _COMPARED else "", names)
            self.say("anchor-missing", ref.place, name=name, known=known[name])

    def _skipped(self, headings: list[Heading]) -> None:
        """Say which headings are more than a level below the one before."""
        # A body begins at the level that its author's templates ask for.
        before = headings[0].level if headings else 1
        for heading in headings:
            if heading.level > before + 1:
                self.say(
                    "heading-skipped",
                    self.places.answer(heading.asked),
                    level=heading.level,
                    expected=before + 1,
                    marks="#" * (before + 1),
                )
            before = heading.level


def _alike(wanted: str, names: tuple[str, ...]) -> str:
    """Return the ``names`` that ``wanted`` could mean, else the first ones."""
    found = (get_close_matches(wanted, names) if wanted else []) or names
    return ", ".join(f"#{name}" for name in found[:_NAMED]) or "-"


def _written(code: str, what: str) -> str:
    """Return what begins a thing in the source of which `removals` tells."""
    if code in {"html-removed", "html-unknown"}:
        return f"<{what}"
    return what.rstrip(">") if what[0] == "<" else f" {what}"
