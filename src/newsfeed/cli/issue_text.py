"""What ``newsfeed compose`` is asked for, and the text of the issue file that it starts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from newsfeed import build
from newsfeed.build.issues import catalogue_of
from newsfeed.cli.selection import Asked
from newsfeed.newsletter import issues
from newsfeed.newsletter.issues import FrontMatter, Part, Plan, Proposal, ResolvedIssue, Told
from newsfeed.site.entry import summary_of
from newsfeed.text.languages import alike


class Options(Struct, frozen=True, kw_only=True):
    """The options of the command; ``sections`` is None where the layout decides."""

    key: str | None
    asked: Asked
    languages: tuple[str, ...]
    together: bool
    everything: bool
    sections: bool | None
    now: str | None


class Wanted(Struct, frozen=True):
    """One file to start: its languages, empty for the site's; its key, None for the next one."""

    languages: tuple[str, ...]
    key: str | None
    options: Options

    def language(self, site: build.Site) -> str:
        """Return the language of the file's own words, empty for the site's."""
        main = site.config.site.language
        return next((each for each in self.languages if alike(each, main)), self.languages[0])

    def suffix(self, site: build.Site) -> str:
        """Return what ends its key: nothing in the site's own language, or in several."""
        if len(self.languages) > 1:
            return ""
        return issues.suffix(self.languages[0], site.config.site.language)


def before(site: build.Site, language: str) -> tuple[ResolvedIssue, ...]:
    """Return the issues that a letter follows: those of its language, or all of them."""
    return site.shelf.series(language or site.config.site.language) or site.shelf.issues


def text(site: build.Site, proposal: Proposal, wanted: Wanted) -> str:
    """Return the issue file of what is proposed, dated today."""
    config, options = site.config, wanted.options
    language = wanted.language(site)
    words = site.theme.words(language or config.site.language)
    when = site.plan.now.astimezone(config.zone)
    day = when.replace(hour=0, minute=0, second=0, microsecond=0)
    layout, sections = config.newsletter.layout, options.sections
    plan = Plan(
        date=day,
        zone=config.zone,
        words=words,
        layout=layout,
        sections=layout == "magazine" if sections is None else sections,
    )
    parts = issues.arrange(proposal.items, plan)
    several = len(wanted.languages) > 1
    spoken = [_spoken(site, parts, each) if several else parts for each in wanted.languages]
    if several:
        titles = zip(*([part.title for part in each] for each in spoken), strict=True)
        parts = tuple(
            replace(part, title=issues.heading_of(each))
            for part, each in zip(parts, titles, strict=True)
        )
    return issues.write(
        parts,
        FrontMatter(
            told=tuple(
                _told(site, shown, options.asked.subject if each == language else None, each)
                for shown, each in zip(spoken, wanted.languages, strict=True)
            ),
            day=day.date(),
            number=_number(site, language),
            main=config.site.language,
        ),
        words=words,
        again=proposal.again,
    )


def _spoken(site: build.Site, parts: Sequence[Part], language: str) -> Sequence[Part]:
    """Return ``parts``, of which some may be empty, as a language has them: items and categories."""
    catalogue = catalogue_of(site)
    made = []
    for part in parts:
        versions = [(item, catalogue.spoken(item, language)) for item in part.items]
        found = [(item, each) for item, each in versions if each and each.path in catalogue.visible]
        named = (each.category for item, each in found if item.category == part.title)
        title = next(filter(None, named), None) or part.title
        made.append(replace(part, items=tuple(each for _, each in found), title=title))
    return made


def _told(site: build.Site, parts: Sequence[Part], subject: str | None, language: str) -> Told:
    """Return what the inbox shows of a letter of ``parts``: its first title, those that follow."""
    shown = [item for part in parts for item in part.items]
    titles = [" ".join(item.title.split()) for item in shown]
    summary = summary_of(shown[0], site.config) if shown else ""
    return Told(
        subject=subject or next(iter(titles), ""),
        preheader=issues.preheader(titles, summary),
        language=language,
    )


def _number(site: build.Site, language: str) -> str | None:
    """Return the letter's number; the first in another language has that of the newest letter."""
    earlier = site.shelf.series(language or site.config.site.language)
    if earlier or not site.shelf.issues:
        return issues.next_number(earlier)
    return site.shelf.issues[-1].issue.number
