"""What editors look at before they publish: titles, summaries, dates, across all articles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Item
from newsfeed.site.entry import TEMPLATE

SUMMARY_LIMIT = 300
CAPITALS_FROM = 12


def lint_items(items: Iterable[Item]) -> list[Diagnostic]:
    """Return what is odd in the metadata of ``items``, the visible ones."""
    problems: list[Diagnostic] = []
    titles: dict[tuple[str, str], list[Item]] = {}
    minutes: dict[datetime, list[Item]] = {}
    for item in items:
        summary = item.summary or ""
        odd = "{" in item.title or "{" in summary
        if odd or item.title.isupper() or len(summary) > SUMMARY_LIMIT:
            problems += _alone(item)
        titles.setdefault((item.language, item.title.casefold()), []).append(item)
        when = item.published
        if when.hour or when.minute:
            minutes.setdefault(when.replace(second=0, microsecond=0), []).append(item)
    for first, item in _repeated(titles.values()):
        line = item.line("title")
        problems.append(
            diagnostic("title-twice", item.path, line, title=item.title, other=first.path)
        )
    for first, item in _repeated(minutes.values()):
        line = item.line("published")
        problems.append(diagnostic("minute-twice", item.path, line, other=first.path))
    return problems


def _repeated(groups: Iterable[list[Item]]) -> Iterable[tuple[Item, Item]]:
    """Yield the first item of each group with each of its others."""
    for group in groups:
        if len(group) > 1:
            first, *others = sorted(group, key=lambda item: (item.published, item.path))
            for item in others:
                yield first, item


def _alone(item: Item) -> Iterable[Diagnostic]:
    letters = [char for char in item.title if char.isalpha()]
    if len(letters) >= CAPITALS_FROM and " " in item.title and all(map(str.isupper, letters)):
        yield diagnostic("title-capitals", item.path, item.line("title"), title=item.title)
    for field, text in (("title", item.title), ("summary", item.summary or "")):
        if "{" in text and (found := TEMPLATE.search(text)):
            yield diagnostic(
                "foreign-removed", item.path, item.line(field), what=found[0], tool="Liquid, Jinja"
            )
    if item.summary and len(item.summary) > SUMMARY_LIMIT:
        yield diagnostic(
            "summary-long",
            item.path,
            item.line("summary"),
            length=len(item.summary),
            limit=SUMMARY_LIMIT,
        )
