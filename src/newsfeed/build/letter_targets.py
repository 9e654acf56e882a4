"""The letters of a build: which of them stand as they were published, and the list of them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from newsfeed.build import letters
from newsfeed.build.issues import FOLDER, Drawn, draw
from newsfeed.build.letter_pictures import Illustrated, logos, pictures_of
from newsfeed.diagnostics import ContentError, Diagnostic, failure
from newsfeed.model import Entry, Form, Item, Letter, Output
from newsfeed.newsletter import issues as numbers
from newsfeed.newsletter.issues import ResolvedIssue, Selection
from newsfeed.site.entry import summary_of, title_of

if TYPE_CHECKING:
    from newsfeed.build.rendering import Rendering
    from newsfeed.build.site import Site
    from newsfeed.pages import IssueLine


def outputs(rendering: Rendering) -> Iterator[Output]:
    """Yield the files of every letter; none where the newsletter is switched off.

    Each issue whose date has come has its folder, and the newest one also ``latest/``, or
    ``latest.en/`` in another language. A site without such an issue has the letter of its newest
    items there. Letters that stand as they were published have no bytes.
    """
    site, entries = rendering.site, rendering.entries
    if not site.config.newsletter.enabled:
        return
    entries.result.problems += site.shelf.problems
    work = _Letters(rendering)
    out = site.shelf.out(site.plan.now)
    newest = site.shelf.newest(site.plan.now)
    shown = False
    for numbered in site.shelf.issues:
        if numbered.issue.draft or not (numbered.parts or numbered.issue.editorial):
            continue
        try:
            drawn = draw(site, entries, numbered)
            if not drawn.letter.sections and not drawn.letter.editorial:
                continue
            made = (
                list(
                    work.files(
                        drawn, numbered, [name for name, each in newest.items() if each is numbered]
                    )
                )
                if numbered in out
                else []
            )
            letters.remember(site, numbered, drawn, entries.result)
        except Exception as error:
            entries.result.problems.append(failure(numbered.issue.path, error))
            continue
        shown = shown or bool(made)
        yield from made
    letter = None if shown else letters.automatic(site, entries, Selection())
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
        self,
        drawn: Drawn | Letter,
        numbered: ResolvedIssue | None = None,
        latest: Sequence[str] = (),
    ) -> Iterator[Output]:
        """Yield the files of a letter, once more in each folder of ``latest``, where newest ones are."""
        letter = drawn if isinstance(drawn, Letter) else drawn.letter
        paths = [f"{letter.folder}{name}" for name in letters.letter_files(self.site.config)]
        paths += [letters.moved(path, letter, name) for name in latest for path in paths]
        keys: dict[str, str | None] = {}
        if self.ground is not None:
            pictures = pictures_of(self.site, letter)
            ground = (made_of(drawn), numbered.issue.path if numbered else "", pictures)
            keys = {path: self.ground.key(path, ground) for path in paths}
            known = self.known.get(letter.folder) if self.known is not None else None
            if known is not None and known.key == keys[paths[0]] and self.ground.all_stand(keys):
                self._illustrate(known.forms)
                yield from (Output(path=path, key=key) for path, key in keys.items())
                return
        result = self.entries.result
        before = len(result.problems)
        try:
            made = letters.make(self.site, self.entries, drawn, numbered)
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
        for name in latest:
            for each in letters.as_latest(made, name):
                yield replace(each, key=keys.get(each.path))

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
        chosen = letters.chosen(site, Selection())
        return (_line(site, chosen, IssueLine),) if chosen else ()
    lines = []
    for each in out:
        items = tuple(item for part in each.parts for item in part.items)
        lines.append(_line(site, items, IssueLine, each))
    return tuple(lines)


def made_of(drawn: Drawn | Letter) -> str:
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
        url=f"{config.site.url}{FOLDER}{issue.key if issue else numbers.LATEST}/",
        preheader=(issue and issue.preheader) or numbers.preheader(titles, summary),
        number=issue.number if issue else None,
        language=(issue and issue.language) or config.site.language,
    )
