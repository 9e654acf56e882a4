"""What subscribers see when one version of a feed follows another, reader by reader.

A reader keeps the key of each entry; an entry whose key it does not know is new to it. How each
makes that key is its model here, one line of `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.feeds.published import Document, Published, plain

Key = Callable[[Published], str]


def newsboat(entry: Published) -> str:
    """Return the guid; the link with the date, the link, or the title where there is none.

    newsboat, src/rssparser.cpp, `RssParser::get_guid`.
    """
    return entry.id or (entry.link + entry.date if entry.link else entry.title)


def miniflux(entry: Published) -> str:
    """Return what Miniflux hashes: the id, the link, or the title and text.

    miniflux, internal/reader/{atom,rss,json,rdf}/adapter.go: in RSS 1.0 the link comes first.
    """
    if entry.form == "rdf":
        return entry.link or entry.title + entry.content
    return entry.id or entry.link or entry.title + entry.content


def freshrss(entry: Published) -> str:
    """Return the id, or the link, or the title.

    FreshRSS, app/Models/Feed.php, `loadGuids`, over SimplePie's `Item::get_id`.
    """
    return entry.id or entry.link or entry.title


def netnewswire(entry: Published) -> str:
    """Return the id; else link and date, title and date, or what of these there is.

    NetNewsWire, RSParser/Feeds/XML/RSParsedArticle.m, `calculatedArticleID`. An item of a JSON Feed
    without an id is not shown (JSONFeedParser.swift).
    """
    return entry.id or ("" if entry.form == "json" else (entry.link or entry.title) + entry.date)


def sfeed(entry: Published) -> str:
    """Return id, title and link together: a new title makes a second line.

    sfeed, sfeed_update, `merge`: ``sort -u -k6,6 -k2,2 -k3,3``. The title is the text of its element
    (sfeed.c, `string_print_trimmed`): entities of HTML within it are not read.
    """
    return "\t".join((entry.id, on_one_line(entry.title), entry.link))


def on_one_line(title: str) -> str:
    """Return a title as sfeed writes it: spaces of ASCII are one kind, the others stay."""
    return re.sub(r"[\t-\r]", " ", title).strip(" ")


READERS: Mapping[str, Key] = {
    "newsboat": newsboat,
    "Miniflux": miniflux,
    "FreshRSS": freshrss,
    "NetNewsWire": netnewswire,
    "sfeed": sfeed,
}


def new_to(reader: str, old: Document, new: Document) -> list[Published]:
    """Return the entries of ``new`` that a reader who read ``old`` shows as new: one for each key."""
    key = READERS[reader]
    known = {key(entry) for entry in old.entries}
    fresh: dict[str, Published] = {}
    for entry in new.entries:
        if (made := key(entry)) and made not in known:
            fresh.setdefault(made, entry)
    return list(fresh.values())


def compare(path: str, old: Document, new: Document) -> Iterator[Diagnostic]:
    """Yield what a subscriber of the feed at ``path`` would see that nobody should."""
    before = dict(_same(old.entries, new.entries))
    fresh = {name: {id(entry) for entry in new_to(name, old, new)} for name in READERS}
    for at, entry in enumerate(new.entries):
        was = before.get(at)
        if was is None:
            continue
        readers = [name for name in READERS if id(entry) in fresh[name]]
        if readers == ["sfeed"]:
            yield diagnostic("entry-twice", path, entry.line, title=_named(entry), was=_named(was))
        elif readers:
            yield diagnostic(
                "entry-resurfaces", path, entry.line, title=_named(entry),
                readers=", ".join(readers), known=was.id or was.link, id=entry.id or entry.link,
            )  # fmt: skip
    yield from _taken_over(path, old.entries, new.entries)
    yield from _vanished(path, old, new, {id(entry) for entry in before.values()})


def _same(old: Sequence[Published], new: Sequence[Published]) -> Iterator[tuple[int, Published]]:
    """Yield the index of each new entry that is an old article, with that: the surest signs first."""
    left_old, left_new = list(old), list(enumerate(new))
    for sign in (_by_all, _by_id, _by_link, _by_text, _by_title):
        count: dict[object, int] = {}
        for entry in (*left_old, *(entry for _, entry in left_new)):
            count[sign(entry)] = count.get(sign(entry), 0) + 1
        known: dict[object, Published] = {}
        for entry in left_old:
            known.setdefault(sign(entry), entry)
        rest = []
        for at, entry in left_new:
            mark = sign(entry)
            # What several entries bear tells none of them from the others.
            found = known.get(mark) if mark and (count[mark] == 2 or sign is _by_all) else None
            if found is not None and not _differ(found, entry):
                yield at, found
                left_old = [each for each in left_old if each is not found]
                del known[mark]
            else:
                rest.append((at, entry))
        left_new = rest


def _by_all(entry: Published) -> object:
    return (entry.id, entry.link, entry.title) if entry.id or entry.link else None


def _by_id(entry: Published) -> object:
    return entry.id


def _by_link(entry: Published) -> object:
    return entry.link.partition("://")[2].rstrip("/")


def _by_text(entry: Published) -> object:
    text = plain(entry.content)
    return text if len(text) > 40 else ""


def _by_title(entry: Published) -> object:
    return " ".join(entry.title.casefold().split())


def _differ(one: Published, other: Published) -> bool:
    """Say whether two entries have nothing in common but what names them."""
    return (
        _by_link(one) != _by_link(other)
        and _by_title(one) != _by_title(other)
        and plain(one.content) != plain(other.content)
    )


def _taken_over(
    path: str, old: Sequence[Published], new: Sequence[Published]
) -> Iterator[Diagnostic]:
    """Yield entries that bear the id of another article: readers show that one for it, or neither."""
    known = {entry.id: entry for entry in old if entry.id}
    for entry in new:
        was = known.get(entry.id)
        if was is not None and _differ(was, entry):
            yield diagnostic(
                "entry-changed-hands", path, entry.line, title=_named(entry), was=_named(was),
                id=entry.id,
            )  # fmt: skip


def _vanished(path: str, old: Document, new: Document, found: set[int]) -> Iterator[Diagnostic]:
    """Yield old entries that are missing among newer and older ones, and are not announced as gone.

    What is older than all that the feed now holds has only made room.
    """
    dates = [entry.when for entry in new.entries if entry.when is not None]
    oldest = min(dates, default=None)
    kept = {entry.id or entry.link for entry in new.entries} | new.gone
    for entry in old.entries:
        made_room = entry.when is None or (oldest is not None and entry.when < oldest)
        name = entry.id or entry.link
        if id(entry) not in found and not made_room and name not in kept:
            yield diagnostic("entry-vanished", path, title=_named(entry), id=name)


def _named(entry: Published) -> str:
    return plain(entry.title)[:80] or entry.link or entry.id
