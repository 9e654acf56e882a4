"""What a letter's template is given: cards, blocks, dates, and its figures afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from letters_samples import LOGO, SITE, config, entry, letter, theme
from newsfeed.config import parse
from newsfeed.model import Event, Image, Section
from newsfeed.newsletter import Extras, render, web_page
from newsfeed.newsletter.budget import slots
from newsfeed.newsletter.layout import picture, view

NBSP = "\u00a0"


def laid(made, layout="magazine"):
    settings = config()
    return view(made, slots(made, media="x"), theme(settings), layout=layout)


def with_entries(*entries, style="excerpt", language="fr"):
    section = Section(title="S", entries=entries, style=style)
    return replace(letter(1, language), sections=(section,))


def test_pictures_stand_two_by_two_and_the_odd_one_first():
    """Entries with pictures pair up; one that has no partner opens the section."""
    made = with_entries(*(entry(n, picture=n < 3) for n in range(5)))
    kinds = [block.kind for block in laid(made).parts[0].blocks]
    assert kinds == ["media", "pair", "text", "text"]
    kinds = [block.kind for block in laid(made, "bulletin").parts[0].blocks]
    assert kinds == ["text"] * 5


def test_one_button_a_section():
    """Each section fills one button, and links elsewhere."""
    for part in laid(letter(8)).parts:
        assert sum(block.button for block in part.blocks) <= 1
    assert [block.button for block in laid(letter(8)).parts[0].blocks] == [True]


def test_contents_are_listed_when_there_is_something_to_list():
    """A letter of some length opens with its contents; a short or a very long one does not."""
    assert laid(letter(3)).contents == ()
    assert len(laid(letter(8)).contents) == 7
    assert laid(letter(30)).contents == ()


def test_pictures_keep_their_proportions():
    """A picture is never enlarged, and its height follows its width."""
    big = picture(Image(src="x", width=1200, height=500), 640)
    assert (big.width, big.height) == (640, 267)
    small = picture(Image(src="x", width=100, height=50), 640)
    assert (small.width, small.height) == (100, 50)
    unknown = picture(Image(src="x"), 264)
    assert (unknown.width, unknown.height) == (264, None)


EVENTS = [
    (
        "fr",
        (10, 8, 0),
        (10, 16, 30),
        False,
        f"Jeudi 10 décembre 2026, de 9{NBSP}h à 17{NBSP}h{NBSP}30",
    ),
    ("fr", (10, 8, 0), None, False, f"Jeudi 10 décembre 2026, à 9{NBSP}h"),
    ("fr", (10, 8, 0), None, True, "Jeudi 10 décembre 2026"),
    ("fr", (1, 8, 0), (2, 8, 0), False, "Du mardi 1er décembre 2026 au mercredi 2 décembre 2026"),
    ("en", (10, 8, 0), (10, 16, 0), False, "Thursday, December 10, 2026, from 9:00"),
]


@pytest.mark.parametrize(("language", "start", "end", "all_day", "line"), EVENTS)
def test_event_is_dated_in_words(language, start, end, all_day, line):
    """An event's days and hours are those of the site's zone, as the language writes them."""

    def at(when):
        return datetime(2026, 12, *when, tzinfo=UTC) if when else None

    base = entry(0, language)
    event = Event(start=at(start), end=at(end), place="Marseille", all_day=all_day)
    one = replace(base, item=replace(base.item, event=event))
    card = laid(with_entries(one, style="agenda", language=language)).parts[0].blocks[0].cards[0]
    assert card.when is not None
    assert card.when.line.replace("\u202f", " ").startswith(line)
    assert card.when.line.endswith(" · Marseille")
    assert card.when.day == str(start[0])


def test_entry_of_another_language_says_so():
    """An English article in a French letter bears its language and direction."""
    made = with_entries(entry(0, "ar"), entry(1, "fr"))
    settings = config()
    html = render(made, settings, theme(settings)).outputs[0].data.decode()
    assert html.count('lang="ar" dir="rtl"') >= 1
    assert '<html lang="fr" dir="ltr">' in html


def test_nothing_configured_is_still_a_letter():
    """Without sender, address or way out there is a letter, and each lacking key is named."""
    settings = parse("[site]\ntitle = 'x'\nurl = 'https://x.example/'\n")
    rendered = render(letter(3, "en"), settings, theme(settings))
    assert [p.code for p in rendered.problems] == [
        "letter-no-sender",
        "letter-no-address",
        "letter-no-unsubscribe",
    ]
    for problem in rendered.problems:
        for language in ("fr", "en"):
            assert "newsletter" in problem.words(language)[1]
    html, text, data = (output.data for output in rendered.outputs)
    assert b'href=""' not in html
    assert b"Unsubscribe" not in html + text
    assert b"List-Unsubscribe" not in data
    assert b"From:" not in data.split(b"\r\n\r\n")[0]


def test_empty_subject_is_said():
    """A letter without a subject is an error at its issue file."""
    settings = config()
    rendered = render(letter(3, subject=" "), settings, theme(settings), Extras(path="issues/x.md"))
    assert [(p.code, p.path) for p in rendered.problems] == [("letter-no-subject", "issues/x.md")]


def test_preheader_is_hidden_padded_and_nowhere_else():
    """The preheader stands once, hidden, before what is read, and not in the text part."""
    made = letter(8)
    made = replace(made, preheader="Un mot pour la liste des messages")
    settings = config()
    html, text, _ = (o.data.decode() for o in render(made, settings, theme(settings)).outputs)
    assert html.count(made.preheader) == 1
    before = html.split(made.preheader)[0]
    hidden = before.rsplit("<div", 1)[1]
    assert "display:none" in hidden
    # SpamAssassin counts a colour that equals its ground (HTML_FONT_LOW_CONTRAST).
    assert "color" not in hidden
    assert html.split(made.preheader)[1].startswith("\u00a0\u200c\u00a0\u200c")
    assert made.preheader not in text
    assert (
        made.preheader
        not in web_page(made, settings, theme(settings)).data.decode().split("<body")[1]
    )


def test_text_part_keeps_french_spaces_and_has_no_marks():
    """The text part wraps at 72 columns, keeps non-breaking spaces, and lists every link."""
    title = (
        f"Dépistage{NBSP}: «{NBSP}ce que le programme pilote change{NBSP}» pour le réseau entier"
    )
    made = with_entries(entry(0, title=title, picture=True), style="full")
    settings = config()
    text = render(made, settings, theme(settings)).outputs[1].data.decode()
    assert f"Dépistage{NBSP}: «{NBSP}ce" in text
    assert "<p>" not in text
    lines = [line for line in text.splitlines() if "http" not in line]
    assert max(map(len, lines)) <= 72
    assert f"{SITE}items/2026/10/article-0.html" in text


def test_report_counts_what_matters():
    """The report gives sizes, pictures, links, words and contrast of the letter."""
    settings = config()
    made = letter(8)
    rendered = render(made, settings, theme(settings), Extras(logo=LOGO))
    figures = rendered.report
    html, text, data = (len(output.data) for output in rendered.outputs)
    assert (figures.html, figures.text, figures.eml) == (html, text, data)
    assert figures.items == 8
    assert figures.clip == round(html / (102 * 1024), 3)
    assert len(figures.images) == 5
    assert figures.missing_alt == ()
    assert f"{SITE}action-0" in figures.links
    assert figures.dead_links(SITE, {SITE}) != ()
    assert figures.words > 100
    assert figures.minutes == round(figures.words / 230)
    assert min(figures.contrast) >= 4.5


def test_brand_reaches_the_letter():
    """The brand's colours and fonts are those of the letter, and no quote ends an attribute."""
    settings = parse(
        "[site]\ntitle = 'x'\nurl = 'https://x.example/'\n"
        "[brand]\naccent = '#7a1f5c'\nfont = '\"Source Sans 3\", Arial, sans-serif'\n"
    )
    html = render(letter(3), settings, theme(settings)).outputs[0].data.decode()
    assert "#7a1f5c" in html
    assert "font-family:Source Sans 3,Arial,sans-serif" in html


