"""One issue: it is laid out, weighed, inlined, and made into files for each mailing service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from msgspec import Struct, field
from msgspec.structs import replace

from newsfeed.config import FILE, Config
from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Letter, Output
from newsfeed.newsletter import faults, go_templates
from newsfeed.newsletter.budget import KILOBYTE, Level, Slot, alone, estimate, fitted, slots
from newsfeed.newsletter.cards import View
from newsfeed.newsletter.checks import picture_remarks, remarks
from newsfeed.newsletter.clients import accommodate
from newsfeed.newsletter.compact import compact
from newsfeed.newsletter.headers import checked, envelope
from newsfeed.newsletter.inline import inline
from newsfeed.newsletter.layout import view
from newsfeed.newsletter.links import Picture, add_campaign, embedded
from newsfeed.newsletter.masthead import Logo, masthead
from newsfeed.newsletter.merge_tags import (
    NONE,
    Sentinels,
    Service,
    answered_at,
    in_html,
    service,
    values,
)
from newsfeed.newsletter.mime import message
from newsfeed.newsletter.pictures import Pictures
from newsfeed.newsletter.report import LetterReport, Shortening, Sizes, images, report
from newsfeed.newsletter.text_part import text_part
from newsfeed.text.characters import without_widthless
from newsfeed.text.iri import mailto
from newsfeed.text.languages import direction, direction_of
from newsfeed.theme import fonts
from newsfeed.theme.environment import Theme
from newsfeed.theme.palette import palette

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TRIES = 6
_FULL_ENOUGH = 0.9
"""The share of the limit from which a letter is not rendered again to fill it better."""
_PADDING = "\u00a0\u034f" * 110
"""What keeps the first words of the letter out of the line that inboxes show of it: up to five
lines on a telephone. COMBINING GRAPHEME JOINER has no width, and mail.ru prints U+200C by name."""
_ENDINGS = ("html", "txt", "eml")


class Extras(Struct, frozen=True, kw_only=True):
    """What a letter may need beyond its noun.

    ``path`` is the issue's file, for diagnostics; ``logos`` have an absolute ``src``, the one for dark
    grounds comes first; ``pictures`` gives pictures their forms; ``picture`` returns a published
    picture's bytes by its address, for ``embed_images``; ``lengths`` are the bytes of published files
    by their address.
    """

    path: str = FILE
    logos: tuple[Logo, ...] = ()
    pictures: Pictures = field(default_factory=Pictures)
    picture: Callable[[str], bytes | None] | None = None
    lengths: Mapping[str, int] = field(default_factory=dict)


class Rendered(Struct, frozen=True, kw_only=True):
    """A letter's files, what is wrong with it, and its figures."""

    outputs: tuple[Output, ...]
    problems: tuple[Diagnostic, ...]
    report: LetterReport


def render(letter: Letter, config: Config, theme: Theme, extras: Extras | None = None) -> Rendered:
    """Return ``letter.html``, ``letter.txt`` and ``letter.eml`` in the letter's folder.

    ``letter.html`` and ``letter.txt`` are for the mailing service, or the first of several, each of
    which has three files of its own, such as ``letter.brevo.html``. ``letter.eml`` is what a mail
    program can send: no service's tag is in it. Raises TemplateProblem.
    """
    return _Issue(letter, config, theme, extras or Extras()).rendered()


def web_page(letter: Letter, config: Config, theme: Theme, extras: Extras | None = None) -> Output:
    """Return the letter as a page: nothing is shortened, and nothing speaks to a service.

    Raises TemplateProblem.
    """
    issue = _Issue(letter, config, theme, extras or Extras())
    html = issue.document(issue.wanted, on_web=True)
    return Output(path=f"{letter.folder}index.html", data=html.encode())


def without_faults(
    letter: Letter, config: Config, theme: Theme, extras: Extras
) -> tuple[Letter, tuple[Diagnostic, ...]]:
    """Return ``letter`` without what its template cannot show, and a problem for each such thing."""

    def attempt(tried: Letter) -> None:
        issue = _Issue(tried, config, theme, extras)
        issue.document(issue.wanted)

    return faults.without_faults(letter, attempt)


class _Fitted(Struct, frozen=True, kw_only=True):
    """A letter's HTML with stand-ins for merge tags, its octets, and the places that it shows."""

    shown: tuple[Slot, ...]
    html: str
    size: int
    root: HtmlElement
    problems: tuple[Diagnostic, ...]


