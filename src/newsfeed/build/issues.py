"""Issue files -> letters: what each one shows, from the articles or from its record."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.build.entries import Entries
from newsfeed.content import charset
from newsfeed.diagnostics import Diagnostic, diagnostic, failure, reason_of
from newsfeed.markup.plain.excerpt import prose
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source
from newsfeed.markup.typography import typeset
from newsfeed.model import Asset, Entry, Item, Letter, Section
from newsfeed.newsletter import issues
from newsfeed.newsletter.issues import (
    Catalogue,
    Issue,
    IssueContext,
    Record,
    RecordProblem,
    ResolvedIssue,
    records,
)
from newsfeed.site.entry import show, summary_of
from newsfeed.text.languages import alike, in_language

if TYPE_CHECKING:
    from newsfeed.build.site import Site
    from newsfeed.theme.words import Words

FOLDER = "newsletter/"
_PREFIX = f"{issues.FOLDER}/"
_ENDINGS = (".md", ".markdown")
_NOT_ISSUES = frozenset(("readme", "license", "contributing", "changelog"))


class Shelf(Struct, frozen=True, kw_only=True):
    """The issues of a site, oldest first, and the ids that no letter is to propose.

    ``language`` is the site's, in which an issue is that names no other. ``keys`` are those of every
    issue file, ``broken`` those whose record cannot be read, ``unread`` the paths of the files of
    which nobody knows what they carry.
    """

    issues: tuple[ResolvedIssue, ...] = ()
    language: str = ""
    left_out: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    @property
    def carried(self) -> frozenset[str]:
        """The ids of all articles that an issue carries, or that were left out."""
        return self.left_out | self.in_issues

    @property
    def in_issues(self) -> frozenset[str]:
        """The ids of all articles that an issue carries or sets aside."""
        return frozenset().union(*(each.carried for each in self.issues))

    def issue(self, key: str) -> ResolvedIssue | None:
        """Return the issue whose key is ``key``."""
        return next((each for each in self.issues if each.issue.key == key), None)

    def of_file(self, path: str) -> tuple[ResolvedIssue, ...]:
        """Return the issues that a file gives letters of, in its order of languages."""
        mine = [each for each in self.issues if each.issue.path == path]
        return tuple(sorted(mine, key=lambda each: _place(each.issue)))

    def language_of(self, numbered: ResolvedIssue) -> str:
        """Return the language of a letter."""
        return numbered.issue.language or self.language

    def series(self, language: str) -> tuple[ResolvedIssue, ...]:
        """Return the issues in a language, oldest first."""
        return tuple(each for each in self.issues if alike(self.language_of(each), language))

    def carried_elsewhere(self, language: str) -> frozenset[str]:
        """Return the ids of the articles that letters in another language than this one carry."""
        others = (each for each in self.issues if not alike(self.language_of(each), language))
        return frozenset().union(*(each.carried for each in others))

    def newest(self, now: datetime) -> dict[str, ResolvedIssue]:
        """Return the newest letter of each language by the name of its folder beside its own.

        ``latest`` is that of the site's language, or of any where there is none.
        """
        found: dict[str, ResolvedIssue] = {}
        for each in self.out(now):
            found[latest_in(self.language_of(each), self.language)] = each
        if found and issues.LATEST not in found:
            found[issues.LATEST] = self.out(now)[-1]
        return found

    def out(self, now: datetime) -> tuple[ResolvedIssue, ...]:
        """Return the issues that the site shows at ``now``, oldest first."""
        return tuple(each for each in self.issues if each.is_out(now))


def shelf(site: Site, *, anew: str = "") -> Shelf:
    """Read every issue file and record of ``site``, but for the record of the issue ``anew``."""
    paths = _paths(site)
    if not paths:
        return Shelf(language=site.config.site.language)
    catalogue = catalogue_of(site)
    problems: list[Diagnostic] = []
    parsed = {key: _parse(site, key, path, catalogue, problems) for key, path in paths.items()}
    read = {key: issue for key, issue in parsed.items() if issue is not None}
    unread = tuple(path for key, path in paths.items() if not _is_text(parsed[key]))
    aside = read.pop(issues.LEFT_OUT, None)
    left_out = issues.named(aside, catalogue) if aside else frozenset()
    for issue in [each for each in read.values() if each.languages]:
        del read[issue.key]
        for letter in issues.letters(issue, site.config.site.language):
            # A file of its own takes the place of a letter of this one.
            if letter.key == issue.key or letter.key not in paths:
                read[letter.key] = letter
    kept: dict[str, Record] = {}
    broken: set[str] = set()
    for key in read.keys() - {anew}:
        try:
            if (record := _record(site, key)) is not None:
                kept[key] = record
        except RecordProblem as error:
            path = record_path(key)
            problems.append(diagnostic("issue-record", path, error.line, reason=error, key=key))
            broken.add(key)
    settled = issues.settle(
        read.values(),
        kept,
        IssueContext(
            catalogue=catalogue,
            now=site.plan.now,
            zone=site.config.zone,
            language=site.config.site.language,
            left_out=left_out,
        ),
    )
    return Shelf(
        issues=settled,
        language=site.config.site.language,
        left_out=left_out,
        keys=tuple(sorted((paths.keys() | read.keys()) - {issues.LEFT_OUT})),
        broken=frozenset(broken),
        unread=unread,
        # The letters of one file say the same of a line of it.
        problems=tuple(
            dict.fromkeys([*problems, *(said for each in settled for said in each.problems)])
        ),
    )


def _place(issue: Issue) -> int:
    return issue.languages.index(issue.language) if issue.shared else 0


def catalogue_of(site: Site) -> Catalogue:
    """Return the articles of ``site`` as issue files call them."""
    return Catalogue(site.items.values(), visible=site.plan.items, root=site.config.items.path)


def latest_in(language: str, main: str) -> str:
    """Return the name of the folder of the newest letter in a language; ``main`` is the site's."""
    own = alike(language, main) or not language
    return issues.LATEST if own else f"{issues.LATEST}.{language.lower()}"


