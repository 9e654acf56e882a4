"""What a subscriber sees of an entry in a reader."""

from __future__ import annotations

from example_feeds import SITE, entry, feed, rich_entry
from newsfeed.feeds.channel import channel
from newsfeed.feeds.content import content
from newsfeed.model import Enclosure, Image, Link

IMAGE = Image(src=f"{SITE}été.jpg", alt='Une "salle"', width=640, height=480, credit="A & B")
WORDS = {"source": "Source :"}


def test_everything_that_belongs_to_an_entry_is_in_its_text() -> None:
    """Readers ignore rel="related" and rel="via", and newsboat every attachment but sound."""
    shown = entry(
        image=IMAGE,
        links=(Link(text="Plus d’infos & dates", url="https://a.example/?b=1&c=2"),),
        source=Link(text="Institut", url="https://institut.example/"),
        enclosures=(
            Enclosure(url=f"{SITE}a.pdf", title="La brochure"),
            Enclosure(url=f"{SITE}b.zip"),
        ),
    )
    assert content(shown, WORDS) == (
        "<figure>\n"
        '<img src="https://www.example.org/%C3%A9t%C3%A9.jpg" alt="Une &quot;salle&quot;"'
        ' width="640" height="480">\n'
        "<figcaption>A &amp; B</figcaption>\n"
        "</figure>\n"
        "<p>Le texte de l’article 1.</p>\n"
        "<ul>\n"
        '<li><a href="https://a.example/?b=1&amp;c=2">Plus d’infos &amp; dates</a></li>\n'
        '<li><a href="https://www.example.org/a.pdf">La brochure</a></li>\n'
        '<li><a href="https://www.example.org/b.zip">b.zip</a></li>\n'
        "</ul>\n"
        '<p>Source : <a href="https://institut.example/">Institut</a></p>'
    )


def test_what_the_text_shows_already_is_not_said_twice() -> None:
    text = (
        '<p><img src="https://www.example.org/%C3%A9t%C3%A9.jpg" alt="">'
        '<a href="https://a.example/?b=1&amp;c=2">là</a></p>'
    )
    shown = entry(
        content=text, image=IMAGE, links=(Link(text="x", url="https://a.example/?b=1&c=2"),)
    )
    assert content(shown, WORDS) == text
    twice = f'<p><a href="{SITE}a.pdf">a</a> <a href="https://institut.example/">i</a></p>'
    shown = entry(
        content=twice,
        source=Link(text="Institut", url="https://institut.example/"),
        enclosures=(Enclosure(url=f"{SITE}a.pdf"), Enclosure(url=f"{SITE}b/")),
    )
    assert content(shown, WORDS) == f'{twice}\n<ul>\n<li><a href="{SITE}b/">b</a></li>\n</ul>'
    bare = entry(content="", source=Link(text="Institut", url=""))
    assert content(bare, WORDS) == ""
    assert content(entry(content=" ", language="ar"), WORDS, "ar") == ""
    plain = Image(src=f"{SITE}a.png", alt="")
    assert content(entry(content="", image=plain), WORDS) == (
        f'<figure>\n<img src="{SITE}a.png" alt="">\n</figure>'
    )


def test_a_plain_entry_is_its_text() -> None:
    assert content(entry(content=" <p>Oui</p>\n"), WORDS) == "<p>Oui</p>"


def test_without_words_an_arrow_stands_before_the_source() -> None:
    (post,) = channel(feed(rich_entry())).posts
    assert '<p>→ <a href="https://institut.example/communiqu%C3%A9">' in post.content
    (post,) = channel(feed(rich_entry(), words=WORDS)).posts
    assert "<p>Source : <a" in post.content
    (post,) = channel(feed(rich_entry(), content="summary")).posts
    assert post.content == ""
