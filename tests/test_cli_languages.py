"""Letters in several languages through the real command: a French, English and Arabic site."""

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
    + """notice = "Mentions légales."
[newsletter]
title = "La lettre"
titles = { en = "The letter", ar = "الرسالة" }
notices = { en = "Legal notice." }
from = { name = "Le réseau", email = "lettre@example.org" }
address = "12 rue de l’Exemple, Marseille"
unsubscribe = "https://www.example.org/adieu"
limit = 4
"""
)
DAY = ("--now", "2026-11-23T12:00:00+01:00")
LATER = ("--now", "2026-12-07T12:00:00+01:00")
WORDS = {
    "fr": ("Se désabonner", "novembre 2026", "ltr", "Mentions légales.", "La lettre"),
    "en": ("Unsubscribe", "November 2026", "ltr", "Legal notice.", "The letter"),
    "ar": ("إلغاء الاشتراك", "نوفمبر 2026", "rtl", "Mentions légales.", "الرسالة"),
}
FOLDERS = {"fr": "2026-11", "en": "2026-11.en", "ar": "2026-11.ar"}
TITLES = {"fr": "Article", "en": "Piece", "ar": "مقال"}


def run(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    result = newsfeed(*arguments, cwd=folder)
    assert result.returncode == code, (result.returncode, result.stdout, result.stderr)
    return result


def told(number: int, language: str, **keys: str) -> str:
    """Return a version of the article of that number."""
    given = {"translationKey": f"t{number}", "lang": language} | keys
    return article(f"{TITLES[language]} {number}", f"2026-11-{number:02}", "Texte.", **given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles in three languages each, one in English alone, one in French alone."""
    articles = {
        f"n{number}{'' if language == 'fr' else '.' + language}.md": told(number, language)
        for number in (1, 2, 3)
        for language in TITLES
    }
    articles["only.md"] = article("Only here", "2026-11-09", lang="en")
    articles["seul.md"] = article("Seul ici", "2026-11-08")
    return site(tmp_path, articles, COMPLETE)


def listed(folder: Path, key: str) -> list[str]:
    """Return the titles that an issue file lists."""
    return re.findall(r"^- \[(.*?)\]\(", (folder / f"issues/{key}.md").read_text("utf-8"), re.M)


def message(folder: Path, key: str) -> EmailMessage:
    data = (folder / f"public/newsletter/{key}/letter.eml").read_bytes()
    return cast(EmailMessage, email.message_from_bytes(data, policy=email.policy.default))


def compose_all(folder: Path, *options: str) -> list[str]:
    languages = [part for each in TITLES for part in ("--language", each)]
    return run(folder, "compose", *DAY, *languages, *options).stdout.split()


def test_a_file_a_language_with_the_articles_written_in_it(folder: Path) -> None:
    """Each in its own words, and its language at its head; the site's needs none."""
    assert compose_all(folder) == [f"issues/{FOLDERS[each]}.md" for each in TITLES]
    assert listed(folder, "2026-11") == ["Seul ici", "Article 3", "Article 2", "Article 1"]
    assert listed(folder, "2026-11.en") == ["Only here", "Piece 3", "Piece 2", "Piece 1"]
    assert listed(folder, "2026-11.ar") == ["مقال 3", "مقال 2", "مقال 1"]
    head = (folder / "issues/2026-11.en.md").read_text("utf-8").split("---")[1]
    assert "language: en\n" in head and "number: 1\n" in head
    assert "language" not in (folder / "issues/2026-11.md").read_text("utf-8").split("---")[1]


def test_each_letter_speaks_its_language_and_has_its_own_paths_and_record(folder: Path) -> None:
    """Labels, dates, footer, direction, addresses, Message-ID; a record each; and a newest one each."""
    compose_all(folder)
    run(folder, "build", *DAY)
    ids = set()
    for language, (leave, month, way, notice, title) in WORDS.items():
        key = FOLDERS[language]
        html = (folder / f"public/newsletter/{key}/letter.html").read_text("utf-8")
        assert f'<html lang="{language}" dir="{way}">' in html
        for words in (leave, month, notice, title):
            assert words in html, (language, words)
        others = [FOLDERS[each] for each in TITLES if each != language]
        assert f"/newsletter/{key}/" in html
        assert not any(f"/newsletter/{other}/" in html for other in others)
        letter = message(folder, key)
        assert letter["Content-Language"] == language
        assert title in letter["List-Id"]
        ids.add(letter["Message-ID"])
        record = (folder / f"issues/{key}.json").read_text("utf-8")
        assert [each for each in TITLES if f"{TITLES[each]} 3" in record] == [language]
        newest = "latest" if language == "fr" else f"latest.{language}"
        shown = tree_of(folder / f"public/newsletter/{key}")
        assert tree_of(folder / f"public/newsletter/{newest}") == shown
    assert len(ids) == 3
    page = (folder / "public/newsletter/index.html").read_text("utf-8")
    assert all(f"{key}/" in page for key in FOLDERS.values())


def test_nothing_is_sent_twice_in_any_language(folder: Path) -> None:
    """A new version is new to its own readers; an article of one language stands in one letter."""
    compose_all(folder)
    for language in ("", *TITLES):
        asked = ("--language", language) if language else ()
        run(folder, "compose", *DAY, *asked, code=4)
    (folder / "items/n4.en.md").write_text(told(4, "en"), "utf-8")
    (folder / "items/n4.md").write_text(told(4, "fr"), "utf-8")
    run(folder, "compose", *LATER, "--language", "en")
    assert listed(folder, "2026-12.en") == ["Piece 4"]
    run(folder, "compose", *LATER)
    assert listed(folder, "2026-12") == ["Article 4"]
    run(folder, "compose", *LATER, "--language", "ar", code=4)
    run(folder, "compose", *LATER, "--language", "en", code=4)
    head = (folder / "issues/2026-12.en.md").read_text("utf-8")
    assert "number: 2\n" in head
    result = run(folder, "build", *LATER)
    assert "issue-item-sent" not in result.stderr


def test_what_one_letter_does_not_carry_stays_new_in_the_others(folder: Path) -> None:
    """Without --language the site's own letter has one version of each, of whatever language."""
    run(folder, "compose", *DAY, "--language", "en")
    run(folder, "compose", *DAY)
    assert listed(folder, "2026-11") == ["Seul ici", "Article 3", "Article 2", "Article 1"]
    (folder / "items/more.md").write_text(article("More", "2026-11-20", lang="en"), "utf-8")
    run(folder, "compose", *LATER)
    assert listed(folder, "2026-12") == ["More"]
    run(folder, "compose", *LATER, "--language", "en", code=4)


def test_the_first_letter_of_each_language_leaves_its_archive_to_the_past(folder: Path) -> None:
    """By name, in the one list; what the list names comes back in no language."""
    for number in (4, 5, 6):
        (folder / f"items/n{number}.en.md").write_text(told(number, "en"), "utf-8")
    compose_all(folder)
    assert listed(folder, "2026-11.en") == ["Only here", "Piece 6", "Piece 5", "Piece 4"]
    assert listed(folder, "_left-out") == ["Piece 3", "Piece 2", "Piece 1"]
    run(folder, "compose", *DAY, "--language", "en", code=4)
    run(folder, "compose", *DAY, "--language", "en", "--all")
    assert listed(folder, "2026-11-2.en") == ["Piece 3", "Piece 2", "Piece 1"]


@pytest.mark.parametrize(
    ("options", "title", "place"),
    [
        ((), "Article 3", "latest"),
        (("--language", "en"), "Only here", "latest.en"),
        (("--language", "ar", "--last", "1"), "مقال 3", "latest.ar"),
        (("--language", "en-GB", "--last", "1"), "Only here", "latest.en-gb"),
    ],
)
def test_digest_makes_the_letter_of_a_language(
    folder: Path, options: tuple[str, ...], title: str, place: str
) -> None:
    """Without issue files: the newest articles written in it, in a folder of its own."""
    (folder / "items/seul.md").unlink()
    (folder / "items/only.md").unlink() if not options else None
    figures = json.loads(run(folder, "digest", *DAY, *options, "--format", "json").stdout)
    assert figures["subject"] == title
    assert figures["folder"] == f"newsletter/{place}/"


def test_digest_takes_the_newest_issue_of_a_language(folder: Path) -> None:
    """Otherwise that of the site's language, whatever came later in another."""
    compose_all(folder)

    def key(*options: str) -> Any:
        return json.loads(run(folder, "digest", *DAY, *options, "--format", "json").stdout)["key"]

    assert key() == "2026-11"
    assert key("--language", "ar") == "2026-11.ar"
    assert key("2026-11.en") == "2026-11.en"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("compose", "--language", "de"), "ar, en, fr"),
        (("digest", "--language", "de"), "ar, en, fr"),
        (("digest", "2026-11", "--language", "en"), "2026-11"),
    ],
)
def test_a_language_that_nobody_writes_in_is_said(
    folder: Path, command: tuple[str, ...], words: str
) -> None:
    """With those that are there; nothing is written."""
    result = run(folder, command[0], *DAY, *command[1:], code=2)
    assert words in result.stderr
    assert not (folder / "issues").exists() and not (folder / "public").exists()


