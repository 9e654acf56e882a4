"""Letters: what a reader, a mailing service and a relay are promised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html as markup
from msgspec import structs

from letters_samples import CONFIG, LOGO, SITE, config, letter, theme
from newsfeed.config import parse
from newsfeed.newsletter import Extras, render, web_page
from outlines import is_as_kept, outline


def files(rendered):
    return {output.path.rsplit("/", 1)[1]: output.data for output in rendered.outputs}


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize("count", [1, 8, 30])
@pytest.mark.parametrize("layout", ["magazine", "bulletin"])
def test_letter_is_three_short_lined_files(language, count, layout):
    """A letter is HTML, text and a message, and no line of them is cut by a relay."""
    settings = config(f'layout = "{layout}"')
    rendered = render(letter(count, language), settings, theme(settings), Extras(logos=(LOGO,)))
    found = files(rendered)
    assert set(found) == {"letter.html", "letter.txt", "letter.eml"}
    assert not rendered.problems
    for data in found.values():
        assert max(map(len, data.splitlines())) <= 998
    html = found["letter.html"].decode()
    for section in letter(count, language).sections:
        for entry in section.entries:
            assert entry.title in html
    assert not re.search(r'(?:src|href)="(?!https?:|mailto:)', html)
    assert "<script" not in html
    assert "<link" not in html


def test_same_letter_is_the_same_bytes():
    """Rendering twice gives the same bytes, the message included."""
    settings = config()
    first, second = (render(letter(), settings, theme(settings)) for _ in range(2))
    assert files(first) == files(second)


def test_web_page_speaks_to_browsers():
    """The web version has a canonical address and no link to unsubscribe with."""
    settings = config()
    page = web_page(letter(), settings, theme(settings))
    html = page.data.decode()
    assert page.path == "newsletter/2026-10/index.html"
    assert (
        '<link rel="canonical" href="https://www.reseau-mistral.example/newsletter/2026-10/">'
        in html
    )
    assert "desabonnement" not in html
    assert "nf" + "x" not in html


KEPT = Path(__file__).parent / "data" / "letters"
# A letter for each layout, one of them from right to left.
LETTERS = {
    "magazine": (config(), letter(6, editorial="<p>Bonjour <b>à tous</b>.</p>"), Extras(logos=(LOGO,), lengths={f"{SITE}logo.png": 5000})),
    "bulletin-arabic": (config('layout = "bulletin"'), letter(4, "ar"), Extras()),
    "essay": (config('layout = "essay"'), letter(1, "en"), Extras()),
}  # fmt: skip


@pytest.mark.parametrize("name", LETTERS)
def test_letters_are_as_they_were(name):
    """HTML, text and figures, and for browsers the page: what changes in them is read."""
    settings, issue, extras = LETTERS[name]
    rendered = render(issue, settings, theme(settings), extras)
    found = files(rendered)
    rows = ["# letter.html", *outline(markup.document_fromstring(found["letter.html"].decode()))]
    rows += ["", "# letter.txt", *found["letter.txt"].decode().splitlines(), "", "# figures"]
    figures = rendered.report
    rows += [
        f"{field}: {getattr(figures, field)}"
        for field in figures.__struct_fields__
        if field not in ("html", "text", "eml", "clip", "images", "shortened", "links")
    ]
    rows += [
        f"{field}: {each}"
        for field in ("images", "shortened", "links")
        for each in getattr(figures, field)
    ]
    rows += [
        "",
        "# problems",
        *(f"{each.path}: {each.code} {dict(each.values)}" for each in rendered.problems),
    ]
    if name == "magazine":
        page = web_page(issue, settings, theme(settings), extras).data
        rows += ["", "# index.html", *outline(markup.document_fromstring(page.decode()))]
    assert is_as_kept(rows, KEPT / f"{name}.txt")
    assert figures.html == len(found["letter.html"])
    assert figures.text == len(found["letter.txt"])
    assert figures.eml == len(found["letter.eml"])
    assert figures.clip == round(figures.html / (102 * 1024), 3)


def test_a_letter_that_is_too_long_is_shortened_and_says_so():
    """Its HTML holds the limit; its text names each article; links bear the campaign, the site's alone."""
    settings = config(
        'esp = "brevo"\nmax_kb = 30\nutm = { utm_source = "lettre", utm_medium = "courriel" }'
    )
    issue = letter(26, style="full")
    rendered = render(issue, settings, theme(settings), Extras(path="issues/2026-10.md"))
    figures, found = rendered.report, files(rendered)
    assert 0.9 * 30 * 1024 < figures.html == len(found["letter.html"]) <= 30 * 1024
    assert len(figures.shortened) > 20
    assert {each.wanted for each in figures.shortened} <= {"full", "excerpt"}
    assert {each.shown for each in figures.shortened} <= {"excerpt", "headline", "line", "gone"}
    for section in issue.sections:
        for entry in section.entries:
            assert entry.url in found["letter.txt"].decode()
    marked = {link for link in figures.links if link.startswith(SITE) and "utm_source=lettre" in link and "utm_medium=courriel" in link}  # fmt: skip
    assert marked >= {link for link in figures.links if "/items/" in link}
    assert not any("utm_" in link for link in figures.links if not link.startswith(SITE))
    assert [(each.code, each.path) for each in rendered.problems] == [
        ("letter-shortened", "issues/2026-10.md")
    ]


