"""Issue files: what many hands write is read, and what is wrong with it is said at its place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace

from newsfeed import config as configuration
from newsfeed.content.charset import legal
from newsfeed.diagnostics import Diagnostic
from newsfeed.diagnostics.rules import RULES
from newsfeed.model import Enclosure, Entry, Event, Image, Item, Link
from newsfeed.newsletter import issues
from newsfeed.newsletter.issues import (
    Catalogue,
    Issue,
    IssueContext,
    Part,
    Plan,
    Record,
    ResolvedIssue,
    Selection,
    records,
)
from newsfeed.newsletter.issues.issue import natural
from newsfeed.newsletter.issues.lines import bullet, reference
from newsfeed.newsletter.issues.next_issue import Proposal
from newsfeed.theme.environment import Theme

CONFIG = configuration.parse(
    '[site]\ntitle = "Le réseau"\nurl = "https://www.example.org/"\nlanguage = "fr"\n'
    'timezone = "Europe/Paris"\n'
)
ZONE = CONFIG.zone
WORDS = Theme(CONFIG).words("fr")
NOW = datetime(2026, 11, 23, 12, tzinfo=ZONE)


def item(name: str, days: float = 1, **fields: Any) -> Item:
    """An article called ``name`` that appeared some days ago."""
    given = {
        "id": f"tag:example.org,2026:{name}",
        "path": f"items/{name}.md",
        "slug": name,
        "title": name.capitalize(),
        "published": NOW - timedelta(days=days),
        "url": f"https://www.example.org/items/2026/11/{name}.html",
        "page": f"items/2026/11/{name}.html",
        "language": "fr",
    }
    return Item(**(given | fields))


A, B, C = item("alpha"), item("beta", 2), item("gamma", 3)
DRAFT = item("draft", draft=True)
LATER = item("later", -3)
BRIEF = item("brief", -3, expires=NOW + timedelta(days=9))
GONE = item("gone", 40, expires=NOW - timedelta(days=10))
MEETING = item("meeting", event=Event(start=NOW + timedelta(days=9)))
TWIN, OTHER_TWIN = (
    item("twin", path="items/2025/twin.md", id="tag:x,2026:t1"),
    item("twin", path="items/2026/twin.md", id="tag:x,2026:t2", title="The other twin"),
)
ALL = (A, B, C, DRAFT, LATER, BRIEF, GONE, MEETING, TWIN, OTHER_TWIN)
SHOWN = tuple(each for each in ALL if each not in (DRAFT, LATER, BRIEF, GONE))


def catalogue(items: Sequence[Item] = ALL, shown: Sequence[Item] = SHOWN) -> Catalogue:
    return Catalogue(items, visible=shown, root="items")


def parsed(text: str, key: str = "2026-11") -> Issue:
    return issues.parse(
        key, f"issues/{key}.md", text.encode(), CONFIG, catalogue(), lambda _: WORDS
    )


def settled(
    *texts: str, records: dict[str, Record] | None = None, now: datetime = NOW
) -> ResolvedIssue:
    """The last of some issues, the earlier ones dated before it."""
    read = [
        parsed(text if "date:" in text else f"---\ndate: 2026-11-{20 + at}\n---\n{text}", f"n{at}")
        for at, text in enumerate(texts, 4 - len(texts))
    ]
    desk = IssueContext(catalogue=catalogue(), now=now, zone=ZONE)
    return issues.settle(read, records or {}, desk)[-1]


def names(numbered: ResolvedIssue) -> list[str]:
    return [each.slug for part in numbered.parts for each in part.items]


def found(problems: Sequence[Diagnostic]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in problems]


# One line.

LINES = {
    '- [Alpha](../items/alpha.md "tag:example.org,2026:alpha")': A,
    "- [Alpha](../items/alpha.md)": A,
    "* [Alpha](../items/alpha.md 'tag:example.org,2026:alpha')": A,
    "+ [Alpha](items/alpha.md)": A,
    "1. [Alpha](../items/alpha.md)": A,
    "12) [Alpha](../items/alpha.md)": A,
    "• [Alpha](../items/alpha.md)": A,
    "– [Alpha](../items/alpha.md)": A,
    "-[Alpha](../items/alpha.md)": A,
    "  - [ ] [Alpha](../items/alpha.md)": A,
    "- 📌 [Alpha](../items/alpha.md)": A,
    "1. ➡️ **[Alpha](../items/alpha.md)**": A,
    "* 🧑‍⚕️[Alpha](../items/alpha.md)": A,
    "- [x] [Alpha](../items/alpha.md)": A,
    "- **[Alpha](../items/alpha.md)**": A,
    "- [Alpha](</items/alpha.md>)": A,
    "- [Un titre [crochets] \\] ici](../items/alpha.md)": A,
    "- [Autre](ailleurs.md “tag:example.org,2026:alpha”)": A,
    "- [Autre](ailleurs.md « tag:example.org,2026:alpha »)": A,
    '- [Autre](../items/ancien.md "tag:example.org,2026:alpha")': A,
    "- items/alpha.md": A,
    "- ../items/alpha.md": A,
    "- `items/alpha.md`": A,
    "- <../items/alpha.md>": A,
    "- alpha.md": A,
    "- [[alpha]]": A,
    "- [[alpha|Un titre]]": A,
    "- tag:example.org,2026:alpha": A,
    "- https://www.example.org/items/2026/11/alpha.html": A,
    "- http://www.example.org/items/2026/11/alpha.html": A,
    "- <https://www.example.org/items/2026/11/alpha>": A,
    "- [Alpha](https://www.example.org/items/2026/11/alpha.html)": A,
    "- [Un titre](../items/alpha.html)": None,
    "- [Un titre](../items/2024/alpha.md)": None,
    "- [Alpha](../items/2024/alpha.md)": A,
    "- ALPHA": A,
    "- [Alpha](../items/alpha)": A,
    "[Alpha](../items/alpha.md)": A,
    "items/alpha.md": A,
    "- [The other twin](twin)": OTHER_TWIN,
    "- [[twin|The other twin]]": OTHER_TWIN,
    "- [The other twin\\!](twin)": OTHER_TWIN,
    '- [Alpha](../items/alpha.md "un ) titre")': A,
    "- [Alpha](../items/alpha.md\t'un ) titre')": A,
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_names_its_article_however_it_is_written(line: str) -> None:
    """Other bullets, bare paths, addresses, quotes of word processors: the article is found."""
    wanted = LINES[line]
    numbered = settled(f"## Section\n\n- items/beta.md\n{line}\n")
    assert names(numbered) == ["beta", *([wanted.slug] if wanted else [])]
    if wanted:
        assert numbered.parts[0].items[-1] is wanted


def test_a_path_is_one_from_the_letter_s_folder_the_site_s_or_the_articles() -> None:
    """With its ending or without; the last part of one that leads nowhere names no other article."""
    page, post, folder = (
        item("page", path="items/2026/page.html"),
        item("post", path="items/2026/post/index.md"),
        item("folder", path="items/folder/index.html", language="en"),
    )
    shelf = catalogue((page, post, folder, TWIN, OTHER_TWIN), ())
    for written, found in {
        "../items/2026/page.html": (page,), "../items/2026/page": (page,), "items/2026/page": (page,),
        "/items/2026/page": (page,), "/2026/page": (page,), "2026/page.html#x": (page,), "items/2026/p%61ge": (page,),
        "../items/2026/post": (post,), "items/2026/post/index.md": (post,), "2026/post/": (post,),
        "folder": (folder,), "../items/folder": (folder,), " items/folder/index.html ": (folder,),
        "https://www.example.org/items/2026/11/post.html": (post,), post.id: (post,),
        "items/2025/page": (), "issues/page": (), "https://autre.example/page": (), "page": (page,),
        "twin": (TWIN, OTHER_TWIN), "items/2025/twin": (TWIN,), "rien": (),
    }.items():  # fmt: skip
        assert shelf.find(written) == found, written
    assert shelf.by_id(folder.id) is folder
    assert shelf.titled("  PAGE !") == (page,)
    assert shelf.titled("…") == ()
    assert (shelf.spoken(folder, "en-GB"), shelf.spoken(folder, "fr")) == (folder, None)


@pytest.mark.parametrize("mark", ["(rappel)", "(again)", " (Rappel).", "(encore)", "(تذكير)"])
def test_a_mark_says_that_an_article_comes_again_on_purpose(mark: str) -> None:
    """A second letter with the same article is a warning, unless the line says that it is meant."""
    for line in ("- [Alpha](../items/alpha.md)", "- Alpha", "- [[alpha]]", "- items/alpha.md"):
        assert "issue-item-sent" in [p.code for p in settled(line, line).problems]
        numbered = settled(line, f"{line} {mark}")
        assert "issue-item-sent" not in [p.code for p in numbered.problems]
        assert names(numbered) == ["alpha"]


def test_what_follows_a_line_is_said_of_its_article() -> None:
    """Words after the link, or indented below it, stand in the place of the summary."""
    text = (
        "- [Alpha](../items/alpha.md) — Dernières places !\n"
        "- [Beta](../items/beta.md)\n  Ne manquez pas\n  ce rendez-vous.\n\n"
        "- items/gamma.md\n"
    )
    notes = dict(settled(text).parts[0].notes)
    assert notes == {A.id: "Dernières places !", B.id: "Ne manquez pas ce rendez-vous."}
    assert not [p for p in settled(text).problems if p.code == "issue-text"]


def test_a_line_struck_out_or_commented_out_is_as_if_deleted() -> None:
    """Neither shows the article, neither carries it; neither is read as a text of the letter."""
    lines = ["- ~~[Alpha](../items/alpha.md)~~", "- items/beta.md", "<!-- - items/gamma.md -->"]
    for rows in (lines, lines[::-1], [lines[1], lines[0]]):
        numbered = settled("\n".join(rows))
        assert names(numbered) == ["beta"]
        assert numbered.carried == {B.id}
        assert numbered.issue.editorial == ""
        assert [p.code for p in numbered.problems] == ["issue-item-no-id"]


# The file.


def test_fields_and_their_french_names() -> None:
    """A subject with a colon, a date in words, French keys: read as they are meant."""
    issue = parsed(
        "---\nobjet: Dépistage : les dates\naccroche: Et trois autres\ndate: 1er décembre 2026\n"
        "numéro: 12\nmise en page: Bulletin\nlangue: fr\n---\n- items/alpha.md\n"
    )
    assert (issue.subject, issue.preheader) == ("Dépistage : les dates", "Et trois autres")
    assert issue.date == datetime(2026, 12, 1, tzinfo=ZONE)
    bare = parsed("- items/alpha.md\n")
    assert (bare.subject, bare.number, bare.layout, bare.date, bare.draft) == ("", None, None, None, False)  # fmt: skip
    assert (issue.number, issue.layout, issue.language) == ("12", "bulletin", "fr")


ALIASES = {
    "subject objet Sujet title titre": ("subject", "Un"),
    "preheader accroche summary Description": ("preheader", "Un"),
    "number numéro NO": ("number", "Un"),
    "lang language langue languages langues": ("language", "en"),
    "layout mise_en_page mise-en-page": ("layout", "essay"),
    "draft brouillon": ("draft", True),
    "date": ("date", datetime(2026, 1, 2, tzinfo=ZONE)),
}


def test_a_field_is_read_by_each_of_its_names() -> None:
    """In any case, with or without accents; the first that is written counts."""
    for names, (field, value) in ALIASES.items():
        written = {True: "true", "essay": "Essay"}.get(value, value)  # type: ignore[call-overload]
        written = written if isinstance(written, str) else "2026-01-02"
        for name in names.split():
            issue = parsed(f"---\n{name}: {written}\n---\n- items/alpha.md\n")
            assert getattr(issue, field) == value, name
            assert issue.problems == (), name
    both = parsed("---\nobjet: Un\nsubject: Deux\nnuméro: 3\n---\n- items/alpha.md\n")
    assert (both.subject, both.number) == ("Un", "3")
    (problem,) = parsed("---\nsubjec: Un\n---\n- items/alpha.md\n").problems
    assert dict(problem.values) == {"key": "subjec", "known": "subject"}
    (problem,) = parsed("---\nzzz: Un\n---\n- items/alpha.md\n").problems
    assert (
        dict(problem.values)["known"] == "subject, preheader, date, number, layout, language, draft"
    )


def test_the_editorial_ends_where_the_articles_begin() -> None:
    """Lists, links, headings and rules may stand in it; the heading above the articles does not."""
    issue = parsed(
        "---\nsubject: S\n---\nBonjour,\n\n## Le mot\n\n- un point\n- un [lien](https://x.example/)\n"
        "- *mois-sans-tabac*\n\nVoir [alpha](../items/alpha.md).\n\n---\n\n## Dossier\n\n"
        "- [Alpha](../items/alpha.md)\n"
    )
    assert issue.editorial.startswith("Bonjour,")
    assert issue.editorial.rstrip().endswith("Voir [alpha](../items/alpha.md).")
    assert issue.editorial_line == 4
    assert [section.title for section in issue.sections] == ["Dossier"]
    assert issue.problems == ()


@pytest.mark.parametrize("heading", ["## Dossier", "**Dossier**", "Dossier\n-------"])
def test_a_line_right_below_a_heading_counts(heading: str) -> None:
    """An empty line between them is a matter of taste."""
    issue = parsed(f"{heading}\n- items/alpha.md\n- items/beta.md\n")
    (section,) = issue.sections
    assert (section.title, len(section.lines), issue.problems) == ("Dossier", 2, ())


def test_notes_alone_are_no_editorial() -> None:
    """What compose writes to show the way is not sent to anyone."""
    assert (
        parsed("---\nsubject: S\n---\n\n<!-- Écrivez ici. -->\n\n- items/alpha.md\n").editorial
        == ""
    )


HEADINGS = {
    "## En bref": ("En bref", "headline"),
    "# Brèves": ("Brèves", "headline"),
    "##En bref ##": ("En bref", "headline"),
    "**En bref**": ("En bref", "headline"),
    "**Agenda :**": ("Agenda", "agenda"),
    "Agenda\n------": ("Agenda", "agenda"),
    "Agenda\n======": ("Agenda", "agenda"),
    "## 📅 Agenda": ("📅 Agenda", "agenda"),
    "## EVENTS": ("EVENTS", "agenda"),
    "## المواعيد": ("المواعيد", "agenda"),
    "## À la une": ("À la une", "lead"),
    "## Écartés": ("Écartés", "out"),
    "## Dossier (texte intégral)": ("Dossier", "full"),
    "## Dossier (titres)": ("Dossier", "headline"),
    "## Dossier (2026)": ("Dossier (2026)", "excerpt"),
    "## Prévention": ("Prévention", "excerpt"),
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_says_how_its_articles_are_shown(heading: str) -> None:
    """By a known word in French, English or Arabic, or by an addition in parentheses."""
    issue = parsed(f"{heading}\n\n- items/alpha.md\n")
    assert [(section.title, section.style) for section in issue.sections] == [HEADINGS[heading]]


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_what_compose_writes_as_a_heading_is_understood(language: str) -> None:
    """The interface words of every shipped language mean what they say."""
    words = Theme(CONFIG).words(language)
    for key, style in (("letter_briefs", "headline"), ("letter_agenda", "agenda"),
                       ("letter_left_out", "out"), ("letter_lead", "lead")):  # fmt: skip
        issue = parsed(f"## {words[key]}\n\n- items/alpha.md\n")
        assert issue.sections[0].style == style, (language, key)


@pytest.mark.parametrize(
    ("written", "out"),
    [
        ("À toutes et tous.", True),
        ("", False),
        ("- items/alpha.md", True),
        ("- items/none.md", False),
    ],
)
def test_a_letter_of_words_alone_is_out_and_an_empty_one_is_not(written: str, out: bool) -> None:
    """What a page is to show: articles, or what the editors say; a file that names neither waits."""
    numbered = settled(f"---\nsubject: S\ndate: 2026-11-02\n---\n{written}\n")
    assert numbered.is_out(NOW) == out


def test_articles_set_aside_are_neither_shown_nor_proposed_again() -> None:
    """Below "Écartés" a line stays as the record of a choice."""
    numbered = settled("- items/alpha.md\n\n## Écartés\n\n- items/beta.md\n")
    assert names(numbered) == ["alpha"]
    assert numbered.carried == {A.id, B.id}


TOGETHER = """---
subject: {français: Un, en: One, de: Eins}
preheader: Pour tous
date: 2026-11-23
number: 7
layout: bulletin
draft: true
languages: [fr, en, EN, ar, klingon ou presque]
---
À toutes et tous.

