"""``newsfeed check``."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click
from msgspec import Struct

from newsfeed import build, disk
from newsfeed.build import picture_cache
from newsfeed.cli import given_files
from newsfeed.cli.options import passed_as, problem_format
from newsfeed.cli.session import Session, instant
from newsfeed.cli.shared_steps import in_output, open_site, say_left_out, scan_site
from newsfeed.cli.silencing import baseline_file, silenced
from newsfeed.cli.usage import WrongUsage
from newsfeed.content.autofix import MENDED
from newsfeed.content.autofix import edits as edits_of
from newsfeed.content.charset import decode, mend
from newsfeed.diagnostics import ConfigError, Diagnostic, Edit, arrange, refused, serious
from newsfeed.diagnostics.reporters import counted
from newsfeed.diagnostics.silence import Silenced, may_be_noted, write_baseline
from newsfeed.theme import palette

_ROUNDS = 8
"""How often mended files are looked at again: what one fix uncovers, another mends."""


class Options(Struct, frozen=True, kw_only=True):
    """The options of the command; ``paths`` are to be checked in the place of the site."""

    paths: tuple[Path, ...]
    whole: bool
    verbose: bool
    fix: bool
    dry_run: bool
    strict: bool
    baseline: bool
    update: bool
    now: str | None
    form: str


@click.command("check")
@click.argument("paths", nargs=-1, type=Path, metavar="[FILE]…")
@click.option("--whole", is_flag=True, help="With FILE: say what other files tell of it, too.")
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
@problem_format
@click.pass_obj
@passed_as(Options)
def command(session: Session, options: Options) -> int:
    """Say every problem in articles, configuration, feeds and letters, at once.

    Nothing is written without --fix. With FILE only that is checked, for hooks and editors: articles,
    issues, newsfeed.toml, folders of them, by what each can tell alone and whether what it links to
    is there; or anyone's feeds, in folders too: Atom, RSS, JSON Feed, OPML.
    """
    _refuse_contradictions(options)
    session.verbose = session.verbose or options.verbose
    if options.paths:
        found = _given_problems(session, options)
    else:
        with _alone(session, options):
            found = _site_problems(session, options.now, old=not options.update)
            if options.baseline:
                found = _with_baseline(session, options, found)
            if options.fix:

                def again(mended: Mapping[str, bytes] | None) -> Silenced:
                    return _site_problems(session, options.now, mended=mended, quiet=True)

                found = _mend(session, found, again, dry_run=options.dry_run)
    session.report(found.kept, options.form, data=True)
    said = counted(found.kept, session.spoken) or session.tr("no problem", "aucun problème")
    session.say(said + session.silent(found.silent))
    return 1 if serious(found.kept, strict=options.strict) else 0


def _alone(session: Session, options: Options) -> AbstractContextManager[None]:
    """Have the site's folder for oneself, if the command is to change any file."""
    writes = options.baseline or (options.fix and not options.dry_run)
    return session.alone() if writes else nullcontext()


def _refuse_contradictions(options: Options) -> None:
    """Raise click.UsageError for options that say nothing together."""
    if options.dry_run and not options.fix:
        raise WrongUsage("--dry-run goes with --fix", "--dry-run va avec --fix")
    if options.update and not options.baseline:
        raise WrongUsage("--update goes with --baseline", "--update va avec --baseline")
    if options.paths and options.baseline:
        raise WrongUsage("--baseline is of the whole site", "--baseline est du site entier")
    if options.fix and options.baseline:
        raise WrongUsage(
            "--fix or --baseline: mend first, then note what stays",
            "--fix ou --baseline : corrigez d’abord, puis notez ce qui reste",
        )


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
    disk.write_whole(place, write_baseline(noted).encode(), session.root)
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
    brand = palette.check(config.brand, session.config_text())
    with picture_cache.opened(session.root, (), None, write=False) as scaled:
        found = build.check(build.Rendering(site, scaled=scaled))
    found = in_output(site, found, session.root / config.site.output)
    return silenced(session, site, [*found, *brand], whole=True, old=old)


