"""How deep an article's elements nest: what fits is left alone, what does not loses its tags alone."""

from __future__ import annotations

import re

import pytest

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.elements.depth import lighten
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source

MANY = "<p>a</p>" * 300
"""So many tags that they are counted before they are parsed."""


def rendered(html: str) -> tuple[str, bool]:
    """Return ``html`` as it is shown, and whether it is said to be too deep."""
    body = render(Source(text=html, format="html", language="en", path="items/a.md", prefix=""))
    said = [problem.code for problem in body.problems]
    assert said in ([], ["nesting-deep"])
    return body.html(lambda ref: Resolved(ref.url)), bool(said)


def nested(name: str, levels: int, inside: str = "x") -> str:
    return f"<{name}>" * levels + inside + f"</{name}>" * levels


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (nested("div", 59), {"div": 59}),
        (nested("div", 60), {"div": 60}),
        (nested("div", 61), {"div": 60}),
        # What was too deep is over where its element ends, and what follows has its tags.
        (nested("div", 62) + "<p>y</p>" + nested("div", 59), {"div": 119, "p": 1}),
        (nested("div", 59, "<p>a</p><p>b</p>"), {"div": 59, "p": 2}),
        (nested("div", 60, "<p>a</p><p>b</p>"), {"div": 60, "p": 0}),
        (nested("div", 60, "a<br>b<img src=/c alt=c>"), {"div": 60, "br": 1, "img": 1}),
        (nested("div", 59, "<section><em>a</em>b</section><em>c</em>"), {"section": 1, "em": 1}),
        # An element that is nothing without its children has room for them, or goes.
        (nested("div", 55, "<table><tr><td>a</table>"), {"table": 1, "tbody": 1, "tr": 1, "td": 1}),
        (nested("div", 56, "<table><tr><td>a</table>"), {"table": 0, "tbody": 0, "tr": 0, "td": 0}),
        (nested("div", 57, "<ul><li>a</ul>"), {"ul": 1, "li": 1}),
        (nested("div", 58, "<ul><li>a</ul>"), {"ul": 0, "li": 0}),
        (nested("div", 57, "<ol><li>a</ol>"), {"ol": 1, "li": 1}),
        (nested("div", 58, "<ol><li>a</ol>"), {"ol": 0, "li": 0}),
        (nested("div", 57, "<dl><dt>a</dl>"), {"dl": 1, "dt": 1}),
        (nested("div", 58, "<dl><dt>a</dl>"), {"dl": 0, "dt": 0}),
        (nested("b", 30), {"b": 30}),
        # Far more tags than these bounds.
        (MANY + nested("div", 60), {"p": 300, "div": 60}),
        (MANY + nested("div", 70) + "<p>y</p>" + nested("div", 70), {"p": 301, "div": 120}),
        (MANY + nested("div", 170) + "<p>y</p>" + nested("div", 170), {"p": 301, "div": 120}),
        # One tag that was left out is one, and a long tag is no less deep than a short one.
        (MANY + nested("div", 171) + "<p>y</p>" + nested("div", 60), {"p": 301, "div": 120}),
        (f"<div title={'t' * 100}>" * 70 + "x" + "</div>" * 70, {"div": 60}),
        (MANY + nested("DIV", 170) + "</div></div><p>y</p>", {"p": 301, "div": 60}),
        (nested("div", 70) + MANY, {"p": 300, "div": 60}),
        (MANY + nested("b", 20), {"b": 20}),
        (MANY + nested("B", 30) + "<p>y</p>" + nested("b", 30), {"b": 40, "p": 301}),
        (MANY + nested("b", 30, nested("div", 3)), {"b": 20, "div": 3}),
        ("<b>x</b>" * 600, {"b": 600}),
        ("<b>x</b>" * 600 + nested("i", 19, "<u>y</u><s>z</s>"), {"b": 600, "i": 19, "u": 1, "s": 1}),
        (("<div>x</div></div>" * 300) + nested("div", 60), {"div": 360}),
        ("<p>x" * 600 + "<ul>" + "<li>y" * 300 + "</ul>", {"p": 600, "li": 300}),
        # An end that nothing began takes nothing away from what nests after it.
        (MANY + "</div>" * 100 + nested("div", 90), {"div": 60}),
        (MANY + "</b>" * 100 + nested("b", 90), {"b": 20}),
    ],
)  # fmt: skip
def test_sixty_levels_are_kept(html: str, kept: dict[str, int]) -> None:
    """Each element that is kept has its end, every text stays, and it is said if one is not."""
    shown, too_deep = rendered(html)
    begun = {name: len(re.findall(rf"<{name}\b", shown)) for name in kept}
    assert begun == kept
    for name in kept.keys() - {"br", "img"}:
        assert shown.count(f"</{name}>") == kept[name]
    assert re.findall(r"\w", re.sub("<[^>]*>", "", shown)) == re.findall(
        r"\w", re.sub("<[^>]*>", "", html)
    )
    lost = any(len(re.findall(rf"<{name}\b", html, re.I)) > kept[name] for name in kept)
    assert too_deep == lost


@pytest.mark.parametrize(
    "name",
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"],
)
def test_what_a_parser_opens_again_is_bounded(name: str) -> None:
    """Each paragraph would repeat all that no end tag closed (HTML, list of active formatting elements)."""
    html = f"<{name} id=a>" * 400 + "<p>x</p>" * 200
    assert lighten(html, 800) == (html.replace(f"<{name} id=a>", "", 380), True)


def test_a_parser_sees_a_hundred_levels() -> None:
    """Its time grows with the square of them; what closes makes room again."""
    shallow = MANY + nested("div", 90) + nested("section", 90) + nested("div", 100)
    assert lighten(shallow, 1160) == (shallow, False)
    assert lighten(shallow + nested("div", 101), 1362) == (shallow + nested("div", 100), True)
    stray = "<div>x</div></div>" * 300
    assert lighten(stray + nested("div", 101), 1102) == (stray + nested("div", 100), True)
    # Markdown made all of them of some lines of "> > >".
    assert lighten(MANY + nested("blockquote", 101), 0) == (MANY + nested("blockquote", 100), True)
    mixed = MANY + nested("b", 20, nested("div", 85))
    assert lighten(mixed, 810) == (MANY + nested("b", 20, nested("div", 80)), True)
