"""`Letter` -> what its template shows: cards, laid out in blocks.

A card is an entry at one level of detail. Levels fall when a letter is too big (`budget`); a
template knows only blocks, so every layout falls back in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.markup import typeset
from newsfeed.model import Entry, Event, Image, Letter, Link
from newsfeed.newsletter.article import Quote, adapted
from newsfeed.newsletter.budget import Level, Slot
from newsfeed.text.languages import direction
from newsfeed.text.slugs import folded
from newsfeed.theme.environment import Theme

SHEET = 640
"""The width of a letter, in pixels."""
CONTENT = 560
COLUMN = 264
THUMBNAIL = 200
CONTENTS_FROM = 5
"""A list of contents opens a letter of at least this many items."""
CONTENTS_MOST = 10

Kind = Literal["lead", "full", "pair", "media", "text", "briefs", "lines", "agenda"]


class Picture(Struct, frozen=True, kw_only=True):
    """A picture at the size that the letter gives it, in pixels."""

    src: str
    alt: str
    width: int
    height: int | None


class When(Struct, frozen=True, kw_only=True):
    """An event's date as the agenda prints it."""

    day: str
    month: str
    line: str


class Card(Struct, frozen=True, kw_only=True):
    """An entry as one letter shows it.

    ``html`` is safe HTML, empty below an excerpt; ``action`` is what its button or its link does;
    ``lang`` and ``dir`` are empty where they are the letter's own; ``meta`` is its source and date.
    """

    title: str
    url: str
    level: Level
    category: str
    meta: str
    date: str
    html: str
    summary: str
    picture: Picture | None
    action: Link
    links: tuple[Link, ...]
    lang: str
    dir: str
    when: When | None
    quote: Quote | None


class Block(Struct, frozen=True, kw_only=True):
    """Cards that stand side by side or form one list; ``button`` fills the first one's action."""

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


def view(letter: Letter, places: Sequence[Slot], theme: Theme, *, layout: str) -> View:
    """Lay out ``letter``, whose entries are at the levels of ``places``."""
    maker = _Maker(letter, theme, pictures=layout != "bulletin")
    parts = []
    for number, section in enumerate(letter.sections):
        chosen = [p for p in places if p.section == number and p.level is not Level.GONE]
        if chosen:
            blocks = _with_button(tuple(maker.blocks(chosen)))
            parts.append(Part(title=section.title, style=section.style, blocks=blocks))
    return View(
        parts=tuple(_with_quote(parts)) if maker.pictures else tuple(parts),
        contents=maker.contents(places),
        more=sum(place.level is Level.GONE for place in places),
        editorial=adapted(letter.editorial),
    )


