"""What reading gives."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Item
from newsfeed.text.values import frozen


class LeftOut(NamedTuple):
    """A file that gives no item, and why.

    ``reason`` is ``not-an-article``, ``format`` (a text that is neither Markdown nor HTML),
    ``empty``, ``huge``, ``unreadable``, ``front-matter``, ``no-date`` or ``draft`` (without a date).
    """

    path: str
    reason: str


@frozen
class Article:
    """What one file gives: an item, or the reason why it gives none, and its problems.

    ``origins`` are (field, where its value comes from): a key, or ``file name``, ``first heading``.
    """

    item: Item | None
    problems: tuple[Diagnostic, ...] = ()
    left_out: LeftOut | None = None
    origins: tuple[tuple[str, str], ...] = ()


class Ordinary(NamedTuple):
    """What one of the commonest articles gives: an item whose other fields have their defaults.

    ``authors`` are names, ``source`` is the text of a link without an address, ``summary`` is empty
    for none. ``numbers`` are the lines of the ``fields`` that its front matter has.
    """

    title: str
    slug: str
    published: datetime
    url: str
    page: str
    language: str
    updated: datetime | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    summary: str
    source: str | None
    body_at: int
    body_line: int
    sketch: tuple[int, ...]
    fields: tuple[str, ...]
    numbers: tuple[int, ...]


class Reading(NamedTuple):
    """The items of a site by path, what is wrong with its articles, and the files left out."""

    items: tuple[Item, ...]
    problems: tuple[Diagnostic, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
