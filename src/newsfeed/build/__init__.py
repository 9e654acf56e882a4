"""A build: source texts in, outputs and diagnostics out. Disk and clock stand outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache as remembering
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from newsfeed.build import feeds, frames
from newsfeed.build.claims import Claims
from newsfeed.build.entries import Entries
from newsfeed.build.frames import Frame
from newsfeed.build.grounds import Lost
from newsfeed.build.standing import Memory, Remembering, Standing
from newsfeed.config import FILE, Config
from newsfeed.content import reading
from newsfeed.content.reading import Article, LeftOut
from newsfeed.diagnostics import ContentError, Diagnostic, diagnostic
from newsfeed.identity import settle as identity
from newsfeed.model import Item, Output, Tree, Variant
from newsfeed.site import plan as planning
from newsfeed.site.archives import Pages
from newsfeed.site.library import Library, Variants
from newsfeed.site.plan import Later
from newsfeed.theme.environment import Theme

if TYPE_CHECKING:
    from newsfeed.build.issues import Shelf

STATIC = "static/"
FEED_FILES = ("atom.xml", "rss.xml", "feed.json", "feeds.opml")


@dataclass(kw_only=True)
class Site:
    """A site that was read: what it shows, what it remembers, and what is wrong with it.

    ``odd`` are the items of which alone there may be something to say, where that is known;
    ``layout`` is the plan in numbers, where it was made so. ``frame`` is what an earlier build found
    out that still holds of it, ``noted`` what this one noted for the next, if any; ``flags`` are what
    it was asked for: drafts, scheduled items, a lock that does not change.

    ``problems`` grows while outputs are rendered; ``whole`` says that no output is missing. Where
    some article could be read no more, the site is ``unread``, and what was made of it is not to be
    remembered. ``lock_before`` is the lock's text as it was found (empty for none), ``lock_text`` as
    it should be. ``records`` are the texts, by path, of the issues' records that are to be written;
    they are known when the letters are rendered.
    """

    tree: Tree
    config: Config
    theme: Theme
    plan: planning.Plan
    settled: identity.Settled
    archives: dict[str, Pages]
    library: Library
    left_out: tuple[LeftOut, ...]
    lock_before: str
    lock_text: str
    problems: list[Diagnostic] = field(default_factory=list)
    whole: bool = True
    unread: bool = False
    records: dict[str, str] = field(default_factory=dict)
    odd: Sequence[Item] | None = None
    layout: frames.Layout | None = None
    frame: Frame | None = None
    noted: Mapping[str, Any] | None = None
    flags: tuple[bool, ...] = ()

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

    With ``frozen`` no archive page is closed: time alone never changes the lock. Nor is one in a
    preview with ``drafts`` or ``future``, of items that nobody was shown. Raises ConfigError for a
    lock that is damaged.
    """
    known = identity.parse(lock) if lock is not None else None
    read = reading.read(tree, config, remembered=remembered)
    # An article that cannot be read is not gone; one that became a draft without a date is.
    missed = frozenset(left.path for left in read.left_out if left.reason != "draft")
    settled = identity.settle(read.items, known, config, now, left_out=missed)
    plan = planning.plan(settled.items, now, drafts=drafts, future=future)
    closing = not (frozen or drafts or future)
    archives, kept = feeds.archive(plan, settled.lock, config, closing=closing)
    library = Library(
        tree,
        settled.items,
        config,
        visible=frozenset(item.path for item in plan.items),
        withheld=_withheld(read.left_out),
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
        lock_text=lock if lock is not None and known == kept else identity.dump(kept),
        problems=[*read.problems, *settled.problems, *theme.unused(), *_unwritten(plan, config)],
        flags=(drafts, future, frozen),
    )


def load_known(
    tree: Tree,
    config: Config,
    theme: Theme,
    memory: Remembering,
    *,
    now: datetime,
    lock: str | None,
    drafts: bool = False,
    future: bool = False,
    frozen: bool = False,
) -> Site:
    """Return what `load` would of the articles that ``memory`` knows, with no look at most of them."""
    from newsfeed.build import steady
    from newsfeed.site.lint import SUMMARY_LIMIT

    found = None
    if not (drafts or future):
        found = steady.settle(memory.told(), lock, config, now, long_summary=SUMMARY_LIMIT)
    if found is None or not memory.whole:
        return load(
            tree, config, theme, now=now, lock=lock, drafts=drafts, future=future, frozen=frozen,
            remembered=memory.articles(),
        )  # fmt: skip
    layout = frames.Layout(
        found.shown, found.drafts, found.scheduled, (), found.titles, found.lines
    )
    items, plan = layout.plan(
        memory, now, found.next_change, lambda shown: frames.grouped(found.groups, shown)
    )
    read = reading.gather(memory.troubled().values(), tree, config, known=memory.paths())
    return Site(
        tree=tree,
        config=config,
        theme=theme,
        plan=plan,
        settled=identity.Settled(
            items=Later(lambda: tuple(items.values())),
            lock=identity.Lock(),
            removed=found.removed,
            next_change=found.next_removal,
        ),
        archives=feeds.newest(plan, config),
        library=Library(
            tree,
            items,
            config,
            visible=frames.Shown(plan.items),
            withheld=_withheld(read.left_out),
        ),
        left_out=read.left_out,
        lock_before=lock or "",
        lock_text=found.lock,
        problems=[*read.problems, *theme.unused(), *_unwritten(plan, config)],
        odd=items.of(found.odd),
        layout=layout,
        flags=(drafts, future, frozen),
    )


