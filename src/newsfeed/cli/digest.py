"""``newsfeed digest``."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import Struct, structs

from newsfeed import build
from newsfeed.build import letters, picture_cache, publish
from newsfeed.build.entries import Entries
from newsfeed.build.issues import draw, shelf
from newsfeed.build.letters import Made
from newsfeed.build.remembered_entries import Showings
from newsfeed.build.result import Result
from newsfeed.cli.figures import FORMATS, Finished
from newsfeed.cli.options import note_form, passed_as
from newsfeed.cli.selection import (
    NOTHING,
    Asked,
    language_of,
    refuse_off,
    selection_of,
    selection_options,
)
from newsfeed.cli.session import LOCK, Session, instant
from newsfeed.cli.shared_steps import open_site, recalling, refuse_overlap
from newsfeed.cli.silencing import silenced
from newsfeed.cli.usage import WrongUsage, WrongValue
from newsfeed.diagnostics import ContentError, Diagnostic, serious
from newsfeed.newsletter import issues
from newsfeed.newsletter.issues import ResolvedIssue, records
from newsfeed.text.languages import alike


class Options(Struct, frozen=True, kw_only=True):
    """The options of the command; ``issue`` is the key or path of an issue file."""

    issue: str | None
    asked: Asked
    language: str
    output: Path | None
    now: str | None
    form: str
    close: bool
    refresh: bool
    drafts: bool
    strict: bool


@click.command("digest")
@click.argument("issue", required=False)
@selection_options
@click.option(
    "--language", default="", metavar="TAG", help="The letter in this language: en, pt-BR, …"
)
@click.option("--close", is_flag=True, help="The letter is sent: keep what it shows from now on.")
@click.option("--refresh", is_flag=True, help="Make a past letter anew from its articles.")
@click.option("-o", "--output", type=Path, metavar="DIR", help="Write here, not in public/.")
@click.option("--now", metavar="ISO", help="As if it were this date or instant.")
@click.option("--drafts", is_flag=True, help="Drafts too.")
@click.option("--strict", is_flag=True, help="Write nothing if there is any problem.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", callback=note_form,
    help="How to print the letter's figures; as JSON with what is wrong.",
)  # fmt: skip
@click.pass_obj
@passed_as(Options)
def command(session: Session, options: Options) -> int:
    """Make one letter: HTML, text and .eml, in public/newsletter/.

    ISSUE is the name of a file in issues/. Without one it is the newest issue in the site's language,
    or in that of --language; where options choose articles, or no issue exists, it is the newest
    articles. A file for several languages gives a letter in each, or in that of --language alone.
    The letter's figures go to stdout. Exit code 4: there is nothing to put into a letter, and nothing
    was written.
    """
    issue, asked = options.issue, options.asked
    if issue and asked.anything:
        raise WrongUsage(
            f"what {issue} holds is written in {issues.FOLDER}/{issue}.md",
            f"ce que contient {issue} est écrit dans {issues.FOLDER}/{issue}.md",
        )
    dest = session.output(options.output, session.config().site.output)
    with session.alone(dest):
        return _digest(session, options, dest)


def _digest(session: Session, options: Options, dest: Path) -> int:
    """Make the letter, having the site's folder for oneself; return the exit code."""
    config = session.config()
    refuse_off(config)
    refuse_overlap(session, dest, config)
    with (
        recalling(session) as cache,
        picture_cache.opened(session.root, (), None, write=True) as scaled,
    ):
        wanted = build.Options(now=instant(options.now, config), drafts=options.drafts)
        site = open_site(session, config, wanted, cache=cache)
        site.library.scaled = scaled
        language = language_of(options.language, site, session)
        numbered = _numbered(options, site, language)
        if not numbered and (options.close or options.refresh):
            raise WrongUsage(
                "--close and --refresh go with an issue", "--close et --refresh vont avec un numéro"
            )
        try:
            done = [_issue(each, site, session, options) for each in numbered]
            done = done or [_automatic(options.asked, site, session, language)]
        except ContentError as error:
            _say(session, [error.problem])
            return 1
        return _handed_over(session, site, options, dest, done)


