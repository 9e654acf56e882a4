"""What is read off the rows of a steady site is what settling and planning its items gives."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.build import steady
from newsfeed.build.rows import BETWEEN, row_of
from newsfeed.build.steady import Marker, Steady
from newsfeed.config import Config, parse
from newsfeed.content.reading import read_article
from newsfeed.identity import settle as identity
from newsfeed.model import Item
from newsfeed.site import plan as planning
from newsfeed.site.lint import SUMMARY_LIMIT, lint_items

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SETTINGS = """[site]
title = "T"
url = "https://www.example.org/"
timezone = "Europe/Paris"
[pages]
enabled = {pages}
item = "{item}"
"""
CONFIGS = [
    parse(SETTINGS.format(pages=pages, item=item))
    for pages, item in (
        ("true", "items/{year}/{month}/{slug}.html"),
        ("false", "items/{year}/{month}/{slug}.html"),
        ("true", "{slug}/index.html"),
    )
]
Articles = dict[str, str]


def article(title: str = "Un titre", date: str = "2026-05-01", more: str = "", body: str = "Texte.") -> str:  # fmt: skip
    return f'---\ntitle: "{title}"\ndate: {date}\n{more}---\n{body}\n'


def read(articles: Articles, config: Config) -> tuple[list[Item], list[tuple[str, str, str]]]:
    """Return the items of ``articles``, and the rows that the cache has of them."""
    marker, items, rows = Marker(config), [], []
    for path in sorted(articles):
        found = read_article(path, articles[path].encode(), config)
        row = row_of(found)
        assert row is not None
        marks = ""
        if found.item is not None:
            items.append(found.item)
            marks = marker.marks(found.item.title, found.item.slug, found.item.published)
        rows.append((path, marks, row[0]))
    return items, rows


def settled_both(articles: Articles, lock: str | None, config: Config) -> tuple[Steady | None, str]:
    """Settle ``articles`` in both ways, assert that they agree, and return the lock that is due."""
    items, rows = read(articles, config)
    found = steady.settle(rows, lock, config, NOW, long_summary=SUMMARY_LIMIT)
    known = identity.parse(lock) if lock is not None else None
    left_out = frozenset(articles) - {item.path for item in items}
    settled = identity.settle(items, known, config, NOW, left_out=left_out)
    due = lock if lock is not None and settled.lock == known else identity.dump(settled.lock)
    if found is not None:
        plan = planning.plan(settled.items, NOW)
        own = [BETWEEN.join((i.path, i.id, i.url, i.page)) for i in settled.items]
        assert found.lines == own
        for numbers, expected in (
            (found.shown, plan.items),
            (found.drafts, plan.drafts),
            (found.scheduled, plan.scheduled),
        ):
            assert [own[number] for number in numbers] == [
                BETWEEN.join((i.path, i.id, i.url, i.page)) for i in expected
            ]
        assert found.lock == due
        groups = [(each.kind, each.label, each.slug, each.spellings) for each in plan.groups]
        assert found.groups == groups
        assert not (plan.expired or settled.redirects or settled.problems)
        assert found.removed == settled.removed
        assert (found.next_change, found.next_removal) == (plan.next_change, settled.next_change)
        odd = [settled.items[number] for number in found.odd]
        shown = {item.path for item in plan.items}
        assert sorted(lint_items(plan.items), key=repr) == sorted(
            lint_items(item for item in odd if item.path in shown), key=repr
        )
        titles = BETWEEN.join(item.title for item in settled.items)
        assert found.titles == f"{BETWEEN}{titles}{BETWEEN}"
    return found, due


DATES = (
    "2026-05-01", "2026-05-01T08:30:00+02:00", "2026-05-01T06:30:00Z", "2026-05-01 08:30",
    "2026-07-01", "2026-07-02T10:00:00.5Z", "1901-01-01", "2026-04-30T23:30:00-05:00",
)  # fmt: skip
MORE = (
    "", "", "", "draft: true\n", "slug: pareil\n", "expires: 2026-05-20\n", "id: à moi\n",
    "aliases: [/ancien/]\n", "url: https://ailleurs.example/a\n", "summary: Court.\n", "author: A\n", "author: b\n", "category: Thème\n", "category: thème\n",
    f"summary: {'Long. ' * 60}\n", "tags: [a, b]\n", "lang: en\n",
)  # fmt: skip
LONG = [f"Paragraphe {number}." for number in range(9)]
BODIES = (
    "Texte.",
    "Un autre texte.\n\nEn deux parties.",
    "",
    "\n\n".join(LONG),
    "\n\n".join([*LONG, "Un de plus."]),
    "\n\n".join(["Un autre début.", *LONG[1:]]),
    "\n\n".join(LONG[4:]),
)
texts = st.builds(
    article,
    st.sampled_from(("Un titre", "un titre", "Autre", "TROIS GRANDS MOTS ICI", "À {{ b }}", "%")),
    st.sampled_from(DATES),
    st.sampled_from(MORE),
    st.sampled_from(BODIES),
)
paths = st.sampled_from([f"items/{name}.md" for name in ("a", "b", "c d", "é", "2026-05-03-f")])
histories = st.lists(st.dictionaries(paths, texts, max_size=4), min_size=1, max_size=4)


@given(histories, st.sampled_from(CONFIGS))
@settings(max_examples=400)
def test_a_steady_site_is_settled_as_any_other(history: list[Articles], config: Config) -> None:
    """Whatever its articles and its lock are: they agree, or there is more to look at."""
    lock: str | None = None
    for articles in history:
        _, lock = settled_both(articles, lock, config)
        settled_both(articles, lock, config)


PLAIN = {
    "items/a.md": article("Article a"),
    "items/b.md": article("Article b", "2026-05-02T08:30:00+02:00"),
    "items/c.md": article("Article c", "2026-07-02"),
    "items/d.md": article("Article d", "2026-05-03", "draft: true\n"),
    "items/e.md": "---\ntitle: Sans date\n---\nTexte\n",
}


@pytest.mark.parametrize("config", CONFIGS)
def test_the_commonest_sites_are_steady(config: Config) -> None:
    """One that is new, one that nobody touched, one with a new article; not one that lost one."""
    found, lock = settled_both(PLAIN, None, config)
    assert found is not None and not found.odd
    assert found.next_change is not None
    found, again = settled_both(PLAIN, lock, config)
    assert found is not None
    assert again == lock
    found, grown = settled_both(
        {**PLAIN, "items/f.md": article("Article f", "2026-05-04")}, lock, config
    )
    assert found is not None
    assert grown.count("\n") == lock.count("\n") + 1
    found, shrunk = settled_both(PLAIN, grown, config)
    assert found is None
    published = {path: text for path, text in PLAIN.items() if "draft" not in text}
    found, again = settled_both(published, shrunk, config)
    assert found is not None and len(found.removed) == 1
    assert again == shrunk
    assert settled_both({**PLAIN, "items/g.md": article("Article g")}, shrunk, config)[0] is None
    long = {**PLAIN, "items/f.md": article("Article f", body="\n\n".join(LONG))}
    _, lock = settled_both(long, None, config)
    long["items/f.md"] = article("Article f", body="\n\n".join([*LONG, "Un de plus."]))
    found, again = settled_both(long, lock, config)
    assert found is not None
    assert again == lock


@pytest.mark.parametrize(
    "lock",
    ["", "# newsfeed.lock 1\n", "# newsfeed.lock 9: x\n", "a b c\n", "\ufeff"],
)
def test_an_unusual_lock_is_looked_at(lock: str) -> None:
    _, rows = read(PLAIN, CONFIGS[0])
    assert steady.settle(rows, lock, CONFIGS[0], NOW, long_summary=SUMMARY_LIMIT) is None
