"""What stands around every page, rendered once a language, depth and section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal

from markupsafe import Markup
from msgspec import Struct, field
from msgspec.structs import replace

from newsfeed.config import Config, Site
from newsfeed.markup.typography import typeset
from newsfeed.model import Image, Link, Output
from newsfeed.pages.links import Place
from newsfeed.pages.metadata import of_page
from newsfeed.theme.environment import OnDemand, Theme
from newsfeed.theme.palette import Palette, palette

OverviewKind = Literal["category", "tag", "author", "language"]
OVERVIEWS: dict[OverviewKind, tuple[str, str]] = {
    "category": ("categories/", "page_categories"),
    "tag": ("tags/", "page_tags"),
    "author": ("authors/", "page_authors"),
    "language": ("languages/", "page_languages"),
}
FEED_TYPES = {
    "atom": ("Atom", "application/atom+xml"),
    "rss": ("RSS", "application/rss+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}


class SiteParts(Struct, frozen=True, kw_only=True):
    """What every page may lead to. A change here changes every page.

    ``feeds`` maps a format to the absolute address of the whole site's feed; ``overviews`` are the
    kinds of groups that have pages; ``newsletter`` says that there is a list of issues. ``logo``,
    ``logo_dark``, which stands for it in the dark, and ``icon`` have absolute addresses.
    """

    feeds: Mapping[str, str] = field(default_factory=dict)
    overviews: tuple[OverviewKind, ...] = ()
    newsletter: bool = False
    logo: Image | None = None
    logo_dark: Image | None = None
    icon: str | None = None


class Around(Struct, frozen=True, kw_only=True):
    """One page's frame, as HTML: ``head`` (its part that no item changes), header and footer.

    Each is made when a template first asks for it.
    """

    head: OnDemand
    header: OnDemand
    footer: OnDemand


class FeedLink(Struct, frozen=True, kw_only=True):
    """A feed in one format, as a page links to it."""

    name: str
    type: str
    title: str
    url: str


class PageHead(Struct, frozen=True, kw_only=True):
    """What a page says of itself.

    ``section`` is the part of the navigation that it belongs to: ``news``, ``newsletter``,
    ``subscribe`` or a kind of group; ``about`` is the path that problems of its template name.
    ``language`` is the site's where it is None. ``meta`` are the metadata in the page's head; without
    them they are made of the title and ``description``.
    """

    title: str
    description: str = ""
    meta: Markup | OnDemand | None = None
    language: str | None = None
    section: str = ""
    about: str = ""


Candidates = Callable[[str], tuple[tuple[str, int], ...]]
"""From a picture's absolute address to (address, width in pixels) of all its forms, if it has several."""