def _handed_over(
    session: Session, site: build.Site, options: Options, dest: Path, done: Sequence[_Done]
) -> int:
    """Say what is wrong, write the letters, print their figures; return the exit code."""
    said = dict.fromkeys(problem for each in done for problem in each.problems)
    problems = silenced(session, site, list(said)).kept
    made = [each for each in done if each.made is not None]
    if not made:
        _say(session, problems)
        session.complain(
            "nothing to put into a letter: no letter was written",
            "rien à mettre dans une lettre : aucune lettre n’a été écrite",
        )
        return NOTHING
    if options.strict and serious(problems, strict=True):
        _say(session, problems)
        session.say(session.tr("nothing was written", "rien n’a été écrit"))
        return 1
    if options.form == "text":
        _say(session, problems)
    finished = []
    for each in made:
        _write(session, site, each, dest)
        mine = [p for p in problems if p in each.problems or p not in said]
        finished.append(_finished(site, each, mine))
    click.echo(FORMATS[options.form](finished, session), nl=False)
    return 1 if serious(problems, strict=options.strict) else 0


def _finished(site: build.Site, done: _Done, problems: Sequence[Diagnostic]) -> Finished:
    assert done.made is not None
    return Finished(
        made=done.made,
        dead=letters.dead_links(site, done.entries, done.made),
        support=letters.support(done.made),
        problems=problems,
    )


def _say(session: Session, problems: Sequence[Diagnostic]) -> None:
    """Print what is wrong where no figures are printed with it."""
    if session.form == "text":
        session.report(problems, "text")
    else:
        click.echo(json.dumps({"problems": session.worded(problems)}, ensure_ascii=False, indent=2))


class _Done(Struct, frozen=True, kw_only=True):
    """A letter that was made, or None where nothing is in it, and what is wrong with it.

    ``entries`` are what it shows, and its record.
    """

    made: Made | None
    entries: Entries
    problems: list[Diagnostic]
    latest: tuple[str, ...] = ()


def _numbered(options: Options, site: build.Site, language: str) -> tuple[ResolvedIssue, ...]:
    """Return the issue that is asked for, in each language of its file, or the newest.

    Nothing for a letter without a file. Raises click.BadParameter.
    """
    written = options.issue
    if written is None and options.asked.anything:
        return ()
    if written is None and language:
        out = [each for each in site.shelf.series(language) if each.is_out(site.plan.now)]
        return tuple(out[-1:])
    if written is None:
        newest = site.shelf.newest(site.plan.now).get(issues.LATEST)
        return _of_one_file(newest, site, "") if newest else ()
    key = written.removeprefix(f"{issues.FOLDER}/").removesuffix(".md")
    several = site.shelf.of_file(f"{issues.FOLDER}/{key}.md")
    numbered = several[0] if several else site.shelf.issue(key)
    if numbered is None:
        near = difflib.get_close_matches(key, site.shelf.keys, n=1, cutoff=0.4)
        there = near or list(site.shelf.keys[-5:])
        known = ", ".join(there)
        raise WrongValue(
            f"there is no {issues.FOLDER}/{key}.md; "
            + (f"there is {known}" if there else "start one with: newsfeed compose"),
            f"il n’y a pas de {issues.FOLDER}/{key}.md ; "
            + (f"il y a {known}" if there else "commencez-en un par : newsfeed compose"),
            "ISSUE",
        )
    return _of_one_file(numbered, site, language) if several or language else (numbered,)


def _of_one_file(
    numbered: ResolvedIssue, site: build.Site, language: str
) -> tuple[ResolvedIssue, ...]:
    """Return the issues of the file of ``numbered``, those in ``language`` where one is asked for.

    Raises click.BadParameter.
    """
    several = site.shelf.of_file(numbered.issue.path)
    spoken = [site.shelf.language_of(each) for each in several]
    found = tuple(
        each
        for each, tag in zip(several, spoken, strict=True)
        if not language or alike(tag, language)
    )
    if not found:
        raise WrongValue(
            f"{numbered.issue.path} gives a letter in: {', '.join(spoken)}",
            f"{numbered.issue.path} donne une lettre en : {', '.join(spoken)}",
            "--language",
        )
    return found


def _entries(site: build.Site) -> Entries:
    """Return what one letter shows, to be filled."""
    return Entries(Showings(site.library, Result(list(site.problems))))


