"""``newsfeed import``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from newsfeed import disk
from newsfeed.cli.session import Session
from newsfeed.cli.usage import WrongValue
from newsfeed.content.importers import Article, Export, NotAnExportError, read
from newsfeed.diagnostics import refused


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=Path, metavar="FILE…")
@click.option("--dry-run", is_flag=True, help="Say which files would be written, write none.")
@click.pass_obj
def command(session: Session, /, files: tuple[Path, ...], *, dry_run: bool) -> int:
    """Take an export of Ghost apart: write each post in FILE as an article.

    Posts keep their addresses; drafts, scheduled posts and those for members alone are not public
    here either. What exists is never changed: a file that differs is named. Pictures are in another
    part of Ghost's export: put its content/images into static/content/images.
    """
    with session.alone():
        return _import(session, files, dry_run=dry_run)


def _import(session: Session, files: tuple[Path, ...], *, dry_run: bool) -> int:
    """Write the posts of ``files``, having the site's folder for oneself; return the exit code."""
    config = session.config()
    folder = config.items.path.rstrip("/")
    different = 0
    for file in files:
        export = _export(session.given(file))
        made = []
        for article in export.articles:
            path = article.path if folder in ("", ".") else f"{folder}/{article.path}"
            written = _write(session, path, article, dry_run=dry_run)
            if written is None:
                different += 1
                session.complain(f"{path}: differs, kept", f"{path} : diffère, gardé")
            elif written:
                made.append(article)
                click.echo(path)
        session.say(_summary(session, export, made))
    return 1 if different else 0


def _export(file: Path) -> Export:
    try:
        return read(disk.read(file))
    except OSError as error:
        raise refused(file, error) from error
    except NotAnExportError as error:
        raise WrongValue(
            f"{file} is no export of Ghost ({error})",
            f"{file} n’est pas un export de Ghost ({error})",
        ) from None


def _write(session: Session, path: str, article: Article, *, dry_run: bool) -> bool | None:
    """Write an article; return whether it was new, None where another one is there."""
    data = article.text.encode("utf-8", "replace")
    place = session.root / path
    try:
        if place.exists():
            return False if disk.read(place) == data else None
        if not dry_run:
            session.write(path, data, new=True)
    except FileExistsError:
        return None
    except OSError as error:
        raise refused(place, error) from error
    return True


def _summary(session: Session, export: Export, made: list[Article]) -> str:
    """Return what became of an export, in numbers; what was left out is named."""
    held = Counter(article.held_back for article in export.articles if article.held_back)
    there = len(export.articles) - len(made)
    parts = [session.tr(f"{len(made)} articles written", f"{len(made)} articles écrits")]
    for number, english, french in (
        (there, "there already", "déjà là"),
        (held["draft"], "of them drafts", "dont brouillons"),
        (held["members"], "for members only: drafts here", "réservés aux membres : brouillons ici"),
        (held["email"], "sent by mail only: drafts here", "envoyés par courriel seulement : brouillons ici"),
        (export.pages, "pages left out", "pages laissées de côté"),
    ):  # fmt: skip
        if number:
            parts.append(f"{number} {session.tr(english, french)}")
    lines = ["; ".join(parts)]
    for article in export.articles:
        if article.left_out:
            what = ", ".join(article.left_out)
            lines.append(
                session.tr(
                    f"{article.path}: left out of its text: {what}",
                    f"{article.path} : laissé hors de son texte : {what}",
                )
            )
    return "\n".join(lines)