def reopen(
    tree: Tree,
    config: Config,
    theme: Theme,
    memory: Memory,
    *,
    now: datetime,
    noted: frames.Noted | None,
    templates: str,
    flags: tuple[bool, bool, bool] = (False, False, False),
) -> Site | None:
    """Return what `load` would, from what the last build ``noted``; None where that may not hold.

    ``templates`` is the fingerprint of the theme, ``flags`` are drafts, future and frozen. Of such a
    site `renew` makes the outputs that differ.
    """
    if noted is None:
        return None
    try:
        frame = frames.recall(noted, memory, templates, now, flags)
    except Lost:
        return None
    if frame is None:
        return None
    plan = frame.plan
    return Site(
        tree=tree,
        config=config,
        theme=theme,
        plan=plan,
        settled=identity.Settled(
            items=Later(lambda: tuple(frame.items.values())),
            lock=identity.Lock(),
            removed=frame.removed,
            redirects=frame.redirects,
        ),
        archives=frame.archives if config.feeds.archive else feeds.newest(plan, config),
        library=Library(
            tree,
            frame.items,
            config,
            visible=frame.visible,
            withheld=_withheld(frame.left_out),
        ),
        left_out=frame.left_out,
        lock_before=noted.lock,
        lock_text=noted.lock,
        problems=list(frame.problems),
        frame=frame,
        flags=flags,
    )


def _withheld(left_out: Iterable[LeftOut]) -> frozenset[str]:
    """Return what would be articles, but for something that is wrong or missing."""
    return frozenset(
        left.path for left in left_out if left.reason not in ("format", "not-an-article")
    )


def _unwritten(plan: planning.Plan, config: Config) -> list[Diagnostic]:
    """Say once that feeds and letters lead to pages that nobody writes, as far as one can know."""
    if config.pages.enabled or "pages.item" in config.written:
        return []
    address = next((item.url for item in plan.items if item.page), None)
    return [diagnostic("pages-unwritten", FILE, url=address)] if address else []


def render(
    site: Site, memory: Memory | None = None, *, jobs: int = 1, scaled: Variants | None = None
) -> Iterator[Output]:
    """Yield every output of ``site`` once; problems met on the way are added to it.

    With ``scaled`` pages offer their pictures in smaller forms too, where they have pages.

    With a ``memory`` those that it knows to stand as they were published have no bytes. Where there
    is much to do, ``jobs`` processes share it.

    A template that cannot be rendered leaves outputs out: then the site is not ``whole``.
    """
    from newsfeed.site.lint import lint_items

    site.library.scaled = scaled if site.config.pages.enabled else None
    site.problems += lint_items(_odd(site))
    before = tuple(site.problems)
    try:
        yield from _outputs(site, memory, jobs, before)
    except ContentError as error:
        # What was told until then depends on how far each process got.
        site.problems[:] = [*before, error.problem]
        site.whole = False


def _outputs(
    site: Site, memory: Memory | None, jobs: int, before: Sequence[Diagnostic]
) -> Iterator[Output]:
    """Yield every output; ``before`` are the problems of articles."""
    site.library.sizes = memory
    entries = Entries(site.library, site.problems, memory)
    claims = Claims()
    refused = linted = False
    for output in _parts(site, entries, memory, jobs):
        if not claims.take(output.path):
            _refuse(site, output.path)
            refused = True
            continue
        if output.path in FEED_FILES:
            # We distrust what we wrote, before it is published. `check` reads every feed back.
            findings = _lint(site, [output])
            site.problems += findings
            linted = linted or bool(findings)
        yield output
    site.problems += entries.dead_ends(lambda page: claims.answers(page) or _is_beside(site, page))
    site.unread = entries.unread
    if memory is not None and not (refused or site.unread):
        frames.note(site, entries, memory, before, claims.paths, linted=linted)


def renew(
    site: Site,
    memory: Memory,
    lost: Callable[[], Set[str]] = frozenset,
    scaled: Variants | None = None,
) -> list[Output] | None:
    """Return the outputs of a reopened ``site`` that differ from what was published, or may.

    ``lost`` tells which outputs do not stand any more. None where more differs than can be told: then
    the site is to be loaded.
    """
    site.library.sizes = memory
    site.library.scaled = scaled if site.config.pages.enabled else None
    try:
        return _renewed(site, Entries(site.library, site.problems, memory), memory, lost)
    except (ContentError, Lost):
        return None


