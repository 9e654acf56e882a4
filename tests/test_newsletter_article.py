"""Articles in a letter: what mail programs bear, whatever was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from letters_samples import SITE, entry, letter
from newsfeed.build.letter_targets import made_of
from newsfeed.model import Section
from newsfeed.newsletter.article import Quote, adapted, article


def full(html: str, heading: int = 3) -> str:
    return article(
        entry(content=html), heading=heading, media="À voir sur le site", sound="À écouter"
    ).full


CASES = {
    "styles of an article are gone": (
        '<p style="head" class="x" id="y">a</p>',
        "<p>a</p>",
    ),
    "a style element is gone with its text": (
        '<style>@import url("http://x/y.css")</style><p>a</p>',
        "<p>a</p>",
    ),
    "a linked sheet is gone": ('<link rel="stylesheet" href="http://x/y.css"><p>a</p>', "<p>a</p>"),
    "a script is gone": ("<script>alert(1)</script><p>a</p>", "<p>a</p>"),
    "a film becomes a link to the article": (
        '<iframe src="https://films.example/1"></iframe>',
        f'<a href="{SITE}items/2026/10/article-0.html">À voir sur le site</a>',
    ),
    "a picture is made narrow enough": (
        '<img src="https://x.example/a.png" width="1120" height="300" loading="lazy">',
        '<img src="https://x.example/a.png" width="560" height="150" alt="">',
    ),
    # libxml2 knows HTML 4, in which <source> is no empty element: it holds what follows.
    "a picture of several forms is its plain one": (
        '<picture><source srcset="https://x.example/a.avif" type="image/avif"><source '
        'srcset="https://x.example/a.webp"><img src="https://x.example/a.jpg" alt="a"></picture><p>b</p>',
        '<img src="https://x.example/a.jpg" alt="a"><p>b</p>',
    ),
    "a figure keeps its picture of several forms": (
        '<figure><picture><source srcset="https://x.example/a.webp"><img src="https://x.example/a.jpg"'
        ' alt="a"></picture><figcaption>c</figcaption></figure>',
        '<div><img src="https://x.example/a.jpg" alt="a"><p class="me mu">c</p></div>',
    ),
    "a picture inside the message is gone": (
        '<p>a<img src="data:image/png;base64,x"></p>',
        "<p>a</p>",
    ),
    "a link opens no window": (
        '<a href="https://x.example/" target="_blank" rel="noopener" onclick="x()">a</a>',
        '<a href="https://x.example/">a</a>',
    ),
    "a link that does something else is text": ('<a href="javascript:x()">a</a>', "a"),
    "a link without a name is gone": (
        '<a href="https://x.example/"><img src="https://x.example/a.png" alt=""></a>',
        '<img src="https://x.example/a.png" alt="">',
    ),
    "a place in the article is a place on its page": (
        '<a href="#note">1</a>',
        f'<a href="{SITE}items/2026/10/article-0.html#note">1</a>',
    ),
    "headings go below the letter's": (
        "<h1>a</h1><h4>b</h4><h2>c</h2>",
        "<h3>a</h3><h4>b</h4><h4>c</h4>",
    ),
    "what mail does not know becomes what it knows": (
        "<figure><b>a</b><figcaption>c</figcaption></figure><mark>d</mark>",
        '<div><strong>a</strong><p class="me mu">c</p></div><strong>d</strong>',
    ),
    "comments are gone": ("<p>a<!--[if mso]>x<![endif]-->b</p>", "<p>ab</p>"),
    "a table is marked for the letter's rules": (
        '<table width="900"><tr><td colspan="2" bgcolor="red">a</td></tr></table>',
        '<table class="data wb"><tr><td colspan="2">a</td></tr></table>',
    ),
    "sizes that are no numbers are gone": (
        '<img src="https://x.example/a.png" width="100%" height="auto" alt="a">',
        '<img src="https://x.example/a.png" alt="a">',
    ),
    "a cell keeps its alignment": (
        "<table><tr><th>a</th><th class='align-right'>b</th></tr>"
        "<tr><td>1</td><td class='align-right wild'>2</td></tr></table>",
        '<table class="data"><tr><th>a</th><th class="ri">b</th></tr>'
        '<tr><td>1</td><td class="ri">2</td></tr></table>',
    ),
    "a small picture stays in its line": (
        '<p>Tap <img src="https://x.example/i.png" width="18" alt="the bell"> twice</p>',
        '<p>Tap <img src="https://x.example/i.png" width="18" alt="the bell" class="ii"> twice</p>',
    ),
    "a picture above words stands on its own": (
        '<div><img src="https://x.example/i.png" width="18" alt="i"><p>words</p></div>',
        '<div><img src="https://x.example/i.png" width="18" alt="i"><p>words</p></div>',
    ),
    "a picture on its own stands on its own": (
        '<p><a href="https://x.example/"><img src="https://x.example/i.png" alt="i"></a></p>',
        '<p><a href="https://x.example/"><img src="https://x.example/i.png" alt="i"></a></p>',
    ),
    "a large picture among words stands on its own": (
        '<p>See <img src="https://x.example/i.png" width="400" alt="i"></p>',
        '<p>See <img src="https://x.example/i.png" width="400" alt="i"></p>',
    ),
    "a recording is to be heard": (
        '<audio src="https://x.example/a.mp3" controls></audio>',
        f'<a href="{SITE}items/2026/10/article-0.html">À écouter</a>',
    ),
    "a film shows its still": (
        '<video src="https://x.example/a.mp4" poster="https://x.example/a.png"></video>',
        f'<a href="{SITE}items/2026/10/article-0.html"><img src="https://x.example/a.png" alt="" '
        'width="560">À voir sur le site</a>',
    ),
    "a link around blocks is one around the first words": (
        '<figure><a href="https://x.example/p"><div><div>A page</div><div>What it says.</div>'
        '<div><img src="https://x.example/i.png" width="24" alt=""><span>A site</span></div></div>'
        '<div><img src="https://x.example/t.png" width="600" height="3000" alt=""></div></a></figure>',
        '<div><div><div><a href="https://x.example/p">A page</a></div><div>What it says.</div>'
        "<div><span>A site</span></div></div><div></div></div>",
    ),
    "a picture with a description stays in what was such a link": (
        '<a href="https://x.example/p"><p><img src="https://x.example/i.png" alt="A map"></p>'
        "<h2>A page</h2></a>",
        '<p><img src="https://x.example/i.png" alt="A map"></p>'
        '<h3><a href="https://x.example/p">A page</a></h3>',
    ),
    "a link around a picture and words in a line stays": (
        '<p><a href="https://x.example/p"><img src="https://x.example/i.png" alt=""> A page</a></p>',
        '<p><a href="https://x.example/p"><img src="https://x.example/i.png" alt="" class="ii"> A page'
        "</a></p>",
    ),
    "what a fold is called is its heading": (
        "<details><summary>More <em>of it</em></summary><p>a</p></details>",
        "<div><p><strong>More <em>of it</em></strong></p><p>a</p></div>",
    ),
    "a call to action that stands alone is a button": (
        '<p><a class="button" href="https://x.example/p">Come <b>now</b></a></p><p>b</p>',
        '<table role="presentation" border="0" cellpadding="0" cellspacing="0" class="bb"><tr>'
        '<td class="bt"><a href="https://x.example/p" class="ba">Come <strong>now</strong></a></td></tr>'
        "</table><p>b</p>",
    ),
    "a call to action among words is a link": (
        '<p>So <a class="button" href="https://x.example/p">come</a> all.</p>',
        '<p>So <a href="https://x.example/p">come</a> all.</p>',
    ),
    "a paragraph that runs the other way begins at its side": (
        '<p dir="rtl" lang="ar">أهلًا</p><ul dir="ltr"><li>a</li></ul>',
        '<p dir="rtl" lang="ar" align="right">أهلًا</p><ul dir="ltr" align="left"><li>a</li></ul>',
    ),
    "a list counts as it is told": (
        '<ol type="a" reversed start="3"><li value="7">c</li></ol>',
        '<ol type="a" reversed start="3"><li value="7">c</li></ol>',
    ),
    "a footnote leads to the page, and nothing leads back": (
        '<p>a<sup class="footnote-reference"><a href="#fn-1" id="r">1</a></sup></p>'
        '<p>b <a class="footnote-back" href="#r">↩︎</a></p>',
        f'<p>a<sup class="footnote-reference"><a href="{SITE}items/2026/10/article-0.html#fn-1">1'
        "</a></sup></p><p>b </p>",
    ),
    "an address that is too long leads to the article": (
        f'<a href="https://x.example/{"y" * 900}">a</a>',
        f'<a href="{SITE}items/2026/10/article-0.html">a</a>',
    ),
}


# Elements that stay, those that mail knows by another name, those that stand for a film or a form,
# and those that go with all that they hold.
STAY = ["h3", "ul", "ol", "li", "a", "strong", "em", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "pre", "code", "sup", "sub", "s", "del", "ins", "u", "q", "cite", "small", "dl", "dt", "dd", "div", "span", "bdo"]  # fmt: skip
RENAMED = {
    "b": "strong", "i": "em", "figure": "div", "section": "div", "article": "div", "aside": "div", "header": "div",
    "footer": "div", "main": "div", "nav": "div", "address": "p", "center": "div", "strike": "s", "tt": "code",
    "kbd": "code", "samp": "code", "mark": "strong",
}  # fmt: skip
WATCHED = ("iframe", "video", "object", "embed", "form", "canvas")
GONE = ("script", "style", "template", "noscript", "svg", "title", "select", "textarea", "button")


def test_each_element_has_one_form_in_a_letter():
    for tag in STAY:
        told = ' href="https://x.example/"' if tag == "a" else ""
        assert f"<{tag}{told}" in full(f"<p>a</p><{tag}{told}>b</{tag}>"), tag
    for tag, form in RENAMED.items():
        assert f"<{form}>b</{form}>" in full(f"<p>a</p><{tag}>b</{tag}>"), tag
        assert f"<{tag}" not in full(f"<{tag}>b</{tag}>").replace("<img", ""), tag
    for tag in WATCHED:
        assert "À voir sur le site" in full(f"<p>a</p><{tag}></{tag}>"), tag
    for tag in GONE:
        assert full(f"<p>a</p><{tag}>b</{tag}>") == "<p>a</p>", tag
    for tag in ("link", "meta", "base", "input", "source", "track", "param"):
        assert full(f"<p>a</p><{tag}>") == "<p>a</p>", tag
    assert full("<p>a<br>b</p><hr><unknown>c</unknown>") == "<p>a<br>b</p><hr>c"


def test_each_attribute_that_a_mail_program_heeds_stays():
    """And none that it does not: they would cost octets, or run."""
    for tag, told in (
        ("td", 'colspan="2" rowspan="3" lang="en" dir="ltr" align="center"'),
        ("th", 'scope="col"'),
        ("ol", 'start="2" type="a" reversed'),
        ("li", 'value="3" type="i"'),
    ):
        noise = "" if tag in ("ol", "li") else " type='a' value='1' reversed"
        row = f"<{tag} {told}{noise} id='x' class='y' onclick='z' data-a='b' title='t'>b</{tag}>"
        found = full(f"<table><tr>{row}</tr></table>" if tag[0] == "t" else row)
        for each in told.split():
            assert each in found, (tag, each)
        assert not re.search(r"id=|onclick|data-a|title=", found)
        assert not noise or not re.search("type=|value=|reversed", found)


@pytest.mark.parametrize("case", CASES, ids=CASES.keys())
def test_article_is_adapted(case):
    """Each kind of markup has one form in a letter."""
    written, wanted = CASES[case]
    assert full(written) == wanted


WIDE = {
    "eight short columns": (
        ["Nom", "Ville", "Jour", "Prix", "Lieu", "Salle", "Places", "Note"],
        True,
    ),
    "three short columns": (["Nom", "Ville", "Jour"], False),
    "four columns of long words": (
        ["Établissement", "Coordinatrice", "Renseignement", "Jour"],
        True,
    ),
}


@pytest.mark.parametrize(("names", "records"), WIDE.values(), ids=WIDE)
def test_a_table_that_a_telephone_cannot_show_becomes_records(names, records):
    """A row for each cell, after the name of its column; nothing is lost."""
    head = "".join(f"<th>{name}</th>" for name in names)
    row = "".join(f"<td>v{n}</td>" for n in range(len(names)))
    found = full(f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>")
    assert found.count("<tr>") == (len(names) if records else 2)
    assert [found.count(f">{name}<") for name in names] == [1] * len(names)
    assert [found.count(f">v{n}<") for n in range(len(names))] == [1] * len(names)


@given(st.text(max_size=300))
def test_arbitrary_text_never_raises(text):
    """Whatever an article's HTML holds, a letter is made of it, without scripts and styles."""
    html = adapted(text)
    assert not re.search(r"<(?:script|style|iframe|link)\b", html)
    assert article(entry(content=text), heading=3, media="x").full is not None


