"""Anybody's feed, as moving in and the models of readers read it: whatever its format and age."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newsfeed.feeds.published import Document, Published, moment, plain, read

NINE = datetime(2026, 10, 30, 9, 0, tzinfo=UTC)
MANY = ''' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"'''
DOCUMENTS: dict[str, tuple[str, tuple[Published, ...]]] = {
    "Atom 1.0": (
        """\ufeff <feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>Harbour</title>
<entry><media:title>not this</media:title><id> urn:x:1 </id><title type="html">&lt;b&gt;One&lt;/b&gt;</title><title>Another</title>
<link rel="enclosure" href="https://a.example/1.mp3"/><link href="https://a.example/1"/><link href="https://a.example/fr/1"/>
<updated>2026-10-31T09:00:00Z</updated><published>2026-10-30T09:00:00Z</published>
<summary>In short</summary><content type="html">&lt;p&gt;At more length&lt;/p&gt;</content></entry>
<entry><title>Two</title><title type="html"/><link rel="related" href="https://a.example/2"/><updated/><modified>2026-10-30T11:00:00+02:00</modified>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>word</b></div></summary> and more</entry>
<entry><link/></entry></feed>""",
        (
            Published(
                form="atom", id="urn:x:1", link="https://a.example/1", title="<b>One</b>", title_type="html",
                date="2026-10-30T09:00:00Z", when=NINE, content="<p>At more length</p>", line=2,
            ),
            Published(
                form="atom", id="", link="", title="Two", title_type="html", date="2026-10-30T11:00:00+02:00",
                when=NINE, line=6, content='<summary xmlns="http://www.w3.org/2005/Atom"'
                ' xmlns:media="http://search.yahoo.com/mrss/" type="xhtml">'
                '<div xmlns="http://www.w3.org/1999/xhtml">A <b>word</b></div></summary>',
            ),
            Published(form="atom", id="", link="", title="", line=8),
        ),
    ),
    "Atom 0.3": (
        """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><id>tag:a.example,2004:1</id><title>Old</title>
<link rel="alternate" href="https://a.example/1"/><modified>2026-10-31T00:00:00Z</modified><created>2026-10-31T00:00:00Z</created>
<issued>2026-10-30T09:00:00Z</issued></entry><entry><modified>2026-10-31T00:00:00Z</modified><created>2026-10-30T09:00:00Z</created></entry></feed>""",
        (
            Published(
                form="atom", id="tag:a.example,2004:1", link="https://a.example/1", title="Old",
                date="2026-10-30T09:00:00Z", when=NINE,
            ),
            Published(form="atom", id="", link="", title="", date="2026-10-30T09:00:00Z", when=NINE, line=3),
        ),
    ),
    "RSS 2.0": (
        f"""<rss version="2.0"{MANY}><channel><title>Harbour</title>
<item><itunes:title>not this</itunes:title><title>One &amp; all</title><link> https://a.example/1 </link><guid isPermaLink="false">a-1</guid>
<dc:date>2026-10-31T09:00:00Z</dc:date><pubDate>Fri, 30 Oct 2026 09:00:00 GMT</pubDate>
<description>In short</description><content:encoded><![CDATA[<p>At more length</p>]]></content:encoded><media:description>And not this, however long it may be</media:description></item>
<item><guid>https://a.example/2</guid><dc:date>2026-10-30T09:00:00Z</dc:date><description>The longer text of the two</description><content:encoded>Short</content:encoded></item>
<item><guid isPermaLink="true">https://a.example/3</guid><title/></item><item><guid isPermaLink="false">a-4</guid></item><item><guid>https://a.example/g</guid><link>https://a.example/5</link></item><item/>
</channel></rss>""",
        (
            Published(
                form="rss", id="a-1", link="https://a.example/1", title="One & all", when=NINE,
                date="Fri, 30 Oct 2026 09:00:00 GMT", content="<p>At more length</p>", line=3,
            ),
            Published(
                form="rss", id="https://a.example/2", link="https://a.example/2", title="", when=NINE,
                date="2026-10-30T09:00:00Z", content="The longer text of the two", line=6,
            ),
            Published(form="rss", id="https://a.example/3", link="https://a.example/3", title="", line=7),
            Published(form="rss", id="a-4", link="", title="", line=7),
            Published(
                form="rss", id="https://a.example/g", link="https://a.example/5", title="", line=7
            ),
            Published(form="rss", id="", link="", title="", line=7),
        ),
    ),
    "RSS 1.0": (
        f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"{MANY}>
<item rdf:about="urn:x:1"><title>One</title><dc:date>2026-10-30T09:00:00</dc:date></item></rdf:RDF>""",
        (Published(form="rdf", id="urn:x:1", link="", title="One", date="2026-10-30T09:00:00", when=NINE, line=3),),
    ),
    "RSS that breaks off": (
        "<rss><channel><item><title>One</title></item><item><title>Café<!-- s --> & three<",
        (
            Published(form="rss", id="", link="", title="One"),
            Published(form="rss", id="", link="", title="Café  three"),
        ),
    ),
    "RSS with entities of its own": (
        """<!DOCTYPE rss [<!ENTITY eacute "é"><!ENTITY own SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>Caf&eacute; &amp; bar</title><link>urn:&own;</link></item></channel></rss>""",
        (Published(form="rss", id="", link="urn:&own;", title="Café & bar", line=2),),
    ),
    "JSON Feed": (
        "\ufeff\n" + json.dumps({"items": [
            {"id": 1, "url": " https://a.example/1 ", "external_url": "https://b.example/", "title": "One",
             "date_published": "2026-10-30T09:00:00Z", "summary": "S", "content_text": "T", "content_html": "H"},
            {"id": "2", "url": "", "external_url": "https://b.example/", "title": None, "summary": "S", "content_text": "T"},
            {"summary": "S", "date_published": "soon", "date_modified": "2026-10-30T09:00:00Z"}, "no item", {}]}),
        (
            Published(
                form="json", id="1", link="https://a.example/1", title="One", date="2026-10-30T09:00:00Z",
                when=NINE, content="H",
            ),
            Published(form="json", id="2", link="https://b.example/", title="", content="T"),
            Published(form="json", id="", link="", title="", date="soon", content="S"),
            Published(form="json", id="", link="", title=""),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_format_is_read_alike(name: str) -> None:
    text, entries = DOCUMENTS[name]
    assert read(text.encode()) == Document(entries=entries)


def test_what_a_feed_announces_as_removed() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<at:deleted-entry/><at:deleted-entry ref="urn:x:1"/><at:deleted-entry ref="urn:x:2"/></feed>"""
    assert read(text.encode()) == Document(entries=(), gone=frozenset({"urn:x:1", "urn:x:2"}))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"{}", b'{"items": 1}', b"<html/>", b"text", b'{"a": "\xff"}']
)
def test_what_is_no_feed(data: bytes) -> None:
    assert read(data) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        (" 2026-10-30T09:00:00Z ", NINE),
        ("2026-10-30 11:00+02:00", NINE),
        ("Fri, 30 Oct 2026 09:00:00 -0000", NINE),
        ("30 Oct 26 04:00 EST", NINE),
        ("2026-10-30", datetime(2026, 10, 30, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_as_feeds_write_them(text: str, when: datetime | None) -> None:
    assert moment(text) == when


def test_words_are_compared_without_markup() -> None:
    assert plain("<![CDATA[<p>A&nbsp;&amp; <b>B</b>\n</p>]]>c < d") == "A & B c < d"
