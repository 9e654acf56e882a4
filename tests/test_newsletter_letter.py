"""Letters: what a reader, a mailing service and a relay are promised."""

from __future__ import annotations

import re

import pytest

from letters_samples import LOGO, config, letter, theme
from newsfeed.newsletter import Extras, render, web_page


def files(rendered):
    return {output.path.rsplit("/", 1)[1]: output.data for output in rendered.outputs}


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("count", [1, 8, 30])
@pytest.mark.parametrize("layout", ["magazine", "bulletin"])
def test_letter_is_three_short_lined_files(language, count, layout):
    """A letter is HTML, text and a message, and no line of them is cut by a relay."""
    settings = config(f'layout = "{layout}"')
    rendered = render(letter(count, language), settings, theme(settings), Extras(logos=(LOGO,)))
    found = files(rendered)
    assert set(found) == {"letter.html", "letter.txt", "letter.eml"}
    assert not rendered.problems
    for data in found.values():
        assert max(map(len, data.splitlines())) <= 998
    html = found["letter.html"].decode()
    for section in letter(count, language).sections:
        for entry in section.entries:
            assert entry.title in html
    assert not re.search(r'(?:src|href)="(?!https?:|mailto:)', html)
    assert "<script" not in html
    assert "<link" not in html


def test_same_letter_is_the_same_bytes():
    """Rendering twice gives the same bytes, the message included."""
    settings = config()
    first, second = (render(letter(), settings, theme(settings)) for _ in range(2))
    assert files(first) == files(second)


def test_web_page_speaks_to_browsers():
    """The web version has a canonical address and no link to unsubscribe with."""
    settings = config()
    page = web_page(letter(), settings, theme(settings))
    html = page.data.decode()
    assert page.path == "newsletter/2026-10/index.html"
    assert (
        '<link rel="canonical" href="https://www.reseau-mistral.example/newsletter/2026-10/">'
        in html
    )
    assert "desabonnement" not in html
    assert "nf" + "x" not in html
