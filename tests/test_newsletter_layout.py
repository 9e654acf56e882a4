"""What a letter's template is given: cards, blocks, dates, and its figures afterwards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as markup
from msgspec.structs import replace

from draws import times
from letters_samples import LOGO, SITE, config, entry, letter, theme
from newsfeed.config import parse
from newsfeed.model import Event, Form, Image, Person, Section
from newsfeed.newsletter import Extras, render, web_page
from newsfeed.newsletter.budget import alone, slots
from newsfeed.newsletter.layout import view
from newsfeed.newsletter.pictures import Pictures, natural

NBSP = "\u00a0"


def laid(made, layout="magazine"):
    settings = config()
    return view(made, slots(made, media="x"), theme(settings), layout=layout)


def with_entries(*entries, style="excerpt", language="fr"):
    section = Section(title="S", entries=entries, style=style)
    return replace(letter(1, language), sections=(section,))


def cutting(form="jpg"):
    """Return pictures that can be cut, as the site's own are: their form has the shape of its frame."""

    def made(src, frame):
        width, height = frame.ratio or (2, 1)
        high = frame.width * height // width
        return Form(
            path="p", url=f"{src}.{frame.width}x{high}.{form}", width=frame.width, height=high
        )

    return Pictures(made)


def shapes(made, pictures=None, layout="magazine"):
    """Return (kind, size of the first picture) of each block of the first section."""
    settings = config()
    laid_out = view(made, slots(made, media="x"), theme(settings), layout=layout, pictures=pictures)
    return [
        (block.kind, shown and (shown.width, shown.height))
        for block in laid_out.parts[0].blocks
        for shown in [block.cards[0].picture]
    ]


def test_pictures_stand_two_by_two_and_the_odd_one_first():
    """Pictures that can be cut pair up in one shape; one that has no partner opens, full width."""
    made = with_entries(*(entry(n, picture=n < 3) for n in range(5)))
    pair, odd = ("pair", (264, 176)), ("feature", (560, 280))
    assert shapes(made, cutting()) == [odd, pair, ("text", None), ("text", None)]
    assert [kind for kind, _ in shapes(made, cutting(), "bulletin")] == ["text"] * 5


def sized(number, width, height):
    one = entry(number, picture=True)
    return replace(one, image=replace(one.image, width=width, height=height))


def test_pictures_that_cannot_be_cut_pair_up_where_they_are_alike():
    """Two shapes that differ by a tenth at most stand side by side, others each on its own."""
    alike = with_entries(sized(0, 900, 600), sized(1, 1000, 690))
    apart = with_entries(sized(0, 900, 600), sized(1, 600, 900))
    small = with_entries(sized(0, 90, 60), sized(1, 90, 60))
    assert shapes(alike) == [("pair", (264, 176))]
    assert shapes(apart) == [("media", (200, 133)), ("media", (200, 300))]
    assert shapes(small) == [("media", (90, 60)), ("media", (90, 60))]


@pytest.mark.parametrize(
    ("width", "height", "size", "headed"),
    [(4000, 3000, (640, 240), False), (3000, 4000, (560, 373), True), (900, 900, (560, 373), True)],
)
def test_a_lead_shows_its_headline_soon(width, height, size, headed):
    """A wide picture stands above it, flat; any other below it, since half of it would be cut off."""
    made = with_entries(sized(0, width, height), style="lead")
    settings = config()
    shown = view(
        made, slots(made, media="x"), theme(settings), layout="magazine", pictures=cutting()
    )
    card = shown.parts[0].blocks[0].cards[0]
    assert (card.picture.width, card.picture.height, card.headed) == (*size, headed)


def test_a_picture_that_cannot_be_read_is_left_out():
    """The article is told all the same, and the picture is named at it."""
    made = with_entries(entry(0, picture=True, content="<p>x</p>"))
    settings = config()
    pictures = Pictures(lambda src, frame: Form(path="p"))
    found = render(made, settings, theme(settings), Extras(pictures=pictures))
    assert b"<img" not in found.outputs[0].data
    assert [(p.code, p.path) for p in found.problems] == [
        ("letter-picture-unreadable", "items/article-0.md")
    ]


@pytest.mark.parametrize(("length", "codes"), [
    (400_000, []),
    (700_000, ["letter-picture-heavy"]),
    (2_400_000, ["letter-picture-heavy", "letter-pictures-heavy"]),
])  # fmt: skip
def test_heavy_pictures_are_said(length, codes):
    one = entry(0, picture=True)
    one = replace(one, image=replace(one.image, src="https://x.example/moves.gif", length=length))
    settings = config()
    found = render(with_entries(one), settings, theme(settings)).problems
    assert [problem.code for problem in found] == codes


def test_the_author_s_action_is_the_button():
    """Each section fills one button, the first call to action of its author's; nothing else is one."""
    settings = config()
    for part in laid(letter(8)).parts:
        filled = [block for block in part.blocks if block.button]
        assert len(filled) <= 1
        assert all(any(card.own for card in block.cards) for block in filled)
    for own in (True, False):
        made = with_entries(entry(1, action=own), entry(2))
        html = render(made, settings, theme(settings)).outputs[0].data.decode()
        assert html.count('class="bb"') == own
        assert "Lire la suite" not in html