def record_path(key: str) -> str:
    """Return where the record of the issue ``key`` lies."""
    return f"{_PREFIX}{key}.json"


def preheader_of(
    site: Site, shown: Sequence[Entry], date: datetime, language: str, editorial: str = ""
) -> str:
    """Return what inboxes show beside the subject where nobody wrote it.

    The titles that follow the first, or what that article says in prose; otherwise the editorial's
    first words, or whose letter it is and its month: inboxes would show the letter's own first words.
    """
    first = shown[0] if shown else None
    written = first is not None and (first.item.summary or prose(first.content))
    said = first.summary if first is not None and written else prose(editorial)
    if told := issues.preheader([entry.title for entry in shown], said):
        return told
    newsletter = site.config.newsletter
    title = in_language(newsletter.titles, language) or newsletter.title or site.config.site.title
    return f"{title} · {site.theme.day(date, language, style='month')}"


class Drawn(Struct, frozen=True, kw_only=True):
    """A letter made from an issue, and its record as it should be."""

    letter: Letter
    layout: issues.Layout
    record: Record


def draw(site: Site, entries: Entries, numbered: ResolvedIssue) -> Drawn:
    """Return the letter of an issue.

    An issue whose day is over shows what its record holds, any other one the articles as they are.
    """
    issue = numbered.issue
    language = issue.language or site.config.site.language
    layout = issue.layout or site.config.newsletter.layout
    shown: list[Section] = []
    plain: list[Entry] = []
    for part in issues.with_lead(numbered.parts, layout):
        found = [_entry(entries, numbered, item) for item in part.items]
        plain += (kept := [entry for entry in found if entry is not None])
        told = tuple(_told(site, entry, dict(part.notes).get(entry.id)) for entry in kept)
        if told:
            title = _typeset(site, part.title, language)
            notes = tuple((e.id, e.summary) for e in told if e.id in dict(part.notes))
            shown.append(Section(title=title, entries=told, style=part.style, notes=notes))
    folder = f"{FOLDER}{issue.key}/"
    editorial = _editorial(site, entries, numbered, language, folder)
    everything = [entry for section in shown for entry in section.entries]
    letter = Letter(
        key=issue.key,
        subject=_typeset(site, issue.subject, language)
        or (everything[0].title if everything else site.config.newsletter.title or issue.key),
        preheader=_typeset(site, issue.preheader, language)
        or preheader_of(site, everything, numbered.date, language, editorial),
        date=numbered.date,
        language=language,
        sections=tuple(shown),
        folder=folder,
        web=site.config.site.url + folder,
        editorial=editorial,
        number=issue.number,
    )
    return Drawn(
        letter=letter, layout=layout, record=_recorded(site, entries, plain, numbered, editorial)
    )


def _paths(site: Site) -> dict[str, str]:
    """Return the issue files by key: the texts that lie in ``issues/`` itself."""
    found: dict[str, str] = {}
    for path in sorted(site.tree.below(issues.FOLDER)):
        if "/" in path[len(_PREFIX) :]:
            continue
        key, ending = posixpath.splitext(path[len(_PREFIX) :])
        aside = key[0] in "_." and key != issues.LEFT_OUT
        if ending.lower() in _ENDINGS and not aside and key.lower() not in _NOT_ISSUES:
            found.setdefault(key, path)
    return found


