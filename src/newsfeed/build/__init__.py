"""A build: source texts in, outputs and diagnostics out. Disk and clock stand outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from itertools import chain
from urllib.parse import quote

from newsfeed import identity, reading, selecting
from newsfeed.addresses import Library
from newsfeed.archives import Pages
from newsfeed.build import feeds
from newsfeed.build.entries import Entries
from newsfeed.build.issues import Shelf, shelf
from newsfeed.build.standing import Memory
from newsfeed.config import Config
from newsfeed.diagnostics import ContentError, Diagnostic, diagnostic
from newsfeed.model import Output, Tree
from newsfeed.reading import Article, LeftOut
from newsfeed.theming import Theme

STATIC = "static/"
FEED_FILES = ("atom.xml", "rss.xml", "feed.json", "feeds.opml")


@dataclass(kw_only=True)
class Site:
    """A site that was read: what it shows, what it remembers, and what is wrong with it.

    ``problems`` grows while outputs are rendered; ``whole`` says that no output is missing.
    ``lock_before`` is the lock's text as it was found (empty for none), ``lock_text`` as it should
    be. ``records`` are the texts, by path, of the issues' records that are to be written; they are
    known when the letters are rendered.
    """

    tree: Tree
    config: Config
    theme: Theme
    plan: selecting.Plan
    settled: identity.Settled
    archives: dict[str, Pages]
    library: Library
    left_out: tuple[LeftOut, ...]
    lock_before: str
    lock_text: str
    problems: list[Diagnostic] = field(default_factory=list)
    whole: bool = True
    records: dict[str, str] = field(default_factory=dict)

    @cached_property
    def shelf(self) -> Shelf:
        """The newsletter's issues, as their files have them."""
        return shelf(self)

    @property
    def next_change(self) -> datetime | None:
        """When the output will differ next, if nobody changes a file."""
        changes = [self.plan.next_change, self.settled.next_change]
        if self.config.newsletter.enabled:
            changes += [
                each.date
                for each in self.shelf.issues
                if each.date > self.plan.now and not each.issue.draft
            ]
        return min((when for when in changes if when is not None), default=None)


def load(
    tree: Tree,
    config: Config,
    theme: Theme,
    *,
    now: datetime,
    lock: str | None,
    drafts: bool = False,
    future: bool = False,
    frozen: bool = False,
    remembered: Mapping[str, Article] | None = None,
) -> Site:
    """Read the articles of ``tree``, settle their ids against ``lock``, plan what is shown at ``now``.

    With ``frozen`` no archive page is closed: time alone never changes the lock. Raises ConfigError for a lock that is damaged.
    """
    known = identity.parse(lock) if lock is not None else None
    read = reading.read(tree, config, remembered=remembered)
    missed = frozenset(left.path for left in read.left_out)
    settled = identity.settle(read.items, known, config, now, left_out=missed)
    plan = selecting.plan(settled.items, config, now, drafts=drafts, future=future)
    archives, kept = feeds.archive(plan, settled.lock, config, closing=not frozen)
    library = Library(
        tree, settled.items, config, visible=frozenset(item.path for item in plan.items)
    )
    return Site(
        tree=tree,
        config=config,
        theme=theme,
        plan=plan,
        settled=settled,
        archives=archives,
        library=library,
        left_out=read.left_out,
        lock_before=lock or "",
        lock_text=identity.dump(kept),
        problems=[*read.problems, *settled.problems],
    )


def render(site: Site, memory: Memory | None = None, *, jobs: int = 1) -> Iterator[Output]:
    """Yield every output of ``site`` once; problems met on the way are added to it.

    With a ``memory`` those that it knows to stand as they were published have no bytes. Where there
    is much to do, ``jobs`` processes share it.

    A template that cannot be rendered leaves outputs out: then the site is not ``whole``.
    """
    try:
        yield from _outputs(site, memory, jobs)
    except ContentError as error:
        site.problems.append(error.problem)
        site.whole = False


def _outputs(site: Site, memory: Memory | None, jobs: int) -> Iterator[Output]:
    from newsfeed.build import hosting, letters, pages
    from newsfeed.linting.articles import lint_items

    entries = Entries(site.library, site.problems, memory)
    site.problems += lint_items(site.plan.items)
    seen: set[str] = set()
    made = chain(
        pages.outputs(site, entries, memory, jobs),
        feeds.outputs(site, entries, memory),
        letters.outputs(site, entries, memory=memory),
        hosting.outputs(site, entries),
        _files(site, entries),
    )
    for output in made:
        if output.path in seen:
            _refuse(site, output.path)
            continue
        seen.add(output.path)
        if output.path in FEED_FILES:
            # We distrust what we wrote, before it is published. `check` reads every feed back.
            site.problems += _lint(site, [output])
        yield output
    site.problems += entries.dead_anchors()


def _files(site: Site, entries: Entries) -> Iterator[Output]:
    """Yield the pictures and files that entries showed, and the site's own in ``static/``."""
    assets = {asset.page: asset.path for asset in entries.assets}
    assets |= {path: path for path in site.tree.files if path.startswith(STATIC)}
    for page in sorted(assets):
        yield Output(path=page, copy_of=assets[page])


def _refuse(site: Site, path: str) -> None:
    site.problems.append(diagnostic("address-twice", path, url=path))


def check(site: Site) -> list[Diagnostic]:
    """Render everything and return every problem, of the site's own feeds too."""
    documents = [output for output in render(site) if output.path.rpartition("/")[2] in FEED_FILES]
    return [*_lint(site, documents), *site.problems]


def _lint(site: Site, outputs: list[Output]) -> Sequence[Diagnostic]:
    from newsfeed.linting.feeds import lint_feeds

    base = site.config.site.url
    return lint_feeds(
        ((each.path, each.data or b"", base + quote(each.path)) for each in outputs),
        now=site.plan.now,
    )