## English

Dear all.

## ar

<!-- rien -->

## À la une

- items/alpha.md

## En bref

- items/beta.md

## Dossier / Focus / ملف

- items/gamma.md

## Deux / parts

- items/meeting.md
"""


def test_one_file_is_a_letter_in_each_of_its_languages() -> None:
    """Each has its own words where there are any, and what is wrong is said once."""
    path, words = "issues/2026-11.md", Theme(CONFIG).words
    file = issues.parse(
        "2026-11", path, TOGETHER.encode(), CONFIG, catalogue(), lambda each: words(each or "fr")
    )
    told = [
        (each.key, each.language, each.subject, each.preheader, each.editorial.strip(), each.editorial_line)
        for each in issues.letters(file, "fr")
    ]  # fmt: skip
    assert told == [
        ("2026-11", "fr", "Un", "Pour tous", "À toutes et tous.", 10),
        ("2026-11.en", "en", "One", "", "Dear all.", 13),
        ("2026-11.ar", "ar", "", "", "", 1),
    ]
    titles = [[section.title for section in each.sections] for each in issues.letters(file, "fr")]
    assert titles == [
        ["À la une", "En bref", "Dossier", "Deux / parts"],
        ["In the spotlight", "In brief", "Focus", "Deux / parts"],
        ["في الواجهة", "باختصار", "ملف", "Deux / parts"],
    ]
    for each in issues.letters(file, "fr"):
        assert [section.style for section in each.sections] == ["lead", "headline", "excerpt", "excerpt"]  # fmt: skip
        assert (each.number, each.layout, each.draft, each.shared) == ("7", "bulletin", True, True)
        assert each.date == datetime(2026, 11, 23, tzinfo=ZONE)
    problems = [each.problems for each in issues.letters(file, "fr")]
    assert [(p.code, p.line, dict(p.values)["value"]) for p in problems[0]] == [
        ("issue-language", 8, "klingon ou presque"),
        ("issue-text-language", 2, "de"),
    ]
    assert problems[1:] == [(), ()]
    assert [each.key for each in issues.letters(file, "en")] == ["2026-11.fr", "2026-11", "2026-11.ar"]  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "heading"),
    [
        (("Agenda", "Events"), "Agenda / Events"),
        (("Agenda", "Agenda"), "Agenda"),
        (("Agenda / fêtes", "Events"), "Agenda / fêtes"),
        (("Agenda", "Events / feasts"), "Agenda"),
        (("Agenda", ""), "Agenda"),
    ],
)
def test_a_heading_has_a_part_for_each_language_where_it_can(
    titles: tuple[str, ...], heading: str
) -> None:
    """Otherwise the first language's is that of all."""
    assert issues.heading_of(titles) == heading