class _Issue:
    """One letter being made."""

    def __init__(self, letter: Letter, config: Config, theme: Theme, extras: Extras) -> None:
        self.letter = letter
        self.config = config
        self.theme = theme
        self.extras = extras
        self.words = theme.words(letter.language)
        self.colours = palette(config.brand)
        self.sentinels = Sentinels(letter)
        self.services = tuple(
            service(name, config, letter.language) for name in config.newsletter.esp
        )
        self.layout = config.newsletter.layout
        self.title = config.newsletter.title or config.site.title
        self.pictures = extras.pictures
        self.pictures.logos.update(logo.image.src for logo in extras.logos)
        self.masthead = masthead(extras.logos, self.colours, self.pictures)
        self.wanted = slots(
            letter, media=self.words["letter_media"], sound=self.words["letter_sound"]
        )
        if self.layout == "essay":
            self.wanted = alone(self.wanted)

    def rendered(self) -> Rendered:
        made = self._fitted()
        shown, problems = made.shown, list(made.problems)
        outputs: list[Output] = []
        sizes: Sizes | None = None
        (_, _, neutral), _ = self._files(NONE, made.html, shown)
        for each in self.services:
            files, found = self._files(each, made.html, shown)
            problems += [problem for problem in found if problem not in problems]
            sizes = sizes or Sizes(len(files[0]), len(files[1]), len(neutral))
            outputs += self._named(each, files, neutral)
        assert sizes is not None  # a site has one service at least, if only "none"
        figures = report(
            self.letter,
            made.root,
            sizes,
            Shortening(self.wanted, shown),
            palette=self.colours,
            images=tuple(images(made.root, shown, self.pictures, self.extras.lengths)),
        )
        figures = replace(figures, campaign=self.config.newsletter.utm)
        problems += remarks(figures, self.config, self.extras.path)
        problems += picture_remarks(figures, shown, self.extras.path, self.pictures)
        return Rendered(outputs=tuple(outputs), problems=tuple(problems), report=figures)

    def _fitted(self) -> _Fitted:
        """Return the letter as full as its limit allows."""
        limit = self.config.newsletter.max_kb * KILOBYTE
        best: _Fitted | None = None
        measured = 0.0
        seen: set[tuple[Level, ...]] = set()
        while len(seen) < _TRIES:
            shown = fitted(self.wanted, limit, measured)
            if (levels := tuple(place.level for place in shown)) in seen:
                break
            seen.add(levels)
            made = self._made(shown)
            if made.size <= limit and (best is None or made.size > best.size):
                best = made
            if shown == self.wanted and best is not None:
                break
            if best is not None and best.size > limit * _FULL_ENOUGH:
                break
            # Above the limit the estimate is taken for lower than it was, or nothing would change.
            measured = made.size / estimate(shown) * (1.01 if made.size > limit else 1)
        return best or self._made(tuple(replace(place, level=Level.GONE) for place in self.wanted))

    def _made(self, shown: tuple[Slot, ...]) -> _Fitted:
        root, problems = inline(self.document(shown), f"templates/letter-{self.layout}.html")
        accommodate(root, rtl=direction(self.letter.language) == "rtl")
        add_campaign(root, self.config.site.url, self.config.newsletter.utm)
        html = compact(root)
        size = max(len(self._sent(each, html).encode()) for each in self.services)
        return _Fitted(shown=shown, html=html, size=size, root=root, problems=problems)

    def _sent(self, service: Service, html: str) -> str:
        """Return the HTML that ``service`` is given."""
        tags = values(service, self.letter, self.config)
        final = self.sentinels.swap(html, in_html(service, tags))
        return go_templates.html(final) if service.go else final

    def document(self, places: Sequence[Slot], *, on_web: bool = False) -> str:
        """Return the letter as its template writes it, before anything is inlined."""
        rtl = direction(self.letter.language) == "rtl"
        return self.theme.render(
            f"letter-{self.layout}.html",
            language=self.letter.language,
            config=self.config,
            about=self.extras.path if self.extras.path != FILE else self.letter.folder,
            letter=self.letter,
            view=self._view(places),
            title=self.title,
            publisher=self._publisher(),
            issue_label=self._label(named=self.masthead.logo is not None),
            masthead=self.masthead,
            forward=self._forward(),
            contact=self._contact(),
            address_dir=direction_of(self.config.newsletter.address),
            address=self.config.newsletter.address if on_web else self._stand_in("address"),
            tags={name: self._stand_in(name) for name in ("unsubscribe", "web")},
            keep=self.sentinels.keep,
            on_web=on_web,
            padding=_PADDING,
            colours=self.colours,
            fonts=self._fonts(rtl=rtl),
            spaced=not rtl,
            start="right" if rtl else "left",
            end="left" if rtl else "right",
        )

    def _view(self, places: Sequence[Slot]) -> View:
        return view(self.letter, places, self.theme, layout=self.layout, pictures=self.pictures)

    def _forward(self) -> str:
        """Return the address that opens a message which recommends the letter (RFC 6068)."""
        query = {"subject": without_widthless(self.letter.subject), "body": self.letter.web}
        return f"mailto:?{urlencode(query, quote_via=quote)}"

    def _contact(self) -> str:
        """Return the address that opens an answer to the letter, empty for none."""
        email = answered_at(self.config.newsletter)
        return mailto(email) if email else ""

    def _stand_in(self, what: str) -> str:
        """Return the stand-in for ``what``, empty when a service has nothing to put there."""
        known = all(values(each, self.letter, self.config)[what] for each in self.services)
        return self.sentinels.of(what) if known else ""

    def _files(
        self, service: Service, html: str, shown: Sequence[Slot]
    ) -> tuple[tuple[bytes, bytes, bytes], tuple[Diagnostic, ...]]:
        """Return the HTML, text and message for one service, and what its headers held."""
        tags = values(service, self.letter, self.config)
        final = self._sent(service, html)
        text = self.sentinels.swap(self._text(shown), {**tags, "address": tags["addresstext"]})
        if service.go:
            text = go_templates.text(text)
        headers, problems = checked(
            envelope(self.letter, self.config, service.unsubscribe), self.extras.path
        )
        shown_html = final
        pictures: dict[str, Picture] = {}
        if self.config.newsletter.embed_images and self.extras.picture is not None:
            shown_html, pictures = embedded(final, self.extras.picture, self.config.domain)
        eml = message(headers, shown_html, text, pictures)
        return (final.encode(), text.encode(), eml), problems

    def _named(self, service: Service, files: Sequence[bytes], neutral: bytes) -> list[Output]:
        stem = f"{self.letter.folder}letter"
        named = dict(zip(_ENDINGS, files, strict=True))
        made = []
        if service is self.services[0]:
            made += [(f"{stem}.{ending}", named[ending]) for ending in ("html", "txt")]
            made.append((f"{stem}.eml", neutral))
        if len(self.services) > 1:
            made += [(f"{stem}.{service.name}.{end}", data) for end, data in named.items()]
        return [Output(path=path, data=data) for path, data in made]

    def _text(self, shown: Sequence[Slot]) -> str:
        """Return the text part with stand-ins; it names every entry, having no limit to fear."""
        named = [
            replace(place, level=Level.LINE) if place.level is Level.GONE else place
            for place in shown
        ]
        words, links = self.words, []
        for what, key in (("web", "letter_online"), ("unsubscribe", "letter_unsubscribe")):
            if address := self._stand_in(what):
                links.append(words["letter_text_link"].format(text=words[key], url=address))
        footer = (
            "\n".join(filter(None, [self._publisher(), self._stand_in("address")])),
            self.config.site.notice,
            words["letter_reason"].format(title=self.title),
            "\n".join(links),
        )
        return text_part(
            self._view(named), words, title=self.title, label=self._label(), footer=footer
        )

    def _label(self, *, named: bool = False) -> str:
        """Return the line above the title: whose letter, unless it is ``named``; number, month."""
        site = "" if named or self.title == self.config.site.title else self.config.site.title
        number = self.letter.number
        label = self.words["letter_issue"].format(number=number) if number else ""
        month = self.theme.day(self.letter.date, self.letter.language, style="month")
        return " · ".join(filter(None, [site, label, month]))

    def _publisher(self) -> str:
        """Return the site's title, unless the postal address opens with it."""
        address = self.config.newsletter.address
        said = self._stand_in("address") and address.startswith(self.config.site.title)
        own = all(not each.address for each in self.services)
        return "" if said and own else self.config.site.title

    def _fonts(self, *, rtl: bool) -> dict[str, str]:
        brand = self.config.brand
        sans = fonts.SANS_RTL if rtl else fonts.SANS
        serif = sans if rtl else fonts.SERIF
        return {
            "text": fonts.stack(brand.font, sans),
            "heading": fonts.stack(brand.heading_font, serif),
            "outlook_text": fonts.for_outlook(brand.font, "Arial,sans-serif"),
            "outlook_heading": fonts.for_outlook(
                brand.heading_font, "Arial,sans-serif" if rtl else "Georgia,serif"
            ),
        }
