"""The files of a site -> its items: what each article's front matter says, and what is wrong.

`read_article` is pure and takes any bytes. Bodies stay unread but for their first heading and the
sketch that recognises them after a move.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from newsfeed.config import Config
from newsfeed.content.reading.listing import folder_of, sort_out
from newsfeed.content.reading.values import Article, LeftOut
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Tree

__all__ = [
    "Article",
    "LeftOut",
    "asides",
    "folder_of",
    "read_article",
    "sort_out",
]


def read_article(path: str, data: bytes, config: Config) -> Article:
    """Read one article of ``config``'s site from its bytes. Pure; never raises, whatever they are."""
    from newsfeed.content.reading.reader import Reader

    return Reader(config).article(path, data)


def asides(tree: Tree, aside: Iterable[LeftOut]) -> list[Diagnostic]:
    """Name the exports of other tools, and copies, among the files that give no article."""
    found: list[Diagnostic] = []
    for left in aside:
        if left.reason in ("copy", "double"):
            found.append(diagnostic(f"article-{left.reason}", left.path))
        elif left.path.lower().endswith(".json"):
            from newsfeed.content.importers import HEAD, looks_like_export

            with suppress(OSError):
                if looks_like_export(tree.read(left.path, HEAD)):
                    found.append(diagnostic("export-found", left.path, file=left.path))
    return found
