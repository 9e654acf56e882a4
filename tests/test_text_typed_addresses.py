"""Addresses as people type, paste and copy them lead where they were meant to, in texts and in front matter."""

from __future__ import annotations

import pytest

from newsfeed.markup.address_slots import Resolved
from newsfeed.markup.renderer import render
from newsfeed.markup.source import Source
from newsfeed.text.redirectors import led_to
from newsfeed.text.typed_addresses import (
    is_bare_host,
    is_of_preview,
    is_on_own_computer,
    mended_link,
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
        ("https://[::1/url?q=https://ici.example", None),
    ],
)  # fmt: skip
def test_a_page_that_only_leads_on_is_left_out(copied: str, beyond: str | None) -> None:
    assert led_to(copied) == beyond


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
    assert all(map(is_on_own_computer, ("C:\\a.png", "d:/a", "C:%5Ca", "file:///a", "FILE://x/a")))
    assert not any(map(is_on_own_computer, ("https://ici.example", "a:b", "files/a", "filet:a")))
    previews = (
        "http://localhost:4000/",
        "https://localhost",
        "http://127.0.0.1:1313/a",
        "http://0.0.0.0/",
    )
    assert all(map(is_of_preview, previews))
    assert not any(
        map(is_of_preview, ("http://localhost.example/", "https://ici.example/localhost"))
    )
    assert is_bare_host("ici.example/a")
    assert not is_bare_host("report.docx")
