"""``newsfeed init``."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click
from msgspec import Struct

from newsfeed import disk
from newsfeed.cli import workflows
from newsfeed.cli.options import passed_as
from newsfeed.cli.session import Session, repository
from newsfeed.config import FILE, parse
from newsfeed.content.importers import HEAD, looks_like_export
from newsfeed.diagnostics import refused
from newsfeed.moving import Found, articles, settings, site_of

_IGNORE = ".gitignore"
# What a site cannot do without, and a tool's settings may not say.
_NEEDED = ("site.title", "site.url", "site.language", "site.timezone", "pages.item")


class Options(Struct, frozen=True, kw_only=True):
    """The options of the command; ``pages`` says whether newsfeed writes them, None to find out."""

    folder: Path | None
    title: str | None
    url: str | None
    language: str | None
    pages: bool | None
    ci: str | None

    @property
    def said(self) -> dict[str, str]:
        """The values of newsfeed.toml that they give."""
        given = {"title": self.title, "url": self.url, "language": self.language}
        return {f"site.{name}": value for name, value in given.items() if value is not None}


@click.command("init")
@click.argument("folder", type=Path, required=False, metavar="[DIR]")
@click.option("--title", metavar="TEXT", help="The site's name.")
@click.option("--url", metavar="URL", help="Where it will be served.")
@click.option("--language", metavar="TAG", help="Main language, such as fr or en.")
@click.option(
    "--ci", type=click.Choice(list(workflows.PLACES)), help="A workflow of that forge, too."
)
@click.option(
    "--pages/--no-pages", default=None,
    help="Beside another tool: newsfeed writes the pages, or that tool goes on to (asked at a "
    "terminal; otherwise it does).",
)  # fmt: skip
@click.pass_obj
@passed_as(Options)
def command(session: Session, options: Options) -> int:
    """Start a site in DIR, here without it: newsfeed.toml and a first article.

    A folder that already holds articles is taken as it is. The settings of Jekyll, Hugo, Zola,
    Astro, Docusaurus, Eleventy, Pelican, MkDocs or Hexo are read for the site's title, address,
    language, permalinks and feeds, as far as they are literal; nothing of theirs is run or changed.
    Of what exists only .gitignore is added to.
    """
    root = session.root / options.folder if options.folder else session.root
    found = site_of(root)
    written = str(found.value("site.language") or "") if found else ""
    language = options.language or written or session.spoken
    session.language = session.language or language
    stays = found is not None and _stay(session, found, options.pages)
    said = _said(root, found, options, language, stays=stays)
    text = settings.text(said, letter=True)
    parse(text)
    items = str(said["items.path"])
    empty = not articles.holds_articles(root / items)
    starters = _starters(text, language, items, empty=empty)
    made = _write(root, starters, options.ci, str(said.get("site.output", "public")))
    for path in made:
        click.echo(path)
    if FILE not in made:
        session.say(session.tr(f"{FILE} was there: kept", f"{FILE} existait : gardé"))
    if found is not None:
        _say_found(session, found, said, options.said)
    _say_others(session, root, found, items)
    session.say(_next_steps(session, root, items))
    if found is not None:
        session.say(
            session.tr(
                "To take the subscribers along: newsfeed adopt FEED, the feed as it was published",
                "Pour garder les abonnés : newsfeed adopt FLUX, le flux tel qu’il a été publié",
            )
        )
    for export in _exports(root):
        session.say(
            session.tr(
                f"{export} is an export of Ghost: newsfeed import {export} makes articles of its posts",
                f"{export} est un export de Ghost : newsfeed import {export} en fait des articles",
            )
        )
    return 0


def _write(
    root: Path, starters: list[tuple[str, str]], forge: str | None, output: str
) -> list[str]:
    """Write what is not there yet, having the folder for oneself; return the paths of what was."""
    disk.make_folder(root)
    with disk.alone(root):
        disk.sweep(root)
        made = [path for path, content in starters if _put(root, root / path, content)]
        if forge is not None:
            made += _workflow(root, forge)
        return made + _ignore(root, [f"{output}/", ".newsfeed/"])


def _put(root: Path, place: Path, content: str) -> bool:
    """Write a file whole, unless one is there; say whether it was written."""
    try:
        disk.make_folder(place.parent)
        disk.write_whole(place, content.encode(), root, new=True)
    except FileExistsError:
        return False
    return True


def _workflow(root: Path, forge: str) -> list[str]:
    """Write the workflow for ``forge`` to the root of the repository; return what was made."""
    top = repository(root) or root.absolute()
    place = workflows.place(forge, top)
    folder = Path(os.path.relpath(root.absolute(), top)).as_posix()
    if not _put(root, place, workflows.text(forge, folder)):
        return []
    return [Path(os.path.relpath(place, root.absolute())).as_posix()]


def _stay(session: Session, found: Found, pages: bool | None) -> bool:  # noqa: FBT001 - click's three values
    """Say whether the pages stay with the tool that is there: asked at a terminal alone."""
    if pages is not None:
        return not pages
    if sys.stdin is None or not sys.stdin.isatty() or session.quiet:
        return True
    question = session.tr(
        f"{found.tool} makes this site. Will it go on writing the pages?",
        f"{found.tool} fait ce site. Continuera-t-il d’écrire les pages ?",
    )
    return click.confirm(question, default=True, err=True)


def _said(
    root: Path, found: Found | None, options: Options, language: str, *, stays: bool
) -> dict[str, object]:
    """Return the values of newsfeed.toml."""
    said = settings.values(found, options.said, stays=stays)
    zone = "Europe/Paris" if language.startswith("fr") else "UTC"
    if not (root / str(said.get("items.path", ""))).is_dir() or "items.path" not in said:
        said["items.path"] = articles.folder_of(root)
    defaults = {
        "site.title": _name(root),
        "site.url": "https://www.example.org/",
        "site.language": language,
        "site.timezone": zone,
    }
    return {**defaults, **said}


def _ignore(root: Path, lines: list[str]) -> list[str]:
    """Add what newsfeed makes to .gitignore, where it lacks it."""
    place = root / _IGNORE
    try:
        before = disk.read(place) if place.exists() else b""
    except OSError as error:
        raise refused(place, error) from error
    known = {line.strip().strip("/") for line in before.decode("utf-8", "replace").splitlines()}
    lacking = [line for line in lines if line.strip("/") not in known]
    if not lacking:
        return []
    end = b"" if before.endswith(b"\n") or not before else b"\n"
    added = "".join(f"{line}\n" for line in lacking).encode()
    disk.write_whole(place, before + end + added, root)
    return [_IGNORE]


def _say_found(
    session: Session, found: Found, said: Mapping[str, object], asked: Collection[str]
) -> None:
    """Say what was taken from where, and what could not be known."""
    session.say(
        session.tr(f"{found.tool}, from {found.file}:", f"{found.tool}, d’après {found.file} :")
    )
    for key, fact in found.facts.items():
        if said.get(key) == fact.value:
            session.say(f"  {key} = {settings.toml(fact.value)}  ← {fact.source}")
    for source, value in found.doubts:
        session.say(
            session.tr(
                f"  not understood: {source} = {value}", f"  pas compris : {source} = {value}"
            )
        )
    beside = said.get("pages.enabled") is False
    needed = _NEEDED if beside else _NEEDED[:-1]
    for key in needed:
        if key in found.facts or key in asked:
            continue
        value = f"{key} = {settings.toml(said[key])}" if key in said else key
        session.say(
            session.tr(f"  not found, please check: {value}", f"  pas trouvé, à vérifier : {value}")
        )
    if beside:
        output = said["site.output"]
        session.say(
            session.tr(
                f"{found.tool} writes the pages into {found.output}/; newsfeed writes feeds and "
                f"letters into {output}/: publish both, newsfeed's last",
                f"{found.tool} écrit les pages dans {found.output}/ ; newsfeed écrit les flux et les "
                f"lettres dans {output}/ : publiez les deux, ceux de newsfeed en dernier",
            )
        )


def _say_others(session: Session, root: Path, found: Found | None, items: str) -> None:
    """Name the folders with articles that are not the site's, and texts there that are not read."""
    written = (found.output, settings.BESIDE) if found else ()
    for name, number in articles.others(root, items, *written):
        session.say(
            session.tr(
                f"not taken: {name}/ ({number} with front matter)",
                f"pas repris : {name}/ ({number} avec un en-tête)",
            )
        )
    for ending, number in articles.unread(root, items):
        session.say(
            session.tr(
                f"not read: {items}/ ({number} {ending}): newsfeed reads Markdown and HTML",
                f"pas lus : {items}/ ({number} {ending}) : newsfeed lit Markdown et HTML",
            )
        )


