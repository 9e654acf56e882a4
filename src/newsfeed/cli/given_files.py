"""Files and folders that ``newsfeed check`` is given: which site each belongs to, and what is wrong.

A hook or an editor asks of one file what it alone can tell: what it says, and whether its links and
pictures are there. What needs all articles side by side is asked for with ``--whole``.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace as replaced

from newsfeed import build, disk
from newsfeed.cli.session import FILE, LOCK, Session, instant, seen_from, site_above
from newsfeed.cli.shared_steps import open_site, recalling, scan_site
from newsfeed.cli.silencing import silenced
from newsfeed.cli.usage import WrongUsage
from newsfeed.content.reading.listing import HTML, MARKDOWN, folder_of
from newsfeed.content.scan import MANIFEST
from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic, refused
from newsfeed.diagnostics.silence import Silenced
from newsfeed.newsletter import issues
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from newsfeed.build.site import Site
    from newsfeed.config import Config

FEED_ENDINGS = (".xml", ".rss", ".atom", ".json", ".opml", ".rdf")
_ADDRESS = regex(r"https?:/", re.I)

Look = Callable[[Mapping[str, bytes] | None], Silenced]
"""Says what is wrong, with some files as they would be mended."""


class Given(Struct, frozen=True, kw_only=True):
    """What was given: ``feeds``, and by the folder of each site paths of its files and folders."""

    sites: dict[Path, list[str]] = field(default_factory=dict)
    feeds: list[Path] = field(default_factory=list)


def sort_out(session: Session, paths: Iterable[Path]) -> Given:
    """Return which of ``paths`` are parts of a site and which are feeds, of anyone's.

    Raises WorldError for what does not exist, ConfigError for an article without a site.
    """
    given = Given()
    for written in paths:
        if _ADDRESS.match(str(written)):
            address = _ADDRESS.sub(r"\g<0>/", str(written).replace("//", "/"))
            raise WrongUsage(
                f"newsfeed opens no connection: fetch the feed first, such as: curl -o feed.xml {address}",
                "newsfeed n’ouvre pas de connexion ; téléchargez d’abord le flux, ainsi :"
                f" curl -o feed.xml {address}",
            )
        place = session.given(written)
        if not os.path.lexists(place):
            raise refused(written, FileNotFoundError(ENOENT, os.strerror(ENOENT)))
        root = _site_of(session, place)
        path = _path(place, root) if root is not None else ""
        if root is not None and _is_source(session, root, place, path):
            given.sites.setdefault(root, []).append(path)
        elif root is not None and place.name.lower().endswith(MARKDOWN + HTML):
            named = session.shown(place)
            session.say(
                session.tr(f"{named}: no article or issue", f"{named} : ni article ni lettre")
            )
        elif root is None and place.name.lower().endswith(MARKDOWN):
            raise ConfigError([diagnostic("config-missing", str(place), file=FILE)])
        else:
            given.feeds.append(place)
    return given


def _within(session: Session, root: Path) -> Session:
    """Return a session in the site at ``root`` that speaks as ``session`` does."""
    config = session.config_file if root == session.root else None
    return replace(session, root=root, config_file=config)


def looks(
    session: Session, given: Given, now: str | None, whole: Callable[[Session], Look] | None
) -> Iterator[tuple[Session, Look]]:
    """Yield a session in each site that something of was given, and how to look at what was.

    ``whole`` looks at all of a site; without it each file is looked at alone.
    """
    for root, paths in given.sites.items():
        inner = _within(session, root)
        yield inner, _look(inner, tuple(paths), now, whole(inner) if whole is not None else None)


def _look(session: Session, paths: tuple[str, ...], now: str | None, whole: Look | None) -> Look:
    def look(mended: Mapping[str, bytes] | None) -> Silenced:
        if whole is None:
            return _alone(session, paths, now, mended)
        found = whole(mended)
        return replaced(found, kept=tuple(p for p in found.kept if _is_within(p.path, paths)))

    return look


def placed(
    session: Session, inner: Session, problems: Sequence[Diagnostic]
) -> Sequence[Diagnostic]:
    """Return ``problems`` of the site of ``inner`` as they are seen from the folder of ``session``."""
    return seen_from(session.root, inner.placed(problems), inner.root)


def _site_of(session: Session, place: Path) -> Path | None:
    """Return the folder of the site that ``place`` lies in: the nearest with a newsfeed.toml."""
    if session.config_file is not None:
        return session.root
    found = site_above(place if place.is_dir() else place.parent)
    return session.root if found == session.root.absolute() else found


def _path(place: Path, root: Path) -> str:
    """Return ``place`` as the site at ``root`` calls it."""
    path = os.path.relpath(os.path.abspath(place), os.path.abspath(root))
    return unicodedata.normalize("NFC", Path(path).as_posix())


def _is_source(session: Session, root: Path, place: Path, path: str) -> bool:
    """Say whether the site at ``root`` is made of ``path``, among others; what was published is not."""
    if path in (".", FILE, LOCK) or path == issues.FOLDER or path.startswith(f"{issues.FOLDER}/"):
        return True
    inner = _within(session, root)
    try:
        items = folder_of(inner.config())
    except ConfigError as error:
        raise ConfigError(placed(session, inner, error.problems)) from error
    if items.startswith(f"{path}/"):
        return True
    return path.startswith(items) and not _is_published(place) and not looks_like_feed(place)


def _is_published(place: Path) -> bool:
    return any((each / MANIFEST).exists() for each in (place, *place.parents))


def looks_like_feed(place: Path) -> bool:
    """Say whether a file is named as feeds are, and begins as they do."""
    if not place.name.lower().endswith(FEED_ENDINGS):
        return False
    try:
        head = disk.head(place, 4096)
    except OSError:
        return False
    return any(mark in head for mark in (b"<feed", b"<rss", b"<opml", b"<rdf:RDF", b"jsonfeed.org"))


def _is_within(path: str, given: Sequence[str]) -> bool:
    return any(each in (".", path) or path.startswith(f"{each}/") for each in given)


def _alone(
    session: Session, given: Sequence[str], now: str | None, mended: Mapping[str, bytes] | None
) -> Silenced:
    """Return what the files among ``given`` tell by themselves."""
    config = session.config()
    tree = scan_site(session, config, mended)
    with recalling(session) as cache:
        wanted = build.Options(now=instant(now, config))
        site = open_site(session, config, wanted, cache=None if mended else cache, tree=tree)
        paths = {path for path in (*tree.files, FILE) if _is_within(path, given)}
        found = [*site.read_problems, *_of_articles(site, paths), *_of_issues(site, paths)]
        if FILE in paths:
            found += _of_settings(session, config, site)
        return silenced(session, site, [each for each in found if each.path in paths])


def _of_articles(site: Site, paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what showing each article says, of drafts and scheduled ones too."""
    from newsfeed.build.entries import Entries
    from newsfeed.site.lint import remarks

    entries = Entries.apart(site.library)
    for path in sorted(paths & site.items.keys()):
        item = site.items[path]
        entries.one(item)
        yield from remarks(item)
    yield from entries.result.problems


def _of_issues(site: Site, paths: set[str]) -> Iterator[Diagnostic]:
    """Yield what the files of issues say, their editorials too."""
    if not site.config.newsletter.enabled or not any(
        path.startswith(f"{issues.FOLDER}/") for path in paths
    ):
        return
    from newsfeed.build.entries import Entries
    from newsfeed.build.issues import draw

    yield from site.shelf.problems
    for each in site.shelf.issues:
        if each.issue.path in paths:
            entries = Entries.apart(site.library)
            draw(site, entries, each)
            yield from entries.result.problems


def _of_settings(session: Session, config: Config, site: Site) -> Iterator[Diagnostic]:
    from newsfeed.theme import palette

    yield from (each for each in site.problems if each.path == FILE)
    yield from palette.check(config.brand, session.config_text())
