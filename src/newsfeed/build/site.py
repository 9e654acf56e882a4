"""A site before anything is rendered: its articles read, settled and planned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from newsfeed.build import articles, feeds, podcasts
from newsfeed.build.cache import Cache
from newsfeed.config import FILE, Config
from newsfeed.content.reading import LeftOut
from newsfeed.content.scan import DiskTree
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.identity import lockfile, settle
from newsfeed.site.archives import Pages
from newsfeed.site.items import Items
from newsfeed.site.library import Library
from newsfeed.site.lint import lint_items
from newsfeed.site.plan import Plan, plan
from newsfeed.text.hashing import hashed
from newsfeed.text.typed_addresses import is_of_preview
from newsfeed.theme.environment import Theme

if TYPE_CHECKING:
    from newsfeed.build.issues import Shelf


class SoundLock(Struct, frozen=True, array_like=True):
    """A text of newsfeed.lock that is right, by its hash."""

    digest: str


class Options(Struct, frozen=True, kw_only=True):
    """What a build is asked for: its instant, what it shows, how many processes share the work.

    With ``frozen`` no archive page is closed: time alone never changes the lock. Nor is one in a
    preview with ``drafts`` or ``future``, of items that nobody was shown.
    """

    now: datetime
    drafts: bool = False
    future: bool = False
    frozen: bool = False
    jobs: int = 1

    @property
    def closing(self) -> bool:
        """Whether pages of archives are closed."""
        return not (self.frozen or self.drafts or self.future)


class Site(Struct, frozen=True, kw_only=True, dict=True):
    """What a site shows at an instant, and what is wrong with its articles.

    ``lock_before`` is the text of newsfeed.lock as it was found, empty for none, ``lock_text`` as it
    should be. ``archives`` are the pages of each feed by its folder. ``read_problems`` are those of
    ``problems`` that a file tells alone.
    """

    tree: DiskTree
    config: Config
    theme: Theme
    options: Options
    plan: Plan
    items: Items
    settled: settle.Settled
    archives: Mapping[str, Pages]
    library: Library
    left_out: tuple[LeftOut, ...]
    lock_before: str
    lock_text: str
    problems: tuple[Diagnostic, ...]
    read_problems: tuple[Diagnostic, ...] = ()

    @cached_property
    def shelf(self) -> Shelf:
        """The newsletter's issues, as their files have them."""
        from newsfeed.build.issues import shelf

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
    tree: DiskTree,
    theme: Theme,
    options: Options,
    *,
    lock: str | None,
    cache: Cache | None = None,
    count: Callable[[int], None] = lambda _: None,
) -> Site:
    """Read the articles of ``tree``, settle their ids against ``lock``, plan what is shown.

    What ``cache`` holds of them is not read again; ``count`` is told how many are read. Raises
    ConfigError for a lock that is damaged.
    """
    config = theme.config
    read = articles.Reading(tree, config, cache).articles(options.jobs, count)
    known = _parsed(lock, cache) if lock is not None else None
    # An article that cannot be read is not gone; one that became a draft without a date is.
    missed = frozenset(left.path for left in read.left_out if left.reason != "draft")
    settled = settle.settle(
        read.heads,
        known,
        config,
        options.now,
        left_out=missed,
        line=lambda path, name: read.decode(path).line(name),
    )
    items = Items(settled.heads, read.decode)
    planned = plan(
        items, options.now, terms=settled.terms, drafts=options.drafts, future=options.future
    )
    archives, kept = feeds.archive(planned, settled.lock, config, closing=options.closing)
    library = Library(
        tree,
        items,
        config,
        visible=planned.visible,
        withheld=_withheld(read.left_out),
        proven=cache.oldest if cache is not None else 0,
    )
    lock_text = lock if lock is not None and known == kept else lockfile.dump(kept)
    if cache is not None:
        cache.step("lock", SoundLock).only(SoundLock(hashed((lock_text,))))
    return Site(
        tree=tree,
        config=config,
        theme=theme,
        options=options,
        plan=planned,
        items=items,
        settled=settled,
        archives=archives,
        library=library,
        left_out=read.left_out,
        lock_before=lock or "",
        lock_text=lock_text,
        problems=(
            *read.problems,
            *settled.problems,
            *theme.unused(),
            *_unwritten(planned, config),
            *_of_preview(config),
            *tree.problems,
            *lint_items(planned.items, options.now),
            *podcasts.lint_picture(config, library),
        ),
        read_problems=(*read.problems, *tree.problems),
    )


def _parsed(lock: str, cache: Cache | None) -> lockfile.Lock:
    """Return the lock; what an earlier build found to be right is not checked again."""
    known = cache.step("lock", SoundLock).get(hashed((lock,))) if cache is not None else None
    return lockfile.parse(lock, sound=known is not None)


def _withheld(left_out: tuple[LeftOut, ...]) -> frozenset[str]:
    """Return what would be articles, but for something that is wrong or missing."""
    return frozenset(
        left.path for left in left_out if left.reason not in ("format", "not-an-article")
    )


def _of_preview(config: Config) -> list[Diagnostic]:
    """Say that all addresses of the site are those of a preview."""
    if not is_of_preview(config.site.url):
        return []
    return [diagnostic("site-preview", FILE, url=config.site.url)]


def _unwritten(planned: Plan, config: Config) -> list[Diagnostic]:
    """Say once that feeds and letters lead to pages that nobody writes, as far as one can know."""
    if config.pages.enabled or "pages.item" in config.written:
        return []
    address = next((head.url for head in planned.items.heads if head.page), None)
    return [diagnostic("pages-unwritten", FILE, url=address)] if address else []
