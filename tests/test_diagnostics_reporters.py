"""Diagnostics in each format that people and services read."""

from __future__ import annotations

import json

import pytest

from command import article, newsfeed, site
from newsfeed.diagnostics import arrange, diagnostic
from newsfeed.diagnostics.reporters import counted, github, json_lines, sarif, text
from newsfeed.diagnostics.rules import RULES
from newsfeed.diagnostics.rules.content import RULES as CONTENT

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
    assert "a:b,c%0A%25" in lines[2]


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
