"""What every format says alike: titles, languages, people, labels and files of a feed's entries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from example_feeds import SITE, addresses, archive_page, document, entry, feed, rich_feed
from newsfeed.feeds.channel import Attachment, channel
from newsfeed.model import Enclosure, Episode, Feed, Image, Link, Person, Podcast, Removed


def item(**changes: Any) -> dict[str, Any]:
    """Return the one item of a JSON feed whose entry has ``changes``; the others say nothing empty."""
    of_feed = {name: changes.pop(name) for name in ("categories_", "tags_") if name in changes}
    of = feed(entry(**changes), **{name[:-1]: value for name, value in of_feed.items()})
    for form in ("atom", "rss"):
        root = etree.fromstring(document(of, form))
        assert all(each.text or each.attrib or len(each) for each in root.iter())
    (only,) = json.loads(document(of, "json"))["items"]
    return dict(only)


LONG = "mot " * 19  # 76 characters


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"title": "  Un \n titre\t"}, "Un titre"),
        ({"title": " ", "summary": "Deux mots."}, "Deux mots."),
        ({"title": "", "summary": f"{LONG}abcd"}, f"{LONG}abcd"),
        ({"title": "", "summary": f"{LONG}abcde"}, f"{LONG.strip()}…"),
        ({"title": "", "summary": f"{LONG[:-2]}t, ; : xyz fin"}, f"{LONG.strip()}…"),
        ({"title": "", "summary": "é" * 81}, "é" * 80),
        ({"title": "", "summary": f"{'é' * 80} fin"}, "é" * 80),
        ({"title": "", "summary": "  ", "slug": "un-nom"}, "un-nom"),
        ({"title": "", "summary": "", "slug": "", "url": f"{SITE}é/"}, f"{SITE}%C3%A9/"),
    ],
)
def test_an_entry_has_a_title(changes: dict[str, Any], title: str) -> None:
    """The author's; else the first words of its summary, its slug, its address."""
    assert item(**changes)["title"] == title
    root = etree.fromstring(document(feed(entry(**changes)), "rss"))
    assert root.findtext("channel/item/title") == title


def test_labels_that_are_one_stand_once() -> None:
    """What differs in capitals alone, or has one page; as the author wrote it first."""
    said = item(
        categories=("Prévention", "Soins"),
        tags=("soins", "prevention", "Prevention", "Recherche", "recherche", "prévention", "Soins"),
        tags_=dict.fromkeys(("prevention", "prévention"), f"{SITE}prevention/"),
    )
    assert said["tags"] == ["Prévention", "Soins", "soins", "prevention", "Recherche"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "\n"}, {"title": SITE}),
        ({"title": "a\nb"}, {"title": "a b"}),
        ({"subtitle": "a\nb "}, {"description": "a b"}),
        ({"subtitle": " "}, {"description": None}),
        ({"logo": f"{SITE}é.png"}, {"icon": f"{SITE}%C3%A9.png"}),
        ({"icon": f"{SITE}é.ico"}, {"favicon": f"{SITE}%C3%A9.ico"}),
        ({"hub": "https://h.example/é"}, {"hubs": [{"type": "WebSub", "url": "https://h.example/%C3%A9"}]}),
        ({"author": Person(name="A\nB", email="no", url="https://a.example/é")},
         {"authors": [{"name": "A B", "url": "https://a.example/%C3%A9"}]}),
        ({"author": Person(name="A", email="a@b.example")}, {"authors": [{"name": "A", "url": "mailto:a@b.example"}]}),
        ({"author": Person(name="A", email="a@b.example, c@d.example")}, {"authors": [{"name": "A"}]}),
        ({"author": Person(name="A", email="a@école.example")}, {"authors": [{"name": "A", "url": "mailto:a@xn--cole-9oa.example"}]}),
        ({"author": Person(name="A", email="é@b.example")}, {"authors": [{"name": "A"}]}),
        ({"author": None}, {"authors": [{"name": "Réseau Exemple"}]}),
        ({"url": f"{SITE}é/"}, {"home_page_url": f"{SITE}%C3%A9/"}),
        ({"page": 2}, {"_archive": None}),
        ({"next": addresses("archive/3/")}, {"_archive": None}),
        ({"page": 2, "next": addresses("archive/3/")},
         {"_archive": {"about": "https://www.rfc-editor.org/rfc/rfc5005#section-4", "next_archive_url": f"{SITE}archive/3/feed.json"}}),
    ],
)  # fmt: skip
def test_a_feed_speaks_in_lines_and_whole_addresses(
    changes: dict[str, Any], said: dict[str, Any]
) -> None:
    read = json.loads(document(feed(entry(), **changes), "json"))
    assert {name: read.get(name) for name in said} == said
    atom = etree.fromstring(
        document(feed(entry(), rights=changes.get("subtitle"), **changes), "atom")
    )
    assert all(
        each.text or each.attrib or len(each) or "}archive" in each.tag for each in atom.iter()
    )
    archived = etree.fromstring(document(feed(entry(), **changes), "rss")).find(".//{*}archive")
    assert (archived is not None) == bool(said.get("_archive"))


