"""``newsfeed check``."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click
from msgspec import Struct

from newsfeed import build
from newsfeed.build import publish, resized_pictures
from newsfeed.cli.options import passed_as
from newsfeed.cli.session import Session, instant
from newsfeed.cli.work import open_site, say_left_out, scan_site
from newsfeed.config import FILE
from newsfeed.content.autofix import MENDED
from newsfeed.content.autofix import edits as edits_of
from newsfeed.content.charset import decode, mend
from newsfeed.diagnostics import ConfigError, Diagnostic, Edit, WorldError, arrange, serious
from newsfeed.diagnostics.reporters import counted
from newsfeed.theme import palette

_ROUNDS = 8
"""How often mended files are looked at again: what one fix uncovers, another mends."""
FEED_ENDINGS = (".xml", ".rss", ".atom", ".json", ".opml", ".rdf")


class Options(Struct, frozen=True, kw_only=True):
    """The options of the command; ``paths`` are feeds to check in the place of the site."""

    paths: tuple[Path, ...]
    verbose: bool
    fix: bool
    dry_run: bool
    strict: bool
    now: str | None
    form: str


@click.command("check")
@click.argument("paths", nargs=-1, type=Path, metavar="[FEED-OR-FOLDER]…")
@click.option("-v", "--verbose", is_flag=True, help="Say which key gave which value, too.")
@click.option("--fix", is_flag=True, help="Mend what has one right answer.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the changes, make none.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option("--now", metavar="ISO", help="Check as if it were this date or instant.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github", "sarif"]), default="text",
    help="How to print problems.",
)  # fmt: skip
@click.pass_obj
@passed_as(Options)
def command(session: Session, options: Options) -> int:
    """Say every problem in articles, configuration, feeds and letters, at once.

    Nothing is written without --fix. With FEED-OR-FOLDER, anyone's feeds are checked instead of the
    site: Atom, RSS, JSON Feed, OPML.
    """
    if options.dry_run and not options.fix:
        raise click.UsageError("--dry-run goes with --fix")
    session.verbose = session.verbose or options.verbose
    if options.paths:
        if options.fix:
            raise click.UsageError("--fix mends articles, not feeds")
        problems = _feed_problems(session, options.paths)
    else:
        try:
            problems = _site_problems(session, options.now)
        except ConfigError as error:
            # A machine that reads the result is told about the configuration in its own format.
            session.report(error.problems, options.form, data=options.form != "text")
            return 2
        if options.fix:
            problems = _mend(session, problems, options.now, dry_run=options.dry_run)
    session.report(problems, options.form, data=True)
    session.say(counted(problems, session.spoken) or session.tr("no problem", "aucun problème"))
    return 1 if serious(problems, strict=options.strict) else 0


def _site_problems(
    session: Session,
    now: str | None,
    *,
    mended: Mapping[str, bytes] | None = None,
    quiet: bool = False,
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the site, all of it: everything is rendered, nothing written."""
    config = session.config()
    tree = scan_site(session, config, mended)
    options = build.Options(now=instant(now, config))
    site = open_site(session, config, options, tree=tree)
    if not quiet:
        say_left_out(session, site)
    if session.verbose and not quiet:
        _say_origins(session, site)
    place = session.config_file or session.root / FILE
    brand = palette.check(config.brand, place.read_text("utf-8-sig"))
    with resized_pictures.opened(session.root, (), None, write=False) as scaled:
        return arrange([*build.check(build.Rendering(site, scaled=scaled)), *brand])


def _say_origins(session: Session, site: build.Site) -> None:
    """Say for each article which key of its front matter gave which field."""
    from newsfeed.content.reading import read_article

    for item in site.items.values():
        session.detail(item.path)
        for name, origin in read_article(item.path, site.tree.read(item.path), site.config).origins:
            value = getattr(item, name, None)
            session.detail(f"    {name} ← {origin}" + (f": {value}" if value else ""))


def _feed_problems(session: Session, paths: Sequence[Path]) -> tuple[Diagnostic, ...]:
    from newsfeed.feeds.lint import lint_feeds

    documents = []
    for place in _feeds(paths):
        try:
            documents.append((place.as_posix(), place.read_bytes(), None))
        except OSError as error:
            raise WorldError(f"{place}: {error.strerror}") from error
    if not documents:
        raise click.UsageError("no feed there: " + ", ".join(str(path) for path in paths))
    session.say(session.tr(f"{len(documents)} feeds read", f"{len(documents)} flux lus"))
    return lint_feeds(documents)


def _feeds(paths: Iterable[Path]) -> Iterable[Path]:
    """Yield the feeds among ``paths``: a file as it is, of a folder those that look like feeds."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, subfolders, names in os.walk(path):
            subfolders.sort()
            for name in sorted(names):
                place = Path(folder, name)
                if name.endswith(FEED_ENDINGS) and _looks_like_feed(place):
                    yield place


def _looks_like_feed(place: Path) -> bool:
    try:
        with place.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return False
    return any(mark in head for mark in (b"<feed", b"<rss", b"<opml", b"<rdf:RDF", b"jsonfeed.org"))


def _mend(
    session: Session, problems: tuple[Diagnostic, ...], now: str | None, *, dry_run: bool
) -> tuple[Diagnostic, ...]:
    """Make the edits of all fixes until none is left, or show them as a diff; return what stays.

    A mended value may be wrong in another way that could not be seen before: what was quoted as a
    text is then a list. With ``dry_run`` all problems stay.
    """
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    rest = problems
    for _ in range(_ROUNDS):
        changed = _mended(session, rest, before, after)
        if not changed:
            break
        after |= changed
        rest = _site_problems(session, now, mended=after, quiet=True)
    for path in sorted(after):
        if dry_run:
            click.echo(_diff(path, before[path], after[path]), nl=False)
        else:
            publish.write_whole(session.root / path, after[path])
            session.say(session.tr(f"mended: {path}", f"corrigé : {path}"))
    return problems if dry_run else rest


def _mended(
    session: Session,
    problems: Iterable[Diagnostic],
    before: dict[str, bytes],
    after: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Return the files that the edits of ``problems`` change; ``before`` keeps those on disk."""
    config = session.config()
    edits: dict[str, list[Edit]] = {}
    for problem in problems:
        if not problem.fix and problem.code not in MENDED:
            continue
        if problem.path not in before:
            place = session.root / problem.path
            try:
                before[problem.path] = place.read_bytes()
            except OSError as error:
                raise WorldError(f"{place}: {error.strerror}") from error
        data = after.get(problem.path, before[problem.path])
        edits.setdefault(problem.path, []).extend(edits_of(problem, data, config))
    mended = {}
    for path, wanted in edits.items():
        data = after.get(path, before[path])
        new = mend(data, wanted)
        if new != data:
            mended[path] = new
    return mended


def _diff(path: str, before: bytes, after: bytes) -> str:
    old, new = (decode(data).text.splitlines(keepends=True) for data in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
