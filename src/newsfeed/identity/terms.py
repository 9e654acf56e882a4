"""Which address belongs to which category, tag or author: once given, it is never another's.

Addresses come from `newsfeed.lock`. A term that nobody knows gets the slug of its name, or, where
that is or was another term's, the slug with a hash. docs/identity.md gives the reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from msgspec import Struct

from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.identity.lock_lines import NONE, Kind, Term, instant, later, moment
from newsfeed.model import Head
from newsfeed.text.slugs import folded, free_slug, slugify, unique_slugs

LABELS: dict[Kind, Callable[[Head], tuple[str, ...]]] = {
    "category": attrgetter("categories"),
    "tag": attrgetter("tags"),
    "author": attrgetter("authors"),
}
"""What is remembered: a language's address is its own tag, which no other language has."""
Terms = Mapping[tuple[Kind, str], Term]
"""By kind and slug."""


class Vanished(Struct, frozen=True, kw_only=True):
    """A term that no article bears any more, and when it was first missed."""

    kind: Kind
    label: str
    slug: str
    when: datetime


class Remembered(Struct, frozen=True, kw_only=True):
    """The terms of a site: ``slugs`` are by kind and `folded` name, ``lines`` what the lock holds.

    ``labels``, by the same, are the spellings that the lock has. ``vanished`` are those to announce
    now, ``next_change`` is when that list differs next.
    """

    lines: Terms
    slugs: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, Mapping[str, str]] = {}
    vanished: tuple[Vanished, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    next_change: datetime | None = None


def remember(
    heads: Sequence[Head], known: Terms, config: Config, now: datetime, *, whole: bool
) -> Remembered:
    """Give every term of ``heads`` its slug, and return the lock's lines as they should be.

    Drafts are nobody's to know; what is scheduled has its terms from its first build on, so that
    time alone changes nothing. ``whole`` says that every article could be read: where one could not,
    no term is taken for vanished.
    """
    public = [head for head in heads if not head.draft]
    lines = dict(known)
    problems: list[Diagnostic] = []
    slugs: dict[str, dict[str, str]] = {}
    remembered: dict[str, dict[str, str]] = {}
    for kind, labels in LABELS.items():
        if kind in _addressed(config):
            spelt = _spelt(public, labels)
            problems += _variants(public, kind, spelt, _labels(lines, kind))
            _update(lines, kind, spelt, now, whole=whole)
        own = [line for line in lines.values() if line.kind == kind]
        # Of two addresses that two branches gave one term, the shorter is its own.
        own.sort(key=lambda line: (len(line.slug), line.slug), reverse=True)
        slugs[kind] = {folded(line.label): line.slug for line in own}
        remembered[kind] = _labels(lines, kind)
    vanished, changes = _announced(public, lines, config, now)
    return Remembered(
        lines=lines,
        slugs=slugs,
        labels=remembered,
        vanished=vanished,
        problems=tuple(problems),
        next_change=min((when for when in changes if when > now), default=None),
    )


def _addressed(config: Config) -> set[str]:
    """Return the kinds whose terms have feeds or pages."""
    return {*config.feeds.per, *(config.pages.lists if config.pages.enabled else ())}


class _Spelt:
    """A term's spellings, how many articles write each, and the first instant that it is shown."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first = ""


def _spelt(heads: Iterable[Head], labels: Callable[[Head], tuple[str, ...]]) -> dict[str, _Spelt]:
    found: dict[str, _Spelt] = {}
    for head in heads:
        for label in dict.fromkeys(labels(head)):
            term = found.setdefault(folded(label), _Spelt())
            term.counts[label] += 1
            if not term.first or head.instant < term.first:
                term.first = head.instant
    return found


def commonest(counts: Mapping[str, int], known: str = "") -> str:
    """Return the spelling that most articles have.

    Of equals it is the ``known`` one, which the lock has, or else the one with the most accents.
    """
    return min(
        counts,
        key=lambda label: (
            -counts[label],
            label != known,
            -sum(not c.isascii() for c in label),
            label,
        ),
    )


def _labels(lines: Terms, kind: Kind) -> dict[str, str]:
    """Return the names that the ``lines`` of one kind have, by `folded` name."""
    own = (lines[key] for key in sorted(lines, reverse=True) if key[0] == kind)
    return {folded(line.label): line.label for line in own}


def _variants(
    heads: Sequence[Head], kind: Kind, spelt: Mapping[str, _Spelt], known: Mapping[str, str]
) -> list[Diagnostic]:
    """Say which spellings are taken for another, once each, at the first article that has it."""
    other = {
        label: commonest(term.counts, known.get(key, ""))
        for key, term in spelt.items()
        if len(term.counts) > 1
        for label in term.counts
    }
    rare = {label: label for label, main in other.items() if label != main}
    problems = []
    for head in heads if rare else ():
        for label in LABELS[kind](head):
            if rare.pop(label, None) is not None:
                problem = diagnostic(
                    "term-spellings", head.path, label=label, other=other[label], kind=kind
                )
                problems.append(problem)
    return problems


def _update(
    lines: dict[tuple[Kind, str], Term],
    kind: Kind,
    spelt: Mapping[str, _Spelt],
    now: datetime,
    *,
    whole: bool,
) -> None:
    """Bring the ``lines`` of one kind up to date, and add those of new terms."""
    today = instant(now)
    own = [line for line in lines.values() if line.kind == kind]
    taken = {line.slug for line in own}
    for line in own:
        term = spelt.get(folded(line.label))
        if term is None:
            if line.missed == NONE and whole:
                lines[kind, line.slug] = line._replace(missed=today)
            continue
        first = line.first if line.first <= today else term.first
        if first != line.first or line.missed != NONE:
            lines[kind, line.slug] = line._replace(first=first, missed=NONE)
    new = {min(spelt[key].counts).casefold(): key for key in spelt.keys() - _keys(own)}
    wanted = unique_slugs(sorted(new), lambda name: slugify(min(spelt[new[name]].counts)))
    for name, slug in sorted(wanted.items()):
        free = free_slug(slug, name, taken)
        taken.add(free)
        term = spelt[new[name]]
        lines[kind, free] = Term(kind, free, commonest(term.counts), term.first)


def _keys(lines: Iterable[Term]) -> set[str]:
    return {folded(line.label) for line in lines}


def _announced(
    heads: Sequence[Head], lines: Terms, config: Config, now: datetime
) -> tuple[tuple[Vanished, ...], list[datetime]]:
    """Return the terms that had articles and have none, and when each begins and ends to be said."""
    # A century is as good as for ever.
    window = timedelta(days=min(config.feeds.removed_days, 36_500))
    bearing = {
        kind: _ends(heads, labels) for kind, labels in LABELS.items() if kind in config.feeds.per
    }
    gone: list[Vanished] = []
    changes: list[datetime] = []
    for line in lines.values():
        if line.kind not in config.feeds.per:
            continue
        if line.missed != NONE:
            when = moment(line.missed) if line.first <= line.missed else None
        else:
            when = bearing[line.kind].get(folded(line.label))
        if when is None:
            continue
        until = later(when, window)
        changes += [when, until]
        if when <= now < until:
            gone.append(Vanished(kind=line.kind, label=line.label, slug=line.slug, when=when))
    return tuple(sorted(gone, key=lambda each: (each.kind, each.slug))), changes


def _ends(
    heads: Iterable[Head], labels: Callable[[Head], tuple[str, ...]]
) -> dict[str, datetime | None]:
    """Return when the last article of each term expires; None where one never does, or is to come."""
    ends: dict[str, datetime | None] = {}
    for head in heads:
        for label in labels(head):
            key = folded(label)
            known = ends.get(key, head.expires)
            if known is not None and head.expires is not None:
                ends[key] = max(known, head.expires)
            else:
                ends[key] = None
    return ends