def test_what_is_gone_is_said_by_its_id() -> None:
    """An id is taken as it was, but for spaces around it; without an address it has no link."""
    when = entry().item.published
    of = feed(
        removed=(
            Removed(id=" urn:é ", when=when, url=f"{SITE}é"),
            Removed(id="urn:b", when=when, url=None),
        )
    )
    gone = etree.fromstring(document(of, "atom")).findall("{*}deleted-entry")
    assert [(each.get("ref"), [dict(link.attrib) for link in each]) for each in gone] == [
        ("urn:é", [{"href": f"{SITE}%C3%A9"}]),
        ("urn:b", []),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"summary": " a\n b "}, {"summary": "a\n b"}),
        ({"summary": ""}, {"summary": None}),
        ({"id": "urn:x"}, {"id": "urn:x"}),
        ({"language": "fr"}, {"language": None}),
        ({"language": "en-GB"}, {"language": "en-GB"}),
        ({"language": "english?"}, {"language": None}),
        ({"authors": (Person(name=" "), Person(name="B\nC"))}, {"authors": [{"name": "B C"}]}),
        ({"source": Link(text="s", url="")}, {"external_url": None}),
        ({"source": Link(text="s", url="https://s.example/é")}, {"external_url": "https://s.example/%C3%A9"}),
        ({"page": "", "url": "https://e.example/", "source": Link(text="s", url="https://s.example/")},
         {"url": "https://e.example/", "external_url": "https://e.example/"}),
        ({"categories": ("a\nb", " ", "a b"), "tags": ("a b", "c")}, {"tags": ["a b", "c"]}),
        ({"image": Image(src=f"{SITE}é.png")}, {"image": f"{SITE}%C3%A9.png"}),
        ({"content": "", "summary": ""}, {"content_html": None, "content_text": "Article 1"}),
        ({"content": "<p>\x00</p>"}, {"content_html": "<p></p>", "content_text": None}),
    ],
)  # fmt: skip
def test_an_entry_says_what_is_legal(changes: dict[str, Any], said: dict[str, Any]) -> None:
    read = item(**changes)
    assert {name: read.get(name) for name in said} == said


@pytest.mark.parametrize(
    ("page", "scheme"),
    [
        (f"{SITE}tags/colon/index.html", f"{SITE}tags/"),
        (f"{SITE}tags/colon/index.htm", f"{SITE}tags/"),
        (f"{SITE}tags/colon/", f"{SITE}tags/"),
        (f"{SITE}tags/colon", f"{SITE}tags/"),
        (f"{SITE}tags/colon.html?a#b", f"{SITE}tags/"),
        (f"{SITE}tags/colon/#b?c", f"{SITE}tags/"),
        (f"{SITE}tags/colon/?a=b/c", f"{SITE}tags/"),
        (f"{SITE}colon/", SITE),
        (f"{SITE}a/b/c/é/", f"{SITE}a/b/c/"),
        (SITE, SITE),
    ],
)
def test_a_label_s_space_is_where_its_like_are(page: str, scheme: str) -> None:
    """Two tags of one list have one scheme, whatever way their pages are written."""
    root = etree.fromstring(document(feed(entry(tags=("t",)), tags={"t": page}), "atom"))
    assert [each.get("scheme") for each in root.iter("{*}category")] == [scheme]


