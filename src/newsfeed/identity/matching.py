"""Which article is which: by its path where its content agrees, otherwise by its content alone.

Articles of today and the lock's records are both `Record` values here, so that one comparison
serves. What makes a match, a doubt or neither is in `_Evidence`; docs/identity.md explains it.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

from newsfeed.identity.lock_lines import NONE, Record

# How many hashes a sketch holds of a long body; a shorter body's sketch holds all of its own.
_SKETCH = 8
# A body of so few paragraphs can lose all of them to one small edit.
_SHORT = 2
# A hash that more records than this bear is boilerplate: it finds nobody.
_CROWD = 8
_MARGIN = 0.5
# How alike two bodies are that differ in nothing, sketches being samples.
_SAME = 0.95


class Recognised(Struct, frozen=True, kw_only=True):
    """``ids`` are by path; ``doubts`` are the articles that may, or may not, be a known one."""

    ids: Mapping[str, str]
    doubts: Mapping[str, Record]


def title_hash(title: str) -> str:
    """Return a title's hash as the lock writes it."""
    return f"{zlib.crc32(title.encode('utf-8', 'surrogatepass')):08x}"


def sketch_text(hashes: Sequence[int]) -> str:
    """Return the hashes of a body's paragraphs as the lock writes them."""
    return struct.pack(f">{len(hashes)}I", *hashes).hex() or NONE


def recognise(
    fresh: Sequence[Record],
    known: Iterable[Record],
    *,
    given: Mapping[str, str],
    same: Mapping[str, str],
    absent: frozenset[str],
) -> Recognised:
    """Say which of the ``fresh`` articles, whose ids are ignored, is which of the ``known`` ones.

    ``given`` are ids that stand already, by path; ``same`` are those of articles that are just as
    their record has them; records of ``absent`` paths match nothing. Order does not matter. What
    could match two is a doubt.
    """
    taken = set(given.values())
    ids = {
        path: key
        for path, key in same.items()
        if key not in taken and path not in given and path not in absent
    }
    rest = [each for each in fresh if each.path not in ids and each.path not in given]
    if not rest:
        return Recognised(ids=ids, doubts={})
    ordered = sorted(known)
    known = [each for each in ordered if each.missed != NONE]
    known += [each for each in ordered if each.missed == NONE]
    free = [each for each in known if each.id not in taken and each.path not in absent]
    by_path = {record.path: record for record in free}
    for article in rest:
        record = by_path.get(article.path)
        if record and record[3:5] == article[3:5]:
            ids[article.path] = record.id
    rest = [each for each in rest if each.path not in ids]
    if not rest:
        return Recognised(ids=ids, doubts={})
    common = _Common(fresh, known)
    rest = _unchallenged(rest, by_path, common, ids)
    taken.update(ids.values())
    open_records = [record for record in free if record.id not in taken]
    if not open_records:
        return Recognised(ids=ids, doubts={})
    return _by_evidence(rest, open_records, ids, common)


def still_recognisable(article: Record, record: Record) -> bool:
    """Say whether ``record`` would know ``article`` again after a rename and one more small edit.

    While it would, the lock keeps what it has, so that small edits do not change it.
    """
    _, similar = _compare(_hashes(article.sketch), _hashes(record.sketch))
    if article.title == record.title:
        return similar >= 0.5 or _short(article, record)
    return similar >= _SAME and not _short(article, record)


def _unchallenged(
    rest: Sequence[Record], by_path: Mapping[str, Record], common: _Common, ids: dict[str, str]
) -> list[Record]:
    """Settle the edited articles whose path nothing else could claim; return the others."""
    others = []
    for article in rest:
        record = by_path.get(article.path)
        if record is None or record.missed != NONE:
            others.append(article)
        elif (record.title == article.title and article.title not in common.titles) or (
            record.sketch == article.sketch != NONE
            and record.published == article.published
            and article.title not in common.known_titles
        ):
            ids[article.path] = record.id
        else:
            others.append(article)
    return others


def _by_evidence(
    rest: list[Record], records: list[Record], ids: dict[str, str], common: _Common
) -> Recognised:
    pairs = [
        evidence
        for article, record in _candidates(rest, records)
        if (evidence := _Evidence(article, record, common)).verdict
    ]
    pairs.sort(key=lambda pair: (-pair.score, pair.article.path, pair.record.id))
    sure = [pair for pair in pairs if pair.verdict == "sure"]
    settled: set[str] = set()
    closed: set[str] = set()
    taken: set[str] = set()
    doubts: dict[str, Record] = {}
    rivals = _Rivals(sure)
    for pair in sure:
        path, key = pair.article.path, pair.record.id
        if path in settled or key in closed:
            continue
        settled.add(path)
        closed.add(key)
        if equal := rivals.of(pair, settled, closed):
            for rival in (pair, *equal):
                doubts.setdefault(rival.article.path, rival.record)
                settled.add(rival.article.path)
                closed.add(rival.record.id)
        else:
            taken.add(key)
            ids[path] = key
    for pair in pairs:
        if pair.article.path not in ids and pair.record.id not in taken:
            doubts.setdefault(pair.article.path, pair.record)
    return Recognised(ids=ids, doubts=doubts)