def test_contents_are_listed_when_there_is_something_to_list():
    """A letter of seven opens with what its sections tell; headlines and the agenda are lists."""
    assert laid(letter(6)).contents == ()
    assert len(laid(letter(8)).contents) == 4
    assert laid(letter(30)).contents == ()


def test_categories_have_colours_of_their_own():
    """A category has the same colour in each letter, and no two of a letter share one."""
    entries = [entry(number) for number in range(4)]
    hues = [
        {card.category: card.hue for block in part.blocks for card in block.cards}
        for part in (
            laid(with_entries(*entries)).parts[0],
            laid(with_entries(*entries[:2])).parts[0],
        )
    ]
    assert len(set(hues[0].values())) == 4
    assert hues[1].items() <= hues[0].items()


def test_an_essay_is_one_article_whole():
    """The first article is told whole, with who wrote it; of the others the headlines are left."""
    made = letter(8)
    settings = config('layout = "essay"')
    one = made.sections[0].entries[0]
    written = replace(one, item=replace(one.item, authors=(Person(name="Ada Gaspard"),)))
    made = replace(
        made, sections=(replace(made.sections[0], entries=(written,)), *made.sections[1:])
    )
    html = render(made, settings, theme(settings)).outputs[0].data.decode()
    assert html.count("<blockquote") == 1
    assert "Ada Gaspard" in html
    shown = view(made, alone(slots(made, media="x")), theme(settings), layout="essay")
    first, *others = [card for part in shown.parts for block in part.blocks for card in block.cards]
    assert "<blockquote" in first.html
    assert [card.html for card in others] == [""] * 7
    assert all(card.title in html for card in others)


def test_pictures_keep_their_proportions():
    """A picture is never enlarged, and its height follows its width."""
    big = natural(Image(src="x", width=1200, height=500), 640)
    assert (big.width, big.height) == (640, 267)
    small = natural(Image(src="x", width=100, height=50), 640)
    assert (small.width, small.height) == (100, 50)
    unknown = natural(Image(src="x"), 264)
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


def test_the_letter_s_own_words_keep_its_language():
    """In a card of another language a voice would read them by that one's rules."""
    settings = config()
    html = (
        render(with_entries(entry(0, "en"), style="lead"), settings, theme(settings))
        .outputs[0]
        .data
    )
    body = markup.document_fromstring(html.decode())
    for words in ("À la une", "Lire la suite"):
        found = [each for each in body.iter() if (each.text or "").startswith(words)]
        assert found, words
        spoken = {
            next(a.get("lang") for a in (e, *e.iterancestors()) if a.get("lang")) for e in found
        }
        assert spoken == {"fr"}, words


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
    assert html.split(made.preheader)[1].startswith("\u00a0\u034f\u00a0\u034f")
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
    rendered = render(made, settings, theme(settings), Extras(logos=(LOGO,)))
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
    assert "font-family:'Source Sans 3',Arial,sans-serif" in html


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


@settings(max_examples=times(15, 40))
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


TALL = [
    # What an article shows, and whether Outlook on Windows would cut it.
    ('<img src="https://x.example/a.png" alt="a" width="300" height="1700">', False),
    ('<img src="https://x.example/a.png" alt="a" width="300" height="1800">', True),
    ('<img src="https://x.example/a.png" alt="a" width="1120" height="3500">', True),
    ('<img src="https://x.example/a.png" alt="a" width="1120" height="3400">', False),
    ('<img src="https://x.example/a.png" alt="a">', False),
]


@pytest.mark.parametrize(("body", "tall"), TALL)
def test_pictures_that_outlook_cuts_are_said_of_their_article(body, tall):
    """By their height on the page, not by that of their file."""
    settings = config()
    one = entry(0, content=f"<p>Vu :</p><p>{body}</p>")
    made = with_entries(one, style="full")
    found = [p for p in render(made, settings, theme(settings)).problems if "tall" in p.code]
    assert [(p.code, p.path) for p in found] == [("letter-picture-tall", one.item.path)] * tall


def test_the_form_that_is_sent_is_measured():
    """A picture is weighed as it is sent, and told at the width that it has in the letter."""
    settings = config()
    pictures = Pictures(
        lambda src, frame: Form(path="p", url=f"{SITE}f.jpg", width=560, height=2000, length=9000)
    )
    body = f'<p>Vu :</p><p><img src="{SITE}p.jpg" alt="" width="280" height="1000"></p>'
    made = with_entries(entry(0, content=body), style="full")
    found = render(made, settings, theme(settings), Extras(pictures=pictures))
    (shown,) = found.report.images
    assert (shown.width, shown.height, shown.pixels, shown.length) == (280, 1000, 560, 9000)
    assert found.report.missing_alt == (f"{SITE}f.jpg",)


def test_lines_of_code_that_outlook_does_not_break_are_counted():
    """Each line of its own; 63 characters have room."""
    settings = config()
    code = "\n".join(["x" * 63, "y" * 64, "", "z " * 40])
    made = with_entries(
        entry(0, content=f"<p>Vu :</p><pre><code>{code}</code></pre>"), style="full"
    )
    assert render(made, settings, theme(settings)).report.long_code == 2
