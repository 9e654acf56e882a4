"""What a letter's template shows: cards in blocks, blocks in parts."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from newsfeed.model import Link
from newsfeed.newsletter.article import Quote
from newsfeed.newsletter.budget import Level
from newsfeed.newsletter.pictures import Picture

Kind = Literal["lead", "full", "feature", "pair", "media", "text", "briefs", "lines", "agenda"]


class When(Struct, frozen=True, kw_only=True):
    """An event's date as the agenda prints it; ``online`` leads to where it is held on the web."""

    day: str
    month: str
    line: str
    online: Link | None = None


class Card(Struct, frozen=True, kw_only=True):
    """An entry as one letter shows it.

    ``html`` is safe HTML, empty below an excerpt; ``action`` is what its button or its link does, the
    author's ``own`` or to read the article; ``lang`` and ``dir`` are empty where they are the
    letter's own; ``meta`` is its source and date, ``by`` who wrote it; ``hue`` counts the colours of
    categories from 0. The picture of a ``headed`` lead stands below its headline. ``note`` is what
    the letter says of it where that stands in no summary.
    """

    title: str
    url: str
    level: Level
    category: str
    hue: int
    meta: str
    by: str
    date: str
    html: str
    summary: str
    picture: Picture | None
    headed: bool
    action: Link
    own: bool
    links: tuple[Link, ...]
    lang: str
    dir: str
    when: When | None
    quote: Quote | None
    note: str = ""


class Block(Struct, frozen=True, kw_only=True):
    """Cards that stand side by side or form one list; ``button`` fills the first own action."""

    kind: Kind
    cards: tuple[Card, ...]
    button: bool = False


class Part(Struct, frozen=True, kw_only=True):
    """A section: its heading, its blocks, and the card whose quotation closes it."""

    title: str
    style: str
    blocks: tuple[Block, ...]
    quote: Card | None = None


class View(Struct, frozen=True, kw_only=True):
    """What a letter's template shows; ``more`` is how many entries are not named at all."""

    parts: tuple[Part, ...]
    contents: tuple[Card, ...]
    more: int
    editorial: str
