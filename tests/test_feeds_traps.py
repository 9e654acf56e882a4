"""What feedgen does when it is called naively, and that ours does not.

Each promise is shown twice: the naive document breaks it, ours keeps it.
"""

from __future__ import annotations

import locale
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree
from msgspec.structs import replace

from example_feeds import document, entry, feed, rich_feed
from newsfeed.feeds import render
from newsfeed.model import Enclosure, Image, Person

WHEN = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
SITE = "https://www.example.org/"
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
FULL = entry(
    authors=(Person(name="Ana", email="ana@example.org"),),
    image=Image(src=SITE + "a.png", width=2, height=1),
    enclosures=(Enclosure(url=SITE + "a.pdf", length=9, title="A"), Enclosure(url=SITE + "b.zip")),
)
OURS = feed(FULL, hub="https://hub.example/")


def naive(form: str, *steps: Callable[[Any, Any], None]) -> bytes:
    """Return what the obvious calls of feedgen's own documentation write."""
    generator = FeedGenerator()
    generator.load_extension("media")
    generator.id("tag:example.org,2026:feed")
    generator.title("Réseau")
    generator.description("Actualités")
    generator.link(href=SITE, rel="alternate")
    generator.link(href=SITE + "atom.xml", rel="self")
    generator.link(href="https://hub.example/", rel="hub")
    item = generator.add_entry(FeedEntry())
    item.id("tag:example.org,2026:1")
    item.title("Titre")
    item.link(href=SITE + "1.html", rel="alternate", type="text/html")
    item.enclosure(url=SITE + "a.pdf", length=9, type="application/pdf")
    item.author(name="Ana", email="ana@example.org")
    item.published(WHEN)
    for step in steps:
        step(generator, item)
    data: bytes = generator.atom_str() if form == "atom" else generator.rss_str()
    return data


def found(data: bytes, path: str) -> list[Any]:
    found_: list[Any] = etree.fromstring(data).xpath(path, namespaces=NAMES)
    return found_


def links_keep_their_attributes(data: bytes) -> None:
    """feedgen's issue #135: the enclosure became a second alternate link (DuplicateAtomLink)."""
    links = found(data, "//a:entry/a:link")
    assert len([link for link in links if link.get("rel", "alternate") == "alternate"]) == 1
    enclosure = next(link for link in links if link.get("rel") == "enclosure")
    assert (enclosure.get("type"), enclosure.get("length")) == ("application/pdf", "9")


def channel_link_is_the_page(data: bytes) -> None:
    """The channel's link was the last link of any relation: the hub, or the feed itself."""
    assert found(data, "/rss/channel/link/text()") == [SITE]


def hub_is_in_rss(data: bytes) -> None:
    """feedgen's issue #122: RSS carried no link but self."""
    assert found(data, "/rss/channel/a:link[@rel='hub']/@href") == ["https://hub.example/"]


def dates_are_not_the_clock(data: bytes) -> None:
    """Whatever is not set is now: every build is then a change."""
    dates = found(data, "//a:updated/text() | //lastBuildDate/text()")
    assert dates
    for date in dates:
        when = datetime.fromisoformat(date) if date[:1].isdigit() else parsedate_to_datetime(date)
        assert when < datetime(2026, 11, 1, tzinfo=UTC), "the newest article is of October"


def generator_has_no_version(data: bytes) -> None:
    """An upgrade of the tool is not a change of the feed."""
    assert not re.search(rb"<generator[^>]*(version|\d)", data)


def enclosure_is_the_first(data: bytes) -> None:
    """RSS takes one enclosure an item, and feedgen's is the last one."""
    assert found(data, "//item/enclosure/@url") == [SITE + "a.pdf"]


def length_is_a_number(data: bytes) -> None:
    """An unknown length was written “None”."""
    lengths = found(data, "//a:link/@length | //enclosure/@length")
    assert all(length.isdigit() for length in lengths)


def author_once(data: bytes) -> None:
    """RSS's author is an e-mail address; beside dc:creator it is DuplicateItemSemantics."""
    assert not found(data, "//item/author")
    assert found(data, "//item/dc:creator/text()") == ["Ana"]


def media_stand_alone(data: bytes) -> None:
    """A media:group holds alternatives of one thing (MediaGroupWithoutAlternatives)."""
    assert not found(data, "//media:group")
    assert found(data, "//media:thumbnail/@width") == ["2"]


def content_is_html(data: bytes) -> None:
    """Only text, html and xhtml are types of Atom's content."""
    assert found(data, "//a:entry/a:content/@type") == ["html"]


def summary_and_content(data: bytes) -> None:
    """description() after content() replaced Atom's content by the summary."""
    assert "texte" in found(data, "//a:entry/a:content/text()")[0]
    assert "résumé" in found(data, "//a:entry/a:summary/text()")[0]


