"""What was found of a site -> the text of its newsfeed.toml."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from newsfeed.config import keys, parse
from newsfeed.diagnostics import ConfigError
from newsfeed.moving.found_settings import Found

OF_PAGES = frozenset(("pages.item", "pages.slugs", "items.typography"))
"""What is taken over where the pages stay with the tool: newsfeed's own have its own ways."""
BESIDE = "_newsfeed"
"""Where newsfeed writes beside another tool: a name that none of them takes for its own."""


def values(found: Found | None, asked: Mapping[str, object], *, stays: bool) -> dict[str, object]:
    """Return the values of newsfeed.toml: what was ``asked`` for, else what was found.

    With ``stays`` the pages are that tool's. What of the found values newsfeed cannot take becomes
    a doubt.
    """
    said = dict(asked)
    if found is None:
        return said
    if "site.language" in found.facts:
        fact = found.facts["site.language"]
        found.facts["site.language"] = fact._replace(value=str(fact.value).replace("_", "-"))
    for key, fact in list(found.facts.items()):
        if key in said or (key in OF_PAGES and not stays):
            continue
        try:
            parse(
                text({"site.title": "T", "site.url": "https://www.example.org/", key: fact.value})
            )
        except ConfigError:
            del found.facts[key]
            found.doubts.append((fact.source, str(fact.value)))
        else:
            said[key] = fact.value
    if stays:
        said["pages.enabled"] = False
        said["site.output"] = BESIDE
    return said


def text(said: Mapping[str, object], *, letter: bool = False) -> str:
    """Return a newsfeed.toml with ``said``, in the order of the table of settings.

    With ``letter`` what only its owner knows is there as a comment: a letter without it is made, and
    says what it lacks.
    """
    lines: list[str] = []
    section = ""
    for key, *_ in keys():
        if key not in said:
            continue
        part, _, name = key.partition(".")
        if part != section:
            lines += [""] * bool(lines) + [f"[{part}]"]
            section = part
        lines.append(f"{name} = {toml(said[key])}")
    return "\n".join([*lines, *(["", *_letter(said)] if letter else []), ""])


def toml(value: object) -> str:
    """Return a value as TOML has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {toml(each)}" for name, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    # JSON's escapes are TOML's, but for one character that it leaves alone.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")


def _letter(said: Mapping[str, object]) -> list[str]:
    french = str(said["site.language"]).startswith("fr")
    url = str(said["site.url"])
    host = (urlsplit(url).hostname or "example.org").removeprefix("www.")
    email = f"{'lettre' if french else 'news'}@{host}"
    return [
        "# [newsletter]",
        f"# from = {toml({'name': said['site.title'], 'email': email})}",
        '# address = "12 rue de l’Exemple, 13000 Marseille"'
        if french
        else '# address = "12 Example Street, London"',
        f'# unsubscribe = "{url.rstrip("/")}/{"desabonnement" if french else "unsubscribe"}"',
        f'# esp = "brevo"  # {"ou le service qui l’envoie" if french else "or the service that sends it"}',
    ]