def test_a_text_names_what_its_letter_has_no_room_for():
    """However small the limit, by title and address."""
    settings = config("max_kb = 1")
    issue = letter(3)
    rendered = render(issue, settings, theme(settings))
    text = files(rendered)["letter.txt"].decode()
    entries = [entry for section in issue.sections for entry in section.entries]
    assert [each.shown for each in rendered.report.shortened] == ["gone"] * len(entries)
    assert all(each.title in " ".join(text.split()) and each.url in text for each in entries)


@pytest.mark.parametrize(("language", "start"), [("fr", "left"), ("ar", "right")])
def test_lists_begin_where_their_language_does(language, start):
    """Outlook knows no logical sides."""
    settings = config()
    html = files(render(letter(2, language), settings, theme(settings)))["letter.html"].decode()
    end = {"left": "right", "right": "left"}[start]
    assert f"ul,ol{{margin-{start}:24px" in html
    aligned = markup.document_fromstring(html).xpath("//td[contains(@style, 'text-align')]/@style")
    assert [re.findall(r"text-align:(\w+)", each)[0] for each in aligned[:2]] == [end, start]


def test_each_service_has_its_files():
    """One service has the plain names; of several each has its own, and the first the plain ones too."""
    for esp, names in (
        ('"brevo"', ["letter.html", "letter.txt", "letter.eml"]),
        ('["mailchimp", "brevo"]', [
            "letter.html", "letter.txt", "letter.eml", "letter.mailchimp.html", "letter.mailchimp.txt", "letter.mailchimp.eml",
            "letter.brevo.html", "letter.brevo.txt", "letter.brevo.eml",
        ]),
    ):  # fmt: skip
        settings = config(f"esp = {esp}")
        found = files(render(letter(1), settings, theme(settings)))
        assert list(found) == names
        assert b"*|" not in found["letter.eml"] and b"{{" not in found["letter.eml"]
        if len(names) > 3:
            assert (
                found["letter.html"] == found["letter.mailchimp.html"] != found["letter.brevo.html"]
            )
            assert found["letter.txt"] == found["letter.mailchimp.txt"] != found["letter.brevo.txt"]


SENDER = "Réseau Mistral Cancer"
STREET = "12 rue de l’Exemple, 13000 Marseille"


@pytest.mark.parametrize(
    ("settings", "label", "lines"),
    [
        ({}, f"{SENDER} · N° 42 · octobre 2026", [f"{SENDER}, {STREET}"]),
        ({"address": STREET}, f"{SENDER} · N° 42 · octobre 2026", [SENDER, STREET]),
        ({"title": SENDER}, "N° 42 · octobre 2026", [f"{SENDER}, {STREET}"]),
        ({"esp": "mailchimp"}, f"{SENDER} · N° 42 · octobre 2026", [SENDER, "*|LIST:ADDRESSLINE|*"]),
    ],
)  # fmt: skip
def test_a_letter_names_its_sender_once(settings, label, lines):
    """Above its title unless that is the name, and in the footer unless the address opens with it."""
    table = {"title": "La lettre du réseau", "address": f"{SENDER}, {STREET}", **settings}
    made = config()
    newsletter = structs.replace(
        made.newsletter, title=table["title"], address=table["address"], esp=(table.get("esp", "none"),)
    )  # fmt: skip
    made = structs.replace(made, newsletter=newsletter)
    text = files(render(letter(1), made, theme(made)))["letter.txt"].decode().replace("\u00a0", " ")
    head, _, footer = text.partition("\n-- \n")
    assert head.split("\n")[1] == label
    assert footer.split("\n")[: len(lines)] == lines


def test_who_answers_or_recommends_a_letter_has_an_address_for_it():
    """The sender's, or the one for answers; a recommendation bears the subject and the web address."""
    for extra, address in (("", "lettre@reseau-mistral.example"), ('reply_to = "oui+non@a.example"', "oui+non@a.example")):  # fmt: skip
        settings = config(extra)
        found = files(render(letter(1, subject="Un & deux ?"), settings, theme(settings)))
        html = found["letter.html"].decode()
        assert f'href="mailto:{address}"' in html
        web = f"{SITE}newsletter/2026-10/".replace(":", "%3A").replace("/", "%2F")
        assert f"mailto:?subject=Un%20%26%20deux%20%3F&amp;body={web}" in html
    made = config()
    nobody = structs.replace(made, newsletter=structs.replace(made.newsletter, from_=None))
    html = files(render(letter(1), nobody, theme(nobody)))["letter.html"].decode()
    assert re.findall(r'href="(?!https:|mailto:\?)([^"]*)', html) == []


@pytest.mark.parametrize(
    "name", ["no-reply", "noreply+1", "NE-PAS-REPONDRE", "donotreply", "no.reply"]
)
def test_nobody_is_asked_to_write_where_nobody_reads(name: str) -> None:
    """Unless answers have an address of their own."""
    for extra, address in (("", None), ('reply_to = "oui@a.example"', "oui@a.example")):
        settings = parse(
            CONFIG.replace("lettre@reseau-mistral.example", f"{name}@a.example").format(extra=extra)
        )
        html = files(render(letter(1), settings, theme(settings)))["letter.html"].decode()
        found = re.search(r'href="mailto:([^"?]+)"', html)
        assert (found and found[1]) == address
