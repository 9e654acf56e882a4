"""A feed says the same in every format, and the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from feedgen.feed import FeedGenerator
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from example_feeds import PARIS, archive_page, document, entry, feed, rich_entry, rich_feed
from newsfeed.feeds import FORMATS, render
from newsfeed.model import Enclosure, Feed

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


def said(of: Feed, form: str) -> list[tuple[Any, ...]]:
    """Return (id, url, title, published, modified, first enclosure, labels) of each entry."""
    if form == "json":
        return [
            (
                each["id"],
                each["url"],
                each["title"],
                datetime.fromisoformat(each["date_published"]),
                datetime.fromisoformat(each["date_modified"]),
                next((a["url"] for a in each.get("attachments", ())), None),
                each.get("tags", []),
            )
            for each in json.loads(document(of, form))["items"]
        ]
    read = feedparser.parse(document(of, form))
    assert not read.bozo, read.get("bozo_exception")
    parse = datetime.fromisoformat if form == "atom" else parsedate_to_datetime
    return [
        (
            each.id,
            each.link,
            each.title,
            parse(each.published),
            _updated(each) or parse(each.published),
            next((e.href for e in each.enclosures), None),
            [tag.term for tag in each.get("tags", ())],
        )
        for each in read.entries
    ]


def _updated(each: Any) -> datetime | None:
    """Return what the entry itself says: feedparser would give the other date for it."""
    text = dict.get(each, "updated")
    return datetime.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    "of",
    [
        feed(),
        feed(entry()),
        feed(entry(2), entry(1)),
        rich_feed(),
        rich_feed(content="summary"),
        archive_page(),
    ],
)
def test_every_format_says_the_same(of: Feed) -> None:
    """A reader that changes from one format to another sees nothing twice."""
    atom, rss, json_ = (said(of, form) for form in FORMATS)
    assert atom == rss == json_
    assert [each[0] for each in atom] == [each.id for each in of.entries]


@given(title=ANY_TEXT, content=ANY_TEXT, summary=ANY_TEXT, label=ANY_TEXT)
@settings(max_examples=60)
def test_arbitrary_text_never_raises(title: str, content: str, summary: str, label: str) -> None:
    of = feed(
        entry(title=title, content=content, summary=summary, categories=(label,)), title=title
    )
    for output in render(of):
        assert output.data is not None
        if output.path.endswith(".json"):
            read = json.loads(output.data)["items"][0]["title"]
        else:
            read = etree.fromstring(output.data).xpath(
                "//*[local-name()='entry' or local-name()='item']/*[local-name()='title']/text()"
            )[0]
        assert read.strip()


def test_documents_lie_in_the_feed_s_folder() -> None:
    """Only the formats that have an address are written."""
    of = archive_page()
    assert [output.path for output in render(of)] == [
        "archive/2/atom.xml",
        "archive/2/rss.xml",
        "archive/2/feed.json",
    ]
    alone = replace(of, addresses={"rss": of.addresses["rss"]})
    assert [output.path for output in render(alone)] == ["archive/2/rss.xml"]


def test_same_bytes_in_any_hash_seed_locale_and_zone(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from example_feeds import *\nfrom newsfeed.feeds import render\n"
        "for of in (rich_feed(), archive_page(), feed()):\n"
        "    for output in render(of): sys.stdout.buffer.write(output.data)\n"
    )
    seen = set()
    for seed, zone, language in (("1", "UTC", "C.UTF-8"), ("2", "Asia/Tokyo", "POSIX")):
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": language,
            # Or Python would put UTF-8 in the place of what POSIX has (PEP 538, PEP 540).
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        }
        seen.add(
            subprocess.run(
                [sys.executable, "-c", program, str(Path(__file__).parent)],
                env=environment,
                cwd=tmp_path,
                capture_output=True,
                check=True,
            ).stdout
        )
    assert len(seen) == 1
    assert len(seen.pop()) > 5000


def test_threads_do_not_disturb_each_other() -> None:
    feeds = [rich_feed(title=f"Flux {number}") for number in range(16)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, feeds)) == [render(of) for of in feeds]


def test_a_document_is_a_line_an_element_and_ends_its_last_line() -> None:
    """What changed can be read in a diff."""
    for output in render(rich_feed()):
        assert output.data is not None
        assert output.data.endswith(b"\n")
        assert max(map(len, output.data.splitlines())) < 700


def test_audio_comes_first() -> None:
    """A podcast player takes an RSS item's one enclosure, so that is the sound if there is one."""
    assert said(feed(rich_entry()), "rss")[0][5].endswith("entretien.mp3")
    assert said(feed(rich_entry()), "atom")[0][5].endswith("entretien.mp3")


def test_an_attachment_is_said_once() -> None:
    twice = Enclosure(url="https://www.example.org/a.pdf", length=1)
    data = document(feed(entry(enclosures=(twice, twice))), "atom")
    assert data.count(b'rel="enclosure"') == 1


def test_equal_labels_are_said_once() -> None:
    of = feed(entry(categories=("Sein", "Sein"), tags=("Sein", " ", "côlon")))
    assert said(of, "json")[0][6] == ["Sein", "côlon"]


def test_old_dates_have_an_offset_that_can_be_written() -> None:
    """Paris kept an offset of 9 minutes and 21 seconds until 1911."""
    old = entry(published=datetime(1900, 1, 1, tzinfo=PARIS))
    atom, rss, json_ = (said(feed(old), form) for form in FORMATS)
    assert atom == rss == json_


def test_writing_costs_about_what_feedgen_costs() -> None:
    """Atom and RSS of an entry of 3 KB: about 0.1 ms. CPU time, compared: machines are busy."""
    text = "<p>" + "Le dépistage organisé du cancer du sein. " * 75 + "</p>"
    of = feed(*(entry(number, content=text, tags=("sein",)) for number in range(200)))
    of = replace(of, addresses={form: of.addresses[form] for form in ("atom", "rss")})
    ours, naive = [], []
    for _ in range(5):
        start = time.process_time()
        render(of)
        middle = time.process_time()
        _naive(of)
        ours.append(middle - start)
        naive.append(time.process_time() - middle)
    assert min(ours) < 2.5 * min(naive)


def _naive(of: Feed) -> None:
    generator = FeedGenerator()
    generator.id(of.id)
    generator.title(of.title)
    generator.description("x")
    generator.link(href=of.url)
    for each in of.entries:
        item = generator.add_entry(order="append")
        item.id(each.id)
        item.title(each.title)
        item.link(href=each.url)
        item.content(each.content, type="html")
        item.summary(each.summary)
        item.category(term="sein")
        item.published(each.item.published)
        item.updated(each.item.modified)
    generator.atom_str(pretty=True)
    generator.rss_str(pretty=True)
