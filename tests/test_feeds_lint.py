"""The rules that feeds are read by: each one is drawn by a feed that has the fault, and no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from example_feeds import SITE, addresses, archive_page, document, entry, feed, rich_feed
from newsfeed.diagnostics.rules import RULES, feed_entries, feeds
from newsfeed.feeds import opml, render
from newsfeed.feeds.lint import detect, findings, lint_feed, lint_feeds
from newsfeed.model import Enclosure, Feed, Image, Link, Person

NOW = datetime(2026, 11, 1, tzinfo=UTC)
CASES = sorted((Path(__file__).parent / "data" / "feeds").glob("*.case"))
RICH = rich_feed(2)
GOOD = {
    **{form: document(RICH, form) for form in ("atom", "rss", "json")},
    "archive": document(archive_page(), "atom"),
    "plain-rss": document(feed(entry(2), entry(1)), "rss"),
    "opml": opml.render([RICH], "Tous les flux").data or b"",
}
ITUNES = b'<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
MEDIA = b'<media:group><media:content url="https://www.example.org/a.png"/></media:group>'

# (code, the good document, what stands there, what is put in its place)
BROKEN: list[tuple[str, str, str, str]] = [
    ("feed-xml", "atom", "</title>", "</titel>"),
    ("feed-xml", "rss", "<title>", "<title>&nbsp;"),
    ("feed-json", "json", '"items": [', '"items": '),
    ("feed-json", "json", '"title": "Réseau', '"title": "Ré"seau'),
    ("feed-encoding-rare", "atom", "encoding='utf-8'", "encoding='iso-8859-1'"),
    ("feed-character", "atom", "Texte", "Te\x92xte"),
    ("feed-character", "rss", "Texte &amp;amp;", "Texte \x92 "),
    ("feed-character", "json", "Texte &amp;", "Texte \ufffd"),
    ("feed-doctype", "rss", "<rss ", "<!DOCTYPE rss><rss "),
    ("feed-version-old", "rss", 'version="2.0"', 'version="0.92"'),
    ("feed-namespace", "rss", ' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
    ("feed-namespace-unusual", "rss", "http://search.yahoo.com/mrss/", "http://search.yahoo.com/m/"),
    ("feed-missing", "atom", "<id>tag:example.org,2026:feed</id>", ""),
    ("feed-missing", "rss", "<description>Les actualités du réseau</description>", ""),
    ("feed-missing", "json", '"content_html"', '"_content"'),
    ("feed-missing", "opml", "body>", "corps>"),
    ("feed-missing-advised", "rss", 'guid isPermaLink="false">tag:example.org,2026-10-01:article-2</guid', "ttl>1</ttl"),
    ("feed-missing-advised", "json", '"date_published": "2026-09-03T09:00:00+02:00",\n      "date_modified"', '"_date"'),
    ("feed-twice", "atom", "<subtitle>", "<subtitle>Un</subtitle><subtitle>"),
    ("feed-twice", "rss", "<pubDate>", "<pubDate>Tue, 01 Sep 2026 00:00:00 GMT</pubDate><pubDate>"),
    ("feed-element-unknown", "rss", "<generator>", "<thumbnail>x</thumbnail><generator>"),
    ("feed-element-unknown", "atom", "<generator>", "<description>x</description><generator>"),
    ("feed-attribute", "atom", 'href="https://www.example.org/" rel="alternate"', 'rel="alternate"'),
    ("feed-attribute", "rss", ' length="654321"', ""),
    ("feed-attribute", "atom", ' type="audio/mpeg"', ""),
    ("feed-attribute", "opml", ' version="2.0"', ""),
    ("feed-value", "atom", '<content type="html">', '<content type="CDATA">'),
    ("feed-value", "rss", 'isPermaLink="false"', 'isPermaLink="non"'),
    ("feed-value", "rss", 'medium="image"', 'medium="photo"'),
    ("feed-value", "rss", "<itunes:explicit>false", "<itunes:explicit>peut-être"),
    ("feed-value", "rss", "<itunes:duration>95", "<itunes:duration>1 min"),
    ("feed-value", "json", "version/1.1", "version/2"),
    ("feed-empty", "rss", "<title>Dépistage : p &lt; 0,05 &amp; après</title>", "<title> </title>"),
    ("feed-empty", "atom", "<title>Dépistage : p &lt; 0,05 &amp; après</title>", "<title/>"),
    ("feed-empty", "json", '"id": "tag:example.org,2026-10-01:article-1"', '"id": ""'),
    ("feed-semantics-twice", "rss", "<pubDate>", "<dc:date>2026-09-02</dc:date><pubDate>"),
    ("feed-semantics-twice", "rss", "<dc:creator>Ana", "<author>a@b.example</author><dc:creator>Ana"),
    ("feed-id", "atom", "tag:example.org,2026:feed", "mon flux"),
    ("feed-id", "atom", "tag:example.org,2026-10-01:article-1", "tag:example.org:dépistage"),
    ("feed-id", "rss", "tag:example.org,2026-10-01:article-1", "urn:uuid:123"),
    ("feed-id-twice", "atom", ":article-1</id>", ":article-2</id>"),
    ("feed-id-twice", "rss", ":article-1</guid>", ":article-2</guid>"),
    ("feed-id-twice", "json", ':article-1"', ':article-2"'),
    ("feed-id-weak", "rss", "tag:example.org,2026-10-01:article-1", "12"),
    ("feed-guid-permalink", "rss", ' isPermaLink="false"', ""),
    ("feed-url", "atom", "static/logo.png", "static/lo go.png"),
    ("feed-url", "json", "items/photo.jpg", "items/photo{1}.jpg"),
    ("feed-url-accents", "rss", "d%C3%A9pistage-1.html", "dépistage-1.html"),
    ("feed-url-accents", "json", "d%C3%A9pistage-1.html", "dépistage-1.html"),
    ("feed-url-relative", "atom", 'href="https://institut.example/infos" rel', 'href="/infos" rel'),
    ("feed-url-relative", "rss", "<link>https://www.example.org/items", "<link>/items"),
    ("feed-url-relative", "json", '"home_page_url": "https://www.example.org/"', '"home_page_url": "/"'),
    ("feed-url-scheme", "rss", 'url="https://www.example.org/items/entretien', 'url="ftp://a.example/e'),
    ("feed-url-scheme", "opml", 'xmlUrl="https:', 'xmlUrl="feed:'),
    ("feed-url-preview", "rss", "<link>https://www.example.org/items", "<link>http://localhost:4000/items"),
    ("feed-url-preview", "json", '"home_page_url": "https://www.example.org/"', '"home_page_url": "http://127.0.0.1:1313/"'),
    ("feed-before", "rss", "<?xml ", "\n<?xml "),
    ("feed-before", "atom", "<?xml ", "<b>Warning</b>: x\n<?xml "),
    ("feed-element-unknown", "rss", "</channel>", "</channel><item><title>x</title></item>"),
    ("feed-self-missing", "atom", 'rel="self"', 'rel="related"'),
    ("feed-self-missing", "json", '"feed_url"', '"_feed_url"'),
    ("feed-alternate-twice", "atom", 'rel="via" title="Institut"', 'rel="alternate" type="text/html"'),
    ("feed-relation", "atom", 'rel="related"', 'rel="voir-aussi"'),
    ("feed-http", "atom", '<link href="https://www.example.org/" rel', '<link href="http://www.example.org/" rel'),
    ("feed-date", "atom", "<updated>2026-10-13T09:00:00+02:00</updated>", "<updated>hier</updated>"),
    ("feed-date", "atom", "<published>2026-09-02T09:00:00+02:00", "<published>2026-09-02"),
    ("feed-date", "rss", "Wed, 02 Sep 2026 09:00:00 +0200", "2026-09-02T09:00:00+02:00"),
    ("feed-date", "rss", "Wed, 02 Sep 2026 09:00:00 +0200", "Wed, 32 Sep 2026 09:00:00 +0200"),
    ("feed-date", "json", '"date_published": "2026-09-02T09:00:00+02:00"', '"date_published": "2.9."'),
    ("feed-date-weekday", "rss", "Wed, 02 Sep 2026", "Mon, 02 Sep 2026"),
    ("feed-date-future", "rss", "Wed, 02 Sep 2026", "Thu, 02 Sep 2027"),
    ("feed-date-future", "json", "2026-09-02T09", "2027-09-02T09"),
    ("feed-date-old", "atom", "<published>2026-09-02", "<published>1970-01-01"),
    ("feed-updated-earlier", "atom", "<updated>2026-10-13", "<updated>2026-10-11"),
    ("feed-email", "atom", "<email>ana@example.org</email>", "<email>ana</email>"),
    ("feed-author-email", "rss", "<managingEditor>contact@example.org (", "<managingEditor>("),
    ("feed-language", "rss", "<language>fr</language>", "<language>français</language>"),
    ("feed-language", "atom", 'xml:lang="en"', 'xml:lang="xx"'),
    ("feed-title-html", "atom", "<title>Dépistage", "<title>&lt;b&gt;Dé&lt;/b&gt;"),
    ("feed-title-html", "rss", "<title>Dépistage", "<title>L&amp;rsquo;été"),
    ("feed-title-html", "json", '"title": "Dépistage', '"title": "<em>Dé</em>'),
    ("feed-content-first", "rss", "<description>Un", "<content:encoded>x</content:encoded><description>Un"),
    ("feed-content-unsafe", "atom", "&lt;p&gt;Fin", "&lt;script&gt;1&lt;/script&gt;&lt;p&gt;Fin"),
    ("feed-content-unsafe", "rss", "&lt;p&gt;Fin", "&lt;p onclick=\"x()\"&gt;Fin"),
    ("feed-content-unsafe", "json", "<p>Fin", "<p><a href='javascript:x()'>Fin</a>"),
    ("feed-content-style", "rss", "&lt;p&gt;Fin", "&lt;p style='color:red;position:fixed'&gt;Fin"),
    ("feed-content-relative", "atom", "https://www.example.org/a.html", "../a.html"),
    ("feed-content-relative", "rss", "https://www.example.org/a.html", "#note"),
    ("feed-content-relative", "json", "<p>Fin", "<img srcset='https://a.example/1 1x, 2.png 2x'>"),
    ("feed-enclosures", "rss", "<enclosure ", '<enclosure url="https://a.example/" length="0" type="a/b"/><enclosure '),
    ("feed-number", "atom", 'length="12345"', 'length="None"'),
    ("feed-number", "rss", 'medium="image" width="640"', 'medium="image" width="640px"'),
    ("feed-number", "json", '"size_in_bytes": 12345', '"size_in_bytes": -1'),
    ("feed-media-type", "rss", 'type="audio/mpeg"', 'type="mp3"'),
    ("feed-media-type", "json", '"audio/mpeg"', '"audio"'),
    ("feed-media-group", "rss", "<itunes:duration>", MEDIA.decode() + "<itunes:duration>"),
    ("feed-image", "rss", "<title>Réseau Exemple</title>\n      <link>", "<title>Logo</title>\n      <link>"),
    ("feed-podcast", "rss", "<itunes:author>Réseau Exemple</itunes:author>", ""),
    ("feed-archive-kinds", "archive", "<fh:archive/>", "<fh:archive/><fh:complete/>"),
    ("feed-archive-current", "archive", 'rel="current"', 'rel="related"'),
    ("feed-archive-loop", "archive", "archive/1/atom.xml", "archive/2/atom.xml"),
    ("feed-archive-loop", "json", '"next_url": "https://www.example.org/archive/1/', '"next_url": "https://www.example.org/'),
    ("feed-json-type", "json", '"size_in_bytes": 12345', '"size_in_bytes": "12345"'),
    ("feed-json-type", "json", '"id": "tag:example.org,2026-10-01:article-1"', '"id": 1'),
    ("feed-json-unknown", "json", '"favicon"', '"fav_icon"'),
    ("feed-json-old", "json", '"authors": [\n    {\n      "name": "Réseau', '"author": {}, "_a": [\n    {\n      "name": "Réseau'),
    ("feed-opml-outline", "opml", ' text="Réseau Exemple"', ""),
    ("feed-opml-outline", "opml", "xmlUrl=", "url="),
    ("feed-structure", "atom", "<generator>", "<generator><b xmlns='urn:x:y'/>"),
]  # fmt: skip


def broken(good: str, old: str, new: str) -> bytes:
    text = GOOD[good].decode()
    assert old in text, old
    return text.replace(old, new, -1 if old == "body>" else 1).encode()


def codes(data: bytes, **options: object) -> list[str]:
    return [each.code for each in lint_feed("feed", data, now=NOW, **options)]


@pytest.mark.parametrize("good", GOOD)
def test_what_we_write_is_clean(good: str) -> None:
    assert lint_feed("feed", GOOD[good], now=NOW) == ()


@pytest.mark.parametrize(
    "of",
    [
        feed(),
        feed(entry()),
        feed(entry(3), entry(2), entry(1)),
        rich_feed(4),
        rich_feed(2, content="summary"),
        archive_page(),
        feed(entry(1, title="Un < deux & « \"trois\" » 'quatre' ]]>"), title="R&D"),
        feed(entry(1, language="ar"), entry(2, language="pt-BR"), language="zh-Hant"),
    ],
)
def test_every_feed_we_write_is_clean_where_it_is_served(of: Feed) -> None:
    """The linter reads our own output back before anyone else does."""
    assert (
        lint_feeds(
            [
                (output.path, output.data or b"", SITE + output.path)
                for output in (*render(of), opml.render([of], "Flux"))
            ],
            now=NOW,
        )
        == ()
    )


@pytest.mark.parametrize(("code", "good", "old", "new"), BROKEN)
def test_a_fault_draws_its_rule(code: str, good: str, old: str, new: str) -> None:
    assert code in codes(broken(good, old, new))


@pytest.mark.parametrize("cases", CASES, ids=lambda path: path.stem)
def test_each_fault_is_said_on_its_line_in_words_that_mend_it(cases: Path) -> None:
    """Whole documents, right or wrong in everything, with all that is said of them: no more."""
    for case in cases.read_text("utf-8").removeprefix("=== ").split("\n=== "):
        document, _, said = case.partition("\n")[2].rpartition("--- said")
        found = [
            f"{each.line}:{each.column} {each.code}: {' → '.join(each.words('en'))}"
            for each in lint_feed("feed", document.encode(), now=NOW)
        ]
        assert found == said.splitlines()[1:], case.partition("\n")[0]


@pytest.mark.parametrize(
    "feed",
    [
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"content_html": "<?xml ?>"}]}',
        '<rss version="2.0"><channel><description><![CDATA[<?xml ?>]]></description></channel></rss>',
        '<!-- a --><a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title><![CDATA[<?xml ?>]]></a:title></a:feed>',
    ],
)
def test_an_entry_may_show_xml(feed: str) -> None:
    """What it shows is no declaration before which something stands."""
    found = lint_feed("feed", feed.encode())
    assert found
    assert "feed-before" not in {problem.code for problem in found}


def test_every_rule_is_drawn_by_something() -> None:
    """No rule is only words: another test draws those that no small change can."""
    elsewhere = {
        "feed-unknown",
        "feed-encoding",
        "feed-size",
        "feed-self-elsewhere",
        "feed-updated-same",
        "feed-content-missing",
        "feed-archive-walk",
    }
    drawn = {code for code, *_ in BROKEN}
    assert drawn | elsewhere == {rule.code for rule in (*feeds.RULES, *feed_entries.RULES)}
    assert not drawn & elsewhere


def test_words_are_filled_in_both_languages() -> None:
    for _, good, old, new in BROKEN:
        for problem in lint_feed("feed", broken(good, old, new)):
            for language in ("en", "fr"):
                message, hint = problem.words(language)
                assert message
                assert hint


@pytest.mark.parametrize(
    "title", ["Why <br> is bad", "What does &nbsp; do?", "The <template> element", "a < b & c"]
)
def test_a_title_may_speak_of_markup(title: str) -> None:
    """A tag or an entity among the words is one of them: nobody has anything to mend."""
    told = broken("json", '"title": "Dépistage', f'"title": "{title} Dépistage')
    assert "feed-title-html" not in codes(told)


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (GOOD["atom"], "atom"),
        (GOOD["rss"], "rss"),
        (GOOD["json"], "json"),
        (GOOD["opml"], "opml"),
        (b"\xef\xbb\xbf <!-- a --><?x y?>\n<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", "rss"),
        (b'<a:entry xmlns:a="http://www.w3.org/2005/Atom"/>', "atom"),
        (b"<rdf:RDF/>", "rss"),
        ('<?xml version="1.0" encoding="utf-16"?><feed/>'.encode("utf-16"), "atom"),
        (b'{"items": [], "feed_url": 3}', "json"),
        (b"<html><rss/></html>", None),
        (b'{"version": "1.0", "name": "package"}', None),
        (b"", None),
        (b"# Article", None),
    ],
)
def test_detection(data: bytes, form: str | None) -> None:
    """``newsfeed check FOLDER`` asks this of every XML and JSON file it meets."""
    assert detect(data) == form


def test_what_is_no_feed() -> None:
    assert codes(b"# Article") == ["feed-unknown"]
    assert codes(b"") == ["feed-unknown"]
    assert codes(b"<html/>") == ["feed-unknown"]
    assert codes(b'{"name": 1}') == ["feed-unknown"]
    assert codes(b'<feed xmlns="http://purl.org/atom/ns#"/>') == ["feed-version-old"]
    assert codes(b"<rss version='2.0'/>") == ["feed-missing"]
    rdf = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert codes(rdf) == ["feed-version-old"]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_bytes_of_another_encoding(form: str) -> None:
    assert codes(GOOD[form].decode().encode("latin-1", "replace")) == ["feed-encoding"]


CLAIM = '<?xml version="1.0" encoding="{}"?><rss version="0.92"{}</rss>'
RARE = "1 feed-encoding-rare: the feed is in {}".format
OLD = ["1 feed-missing: “rss” has no “channel”", "1 feed-version-old: this is RSS 0.92"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (CLAIM.format("us-ascii", ">").encode(), OLD),
        (CLAIM.format("Utf-8", ">é").encode("utf-8-sig"), OLD),
        (CLAIM.format("iso-8859-15", ">é").encode("latin-1"), [RARE("iso-8859-15"), *OLD]),
        (CLAIM.format("utf-16", ">é").encode("utf-16"), [RARE("UTF-16"), *OLD]),
        (CLAIM.format("utf-8", ">é").encode("latin-1"),
         ["1 feed-encoding: the text is not in the encoding utf-8 that it claims"]),
        (CLAIM.format("us-ascii", ">é").encode(),
         ["1 feed-encoding: the text is not in the encoding us-ascii that it claims"]),
        (CLAIM.format("utf-9", ">").encode(),
         [RARE("utf-9"), "1 feed-encoding: the text is not in the encoding utf-9 that it claims"]),
        (b"<rss>\xe9</rss>", ["1 feed-encoding: the text is not in the encoding UTF-8 that it claims"]),
        (b"<rss><dc:x/></rss>", ["1 feed-namespace: the prefix “dc” is not declared"]),
        (b"<rss><a></rss>", ["1 feed-xml: this is not well-formed XML: Opening and ending tag mismatch: a line 1 and rss"]),
        (b"<rss/>x", ["1 feed-xml: this is not well-formed XML: Extra content at the end of the document"]),
        (b'{"items": "feed_url"\n\xe9}', ["2 feed-encoding: the text is not in the encoding UTF-8 that it claims"]),
    ],
)  # fmt: skip
def test_bytes_are_what_they_claim(data: bytes, said: list[str]) -> None:
    found = lint_feed("feed", data)
    assert [f"{each.line} {each.code}: {each.words('en')[0]}" for each in found] == said


def test_lines_are_those_of_the_fault() -> None:
    """A message stands beside the line that it is about."""
    found = {}
    for code, good, old, new in (
        ("feed-date", "atom", "<published>2026-09-02T09:00:00+02:00", "<published>2026"),
        ("feed-xml", "rss", "<pubDate>", "<pubdate>"),
        ("feed-json", "json", '"language": "fr"', '"language": fr'),
        ("feed-empty", "json", '"id": "tag:example.org,2026-10-01:article-1"', '"id": ""'),
    ):
        data = broken(good, old, new)
        problem = next(each for each in lint_feed("feed", data) if each.code == code)
        written = data.decode().splitlines()
        found[code] = (problem.line, problem.column, written[problem.line - 1].strip())
    assert found["feed-date"][1:] == (1, "<published>2026</published>")
    assert found["feed-xml"][2].startswith("<pubdate>")
    assert found["feed-json"] == (7, 15, '"language": fr,')
    assert found["feed-empty"][2] == "{"


def test_where_it_is_served() -> None:
    assert codes(GOOD["atom"], address=f"{SITE}atom.xml") == []
    for form in ("atom", "rss", "json"):
        assert codes(GOOD[form], address=f"{SITE}autre/feed") == ["feed-self-elsewhere"]


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("Wed, 02 Sep 26 09:00:00 GMT", None),
        ("2 Sep 2026 09:00 Z", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", "feed-date"),
        ("mer., 02 sept. 2026 09:00:00 +0200", "feed-date"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "feed-date-old"),
    ],
)
def test_dates_of_other_programs(date: str, code: str | None) -> None:
    """Two digits for a year are RSS; Hugo's zero date and a date in French are not."""
    data = broken("plain-rss", "<pubDate>Thu, 01 Oct 2026 11:00:00 +0200", f"<pubDate>{date}")
    assert codes(data) == ([code] if code else [])


WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>Le blog</title>
<atom:link href="https://blog.example/feed/" rel="self" type="application/rss+xml" />
<link>https://blog.example/</link><description>Un blog &#8211; un vrai</description>
<lastBuildDate>Thu, 01 Oct 2026 09:00:00 +0000</lastBuildDate><language>fr-FR</language>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>
<generator>https://wordpress.org/?v=6.9</generator>
<image><url>https://blog.example/icon-32x32.png</url><title>Le blog</title><link>https://blog.example/</link>
<width>32</width><height>32</height></image>
<item><title>L&#8217;été</title><link>https://blog.example/ete/</link>
<comments>https://blog.example/ete/#respond</comments><dc:creator><![CDATA[ana]]></dc:creator>
<pubDate>Thu, 01 Oct 2026 09:00:00 +0000</pubDate><category><![CDATA[Vie & ville]]></category>
<guid isPermaLink="false">https://blog.example/?p=12</guid>
<description><![CDATA[<p>Un &#8230; <a href="https://blog.example/ete/">suite</a></p>]]></description>
<content:encoded><![CDATA[<p style="text-align:center"><img src="https://blog.example/a.jpg" alt=""></p>]]></content:encoded>
<wfw:commentRss>https://blog.example/ete/feed/</wfw:commentRss><slash:comments>0</slash:comments>
</item></channel></rss>"""
JEKYLL = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" >
<generator uri="https://jekyllrb.com/" version="4.4.1">Jekyll</generator>
<link href="https://site.example/feed.xml" rel="self" type="application/atom+xml" />
<link href="https://site.example/" rel="alternate" type="text/html" />
<updated>2026-10-01T09:00:00+00:00</updated><id>https://site.example/feed.xml</id>
<title type="html">Le site</title><subtitle>Un site</subtitle><author><name>Ana</name></author>
<entry><title type="html">L&amp;#8217;été</title>
<link href="https://site.example/ete.html" rel="alternate" type="text/html" title="L&amp;#8217;été" />
<published>2026-10-01T09:00:00+00:00</published><updated>2026-10-01T09:00:00+00:00</updated>
<id>https://site.example/ete</id>
<content type="html" xml:base="https://site.example/ete.html"><![CDATA[<p><a href="/b">b</a></p>]]></content>
<author><name>Ana</name></author><category term="vie" /><summary type="html"><![CDATA[Un]]></summary>
<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="https://site.example/a.jpg" />
<media:content medium="image" url="https://site.example/a.jpg" xmlns:media="http://search.yahoo.com/mrss/" />
</entry></feed>"""


@pytest.mark.parametrize("text", [WORDPRESS, JEKYLL])
def test_good_feeds_of_other_programs_are_clean(text: str) -> None:
    """A rule that cries at what every reader reads is not listened to."""
    assert codes(text.encode()) == []


def test_size() -> None:
    heavy = feed(*(entry(n, content="<p>" + "x" * 60_000 + "</p>") for n in range(10)))
    assert codes(document(heavy, "atom")) == ["feed-size"]

    light = GOOD["json"].ljust(500_000)
    assert codes(light) == []
    assert [each.words("en")[0] for each in lint_feed("feed", light + b" ", now=NOW)] == [
        "the feed weighs 500 KB, more than 500 KB"
    ]


def test_brackets_without_end() -> None:
    (problem,) = lint_feed("feed", b'{"items": [], "feed_url": ' + b"[" * 5000)
    assert problem.words("en")[0] == "this is not valid JSON: too many brackets"


def test_one_instant_for_all_is_a_build_s() -> None:
    """One program in two stamps every entry with the time of the build (DuplicateUpdated)."""
    when = datetime(2026, 10, 20, 12, 0, 1, tzinfo=UTC)
    same = feed(*(entry(number, updated=when) for number in range(3)))
    for form in ("atom", "rss", "json"):
        assert codes(document(same, form)) == ["feed-updated-same"]
    assert RULES["feed-updated-same"].severity == "info"


def test_an_item_without_words() -> None:
    empty = feed(entry(content="", summary=""))
    assert codes(document(empty, "atom")) == ["feed-content-missing"]
    assert codes(document(empty, "rss")) == ["feed-content-missing"]


def test_xml_base_makes_addresses_whole() -> None:
    based = broken("atom", "https://www.example.org/a.html", "../a.html").replace(
        b"<feed ", b'<feed xml:base="https://www.example.org/x/" '
    )
    assert codes(based) == []


def pages(changed: int = 0, **changes: object) -> list[tuple[str, bytes, str]]:
    first = feed(
        entry(1), folder="archive/1/", page=1, current=addresses(""), next=addresses("archive/2/")
    )
    second = feed(
        entry(2),
        folder="archive/2/",
        page=2,
        current=addresses(""),
        previous=addresses("archive/1/"),
        next=addresses("archive/3/"),
    )
    waiting = feed(
        entry(3),
        folder="archive/3/",
        page=3,
        current=addresses(""),
        previous=addresses("archive/2/"),
    )
    now = feed(entry(4), previous=addresses("archive/3/"))
    feeds = [first, second, waiting, now]
    feeds[changed] = replace(feeds[changed], **changes)
    return [
        (output.path, output.data or b"", SITE + output.path)
        for of in feeds
        for output in render(of)
    ]


def test_pages_of_an_archive_lead_to_each_other() -> None:
    assert lint_feeds(pages()) == ()
    for changed, link, unanswered in ((0, "next", 2), (1, "previous", 1)):
        documents = pages(changed, **{link: {}})
        lines = {path: data.decode().splitlines() for path, data, _ in documents}
        found = lint_feeds(documents, now=NOW)
        assert [(each.path, each.words("en")[0]) for each in found] == [
            (
                f"archive/{unanswered}/{form}.xml",
                f"“{SITE}archive/{changed + 1}/{form}.xml” leads to a page that does not lead back",
            )
            for form in ("atom", "rss")
        ]
        assert all("-archive" in lines[each.path][each.line - 1] for each in found)


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"{{{text}".encode()))
@settings(max_examples=200)
def test_any_bytes_are_read(data: bytes) -> None:
    lint_feed("feed", data, now=NOW)


