"""One issue file that gives a letter in each of several languages, through the real command."""

from __future__ import annotations

import email
import email.policy
import json
import re
import subprocess
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import pytest

from command import SETTINGS, article, newsfeed, site, tree_of

COMPLETE = (
    SETTINGS
    + """[newsletter]
title = "La gazette"
titles = { de = "Das Blatt" }
from = { name = "Le réseau", email = "lettre@example.org" }
address = "3 quai de l’Exemple, Strasbourg"
unsubscribe = "https://www.example.org/adieu"
"""
)
DAY = ("--now", "2026-11-23T12:00:00+01:00")
LATER = ("--now", "2026-12-07T12:00:00+01:00")
BOTH = ("--language", "fr", "--language", "de")
TOGETHER = (*BOTH, "--together")
TITLES = {"fr": "Le pont", "de": "Die Brücke"}
CATEGORIES = {"fr": "Ville", "de": "Stadt"}
EDITORIALS = "\n## fr\n\nBonjour, voisins.\n\n## Deutsch\n\nGuten Tag, *Nachbarn*.\n"


def run(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    result = newsfeed(*arguments, cwd=folder)
    assert result.returncode == code, (result.returncode, result.stdout, result.stderr)
    return result


def told(number: int, language: str, **keys: str) -> str:
    given = {"translationKey": f"t{number}", "lang": language, "category": CATEGORIES[language]}
    title = f"{TITLES[language]} {number}"
    return article(title, f"2026-11-{number:02}", f"Texte {number}.", **(given | keys))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles in two languages, one in each alone."""
    articles = {
        f"n{number}{'' if language == 'fr' else '.de'}.md": told(number, language)
        for number in (1, 2, 3)
        for language in TITLES
    }
    articles["nur.md"] = article("Nur hier", "2026-11-09", lang="de")
    articles["seul.md"] = article("Seul ici", "2026-11-08")
    return site(tmp_path, articles, COMPLETE)


def write(folder: Path, text: str, key: str = "2026-11") -> None:
    (folder / "issues").mkdir(exist_ok=True)
    (folder / f"issues/{key}.md").write_text(text, "utf-8")


def figures(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    table = json.loads(run(folder, "digest", *arguments, *DAY, "--format", "json").stdout)
    return cast(list[dict[str, Any]], table.get("letters", [table]))


def text(folder: Path, key: str, public: str = "public") -> str:
    return (folder / f"{public}/newsletter/{key}/letter.txt").read_text("utf-8")


def message(folder: Path, key: str) -> EmailMessage:
    data = (folder / f"public/newsletter/{key}/letter.eml").read_bytes()
    return cast(EmailMessage, email.message_from_bytes(data, policy=email.policy.default))


def codes(letters: list[dict[str, Any]]) -> set[str]:
    return {each["code"] for letter in letters for each in letter["problems"]}


def test_compose_together_starts_one_file_for_all(folder: Path) -> None:
    """Each article once, in whatever language it exists; a subject, a place to write for each."""
    assert run(folder, "compose", *DAY, *TOGETHER).stdout == "issues/2026-11.md\n"
    written = (folder / "issues/2026-11.md").read_text("utf-8")
    head, body = written.split("---")[1], written.split("---")[2]
    assert 'subject:\n  fr: "Seul ici"\n  de: "Nur hier"\n' in head
    assert "languages: [fr, de]\n" in head and "number: 1\n" in head
    assert body.count("../items/") == 5
    assert "\n## fr\n\n## de\n" in body and "\n## Ville / Stadt\n" in body
    assert_nothing_new(folder)


def assert_nothing_new(folder: Path) -> None:
    """`compose` finds nothing that anyone has not received."""
    for asked in (TOGETHER, BOTH, ()):
        run(folder, "compose", *LATER, *asked, code=4)


def test_each_letter_has_its_own_words_names_record_and_message_id(folder: Path) -> None:
    """What a reader of one language receives says nothing of the other."""
    run(folder, "compose", *DAY, *TOGETHER)
    place = folder / "issues/2026-11.md"
    place.write_text(place.read_text("utf-8").replace("\n## fr\n\n## de\n", EDITORIALS), "utf-8")
    made = figures(folder, "2026-11")
    assert [each["folder"] for each in made] == ["newsletter/2026-11/", "newsletter/2026-11.de/"]
    run(folder, "build", *DAY)
    french, german = text(folder, "2026-11"), text(folder, "2026-11.de")
    assert "Bonjour, voisins." in french and "VILLE" in french and "Nur hier" not in french
    assert "Guten Tag, Nachbarn." in german and "STADT" in german and "Seul ici" not in german
    assert "Le pont" not in german and "Brücke" not in french
    letters = {key: message(folder, key) for key in ("2026-11", "2026-11.de")}
    assert [each["Content-Language"] for each in letters.values()] == ["fr", "de"]
    assert [each["Subject"] for each in letters.values()] == ["Seul ici", "Nur hier"]
    assert len({each["Message-ID"] for each in letters.values()}) == 2
    assert "Das Blatt" in letters["2026-11.de"]["List-Id"]
    for key, mine in (("2026-11", "Le pont 3"), ("2026-11.de", "Die Brücke 3")):
        record = (folder / f"issues/{key}.json").read_text("utf-8")
        assert [each for each in ("Le pont 3", "Die Brücke 3") if each in record] == [mine]
    newest = tree_of(folder / "public/newsletter/latest.de")
    assert newest == tree_of(folder / "public/newsletter/2026-11.de")
    page = (folder / "public/newsletter/index.html").read_text("utf-8")
    assert "newsletter/2026-11/" in page and "newsletter/2026-11.de/" in page
    run(folder, "build", *DAY, "--check")


def test_an_article_without_a_version_is_said_and_left_out_of_that_letter(folder: Path) -> None:
    """At its line, once, for the letter that goes without it."""
    write(folder, "---\nlanguages: [fr, de]\n---\n- items/n1.md\n- items/seul.md\n- items/nur.md\n")
    said = [p for p in figures(folder, "2026-11")[0]["problems"] if "untranslated" in p["code"]]
    assert [(each["line"], each["severity"]) for each in said] == [(5, "info"), (6, "info")]
    assert "de" in said[0]["message"] and "fr" in said[1]["message"]


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("2026-11",), ["2026-11", "2026-11.de"]),
        ((), ["2026-11", "2026-11.de"]),
        (("2026-11.de",), ["2026-11.de"]),
        (("2026-11", "--language", "de"), ["2026-11.de"]),
        (("--language", "de"), ["2026-11.de"]),
    ],
)
def test_digest_makes_all_letters_of_a_file_or_the_one_that_is_asked_for(
    folder: Path, arguments: tuple[str, ...], keys: list[str]
) -> None:
    run(folder, "compose", *DAY, *TOGETHER)
    assert [each["key"] for each in figures(folder, *arguments)] == keys
    assert (
        sorted(
            each.name for each in (folder / "public/newsletter").iterdir() if each.name[0] == "2"
        )
        == keys
    )


HEADS = {
    "a list": "languages: [fr, de]",
    "one below the other": "languages:\n- de\n- fr",
    "a French name": "langues: [fr, de]",
    "the field of one language": "language: [fr, de]",
    "regions": "languages: [fr, de-CH]",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_languages_are_read_as_they_are_written(folder: Path, head: str) -> None:
    """And the plain subject is that of the site's language alone."""
    write(folder, f"---\nsubject: Nouvelles\n{head}\n---\n- items/n2.md\n")
    subjects = {each["subject"] for each in figures(folder, "2026-11")}
    assert subjects == {"Nouvelles", "Die Brücke 2"}


HEADINGS = {
    "## En bref": ("EN BREF", "IN BRIEF"),
    "## Ville / Stadt": ("VILLE", "STADT"),
    "**Ville / Stadt :**": ("VILLE", "STADT"),
    "## Dossier (titres) / Thema": ("DOSSIER", "THEMA"),
    "## Vie / ville / santé": ("VIE / VILLE / SANTÉ", "VIE / VILLE / SANTÉ"),
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_is_in_each_language(folder: Path, heading: str) -> None:
    """Known words are printed in each letter's own; others have a part for each, or are one."""
    write(folder, f"---\nlanguages: [fr, de]\n---\n- items/n1.md\n\n{heading}\n\n- items/n2.md\n")
    figures(folder, "2026-11")
    for key, title in zip(("2026-11", "2026-11.de"), HEADINGS[heading], strict=True):
        assert f"\n{title}\n" in text(folder, key)


WRONG = {
    "a language that does not exist": ("languages: [fr, klingonnais]", "issue-language"),
    "a text in no language of the file": (
        "languages: [fr, de]\nsubject:\n  fr: Oui\n  it: Si",
        "issue-text-language",
    ),
    "an editorial in one language alone": (
        "languages: [fr, de]\n---\nBonjour.\n\n- items/n2.md\n",
        "issue-editorial-missing",
    ),
    "a language below the first article": (
        "languages: [fr, de]\n---\n- items/n2.md\n\n## de\n",
        "issue-text",
    ),
}


@pytest.mark.parametrize("head", WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_right_is_said(folder: Path, head: tuple[str, str]) -> None:
    """And both the letters, or the one that there is, are made."""
    write(folder, f"---\n{head[0]}\n---\n- items/n1.md\n")
    result = newsfeed("digest", "2026-11", *DAY, "--format", "json", cwd=folder)
    table = json.loads(result.stdout)
    assert head[1] in codes(table.get("letters", [table]))
    assert (folder / "public/newsletter/2026-11/letter.eml").is_file()


def test_a_file_of_its_own_takes_the_place_of_one_letter(folder: Path) -> None:
    """For readers to whom one wants to say something else."""
    write(folder, "---\nlanguages: [fr, de]\n---\n- items/n1.md\n")
    write(folder, "---\nlanguage: de\nsubject: Anders\n---\n- items/n3.de.md\n", "2026-11.de")
    run(folder, "build", *DAY)
    assert "Die Brücke 3" in text(folder, "2026-11.de") and "Le pont 1" in text(folder, "2026-11")
    assert message(folder, "2026-11.de")["Subject"] == "Anders"


def test_what_is_said_of_an_article_is_said_in_its_own_language(folder: Path) -> None:
    write(folder, "---\nlanguages: [fr, de]\n---\n- [x](../items/n1.md)\n  Un mot à nous.\n")
    figures(folder, "2026-11")
    assert "Un mot à nous." in text(folder, "2026-11")
    assert "Un mot à nous." not in text(folder, "2026-11.de")


def test_readers_receive_an_article_once(folder: Path) -> None:
    """A translation that comes later is new to its own readers, and is listed by itself."""
    (folder / "items/n2.de.md").unlink()
    run(folder, "compose", *DAY, *TOGETHER)
    run(folder, "build", *DAY)
    (folder / "items/n2.de.md").write_text(told(2, "de"), "utf-8")
    (folder / "items/n4.md").write_text(told(4, "fr"), "utf-8")
    run(folder, "compose", *LATER, *TOGETHER)
    run(folder, "build", *LATER)
    french, german = text(folder, "2026-12"), text(folder, "2026-12.de")
    assert "Le pont 4" in french and "Le pont 2" not in french
    assert "Die Brücke 2" in german and "Brücke 3" not in german
    assert "issue-item-sent" not in run(folder, "check", *LATER).stdout


def test_what_is_set_aside_is_so_in_every_language(folder: Path) -> None:
    write(
        folder,
        "---\ndate: 2026-11-23\nlanguages: [fr, de]\n---\n- items/n1.md\n- items/n2.md\n"
        "- items/seul.md\n- items/nur.md\n\n## Écartés\n\n- items/n3.md\n",
    )
    figures(folder, "2026-11")
    assert "3" not in re.findall(r"Le pont (\d)", text(folder, "2026-11"))
    assert "3" not in re.findall(r"Brücke (\d)", text(folder, "2026-11.de"))
    assert_nothing_new(folder)


def test_a_past_letter_keeps_its_bytes_in_each_language(folder: Path) -> None:
    """From its own record, whatever becomes of its articles and their translations."""
    run(folder, "compose", *DAY, *TOGETHER)
    run(folder, "build", *DAY)
    keys = ("2026-11", "2026-11.de")
    before = {key: tree_of(folder / f"public/newsletter/{key}") for key in keys}
    (folder / "items/n3.de.md").unlink()
    for language in (".de", ""):
        (folder / f"items/n1{language}.md").unlink()
    (folder / "items/n2.md").write_text(told(2, "fr", summary="Autre."), "utf-8")
    (folder / "items/seul.de.md").write_text(told(8, "de"), "utf-8")
    run(folder, "build", *LATER, "-o", "later")
    for key in keys:
        assert tree_of(folder / f"later/newsletter/{key}") == before[key]


def test_check_fix_writes_each_id_once(folder: Path) -> None:
    """Both letters have the line; the file has one id for it, that of the article it names."""
    write(folder, "---\nlanguages: [fr, de]\n---\n- [Le pont](../items/n1.md)\n- items/n2.de.md\n")
    run(folder, "check", *DAY, "--fix")
    lines = (folder / "issues/2026-11.md").read_text("utf-8").splitlines()
    assert [line.count('"tag:') for line in lines[3:]] == [1, 1]
    assert "n1.md" in lines[3] and "n2.de.md" in lines[4]


@pytest.mark.parametrize(
    "arguments",
    [
        ("compose", "--together"),
        ("compose", "--together", "--language", "fr"),
        ("digest", "2026-11", "--language", "fr"),
    ],
)
def test_what_makes_no_sense_is_refused(folder: Path, arguments: tuple[str, ...]) -> None:
    write(folder, "---\nlanguage: de\n---\n- items/n1.de.md\n")
    before = tree_of(folder)
    run(folder, *arguments, *DAY, code=2)
    assert tree_of(folder) == before