TOLD = """---
date: 2026-11-23
languages: [fr, en]
subject: {fr: Un, en: One}
---
Bonjour.

## fr

- items/f.md
- items/alpha.md
"""
FRENCH = item("f", translation="k")


def english(more: str = "", left_out: frozenset[str] = frozenset(), **fields: Any) -> ResolvedIssue:
    """The English letter of a French file, whose article has a version; ``more`` is an earlier letter."""
    version = item("e", language="en", translation="k", **fields)
    items = (FRENCH, version, A)
    shelf = catalogue(items, [each for each in items if not each.draft])
    texts = {"2026-11": TOLD, **({"2026-10": more} if more else {})}
    read = [
        each
        for key, text in texts.items()
        for each in issues.letters(
            issues.parse(key, f"issues/{key}.md", text.encode(), CONFIG, shelf, lambda _: WORDS),
            "fr",
        )
    ]
    desk = IssueContext(catalogue=shelf, now=NOW, zone=ZONE, language="fr", left_out=left_out)
    return next(e for e in issues.settle(read, {}, desk) if e.issue.key == "2026-11.en")


def test_a_letter_in_another_language_shows_the_version_of_each_article() -> None:
    """Unless its readers have it already, or nobody has it yet; its own words are missed."""
    told = english()
    version = item("e").id
    assert (names(told), told.versions, told.carried) == (["e"], {FRENCH.id: version}, {version})
    said = {each.code: dict(each.values) for each in told.problems}
    assert said.keys() == {"issue-item-untranslated", "issue-editorial-missing"}
    assert said["issue-item-untranslated"] == {"title": "Alpha", "language": "en", "file": "items/alpha.md"}  # fmt: skip
    assert said["issue-editorial-missing"] == {"language": "en"}
    earlier = "---\ndate: 2026-10-01\nlanguage: en\n---\n- items/e.md\n"
    assert names(english(earlier, published=NOW - timedelta(days=70))) == []
    assert names(english(left_out=frozenset((version,)))) == []
    hidden = english(draft=True)
    assert (names(hidden), [each.code for each in hidden.problems]) == ([], ["issue-item-untranslated"] * 2)  # fmt: skip


def test_an_article_in_another_language_is_offered_in_the_letter_s() -> None:
    """A letter in one language names the version that there is in it, if the site shows that."""
    version = item("e", language="en", translation="k")
    for shown, said in (((FRENCH, version), 1), ((FRENCH,), 0)):
        shelf = catalogue((FRENCH, version), shown)
        text = "---\ndate: 2026-11-23\nlanguage: en\n---\n- items/f.md\n"
        read = issues.parse("k", "issues/k.md", text.encode(), CONFIG, shelf, lambda _: WORDS)
        desk = IssueContext(catalogue=shelf, now=NOW, zone=ZONE, language="fr")
        (numbered,) = issues.settle([read], {}, desk)
        found = [
            dict(each.values) for each in numbered.problems if each.code == "issue-item-language"
        ]
        assert found == [{"title": "F", "spoken": "fr", "language": "en", "near": "items/e.md"}] * said  # fmt: skip


def test_what_a_file_names_is_known_without_a_look_at_what_it_may_show() -> None:
    text = (
        '- [x](../items/alpha.md "tag:none,2026:x")\n- items/draft.md\n- twin\n- tag:gone,2026:y\n'
    )
    assert issues.named(parsed(text), catalogue()) == {
        A.id, "tag:none,2026:x", DRAFT.id, "tag:gone,2026:y",
    }  # fmt: skip


KNOWN = {
    "lead": "À la une, La une, In the spotlight, Lead, Cover story, في الواجهة",
    "headline": "En bref, Brèves, Les brèves, In brief, Briefs, Headlines, News in brief, باختصار, "
    "Dossier (titres), Dossier (titres seuls), Dossier (headlines), Dossier (عناوين)",
    "agenda": "Agenda, L’agenda, Calendrier, À vos agendas, Rendez-vous, Les rendez-vous, Événements, Calendar, "
    "Events, Upcoming, Upcoming events, Dates, المواعيد, Dossier (agenda)",
    "out": "Écartés, Écarté, Non retenus, Left out, Not in this letter, مستبعدة",
    "full": "Dossier (texte intégral), Dossier (en entier), Dossier (full text), Dossier (full), Dossier (النص الكامل)",
    "excerpt": "Dossier (extraits), Dossier (résumés), Dossier (excerpts), Dossier (summaries), Dossier (مقتطفات)",
}  # fmt: skip


@pytest.mark.parametrize("style", KNOWN)
def test_known_words_are_known_however_they_are_written(style: str) -> None:
    """What stands in parentheses is not printed; a word of a heading is."""
    for heading in KNOWN[style].split(", "):
        for written in (heading, f" {heading.upper()} "):
            (section,) = parsed(f"## {written}\n\n- items/alpha.md\n").sections
            title = "DOSSIER" if written != heading else "Dossier"
            printed = title if "(" in heading else written.strip()
            assert (section.style, section.title) == (style, printed), heading


def test_each_reader_is_told_what_is_missing_in_their_language_alone() -> None:
    """An article without a version is named, unless it was set aside for everybody."""
    file = parsed(
        "---\ndate: 2026-11-23\nlanguages: [fr, en]\nsubject: {fr: Un, en: One}\n---\n"
        "- items/alpha.md\n\n## Écartés / Left out\n\n- items/beta.md\n- items/zz9.md\n"
    )
    desk = IssueContext(catalogue=catalogue(), now=NOW, zone=ZONE)
    french, english = issues.settle(issues.letters(file, "fr"), {}, desk)
    assert (names(french), names(english)) == (["alpha"], [])
    told = [(p.code, p.line) for p in english.problems if p.code.startswith("issue-item-")]
    assert told == [("issue-item-untranslated", 6), ("issue-item-missing", 11)]


def test_the_first_article_of_a_magazine_is_its_lead() -> None:
    """Without a heading for it; below "À la une" the others are excerpts; a bulletin has no lead."""
    plain = settled("- items/alpha.md\n- items/beta.md\n").parts
    assert [(p.style, len(p.items)) for p in issues.with_lead(plain, "magazine")] == [
        ("lead", 1), ("excerpt", 1),
    ]  # fmt: skip
    assert [p.style for p in issues.with_lead(plain, "bulletin")] == ["excerpt"]
    titled = settled("## À la une\n\n- items/alpha.md\n- items/beta.md\n").parts
    shown = [(p.title, p.style) for p in issues.with_lead(titled, "bulletin")]
    assert shown == [("À la une", "lead"), ("", "excerpt")]
    alone = settled("## À la une\n\n- items/alpha.md\n").parts
    assert [(p.title, len(p.items)) for p in issues.with_lead(alone, "magazine")] == [("À la une", 1)]  # fmt: skip
    briefs = settled("## En bref\n\n- items/alpha.md\n").parts
    assert [p.style for p in issues.with_lead(briefs, "magazine")] == ["headline"]


