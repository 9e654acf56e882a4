"""The syntax of other tools: translated, or left out and said; never in code."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodies import resolve
from newsfeed.markup.body import Body
from newsfeed.markup.renderer import render
from newsfeed.markup.shortcodes import translate
from newsfeed.markup.source import Source


def body(text: str, written: str = "markdown") -> Body:
    return render(Source(text=text, format=written, language="en", path="items/a.md", prefix="a"))


def refs(text: str, written: str = "markdown") -> list[tuple[str, str]]:
    return [(ref.kind, ref.url) for ref in body(text, written).refs]


LINKS = [
    ('[a]({{< ref "x.md" >}})', "item", "x.md"),
    ('[a]({{< relref path="x.md" lang="en" >}})', "item", "x.md"),
    ("[a]({{% ref x.md#part %}})", "item", "x.md#part"),
    ("[a]({% post_url 2020-01-01-x %})", "item", "2020-01-01-x"),
    ("[a]({% link _posts/2020-01-01-x.md %})", "item", "_posts/2020-01-01-x.md"),
    ("[a]({{ site.baseurl }}{% post_url x %}#b)", "item", "x#b"),
    ("[a][r]\n\n[r]: {% post_url x %}", "item", "x"),
    ('<a href="{% post_url x %}">a</a>', "item", "x"),
    ("[a]({filename}x.md)", "item", "x.md"),
    ("[a]({filename}/dir/x y.md)", "item", "/dir/x y.md"),
    ("[a](|filename|x.md)", "item", "x.md"),
    ("[a](@/blog/été.md)", "item", "/blog/été.md"),
    ("[[A note]]", "item", "A note"),
    ("[[note|label]]", "item", "note"),
    ("| a |\n|---|\n| [[note\\|label]] |", "item", "note"),
    ("[[L'été #1 & 100 %]]", "item", "L'été #1 & 100 %"),
    ("{% post_link slug A title %}", "item", "slug"),
    ("![a]({static}/i/a.png)", "image", "/i/a.png"),
    ("![[a b.png]]", "image", "a b.png"),
    ("{% asset_img a.png %}", "image", "a.png"),
    ("![a]({{ '/i/a.png' | relative_url }})", "image", "/i/a.png"),
    ("![a]({{ site.url }}/i/a.png)", "image", "/i/a.png"),
    ("<img src={require('./a.png').default} alt=\"a\" />", "image", "./a.png"),
    ("import a from './a.png'\n\n<img src={a} alt=\"a\" />", "image", "./a.png"),
    ("<Image src={useBaseUrl('/a.png')} alt=\"a\" />", "image", "/a.png"),
    ("[a]({attach}a.pdf)", "link", "a.pdf"),
    ('[a]({{< relref "#part" >}})\n\n## Part', "link", "#a-part"),
    ('<a href="{{< relref "a/b.md" >}}">c</a>', "item", "a/b.md"),
    ("![a]({% img_url dir/a.png %})", "image", "dir/a.png"),
    ("<img src='__GHOST_URL__/content/a.png' alt='a'>", "image", "/content/a.png"),
    ("{{< youtube abc >}}", "link", "https://www.youtube.com/watch?v=abc"),
    ("{% include youtube.html id='abc' %}", "link", "https://www.youtube.com/watch?v=abc"),
    ('{{ vimeo(id="12") }}', "link", "https://vimeo.com/12"),
    ('<Tweet id="12" />', "link", "https://x.com/i/status/12"),
    ("{% gist user/12 %}", "link", "https://gist.github.com/user/12"),
    ('{{< audio src="a.mp3" >}}', "media", "a.mp3"),
]


@pytest.mark.parametrize(("text", "kind", "url"), LINKS)
def test_links_and_pictures_are_translated(text, kind, url):
    """What names an article, a picture or a film becomes a reference to it; nothing is lost."""
    found = body(text)
    assert [(ref.kind, ref.url) for ref in found.refs] == [(kind, url)]
    assert not [p for p in found.problems if p.code.startswith("foreign")]
    assert not re.search(r"[{}|\[\]]|newsfeed-item", found.html(lambda ref: None))


LEFT_OUT = [
    ("a {{ page.title }} b", "{{ page.title }}", "a  b"),
    ("a {% if x %}b{% endif %} c", "{% if x %}", "a b c"),
    ("{{< cards >}}{{< card >}}a{{< /card >}}{{< /cards >}}", "{{< cards >}}", "a"),
    ("<Cards>\n\na\n\n</Cards>", "<Cards>", "a"),
    ("```dataview\nLIST\n```\n\na", "dataview", "a"),
    ("```tasks\nnot done\n```\n\na", "tasks", "a"),
    ("~~~query\nx\n~~~\n\na", "query", "a"),
    ("```{=latex}\n\\vspace{1em}\n```\n\na", "{=latex}", "a"),
    ("`\\LaTeX`{=latex} a", "{=latex}", "a"),
    ("b\n\n\\newpage\n\na", "\\newpage", "ba"),
    ("\\vspace*{2cm}\na", "\\vspace*{2cm}", "a"),
    ("<%= link_to 'x', y %>\n\na", "<%= link_to", "a"),
    ("a <% tp.file.title %>", "<% tp.file.title", "a"),
    ("a {{{ pm:unsubscribe }}}", "{{{ pm:unsubscribe }}}", "a"),
    ('[gallery ids="1"] a', '[gallery ids="1"]', "a"),
    (
        'a {{< glossary_tooltip text="*pods*" term_id="pod" >}} b',
        "{{< glossary_tooltip",
        "a pods b",
    ),
    (":::weird\na\n:::", ":::weird", "a"),
    ("::card{.b}\n---\nb: c\n---\na\n#footer\nd\n::", "::card", "ad"),
    ("::video[a]{#b}\n\nc", "::video", "ac"),
    ('--8<-- "b.md"\n\na', '--8<-- "b.md"', "a"),
    ("--8<--\nb.md\nc.md\n--8<--\n\na", "--8<-- b.md", "a"),
    ("<<< @/b.js{2}\n\na", "<<< @/b.js{2}", "a"),
    ("<!--@include: ./b.md-->\n\na", "<!--@include: ./b.md-->", "a"),
    ('<Foo :b="c" @click="d" />\n\na', "<Foo :b", "a"),
    ('<Foo v-model.trim="b" #default="{ c }">a</Foo>', "<Foo v-model.trim", "a"),
]


@pytest.mark.parametrize(("text", "what", "shown"), LEFT_OUT)
def test_the_rest_is_left_out_and_said(text, what, shown):
    """What only its own tool knows never reaches a reader; what it encloses stays."""
    found = body(text)
    assert re.sub(r"<[^>]*>|\n", "", found.html(resolve)) == shown
    first = next(p for p in found.problems if p.code == "foreign-removed")
    assert dict(first.values)["what"].startswith(what)


PREPARES = [
    ("import X from './x'\n\na", "import X from './x'"),
    ("export const x = 1\n\na", "export const x = 1"),
    ("[TOC]\n\na", "[TOC]"),
    ("*[A & B]: Alpha\n\na", "*[A & B]: Alpha"),
    ("{>> a remark <<}a", "{>> a remark <<}"),
    ("--8<-- [start:b]\n\na", "--8<-- [start:b]"),
    ("* the contents\n{:toc}\n\na", "* the contents {:toc}"),
]


@pytest.mark.parametrize(("text", "what"), PREPARES)
def test_what_says_nothing_is_left_out_without_alarm(text, what):
    """Imports and tables of contents are no text of an article: a note, no warning."""
    found = body(text)
    assert re.sub(r"<[^>]*>|\n", "", found.html(resolve)) == "a"
    assert [(p.code, dict(p.values)["what"]) for p in found.problems] == [("foreign-comment", what)]


SILENT = [
    ("next\\<HookName> times", "next<HookName> times"),
    ("> \\[!TIP]\n> words", "Tipwords"),
    ("{% include JB/setup %}\n\na", "a"),
    ("{% assign x = 1 %}a", "a"),
    ("a\n{: .lead}", "a"),
    ("[a](https://a.example/){: .button}", "a"),
    ('[a](https://a.example/){:target="_blank" rel="noopener"}', "a"),
    ("## A {/* #id */}", "A"),
    ("{% gi 2 %}\na\n{% endgi %}", "a"),
    ("{% label primary @words %}", "words"),
    ("{% btn https://a.example/, words, icon %}", "words"),
    ("{% link words https://a.example/ %}", "words"),
    ("{% cq %}words{% endcq %}", "words"),
    ('[code lang="php"]a < b[/code]', "a < b"),
    ("A [code] and [/code", "A [code] and [/code"),
    ("[youtube https://www.youtube.com/watch?v=a]", "youtube.com/watch?v=a"),
    ("%[https://a.example/b]\n\na", "a.example/ba"),
    ("{% embed https://a.example/ %}", "https://a.example/"),
    ("{% github a/b %}", "github.com/a/b"),
    ("{% hideToggle more %}a{% endhideToggle %}", "morea"),
    ("{% tabs x %}\n<!-- tab One@icon -->\na\n<!-- endtab -->\n{% endtabs %}", "Onea"),
    ('{{< tabs >}}\n{{< tab "One" >}}\na\n{{< /tab >}}\n{{< /tabs >}}', "Onea"),
    ('<Tabs>\n<TabItem value="x" label="One">\n\na\n\n</TabItem>\n</Tabs>', "Onea"),
    ("{{< mermaid >}}\ngraph\n{{< /mermaid >}}", "graph"),
    ("{{< math >}}\n$$ x_{{a}} $$\n{{< /math >}}", "$$ x_{{a}} $$"),
    ("$x_{{a}}$ and ${{b}}$", "$x_{{a}}$ and ${{b}}$"),
    ("`{% raw %}{{ x }}{% endraw %}`", "{{ x }}"),
    ("```\n{% raw %}\n{{ x }}\n{% endraw %}\n```", "{{ x }}"),
    ("a\n\n    :::python\n    b", "ab"),
    ("H~2~O, m^2^, 10^−3^, XX^ème^ and (a)^b^", "H2O, m2, 10−3, XXème and (a)b"),
    ("[b](https://a.example/){ .md-button .md-button--primary }", "b"),
    ('![b](https://a.example/b.png){ loading=lazy data-title="b" }a', "a"),
    ("![b](https://a.example/b.png){#fig:c}a", "a"),
    ("a\n{.b #c}\n\n- d\n{ .e }", "ad"),
    ("```ad-tip\ntitle: One\ncollapse: open\na\n\n- b\n```\n\nc", "Oneabc"),
    ("~~~ad-warning\na\n~~~", "Warninga"),
    ("/// note | One\n\na\n///\n\nb", "Oneab"),
    ("/// admonition\n    type: warning\na\n\n///", "Warninga"),
    ("//// tip\n\n/// details | More\na\n///\n////", "TipMorea"),
    ("/// tab | One\na\n///\n\n/// caption\nb\n///", "Oneab"),
    ("/// doc of Rust\n\na\n///", "/// doc of Rusta///"),
    ("/// note\na", "/// notea"),
    ("```\n/// note\na\n///\n```", "/// notea///"),
    ("```{=html}\n<p>a</p>\n\n<p>b</p>\n```\n\nc", "abc"),
    ("a `<sup>2</sup>`{=html} b", "a 2 b"),
    ("- [/] a\n- [>] b\n1. [-] c\n- [-](https://a.example/) d", "☐ a☐ b☒ c- d"),
    ("a [Due:: Friday], (by:: Zoé) b", "a Due: Friday, Zoé b"),
    ("[a:: b](https://a.example/) and [std::vector]", "a:: b and [std::vector]"),
    ("++ctrl+shift+p++, ++page-up++ and ++new words++", "Ctrl+Shift+P, Page Up and new words"),
    ("C++ and D++, i++; ++j; a ++ b, ++--++", "C++ and D++, i++; ++j; a ++ b, ++--++"),
    ("a\n\n$$x^2$$ {#eq-one}", "a$$x^2$$"),
    ("5 <% 6, file:///a/b, \\newpages", "5 <% 6, file:///a/b, \\newpages"),
    ("```math\nx < y_1 * z_1 * 2\n```", "$$x < y_1 * z_1 * 2$$"),
    ("```markdown\n~~~ad-tip\na\n~~~\n```", "~~~ad-tipa~~~"),
    ('::alert{type="warning"}\na\n\n- b\n::\n\nc', "Warningabc"),
    ("::tip[One]\n:::note\na\n:::\n::", "OneNotea"),
    ("```\n::tip\na\n::\n```", "::tipa::"),
    ("[words]{.smallcaps} and [more *words*]{#a .b}", "words and more words"),
    (
        "A^[A note with a [link](https://a.example/).], b[^1]\n\n[^1]: B.",
        "A1, b2A note with a link. ↩\ufe0eB. ↩\ufe0e",
    ),
    ('=== "One"\n\n    a\n\n===! "Two"\n    ```\n    b\n    ```\n', "OneaTwob"),
    ("![a|100x200](https://a.example/a.png)", ""),
    ("![](https://www.youtube.com/watch?v=a)", "Video (YouTube)"),
    ("{% codeblock A title lang:ruby %}\na\n{% endcodeblock %}", "a"),
]


@pytest.mark.parametrize(("text", "shown"), SILENT)
def test_what_is_understood_raises_no_alarm(text, shown):
    """Ordinary syntax of other tools is valid there: what it says is kept, nothing is warned of."""
    found = body(text)
    assert unescape(re.sub(r"<[^>]*>|\n", "", found.html(resolve))) == shown
    assert [p.code for p in found.problems] == []


def test_a_kind_is_said_once_at_its_first_place():
    """One problem a kind; the column is that of the text, whatever was replaced before."""
    found = body("[[x]] été {{ a.b }}\n\n> [!note] t\n> {{ a.b }} {{ c }}\n", "markdown")
    said = [(p.line, p.column, dict(p.values)["what"]) for p in found.problems]
    assert said == [(1, 11, "{{ a.b }}"), (4, 13, "{{ c }}")]


STAYS = [
    "{x} and {} and ${y}",
    "a [[0]] b[[1]] [[ -f x ]]",
    "a == b, a==b==c",
    "100 %% sure",
    "{{ never closed",
    "{% never closed",
    "5 | 6 and 7 |* 8",
    "import duties rise, and export too",
    "!!! very loud",
    "a~b, 3~5 and 7~9 days",
    "2^3, a^b, x ^ y ^ z and ^[",
    "[words] {.a}",
    "=== a ===",
    "[video] and [gallery](x)",
    "{++ and {-- and {>>",
    "a {.b} c",
    "x <<< y, -8<-",
    "::not one of these",
    "::",
    "1 < 2 and A<B>C",
]


def test_a_tag_of_a_mailing_service_is_text_and_said() -> None:
    """Nobody fills it in: neither in a feed nor in a letter."""
    found = body("Dear *|FNAME|*, %%{email}%% and `*|CODE|*`")
    text = unescape(re.sub(r"<[^>]*>", "", found.html(resolve))).strip()
    assert text == "Dear *|FNAME|*, %%{email}%% and *|CODE|*"
    said = [(each.code, each.column, dict(each.values)["tool"]) for each in found.problems]
    assert said == [("merge-tag", 6, "Mailchimp"), ("merge-tag", 17, "Ghost")]


OFFICE = {
    "a<o:p></o:p> b": "a b",
    "<o:p></o:p>\n\nb": "b",
    '<st1:place w:st="on">Lyon</st1:place> b': "Lyon b",
    "<![if !supportLists]>·<![endif]> b": "· b",
    '<?xml:namespace prefix = o ns = "urn:x" /><o:p></o:p>b': "b",
    "`<o:p>` b": "<o:p> b",
    "a <o:p b": "a <o:p b",
    "<mailto:a@b.example>": "mailto:a@b.example",
}


@pytest.mark.parametrize(("text", "words"), OFFICE.items())
def test_what_word_alone_understands_is_no_text(text: str, words: str) -> None:
    found = body(text, "markdown")
    assert unescape(re.sub(r"<[^>]*>", "", found.html(resolve))).strip() == words


@pytest.mark.parametrize("text", STAYS[:7] + STAYS[8:-1])
def test_ordinary_text_stays(text):
    """Braces, brackets and percent signs of ordinary text are text."""
    found = body(text)
    assert unescape(re.sub(r"<[^>]*>", "", found.html(resolve))).strip() == text.replace(
        "[gallery](x)", "gallery"
    )
    assert not found.problems


CODE = [
    "{{ x }}", "{% y %}", "[[z]]", "{{< ref \"a\" >}}", "==m==", "%%c%%", "<Foo/>", "{: .k }", "*|U|*",
    "{% raw %}", ":::note", "> [!note] t", "!!! note", '=== "a"', "H~2~O", "m^2^", "^[a]", "*[a]: b", "[a]{.b}", "[a](b){ .c }", "{++a++}", "{>>a<<}", "::tip", "::", "/// note", "++a++", "[a:: b]", "- [/] a", "<% a %>", "\\newpage", "`b`{=html}"[3:], "import a from 'b'", "[caption]", "{filename}a.md",
    "l'été : !", " ", "text",
]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(CODE), min_size=1, max_size=6).map(" ".join))
def test_code_stays_as_it_is(code):
    """In a code block, a code span or <pre>, foreign syntax is what the author shows."""
    for text, written in (
        (f"a\n\n```\n{code}\n```\n", "markdown"),
        (f"a\n\n    x {code}\n", "markdown"),
        (f"a `x{code}x` b", "markdown"),
        (f"- a\n\n  ```\n  {code}\n  ```\n", "markdown"),
        (f"<pre>x{code.replace('<', '&lt;')}</pre>", "html"),
        (f"<p><code>x{code.replace('<', '&lt;')}</code></p>", "html"),
    ):
        found = body(text, written)
        shown = re.search(r"<(?:pre><code|pre|code)>(.*?)</", found.html(resolve), re.S)
        assert code.strip() in unescape(shown[1])
        assert not found.problems


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% raw %}{{ x }}{% endraw %}", "<p>{{ x }}</p>"),
        ("a {% comment %}b\n\nc{% endcomment %} d", "<p>a  d</p>"),
        ("{{</* ref x */>}}", "<p>{{&lt; ref x &gt;}}</p>"),
        ("## T\n{: #mine}", '<h2 id="a-mine">T</h2>'),
        ("==a b==", "<p><mark>a b</mark></p>"),
        ("++a b++", "<p><ins>a b</ins></p>"),
        ("++ctrl+c++", "<p><kbd>Ctrl</kbd>+<kbd>C</kbd></p>"),
        ("{{< br >}}", "<br>"),
        ("a {++ b ++} {--c-d--}", "<p>a <ins>b</ins> <del>c-d</del></p>"),
        ("{~~ a ~> b ~~} {==c = d==}", "<p><del>a</del><ins>b</ins> <mark>c = d</mark></p>"),
        ("a {++b\n\nc++}", "<p>a b</p>\n<p>c</p>"),
        ("`{++a++}`", "<p><code>{++a++}</code></p>"),
    ],
)
def test_small_things(text, shown):
    """Literal text, comments, ids and marks of other tools."""
    assert body(text).html(resolve).strip() == shown


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("js{1,3-4}", "js"), ("js {1}", "js"), ('js title="a.js" {2}', "js"), ("{1,3}", None),
        ("ts:src/a.ts", "ts"), ("rust,ignore", "rust"), ("{.python .numberLines}", "python"),
        ("{r, echo=FALSE}", "r"), ("c++", "c++"), ("c#", "c#"), ("objective-c", "objective-c"),
    ],
)  # fmt: skip
def test_a_fence_names_its_language_alone(written, language):
    """Lines to mark, file names and options of other tools are no part of a language's name."""
    shown = body(f"```{written}\na\n```").html(resolve)
    named = f' class="language-{language}"' if language else ""
    assert shown.strip() == f"<pre><code{named}>a\n</code></pre>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"),
        ("a\n\n:b: c", "<p>a</p>\n<p>:b: c</p>"),
        ("> a\n>\n> :b", "<blockquote>\n<p>a</p>\n<p>:b</p>\n</blockquote>"),
        ("- a\n\n  :b", "<ul>\n<li>\n<p>a</p>\n<p>:b</p>\n</li>\n</ul>"),
        ("> One, two\n> : three", "<blockquote>\n<p>One, two\n: three</p>\n</blockquote>"),
        ("```\nOne, two\n: three\n```", "<pre><code>One, two\n: three\n</code></pre>"),
        ("<div>\nOne, two\n: three\n</div>", "<div>\nOne, two\n: three\n</div>"),
        ("a | b\n:-- | --\nc | d", '<table><thead><tr><th class="align-left">a</th><th>b</th></tr>'
         '</thead><tbody>\n<tr><td class="align-left">c</td><td>d</td></tr>\n</tbody></table>'),
    ],
)  # fmt: skip
def test_a_colon_defines_where_a_blank_follows_and_nothing_in_code(text, shown):
    """Names between colons and sentences that go on with one are text; code stays as it is."""
    assert body(text).html(resolve).strip() == shown


