"""What reading gives."""

from __future__ import annotations

from dataclasses import dataclass

from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A file that gives no item, and why.

    ``reason`` is ``not-an-article``, ``format`` (a text that is neither Markdown nor HTML),
    ``empty``, ``huge``, ``unreadable``, ``front-matter``, ``no-date`` or ``draft`` (without a date).
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What one file gives: an item, or the reason why it gives none, and its problems.

    ``origins`` are (field, where its value comes from): a key, or ``file name``, ``first heading``.
    """

    item: Item | None
    problems: tuple[Diagnostic, ...] = ()
    left_out: LeftOut | None = None
    origins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The items of a site by path, what is wrong with its articles, and the files left out."""

    items: tuple[Item, ...]
    problems: tuple[Diagnostic, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