# What is wrong.

WRONG = {
    "issue-field": ("---\nsubjet: S\n---\n- items/alpha.md", 2, 1),
    "issue-layout": ("---\nlayout: gazette\n---\n- items/alpha.md", 2, 9),
    "issue-language": ("---\nlanguage: klingon ou presque\n---\n- items/alpha.md", 2, 11),
    "letter-header": ('---\nsubject: "Un\\r\\nBcc: x@y.example"\n---\n- items/alpha.md', 2, 10),
    "date-unreadable": ("---\ndate: à la rentrée\n---\n- items/alpha.md", 2, 7),
    "yaml-colon": ("---\nsubject: Un : deux\n---\n- items/alpha.md", 2, 13),
    "issue-comment": ("- items/alpha.md\n\n<!-- oubli\n", 3, 1),
    "issue-text": ("- items/alpha.md\n\nBonne lecture !\n", 3, 1),
    "issue-empty": ("---\nsubject: S\n---\n\n<!-- rien -->\n", 1, 1),
    "issue-item-missing": ("- items/alpha.md\n  - [Rien](../items/zz9.md)\n", 2, 5),
    "issue-item-misspelt": ("- items/alpha.md\n- [x](../items/bata.md)\n", 2, 3),
    "issue-item-ambiguous": ("- items/alpha.md\n* twin\n", 2, 3),
    "issue-item-two": ('- [x](../items/beta.md "tag:example.org,2026:alpha")\n', 1, 3),
    "issue-item-no-id": ("- [Alpha](../items/alpha.md)\n", 1, 3),
    "issue-item-draft": ("- items/alpha.md\n- items/draft.md\n", 2, 3),
    "issue-item-scheduled": ("- items/alpha.md\n- items/later.md\n", 2, 3),
    "issue-item-expired": ("- items/alpha.md\n- items/gone.md\n", 2, 3),
    "issue-item-twice": ("- items/alpha.md\n\n## En bref\n\n- [[alpha]]\n", 5, 3),
    "issue-agenda": ("## Agenda\n\n- items/alpha.md\n", 3, 3),
    "article-encoding": ("- items/alpha.md\n\n## \udce9v\n", 1, 1),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_is_wrong_is_said_at_its_line_and_column(code: str) -> None:
    """Each mistake has a code, a place, and a cure in two languages."""
    text, line, column = WRONG[code]
    data = text.encode("utf-8", "surrogateescape")
    issue = issues.parse("2026-11", "issues/2026-11.md", data, CONFIG, catalogue(), lambda _: WORDS)
    desk = IssueContext(catalogue=catalogue(), now=NOW, zone=ZONE)
    (numbered,) = issues.settle([issue], {}, desk)
    places = {(p.line, p.column) for p in numbered.problems if p.code == code}
    if code == "article-encoding":
        assert places
    else:
        assert places == {(line, column)}
    for problem in numbered.problems:
        for language in ("fr", "en"):
            message, cure = problem.words(language)
            assert message and cure and "{" not in message + cure


TWO = '- [x](../items/beta.md "tag:example.org,2026:alpha")\n'
# What a problem names beside its place: what is meant, since when, or where it stands already.
MEANT: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
    ("issue-item-misspelt", ("- [x](../items/bata.md)\n",), {"name": "../items/bata.md", "near": "items/beta.md"}),
    ("issue-item-misspelt", ("- [Gama](zz/9.md)\n",), {"name": "zz/9.md", "near": "items/gamma.md"}),
    ("issue-item-missing", ("- [Rien](../items/zz9.md)\n",), {"name": "../items/zz9.md"}),
    ("issue-item-ambiguous", ("- twin\n",), {"name": "twin", "paths": "items/2025/twin.md, items/2026/twin.md"}),
    ("issue-item-two", (TWO,), {"file": "items/beta.md", "other": "items/alpha.md", "chosen": "items/alpha.md"}),
    ("issue-item-two", (TWO.replace("[x]", "[Beta]"),), {"chosen": "items/beta.md"}),
    ("issue-item-draft", ("- items/draft.md\n",), {"title": "Draft", "file": "items/draft.md"}),
    ("issue-item-scheduled", ("- items/later.md\n",), {"title": "Later", "day": "2026-11-26"}),
    ("issue-item-scheduled", ("- items/brief.md\n",), {"title": "Brief", "day": "2026-11-26"}),
    ("issue-item-expired", ("- items/gone.md\n",), {"title": "Gone", "day": "2026-11-13"}),
    ("issue-item-twice", ("- items/alpha.md\n\n- [[alpha]]\n",), {"title": "Alpha", "row": "4"}),
    ("issue-item-sent", ("- items/alpha.md\n", "- items/beta.md\n", "- items/alpha.md\n"), {"title": "Alpha", "key": "n1"}),
    ("issue-agenda", ("## Agenda\n\n- items/alpha.md\n",), {"title": "Alpha", "file": "items/alpha.md"}),
    ("issue-layout", ("---\ndate: 2026-11-24\nlayout: Gazette\n---\n- items/alpha.md",), {"value": "Gazette"}),
    ("issue-text", ("- items/alpha.md\n\nBonne lecture !\n",), {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "texts", "values"), MEANT)
def test_what_is_wrong_names_what_is_meant(
    code: str, texts: tuple[str, ...], values: dict[str, str]
) -> None:
    said = [dict(each.values) for each in settled(*texts).problems if each.code == code]
    assert len(said) == 1
    assert values.items() <= said[0].items()


def test_who_is_in_a_letter_at_the_edge_of_its_day() -> None:
    """An article of that very instant is; one that expires at that very instant is not."""
    later = NOW + timedelta(days=3)
    known = Catalogue((), visible=(), root="items")
    for fields, date, state in (
        ({"published": NOW}, NOW, "visible"),
        ({"published": NOW + timedelta(seconds=1)}, NOW, "scheduled"),
        ({"published": NOW + timedelta(seconds=1)}, NOW - timedelta(days=2), "scheduled"),
        ({"published": later + timedelta(days=1)}, later, "visible"),
        ({"published": later + timedelta(days=1, seconds=1)}, later, "scheduled"),
        ({"expires": NOW}, NOW, "expired"),
        ({"expires": NOW + timedelta(seconds=1)}, NOW, "visible"),
        ({"expires": NOW}, NOW - timedelta(seconds=1), "visible"),
        ({"draft": True, "published": later}, NOW, "draft"),
    ):
        assert known.state(item("x", **fields), date, NOW) == state, (fields, date)
    assert Catalogue((), visible=(DRAFT,), root="items").state(DRAFT, NOW, NOW) == "visible"


def test_every_rule_about_issues_has_a_case() -> None:
    """None of them is only promised."""
    family = {code for code in RULES if code.startswith("issue-")}
    elsewhere = {
        "issue-key",
        "issue-item-sent",
        "issue-item-late",
        "issue-item-language",
        "issue-item-untranslated",
        "issue-editorial-missing",
        "issue-text-language",
        "issue-record",
    }
    assert family == {code for code in WRONG if code.startswith("issue-")} | elsewhere


@pytest.mark.parametrize("key", ["novembre 2026", "latest", "index", "a/b", "", ".x", "é!"])
def test_a_name_that_is_no_address_is_refused(key: str) -> None:
    """The file's name is the letter's folder on the web."""
    assert not issues.is_key(key)
    if "/" not in key:
        problems = parsed("- items/alpha.md", key).problems
        assert ("issue-key", 1, 1) in found(problems)
        better = {"novembre 2026": "novembre-2026", ".x": "x", "é!": "e", "": "n-00000000"}.get(
            key, "2026-11"
        )
        (said,) = [dict(each.values) for each in problems if each.code == "issue-key"]
        assert said == {"key": key, "better": better}


@pytest.mark.parametrize("key", ["2026-11", "2026-11-23", "42", "n°12".replace("°", "-"), "été"])
def test_a_key_is_free(key: str) -> None:
    """A month, a day, a number, a word."""
    assert issues.is_key(key)


def test_an_id_is_added_to_a_line_that_has_none() -> None:
    """`check --fix` writes it, and the line then needs nothing more."""
    text = "---\ndate: 2026-11-23\n---\n<!-- é --> - x\n- [Alpha](../items/alpha.md)\n"
    (problem,) = (p for p in settled(text).problems if p.code == "issue-item-no-id")
    (edit,) = problem.fix
    mended = text[: edit.start] + edit.text + text[edit.end :]
    assert f'- [Alpha](../items/alpha.md "{A.id}")\n' in mended
    assert "issue-item-no-id" not in [p.code for p in settled(mended).problems]


def test_a_draft_gets_no_id() -> None:
    """The id of a draft may still change with its date."""
    assert "issue-item-no-id" not in [p.code for p in settled("- [D](../items/draft.md)").problems]


def test_a_copied_line_shows_what_its_words_say() -> None:
    """Of an id and a path that disagree, the one whose title is written wins."""
    text = f'- [Beta](../items/beta.md "{A.id}")\n'
    assert names(settled(text)) == ["beta"]
    assert names(settled(text.replace("Beta", "Autre"))) == ["alpha"]


def test_a_letter_of_a_day_to_come_shows_what_will_have_appeared() -> None:
    """One prepares on Monday the letter of Friday."""
    text = "---\ndate: 2026-11-26\n---\n- items/later.md\n- items/draft.md\n"
    assert names(settled(text)) == ["later"]


def test_a_past_letter_shows_what_had_not_expired() -> None:
    """An article that expired later was in it."""
    assert names(settled("---\ndate: 2026-10-20\n---\n- items/gone.md\n")) == ["gone"]


def test_issues_are_ordered_by_date_then_as_people_count() -> None:
    """The earlier of two letters carries an article, whatever its file is called."""
    read = [parsed("---\ndate: 2026-11-20\n---\n- items/alpha.md", key) for key in ("n10", "n9")]
    read.append(parsed("---\ndate: 2026-11-01\n---\n- items/beta.md", "z"))
    desk = IssueContext(catalogue=catalogue(), now=NOW, zone=ZONE)
    order = issues.settle(read, {}, desk)
    assert [each.issue.key for each in order] == ["z", "n9", "n10"]
    assert [p.code for p in order[-1].problems if p.code.endswith("sent")] == ["issue-item-sent"]
    assert natural("2026-9") < natural("2026-10")


def test_a_letter_without_a_date_bears_that_of_its_newest_article() -> None:
    """Never the clock's; what is to come dates it where nothing else does."""
    desk = IssueContext(catalogue=catalogue(), now=NOW, zone=ZONE)
    for rows, when in (
        ("- items/beta.md\n- items/alpha.md", A.published),
        ("- items/beta.md\n- items/later.md\n- items/draft.md", B.published),
        ("- items/later.md\n- items/brief.md", LATER.published),
    ):
        assert issues.settle([parsed(rows)], {}, desk)[0].date == when


def test_near_names_are_looked_for_a_few_times() -> None:
    """Each time all articles are looked at: a letter of old names is not the place for it."""
    rows = "".join(f"- [x](../items/bata.md?{n})\n" for n in range(7))
    codes = [each.code for each in settled(f"- items/alpha.md\n{rows}").problems][1:]
    assert codes == ["issue-item-misspelt"] * 5 + ["issue-item-missing"] * 2


# The record.


def entry(of: Item, **fields: Any) -> Entry:
    given = {"item": of, "title": of.title, "content": "<p>é</p>\n<p>2</p>",
             "opening": lambda: "<p>é</p>", "summary": "Résumé"}  # fmt: skip
    return Entry(**(given | fields))


FULL = entry(
    replace(
        MEETING,
        updated=NOW,
        categories=("Agenda", "Vie"),
        summary="Écrit",
        event=Event(start=NOW, end=NOW + timedelta(hours=2), place="Arles", all_day=True),
    ),
    image=Image(
        src="https://x.example/a.png",
        alt="",
        width=3,
        height=2,
        length=9,
        credit="C",
        focus=(40, 30),
    ),
    links=(Link(text="Lire", url="https://x.example/"),),
    source=Link(text="INCa", url=""),
    enclosures=(
        Enclosure(
            url="https://x.example/a.mp3", type="audio/mpeg", length=0, title="Écouter", duration=61
        ),
        Enclosure(url="https://x.example/b.pdf"),
    ),
)


def test_a_record_reads_back_what_it_wrote() -> None:
    """Everything that a letter shows of its articles, and nothing else."""
    record = Record(
        entries=(entry(A), FULL), editorial="<p>a</p>\n", editorial_of="a\n",
        files=("items/b.png", "items/a.png"), closed=True, versions={"tag:b": "tag:2", "tag:a": "tag:1"},
    )  # fmt: skip
    assert list(json.loads(records.dump(Record(entries=())))) == [
        "format", "closed", "editorial", "editorial_of", "files", "items",
    ]  # fmt: skip
    text = records.dump(record)
    kept = records.load(text)
    assert records.dump(kept) == text
    assert list(map(told, kept.entries)) == list(map(told, record.entries))
    for name in ("editorial", "editorial_of", "closed", "versions"):
        assert getattr(kept, name) == getattr(record, name)
    assert kept.files == ("items/a.png", "items/b.png")
    assert list(kept.versions) == ["tag:a", "tag:b"]
    # Nothing of a site's own business, and nothing that is empty: others read it in a diff.
    assert set(json.loads(text)["items"][0]) == {
        "id", "title", "item_title", "path", "slug", "url", "page", "language", "published", "summary",
        "content", "excerpt",
    }  # fmt: skip


def told(entry: Entry) -> tuple[Entry, str]:
    """Return what an entry shows; its functions are others each time."""
    return replace(entry, opening=str, count=int), entry.excerpt


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"format": 2}', "<<<<<<< HEAD\n{}", '{"format": 1, "items": [{}]}',
     '{"format": 1, "items": 3, "editorial": [], "editorial_of": [], "files": [], "closed": 0}',
     '{"format": 1, "items": [{"id": "a"}], "editorial": [], "editorial_of": [], "files": [], '
     '"closed": false}'],
)  # fmt: skip
def test_a_damaged_record_is_named(text: str) -> None:
    """A merge gone wrong is a diagnostic, not a traceback."""
    with pytest.raises(issues.RecordProblem):
        records.load(text)


