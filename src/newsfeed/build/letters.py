"""Issues, or the newest items -> letters: as mail, as text, as a page of the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsfeed import issues as numbers
from newsfeed.build.entries import Entries
from newsfeed.diagnostics import Diagnostic
from newsfeed.issues import Part, Plan, Selection
from newsfeed.model import Letter, Output, Section

if TYPE_CHECKING:
    from newsfeed.build import Site
    from newsfeed.letters import Extras, LetterReport
    from newsfeed.pages import IssueLine

FOLDER = "newsletter/"
LATEST = "latest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A letter's files and its figures."""

    letter: Letter
    outputs: tuple[Output, ...]
    report: LetterReport


def outputs(site: Site, entries: Entries) -> Iterator[Output]:
    """Yield the files of every letter; none where the newsletter is switched off."""
    if not site.config.newsletter.enabled:
        return
    letter = automatic(site, entries, Selection())
    if letter is not None and (made := make(site, entries, letter)):
        yield from made.outputs


def issues(site: Site) -> tuple[IssueLine, ...]:
    """Return every letter that the site shows, for the page that lists them."""
    return ()


def automatic(
    site: Site, entries: Entries, selection: Selection, *, subject: str = ""
) -> Letter | None:
    """Return the letter of what ``selection`` takes of the visible items, or None for no item.

    Its date is that of its newest item: never the clock's.
    """
    config = site.config
    language = config.site.language
    items = numbers.one_of_each(site.plan.items, language)
    chosen = numbers.choose(items, selection, config.newsletter.limit)
    if not chosen:
        return None
    plan = Plan(
        date=max(item.published for item in chosen),
        zone=config.zone,
        words=site.theme.words(language),
        layout=config.newsletter.layout,
    )
    shown = sections(entries, numbers.arrange(chosen, plan))
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


def sections(entries: Entries, parts: Sequence[Part]) -> tuple[Section, ...]:
    """Return ``parts`` with their items rendered, without what could not be read."""
    shown = (
        Section(title=part.title, entries=entries.of(part.items), style=part.style)
        for part in parts
    )
    return tuple(section for section in shown if section.entries)


def make(site: Site, entries: Entries, letter: Letter, path: str = "") -> Made | None:
    """Return the files of ``letter``, or None with a diagnostic where its template fails.

    ``path`` is the issue file that its problems belong to.
    """
    from newsfeed import letters
    from newsfeed.theming import TemplateProblem

    extras = _extras(site, entries, path)
    try:
        rendered = letters.render(letter, site.config, site.theme, extras)
        page = letters.web_page(letter, site.config, site.theme, extras)
    except TemplateProblem as error:
        site.problems.append(error.problem)
        return None
    site.problems.extend(rendered.problems)
    return Made(letter=letter, outputs=(*rendered.outputs, page), report=rendered.report)


def with_files(site: Site, entries: Entries, made: Made) -> Iterator[Output]:
    """Yield the files of one letter, and the pictures and attachments that it shows."""
    yield from made.outputs
    assets = {asset.page: asset.path for asset in entries.assets}
    written = site.config.site.logo
    if written and written in site.tree.files:
        assets[site.library.asset(written).page] = written
    for page in sorted(assets):
        yield Output(path=page, copy_of=assets[page])


def problems_of(site: Site, letter: Letter, path: str = "") -> list[Diagnostic]:
    """Return what is wrong with a letter: its issue file, its articles, its templates."""
    shown = {entry.item.path for section in letter.sections for entry in section.entries}
    others = set(site.library.items) - shown | {left.path for left in site.left_out}
    return [problem for problem in site.problems if problem.path not in others]


def dead_links(site: Site, entries: Entries, made: Made) -> tuple[str, ...]:
    """Return the links of a letter that lead to nothing of the site that they point into."""
    known = {item.url for item in site.plan.items} | {asset.url for asset in entries.assets}
    known |= {site.config.site.url, made.letter.web}
    known |= {site.config.site.url + group.folder for group in site.plan.groups}
    if site.config.newsletter.unsubscribe:
        known.add(site.config.newsletter.unsubscribe)
    return made.report.dead_links(site.config.site.url, known)


def _extras(site: Site, entries: Entries, path: str) -> Extras:
    from newsfeed.build.pages import logo
    from newsfeed.letters import Extras

    def picture(url: str) -> bytes | None:
        found = next((asset for asset in entries.assets if asset.url == url), None)
        try:
            return site.tree.read(found.path) if found else None
        except OSError:
            return None

    given = {"path": path} if path else {}
    return Extras(logo=logo(site), picture=picture, **given)
