"""A letter's text is folded and squeezed without a reader seeing it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as markup

from newsfeed.newsletter.compact import compact, fold
from newsfeed.newsletter.merge_tags import KEEP_APART

# What XML forbids never comes so far: articles and settings are read without it.
LEGAL = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u200c\ufffe\uffff")
TEXT = st.text(LEGAL, max_size=40)
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


@given(st.lists(st.text(LEGAL, max_size=400), max_size=12))
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


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p> one  <b> two </b> three <br> four <img src='a'> five </p> <p>\n six</p>",
         '<p>one <b> two </b> three<br>four <img src="a"> five</p><p>six</p>'),
        ("<table> <tr> <td> a </td> <td>b <table> <tbody> <tr><td>c</td></tr> </tbody> </table> </td> </tr> </table>",
         "\n<table>\n<tr>\n<td>a</td>\n<td>b<table>\n<tbody>\n<tr>\n<td>c</td>\n</tr>\n</tbody>\n</table></td>\n</tr>\n</table>"),
        ("<table> <caption> b </caption> <thead> <tr> <th> a </th> </tr> </thead> <tfoot> <tr> <td> c </td> </tr> </tfoot> </table>",
         "\n<table><caption>b</caption><thead>\n<tr>\n<th>a</th>\n</tr></thead><tfoot>\n<tr>\n<td>c</td>\n</tr></tfoot>\n</table>"),
        ("<ul> <li> a <li>b <b>c</b> </ul> <h2> T </h2> <hr> <blockquote> q </blockquote>",
         "<ul><li>a</li><li>b <b>c</b></li></ul><h2>T</h2><hr><blockquote>q</blockquote>"),
        ("<dl> <dt> a <dd> b </dl> <center> c </center> <ol> <li> d </ol>",
         "<dl><dt>a</dt><dd>b</dd></dl><center>c</center><ol><li>d</li></ol>"),
        (" <i>a</i> b <p>c</p> ", "<i>a</i> b<p>c</p>"),
        # What is empty keeps its end, or the next element would be inside of it.
        ("<p></p><div> </div><span> </span>", "<p></p><div></div><span> </span>"),
        ("<p>a&nbsp; b</p>", "<p>a\u00a0 b</p>"),
        # Conditions for Outlook are as good as the blocks in them; another comment is none.
        ("<div> <!--[if mso]> x <![endif]--> <p>a</p> <!-- x --> <i>b</i> </div>",
         "<div><!--[if mso]> x <![endif]--><p>a</p><!-- x --> <i>b</i></div>"),
        ("<div>a <!--[if !mso]><!--> b <!--<![endif]--> c</div>",
         "<div>a<!--[if !mso]><!-->b<!--<![endif]-->c</div>"),
        ("<pre> a  <b> b </b>\n  c </pre> <p>x</p>", "<pre> a  <b> b </b>\n  c </pre><p>x</p>"),
        # Every text and attribute of an article speaks to nobody, a style sheet's braces are its own.
        ("<p title='{{a}}'>{{b}}<i>{{c}}</i>{{d}}<a href='https://x.example/{{e}}' title='*|f|*'>g</a></p>",
         '<p title="{¦{a}¦}">{¦{b}¦}<i>{¦{c}¦}</i>{¦{d}¦}<a href="https://x.example/%7B%7Be%7D%7D" title="*¦|f|¦*">g</a></p>'),
        ("<a href='tel:{{a}}'>b</a><p id='[a]'>c</p>", '<a href="tel:%7B%7Ba%7D%7D">b</a><p id="[¦a]">c</p>'),
        ("<img src='https://x.example/{{a}}' alt='{{a}}'>", '<img src="https://x.example/%7B%7Ba%7D%7D" alt="{¦{a}¦}">'),
        # Of classes those stay that a style sheet or a condition names.
        ("<style>.a{} .b-c x{} @media y{.Z9_:hover{}}</style><p class='x a b-c i Z9_'>t</p><p class='z'>u</p>",
         '\n<style>.a{} .b-c x{} @media y{.Z9_:hover{}}</style><p class="a b-c Z9_">t</p><p>u</p>'),
        ("<style></style><p class='a'>t</p><!----><p>u</p>", "\n<style></style><p>t</p><!----><p>u</p>"),
        ("<p>a</p><!--[if mso]><i>.m{}</i><![endif]--><b class='m z'>v</b>",
         '<p>a</p><!--[if mso]><i>.m{}</i><![endif]--><b class="m">v</b>'),
        ("<p style='color:red ; font: 1px &quot;A B&quot; , serif ;'>t</p>",
         "<p style=\"color:red;font: 1px 'A B',serif\">t</p>"),
    ],
)  # fmt: skip
def test_a_letter_takes_less_room(source, shown):
    """Spaces, classes and signs that no reader sees go; what is left reads the same."""
    html = compact(markup.document_fromstring(f"<html><body>{source}</body></html>"))
    end = "\n</body>\n</html>\n"
    assert html == f"<!doctype html>\n<html>\n<body>{shown.replace('¦', KEEP_APART)}{end}"


@pytest.mark.parametrize(
    "name",
    ["blockquote", "center", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "style", "table", "ul"],
)  # fmt: skip
def test_no_space_is_left_around_a_block(name):
    """Nor around what ends a line; within a line every space stays."""
    html = compact(markup.document_fromstring(f"<div>a <{name}>b</{name}> c</div>"))
    assert re.search(rf"<div>a\s*<{name}>", html).group().count(" ") == 0
    assert f"</{name}>c</div>" in html
    html = compact(markup.document_fromstring("<div>a <br> b <hr> c <b> d </b></div>"))
    assert "<div>a<br>b<hr>c <b> d </b></div>" in html


WORDS = "word " * 300


@pytest.mark.parametrize(
    ("html", "lengths"),
    [
        (f"<p>{WORDS}</p>", [897, 609]),
        (f"<p>{'x' * 2000}</p>", [807, 807, 407]),
        (f"<p>{'x' * 897}</p>", [903, 1]),
        (f"<p>{'x' * 700} {'y' * 700}</p>", [703, 704]),
        (f"<p>a {'x' * 2000} b</p>", [809, 807, 409]),
        # An ampersand is five octets, an emoji is four, and none is cut.
        (f"<p>{'&amp;' * 600}</p>", [807, 807, 807, 607]),
        (f"<p>{'😀' * 400}</p>", [807, 807]),
        (f"<p title='{'&quot;' * 400}'>x</p>", [598, 594, 594, 594, 37]),
        (f"<p title='{'y ' * 800}'>x</p>", [599, 599, 417]),
        # An address is whole on a line of its own.
        (f'<a href="{"z" * 2000}">x</a>', [2, 2012, 8]),
        (f"<pre>{WORDS}\n{WORDS}</pre>", [809, 703, 903, 610]),
        ("<p>" + "<b>x</b>" * 200 + "</p>", [906, 708]),
        ("<p>" + '<b class="c">x</b>' * 100 + "</p>", [599, 593, 593, 19]),
        (f"<!--[if mso]>{'a' * 800}<![endif]--><!--[if mso]>b<![endif]-->", [825, 26]),
        (f"<!--[if mso]>{'a' * 300}<![endif]--><!--[if mso]>b<![endif]-->", [351]),
        (f"<!--<![endif]-->{'a' * 890}<!--<![endif]-->", [20, 893, 16]),
        (f"<!-- {'a' * 800} --><!-- b -->", [819]),
        (f"<p>{'a' * 800}</p><style>b</style>", [807, 16]),
    ],
)
def test_a_line_ends_where_it_may(html, lengths):
    """Between words, within a tag, or in a comment within a word; between octets 600 and 900."""
    folded = fold(html)
    assert [len(line.encode()) for line in folded.split("\n")] == lengths
    bare = folded.replace("<!--\n-->", "").replace("\n", " ")
    assert re.sub("[ ']", "", bare) == re.sub("[ '\n]", "", html)