DAMAGED: list[tuple[str, object, str]] = [
    ("content", ["<p>a</p>", "<script>x()</script>"], "content: "),
    ("excerpt", ["<p onclick='x'>a</p>"], "excerpt: "),
    ("content", "<p>a</p>", "a text is no list of lines"),
    ("content", ["a\u0000b"], "a line holds characters that are none"),
    ("title", "", "title is missing"), ("title", 3, "title is no text"), ("slug", None, "slug is missing"),
    ("url", "javascript:x", "url: javascript:x"), ("url", "https://[", "url: https://["),
    ("url", "\\\\host\\x", "url: "), ("url", "https://x.example\\y", "url: "), ("published", "2026-11-02", "bears no time zone"),
    ("updated", "0800-11-02T10:00:00+01:00", "cannot be right"), ("published", "bientôt", "bientôt"),
    ("image", {"src": "mailto:a@b.example"}, "src: mailto:"), ("image", {"src": "https://x.example/", "width": -1}, "width is no number"),
    ("image", {"src": "https://x.example/", "height": 1 << 53}, "height is no number"),
    ("image", {"src": "https://x.example/", "length": "3"}, "length is no number"),
    ("image", {"src": "https://x.example/", "focus": [40, 101]}, "focus: "),
    ("image", {"src": "https://x.example/", "focus": [40]}, "focus: "),
    ("image", {"src": "https://x.example/", "focus": [40, 1.5]}, "focus: "),
    ("links", [{"url": "data:text/html,x"}], "url: data:"), ("source", {"url": "vbscript:x"}, "url: vbscript:"),
    ("enclosures", [{"url": ""}], "url is missing"), ("enclosures", [{"url": "https://x.example/", "duration": True}], "duration is no number"),
    ("event", {"start": "2026-12-01T10:00"}, "bears no time zone"), ("categories", [3], "categories is no text"),
]  # fmt: skip


def test_a_record_that_somebody_edited_shows_nothing_that_runs() -> None:
    """What cannot be right is named with the line of its article; the rest of it is not guessed."""
    text = records.dump(Record(entries=(entry(A), entry(B))))
    line = text.split("\n").index(f'   "id": "{B.id}",') + 1
    for field, value, reason in DAMAGED:
        table = json.loads(text)
        table["items"][1][field] = value
        written = json.dumps(table, ensure_ascii=False, indent=1)
        with pytest.raises(issues.RecordProblem) as raised:
            records.load(written)
        assert reason in str(raised.value), field
        assert raised.value.line == line, field
    for field, value, reason in (
        ("format", 2, "format 2"),
        ("editorial", ["<script>"], "editorial: "),
        ("editorial_of", "x", "a text is no list of lines"),
        ("files", [3], "files is no text"),
        ("versions", {"a": 3}, "versions is no text"),
    ):
        with pytest.raises(issues.RecordProblem) as raised:
            records.load(json.dumps({**json.loads(text), field: value}, indent=1))
        assert reason in str(raised.value)
        assert raised.value.line == (2 if field == "format" else 1)
    with pytest.raises(issues.RecordProblem) as raised:
        records.load(text.replace('"closed"', "<<<<<<<"))
    assert raised.value.line == 3