def _automatic(asked: Asked, site: build.Site, session: Session, language: str) -> _Done:
    """Make the letter of the newest articles, or of those that the options choose."""
    entries = _entries(site)
    selection = selection_of(asked, site, session)
    letter = letters.automatic(
        site, entries, selection, subject=asked.subject or "", today=True, language=language
    )
    if letter is None:
        return _Done(made=None, entries=entries, problems=[])
    made = letters.make(site, entries, letter)
    if made.forms:
        session.say(
            session.tr(
                "this letter has no issue file: its pictures stay online only as long as the newest "
                "articles hold them; to send it, start from newsfeed compose",
                "cette lettre n’a pas de fichier de numéro : ses images ne restent en ligne que tant "
                "que les articles les plus récents les portent ; pour l’envoyer, partez de newsfeed "
                "compose",
            )
        )
    problems = letters.problems_of(site, entries.result.problems, letter)
    return _Done(made=made, entries=entries, problems=problems)


def _issue(numbered: ResolvedIssue, site: build.Site, session: Session, options: Options) -> _Done:
    """Make the letter of an issue, and note its record."""
    entries = _entries(site)
    key = numbered.issue.key
    shelved = site.shelf
    if options.refresh:
        shelved = shelf(site, anew=key)
        numbered = shelved.issue(key) or numbered
    elif numbered.over and numbered.record is not None:
        _say_kept(session, site, numbered, shelf(site, anew=key).issue(key) or numbered)
    entries.result.problems += shelved.problems
    drawn = draw(site, entries, numbered)
    if not drawn.letter.sections and not drawn.letter.editorial:
        return _Done(
            made=None,
            entries=entries,
            problems=letters.problems_of(
                site, entries.result.problems, drawn.letter, numbered.issue.path
            ),
        )
    record = structs.replace(drawn.record, closed=options.close or drawn.record.closed)
    drawn = structs.replace(drawn, record=record)
    if not numbered.issue.draft:
        anew = options.refresh or options.close
        letters.remember(site, numbered, drawn, entries.result, anew=anew)
    made = letters.make(site, entries, drawn, numbered)
    newest = site.shelf.newest(site.plan.now)
    return _Done(
        made=made,
        entries=entries,
        problems=letters.problems_of(
            site, entries.result.problems, made.letter, numbered.issue.path
        ),
        latest=tuple(name for name, each in newest.items() if each.issue.key == key),
    )


def _say_kept(
    session: Session, site: build.Site, kept: ResolvedIssue, renewed: ResolvedIssue
) -> None:
    """Say which articles of a past letter have changed since: it shows them as they were."""
    before, after = (_shown(site, numbered) for numbered in (kept, renewed))
    changed = [table["title"] for key, table in before.items() if after.get(key) != table]
    if changed:
        key, names = kept.issue.key, ", ".join(f"“{title}”" for title in changed)
        session.say(
            session.tr(
                f"{key} keeps what it showed on its day; changed since: {names}. To make it anew: "
                f"newsfeed digest {key} --refresh; to send it later, change its date",
                f"{key} garde ce qu’il montrait à sa date ; ont changé depuis : {names}. Pour le "
                f"refaire : newsfeed digest {key} --refresh ; pour l’envoyer plus tard, changez sa "
                "date",
            )
        )


def _shown(site: build.Site, numbered: ResolvedIssue) -> dict[str, dict[str, object]]:
    """Return what an issue shows, by id, as a record keeps it."""
    record = draw(site, Entries.apart(site.library), numbered).record
    return {entry.id: records.as_table(entry) for entry in record.entries}


def _write(session: Session, site: build.Site, done: _Done, dest: Path) -> None:
    assert done.made is not None
    outputs = list(letters.with_files(site, done.entries, done.made))
    for name in done.latest:
        outputs += letters.as_latest(done.made, name)
    records_made = done.entries.result.records
    if records_made and site.lock_text != site.lock_before and site.options.closing:
        # A record names articles by their ids: from now on those must not change.
        session.write(LOCK, site.lock_text.encode())
    for path, text in records_made.items():
        session.write(path, text.encode())
    placed = publish.place(outputs, dest, site.tree)
    folder = (dest / done.made.letter.folder).as_posix()
    session.say(
        session.tr(
            f"{folder}: {len(placed.written)} files written, {placed.unchanged} unchanged; paste "
            "letter.html into your mailing service, or open letter.eml in a mail program",
            f"{folder} : {len(placed.written)} fichiers écrits, {placed.unchanged} inchangés ; collez "
            "letter.html dans votre service d’envoi, ou ouvrez letter.eml dans une messagerie",
        )
    )