@given(data=st.data())
@settings(max_examples=150)
def test_any_damage_is_read(data: st.DataObject) -> None:
    """Whatever is cut out of a feed or put into it, the answer is diagnostics."""
    good = GOOD[data.draw(st.sampled_from(sorted(GOOD)))]
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 300)))
    middle = data.draw(st.sampled_from([b"", b"<", b'"', b"null", b"[]", b"&amp;", b"\xff", b"{}"]))
    for problem in lint_feed("feed", good[:start] + middle + good[end:], now=NOW):
        assert problem.words("fr")[0]


@pytest.mark.parametrize(
    "value",
    ["null", "[]", "{}", "1", "true", '"x"', "[null]", "[[]]", '[{"url": 1}]', "-1.5e3", '""'],
)
def test_any_value_of_any_key_is_read(value: str) -> None:
    for key in (
        "version", "title", "items", "authors", "author", "hubs", "language", "feed_url", "next_url",
        "expired", "home_page_url",
    ):  # fmt: skip
        lint_feed(
            "feed", f'{{"version": "https://jsonfeed.org/version/1.1", "{key}": {value}}}'.encode()
        )
    for key in (
        "id", "url", "content_html", "tags", "attachments", "authors", "date_published", "title",
        "language", "image",
    ):  # fmt: skip
        item = f'{{"id": "1", "{key}": {value}}}'
        lint_feed(
            "feed", f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{item}]}}'.encode()
        )


