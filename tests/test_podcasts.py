"""Podcasts: what hosts and themes write of an episode, what a show says, what a directory refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.config import parse
from newsfeed.content.reading import read_article
from newsfeed.diagnostics import ConfigError
from newsfeed.feeds.lint import lint_feed
from newsfeed.feeds.podcast import clock
from newsfeed.model import Episode, Item, Link, Participant, Transcript
from newsfeed.text import podcasting
from whole_sites import article, built

MP3 = b"ID3" + b"\0" * 400
CONFIG = parse('[site]\ntitle = "T"\nurl = "https://www.example.org/"\n')
SHOW = """[podcast]
categories = ["documentary", "Science / Physics", "Technology"]
explicit = false
image = "https://img.example.org/cover.jpg"
owner = { name = "Ana", email = "ana@example.org" }
"""


def read(*lines: str) -> Item:
    found = read_article("items/a.md", article("Text.", *lines).encode(), CONFIG)
    assert found.item is not None, found.problems
    return found.item


# One episode as each tool writes it: the lines, and what is to be read.
EPISODES: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
    ("plain", ("enclosure: a.mp3", "season: 2", "episode: 7", "episodeType: trailer", "explicit: true"),
     {"season": 2, "number": 7, "kind": "trailer", "explicit": True}),
    ("colons", ("enclosure: a.mp3", "itunes:season: 2", "itunes:episode: 7", "itunes:episodeType: Bonus",
                'itunes:explicit: "no"', "itunes:title: Seven", 'itunes:block: "Yes"'),
     {"season": 2, "number": 7, "kind": "bonus", "explicit": False, "title": "Seven", "block": True}),
    ("underscores", ("podcast_file: a.mp3", "itunes_season: 2", "podcast_episode: S07", "itunes_explicit: clean"),
     {"season": 2, "number": 7, "explicit": False}),
    ("camels", ("audioUrl: https://a.example/a.mp3", "seasonNumber: 2", "episodeNumber: Ep. 7", "podcastType: full"),
     {"season": 2, "number": 7, "kind": "full"}),
    ("a map", ("podcast:", "  file: a.mp3", "  season: 2", "  episode_number: 7", "  explicit: explicit"),
     {"season": 2, "number": 7, "explicit": True}),
    ("a map of an episode", ("audio: a.mp3", "episode: {number: 7, season: 2, type: bonus, title: Seven}"),
     {"season": 2, "number": 7, "kind": "bonus", "title": "Seven"}),
    ("Hugo's params", ("params:", "  itunes: {season: 2, explicit: no}", "  podcast: {file: a.mp3, episode: 7}"),
     {"season": 2, "number": 7, "explicit": False}),
    ("Zola's extra", ("extra: {enclosure: a.mp3, season: 2, itunes_episode: 7}",), {"season": 2, "number": 7}),
    ("Transistor", ("media_url: https://a.example/a.mp3", "number: 7", "season: 2", "type: full",
                    "transcript_url: https://a.example/t.srt"),
     {"season": 2, "number": 7, "kind": "full", "transcripts": (Transcript(url="https://a.example/t.srt"),)}),
    ("people", ("audio: a.mp3", "hosts: [Ana, Zoé]", "guests: Bo"),
     {"people": (Participant(name="Ana"), Participant(name="Zoé"), Participant(name="Bo", role="guest"))}),
    ("a person", ("audio: a.mp3", "podcast:person: {name: Ana, role: Editor, href: /ana/, img: ana.jpg}"),
     {"people": (Participant(name="Ana", role="editor", url="/ana/", image="ana.jpg"),)}),
    ("chapters of a file", ("audio: a.mp3", "chapters: a.json"), {"chapters": "a.json"}),
    ("chapters", ("audio: a.mp3", "chapters:", '  - "00:00:00.000 Start"', '  - {start: "1:00:02.5", title: End}'),
     {"marks": ((0.0, "Start"), (3602.5, "End"))}),
    ("a transcript", ("audio: a.mp3", "transcript: {url: t.vtt, type: text/vtt, language: fr}"),
     {"transcripts": (Transcript(url="t.vtt", type="text/vtt", language="fr"),)}),
    ("a place and a licence", ("audio: a.mp3", "location: {name: Nîmes, geo: 'geo:43.8,4.3'}", "license: cc-by-4.0"),
     {"location": "Nîmes", "geo": "geo:43.8,4.3", "license": Link(text="cc-by-4.0", url="")}),
    ("numbers with names", ("audio: a.mp3", "podcast:season: {number: 2, name: Two}", "podcast:episode: {number: 7}"),
     {"season": 2, "number": 7}),
    ("what means other things", ("audio: a.mp3", "type: post", "transcript: What was said. All of it.", "block: intro"), {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "said"), [each[1:] for each in EPISODES], ids=[e[0] for e in EPISODES]
)
def test_an_episode_is_read_as_its_tool_writes_it(
    lines: tuple[str, ...], said: dict[str, Any]
) -> None:
    item = read(*lines)
    assert len(item.enclosures) == 1
    assert (item.episode or Episode()) == Episode(**said)


# The recording: the lines, and its (address, bytes, type, seconds).
FILES: list[tuple[tuple[str, ...], tuple[str, int | None, str | None, int | None]]] = [
    (("enclosure: a.mp3", 'duration: "1:02:03"'), ("a.mp3", None, None, 3723)),
    (("enclosure: a.mp3", "itunes:duration: 62 min"), ("a.mp3", None, None, 3720)),
    (("enclosure: a.mp3", "duration: 00:42:12.600"), ("a.mp3", None, None, 2532)),
    (("enclosure: a.mp3", "duration: PT1H2M3S"), ("a.mp3", None, None, 3723)),
    (("podcast_file: a.mp3", "podcast_bytes: 12,345", "podcast_duration: 3723"), ("a.mp3", 12345, None, 3723)),
    (("enclosure: {file: a.mp3, duration: '62:03', length: 5}", "duration: 7"), ("a.mp3", 5, None, 3723)),
    (('enclosure: "https://a.example/a\\n12345\\naudio/mpeg\\nx"',), ("https://a.example/a", 12345, "audio/mpeg", None)),
    (("enclosure_url: https://a.example/a.m4a", "enclosure_length: 12", "enclosure_type: audio/x-m4a"),
     ("https://a.example/a.m4a", 12, "audio/x-m4a", None)),
    (("audio: {mp3: a.mp3}", "audio_file_size: 9"), ("a.mp3", 9, None, None)),
    (("audio: {mp3: a.mp3}", "filesize: {mp3: 5}"), ("a.mp3", 5, None, None)),
    (("audio: {file: a.mp3}", "audio_length: '1:00'"), ("a.mp3", None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "said"), FILES)
def test_a_recording_is_read(lines: tuple[str, ...], said: tuple[object, ...]) -> None:
    (one,) = read(*lines).enclosures
    assert (one.url, one.length, one.type, one.duration) == said


def test_articles_without_a_recording_say_nothing_of_one() -> None:
    """The same keys mean other things there, and none of them is wrong."""
    text = article(
        "Text.", "season: winter", "number: none", "type: post", "duration: long", "host: me"
    )
    found = read_article("items/a.md", text.encode(), CONFIG)
    assert found.item is not None
    assert found.item.episode is None
    assert found.problems == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("season: 0", "podcast-number"),
        ("episode: first", "podcast-number"),
        ("explicit: perhaps", "podcast-value"),
        ("episodeType: minor", "podcast-value"),
        ("chapters: [later]", "podcast-value"),
        ("podcast:value: {type: lightning}", "podcast-payments"),
    ],
)
def test_what_a_directory_cannot_read_is_said_and_left_out(line: str, code: str) -> None:
    found = read_article("items/a.md", article("T", "audio: a.mp3", line).encode(), CONFIG)
    assert [(each.code, each.line) for each in found.problems] == [(code, 5)]
    assert found.item is not None
    assert found.item.episode is None


def test_nothing_is_claimed_that_nobody_said(tmp_path: Path) -> None:
    """A recording in a post makes no podcast of a blog: no word on explicit content, one note."""
    made = built(tmp_path, {"items/a.md": article("T", "enclosure: a.mp3"), "items/a.mp3": MP3})
    assert made.rss("//itunes:explicit | //itunes:category") == []
    assert len(made.rss("/rss/channel/podcast:guid")) == 1
    assert made.codes() == ["podcast-undeclared"]


def test_a_show_and_its_episode(tmp_path: Path) -> None:
    """What the settings and an article say stands in RSS, in the words of both namespaces."""
    more = (
        'type = "serial"\nlocked = true\nmedium = "podcast"\ncomplete = true\nblock = true\n'
        'funding = { "Help us" = "https://pay.example.org/?a=1&b=2" }\nlocation = "Nîmes"\n'
        'geo = "geo:43.8,4.3"\nlicense = "cc-by-4.0"\nhosts = ["Zoé"]\n'
        'new_feed_url = "https://new.example.org/rss.xml"\n'
        'guid = "917393E3-1b1e-5cef-ace4-edaa54e1f810"\n'
    )
    files: dict[str, str | bytes] = {
        "items/a.md": article(
            "T", "enclosure: a.mp3", "episode: 1", "season: 3", "explicit: true", "transcript: a.vtt",
            "guests: [Bo]", "chapters: ['00:00 Start']",
        ),
        "items/a.mp3": MP3,
        "items/a.vtt": "WEBVTT\n",
    }  # fmt: skip
    made = built(tmp_path, files, SHOW + more)
    assert made.rss("//channel/itunes:category/@text") == [
        "Society & Culture",
        "Science",
        "Technology",
    ]
    assert made.rss("//itunes:category/itunes:category/@text") == ["Documentary", "Physics"]
    texts = {
        "itunes:explicit": "false", "itunes:type": "serial", "itunes:block": "Yes",
        "itunes:complete": "Yes", "itunes:new-feed-url": "https://new.example.org/rss.xml",
        "itunes:owner/itunes:email": "ana@example.org", "podcast:locked": "yes",
        "podcast:medium": "podcast", "podcast:funding": "Help us", "podcast:person": "Zoé",
        "podcast:location": "Nîmes", "podcast:license": "cc-by-4.0",
        "podcast:guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
    }  # fmt: skip
    for name, text in texts.items():
        assert made.rss(f"//channel/{name}/text()") == [text], name
    assert made.rss("//channel/itunes:image/@href") == ["https://img.example.org/cover.jpg"]
    for name, text in {"season": "3", "episode": "1", "explicit": "true"}.items():
        assert made.rss(f"//item/itunes:{name}/text()") == [text]
    assert made.rss("//item/podcast:transcript/@url") == ["https://www.example.org/media/a.vtt"]
    assert made.rss("//item/podcast:transcript/@type") == ["text/vtt"]
    assert "media/a.vtt" in made.outputs
    assert made.rss("//item/podcast:person[@role='guest']/text()") == ["Bo"]
    assert made.rss("//psc:chapter/@start") == ["00:00:00.000"]
    assert made.codes() == []


@pytest.mark.parametrize(
    ("lines", "settings", "codes"),
    [
        (("enclosure: https://a.example/a.mp3", "file_size: 1", "episode: 1"), "",
         ["podcast-missing"] * 4),
        (("enclosure: https://a.example/a.mp3",), SHOW, ["podcast-length"]),
        (("enclosure: {url: https://a.example/a.ogg, length: 3}",), SHOW, ["podcast-format"]),
        (("enclosure: {url: https://a.example/a.mp3, length: 3}",), SHOW + 'type = "serial"\n',
         ["podcast-unnumbered"]),
        (("enclosure: {url: https://a.example/a.mp3, length: 3}", "episodeType: bonus"),
         SHOW + 'type = "serial"\n', []),
        (("enclosure: {url: https://a.example/a.mp4, length: 3}",), SHOW, []),
    ],
)  # fmt: skip
def test_what_a_directory_would_refuse(
    tmp_path: Path, lines: tuple[str, ...], settings: str, codes: list[str]
) -> None:
    """It is said where it is mended: in newsfeed.toml, or in the article."""
    made = built(tmp_path, {"items/a.md": article("T", *lines)}, settings)
    assert made.codes() == codes
    assert {each.path for each in made.problems} <= {"newsfeed.toml", "items/a.md"}


def test_recordings_at_a_media_host(tmp_path: Path) -> None:
    """Castanet's themes name files that lie elsewhere, at one address for all."""
    settings = '[podcast]\nmedia = "https://cdn.example.net/show"\n'
    files: dict[str, str | bytes] = {
        "items/a.md": article("T", "podcast_file: one two.mp3", "podcast_bytes: 7"),
        "items/b.md": article("T", "podcast_file: here.mp3", title="B", date="2026-01-03"),
        "items/here.mp3": MP3,
    }
    made = built(tmp_path, files, settings)
    assert made.rss("//enclosure/@url") == [
        "https://www.example.org/media/here.mp3",
        "https://cdn.example.net/show/one%20two.mp3",
    ]
    assert "file-missing" not in made.codes()


