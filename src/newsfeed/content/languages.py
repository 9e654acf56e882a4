"""Folders of one language each, as Hugo, Docusaurus and Jekyll Polyglot have them: ``en/``, ``fr/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from newsfeed.text.languages import IN_FILE_NAMES, is_language, primary

ArticlesIn: TypeAlias = Callable[[str], Iterable[str]]
"""Returns the paths of the articles in a folder: few sites need them here."""


def folders(
    listing: Iterable[str], articles_in: ArticlesIn, prefix: str, language: str
) -> tuple[str, ...]:
    """Return the folders below ``prefix``, the folder of articles, that hold one language each.

    ``listing`` are all folders, ``.`` that of the site. A folder is one where it is called as a
    language, and stands beside that of the site's ``language``, or where an article in it has its
    counterpart: of the same name beside it, or in another folder of that kind. ``it/`` and ``hr/``
    alone are two departments, though each has an ``index`` and a ``README``.
    """
    named: dict[str, list[str]] = {}
    plain: list[str] = []
    for folder in listing:
        if not f"{folder}/".startswith(prefix):
            continue
        parts = folder[len(prefix) :].split("/")
        at = next((at for at, part in enumerate(parts) if _is_named(part)), None)
        if at is None:
            plain.append(folder)
        else:
            named.setdefault("/".join(parts[: at + 1]), []).append(folder)
    groups: dict[str, list[str]] = {}
    for path in named:
        groups.setdefault(path.rpartition("/")[0], []).append(path)
    found: set[str] = set()
    for above, paths in groups.items():
        own = any(primary(path.rpartition("/")[2]) == primary(language) for path in paths)
        if own and len(paths) > 1:
            found.update(paths)
            continue
        start = f"{prefix}{above}/" if above else prefix
        below = [folder for folder in plain if f"{folder}/".startswith(start)]
        beside = _names(below, articles_in, start)
        names = {path: _names(named[path], articles_in, f"{prefix}{path}/") for path in paths}
        found |= _with_counterparts(names, beside)
    return tuple(sorted(found))


def _is_named(folder: str) -> bool:
    tag = folder.replace("_", "-")
    return tag[:2].lower() in IN_FILE_NAMES and tag[2:3] in ("", "-") and is_language(tag)


def _names(folders: Iterable[str], articles_in: ArticlesIn, start: str) -> set[str]:
    """Return the articles in ``folders`` by their names below the folder ``start``.

    What tells of a folder, as its README, has no counterparts; ``post/index.md`` is an article.
    """
    from newsfeed.content.permalinks import name_of  # few sites have folders called as languages

    paths = (path[len(start) :] for folder in folders for path in articles_in(folder))
    articles = (path for path in paths if not path.lower().rpartition("/")[2].startswith("readme."))
    return {name_of(path).path for path in articles} - {"index", "Index"}


def _with_counterparts(names: dict[str, set[str]], beside: set[str]) -> set[str]:
    """Return which folders, each with its ``names``, share one with another, or with ``beside``."""
    return {
        path
        for path in names
        if not names[path].isdisjoint(beside)
        or any(other != path and not names[path].isdisjoint(names[other]) for other in names)
    }
