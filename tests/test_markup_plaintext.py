"""Text without markup: titles, and the text part of a letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodies import resolve
from newsfeed.markup.plain.plaintext import plain_text, wrapped
from newsfeed.markup.plain.titles import plain_title
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("**Gras** et `code`", "Gras et code"),
        ("*L'été* : _oui_", "L'été : oui"),
        ("2 * 3 * 4 et snake_case_name", "2 * 3 * 4 et snake_case_name"),
        ('[Vidéo] Le [film](https://a.b/ "t") ![x](y)', "[Vidéo] Le film x"),
        ("<em>Le</em> <b>titre</b>", "Le titre"),
        ("a < b > c <X>", "a < b > c <X>"),
        ("R&amp;D &eacute;", "R&D é"),
        (r"\*non\* C\#", "*non* C#"),
        ("un\n deux\u00a0: \x00trois\ud800", "un deux\u00a0: trois"),
        ("~~barré~~ ==marqué==", "barré marqué"),
        ("", ""),
    ],
)
def test_a_title_loses_its_markup(markup, title):
    """Markdown and HTML go, everything that only looks like them stays."""
    assert plain_title(markup) == title


def text_of(markdown: str, **settings: object) -> str:
    found = render(Source(text=markdown, language="fr", path="a", prefix="a"))
    return plain_text(found.html(resolve), **settings)


def test_lines_break_at_ordinary_spaces_only():
    """72 columns; a non-breaking space is kept and never a line's end."""
    text = text_of("Un mot : un autre « mot » ! " * 20)
    assert "\u00a0:" in text
    assert "\u202f!" in text
    assert all(len(line) <= 72 for line in text.split("\n"))
    assert not any(line[-1] in "«\u00a0\u202f" or line[0] in ":!»" for line in text.split("\n"))


def test_long_words_stay_whole():
    """An address is never cut."""
    address = "https://www.example.org/" + "a" * 100
    assert address in text_of(f"Voir {address} ici")


@pytest.mark.parametrize(
    ("links", "shown"),
    [
        ("list", "Voir le plan\u00a0[1] et a@b.fr.\n\n[1] https://a.b/"),
        ("inline", "Voir le plan <https://a.b/> et a@b.fr."),
        ("none", "Voir le plan et a@b.fr."),
    ],
)
def test_links(links, shown):
    """Addresses stand at the end, beside the words, or nowhere; never twice."""
    assert text_of("Voir [le plan](https://a.b/) et [a@b.fr](mailto:a@b.fr).", links=links) == shown


def test_the_same_address_has_one_number():
    """The list names an address once."""
    assert text_of("[a](https://a.b/) [b](https://a.b/)").count("https://a.b/") == 1


def test_blocks():
    """Headings, lists, quotations, code and rules are readable as text."""
    text = text_of("## T\n\n- a\n- b\n\n  c\n\n3. d\n\n> e\n>\n> > f\n\n    g  h\n\n---\n\ni\\\nj")
    assert text == (
        "T\n=\n\n- a\n\n- b\n\n  c\n\n3. d\n\n> e\n>\n> > f\n\n    g  h\n\n* * *\n\ni\nj"
    )


def test_tight_lists_have_no_empty_lines():
    """Nested lists neither."""
    assert text_of("- a\n  - b\n- c\n") == "- a\n  - b\n- c"


LISTS = {
    "letters": ('<ol type="a" start="26"><li>x</li><li>y</li></ol>', "z. x\naa. y"),
    "Roman figures": (
        '<ol type="I" start="3"><li>x</li><li value="9">y</li></ol>',
        "III. x\nIX. y",
    ),
    "backwards": ("<ol reversed><li>x<ul><li>u</li></ul></li><li>y</li></ol>", "2. x\n  - u\n1. y"),
    "backwards from a number": ('<ol reversed start="9"><li>x</li><li>y</li></ol>', "9. x\n8. y"),
    "a number of an item's own": ('<ol><li value="5">x</li><li>y</li></ol>', "5. x\n6. y"),
    "no letter for nought": ('<ol type="A" start="0"><li>x</li><li>y</li></ol>', "0. x\nA. y"),
}


@pytest.mark.parametrize(("html", "text"), LISTS.values(), ids=LISTS)
def test_items_bear_the_numbers_that_browsers_give_them(html, text):
    """Other texts speak of them: see point c."""
    body = render(Source(text=html, format="html", language="en", path="a", prefix="a"))
    assert re.sub(r"\n +", "\n  ", plain_text(body.html(resolve))) == text


