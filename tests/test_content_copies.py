"""What programs that keep folders alike put beside an article is not published a second time."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import article, newsfeed, site
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


DOUBLES = [
    "bilan (1).md", "bilan(2).md", "bilan 2.md", "bilan - Copie.md", "bilan - Copie (3).md", "bilan copie.md",
    "bilan copie 2.md", "Copie de bilan.md", "Copy of bilan.md", "bilan copy.md", "bilan - Kopie.md", "Kopie von bilan.md",
]  # fmt: skip


def test_a_second_file_is_left_out_where_it_says_the_same(tmp_path: Path) -> None:
    """Under the name that a browser, Windows or macOS gives it; what differs is an article."""
    articles: dict[str, str | bytes] = {}
    for number, name in enumerate(DOUBLES):
        text = article(f"Un {number}", "2026-11-02")
        articles |= {f"{number}/bilan.md": text, f"{number}/{name}": text}
    folder = site(tmp_path, articles)
    done = newsfeed("build", cwd=folder)
    assert done.stderr.count("[article-double]") == len(DOUBLES)
    assert len(list((folder / "public" / "items").rglob("*.html"))) == len(DOUBLES)
    for number, name in enumerate(DOUBLES):
        place = folder / "items" / str(number) / name
        place.write_text(article(f"Autre {number}", "2026-11-02"), "utf-8")
    done = newsfeed("build", cwd=folder)
    assert "[article-double]" not in done.stderr
    assert len(list((folder / "public" / "items").rglob("*.html"))) == 2 * len(DOUBLES)
