"""Issues, or the newest items -> letters: as mail, as text, as a page of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.build.entries import Entries
from newsfeed.build.issues import FOLDER, Drawn, draw, record_path
from newsfeed.build.letter_pictures import (
    Illustrated,
    extras_of,
    form_data,
    logos,
    pictures_of,
)
from newsfeed.build.result import Result
from newsfeed.config import Config
from newsfeed.diagnostics import ContentError, Diagnostic, failure
from newsfeed.model import Entry, Form, Item, Letter, Output, Section
from newsfeed.newsletter import issues as numbers
from newsfeed.newsletter.issues import Part, Plan, ResolvedIssue, Selection, records
from newsfeed.site.entry import summary_of, title_of
from newsfeed.theme.words import TemplateProblem

if TYPE_CHECKING:
    from newsfeed.build.rendering import Rendering
    from newsfeed.build.site import Site
    from newsfeed.newsletter import LetterReport
    from newsfeed.newsletter.support import Support
    from newsfeed.pages import IssueLine

LATEST = "latest"


class Made(Struct, frozen=True, kw_only=True):
    """A letter's files, its figures, and its pictures in the forms that are sent."""

    letter: Letter
    outputs: tuple[Output, ...]
    report: LetterReport
    forms: tuple[Form, ...] = ()

    @property
    def html(self) -> bytes:
        """The letter's HTML as it is sent, or as the first of several services is given it."""
        return next(o.data or b"" for o in self.outputs if o.path.endswith("/letter.html"))


def outputs(rendering: Rendering) -> Iterator[Output]:
    """Yield the files of every letter; none where the newsletter is switched off.

    Each issue whose date has come has its folder, and the newest one also ``latest/``. A site
    without such an issue has the letter of its newest items there. Letters that stand as they were
    published have no bytes.
    """
    site, entries = rendering.site, rendering.entries
    if not site.config.newsletter.enabled:
        return
    entries.result.problems += site.shelf.problems
    work = _Letters(rendering)
    out = site.shelf.out(site.plan.now)
    shown = False
    for numbered in site.shelf.issues:
        if numbered.issue.draft or not (numbered.parts or numbered.issue.editorial):
            continue
        try:
            drawn = draw(site, entries, numbered)
            if not drawn.letter.sections and not drawn.letter.editorial:
                continue
            made = (
                list(work.files(drawn, numbered, latest=numbered is out[-1]))
                if numbered in out
                else []
            )
            remember(site, numbered, drawn, entries.result)
        except Exception as error:
            entries.result.problems.append(failure(numbered.issue.path, error))
            continue
        shown = shown or bool(made)
        yield from made
    letter = None if shown else automatic(site, entries, Selection())
    if letter is not None:
        yield from work.files(letter)


_SENDER = ("letter-no-sender", "letter-no-address", "letter-no-unsubscribe")


class _Letters:
    """The letters of one build: those that stand as they were published are not made again."""

    def __init__(self, rendering: Rendering) -> None:
        self.site = rendering.site
        self.entries = rendering.entries
        self.rendering = rendering
        # With pictures inside the message their bytes would have to be known, too.
        embeds = self.site.config.newsletter.embed_images
        self.ground = None if embeds else rendering.ground(repr(logos(self.site)))
        cache = rendering.cache
        self.known = cache.step("letter", Illustrated) if cache is not None else None

    def files(
        self, drawn: Drawn | Letter, numbered: ResolvedIssue | None = None, *, latest: bool = False
    ) -> Iterator[Output]:
        """Yield the files of a letter; with ``latest`` once more where the newest one is."""
        letter = drawn if isinstance(drawn, Letter) else drawn.letter
        paths = [f"{letter.folder}{name}" for name in letter_files(self.site.config)]
        if latest:
            paths += [_latest(path, letter) for path in paths]
        keys: dict[str, str | None] = {}
        if self.ground is not None:
            pictures = pictures_of(self.site, letter)
            made_of = (_made_of(drawn), numbered.issue.path if numbered else "", pictures)
            keys = {path: self.ground.key(path, made_of) for path in paths}
            known = self.known.get(letter.folder) if self.known is not None else None
            if known is not None and known.key == keys[paths[0]] and self.ground.all_stand(keys):
                self._illustrate(known.forms)
                yield from (Output(path=path, key=key) for path, key in keys.items())
                return
        result = self.entries.result
        before = len(result.problems)
        try:
            made = make(self.site, self.entries, drawn, numbered)
        except ContentError as error:
            # One letter less: feeds, pages and the other letters are none the worse for it.
            if not any(_same_fault(error.problem, known) for known in result.problems):
                result.problems.append(error.problem)
            return
        if not any(key.startswith("newsletter.") for key in self.site.config.written):
            # Who never spoke of a newsletter hears of its sender from `digest` alone.
            said = result.problems[before:]
            result.problems[before:] = [p for p in said if p.code not in _SENDER]
        result.said[paths[0]] = tuple(result.problems[before:])
        self._illustrate(made.forms)
        if self.known is not None and (key := keys.get(paths[0])):
            self.known.put(Illustrated(folder=letter.folder, key=key, forms=made.forms))
        yield from (replace(output, key=keys.get(output.path)) for output in made.outputs)
        if latest:
            yield from (replace(each, key=keys.get(each.path)) for each in as_latest(made))

    def _illustrate(self, forms: Iterable[Form]) -> None:
        self.rendering.forms.update((form.page, form) for form in forms if form.page)


