"""Items in letter order -> the parts of a letter: lead, excerpts, headlines, agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from newsfeed.model import Item
from newsfeed.newsletter.issues.issue import Layout, Style
from newsfeed.text.slugs import folded

MOST_EXCERPTS = 6
"""How many items a magazine shows below its lead; the others are headlines."""
PREHEADER = 110
"""Characters: inboxes show between 40 and 140 of them."""


class Part(Struct, frozen=True, kw_only=True):
    """A section of a letter before its items are rendered; ``title`` is empty for none.

    ``notes`` are (id of an item, what is said of it in the place of its summary).
    """

    items: tuple[Item, ...]
    title: str = ""
    style: Style = "excerpt"
    notes: tuple[tuple[str, str], ...] = ()


class Plan(Struct, frozen=True, kw_only=True):
    """How to arrange a letter.

    ``date`` is the instant that it bears, ``zone`` the site's. ``words`` are the headings of the
    letter's language: ``letter_briefs`` and ``letter_agenda``. With ``sections`` the categories of
    several items have a heading each.
    """

    date: datetime
    zone: ZoneInfo
    words: Mapping[str, str]
    layout: Layout = "magazine"
    sections: bool = False


def arrange(items: Sequence[Item], plan: Plan) -> tuple[Part, ...]:
    """Return the parts of a letter of ``items``, each item once.

    A magazine has a lead, some excerpts and then headlines, a bulletin excerpts alone, an essay one
    article and headlines. Events that
    are not over on the letter's day stand in the agenda, by date.
    """
    ahead: list[Item] = []
    rest: list[Item] = []
    for item in items:
        (ahead if is_ahead(item, plan.date, plan.zone) else rest).append(item)
    lead, shown, brief = _levels(rest, plan)
    parts = [Part(items=lead, style="lead"), *_sections(shown, plan)]
    parts.append(Part(items=brief, title=plan.words["letter_briefs"], style="headline"))
    ahead.sort(key=lambda item: item.event.start if item.event else plan.date)
    parts.append(Part(items=tuple(ahead), title=plan.words["letter_agenda"], style="agenda"))
    return tuple(part for part in parts if part.items)


def is_ahead(item: Item, date: datetime, zone: ZoneInfo) -> bool:
    """Say whether an item tells of an event that is not over on the day of ``date``."""
    if item.event is None:
        return False
    last = item.event.end or item.event.start
    return last.astimezone(zone).date() >= date.astimezone(zone).date()


def preheader(titles: Sequence[str], summary: str) -> str:
    """Return what inboxes show beside the subject: the titles that follow the first, or its summary.

    At most `PREHEADER` characters, cut between titles or words.
    """
    shown = ""
    for title in titles[1:]:
        longer = f"{shown} · {title}" if shown else title
        if len(longer) > PREHEADER:
            break
        shown = longer
    return shown or shorten(" ".join(summary.split()))


def shorten(text: str) -> str:
    """Return ``text`` cut between words to at most `PREHEADER` characters."""
    if len(text) <= PREHEADER:
        return text
    cut = text[: PREHEADER - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.-–—") + "…"


def _levels(
    rest: list[Item], plan: Plan
) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    if plan.layout == "bulletin":
        return (), tuple(rest), ()
    if plan.layout == "essay":
        return tuple(rest[:1]), (), tuple(rest[1:])
    end = 1 + MOST_EXCERPTS
    # A list of one headline looks like a mistake.
    if len(rest) == end + 1:
        end += 1
    return tuple(rest[:1]), tuple(rest[1:end]), tuple(rest[end:])


def _sections(items: tuple[Item, ...], plan: Plan) -> Iterable[Part]:
    """Yield ``items`` by category where asked: the lone ones first, then each category's."""
    if not plan.sections:
        yield Part(items=items)
        return
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(folded(item.category or ""), []).append(item)
    several = {name for name, members in groups.items() if name and len(members) > 1}
    alone = tuple(item for item in items if folded(item.category or "") not in several)
    yield Part(items=alone)
    for name in groups:
        if name in several:
            members = tuple(groups[name])
            yield Part(items=members, title=members[0].category or "")
