"""One page an item."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from newsfeed.model import Enclosure, Entry, Event, Item, Link, Output, Person
from newsfeed.pages.chrome import Chrome
from newsfeed.pages.links import Place, followed, is_followed, settle
from newsfeed.selecting import Group
from newsfeed.theming import NO_BREAK, Theme, language_name

DESCRIPTION_LENGTH = 300
WORDS_A_MINUTE = 230
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """An entry, and all that its page shows of the rest of the site.

    ``previous`` is the older neighbour, ``next`` the newer. ``categories``, ``tags`` and ``authors``
    lead to their pages; one without a page has an empty address. ``translations`` are the same
    item's pages in other languages: (language, its address).
    """

    entry: Entry
    previous: Link | None = None
    next: Link | None = None
    categories: tuple[Link, ...] = ()
    tags: tuple[Link, ...] = ()
    authors: tuple[Link, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attached file as a page shows it: ``kind`` such as ``PDF``, ``size`` such as ``1,2 Mo``."""

    title: str
    url: str
    kind: str
    size: str
    type: str
    minutes: int


class Places:
    """Knows of each item what stands around it: its neighbours, groups and translations.

    ``items`` are the visible ones, newest first; ``groups`` those that have pages; ``title`` gives
    an item's title as it is printed.
    """

    def __init__(
        self,
        items: Sequence[Item],
        groups: Iterable[Group],
        site_url: str,
        title: Callable[[Item], str],
    ) -> None:
        self._items = [item for item in items if item.page]
        self._at = {item.path: at for at, item in enumerate(self._items)}
        self._folders: dict[tuple[str, str], str] = {
            (g.kind, g.label.casefold()): site_url + g.folder for g in groups
        }
        self._title = title
        self._translations: dict[str, list[Item]] = {}
        for item in self._items:
            if item.translation:
                self._translations.setdefault(item.translation, []).append(item)

    def page(self, entry: Entry) -> ItemPage:
        """Return ``entry`` with what its page shows of the rest of the site."""
        item = entry.item
        at = self._at[item.path]
        return ItemPage(
            entry=entry,
            previous=self._neighbour(at + 1),
            next=self._neighbour(at - 1),
            categories=tuple(self._group("category", name) for name in item.categories),
            tags=tuple(self._group("tag", name) for name in item.tags),
            authors=tuple(self._author(person) for person in item.authors),
            translations=self._others(item),
        )

    def _neighbour(self, at: int) -> Link | None:
        if not 0 <= at < len(self._items):
            return None
        item = self._items[at]
        return Link(text=self._title(item), url=item.url)

    def _group(self, kind: str, name: str) -> Link:
        return Link(text=name, url=self._folders.get((kind, name.casefold()), ""))

    def _author(self, person: Person) -> Link:
        group = self._group("author", person.name)
        return group if group.url else Link(text=person.name, url=person.url or "")

    def _others(self, item: Item) -> tuple[tuple[str, str], ...]:
        if not item.translation:
            return ()
        return tuple(
            (other.language, other.url)
            for other in sorted(self._translations[item.translation], key=lambda o: o.language)
            if other.language != item.language
        )


def render_item(page: ItemPage, chrome: Chrome) -> Output:
    """Return the page of one item. Raises TemplateProblem."""
    entry, item = page.entry, page.entry.item
    language = item.language
    place = chrome.place(item.page)
    words = chrome.theme.words(language)
    image = entry.image
    return chrome.page(
        "page/item.html",
        place,
        title=entry.title,
        language=language,
        section="item",
        about=item.path,
        item=item,
        entry=entry,
        canonical=item.canonical or item.url,
        description=shortened(entry.summary),
        summary=entry.summary if item.summary else "",
        body=Markup(settle(entry.content, place, words["page_table"])),
        image=image,
        picture=image if image and image.src not in entry.content else None,
        categories=page.categories,
        tags=page.tags,
        authors=page.authors,
        source=entry.source,
        links=followed(entry.links),
        attachments=tuple(_attachments(entry.enclosures, chrome.theme, language)),
        event=item.event,
        when=_when(item.event, chrome.theme, language) if item.event else "",
        minutes=max(1, round(entry.words / WORDS_A_MINUTE)) if entry.words else 0,
        changed=item.updated is not None and item.modified > item.published,
        previous=page.previous,
        next=page.next,
        translations=[(tag, language_name(tag), url) for tag, url in page.translations],
        structured=structured(page, chrome, place),
    )


def structured(page: ItemPage, chrome: Chrome, place: Place) -> Markup:
    """Return the item as a schema.org NewsArticle in JSON-LD, safe inside ``<script>``."""
    entry, item, site = page.entry, page.entry.item, chrome.config.site
    publisher: dict[str, Any] = {"@type": "Organization", "name": site.title, "url": site.url}
    if chrome.parts.logo is not None:
        publisher["logo"] = {"@type": "ImageObject", "url": chrome.parts.logo.src}
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": entry.title,
        "description": shortened(entry.summary),
        "url": place.url,
        "mainEntityOfPage": item.canonical or place.url,
        "datePublished": item.published.isoformat(),
        "dateModified": item.modified.isoformat(),
        "inLanguage": item.language,
        "author": [_person(person) for person in item.authors] or [publisher],
        "publisher": publisher,
    }
    if item.category:
        article["articleSection"] = item.category
    if item.tags:
        article["keywords"] = list(item.tags)
    if entry.image is not None:
        article["image"] = [entry.image.src]
    text = json.dumps(article, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_IN_SCRIPT))


def shortened(text: str, length: int = DESCRIPTION_LENGTH) -> str:
    """Return the first ``length`` characters at most, cut between words."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–—") + "…"


def _person(person: Person) -> dict[str, str]:
    found = {"@type": "Person", "name": person.name}
    if person.url and is_followed(person.url):
        found["url"] = person.url
    return found


def _attachments(
    enclosures: Iterable[Enclosure], theme: Theme, language: str
) -> Iterable[Attachment]:
    for enclosure in enclosures:
        if not is_followed(enclosure.url):
            continue
        file = PurePosixPath(unquote(urlsplit(enclosure.url).path))
        ending = file.suffix.lstrip(".") or (enclosure.type or "").rpartition("/")[2]
        yield Attachment(
            title=enclosure.title or file.stem.replace("_", " ").replace("-", " ") or file.name,
            url=enclosure.url,
            kind=ending.upper(),
            size=theme.size(enclosure.length, language) if enclosure.length else "",
            type=enclosure.type or "",
            minutes=max(1, round(enclosure.duration / 60)) if enclosure.duration else 0,
        )


def _when(event: Event, theme: Theme, language: str) -> str:
    """Return when an event takes place: ``19 novembre 2026, 9 h – 17 h``."""
    start, end = event.start, event.end
    day = theme.day(start, language)
    last = theme.day(end, language) if end else day
    comma = "، " if language.split("-")[0] == "ar" else ", "

    def moment(day: str, when: Any) -> str:
        return day if event.all_day else f"{day}{comma}{theme.hour(when, language)}"

    if end is None or end <= start:
        return moment(day, start)
    if last != day:
        return f"{moment(day, start)}{NO_BREAK}– {moment(last, end)}"
    if event.all_day:
        return day
    return f"{moment(day, start)}{NO_BREAK}– {theme.hour(end, language)}"
