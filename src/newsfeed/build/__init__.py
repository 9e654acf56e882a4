"""A build: source texts in, outputs and diagnostics out. Disk and clock stand outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from newsfeed import identity, reading, selecting
from newsfeed.addresses import Library
from newsfeed.build.entries import Entries
from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Output, Tree
from newsfeed.reading import LeftOut
from newsfeed.theming import Theme

STATIC = "static/"


@dataclass(kw_only=True)
class Site:
    """A site that was read: what it shows, what it remembers, and what is wrong with it.

    ``problems`` grows while outputs are rendered. ``lock_before`` is the lock's text as it was
    found (empty for none), ``lock_text`` as it should be.
    """

    tree: Tree
    config: Config
    theme: Theme
    plan: selecting.Plan
    settled: identity.Settled
    library: Library
    left_out: tuple[LeftOut, ...]
    lock_before: str
    lock_text: str
    problems: list[Diagnostic] = field(default_factory=list)

    @property
    def next_change(self) -> datetime | None:
        """When the output will differ next, if nobody changes a file."""
        return self.plan.next_change


def load(
    tree: Tree,
    config: Config,
    theme: Theme,
    *,
    now: datetime,
    lock: str | None,
    drafts: bool = False,
    future: bool = False,
) -> Site:
    """Read the articles of ``tree``, settle their ids against ``lock``, plan what is shown at ``now``.

    Raises ConfigError for a lock that is damaged.
    """
    known = identity.parse(lock) if lock is not None else None
    read = reading.read(tree, config)
    settled = identity.settle(read.items, known, config, now)
    plan = selecting.plan(settled.items, config, now, drafts=drafts, future=future)
    library = Library(
        tree, settled.items, config, visible=frozenset(item.path for item in plan.items)
    )
    return Site(
        tree=tree,
        config=config,
        theme=theme,
        plan=plan,
        settled=settled,
        library=library,
        left_out=read.left_out,
        lock_before=lock or "",
        lock_text=identity.dump(settled.lock),
        problems=[*read.problems, *settled.problems],
    )


def render(site: Site) -> Iterator[Output]:
    """Yield every output of ``site`` once; problems met on the way are added to it."""
    from newsfeed.build import feeds, letters, pages

    entries = Entries(site.library, site.problems)
    seen: set[str] = set()
    for part in (pages.outputs, feeds.outputs, letters.outputs, _files):
        for output in part(site, entries):
            if output.path in seen:
                _refuse(site, output.path)
                continue
            seen.add(output.path)
            yield output


def _files(site: Site, entries: Entries) -> Iterator[Output]:
    """Yield the pictures and files that entries showed, and the site's own in ``static/``."""
    assets = {asset.page: asset.path for asset in entries.assets}
    assets |= {path: path for path in site.tree.files if path.startswith(STATIC)}
    for page in sorted(assets):
        yield Output(path=page, copy_of=assets[page])


def _refuse(site: Site, path: str) -> None:
    site.problems.append(diagnostic("address-twice", path, url=path))
