"""What a person wrote as text is kept, what was hidden stays hidden, and nothing leaves a hole."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.plain.plaintext import plain_text
from newsfeed.markup.plain.titles import plain_title
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source


def shown(text: str, written: str = "markdown", language: str = "en") -> str:
    body = body_of(text, written, language)
    return body.html(lambda ref: Resolved(ref.url)).strip()


def body_of(text: str, written: str = "markdown", language: str = "en"):
    return render(
        Source(text=text, format=written, language=language, path="items/a.md", prefix="")
    )


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def codes(text: str, written: str = "markdown") -> list[str]:
    return [problem.code for problem in body_of(text, written).problems]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Open <path> now.\n\nThen <list>.",
            "<p>Open &lt;path&gt; now.</p>\n<p>Then &lt;list&gt;.</p>",
        ),
        ("<set>\n\n## T", '<p>&lt;set&gt;</p>\n<h2 id="t">T</h2>'),
        ("## The <title> of it", '<h2 id="the-title-of-it">The &lt;title&gt; of it</h2>'),
        ("- <in>: a\n- b", "<ul>\n<li>&lt;in&gt;: a</li>\n<li>b</li>\n</ul>"),
        (
            "a <textarea> b <style> c <script> d",
            "<p>a &lt;textarea&gt; b &lt;style&gt; c &lt;script&gt; d</p>",
        ),
        ("a <your name> and <user/repo>", "<p>a &lt;your name&gt; and &lt;user/repo&gt;</p>"),
        ("a </title> b <Folder> c", "<p>a &lt;/title&gt; b &lt;Folder&gt; c</p>"),
        (
            "`<path>` and \\<path> and &lt;path>",
            "<p><code>&lt;path&gt;</code> and &lt;path&gt; and &lt;path&gt;</p>",
        ),
        (
            "[x](<A name>) <https://a.example>",
            '<p><a href="A%20name">x</a> <a href="https://a.example">https://a.example</a></p>',
        ),
        ("<text>kept</text> <list a='b'> too", "<p>kept  too</p>"),
        ("<b>bold</b> <br> <kbd>K</kbd>", "<p><b>bold</b> <br> <kbd>K</kbd></p>"),
        ("<script>x()</script>\n\nb", "<p>b</p>"),
        ("<pre>List<Text> x</pre>", "<pre>List&lt;Text&gt; x</pre>"),
        (
            "Take <b> here.\n\nBut <b>bold</b>.",
            "<p>Take &lt;b&gt; here.</p>\n<p>But <b>bold</b>.</p>",
        ),
        (
            "the <p>, <li> and <td> of `<b>`",
            "<p>the &lt;p&gt;, &lt;li&gt; and &lt;td&gt; of <code>&lt;b&gt;</code></p>",
        ),
        (
            "- <li> is one\n- <tr> too",
            "<ul>\n<li>&lt;li&gt; is one</li>\n<li>&lt;tr&gt; too</li>\n</ul>",
        ),
        (
            "an <option value> or <option value=x> here",
            "<p>an &lt;option value&gt; or &lt;option value=x&gt; here</p>",
        ),
        (
            "a <div class=n>, a <meta name=a> and a <script src=x> tag",
            "<p>a &lt;div class=n&gt;, a &lt;meta name=a&gt; and a &lt;script src=x&gt; tag</p>",
        ),
        (
            "<!DOCTYPE html> comes first, <?xml?> and <![CDATA[x]]> not.",
            "<p>&lt;!DOCTYPE html&gt; comes first, &lt;?xml?&gt; and &lt;![CDATA[x]]&gt; not.</p>",
        ),
        ("<!DOCTYPE html>\n<p>x</p>", "<p>x</p>"),
        (
            "between <i> and </i>, a line <br>, an <img> too",
            "<p>between &lt;i&gt; and &lt;/i&gt;, a line &lt;br&gt;, an &lt;img&gt; too</p>",
        ),
        ("a </p> tag, too many</b>.", "<p>a &lt;/p&gt; tag, too many.</p>"),
        (
            "if a <b and c> d, then List<p>;",
            "<p>if a &lt;b and c&gt; d, then List&lt;p&gt;;</p>",
        ),
        ("<div> is a box", "<p>&lt;div&gt; is a box</p>"),
        ("| <b> | <td> |\n|-|-|", "<table><thead><tr><th>&lt;b&gt;</th><th>&lt;td&gt;</th></tr></thead><tbody>\n</tbody></table>"),
        ("One.<p>Two.", "<p>One.</p><p>Two.</p>"),
        ("<ul>\n<li>a\n<li>b\n</ul>", "<ul>\n<li>a\n</li><li>b\n</li></ul>"),
        ("<p>Not closed\n\nText", "<p>Not closed\n</p><p>Text</p>"),
        ("a <br> b<wbr>c <a id='x'></a>", '<p>a <br> b<wbr>c <span id="x"></span></p>'),
    ],
)  # fmt: skip
def test_a_word_between_angle_brackets_is_text(text, html):
    """In prose, cells, headings and alone on a line; an element with its end or a value is none."""
    assert shown(text) == html


def test_a_word_in_html_takes_nothing_along():
    """HTML's own parser would put an element around all that follows."""
    text = "<div>Take a <filter> first.<p>And this.</p></div><p>After <select> too.</p>"
    assert words_of(shown(text, "html")) == "Take a <filter> first.And this.After <select> too."
    assert codes(text, "html") == ["html-as-text", "html-as-text"]