class PageFrame:
    """The site's header and footer, from its templates; ``theme`` gives them and the words."""

    def __init__(
        self, theme: Theme, parts: SiteParts, candidates: Candidates = lambda _: ()
    ) -> None:
        self.theme = theme
        self.parts = parts
        self.candidates = candidates
        self.site: Site = _typeset(theme.config)
        self.colours: Palette = palette(theme.config.brand)
        self._made: dict[tuple[str, str, str], Around] = {}
        self.fragments: dict[tuple[str, str], str] = {}

    @property
    def config(self) -> Config:
        return self.theme.config

    def place(self, path: str, root: str | None = None) -> Place:
        """Return where the page at the output path ``path`` lies."""
        return Place(path, self.config.site.url, root)

    def page(self, template: str, place: Place, head: PageHead, **variables: object) -> Output:
        """Return a page made by ``template``, which sees ``variables``, with what stands around it.

        Raises TemplateProblem.
        """
        language = head.language or self.config.site.language
        around = self.around(place, language, head.section)
        meta: Markup | OnDemand | None = head.meta
        if meta is None:
            meta = OnDemand(lambda: of_page(head.title, head.description, place.url, self.site))
        variables |= {
            "title": head.title,
            "site": self.site,
            "root": place.root,
            "to": place.to,
            "url": OnDemand(lambda: place.url),
            "srcset": OnDemand(lambda: self.srcset(place)),
            "meta": meta,
            "head": around.head,
            "header": around.header,
            "footer": around.footer,
        }
        text = self.theme.fill(template, variables, language=language, about=head.about)
        return Output(path=place.path, data=text.encode())

    def srcset(self, place: Place) -> Callable[[str, str], Markup]:
        """Return what gives the attributes ``srcset`` and ``sizes`` of a picture on the page there.

        It takes the picture's absolute address and the value of ``sizes``.
        """

        def attributes(url: str, sizes: str) -> Markup:
            forms = ", ".join(f"{place.to(to)} {width}w" for to, width in self.candidates(url))
            if not forms:
                return Markup("")
            return Markup(' srcset="{}" sizes="{}"').format(forms, sizes)

        return attributes

    def around(self, place: Place, language: str, section: str) -> Around:
        """Return the frame of a page in ``language`` that lies at ``place``."""
        key = (language, place.root, section)
        if key not in self._made:
            make = partial(self._part, place=place, language=language, section=section)
            parts = ("head", "header", "footer")
            self._made[key] = Around(**{part: OnDemand(partial(make, part)) for part in parts})
        return self._made[key]

    def _part(self, part: str, place: Place, language: str, section: str) -> Markup:
        variables: dict[str, object] = {
            "site": self.site,
            "root": place.root,
            "to": place.to,
            "section": section,
            "menu": self._menu(language),
            "overviews": self._overviews(language),
            "feeds": self.feeds(self.parts.feeds, self.config.site.title),
            "logo": self.parts.logo,
            "logo_dark": self.parts.logo_dark,
            "wordmark": _bears_name(self.parts.logo),
            "icon": self.parts.icon,
            "newsletter": self.parts.newsletter,
            "search": self.config.pages.search,
            "colours": self.colours,
        }
        return Markup(self.theme.fill(f"page/{part}.html", variables, language=language))

    def feeds(self, addresses: Mapping[str, str], title: str) -> tuple[FeedLink, ...]:
        """Return the feeds of ``addresses``, the formats in their order."""
        return tuple(
            FeedLink(name=name, type=kind, title=f"{title} ({name})", url=addresses[form])
            for form, (name, kind) in FEED_TYPES.items()
            if form in addresses
        )

    def _menu(self, language: str) -> tuple[tuple[str, Link], ...]:
        """Return the main navigation: (section, its link), addresses below the site's root."""
        words = self.theme.words(language)
        menu = [("news", Link(text=words["page_news"], url=""))]
        if "category" in self.parts.overviews:
            menu.append(("category", Link(text=words["page_categories"], url="categories/")))
        if self.parts.newsletter:
            menu.append(("newsletter", Link(text=words["page_newsletter"], url="newsletter/")))
        menu.append(("subscribe", Link(text=words["page_subscribe"], url="subscribe/")))
        return tuple(menu)

    def _overviews(self, language: str) -> tuple[tuple[str, Link], ...]:
        words = self.theme.words(language)
        return tuple(
            (kind, Link(text=words[OVERVIEWS[kind][1]], url=OVERVIEWS[kind][0]))
            for kind in OVERVIEWS
            if kind in self.parts.overviews
        )


def _typeset(config: Config) -> Site:
    """Return what the site says of itself, as its language prints it."""
    site = config.site
    if not config.items.typography:
        return site
    return replace(
        site,
        title=typeset(site.title, site.language),
        description=typeset(site.description, site.language),
        notice=typeset(site.notice, site.language),
    )


def _bears_name(logo: Image | None) -> bool:
    """Say whether a logo is so wide that it must spell the site's name: it then stands for it."""
    return bool(logo and logo.width and logo.height and logo.width >= 2 * logo.height)
