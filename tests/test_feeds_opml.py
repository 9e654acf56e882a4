"""OPML: the list of all feeds, for a reader to import."""

from __future__ import annotations

from lxml import etree
from msgspec.structs import replace

from example_feeds import SITE, addresses, entry, feed, rich_feed
from newsfeed.feeds import opml


def test_a_line_a_feed() -> None:
    tag = feed(entry(), title="Étiquette & sein", addresses=addresses("tags/sein/"), subtitle=None)
    output = opml.render([rich_feed(1), tag], "Tous les flux \x00")
    assert output.path == "feeds.opml"
    root = etree.fromstring(output.data)
    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "Tous les flux"
    assert root.findtext("head/dateModified") == "Mon, 12 Oct 2026 09:00:00 +0200"
    assert [dict(outline.attrib) for outline in root.iterfind("body/outline")] == [
        {
            "type": "rss",
            "text": "Réseau Exemple",
            "title": "Réseau Exemple",
            "xmlUrl": f"{SITE}atom.xml",
            "htmlUrl": SITE,
            "language": "fr",
            "description": "Les actualités du réseau",
        },
        {
            "type": "rss",
            "text": "Étiquette & sein",
            "title": "Étiquette & sein",
            "xmlUrl": f"{SITE}tags/sein/atom.xml",
            "htmlUrl": SITE,
            "language": "fr",
        },
    ]


def test_rss_where_there_is_no_atom_and_nothing_for_json_alone() -> None:
    def only(form: str) -> object:
        return replace(feed(), addresses={form: addresses("")[form]})

    root = etree.fromstring(opml.render([only("rss"), only("json")], "x").data)
    assert [each.get("xmlUrl") for each in root.iter("outline")] == [f"{SITE}rss.xml"]


def test_no_feeds_no_date() -> None:
    root = etree.fromstring(opml.render([], "x").data)
    assert root.find("head/dateModified") is None
    assert len(root.find("body")) == 0
