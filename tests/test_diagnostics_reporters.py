"""Diagnostics in each format that people and services read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import PIL
import pytest

from command import SETTINGS, article, newsfeed, site
from newsfeed.cli.options import FORMS
from newsfeed.diagnostics import arrange, diagnostic
from newsfeed.diagnostics.reporters import (
    FORMATS,
    counted,
    github,
    gitlab,
    json_lines,
    junit,
    sarif,
    text,
)
from newsfeed.diagnostics.rules import RULES
from newsfeed.diagnostics.rules.content import RULES as CONTENT
from photographs import photograph

PROBLEMS = arrange(
    [
        diagnostic("link-dead", "items/été, 100 %.md", 7, 3, url="a:b,c\n%"),
        diagnostic("title-capitals", "items/a.md", 2, 8, title="TOUT"),
        diagnostic("file-missing", "items/a.md", 4, 1, url="x.png"),
        diagnostic("file-missing", "items/a.md", 4, 1, url="x.png"),
    ]
)


def test_problems_are_sorted_and_said_once() -> None:
    assert [(p.path, p.line) for p in PROBLEMS] == [
        ("items/a.md", 2), ("items/a.md", 4), ("items/été, 100 %.md", 7),
    ]  # fmt: skip


def test_text_has_place_code_message_and_cure() -> None:
    lines = text(PROBLEMS, "fr").splitlines()
    assert lines[0].startswith("items/a.md:2:8: attention [title-capitals] ")
    assert lines[1].startswith("    → ")
    assert counted(PROBLEMS, "fr") == "1 erreur, 2 avertissements"
    kinds = {"link-dead": 40, "file-missing": 5, "date-missing": 5, "title-none": 1, "html-look": 2}
    many = [diagnostic(code, "a.md", line) for code, n in kinds.items() for line in range(1, n + 1)]
    named = "link-dead × 40, date-missing × 5, file-missing × 5, html-look × 2"
    assert counted(many, "en") == f"10 errors, 40 warnings, 3 notes ({named})"


def test_json_is_data() -> None:
    rows = json.loads(json_lines(PROBLEMS, "en"))
    assert rows[1] == {
        "path": "items/a.md", "line": 4, "column": 1, "severity": "error", "code": "file-missing",
        "message": "the file “x.png” does not exist",
        "hint": "put it beside the article, or correct its name (capitals and accents count)",
        "fixable": False,
    }  # fmt: skip


def test_annotations_escape_what_would_end_them() -> None:
    """A path or message with a comma, a colon, a percent sign or a line break stays one command."""
    lines = github(PROBLEMS, "en").splitlines()
    assert len(lines) == 3
    assert lines[2].startswith(
        "::warning file=items/été%2C 100 %25.md,line=7,col=3,title=link-dead::"
    )
    assert "a:b,c\\n%25" in lines[2]


def test_sarif_has_the_shape_that_scanners_ask_for() -> None:
    """SARIF 2.1.0 §3: rules by index, levels of its own, places from 1, paths as URIs."""
    log = json.loads(sarif(PROBLEMS, "en"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({p.code for p in PROBLEMS})
    for result, problem in zip(run["results"], PROBLEMS, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.code
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        assert place["region"] == {"startLine": problem.line, "startColumn": problem.column}
        assert place["artifactLocation"]["uri"].isascii()
        assert " " not in place["artifactLocation"]["uri"]
        assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]


def test_gitlab_has_what_code_quality_asks_for() -> None:
    """Fingerprints are one a problem, and stay when a problem moves to another line."""
    rows = json.loads(gitlab(PROBLEMS, "en"))
    assert len({row["fingerprint"] for row in rows}) == len(rows) == len(PROBLEMS)
    for row, problem in zip(rows, PROBLEMS, strict=True):
        assert row["description"] and row["check_name"] == problem.code
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert row["location"] == {"path": problem.path, "lines": {"begin": problem.line}}
    moved = arrange(
        diagnostic("file-missing", "items/a.md", line, 1, url="x.png") for line in (4, 9)
    )
    first, second = json.loads(gitlab(moved, "en"))
    assert first["fingerprint"] == rows[1]["fingerprint"] != second["fingerprint"]
    (later,) = json.loads(gitlab(moved[1:], "en"))
    assert later["fingerprint"] == first["fingerprint"]


def test_junit_is_xml_whatever_an_article_says() -> None:
    """A problem is a failure, a note is none, and a run without any is one test that passed."""
    odd = diagnostic("link-dead", "items/a\x00<b>.md", 7, 3, url="]]>&\x1b\ud800\n")
    note = diagnostic("pillow-differs", "public/a.jpg", count=1, version="1")
    root = ET.fromstring(junit(arrange([*PROBLEMS, odd, note]), "fr").encode("utf-8"))
    assert (root.get("tests"), root.get("failures")) == ("5", "4")
    assert len(list(root.iter("failure"))) == 4 and len(list(root.iter("system-out"))) == 1
    assert {each.get("line") for each in root.iter("testcase")} == {"1", "2", "4", "7"}
    empty = ET.fromstring(junit((), "fr").encode())
    assert [case.find("failure") for case in empty.iter("testcase")] == [None]


@pytest.mark.parametrize("rule", [rule for rule in CONTENT if rule.bad], ids=lambda rule: rule.code)
def test_the_examples_of_content_rules_show_them(rule, tmp_path) -> None:
    """The bad example draws its rule, the good one draws nothing, through the real command."""
    folder = site(tmp_path, {"bad.md": rule.bad, "good.md": rule.good})
    rows = json.loads(newsfeed("check", "--format", "json", cwd=folder).stdout)
    found = {row["path"]: row["code"] for row in rows if row["path"].startswith("items/")}
    assert found.get("items/bad.md") == rule.code
    assert "items/good.md" not in found or found["items/good.md"] == "title-twice"


def test_what_spans_articles_is_said(tmp_path) -> None:
    """Equal titles, equal minutes, and a part that the other article does not have."""
    folder = site(
        tmp_path,
        {
            "a.md": article(
                "Même titre", "2026-01-02 10:00", "[là](b.md#absent) [ici](b.md#titre)"
            ),
            "b.md": article("Même titre", "2026-01-02 10:00", "## Titre\n\nTexte."),
        },
    )
    rows = json.loads(newsfeed("check", "--format", "json", cwd=folder).stdout)
    found = sorted((row["path"], row["code"]) for row in rows if row["path"].startswith("items/"))
    assert found == [
        ("items/a.md", "anchor-dead"),
        ("items/b.md", "minute-twice"),
        ("items/b.md", "title-twice"),
    ]


def test_no_template_leaks_from_a_title_or_a_summary(tmp_path) -> None:
    """What another tool would have filled in is left out of every output, and said."""
    text = article('"Le {{ site.title }} réseau"', summary='"Voir {% if x %} ici"')
    folder = site(tmp_path, {"a.md": text})
    rows = json.loads(newsfeed("build", "--format", "json", cwd=folder).stdout)
    mine = [(row["code"], row["line"]) for row in rows if row["path"].startswith("items/")]
    assert mine == [("foreign-removed", 2), ("foreign-removed", 4)]
    for place in (folder / "public").rglob("*"):
        if place.is_file():
            assert b"site.title" not in place.read_bytes(), place
            assert b"{% if" not in place.read_bytes(), place


def test_every_rule_has_a_code_of_words() -> None:
    assert all(code == code.lower() and " " not in code for code in RULES)


def found(form: str, written: str) -> set[tuple[str, str]]:
    """Return (path, code) of every problem in a report, whatever its format."""
    if form == "github":
        rows = re.findall(r"^::\w+ file=([^,]*),.*?title=([^:,]*)::", written, re.M)
        return {(unquote(path), code) for path, code in rows}
    if form == "junit":
        cases = ET.fromstring(written.encode()).iter("testcase")
        return {(case.get("file", ""), case.get("name", "").split()[0]) for case in cases}
    if form == "sarif":
        (run,) = json.loads(written)["runs"]
        return {
            (
                unquote(each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]),
                each["ruleId"],
            )
            for each in run["results"]
        }
    rows = json.loads(written)
    if form == "gitlab":
        return {(row["location"]["path"], row["check_name"]) for row in rows}
    return {(row["path"], row["code"]) for row in rows}


MACHINES = [form for form in FORMS if form != "text"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a site in ``news/`` that was built, and then got another article."""
    root = tmp_path_factory.mktemp("formats")
    (root / ".git").mkdir()
    letter = '[newsletter]\nfrom = { name = "R", email = "r@example.org" }\n'
    folder = site(root / "news", {"a.md": article()}, SETTINGS + letter)
    (folder / "issues").mkdir()
    issue = "---\nobjet: Lettre\ndate: 2026-02-01\n---\n\n- items/a.md\n"
    (folder / "issues" / "2026-02.md").write_text(issue, "utf-8")
    assert newsfeed("build", "--now", "2026-03-01", cwd=folder).returncode == 0
    (folder / "issues" / "2026-02.json").unlink()
    (folder / "items" / "été b.md").write_text(article("B", "2026-01-05"), "utf-8")
    return root


