"""`newsfeed compose` through the real command: the next issue, and nothing twice."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site

NOW = ("--now", "2026-11-23T12:00:00+01:00")


def composed(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    now = () if "--now" in arguments else NOW
    result = newsfeed("compose", *now, *arguments, cwd=folder)
    assert result.returncode == code, (result.returncode, result.stdout, result.stderr)
    return result


def listed(folder: Path, key: str) -> list[str]:
    """The articles of an issue file, by the name of their file."""
    text = (folder / f"issues/{key}.md").read_text("utf-8")
    return re.findall(r"^- \[.*\]\(<?\.\./items/([^\s>]*)\.md", text, re.MULTILINE)


def add(folder: Path, name: str, day: str, **keys: str) -> None:
    text = article(name.capitalize(), day, **keys)
    (folder / f"items/{name}.md").write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = {
        f"a{day:02}.md": article(f"Article {day:02}", f"2026-11-{day:02}", category="Vie")
        for day in range(1, 6)
    }
    return site(tmp_path, articles)


def test_an_issue_file_to_edit(folder: Path) -> None:
    """Proposed subject and preheader, a place for the editorial, the articles with their ids."""
    result = composed(folder)
    assert result.stdout == "issues/2026-11.md\n"
    assert "newsfeed digest 2026-11" in result.stderr
    text = (folder / "issues/2026-11.md").read_text("utf-8")
    assert text.startswith(
        '---\nsubject: "Article 05"\npreheader: "Article 04 · Article 03 · Article 02 · Article 01"\n'
        "date: 2026-11-23\nnumber: 1\n---\n"
    )
    assert listed(folder, "2026-11") == ["a05", "a04", "a03", "a02", "a01"]
    assert '- [Article 05](../items/a05.md "tag:www.example.org,2026-11-05:a05")\n' in text
    assert "éditorial" in text
    assert "a05" in (folder / "newsfeed.lock").read_text("utf-8"), "the ids are remembered"
    digest = newsfeed("digest", *NOW, "2026-11", cwd=folder)
    assert digest.returncode == 0, digest.stderr
    assert "issue-" not in digest.stderr
    text_part = (folder / "public/newsletter/2026-11/letter.txt").read_text("utf-8")
    assert "Écrivez" not in text_part, "notes are for the team"


def test_only_what_no_issue_has_carried(folder: Path) -> None:
    """By id: back-dated, renamed and edited articles are each in one letter."""
    composed(folder)
    assert composed(folder, code=4).stdout == ""
    (folder / "items/a01.md").rename(folder / "items/autre.md")
    add(folder, "neuf", "2026-11-22")
    add(folder, "ancien", "2024-02-01")
    add(folder, "brouillon", "2026-11-22", draft="true")
    add(folder, "demain", "2026-11-30")
    composed(folder)
    assert listed(folder, "2026-11-2") == ["neuf", "ancien"]
    text = (folder / "issues/2026-11-2.md").read_text("utf-8")
    assert "number: 2\n" in text
    composed(folder, "--now", "2026-12-07")
    assert listed(folder, "2026-12") == ["demain"]


def test_nothing_new_is_exit_code_4(folder: Path) -> None:
    """No file, one plain sentence, in each case its own."""
    composed(folder)
    before = sorted((folder / "issues").iterdir())
    assert "depuis issues/2026-11.md" in composed(folder, code=4).stderr
    assert "parmi ceux-là" in composed(folder, "--category", "Vie", code=4).stderr
    assert sorted((folder / "issues").iterdir()) == before


def test_no_article_at_all(tmp_path: Path) -> None:
    """A new site has nothing to send yet."""
    assert "pas encore" in composed(site(tmp_path, {}), code=4).stderr
    assert not (tmp_path / "issues").exists()


def test_a_deleted_line_is_proposed_again_and_one_set_aside_is_not(folder: Path) -> None:
    """The file is the record of what a person chose."""
    composed(folder)
    place = folder / "issues/2026-11.md"
    rows = place.read_text("utf-8").splitlines()
    aside = next(row for row in rows if "a02.md" in row)
    kept = [row for row in rows if "a01.md" not in row and row != aside]
    place.write_text("\n".join([*kept, "", "## Écartés", "", aside, ""]), "utf-8")
    composed(folder)
    assert listed(folder, "2026-11-2") == ["a01"]


def test_an_existing_file_is_never_overwritten(folder: Path) -> None:
    """Exit code 1, and the file as it was."""
    composed(folder, "rentree")
    assert (folder / "issues/rentree.md").exists()
    add(folder, "neuf", "2026-11-22")
    before = (folder / "issues/rentree.md").read_bytes()
    assert "existe déjà" in composed(folder, "rentree", code=1).stderr
    assert (folder / "issues/rentree.md").read_bytes() == before


def test_a_key_that_is_no_address_is_refused(folder: Path) -> None:
    """With the one that is meant."""
    assert "lettre-de-novembre" in composed(folder, "Lettre de novembre", code=2).stderr
    composed(folder, "issues/2026-11.md")
    assert (folder / "issues/2026-11.md").exists()


def test_options_choose_among_the_new(folder: Path) -> None:
    """What they leave is proposed the next time."""
    composed(folder, "--last", "1", "--subject", "Mon : objet")
    assert listed(folder, "2026-11") == ["a05"]
    assert 'subject: "Mon : objet"' in (folder / "issues/2026-11.md").read_text("utf-8")
    (folder / "issues/_left-out.md").unlink()
    composed(folder, "--since", "4 novembre 2026")
    assert listed(folder, "2026-11-2") == ["a04"]
    composed(folder, "--item", "a02", "--item", "a05")
    assert listed(folder, "2026-11-3") == ["a02", "a05"]
    text = (folder / "issues/2026-11-3.md").read_text("utf-8")
    assert 'a05") (rappel)\n' in text and 'a02")\n' in text
    composed(folder)
    assert listed(folder, "2026-11-4") == ["a03", "a01"]


def test_the_first_issue_of_an_archive(tmp_path: Path) -> None:
    """500 articles give a letter of 8; the others are listed, and can be taken back by hand."""
    folder = site(
        tmp_path,
        {
            f"{n:03}.md": article(f"Article {n:03}", f"20{25 - n // 40}-0{1 + n % 9}-10")
            for n in range(500)
        },
    )
    result = composed(folder)
    assert result.stdout == "issues/_left-out.md\nissues/2026-11.md\n"
    assert "492" in result.stderr and "--all" in result.stderr
    assert len(listed(folder, "2026-11")) == 8
    left_out = listed(folder, "_left-out")
    assert len(left_out) == 492
    composed(folder, code=4)
    place = folder / "issues/_left-out.md"
    rows = place.read_text("utf-8").splitlines(keepends=True)
    place.write_text("".join(row for row in rows if f"/{left_out[99]}.md" not in row), "utf-8")
    composed(folder)
    assert listed(folder, "2026-11-2") == [left_out[99]]
    build = newsfeed("build", *NOW, cwd=folder)
    assert "_left-out" not in build.stderr
    assert not (folder / "public/newsletter/_left-out").exists()


def test_the_whole_archive_on_request(tmp_path: Path) -> None:
    """--all takes everything, --last and --since as much as they say."""
    articles = {f"{n:02}.md": article(f"Article {n:02}", f"2026-10-{n + 1:02}") for n in range(20)}
    folder = site(tmp_path, articles)
    composed(folder, "a", "--all")
    assert len(listed(folder, "a")) == 20
    (folder / "issues/a.md").unlink()
    composed(folder, "b", "--since", "2026-10-11")
    assert len(listed(folder, "b")) == 10
    assert len(listed(folder, "_left-out")) == 10


def test_sections_by_category_or_flat(folder: Path) -> None:
    """A magazine groups what goes together; the lead stands alone; --flat lists in order."""
    add(folder, "soin1", "2026-11-10", category="Soins")
    add(folder, "soin2", "2026-11-09", category="Soins")
    add(folder, "rdv", "2026-11-08", event='{start: "2026-12-03 12:30", place: Arles}')
    composed(folder, "sections")
    text = (folder / "issues/sections.md").read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Vie", "Agenda"]
    assert listed(folder, "sections") == [
        "soin1",
        "soin2",
        "a05",
        "a04",
        "a03",
        "a02",
        "a01",
        "rdv",
    ]
    (folder / "issues/sections.md").unlink()
    composed(folder, "flat", "--flat")
    text = (folder / "issues/flat.md").read_text("utf-8")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Agenda"]


def test_check_speaks_of_issues_and_mends_them(folder: Path) -> None:
    """`check` names what is wrong in issue files; --fix adds the ids that lines lack."""
    (folder / "issues").mkdir()
    place = folder / "issues/2026-11.md"
    place.write_text("---\nsubject: Été : suite\n---\n\n- [A](../items/a01.md)\n", "utf-8")
    result = newsfeed("check", *NOW, cwd=folder)
    assert "issues/2026-11.md:5:3" in result.stdout and "issue-item-no-id" in result.stdout
    newsfeed("check", *NOW, "--fix", cwd=folder)
    text = place.read_text("utf-8")
    assert '- [A](../items/a01.md "tag:www.example.org,2026-11-01:a01")\n' in text
    assert 'subject: "Été : suite"' in text


def test_two_teams_composed_at_once(folder: Path) -> None:
    """Both issues are merged: the later one warns of every article that the other sent."""
    composed(folder, "2026-11-20")
    text = (folder / "issues/2026-11-20.md").read_text("utf-8")
    (folder / "issues/2026-11-21.md").write_text(text, "utf-8")
    result = newsfeed("check", *NOW, cwd=folder)
    assert result.stdout.count("issue-item-sent") == 5
    assert "issues/2026-11-21.md" in result.stdout
    assert result.returncode == 0, "a warning: a person may mean it"


def test_an_unreadable_issue_is_mended_first(folder: Path) -> None:
    """Nobody knows what it carried: composing now could send articles twice."""
    composed(folder)
    (folder / "issues/2026-11.md").write_bytes(bytes(range(256)) * 9)
    add(folder, "neuf", "2026-11-22")
    result = composed(folder, code=1)
    assert "issues/2026-11.md" in result.stderr
    assert not (folder / "issues/2026-11-2.md").exists()


def test_messages_in_english_too(folder: Path) -> None:
    """The site's language is that of the messages, unless --lang says otherwise."""
    (folder / "newsfeed.toml").write_text(SETTINGS.replace('"fr"', '"en"'), "utf-8")
    assert "edit the file" in composed(folder).stderr
    assert "no article is new" in composed(folder, code=4).stderr
