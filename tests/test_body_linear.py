"""No body takes longer than its length: a text 16 times as long costs 16 times as much."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bodies import resolve
from newsfeed.markup.plain.plaintext import plain_text
from newsfeed.markup.plain.titles import plain_title
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source

LENGTHS = (5_000, 80_000)
FULL_LENGTHS = (20_000, 320_000)
"""Those of ``make linear``: they take the better part of ten minutes."""
MOST = 24
"""How many times longer the long text may take; linear is 16."""
FLOOR = 0.005
"""Seconds below which the short text's time is noise."""
TRIES = 12
"""How often is measured where it seems too slow: a busy machine is no fault of the code."""

PATTERNS = [
    "<div>", "<b id=1><p>", "> ", "- ", "[^1]", "{{< x >}}", "{% raw %}", "[[", "<code>", "<a ",
    "<iframe ", "> [!n]\n", "!!! n\n", ":::n\n", "'a ", '"a ', "<Foo>", "[a](b.md) ",
    "<img src='x'>", "|a", "<!--", "aaaa", "mot mot ", "mot mot\n:", "::::", "# x\n", "a\n=\n",
    "<h1>a</h1>", "[^a]: x[^a]\n\n", "[a](#b) ", "[a](#a) ", "## a [b](#a)\n", "`", "`` ", "*",
    "**a", "_a", "~~", "==", "==a b==", "%%a%%", "%%", "*|A|*", "{{ x }}", "{{ x }}$$", "{{", "{%",
    "{% if x %}", "{% if x %}{% else %}", "{% for x %}", "{% case x %}{% when y %}",
    "{% case x %}a {% when y %}b{% endcase %}", "{% comment %}", "{% highlight x %}",
    "{{< highlight x >}}", "{{< /x >}}", '{{<x y="', "{:a ", "{: #a}\n", "## a\n{: #b}\n",
    "{/* #a */}", "{/*", "{::comment}", ']{a="x" ', "]{.a", "{a:b}", "{", "}", "[[a|b]]",
    "![[a.png]]", "[[a#b]]", "![a](", "![](", "[a](", "[a][b]", "[a]: b\n", "[gallery ",
    "[gallery]", "[caption]![a](b)[/caption]", "[caption]", "[code]", "[youtube https://a",
    "[youtube=https://a", "%[https://a", "![a|10](b)", "![](https://youtu.be/",
    'import a from "b"\n', "import ", "import\n", "export const a\n", "// import a\n",
    '<div markdown="1">', '<div markdown="1">\n\n</div>\n', "<div markdown", "<a markdown=1><b>",
    "<summary></summary>", "<div markdown=1></summary>x</div>", "<!-- tab a -->", "<!-- tab a",
    "<!-- endtab --><!-- tab a", "```dataview\n", "```dataview\na\n```\n", "```\n", "~~~\n",
    "    a\n", "\n", " ", "\t", " \n", "^abc\n", " ^abc", "a ^abc\n\n", "[TOC]\n", "{: toc toc ",
    "- a\n{:toc}\n", '!!! n "a" b\n', "!!! n\n    ", "??? n\n", "> — x\n", "> a\n> — x\n\n",
    "<blockquote>", "<blockquote><p>a</p><p>— b</p></blockquote>",
    "<blockquote><cite>a</cite></blockquote>", "<footer>", "<blockquote>\n\n\n\n", "— ", "--",
    "<p> ", "<p></p>", "<script>", "<script ", "<style>a</style>", "<svg>", "<textarea>",
    "<template>", "<select>", "<table>", "<table><tr><td>a", "<tr><td>", "<td colspan=20>a",
    "<ul><li>", "<dl><dt>", "<dd>", "<ol start=2>", "<video src=a>", "<video src=a></video>",
    "<audio><source>", "<img srcset='a 1x, b 2x' src=c>", "<img srcset='a,", "<img alt=''>",
    "<img alt='' src=x1>", "<img>", "<a name=b></a>", "<a href=javascript:a>b</a>",
    "<a href='https://a.b/c'>d</a>", "<a href=x>", "<a id=b>", "<p id=a>", "<p lang=en>",
    "<p lang=en>a</p>", "<i lang=en>", "<span>", "<em>", "<i>", "<u><b>", "<q cite=x>", "<h2>",
    "<h2></h2>", "<h2><h3>", "<h2><img src=a></h2>", "<pre>", "<pre><code>", "<p>\n<pre>\n\n</pre>", "<table>\n\n    <td>\n\n", "<kbd>",
    '<sup class="footnote-reference"><a href="#1">', '<div class="footnote-definition" id=1>',
    '<div class="footnote-definition" id=1><sup>1</sup><p>a</p></div>', "<p onclick=x>",
    "<p style=x align=y>", "<foo>", "<x1 ", "</div>", "</p>", "</b>", "<body>", "<body ", "<html>",
    "<details><summary>a</summary>", "<!-- more -->", "<!-- a -->", "-->", "&", "&#1;", "&amp;",
    "&lt", "\\", "\\{", "<", "<<", ">", '"', "'", "''", "«", "»", "« a »",
    "a : b ! c ? d ; e % f € ", "a'b ", "...", ".", "!", "?", "http://a.b/c ", "www.a.b ",
    "<https://a.b>", "<https://a.b/c?d=e&f>", "a@b.c ", "[x] ", "- [ ] a\n",
    "| a | b |\n|---|---|\n| c | d |\n", "|-|\n", "a\n\n", "1. a\n", "1) ", "  - a\n", "***\n",
    "---\n", "a  \nb", "# a {#b}\n", "# [a](b)\n", "# `a`\n", "###### a\n# b\n", "é", "à ",
    "\u202f", "\xa0", "newsfeed-item:", "[a](newsfeed-item:b) ", "[a](@/b.md) ",
    "[a]({filename}b) ", "[a]({static}b) ", "![a]({{ site.url }}/b) ", '[a](b "c") ',
    "[a](<b c>) ", '<Foo a="', "<Foo a={", "<Foo a={b}>", "<Foo a={b}/>", "</Foo>",
    "<Tabs><TabItem>", "{a}", "{a{b}", "<>", "</>", "$", "$$", "$a{{b}}$ ", "`{x}",
    "[ ](https://a.b)", "\x1e", "\x00", "\r", "l'été : « oui » ! ", "<p>a &amp; b</p>",
    "# a\n\nb\n\n", "- a\n\n\n", "a[^1]\n\n[^1]: b\n\n", "a[^a]\n\n[^a]: b [^a]\n\n",
    '<a href="x&amp;y">b</a>', '<a title="&" href="https://a.b">c</a>', "> - > - ", '"a" ', "'a' ",
    "[a](x y)", "![[a]] ", "%%{a}%% ", "{{ site.url }}", '{{< figure src="a" >}}\n\n',
    '{% include a.html b="c" %}\n', "{% link a.md %}", '[a]({{< ref "b" >}}) ',
    "<Foo>\n\n</Foo>\n\n", "{{% a %}}\n", "{%- a -%}", "{% end %}", "{% endif %}",
    "<code>{{ a }}</code>", "`{{ a }}` ", "\n\n    {{ a }}\n\n", "[a]: https://b.c 'd'\n",
    "https://a.b/?c=d&e=f ", "<b><i><u>a", "<a><b>", "a<br>", "<td>", "<p lang=en><b>",
    "<h1>a</h1>\n\n## b\n\n", "<iframe src='https://www.youtube.com/embed/x'></iframe>",
    "<object><param>", "<q>a</q>", "— a\n", "> a\n> -- b\n>\n",
    "<blockquote><footer>a</footer><p>b</p></blockquote>", "<sup>1</sup>", "~~~~", "\\[a\\]",
    "&eacute;", "&#8217;", "&#x1F600;", "😀", "ﷺ", "\u202e", "á", "|a|b|\n", "|--",
    "a|b\n-|-\nc|d\n", '<script type="math/tex">', "<video>", "https://a.b/c_d*e ",
    "a <b> ", "a </b> ", "<li> a\n", "- <p> a\n", "<!DOCTYPE ", "<!DOCTYPE html> a ", "<?a ", "<![CDATA[",
    "<b> and </b> ", "<b and ", "<b and c> ", "<option value='", "<select> ", "> <div> a\n",
    '<p class="hidden">', '<p class="hidden a:b">a</p>', '<div class="image"><img src=a>',
    '<div class="wp-caption"><img src=a><p class="wp-caption-text">', '<span class="katex">',
    '<span class="katex-html">', '<p class="' + "a:" * 40 + '">', '<span class="mw-editsection">',
    "<a-b src=c>", "<a-b ", "<amp-img src=a>", "<amp-img></amp-img>", "<amp-youtube data-videoid=a>", "<frame src=a>",
    "<frameset>", "<portal src='https://a.b/c'>", "<div role=img ", "<div role='img' aria-label=a></div>",
    "<div style='background:", "<div style='background:url(a' role='img'>", 'srcdoc="', "<iframe srcdoc='",
    "<iframe srcdoc='<p>a'></iframe>", "<iframe src='https://open.spotify.com/embed/a'></iframe>",
    "<iframe srcdoc='&lt;script>'></iframe>", "![a](b)\n*c*\n\n", "![a](b)*c* ",
    "##a\n", "-a\n", "*a\n", "1.a\n", ":\n– a\n– b\n\n", ":\n– a\n", "(a)[https://b] ", "(a)[", "[a] (https://b) ", "[a] (",
    "<div><b><p>a</p></b></div>", "<details><p>a</p><summary>b</summary></details>", "<del><p>a", "<b><p>a</p>", "<details>",
    "** a **", "** a", "**a ", "a** ", "**a.**b ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.\n---\n", ":tada: ", ":a", "【4†a】",
    "【", "[cite: 1]", "[cite: ", "\ue200", "[oai_citation:1‡a](b) ", "[a](https:", "<p>[a](/b</p>",
    "a~b~", "a~b", "a^b^", "^[a] ", "^[", "[a]{.b} ", "[a](b){ .c ", "```ad-a\n", "```ad-a\ntitle: b\n```\n", "```math\na\n```\n", "::a\n", "::a\nb\n::\n", "::a\n---\n", "::\n", "::a\n#b\n", "{++a", "++a ", "++a+", "<% a ", "<%", "[a:: b", "[a:: ", "(a:: b) ", "- [/] a\n", "/// note\na\n///\n", "/// note\n", "///\n",
    "\\newpage\n", "\\vspace{", "`a`{=html} ", "`{=a}", "```{=html}\n", "$$a$$ {#eq-", "{--a-", "{~~a~>", "{>>a<<}", "--8<--\n", "--8<-- 'a'\n",
    "<!--@include: ", "<<< @/a\n", "<A1a @b='c' ", "[a]{", '=== "a"\n    b\n', "*[a]: b\n",
]  # fmt: skip


