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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\n\n    Two", "<p>One</p>\n<p>Two</p>"),
        ("<Tabs>\n    <Tab>\n        One é\n    </Tab>\n</Tabs>", "<p>One é</p>"),
        ("<A1a>\n\n    <B2b>\n\n        - a\n            - b\n\n    </B2b>\n\n</A1a>",
         "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("- a\n\n      b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"),
        ("\tOne", "<p>One</p>"),
        ("```\n    kept\n```", "<pre><code>    kept\n</code></pre>"),
    ],
)  # fmt: skip
def test_what_is_indented_is_no_code(text: str, expected: str) -> None:
    """MDX has no indented code: what stands within tags is indented."""
    assert html(text)[0].strip() == expected
    assert "<code>" in html("One\n\n    Two", "items/a.md")[0]


def test_the_place_of_what_is_indented_is_that_in_the_file() -> None:
    (said,) = render(
        Source(text="a\n\n        é <Foo/>", language="en", path="a.mdx", prefix="a")
    ).problems
    assert (said.line, said.column) == (3, 11)


def test_what_is_left_out_is_said_once_with_its_line() -> None:
    assert html("One\n\nTwo {a.b} {c}")[1] == [("foreign-removed", 3)]


def test_braces_of_plain_markdown_stay() -> None:
    assert html("Total: {x} euros.", "items/a.md")[0].strip() == "<p>Total: {x} euros.</p>"


def test_any_text_is_read() -> None:
    for text in ("{" * 5000, "}" * 50, "{a{b{c}", "<>" * 50, "é{é}é`{é}`"):
        html(text)
