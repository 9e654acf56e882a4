"""Lists of lists: all categories, tags, authors or languages; all issues; all feeds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct, field

from newsfeed.model import Output
from newsfeed.pages.page_frame import OVERVIEWS, OverviewKind, PageFrame, PageHead
from newsfeed.site.plan import Group
from newsfeed.theme.words import language_name


class Overview(Struct, frozen=True, kw_only=True):
    """All groups of one kind; ``feeds`` maps a group's folder to its feeds by format."""

    kind: OverviewKind
    groups: tuple[Group, ...]
    feeds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class IssueLine(Struct, frozen=True, kw_only=True):
    """A newsletter issue in the list of issues; ``url`` is the address of its web version."""

    subject: str
    date: datetime
    url: str
    preheader: str = ""
    number: str | None = None
    language: str | None = None


class FeedLine(Struct, frozen=True, kw_only=True):
    """A set of feeds on the subscribe page: a group's, or all news (``kind`` is None)."""

    label: str
    feeds: Mapping[str, str] = field(default_factory=dict)
    kind: OverviewKind | None = None


def overview_path(kind: OverviewKind) -> str:
    """Return where the page of all groups of a kind lies."""
    return f"{OVERVIEWS[kind][0]}index.html"


def render_overview(overview: Overview, frame: PageFrame) -> Output:
    """Return the page of all groups of a kind, in the order of the alphabet."""
    folder, word = OVERVIEWS[overview.kind]
    words = frame.theme.words(frame.config.site.language)
    rows = [
        (
            language_name(group.label) if overview.kind == "language" else group.label,
            group,
            frame.feeds(overview.feeds.get(group.folder, {}), group.label),
        )
        for group in overview.groups
    ]
    return frame.page(
        "page/overview.html",
        frame.place(f"{folder}index.html"),
        PageHead(
            title=words[word],
            section=overview.kind,
            about=folder,
            description=f"{words[word]} · {frame.config.site.title}",
        ),
        kind=overview.kind,
        rows=sorted(rows, key=lambda row: (collated(row[0]), row[1].folder)),
    )


def render_issues(issues: Iterable[IssueLine], frame: PageFrame) -> Output:
    """Return the page of all newsletter issues, newest first."""
    words = frame.theme.words(frame.config.site.language)
    config = frame.config
    title = config.newsletter.title or words["page_newsletter"]
    return frame.page(
        "page/issues.html",
        frame.place("newsletter/index.html"),
        PageHead(
            title=title,
            section="newsletter",
            about="newsletter/",
            description=f"{title} · {config.site.title}",
        ),
        issues=sorted(issues, key=lambda issue: (issue.date, issue.url), reverse=True),
        unsubscribe=config.newsletter.unsubscribe,
    )


def render_subscribe(
    lines: Iterable[FeedLine], frame: PageFrame, opml: str | None = None
) -> Output:
    """Return the page that tells people how to follow the site; ``opml`` is the list's address."""
    given = tuple(lines)
    words = frame.theme.words(frame.config.site.language)
    sections = [
        (
            words[OVERVIEWS[kind][1]],
            sorted(
                (
                    (language_name(line.label) if kind == "language" else line.label, line.feeds)
                    for line in given
                    if line.kind == kind
                ),
                key=lambda row: (collated(row[0]), sorted(row[1].items())),
            ),
        )
        for kind in OVERVIEWS
    ]
    return frame.page(
        "page/subscribe.html",
        frame.place("subscribe/index.html"),
        PageHead(
            title=words["page_subscribe"],
            section="subscribe",
            about="subscribe/",
            description=words["page_subscribe_lead"],
        ),
        everything=[
            feed
            for line in given
            if line.kind is None
            for feed in frame.feeds(line.feeds, line.label)
        ],
        sections=[
            (name, [(label, frame.feeds(feeds, label)) for label, feeds in rows])
            for name, rows in sections
            if rows
        ],
        opml=opml,
        newsletter=frame.parts.newsletter,
    )


def collated(text: str) -> str:
    """Return what ``text`` is sorted by: « Éducation » stands among the E."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