def _renewed(
    site: Site, entries: Entries, memory: Memory, lost: Callable[[], Set[str]]
) -> list[Output] | None:
    frame = site.frame
    assert frame is not None
    outputs: list[Output] = []
    entries.trust(frame.told, site.library.visible if frame.seen is None else frame.seen)
    edited = [path for path in frame.edited if path in site.library.visible]
    if site.config.pages.enabled:
        from newsfeed.build import pages

        made = pages.renewed(site, entries, memory, edited, lost)
        if made is None:
            return None
        outputs += made
    elif lost():
        return None
    for output in feeds.renewed(site, entries, frozenset(edited)):
        if output.path in FEED_FILES and _lint(site, [output]):
            return None
        outputs.append(output)
    if site.config.newsletter.enabled:
        from newsfeed.build import letters

        outputs += letters.outputs(site, entries, memory)
    if entries.unread or not all(entries.is_contained(path, frame.edited[path]) for path in edited):
        return None
    if not memory.whole:
        return None  # an edited article names a file that no listing tells of

    @remembering
    def claims() -> Claims:
        return frames.claims(frame, memory)

    site.problems += entries.dead_ends(
        lambda page: claims().answers(page) or _is_beside(site, page)
    )
    frames.note(site, entries, memory)
    return [output for output in outputs if not output.stands]


def _odd(site: Site) -> Iterable[Item]:
    """Return the visible items of which there may be something to say, beside each other."""
    if site.odd is None:
        return site.plan.items
    return [item for item in site.odd if item.path in site.library.visible]


def _is_beside(site: Site, page: str) -> bool:
    """Say whether something else than newsfeed serves ``page``, as far as the configuration tells."""
    if "news" not in site.config.pages.lists and page in ("", "index.html"):
        return True
    folders = (f"/{place.strip('/')}".rstrip("/") for place in site.config.pages.elsewhere)
    inside = f"/{page.strip('/')}/"
    return not site.config.pages.enabled or any(inside.startswith(f"{each}/") for each in folders)


def _parts(
    site: Site,
    entries: Entries,
    memory: Memory | None,
    jobs: int,
) -> Iterator[Output]:
    """Yield what each part of the site makes; what is switched off is not even loaded."""
    made: Iterator[Output] = iter(())
    if site.config.pages.enabled:
        from newsfeed.build import pages

        made = pages.outputs(site, entries, memory, jobs)
    # Once the first page is there, other processes make more: meanwhile this one makes the feeds.
    first = list(islice(made, 1))
    yield from feeds.outputs(site, entries, memory)
    yield from first
    yield from made
    if site.config.newsletter.enabled:
        from newsfeed.build import letters

        yield from letters.outputs(site, entries, memory)
    if site.config.pages.host != "none":
        from newsfeed.build import hosting

        yield from hosting.outputs(site, entries)
    yield from _files(site, entries, memory)


def _files(site: Site, entries: Entries, memory: Memory | None) -> Iterator[Output]:
    """Yield the pictures and files that entries showed, and the site's own in ``static/``."""
    shown = {asset.page: asset.path for asset in entries.assets}
    assets = shown | {path: path for path in site.tree.files if path.startswith(STATIC)}
    standing = Standing(memory)
    for page in sorted(assets):
        key = standing.key(page, (memory.file(assets[page]) if memory else None,))
        if key is not None and standing.stands(page, key):
            yield Output(path=page, key=key)
        else:
            yield Output(path=page, copy_of=assets[page], key=key)
        for variant in site.library.variants(shown[page]) if page in shown else ():
            yield from _variant(site, assets[page], variant, standing, key)


def _variant(
    site: Site, path: str, variant: Variant, standing: Standing, original: str | None
) -> Iterator[Output]:
    """Yield a smaller form of the picture at ``path``, whose own output has the key ``original``."""
    key = standing.key(variant.page, (original,))
    if key is not None and standing.stands(variant.page, key):
        yield Output(path=variant.page, key=key)
    elif site.library.scaled is not None:
        data = site.library.scaled.data(path, variant.width, site.tree)
        if data is not None:
            yield Output(path=variant.page, data=data, key=key)


def _refuse(site: Site, path: str) -> None:
    """Say that an output's path is taken: where the article, or the file, stands that asks for it."""
    item = next((each for each in site.plan.items if each.page == path), None)
    if item is not None:
        field = next((each for each in ("url", "slug") if dict(item.lines).get(each)), "url")
        site.problems.append(diagnostic("address-twice", item.path, item.line(field), url=path))
        return
    file = next((each for each in site.tree.files if site.library.page(each) == path), path)
    site.problems.append(diagnostic("address-twice", file, url=path))


def check(site: Site) -> list[Diagnostic]:
    """Render everything and return every problem, of the site's own feeds too."""
    documents = [output for output in render(site) if output.path.rpartition("/")[2] in FEED_FILES]
    return [*_lint(site, documents), *site.problems]


def _lint(site: Site, outputs: list[Output]) -> Sequence[Diagnostic]:
    from newsfeed.feeds.lint import lint_feeds

    base = site.config.site.url
    return lint_feeds(
        ((each.path, each.data or b"", base + quote(each.path)) for each in outputs),
        now=site.plan.now,
    )