@given(st.recursive(st.text("ab ", max_size=5), lambda s: st.lists(s, max_size=3), max_leaves=30))
def test_no_word_is_lost(tree):
    """Nesting is flattened, its words stay in their order."""

    def write(node):
        return (
            node
            if isinstance(node, str)
            else "<section>" * 9 + "".join(map(write, node)) + "</section>" * 9
        )

    html = write(tree)
    words = re.sub(r"<[^>]+>", "", html).split()
    assert re.sub(r"<[^>]+>", "", adapted(html)).split() == words
    depth = deepest = 0
    for tag in re.findall(r"</?div", adapted(html)):
        depth += -1 if tag.startswith("</") else 1
        deepest = max(deepest, depth)
    assert deepest <= 40


QUOTE = "Quand chaque équipe sait qui appeler, le patient gagne du temps et de la sérénité."


@pytest.mark.parametrize(
    "html",
    [
        f"<blockquote><p>{QUOTE}</p><p>— Une infirmière</p></blockquote>",
        f'<figure class="quotation"><blockquote><p>{QUOTE}</p></blockquote>'
        "<figcaption>— Une infirmière</figcaption></figure>",
        '<figure class="quotation"><blockquote><p>'
        f"{QUOTE}</p></blockquote><figcaption>Une infirmière</figcaption></figure>",
        *(
            f"<blockquote>{inside}</blockquote>{after}"
            for dash in "—–"
            for inside, after in (
                (f"<p>{QUOTE}</p><p>{dash} Une infirmière</p>", ""),
                (f"<p>{QUOTE}</p>", f"<p>{dash}\u00a0Une infirmière</p>"),
                (QUOTE, f"<p>{dash} Une infirmière</p>"),
                (f"<p>« {QUOTE} »</p>", f"<p>{dash} Une infirmière</p>"),
            )
        ),
    ],
)
def test_quotation_is_found_with_its_author(html):
    """A quotation that names its author can be set large, whichever way it is written."""
    found = article(entry(content=f"<p>x</p>{html}<p>y</p>", summary="z"), heading=3, media="")
    assert found.quote == Quote(text=QUOTE, by="Une infirmière")


