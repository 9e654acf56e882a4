"""What single mail programs do to a letter, and what it holds against that."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from letters_samples import SITE, config, entry, letter, theme
from newsfeed.config import parse
from newsfeed.model import Enclosure, Event, Section
from newsfeed.newsletter import Extras, render
from newsfeed.theme.fonts import for_outlook, stack

STACKS = {
    "'Source Sans 3', Verdana, sans-serif": (
        "'Source Sans 3',Verdana,sans-serif",
        "Verdana,sans-serif",
    ),
    '"Fira Sans", serif': ("Fira Sans,serif", "X"),
    "Verdana": ("Verdana", "Verdana"),
    "Inter, 'Segoe UI', Tahoma": ("Inter,Segoe UI,Tahoma", "Segoe UI"),
    '8-bit, x"}p{color:red': ("'8-bit','xpcolorred'", "X"),
    "": ("", "X"),
}


@pytest.mark.parametrize("written", STACKS)
def test_a_font_stack_is_sound_css(written):
    """A family that is no identifier stands in single quotes; Outlook gets one that Windows has."""
    wanted, outlook = STACKS[written]
    if "}" not in written:
        assert stack(written) == wanted
    assert not re.search(r'["{}<>;]', stack(written))
    assert for_outlook(written, "X") == outlook


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Source Sans 3", "'Source Sans 3',Arial,sans-serif"),
        ("Inter, Verdana", "Inter,Verdana,Arial,sans-serif"),
        ("Inter, system-ui", "Inter,system-ui"),
        ("Fira Code, Monospace", "Fira Code,Monospace"),
        ("", "Arial,sans-serif"),
    ],
)
def test_a_font_stack_ends_with_a_family_that_everyone_has(written, wanted):
    """A brand's family alone would be Times New Roman to who has not installed it."""
    assert stack(written, "Arial,sans-serif") == wanted


def test_a_card_in_another_language_begins_at_its_side_and_is_dated_in_the_letters():
    html = shown(language="ar", content="<p>س</p>")
    assert 'align="right"' not in html
    for layout in ("magazine", "bulletin", "essay"):
        settings = config(f'layout = "{layout}"')
        cards = (entry(0, "fr"), entry(1, "ar"), entry(2, "ar"), entry(3, "fr"))
        made = replace(
            letter(1, "fr"), sections=(Section(title="", entries=cards, style="excerpt"),)
        )
        html = render(made, settings, theme(settings), Extras()).outputs[0].data.decode()
        assert 'lang="ar" dir="rtl" align="right"' in html, layout
        dated = re.findall(r'<p[^>]*\blang="fr" dir="ltr"[^>]*>[^<]*2026', html)
        assert dated, layout


def shown(content="<p>x</p>", extra="", language="fr", **changes) -> str:
    settings = config(extra)
    one = replace(entry(0, language, content=content), **changes)
    made = replace(letter(1, language), sections=(Section(title="", entries=(one,), style="full"),))
    return render(made, settings, theme(settings), Extras()).outputs[0].data.decode()


def tags(html: str, name: str) -> list[str]:
    return re.findall(rf"<{name}\b[^>]*>", html)


def test_no_picture_has_a_height():
    """Yahoo and AOL make a least height of it, and stretch the picture on a telephone."""
    settings = config()
    html = render(letter(8), settings, theme(settings), Extras()).outputs[0].data.decode()
    pictures = tags(html, "img")
    assert len(pictures) >= 4
    for picture in pictures:
        assert not re.search(r"(?<![\w-])height", picture), picture
        assert re.search(r'\bwidth="\d+"', picture)


PICTURES = {
    "a size is known": (
        '<p><img src="https://x.example/a.png" width="200" alt="a"></p>',
        "width:200px",
    ),
    "none is known": ('<p><img src="https://x.example/a.png" alt="a"></p>', 'width="560"'),
    "it stands among words": (
        '<p>a <img src="https://x.example/a.png" width="20" alt="a"> b</p>',
        "display:inline",
    ),
}


@pytest.mark.parametrize("case", PICTURES, ids=PICTURES)
def test_a_picture_has_a_width_for_every_program(case):
    """Outlook on Windows knows the attribute, Apple Mail the style; no picture is wider than its place."""
    content, sign = PICTURES[case]
    (picture,) = tags(shown(content), "img")
    assert sign in picture
    assert "max-width:100%" in picture


def test_lists_are_indented_in_outlook():
    """Outlook knows the padding of cells alone: its lists have a margin."""
    condition = re.search(
        r"<!--\[if mso\]>.*?<!\[endif\]-->", shown("<ul><li>a</li></ul>"), re.DOTALL
    )
    assert "ul,ol{margin-left:24px!important}" in condition[0]


