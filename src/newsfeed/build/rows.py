"""`Article` <-> two lines of text: what the cache keeps and what workers send.

The first line holds what a build asks of every item, the second what it asks of few: JSON, or for
most items, which have little of that, a few words. An item made of a row is a `Remembered`: it decodes
either line when one of its fields is first read.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from newsfeed.content.reading import Article, LeftOut
from newsfeed.diagnostics import Diagnostic, Edit
from newsfeed.model import Enclosure, Event, Image, Item, Link, Person
from newsfeed.text.values import field_names

T = TypeVar("T")
Row = str | Callable[[str], str]
"""A line of a row, or what finds it by the article's path."""

_SETTLED = ("id", "url", "page")
_SLIM = (
    "title", "slug", "published", "language", "updated", "expires", "draft", "weight", "categories",
    "tags", "authors", "redirects", "translation", "summary", *_SETTLED,
)  # fmt: skip
_FIELDS = tuple(field.name for field in fields(Item))
_RARE = tuple(name for name in _FIELDS if name not in (*_SLIM, "path", "sketch"))
_SET_SLIM: tuple[Any, ...] = tuple(getattr(Item, name).__set__ for name in _SLIM)
_SET_RARE: tuple[Any, ...] = tuple(getattr(Item, name).__set__ for name in _RARE)
_IS_SLIM = frozenset(_SLIM)
_SET_ASIDE = _SET_SLIM[: -len(_SETTLED)]
_SET_SETTLED: tuple[Any, ...] = tuple(getattr(Item, name).__set__ for name in _SETTLED)
_values_of = attrgetter(*_FIELDS)
_slim_of = attrgetter(*_SLIM)
_rare_of = attrgetter(*_RARE)
# No text that `decoding` let through holds these, but an escape of YAML may: see `_holds`.
BETWEEN, WITHIN, INSIDE, _NEWLINE = "\x1f", "\x1e", "\x1d", "\x1c"


class Remembered(Item):
    """An item made of a row, equal to the item that the row was made of.

    ``_settled`` says that it has got its id, address and page, which are not those of the row then.
    """

    __slots__ = ("__weakref__", "_rest", "_settled", "_slim")

    def __getattr__(self, name: str) -> Any:
        """Fill the slots that are still empty: Python asks this for those alone."""
        if name in _IS_SLIM:
            line = _found(object.__getattribute__(self, "_slim"), self.path)
            puts = _SET_ASIDE if object.__getattribute__(self, "_settled") else _SET_SLIM
            _put(self, puts, _slim_values(line))
        elif name == "sketch":
            line = _found(object.__getattribute__(self, "_slim"), self.path)
            _set_sketch(self, _unhex(line.rpartition(BETWEEN)[2]))
        elif name in _RARE:
            line = _found(object.__getattribute__(self, "_rest"), self.path)
            is_json = line[0] == "{"
            values = _rare_values(json.loads(line)["item"]) if is_json else _brief_values(line)
            _put(self, _SET_RARE, values)
        else:
            raise AttributeError(name)
        return object.__getattribute__(self, name)

    def __copy__(self) -> Remembered:
        twin = _new(Remembered)
        _set_path(twin, self.path)
        _set_rest(twin, object.__getattribute__(self, "_rest"))
        _set_settled(twin, False)
        _put(twin, _SET_SLIM, _slim_of(self))
        _set_sketch(twin, self.sketch)
        return twin

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item) and bool(_values_of(self) == _values_of(other))

    def __hash__(self) -> int:
        return hash(_values_of(self))


def _put(item: Item, setters: Iterable[Any], values: Iterable[Any]) -> None:
    """Fill the slots of ``item`` that ``setters`` are of; there may be more ``values``."""
    for put, value in zip(setters, values, strict=False):
        put(item, value)


_new = object.__new__
_set_path: Any = vars(Item)["path"].__set__
_set_sketch: Any = vars(Item)["sketch"].__set__
_set_slim: Any = vars(Remembered)["_slim"].__set__
_set_rest: Any = vars(Remembered)["_rest"].__set__
_set_settled: Any = vars(Remembered)["_settled"].__set__