PROSE = """alpha beta gamma it's 12 5% x_y <path> <list> <title> <filter> <textarea> <noscript> <style>
<script> <int> <math> <your-name> <T> <a.b> </select> &amp; &lt; $5 $x$ $a_1$ $10 **strong** *soft*
a*b 2*3 snake_case __init__ `code` <em>in</em> (so) [sic] end. https://a.example/b_c"""
WORDS = st.sampled_from(PROSE.split())


@settings(max_examples=300)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=4))
def test_every_word_outside_of_tags_is_in_the_text(paragraphs):
    """Random prose with words in angle brackets, entities, dollars and stars loses no word."""
    text = "\n\n".join(" ".join(["Begin", *words]) for words in paragraphs)
    body = body_of(text, language="ja")  # typography has no rules for it
    plain = words_of(body.html(lambda ref: Resolved(ref.url)))
    bare = re.sub(r"</?em>|[*_`]", "", unescape(text))
    for word in bare.split():
        assert word in re.sub(r"[*_`]", "", plain), (word, plain)


@pytest.mark.parametrize(
    "formula",
    [
        "$a*b$", "$x_1$ and $y_1$", "$$a_1 \\\\ b_2$$", "\\(x_1*y\\) and \\(z\\)",
        "\\[\na_1 \\\\\n\\]", "$$\n- a_1\n# b\n$$", "$a<b$ and $c>d$", "\\begin{align}\na &= b_1 \\\\\n\\end{align}",
    ],
)  # fmt: skip
def test_a_formula_stays_as_it_is_written(formula):
    """TeX between dollars or backslashed brackets keeps its stars, lines and backslashes."""
    for language in ("en", "fr"):
        assert words_of(shown(f"Be {formula} so.", language=language)) == f"Be {formula} so."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("$5 and *6* $", "$5 and 6 $"),
        ("US$5 *or* A$6", "US$5 or A$6"),
        ("from $5 [here](x.md) to $6", "from $5 here to $6"),
        ("he \\[sic\\] said \\*no\\*", "he [sic] said *no*"),
        ("`$a*b$` and `\\(x\\)`", "$a*b$ and \\(x\\)"),
    ],
)
def test_prices_and_brackets_are_no_formulas(text, words):
    """Two sums of money, and brackets escaped for Markdown, are text like any other."""
    assert words_of(shown(text)) == words


def test_mathml_stays_and_its_tex_stands_in_texts():
    """Browsers and readers show MathML; a summary and a letter's text have its TeX, or a line."""
    tex = '<annotation encoding="application/x-tex">\\frac{a}{2}</annotation>'
    first = f"<math onclick='x()'><semantics><mfrac><mi>a</mi><mn>2</mn></mfrac>{tex}</semantics></math>"
    second = "<math><msup><mi>x</mi><mrow><mn>1</mn><mn>0</mn></mrow></msup><mtext><b>!</b></mtext></math>"
    body = body_of(f"<p>Now {first} and {second}.</p>", "html")
    html = body.html(lambda ref: Resolved(ref.url))
    assert "<math><semantics><mfrac><mi>a</mi><mn>2</mn></mfrac>" in html
    assert "onclick" not in html
    assert "<b>" not in html
    assert body.summary == "Now \\frac{a}{2} and x^{10}!."
    assert plain_text(html) == "Now \\frac{a}{2} and x^{10}!."


