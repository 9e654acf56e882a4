"""Site -> outputs: every file that is published, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec.structs import replace

from newsfeed.build import feeds, podcasts
from newsfeed.build.output_conflicts import FILES, Claims
from newsfeed.build.remembered_entries import Showings
from newsfeed.build.result import Result
from newsfeed.build.targets import Ground, Standing
from newsfeed.diagnostics import ContentError, Diagnostic, arrange, diagnostic, reason_of
from newsfeed.model import Form, Output, Variant
from newsfeed.site.library import UNPROVEN
from newsfeed.text.output_paths import folded, is_fit

if TYPE_CHECKING:
    from newsfeed.build.cache import Cache
    from newsfeed.build.entries import Entries
    from newsfeed.build.site import Site
    from newsfeed.site.library import Sizes, Variants

STATIC = "static"
OPML = "feeds.opml"


class Rendering:
    """One rendering of a site: its entries, what stands already, and what is found out.

    ``templates`` stands for the content of all templates. With ``scaled`` pages offer their pictures
    in smaller forms too, and letters send theirs in ``forms``, by the path that each is published at.
    """

    def __init__(
        self,
        site: Site,
        *,
        cache: Cache | None = None,
        standing: Standing | None = None,
        templates: str = "",
        scaled: Variants | None = None,
        sizes: Sizes | None = None,
    ) -> None:
        self.site = site
        self.result = Result(site.problems)
        self._templates = templates
        self.standing = standing if standing is not None else Standing(None, "")
        self.cache = cache
        self.forms: dict[str, Form] = {}
        site.library.scaled = scaled
        site.library.sizes = sizes
        self.showings = Showings(site.library, self.result, cache)

    def __reduce__(self) -> tuple[type[_Elsewhere], tuple[Site, str]]:
        """Carry it to a process that was not forked off, where nothing is known to stand."""
        return _Elsewhere, (self.site, self._templates)

    @cached_property
    def entries(self) -> Entries:
        """The entries of items, for what has to be made: most builds make little."""
        from newsfeed.build.entries import Entries

        return Entries(self.showings)

    def ground(self, *parts: str) -> Ground:
        """Return what makes targets that depend on the templates and on ``parts``."""
        return Ground(self.standing, self.result, self._templates, *parts)

    def outputs(self) -> Iterator[Output]:
        """Yield every output once; problems met on the way are added to the result.

        A template that cannot be rendered leaves outputs out: then the result is not whole.
        """
        try:
            yield from self._outputs()
        except ContentError as error:
            # What was told until then depends on how far each process got.
            self.result.problems[:] = [*self.site.problems, error.problem]
            self.result.whole = False

    def _outputs(self) -> Iterator[Output]:
        claims = Claims()
        own = {*feeds.files(self.site.config).values(), OPML}
        for output in self._parts():
            if not claims.take(output.path):
                self.refuse(output.path)
            elif output.path in own and not output.stands:
                yield self._linted(output)
            else:
                yield output
        self.result.problems += self.showings.dead_ends(
            lambda page: claims.answers(page) or self._is_beside(page)
        )

    def _linted(self, output: Output) -> Output:
        """Return a feed that was read back before it is published: we distrust what we write.

        `check` reads every feed back. Some findings speak of the instant: such a feed is made anew.
        """
        findings = lint(self.site, [output])
        self.result.problems += findings
        return replace(output, key=None) if findings else output

    def _parts(self) -> Iterator[Output]:
        """Yield what each part of the site makes; what is switched off is not even loaded."""
        config = self.site.config
        made: Iterator[Output] = iter(())
        former: Iterator[Output] = iter(())
        if config.pages.enabled:
            from newsfeed.build import page_parts, pages

            parts = page_parts.PageParts(self)
            made, former = pages.outputs(parts), pages.redirects(parts)
        # Once the first page is there, other processes make more: meanwhile this one makes the feeds.
        first = list(islice(made, 1))
        yield from feeds.outputs(self)
        yield from first
        yield from made
        if config.newsletter.enabled:
            from newsfeed.build import letter_targets

            yield from letter_targets.outputs(self)
        if config.pages.host != "none":
            from newsfeed.build import host_files

            yield from host_files.outputs(self.site)
        yield from self._files()
        # Last: a former address takes the place of nothing that is there.
        yield from former

    def _files(self) -> Iterator[Output]:
        """Yield the pictures and files that entries showed, those of ``static/``, and those of letters."""
        library = self.site.library
        shown = {asset.page: asset.path for asset in self.showings.assets}
        assets = shown | {
            path: path for path in self.site.tree.below(STATIC) if self._is_given(path)
        }
        config = self.site.config
        settings = (config.site.logo, config.site.logo_dark, config.site.icon, config.podcast.image)
        for path in settings:
            if path and path in self.site.tree.files and not library.refuses(path):
                assets.setdefault(library.page(path), path)
        ground = Ground(self.standing, self.result)
        for page in sorted(assets):
            said = library.answer(f"file:{assets[page]}")
            key = ground.key(page, (None if said == UNPROVEN else said,))
            if ground.stands(page, key):
                yield Output(path=page, key=key)
            else:
                yield Output(path=page, copy_of=assets[page], key=key)
            for variant in library.variants(shown[page]) if page in shown else ():
                yield from self._variant(assets[page], variant, ground, key)
        for page in sorted(self.forms.keys() - assets):
            yield from self._form(self.forms[page], ground)

    def _form(self, form: Form, ground: Ground) -> Iterator[Output]:
        """Yield a picture as letters send it."""
        library = self.site.library
        said = library.answer(f"file:{form.path}")
        key = ground.key(form.page, (None if said == UNPROVEN else said,))
        if ground.stands(form.page, key):
            yield Output(path=form.page, key=key)
        else:
            from newsfeed.build import letter_pictures

            data = letter_pictures.form_data(self.site, form)
            if data is not None:
                yield Output(path=form.page, data=data, key=key)

    def _is_given(self, path: str) -> bool:
        """Say whether a file of ``static/`` is one, or is a link to what is never published."""
        tree = self.site.tree
        if tree.origin(path) == path or not self.site.library.withholds(path):
            return True
        self.result.problems.append(diagnostic("link-outside", path))
        return False

    def _variant(
        self, path: str, variant: Variant, ground: Ground, original: str | None
    ) -> Iterator[Output]:
        """Yield a smaller form of the picture at ``path``, whose own output has the key ``original``."""
        key = ground.key(variant.page, (original,))
        if ground.stands(variant.page, key):
            yield Output(path=variant.page, key=key)
        elif self.site.library.scaled is not None:
            data = self.site.library.scaled.data(path, variant.width, self.site.tree)
            if data is not None:
                yield Output(path=variant.page, data=data, key=key)

    def _is_beside(self, page: str) -> bool:
        """Say whether something else than newsfeed serves ``page``, as far as the settings tell."""
        config = self.site.config.pages
        if "news" not in config.lists and page in ("", "index.html"):
            return True
        return not config.enabled or self.site.library.elsewhere.serves(page)

    @cached_property
    def own(self) -> frozenset[str]:
        """The paths of what the site has whatever its articles say, folded: no article takes them."""
        site = self.site
        paths = {*FILES, "feed.css", "subscribe/index.html", "site.css", "search.js"}
        if "news" in site.config.pages.lists:
            paths.add("index.html")
        if site.config.newsletter.enabled:
            names = ("latest", *site.shelf.newest(site.plan.now), *site.shelf.keys)
            paths |= {"newsletter/index.html", *(f"newsletter/{name}/index.html" for name in names)}
        listed = (
            each for each in site.plan.groups if feeds.is_listed(each, site.plan, site.config)
        )
        paths |= {f"{group.folder}index.html" for group in listed}
        paths |= {*site.tree.below(STATIC)}
        return frozenset(map(folded, paths))

    def refuse(self, path: str) -> None:
        """Say that an output cannot have its path: where the article, or the file, stands that wants it."""
        code = "address-twice" if is_fit(path) else "output-name"
        site = self.site
        head = next((each for each in site.plan.items.heads if each.page == path), None)
        if head is not None:
            item = site.items[head.path]
            field = next((each for each in ("url", "slug") if dict(item.lines).get(each)), "url")
            problem = diagnostic(code, item.path, item.line(field), url=path)
        else:
            problem = diagnostic(code, self._source_of(path), url=path)
        self.result.problems.append(problem)

    def _source_of(self, path: str) -> str:
        """Return which file of the site makes the output ``path``: one that it is a copy of, or an
        article that bears the group that it lists."""
        site = self.site
        for file in site.tree.files:
            if site.library.page(file) == path:
                return file
        for group in site.plan.groups:
            if path.startswith(group.folder) and group.items.heads:
                return group.items.heads[0].path
        return path


class _Elsewhere(Rendering):
    """A rendering that has come from another process: its library knows what makes pictures smaller."""

    def __init__(self, site: Site, templates: str) -> None:
        super().__init__(site, templates=templates, scaled=site.library.scaled)


def feed_paths(site: Site) -> frozenset[str]:
    """Return the output paths of the site's feeds, and of the list of them."""
    planned = feeds.planned(site)
    return frozenset((OPML, *(file for each in planned for file in each.feed.files.values())))


def check(rendering: Rendering) -> list[Diagnostic]:
    """Render everything and return every problem, of the site's own feeds too."""
    written = feed_paths(rendering.site)
    documents = []
    for output in rendering.outputs():
        if output.path in written:
            documents.append(output)
        elif output.copy_of is not None:
            try:
                rendering.site.tree.read(output.copy_of, 1)
            except OSError as error:
                rendering.result.missed(output.copy_of, reason_of(error))
    return [*lint(rendering.site, documents), *rendering.result.problems]


def lint(site: Site, outputs: Iterable[Output]) -> tuple[Diagnostic, ...]:
    """Return what is wrong with feeds that were just made."""
    from newsfeed.feeds.lint import lint_feeds

    base = site.config.site.url
    made = {each.path: each for each in outputs}
    found = lint_feeds(
        ((path, each.data or b"", base + quote(path)) for path, each in made.items()),
        now=site.plan.now,
    )
    return arrange(podcasts.told(found, made, site.config))
