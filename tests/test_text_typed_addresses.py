"""Addresses as people type, paste and copy them lead where they were meant to, in texts and in front matter."""

from __future__ import annotations

import pytest

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source
from newsfeed.text.redirectors import led_to
from newsfeed.text.typed_addresses import (
    is_bare_host,
    is_on_own_computer,
    is_out_of_reach,
    mended_link,
    normal_contact,
)

ZERO = "\u200b"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("www.ici.example", "https://www.ici.example"),
        ("www.ici.example/a?b=1", "https://www.ici.example/a?b=1"),
        ("ana@ici.example", "mailto:ana@ici.example"),
        ("ana@ici.example?subject=Oui", "mailto:ana@ici.example?subject=Oui"),
        ("logo@2x.png", None),
        ("a@b", None),
        ("http:/ici.example/a", "http://ici.example/a"),
        ("https//ici.example", "https://ici.example"),
        ("htps://ici.example", "https://ici.example"),
        ("https://https://ici.example/", "https://ici.example/"),
        ("http://https://ici.example/", "https://ici.example/"),
        ("%22https://ici.example/%22", "https://ici.example/"),
        ("%E2%80%9Chttps://ici.example/%E2%80%9D", "https://ici.example/"),
        ("https://archive.example/2026/https://ici.example/", None),
        ("page.html", None),
        ("http/page.html", None),
        ("../www/page", None),
        ("#www.ici.example", None),
    ],
)
def test_an_address_is_what_its_author_meant(typed: str, meant: str | None) -> None:
    assert mended_link(typed) == meant