def test_entities_are_not_expanded() -> None:
    """A billion laughs, or a file of the machine, stay where they are."""
    bomb = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "/etc/passwd">]>'
    data = broken("rss", "<rss ", bomb.decode() + "<rss ").replace(b"Texte", b"&b;&c;Texte")
    assert codes(data) == ["feed-doctype"]


WILD = st.text(st.characters(codec=None, exclude_categories=()), max_size=25)
ADDRESS = WILD.map(lambda text: "https://www.example.org/" + text)
PERSON = st.builds(Person, name=WILD, email=st.none() | WILD, url=st.none() | ADDRESS)
LINK = st.builds(Link, text=WILD, url=ADDRESS)
ENCLOSURE = st.builds(
    Enclosure,
    url=ADDRESS,
    type=st.none() | WILD,
    length=st.none() | st.integers(0, 10**12),
    title=st.none() | WILD,
    duration=st.none() | st.integers(0, 10**6),
)
IMAGE = st.builds(Image, src=ADDRESS, alt=WILD, width=st.none() | st.integers(0, 9999), credit=WILD)


@given(data=st.data())
@settings(max_examples=80, phases=[Phase.generate])
def test_whatever_an_article_says_its_feeds_have_no_error(data: st.DataObject) -> None:
    """A validator has the last word on thousands of articles that nobody here has seen."""
    entries = [
        entry(
            number,
            title=data.draw(WILD),
            summary=data.draw(WILD),
            content="<p>" + data.draw(WILD).replace("<", "&lt;"),
            url=data.draw(ADDRESS),
            language=data.draw(st.sampled_from(["fr", "en", "ar", "no_NO", "français", ""])),
            published=data.draw(
                st.datetimes(datetime(1990, 1, 1), datetime(2026, 1, 1), timezones=st.timezones())
            ),
            categories=tuple(data.draw(st.lists(WILD, max_size=2))),
            tags=tuple(data.draw(st.lists(WILD, max_size=2))),
            authors=tuple(data.draw(st.lists(PERSON, max_size=2))),
            enclosures=tuple(data.draw(st.lists(ENCLOSURE, max_size=3))),
            links=tuple(data.draw(st.lists(LINK, max_size=2))),
            source=data.draw(st.none() | LINK),
            image=data.draw(st.none() | IMAGE),
        )
        for number in range(data.draw(st.integers(0, 2)))
    ]
    of = feed(
        *entries,
        title=data.draw(WILD),
        subtitle=data.draw(st.none() | WILD),
        author=data.draw(st.none() | PERSON),
        rights=data.draw(st.none() | WILD),
        logo=data.draw(st.none() | ADDRESS),
        categories={each: data.draw(ADDRESS) for one in entries for each in one.item.categories},
    )
    for output in (*render(of), opml.render([of], data.draw(WILD))):
        problems = lint_feed(output.path, output.data or b"")
        errors = [each for each in problems if each.severity == "error"]
        assert not errors, (errors, output.data)


DATE = r"((Mon|Sun), )?[0-9][0-9]? (Jan|Feb|Dec) ([0-9]{2}|[12][0-9]{3}) [012][0-9]:[0-6][0-9](:[0-6][0-9])? ([+-][0-9]{4}|GMT|EST|Z)"


@given(st.from_regex(DATE, fullmatch=True))
@settings(max_examples=300)
def test_dates_of_rss_are_read_as_mail_reads_them(value: str) -> None:
    """Without `email.utils` where an offset is written: it takes too long to load."""

    def read(how: Callable[[str], datetime]) -> datetime | None:
        try:
            when = how(value)
        except (ValueError, TypeError):
            return None
        return when if when.tzinfo is not None else when.replace(tzinfo=UTC)

    assert read(findings._instant) == read(parsedate_to_datetime)
