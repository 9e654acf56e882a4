"""What word processors say by styles alone is said by elements."""

from __future__ import annotations

import re

import pytest

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source

BULLET = "<span style='font-family:Symbol'>·<span style='font:7pt'>&nbsp;&nbsp;</span></span>"
IGNORED = "<span><span style='mso-list:Ignore'>2)<span>&nbsp;</span></span></span>"


def item(mark: str, text: str, level: int = 1) -> str:
    return f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>{mark}{text}<o:p></o:p></p>\n"


@pytest.mark.parametrize(
    ("html", "meant"),
    [
        ('<p><span style="font-weight:700">a</span> b</p>', "<p><b>a</b> b</p>"),
        ("<p><span style='color:red; font-style: italic'>a</span></p>", "<p><i>a</i></p>"),
        ('<p><span style="font-weight:bold;text-decoration:line-through">a</span></p>', "<p><b><s>a</s></b></p>"),
        ('<p>m<span style="vertical-align:super">2</span> H<span style="vertical-align:sub">2</span>O</p>', "<p>m<sup>2</sup> H<sub>2</sub>O</p>"),
        ('<p><span style="font-weight:400">a</span> <span style="mso-bidi-font-weight:bold">b</span></p>', "<p>a b</p>"),
        ('<p><b style="font-weight:normal"><i>a</i></b> <em style="font-style:normal">b</em> <b>c</b></p>', "<p><i>a</i> b <b>c</b></p>"),
        ('<h2><span style="font-weight:700">a</span></h2>', "<h2>a</h2>"),
        ('<p><span style="font-weight:700">a <span>b</span></span> c</p>', "<p><b>a b</b> c</p>"),
        (f"{item(BULLET, 'a')}{item(BULLET, '<b>b</b>', 2)}<p>c</p>", "<ul><li>a</li>\n<li><b>b</b></li></ul>\n<p>c</p>"),
        (f"{item(BULLET, 'a')}{item(IGNORED, 'b')}", "<ul><li>a</li></ul>\n<ol><li>b</li></ol>"),
        ("<p style='mso-list:none'>a</p>", "<p>a</p>"),
    ],
)  # fmt: skip
def test_styles_that_mean_something(html: str, meant: str) -> None:
    body = render(Source(text=html, format="html", language="fr", path="items/a.html", prefix=""))
    shown = body.html(lambda ref: Resolved(ref.url)).strip()
    assert re.sub(r"</?span>| id=\"\w+\"", "", shown) == meant
    assert {problem.code for problem in body.problems} <= {"html-look"}
