"""A feed that someone opens in a browser can be read, and says what it is for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from example_feeds import document, rich_feed

STYLE = Path(__file__).parents[1] / "templates" / "feed.css"
SHOWN = """() => [...document.querySelectorAll('*')]
  .filter(element => element.checkVisibility() && !element.firstElementChild)
  .map(element => element.localName + ': ' + element.textContent.trim())"""
HINT = "() => getComputedStyle(document.documentElement, '::before').content"


@pytest.mark.browser
@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize(("language", "word"), [("fr", "lecteur de flux"), ("en", "feed reader")])
def test_a_browser_shows_titles_dates_and_a_hint(
    browser: Any, tmp_path: Path, form: str, language: str, word: str
) -> None:
    (tmp_path / "feed.css").write_bytes(STYLE.read_bytes())
    file = tmp_path / f"{form}.xml"
    file.write_bytes(document(rich_feed(1, stylesheet="feed.css", language=language), form))
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.goto(file.as_uri())
    assert word in page.evaluate(HINT)
    shown = page.evaluate(SHOWN)
    page.close()
    assert "title: Réseau Exemple" in shown
    assert "title: Dépistage : p < 0,05 & après" in shown
    assert any("2026" in each for each in shown)
    names = {each.partition(":")[0] for each in shown}
    assert names <= {"title", "subtitle", "description", "link", "summary", "published", "pubDate"}
    assert not any("<p>" in each for each in shown)


@pytest.mark.browser
def test_no_line_is_wider_than_a_telephone(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "feed.css").write_bytes(STYLE.read_bytes())
    file = tmp_path / "atom.xml"
    file.write_bytes(document(rich_feed(2, stylesheet="feed.css"), "atom"))
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    page.close()