class _Maker:
    """Makes cards and blocks of one letter's places."""

    def __init__(self, letter: Letter, theme: Theme, *, pictures: bool) -> None:
        self.letter = letter
        self.theme = theme
        self.pictures = pictures
        self.words = theme.words(letter.language)
        self.categories = [
            {entry.item.category for entry in section.entries} for section in letter.sections
        ]

    def blocks(self, places: list[Slot]) -> Iterator[Block]:
        kinds = [self._kind(place) for place in places]
        for at, kind, length in _runs(kinds):
            run = places[at : at + length]
            match kind:
                case "briefs" | "lines" | "agenda":
                    yield Block(kind=kind, cards=tuple(self.card(place) for place in run))
                case "media":
                    yield from self._pictured(run)
                case _:
                    width = SHEET if kind == "lead" else CONTENT
                    yield from (Block(kind=kind, cards=(self.card(p, width),)) for p in run)

    def _kind(self, place: Slot) -> Kind:
        if place.level is Level.LINE:
            return "lines"
        if place.style == "agenda":
            return "agenda"
        if place.level is Level.HEADLINE:
            return "briefs"
        if place.style == "lead":
            return "lead"
        if place.level is Level.FULL:
            return "full"
        return "media" if place.entry.image is not None and self.pictures else "text"

    def _pictured(self, places: list[Slot]) -> Iterator[Block]:
        """Yield entries with pictures two by two; the odd one out opens them, on its own."""
        start = len(places) % 2
        if start:
            yield Block(kind="media", cards=(self.card(places[0], THUMBNAIL),))
        for at in range(start, len(places), 2):
            pair = tuple(self.card(place, COLUMN) for place in places[at : at + 2])
            yield Block(kind="pair", cards=pair)

    def card(self, place: Slot, width: int = COLUMN) -> Card:
        """Return a place as a card whose picture is at most ``width`` pixels wide."""
        entry, level = place.entry, place.level
        language = entry.item.language or self.letter.language
        foreign = language != self.letter.language
        html = {Level.EXCERPT: place.article.excerpt, Level.FULL: place.article.full}.get(level, "")
        invitation = "letter_online" if level is Level.FULL else "read_more"
        read_more = Link(text=self.words[invitation], url=entry.url)
        shown = picture(entry.image, width) if entry.image and html and self.pictures else None
        if shown is not None and level is Level.FULL and shown.src in html:
            shown = None
        return Card(
            title=entry.title,
            url=entry.url,
            level=level,
            category=self._category(place),
            meta=self._meta(entry),
            date=self.theme.day(entry.item.published, self.letter.language, style="short"),
            html=html,
            summary=entry.summary,
            picture=shown,
            action=entry.links[0] if entry.links else read_more,
            links=entry.links[1:] if html else (),
            lang=language if foreign else "",
            dir=direction(language) if foreign else "",
            when=self._when(entry) if entry.item.event else None,
            quote=place.article.quote if level is Level.EXCERPT else None,
        )

    def contents(self, places: Sequence[Slot]) -> tuple[Card, ...]:
        """Return the cards of the list of contents, none in a short letter or a very long one."""
        named = [p for p in places if p.style != "lead" and p.level > Level.LINE]
        if len(places) < CONTENTS_FROM or len(named) > CONTENTS_MOST:
            return ()
        return tuple(self.card(place) for place in named)

    def _category(self, place: Slot) -> str:
        """Return the category's name, unless the section is that category and says so."""
        section = self.letter.sections[place.section]
        said = len(self.categories[place.section]) == 1 and len(section.entries) > 1
        same = folded(place.entry.item.category or "") == folded(section.title)
        return "" if said and same else place.entry.item.category or ""

    def _meta(self, entry: Entry) -> str:
        day = self.theme.day(entry.item.modified, self.letter.language)
        if entry.item.modified > entry.item.published:
            day = self.words["letter_updated"].format(day=day)
        return " · ".join(filter(None, [entry.source.text if entry.source else "", day]))

    def _when(self, entry: Entry) -> When:
        event, language = entry.item.event, self.letter.language
        assert event is not None
        line = self._event_line(event)
        place = event.place or ""
        if self.theme.config.items.typography:
            place = typeset(place, entry.item.language or language)
        return When(
            day=self.theme.day(event.start, language, style="number"),
            month=self.theme.day(event.start, language, style="month-name").rstrip("."),
            line=" · ".join(filter(None, [line[:1].upper() + line[1:], place])),
        )

    def _event_line(self, event: Event) -> str:
        """Return when an event takes place: its day and hours, or its days."""
        language, zone = self.letter.language, self.theme.config.zone
        start, end = (each.astimezone(zone) for each in (event.start, event.end or event.start))
        first = self.theme.day(start, language, style="weekday")
        if start.date() != end.date():
            last = self.theme.day(end, language, style="weekday")
            return self.words["letter_days"].format(start=first, end=last)
        if event.all_day:
            return first
        hours = {"start": self.theme.hour(start, language), "end": self.theme.hour(end, language)}
        words = self.words["letter_hours" if end > start else "letter_hour"]
        return f"{first}{self.words['letter_comma']} {words.format(**hours)}"


def picture(image: Image, width: int) -> Picture:
    """Return ``image`` at most ``width`` pixels wide, its proportions kept."""
    shown = min(width, image.width) if image.width else width
    height = None
    if image.width and image.height:
        height = max(1, round(image.height * shown / image.width))
    return Picture(src=image.src, alt=image.alt, width=shown, height=height)


def _runs(kinds: list[Kind]) -> Iterator[tuple[int, Kind, int]]:
    """Yield (position, kind, length) of each run of one kind."""
    at = 0
    while at < len(kinds):
        end = at
        while end < len(kinds) and kinds[end] == kinds[at]:
            end += 1
        yield at, kinds[at], end - at
        at = end


def _with_button(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Fill one button a section: that of the first block which stands alone, or is the agenda."""
    for at, block in enumerate(blocks):
        if block.kind in ("lead", "full", "media", "text", "agenda"):
            return (*blocks[:at], replace(block, button=True), *blocks[at + 1 :])
    return blocks


def _with_quote(parts: list[Part]) -> Iterator[Part]:
    """Close the first section that shows a quotable article in part with what it quotes."""
    done = False
    for part in parts:
        cards = [card for block in part.blocks for card in block.cards if card.quote is not None]
        if cards and not done and part.style != "lead":
            done = True
            yield replace(part, quote=cards[0])
        else:
            yield part
