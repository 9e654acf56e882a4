"""A letter never exceeds its limit, and says what gave way."""

from __future__ import annotations

import pytest

from letters_samples import config, letter, theme
from newsfeed.newsletter import render


@pytest.mark.parametrize("count", [1, 8, 30, 200])
@pytest.mark.parametrize("style", ["full", "excerpt"])
@pytest.mark.parametrize("limit", [20, 90])
def test_letter_fits(count, style, limit):
    """Whatever the articles, the HTML stays under the limit and every article is in the text."""
    settings = config(f"max_kb = {limit}")
    made = letter(count, style=style)
    rendered = render(made, settings, theme(settings))
    html, text, _ = (output.data for output in rendered.outputs)
    assert len(html) <= limit * 1000
    assert rendered.report.html == len(html)
    for section in made.sections:
        for entry in section.entries:
            assert entry.url in text.decode()
    codes = {problem.code for problem in rendered.problems}
    assert bool(codes) is bool(rendered.report.shortened)
    assert codes <= {"letter-shortened", "letter-cut"}


def test_last_articles_give_way_first():
    """Articles fall from the last to the first, and the lead keeps the most."""
    settings = config("max_kb = 30")
    made = letter(30, style="full")
    rendered = render(made, settings, theme(settings))
    order = ["gone", "line", "headline", "excerpt", "full"]
    shown = {each.url: order.index(each.shown) for each in rendered.report.shortened}
    entries = [e for s in made.sections if s.style == "full" for e in s.entries]
    levels = [shown.get(e.url, 4) for e in entries]
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels)) <= 3
    message, hint = rendered.problems[0].words("fr")
    assert "trop lourde" in message
    assert "30" in hint


def test_too_many_articles_are_counted():
    """What a letter cannot even name it counts, with a link to the site."""
    settings = config("max_kb = 20")
    rendered = render(letter(200), settings, theme(settings))
    html = rendered.outputs[0].data.decode()
    gone = sum(each.shown == "gone" for each in rendered.report.shortened)
    assert gone
    assert f"Et {gone} autres articles" in html
    assert [problem.code for problem in rendered.problems] == ["letter-cut"]


def test_limit_below_the_frame_is_an_error():
    """A limit that the frame alone exceeds is an error with its figures, not a failure."""
    settings = config("max_kb = 2")
    rendered = render(letter(3), settings, theme(settings))
    assert "letter-too-heavy" in {problem.code for problem in rendered.problems}


def test_limit_is_used():
    """Shortening stops where the letter fits: nine tenths of the limit are used."""
    for style in ("full", "excerpt"):
        settings = config("max_kb = 60")
        report = render(letter(100, style=style), settings, theme(settings)).report
        assert 0.85 * 60_000 <= report.html <= 60_000


def test_lead_keeps_its_excerpt_longest():
    """While others are headlines the lead still has its text."""
    settings = config("max_kb = 30")
    rendered = render(letter(60, style="full"), settings, theme(settings))
    shown = {each.url: each.shown for each in rendered.report.shortened}
    lead = letter(60).sections[0].entries[0]
    assert lead.url not in shown
    assert "headline" in shown.values()
