"""What other editors write and paste is read as it was meant there."""

from __future__ import annotations

import pytest

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.markdown.pasted import with_plain_forms
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source

LIGHT = "![a](b.png#gh-light-mode-only)"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Un :\n•\tdeux\n• trois", "Un :\n- deux\n- trois"),
        ("\uf0b7\u00a0un\n ▪ **deux**", "- un\n - **deux**"),
        ("·\tun\n· deux · trois", "- un\n· deux · trois"),
        ("a • b\n• • •\n•", "a • b\n• • •\n•"),
        ("```\n• a\n```\n\n    • b", "```\n• a\n```\n\n    • b"),
        ("<p>\n• a\n</p>\n\n• b", "<p>\n• a\n</p>\n\n- b"),
        ('![a](b.png =30x20) ![c](d.png "e" =50%x)', '![a](b.png) ![c](d.png "e")'),
        ("`![a](b.png =30x20)` ![a](b.png?c=1x2)", "`![a](b.png =30x20)` ![a](b.png?c=1x2)"),
        ("![a](b.png){:height 300, :width 400} {: .x}", "![a](b.png) {: .x}"),
        ("![a](c.png#gh-dark-mode-only)" + LIGHT, LIGHT),
        ('<img src="c.png#only-dark"> ![a](b.png#only-light)', " ![a](b.png#only-light)"),
        ("![a](c.png#gh-dark-mode-only)", "![a](c.png#gh-dark-mode-only)"),
    ],
)
def test_forms_of_other_editors(text: str, plain: str) -> None:
    assert with_plain_forms(text) == plain


@pytest.mark.parametrize(
    ("text", "html", "said"),
    [
        ("Réf. 【4†source】, fin.", "Réf., fin.", ["foreign-comment"]),
        ("a :contentReference[oaicite:0]{index=0}.", "a.", ["foreign-comment"]),
        ("a \ue200cite\ue202turn0search1\ue201.", "a.", ["foreign-comment"]),
        ("[cite_start]a [cite: 1, 2].", "a.", ["foreign-comment"] * 2),
        ("[cite: 1](b.md) 【a】", '<a href="b.md">cite: 1</a> 【a】', []),
        ("[oai_citation:1‡ameli.fr](https://ameli.fr/)", '<a href="https://ameli.fr/">ameli.fr</a>', []),
        ("`【4†source】`", "<code>【4†source】</code>", []),
        (":tada: fini :+1:", "🎉 fini 👍", []),
        ("`:tada:` 12:30:45 a:b:c :inconnu: /:tada:/", "<code>:tada:</code> 12:30:45 a:b:c :inconnu: /:tada:/", []),
        (":material-account: a", "a", ["foreign-removed"]),
        ("[a](https://ici.example/b-\nc.html) d", '<a href="https://ici.example/b-c.html">a</a> d', []),
        ('[a](https://ici.example/\n"b")', '<a href="https://ici.example/" title="b">a</a>', []),
    ],
)  # fmt: skip
def test_marks_of_assistants_and_names_of_emoji(text: str, html: str, said: list[str]) -> None:
    body = render(
        Source(
            text=text,
            format="markdown",
            language="en",
            path="items/a.md",
            prefix="",
            typography=False,
        )
    )
    assert body.html(lambda ref: Resolved(ref.url)).strip() == f"<p>{html}</p>"
    assert [problem.code for problem in body.problems] == said


def test_mdx_in_a_fence_of_docusaurus_is_no_code() -> None:
    """Its imports are left out as elsewhere."""
    text = "```mdx-code-block\nimport X from './x'\n\n**a**\n```\n\n```mdx\n**b**\n```\n"
    body = render(Source(text=text, format="markdown", language="en", path="items/a.md", prefix=""))
    html = body.html(lambda ref: Resolved(ref.url))
    assert "<strong>a</strong>" in html
    assert "import" not in html
    assert "**b**" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**重要：**请", "<strong>重要：</strong>请"),
        ("是**「强调」**文", "是<strong>「强调」</strong>文"),
        ("**甲，**乙，**丙**。", "<strong>甲，</strong>乙，<strong>丙</strong>。"),
        ("**重要**，**次要**，三", "<strong>重要</strong>，<strong>次要</strong>，三"),
        ("**注意，*重要*内容**完", "<strong>注意，<em>重要</em>内容</strong>完"),
        ("문서 **마크(Mark)**을", "문서 <strong>마크(Mark)</strong>을"),
        ("`**重：**请` 3\\*「4\\*」", "<code>**重：**请</code> 3*「4*」"),
        ("**l’essentiel :**lire", "<strong>l’essentiel :</strong>lire"),
        ("mot**« a »**fin", "mot<strong>« a »</strong>fin"),
        ("voici ** gras ** ici", "voici <strong>gras</strong> ici"),
        ("**gras **ici", "<strong>gras</strong> ici"),
        ("ici** gras**.", "ici <strong>gras</strong>."),
        ("** sur\ndeux lignes **", "<strong>sur\ndeux lignes</strong>"),
        ("**a** et **b **c", "<strong>a</strong> et <strong>b</strong> c"),
        ("fin** et **autre", "fin** et **autre"),
        ("*, ***b* c**, et **d** e", "*, <strong><em>b</em> c</strong>, et <strong>d</strong> e"),
        ("2 ** 3 ** 4, a **b** c", "2 ** 3 ** 4, a <strong>b</strong> c"),
        ("`x **a` et ** b **", "<code>x **a</code> et <strong>b</strong>"),
        ("`** a **`", "<code>** a **</code>"),
    ],
)
def test_emphasis_that_was_meant(text: str, html: str) -> None:
    body = render(
        Source(
            text=text,
            format="markdown",
            language="zh",
            path="items/a.md",
            prefix="",
            typography=False,
        )
    )
    assert body.html(lambda ref: Resolved(ref.url)).strip() == f"<p>{html}</p>"
