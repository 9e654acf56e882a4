"""The fence around premailer: each trap is shown with the naive call, then with ours."""

from __future__ import annotations

import socket
import subprocess
import sys

import premailer
import pytest
from lxml import etree

from letters_samples import config, entry, letter, theme
from newsfeed.model import Letter, Section
from newsfeed.newsletter import render
from newsfeed.newsletter.compact import compact
from newsfeed.newsletter.inline import inline

PAGE = (
    '<html><head><meta charset="utf-8"><style>{css}</style>{more}</head><body>{body}</body></html>'
)


def page(css="", body="<p>x</p>", more=""):
    return PAGE.format(css=css, body=body, more=more)


def inlined(html):
    root, problems = inline(html, "templates/letter.html")
    return etree.tostring(root, method="html", encoding="unicode"), [p.code for p in problems]


@pytest.fixture
def sockets(monkeypatch):
    """Forbid sockets; return the list of what was tried."""
    tried = []

    def refuse(*arguments, **named):
        tried.append(arguments)
        raise OSError("no network in a build")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


def test_import_rule_opens_no_socket(sockets):
    """``@import`` is fetched by premailer even without its network; here it is refused and said."""
    css = '@import url("http://127.0.0.1:9/import-1.css"); p{color:red}'
    premailer.Premailer(page(css), allow_network=False).transform()
    assert sockets, "premailer no longer fetches imports: the fence may go"
    sockets.clear()
    html, problems = inlined(page(css.replace("import-1", "import-2")))
    assert not sockets
    assert "letter-style" in problems
    assert 'style="color:red"' in html


@pytest.mark.parametrize("rule", ["@import", "@IMPORT", "@Im\\70ort", "@\\69mport"])
def test_import_rule_reads_no_file(tmp_path, rule):
    """cssutils reads ``file:`` addresses of ``@import``, however it is written; here they stay closed."""
    secret = tmp_path / "secret.css"
    secret.write_text("p{color:rgb(1,2,3)}")
    html, problems = inlined(page(f'{rule} url("{secret.as_uri()}");'))
    assert "1,2,3" not in html.replace(" ", "")
    assert problems == ["letter-style"]


def test_style_sheet_link_is_refused(sockets):
    """A linked sheet is fetched by default; here it is left out and said."""
    link = '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">'
    with pytest.raises(Exception):  # noqa: B017 - requests' own failure, whichever it is
        premailer.Premailer(page(more=link)).transform()
    sockets.clear()
    html, problems = inlined(page(more=link))
    assert not sockets
    assert "<link" not in html
    assert problems == ["letter-foreign-style"]


def test_media_rules_keep_their_importance():
    """By default ``!important`` is stripped and an inlined value wins over the phone's rule."""
    css = "p{color:red}@media (max-width:480px){p{color:blue!important}}"
    naive = premailer.Premailer(page(css), allow_network=False).transform()
    assert "important" not in naive
    kept = f'<style data-premailer="ignore">{css}</style>'
    html, _ = inlined(page("p{color:red}", more=kept))
    assert "p{color:blue!important}" in html


def test_client_hacks_stay():
    """Selectors that match nothing here are dropped by premailer; the second block keeps them."""
    hacks = (
        "[data-ogsc] .x{color:red!important}u + .body .x{color:red}@supports (a:b){p{color:red}}"
    )
    naive = premailer.Premailer(page(hacks), allow_network=False).transform()
    assert "data-ogsc" not in naive
    assert "@supports" not in naive
    html, _ = inlined(page("p{color:red}", more=f'<style data-premailer="ignore">{hacks}</style>'))
    assert hacks in html


def test_picture_attributes_stay():
    """CSS sizes overwrite an image's attributes with ``100%`` and ``auto``; here they do not."""
    css = "img{width:100%;height:auto}"
    body = '<img src="http://x/y.png" alt="" width="640" height="320">'
    naive = premailer.Premailer(page(css, body), allow_network=False).transform()
    assert 'height="auto"' in naive
    html, _ = inlined(page(css, body))
    assert 'width="640" height="320"' in html


@pytest.mark.parametrize("style", ["head", "p", "td a"])
def test_style_attribute_that_is_a_selector(style):
    """A style attribute that reads like a selector raises TypeError in premailer's shared cache."""
    body = f'<p style="{style}">text</p>'
    with pytest.raises(TypeError):
        for _ in range(2):
            premailer.Premailer(page("p{color:red} td a{color:red}", body)).transform()
    html, _ = inlined(page("p{color:red}", body))
    assert "text" in html


def test_conditions_for_outlook_stay():
    """Both forms of a condition for Outlook come through as they are."""
    body = "<!--[if mso]><b>w</b><![endif]--><!--[if !mso]><!--><i>m</i><!--<![endif]-->"
    html, _ = inlined(page("p{color:red}", body))
    assert body in html


def test_merge_tags_are_not_mangled():
    """premailer escapes a tag in an address; a stand-in is put in and swapped afterwards."""
    body = '<a href="{{ unsubscribe }}">x</a>'
    assert (
        "{{%20" in premailer.Premailer(page("p{color:red}", body), allow_network=False).transform()
    )
    settings = config('esp = "brevo"')
    html = render(letter(1), settings, theme(settings)).outputs[0].data.decode()
    assert 'href="{{ unsubscribe }}"' in html