def test_every_table_of_an_arabic_letter_is_read_from_the_right():
    """Outlook takes a direction from no ancestor, in conditions neither."""
    settings = config()
    made = letter(8, "ar")
    html = render(made, settings, theme(settings), Extras()).outputs[0].data.decode()
    assert len(tags(html, "table")) > 5
    assert all('dir="rtl"' in each for each in tags(html, "table"))
    assert '<span dir="ltr">' in html


def test_no_empty_line_ends_a_block_of_markdown():
    """A service that takes HTML as Markdown ends its block at an empty line (CommonMark §4.6)."""
    html = shown("<pre>first\n\n\nsecond *star*\n \nthird</pre>", 'esp = "buttondown"')
    assert not re.search(r"\n[ \t]*\n", html)
    assert "second *star*" in html


def test_a_long_word_in_a_cell_may_break():
    """A table without a width of its own grows with its longest word; an ordinary one is left alone."""
    long = "https://visio.example/" + "a1b2" * 20
    plain = shown("<p>x</p>")
    assert "word-break" not in re.sub(r"<style.*?</style>", "", plain, flags=re.DOTALL)
    for written in (
        f"<table><tr><td>{long}</td></tr></table>",
        f"<p>{long}</p><table><tr><td>x</td></tr></table>",
        f'<p>See</p><p><a href="https://x.example/">{long}</a></p><table><tr><td>x</td></tr></table>',
    ):
        html = re.sub(r"<style.*?</style>", "", shown(written), flags=re.DOTALL)
        assert "word-break:break-word" in html, written


def test_a_meeting_on_the_web_is_a_link():
    """An address is no place to read: the agenda has a link, and the text part the address."""
    where = "https://visio.example/j/1?pwd=" + "x" * 60
    held = Event(start=datetime(2026, 12, 1, 9, tzinfo=UTC), place=where)
    one = entry(0, content="<p>x</p>")
    one = replace(one, item=replace(one.item, event=held))
    section = Section(title="Agenda", entries=(one,), style="agenda", notes=((one.id, "Venez !"),))
    settings = config()
    made = replace(letter(1), sections=(section,))
    html, text = (o.data.decode() for o in render(made, settings, theme(settings)).outputs[:2])
    assert f'href="{where}"' in html
    assert f">{where}<" not in html
    assert f"En ligne\u00a0: {where}" in text
    assert "Venez !" in html
    assert "Venez !" in text


FILES = (
    Enclosure(
        url=f"{SITE}media/bilan.pdf", type="application/pdf", length=1_234_567, title="Le bilan"
    ),
    Enclosure(
        url=f"{SITE}media/e.mp3", type="audio/mpeg", length=9_000_000, duration=725, title="Échos"
    ),
)


@pytest.mark.parametrize("style", ["full", "excerpt"])
def test_attached_files_are_named(style):
    """A whole article names its files with kind and size; an excerpt its recording."""
    one = replace(entry(0, content="<p>x</p>"), enclosures=FILES)
    settings = config()
    made = replace(letter(1), sections=(Section(title="", entries=(one,), style=style),))
    for output in render(made, settings, theme(settings)).outputs[:2]:
        said = output.data.decode().replace("\u00a0", " ")
        assert ("Le bilan (PDF, 1,2 Mo)" in said) == (style == "full")
        assert "Écouter : Échos (12 min)" in said
        assert f"{SITE}media/e.mp3" in said


QUOTED = [
    ("« On m’a enfin demandé mon avis, et on l’a suivi. »", "« On"),
    ("\u00ab\u00a0On m’a enfin demandé mon avis, et on l’a suivi.\u00a0\u00bb", "« On"),
    ('"On m’a enfin demandé mon avis, et on l’a suivi."', "« On"),
    ("On m’a enfin demandé mon avis, et on l’a suivi.", "« On"),
]


@pytest.mark.parametrize(("written", "opening"), QUOTED)
def test_a_quotation_has_one_pair_of_marks(written, opening):
    """Marks that the author wrote are not set twice."""
    body = f"<p>x</p><blockquote><p>{written}</p><p>— Marie</p></blockquote>"
    one = entry(0, content=body, summary="Un mot.")
    settings = config()
    made = replace(letter(1), sections=(Section(title="", entries=(one,), style="excerpt"),))
    html = render(made, settings, theme(settings)).outputs[0].data.decode()
    found = (
        re.search(r'class="qt"[^>]*>([^<]*)<', html)[1]
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )
    assert found.startswith(opening)
    assert found.count("«") == 1


@pytest.mark.parametrize(
    ("addresses", "code"),
    [("http://x.example/u", "letter-unsubscribe-insecure"), ("https://x.example/u", "")],
)
def test_an_address_that_makes_no_button_is_said(addresses, code):
    settings = parse(
        "[site]\ntitle='x'\nurl='https://x.example/'\n[newsletter]\naddress = 'a'\n"
        f"from = {{ name = 'x', email = 'a@x.example' }}\nunsubscribe = '{addresses}'\n"
    )
    problems = render(letter(1), settings, theme(settings)).problems
    assert [each.code for each in problems] == [code] * bool(code)