SOUND = Enclosure(url=f"{SITE}a.mp3", length=1)
FILM = Enclosure(url=f"{SITE}b.mp4", length=2)
TEXT = Enclosure(url=f"{SITE}c.pdf", length=3)


@dataclass(frozen=True)
class Played:
    """What is attached, of what kind of feed, in which order it is said, and whether it is a podcast."""

    files: tuple[Enclosure, ...]
    order: str
    podcast: bool
    declared: bool = False
    episode: Episode | None = None


@pytest.mark.parametrize(
    "played",
    [
        Played((TEXT, FILM, SOUND), "acb", podcast=True),
        Played((TEXT, FILM, SOUND), "abc", podcast=True, declared=True),
        Played((TEXT, FILM, SOUND), "abc", podcast=True, episode=Episode()),
        Played((TEXT, FILM), "cb", podcast=False),
        Played((TEXT, FILM), "bc", podcast=True, declared=True),
        Played((TEXT, FILM), "bc", podcast=True, episode=Episode()),
        Played((FILM,), "b", podcast=False),
        Played((FILM, TEXT), "bc", podcast=False),
        Played((TEXT,), "c", podcast=False, declared=True),
        Played((TEXT,), "c", podcast=False, episode=Episode()),
        Played((), "", podcast=False, declared=True),
        Played((SOUND, SOUND), "a", podcast=True),
    ],
)
def test_a_player_finds_what_it_plays_first(played: Played) -> None:
    """RSS has one enclosure: sound, or film where the site says that it is a podcast."""
    of = feed(
        entry(enclosures=played.files, episode=played.episode),
        podcast=Podcast(declared=played.declared),
    )
    (read,) = json.loads(document(of, "json"))["items"]
    assert "".join(each["url"][-5] for each in read.get("attachments", ())) == played.order
    rss = etree.fromstring(document(of, "rss"))
    assert [each.get("url")[-5] for each in rss.iter("enclosure")] == list(played.order[:1])
    assert [each.get("url")[-5] for each in rss.iter("{*}content") if each.get("url")] == list(
        played.order[1:]
    )
    assert ("itunes" in rss.nsmap) == played.podcast


@pytest.mark.parametrize(
    ("said", "url", "kind", "medium"),
    [
        (None, "a.mp3", "audio/mpeg", "audio"),
        (None, "a.mp4?b=c.pdf", "video/mp4", "video"),
        (None, "a.png#b.pdf", "image/png", "image"),
        (None, "a.pdf", "application/pdf", "document"),
        ("audio/ogg", "a.mp3", "audio/ogg", "audio"),
        ('audio/ogg; codecs="opus"', "a.ogg", 'audio/ogg; codecs="opus"', "audio"),
        ("audio", "a.mp3", "audio/mpeg", "audio"),
        ("audio/ogg\n", "a.mp3", "audio/mpeg", "audio"),
        ("", "a.mp3", "audio/mpeg", "audio"),
    ],
)
def test_a_file_has_a_type(said: str | None, url: str, kind: str, medium: str) -> None:
    """The author's where it is one, otherwise that of the file's ending."""
    of = feed(entry(enclosures=(Enclosure(url=f"{SITE}{url}", type=said),)))
    ((file,),) = (post.attachments for post in channel(of).posts)
    assert (file.type, file.medium) == (kind, medium)
    assert file.audio == (medium == "audio")
    assert file.recorded == (medium in ("audio", "video"))
    (read,) = json.loads(document(of, "json"))["items"]
    assert read["attachments"] == [{"url": f"{SITE}{url}", "mime_type": kind}]