def _with_media(_: Any, item: Any) -> None:
    item.media.content({"url": SITE + "a.png"})
    item.media.thumbnail({"url": SITE + "a.png", "width": "2"})


def _with_cdata(_: Any, item: Any) -> None:
    item.content("<p>Le texte</p>", type="CDATA")


def _with_description(_: Any, item: Any) -> None:
    item.content("<p>Le texte</p>", type="html")
    item.description("Le résumé")


def _with_second_enclosure(_: Any, item: Any) -> None:
    item.enclosure(url=SITE + "b.zip", length=None, type="application/zip")


TRAPS = [
    ("atom", links_keep_their_attributes, ()),
    ("rss", channel_link_is_the_page, ()),
    ("rss", hub_is_in_rss, ()),
    ("atom", dates_are_not_the_clock, ()),
    ("rss", dates_are_not_the_clock, ()),
    ("atom", generator_has_no_version, ()),
    ("rss", enclosure_is_the_first, (_with_second_enclosure,)),
    ("rss", length_is_a_number, (_with_second_enclosure,)),
    ("rss", author_once, ()),
    ("rss", media_stand_alone, (_with_media,)),
    ("atom", media_stand_alone, (_with_media,)),
    ("atom", content_is_html, (_with_cdata,)),
    ("atom", summary_and_content, (_with_description,)),
]


@pytest.mark.parametrize(("form", "promise", "steps"), TRAPS)
def test_trap(
    form: str,
    promise: Callable[[bytes], None],
    steps: tuple[Callable[[Any, Any], None], ...],
) -> None:
    with pytest.raises((AssertionError, IndexError, StopIteration)):
        promise(naive(form, *steps))
    promise(document(OURS, form))


@pytest.mark.parametrize("text", ["un\x00", "un\x1b[0m", "un\ud83d", "un\ufffe"])
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_one_character_does_not_cost_the_feed(text: str, form: str) -> None:
    """feedgen raises for a control character or half a surrogate pair, and the feed is lost."""

    def retitle(_: Any, item: Any) -> None:
        item.title(text)

    with pytest.raises(ValueError):
        naive(form, retitle)
    ours = feed(entry(title=text, content=f"<p>{text}</p>", summary=text), title=text)
    assert b"un" in document(ours, form)


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_an_entry_always_has_a_title(form: str) -> None:
    """feedgen raises for an empty title; the first words of the summary stand in."""

    def untitle(_: Any, item: Any) -> None:
        item.title("")

    with pytest.raises(ValueError):
        naive("atom", untitle)
    assert "Le résumé" in document(feed(entry(title=" \n")), form).decode()
    bare = entry(title="", summary="", content="")
    assert "article-1" in document(feed(bare), form).decode()


def test_a_type_that_is_not_known_is_not_a_crash() -> None:
    """feedgen raises for type=None; a name without a known suffix is octets."""

    def typeless(_: Any, item: Any) -> None:
        item.enclosure(url=SITE + "a.xyz", length=1, type=None)

    with pytest.raises((ValueError, TypeError)):
        naive("rss", typeless)
    ours = feed(entry(enclosures=(Enclosure(url=SITE + "a.xyz", length=1),)))
    assert found(document(ours, "rss"), "//enclosure/@type") == ["application/octet-stream"]


def test_non_breaking_space_entities_are_html() -> None:
    """type="xhtml" raises for &nbsp;: content is escaped HTML."""
    text = "<p>Fin&nbsp;!</p>"

    def xhtml(_: Any, item: Any) -> None:
        item.content(text, type="xhtml")

    with pytest.raises(etree.XMLSyntaxError):
        naive("atom", xhtml)
    assert found(document(feed(entry(content=text)), "atom"), "//a:content/text()") == [text]


def test_the_locale_is_never_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """feedgen calls setlocale for every date it writes in RSS: other threads see it."""
    calls: list[object] = []
    monkeypatch.setattr(locale, "setlocale", lambda *args: calls.append(args))
    naive("rss")
    assert calls
    calls.clear()
    render(rich_feed())
    assert not calls


def test_guid_that_is_no_address_says_so() -> None:
    """Pelican's own RSS fails here: a reader opens a guid whose isPermaLink is not false."""
    page = SITE + "items/2026/10/article-1.html"
    for identity, permalink in (("tag:example.org,2026:1", "false"), (page, "true")):
        data = document(feed(entry(id=identity, url=page)), "rss")
        assert found(data, "//guid/@isPermaLink") == [permalink]
    moved = replace(OURS, entries=(entry(id="https://old.example/1", url=page),))
    assert found(document(moved, "rss"), "//guid/@isPermaLink") == ["false"]
