"""What programs that keep folders alike put beside an article is not published a second time."""

from __future__ import annotations

import pytest

from newsfeed.content.copies import copies


@pytest.mark.parametrize(
    "name",
    [
        "bilan (Ana's conflicted copy 2026-11-02).md",
        "bilan (Copie en conflit de Ana 2026-11-02).md",
        "bilan (conflicted copy 2026-11-02 101112).md",
        "bilan.sync-conflict-20261102-101112-ABCDEFG.md",
        "bilan_conflict-20261102-101112.md",
        "bilan (SFConflict ana@ici.example 2026-11-02-10-11-12).md",
        "bilan.conflict.md",
        "bilan-DESKTOP-A1B2C3.md",
        "bilan-LAPTOP-9XY-2.md",
    ],
)
def test_a_copy_is_told_by_its_name_beside_the_article(name: str) -> None:
    assert copies([f"items/{name}", "items/bilan.md"]) == {f"items/{name}": "items/bilan.md"}
    assert copies([f"items/{name}"]) == {}
    assert copies([f"items/{name}", "items/2025/bilan.md", "items/bilan.html"]) == {}


@pytest.mark.parametrize(
    "name", ["conflit (2026).md", "bilan-desktop-a1.md", "bilan 2.md", "konflikte.md"]
)
def test_other_names_are_articles(name: str) -> None:
    assert copies([name, "conflit.md", "bilan.md"]) == {}
