"""The steps that several commands share: open the site, refuse a dangerous output folder."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newsfeed import disk
from newsfeed.build import publish
from newsfeed.cli.session import LOCK, TEMPLATES, Session, folders
from newsfeed.config import FILE, Config
from newsfeed.content import scan
from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic, refused
from newsfeed.model import Tree

if TYPE_CHECKING:
    from newsfeed.build import Options, Site
    from newsfeed.build.cache import Cache


def open_site(
    session: Session,
    config: Config,
    options: Options,
    *,
    cache: Cache | None = None,
    tree: scan.DiskTree | None = None,
    count: Callable[[int], None] = lambda _: None,
) -> Site:
    """Scan the site's folder, read it and settle its ids. Raises ConfigError, WorldError.

    What ``cache`` holds of it is not read again; ``count`` is told how many articles are read.
    ``tree`` is what a scan has found already.
    """
    from newsfeed import build
    from newsfeed.theme.environment import Theme

    tree = tree if tree is not None else scan_site(session, config)
    _refuse_lost_pictures(tree, config)
    theme = Theme(config, session.root / TEMPLATES)
    return build.load(tree, theme, options, lock=read_lock(session), cache=cache, count=count)


def scan_site(
    session: Session, config: Config, mended: Mapping[str, bytes] | None = None
) -> scan.DiskTree:
    """Scan the site's folder; ``mended`` are files as they would be."""
    tree = scan.scan(session.root, folders(config.items.path))
    tree.mended.update(mended or {})
    return tree


def read_lock(session: Session) -> str | None:
    """Return the text of the site's lock, None where it has none. Raises ConfigError, WorldError."""
    place = session.root / LOCK
    try:
        return disk.read_text(place) if place.exists() else None
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError([diagnostic("lock-damaged", LOCK, number, file=LOCK)]) from None
    except OSError as error:
        raise refused(place, error) from error


def in_output(site: Site, problems: Iterable[Diagnostic], dest: Path) -> list[Diagnostic]:
    """Return ``problems``, those of our own feeds where these lie in the output folder ``dest``."""
    from msgspec.structs import replace

    from newsfeed.build.rendering import feed_paths

    said = list(problems)
    if all(each.path in site.tree.files for each in said):
        return said
    ours = feed_paths(site) - site.tree.files.keys()
    return [
        replace(each, path=f"{dest}/{each.path}") if each.path in ours else each for each in said
    ]


@contextmanager
def recalling(session: Session) -> Iterator[Cache | None]:
    """Yield what builds remember of the site's articles, None where none left anything.

    Nothing is added to it: a command that shows few articles reads those that changed, and no other.
    """
    if not session.remembers:
        yield None
        return
    from newsfeed.build import cache

    with cache.opened(session.root, session.settings(), write=False) as opened:
        yield opened if opened is not None and not opened.empty else None


def _refuse_lost_pictures(tree: Tree, config: Config) -> None:
    """Raise ConfigError where a picture of the settings is neither a file of ``tree`` nor an address."""
    problems = []
    pictures = {
        "site.logo": config.site.logo,
        "site.logo_dark": config.site.logo_dark,
        "site.icon": config.site.icon,
        "podcast.image": config.podcast.image,
    }
    for key, written in pictures.items():
        if written and written not in tree.files and not re.match(r"https?://[^/\s]", written):
            name = written.rstrip("/").rpartition("/")[2]
            word = key.partition(".")[2]
            problems.append(
                diagnostic("config-file", FILE, key=key, word=word, file=written, name=name)
            )
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
    holds_all = session.root.resolve().is_relative_to(dest.resolve())
    name = config.items.path if holds_all else publish.overlaps(dest, sources)
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
    "internal": ("newsfeed failed on it", "newsfeed y a échoué"),
    "front-matter": ("its front matter is broken", "son en-tête est cassé"),
    "conflict": ("it has the marks of a merge", "il porte les marques d’une fusion"),
    "copy": ("a copy that two changes at once have left", "une copie laissée par deux modifications simultanées"),
    "double": ("the same as the article of that name", "identique à l’article de ce nom"),
    "moved": ("it only leads on to another page", "il ne fait que mener à une autre page"),
    "no-date": ("no date that can be read", "pas de date lisible"),
    "draft": ("a draft without a date", "un brouillon sans date"),
}  # fmt: skip


def say_left_out(session: Session, site: Site) -> None:
    """Name every file of the folder of articles that gives nothing public, with the reason."""
    for left in site.left_out:
        session.say(
            f"{session.shown(left.path)}: {session.tr(*REASONS.get(left.reason, (left.reason,) * 2))}"
        )
    plan = site.plan
    for items, words in (
        (plan.drafts, ("draft", "brouillon")),
        (plan.scheduled, ("scheduled", "programmé")),
        (plan.expired, ("expired", "expiré")),
    ):
        for head in items.heads:
            session.say(f"{session.shown(head.path)}: {session.tr(*words)}")
