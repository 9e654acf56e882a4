"""What is said of one body, and where."""

from __future__ import annotations

import re

from newsfeed.diagnostics import Diagnostic
from newsfeed.markup.attributes import anchor
from newsfeed.markup.body import TO_THE_TOP, Ref
from newsfeed.markup.positions import Places
from newsfeed.markup.rewrite import Walk
from newsfeed.markup.structure import DEEPEST

_CONSIDERED, _NAMED = 200, 6
_OF_NOTES = re.compile(r"fn(?:ref)?-\d+")


class Report:
    """What is said of one body, and where."""

    def __init__(self, path: str, places: Places) -> None:
        self.path = path
        self.places = places
        self.problems: list[Diagnostic] = []

    def say(self, code: str, place: tuple[int, int], **values: str | int) -> None:
        line, column = place
        texts = {name: str(value) for name, value in values.items()}
        self.problems.append(
            Diagnostic(
                code=code, path=self.path, line=line, column=column, values=tuple(texts.items())
            )
        )

    def illegal(self, text: str, found: list[int]) -> None:
        place = Places(text, self.places.line).place(found[0])
        self.say("body-characters", place, count=len(found), first=f"U+{ord(text[found[0]]):04X}")

    def too_deep(self) -> None:
        if not any(problem.code == "nesting-deep" for problem in self.problems):
            self.say("nesting-deep", (self.places.line, 1), deepest=DEEPEST)

    def losses(self, html: str) -> None:
        from newsfeed.markup.removals import losses

        for code, what in losses(html):
            self.say(code, self.places.seek((_written(code, what),)), what=what)

    def walk(self, walk: Walk, refs: tuple[Ref, ...]) -> None:
        for code, what, needles in walk.lost:
            tool = {"tool": "Pelican"} if code == "foreign-removed" else {}
            self.say(code, self.places.seek(needles), what=what, **tool)
        for number in walk.undescribed:
            self.say("alt-missing", (refs[number].line, 1), url=refs[number].url)
        for written, ref in zip(walk.refs, refs, strict=True) if walk.inner else ():
            if ref.url[0] == "#" and ref.url[1:] not in walk.ids and ref.url not in TO_THE_TOP:
                self.say(
                    "anchor-missing",
                    (ref.line, 1),
                    name=written.url[1:],
                    known=_known(walk, written.url[1:]),
                )
        # A body begins at the level that its author's templates ask for.
        before = walk.headings[0][2] if walk.headings else 1
        for _, _, level, _, at in walk.headings:
            if level > before + 1:
                self.say(
                    "heading-skipped",
                    (at, 1),
                    level=level,
                    expected=before + 1,
                    marks="#" * (before + 1),
                )
            before = level


def _known(walk: Walk, wanted: str) -> str:
    """Return the parts of a body that could be meant by ``wanted``."""
    from difflib import get_close_matches

    names = [anchor("", name) for name in walk.ids.values()]
    names = [name for name in names if not _OF_NOTES.fullmatch(name)]
    found = get_close_matches(wanted, names[:_CONSIDERED]) or names[:_CONSIDERED]
    return ", ".join(f"#{name}" for name in found[:_NAMED]) or "-"


def _written(code: str, what: str) -> str:
    """Return what begins a thing in the source of which `losses` speaks."""
    if code in {"html-removed", "html-unknown"}:
        return f"<{what}"
    return what.rstrip(">") if what[0] == "<" else f" {what}"
