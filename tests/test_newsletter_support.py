"""The figure of Can I email: our table and our counting are held to the npm package's."""

from __future__ import annotations

import json
import subprocess

import pytest
from msgspec.structs import replace

import support_table
from conftest import NODE_MODULES
from letters_samples import LOGO, config, entry, letter, relied_on, theme
from newsfeed.newsletter import Extras, render
from newsfeed.newsletter.support import support

WILD = """<html><body>
<p style="display:grid;gap:1rem;COLOR:red !important;border-radius:4px;width:50vw">a</p>
<p style="font-family:system-ui, serif;overflow-wrap:anywhere;width:fit-content;all:initial">b</p>
<p style="text-decoration-color:red;margin-inline-start:2ch;flex-wrap: wrap">c</p>
<a href="mailto:a@b.example" target="_blank">d</a><a href="#e" aria-label="e">e</a><code>f</code>
<img src="https://a.example/b.webp?c=.gif" alt="" loading="lazy"><img src="https://a.example/b.SVG">
<small hidden>g</small><input type="checkbox" required><button type="submit">h</button><wbr>
<table background="x"><tr><td style="position:absolute;left:0;z-index:1;opacity:.5">i</td></tr></table>
</body></html>"""
"""What a template of one's own may hold. Functions and HTML 5's elements are apart: see below."""


def letters() -> list[str]:
    made = []
    for layout in ("magazine", "bulletin", "essay"):
        settings = config(f'layout = "{layout}"')
        for language, count, style in (
            ("fr", 1, "full"), ("fr", 8, "excerpt"), ("en", 8, "full"), ("ar", 30, "excerpt"),
        ):  # fmt: skip
            shown = letter(count, language, style=style, editorial="<p>x <code>y</code></p>")
            rendered = render(shown, settings, theme(settings), Extras(logos=(LOGO,)))
            made.append(rendered.outputs[0].data.decode())
    return made


@pytest.mark.node
def test_table_is_that_of_the_npm_package():
    """``python tests/support_table.py`` has been run since the data changed."""
    data = json.loads(support_table.DATA.read_text("utf-8"))
    made = support_table.written(support_table.table(data))
    assert support_table.TABLE.read_text("utf-8") == made


@pytest.mark.node
def test_count_is_that_of_the_npm_package(tmp_path):
    """Feature by feature, over all of its clients, on letters and on a page of everything."""
    pages = [*letters(), WILD]
    files = [tmp_path / f"{number}.html" for number in range(len(pages))]
    for file, page in zip(files, pages, strict=True):
        file.write_text(relied_on(page), "utf-8")
    script = NODE_MODULES.parent / "caniemail.mjs"
    done = subprocess.run(
        ["node", script, *files], capture_output=True, text=True, check=True, timeout=120
    )
    lines = done.stdout.splitlines()
    for page, line in zip(pages, lines, strict=True):
        found = json.loads(line)
        counted = support(page.encode())
        assert counted.lacking == found["features"]
        assert counted.pairs == found["count"] > 0


@pytest.mark.parametrize(
    ("markup", "feature"),
    [
        ('<p style="width:calc(100% - 2px)">', "CSS calc() function"),
        ('<p style="background:rgba(0,0,0,.5)">', "rgba()"),
        ("<section>", "HTML5 semantics"),
        ("<svg></svg>", "Embedded <svg> image"),
    ],
)
def test_what_the_npm_package_overlooks_is_found(markup, feature):
    assert feature in support(f"<body>{markup}</body>".encode()).lacking


def test_what_only_a_style_sheet_does_is_left_out():
    html = "<body><style>p{display:grid}</style><!--[if mso]><section><![endif]--><p>a</p>"
    assert set(support(html.encode()).lacking) == {"<body> element"}


def test_an_article_brings_in_no_style():
    """A letter relies on what our templates do and on its articles' elements, never on their looks."""
    settings = config()
    plain = letter(1)
    wild = replace(plain.sections[0], entries=(entry(0, content=WILD),))
    counted = [
        support(
            render(shown, settings, theme(settings), Extras(logos=(LOGO,))).outputs[0].data or b""
        )
        for shown in (plain, replace(plain, sections=(wild,)))
    ]
    assert counted[0].pairs <= 60
    added = {*counted[1].lacking} - {*counted[0].lacking}
    assert added == {"<code> element", "<small> element"}