def row_of(article: Article) -> tuple[str, str] | None:
    """Return the row of ``article``, or None for one whose texts no row can hold."""
    item = article.item
    rest: dict[str, Any] = {}
    if item is not None:
        rest["item"] = _rare_row(item)
    if article.problems:
        rest["problems"] = [problem_row(each) for each in article.problems]
    if article.left_out is not None:
        rest["left_out"] = article.left_out.reason
    if item is None:
        return "-", _json(rest)
    slim = BETWEEN.join(
        (
            "+" if len(rest) == 1 else "!",
            item.title,
            item.slug,
            _moment(item.published),
            item.url,
            item.page,
            item.language,
            item.id,
            _moment(item.updated) if item.updated else "",
            _moment(item.expires) if item.expires else "",
            "1" if item.draft else "",
            "" if item.weight is None else str(item.weight),
            WITHIN.join(item.categories),
            WITHIN.join(item.tags),
            WITHIN.join([INSIDE.join((p.name, p.email or "", p.url or "")) for p in item.authors]),
            WITHIN.join(item.redirects),
            item.translation or "",
            (item.summary or "").replace("\n", _NEWLINE),
            _hex(item.sketch),
        )
    )
    if not _holds(slim, item):
        return None
    return slim, (_brief_row(item) if len(rest) == 1 else None) or _json(rest)


def _brief(body_at: int, body_line: int, source: str | None, lines: str) -> str:
    return f"{body_at}{WITHIN}{body_line}{WITHIN}{source or ''}{WITHIN}{lines}"


@lru_cache(maxsize=4096)
def _lines(names: tuple[str, ...], numbers: tuple[int, ...]) -> str:
    return " ".join([f"{name} {number}" for name, number in zip(names, numbers, strict=True)])


@lru_cache(maxsize=4096)
def _lines_of(text: str) -> tuple[tuple[str, int], ...]:
    words = text.split(" ") if text else []
    return tuple(zip(words[::2], map(int, words[1::2]), strict=True))


def _hex(sketch: tuple[int, ...]) -> str:
    return struct.pack(f">{len(sketch)}I", *sketch).hex()


def _unhex(sketch: str) -> tuple[int, ...]:
    return struct.unpack(f">{len(sketch) // 8}I", bytes.fromhex(sketch))


def article_of(path: str, slim: str, rest: Row) -> Article:
    """Return the article at ``path`` that has this row."""
    item = None
    if slim != "-":
        item = item_of(path, slim, rest)
        if slim[0] == "+":
            return Article(item=item)
    known = json.loads(_found(rest, path))
    reason = known.get("left_out")
    return Article(
        item=item,
        problems=tuple(problem_of(each) for each in known.get("problems", ())),
        left_out=LeftOut(path=path, reason=reason) if reason is not None else None,
    )


def item_of(path: str, slim: Row, rest: Row, settled: str = "") -> Item:
    """Return the item of a row that has one, with what `settled_row` wrote of it in its place."""
    item = _new(Remembered)
    _set_path(item, path)
    _set_slim(item, slim)
    _set_rest(item, rest)
    _set_settled(item, bool(settled))
    if settled:
        _put(item, _SET_SETTLED, settled.split(BETWEEN))
    return item


def settled_row(item: Item) -> str:
    """Return the id, address and page of ``item`` as `item_of` reads them."""
    return BETWEEN.join((item.id, item.url, item.page))


def _found(rest: Row, path: str) -> str:
    return rest if isinstance(rest, str) else rest(path)


def _holds(slim: str, item: Item) -> bool:
    """Say whether ``slim`` is read as it was meant: no text of ``item`` holds what separates."""
    people = [each.name for each in item.authors]
    lists = (item.categories, item.tags, item.redirects, people)
    return (
        "\n" not in slim
        and slim.count(BETWEEN) == len(_SLIM) + 1
        and slim.count(WITHIN) == sum(len(each) - 1 for each in lists if each)
        and slim.count(INSIDE) == 2 * len(people)
        and all(map(all, lists))
        and all(each.email != "" and each.url != "" for each in item.authors)
        and item.translation != ""
        and item.summary != ""
        and _NEWLINE not in (item.summary or "")
    )


def _slim_values(line: str) -> Iterable[Any]:
    (
        _, title, slug, published, url, page, language, key, updated, expires, draft,
        weight, categories, tags, authors, redirects, translation, summary, _,
    ) = line.split(BETWEEN)  # fmt: skip
    return (
        title,
        slug,
        _instant(published),
        language,
        _instant(updated) if updated else None,
        _instant(expires) if expires else None,
        draft == "1",
        int(weight) if weight else None,
        _texts(categories) if categories else (),
        _texts(tags) if tags else (),
        _people(authors) if authors else (),
        _texts(redirects) if redirects else (),
        translation or None,
        summary.replace(_NEWLINE, "\n") if summary else None,
        key,
        url,
        page,
    )


