"""Folders of other tools through the real command line: what is published of them, and said."""

from __future__ import annotations

import re
from pathlib import Path

from command import article, newsfeed, site

NOW = ("--now", "2026-06-01")


def built(folder: Path, *options: str) -> str:
    """Build the site in ``folder`` without and with its cache; return what was said at last."""
    for _ in range(2):
        done = newsfeed("build", *NOW, *options, cwd=folder)
        assert "Traceback" not in done.stderr
    return done.stderr


def page(folder: Path, path: str) -> str:
    """Return the text of the article's part of a page."""
    html = (folder / "public" / path).read_text("utf-8")
    found = re.search(r"<article\b.*?</article>", html, re.S)
    assert found is not None
    return found[0]


def test_a_vault_is_linked_by_its_other_names(tmp_path):
    """Obsidian: an alias, a block's id, a heading's way, and a part that is not there."""
    folder = site(
        tmp_path,
        {
            "Réunion.md": article(
                "Réunion", aliases="[La réunion du lundi, RDL]", body="Le point. ^point\n\n## Suite"
            ),
            "a.md": article(
                body="[[rdl]], [[La réunion du lundi|lundi]], [[Réunion#^point]], [[Réunion#Suite]],"
                " [[#ici]], [[#là|ailleurs]].\n\n![[RDL]]"
            ),
        },
    )
    said = built(folder)
    html = page(folder, "items/2026/01/a.html")
    assert html.count("items/2026/01/reunion.html") == 5
    assert 'reunion.html#reunion-point"' in html
    assert "^" not in html
    assert "[anchor-dead]" not in said
    assert said.count("[anchor-missing]") == 2
    assert "[note-embedded]" in said
    assert "a.html#" not in html
    assert "ici, ailleurs." in html