def test_links_without_words_are_said_by_their_address() -> None:
    """And a link without an address is none."""
    links = (
        Link(text=" ", url="https://a.example/é"),
        Link(text="b", url=""),
        Link(text="c\nd", url="https://c.example/"),
    )
    source = Link(text="", url="https://s.example/é")
    root = etree.fromstring(document(feed(entry(links=links, source=source)), "atom"))
    said = [
        {"rel": "via", "href": "https://s.example/%C3%A9", "title": "https://s.example/%C3%A9"},
        {"rel": "related", "href": "https://a.example/%C3%A9", "title": "https://a.example/%C3%A9"},
        {"rel": "related", "href": "https://c.example/", "title": "c d"},
    ]
    assert [dict(each.attrib) for each in root.iterfind("{*}entry/{*}link")][1:] == said
    root = etree.fromstring(document(feed(entry(links=links, source=source)), "rss"))
    assert [dict(each.attrib) for each in root.iterfind("channel/item/{*}link")][1:] == said


@pytest.mark.parametrize(
    ("logo", "shown"),
    [("a.png", True), ("A.JPG", True), ("a.jpeg?b=1", True), ("a.svg", False), ("a.gif?b.png", False), (None, False)],
)  # fmt: skip
def test_a_channel_s_picture_is_a_bitmap(logo: str | None, shown: bool) -> None:
    root = etree.fromstring(document(feed(entry(), logo=logo and f"{SITE}{logo}"), "rss"))
    assert (root.find("channel/image") is not None) == shown


def names_declared(of: Feed, form: str) -> set[str | None]:
    return set(etree.fromstring(document(of, form)).nsmap)


def test_what_a_feed_does_not_use_is_not_declared() -> None:
    """Media RSS where there are pictures or second files, tombstones where something is gone."""
    plain = feed(entry(enclosures=(TEXT,)))
    assert names_declared(plain, "atom") == {None}
    assert names_declared(plain, "rss") == {"atom", "content", "dc"}
    assert "media" in names_declared(feed(entry(enclosures=(TEXT, FILM))), "rss")
    assert "media" in names_declared(
        feed(entry(), entry(2, image=Image(src=f"{SITE}a.png"))), "atom"
    )
    assert names_declared(archive_page(), "atom") == {None, "fh"}
    assert names_declared(replace(rich_feed(1), next={}), "atom") == {None, "at", "media"}


def test_sizes_that_are_not_known_are_not_said() -> None:
    bare = Image(src=f"{SITE}a.png")
    whole = replace(bare, width=3, height=4, length=5, credit="C\nD", type="image/webp")
    root = etree.fromstring(document(feed(entry(image=bare), entry(2, image=whole)), "rss"))
    found = [dict(each.attrib) for each in root.iter("{http://search.yahoo.com/mrss/}content")]
    assert found == [
        {"url": f"{SITE}a.png", "medium": "image", "type": "image/png"},
        {
            "url": f"{SITE}a.png",
            "medium": "image",
            "type": "image/webp",
            "width": "3",
            "height": "4",
            "fileSize": "5",
        },
    ]
    assert [each.text for each in root.iter("{*}credit")] == ["C D"]
    assert [dict(each.attrib) for each in root.iter("{*}thumbnail")] == [
        {"url": f"{SITE}a.png"},
        {"url": f"{SITE}a.png", "width": "3", "height": "4"},
    ]
    of = feed(entry(enclosures=(Enclosure(url=f"{SITE}a.mp3"), Enclosure(url=f"{SITE}b.pdf"))))
    root = etree.fromstring(document(of, "rss"))
    assert [each.get("length") for each in root.iter("enclosure")] == ["0"]
    assert all(each.text or each.attrib or len(each) for each in root.iter())
    assert [dict(each.attrib) for each in root.iter("{*}content") if each.get("url")] == [
        {"url": f"{SITE}b.pdf", "medium": "document", "type": "application/pdf"}
    ]
    atom = etree.fromstring(document(of, "atom"))
    assert [
        dict(each.attrib) for each in atom.iter("{*}link") if each.get("rel") == "enclosure"
    ] == [
        {"rel": "enclosure", "href": f"{SITE}a.mp3", "type": "audio/mpeg"},
        {"rel": "enclosure", "href": f"{SITE}b.pdf", "type": "application/pdf"},
    ]