def _rare_row(item: Item) -> list[Any]:
    """Return the fields of ``item`` that few ask for, in the order of `_RARE`."""
    return [
        item.format,
        item.body_at,
        item.body_line,
        _values(item.source),
        [_values(each) for each in item.links],
        _values(item.image),
        [_values(each) for each in item.enclosures],
        _event_row(item.event),
        item.canonical,
        item.names,
        item.lines,
    ]


def _brief_row(item: Item) -> str | None:
    """Return the second line of ``item`` in a few words, None where they would not tell all."""
    lines = _lines(*zip(*item.lines, strict=True)) if item.lines else ""
    source = item.source.text if item.source is not None else None
    line = _brief(item.body_at, item.body_line, source, lines)
    with suppress(ValueError):
        if BETWEEN not in line and "\n" not in line and _brief_values(line) == _rare_of(item):
            return line
    return None


def _brief_values(line: str) -> tuple[Any, ...]:
    body_at, body_line, source, lines = line.split(WITHIN)
    link = Link(text=source, url="") if source else None
    return (
        "markdown", int(body_at), int(body_line), link, (), None, (), None, None, (), _lines_of(lines),
    )  # fmt: skip


def _rare_values(row: Sequence[Any]) -> Iterable[Any]:
    form, body_at, body_line, source, links, image, enclosures, event, canonical, names, lines = row  # fmt: skip
    return (
        form,
        body_at,
        body_line,
        _made(Link, source),
        tuple(made(Link, each) for each in links),
        _made(Image, image),
        tuple(made(Enclosure, each) for each in enclosures),
        _event(event),
        canonical,
        tuple(names),
        tuple(map(tuple, lines)),
    )


def _event_row(event: Event | None) -> list[Any] | None:
    if event is None:
        return None
    return [_moment(event.start), event.end and _moment(event.end), event.place, event.all_day]


def _event(row: Sequence[Any] | None) -> Event | None:
    if row is None:
        return None
    start, end, place, all_day = row
    return Event(
        start=_instant(start), end=_instant(end) if end else None, place=place, all_day=all_day
    )


def problem_row(problem: Diagnostic) -> list[Any]:
    """Return ``problem`` as lists, texts and numbers."""
    edits = [[each.start, each.end, each.text] for each in problem.fix]
    return [problem.code, problem.path, problem.line, problem.column, problem.values, edits]


def problem_of(row: Sequence[Any]) -> Diagnostic:
    """Return the problem that `problem_row` made ``row`` of."""
    code, path, line, column, values, edits = row
    return Diagnostic(
        code=code,
        path=path,
        line=line,
        column=column,
        values=tuple((name, value) for name, value in values),
        fix=tuple(Edit(start=start, end=end, text=text) for start, end, text in edits),
    )


def _values(value: Any) -> list[Any] | None:
    return None if value is None else [getattr(value, name) for name in field_names(type(value))]


def _made(kind: type[T], row: Sequence[Any] | None) -> T | None:
    return None if row is None else made(kind, row)


def made(kind: type[T], row: Sequence[Any]) -> T:
    """Return the ``kind`` of value whose fields have the values of ``row``."""
    return kind(**dict(zip(field_names(kind), row, strict=True)))


def _moment(when: datetime) -> str:
    """Return ``when`` with its zone: an instant's offset alone would forget its summer time."""
    zone = when.tzinfo
    if isinstance(zone, ZoneInfo):
        return f"{when.replace(tzinfo=None).isoformat()}[{when.fold}{zone.key}"
    return when.isoformat()


def _instant(text: str) -> datetime:
    if "[" not in text:
        return datetime.fromisoformat(text)
    local, _, rest = text.partition("[")
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(rest[1:]), fold=int(rest[0]))


@lru_cache(maxsize=1 << 16)
def _texts(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(WITHIN))


@lru_cache(maxsize=1 << 16)
def _people(joined: str) -> tuple[Person, ...]:
    people = (each.split(INSIDE) for each in joined.split(WITHIN))
    return tuple(Person(name=n, email=email or None, url=url or None) for n, email, url in people)


_json: Callable[[Any], str] = json.JSONEncoder(separators=(",", ":")).encode
