"""The steps that several commands share: open the site, refuse a dangerous output folder."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsfeed.build import publish
from newsfeed.cli.session import LOCK, TEMPLATES, Session, folders
from newsfeed.config import FILE, Config
from newsfeed.content import scan
from newsfeed.content.scan import Listing
from newsfeed.diagnostics import ConfigError, WorldError, diagnostic
from newsfeed.model import Tree

if TYPE_CHECKING:
    from newsfeed import build
    from newsfeed.build.memory import Memory


def open_site(
    session: Session,
    config: Config,
    now: datetime,
    *,
    drafts: bool = False,
    future: bool = False,
    frozen: bool = False,
    memory: Memory | None = None,
    jobs: int = 1,
    lap: Callable[[str], None] = lambda _: None,
    count: Callable[[int], None] = lambda _: None,
    mended: Mapping[str, bytes] | None = None,
    listed: tuple[Listing, bool] | None = None,
) -> build.Site:
    """Scan the site's folder, read it and settle its ids. Raises ConfigError, WorldError.

    What ``memory`` holds of it is not read again; the rest is read by ``jobs`` processes. ``lap`` is
    told the name of each part that is done, ``count`` how many articles are read. ``mended`` are files
    as they would be. ``listed`` is what a scan has found, and whether all of it is sound.
    """
    if listed is not None and listed[1]:
        tree = scan.DiskTree(session.root, listed[0])
    else:
        tree = scan.scan(session.root, folders(config.items.path))
    tree.mended.update(mended or {})
    lap("scan")
    _refuse_lost_pictures(tree, config)
    lock = read_lock(session)
    if memory is not None:
        memory.refresh(tree, config, jobs, lambda: load(needed(config)), count)
    from newsfeed import build
    from newsfeed.theme.environment import Theme

    theme = Theme(config, session.root / TEMPLATES)
    if memory is not None:
        site = build.load_known(
            tree, config, theme, memory, now=now, lock=lock,
            drafts=drafts, future=future, frozen=frozen,
        )  # fmt: skip
        lap("read")
    else:
        site = build.load(
            tree, config, theme, now=now, lock=lock, drafts=drafts, future=future, frozen=frozen
        )
    site.problems.extend(tree.problems)
    return site


SHOWING = (
    "newsfeed.build",
    "newsfeed.markup.renderer",
    "newsfeed.feeds.channel",
    "feedgen.feed",
    "newsfeed.feeds.lint.atom",
    "newsfeed.feeds.lint.rss",
)
"""What a build with an edited article loads, in parts that do not take long."""
_READING = (
    "newsfeed.content.reading.reader",
    "newsfeed.build.steady",
    "newsfeed.markup",
    "newsfeed.site.entry",
    "newsfeed.theme.environment",
)
_PAGES = ("newsfeed.build.pages", "jinja2")


def load(modules: Iterable[str], enough: Callable[[], bool] = lambda: False) -> None:
    """Load ``modules`` while other processes work, until it is ``enough``."""
    for name in modules:
        if enough():
            return
        importlib.import_module(name)


def needed(config: Config) -> Sequence[str]:
    """Return what a whole build loads, first what reads articles."""
    return (*_READING, *SHOWING, *(_PAGES if config.pages.enabled else ()))


def read_lock(session: Session) -> str | None:
    """Return the text of the site's lock, None where it has none. Raises ConfigError, WorldError."""
    place = session.root / LOCK
    try:
        return place.read_text("utf-8") if place.exists() else None
    except UnicodeDecodeError:
        raise ConfigError([diagnostic("lock-damaged", LOCK, file=LOCK)]) from None
    except OSError as error:
        raise WorldError(f"{place}: {error.strerror}") from error


@contextmanager
def recalling(session: Session) -> Iterator[Memory | None]:
    """Yield what builds remember of the site's articles, None where none left anything.

    Nothing is added to it: a command that shows few articles reads those that changed, and no other.
    """
    if not session.remembers:
        yield None
        return
    from newsfeed.build import cache
    from newsfeed.build.memory import Memory

    with cache.opened(session.root, session.settings(), write=False) as opened:
        memory = Memory(opened, session.root) if opened is not None else None
        yield memory if memory is not None and not memory.empty else None


def _refuse_lost_pictures(tree: Tree, config: Config) -> None:
    """Raise ConfigError where the logo or icon is neither a file of ``tree`` nor a whole address."""
    problems = []
    for key in ("logo", "icon"):
        written: str | None = getattr(config.site, key)
        if written and written not in tree.files and not re.match(r"https?://[^/\s]", written):
            name = written.rstrip("/").rpartition("/")[2]
            problems.append(diagnostic("config-file", FILE, key=key, file=written, name=name))
    if problems:
        raise ConfigError(problems)


def refuse_overlap(session: Session, dest: Path, config: Config) -> None:
    """Raise ConfigError when writing to ``dest`` could harm the site's own files."""
    sources = {
        name: session.root / name
        for name in (*folders(config.items.path), TEMPLATES, ".git")
        # Articles may lie in the site's folder itself: what was published is never read as one.
        if os.path.normpath(name) != "."
    }
    name = publish.overlaps(dest, sources)
    if name is None and dest.resolve() == session.root.resolve():
        name = "."
    if name is not None:
        raise ConfigError([diagnostic("config-output", str(dest), name=name)])
    if dest.exists() and not dest.is_dir():
        raise ConfigError([diagnostic("config-output", str(dest), name=dest.name)])


# Why a file gives no article, in English and French.
REASONS = {
    "not-an-article": ("not an article, by its name or place", "pas un article, d’après son nom ou sa place"),
    "format": ("a text, but neither Markdown nor HTML", "un texte, mais ni Markdown ni HTML"),
    "empty": ("empty", "vide"),
    "huge": ("too large", "trop gros"),
    "unreadable": ("unreadable", "illisible"),
    "front-matter": ("its front matter is broken", "son en-tête est cassé"),
    "no-date": ("no date that can be read", "pas de date lisible"),
    "draft": ("a draft without a date", "un brouillon sans date"),
}  # fmt: skip


def say_left_out(session: Session, site: build.Site) -> None:
    """Name every file of the folder of articles that gives nothing public, with the reason."""
    for left in site.left_out:
        session.say(f"{left.path}: {session.tr(*REASONS.get(left.reason, (left.reason,) * 2))}")
    plan = site.plan
    for items, words in (
        (plan.drafts, ("draft", "brouillon")),
        (plan.scheduled, ("scheduled", "programmé")),
        (plan.expired, ("expired", "expiré")),
    ):
        for item in items:
            session.say(f"{item.path}: {session.tr(*words)}")
