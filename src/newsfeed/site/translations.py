"""Articles that are translations of each other count once, where one version stands for all."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from typing import TypeVar

from newsfeed.model import Head, Item
from newsfeed.text.languages import primary
from newsfeed.text.regex import regex

Article = TypeVar("Article", Head, Item)
_NAMED = regex(r"[._]([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)$")


def one_of_each(articles: Iterable[Article], language: str) -> tuple[Article, ...]:
    """Return ``articles`` without those that are a translation of another one.

    Of several versions the one in ``language`` stays, otherwise the one with the lowest id. Articles
    in one language are none of each other, though they share a key.
    """
    articles = tuple(articles)
    if not any(article.translation for article in articles):
        return articles
    keys = keys_of(articles)
    kept: dict[str, Article] = {}
    for article in articles:
        if key := keys[article.path]:
            best = kept.get(key)
            if best is None or _rank(article, language) < _rank(best, language):
                kept[key] = article
    return tuple(
        article
        for article in articles
        if not keys[article.path]
        or kept[keys[article.path]].language.lower() == article.language.lower()
    )


def keys_of(articles: Sequence[Article]) -> dict[str, str]:
    """Return by path the key that an article shares with its translations, empty for none.

    ``post.md`` beside ``post.fr.md`` is one of them, though its name bears no language, as in Hugo.
    """
    by_file: dict[str, str] = {}
    for article in articles:
        if article.translation:
            stem = posixpath.splitext(article.path)[0]
            if named := _NAMED.search(stem):
                by_file[stem[: named.start()]] = article.translation
    return {
        article.path: article.translation or by_file.get(posixpath.splitext(article.path)[0], "")
        for article in articles
    }


def _rank(article: Article, language: str) -> tuple[bool, bool, str, str]:
    """Return what the version that stands for all has the least of: an exact language comes first."""
    other = primary(article.language) != primary(language)
    return other, article.language.lower() != language.lower(), article.id, article.path