LOCK = ("news/newsfeed.lock", "lock-stale")
RECORD = ("news/issues/2026-02.json", "record-stale")


def test_every_format_is_offered() -> None:
    assert set(FORMS) == set(FORMATS)


@pytest.mark.parametrize("form", MACHINES)
def test_whatever_ends_a_build_with_1_is_in_every_format(built: Path, form: str) -> None:
    """What --frozen and --check find is said to machines too, by paths of the repository."""
    asked = ("-C", "news", "build", "--now", "2026-03-01", "--format", form)
    frozen = newsfeed(*asked, "--frozen", cwd=built)
    assert frozen.returncode == 1
    assert {LOCK, RECORD} <= found(form, frozen.stdout)
    for options in (["--check"], ["--check", "--frozen"]):
        checked = newsfeed(*asked, *options, cwd=built)
        assert checked.returncode == 1
        rows = found(form, checked.stdout)
        assert {LOCK, RECORD, ("news/public/atom.xml", "output-stale")} <= rows
        assert ("news/public/items/2026/01/ete-b.html", "output-stale") in rows
    assert not (built / "news" / "issues" / "2026-02.json").exists()


def test_a_wrong_setting_is_in_every_format(tmp_path: Path) -> None:
    """Of a build as of a check, and the exit code is 2."""
    (tmp_path / ".git").mkdir()
    site(tmp_path / "news", {"a.md": article()}, "[site]\ntitel = 1\n")
    for form in MACHINES:
        done = newsfeed("-C", "news/items", "build", "--format", form, cwd=tmp_path)
        assert done.returncode == 2
        assert ("news/newsfeed.toml", "config-unknown-key") in found(form, done.stdout)


def test_check_says_by_name_what_pillow_changes(tmp_path: Path) -> None:
    """Another machine's Pillow makes other bytes: that is no fault of the site."""
    folder = site(tmp_path, {"a.md": article(body="![Deux](photo.jpg)")})
    (folder / "items" / "photo.jpg").write_bytes(photograph(1600, 1200))
    assert newsfeed("build", cwd=folder).returncode == 0
    (variant, *_) = sorted((folder / "public" / "media").rglob("*w.jpg"))
    variant.write_bytes(b"made by another version")
    done = newsfeed("build", "--check", "--lang", "en", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [variant.relative_to(folder / "public").as_posix()]
    assert f"made here by Pillow {PIL.__version__}" in done.stderr