@pytest.fixture(autouse=True)
def as_the_command_runs() -> Iterator[None]:
    """The command switches the collection of cycles off; its passes cost time that grows faster."""
    gc.disable()
    yield
    gc.enable()


def repeated(pattern: str, length: int) -> str:
    """Return about ``length`` characters: whole patterns, for half of one may be another syntax."""
    return pattern * (length // len(pattern))


def costs(text: str, written: str) -> dict[str, float]:
    """Return the processor time of each thing that is done with a body, by name."""
    taken: dict[str, float] = {}

    def measured(name: str, step: Callable[[], Any]) -> Any:
        start = time.process_time()
        made = step()
        taken[name] = time.process_time() - start
        return made

    source = Source(text=text, format=written, language="fr", path="items/a.mdx", prefix="a")
    body = measured("render", lambda: render(source))
    html = measured("html", lambda: body.html(resolve))
    measured("excerpt", lambda: body.excerpt(resolve))
    measured("summary", lambda: body.summary)
    measured("words", lambda: body.words)
    measured("plain_text", lambda: plain_text(html))
    measured("plain_title", lambda: plain_title(text))
    return taken


def slow_steps(pattern: str, written: str, lengths: tuple[int, int]) -> dict[str, float]:
    """Return how many times as long each step takes with the longer text, where that is too much.

    Of each length the best of the tries counts: another program can make a step slower, none faster.
    """
    short, long = (repeated(pattern, length) for length in lengths)
    least: dict[str, float] = {}
    most: dict[str, float] = {}
    slow: dict[str, float] = {}
    for _ in range(TRIES):
        most = _best(most, costs(long, written))
        if max(most.values()) <= MOST * FLOOR:
            return {}
        least = _best(least, costs(short, written))
        slow = {
            name: most[name] / max(FLOOR, least[name])
            for name in most
            if most[name] > MOST * max(FLOOR, least[name])
        }
        if not slow:
            return {}
    return slow


def _best(known: dict[str, float], found: dict[str, float]) -> dict[str, float]:
    return {name: min(seconds, known.get(name, seconds)) for name, seconds in found.items()}


IN_HTML = [pattern for pattern in PATTERNS if any(mark in pattern for mark in "<>&{[«")]
CASES = [(pattern, "markdown") for pattern in PATTERNS] + [(each, "html") for each in IN_HTML]
# Of a pattern that both forms have, the suite tries one: `make linear` tries both.
LEFT = {*((each, "markdown") for each in IN_HTML[::2]), *((each, "html") for each in IN_HTML[1::2])}
TRIED = [case for case in CASES if case not in LEFT]


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "written"), TRIED)
def test_time_is_linear_in_the_length(pattern: str, written: str) -> None:
    """80 KB of a pattern take at most 24 times the processor time of 5 KB, in each step."""
    assert slow_steps(pattern, written, LENGTHS) == {}


@pytest.mark.whole
@pytest.mark.parametrize(("pattern", "written"), CASES)
def test_time_is_linear_at_full_length(pattern: str, written: str) -> None:
    """320 KB of a pattern take at most 24 times the processor time of 20 KB, in each step."""
    assert slow_steps(pattern, written, FULL_LENGTHS) == {}