def test_a_past_letter_shows_its_record() -> None:
    """Renamed, changed, deleted: the letter keeps the articles; what came later is not added."""
    old = {"n3": Record(entries=(entry(replace(A, path="items/old.md")), entry(item("lost"))))}
    text = (
        "---\ndate: 2026-11-01\n---\n- items/old.md\n"
        '- [Perdu](../items/lost.md "tag:example.org,2026:lost")\n- items/beta.md\n'
    )
    numbered = settled(text, records=old)
    assert numbered.over
    assert names(numbered) == ["alpha", "lost"]
    assert found(numbered.problems) == [("issue-item-late", 6, 3)]
    assert numbered.carried == {A.id, "tag:example.org,2026:lost"}


def test_an_open_letter_follows_its_articles() -> None:
    """Until its day is over; a person may close it before."""
    old = {"n3": Record(entries=(entry(A),))}
    text = "---\ndate: 2026-11-23\n---\n- items/alpha.md\n- items/beta.md\n"
    assert names(settled(text, records=old)) == ["alpha", "beta"]
    closed = {"n3": structs.replace(old["n3"], closed=True)}
    assert names(settled(text, records=closed)) == ["alpha"]
    assert names(settled(text, records=old, now=NOW + timedelta(days=1))) == ["alpha"]


def test_a_past_letter_finds_its_articles_by_their_names_too() -> None:
    """A line without a path is that of the record; one that leads nowhere is missing, and not late."""
    old = {"n3": Record(entries=(entry(A),))}
    lines = "- [[alpha]]\n- [Rien](../items/zz9.md)\n\n## Écartés\n\n- items/later.md\n- items/draft.md\n"
    numbered = settled(f"---\ndate: 2026-11-01\n---\n{lines}", records=old)
    assert names(numbered) == ["alpha"]
    said = [(each.code, each.line) for each in numbered.problems if each.code != "issue-item-no-id"]
    assert said == [("issue-item-missing", 5)]
    assert numbered.carried == {A.id, LATER.id, DRAFT.id}


def test_a_line_without_an_id_survives_a_rename_through_the_record() -> None:
    """The record knows which article lay at the path."""
    old = {"n3": Record(entries=(entry(replace(A, path="items/before.md")),))}
    numbered = settled("---\ndate: 2026-11-23\n---\n- items/before.md\n", records=old)
    assert names(numbered) == ["alpha"]
    assert numbered.carried == {A.id}


# Which items, in which order.


def test_weight_orders_and_never_chooses() -> None:
    """The lowest weight first, then the newest; the newest are chosen whatever they weigh."""
    heavy, light, old = item("h", 1, weight=9), item("l", 2, weight=-1), item("o", 9, weight=-5)
    items = [old, heavy, light, B, A]
    chosen = issues.choose(items, Selection(), 4)
    assert [each.slug for each in chosen] == ["l", "h", "alpha", "beta"]


def test_a_selection_takes_what_was_asked() -> None:
    """Days are included; a span or a number lifts the limit; several names mean any of them."""
    tagged = [
        item(f"i{n}", n, categories=(("Vie", "Soins")[n % 2],), tags=("t",)) for n in range(9)
    ]
    day = NOW - timedelta(days=3)
    assert len(issues.choose(tagged, Selection(since=day), 2)) == 4
    assert len(issues.choose(tagged, Selection(until=day), 2)) == 6
    assert len(issues.choose(tagged, Selection(last=5), 2)) == 5
    assert len(issues.choose(tagged, Selection(categories=("vie",)), 2)) == 2
    assert len(issues.choose(tagged, Selection(categories=("vie", "SOINS")), None)) == 9
    assert issues.choose(tagged, Selection(tags=("none",)), 2) == ()
    assert issues.choose(tagged, Selection(items=(C, A)), 1) == (C, A)


def test_both_ends_of_a_span_belong_to_it() -> None:
    """Weights order, the lowest first and 0 is one; nobody asked for is nobody taken."""
    days = [item(f"d{n}", n, weight={1: 5, 2: 0}.get(n)) for n in range(5)]
    edges = Selection(since=days[3].published, until=days[1].published)
    assert [each.slug for each in issues.choose(days, edges, 1)] == ["d2", "d1", "d3"]
    assert [each.slug for each in issues.choose(days, Selection(last=2), 9)] == ["d1", "d0"]
    assert [each.slug for each in issues.choose(days, Selection(), 1)] == ["d0"]
    assert issues.choose(days, Selection(last=0), 9) == ()
    tagged = [
        replace(days[0], tags=("Été", "b")),
        replace(days[1], categories=("Vie",), tags=("b",)),
    ]
    assert issues.choose(tagged, Selection(tags=("ÉTÉ",)), None) == (tagged[0],)
    assert issues.choose(tagged, Selection(tags=("x", "b"), categories=("vie",)), None) == (
        tagged[1],
    )


def test_one_version_of_a_translated_article() -> None:
    """The letter's language wins; the other version counts as told."""
    french = item("fr", translation="k")
    english = item("en", 0, language="en", translation="k")
    assert issues.one_of_each((english, french, A), "fr") == (french, A)
    proposal = issues.propose(
        (english, french, A), {french.id}, Selection(), most=None, language="fr", ahead=bool
    )
    assert proposal.items == (A,)


def plan(**fields: Any) -> Plan:
    given = {"date": NOW, "zone": ZONE, "words": WORDS}
    return Plan(**(given | fields))


def test_a_magazine_has_a_lead_excerpts_headlines_and_an_agenda() -> None:
    """A single leftover is no list of headlines; events ahead are ordered by their day."""
    many = [item(f"i{n}", n) for n in range(9)]
    soon = item("soon", 0.5, event=Event(start=NOW + timedelta(days=1)))
    past = item("past", 2, event=Event(start=NOW - timedelta(days=1)))
    parts = issues.arrange([*many, MEETING, soon], plan())
    assert [(p.style, len(p.items)) for p in parts] == [
        ("lead", 1), ("excerpt", 6), ("headline", 2), ("agenda", 2),
    ]  # fmt: skip
    assert [each.slug for each in parts[-1].items] == ["soon", "meeting"]
    assert [len(p.items) for p in issues.arrange(many[:8], plan())] == [1, 7]
    assert [p.style for p in issues.arrange([past], plan())] == ["lead"]
    assert [p.style for p in issues.arrange(many, plan(layout="bulletin"))] == ["excerpt"]


def test_an_event_of_the_letters_own_day_is_ahead() -> None:
    """And one that lasts until then."""
    today = item("today", event=Event(start=NOW - timedelta(hours=3)))
    lasting = item("lasting", event=Event(start=NOW - timedelta(days=3), end=NOW))
    assert [p.style for p in issues.arrange([today, lasting], plan())] == ["agenda"]


def test_categories_of_several_articles_have_a_section() -> None:
    """The lone ones come first, below no heading."""
    items = [item(f"i{n}", n, categories=(name,)) for n, name in enumerate("ABCBDC")]
    parts = issues.arrange(items, plan(sections=True))
    assert [(p.title, p.style, len(p.items)) for p in parts] == [
        ("", "lead", 1), ("", "excerpt", 1), ("B", "excerpt", 2), ("C", "excerpt", 2),
    ]  # fmt: skip


def test_the_preheader_names_what_follows() -> None:
    """Whole titles, at most 110 characters; the summary where there is no other article."""
    assert issues.preheader(["Une", "Deux", "Trois"], "R") == "Deux · Trois"
    assert issues.preheader(["Une", "Deux", "x" * 120], "R") == "Deux"
    assert issues.preheader(["Une"], "Un  résumé.") == "Un résumé."
    assert issues.preheader(["Une"], "mot " * 90) == "mot " * 26 + "mot…"
    assert issues.preheader(["Une"], "a" * 110) == "a" * 110
    assert issues.preheader(["Une"], "a" * 111) == "a" * 109 + "…"
    assert issues.preheader(["Une"], "a" * 100 + ", – " + "b" * 20) == "a" * 100 + "…"
    assert issues.preheader(["Une", "a" * 110], "R") == "a" * 110
    assert issues.preheader(["Une", "a" * 111], "R") == "R"


