"""The files of a site -> its items: what each article's front matter says, and what is wrong.

`read_article` is pure and takes any bytes. Bodies stay unread but for their first heading and the
sketch that recognises them after a move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from newsfeed.config import Config
from newsfeed.content.reading.listing import OTHER_MARKUP, folder_of, sort_out
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


def asides(tree: Tree, aside: Sequence[LeftOut], *, articles: int) -> list[Diagnostic]:
    """Name the exports of other tools, and copies, among the files that give none of the ``articles``.

    Where there is none at all, say what form their texts have.
    """
    found: list[Diagnostic] = []
    others = [left.path for left in aside if left.path.lower().endswith(OTHER_MARKUP)]
    if others and not articles:
        endings = Counter(path[path.rindex(".") :] for path in sorted(others))
        ending, number = endings.most_common(1)[0]
        found.append(diagnostic("articles-format", min(others), number=number, ending=ending))
    for left in aside:
        if left.reason in ("copy", "double"):
            found.append(diagnostic(f"article-{left.reason}", left.path))
        elif left.path.lower().endswith(".json"):
            from newsfeed.content.importers import HEAD, looks_like_export

            with suppress(OSError):
                if looks_like_export(tree.read(left.path, HEAD)):
                    found.append(diagnostic("export-found", left.path, file=left.path))
    return found
