"""Atom: RFC 4287, and its extensions RFC 5005 and RFC 6721."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from lxml import etree

from example_feeds import SITE, archive_page, document, entry, feed, rich_feed
from newsfeed.model import Feed, Person

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}
GRAMMAR = files("newsfeed.feeds.lint").joinpath("atom.rng")
PAGES = [feed(), feed(entry()), rich_feed(), rich_feed(content="summary"), archive_page()]


def grammar() -> etree.RelaxNG:
    """Return the grammar of RFC 4287, appendix B, that the linter ships."""
    return etree.RelaxNG(etree.fromstring(GRAMMAR.read_bytes()))


def found(of: Feed, path: str) -> list[Any]:
    result: list[Any] = etree.fromstring(document(of, "atom")).xpath(path, namespaces=NAMES)
    return result


@pytest.mark.parametrize("of", PAGES)
def test_valid_under_the_rfc_s_grammar(of: Feed) -> None:
    schema = grammar()
    assert schema.validate(etree.fromstring(document(of, "atom"))), schema.error_log


def test_the_grammar_refuses_what_is_wrong() -> None:
    wrong = document(feed(entry()), "atom").replace(b"<published>", b"<published>le ")
    assert not grammar().validate(etree.fromstring(wrong))


def test_links_of_a_feed() -> None:
    assert [
        (link.get("rel"), link.get("href"), link.get("type"))
        for link in found(rich_feed(), "a:link")
    ] == [
        ("alternate", SITE, "text/html"),
        ("self", f"{SITE}atom.xml", "application/atom+xml"),
        ("prev-archive", f"{SITE}archive/1/atom.xml", "application/atom+xml"),
        ("hub", "https://hub.example/", None),
    ]


def test_links_of_an_entry() -> None:
    """The article comes first; source, call to action and attachments after it."""
    links = [dict(link.attrib) for link in found(rich_feed(1), "a:entry/a:link")]
    assert links == [
        {
            "rel": "alternate",
            "href": f"{SITE}items/2026/09/d%C3%A9pistage-1.html",
            "type": "text/html",
        },
        {
            "rel": "via",
            "href": "https://institut.example/communiqu%C3%A9",
            "title": "Institut",
        },
        {
            "rel": "related",
            "href": "https://institut.example/infos",
            "title": "Plus d’informations",
        },
        {
            "rel": "enclosure",
            "href": f"{SITE}items/entretien.mp3",
            "type": "audio/mpeg",
            "length": "654321",
        },
        {
            "rel": "enclosure",
            "href": f"{SITE}items/brochure%20%C3%A9t%C3%A9.pdf",
            "type": "application/pdf",
            "title": "La brochure",
            "length": "12345",
        },
    ]


def test_labels_have_their_space() -> None:
    """``scheme`` is where the site keeps its categories or tags; a label without page has none."""
    of = rich_feed(1, tags={"côlon": f"{SITE}tags/colon/index.html"})
    assert [dict(each.attrib) for each in found(of, "//a:category")] == [
        {"term": "Prévention", "label": "Prévention", "scheme": f"{SITE}categories/"},
        {"term": "côlon", "label": "côlon", "scheme": f"{SITE}tags/"},
        {"term": "sein", "label": "sein"},
    ]


def test_language_where_it_differs() -> None:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    root = etree.fromstring(document(rich_feed(2), "atom"))
    assert root.get(lang) == "fr"
    assert [each.get(lang) for each in root.findall("a:entry", NAMES)] == [None, "en"]


def test_there_is_always_an_author() -> None:
    """RFC 4287 §4.1.1: the feed's, where an entry has none."""
    assert found(feed(entry(), author=None), "a:author/a:name/text()") == ["Réseau Exemple"]
    nameless = feed(author=Person(name=" ", email="no-address"))
    assert found(nameless, "a:author/a:name/text()") == ["Réseau Exemple"]
    assert not found(nameless, "a:author/a:email")
    people = found(rich_feed(1), "a:entry/a:author")
    assert [[child.text for child in person] for person in people] == [
        ["Ana Boix", "ana@example.org"],
        ["Luc Mot", f"{SITE}%C3%A9quipe/luc.html"],
    ]


def test_archive_page() -> None:
    """RFC 5005 §4: a mark, its neighbours, and the way back to the current document."""
    assert found(archive_page(), "fh:archive")
    assert not found(rich_feed(), "fh:archive")
    links = {link.get("rel"): link.get("href") for link in found(archive_page(), "a:link")}
    assert links == {
        "alternate": SITE,
        "self": f"{SITE}archive/2/atom.xml",
        "prev-archive": f"{SITE}archive/1/atom.xml",
        "next-archive": f"{SITE}archive/3/atom.xml",
        "current": f"{SITE}atom.xml",
    }


def test_removed_entries_are_said() -> None:
    """RFC 6721: an aggregator can take them away."""
    (deleted,) = found(rich_feed(), "at:deleted-entry")
    assert dict(deleted.attrib) == {
        "ref": "tag:example.org,2025:gone",
        "when": "2026-09-30T12:00:00+02:00",
    }
    assert found(rich_feed(), "at:deleted-entry/a:link/@href") == [f"{SITE}items/2025/gone.html"]
    assert b"tombstones" not in document(feed(), "atom")


def test_pictures_have_their_size() -> None:
    (content,) = found(rich_feed(1), "//media:content")
    assert dict(content.attrib) == {
        "url": f"{SITE}items/photo.jpg",
        "medium": "image",
        "type": "image/jpeg",
        "width": "640",
        "height": "480",
        "fileSize": "45678",
    }
    assert content.findtext("media:credit", namespaces=NAMES) == "Ana Boix"


def test_what_a_feed_says_of_itself() -> None:
    root = etree.fromstring(document(rich_feed(1), "atom"))
    texts = {
        name: root.findtext(f"a:{name}", namespaces=NAMES)
        for name in ("id", "title", "subtitle", "updated", "rights", "logo", "icon", "generator")
    }
    assert texts == {
        "id": "tag:example.org,2026:feed",
        "title": "Réseau Exemple",
        "subtitle": "Les actualités du réseau",
        "updated": "2026-10-12T09:00:00+02:00",
        "rights": "© 2026 Réseau Exemple",
        "logo": f"{SITE}static/logo.png",
        "icon": f"{SITE}static/icon.png",
        "generator": "newsfeed",
    }


def test_a_style_sheet_is_css() -> None:
    """Browsers are switching XSLT off."""
    data = document(rich_feed(1, stylesheet='/f"é&.css'), "atom")
    (instruction,) = etree.fromstring(data).xpath("preceding-sibling::processing-instruction()")
    assert instruction.target == "xml-stylesheet"
    assert dict(instruction.attrib) == {"type": "text/css", "href": "/f%22%C3%A9&amp;.css"}
    assert b"xml-stylesheet" not in document(feed(), "atom")


def test_summaries_alone() -> None:
    of = rich_feed(1, content="summary")
    assert not found(of, "//a:content")
    assert found(of, "//a:summary/text()") == ["Un résumé : R&D, p < 0,05"]