@pytest.mark.parametrize(
    "wrong", ["Tech", "Games & Hobbies", "Science > Football", "science fiction films"]
)
def test_a_category_that_apple_has_not(wrong: str) -> None:
    """The settings name it with the nearest that there is."""
    with pytest.raises(ConfigError) as error:
        parse(
            f'[site]\ntitle = "T"\nurl = "https://a.example/"\n[podcast]\ncategories = ["{wrong}"]\n'
        )
    (problem,) = error.value.problems
    expected = dict(problem.values)["expected"].strip('"')
    assert problem.line == 5
    assert podcasting.category(expected) is not None


def test_every_category_is_found_by_its_name_alone() -> None:
    for parent, children in podcasting.CATEGORIES.items():
        assert podcasting.category(parent.upper()) == (parent, None)
        for child in children:
            for written in (
                child,
                f"{parent} > {child}",
                f"{parent}/{child}".replace("&", "&amp;"),
            ):
                assert podcasting.category(written) == (parent, child), written


CHANNEL = """<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" version="2.0"><channel>
<title>T</title><link>https://a.example/</link><description>D</description><language>en</language>
<itunes:author>A</itunes:author><itunes:owner><itunes:email>a@a.example</itunes:email></itunes:owner>
<itunes:image href="https://a.example/c.jpg"/><itunes:category text="Technology"/>
<itunes:explicit>no</itunes:explicit>
<item><title>E</title><description>D</description><guid isPermaLink="false">e-1</guid>
<pubDate>Thu, 01 Jan 2026 00:00:00 +0000</pubDate>
<enclosure url="https://a.example/e.mp3" length="1" type="audio/mpeg"/></item></channel></rss>"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("", "", ""),
        ('<itunes:category text="Technology"/>', "", "feed-podcast"),
        ('href="https://a.example/c.jpg"', 'href="https://a.example/c.webp"', "feed-value"),
        ('text="Technology"', 'text="Gadgets"', "feed-podcast-category"),
        ('text="Technology"/>', 'text="Arts"><itunes:category text="Physics"/></itunes:category>',
         "feed-podcast-category"),
        ("audio/mpeg", "audio/ogg", "feed-podcast-format"),
        ("<itunes:explicit>no", "<itunes:type>serial</itunes:type><itunes:explicit>no", "feed-podcast-episode"),
        ("<title>E</title>", "<title>E</title><itunes:episode>0</itunes:episode>", "feed-value"),
        ("<title>E</title>", "<title>E</title><itunes:episodeType>part</itunes:episodeType>", "feed-value"),
        ("<title>E</title>", "<title>E</title><podcast:transcript url='t.vtt'/>", "feed-attribute"),
        ("<title>E</title>", "<title>E</title><podcast:location geo='43,4'>N</podcast:location>", "feed-value"),
        ("<itunes:explicit>no", "<podcast:locked>maybe</podcast:locked><itunes:explicit>no", "feed-value"),
        ("<itunes:explicit>no", "<podcast:medium>radio</podcast:medium><itunes:explicit>no", "feed-value"),
        ("<itunes:explicit>no", "<itunes:explicit>yes</itunes:explicit><itunes:explicit>no", "feed-twice"),
    ],
)  # fmt: skip
def test_anybodys_feed_as_a_directory_reads_it(old: str, new: str, code: str) -> None:
    assert old in CHANNEL
    found = lint_feed("rss.xml", CHANNEL.replace(old, new, 1).encode())
    codes = {each.code for each in found} - {"feed-self-missing"}
    assert (code in codes) if code else not codes


@given(st.floats(min_value=0, max_value=10**6))
def test_a_clock_reads_back(seconds: float) -> None:
    hours, minutes, rest = clock(seconds).split(":")
    assert abs(int(hours) * 3600 + int(minutes) * 60 + float(rest) - seconds) <= 0.0006
    assert len(rest) == 6
    assert int(minutes) < 60


@given(st.text(max_size=40))
def test_any_value_of_any_key_is_read(value: str) -> None:
    """Whatever stands there: an article, and no exception."""
    import json

    said = json.dumps(value)
    keys = (
        "duration",
        "season",
        "explicit",
        "chapters",
        "hosts",
        "transcript",
        "location",
        "license",
        "itunes:type",
    )
    lines = [f"{key}: {said}" for key in keys]
    found = read_article("items/a.md", article("T", "audio: a.mp3", *lines).encode(), CONFIG)
    assert found.item is not None or any(each.severity == "error" for each in found.problems)
