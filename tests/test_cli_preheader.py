"""What inboxes show beside the subject where nobody wrote it, through the real command."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import SETTINGS, article, newsfeed, site

DAY = ("--now", "2026-11-23T12:00:00+01:00")
PLAIN = "The ferry runs again."
BODIES = {
    "code first": (f"```sh\nmake all\n```\n\n{PLAIN}", PLAIN),
    "code by its indent first": (f"    make all\n\n{PLAIN}", PLAIN),
    "code in HTML first": (f"<pre><code>x = 1</code></pre>\n<p>{PLAIN}</p>", PLAIN),
    "a table first": (f"| a | b |\n|---|---|\n| 1 | 2 |\n\n{PLAIN}", PLAIN),
    "a formula first": (f"$$\nE = mc^2\n$$\n\n{PLAIN}", PLAIN),
    "code above the author's mark": (f"```\nls -l\n```\n\n{PLAIN}\n\n<!--more-->\n\nRest.", PLAIN),
    "a formula in the sentence": ("It costs $x^2$ a day.", "It costs $x^2$ a day."),
    "code in the sentence": ("Run `make` first.", "Run make first."),
    "a list alone": ("- tea\n- milk", "tea milk"),
    "a list and code": ("- tea\n- milk\n\n```\nx\n```", "tea milk"),
    "code alone": ("```sh\nmake all\n```", "Le réseau · novembre 2026"),
    "a table alone": ("| a | b |\n|---|---|\n| 1 | 2 |", "Le réseau · novembre 2026"),
    "a picture alone": ("![](https://www.example.org/a.png)", "Le réseau · novembre 2026"),
}


def preheader(folder: Path, *arguments: str) -> str:
    shown = newsfeed("digest", *arguments, *DAY, cwd=folder).stdout
    return next(line for line in shown.splitlines() if line.startswith("Accroche")).partition(
        " : "
    )[2]


@pytest.mark.parametrize(("body", "told"), BODIES.values(), ids=BODIES.keys())
def test_it_is_prose(tmp_path: Path, body: str, told: str) -> None:
    """No line of code, no row of a table, not the title once more; rather whose letter it is."""
    folder = site(tmp_path, {"a.md": article("One", "2026-11-20", body)}, SETTINGS)
    assert preheader(folder) == told


def test_a_letter_of_an_editorial_alone_opens_with_it(tmp_path: Path) -> None:
    folder = site(tmp_path, {"a.md": article("One", "2026-11-20")}, SETTINGS)
    (folder / "issues").mkdir()
    (folder / "issues/2026-11.md").write_text(f"---\nsubject: Adieu\n---\n\n{PLAIN}\n", "utf-8")
    assert preheader(folder, "2026-11") == PLAIN


def test_what_the_author_wrote_stands(tmp_path: Path) -> None:
    """A summary is meant, whatever the body begins with."""
    text = article("One", "2026-11-20", "```\nx\n```", summary="`x`, told.")
    assert preheader(site(tmp_path, {"a.md": text}, SETTINGS)) == "x, told."