LONG = "https://x.example/".ljust(800, "a")


@pytest.mark.parametrize(
    ("html", "own", "article_s"),
    [
        (f'<a href="{LONG}">a</a>', f'<a href="{LONG}">a</a>', f'<a href="{LONG}">a</a>'),
        (f'<a href="{LONG}a">a</a>', "a", '<a href="~">a</a>'),
        (f'<img src="{LONG}" alt="a">', f'<img src="{LONG}" alt="a">', f'<img src="{LONG}" alt="a">'),
        (f'<img src="{LONG}a" alt="a">', "", ""),
        ('<a href="#b">a</a>', "a", '<a href="~#b">a</a>'),
        ('<a href="https://[b">a</a>', "a", "a"),
        ('<a href="tel:+33">a</a>', '<a href="tel:+33">a</a>', '<a href="tel:+33">a</a>'),
        ("<p>a</p><video src='v.mp4'></video>", "<p>a</p>", '<p>a</p><a href="~">Voir</a>'),
        ("<p>a</p><audio src='s.mp3'></audio>", "<p>a</p>", '<p>a</p><a href="~">Entendre</a>'),
        ("<p>a</p><video src='v.mp4' poster='p.png'></video>", "<p>a</p>", '<p>a</p><a href="~">Voir</a>'),
        (
            "<p>a</p><audio src='s.mp3' poster='https://x.example/p.png'></audio>", "<p>a</p>",
            '<p>a</p><a href="~"><img src="https://x.example/p.png" alt="" width="560">Entendre</a>',
        ),
        (f"{'<div>' * 42}a<script>b</script><em>c</em>{'</div>' * 42}", *(f"{'<div>' * 40}ac{'</div>' * 40}",) * 2),
    ],
)  # fmt: skip
def test_an_editorial_leads_to_no_article(html, own, article_s):
    """What is too long, or cannot be played, is replaced by the article's page where there is one."""
    assert adapted(html) == own
    one = entry(content=html, summary="z")
    made = article(one, heading=3, media="Voir", sound="Entendre").full
    assert made.replace(one.url, "~") == article_s