def test_katex_has_each_formula_once():
    """The half that is made for a style sheet goes where there is MathML beside it."""
    half = '<span class="katex-html" aria-hidden="true"><span>x</span><span>2</span></span>'
    math = '<span class="katex-mathml"><math><msup><mi>x</mi><mn>2</mn></msup></math></span>'
    assert words_of(shown(f"<p>{math}{half}</p>", "html")) == "x2"
    assert shown(f"<p>{math}{half}</p>", "html").count("<mi>x</mi>") == 1
    assert words_of(shown(f"<p>{half}</p>", "html")) == "x2"
    both = f'<span class="katex">{math}{half}</span>'
    alone = f'<span class="katex">{half}</span>'
    assert words_of(shown(f"<p>{both} {alone} {both}</p>", "html")) == "x2 x2 x2"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>no</p>", '<div hidden="until-found"><p>no</p></div>', "<main hidden>no</main>",
        '<div style="color:red; display : none"><ul><li>no</li></ul></div>',
        '<x-note style="visibility:hidden">no</x-note>', '<span class="sr-only">no</span>',
        '<span class="screen-reader-text">no</span>', '<img hidden src="a.png" alt="no">',
        '<img src="https://count.example/o.gif" width="1" height="1" alt="no">', "<img src=a.gif alt=no width=20 height=1>",
        '<img src="a.gif" alt="no" style="width:1px; height:1px">',
        '<p class="hidden">no</p>', '<p class="is-hidden x">no</p>', '<p class="d-none">no</p>',
        '<p class="invisible">no</p>', '<p class="uk-hidden">no</p>', '<p class="hide">no</p>',
        '<p class="d-none d-print-block">no</p>', '<p class="hidden print:block">no</p>',
        '<p class="hidden sm:hidden">no</p>',
    ],
)  # fmt: skip
def test_what_is_hidden_is_left_out_and_said(hidden):
    """Attributes and classes that hide take their element along, and the file is told where."""
    for text, written in (
        (f"<p>Yes.</p>{hidden}<p>Too.</p>", "html"),
        (f"Yes.\n\n{hidden}\n\nToo.\n", "markdown"),
    ):
        assert "no" not in re.sub(r"\bnote\b", "", shown(text, written))
        assert "".join(words_of(shown(text, written)).split()) == "Yes.Too."
        assert "html-hidden" in codes(text, written)


@pytest.mark.parametrize(
    ("written", "html"),
    [
        (
            '<table role="presentation"><tr><td>a</td><td lang="en">b</td></tr><tr><td>&nbsp;</td></tr></table>',
            '<div>a</div><div lang="en">b</div>',
        ),
        (
            "<table role=none><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
            "<div><table><tbody><tr><td>1</td></tr></tbody></table></div>",
        ),
        (
            "<table><tr><td><table role=none><tr><th>1</th></tr></table></td></tr></table>",
            "<table><tbody><tr><td><div>1</div></td></tr></tbody></table>",
        ),
        ('<table role="presentation"><tr><td style="display:none">a</td><td>b</td></tr></table>', "<div>b</div>"),
    ],
)  # fmt: skip
def test_a_table_that_only_arranges_is_none(written: str, html: str) -> None:
    """A letter that is pasted as an article has no rows and columns to be read out or framed."""
    assert shown(written, "html") == html


def test_a_head_in_a_text_hides_nothing():
    """Browsers take no notice of its tags."""
    assert words_of(shown("<p>a</p><head hidden>b</head><p>c</p>", "html")) == "abc"


@pytest.mark.parametrize("text", ["mot " * 3000, "a&lt;b " * 2000, "é" * 9000, "a &amp; b" * 1500])
def test_a_long_text_stays_as_it_is(text):
    """However long a paragraph, nothing comes between its words."""
    assert shown(f"<p>{text.strip()}</p>", "html") == f"<p>{text.strip()}</p>"
    formula = f'<math><semantics><mi>x</mi><annotation encoding="x">{text.strip()}</annotation></semantics></math>'
    assert "wbr" not in shown(f"<p>{formula}</p>", "html")


