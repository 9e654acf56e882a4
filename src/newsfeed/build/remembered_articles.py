"""What is remembered of an article's file: what every build asks of it, and the rest as it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timezone

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr, replace

from newsfeed.content.reading import Article, LeftOut
from newsfeed.diagnostics import Diagnostic
from newsfeed.identity.lock_lines import instant
from newsfeed.identity.matching import sketch_text, title_hash
from newsfeed.model import Head, Item
from newsfeed.site.lint import is_remarkable

_ODD_UNTIL = 1972
"""The last year in which the clocks of some place differed from UTC by odd seconds."""
_ALIKE = ("language", "categories", "tags", "authors")
"""What a head shares with others: decoded one by one, all heads would have their own."""


class Known(Struct, frozen=True, array_like=True):
    """What was read of the file at ``path``, whose bytes hash to ``digest``: empty for none that were
    read.

    ``item`` is the `Item` as JSON, which keeps the offsets of its dates; ``said`` are the problems and
    the reason why there is no item, in JSON too, empty for neither.
    """

    path: str
    digest: str
    head: Head | None
    item: bytes = b""
    said: bytes = b""


_decode_item = msgspec.json.Decoder(Item).decode
_encode_json = msgspec.json.Encoder().encode
_decode_said = msgspec.json.Decoder(tuple[tuple[Diagnostic, ...], str]).decode
unpacked = msgspec.msgpack.Decoder(Known).decode
_encode_known = msgspec.msgpack.Encoder().encode


def packed(article: Article, path: str, digest: str) -> bytes:
    """Return what is kept of ``article``, for `unpacked` in another process."""
    said = b""
    if article.problems or article.left_out is not None:
        reason = article.left_out.reason if article.left_out is not None else ""
        said = _encode_json((article.problems, reason))
    if article.item is None:
        return _encode_known(Known(path, digest, None, b"", said))
    item = _whole_minutes(article.item)
    return _encode_known(Known(path, digest, head_of(item, digest), _encode_json(item), said))


def head_of(item: Item, digest: str = "") -> Head:
    """Return what every build asks of ``item``, whose file's bytes hash to ``digest``."""
    when = item.published
    noted = instant(when)
    return Head(
        path=item.path,
        digest=digest,
        slug=item.slug,
        title=item.title,
        names=item.names,
        published=when,
        expires=item.expires,
        draft=item.draft,
        id=item.id,
        url=item.url,
        page=item.page,
        language=item.language,
        categories=item.categories,
        tags=item.tags,
        authors=tuple([person.name for person in item.authors]),
        translation=item.translation,
        redirects=item.redirects,
        modified=item.modified.isoformat(),
        instant=noted,
        title_hash=title_hash(item.title),
        sketch=sketch_text(item.sketch),
        minute=noted[:16] if when.hour or when.minute else "",
        alike="" if item.untitled else title_hash(f"{item.language} {item.title.casefold()}"),
        remarkable=is_remarkable(item),
    )


def item_of(known: Mapping[str, Known], path: str) -> Item:
    """Return the item of the file at ``path``."""
    return _decode_item(known[path].item)


def share(known: Known, seen: dict[object, object]) -> None:
    """Have what is said alike of many articles once in memory, and the path and hash of each."""
    head = known.head
    if head is None:
        return
    force_setattr(head, "path", known.path)
    force_setattr(head, "digest", known.digest)
    for name in _ALIKE:
        value = getattr(head, name)
        force_setattr(head, name, seen.setdefault(value, value))


def told(known: Known) -> Article:
    """Return what the file told beside its item."""
    problems, reason = _decode_said(known.said)
    left_out = LeftOut(path=known.path, reason=reason) if reason else None
    return Article(item=None, problems=problems, left_out=left_out)


def _whole_minutes(item: Item) -> Item:
    """Return ``item`` with dates in offsets of whole minutes: RFC 3339 has no others.

    Until 1972 local times differed from UTC by odd seconds; an author may write any offset.
    """
    moved: dict[str, object] = {**_moved_to_utc(item, ("published", "updated", "expires"))}
    if item.event is not None and (times := _moved_to_utc(item.event, ("start", "end"))):
        moved["event"] = replace(item.event, **times)
    return replace(item, **moved) if moved else item


def _moved_to_utc(dated: Struct, names: Iterable[str]) -> dict[str, datetime]:
    moments = ((name, getattr(dated, name)) for name in names)
    return {
        name: when.astimezone(UTC) for name, when in moments if when is not None and _is_odd(when)
    }


def _is_odd(when: datetime) -> bool:
    if when.year > _ODD_UNTIL and type(when.tzinfo) is not timezone:
        return False
    offset = when.utcoffset()
    return offset is not None and offset.seconds % 60 != 0