def test_who_is_quoted_keeps_every_letter():
    html = f"<blockquote><p>{QUOTE}</p><p>— xavier x</p></blockquote>"
    found = article(entry(content=html, summary="z"), heading=3, media="").quote
    assert found == Quote(text=QUOTE, by="xavier x")


def test_what_lies_very_deep_is_not_lost():
    """Parsers give up beyond 254 elements in each other."""
    assert "mot" in adapted(f"{'<div>' * 400}mot{'</div>' * 400}")


MARKS = ("«»", "»«", "“”", "„“", "„”", "””", '""', "‘’", "‚‘", "''", "「」", "『』")


@pytest.mark.parametrize("marks", MARKS)
def test_a_quotation_set_large_has_the_letter_s_own_marks(marks):
    """Its own pair goes, whatever its language has; one that closes inside of it stays."""
    opening, closing = marks
    for text, wanted in (
        (f"{opening}\u00a0{QUOTE}\u00a0{closing}", QUOTE),
        (f"{opening}Un{closing} {QUOTE} {opening}deux{closing}",) * 2,
    ):
        html = f"<blockquote><p>{text}</p><p>— Une infirmière</p></blockquote>"
        found = article(entry(content=html, summary="z"), heading=3, media="").quote
        assert found == Quote(text=wanted, by="Une infirmière")