@pytest.mark.parametrize(
    "classes",
    [
        "hidden md:block", "d-none d-md-flex", "hidden-xs", "md:hidden", "overflow-hidden", "d-md-none",
        "tab-pane hidden", "hidden group-hover:block", "hide show-for-large", "invisible sm:visible",
        "not-sr-only", "d-print-none", "hidden dark:lg:inline-flex", "collapse",
    ],
)  # fmt: skip
def test_what_some_width_or_a_click_shows_stays(classes):
    """A class that hides does not where another one of its framework shows the element."""
    text = f'<p class="{classes}">kept</p>'
    assert shown(text, "html") == "<p>kept</p>"
    assert codes(text, "html") == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('<pre><code><span class="ln" aria-hidden="true">1</span><b>x</b>\n</code></pre>', "<pre><code><b>x</b>\n</code></pre>"),
        ('<pre><span class="lineno">1 </span>x</pre>', "<pre>x</pre>"),
        (
            '<table><tr><td class="gutter"><pre>1\n2\n</pre></td><td class="code"><pre>a\nb\n</pre></td></tr></table>',
            "<pre>a\nb\n</pre>",
        ),
        (
            '<table id="l"><tr><td class="gutter"><pre>1\n</pre></td><td><pre>a\n</pre></td></tr></table><a href="#l">l</a>',
            '<span id="l"></span><pre>a\n</pre><a href="#l">l</a>',
        ),
        ("<table><tr><td>1</td><td>one</td></tr></table>", "<table><tbody><tr><td>1</td><td>one</td></tr></tbody></table>"),
        ('<h2 id="x">T <a class="headerlink" href="#x">¶</a></h2>', '<h2 id="x">T</h2>'),
        ('<h2><a class="anchor" href="#y" id="y" aria-hidden="true">#</a>T</h2>', '<h2 id="t"><span id="y"></span>T</h2>'),
        ('<p>a <span aria-hidden="true">→</span> b</p>', "<p>a <span>→</span> b</p>"),
        ('<h2>H <span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>', '<h2 id="h">H</h2>'),
        ('<pre><code><a class="lnlinks" href="#1">1</a>x</code></pre>', "<pre><code>x</code></pre>"),
        ('<pre><code><span class="lnt">1\n</span>x</code></pre>', "<pre><code>x</code></pre>"),
        (
            '<table><tr><td class="crayon-nums"><div><div class="crayon-num">1</div><div>2</div></div></td><td><div>a</div></td></tr></table>',
            "<table><tbody><tr><td><div>a</div></td></tr></tbody></table>",
        ),
        (
            '<div class="wp-caption"><img src="a.jpg" alt="A"><p class="wp-caption-text">C</p></div>',
            '<figure><img src="a.jpg" alt="A"><figcaption>C</figcaption></figure>',
        ),
        (
            '<a href="#f1">Fig</a><div class="figure" id="f1" dir="rtl" lang="he"><img src="a.jpg" alt="A">'
            '<p lang="fr" class="caption" id="c1">C</p></div>',
            '<a href="#f1">Fig</a><figure id="f1" dir="rtl" lang="he"><img src="a.jpg" alt="A">'
            '<figcaption lang="fr" id="c1">C</figcaption></figure>',
        ),
        (
            '<a href="#attachment_1">x</a><div id="attachment_1" class="wp-caption" style="width: 9px"><img src="a.jpg" alt="A">'
            '<p id="caption-attachment-1" class="wp-caption-text">C</p></div>',
            '<a href="#attachment-1">x</a><figure id="attachment-1"><img src="a.jpg" alt="A"><figcaption id="caption-attachment-1">C</figcaption></figure>',
        ),
        ('<pre lang="ruby">x</pre><p lang="zz">y</p><p lang="oc">z</p>', '<pre>x</pre><p>y</p><p lang="oc">z</p>'),
        ('<dl><dt>f<a class="headerlink" id="f" href="#f">¶</a></dt></dl>', '<dl><dt>f<span id="f"></span></dt></dl>'),
    ],
)  # fmt: skip
def test_what_serves_a_page_alone_is_left_out(text, html):
    """Numbers of lines and links to headings; figures in a table and arrows in a text stay."""
    assert shown(text, "html") == html


@pytest.mark.parametrize(
    ("picture", "html"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="https://a.example/b.jpg" alt="B">', '<img src="https://a.example/b.jpg" alt="B">'),
        ('<img data-original="b.jpg" alt="B">', '<img src="b.jpg" alt="B">'),
        ('<img src="/img/spinner.gif" data-lazy-src="b.jpg" alt="B">', '<img src="b.jpg" alt="B">'),
        ('<img src="small.jpg" data-src="b.jpg" class="lazyload" alt="B">', '<img src="b.jpg" alt="B">'),
        ('<img src="a.jpg" data-src="b.jpg" alt="B">', '<img src="a.jpg" alt="B">'),
        ('<img data-srcset="a.jpg 1x, b.jpg 2x" alt="B">', '<img src="b.jpg" srcset="a.jpg 1x, b.jpg 2x" alt="B">'),
        ('<noscript><img src="b.jpg" alt="B"></noscript>', '<img src="b.jpg" alt="B">'),
        ('<img data-src="b.jpg" alt="B"><noscript><img src="b.jpg" alt="B"></noscript>', '<img src="b.jpg" alt="B">'),
        ('<img src="x.gif"><noscript><img src="b.jpg" alt="B"></noscript>', '<img src="b.jpg" alt="B">'),
    ],
)  # fmt: skip
def test_a_picture_that_loads_late_is_there(picture, html):
    """No reader of feeds runs the script that would give it its address."""
    assert shown(picture, "html") == html


