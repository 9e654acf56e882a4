"""The documentation says what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from command import ROOT
from newsfeed.cli import COMMANDS, cli
from newsfeed.config import keys
from newsfeed.diagnostics.rules import RULES

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_made_pages_are_up_to_date() -> None:
    """``make docs`` would change nothing."""
    result = subprocess.run(
        [sys.executable, ROOT / "docs" / "write.py", "--check"], capture_output=True, text=True
    )
    assert result.stdout == ""
    assert result.returncode == 0, result.stderr


def test_every_command_key_and_rule_is_documented() -> None:
    commands = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert all(f"\n## {name}\n" in commands for name in COMMANDS)
    settings = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert all(f"| `{name.partition('.')[2]}` |" in settings for name, *_ in keys())
    rules = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert all(f"\n### {code}\n" in rules for code in RULES)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    """A command has help, and each of its options has too."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), (name, parameter.name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_the_documentation_lead_somewhere(page) -> None:
    for target, anchor in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", prose(page)):
        if not re.match(r"[a-z]+:", target):
            place = page.parent / target if target else page
            assert place.exists(), target
            assert not anchor or anchor in anchors(place), (target, anchor)


def prose(page: Path) -> str:
    """Return the text of ``page`` without its code."""
    return re.sub(r"(?s)(`{3,}).*?\1|``.*?``|`[^`\n]*`", "", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """Return the fragments that a forge gives the headings of ``page``."""
    headings = re.findall(
        r"(?m)^#+ +(.+)$", re.sub(r"(?s)(`{3,}).*?\1", "", page.read_text("utf-8"))
    )
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_each_promise_names_tests_that_there_are() -> None:
    """docs/security.md: a row has a test that the suite runs, and a command that it names is there."""
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    rows = text[text.index("| promise |") :].split("\n\n")[0].splitlines()[2:]
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"))
    for row in rows:
        tests = re.findall(r"`(test_\w+\.py)::(test_\w+)`", row)
        assert tests, row
        for file, name in tests:
            assert f"\ndef {name}(" in (ROOT / "tests" / file).read_text("utf-8"), name
        for place in re.findall(r"`((?:\w+/)+(?:\w+\.py)?)`", row.split(" | ")[1]):
            assert (ROOT / "src" / "newsfeed" / place).exists(), place
    assert set(re.findall(r"`make ([a-z-]+)`", text)) <= set(targets)


def test_every_rule_has_words_in_both_languages_and_its_templates_fill() -> None:
    """A rule says what is wrong and what to do, in French and English, with the same values."""
    for rule in RULES.values():
        fields = [set(re.findall(r"\{(\w+)\}", " ".join(words))) for words in (rule.en, rule.fr)]
        assert rule.en[0], rule.code
        assert rule.fr[0], rule.code
        assert fields[0] == fields[1], rule.code
        assert rule.doc, rule.code
