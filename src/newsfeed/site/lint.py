"""What editors look at before they publish: titles, summaries, dates, across all articles."""

from __future__ import annotations

from collections.abc import Iterable

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Item
from newsfeed.site.entry import TEMPLATE
from newsfeed.site.items import ItemList

SUMMARY_LIMIT = 300
CAPITALS_FROM = 12


def lint_items(items: ItemList) -> list[Diagnostic]:
    """Return what is odd in the metadata of ``items``, the visible ones."""
    problems: list[Diagnostic] = []
    titles: dict[tuple[str, str], list[int]] = {}
    minutes: dict[str, list[int]] = {}
    for number, head in enumerate(items.heads):
        if head.remarkable:
            problems += _alone(items[number])
        titles.setdefault((head.language, head.title.casefold()), []).append(number)
        if head.minute:
            minutes.setdefault(head.minute, []).append(number)
    for first, item in _repeated(items, titles.values()):
        line = item.line("title")
        problems.append(
            diagnostic("title-twice", item.path, line, title=item.title, other=first.path)
        )
    for first, item in _repeated(items, minutes.values()):
        line = item.line("published")
        problems.append(diagnostic("minute-twice", item.path, line, other=first.path))
    return problems


def is_remarkable(item: Item) -> bool:
    """Say whether the title or summary of ``item``, seen alone, may be worth a remark."""
    summary = item.summary or ""
    return (
        "{" in item.title or "{" in summary or item.title.isupper() or len(summary) > SUMMARY_LIMIT
    )


def _repeated(items: ItemList, groups: Iterable[list[int]]) -> Iterable[tuple[Item, Item]]:
    """Yield the first item of each group with each of its others."""
    for group in groups:
        if len(group) > 1:
            members = [items[number] for number in group]
            first, *others = sorted(members, key=lambda item: (item.published, item.path))
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
