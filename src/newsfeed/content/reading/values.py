"""What reading gives."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Item


class LeftOut(NamedTuple):
    """A file that gives no item, and why.

    ``reason`` is ``not-an-article``, ``format`` (a text that is neither Markdown nor HTML),
    ``empty``, ``huge``, ``unreadable``, ``front-matter``, ``conflict`` (a merge's marks), ``copy``,
    ``double``, ``moved``, ``no-date`` or ``draft`` (without a date).
    """

    path: str
    reason: str


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gives: an item, or the reason why it gives none, and its problems.

    ``origins`` are (field, where its value comes from): a key, or ``file name``, ``first heading``.
    """

    item: Item | None
    problems: tuple[Diagnostic, ...] = ()
    left_out: LeftOut | None = None
    origins: tuple[tuple[str, str], ...] = ()


class Reading(NamedTuple):
    """The items of a site by path, what is wrong with its articles, and the files left out."""

    items: tuple[Item, ...]
    problems: tuple[Diagnostic, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
