"""The files of a site -> its items: what each article's front matter says, and what is wrong.

`read_article` is pure and takes any bytes. Bodies stay unread but for their first heading and the
sketch that recognises them after a move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from operator import attrgetter

from newsfeed.config import Config
from newsfeed.content.reading.listing import articles, others
from newsfeed.content.reading.values import Article, LeftOut, Reading
from newsfeed.diagnostics import Diagnostic, arrange, diagnostic
from newsfeed.model import Item, Tree

__all__ = [
    "Article",
    "LeftOut",
    "Reading",
    "articles",
    "gather",
    "read",
    "read_article",
]


def read(tree: Tree, config: Config, *, remembered: Mapping[str, Article] | None = None) -> Reading:
    """Read every article below the folder of articles.

    ``remembered`` holds what `read_article` gave for files that have not changed since.
    """
    known = remembered or {}
    paths = articles(tree, config, known=known)
    found = [known[path] for path in paths if path in known]
    if len(found) < len(paths):
        from newsfeed.content.reading.reader import Reader

        reader = Reader(config)
        found += [reader.file(tree, path) for path in paths if path not in known]
    return gather(found, tree, config, known=frozenset(paths))


def gather(
    found: Iterable[Article], tree: Tree, config: Config, *, known: Set[str] = frozenset()
) -> Reading:
    """Put together what the articles of ``tree`` gave; ``known`` are the paths of articles."""
    items: list[Item] = []
    problems: list[Diagnostic] = []
    left_out: list[LeftOut] = []
    for article in found:
        if article.item is not None:
            items.append(article.item)
        if article.left_out is not None:
            left_out.append(article.left_out)
        problems += article.problems
    aside = others(tree, config, known)
    left_out += aside
    problems += _exports(tree, aside)
    return Reading(
        items=tuple(sorted(items, key=attrgetter("path"))),
        problems=arrange(problems),
        left_out=tuple(sorted(left_out, key=lambda each: each.path)),
    )


def read_article(path: str, data: bytes, config: Config) -> Article:
    """Read one article of ``config``'s site from its bytes. Pure; never raises, whatever they are."""
    from newsfeed.content.reading.reader import Reader

    return Reader(config).article(path, data)


def _exports(tree: Tree, aside: Iterable[LeftOut]) -> list[Diagnostic]:
    """Name the exports of other tools among the files that give no article."""
    found: list[Diagnostic] = []
    for left in aside:
        if left.path.lower().endswith(".json"):
            from newsfeed.content.importers import HEAD, looks_like_export

            with suppress(OSError):
                if looks_like_export(tree.read(left.path, HEAD)):
                    found.append(diagnostic("export-found", left.path, file=left.path))
    return found