def _candidates(
    rest: Sequence[Record], records: Sequence[Record]
) -> Iterable[tuple[Record, Record]]:
    """Yield every pair that has something in common: a path, a title, a paragraph."""
    index: dict[int | str, list[int]] = {}
    for number, record in enumerate(records):
        for key in _keys(record):
            index.setdefault(key, []).append(number)
        index.setdefault(f"path {record.path}", []).append(number)
    for article in rest:
        found = set(index.get(f"path {article.path}", ()))
        for key in _keys(article):
            numbers = index.get(key, [])
            if len(numbers) <= _CROWD:
                found.update(numbers)
        for number in sorted(found):
            yield article, records[number]


def _keys(record: Record) -> list[int | str]:
    return [*_hashes(record.sketch), record.title, f"{record.title} {record.published}"]


class _Common:
    """The paragraphs and titles that several articles bear: they recognise none of them."""

    def __init__(self, fresh: Sequence[Record], known: Sequence[Record]) -> None:
        self._sides = (fresh, known)

    @cached_property
    def hashes(self) -> frozenset[int]:
        common: set[int] = set()
        for side in self._sides:
            count: Counter[int] = Counter()
            for record in side:
                count.update(_hashes(record.sketch))
            common.update(key for key, times in count.items() if times > 1)
        return frozenset(common)

    @cached_property
    def titles(self) -> frozenset[str]:
        common: set[str] = set()
        for side in self._sides:
            count = Counter(record.title for record in side)
            common.update(key for key, times in count.items() if times > 1)
        return frozenset(common)

    @cached_property
    def known_titles(self) -> frozenset[str]:
        return frozenset(record.title for record in self._sides[1])


class _Evidence:
    """What speaks for ``article`` being ``record``.

    ``verdict`` is ``sure``, ``doubt`` or empty; ``score`` orders the sure ones.
    """

    __slots__ = ("article", "path", "record", "score", "verdict")

    def __init__(self, article: Record, record: Record, common: _Common) -> None:
        self.article = article
        self.record = record
        ours, theirs = _hashes(article.sketch), _hashes(record.sketch)
        _, similar = _compare(ours, theirs)
        own, unique = _compare(ours - common.hashes, theirs - common.hashes)
        same = similar >= _SAME
        title = article.title == record.title
        rare = title and article.title not in common.titles
        date = article.published == record.published
        stem = _stem(article.path) == _stem(record.path)
        live = record.missed == NONE
        self.path = article.path == record.path
        self.score = (
            (2.25 if live else 1.5) * self.path
            + 4.0 * max(unique, similar if same else 0.0)
            + 2.0 * title
            + 1.0 * date
            + 1.0 * (stem and not self.path)
        )
        short = _short(article, record)
        if (
            (self.path and (rare or own or same or (live and (date or similar >= 0.5))))
            or (same and (title or date or unique >= 0.5))
            or (unique >= 0.5 and (title or date or stem))
            or (title and date and (rare or own or short))
        ):
            self.verdict = "sure"
        elif (self.path and (live or date)) or (title and date) or own:
            self.verdict = "doubt"
        else:
            self.verdict = ""


class _Rivals:
    """Finds the pairs that are as good as another one."""

    def __init__(self, pairs: Iterable[_Evidence]) -> None:
        self._by_article: dict[str, list[_Evidence]] = {}
        self._by_record: dict[str, list[_Evidence]] = {}
        for pair in pairs:
            self._by_article.setdefault(pair.article.path, []).append(pair)
            self._by_record.setdefault(pair.record.id, []).append(pair)

    def of(self, pair: _Evidence, settled: set[str], closed: set[str]) -> list[_Evidence]:
        """Return the open pairs about as good as ``pair``; a path that agrees has no rival."""
        if pair.path and pair.record.missed == NONE:
            return []
        near = pair.score - _MARGIN
        return [
            other
            for other in self._by_article[pair.article.path]
            if other.score > near and other.record.id not in closed
        ] + [
            other
            for other in self._by_record[pair.record.id]
            if other.score > near and other.article.path not in settled
        ]


@lru_cache(maxsize=1 << 15)
def _hashes(sketch: str) -> frozenset[int]:
    if sketch == NONE:
        return frozenset()
    return frozenset(struct.unpack(f">{len(sketch) // 8}I", bytes.fromhex(sketch)))


def _compare(one: frozenset[int], other: frozenset[int]) -> tuple[int, float]:
    """Return how many hashes two sketches share, and how alike the two texts are, 0 to 1.

    Sketches hold the smallest hashes, so the smallest of both are a fair sample of the union's
    (Broder, "On the resemblance and containment of documents", 1997).
    """
    if not other:
        return 0, 0.0
    shared = one & other
    sample = sorted(one | other)
    if max(len(one), len(other)) >= _SKETCH:
        sample = sample[:_SKETCH]
    return len(shared), len(shared.intersection(sample)) / len(sample)


def _short(article: Record, record: Record) -> bool:
    return min(len(article.sketch), len(record.sketch)) <= 8 * _SHORT


def _stem(path: str) -> str:
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if name in ("index", "_index"):
        name = path.split("/")[-2] if "/" in path else name
    return re.sub(r"^\d{4}-\d\d-\d\d[-_]", "", name)