@pytest.mark.parametrize(
    ("copied", "beyond"),
    [
        ("https://www.google.com/url?q=https://ici.example/a%3Fb%3D1&sa=D", "https://ici.example/a?b=1"),
        ("https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fici.example%2F", "https://ici.example/"),
        ("https://www.google.com/search?q=https://ici.example/", None),
        ("https://eur03.safelinks.protection.outlook.com/?url=http%3A%2F%2Fici.example%2F&data=05", "http://ici.example/"),
        ("https://eur03.safelinks.protection.outlook.com/?data=05", None),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fici.example%2F&h=A", "https://ici.example/"),
        ("https://l.facebook.com/l.php?u=javascript%3Aalert(1)", None),
        ("https://www.youtube.com/redirect?q=https%3A%2F%2Fici.example", "https://ici.example"),
        ("https://www.youtube.com/watch?v=a&q=https%3A%2F%2Fici.example", None),
        ("https://urldefense.com/v3/__https://ici.example/a__;!!Ab!cd$", "https://ici.example/a"),
        ("https://urldefense.com/v3/__https://ici.example/a*b__;Iw!!Ab!cd$", None),
        ("https://ici.example/?url=https%3A%2F%2Fla.example", None),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__ici.example_a-3Fb-3D1&d=x", "https://ici.example/a?b=1"),
        ("https://protect.checkpoint.com/v2/r01/___https://ici.example/a___.YXA", "https://ici.example/a"),
        ("https://secure-web.cisco.com/1ab/https%3A%2F%2Fici.example%2Fa", "https://ici.example/a"),
        ("https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=https%3A%2F%2Fici.example", "https://ici.example"),
        ("https://courrier.ici.example/owa/redir.aspx?C=1&URL=https%3a%2f%2fici.example%2fa", "https://ici.example/a"),
        ("https://deref-gmx.net/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fici.example", "https://ici.example"),
        ("https://duckduckgo.com/l/?uddg=https%3A%2F%2Fici.example", "https://ici.example"),
        ("https://google.com/url?q=https://ici.example", "https://ici.example"),
        ("https://ici.example/v2/___javascript:x___.a", None),
        ("https://[::1/url?q=https://ici.example", None),
        ("https://ici.example/a?fbclid=IwAR0", "https://ici.example/a"),
        ("https://ici.example/a?mc_cid=1&mc_eid=2&b=3#c", "https://ici.example/a?mc_cid=1&b=3#c"),
        ("https://ici.example/?b=3&gclid=4&_hsenc=5#c", "https://ici.example/?b=3#c"),
        ("https://ici.example/?utm_source=chatgpt.com", "https://ici.example/"),
        ("https://ici.example/?utm_source=lettre&igsh=x", "https://ici.example/?utm_source=lettre"),
        ("https://ici.example/?utm_source=chatgpt.common", None),
        ("https://ici.example/?xfbclid=3", None),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fici.example%2F%3Ffbclid%3DIwAR0&h=A", "https://ici.example/"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fici.example%2Fa&fbclid=IwAR0", "https://ici.example/a"),
    ],
)  # fmt: skip
def test_a_page_that_only_leads_on_is_left_out(copied: str, beyond: str | None) -> None:
    assert led_to(copied) == beyond


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tel:+33 (0)4 91\u00a000%2000", "tel:+33491 00 00".replace(" ", "")),
        ("TEL:(04) 91", "TEL:(04)91"),
        ("mailto://a@ici.example; b@ici.example?subject=Un; deux", "mailto:a@ici.example,b@ici.example?subject=Un; deux"),
        ('mailto:"Ana, Bo" <a@ici.example>', "mailto:a@ici.example"),
        ("https://ici.example/a b", "https://ici.example/a b"),
    ],
)  # fmt: skip
def test_people_are_normal_contact(typed: str, meant: str) -> None:
    assert normal_contact(typed) == meant


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("[a](www.ici.example) [b](ana@ici.example)", ["https://www.ici.example", "mailto:ana@ici.example"]),
        ("[a](tel:+33 1 02 03) [b](mailto:a@ici.example?subject=Un mot \"t\")", ["tel:+3310203", "mailto:a@ici.example?subject=Un%20mot"]),
        (f"[a](https://ici.example/{ZERO}b) [c](https://ici.example\ufeff)", ["https://ici.example/b", "https://ici.example"]),
        ("[a](https://ici.example/%E2%80%8Bb)", ["https://ici.example/%E2%80%8Bb"]),
        ("<a href=\"https://ici.example/\nb\">a</a>", ["https://ici.example/b"]),
        ("[a](https://urldefense.com/v3/__https://ici.example/a_b__;!!A!b$)", ["https://ici.example/a_b"]),
        ("[a](https://archive.example/_https://ici.example/b_c_)", ["https://archive.example/_https://ici.example/b_c_"]),
        ("看 https://ici.example。见 https://ici.example/a_b_c，（https://ici.example/d） www.ici.example、", ["https://ici.example", "https://ici.example/a_b_c", "https://ici.example/d", "https://www.ici.example"]),
        ("![a](www.ici.example/a.png)", ["https://www.ici.example/a.png"]),
        ("![a](C:\\Photos\\a.png) ![b](cid:a@b) [c](file:///a.pdf)", []),
    ],
)  # fmt: skip
def test_links_of_a_text_lead_there(text: str, addresses: list[str]) -> None:
    source = Source(text=text, format="markdown", language="fr", path="items/a.md", prefix="")
    body = render(source)
    found: list[str] = []

    def resolve(ref):
        found.append(ref.url)
        return Resolved(ref.url)

    html = body.html(resolve)
    told = [each for each in found if each in addresses] + [
        each for each in addresses if each not in found and f'href="{each}"' in html
    ]
    assert sorted(told) == sorted(addresses)
    assert len(found) <= len(addresses)


def test_what_lies_on_one_computer_is_told_from_the_web() -> None:
    """Disks of Windows and file: are; a preview is an address that only its author reaches."""
    assert all(
        map(
            is_on_own_computer,
            ("\\\\disque\\a.pdf", "C:\\a.png", "d:/a", "C:%5Ca", "file:///a", "FILE://x/a"),
        )
    )
    assert not any(map(is_on_own_computer, ("https://ici.example", "a:b", "files/a", "filet:a")))
    previews = (
        "http://localhost:4000/",
        "https://localhost",
        "http://127.0.0.1:1313/a",
        "http://0.0.0.0/",
        "http://[::1]:8000/",
        "http://192.168.1.20/a",
        "https://172.16.0.1",
        "https://disque.local/a",
        "http://intranet/a",
        "https://10.0.0.3:8080",
    )
    assert all(map(is_out_of_reach, previews))
    assert not any(
        map(
            is_out_of_reach,
            (
                "http://localhost.example/",
                "https://ici.example/localhost",
                "https://172.32.0.1/",
                "https://8.8.8.8/",
                "https://local.example",
            ),
        )
    )
    assert is_bare_host("ici.example/a")
    assert not is_bare_host("report.docx")