def test_complaints_are_said_each_time():
    """What is wrong with a template's CSS is said for every letter, not for the first alone."""
    css = "p{color:red} b{{color:x;;:}"
    first, again = (inlined(page(css))[1] for _ in range(2))
    assert first == again
    assert first


@pytest.mark.parametrize(
    ("css", "body", "shown"),
    [
        # By default premailer takes the importance away, and a later rule of a program wins.
        ("p{color:red!important}", "<p>x</p>", '<p style="color:red !important">x</p>'),
        # A property that cssutils does not know is a client's own, and no mistake.
        ("p{mso-line-height-rule:exactly}", "<p>x</p>", '<p style="mso-line-height-rule:exactly">x</p>'),
        ("p{border-radius:4px}", "<p>x</p>", '<p style="border-radius:4px">x</p>'),
        # By default premailer writes an attribute that some programs obey before the style.
        ("img{float:right}", '<img src="https://x.example/y.png" alt="">',
         '<img src="https://x.example/y.png" alt="" style="float:right">'),
        ("td{width:9px;height:9px;text-align:right;vertical-align:top;background-color:#fff}", "<table><tr><td>x</td></tr></table>",
         '<td style="width:9px; height:9px; text-align:right; vertical-align:top; background-color:#fff">x</td>'),
        # A selector in a style attribute is no declaration.
        ("p{color:red}", '<p style="p">x</p>', '<p style="color:red">x</p>'),
        ("", "<p>a\x00b</p>", "<p>ab</p>"),
    ],
)  # fmt: skip
def test_rules_become_attributes(css, body, shown):
    """What a template's sheet says stands in its elements, and nothing is complained of."""
    html, problems = inlined(page(css, body))
    assert shown in html
    assert problems == []


def test_a_complaint_says_what_was_refused():
    """The address of a sheet that is not fetched, and what cssutils says of a rule, in both languages."""
    link = '<link rel="alternate stylesheet" href="https://a.example/x.css"><link rel="stylesheet">'
    css = '@import "https://b.example/y.css"; p{color:red}'
    root, problems = inline(page(css, '<p style="color:;;">x</p>', link), "templates/own.html")
    codes = [problem.code for problem in problems]
    assert codes == [*["letter-foreign-style"] * 2, *["letter-style"] * 3]
    assert {problem.path for problem in problems} == {"templates/own.html"}
    for language in ("fr", "en"):
        words = [" ".join(problem.words(language)) for problem in problems]
        assert "https://a.example/x.css" in words[0]
        assert "https://b.example/y.css" in words[2]
        assert "color" in words[3]
    html = etree.tostring(root, method="html", encoding="unicode")
    assert "https://" not in html
    blank, problems = inline("  ", "templates/own.html")
    assert [problem.code for problem in problems] == ["letter-blank"]
    assert blank.tag == "html"


@pytest.mark.parametrize("body", ['<p style="color:red">x</p>', "<p>x</p>"])
def test_a_letter_loads_nothing_that_speaks_to_the_network(body):
    """premailer imports requests, which takes longer to load than a letter to make."""
    program = (
        "import sys\nfrom newsfeed.newsletter.inline import inline\n"
        f"inline({page('p{color:red}', body)!r}, 't')\n"
        "assert 'premailer' in sys.modules and not {'requests', 'urllib3'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_deep_nesting_keeps_its_text():
    """Beyond 254 levels the HTML parser drops text in silence; a letter keeps every word."""
    deep = "<div>" * 300 + "<p>kept to the end</p>" + "</div>" * 300
    naive = premailer.Premailer(page("p{color:red}", deep), allow_network=False).transform()
    assert "kept to the end" not in naive
    settings = config()
    one = Section(title="", entries=(entry(content=deep),), style="full")
    made = Letter(
        key="k",
        subject="s",
        preheader="",
        date=letter(1).date,
        language="fr",
        sections=(one,),
        folder="f/",
        web="https://x.example/",
    )
    for output in render(made, settings, theme(settings)).outputs[:2]:
        assert "kept to the end" in " ".join(output.data.decode().split())


def test_rendering_letters_opens_no_socket(sockets):
    """No letter, whatever its articles hold, asks the network for anything."""
    hostile = (
        '<style>@import url("http://127.0.0.1:9/a.css")</style><link rel="stylesheet" '
        'href="http://127.0.0.1:9/b.css"><p style="p">x</p><iframe src="http://127.0.0.1:9/"></iframe>'
    )
    settings = config()
    made = letter(8, style="full")
    evil = Section(title="", entries=(entry(99, content=hostile),), style="full")
    from msgspec.structs import replace

    rendered = render(replace(made, sections=(*made.sections, evil)), settings, theme(settings))
    assert not sockets
    assert "127.0.0.1:9/a" not in rendered.outputs[0].data.decode()


def test_white_space_goes_and_words_stay_apart():
    """White space between tags goes, never the one between two words."""
    body = "<table> <tr> <td> <p>one\n  <b>two</b> <i>three</i> </p>\n</td> </tr> </table>"
    root, _ = inline(page("p{color:red}", body), "t")
    assert "one <b>two</b> <i>three</i></p></td>" in compact(root)
