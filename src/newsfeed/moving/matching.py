"""Which entry of a former feed is which article: by id, address, then title and text.

What may be two articles is neither: a doubtful pair is said, and never made.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from newsfeed.feeds.published import Published, plain
from newsfeed.identity.lockfile import Lock
from newsfeed.model import Head

_ALIKE = 0.6
"""The share of a text's words that the other one must hold to be the same text."""
_DAY = timedelta(hours=36)
Doubt = tuple[Published, str, str]
"""An entry, the path of an article, and why it may not be that."""


class Pair(NamedTuple):
    """An entry of the former feed, the article that it is, and what says so."""

    entry: Published
    head: Head
    by: str


class Known(Struct, frozen=True, kw_only=True):
    """What the site knows: its articles, the ``lock`` that a build would write, the one ``before``.

    ``url`` is the site's address, and with ``paged`` its pages are newsfeed's. By an article's path
    ``text_of`` gives its text, ``title_of`` its title as feeds print it.
    """

    heads: Sequence[Head]
    lock: Lock
    before: Lock
    url: str
    text_of: Callable[[str], str]
    title_of: Callable[[str], str]
    paged: bool = True


def matched(
    entries: Sequence[Published], known: Known
) -> tuple[list[Pair], list[Doubt], list[Published]]:
    """Return the sure pairs, the doubtful ones, and the entries that are no article."""
    pairs: list[Pair] = []
    site, text_of = known.url, known.text_of
    left, free = list(entries), [head for head in known.heads if not head.draft]
    for by, of_entry, of_head in (
        ("id", lambda each: each.id, lambda head: head.id),
        ("address", lambda each: path_of(each.link, site), lambda head: path_of(head.url, site)),
    ):
        left, free = _paired(left, free, by, of_entry, of_head, pairs)
    titles = _by_title(free)
    counted = Counter(letters_of(entry.title) for entry in left)
    texts: dict[str, frozenset[str]] = {}
    doubts: list[Doubt] = []
    unmatched: list[Published] = []
    claimed: set[str] = set()
    for entry in left:
        alike = [
            head for head in titles.get(letters_of(entry.title), ()) if head.path not in claimed
        ]
        best = _best(entry, alike or free, texts, text_of, titled=bool(alike))
        sure = best is not None and (len(alike) == 1 or _near(entry, best))
        if (
            best is not None
            and best.path not in claimed
            and sure
            and counted[letters_of(entry.title)] == 1
        ):
            claimed.add(best.path)
            pairs.append(Pair(entry, best, "title and text" if alike else "text"))
        elif best is not None or alike:
            doubts.append((entry, (best or alike[0]).path, "alike"))
        else:
            unmatched.append(entry)
    return pairs, doubts, unmatched


def _paired(
    entries: list[Published],
    heads: list[Head],
    by: str,
    of_entry: Callable[[Published], str],
    of_head: Callable[[Head], str],
    pairs: list[Pair],
) -> tuple[list[Published], list[Head]]:
    """Pair what bears the same mark, and nobody else does; return what is left."""
    marks = Counter(map(of_head, heads))
    named = {of_head(head): head for head in heads if marks[of_head(head)] == 1}
    counted = Counter(map(of_entry, entries))
    left = []
    used: set[str] = set()
    for entry in entries:
        mark = of_entry(entry)
        if mark and mark in named and counted[mark] == 1:
            pairs.append(Pair(entry, named[mark], by))
            used.add(named[mark].path)
        else:
            left.append(entry)
    return left, [head for head in heads if head.path not in used]


def _by_title(heads: Iterable[Head]) -> Mapping[str, list[Head]]:
    found: dict[str, list[Head]] = {}
    for head in heads:
        found.setdefault(letters_of(head.title), []).append(head)
    return found


def letters_of(title: str) -> str:
    """Return a title as two tools may both have written it: letters and digits alone."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", plain(title)).casefold()))


def _best(
    entry: Published,
    heads: Iterable[Head],
    texts: dict[str, frozenset[str]],
    text_of: Callable[[str], str],
    *,
    titled: bool,
) -> Head | None:
    """Return the article that has the entry's text, or its title and day; None where two may."""
    words = _words(plain(entry.content))
    found = []
    for head in heads:
        if not titled and not _near(entry, head):
            continue
        if head.path not in texts:
            texts[head.path] = _words(text_of(head.path))
        shared = len(words & texts[head.path]) / len(words) if words else 0.0
        if shared >= _ALIKE and (titled or len(words) > 20):
            found.append((shared, head))
        elif titled and _near(entry, head):
            found.append((0.0, head))
    found.sort(key=lambda each: (-each[0], each[1].path))
    if len(found) > 1 and found[0][0] == found[1][0]:
        return None
    return found[0][1] if found else None


def _near(entry: Published, head: Head) -> bool:
    """Say whether the dates are the same day, in whatever zones."""
    return entry.when is not None and abs(entry.when - head.published) < _DAY


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{4,}", text.casefold()))


def path_of(link: str, site: str) -> str:
    """Return the path of an address below the site's, whatever its host: a domain may have changed."""
    try:
        path = unquote(urlsplit(link).path)
    except ValueError:
        return ""
    path = path.removeprefix(unquote(urlsplit(site).path)).strip("/")
    return unicodedata.normalize("NFC", path.removesuffix("index.html").rstrip("/"))
