"""``newsfeed digest``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsfeed import files
from newsfeed.build import letters
from newsfeed.build.entries import Entries
from newsfeed.cli.selection import NOTHING, Asked, selection_of, selection_options
from newsfeed.cli.session import Session, instant
from newsfeed.cli.work import open_site, refuse_overlap

if TYPE_CHECKING:
    from newsfeed.build.letters import Made
    from newsfeed.diagnostics import Diagnostic


@click.command("digest")
@click.argument("issue", required=False)
@selection_options
@click.option("-o", "--output", type=Path, metavar="DIR", help="Write here, not in public/.")
@click.option("--now", metavar="ISO", help="As if it were this date or instant.")
@click.option("--drafts", is_flag=True, help="Drafts too.")
@click.option("--strict", is_flag=True, help="Write nothing if there is any problem.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text",
    help="How to print the letter's figures.",
)  # fmt: skip
@click.pass_obj
def command(
    session: Session,
    /,
    issue: str | None,
    output: Path | None,
    now: str | None,
    form: str,
    *,
    drafts: bool,
    strict: bool,
    **options: Any,
) -> int:
    """Make one letter: HTML, text and .eml, in public/newsletter/.

    Without an issue it is the newest articles, or those that the options choose. Its figures go to
    stdout. Exit code 4: there is nothing to put into a letter, and nothing was written.
    """
    asked = Asked(**options)
    config = session.config()
    dest = output or session.root / "public"
    refuse_overlap(session, dest, config)
    site = open_site(session, config, instant(now, config), drafts=drafts)
    entries = Entries(site.library, site.problems)
    letter = letters.automatic(
        site, entries, selection_of(asked, site, session), subject=asked.subject or ""
    )
    if letter is None:
        session.complain(
            "nothing to put into a letter: no letter was written",
            "rien à mettre dans une lettre : aucune lettre n’a été écrite",
        )
        return NOTHING
    made = letters.make(site, entries, letter)
    problems = letters.problems_of(site, letter)
    session.report(problems, "text")
    if made is None or (strict and _serious(problems, strict=True)):
        session.say(session.tr("nothing was written", "rien n’a été écrit"))
        return 1
    placed = files.place(letters.with_files(site, entries, made), dest, site.tree)
    click.echo(_FORMATS[form](made, letters.dead_links(site, entries, made), session), nl=False)
    folder = (dest / letter.folder).as_posix()
    session.say(
        session.tr(
            f"{folder}: {len(placed.written)} files written, {placed.unchanged} unchanged",
            f"{folder} : {len(placed.written)} fichiers écrits, {placed.unchanged} inchangés",
        )
    )
    return 1 if _serious(problems, strict=strict) else 0


def _serious(problems: Iterable[Diagnostic], *, strict: bool) -> bool:
    grave = ("error", "warning") if strict else ("error",)
    return any(problem.severity in grave for problem in problems)


def _text(made: Made, dead: tuple[str, ...], session: Session) -> str:
    """Return the letter's figures, a line each."""
    report = made.report
    lines = [
        session.tr("subject", "objet") + f": {report.subject}",
        f"HTML: {_kb(report.html)}, {report.clip:.0%} "
        + session.tr("of what Gmail shows", "de ce que Gmail montre"),
        f"text: {_kb(report.text)}; eml: {_kb(report.eml)}",
        session.tr(
            f"articles: {report.items}; words: {report.words}; {report.minutes} min to read",
            f"articles : {report.items} ; mots : {report.words} ; {report.minutes} min de lecture",
        ),
    ]
    return "".join(f"{line}\n" for line in lines)


def _kb(size: int) -> str:
    return f"{size / 1000:.1f} kB"


def _json(made: Made, dead: tuple[str, ...], _session: Session) -> str:
    """Return the letter's figures as a JSON object."""
    figures = asdict(made.report) | {"dead_links": list(dead)}
    return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"


_FORMATS: dict[str, Callable[[Made, tuple[str, ...], Session], str]] = {
    "text": _text,
    "json": _json,
}
