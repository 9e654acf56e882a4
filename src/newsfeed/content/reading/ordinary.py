"""The commonest articles, told straight from their front matter.

Most articles have a dozen keys that mean what they say: a title, dates as ISO 8601 writes them,
lists of words. What such a one says is known without the `Report`, the `Builder` and the `Item` that
others need, at a third of the cost. Wherever the general way would convert a value, choose among
keys, or have a word to say, `Ordinaries.read` gives None, and the general way is taken:
tests/test_ordinary.py holds one to the other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from newsfeed.content import dates, permalinks
from newsfeed.content.aliases import DRAFTS
from newsfeed.content.charset import Decoded
from newsfeed.content.frontmatter import Block, Value
from newsfeed.content.reading.article import Settings, slugified
from newsfeed.content.reading.openings import sketch
from newsfeed.content.reading.value import Ordinary
from newsfeed.content.spelling import meant_by

Teller = Callable[[Value], object]
"""Returns what the value of a key says, or None where the general way is to be taken."""


# Fields, each with what stands for it where no key gives it: the place in `_ABSENT`.
_ABSENT = (None, (), "")
_ORDER = {
    "title": 2, "published": 0, "updated": 0, "slug": 0, "categories": 1, "tags": 1, "authors": 1,
    "summary": 2, "source": 0,
}  # fmt: skip


class _Shape(NamedTuple):
    """What front matter with certain keys gives, key by key.

    ``tellers`` are those of all keys, ``fields`` what some of them give, and ``lines_of`` returns
    the lines of these. ``pick`` puts what was told, and after it what stands for an absent field,
    into the order of `_ORDER`.
    """

    tellers: tuple[Teller, ...]
    fields: tuple[str, ...]
    lines_of: Callable[[Any], tuple[int, ...]]
    pick: Callable[[Any], tuple[Any, ...]]


class Ordinaries:
    """Tells what the commonest articles of one site say."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._shapes: dict[tuple[str, ...], _Shape | None] = {}
        self._tellers: dict[str, Teller] = {
            "title": _text,
            "published": self._date,
            "updated": self._date,
            "slug": _text,
            "categories": _texts,
            "tags": _texts,
            "authors": _names,
            "summary": _text,
            "source": _source,
        }
        # What no row can hold may stand in a configuration, and in no text that `_text` lets through.
        pattern = settings.pattern
        self._fits = (pattern.site + pattern.pattern + settings.language).isprintable()

    def read(self, path: str, decoded: Decoded, block: Block) -> Ordinary | None:
        """Return what the article at ``path`` says, or None where it is no ordinary one."""
        if not (self._fits and block.quick and decoded.data and path.endswith(".md")):
            return None
        # Such a folder holds back, and after another dot may stand a language.
        if "_drafts/" in path or "." in path[path.rfind("/") + 1 : -3]:
            return None
        keys = tuple(block.values)
        try:
            shape = self._shapes[keys]
        except KeyError:
            shape = self._shapes[keys] = self._shape(keys)
        if shape is None:
            return None
        said = [
            tell(value) for tell, value in zip(shape.tellers, block.values.values(), strict=True)
        ]
        return None if None in said else self._told(path, said, shape, decoded, block)

    def _shape(self, keys: tuple[str, ...]) -> _Shape | None:
        """Return what ``keys`` give, or None where one of them asks for more than a look."""
        table = self._settings.table
        tellers: dict[str, Teller] = {}
        given: dict[str, str] = {}
        for key in keys:
            name = key.lower()
            field = table.ranks[name][0] if name in table.ranks else ""
            if name in table.prefixes or field in given:
                return None
            if field:
                # What gives the date in a key that can hold back does not hold back.
                held = name in DRAFTS and not name == field == "published"
                if held or field not in self._tellers:
                    return None
                given[field] = key
                one = field == "categories" and name in ("category", "section")
                tellers[field] = _category if one else self._tellers[field]
            elif name == "draft":
                tellers[key] = _not_held_back
            elif name in DRAFTS or meant_by(name):
                return None
            else:
                tellers[key] = _nothing
        if "title" not in given or "published" not in given:
            return None
        places = {name: place for place, name in enumerate(tellers)}
        order = [places.get(name, len(places) + absent) for name, absent in _ORDER.items()]
        return _Shape(
            tuple(tellers.values()), tuple(given), itemgetter(*given.values()), itemgetter(*order)
        )

    def _told(
        self, path: str, said: list[object], shape: _Shape, decoded: Decoded, block: Block
    ) -> Ordinary | None:
        said += _ABSENT
        title, published, updated, asked, categories, tags, authors, summary, source = shape.pick(said)  # fmt: skip
        if updated is not None and updated < published:
            return None
        settings = self._settings
        folder, category = "", categories[0] if categories else None
        slug = permalinks.slug_of(asked) if asked else ""
        if not slug or settings.pattern.folders:
            name = permalinks.name_of(path.removeprefix(settings.prefix))
            slug, folder = slug or slugified(name.stem), name.folder
        place = settings.pattern.place(published, slug, folder, category)
        body_at = block.body_at
        return Ordinary(
            title,
            slug,
            published,
            place.url,
            place.page,
            settings.language,
            updated,
            categories,
            tags,
            authors,
            summary,
            source,
            body_at,
            decoded.text.count("\n", 0, body_at) + 1,
            sketch(decoded.body(body_at)),
            shape.fields,
            shape.lines_of(block.lines),
        )

    def _date(self, value: Value) -> datetime | None:
        return dates.iso(value, self._settings.zone) if type(value) is str else None


# A text that begins so is trimmed, stands for nothing, or has quotation marks to ask about.
_SECOND_LOOK = frozenset(("", " ", "~", "“", "‘"))
# An entry of a list that begins so is trimmed, left out, or written as networks write tags.
_SECOND_LOOK_IN_LIST = frozenset(("", " ", "#"))
_NO_NAME = frozenset(",;[]<>()")


def _text(value: Value) -> str | None:
    """Return a text that is taken as it is written: `quick` let no tab or "\\r" through."""
    if type(value) is not str or value[:1] in _SECOND_LOOK or value[-1] == " ":
        return None
    return None if "  " in value or "\n" in value or value == "null" else value


def _texts(value: Value) -> tuple[str, ...] | None:
    """Return a list of texts, each taken as it is written."""
    if type(value) is not list or not value:
        return None
    for each in value:
        if type(each) is not str or each[:1] in _SECOND_LOOK_IN_LIST or each[-1] == " ":
            return None
    texts: tuple[str, ...] = tuple(value)  # type: ignore[arg-type]
    return texts if len(texts) == 1 or len(set(texts)) == len(texts) else None


def _category(value: Value) -> tuple[str, ...] | None:
    if type(value) is not str:
        return _texts(value)
    text = _text(value)
    return (text,) if text else None


def _names(value: Value) -> tuple[str, ...] | None:
    """Return names of people, without their addresses."""
    names = (value,) if type(value) is str else _texts(value)
    return names if names and all(map(_is_name, names)) else None


@lru_cache(maxsize=4096)
def _is_name(text: str) -> bool:
    return _text(text) is not None and _NO_NAME.isdisjoint(text)


def _source(value: Value) -> str | None:
    """Return a name: what may be an address, or a link of Markdown, is another matter."""
    text = _text(value)
    if text is None or ":" in text or text[0] == "[" or text[:4].lower() == "www.":
        return None
    return text


def _not_held_back(value: Value) -> str | None:
    return "" if value == "false" else None


def _nothing(_: Value) -> str:
    return ""