@pytest.mark.parametrize(
    ("embedded", "html"),
    [
        ('<iframe src="https://maps.example.net/e?id=1" title="The way"></iframe>', '<p><a href="https://maps.example.net/e?id=1">The way</a></p>'),
        ('<iframe data-src="https://player.vimeo.com/video/12#t=9s"></iframe>', '<p><a href="https://vimeo.com/12#t=9s">Video (Vimeo)</a></p>'),
        ('<iframe src="https://www.youtube.com/embed/abc?start=90"></iframe>', '<p><a href="https://www.youtube.com/watch?v=abc&amp;t=90">Video (YouTube)</a></p>'),
        ('<iframe src="https://c.example/" width="0" height="0"></iframe>', ""),
        ('<object data="p.pdf"><p>See <a href="p.pdf">it</a>.</p></object>', '<p>See <a href="p.pdf">it</a>.</p>'),
        ('<object data="p.pdf" title="Plan"></object>', '<a href="p.pdf">Plan</a>'),
        ('<embed src="p.svg" title="Plan">', '<img src="p.svg" alt="Plan">'),
        ("<canvas>A <b>curve</b></canvas>", "A <b>curve</b>"),
        ('<lite-youtube videoid="abc" playlabel="Film"></lite-youtube>', '<p><a href="https://www.youtube.com/watch?v=abc">Film (YouTube)</a></p>'),
        ('<svg aria-label="It rose"><path d="M0"/></svg>', "It rose"),
        ("<svg><text>one</text><text>two</text></svg>", "one two"),
        ('<svg aria-hidden="true"><title>x</title></svg>', ""),
        ('<map><area href="/x" alt="North"></map>', '<a href="/x">North</a> '),
        ('<amp-img src="a.jpg" alt="A" width="9" layout="fill"></amp-img>', '<img src="a.jpg" alt="A" width="9">'),
        ('<amp-img src="a.webp" alt="A"><amp-img fallback src="a.jpg"></amp-img></amp-img>', '<img src="a.webp" alt="A">'),
        ('<amp-youtube data-videoid="abc"></amp-youtube>', '<p><a href="https://www.youtube.com/watch?v=abc">Video (YouTube)</a></p>'),
        ('<youtube-video src="https://youtu.be/abc" title="Film"></youtube-video>', '<p><a href="https://youtu.be/abc">Film (YouTube)</a></p>'),
        ('<vimeo-video src="https://vimeo.com/1"></vimeo-video>', '<p><a href="https://vimeo.com/1">Video (Vimeo)</a></p>'),
        ('<amp-video src="v.mp4" poster="p.jpg"><div fallback>none</div></amp-video>', '<video controls="" src="v.mp4" poster="p.jpg"></video>'),
        ('<amp-iframe src="https://a.example/f" title="F"></amp-iframe>', '<p><a href="https://a.example/f">F</a></p>'),
        ('<portal src="https://a.example/p" title="P"></portal>', '<p><a href="https://a.example/p">P</a></p>'),
        ('<frameset><frame src="https://a.example/f" title="F"></frameset>', '<p><a href="https://a.example/f">F</a></p>'),
        ('<model-viewer src="m.glb" poster="p.jpg" alt="A chair"></model-viewer>', '<img src="p.jpg" alt="A chair">'),
        ('<model-viewer src="m.glb" alt="A chair"></model-viewer>', '<p><a href="m.glb">A chair</a></p>'),
        ('<div role="img" aria-label="Hill" style="background-image: url(\'h.jpg\')"></div>', '<div><img src="h.jpg" alt="Hill"></div>'),
        ('<div style="background-image:url(deco.jpg)">Text</div>', "<div>Text</div>"),
        ('<i role="img" aria-label="Sun"></i>', "<i>Sun</i>"),
        ('<iframe srcdoc="<p>One <b>two</b></p>"></iframe>', "<div><p>One <b>two</b></p></div>"),
        ('<iframe srcdoc="&lt;script>x()&lt;/script>&lt;p>One"></iframe>', "<div><p>One</p></div>"),
        ('<iframe src="https://www.youtube.com/embed/abc" srcdoc="<b>▶</b>"></iframe>', '<p><a href="https://www.youtube.com/watch?v=abc">Video (YouTube)</a></p>'),
        ('<iframe src="https://open.spotify.com/embed/episode/a"></iframe>', '<p><a href="https://open.spotify.com/episode/a">Audio (Spotify)</a></p>'),
        ('<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b" title="T"></iframe>', '<p><a href="https://soundcloud.com/a/b">T (SoundCloud)</a></p>'),
        ('<iframe src="https://widget.deezer.com/widget/auto/album/12"></iframe>', '<p><a href="https://www.deezer.com/album/12">Audio (Deezer)</a></p>'),
        ('<iframe src="https://embed.podcasts.apple.com/fr/podcast/x/id1"></iframe>', '<p><a href="https://podcasts.apple.com/fr/podcast/x/id1">Audio (Apple Podcasts)</a></p>'),
        ('<iframe src="https://podcast.example.net/e/1"></iframe>', '<p><a href="https://podcast.example.net/e/1">Audio (podcast.example.net)</a></p>'),
        ('<iframe src="https://radio.x]/a"></iframe> on', "<p>Audio (radio.x])</p> on"),
        ('<my-map src="http://[::1"></my-map> on', "<p>http://[::1</p> on"),
        ('<embed src="https://[a.example/x"> on', "https://[a.example/x on"),
        ('Now <sl-button href="https://a.example/s?a&b">sign <b>up</b></sl-button>!', 'Now <a href="https://a.example/s?a&amp;b">sign <b>up</b></a>!'),
        ('<x-link href="#top">Up</x-link>', '<a href="#top">Up</a>'),
        ('<x-link href="javascript:x()">Up</x-link>', "Up"),
        ('<x-link href="/a"><amp-img src="a.jpg" alt="A"></amp-img></x-link>', '<a href="/a"><img src="a.jpg" alt="A"></a>'),
        ('An <x-icon href="/a" label="A & B"></x-icon> here', 'An <a href="/a">A &amp; B</a> here'),
        ('a<amp-pixel src="https://a.example/p" layout="nodisplay"></amp-pixel>', "a"),
        ('a<amp-ad src="https://a.example/p"><div placeholder>Wait</div></amp-ad>', "a"),
        ('a<amp-analytics src="https://a.example/p"></amp-analytics>', "a"),
        ('a<amp-install-serviceworker src="https://a.example/s.js"></amp-install-serviceworker>', "a"),
        ('<amp-list src="https://a.example/l.json"><p>First</p></amp-list>', "<p>First</p>"),
        ('<x-data src="https://a.example/l.json" layout="nodisplay">a</x-data>', "a"),
        ('<amp-carousel><amp-img src="a.jpg" alt="A"></amp-img></amp-carousel>', '<img src="a.jpg" alt="A">'),
        ('<x-row><x-cell><lite-youtube videoid="abc"></lite-youtube></x-cell>b</x-row>', '<p><a href="https://www.youtube.com/watch?v=abc">Video (YouTube)</a></p>b'),
        ('<event-register id="form1">Come</event-register>', "Come"),
        ('<github-gist data-id="ab12"></github-gist>', '<p><a href="https://gist.github.com/ab12">GitHub Gist</a></p>'),
        ("<my-card>Kept</my-card>", "Kept"),
        ('<my-player src="https://a.example/x">Listen</my-player>', '<p><a href="https://a.example/x">x</a></p>Listen'),
    ],
)  # fmt: skip
def test_what_is_embedded_leaves_a_link_or_its_fallback(embedded, html):
    """Never a hole: a frame's address and title, an object's fallback, a drawing's name."""
    assert shown(f"{embedded}", "html") == html.strip()


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("![A nurse](a.jpg)\n\nIt opens.", "It opens."),
        ("[![Build](b.svg)](https://a.example) ![C](c.svg)\n\nVersion 2.", "Version 2."),
        ("<video src='v.mp4'>No video here.</video>\n\nText.", "Text."),
        ("<iframe src='https://www.youtube.com/embed/abc'></iframe>\n\nText.", "Text."),
        ("In 2024<sup><a href='#fn:1'>1</a></sup>, yes<a href='#fn2' class='footnote-ref'><sup>2</sup></a>.", "In 2024, yes."),
        ("Before ![icon](i.png) after.", "Before after."),
        ("<figure><img src='a.jpg' alt='x'><figcaption>Caption</figcaption></figure>\n\nText.", "Text."),
        ("m<sup>2</sup> of [land](x.md)", "m² of land"),
        ("Some 10<sup>6</sup> cells, 10<sup>-3</sup> of them.", "Some 10⁶ cells, 10⁻³ of them."),
        ("Le 1<sup>er</sup> mai, 10<sup>1,5</sup> et x<sup>n+1</sup>.", "Le 1er mai, 10^1,5 et xⁿ⁺¹."),
        ("Open on ~~Monday~~ Tuesday, <s>50 €</s> 30 €.", "Open on Tuesday, 30 €."),
        ("We meet <del>at <b>nine</b></del>, at ten.", "We meet, at ten."),
        ("- bo**ld** and H<sub>2</sub>O\n- ~~gone~~ 10<sup>6</sup>", "bold and H2O 10⁶"),
        ("| A |\n|---|\n| bo**ld** 10<sup>6</sup> |", "A bold 10⁶"),
        ("![A](a.jpg)\n*A caption*\n\nText.", "Text."),
        (
            "<div class='wp-caption'><img src='a.jpg' alt='x'><p class='wp-caption-text'>C</p></div>\n\nText.",
            "Text.",
        ),
    ],
)  # fmt: skip
def test_a_summary_is_what_a_person_would_read(text, summary):
    """No alternative texts, captions, digits of notes or words for old browsers."""
    assert body_of(text).summary == summary


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("__call__ and others", "__call__ and others"),
        ("<section> or <article>?", "<section> or <article>?"),
        ("Use `<hr>` there", "Use <hr> there"),
        ("all of **/*.md and **/*.txt", "all of **/*.md and **/*.txt"),
        ("when x<i && j>k", "when x<i && j>k"),
        ("First<br/>second", "First second"),
        ("*args, **kwargs", "*args, **kwargs"),
        ("<i>Emma</i>, **now** _here_ `x`", "Emma, now here x"),
        ("Q&amp;A", "Q&A"),
        ("What is &nbsp; for", "What is &nbsp; for"),
        ("_one and __two__", "_one and __two__"),
        ("_one and _two_", "_one and _two_"),
        ("_three whole words_ and __main__", "three whole words and __main__"),
    ],
)
def test_a_title_loses_no_word(written, title):
    """Pairs of marks and tags go; what has no other to go with it was meant as text."""
    assert plain_title(written) == title


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("On https://a.example/b_c.", '<p>On <a href="https://a.example/b_c">https://a.example/b_c</a>.</p>'),
        ("(www.a.example/x_(y))", '<p>(<a href="https://www.a.example/x_(y)">www.a.example/x_(y)</a>)</p>'),
        ("To me@a.example: yes", '<p>To <a href="mailto:me@a.example">me@a.example</a>: yes</p>'),
        ("`https://a.example` [b](https://b.example)", '<p><code>https://a.example</code> <a href="https://b.example">b</a></p>'),
        ("git@a.example:b/c and https://localhost", "<p>git@a.example:b/c and https://localhost</p>"),
        ("![a](my photo.jpg)", '<p><img src="my%20photo.jpg" alt="a"></p>'),
        ('![a](b.png "c" =300x)', '<p><img src="b.png" alt="a" title="c"></p>'),
        ("![a](b.png =30%x20)", '<p><img src="b.png" alt="a"></p>'),
        ("`![a](b.png =3x2)`", "<p><code>![a](b.png =3x2)</code></p>"),
        ("[a](b =3)", "<p>[a](b =3)</p>"),
        ('[a](https://a.example/b c "d")', '<p><a href="https://a.example/b%20c" title="d">a</a></p>'),
        ("[a](https://a.example/b 'c d')", '<p><a href="https://a.example/b" title="c d">a</a></p>'),
        ("[a](https://a.example and b)", "<p>[a](https://a.example and b)</p>"),
        ("`[a](tel:1 2)`", "<p><code>[a](tel:1 2)</code></p>"),
        ("Https://a.example/b, WWW.c.example", '<p><a href="https://a.example/b">Https://a.example/b</a>, <a href="https://www.c.example">WWW.c.example</a></p>'),
        ("https://www.google.com/url?q=https://a.example/b&amp;sa=D", '<p><a href="https://a.example/b">https://a.example/b</a></p>'),
        ("[a](l'été (2).pdf \"T\")", '<p><a href="l\'%C3%A9t%C3%A9%20(2).pdf" title="T">a</a></p>'),
        ("[a](not a file)", "<p>[a](not a file)</p>"),
    ],
)  # fmt: skip
def test_addresses_as_people_write_them(text, html):
    """Bare addresses are links but in code; a name of a file may hold spaces."""
    assert shown(text) == html


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/u/r/blob/main/pkg/__init__.py",
        "https://a.example/x_y_z",
        "https://a.example/~u/*star*x",
    ],
)
def test_an_address_is_no_place_for_emphasis(address: str) -> None:
    """GFM 6.9 takes a bare address whole; in code, links and definitions nothing changes."""
    assert shown(f"See {address}, ok.") == f'<p>See <a href="{address}">{address}</a>, ok.</p>'
    assert shown(f"`{address}`") == f"<p><code>{address}</code></p>"
    assert shown(f"[a]({address})") == f'<p><a href="{address}">a</a></p>'
    assert shown(f"[a]\n\n[a]: {address}") == f'<p><a href="{address}">a</a></p>'


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('<pre><ol class="linenums"><li>code1</li></ol></pre>', "code1"),
        ('<pre><code class="linenos">x=1</code></pre>', "x=1"),
        ('<pre><span class="lineno">12</span>y=2</pre>', "y=2"),
    ],
)
def test_code_is_more_than_the_numbers_of_its_lines(written: str, kept: str) -> None:
    """Numbers go; what bears their class and holds more is the code itself."""
    assert words_of(shown(written, "html")) == kept


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ('<video><source src="v.mp4"></video>', '<p><video><source src="v.mp4"></video></p>'),
        ('<audio><source src="a.mp3"></audio>', '<p><audio><source src="a.mp3"></audio></p>'),
        (
            '<video controls preload>\n<source src="v.mp4">\n</video>',
            '<video controls="">\n<source src="v.mp4">\n</video>',
        ),
        (
            '<video controls disablePictureInPicture nodownload>\n<source src="v.mp4">\n</video>',
            '<video controls="">\n<source src="v.mp4">\n</video>',
        ),
        (
            'Hear <audio controls preload><source src="a.mp3"></audio> the sea, and <b then silence>.',
            '<p>Hear <audio controls=""><source src="a.mp3"></audio> the sea, and &lt;b then silence&gt;.</p>',
        ),
        ('<video data-src="/v.mp4" controls></video>', '<p><video src="/v.mp4" controls=""></video></p>'),
        ('<img src="#" data-flickity-lazyload="/p.jpg" alt="L">', '<img src="/p.jpg" alt="L">'),
        ('<img src="about:blank" data-orig-file="/p.jpg" alt="L">', '<img src="/p.jpg" alt="L">'),
        ('<img src="data:image/gif;base64,R0" data-lazyload="/p.jpg" alt="L">', '<img src="/p.jpg" alt="L">'),
        ('x <script type="math/tex">a^2</script>', "<p>x \\(a^2\\)</p>"),
        ('<script type="math/tex; mode=display">a &lt; b</script>', "\\[a &amp;lt; b\\]"),
        ('`<script type="math/tex">a</script>`', '<p><code>&lt;script type="math/tex"&gt;a&lt;/script&gt;</code></p>'),
        ('<p>x<a role="doc-noteref" href="#n4">4</a></p>', '<p>x<sup class="footnote-reference">4</sup></p>'),
        ('<p>y<a href="#_ftn2" name="_ftnref2">[2]</a></p>', '<p>y<sup class="footnote-reference">[2]</sup></p>'),
        ('<p>shown<span style="mso-hide:all">not</span></p>', "<p>shown</p>"),
        ('<dl><dt>f()<a class="headerlink" href="#f">¶</a></dt></dl>', "<dl><dt>f()</dt></dl>"),
    ],
)  # fmt: skip
def test_what_scripts_and_programs_leave_is_what_they_show(written: str, html: str) -> None:
    """Films of sources, pictures of other lazy loaders, formulas of MathJax 2, notes of Word."""
    assert shown(written) == html


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("<div><b><p>a</p></b></div>", "<div><p><b>a</b></p></div>"),
        ('<div><em lang="en"><i><p>a</p>b</i></em></div>', '<div><p><em lang="en"><i>a</i></em></p><em lang="en"><i>b</i></em></div>'),
        ("<div><span><p>a</p><ul><li>b</li></ul></span></div>", "<div><p>a</p><ul><li>b</li></ul></div>"),
        ('<div><a href="x.html"><p>a</p></a></div>', '<div><a href="x.html"><p>a</p></a></div>'),
        ("<div><b>a<h3>b</h3></b></div>", '<div><b>a</b><h2 id="b"><b>b</b></h2></div>'),
        ("<h3><div><p>a</p></div></h3>", '<h2 id="a">a</h2>'),
        ("<h3>a<ul><li>b</li></ul></h3>", "<div>a<ul><li>b</li></ul></div>"),
        ("<div><summary>a</summary></div>", "<div><div>a</div></div>"),
        ('<a href="x.html">a<details>b</details></a>', "a<details><summary>Détails</summary>b</details>"),
        ("<details>a</details>", "<details><summary>Détails</summary>a</details>"),
        ("<details><p>a</p><summary>b</summary><summary>c</summary></details>", "<details><summary>b</summary><p>a</p><div>c</div></details>"),
        ("<details><summary><span><p>a</p></span></summary><details><summary>b</summary></details></details>", "<details><summary>a</summary><details><summary>b</summary></details></details>"),
    ],
)  # fmt: skip
def test_what_html_does_not_allow_there_stands_where_it_does(written: str, html: str) -> None:
    source = Source(text=written, format="html", language="fr", path="items/a.html", prefix="")
    assert render(source).html(lambda ref: Resolved(ref.url)) == html


@pytest.mark.parametrize(
    ("written", "caption"),
    [
        ("> Citation\n> — *Zoé*, infirmière", "— <em>Zoé</em>, infirmière"),
        ("> Citation\n>\n> — **Zoé**", "— <strong>Zoé</strong>"),
        ("> Citation\n>\n> -- [Zoé](a.html)", '— <a href="a.html">Zoé</a>'),
        ("> Citation\n>\n> *— Zoé, infirmière*", "— <em>Zoé, infirmière</em>"),
        ("> Citation\n> *— Zoé*", "— <em>Zoé</em>"),
        ("> Citation\n>\n> <cite>— *Zoé*</cite>", "— <em>Zoé</em>"),
        ("> — Bonjour.\n>\n> — *Salut.*", ""),
        ("> Citation\n>\n> —", ""),
    ],
)
def test_who_said_it_may_be_stressed_or_linked(written: str, caption: str) -> None:
    found = re.search(r"<figcaption>(.*)</figcaption>", shown(written))
    assert (found[1] if found else "") == caption
