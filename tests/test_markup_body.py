"""Bodies: safe HTML whose addresses are resolved later, and what a body holds."""

from __future__ import annotations

import re
import time
from html import unescape

import lxml.html
import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bodies import SITE, resolve
from draws import times
from newsfeed.content.charset import decode
from newsfeed.diagnostics.rules import RULES
from newsfeed.diagnostics.rules.bodies import RULES as BODY_RULES
from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.attributes import anchor
from newsfeed.markup.body import Body
from newsfeed.markup.elements.allowed import ATTRIBUTES, MATHML, TAGS
from newsfeed.markup.elements.sanitize import clean, with_escaped_attributes
from newsfeed.markup.markdown.parser import MARKDOWN
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source
from newsfeed.text.characters import is_legible, made_legible


def body(text: str, **settings: object) -> Body:
    values = {"format": "markdown", "language": "fr", "path": "items/a.md", "prefix": "a"}
    return render(Source(text=text, **{**values, **settings}))


def html(text: str, **settings: object) -> str:
    return body(text, **settings).html(resolve).strip()


def facts(found: Body) -> tuple[object, ...]:
    refs = [(ref.url, ref.kind, ref.place) for ref in found.refs]
    return found.segments, found.slots, refs, found.anchors, found.problems, found.prose


def codes(found: Body) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in found.problems]


def test_references_keep_what_was_written_and_the_line():
    """Every address of a body is a reference with its kind, as written, and the file's line."""
    found = body(
        "[a](../b.md)\n\n![c](d.png)\n\n<video src='e.mp4' poster='f.jpg'></video>\n\n"
        "[[g]] <q cite='https://h.example/'>i</q>\n",
        line=5,
    )
    assert [(ref.url, ref.kind, ref.place) for ref in found.refs] == [
        ("../b.md", "link", (5, 5)),
        ("d.png", "image", (7, 6)),
        ("e.mp4", "media", (9, 13)),
        ("f.jpg", "image", (9, 28)),
        ("g", "item", (11, 3)),
        ("https://h.example/", "link", (11, 16)),
    ]


def test_a_line_is_the_same_whoever_asks_first():
    """Lines are found when one is asked for, in the order of the source all the same."""
    text = "[a](x.md)\n\nx.md alone\n\n[b](x.md)\n\n## T\n\n[c](y.md)\n"
    assert [body(text).refs[number].place for number in (2, 1, 0)] == [(9, 5), (5, 5), (1, 5)]


def test_the_same_address_twice_has_two_lines():
    """The second of two equal links is told at its own line."""
    found = body("[a](x.md)\n\nx.md alone\n\n[b](x.md)\n")
    assert [ref.place for ref in found.refs] == [(1, 5), (5, 5)]


def test_a_dead_link_becomes_its_text():
    """What leads nowhere leaves neither a link nor a hole."""
    assert html("[*un* mot](dead.md) et [b](c.md)") == (
        f'<p><em>un</em> mot et <a href="{SITE}link/c.md">b</a></p>'
    )


def test_a_dead_picture_becomes_its_description():
    """The description of a missing picture stays in the text."""
    assert html("Voir ![Un bus](dead.png) ici") == "<p>Voir Un bus ici</p>"
    assert html("![](dead.png) fin") == "<p> fin</p>"


def test_dead_media_leave_their_fallback():
    """A player without its file is no player; what it said for want of one stays."""
    found = html(
        "a <video src='dead.mp4'>Le film</video> <video poster='dead.jpg' src='b.mp4'></video>"
    )
    assert found == f'<p>a Le film <video src="{SITE}media/b.mp4"></video></p>'


def test_every_candidate_of_a_srcset_is_resolved():
    """Each picture of a set is resolved; the dead ones leave the set, and a dead set its source."""
    found = html(
        "<picture><source srcset='dead.webp 1x'><source srcset='a.webp 1x, b,c.webp 2x, dead 3x'>"
        "<img src='a.png' alt='A'></picture>"
    )
    assert f'<source srcset="{SITE}image/a.webp 1x, {SITE}image/b%2Cc.webp 2x">' in found
    assert "dead" not in found


