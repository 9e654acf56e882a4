"""``newsfeed init``."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from newsfeed import disk
from newsfeed.cli import workflows
from newsfeed.cli.session import Session, repository
from newsfeed.config import FILE, parse
from newsfeed.content.importers import HEAD, looks_like_export
from newsfeed.diagnostics import WorldError

# Where other tools keep their articles: the more particular before what holds it.
FOLDERS = (
    "items", "_posts", "docs/_posts", "src/_posts", "source/_posts", "content/posts", "content/post",
    "content/blog", "content/articles", "content/news", "src/content/blog", "src/content/posts",
    "src/content/post", "src/content/articles", "src/content", "src/posts", "src/blog",
    "website/blog", "content", "posts", "_articles", "articles", "blog", "emails", "docs",
)  # fmt: skip
_ENDINGS = (".md", ".markdown", ".mdx", ".mdown", ".mkd")
_NOT_OURS = frozenset(("node_modules", "templates", "static", "issues", "public", "themes"))
_NO_ARTICLES = re.compile(
    r"(?:readme|license|licence|changelog|contributing|code_of_conduct)\.", re.I
)


@click.command("init")
@click.argument("folder", type=Path, required=False, metavar="[DIR]")
@click.option("--title", metavar="TEXT", help="The site's name.")
@click.option("--url", metavar="URL", help="Where it will be served.")
@click.option("--language", metavar="TAG", help="Main language, such as fr or en.")
@click.option(
    "--ci", type=click.Choice(list(workflows.PLACES)), help="A workflow of that forge, too."
)
@click.pass_obj
def command(
    session: Session,
    folder: Path | None,
    title: str | None,
    url: str | None,
    language: str | None,
    ci: str | None,
) -> int:
    """Start a site in DIR, here without it: newsfeed.toml and a first article.

    A folder that already holds articles (of Jekyll, Hugo, Astro …) is taken as it is. Nothing that
    exists is changed.
    """
    root = session.root / folder if folder else session.root
    language = language or session.spoken
    session.language = session.language or language
    items = _items(root)
    text = _settings(title or _name(root), url or "https://www.example.org/", language, items)
    parse(text)
    made = []
    try:
        root.mkdir(parents=True, exist_ok=True)
        for path, content in _starters(text, language, items, empty=not _articles(root / items)):
            place = root / path
            with suppress(FileExistsError):
                place.parent.mkdir(parents=True, exist_ok=True)
                disk.write_whole(place, content.encode(), new=True)
                made.append(path)
        if ci is not None:
            made += _workflow(root, ci)
    except OSError as error:
        raise WorldError(f"{error.filename}: {error.strerror}") from error
    for path in made:
        click.echo(path)
    if FILE not in made:
        session.say(session.tr(f"{FILE} was there: kept", f"{FILE} existait : gardé"))
    session.say(_next_steps(session, root, items))
    for export in _exports(root):
        session.say(
            session.tr(
                f"{export} is an export of Ghost: newsfeed import {export} makes articles of its posts",
                f"{export} est un export de Ghost : newsfeed import {export} en fait des articles",
            )
        )
    return 0


def _workflow(root: Path, forge: str) -> list[str]:
    """Write the workflow for ``forge`` to the root of the repository; return what was made."""
    top = repository(root) or root.absolute()
    place = workflows.place(forge, top)
    if place.exists():
        return []
    place.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(os.path.relpath(root.absolute(), top)).as_posix()
    disk.write_whole(place, workflows.text(forge, folder).encode(), new=True)
    return [Path(os.path.relpath(place, root.absolute())).as_posix()]


def _items(root: Path) -> str:
    """Return the folder that holds articles already, or the default.

    A vault of Obsidian is one whole; notes may lie in the site's folder itself elsewhere too.
    """
    if (root / ".obsidian").is_dir():
        return "."
    found = next((name for name in FOLDERS if _articles(root / name)), None)
    return found or ("." if _notes(root) else _fullest(root)) or "items"


def _fullest(root: Path) -> str:
    """Return the folder with the most articles, no higher than it must be; empty for none."""
    held: Counter[str] = Counter()
    for place, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name[0] not in "._" and name not in _NOT_OURS]
        number = sum(
            name.lower().endswith(_ENDINGS) and not _NO_ARTICLES.match(name) for name in names
        )
        parts = Path(place).relative_to(root).parts
        for depth in range(1, len(parts) + 1):
            held["/".join(parts[:depth])] += number
    found = ""
    while inner := [name for name in held if held[name] and name.rpartition("/")[0] == found]:
        best = max(inner, key=lambda name: (held[name], name))
        if found and (held[best] < held[found] or best.rpartition("/")[2].isdigit()):
            break  # several folders share the articles, or days and years do
        found = best
    return found


def _articles(folder: Path) -> bool:
    """Say whether a folder holds an article, however deep; hidden folders are passed over."""
    for _, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name[0] != "." and name != "node_modules"]
        if any(name.lower().endswith(_ENDINGS) for name in names):
            return True
    return False


def _exports(root: Path) -> list[str]:
    """Return the names of the exports of other tools that lie in the folder."""
    found = []
    for place in sorted(root.glob("*.json")):
        with place.open("rb") as file:
            if looks_like_export(file.read(HEAD)):
                found.append(place.name)
    return found


def _notes(root: Path) -> bool:
    """Say whether articles lie in the folder itself, beside what every project has."""
    return root.is_dir() and any(
        place.name.lower().endswith(_ENDINGS) and not _NO_ARTICLES.match(place.name)
        for place in root.iterdir()
    )


def _name(root: Path) -> str:
    return root.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "News"


def _settings(title: str, url: str, language: str, items: str) -> str:
    french = language.startswith("fr")
    zone = "Europe/Paris" if french else "UTC"
    host = (urlsplit(url).hostname or "example.org").removeprefix("www.")
    letter = json.dumps(f"{'lettre' if french else 'news'}@{host}")
    lines = [
        "[site]",
        f"title = {json.dumps(title, ensure_ascii=False)}",
        f"url = {json.dumps(url)}",
        f"language = {json.dumps(language)}",
        f'timezone = "{zone}"',
        "",
        "[items]",
        f"path = {json.dumps(items)}",
        "",
        # What only its owner knows: a letter without it is made, and says what it lacks.
        "# [newsletter]",
        f"# from = {{ name = {json.dumps(title, ensure_ascii=False)}, email = {letter} }}",
        '# address = "12 rue de l’Exemple, 13000 Marseille"'
        if french
        else '# address = "12 Example Street, London"',
        f'# unsubscribe = "{url.rstrip("/")}/{"desabonnement" if french else "unsubscribe"}"',
        f'# esp = "brevo"  # {"ou le service qui l’envoie" if french else "or the service that sends it"}',
        "",
    ]
    return "\n".join(lines)


def _starters(text: str, language: str, items: str, *, empty: bool) -> list[tuple[str, str]]:
    """Return the (path, content) of what a new site needs."""
    # Lines of both sides of a merge can simply be kept: docs/identity.md.
    starters = [
        (FILE, text),
        (".gitignore", "public/\n.newsfeed/\n"),
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
