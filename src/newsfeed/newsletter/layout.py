"""`Letter` -> what its template shows: cards, laid out in blocks.

A card is an entry at one level of detail. Levels fall when a letter is too big (`budget`); a
template knows only blocks, so every layout falls back in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from msgspec.structs import replace

from newsfeed.markup.typography import typeset
from newsfeed.model import Entry, Event, Letter, Link
from newsfeed.newsletter.article import adapted
from newsfeed.newsletter.budget import Level, Slot
from newsfeed.newsletter.cards import Block, Card, Kind, Part, View, When
from newsfeed.newsletter.pictures import CONTENT, Picture, Pictures
from newsfeed.text.hashing import blake2b
from newsfeed.text.iri import to_uri
from newsfeed.text.languages import direction
from newsfeed.text.slugs import folded
from newsfeed.theme.attachments import described
from newsfeed.theme.environment import Theme
from newsfeed.theme.palette import LABELS

SHEET = 640
"""The width of a letter, in pixels."""
COLUMN = 264
THUMBNAIL = 200
CONTENTS_FROM = 7
"""A list of contents opens a letter of at least this many items."""
CONTENTS_MOST = 10

_HERO, _WIDE, _PAIRED, _TALL = (8, 3), (2, 1), (3, 2), (4, 5)
"""The shapes of pictures: above a lead, above an article alone, in a pair, the tallest there is."""
_LANDSCAPE = 1.2
_ALIKE = 1.1
"""How far the shapes of two pictures that cannot be cut may differ in a pair."""


def view(
    letter: Letter,
    places: Sequence[Slot],
    theme: Theme,
    *,
    layout: str,
    pictures: Pictures | None = None,
) -> View:
    """Lay out ``letter``, whose entries are at the levels of ``places``.

    ``pictures`` gives its pictures their forms; without it they are shown as they are.
    """
    maker = _Maker(letter, theme, pictures or Pictures(), pictured=layout != "bulletin")
    parts = []
    for number, section in enumerate(letter.sections):
        chosen = [p for p in places if p.section == number and p.level is not Level.GONE]
        if chosen:
            blocks = _with_button(tuple(maker.blocks(chosen)))
            parts.append(Part(title=section.title, style=section.style, blocks=blocks))
    return View(
        parts=tuple(_with_quote(parts)) if layout == "magazine" else tuple(parts),
        contents=maker.contents(places),
        more=sum(place.level is Level.GONE for place in places),
        editorial=maker.pictures.inside(adapted(letter.editorial)),
    )


class _Maker:
    """Makes cards and blocks of one letter's places."""

    def __init__(self, letter: Letter, theme: Theme, pictures: Pictures, *, pictured: bool) -> None:
        self.letter = letter
        self.theme = theme
        self.pictures = pictures
        self.pictured = pictured
        self.words = theme.words(letter.language)
        self.categories = [
            {entry.item.category for entry in section.entries} for section in letter.sections
        ]
        everything = [entry for section in letter.sections for entry in section.entries]
        self.hues = _hues(entry.item.category or "" for entry in everything)

    def blocks(self, places: list[Slot]) -> Iterator[Block]:
        kinds = [self._kind(place) for place in places]
        for at, kind, length in _runs(kinds):
            run = places[at : at + length]
            match kind:
                case "briefs" | "lines" | "agenda":
                    yield Block(kind=kind, cards=tuple(self.card(place) for place in run))
                case "pair":
                    yield from self._cut(run)
                case "media":
                    yield from self._uncut(run)
                case _:
                    yield from (Block(kind=kind, cards=(self.card(place, kind),)) for place in run)

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
        return self._kind_of_picture(place)

    def _kind_of_picture(self, place: Slot) -> Kind:
        """Return ``pair`` for a picture that can be cut, ``media`` for one that cannot."""
        image = place.entry.image
        if image is None or not self.pictured:
            return "text"
        shown = self.pictures.shown(image, COLUMN, _PAIRED)
        if shown is None:
            return "text"
        cut = shown.src in self.pictures.made and shown.fills and _has(shown, _PAIRED)
        return "pair" if cut else "media"

    def _cut(self, places: list[Slot]) -> Iterator[Block]:
        """Yield entries two by two, their pictures in one shape; the odd one opens them, large."""
        start = len(places) % 2
        if start:
            yield Block(kind="feature", cards=(self.card(places[0], "feature"),))
        for at in range(start, len(places), 2):
            pair = tuple(self.card(place, "pair") for place in places[at : at + 2])
            yield Block(kind="pair", cards=pair)

    def _uncut(self, places: list[Slot]) -> Iterator[Block]:
        """Yield entries two by two where their pictures are alike, otherwise each on its own."""
        at = 0
        while at < len(places):
            if at + 1 < len(places) and _alike(places[at], places[at + 1]):
                pair = tuple(self.card(place, "column") for place in places[at : at + 2])
                yield Block(kind="pair", cards=pair)
                at += 2
            else:
                yield Block(kind="media", cards=(self.card(places[at], "media"),))
                at += 1

    def card(self, place: Slot, kind: str = "") -> Card:
        """Return a place as a card; ``kind`` says how large its picture is."""
        entry, level = place.entry, place.level
        language = entry.item.language or self.letter.language
        foreign = language != self.letter.language
        html = {Level.EXCERPT: place.article.excerpt, Level.FULL: place.article.full}.get(level, "")
        invitation = "letter_online" if level is Level.FULL else "read_more"
        read_more = Link(text=self.words[invitation], url=entry.url)
        pictured = entry.image is not None and self.pictured and level >= Level.EXCERPT
        shown = self._picture(place, kind) if pictured else None
        return Card(
            title=entry.title,
            url=entry.url,
            level=level,
            category=self._category(place),
            hue=self.hues[entry.item.category or ""],
            meta=self._meta(entry),
            by=", ".join(person.name for person in entry.item.authors),
            date=self.theme.day(entry.item.published, self.letter.language, style="short"),
            html=self.pictures.inside(html),
            summary=entry.summary if entry.summary != entry.title else "",
            picture=shown,
            headed=shown is not None and shown.width < SHEET,
            action=entry.links[0] if entry.links else read_more,
            own=bool(entry.links),
            links=(*(entry.links[1:] if html else ()), *self._files(entry, level)),
            lang=language if foreign else "",
            dir=direction(language) if foreign else "",
            when=self._when(entry) if entry.item.event else None,
            quote=place.article.quote if level is Level.EXCERPT else None,
            note="" if level is Level.EXCERPT else self._note(place),
        )

    def _note(self, place: Slot) -> str:
        return dict(self.letter.sections[place.section].notes).get(place.entry.id, "")

    def _files(self, entry: Entry, level: Level) -> Iterator[Link]:
        """Yield a link to each attached file: all of a whole article, recordings of an excerpt."""
        for each in entry.enclosures:
            audio = (each.type or "").startswith("audio/")
            if level is not Level.FULL and not (audio and level is Level.EXCERPT):
                continue
            told = described(each, self.letter.language)
            size = [told.kind, told.size]
            if told.minutes:
                size = [self.words["page_duration"].format(n=told.minutes)]
            details = f"{self.words['letter_comma']} ".join(filter(None, size))
            key = "letter_listen" if audio else "letter_file"
            yield Link(text=self.words[key].format(title=told.title, details=details), url=each.url)

    def _picture(self, place: Slot, kind: str) -> Picture | None:
        """Return the picture of a place at the size of its ``kind`` of block."""
        image = place.entry.image
        assert image is not None
        if place.level is Level.FULL and escape(image.src) in place.article.full:
            return None
        ratio = image.width / image.height if image.width and image.height else 0.0
        match kind:
            case "lead" if ratio >= _LANDSCAPE and place.level is not Level.FULL:
                large = self.pictures.shown(image, SHEET, _HERO)
                if large is None or (large.fills and _has(large, _HERO)):
                    return large
                return self.pictures.shown(image, CONTENT, _PAIRED)
            case "lead" if place.level is not Level.FULL:
                return self.pictures.shown(image, CONTENT, _PAIRED)
            case "feature":
                return self.pictures.shown(image, CONTENT, _WIDE)
            case "pair":
                return self.pictures.shown(image, COLUMN, _PAIRED)
            case "column":
                return self.pictures.shown(image, COLUMN)
            case "media":
                return self.pictures.shown(image, THUMBNAIL)
            case _:
                tall = 0 < ratio < _TALL[0] / _TALL[1]
                return self.pictures.shown(image, CONTENT, _TALL if tall else None)

    def contents(self, places: Sequence[Slot]) -> tuple[Card, ...]:
        """Return the cards of what is told below, none in a short letter or a very long one.

        Headlines and the agenda are lists themselves.
        """
        named = [p for p in places if p.style != "lead" and p.level > Level.HEADLINE]
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
        place, online = event.place or "", None
        if place.startswith(("https://", "http://")) and " " not in place:
            place, online = "", Link(text=self.words["letter_event_online"], url=to_uri(place))
        elif self.theme.config.items.typography:
            place = typeset(place, entry.item.language or language)
        return When(
            day=self.theme.day(event.start, language, style="number"),
            month=self.theme.day(event.start, language, style="month-name").rstrip("."),
            line=" · ".join(filter(None, [line[:1].upper() + line[1:], place])),
            online=online,
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


def _hues(categories: Iterable[str]) -> dict[str, int]:
    """Return a colour for each category, as its number: its own in every letter, if it is free.

    Two categories of a letter share one only where there are more of them than colours.
    """
    found: dict[str, int] = {}
    for name in categories:
        if name not in found:
            digest = blake2b(name.casefold().encode(), digest_size=2).digest()
            wanted = int.from_bytes(digest) % LABELS
            near = (wanted + step for step in range(LABELS))
            free = (hue % LABELS for hue in near if hue % LABELS not in found.values())
            found[name] = next(free, wanted)
    return found


def _has(picture: Picture, ratio: tuple[int, int]) -> bool:
    """Say whether a picture has the shape that it was to be cut to: one that moves cannot be."""
    high = picture.width * ratio[1] / ratio[0]
    return picture.height is not None and abs(picture.height - high) <= 0.02 * high + 1


def _alike(one: Slot, other: Slot) -> bool:
    """Say whether two pictures that are shown uncut would stand level in a pair."""
    ratios = []
    for image in (one.entry.image, other.entry.image):
        if image is None or not image.width or not image.height or image.width < COLUMN:
            return False
        ratios.append(image.width / image.height)
    return max(ratios) <= _ALIKE * min(ratios)


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
    """Fill one button a section: the first call to action of an author's own that stands alone."""
    for at, block in enumerate(blocks):
        alone = block.kind in ("lead", "full", "feature", "media", "text", "agenda")
        if alone and any(card.own for card in block.cards):
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
