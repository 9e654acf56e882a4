"""The lines of issue files -> the articles of each letter, and what is wrong with them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from newsfeed.diagnostics import Diagnostic, Edit, diagnostic
from newsfeed.model import Entry, Item
from newsfeed.newsletter.issues.catalogue import Catalogue
from newsfeed.newsletter.issues.file_writer import row
from newsfeed.newsletter.issues.headings import folded
from newsfeed.newsletter.issues.issue import Issue, IssueSection, Line, natural
from newsfeed.newsletter.issues.records import Record
from newsfeed.newsletter.issues.sections import Part

_SEARCHES = 5
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class ResolvedIssue(Struct, frozen=True, kw_only=True):
    """An issue and its articles.

    ``date`` is what the letter bears: the file's, otherwise that of its newest article. ``over``
    says that its day is past, or that a person closed it: it keeps what its record holds.
    ``parts`` are what it shows, ``carried`` the ids that no later issue is to propose; ``versions``
    are those of what it shows by that of the article whose translation it is, as records have them.
    """

    issue: Issue
    date: datetime
    over: bool
    parts: tuple[Part, ...]
    carried: frozenset[str]
    record: Record | None = None
    problems: tuple[Diagnostic, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    def is_out(self, now: datetime) -> bool:
        """Say whether the site shows it: its date has come and it is no draft."""
        return (
            not self.issue.draft and self.date <= now and bool(self.parts or self.issue.editorial)
        )


class IssueContext(Struct, frozen=True, kw_only=True):
    """What issues are settled against: the articles, the instant, the site's zone and language.

    ``left_out`` are the ids that no letter is to propose.
    """

    catalogue: Catalogue
    now: datetime
    zone: ZoneInfo
    language: str = ""
    left_out: frozenset[str] = frozenset()


def settle(
    issues: Iterable[Issue], records: Mapping[str, Record], desk: IssueContext
) -> tuple[ResolvedIssue, ...]:
    """Return the issues, oldest first, each with its articles. ``records`` are by key."""
    located = [_Located(issue, records.get(issue.key), desk) for issue in issues]
    located.sort(key=lambda each: (each.date, natural(each.issue.key), each.issue.key))
    sent: dict[str, str] = {}
    settled = []
    for each in located:
        numbered = each.settle(sent)
        settled.append(numbered)
        for key in numbered.carried:
            sent.setdefault(key, each.issue.key)
    return tuple(settled)


def named(issue: Issue, catalogue: Catalogue) -> frozenset[str]:
    """Return the ids that the lines of an issue file name, without a look at what it may show."""
    ids: set[str] = set()
    for line in issue.lines:
        if line.id and (catalogue.by_id(line.id) or not line.target):
            ids.add(line.id)
            continue
        found = catalogue.find(line.target)
        ids |= {found[0].id} if len(found) == 1 else set()
        ids |= {line.id} - {""}
    return frozenset(ids)


class _Located:
    """An issue whose lines have been looked for."""

    def __init__(self, issue: Issue, record: Record | None, desk: IssueContext) -> None:
        self.issue = issue
        self.record = record
        self.desk = desk
        self.problems: list[Diagnostic] = list(issue.problems)
        self.searches = 0
        self.named = {id(line): self._locate(line) for line in issue.lines}
        self.found = {key: self._spoken(item) for key, item in self.named.items()}
        shown = [item.published for item in self.named.values() if item and not item.draft]
        past = [when for when in shown if when <= desk.now]
        self.date = issue.date or max(past or shown, default=_EPOCH)
        today = desk.now.astimezone(desk.zone).date()
        day = self.date.astimezone(desk.zone).date()
        self.over = day < today or (record is not None and record.closed)

    def settle(self, sent: Mapping[str, str]) -> ResolvedIssue:
        """Return the issue with the articles that it shows; ``sent`` says what earlier ones did."""
        first: dict[str, Line] = {}
        carried: set[str] = set()
        versions: dict[str, str] = {}
        parts = []
        for section in self.issue.sections:
            shown: list[Item] = []
            notes: dict[str, str] = {}
            for line in section.lines:
                item = self._checked(line, section, first, sent)
                if item is None:
                    if line.id and self.desk.catalogue.by_id(line.id) is None:
                        carried.add(line.id)
                    continue
                translated = self._is_version(line, item)
                carried |= {item.id} if translated else {item.id, line.id} - {""}
                if section.style != "out":
                    shown.append(item)
                    versions |= {self._id_of(line): item.id} if translated else {}
                    notes |= {item.id: line.note} if line.note and not translated else {}
            if shown:
                parts.append(_part(section, shown, notes))
        empty = not parts and not self.issue.editorial.strip()
        if empty and not (self.issue.shared and self.issue.lines):
            self._say("issue-empty", 1, 1)
        if parts:
            self._editorial_missing()
        return ResolvedIssue(
            issue=self.issue,
            date=self.date,
            over=self.over,
            parts=tuple(parts),
            carried=frozenset(carried),
            record=self.record,
            problems=tuple(self.problems),
            versions=versions,
        )

    def _editorial_missing(self) -> None:
        """Say that a letter has no editorial where the same letter in another language has one."""
        issue = self.issue
        said = any(each.editorial for each in issue.texts.values())
        if issue.shared and said and not issue.editorial:
            self._say("issue-editorial-missing", 1, 1, language=issue.language)

    def _spoken(self, item: Item | None) -> Item | None:
        """Return the version of an article that the letter shows."""
        if item is None or not self.issue.shared:
            return item
        return self.desk.catalogue.spoken(item, self.issue.language)

    def _is_version(self, line: Line, item: Item) -> bool:
        """Say whether ``item`` stands for the article that its line names, being a translation."""
        return self.issue.shared and self._id_of(line) not in ("", item.id)

    def _id_of(self, line: Line) -> str:
        """Return the id of the article that a line names, empty where nobody knows it."""
        named = self.named[id(line)]
        return named.id if named is not None else line.id

    def _locate(self, line: Line) -> Item | None:
        """Return the article of a line: by its id, then by what its path or name says."""
        catalogue = self.desk.catalogue
        known = catalogue.by_id(line.id) if line.id else None
        named = catalogue.find(line.target) if line.target else ()
        if known is not None:
            other = named[0] if len(named) == 1 and named[0].id != known.id else None
            return known if other is None else self._of_two(line, known, other)
        if not named and not line.id:
            named = catalogue.titled(line.text or line.target)
        if len(named) > 1 and line.text:
            titled = tuple(item for item in named if folded(item.title) == folded(line.text))
            named = titled if len(titled) == 1 else named
        if len(named) > 1:
            paths = ", ".join(item.path for item in named[:5])
            self._say(
                "issue-item-ambiguous", line.number, line.column, name=_shown(line), paths=paths
            )
            return None
        return named[0] if named else self._moved(line)

    def _moved(self, line: Line) -> Item | None:
        """Return the article that a line without an id named when the record was written."""
        entry = _entry_at(self.record, line) if self.record is not None and not line.id else None
        return self.desk.catalogue.by_id(entry.id) if entry is not None else None

    def _of_two(self, line: Line, known: Item, other: Item) -> Item:
        """Choose between two articles: a line's id names ``known``, its path ``other``."""
        chosen = other if folded(line.text) == folded(other.title) else known
        self._say(
            "issue-item-two", line.number, line.column,
            file=other.path, other=known.path, chosen=chosen.path,
        )  # fmt: skip
        return chosen

    def _offer_id(self, line: Line, item: Item) -> None:
        if line.id or line.end < 0 or re.search(r'["\\]', item.id):
            return
        edit = Edit(start=line.end, end=line.end, text=f' "{item.id}"')
        if line.start >= 0:
            edit = Edit(start=line.start, end=line.end, text=row(item).removeprefix("- "))
        self._say(
            "issue-item-no-id", line.number, line.column, fix=[edit], title=item.title, id=item.id
        )

    def _checked(
        self, line: Line, section: IssueSection, first: dict[str, Line], sent: Mapping[str, str]
    ) -> Item | None:
        """Return the article of a line if the letter may show it; otherwise say why not."""
        place = (line.number, line.column)
        item = self._kept(line)
        if section.style == "out":
            # What was set aside is set aside for good, whatever the letter's record holds.
            item = item or self.found[id(line)]
        if item is None and self.over and self.record is not None and self.found[id(line)]:
            self._say("issue-item-late", *place, title=_shown(line), key=self.issue.key)
            return None
        item = item or self.found[id(line)]
        if item is None:
            if section.style != "out" or self.named[id(line)] is None:
                self._missing(line)
            return None
        if item.id in first:
            self._say("issue-item-twice", *place, title=item.title, row=first[item.id].number)
            return None
        first[item.id] = line
        if section.style == "out":
            self._offer_id(line, item)
            return item
        if self.over and self.record is not None:
            return item
        state = self.desk.catalogue.state(item, self.date, self.desk.now)
        if self._is_version(line, item):
            return self._translated(line, item, state, sent)
        if state != "visible":
            when = item.published if state == "scheduled" else item.expires or item.published
            day = when.astimezone(self.desk.zone).date().isoformat()
            self._say(f"issue-item-{state}", *place, title=item.title, file=item.path, day=day)
            return None
        if item.id in sent and not line.again:
            self._say("issue-item-sent", *place, title=item.title, key=sent[item.id])
        self._offer_version(place, item)
        if section.style == "agenda" and item.event is None:
            self._say("issue-agenda", *place, title=item.title, file=item.path)
        self._offer_id(line, item)
        return item

    def _translated(
        self, line: Line, item: Item, state: str, sent: Mapping[str, str]
    ) -> Item | None:
        """Return the translation that stands for a line's article, unless its readers have it."""
        if state != "visible":
            self._missing(line)
            return None
        known = item.id in sent or item.id in self.desk.left_out
        return None if known and not line.again else item

    def _offer_version(self, place: tuple[int, int], item: Item) -> None:
        """Name the version of an article that is in the letter's language, where it is another."""
        if self.issue.shared:
            return
        language = self.issue.language or self.desk.language
        version = self.desk.catalogue.version(item, language)
        if version is not None and version.path in self.desk.catalogue.visible:
            self._say(
                "issue-item-language", *place, title=item.title, spoken=item.language,
                language=language, near=version.path,
            )  # fmt: skip

    def _kept(self, line: Line) -> Item | None:
        """Return the article of a line as the issue's record has it, where that counts."""
        if self.record is None or not self.over:
            return None
        found = self.found[id(line)]
        version = self.record.versions.get(self._id_of(line))
        for entry in self.record.entries:
            if entry.id in (line.id, version, found.id if found else None):
                return entry.item
        kept = _entry_at(self.record, line)
        return kept.item if kept is not None else None

    def _missing(self, line: Line) -> None:
        if any(p.line == line.number and p.code == "issue-item-ambiguous" for p in self.problems):
            return
        if (named := self.named[id(line)]) is not None:
            self._say(
                "issue-item-untranslated", line.number, line.column,
                title=named.title, language=self.issue.language, file=named.path,
            )  # fmt: skip
            return
        # Each search for a near name looks at all articles.
        self.searches += 1
        items = self.desk.catalogue.items if self.searches <= _SEARCHES else ()
        titles = {item.title: item.path for item in items}
        paths = [item.path for item in items]
        near = [titles[t] for t in difflib.get_close_matches(line.text, titles, n=1, cutoff=0.8)]
        path = line.target.removeprefix("../")
        near = near or difflib.get_close_matches(path, paths, n=1, cutoff=0.8)
        place = (line.number, line.column)
        if near:
            self._say("issue-item-misspelt", *place, name=line.target or _shown(line), near=near[0])
        else:
            self._say("issue-item-missing", *place, name=line.target or _shown(line))

    def _say(
        self, code: str, line: int, column: int, *, fix: Iterable[Edit] = (), **values: object
    ) -> None:
        path = self.issue.path
        self.problems.append(diagnostic(code, path, line, column, fix=fix, **values))


def _part(section: IssueSection, items: Sequence[Item], notes: Mapping[str, str]) -> Part:
    assert section.style != "out"
    return Part(
        items=tuple(items), title=section.title, style=section.style, notes=tuple(notes.items())
    )


def with_lead(parts: Sequence[Part], layout: str) -> tuple[Part, ...]:
    """Return ``parts`` with the first article of a magazine or an essay as its lead.

    Below a heading that means a lead, the articles after the first are excerpts.
    """
    made: list[Part] = []
    for number, part in enumerate(parts):
        leads = part.style == "lead" or (
            number == 0 and layout in ("magazine", "essay") and part.style == "excerpt"
        )
        if not leads:
            made.append(part)
            continue
        made.append(replace(part, items=part.items[:1], style="lead"))
        if part.items[1:]:
            made.append(replace(part, items=part.items[1:], title="", style="excerpt"))
    return tuple(made)


def _entry_at(record: Record, line: Line) -> Entry | None:
    """Return the entry of a record whose article lay where ``line`` says."""
    names = {line.target, line.target.removeprefix("../")} - {""}
    return next((entry for entry in record.entries if entry.item.path in names), None)


def _shown(line: Line) -> str:
    return line.text or line.target or line.id
