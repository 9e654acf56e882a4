"""``newsfeed new``."""

from __future__ import annotations

import json
from datetime import datetime

import click

from newsfeed.cli.session import Session, instant
from newsfeed.cli.usage import WrongValue
from newsfeed.content.placeholders import BODIES, SUMMARIES
from newsfeed.text.slugs import slugify


@click.command("new")
@click.argument("title")
@click.option("--date", metavar="ISO", help="When it is published; now without it.")
@click.option("--category", metavar="NAME", help="Its category.")
@click.option("--draft", is_flag=True, help="Keep it out of the site for now.")
@click.option("--folder", is_flag=True, help="A folder of its own, for pictures beside the text.")
@click.pass_obj
def command(
    session: Session,
    title: str,
    date: str | None,
    category: str | None,
    *,
    draft: bool,
    folder: bool,
) -> int:
    """Start an article called TITLE, front matter in place, and print its path."""
    config = session.config()
    title = " ".join(title.split())
    if not title:
        raise WrongValue("the title is empty", "le titre est vide", "TITLE")
    when = instant(date, config).astimezone(config.zone)
    name = slugify(title)
    path = f"{config.items.path.removeprefix('./')}/{when:%Y}/{name}" + (
        "/index.md" if folder else ".md"
    )
    french = config.site.language.startswith("fr")
    text = _article(title, when, category, draft=draft, french=french)
    try:
        with session.alone():
            session.write(path, text.encode(), new=True)
    except FileExistsError:
        session.complain(f"{path} exists already", f"{path} existe déjà")
        return 1
    click.echo(session.shown(path))
    return 0


def _article(title: str, when: datetime, category: str | None, *, draft: bool, french: bool) -> str:
    """Return the text of a new article; every value is quoted, so that any title is safe."""
    language = "fr" if french else "en"
    summary, body = SUMMARIES[language], BODIES[language]
    lines = [
        "---",
        f"title: {_quoted(title)}",
        f"date: {when:%Y-%m-%d %H:%M}",
        f"category: {_quoted(category)}" if category else "# category: ",
        "# tags: [ , ]",
        f"summary: {_quoted(summary)}",
        *(["draft: true"] if draft else []),
        "---",
        "",
        body,
        "",
    ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """Return a YAML double-quoted scalar (JSON's strings are a subset of them)."""
    return json.dumps(text, ensure_ascii=False)