def _exports(root: Path) -> list[str]:
    """Return the names of the exports of other tools that lie in the folder."""
    found = []
    for place in sorted(root.glob("*.json")):
        with suppress(OSError):
            if looks_like_export(disk.head(place, HEAD)):
                found.append(place.name)
    return found


def _name(root: Path) -> str:
    return root.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "News"


def _starters(text: str, language: str, items: str, *, empty: bool) -> list[tuple[str, str]]:
    """Return the (path, content) of what a new site needs."""
    # Lines of both sides of a merge can simply be kept: docs/identity.md.
    starters = [
        (FILE, text),
        (".gitattributes", "newsfeed.lock merge=union\n"),
    ]
    if empty:
        today = datetime.now(UTC).date()
        title, body = (
            ("Bienvenue", "Ceci est le premier article. Modifiez-le, ou écrivez le suivant :\n\n"
             "    newsfeed new \"Le titre\"\n")
            if language.startswith("fr")
            else ("Welcome", "This is the first article. Change it, or write the next one:\n\n"
                  "    newsfeed new \"The title\"\n")
        )  # fmt: skip
        article = f'---\ntitle: "{title}"\ndate: {today}\n---\n\n{body}'
        name = "bienvenue" if language.startswith("fr") else "welcome"
        starters.append((f"{items}/{today:%Y}/{name}.md", article))
    return starters


def _next_steps(session: Session, root: Path, items: str) -> str:
    where = "" if root.resolve() == Path.cwd() else f" -C {root}"
    return session.tr(
        f"Next: set the address in {FILE}, write in {items}/, then run: newsfeed{where} build",
        f"Ensuite : l’adresse dans {FILE}, vos textes dans {items}/, puis : newsfeed{where} build",
    )
