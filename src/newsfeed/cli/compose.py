"""``newsfeed compose``."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import click

from newsfeed import build, disk
from newsfeed.cli.issue_text import Options, Wanted, before, text
from newsfeed.cli.options import passed_as
from newsfeed.cli.selection import (
    NOTHING,
    language_of,
    refuse_off,
    selection_of,
    selection_options,
)
from newsfeed.cli.session import LOCK, Session, instant
from newsfeed.cli.shared_steps import open_site, recalling
from newsfeed.cli.usage import WrongUsage, WrongValue
from newsfeed.content.charset import text_of
from newsfeed.newsletter import issues
from newsfeed.newsletter.issues import Proposal, ResolvedIssue, Selection
from newsfeed.text.languages import alike


@click.command("compose")
@click.argument("key", required=False)
@selection_options
@click.option(
    "--language", "languages", multiple=True, metavar="TAG",
    help="A letter in this language, of the articles written in it; several make one each.",
)  # fmt: skip
@click.option(
    "--together", is_flag=True,
    help="One file for these languages, which gives a letter in each.",
)  # fmt: skip
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also what the first issue left out: the whole archive.",
)
@click.option("--sections/--flat", default=None, help="Group by category, or list in order.")
@click.option("--now", metavar="ISO", help="As if it were this date or instant.")
@click.pass_obj
@passed_as(Options)
def command(session: Session, options: Options) -> int:
    """Start the next issue: write issues/KEY.md with the articles that no issue has carried.

    KEY is the month where none is given. Edit the file, then run: newsfeed digest KEY. The first
    issue of a site takes the newest articles, as many as newsletter.limit says, and notes the
    others as left out. Exit code 4: no article is new, and nothing was written.
    """
    with session.alone():
        return _compose(session, options)


def _compose(session: Session, options: Options) -> int:
    """Start the issue, having the site's folder for oneself; return the exit code."""
    config = session.config()
    refuse_off(config)
    key = _key(options.key) if options.key else None
    with recalling(session) as cache:
        wanted = build.Options(now=instant(options.now, config))
        site = open_site(session, config, wanted, cache=cache)
        session.report([p for p in site.shelf.problems if p.severity == "error"], "text")
        if site.shelf.unread:
            names = ", ".join(site.shelf.unread)
            session.complain(
                f"what {names} carries cannot be read: mend it first, or articles may be sent twice",
                f"le contenu de {names} est illisible : réparez-le d’abord, sans quoi des articles "
                "pourraient partir deux fois",
            )
            return 1
        languages = [language_of(each, site, session) for each in options.languages]
        _refuse_alike(session, languages)
        if options.together and len(languages) < 2:
            raise WrongUsage(
                "--together goes with several --language", "--together va avec plusieurs --language"
            )
        files = [tuple(languages)] if options.together else [(each,) for each in languages or [""]]
        made = [_one(session, site, Wanted(each, key, options)) for each in files]
        # Where one of several letters has nothing new, the others are written all the same.
        return 1 if 1 in made else min(made)


def _refuse_alike(session: Session, languages: Sequence[str]) -> None:
    """Raise click.BadParameter for two letters that would carry the same articles."""
    for one, other in itertools.combinations(languages, 2):
        if alike(one, other):
            raise click.BadParameter(
                session.tr(
                    f"“{one}” and “{other}” are one language for a letter; name one of them",
                    f"« {one} » et « {other} » sont une seule langue pour une lettre ; n’en nommez qu’une",
                ),
                param_hint="--language",
            )


def _one(session: Session, site: build.Site, wanted: Wanted) -> int:
    """Start the issue of one language, or of several together; return the exit code."""
    selection = selection_of(wanted.options.asked, site, session)
    proposals = [_proposal(site, selection, wanted, each) for each in wanted.languages]
    proposal = proposals[0]
    if len(proposals) > 1:
        proposal = issues.together(proposals, site.plan.items, ordered=bool(selection.items))
    if not proposal.items:
        return _nothing(session, site, selection, before(site, wanted.language(site)))
    path = f"{issues.FOLDER}/{_next(site, wanted)}.md"
    if (session.root / path).exists():
        session.complain(f"{path} exists already", f"{path} existe déjà")
        return 1
    try:
        _write(session, site, proposal, path, text(site, proposal, wanted))
    except FileExistsError:
        session.complain(f"{path} exists already", f"{path} existe déjà")
        return 1
    return 0


def _next(site: build.Site, wanted: Wanted) -> str:
    """Return the key of the letter: as it was asked for, or the next one of its language."""
    suffix = wanted.suffix(site)
    if wanted.key:
        return wanted.key if wanted.key.endswith(suffix) else f"{wanted.key}{suffix}"
    when = site.plan.now.astimezone(site.config.zone)
    return issues.next_key(before(site, wanted.language(site)), site.shelf.keys, when, suffix)