def test_sizes_are_added_to_pictures_that_have_none():
    """Width and height come from the resolver, and never beside an author's."""
    assert 'width="640" height="480"' in html("![a](b.png)")
    assert html('<img src="b.png" alt="a" width="30px">').count("width") == 1
    assert "height" not in html('<img src="b.png" alt="a" width="30px">')


def test_addresses_are_escaped():
    """Whatever a resolver returns stays inside its attribute."""
    found = body("[a](b) ![c](d)").html(lambda ref: Resolved('x"><script>&'))
    assert found.count('"x&quot;&gt;&lt;script&gt;&amp;"') == 2
    assert "<script" not in found


REFUSED = [
    "[a]({})", "![a]({})", "<a href='{}'>a</a>", "<img src='{}' alt='a'>", "<video src='{}'>a</video>",
    "<blockquote cite='{}'>a</blockquote>", "<img alt='a' srcset='{} 1x' src='{}'>", "[a]({{static}}{})",
    "<a href='{{index}}{}'>a</a>", "[a][r]\n\n[r]: {}", "{{{{< figure src='{}' alt='a' >}}}}", "[[{}|a]]",
    "{{{{< ref '{}' >}}}}", "<a href='newsfeed-item:{}'>a</a>",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:x", "&#106;avascript:x", "java&#9;script:x", "&#1;javascript:x",
     "data:text/html,x", "vbscript:x", "file:///etc/passwd"],
)  # fmt: skip
def test_addresses_that_run_code_never_come_out(text, address):
    """Not even when the resolver hands back what was written."""
    for written in ("markdown", "html"):
        found = body(text.format(address, address), format=written)
        for shown in (
            found.html(lambda ref: Resolved(ref.url)),
            found.excerpt(lambda ref: Resolved(ref.url)),
        ):
            for value in re.findall(r'="([^"]*)"', shown):
                scheme = re.sub(r"[\x00-\x20]", "", unescape(value)).lower()
                assert not scheme.startswith(("javascript:", "data:", "vbscript:", "file:"))


def test_parts_of_the_body_have_prefixed_ids():
    """Ids carry the prefix, links within the body follow, and accents cost no escapes."""
    found = body(
        "[a](#L'été-%C3%A0-venir) [haut](#) [b](#x)\n\n## L'été à venir\n\n<p id='X'>y</p>"
    )
    assert found.anchors == ("a-lete-a-venir", "a-x")
    assert [ref.url for ref in found.refs] == ["#a-lete-a-venir", "#", "#a-x"]
    assert anchor("a", "L’été à venir") == "a-lete-a-venir"
    assert codes(found) == []


def test_an_id_is_given_once():
    """The second of two equal headings has no id, since ids are unique."""
    found = html("## A\n\n## A\n\n<div id='a'>x</div>")
    assert found.count('id="a-a"') == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# T\n\n## A", ["h2", "h2"]),
        ("x\n\n# T\n\n## A", ["h2", "h3"]),
        ("# T\n\n# U\n\n###### V", ["h2", "h2", "h3"]),
        ("## A\n\n### B", ["h2", "h3"]),
        ("#### A\n\n###### B\n\n#### C\n\n## D", ["h2", "h3", "h2", "h2"]),
    ],
)
def test_a_body_has_no_heading_of_the_first_level(text, shown):
    """The page's title is its h1: a body's goes down, all of them where it uses several."""
    assert re.findall(r"<(h\d)", html(text)) == shown


def test_a_first_heading_that_says_the_title_is_left_out():
    """The title is not shown twice."""
    found = body("# L'*été* : enfin !\n\nTexte.")
    assert found.h1 == "L'été : enfin !"
    assert found.html(resolve, title="L’été : enfin !") == "<p>Texte.</p>\n"
    assert "<h2" in found.html(resolve, title="L'hiver")
    assert "<h2" in body("Avant\n\n# Titre").html(resolve, title="Titre")


