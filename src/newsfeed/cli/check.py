"""``newsfeed check``."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click
from msgspec import Struct

from newsfeed import build
from newsfeed.build import publish
from newsfeed.cli.options import passed_as
from newsfeed.cli.session import Session, instant
from newsfeed.cli.silencing import baseline_file, silenced
from newsfeed.cli.work import open_site, say_left_out, scan_site
from newsfeed.config import FILE
from newsfeed.content.autofix import MENDED
from newsfeed.content.autofix import edits as edits_of
from newsfeed.content.charset import decode, mend
from newsfeed.diagnostics import ConfigError, Diagnostic, Edit, WorldError, serious
from newsfeed.diagnostics.reporters import counted
from newsfeed.diagnostics.silence import Silenced, may_be_noted, write_baseline
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
    baseline: bool
    update: bool
    now: str | None
    form: str


@click.command("check")
@click.argument("paths", nargs=-1, type=Path, metavar="[FEED-OR-FOLDER]…")
@click.option("-v", "--verbose", is_flag=True, help="Say which key gave which value, too.")
@click.option("--fix", is_flag=True, help="Mend what has one right answer.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the changes, make none.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option(
    "--baseline",
    is_flag=True,
    help="Say only what is new since the baseline, a file; write it if there is none.",
)
@click.option("--update", is_flag=True, help="With --baseline: write it anew.")
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
    _refuse_contradictions(options)
    session.verbose = session.verbose or options.verbose
    if options.paths:
        found = Silenced(kept=_feed_problems(session, options.paths))
    else:
        try:
            found = _site_problems(session, options.now, old=not options.update)
            if options.baseline:
                found = _with_baseline(session, options, found)
        except ConfigError as error:
            # A machine that reads the result is told about the configuration in its own format.
            session.report(error.problems, options.form, data=options.form != "text")
            return 2
        if options.fix:
            found = _mend(session, found, options.now, dry_run=options.dry_run)
    session.report(found.kept, options.form, data=True)
    said = counted(found.kept, session.spoken) or session.tr("no problem", "aucun problème")
    session.say(said + session.silent(found.silent))
    return 1 if serious(found.kept, strict=options.strict) else 0


def _refuse_contradictions(options: Options) -> None:
    """Raise click.UsageError for options that say nothing together."""
    if options.dry_run and not options.fix:
        raise click.UsageError("--dry-run goes with --fix")
    if options.update and not options.baseline:
        raise click.UsageError("--update goes with --baseline")
    if options.paths and options.fix:
        raise click.UsageError("--fix mends articles, not feeds")
    if options.paths and options.baseline:
        raise click.UsageError("--baseline is of the site, not of feeds")
    if options.fix and options.baseline:
        raise click.UsageError("--fix or --baseline: mend first, then note what stays")


def _with_baseline(session: Session, options: Options, found: Silenced) -> Silenced:
    """Write the baseline where there is none or an update is asked for; return what is said then.

    What keeps something from being published does not go into it.
    """
    place = baseline_file(session, session.config())
    if place.exists() and not options.update:
        if found.gone:
            session.say(
                session.tr(
                    f"{found.gone} problems of the baseline are gone: --baseline --update takes them out",
                    f"{found.gone} problèmes connus ont disparu : --baseline --update les retire",
                )
            )
        return found
    held = tuple(each for each in found.kept if not may_be_noted(each, found.held))
    noted = tuple(each for each in found.kept if each not in held)
    publish.write_whole(place, write_baseline(noted).encode())
    session.say(
        session.tr(
            f"{len(noted)} problems noted in {place.name}: from now on only others are said",
            f"{len(noted)} problèmes notés dans {place.name} : seuls les autres seront dits",
        )
    )
    return Silenced(kept=held, silent=found.silent + len(noted))


def _site_problems(
    session: Session,
    now: str | None,
    *,
    mended: Mapping[str, bytes] | None = None,
    quiet: bool = False,
    old: bool = True,
) -> Silenced:
    """Return what is wrong with the site, all of it: everything is rendered, nothing written.

    Without ``old`` the baseline counts for nothing.
    """
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
    found = [*build.check(build.Rendering(site)), *brand]
    return silenced(session, site, found, whole=True, old=old)


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


def _mend(session: Session, found: Silenced, now: str | None, *, dry_run: bool) -> Silenced:
    """Make the edits of all fixes until none is left, or show them as a diff; return what stays.

    A mended value may be wrong in another way that could not be seen before: what was quoted as a
    text is then a list. With ``dry_run`` all problems stay.
    """
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    rest = found
    for _ in range(_ROUNDS):
        changed = _mended(session, rest.kept, before, after)
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
    return found if dry_run else rest


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
