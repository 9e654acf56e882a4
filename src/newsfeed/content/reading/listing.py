"""Which files of a site are articles, by their place and name."""

from __future__ import annotations

from collections.abc import Iterable

from newsfeed.config import Config
from newsfeed.content.copies import copies, doubles
from newsfeed.content.reading.values import LeftOut
from newsfeed.model import Tree

MARKDOWN = (".md", ".markdown", ".mdx", ".mdown", ".mkd")
HTML = (".html", ".htm", ".xhtml")
OTHER_MARKUP = (
    ".rst", ".org", ".adoc", ".asciidoc", ".textile", ".docx", ".doc", ".odt", ".rtf", ".qmd", ".rmd",
    ".pages", ".ipynb", ".mdc", ".markdoc", ".smd", ".dj", ".typ", ".tex", ".wiki", ".mediawiki", ".creole",
    ".pod", ".rdoc",
)  # fmt: skip
"""Endings of articles that newsfeed does not read."""
# Texts that people take for articles: named as left out, where a picture would be passed over.
OTHER_TEXTS = (*OTHER_MARKUP, ".txt", ".njk", ".liquid", ".json")
_NOT_FOLDERS = frozenset(
    ("_includes", "_layouts", "_sass", "_data", "_site", "_plugins", "node_modules", "_templates")
)
_OPEN_IN_OFFICE = "~$"
"""What begins the name of the file that Word puts beside one that somebody has open."""
# What else lies beside the articles where these lie in the site's folder itself.
_OF_THE_SITE = ("issues/", "static/", "templates/")


def sort_out(paths: Iterable[str], config: Config, tree: Tree) -> tuple[list[str], list[LeftOut]]:
    """Return which of ``paths`` are articles by their place and name, and the other texts there.

    ``tree`` is asked what two files hold of which one has the name of a copy.
    """
    folder = folder_of(config)
    articles: list[str] = []
    others: list[LeftOut] = []
    for path in paths:
        if not path.startswith(folder) or (folder == "" and path.startswith(_OF_THE_SITE)):
            continue
        lower = path.lower()
        if lower.endswith(OTHER_TEXTS):
            others.append(LeftOut(path=path, reason="format"))
        elif lower.endswith(MARKDOWN + HTML):
            if _aside(path[len(folder) :]):
                others.append(LeftOut(path=path, reason="not-an-article"))
            else:
                articles.append(path)
    for reason, left in (("copy", copies(articles)), ("double", doubles(articles, tree))):
        if left:
            others += (LeftOut(path=path, reason=reason) for path in left)
            articles = [path for path in articles if path not in left]
    return articles, others


def folder_of(config: Config) -> str:
    """Return the folder of articles with a trailing ``/``, empty for the site's own."""
    folder = config.items.path.rstrip("/")
    return "" if folder in ("", ".") else folder.removeprefix("./") + "/"


def _aside(path: str) -> bool:
    """Say whether a path below the folder of articles is none: ``_index.md``, ``.trash/old.md``."""
    slashed = f"/{path}"
    if not any(sign in slashed for sign in ("/_", "/.", f"/{_OPEN_IN_OFFICE}", "node_modules")):
        return False
    *folders, name = path.split("/")
    return (
        name[0] in "_."
        or name[:2] == _OPEN_IN_OFFICE
        or any(each[:1] == "." or each in _NOT_FOLDERS for each in folders)
    )