def test_headings_have_their_lines():
    """A heading is told at the line of the file where it stands."""
    found = body("## Un `b`\n\ntexte un\n\n#### Deux\n", line=3)
    assert codes(found) == [("heading-skipped", 7, 1)]


def test_pictures_without_a_description_are_told():
    """An empty description in Markdown is missing; ``alt=""`` in HTML is meant."""
    found = body('![](a.png)\n\n<img src="b.png" alt="">\n\n<img src="c.png">\n\n![d](d.png)')
    assert codes(found) == [("alt-missing", 1, 5), ("alt-missing", 5, 11)]


def test_the_excerpt_without_a_marker_is_the_first_paragraphs():
    """One or two paragraphs, without pictures, headings, tables and footnote marks."""
    text = "## Titre\n\n![a](b.png)\n\nUn[^1] *deux*.\n\n| a |\n|---|\n| b |\n\nTrois.\n\nQuatre.\n\n[^1]: n"
    assert body(text).excerpt(resolve) == "<p>Un <em>deux</em>.</p>\n<p>Trois.</p>"


ANNOUNCED = [
    ("Prendre:\n\n- un *sac*\n- de l’eau\n\nPuis venir.", "Prendre: un <em>sac</em> · de l’eau"),
    ("**Prendre:**\n\n1. un sac\n   - petit\n2. de l’eau\n\nPuis.", "<strong>Prendre:</strong> un sac · petit · de l’eau"),
    ("Plan:\n\n- a[^1]\n- b\n\n[^1]: note", "Plan: a · b"),
    ("Lancer:\n\n```\nx\n```\n\nPuis attendre.", "Lancer: …</p>\n<p>Puis attendre."),
    ("Dire:\n\n> Bonjour\n\nPuis partir.", "Dire: …</p>\n<p>Puis partir."),
    ("Voir:\n\n![x](b.png)\n\nPuis partir.", "Voir: …</p>\n<p>Puis partir."),
    ("Voir:\n\nPuis partir.", "Voir:</p>\n<p>Puis partir."),
    ("Un.\n\n- deux\n\nTrois.", "Un.</p>\n<p>Trois."),
    (f"{'mot ' * 40}mot:\n\n- a\n- b\n\nPuis.", f"{'mot ' * 40}mot: a · b"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), ANNOUNCED)
def test_what_a_colon_announces_is_not_left_out_in_silence(text, shown):
    """A list stands in one line; an ellipsis says that something else is not there."""
    found = body(text).excerpt(resolve).replace("\u00a0:", ":")
    assert found == f"<p>{shown}</p>"


def test_a_long_list_is_cut():
    """Between words, its elements closed."""
    for items in ("- *mot mot mot*\n" * 90, f"- **{'mot ' * 300}fin**\n"):
        found = body(f"Prendre:\n\n{items}\nPuis.").excerpt(resolve)
        assert len(found.split()) < 170 and found.endswith("</p>") and "…" in found


def test_a_long_first_paragraph_is_cut_after_a_sentence():
    """The excerpt of a very long paragraph ends with a sentence, its elements closed."""
    sentence = "Il y a **dix mots dans cette phrase, pas un de plus.** "
    found = body(sentence * 30).excerpt(resolve)
    assert 50 <= len(found.split()) <= 70
    assert found.endswith(".</strong></p>")


@pytest.mark.parametrize(
    "marker",
    [
        "<!--more-->",
        "<!-- more -->",
        "<!-- truncate -->",
        "<!-- excerpt -->",
        "<!-- TEASER_END -->",
    ],
)
def test_the_author_ends_the_excerpt(marker):
    """Everything up to the marker, closed, without pictures and ids."""
    text = f"<div>\n\nUn.\n\n## T\n\n- deux\n\n{marker}\n\nTrois.\n\n</div>"
    found = body(text)
    assert found.excerpt(resolve) == "<div>\n<p>Un.</p>\n\n<ul>\n<li>deux</li>\n</ul>\n</div>"
    assert "more" not in found.html(resolve)