@pytest.mark.parametrize(
    ("newest", "wanted"),
    [("43", "43.en"), ("2026-11-16", "2026-11-23.en"), ("lettre-007", "lettre-007.en")],
)
def test_the_first_letter_in_a_language_is_called_like_the_newest(
    folder: Path, newest: str, wanted: str
) -> None:
    """And counted with it; the next one goes on from there."""
    run(folder, "compose", newest, *DAY)
    assert run(folder, "compose", *DAY, "--language", "en").stdout == f"issues/{wanted}.md\n"


def test_a_past_letter_in_another_language_keeps_its_bytes(folder: Path) -> None:
    """From its own record, whatever becomes of its articles."""
    compose_all(folder)
    run(folder, "build", *DAY)
    before = {each: tree_of(folder / f"public/newsletter/{FOLDERS[each]}") for each in TITLES}
    (folder / "items/n3.en.md").unlink()
    (folder / "items/n2.ar.md").write_text(told(2, "ar", summary="غير"), "utf-8")
    run(folder, "build", *LATER, "-o", "later")
    for each in TITLES:
        assert tree_of(folder / f"later/newsletter/{FOLDERS[each]}") == before[each]


def test_a_line_that_names_the_other_version_is_said(folder: Path) -> None:
    """An issue file copied for other readers: each line that has a version of its own names it."""
    lines = "".join(f"- items/{name}.md\n" for name in ("n1", "n2.en", "seul"))
    (folder / "issues").mkdir()
    (folder / "issues/copy.md").write_text(
        f"---\ndate: 2026-11-23\nlanguage: en\n---\n\n{lines}", "utf-8"
    )
    result = run(folder, "digest", *DAY, "copy", "--format", "json")
    problems = json.loads(result.stdout)["problems"]
    said = [each for each in problems if each["code"] == "issue-item-language"]
    assert [each["line"] for each in said] == [6]
    assert "items/n1.en.md" in said[0]["hint"]


