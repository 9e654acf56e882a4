"""Issues, or the newest items -> letters: as mail, as text, as a page of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.build.entries import Entries
from newsfeed.build.issues import FOLDER, Drawn, latest_in, preheader_of, record_path
from newsfeed.build.letter_pictures import (
    extras_of,
    form_data,
)
from newsfeed.build.result import Result
from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Form, Item, Letter, Output, Section
from newsfeed.newsletter import issues as numbers
from newsfeed.newsletter.issues import Part, Plan, ResolvedIssue, Selection, records
from newsfeed.text.languages import alike, in_language
from newsfeed.theme.words import TemplateProblem

if TYPE_CHECKING:
    from newsfeed.build.site import Site
    from newsfeed.newsletter import LetterReport
    from newsfeed.newsletter.support import Support


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


def automatic(
    site: Site,
    entries: Entries,
    selection: Selection,
    *,
    subject: str = "",
    today: bool = False,
    language: str = "",
) -> Letter | None:
    """Return the letter of what ``selection`` takes of the visible items, or None for no item.

    Its date is that of its newest item, so that a site does not change overnight; with ``today`` it
    is the day of the plan, as for a letter that is about to be sent. With a ``language`` its items
    are those written in it.
    """
    config = site.config
    taken = chosen(site, selection, language)
    key = latest_in(language, config.site.language)
    language = language or config.site.language
    if not taken:
        return None
    midnight = site.plan.now.astimezone(config.zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    plan = Plan(
        date=midnight if today else max(item.published for item in taken),
        zone=config.zone,
        words=site.theme.words(language),
        layout=config.newsletter.layout,
    )
    shown = _sections(entries, numbers.arrange(taken, plan))
    if not shown:
        return None
    everything = [entry for section in shown for entry in section.entries]
    return Letter(
        key=key,
        subject=subject or everything[0].title,
        preheader=preheader_of(site, everything, plan.date, language),
        date=plan.date,
        language=language,
        sections=shown,
        folder=f"{FOLDER}{key}/",
        web=f"{config.site.url}{FOLDER}{key}/",
    )


def make(
    site: Site, entries: Entries, drawn: Drawn | Letter, numbered: ResolvedIssue | None = None
) -> Made:
    """Return the files of a letter. Raises TemplateProblem."""
    from newsfeed import newsletter

    letter = drawn if isinstance(drawn, Letter) else drawn.letter
    config = _spoken(site.config, letter.language)
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


def _spoken(config: Config, language: str) -> Config:
    """Return the settings with what they say in the language of a letter."""
    newsletter, site = config.newsletter, config.site
    title = in_language(newsletter.titles, language) or newsletter.title
    notice = in_language(newsletter.notices, language) or site.notice
    return replace(
        config,
        newsletter=replace(newsletter, title=title),
        site=replace(site, notice=notice),
    )


def as_latest(made: Made, name: str) -> Iterator[Output]:
    """Yield the files of a letter once more, where the newest one always is."""
    for output in made.outputs:
        yield replace(output, path=moved(output.path, made.letter, name))


def letter_files(config: Config) -> list[str]:
    """Return the names of the files that each letter has."""
    services = config.newsletter.esp
    stems = ["letter", *(f"letter.{name}" for name in services if len(services) > 1)]
    return ["index.html", *(f"{stem}.{end}" for stem in stems for end in ("html", "txt", "eml"))]


def moved(path: str, letter: Letter, name: str) -> str:
    """Return a letter's path in the folder ``name``."""
    return f"{FOLDER}{name}/{path.removeprefix(letter.folder)}"


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


def chosen(site: Site, selection: Selection, language: str = "") -> tuple[Item, ...]:
    """Return the items of a letter without a file: of translations one, of a language its own."""
    written = (each for each in site.plan.items if not language or alike(each.language, language))
    items = numbers.one_of_each(written, language or site.config.site.language)
    return numbers.choose(items, selection, site.config.newsletter.limit)


def _sections(entries: Entries, parts: Sequence[Part]) -> tuple[Section, ...]:
    """Return ``parts`` with their items rendered, without what could not be read."""
    shown = (
        Section(title=part.title, entries=entries.of(part.items), style=part.style)
        for part in parts
    )
    return tuple(section for section in shown if section.entries)