SAID_BY_LOOK = {
    "a power": ("10<sup>6</sup> cells of 5 m<sup>2</sup>", "10⁶ cells of 5 m²"),
    "letters that are raised": ("the 2<sup>nd</sup>", "the 2nd"),
    "words that are struck": (
        "on ~~Monday~~ <s>Tuesday</s> Friday",
        "on ~~Monday~~ ~~Tuesday~~ Friday",
    ),
    "a sign at the beginning of a line": ("<p>&gt; 5 kg</p>", " > 5 kg"),
    "a sign that a line would begin with": (
        "word " * 14 + "we &gt; 5",
        "word " * 14 + "we\n > 5",
    ),
    "where words may break": (
        "Arbeits&shy;schutz f&#8203;ür A\u200d\u200cB",
        "Arbeitsschutz für A\u200d\u200cB",
    ),
    "a cell": ("<table><tr><td>bo<b>ld</b> 10<sup>6</sup></td></tr></table>", "bold 10⁶"),
}


@pytest.mark.parametrize(("source", "text"), SAID_BY_LOOK.values(), ids=SAID_BY_LOOK)
def test_what_the_look_says_is_said(source, text):
    """Without it 10 to the sixth is 106, and a date that was struck out stands beside the new one."""
    assert text_of(source) == text


def test_a_table_has_columns_where_they_fit():
    """And one line a cell, with its column's name, where they do not."""
    assert text_of("| a | b |\n|---|---|\n| 1 | deux |\n") == "a  b\n-  ----\n1  deux"
    wide = text_of(f"| nom | texte |\n|---|---|\n| x | {'mot ' * 30}|\n")
    assert wide.startswith("- nom\u00a0: x\n  texte\u00a0: mot mot")


def test_pictures_are_their_descriptions():
    """A picture without one says nothing."""
    assert text_of("a ![un bus](b.png) c ![](d.png)") == "a [un bus] c"


def test_footnotes_are_numbers_in_parentheses():
    """So that they are not taken for links."""
    assert text_of("a[^x]\n\n[^x]: note") == "a\u00a0(1)\n\n* * *\n\n1. note"


@settings(max_examples=400)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<ul>", "<li>", "</ul>", "<table>", "<td>", "<tr>", "</table>", "<pre>", "<blockquote>",
             "</blockquote>", "<a href=x>", "</a>", "<br>", "mot ", "&amp;", "<img src=x alt=y>", "<h2>", "</h2>", "\n",
             "<dl>", "<dd>", "<hr>", "<ol start=-3>", "<td colspan=99>", "\u00a0", "<caption>", "<q>", "x" * 90]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_any_body_has_a_text(source):
    """Never an exception, no trailing space, every word still there."""
    body = render(Source(text=source, format="html", language="fr", path="a", prefix="a"))
    shown = body.html(resolve)
    text = plain_text(shown)
    assert not re.search(r" $", text, re.M)
    assert text.count("mot") == re.sub(r"<[^>]*>", "", shown).count("mot")


SCRIPTS = {
    "letters without spaces between words": (
        "港の朝市は「雨」でも開く。",
        ["港の朝", "市は", "「雨」", "でも開", "く。"],
    ),
    "words and letters": ("Osaka 港の朝市", ["Osaka", "港の朝", "市"]),
    "a script with spaces": ("항구 아침 시장", ["항구", "아침", "시장"]),
    "one long word": ("a" * 9, ["a" * 9]),
}


@pytest.mark.parametrize(("text", "lines"), SCRIPTS.values(), ids=SCRIPTS)
def test_lines_end_where_a_script_lets_them(text, lines):
    """Between ideographs, which take two columns, and never before what closes a phrase."""
    assert wrapped(text, 7) == lines


@given(st.text("漢字「」、。ー a한", max_size=200), st.integers(2, 30))
def test_nothing_is_lost_between_lines(text, width):
    assert "".join(wrapped(text, width)).replace(" ", "") == text.replace(" ", "")


TABLES = {
    "a link in a cell": (
        '<table><tr><td>Plan</td><td><a href="https://x.example/p">here</a></td></tr></table>',
        "Plan  here <https://x.example/p>",
    ),
    "an address in a cell": (
        '<table><tr><td><a href="https://x.example/">https://x.example/</a></td></tr></table>',
        "https://x.example/",
    ),
    "a picture in a cell": (
        '<table><tr><td><img src="https://x.example/i.png" alt="Yes &amp; no"></td><td>b</td></tr></table>',
        "[Yes & no]  b",
    ),
    "a table that is none": (
        '<table role="presentation"><tr><td><a href="https://x.example/p">Come</a></td></tr></table><p>b</p>',
        "Come <https://x.example/p>\n\nb",
    ),
}


@pytest.mark.parametrize(("html", "text"), TABLES.values(), ids=TABLES.keys())
def test_a_table_keeps_its_links_and_pictures(html, text):
    """As any other text does."""
    assert plain_text(html, links="inline") == text
