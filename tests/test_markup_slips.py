"""Marks of Markdown that lack a space or stand in the wrong order are read as they were meant."""

from __future__ import annotations

import pytest

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.body import Body
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source

LONG = "Un paragraphe bien trop long pour être un titre, avec une phrase entière, une virgule de plus et un point."


def rendered(text: str) -> Body:
    return render(Source(text=text, format="markdown", language="fr", path="items/a.md", prefix=""))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("##Titre\n\n###1. *Un*", '<h2 id="titre">Titre</h2>\n<h3 id="1-un">1. <em>Un</em></h3>'),
        ("a ##b\n\n##!\n\n#c", "<p>a ##b</p>\n<p>##!</p>\n<p>#c</p>"),
        ("```\n##a\n-b\n-c\n```", "<pre><code>##a\n-b\n-c\n</code></pre>"),
        ("-un\n-« deux »\n\nb", "<ul>\n<li>un</li>\n<li>«\u00a0deux\u00a0»</li>\n</ul>\n<p>b</p>"),
        ("- un\n-deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("*un\n*deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("*un\n*deux\nsuite*", "<p>*un\n<em>deux\nsuite</em></p>"),
        ("-un seul", "<p>-un seul</p>"),
        ("-5\n-6", "<p>-5\n-6</p>"),
        ("--a\n--b", "<p>--a\n--b</p>"),
        ("1.Un\n2.Deux", "<ol>\n<li>Un</li>\n<li>Deux</li>\n</ol>"),
        ("1)Un\n2)Deux", "<ol>\n<li>Un</li>\n<li>Deux</li>\n</ol>"),
        ("1.Un\n3.Trois", "<p>1.Un\n3.Trois</p>"),
        ("Il faut :\n– un ;\n– deux.", "<p>Il faut\u00a0:</p>\n<ul>\n<li>un\u202f;</li>\n<li>deux.</li>\n</ul>"),
        ("– Tu viens ?\n– Oui.", "<p>– Tu viens\u202f?\n– Oui.</p>"),
        ("Elle dit :\n– Oui.", "<p>Elle dit\u00a0:\n– Oui.</p>"),
        ("(le bilan)[https://ici.example/b]", '<p><a href="https://ici.example/b">le bilan</a></p>'),
        ("f(x)[0] et (a)[b]", "<p>f(x)[0] et (a)[b]</p>"),
        ("\\[a\\] (b.md) \\(a)[www.b.fr]", "<p>[a] (b.md) (a)[www.b.fr]</p>"),
        ("[le bilan] (https://ici.example/b)", '<p><a href="https://ici.example/b">le bilan</a></p>'),
        ("![une fleur] (fleur.jpg)", '<p><img src="fleur.jpg" alt="une fleur"></p>'),
        ("- [ ] (https://ici.example/)", '<ul>\n<li>☐ (<a href="https://ici.example/">https://ici.example/</a>)</li>\n</ul>'),
        ("[1] (https://ici.example/)\n\n[1]: https://la.example/", '<p><a href="https://la.example/">1</a> (<a href="https://ici.example/">https://ici.example/</a>)</p>'),
        (f"{LONG}\n---\nb", f"<p>{LONG}</p>\n<hr>\n<p>b</p>"),
        ("Un titre\n---\nb", '<h2 id="un-titre">Un titre</h2>\n<p>b</p>'),
    ],
)  # fmt: skip
def test_what_was_meant_is_plain(text: str, html: str) -> None:
    assert rendered(text).html(lambda ref: Resolved(ref.url)).strip() == html


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("a\n\n**Écrivez avant vendredi\n", (3, 1), "**Écrivez avant vendredi"),
        ("<div>\n**gras**\n</div>", (2, 1), "**gras"),
        ("un\n\ndeux **\n\ntrois**", (5, 1), "trois**"),
        ("Voir [le bilan](https://ici.example/a\n\nB", (1, 6), "[le bilan](https://ici.example/a"),
        ("<p>[Voir](/a.html)</p>", (1, 4), "[Voir](/a.html"),
    ],
)
def test_marks_that_readers_would_see_are_said(
    text: str, place: tuple[int, int], what: str
) -> None:
    (problem,) = rendered(text).problems
    assert (problem.code, problem.line, problem.column) == ("markdown-shown", *place)
    assert dict(problem.values)["what"] == what


@pytest.mark.parametrize(
    "text",
    ["`**a` 2**3 f**k \\*\\*a ** *** **", "\\*\\*kwargs et **args", "a[i](x) [b](c", "    **a\n"],
)
def test_marks_that_are_text_are_not(text: str) -> None:
    assert not rendered(text).problems


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a\n\n```py\nb\n\nc\n", (3, 1)),
        ("```\na\n```\n\n ~~~~\nb\n", (5, 2)),
        ("```\na\n```\n", None),
        ("```\na\n````  \n\n", None),
        ("```\na\n```\n\n    b\n", None),
        ("> ```\n> a\n", None),
    ],
)
def test_code_that_is_never_closed_is_said(text: str, place: tuple[int, int] | None) -> None:
    places = [
        (each.line, each.column) for each in rendered(text).problems if each.code == "code-unclosed"
    ]
    assert places == ([place] if place else [])