def test_quotation_without_author_or_already_shown_is_not_set_large():
    """A quotation of nobody, or one that the excerpt shows already, stays where it is."""
    nobody = f"<blockquote><p>{QUOTE}</p></blockquote><p>y</p>"
    assert article(entry(content=nobody), heading=3, media="").quote is None
    known = f"<blockquote><p>{QUOTE}</p><p>— Une infirmière</p></blockquote>"
    assert article(entry(content=known), heading=3, media="").quote is None


def test_written_summary_is_the_excerpt():
    """The author's own summary introduces an article; without one its first part does."""
    assert (
        article(entry(summary="Résumé <b>"), heading=3, media="").excerpt
        == "<p>Résumé &lt;b&gt;</p>"
    )
    own = replace(
        entry(), opening=lambda: "<h2>t</h2><p>a <em>b</em></p><p><img src='https://x/y.png'></p>"
    )
    assert article(own, heading=3, media="").excerpt == "<p>a <em>b</em></p>"


def test_an_excerpt_is_part_of_what_a_letter_is_made_of() -> None:
    """An author's marker that moves changes the excerpt alone."""
    moved = replace(entry(), opening=lambda: "<p>autre</p>")
    letters = (
        replace(letter(), sections=(Section(title="", entries=(each,)),))
        for each in (entry(), moved, entry())
    )
    first, second, third = map(made_of, letters)
    assert first != second
    assert first == third


@pytest.mark.parametrize(
    "told", ["<pre><code>x</code></pre>", "<div><table><tr><td>x</td></tr></table></div>"]
)
def test_what_a_colon_announces_is_not_passed_over_in_silence(told: str) -> None:
    """A card shows no code and no tables: an ellipsis stands where one was announced."""
    shown = replace(
        entry(), opening=lambda: f"<p>Ainsi\u00a0:</p>{told}<p>Puis <b>là\u00a0:</b></p>{told}"
    )
    html = article(shown, heading=3, media="").excerpt
    assert "Ainsi\u00a0: …" in html
    assert "là\u00a0:</strong> …" in html
