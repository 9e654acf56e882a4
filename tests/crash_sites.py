"""The sites, edits and commands of `crash.py`: a row for each command that writes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

NOW = "2026-11-23"
BUILD = ["-q", "--lang", "fr", "build", "--now", NOW, "--jobs", "1"]
SETTINGS = """[site]
title = "T"
url = "https://e.org/"
[feeds]
per = ["category"]
archive = true
archive_size = 2
limit = 3
"""


WITHOUT = "[newsletter]\nenabled = false\n"


class Scenario(NamedTuple):
    """What is done to the site that one build left, and the command that is then ended or refused.

    Without ``letters`` the site has none: a build takes half of the time.
    """

    prepare: Callable[[Path], None]
    arguments: list[str]
    letters: bool = True


def article(folder: Path, name: str, title: str, day: str, body: str, category: str = "Un") -> None:
    place = folder / "items" / f"{name}.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"---\ntitle: {title}\ndate: {day}\ncategory: {category}\n---\n\n{body}\n")


def start(folder: Path, *, letters: bool = True) -> None:
    """Write a site of seven articles, with an issue, and a drawing that one shows."""
    (folder / "newsfeed.toml").write_text(SETTINGS if letters else SETTINGS + WITHOUT)
    for number in range(7):
        words = " ".join(f"mot{number}x{each}" for each in range(30))
        article(folder, f"a{number}", f"Titre {number}", f"2026-01-0{number + 1}", words)
    (folder / "items" / "d.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (folder / "issues").mkdir()
    (folder / "issues" / "2026-01.md").write_text(
        "---\nsubject: Un\ndate: 2026-01-20\n---\n\n- [Titre 0](../items/a0.md)\n"
    )
    (folder / "static" / "doc").mkdir(parents=True)
    (folder / "static" / "doc" / "inner.txt").write_text("x")


def edit(folder: Path) -> None:
    """Change, rename, add and remove articles; a file takes the place of a folder."""
    items = folder / "items"
    (items / "a1.md").rename(items / "b1.md")
    (items / "a2.md").unlink()
    words = " ".join(f"mot3x{each}" for each in range(30))
    article(folder, "a3", "Tout autre", "2026-01-04", words, "Deux")
    article(folder, "neuf", "Neuf", "2026-02-01", "Du neuf ![d](d.svg)", "Trois")
    (folder / "static" / "doc" / "inner.txt").unlink()
    (folder / "static" / "doc").rmdir()
    (folder / "static" / "doc").write_text("y")


def retitle(folder: Path) -> None:
    """Give every article another title, category and address; a folder takes the place of a file."""
    for number in range(7):
        words = " ".join(f"mot{number}x{each}" for each in range(30))
        body = f"{words} encore"
        article(folder, f"a{number}", f"Autre {number}", f"2026-01-0{number + 1}", body, "Quatre")
        place = folder / "items" / f"a{number}.md"
        text = place.read_text().replace("---\n\n", f"slug: nouveau-{number}\n---\n\n", 1)
        place.write_text(text)
    (folder / "static" / "a.txt").write_text("x")
    (folder / "issues" / "2026-02.md").write_text(
        "---\nsubject: Deux\ndate: 2026-02-20\n---\n\n- [Titre 1](../items/a1.md)\n"
    )


def empty(folder: Path) -> None:
    """Remove nearly everything that was published."""
    for number in range(1, 7):
        (folder / "items" / f"a{number}.md").unlink()
    shutil.rmtree(folder / "static")


def settle(folder: Path) -> None:
    """Ask for other feeds in another place."""
    text = SETTINGS.replace('["category"]', '["author", "tag"]').replace("limit = 3", "limit = 2")
    text += '[site.author]\nname = "Zoé"\n' + WITHOUT
    (folder / "newsfeed.toml").write_text(text)


def broken(folder: Path) -> None:
    """Write articles that `check --fix` mends."""
    for number in range(3):
        (folder / "items" / f"f{number}.md").write_text(
            f"---\ntitle: F{number}\ndate: 2026-03-0{number + 1}\nsource: http:/www.example.org/a\n---\n\nx\n"
        )


def exported(folder: Path) -> None:
    """Write an export of Ghost."""
    posts = [
        {"title": f"P{n}", "slug": f"p{n}", "html": "<p>x</p>", "status": "published", "type": "post",
         "published_at": "2026-04-01T00:00:00.000Z", "visibility": "public", "id": str(n)}
        for n in range(3)
    ]  # fmt: skip
    data = {"db": [{"meta": {"version": "5.0.0"}, "data": {"posts": posts}}]}
    (folder / "export.json").write_text(json.dumps(data))


def published(folder: Path) -> None:
    """Leave a site that is not published yet, and the feed of a former one with ids of its own."""
    text = (folder / "public" / "atom.xml").read_text()
    (folder / "old.xml").write_text(text.replace("<id>tag:e.org", "<id>tag:old.example.org"))
    shutil.rmtree(folder / "public")
    (folder / "newsfeed.lock").unlink()


def alone(folder: Path) -> None:
    """Leave the articles, and nothing that makes them a site."""
    for path in ("newsfeed.toml", "newsfeed.lock", ".gitignore", ".gitattributes"):
        (folder / path).unlink(missing_ok=True)
    for path in ("public", ".newsfeed", "issues", "items"):
        shutil.rmtree(folder / path, ignore_errors=True)


def unpublish(folder: Path) -> None:
    shutil.rmtree(folder / "public")


def forget(folder: Path) -> None:
    """Leave a fresh clone: what is committed, edited."""
    shutil.rmtree(folder / "public")
    shutil.rmtree(folder / ".newsfeed")
    edit(folder)


def _called(*arguments: str, now: bool = True) -> list[str]:
    return ["-q", "--lang", "fr", *arguments, *(("--now", NOW) if now else ())]


SCENARIOS: dict[str, Scenario] = {
    "compose": Scenario(edit, _called("compose", "2026-02")),
    "compose first": Scenario(
        lambda folder: shutil.rmtree(folder / "issues"), _called("compose", "2026-02", "--last", "2")
    ),
    "digest": Scenario(edit, _called("digest", "--last", "2")),
    "close": Scenario(edit, _called("digest", "2026-01", "--close")),
    "fix": Scenario(broken, _called("check", "--fix")),
    "baseline": Scenario(broken, _called("check", "--baseline")),
    "new": Scenario(edit, _called("new", "Encore un", "--date", "2026-05-01", now=False)),
    "import": Scenario(exported, _called("import", "export.json", now=False)),
    "adopt": Scenario(published, _called("adopt", "old.xml", now=False)),
    "init": Scenario(alone, _called("init", "--title", "T", "--ci", "github", now=False)),
    "serve": Scenario(edit, _called("serve", "--port", "0", "--open")),
    "first": Scenario(unpublish, BUILD, letters=False),
    "clone": Scenario(forget, BUILD, letters=False),
    "edits": Scenario(edit, BUILD),
    "titles": Scenario(retitle, BUILD, letters=False),
    "removals": Scenario(empty, BUILD, letters=False),
    "settings": Scenario(settle, BUILD, letters=False),
    "elsewhere": Scenario(edit, [*BUILD, "-o", "site"], letters=False),
}  # fmt: skip
READING = {
    "config": _called("config", now=False),
    "diff": _called("diff", "public", "public", now=False),
    "next-change": _called("next-change"),
}
"""The commands that change nothing on the disk."""
FEW = [
    name
    for name in SCENARIOS
    if name
    not in ("first", "clone", "titles", "removals", "settings", "elsewhere", "compose first")
]
"""Those of which ``--few`` tries some faults: each command, and a build of an edited site."""