def _proposal(site: build.Site, selection: Selection, wanted: Wanted, asked: str) -> Proposal:
    """Return what the next issue of a language holds, of the site's where none was ``asked`` for.

    What a letter in another language carries counts for that language's readers alone, and so its
    translations are new to others; the article itself is sent once.
    """
    shelf, everything = site.shelf, wanted.options.everything
    language = asked or site.config.site.language
    left_out = f"{issues.FOLDER}/{issues.LEFT_OUT}.md" in site.tree.files
    if asked:
        other = bool(issues.suffix(asked, site.config.site.language))
        first = not shelf.series(language) and (other or not left_out)
    else:
        first = not shelf.keys and not left_out
    # Who asks for the archive, or a part of it, means what the first issue left out, too.
    back = everything or selection.last is not None or selection.since is not None
    when, zone = site.plan.now, site.config.zone
    elsewhere = shelf.carried_elsewhere(language)
    if not back:
        # What another language's first letter left to the past says nothing of its translations.
        elsewhere |= {
            item.id
            for item in site.plan.items
            if item.id in shelf.left_out and not alike(item.language, language)
        }
    return issues.propose(
        [
            item
            for item in site.plan.items
            if item.id not in elsewhere and (not asked or alike(item.language, asked))
        ],
        shelf.in_issues if back else shelf.carried,
        selection,
        most=site.config.newsletter.limit if first and not everything else None,
        language=language,
        ahead=lambda item: issues.is_ahead(item, when, zone),
    )


def _write(session: Session, site: build.Site, proposal: Proposal, path: str, text: str) -> None:
    """Write the issue file, and print its path."""
    place = session.root / path
    if site.lock_text != site.lock_before:
        # The file names articles by their ids: from now on those must not change.
        session.write(LOCK, site.lock_text.encode())
    if proposal.left_out:
        _leave_out(session, site, proposal)
    session.write(path, text.encode(), new=True)
    click.echo(path)
    count, key = len(proposal.items), place.stem
    plural = "s" if count > 1 else ""
    session.say(
        session.tr(
            f"{count} article{plural}; edit the file, then run: newsfeed digest {key}",
            f"{count} article{plural} ; modifiez le fichier, puis lancez : newsfeed digest {key}",
        )
    )


def _key(written: str) -> str:
    """Return the key that a person chose. Raises click.BadParameter."""
    key = written.removeprefix(f"{issues.FOLDER}/").removesuffix(".md")
    if not issues.is_key(key):
        from newsfeed.text.slugs import slugify

        raise WrongValue(
            f"“{key}” cannot be part of an address; try {slugify(key)}",
            f"« {key} » ne peut faire partie d’une adresse ; essayez {slugify(key)}",
            "KEY",
        )
    return key


def _nothing(
    session: Session, site: build.Site, selection: Selection, earlier: Sequence[ResolvedIssue]
) -> int:
    if selection.asked:
        session.complain(
            "no new article is among those: no issue was written",
            "aucun article nouveau parmi ceux-là : aucun numéro n’a été écrit",
        )
    elif not site.plan.items:
        session.complain(
            "there is no article yet: no issue was written",
            "il n’y a pas encore d’article : aucun numéro n’a été écrit",
        )
    else:
        newest = earlier[-1].issue.path if earlier else issues.FOLDER
        session.complain(
            f"no article is new since {newest}: no issue was written",
            f"aucun article nouveau depuis {newest} : aucun numéro n’a été écrit",
        )
    return NOTHING


def _leave_out(session: Session, site: build.Site, proposal: Proposal) -> None:
    """Write the list of the articles that the first issue leaves to the past, and say so."""
    words = site.theme.words(site.config.site.language)
    path = f"{issues.FOLDER}/{issues.LEFT_OUT}.md"
    known = session.root / path
    text = issues.write_left_out(
        proposal.left_out,
        title=words["letter_left_out"],
        words=words,
        before=text_of(disk.read(known)) if known.exists() else "",
    )
    session.write(path, text.encode())
    click.echo(path)
    count = len(proposal.left_out)
    session.say(
        session.tr(
            f"this is the first issue: {count} older articles are left out, by name, in {path}; "
            "delete a line there and the next issue proposes the article; newsfeed compose --all, or "
            "--since DATE, puts them into an issue of their own now",
            f"c’est le premier numéro : {count} articles plus anciens sont écartés, par leur nom, "
            f"dans {path} ; supprimez-y une ligne et le numéro suivant proposera l’article ; "
            "newsfeed compose --all, ou --since DATE, en fait un numéro à part dès maintenant",
        )
    )