def test_what_one_language_leaves_to_the_past_is_new_to_another(tmp_path: Path) -> None:
    """The first English letter has room for two; those that it leaves out are sent in French."""
    settings = COMPLETE.replace("limit = 4", "limit = 2")
    folder = site(tmp_path, {"n1.md": told(1, "fr"), "n1.en.md": told(1, "en")}, settings)
    run(folder, "compose", *DAY)
    for number in (2, 3, 4, 5):
        for language in ("fr", "en"):
            (folder / f"items/n{number}.{language}.md").write_text(told(number, language), "utf-8")
    run(folder, "compose", *LATER, "--language", "en")
    assert listed(folder, "2026-12.en") == ["Piece 5", "Piece 4"]
    run(folder, "compose", *LATER)
    assert listed(folder, "2026-12") == ["Article 5", "Article 4", "Article 3", "Article 2"]


def test_a_letter_of_no_language_is_not_the_first_one_after_others(tmp_path: Path) -> None:
    """Letters in English came before: what is new goes into the next, all of it."""
    settings = COMPLETE.replace("limit = 4", "limit = 2")
    folder = site(tmp_path, {"n1.en.md": told(1, "en")}, settings)
    run(folder, "compose", *DAY, "--language", "en")
    for number in (2, 3, 4):
        (folder / f"items/n{number}.md").write_text(told(number, "fr"), "utf-8")
    (key,) = run(folder, "compose", *LATER).stdout.split()
    assert len(listed(folder, Path(key).stem)) == 3
    assert not (folder / "issues/_left-out.md").exists()


def test_two_names_of_one_language_make_one_letter(folder: Path) -> None:
    """Else both would carry the same articles."""
    asked = ("--language", "en", "--language", "en-GB")
    assert "en-GB" in run(folder, "compose", *DAY, *asked, code=2).stderr
    assert not (folder / "issues").exists()


def test_two_articles_in_one_language_are_two_whatever_key_they_share(tmp_path: Path) -> None:
    """When one was sent, the other is still to be sent."""
    folder = site(tmp_path, {"n1.md": told(1, "fr")}, COMPLETE)
    run(folder, "compose", *DAY)
    (folder / "items/n2.md").write_text(told(2, "fr", translationKey="t1"), "utf-8")
    run(folder, "compose", *LATER)
    assert listed(folder, "2026-12") == ["Article 2"]


def test_the_list_of_what_is_left_out_may_have_any_encoding(tmp_path: Path) -> None:
    """An editor of Windows saved it: the next language's first letter adds its own all the same."""
    settings = COMPLETE.replace("limit = 4", "limit = 1")
    pairs = [(number, language) for number in (1, 2) for language in ("fr", "en")]
    folder = site(tmp_path, {f"n{n}.{each}.md": told(n, each) for n, each in pairs}, settings)
    run(folder, "compose", *DAY, "--language", "fr")
    place = folder / "issues/_left-out.md"
    place.write_bytes(place.read_text("utf-8").encode("cp1252") + "À garder.\n".encode("cp1252"))
    run(folder, "compose", *DAY, "--language", "en")
    said = place.read_text("utf-8")
    assert all(words in said for words in ("Écartés", "À garder.", "Article 1", "Piece 1"))