def test_pictures_that_mail_does_not_show_are_said():
    """A WebP or an SVG is named at its article, with the programs that will not show it."""
    one = entry(0, picture=True)
    assert one.image is not None
    one = replace(one, image=replace(one.image, src=f"{SITE}a.webp"))
    other = entry(1, content='<p><img src="https://x.example/b.svg?c" alt="b"></p>')
    settings = config()
    made = with_entries(one, other, style="full")
    found = render(made, settings, theme(settings)).problems
    assert [(p.code, p.path) for p in found] == [
        ("letter-picture", "items/article-0.md"),
        ("letter-picture", "items/article-1.md"),
    ]


def test_blank_template_is_said(tmp_path):
    """A template that writes nothing is a diagnostic, not a traceback."""
    (tmp_path / "letter-magazine.html").write_text("  \n")
    settings = config()
    found = render(letter(2), settings, theme(settings, tmp_path)).problems
    assert "letter-blank" in {problem.code for problem in found}


@settings(max_examples=40)
@given(st.text(max_size=60), st.text(max_size=200))
def test_any_words_make_a_letter(name, html):
    """Whatever people write, in titles, texts and the editorial, a letter is made of it."""
    wild = name + "\x00\x0b\x1f"
    base = entry(0, title=wild, content=html + wild, summary=wild)
    made = replace(with_entries(base), subject=wild, preheader=wild, editorial=html + wild)
    settings = config()
    rendered = render(made, settings, theme(settings))
    for output in rendered.outputs:
        assert output.data is not None
        output.data.decode()
    assert rendered.outputs[0].data.rstrip().endswith(b"</html>")