def test_the_summary_is_plain_and_ends_well():
    """About 300 characters at most, of plain text, ending with a sentence or with …."""
    found = body("Une *phrase* & <b>demie</b> avec des mots. " * 20)
    assert 200 <= len(found.summary) <= 300
    assert found.summary.endswith("mots.")
    assert "Une phrase & demie" in found.summary
    assert body("mot " * 200).summary.endswith("mot…")
    assert body("Court.").summary == "Court."


def test_words_are_counted_without_markup():
    """French punctuation is no word; code within a line counts as one."""
    assert body("Un *deux* trois : quatre !\n\n- cinq\n- six `code ici`").words == 7


def test_forbidden_characters_are_left_out_and_told():
    """What XML cannot hold never comes out, and its place is told."""
    found = body("a\n\nb\x00c\x0b \ud800d\ufffe &#2;", line=3)
    assert found.html(resolve) == "<p>a</p>\n<p>bc d </p>\n"
    assert found.problems[0].values == (("count", "4"), ("first", "U+0000"))
    assert codes(found) == [("body-characters", 5, 2)]


def test_line_ends_of_other_systems_are_read():
    """CRLF and CR end lines, in Markdown and in what is told."""
    assert body("a\r\n\r\nb\r\rc {{ x }}").problems[0].line == 5


def test_the_typography_can_be_switched_off():
    """Without typography the text stays as written."""
    assert html('L\'été : "x"...', typography=False) == '<p>L\'été : "x"...</p>'


