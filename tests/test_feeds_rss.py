"""RSS 2.0, after the RSS Advisory Board's best practices profile, and podcasts."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from example_feeds import SITE, archive_page, document, entry, feed, rich_entry, rich_feed
from newsfeed.feeds.content import content
from newsfeed.feeds.podcast import CHAPTERS, ITUNES, PODCAST, podcast_guid
from newsfeed.model import (
    Enclosure,
    Episode,
    Feed,
    Image,
    Link,
    Participant,
    Person,
    Podcast,
    Transcript,
)

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
}


def found(of: Feed, path: str) -> list[Any]:
    result: list[Any] = etree.fromstring(document(of, "rss")).xpath(path, namespaces=NAMES)
    return result


def test_what_a_channel_says_of_itself() -> None:
    (channel,) = found(rich_feed(1), "/rss/channel")
    texts = {child.tag: child.text for child in channel if isinstance(child.tag, str)}
    assert {name: texts[name] for name in texts if not name.startswith("{") and name != "item"} == {
        "title": "Réseau Exemple",
        "link": SITE,
        "description": "Les actualités du réseau",
        "language": "fr",
        "copyright": "© 2026 Réseau Exemple",
        "managingEditor": "contact@example.org (Réseau Exemple)",
        "lastBuildDate": "Mon, 12 Oct 2026 09:00:00 +0200",
        "docs": "https://www.rssboard.org/rss-specification",
        "generator": "newsfeed",
        "image": "\n      ",
    }
    assert [child.text for child in channel.find("image")] == [
        f"{SITE}static/logo.png",
        "Réseau Exemple",
        SITE,
    ]


def test_the_root_is_written_as_it_was() -> None:
    """A closed page of an archive keeps its bytes through another version of newsfeed."""
    namespaces = list(etree.fromstring(document(rich_feed(), "rss")).nsmap)
    assert namespaces == ["atom", "dc", "media", "itunes", "podcast", "content"]
    assert b"<rss xmlns:atom=" in document(archive_page(), "rss")


def test_an_image_is_one_that_rss_knows() -> None:
    assert not found(feed(logo=f"{SITE}logo.svg"), "//image")


def test_a_channel_without_subtitle_has_a_description() -> None:
    assert found(feed(subtitle=None), "/rss/channel/description/text()") == ["Réseau Exemple"]


def test_links_of_a_channel() -> None:
    assert [dict(link.attrib) for link in found(archive_page(), "/rss/channel/atom:link")] == [
        {"rel": "self", "href": f"{SITE}archive/2/rss.xml", "type": "application/rss+xml"},
        {"rel": "prev-archive", "href": f"{SITE}archive/1/rss.xml"},
        {"rel": "next-archive", "href": f"{SITE}archive/3/rss.xml"},
        {"rel": "current", "href": f"{SITE}rss.xml"},
    ]
    assert found(archive_page(), "/rss/channel/fh:archive")
    assert found(rich_feed(), "/rss/channel/atom:link[@rel='hub']/@href") == [
        "https://hub.example/"
    ]


def test_an_item() -> None:
    (item,) = found(rich_feed(1), "//item")
    read = [(etree.QName(child).localname, child.text) for child in item]
    assert read == [
        ("title", "Dépistage : p < 0,05 & après"),
        ("link", f"{SITE}items/2026/09/d%C3%A9pistage-1.html"),
        ("description", "Un résumé : R&amp;D, p &lt; 0,05"),
        ("encoded", content(rich_entry(1), {})),
        ("guid", "tag:example.org,2026-10-01:article-1"),
        ("category", "Prévention"),
        ("category", "côlon"),
        ("category", "sein"),
        ("enclosure", None),
        ("pubDate", "Wed, 02 Sep 2026 09:00:00 +0200"),
        ("creator", "Ana Boix"),
        ("creator", "Luc Mot"),
        ("language", "en"),
        ("updated", "2026-10-12T09:00:00+02:00"),
        ("link", None),
        ("link", None),
        ("content", "\n        "),
        ("thumbnail", None),
        ("content", "\n        "),
        ("duration", "95"),
        ("image", None),
    ]


def test_description_is_html_and_comes_before_the_content() -> None:
    """Readers take a description for HTML: its text is escaped once more."""
    item = etree.fromstring(document(feed(entry(summary="a < b & c")), "rss")).find(".//item")
    assert item.findtext("description") == "a &lt; b &amp; c"
    names = [child.tag for child in item]
    assert names.index("description") < names.index(f"{{{NAMES['content']}}}encoded")


def test_a_second_attachment_is_not_lost() -> None:
    """RSS takes one enclosure an item: the further ones are media."""
    pair = (
        Enclosure(url=f"{SITE}a.pdf", length=10),
        Enclosure(url=f"{SITE}b.mp4", length=20, title="Le film", duration=3),
    )
    of = feed(entry(enclosures=pair))
    assert [dict(each.attrib) for each in found(of, "//enclosure")] == [
        {"url": f"{SITE}a.pdf", "length": "10", "type": "application/pdf"}
    ]
    (media,) = found(of, "//media:content")
    assert dict(media.attrib) == {
        "url": f"{SITE}b.mp4",
        "medium": "video",
        "type": "video/mp4",
        "fileSize": "20",
        "duration": "3",
    }
    assert media.findtext("media:title", namespaces=NAMES) == "Le film"


def test_no_email_no_author() -> None:
    """RSS names nobody without an e-mail address."""
    of = feed(entry(authors=(Person(name="Ana"),)))
    assert not found(of, "//author | //managingEditor")
    assert found(of, "//item/dc:creator/text()") == ["Ana"]


def test_podcast() -> None:
    """What players need, where an item has sound; nothing of it elsewhere."""
    of = rich_feed(1)
    assert found(of, "/rss/channel/itunes:author/text()") == ["Réseau Exemple"]
    assert found(of, "/rss/channel/itunes:owner/itunes:email/text()") == ["contact@example.org"]
    assert found(of, "/rss/channel/itunes:image/@href") == [f"{SITE}static/logo.png"]
    assert found(of, "/rss/channel/itunes:explicit/text()") == ["false"]
    assert found(of, "//item/itunes:duration/text()") == ["95"]
    assert found(of, "//item/itunes:image/@href") == [f"{SITE}items/photo.jpg"]
    silent = document(feed(entry(image=Image(src=f"{SITE}a.png"))), "rss")
    assert b"itunes" not in silent
    assert b"podcast" not in silent


def test_podcast_guid_is_the_one_of_the_specification() -> None:
    """The example of the Podcasting 2.0 specification, whose feed is at this address."""
    assert podcast_guid("https://mp3s.nashownotes.com/pc20rss.xml") == (
        "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    )
    assert podcast_guid("http://mp3s.nashownotes.com/pc20rss.xml/") == (
        "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    )


def test_summaries_alone() -> None:
    of = rich_feed(1, content="summary")
    assert not found(of, "//content:encoded")
    assert found(of, "//item/description/text()") == ["Un résumé : R&amp;D, p &lt; 0,05"]


SOUND = Enclosure(url=f"{SITE}a.mp3", length=1, type="audio/mpeg", duration=95)
LEAST = Podcast(declared=True)
GUID = "8b6c8761-5236-5e39-a6bf-442b00eb10f6"
SHOW = Podcast(
    declared=True,
    categories=(
        ("Science", "Physics"),
        ("Arts", None),
        ("Science", None),
        ("Science", "Chemistry"),
    ),
    explicit=True,
    kind="serial",
    author="Ana & Bo",
    owner=Person(name="Bo", email="bo@example.org"),
    image=f"{SITE}cover.png?v=1",
    block=True,
    complete=True,
    new_feed_url="https://new.example/",
    guid="a-guid",
    locked=False,
    funding=(
        Link(text="Give", url="https://pay.example/?a&b"),
        Link(text="More", url="https://pay.example/m"),
    ),
    medium="music",
    location="Nîmes",
    geo="geo:43.8,4.3",
    license=Link(text="own", url=f"{SITE}l"),
    people=(
        Participant(name="Cy", role="guest", url=f"{SITE}cy", image=f"{SITE}cy.png"),
        Participant(name="Di"),
    ),
)
EPISODE = Episode(
    title="Said",
    kind="bonus",
    season=2,
    number=0,
    explicit=False,
    block=True,
    people=(Participant(name="Cy", role=""),),
    transcripts=(
        Transcript(url=f"{SITE}a.vtt", type="text/vtt", language="fr"),
        Transcript(url=f"{SITE}a.txt"),
    ),
    chapters=f"{SITE}a.json",
    marks=((0, "Start"), (3661.0405, "End")),
    location="Arles",
    license=Link(text="cc0", url=""),
)
PODCASTS: dict[str, tuple[Podcast, dict[str, Any], list[str], list[str]]] = {
    "everything": (
        SHOW, {"episode": EPISODE, "image": Image(src=f"{SITE}photo.jpg")},
        [
            "itunes:author Ana & Bo", "itunes:owner", "itunes:name Bo", "itunes:email bo@example.org",
            f"itunes:image href={SITE}cover.png?v=1", "itunes:category text=Science", "itunes:category text=Physics",
            "itunes:category text=Chemistry", "itunes:category text=Arts", "itunes:explicit true", "itunes:type serial",
            "itunes:new-feed-url https://new.example/", "itunes:block Yes", "itunes:complete Yes",
            "podcast:guid a-guid", "podcast:locked owner=bo@example.org no", "podcast:funding url=https://pay.example/?a&b Give",
            "podcast:funding url=https://pay.example/m More", "podcast:medium music",
            f"podcast:person role=guest href={SITE}cy img={SITE}cy.png Cy", "podcast:person role=host Di",
            "podcast:location geo=geo:43.8,4.3 Nîmes", f"podcast:license url={SITE}l own",
        ],
        [
            "itunes:duration 95", f"itunes:image href={SITE}photo.jpg", "itunes:title Said", "itunes:season 2", "itunes:episode 0",
            "itunes:episodeType bonus", "itunes:explicit false", "itunes:block Yes", "podcast:season 2", "podcast:episode 0",
            f"podcast:transcript url={SITE}a.vtt type=text/vtt language=fr", f"podcast:transcript url={SITE}a.txt type=text/plain",
            f"podcast:chapters url={SITE}a.json type=application/json+chapters", "chapters version=1.2",
            "chapter start=00:00:00.000 title=Start", "chapter start=01:01:01.040 title=End", "podcast:person Cy",
            "podcast:location Arles", "podcast:license cc0",
        ],
    ),
    "next to nothing": (
        Podcast(declared=True, locked=True, owner=Person(name="Bo"), image=f"{SITE}cover.svg"),
        {"episode": Episode(season=0, explicit=True), "image": Image(src=f"{SITE}photo.svg")},
        ["itunes:author Réseau Exemple", f"podcast:guid {GUID}", "podcast:locked yes"],
        ["itunes:duration 95", "itunes:season 0", "itunes:explicit true", "podcast:season 0"],
    ),
    "nothing": (
        LEAST, {},
        ["itunes:author Réseau Exemple", f"podcast:guid {GUID}"], ["itunes:duration 95"],
    ),
    "no recording": (
        LEAST, {"episode": EPISODE, "enclosures": (Enclosure(url=f"{SITE}a.pdf", length=1),)},
        [], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PODCASTS)
def test_what_a_podcast_says_of_itself(name: str) -> None:
    """In the words of both namespaces and in this order, and nothing that nobody said."""
    show, changes, channel, item = PODCASTS[name]
    one = entry(**{"enclosures": (SOUND,)} | changes)
    assert (
        podcasting(feed(one, id=SITE, podcast=show), "/rss/channel/*[not(self::item)]") == channel
    )
    assert podcasting(feed(one, podcast=show), "//item") == item


def podcasting(of: Feed, path: str) -> list[str]:
    """Return each element of a podcast below ``path``: its name, its attributes, its text."""
    told = (ITUNES, PODCAST, CHAPTERS)
    return [
        " ".join(
            filter(
                None,
                (
                    tag,
                    *(f"{key}={value}" for key, value in each.items()),
                    (each.text or "").strip(),
                ),
            )
        )
        for top in found(of, path)
        for each in top.iter(*(f"{{{space}}}*" for space in told))
        for tag in [f"{each.prefix}:{etree.QName(each).localname}".removeprefix("psc:")]
    ]
