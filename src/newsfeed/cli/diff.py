"""``newsfeed diff``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from msgspec.structs import replace

from newsfeed import disk
from newsfeed.cli.options import problem_format
from newsfeed.cli.session import Session
from newsfeed.cli.usage import WrongUsage
from newsfeed.diagnostics import Diagnostic, arrange, diagnostic, refused, serious
from newsfeed.feeds import published, reader_models
from newsfeed.feeds.published import Document

_ENDINGS = (".xml", ".rss", ".atom", ".json", ".rdf")


@click.command("diff")
@click.argument("old", type=Path, metavar="OLD")
@click.argument("new", type=Path, metavar="NEW")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@problem_format
@click.pass_obj
def command(session: Session, /, old: Path, new: Path, form: str, *, strict: bool) -> int:
    """Say what subscribers would see when the feeds in NEW follow those in OLD.

    Both are folders, or both are files; any program may have made them. Exit 1 where an article that
    readers know comes back as new, vanishes without being announced as removed, or changes hands, as
    newsboat, Miniflux, FreshRSS, NetNewsWire and sfeed tell articles apart; or where a feed is gone.
    """
    problems = arrange(_problems(session.given(old), session.given(new)))
    session.report(problems, form, data=True)
    session.say(_summary(session, problems))
    return 1 if serious(problems, strict=strict) else 0


def _problems(old: Path, new: Path) -> Iterator[Diagnostic]:
    if old.is_dir() != new.is_dir():
        raise WrongUsage(
            "OLD and NEW are two folders, or two files",
            "OLD et NEW sont deux dossiers, ou deux fichiers",
        )
    if not old.is_dir():
        before, after = _read(old), _read(new)
        if before is None or after is None:
            wrong = old if before is None else new
            raise WrongUsage(f"no feed: {wrong}", f"ce n’est pas un flux : {wrong}")
        yield from reader_models.compare(new.as_posix(), before, after)
        return
    feeds = list(_feeds(old))
    if not feeds:
        raise WrongUsage(f"no feed there: {old}", f"aucun flux ici : {old}")
    # Atom alone can say that an article is no more: it says so for the feeds beside it.
    gone = frozenset(key for _, document in _feeds(new) for key in document.gone)
    for name, before in feeds:
        place = new / name
        after = _read(place) if place.is_file() else None
        if after is None:
            yield diagnostic("feed-gone", place.as_posix())
        else:
            yield from reader_models.compare(
                place.as_posix(), before, replace(after, gone=after.gone | gone)
            )


def _feeds(folder: Path) -> Iterator[tuple[str, Document]]:
    """Yield the feeds below a folder with their paths there."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(_ENDINGS):
                path = Path(place, name)
                found = _read(path)
                if found is not None:
                    yield path.relative_to(folder).as_posix(), found


def _read(place: Path) -> Document | None:
    try:
        return published.read(disk.read(place))
    except OSError as error:
        raise refused(place, error) from error


def _summary(session: Session, problems: tuple[Diagnostic, ...]) -> str:
    count = Counter(problem.code for problem in problems)
    words = {
        "entry-resurfaces": ("would come back as new", "réapparaîtraient comme nouveaux"),
        "entry-vanished": ("would vanish without a word", "disparaîtraient sans un mot"),
        "entry-changed-hands": ("would bear another's id", "porteraient l’identifiant d’un autre"),
        "entry-twice": ("would be shown twice by sfeed", "paraîtraient deux fois dans sfeed"),
        "feed-gone": ("feeds would be gone", "flux disparaîtraient"),
    }
    said = [f"{count[code]} {session.tr(*both)}" for code, both in words.items() if count[code]]
    return ", ".join(said) or session.tr(
        "subscribers would see nothing old as new", "les abonnés ne reverraient rien d’ancien"
    )