def test_an_attachment_is_what_its_type_says() -> None:
    kinds = {
        "image/png": "image",
        "audio/x": "audio",
        "video/x": "video",
        "text/x": "document",
        "imagex": "document",
    }
    assert {kind: Attachment(url="u", type=kind).medium for kind in kinds} == kinds


@pytest.mark.parametrize(
    "former", [None, ("atom", "A <b>"), ("html", "A &lt;b"), ("rss", "A &amp; B"), ("json", "A")]
)
def test_a_former_title_stays_in_its_own_form(former: tuple[str, str] | None) -> None:
    """To the letter where a former feed had it, and nowhere else."""
    plain = entry()
    of = feed(replace(plain, item=replace(plain.item, former_title=former)))
    form, text = former or ("", "")
    atom = etree.fromstring(document(of, "atom")).find("{*}entry/{*}title")
    assert atom is not None
    assert (atom.text, atom.get("type")) == (
        text if form in ("atom", "html") else "Article 1",
        "html" if form == "html" else None,
    )
    rss = etree.fromstring(document(of, "rss")).findtext("channel/item/title")
    assert rss == (text if form == "rss" else "Article 1")
    (read,) = json.loads(document(of, "json"))["items"]
    assert read["title"] == (text if form == "json" else "Article 1")


def test_an_entry_of_atom_says_what_it_holds() -> None:
    """Its content is HTML, escaped; its summary is text."""
    root = etree.fromstring(
        document(feed(entry(content="<p>a &amp; b</p>", summary="a < b")), "atom")
    )
    found = {name: root.find(f"{{*}}entry/{{*}}{name}") for name in ("content", "summary")}
    assert {
        name: (each.get("type"), each.text) for name, each in found.items() if each is not None
    } == {
        "content": ("html", "<p>a &amp; b</p>"),
        "summary": ("text", "a < b"),
    }


def test_the_author_gave_no_title() -> None:
    """A note has none in JSON Feed, where it may; elsewhere its first words stand for it."""
    plain = entry(title="First words")
    of = feed(replace(plain, item=replace(plain.item, untitled=True)))
    assert "title" not in json.loads(document(of, "json"))["items"][0]
    assert etree.fromstring(document(of, "rss")).findtext("channel/item/title") == "First words"


def test_an_item_of_rss_is_its_own_address_where_that_is_its_id() -> None:
    """A guid that is no address says so, or readers would open it."""
    own, other = entry(url=f"{SITE}a"), entry(2)
    own = replace(own, item=replace(own.item, guid=f"{SITE}a"))
    other = replace(other, item=replace(other.item, guid=" 12\x00 "))
    found = list(etree.fromstring(document(feed(own, other), "rss")).iter("guid"))
    assert [(each.text, each.get("isPermaLink")) for each in found] == [
        (f"{SITE}a", "true"),
        ("12", "false"),
    ]


def test_a_changed_article_says_when() -> None:
    """The date of a change is said by itself, in whole seconds, and not where there is none."""
    plain = entry()
    changed = entry(2, updated=entry(3).item.published.replace(microsecond=999_999))
    root = etree.fromstring(document(feed(plain, changed), "rss"))
    assert [
        each.findtext("{http://www.w3.org/2005/Atom}updated") for each in root.iter("item")
    ] == [
        None,
        "2026-10-01T12:00:00+02:00",
    ]
    assert root.findtext("channel/lastBuildDate") == "Thu, 01 Oct 2026 12:00:00 +0200"
    atom = etree.fromstring(document(feed(plain, changed), "atom"))
    assert atom.findtext("{*}updated") == "2026-10-01T12:00:00+02:00"