def test_deep_nesting_ends():
    """Beyond 60 levels the tags are left out, the text stays, and it is said."""
    for text, written in (
        (">" * 300 + " profond", "markdown"),
        ("<div>" * 400 + "profond", "html"),
        ("<ul><li>" * 300 + "profond", "html"),
        ("".join("  " * n + "- a\n" for n in range(300)) + "  " * 300 + "- profond\n", "markdown"),
    ):
        found = body(text, format=written)
        shown = found.html(resolve)
        depth = deepest = 0
        for slash, _ in re.findall(r"<(/?)(blockquote|div|ul|li|p)\b", shown):
            depth += -1 if slash else 1
            deepest = max(deepest, depth)
        assert depth == 0
        assert deepest <= 60
        assert "profond" in shown
        assert [problem.code for problem in found.problems] == ["nesting-deep"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b id=1><p>", "> ", "- ", "[^1]", "{{< x >}}", "{% raw %}", "[[", "<code>", "<a ", "<iframe ",
     "> [!n]\n", "!!! n\n", ":::n\n", "'a ", '"a ', "<Foo>", "[a](b.md) ", "<img src='x'>", "|a", "<!--", "aaaa"],
)  # fmt: skip
def test_hostile_bodies_take_linear_time(piece):
    """A hundred kilobytes of one piece cost less than seconds, whatever the piece."""
    for written in ("markdown", "html"):
        start = time.process_time()
        found = body((piece * 100_000)[:100_000], format=written)
        found.html(resolve)
        assert time.process_time() - start < 4


def test_each_rule_has_an_example_that_draws_it():
    """The bad example of a rule draws it; the good one draws nothing."""
    shown = [rule for rule in BODY_RULES if rule.bad]
    assert len(shown) >= 8
    for rule in shown:
        bad, good = (text.split("---\n", 2)[2] for text in (rule.bad, rule.good))
        assert rule.code in {problem.code for problem in body(bad).problems}, rule.code
        assert body(good).problems == (), rule.code


def test_the_words_of_the_rules_can_be_filled():
    """Each problem of a body fills its rule's words in both languages."""
    texts = [
        "a\x00", "<script>x</script>", "<p onclick=x style=y>z</p>", "[a](javascript:x)",
        "![a](data:image/png;base64,AA)", "<img alt='x'>", ">" * 300 + "a", "[a](#b)", "![](a.png)",
        "## a\n\n#### b", "**a b", "```\na", "{{ x }}", "%%x%%", "*|X|*", "![[Note]]", "<nom>", "<nom>x</nom>", "<p hidden>y</p>", "![x](cid:a@b)", '<iframe src="https://player.vimeo.com/video/1"></iframe>',
    ]  # fmt: skip
    drawn = set()
    for text in texts:
        for problem in body(text).problems:
            drawn.add(problem.code)
            for language in ("fr", "en"):
                assert all("{" not in words or "{{" in words for words in problem.words(language))
    assert drawn == {rule.code for rule in BODY_RULES} | {"address-refused", "anchor-missing"}
    assert drawn <= set(RULES)


PIECES = [
    "a", "é ", "*", "**", "_", "`", "```\n", "[", "](b)", ")", "!", "# ", "## ", "\n", "\n\n", "    ",
    "|", "|--|\n", "- ", "> ", "[^1]", "[^1]: n\n", "~~", "\\", '"', "'", "&", "&amp;", "&#60;", "&#1;",
    "{#i}", "[x]", ": ", "http://a.b", "<", ">", "==", "---\n", "{{", "}}", "{%", "%}", '{{< ref "x" >}}',
    "{% raw %}", "{% endraw %}", "{% highlight x %}", "{% endhighlight %}", "[[", "]]", "![[", "{:", "}",
    ":::note\n", ":::\n", "> [!note] t\n", "!!! note\n    ", "%%", "<!-- more -->", "<!--", "-->", "<p>",
    "</p>", "<div>", "</div>", "<a href=x>", "</a>", "<b>", "</b>", "<script>", "<table>", "<tr>", "<td>",
    "</table>", "<h1>", "</h1>", "<img src=x>", "<img alt='q'>", "<blockquote>", "</blockquote>", "— x\n",
    "<footer>", "<pre>", "</pre>", "<iframe src='https://www.youtube.com/embed/x'>", "<video src=v>",
    "<source srcset='a 1x, b 2x'>", "<li>", "<p style=head onclick=x>", "<X a={b}/>", "<Foo>", "\x00", "\x1e",
    "\ud800", "\ufffe", "import x from 'y'\n", "<span lang=en>", "<svg>", "<select>", "<textarea>",
    "<style>", "<math>", "</math>", "<mi>", "</mi>", "<mtext>", "$", "$$", "\\(", "\\)", "<path>", "<noscript>",
    "</noscript>", "<p hidden>", "<span aria-hidden=true>", "<sup>", "<object data=x>", "</object>",
    "<img data-src=y>", "<td class=gutter>", "<a href=#fn1>", "</svg>", "\u202e", "«", "»", "...", "<div class=\"footnote-definition\" id=1><sup>", "newsfeed-item:x",
    "<a name=i>", "[a](#i)", "<dl>", "<dt>", "<figure>", "<caption>", "*|A|*",
]  # fmt: skip
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=60))
formats = st.sampled_from(["markdown", "html"])
languages = st.sampled_from(["fr", "en", "de", "ar"])


@settings(max_examples=times(500, 1500))
@given(texts, formats, languages)
@example("<!-- <!-- more -->", "markdown", "fr")
@example('{{< ref "<script>" >}}<p', "html", "fr")
def test_any_text_becomes_safe_html(text, written, language):
    """Never an exception; only allowed elements, balanced; one id once; no link in a link."""
    found = body(text, format=written, language=language)
    for shown in (found.html(resolve), found.html(lambda ref: None), found.excerpt(resolve)):
        assert not ILLEGAL.search(shown)
        stack = []
        for slash, name in re.findall(r"<(/?)([a-z0-9]+)[^>]*>", shown):
            assert name in TAGS or name in MATHML
            assert name != "h1"
            if slash:
                assert stack.pop() == name
            elif name not in {"br", "hr", "img", "wbr", "source", "track", "col"}:
                assert not (name == "a" and "a" in stack)
                stack.append(name)
        assert not stack
        assert "<" not in re.sub(r"<[^>]*>", "", shown)
        ids = re.findall(r'<[^>]* id="([^"]*)"', shown)
        assert len(ids) == len(set(ids))
        assert not re.search(r"<(h\d)[^>]*>\s*</\1>", shown)
        assert not re.search(r"<[^>]* (?:on\w+|style)=", shown)
    assert facts(body(text, format=written, language=language)) == facts(found)