def _same_fault(one: Diagnostic, other: Diagnostic) -> bool:
    """Say whether two problems are one line of a template, met by two letters."""
    return one.code == other.code and (one.path, one.line) == (other.path, other.line)


def issues(site: Site) -> tuple[IssueLine, ...]:
    """Return every letter that the site shows, for the page that lists them."""
    from newsfeed.pages import IssueLine

    out = site.shelf.out(site.plan.now)
    if not out:
        chosen = _chosen(site, Selection())
        return (_line(site, chosen, IssueLine),) if chosen else ()
    lines = []
    for each in out:
        items = tuple(item for part in each.parts for item in part.items)
        lines.append(_line(site, items, IssueLine, each))
    return tuple(lines)


def automatic(
    site: Site,
    entries: Entries,
    selection: Selection,
    *,
    subject: str = "",
    today: bool = False,
) -> Letter | None:
    """Return the letter of what ``selection`` takes of the visible items, or None for no item.

    Its date is that of its newest item, so that a site does not change overnight; with ``today`` it
    is the day of the plan, as for a letter that is about to be sent.
    """
    config = site.config
    language = config.site.language
    chosen = _chosen(site, selection)
    if not chosen:
        return None
    midnight = site.plan.now.astimezone(config.zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    plan = Plan(
        date=midnight if today else max(item.published for item in chosen),
        zone=config.zone,
        words=site.theme.words(language),
        layout=config.newsletter.layout,
    )
    shown = _sections(entries, numbers.arrange(chosen, plan))
    if not shown:
        return None
    everything = [entry for section in shown for entry in section.entries]
    return Letter(
        key=LATEST,
        subject=subject or everything[0].title,
        preheader=numbers.preheader([entry.title for entry in everything], everything[0].summary),
        date=plan.date,
        language=language,
        sections=shown,
        folder=f"{FOLDER}{LATEST}/",
        web=f"{config.site.url}{FOLDER}{LATEST}/",
    )


def make(
    site: Site, entries: Entries, drawn: Drawn | Letter, numbered: ResolvedIssue | None = None
) -> Made:
    """Return the files of a letter. Raises TemplateProblem."""
    from newsfeed import newsletter

    config = site.config
    letter = drawn if isinstance(drawn, Letter) else drawn.letter
    if isinstance(drawn, Drawn):
        settings = replace(config.newsletter, layout=drawn.layout)
        config = replace(config, newsletter=settings)
    extras = extras_of(site, entries, numbered.issue.path if numbered else "")
    try:
        rendered = newsletter.render(letter, config, site.theme, extras)
    except TemplateProblem:
        letter, faults = newsletter.without_faults(letter, config, site.theme, extras)
        if not faults:
            raise
        entries.result.problems += faults
        rendered = newsletter.render(letter, config, site.theme, extras)
    page = newsletter.web_page(letter, config, site.theme, extras)
    entries.result.problems += rendered.problems
    files = (*rendered.outputs, page)
    forms = extras.pictures.forms(files)
    return Made(letter=letter, outputs=files, report=rendered.report, forms=forms)


def as_latest(made: Made) -> Iterator[Output]:
    """Yield the files of a letter once more, where the newest one always is."""
    for output in made.outputs:
        yield replace(output, path=_latest(output.path, made.letter))


def letter_files(config: Config) -> list[str]:
    """Return the names of the files that each letter has."""
    services = config.newsletter.esp
    stems = ["letter", *(f"letter.{name}" for name in services if len(services) > 1)]
    return ["index.html", *(f"{stem}.{end}" for stem in stems for end in ("html", "txt", "eml"))]


def _latest(path: str, letter: Letter) -> str:
    return f"{FOLDER}{LATEST}/{path.removeprefix(letter.folder)}"


def remember(
    site: Site, numbered: ResolvedIssue, drawn: Drawn, result: Result, *, anew: bool = False
) -> None:
    """Note the record of a letter among what the site is to write, if it differs.

    Once its day is over a record stays as it is, unless it is made ``anew``. A preview that shows
    drafts is no letter that anyone receives.
    """
    key = numbered.issue.key
    if any(entry.item.draft for entry in drawn.record.entries):
        return
    kept = numbered.over and numbered.record is not None
    if not anew and (kept or key in site.shelf.broken):
        return
    text = records.dump(drawn.record)
    if numbered.record is None or text != records.dump(numbered.record):
        result.records[record_path(key)] = text


def with_files(site: Site, entries: Entries, made: Made) -> Iterator[Output]:
    """Yield the files of one letter, and the pictures and attachments that it shows."""
    yield from made.outputs
    assets = {asset.page: asset.path for asset in entries.assets}
    for written in (site.config.site.logo_dark, site.config.site.logo):
        if written and written in site.tree.files:
            assets[site.library.asset(written).page] = written
    for page in sorted(assets):
        yield Output(path=page, copy_of=assets[page])
    for form in made.forms:
        data = form_data(site, form) if form.page and form.page not in assets else None
        if data:
            yield Output(path=form.page, data=data)


def problems_of(
    site: Site, problems: Iterable[Diagnostic], letter: Letter, path: str = ""
) -> list[Diagnostic]:
    """Return what of ``problems`` concerns one letter: its issue file, its articles, its templates.

    ``path`` is the issue file's; those of other issues are no concern of it.
    """
    shown = {entry.item.path for section in letter.sections for entry in section.entries}
    others = set(site.items) - shown | {left.path for left in site.left_out}
    mine = (path, record_path(letter.key))
    return [
        problem
        for problem in problems
        if problem.path not in others
        and (not problem.path.startswith(f"{numbers.FOLDER}/") or problem.path in mine)
    ]


def dead_links(site: Site, entries: Entries, made: Made) -> tuple[str, ...]:
    """Return the links of a letter that lead to nothing of the site that they point into."""
    base = site.config.site.url
    shown = [*site.plan.items.heads]
    if site.config.pages.enabled:
        shown += site.plan.expired.heads
    known = {head.url for head in shown} | {asset.url for asset in entries.assets}
    known |= {base, f"{base}{FOLDER}", f"{base}subscribe/", made.letter.web}
    known |= {base + quote(group.folder) for group in site.plan.groups}
    known |= {f"{base}{FOLDER}{each.issue.key}/" for each in site.shelf.out(site.plan.now)}
    known |= {base + quote(path) for path in site.tree.files}
    if site.config.newsletter.unsubscribe:
        known.add(site.config.newsletter.unsubscribe)
    return made.report.dead_links(base, known)


def support(made: Made) -> Support:
    """Return what mail programs lack of what a letter uses."""
    from newsfeed.newsletter.support import support

    return support(made.html)


def _made_of(drawn: Drawn | Letter) -> str:
    """Return all that a letter is made of but settings and templates, as text."""
    letter = drawn if isinstance(drawn, Letter) else drawn.letter
    layout = None if isinstance(drawn, Letter) else drawn.layout
    told = [
        (
            section.title,
            section.style,
            section.notes,
            [(_plain(each), each.excerpt) for each in section.entries],
        )
        for section in letter.sections
    ]
    return repr((replace(letter, sections=()), layout, told))


def _plain(entry: Entry) -> Entry:
    """Return ``entry`` without its functions, which are others in each build."""
    return replace(entry, opening=str, count=int)


def _chosen(site: Site, selection: Selection) -> tuple[Item, ...]:
    items = numbers.one_of_each(site.plan.items, site.config.site.language)
    return numbers.choose(items, selection, site.config.newsletter.limit)


def _sections(entries: Entries, parts: Sequence[Part]) -> tuple[Section, ...]:
    """Return ``parts`` with their items rendered, without what could not be read."""
    shown = (
        Section(title=part.title, entries=entries.of(part.items), style=part.style)
        for part in parts
    )
    return tuple(section for section in shown if section.entries)


def _line(
    site: Site,
    items: Sequence[Item],
    kind: type[IssueLine],
    numbered: ResolvedIssue | None = None,
) -> IssueLine:
    """Return a letter as the page of all issues shows it; no body is rendered for it."""
    config = site.config
    titles = [title_of(item, config) for item in items]
    summary = summary_of(items[0], config) if items else ""
    issue = numbered.issue if numbered else None
    return kind(
        subject=(issue and issue.subject) or (titles[0] if titles else config.newsletter.title),
        date=numbered.date if numbered else max(item.published for item in items),
        url=f"{config.site.url}{FOLDER}{issue.key if issue else LATEST}/",
        preheader=(issue and issue.preheader) or numbers.preheader(titles, summary),
        number=issue.number if issue else None,
        language=(issue and issue.language) or config.site.language,
    )