def _say_origins(session: Session, site: build.Site) -> None:
    """Say for each article which key of its front matter gave which field."""
    from newsfeed.content.reading import read_article

    for item in site.items.values():
        session.detail(item.path)
        for name, origin in read_article(item.path, site.tree.read(item.path), site.config).origins:
            value = getattr(item, name, None)
            session.detail(f"    {name} ← {origin}" + (f": {value}" if value else ""))


def _given_problems(session: Session, options: Options) -> Silenced:
    """Return what is wrong with the files, folders and feeds that were given."""

    def whole(inner: Session) -> given_files.Look:
        return lambda mended: _site_problems(inner, options.now, mended=mended, quiet=True)

    given = given_files.sort_out(session, options.paths)
    if given.feeds and options.fix:
        raise WrongUsage(
            "--fix mends articles, not feeds", "--fix corrige des articles, non des flux"
        )
    found: list[Diagnostic] = []
    silent = 0
    for inner, look in given_files.looks(
        session, given, options.now, whole if options.whole else None
    ):
        try:
            with _alone(inner, options):
                seen = look(None)
                if options.fix:
                    seen = _mend(inner, seen, look, dry_run=options.dry_run)
        except ConfigError as error:
            raise ConfigError(given_files.placed(session, inner, error.problems)) from error
        session.language = session.language or inner.language
        found += given_files.placed(session, inner, seen.kept)
        silent += seen.silent
    if given.feeds:
        found += _feed_problems(session, given.feeds)
    return Silenced(kept=arrange(found), silent=silent)


def _feed_problems(session: Session, paths: Sequence[Path]) -> tuple[Diagnostic, ...]:
    from newsfeed.feeds.lint import lint_feeds

    documents = []
    for place in _feeds(paths):
        try:
            documents.append((place.as_posix(), disk.read(place), None))
        except OSError as error:
            raise refused(place, error) from error
    if not documents:
        named = ", ".join(str(path) for path in paths)
        raise WrongUsage(f"no feed there: {named}", f"aucun flux ici : {named}")
    session.say(session.tr(f"{len(documents)} feeds read", f"{len(documents)} flux lus"))
    return lint_feeds(documents)


def _feeds(paths: Iterable[Path]) -> Iterable[Path]:
    """Yield the feeds among ``paths``: a file as it is, of a folder those that look like feeds."""
    for path in paths:
        if not path.is_dir():
            yield path
        for folder, subfolders, names in os.walk(path):  # nothing for a file
            subfolders.sort()
            yield from (
                place
                for name in sorted(names)
                if given_files.looks_like_feed(place := Path(folder, name))
            )


def _mend(session: Session, found: Silenced, again: given_files.Look, *, dry_run: bool) -> Silenced:
    """Make the edits of all fixes until none is left, or show them as a diff; return what stays.

    ``again`` says what is wrong with files as they would be. A mended value may be wrong in another
    way that could not be seen before: what was quoted as a text is then a list. With ``dry_run`` all
    problems stay.
    """
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    rest = found
    for _ in range(_ROUNDS):
        changed = _mended(session, rest.kept, before, after)
        if not changed:
            break
        after |= changed
        rest = again(after)
    for path in sorted(after):
        if dry_run:
            click.echo(_diff(path, before[path], after[path]), nl=False)
        else:
            _write(session, path, before[path], after[path])
    return found if dry_run else rest


def _write(session: Session, path: str, before: bytes, after: bytes) -> None:
    """Write a mended file, unless somebody has changed it since it was read."""
    place = session.root / path
    try:
        if disk.read(place) != before:
            session.complain(
                f"changed meanwhile, left: {path}", f"modifié entre-temps, laissé : {path}"
            )
            return
    except OSError as error:
        raise refused(place, error) from error
    session.write(path, after)
    session.say(session.tr(f"mended: {path}", f"corrigé : {path}"))


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
                before[problem.path] = disk.read(place)
            except OSError as error:
                raise refused(place, error) from error
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