def test_a_name_between_angle_brackets_is_text():
    """A person, or what is to be filled in: no tag of MDX says nothing and never ends."""
    found = body("Dear <First Name>, ask <Jean Dupont>.")
    assert found.html(resolve).strip() == "<p>Dear &lt;First Name&gt;, ask &lt;Jean Dupont&gt;.</p>"
    assert {problem.code for problem in found.problems} == {"html-as-text"}


def test_within_a_block_of_html_no_line_is_added():
    """An empty line would end the block, and the indented end tags would be shown as code."""
    text = '<div class="row">\n    <div>\n        {% include figure.html path="a.jpg" alt="A" %}\n    </div>\n</div>\n\n*b*'
    shown = body(text).html(resolve)
    assert "<code>" not in shown
    assert "<em>b</em>" in shown


@settings(max_examples=500)
@given(st.lists(st.sampled_from([*CODE, "{{", "}}", "%}", "\n", "\n\n", "<", ">", "`", "[x](", ")", '"', "|",
                                 "{% endraw %}", "{% highlight x %}", "{% endhighlight %}", "</Foo>", "<Foo>", "    ",
                                 ":::", "é"]), max_size=20).map("".join), st.sampled_from(["markdown", "html"]))  # fmt: skip
def test_any_mixture_is_translated(text, written):
    """Never an exception, never our own reference in the text, and places within the text."""
    shown, said = translate(text, written, "fr")
    assert all(0 <= one.at <= len(text) for one in said)
    found = body(text, written)
    assert "newsfeed-item:" not in found.html(resolve)
    assert isinstance(shown, str)


def test_code_that_names_an_element_does_not_begin_it() -> None:
    """What follows is no code up to where a later listing ends the element."""
    text = "Say `<script setup>`.\n\n:::tip\nOne {{< foo >}}\n:::\n\n```vue\n</script>\n```\n"
    html = body(text).html(resolve)
    assert '<aside class="tip">' in html
    assert "{{" not in html
