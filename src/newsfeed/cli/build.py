"""``newsfeed build``: its options, and a look at the disk that goes on while the rest is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click
from msgspec import Struct

from newsfeed.build import pool
from newsfeed.cli.options import problem_format
from newsfeed.cli.progress import Progress
from newsfeed.cli.session import TEMPLATES, Session, folders
from newsfeed.config.sections import Site
from newsfeed.content import scan
from newsfeed.theme import defaults


class Asked(Struct, frozen=True, kw_only=True):
    """What the command's options ask for."""

    items: str | None
    output: Path | None
    now: str | None
    drafts: bool
    future: bool
    check: bool
    frozen: bool
    no_cache: bool
    jobs: int | None
    timings: bool
    strict: bool
    form: str


@click.command("build")
@click.option("--items", metavar="DIR", help="Read articles here, not from items.path.")
@click.option("-o", "--output", type=Path, metavar="DIR", help="Write here, not in site.output.")
@click.option("--now", metavar="ISO", help="Build as if it were this date or instant.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show scheduled articles too.")
@click.option("--check", is_flag=True, help="Write nothing; list what differs; exit 1 if any does.")
@click.option("--frozen", is_flag=True, help="Fail if newsfeed.lock would change.")
@click.option("--no-cache", is_flag=True, help="Remember nothing, and use nothing remembered.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Use so many processors.")
@click.option("--timings", is_flag=True, help="Say where the time went.")
@click.option("--strict", is_flag=True, help="Publish nothing if there is any problem.")
@problem_format
@click.pass_obj
def command(session: Session, /, **options: Any) -> int:
    """Make everything into public/: feeds, pages, letters.

    Only what differs is written, whole or not at all; what no longer belongs is removed. Articles
    with errors are named and left out; the others are published, and the exit code is 1.
    """
    asked = Asked(**options)
    progress = Progress(session)
    # Two builds at once would each take what the other writes for something else.
    with (
        session.alone(_output(session, asked)),
        _scanning(session, asked) as scanned,
    ):
        from newsfeed.cli import building  # while another process scans

        code = building.build(session, asked, scanned, progress)
    progress.lap("remember")
    if asked.timings:
        session.say(progress.table())
    return code


def _output(session: Session, asked: Asked) -> Path:
    """Return the output folder, as far as the settings tell at a glance."""
    table = (session.glance() or {}).get("site", {})
    named = table.get("output") if isinstance(table, dict) else None
    return session.output(asked.output, named if isinstance(named, str) else Site().output)


class Sources(NamedTuple):
    """What a site is made of: the ``listing`` of its folders, and what stands for all templates.

    It is ``sound`` where there is nothing to be said of the listing.
    """

    listing: scan.Listing
    sound: bool
    templates: str


Scanned = pool.Begun[tuple[str, list[str]], tuple[scan.Listing, bool, str]]
"""A look at the site's folder by another process: a `Sources`."""


@contextmanager
def _scanning(session: Session, asked: Asked) -> Iterator[Scanned]:
    """Scan the site's folder, where the settings say at a glance that the articles lie.

    That goes on while this process loads what it may need, and finds out what is wrong with them.
    """
    table = (session.glance() or {}).get("items", {})
    path = asked.items or (table.get("path") if isinstance(table, dict) else None)
    path = path if isinstance(path, str) else "items"
    scanned = pool.Begun(_look, (str(session.root), folders(path)))
    try:
        yield scanned
    finally:
        scanned.close()


def _look(given: tuple[str, list[str]]) -> tuple[scan.Listing, bool, str]:
    root, names = given
    tree = scan.scan(Path(root), names)
    return tree.listing, not tree.problems, defaults.fingerprint(f"{root}/{TEMPLATES}")