def propose(items: Sequence[Item], selection: Selection = Selection(), **fields: Any) -> Proposal:  # noqa: B008 - it is frozen
    given = {"most": 3, "language": "fr", "ahead": lambda each: each.event is not None}
    return issues.propose(items, set(), selection, **(given | fields))


def test_the_first_issue_leaves_the_archive_to_the_past_by_name() -> None:
    """The newest are taken, the older ones listed; news of other categories wait for the next."""
    items = [item(f"i{n}", n, categories=("AB"[n % 2],)) for n in range(9)]
    first = propose(items)
    assert [each.slug for each in first.items] == ["i0", "i1", "i2"]
    assert [each.slug for each in first.left_out] == [f"i{n}" for n in range(3, 9)]
    only = propose(items, Selection(categories=("A",)))
    assert [each.slug for each in only.items] == ["i0", "i2", "i4"]
    assert "i1" not in [each.slug for each in only.left_out]
    for later in (Selection(), Selection(last=2), Selection(since=B.published), Selection(tags=("x",))):  # fmt: skip
        assert propose(items, later, most=None).left_out == ()
    assert len(propose(items, most=None).items) == 9
    assert propose([]).items == ()


def test_what_was_chosen_one_by_one_is_taken_and_marked_where_it_comes_again() -> None:
    """In the order of who asked; nothing is set aside for it."""
    proposal = issues.propose(
        ALL, {A.id, C.id}, Selection(items=(C, B)), most=2, language="fr", ahead=bool
    )
    assert (proposal.items, proposal.left_out, proposal.again) == ((C, B), (), {C.id})


def test_one_proposal_for_several_languages_has_a_version_of_each_article() -> None:
    """The first language that has one gives it; the order is that of letters, or of who asked."""
    english = item("en", 0.5, language="en", translation="k")
    french = item("fr", 4, translation="k")
    heavy = item("heavy", 5, weight=1)
    alone = item("alone", 2.5, language="en")
    made = [
        Proposal(items=(french, heavy), left_out=(A,), again=frozenset((heavy.id,))),
        Proposal(items=(english, alone, heavy), left_out=(B, A), again=frozenset((alone.id,))),
    ]
    everything = (*ALL, english, french, heavy, alone)
    one = issues.together(made, everything, ordered=True)
    assert one.items == (french, heavy, alone)
    assert (one.left_out, one.again) == ((A, B), {heavy.id, alone.id})
    assert issues.together(made, everything, ordered=False).items == (heavy, alone, french)


def numbered(key: str, number: str | None = None) -> ResolvedIssue:
    return ResolvedIssue(
        issue=Issue(key=key, path="", number=number), date=NOW, over=True, parts=(),
        carried=frozenset(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("newest", "taken", "wanted"),
    [
        ("", [], "2026-11"),
        ("2026-10", ["2026-10"], "2026-11"),
        ("2026-11", ["2026-11"], "2026-11-2"),
        ("2026-11-2", ["2026-11", "2026-11-2"], "2026-11-3"),
        ("2026-11-16", [], "2026-11-23"),
        ("2026-11-23", ["2026-11-23"], "2026-11-23-2"),
        ("42", ["42"], "43"),
        ("lettre-007", ["lettre-007", "lettre-008"], "lettre-009"),
        ("rentree", ["rentree"], "2026-11"),
    ],
)
def test_the_next_key_follows_the_teams_manner(newest: str, taken: list[str], wanted: str) -> None:
    """By month, by day, by number: as the newest issue is called."""
    before = (numbered(newest),) if newest else ()
    assert issues.next_key(before, taken, NOW) == wanted


@pytest.mark.parametrize(
    ("newest", "taken", "wanted"),
    [
        ("", [], "2026-11.en"),
        ("2026-11.en", ["2026-11", "2026-11.en"], "2026-11-2.en"),
        ("2026-11", ["2026-11"], "2026-11.en"),
        ("2026-11-20.en", ["2026-11-23.EN"], "2026-11-23-2.en"),
        ("7", ["7"], "7.en"),
        ("7.en", ["7", "7.en"], "8.en"),
        ("letter-09.en", [], "letter-10.en"),
    ],
)
def test_the_next_key_of_another_language(newest: str, taken: list[str], wanted: str) -> None:
    """The first letter in it is counted like the newest of all, the next one like its own."""
    before = [numbered(newest)] if newest else []
    assert issues.next_key(before, taken, NOW, ".en") == wanted


def test_the_next_number() -> None:
    """One more than the highest, 1 at first, none where a team gives none."""
    assert issues.next_number(()) == "1"
    assert issues.next_number((numbered("a", "9"), numbered("b", "7"))) == "10"
    assert issues.next_number((numbered("a"),)) is None


def test_what_inboxes_and_headings_show_has_no_markup() -> None:
    """As an article's title has none: an inbox prints each sign of it."""
    issue = parsed(
        "---\nsubject: Q&amp;A, **trois** `dates` et l&#39;été\npreheader: <b>Un</b> [lieu](x.md)\n---\n"
        "## **Agenda** &amp; *plans*\n\n- items/alpha.md\n\n### *Agenda*\n\n- items/beta.md\n"
    )
    assert (issue.subject, issue.preheader) == ("Q&A, trois dates et l'été", "Un lieu")
    assert [(each.title, each.style) for each in issue.sections] == [
        ("Agenda & plans", "excerpt"),
        ("Agenda", "agenda"),
    ]


# Laws.

TITLES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() and legal(text) == text)
PATHS = st.from_regex(r"items/[a-zé ()_'&+-]{1,12}[a-z]\.md", fullmatch=True)


@given(st.lists(st.tuples(TITLES, PATHS), min_size=1, max_size=6, unique_by=lambda t: t[1]), TITLES)
@example([("0", "items/a.md")], "“0”")
@example([("0", "items/a.md")], "*a* &amp; `b` <b>c</b>")
@settings(max_examples=300)
def test_what_is_written_is_read_back(articles: list[tuple[str, str]], subject: str) -> None:
    """Any titles and paths: the file that compose writes shows the parts it was made of."""
    items = [item(f"n{n}", n, title=t, path=p) for n, (t, p) in enumerate(articles)]
    parts = issues.arrange(items, plan())
    told = (issues.Told(subject=subject, preheader=""),)
    front = issues.FrontMatter(told=told, day=NOW.date(), number="1")
    text = issues.write(parts, front, words=WORDS)
    shelf = Catalogue(items, visible=items, root="items")
    issue = issues.parse("k", "issues/k.md", text.encode(), CONFIG, shelf, lambda _: WORDS)
    desk = IssueContext(catalogue=shelf, now=NOW, zone=ZONE)
    (read,) = issues.settle([issue], {}, desk)
    assert issues.with_lead(read.parts, "magazine") == parts
    # Whether quotes around the whole of a subject are meant its author alone can tell.
    assert [each for each in read.problems if each.code != "yaml-smart-quotes"] == []
    assert issue.subject == " ".join(filter(None, subject.split(" "))).strip()
    assert issue.editorial == ""


def test_what_is_written_is_there_word_for_word() -> None:
    """For one language or several, with a number or without, an article that comes again or not."""
    one = (issues.Told(subject='L\'"été"', preheader="Et la suite", language="fr"),)
    parts = [
        Part(items=(A,), style="lead"),
        Part(items=(B, item("odd", path="items/a (b)/odd.md", title="Un *titre* [1]"))),
        Part(items=(C,), title="En bref", style="headline"),
    ]
    head = ["<!-- E -->", ""]
    list_of = [
        "<!-- I -->", "",
        '- [Alpha](../items/alpha.md "tag:example.org,2026:alpha")',
        '- [Beta](../items/beta.md "tag:example.org,2026:beta") (encore)',
        '- [Un \\*titre\\* \\[1\\]](<../items/a (b)/odd.md> "tag:example.org,2026:odd")', "", "## En bref", "",
        '- [Gamma](../items/gamma.md "tag:example.org,2026:gamma")',
    ]  # fmt: skip
    words = {"letter_note_editorial": "E", "letter_note_items": "I", "letter_again": "encore", "letter_note_left_out": "L"}  # fmt: skip
    subject = ['subject: "L\'\\"été\\""', 'preheader: "Et la suite"', "date: 2026-11-23"]
    several = (*one, issues.Told(subject="Summer", preheader="", language="en"))
    for told, number, main, front, languages in (
        (one, "7", "fr", [*subject, "number: 7"], []),
        (one, None, "en", [*subject, "language: fr"], []),
        (several, None, "fr", [
            "subject:", '  fr: "L\'\\"été\\""', '  en: "Summer"', "preheader:", '  fr: "Et la suite"', '  en: ""',
            "date: 2026-11-23", "languages: [fr, en]",
        ], ["## fr", "", "## en", ""]),
    ):  # fmt: skip
        matter = issues.FrontMatter(told=told, day=NOW.date(), number=number, main=main)
        text = issues.write(parts, matter, words=words, again={B.id})
        assert text.split("\n") == ["---", *front, "---", "", *head, *languages, *list_of, ""]
    rows = ["<!-- L -->", "", "## Écartés", "", '- [Alpha](../items/alpha.md "tag:example.org,2026:alpha")', ""]  # fmt: skip
    first = issues.write_left_out([A], title="Écartés", words=words)
    assert first.split("\n") == rows
    second = issues.write_left_out([B], title="Left out", words=words, before=first)
    more = ["", "## Left out", "", '- [Beta](../items/beta.md "tag:example.org,2026:beta")', ""]
    assert second.split("\n") == [*rows[:-1], *more]


