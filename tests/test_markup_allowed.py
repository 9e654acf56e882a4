"""What an article may hold is `data/allowed.toml`, and nothing else of HTML, MathML and URLs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source

DATA = tomllib.loads((Path(__file__).parent / "data" / "allowed.toml").read_text("utf-8"))
ANYWHERE = set(DATA["anywhere"].split())
VALUES = {
    **dict.fromkeys(DATA["attributes"]["names"].split(), "/x"),
    **DATA["attributes"]["valued"],
}
ELEMENTS = {
    **dict.fromkeys(DATA["bare"].split(), ANYWHERE),
    **{name: ANYWHERE | set(own.split()) for name, own in DATA["html"].items()},
    **{name: set(own.split()) for name, own in DATA["math"].items()},
}
# Elsewhere the HTML parser takes no notice of them.
PLACES = {
    **dict.fromkeys(("caption", "colgroup", "thead", "tbody", "tfoot", "tr"), "<table>{}</table>"),
    "col": "<table><colgroup>{}</colgroup></table>",
    **dict.fromkeys(("td", "th"), "<table><tr>{}</tr></table>"),
    **dict.fromkeys(("source", "track"), "<audio>{}</audio>"),
    **dict.fromkeys(DATA["math"], "<math>{}</math>"),
    "math": "{}",
    "summary": "<details>{}</details>",
}
VOID = [
    "area",
    "base",
    "br",
    "col",
    "embed",
    "frame",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "param",
    "source",
    "track",
    "wbr",
]


def rendered(html: str, written: str = "html") -> tuple[str, list[str]]:
    """Return ``html`` as it is shown, and the rules that speak of what is left out."""
    body = render(Source(text=html, format=written, language="en", path="items/a.md", prefix=""))
    said = [problem.code for problem in body.problems if problem.code.startswith("html-")]
    return body.html(lambda ref: Resolved(ref.url)), said


def in_place(name: str, attributes: str = "") -> str:
    end = "" if name in VOID else f"text</{name}>"
    return PLACES.get(name, "{}").format(f"<{name}{attributes}>{end}")


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_has_these_attributes_and_no_other(name: str) -> None:
    """Every other attribute, an event's first of all, is left out; the element stays."""
    every = "".join(f' {key}="{value}"' for key, value in VALUES.items())
    shown = rendered(in_place(name, every))[0]
    found = re.search(rf"<{name}((?: [^\s=>]+=\"[^\"]*\")*)>", shown)
    assert found, shown
    assert set(re.findall(r" ([^\s=]+)=", found[1])) == ELEMENTS[name]
    assert rendered(in_place(name))[1] == []


@pytest.mark.parametrize(
    ("name", "row"), [(name, row) for row in DATA["others"] for name in row["elements"].split()]
)
def test_any_other_element_is_left_out(name: str, row: dict[str, str | bool]) -> None:
    """Its text stays where it is the article's, and the rule is that of its kind."""
    place = "<math>{}</math>" if "inside" in row else "{}"
    shown, said = rendered("<p>a</p>" + place.format(f"<{name}>text</{name}>"))
    assert not re.search(rf"<{name}\b", shown)
    assert ("text" in shown) == row["text"]
    assert said == ([row["rule"]] if row["rule"] else [])


@pytest.mark.parametrize("level", range(1, 7))
def test_a_heading_stays_one(level: int) -> None:
    """The first one of an article is one below its title."""
    assert (
        rendered(f"<h{level} title='t'>text</h{level}>")[0] == '<h2 title="t" id="text">text</h2>'
    )


def test_a_link_has_these_schemes_and_no_other() -> None:
    """In capitals, too, and whatever white space browsers leave out of them (URL standard)."""
    for scheme in DATA["schemes"].split():
        for written in (scheme, scheme.upper(), f" {scheme}"):
            shown = rendered(f'<a href="{written}:x">text</a>')[0]
            assert shown == f'<a href="{written.strip()}:x">text</a>'
    for scheme in DATA["refused"].split():
        for written in (
            scheme,
            scheme.upper(),
            f" {scheme}",
            f"{scheme[0]}&#9;{scheme[1:]}",
            f"&#1;{scheme}",
        ):
            assert rendered(f'<a href="{written}:x">text</a>')[0] == "text", written