def _parse(
    site: Site, key: str, path: str, catalogue: Catalogue, problems: list[Diagnostic]
) -> Issue | None:
    try:
        size = site.tree.files[path].size
        if size > charset.LIMIT:
            problems.append(diagnostic("article-huge", path, size=f"{size / 1048576:.1f}"))
            return None
        data = site.tree.read(path)
    except OSError as error:
        problems.append(diagnostic("file-unreadable", path, reason=reason_of(error)))
        return None

    def words(language: str) -> Words:
        return site.theme.words(language or site.config.site.language)

    try:
        return issues.parse(key, path, data, site.config, catalogue, words)
    except Exception as error:
        problems.append(failure(path, error))
        return None


def _is_text(issue: Issue | None) -> bool:
    return issue is not None and not any(p.code == "article-binary" for p in issue.problems)


def _record(site: Site, key: str) -> Record | None:
    """Return the record of an issue, None where there is none. Raises RecordProblem."""
    path = record_path(key)
    if path not in site.tree.files:
        return None
    try:
        return records.load(site.tree.read(path).decode())
    except UnicodeDecodeError:
        raise RecordProblem("not UTF-8") from None
    except OSError as error:
        raise RecordProblem(reason_of(error)) from None


def _entry(entries: Entries, numbered: ResolvedIssue, item: Item) -> Entry | None:
    if numbered.over and numbered.record is not None:
        kept = numbered.record.entry(item.id)
        if kept is not None:
            return kept
    return entries.one(item)


def _typeset(site: Site, text: str, language: str) -> str:
    return typeset(text, language) if text and site.config.items.typography else text


def _told(site: Site, entry: Entry, note: str | None) -> Entry:
    """Return ``entry`` with what the issue says of it in the place of its summary."""
    if not note:
        return entry
    item = replace(entry.item, summary=note)
    return replace(entry, item=item, summary=summary_of(item, site.config))


def _editorial(
    site: Site, entries: Entries, numbered: ResolvedIssue, language: str, folder: str
) -> str:
    """Return the editorial as safe HTML, its addresses absolute."""
    issue, record = numbered.issue, numbered.record
    if not issue.editorial.strip():
        return ""
    if numbered.over and record is not None and record.editorial_of == issue.editorial:
        return record.editorial

    source = Source(
        text=issue.editorial,
        language=language,
        path=issue.path,
        line=issue.editorial_line,
        typography=site.config.items.typography,
        prefix=f"issue-{issue.key}",
        shortcodes=site.config.items.shortcodes,
    )
    body = render(source)
    stand_in = Item(
        path=issue.path,
        title=issue.subject or issue.key,
        slug=issue.key,
        published=numbered.date,
        url=site.config.site.url + folder,
        page=f"{folder}index.html",
        language=language,
    )
    shown = show(stand_in, site.library, body)
    entries.assets.update(shown.assets)
    entries.result.problems += shown.problems
    return shown.entry.content


def _kept_files(site: Site, record: Record) -> Iterator[Asset]:
    """Yield the files of a past letter where it shows them, though their article has moved since."""
    for path in record.files:
        if path in site.tree.files:
            # A record is a file like any other: it publishes nothing that an article might not.
            if not site.library.refuses(path):
                yield site.library.asset(path)
            continue
        for entry in record.entries:
            folder = posixpath.dirname(entry.item.path)
            now = next((each for each in site.items.heads.values() if each.id == entry.id), None)
            if now is None or not path.startswith(f"{folder}/"):
                continue
            moved = posixpath.dirname(now.path) + path[len(folder) :]
            if moved in site.tree.files and not site.library.refuses(moved):
                page = site.library.page(path)
                url = site.config.site.url + quote(page)
                yield replace(site.library.asset(moved), page=page, url=url)
                break


def _recorded(
    site: Site, entries: Entries, shown: Sequence[Entry], numbered: ResolvedIssue, editorial: str
) -> Record:
    """Return what a letter shows as its record has it; the files it shows are published again."""
    record = Record(
        entries=tuple(shown),
        editorial=editorial,
        editorial_of=numbered.issue.editorial,
        closed=numbered.record is not None and numbered.record.closed,
        versions=numbered.versions,
    )
    text = records.dump(record)
    base = re.escape(site.config.site.url)
    urls = set(re.findall(rf"{base}[^\s\"'<>\\]*", text))
    paths = {asset.path for asset in entries.assets if asset.url in urls}
    if numbered.record is not None and numbered.over:
        for asset in _kept_files(site, numbered.record):
            entries.assets.add(asset)
            paths |= {asset.path} if asset.url in urls else set()
    return replace(record, files=tuple(sorted(paths)))
