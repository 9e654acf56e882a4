"""HTML that was kept is shown only where this room could have made it: nothing hides from the check."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodies import FOLDER, read, resolve
from newsfeed.markup.rendered import foreign_part
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source

FOREIGN = [
    # What one parser takes for a comment, a declaration or text, and another one for a tag.
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- a --!><img src=x onerror=alert(1)> -->",
    "<!---><script>alert(1)</script>-->",
    "<![CDATA[<b>]]>",
    "<?php echo 1 ?>",
    "<!doctype html>",
    "</#><b>x</b>",
    "</ p>",
    "a < b",
    "a <",
    '<p title="</p>">x</p>',
    "<p\x00>x</p>",
    "<p\x0ctitle=\"x\">x</p>",
    # Elements that read what they hold in another way, or load.
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></p></noscript>',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></p></xmp>',
    "<plaintext>",
    "<noembed>x</noembed>",
    "<iframe>x</iframe>",
    '<object data="https://e.org/x"></object>',
    '<embed src="https://e.org/x">',
    "<svg><set></set></svg>",
    "<style>p{}</style>",
    "<template><p>x</p></template>",
    '<base href="https://e.org/">',
    '<form action="https://e.org/"></form>',
    # Attributes that run, load, look or send.
    '<img src="x" onerror="alert(1)">',
    "<img/src=x/onerror=alert(1)>",
    '<img src="x"onerror="alert(1)">',
    "<p onclick=alert(1)>x</p>",
    '<p style="position:fixed">x</p>',
    '<a href="https://e.org/" ping="https://e.org/">x</a>',
    '<a href="https://e.org/" target="_blank">x</a>',
    '<a xlink:href="https://e.org/">x</a>',
    '</a href="https://e.org/">',
    "<IMG SRC=x>",
    # Addresses.
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java&#9;script:alert(1)">x</a>',
    '<a href="&#x6A;avascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<img src="data:text/html,x">',
    '<img srcset="a.png 1x, javascript:alert(1) 2x">',
    '<img srcset="a.png 1x,&#10;data:x 2x">',
    '<video poster="file://host/x"></video>',
    '<blockquote cite="vbscript:x">x</blockquote>',
]  # fmt: skip


@pytest.mark.parametrize("html", FOREIGN)
def test_what_no_body_holds_is_found(html: str) -> None:
    assert foreign_part(f"<p>Avant</p>{html}")
    assert foreign_part(f'<p title="&lt;b&gt;">Avant &lt;b&gt;</p>\n{html}<p>après</p>')


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.case")), ids=lambda path: path.stem)
def test_every_body_is_our_own(path) -> None:
    """Whatever was rendered may be kept, and shown again."""
    body = read(path).render()
    assert foreign_part(body.html(resolve)) == ""
    assert foreign_part(body.excerpt(resolve)) == ""


_PIECES = st.sampled_from(
    ["<", ">", "/", "!", "--", "img", "p", " ", "src", "=", '"', "'", "x", "onerror", "\n", "&lt;", "<!--", "-->"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_that_is_rendered_is_our_own(text: str) -> None:
    body = render(Source(text=text, language="fr", path="items/a.md", prefix="a"))
    assert foreign_part(body.html(resolve)) == ""


@pytest.mark.parametrize(
    "part", ["<", "<a ", '<p title="', "<p x", '<p class="a" ', "</p>", "&", "<!--"]
)
def test_twice_as_long_a_text_takes_twice_the_time(part: str) -> None:
    begun = process_time()
    foreign_part(part * 400_000)
    assert process_time() - begun < 5
