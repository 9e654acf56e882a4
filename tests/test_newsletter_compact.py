"""A letter's text is folded and squeezed without a reader seeing it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as markup

from newsfeed.newsletter.compact import compact, fold
from newsfeed.newsletter.merge_tags import KEEP_APART

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u200c"), max_size=40
)
SPACES = st.sampled_from([" ", "\n", "  \n ", "\t"])
INLINE = st.sampled_from(["b", "i", "span", "a"])
BLOCK = st.sampled_from(["p", "div", "td", "li"])


@st.composite
def documents(draw):
    """Draw a document of blocks with texts, inline elements and white space between them."""
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        name = draw(BLOCK)
        pieces = []
        for _ in range(draw(st.integers(0, 4))):
            inner = draw(INLINE)
            text = draw(TEXT).replace("&", "&amp;").replace("<", "&lt;")
            pieces.append(draw(st.sampled_from([text, f"<{inner}>{text}</{inner}>"])))
        blocks.append(f"<{name}>{draw(SPACES).join(pieces)}</{name}>")
    return f"<html><body>{draw(SPACES).join(blocks)}</body></html>"


def words(html: str) -> list[str]:
    root = markup.document_fromstring(html)
    return [
        each for block in root.iter("p", "div", "td", "li") for each in block.text_content().split()
    ]


@given(documents())
def test_words_are_neither_joined_nor_lost(source):
    """A reader sees the same words before and after."""
    before = words(source)
    after = words(compact(markup.document_fromstring(source)))
    assert [each.replace(KEEP_APART, "") for each in after] == before


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=400), max_size=12))
def test_no_line_is_too_long(texts):
    """Whatever words a letter holds, no line of its HTML exceeds 998 octets."""
    paragraph = markup.Element("p")
    paragraph.text = "x" + " ".join(texts) * 5
    link = markup.Element("a", href="https://x.example/" + "y" * 500, title=" ".join(texts) * 3)
    link.text = "".join(texts).replace(" ", "")
    paragraph.append(link)
    source = markup.tostring(paragraph, encoding="unicode")
    folded = fold(source)
    assert max(len(line.encode()) for line in folded.split("\n")) <= 998
    shown = re.sub(r"<!--\n-->", "", folded)
    first, second = (markup.fromstring(each) for each in (source, shown))
    assert first.text_content().split() == second.text_content().split()
    assert first[0].get("href") == second[0].get("href")
    assert first[0].get("title").split() == second[0].get("title").split()


def test_preformatted_text_is_left_alone():
    """Text of a ``pre`` keeps its lines and its spaces."""
    source = "<html><body><pre>a   b\n  c</pre></body></html>"
    assert "<pre>a   b\n  c</pre>" in compact(markup.document_fromstring(source))
