"""The pages that are neither an item nor a list, and the style and script of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from msgspec import Struct, field

from newsfeed.model import Item, Output
from newsfeed.pages.chrome import OVERVIEWS, Chrome, OverviewKind, PageHead
from newsfeed.pages.lists import collated
from newsfeed.theme.environment import language_name

STYLE = "site.css"
SCRIPT = "search.js"
_IDLE = re.compile(
    r"""("[^"]*"|'[^']*')|/\*.*?\*/\s*|\s*;\s*(?=})|\s*([{};,])\s*|(:)[ \t]+|^\s+""",
    re.DOTALL | re.MULTILINE,
)


class FeedLine(Struct, frozen=True, kw_only=True):
    """A set of feeds on the subscribe page: a group's, or all news (``kind`` is None)."""

    label: str
    feeds: Mapping[str, str] = field(default_factory=dict)
    kind: OverviewKind | None = None


def render_subscribe(lines: Iterable[FeedLine], chrome: Chrome, opml: str | None = None) -> Output:
    """Return the page that tells people how to follow the site; ``opml`` is the list's address."""
    given = tuple(lines)
    words = chrome.theme.words(chrome.config.site.language)
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
    return chrome.page(
        "page/subscribe.html",
        chrome.place("subscribe/index.html"),
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
            for feed in chrome.feeds(line.feeds, line.label)
        ],
        sections=[
            (name, [(label, chrome.feeds(feeds, label)) for label, feeds in rows])
            for name, rows in sections
            if rows
        ],
        opml=opml,
        newsletter=chrome.parts.newsletter,
    )


def render_not_found(chrome: Chrome) -> Output:
    """Return 404.html. It is served under any address, so its links start at the host."""
    words = chrome.theme.words(chrome.config.site.language)
    root = urlsplit(chrome.config.site.url).path or "/"
    return chrome.page(
        "page/not_found.html",
        chrome.place("404.html", root),
        PageHead(
            title=words["page_not_found"],
            about="404.html",
            description=words["page_not_found"],
        ),
    )


def render_expired(item: Item, title: str, chrome: Chrome) -> Output:
    """Return the page that stands where ``item`` was until it expired: its title, and when."""
    assert item.expires is not None
    language = item.language or chrome.config.site.language
    return chrome.page(
        "page/expired.html",
        chrome.place(item.page),
        PageHead(title=title, language=language, about=item.path),
        when=chrome.theme.day(item.expires, language),
    )


def render_redirect(path: str, url: str, chrome: Chrome, language: str | None = None) -> Output:
    """Return a page at the output path ``path`` that leads to the absolute address ``url``."""
    place = chrome.place(path)
    language = language or chrome.config.site.language
    text = chrome.theme.render(
        "page/redirect.html",
        language=language,
        about=path,
        title=chrome.theme.words(language)["page_moved"],
        site=chrome.config.site,
        url=url,
        address=place.to(url),
        root=place.root,
    )
    return Output(path=path, data=text.encode())


def render_style(chrome: Chrome) -> Output:
    """Return the one stylesheet, in the brand's colours and fonts, without its comments."""
    text = chrome.theme.render(
        STYLE,
        language=chrome.config.site.language,
        about=STYLE,
        light=chrome.colours.light,
        dark=chrome.colours.dark,
        brand=chrome.config.brand,
    )
    return Output(path=STYLE, data=smaller(text).encode())


def render_script(chrome: Chrome) -> Output:
    """Return the search's script."""
    text = chrome.theme.render(SCRIPT, language=chrome.config.site.language, about=SCRIPT)
    return Output(path=SCRIPT, data=text.encode())


def smaller(css: str) -> str:
    """Return a stylesheet without comments and idle spaces, a rule a line; strings stay."""

    def one(match: re.Match[str]) -> str:
        string, mark, colon = match[1], match[2], match[3]
        return "}\n" if mark == "}" else string or mark or colon or ""

    return _IDLE.sub(one, css).strip() + "\n"
