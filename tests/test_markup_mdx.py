"""MDX: what only a program can evaluate is left out of the body, and said once."""

from __future__ import annotations

import pytest

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source


def html(text: str, path: str = "items/a.mdx") -> tuple[str, list[tuple[str, int]]]:
    body = render(Source(text=text, language="en", path=path, prefix="a"))
    shown = body.html(lambda ref: Resolved(url=ref.url))
    return shown, [(problem.code, problem.line) for problem in body.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Total: {props.total} euros.", "<p>Total:  euros.</p>"),
        ("One\n\n{items.map(i => <li>{i}</li>)}\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("<>Text</>", "<p>Text</p>"),
        ("`{x.a}` stays, and \\{ too", "<p><code>{x.a}</code> stays, and { too</p>"),
    ],
)
def test_expressions_do_not_leak(text: str, expected: str) -> None:
    assert html(text)[0].strip() == expected


def test_what_is_left_out_is_said_once_with_its_line() -> None:
    assert html("One\n\nTwo {a.b} {c}")[1] == [("foreign-removed", 3)]


def test_braces_of_plain_markdown_stay() -> None:
    assert html("Total: {x} euros.", "items/a.md")[0].strip() == "<p>Total: {x} euros.</p>"


def test_any_text_is_read() -> None:
    for text in ("{" * 5000, "}" * 50, "{a{b{c}", "<>" * 50, "é{é}é`{é}`"):
        html(text)
