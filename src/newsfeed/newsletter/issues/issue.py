"""The content of an issue file, before its articles are looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct, field

from newsfeed.diagnostics import Diagnostic
from newsfeed.text.languages import alike

Style = Literal["lead", "full", "excerpt", "headline", "agenda"]
Role = Literal["lead", "full", "excerpt", "headline", "agenda", "out"]
"""How a section shows its articles; ``out`` does not: they are set aside for good."""
Layout = Literal["magazine", "bulletin", "essay"]

FOLDER = "issues"
LEFT_OUT = "_left-out"
"""The key of the file that lists articles which no letter is to propose."""

LATEST = "latest"
"""What the folder of the newest letter is called; that of another language is ``latest.en``."""
_TAKEN = frozenset((LATEST, "index", "readme", "index.html"))


class Line(Struct, frozen=True, kw_only=True):
    """A line that names an article.

    ``number`` and ``column`` are its place. ``text`` are the words in brackets, ``target`` is a
    path, an address or a name, ``id`` the article's; each may be empty. ``note`` is said of the
    article in the place of its summary; ``again`` that it may stand in a second letter. ``end``
    counts the characters up to where an id can be written, -1 for nowhere; where ``start`` is none
    of -1, a link with the id can stand for all between them.
    """

    number: int
    column: int
    text: str = ""
    target: str = ""
    id: str = ""
    note: str = ""
    again: bool = False
    end: int = -1
    start: int = -1


class IssueSection(Struct, frozen=True, kw_only=True):
    """A heading of an issue file, empty for none, and the articles below it.

    ``titles`` are the heading in each of the issue's ``languages``.
    """

    lines: tuple[Line, ...]
    title: str = ""
    style: Role = "excerpt"
    titles: tuple[str, ...] = ()


class Texts(Struct, frozen=True, kw_only=True):
    """What an issue file says to the readers of one language, as an `Issue` has it."""

    subject: str = ""
    preheader: str = ""
    editorial: str = ""
    editorial_line: int = 1


class Issue(Struct, frozen=True, kw_only=True):
    """An issue file. Texts are empty and ``date`` is None where it says nothing.

    ``editorial`` is Markdown that begins on line ``editorial_line``. A file that gives a letter in
    each of several ``languages`` has its ``texts`` by language; each of its letters is an issue, too,
    that is ``shared``: its lines stand for the versions of their articles in its ``language``.
    """

    key: str
    path: str
    subject: str = ""
    preheader: str = ""
    date: datetime | None = None
    number: str | None = None
    layout: Layout | None = None
    language: str = ""
    draft: bool = False
    editorial: str = ""
    editorial_line: int = 1
    sections: tuple[IssueSection, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    languages: tuple[str, ...] = ()
    texts: Mapping[str, Texts] = field(default_factory=dict)
    shared: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line that names an article, in order."""
        return tuple(line for section in self.sections for line in section.lines)


def is_key(key: str) -> bool:
    """Say whether ``key`` can name an issue: its letter's folder on the web, and its file."""
    plain = re.fullmatch(r"[^\W_][\w.-]*", key) is not None and not key.endswith(".")
    taken = key.casefold() in _TAKEN or key.casefold().startswith(f"{LATEST}.")
    return plain and not taken and len(key) <= 80


def suffix(language: str, main: str) -> str:
    """Return what ends the key of a letter in ``language``: nothing in ``main``, the site's own."""
    return "" if not language or alike(language, main) else f".{language.lower()}"


def natural(key: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts keys as people count: ``2026-9`` before ``2026-10``."""
    parts = re.findall(r"\d+|\D+", key.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
