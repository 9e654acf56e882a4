"""Writes the pages of docs/ that are made from the code: ``make docs``.

``python docs/write.py --check`` writes nothing and exits 1 where a page is out of date.
"""

from __future__ import annotations

import re
import sys
import types
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import click

from newsfeed import config
from newsfeed.content import aliases
from newsfeed.cli import cli
from newsfeed.diagnostics.rules import FAMILIES, RULES

DOCS = Path(__file__).parent
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
"""What examples hold and no text file should: shown as a picture of itself, such as ␍."""
MADE = "<!-- Made by docs/write.py from the code: change it there. -->\n\n"


def commands() -> str:
    """Return the help of every command."""
    context = click.Context(cli, info_name="newsfeed", terminal_width=80, max_content_width=80)
    parts = [MADE, "# The command line\n\n```\n", cli.get_help(context), "\n```\n"]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(
            command, info_name=name, parent=context, terminal_width=80, max_content_width=80
        )
        parts += [f"\n## {name}\n\n```\n", command.get_help(inner), "\n```\n"]
    return "".join(parts)


def configuration() -> str:
    """Return the table of every key of newsfeed.toml."""
    lines = [MADE, "# Every key of newsfeed.toml\n\n"]
    lines.append(
        "Only `site.title` and `site.url` are required. A key that is misspelt, or has a value that "
        "cannot be, stops the command with exit code 2 and is named with its line. "
        "`newsfeed config` shows what is in force; `newsfeed config --schema site` prints a JSON "
        "Schema for editors.\n"
    )
    section = ""
    for name, hint, default, doc in config.keys():
        part, _, key = name.partition(".")
        if part != section:
            section = part
            lines.append(f"\n## [{part}]\n\n| key | value | default | |\n|---|---|---|---|\n")
        lines.append(f"| `{key}` | {_type(hint)} | {_default(default)} | {doc} |\n")
    return "".join(lines)


def _type(hint: Any) -> str:
    if isinstance(hint, types.UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
    origin = get_origin(hint)
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in get_args(hint) if each != "")
    if origin is tuple:
        inner = get_args(hint)[0]
        return f"list of {_type(inner)}" if inner is not str else "one text, or a list"
    if origin is not None:
        return "table"
    if getattr(hint, "__name__", "") == "SignUp":
        return "address, or `{ action, email, fields }`"
    names = {int: "number", bool: "`true`, `false`", str: "text"}
    return names.get(hint, "`{ name, email, url }`")


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value in (None, "", (), {}):
        return ""
    return f"`{', '.join(map(str, value)) if isinstance(value, tuple) else value}`"


_SPOKEN = """
## The text

Markdown is CommonMark with GitHub's tables, struck words, task lists and bare addresses, with notes (`[^1]`), definition lists and headings' `{#ids}`; HTML may stand in it. A quotation whose last line begins with a dash, `> — Zoé, nurse`, is a figure with its author.

**What other editors write is understood**: callouts, containers and admonitions (`> [!note]`, `:::tip`, `!!! note`), `[[wiki links]]`, `==marked==`, `H~2~O`, `:tada:`, shortcodes and tags of Hugo, Jekyll and others where their meaning is known. What is left out is said with its line.

**What was meant is read**: `##Title`, `-one` below `-two`, `** bold **`, `(words)[address]`, `[words] (address)`, French lists with dashes after a colon, the bullets of a word processor. Marks that still would stand in the text are said, and so is code that is never closed.

## Notes, translations, direction

**A note needs no title.** Where none is written, there is no heading, and the file's name is a number, a date or the like (`2026-11-23-1234.md`), JSON Feed has no title, as microblogs do; Atom, RSS, pages and letters show the first words.

**Translations are one article.** `post.en.md` and `post.fr.md`, `post.md` and `post.fr.md`, or articles with one `translationKey`: a feed holds the version in the site's language, or in `feeds.main_language`, else the one that there is. The other versions stand in a feed of their language, `languages/fr/`, which is written by itself. `main_language = "all"` puts every version into every feed. Articles in one language are no translations of each other. `en/post.md` and `fr/post.md` are, where an article in such a folder has its counterpart, or the site's language has its folder; pictures, READMEs and a folder's own `index` make none.

**What runs from right to left says so.** The language, and its script where the tag names one (`pa-Arab`), decide: in feeds the text of an Arabic, Persian, Hebrew or Urdu article stands in `<div dir="rtl" lang="…">`, since readers would guess by its first letter; pages and letters say it too.
"""


def articles() -> str:
    """Return what an article may say, from the table of dialects."""
    return (
        MADE
        + (
            "# What an article may say\n\n"
            "An article is a Markdown or HTML file below `items/`, with front matter: YAML between "
            "`---`, TOML between `+++`, JSON, Hexo's `;;;`, or Pelican's lines without a fence. Keys are "
            "compared without regard to case; of several keys that give one field the first in the "
            "table that has a value wins, and `items.fields` in newsfeed.toml puts others first. "
            "`newsfeed check -v` says for each article which key gave which value.\n\n"
        )
        + aliases.as_markdown()
        + _SPOKEN
    )


def rules() -> str:
    """Return every diagnostic with its words, by family."""
    lines = [MADE, "# Every diagnostic\n\n"]
    lines.append(
        "A diagnostic names a file, a line and a column, then its code, what is wrong, and what to "
        "do. Errors make the exit code 1; warnings do under `--strict`. `newsfeed check --fix` mends "
        "what has one right answer.\n"
    )
    for family in FAMILIES:
        module = __import__(f"newsfeed.diagnostics.rules.{family}", fromlist=["RULES"])
        if not module.RULES:
            continue
        lines.append(f"\n## {family}\n")
        for rule in sorted(module.RULES, key=lambda rule: rule.code):
            lines.append(f"\n### {rule.code}\n\n*{rule.severity}* — {rule.doc}\n\n")
            for language, words in (("en", rule.en), ("fr", rule.fr)):
                lines.append(f"- {language}: ``{' → '.join(filter(None, words))}``\n")
            for name, example in (("Wrong", rule.bad), ("Right", rule.good)):
                if example:
                    lines.append(f"\n{name}:\n\n````\n{example.rstrip()}\n````\n")
    assert len(RULES) > 0
    return "".join(lines)


PAGES = {
    "commands.md": commands,
    "configuration.md": configuration,
    "articles.md": articles,
    "rules.md": rules,
}


def main() -> int:
    """Write the pages, or with ``--check`` name those that are out of date."""
    stale = []
    for name, make in PAGES.items():
        place = DOCS / name
        text = _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), make()).encode()
        if place.exists() and place.read_bytes() == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            place.write_bytes(text)
    if stale:
        print("\n".join(stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
