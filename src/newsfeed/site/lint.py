"""What editors look at before they publish: titles, summaries, dates, across all articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Item
from newsfeed.site.items import ItemList
from newsfeed.text.template_tags import first_tag

SUMMARY_LIMIT = 300
CAPITALS_FROM = 12
_CLOCKS = timedelta(minutes=10)
"""How far clocks of authors may be ahead."""


def lint_items(items: ItemList, now: datetime) -> list[Diagnostic]:
    """Return what is odd at ``now`` in the metadata of ``items``, the visible ones."""
    problems = list(_updated_in_future(items, now))
    for number, head in enumerate(items.heads):
        if head.remarkable:
            problems += remarks(items[number])
    alike = [head.alike for head in items.heads]
    for first, item in _repeated(items, alike, lambda item: (item.language, item.title.casefold())):
        line = item.line("title")
        problems.append(
            diagnostic("title-twice", item.path, line, title=item.title, other=first.path)
        )
    minutes = [head.minute for head in items.heads]
    for first, item in _repeated(
        items, minutes, lambda item: item.published.replace(second=0, microsecond=0)
    ):
        line = item.line("published")
        problems.append(diagnostic("minute-twice", item.path, line, other=first.path))
    return problems


def _updated_in_future(items: ItemList, now: datetime) -> Iterator[Diagnostic]:
    yesterday = (now.astimezone(UTC) - timedelta(days=1)).date().isoformat()
    for number, head in enumerate(items.heads):
        # As text first, since most articles changed long ago; a zone may be a day behind.
        if head.modified[:10] < yesterday or head.published > now:
            continue
        if datetime.fromisoformat(head.modified) > now + _CLOCKS:
            item = items[number]
            value = head.modified[:10]
            yield diagnostic("updated-future", item.path, item.line("updated"), value=value)


def is_remarkable(item: Item) -> bool:
    """Say whether the title or summary of ``item``, seen alone, may be worth a remark."""
    summary = item.summary or ""
    return (
        "{" in item.title or "{" in summary or item.title.isupper() or len(summary) > SUMMARY_LIMIT
    )


def _repeated(
    items: ItemList, hints: Sequence[str], key: Callable[[Item], object]
) -> Iterator[tuple[Item, Item]]:
    """Yield the first item of those with the same ``key`` with each of the others.

    Items have another key where their ``hints`` differ, or are empty.
    """
    if len(set(hints)) == len(hints):
        return
    counts = Counter(hints)
    groups: dict[object, list[Item]] = {}
    for number, hint in enumerate(hints):
        if hint and counts[hint] > 1:
            groups.setdefault(key(items[number]), []).append(items[number])
    for group in groups.values():
        first, *others = sorted(group, key=lambda item: (item.published, item.path))
        for item in others:
            yield first, item


def remarks(item: Item) -> Iterable[Diagnostic]:
    """Yield what is odd in the title and summary of ``item``, whatever others say."""
    letters = [char for char in item.title if char.isalpha()]
    if len(letters) >= CAPITALS_FROM and " " in item.title and all(map(str.isupper, letters)):
        yield diagnostic("title-capitals", item.path, item.line("title"), title=item.title)
    for field, text in (("title", item.title), ("summary", item.summary or "")):
        if found := first_tag(text):
            yield diagnostic(
                "foreign-removed", item.path, item.line(field), what=found, tool="Liquid, Jinja"
            )
    if item.summary and len(item.summary) > SUMMARY_LIMIT:
        yield diagnostic(
            "summary-long",
            item.path,
            item.line("summary"),
            length=len(item.summary),
            limit=SUMMARY_LIMIT,
        )
