"""What no sequence of events may break: every article is in one letter, and no letter is empty."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from draws import times
from newsfeed import config as configuration
from newsfeed.model import Entry, Event, Item
from newsfeed.newsletter import issues
from newsfeed.newsletter.issues import (
    Catalogue,
    Issue,
    IssueContext,
    Plan,
    Record,
    ResolvedIssue,
    Selection,
    next_issue,
    records,
)
from newsfeed.newsletter.issues.file_reader import parse
from newsfeed.newsletter.issues.file_writer import row
from newsfeed.site import plan as planning

CONFIG = configuration.parse(
    '[site]\ntitle = "Le réseau"\nurl = "https://www.example.org/"\nlanguage = "fr"\n'
    'timezone = "Europe/Paris"\n[newsletter]\nlimit = 4\n'
)
ZONE = CONFIG.zone
WORDS = {
    "letter_lead": "À la une",
    "letter_briefs": "En bref",
    "letter_agenda": "Agenda",
    "letter_left_out": "Écartés",
    "letter_again": "rappel",
    "letter_note_editorial": "L’éditorial.",
    "letter_note_items": "Les articles.",
    "letter_note_left_out": "Les écartés.",
}
NEWEST = Selection()
CATEGORIES = ("Prévention", "Recherche", "Agenda", "")
EMPTY = Catalogue((), visible=(), root="items")


@lru_cache(maxsize=4096)
def read(key: str, text: str) -> Issue:
    return parse(key, f"issues/{key}.md", text.encode(), CONFIG, EMPTY, lambda _: WORDS)


@dataclass
class Site:
    """A site in memory: its articles by id, its issue files, its records, the clock."""

    chance: random.Random
    now: datetime = datetime(2026, 1, 5, 9, tzinfo=ZONE)
    items: dict[str, Item] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    left_out: str = ""
    records: dict[str, Record] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)
    made: int = 0

    def visible(self) -> tuple[Item, ...]:
        """What `selecting.plan` shows; its groups would take most of the time of this test."""
        shown = (i for i in self.items.values() if not i.draft and i.published <= self.now)
        return planning.newest_first(shown)

    def shelf(self) -> tuple[ResolvedIssue, ...]:
        catalogue = Catalogue(self.items.values(), visible=self.visible(), root="items")
        parsed = [read(key, text) for key, text in self.texts.items()]
        return issues.settle(
            parsed, self.records, IssueContext(catalogue=catalogue, now=self.now, zone=ZONE)
        )

    def carried(self) -> frozenset[str]:
        ids = [each.carried for each in self.shelf()]
        if self.left_out:
            ids.append(issues.named(read(issues.LEFT_OUT, self.left_out), EMPTY))
        return frozenset().union(*ids)

    # What happens to a site.

    def publish(self) -> None:
        for _ in range(self.chance.randrange(4)):
            self.made += 1
            days = self.chance.choice((0, 0, 0, -1, -30, -400, 3, 12))
            when = self.now + timedelta(days=days, minutes=-self.chance.randrange(600))
            starts = when + timedelta(days=self.chance.randrange(1, 60))
            key = f"tag:example.org,2026:{self.made}"
            category = self.chance.choice(CATEGORIES)
            self.items[key] = Item(
                id=key,
                path=f"items/{self.made}.md",
                slug=str(self.made),
                title=f"Article {self.made}",
                published=when,
                url=f"https://www.example.org/{self.made}.html",
                page=f"{self.made}.html",
                language="fr",
                draft=self.chance.random() < 0.1,
                categories=(category,) if category else (),
                weight=self.chance.choice((None, None, None, 1, 5)),
                event=Event(start=starts) if self.chance.random() < 0.2 else None,
            )

    def edit(self) -> None:
        """An article is corrected, renamed, moved, dated otherwise, or leaves its draft."""
        if not self.items:
            return
        key = self.chance.choice(list(self.items))
        item, number = self.items[key], self.chance.randrange(1000)
        change = self.chance.choice(
            (
                {"title": f"Autre titre [{number}] *"},
                {"path": f"items/{number} ({self.made})/index.md", "slug": f"s{number}"},
                {"draft": False},
                {"updated": self.now},
                {"published": item.published + timedelta(days=self.chance.choice((-90, -1, 2)))},
            )
        )
        self.items[key] = replace(item, **change)

    def wait(self) -> None:
        self.now += timedelta(days=self.chance.choice((0, 1, 7, 7, 31)), hours=1)

    def compose(self, selection: Selection = NEWEST, *, sections: bool = False) -> bool:
        first = not self.texts and not self.left_out
        proposal = next_issue.propose(
            self.visible(),
            self.carried(),
            selection,
            most=CONFIG.newsletter.limit if first else None,
            language="fr",
            ahead=lambda item: issues.is_ahead(item, self.now, ZONE),
        )
        if not proposal.items:
            return False
        key = next_issue.next_key(self.shelf(), self.texts, self.now)
        assert key not in self.texts
        day = self.now.replace(hour=0, minute=0)
        plan = Plan(date=day, zone=ZONE, words=WORDS, sections=sections)
        self.texts[key] = issues.write(
            issues.arrange(proposal.items, plan),
            issues.FrontMatter(
                told=(issues.Told(subject="Objet", preheader=""),), day=day.date(), number=None
            ),
            words=WORDS,
            again=proposal.again,
        )
        if proposal.left_out:
            self.left_out = issues.write_left_out(proposal.left_out, title="Écartés", words=WORDS)
            self.chosen |= {item.id for item in proposal.left_out}
        return True

    def compose_some(self) -> None:
        selection = self.chance.choice(
            (
                NEWEST,
                Selection(last=1 + self.chance.randrange(3)),
                Selection(categories=(self.chance.choice(CATEGORIES[:3]),)),
                Selection(since=self.now - timedelta(days=10)),
                Selection(until=self.now - timedelta(days=2)),
            )
        )
        self.compose(selection, sections=self.chance.random() < 0.5)

    def hand(self) -> None:
        """A person works on the newest issue while its day is not over."""
        shelf = self.shelf()
        if not shelf or shelf[-1].over:
            return
        key = shelf[-1].issue.key
        rows = self.texts[key].split("\n")
        lines = [at for at, text in enumerate(rows) if text.startswith("- [")]
        match self.chance.randrange(6):
            case 0 if len(lines) > 1:
                del rows[self.chance.choice(lines)]
            case 1 if len(lines) > 1:
                a, b = self.chance.sample(lines, 2)
                rows[a], rows[b] = rows[b], rows[a]
            case 2 if len(lines) > 1:
                text = rows.pop(self.chance.choice(lines))
                rows += ["## Écartés", "", text]
            case 3 if self.items:
                item = self.chance.choice(list(self.items.values()))
                rows.append(
                    f"- [{item.slug}](../{item.path})" if " " not in item.path else row(item)
                )
                self.chosen.add(item.id)
            case 4:
                rows.insert(6, "Chères lectrices, chers lecteurs,")
            case _:
                rows = [text.replace("- [", "* [") for text in rows]
        self.texts[key] = "\n".join(rows)

    def build(self) -> None:
        """Every letter is rendered: open ones are recorded, past ones as their record has them."""
        for each in self.shelf():
            if each.record is not None and each.over:
                continue
            entries = tuple(
                Entry(item=item, title=item.title, content="<p>…</p>", summary="")
                for part in each.parts
                for item in part.items
            )
            record = Record(entries=entries, editorial_of=each.issue.editorial)
            kept = records.load(records.dump(record))
            assert records.dump(kept) == records.dump(record)
            self.records[each.issue.key] = kept

    def shown(self) -> dict[str, list[str]]:
        """Return by article the issues that show it."""
        found: dict[str, list[str]] = {}
        for each in self.shelf():
            for part in each.parts:
                for item in part.items:
                    found.setdefault(item.id, []).append(each.issue.key)
        return found


EVENTS = (
    Site.publish, Site.publish, Site.edit, Site.edit, Site.wait, Site.wait, Site.compose,
    Site.compose_some, Site.hand, Site.hand, Site.build,
)  # fmt: skip


def history(seed: int, length: int) -> None:
    site = Site(chance=random.Random(seed))
    sent: dict[str, list[str]] = {}
    site.publish()
    for _ in range(length):
        site.chance.choice(EVENTS)(site)
        for each in site.shelf():
            key = each.issue.key
            if each.over and key in site.records:
                ids = [entry.id for entry in site.records[key].entries]
                assert sent.setdefault(key, ids) == ids, "a letter that was sent stays as it is"
            shown = [item.id for part in each.parts for item in part.items]
            assert len(set(shown)) == len(shown)
    # Time passes, all that was scheduled appears, and the team writes its next letters.
    site.build()
    site.now += timedelta(days=100)
    for _ in range(3):
        site.build()
        new = {item.id for item in site.visible()} - site.carried()
        assert site.compose() is bool(new), "no letter without an article, no article without one"
        site.build()
        site.now += timedelta(days=2)
        site.build()
    assert not site.compose()
    shown = site.shown()
    for each in site.shelf():
        for section in each.issue.sections:
            if section.style == "out":
                site.chosen |= {line.id for line in section.lines}
    for item in site.visible():
        if item.id not in site.chosen:
            assert len(shown.get(item.id, ())) == 1, (item.path, shown.get(item.id))
    for each in site.shelf():
        codes = {problem.code for problem in each.problems}
        assert "issue-text" not in codes


def test_every_article_is_in_exactly_one_letter_unless_a_person_chose_otherwise() -> None:
    """Random histories: back-dated items, edits, renames, empty weeks, hands in the files."""
    for seed in range(times(800, 20_000)):
        history(seed, 4 + seed % 14)


@pytest.mark.slow
@given(st.integers(min_value=10_000), st.integers(min_value=1, max_value=60))
@settings(max_examples=times(25, 100))
def test_long_histories_too(seed: int, length: int) -> None:
    """Years of letters change nothing in it."""
    history(seed, length)