@settings(max_examples=times(250, 600))
@given(st.lists(st.sampled_from([p for p in PIECES if "<" not in p]), max_size=25).map("".join))
@example("# {% raw %}")
@example("# a {onclick=x}")
def test_markdown_without_html_needs_no_sanitiser(text):
    """What pyromark makes of a text without ``<`` is what nh3 leaves of it: it is not asked."""
    if "<" in text:
        return
    text = ILLEGAL.sub("", text)
    written = MARKDOWN.html(text)
    cleaner = nh3.Cleaner(
        tags={*TAGS, "input"},
        clean_content_tags=set(),
        attributes={
            **ATTRIBUTES,
            "*": {*ATTRIBUTES["*"], "style"},
            "input": {"disabled", "type", "checked"},
        },
        url_schemes={"http", "https", "newsfeed-item"},
        link_rel=None,
    )
    clean = cleaner.clean(written).replace("&nbsp;", "\u00a0")
    assert _bare(clean) == _bare(written)


@pytest.mark.parametrize(
    ("cleaned", "escaped"),
    [
        ('<a title="a>b<c" href="x">y</a>', '<a title="a&gt;b&lt;c" href="x">y</a>'),
        (
            '<p title="<!--">a</p><p title="-->">b</p>',
            '<p title="&lt;!--">a</p><p title="--&gt;">b</p>',
        ),
        ('<!-- <a title=" --><p title=">">a</p>', '<!-- a title=" --><p title="&gt;">a</p>'),
        ("<!--more--><p>a &lt; b</p>", "<!--more--><p>a &lt; b</p>"),
    ],
)
def test_older_sanitisers_are_brought_to_the_standard(cleaned, escaped):
    """Whatever the version of nh3, an angle bracket in a cleaned text is a tag's."""
    assert with_escaped_attributes(cleaned) == escaped
    assert clean("<p title='a>b<!--'>x</p>") == '<p title="a&gt;b&lt;!--">x</p>'


def _bare(text: str) -> str:
    text = re.sub(r"\s*/>", ">", text).replace("&#39;", "'").replace("&#x27;", "'")
    # A heading's tag is written anew: what Markdown's {attributes} put there goes in any case.
    text = re.sub(r"<(h[1-6]) [^>]*>", r"<\1>", text)
    return re.sub(r"\s+", "", re.sub(r' (?:disabled|checked)=""', "", text))


@settings(max_examples=times(200, 400))
@given(st.lists(st.sampled_from([p for p in PIECES if "<" not in p]), max_size=20).map("".join))
def test_lxml_reads_the_same_text(text):
    """The parser that prepares letters finds the same text as was written."""
    shown = body(text, language="de").html(resolve)
    tree = lxml.html.fragment_fromstring(shown, create_parent="div")
    plain = re.sub(r"<[^>]*>", "", shown)
    plain = unescape(plain)
    assert re.sub(r"\s", "", tree.text_content()) == re.sub(r"\s", "", plain)


@given(st.binary(max_size=40) | texts.map(lambda text: text.encode("utf-8", "replace")))
@example("\x85\x84".encode())
def test_what_its_bytes_show_to_be_legible_is(data):
    """The bytes of an article tell, so that its text need not be read once more."""
    decoded = decode(data)
    if is_legible(decoded.data):
        assert made_legible(decoded.text) == (decoded.text, [])