PIECES = st.sampled_from(
    ["- ", "* ", "[", "]", "(", ")", '"', "items/alpha.md", "tag:", "\n", "\n\n", "  ", "#", "## ",
     "---", "<!--", "-->", "~~", "**", "`", "\\", "é", "1. ", "[[", "]]", "|", "(rappel)", ":", "\t",
     "subject: ", "date: ", "\u00a0", "=", "<", ">"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400)
def test_no_text_stops_the_reader(text: str) -> None:
    """Whatever is written, it ends, it raises nothing, and every problem can be said."""
    for body in (text, f"---\n{text}\n---\n- items/alpha.md\n{text}"):
        desk = IssueContext(catalogue=catalogue(), now=NOW, zone=ZONE)
        (read,) = issues.settle([parsed(body)], {}, desk)
        lines = body.count("\n") + 1
        for problem in read.problems:
            assert problem.words("fr")[0]
            assert 1 <= problem.line <= lines + 1


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_no_line_stops_the_reader(row: str) -> None:
    """One line of anything."""
    split = bullet(row)
    reference(split.rest, 1, split.column)


def test_a_part_knows_its_style() -> None:
    """Nouns have defaults that say the usual."""
    assert Part(items=(A,)).style == "excerpt"


def test_the_first_issue_tells_of_the_next_events() -> None:
    """An event to come is in the first letter, however long ago it was announced."""
    old = item("fair", 90, event=Event(start=NOW + timedelta(days=20)))
    proposal = propose([*(item(f"i{n}", n) for n in range(6)), old])
    assert [each.slug for each in proposal.items] == ["i0", "i1", "i2", "fair"]
    assert [each.slug for each in proposal.left_out] == ["i3", "i4", "i5"]
    fairs = [item(f"f{n}", 9, event=Event(start=NOW + timedelta(days=9 - n))) for n in range(8)]
    many = propose([*(item(f"i{n}", n) for n in range(4)), *fairs])
    assert [each.slug for each in many.items] == ["i0", "i1", "i2", "f7", "f6", "f5", "f4", "f3", "f2"]  # fmt: skip
    assert {each.slug for each in many.left_out} == {"i3", "f0", "f1"}


FORMS = {
    "- items/alpha.md": '- [Alpha](../items/alpha.md "tag:example.org,2026:alpha")',
    "- `../items/alpha.md`": '- [Alpha](../items/alpha.md "tag:example.org,2026:alpha")',
    "2) [[alpha]] : à lire": '2) [Alpha](../items/alpha.md "tag:example.org,2026:alpha") : à lire',
    "* [[alpha|Autre]] (rappel)": '* [Alpha](../items/alpha.md "tag:example.org,2026:alpha") (rappel)',
    "- Alpha": '- [Alpha](../items/alpha.md "tag:example.org,2026:alpha")',
    "- https://www.example.org/items/2026/11/alpha.html (rappel)": (
        '- [Alpha](../items/alpha.md "tag:example.org,2026:alpha") (rappel)'
    ),
    "- [Alpha](../items/alpha.md) : à lire": (
        '- [Alpha](../items/alpha.md "tag:example.org,2026:alpha") : à lire'
    ),
}


@pytest.mark.parametrize("heading", ["", "## Agenda\n\n", "## Écartés\n\n"])
@pytest.mark.parametrize(("written", "mended"), FORMS.items(), ids=FORMS)
def test_every_way_of_naming_an_article_begins_the_list_and_is_given_its_id(
    written: str, mended: str, heading: str
) -> None:
    """What follows the editorial is the list, and ``--fix`` writes the article's id into the line."""
    text = f"---\ndate: 2026-11-23\n---\n\nBonjour à toutes.\n\n{heading}{written}\n"
    numbered = settled(text)
    assert numbered.issue.editorial.strip() == "Bonjour à toutes."
    assert A.id in numbered.carried
    (fix,) = [p.fix for p in numbered.problems if p.code == "issue-item-no-id"]
    edited = text
    for edit in fix:
        edited = edited[: edit.start] + edit.text + edited[edit.end :]
    assert edited == text.replace(written, mended)
    assert not [p for p in settled(edited).problems if p.code == "issue-item-no-id"]
    assert A.id in settled(edited).carried


@pytest.mark.parametrize(
    "line",
    [
        "tag:example.org,2026:alpha",
        "<tag:example.org,2026:alpha>",
        '[Autre](ailleurs.md "tag:example.org,2026:alpha")',
        "[Autre](../items/alpha.md)",
    ],
)
def test_a_line_of_its_own_that_can_be_nothing_else_begins_the_list(line: str) -> None:
    issue = parsed(f"Bonjour.\n\n{line}\n")
    assert issue.editorial.strip() == "Bonjour."
    assert [each.id or each.target for each in issue.lines] == [
        "../items/alpha.md" if "alpha.md" in line else "tag:example.org,2026:alpha"
    ]


PROSE = [
    "- Alphabet",
    "- [Lire](https://ailleurs.example/lisez.md)",
    "- https://ailleurs.example/lisez.md",
    "- un mot sur alpha",
    "- [[nulle part]]",
    "- Merci à vous",
]


@pytest.mark.parametrize("line", PROSE)
def test_a_list_of_the_editorial_stays_there(line: str) -> None:
    """A line that only speaks of something names no article."""
    numbered = settled(f"---\ndate: 2026-11-23\n---\n\nBonjour.\n\n{line}\n\n- items/beta.md\n")
    assert line in numbered.issue.editorial
    assert names(numbered) == ["beta"]


@pytest.mark.parametrize("recorded", [False, True])
@pytest.mark.parametrize("days", [0, 1, 40])
@pytest.mark.parametrize("form", ["- items/beta.md", "- [[beta]]", "- Beta", f"- x {B.id}"])
def test_what_was_set_aside_is_never_proposed_again(
    form: str, days: int, *, recorded: bool
) -> None:
    """Before the letter's day is over, after it, and whatever its record holds."""
    line = f'- [B](ailleurs.md "{B.id}")' if form.startswith("- x") else form
    text = f"---\ndate: 2026-11-23\n---\n\n- items/alpha.md\n\n## Écartés\n\n{line}\n"
    entry = Entry(item=A, title=A.title, content="", summary="")
    kept = {"n3": Record(entries=(entry,))} if recorded else {}
    numbered = settled(text, records=kept, now=NOW + timedelta(days=days))
    assert B.id in numbered.carried
    assert names(numbered) == ["alpha"]
    assert not [p for p in numbered.problems if p.code == "issue-item-late"]


@pytest.mark.parametrize(
    ("rest", "text", "target", "note", "id_"),
    [
        ('[T](items/a.md "un) deux")', "T", "items/a.md", "", "un) deux"),
        ('[T](items/a.md "un (deux") note', "T", "items/a.md", "note", "un (deux"),
        ("[T](items/a(1).md)", "T", "items/a(1).md", "", ""),
        ("[[items/a.md]] note", "", "items/a.md", "note", ""),
        ("[[Un titre|Un mot]]", "Un mot", "Un titre", "", ""),
    ],
)
def test_what_a_line_names(rest: str, text: str, target: str, note: str, id_: str) -> None:
    """A title in quotes is the article's id, and may hold brackets."""
    line = reference(rest, 1, 3)
    assert line is not None
    assert (line.text, line.target, line.note.strip(" :—"), line.id or "") == (
        text,
        target,
        note,
        id_,
    )


@pytest.mark.parametrize("rest", ["![T](a.png)", "| T |", "> T", "# T"])
def test_what_is_no_line_of_an_article(rest: str) -> None:
    assert reference(rest, 1, 3) is None
