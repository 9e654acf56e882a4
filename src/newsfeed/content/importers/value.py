"""What an export holds."""

from __future__ import annotations

import msgspec


class NotAnExportError(ValueError):
    """A file that is no export that is known here."""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article of an export: the ``path`` of its file below the folder of articles, its ``text``.

    ``left_out`` are the parts of its body that could not be said in HTML. ``held_back`` is why it is
    a draft: ``draft``, ``members`` or ``email``; empty for a public one.
    """

    path: str
    text: str
    held_back: str = ""
    left_out: tuple[str, ...] = ()


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """The articles of an export, and how many pages (not articles) it holds."""

    articles: tuple[Article, ...]
    pages: int = 0
