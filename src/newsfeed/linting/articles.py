"""What editors look at before they publish: titles, summaries, dates, across all articles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Item

SUMMARY_LIMIT = 300
CAPITALS_FROM = 12


def lint_items(items: Iterable[Item]) -> list[Diagnostic]:
    """Return what is odd in the metadata of ``items``, the visible ones."""
    problems: list[Diagnostic] = []
    titles: dict[str, Item] = {}
    minutes: dict[datetime, Item] = {}
    for item in sorted(items, key=lambda item: (item.published, item.path)):
        problems += _alone(item)
        first = titles.setdefault(f"{item.language} {item.title.casefold()}", item)
        if first is not item:
            problems.append(
                diagnostic(
                    "title-twice", item.path, item.line("title"), title=item.title, other=first.path
                )
            )
        minute = item.published.replace(second=0, microsecond=0)
        if (minute.hour, minute.minute) != (0, 0):
            first = minutes.setdefault(minute, item)
            if first is not item:
                problems.append(
                    diagnostic("minute-twice", item.path, item.line("published"), other=first.path)
                )
    return problems


def _alone(item: Item) -> Iterable[Diagnostic]:
    letters = [char for char in item.title if char.isalpha()]
    if len(letters) >= CAPITALS_FROM and " " in item.title and all(map(str.isupper, letters)):
        yield diagnostic("title-capitals", item.path, item.line("title"), title=item.title)
    if item.summary and len(item.summary) > SUMMARY_LIMIT:
        yield diagnostic(
            "summary-long",
            item.path,
            item.line("summary"),
            length=len(item.summary),
            limit=SUMMARY_LIMIT,
        )
