"""What a former feed said is taken over as long as it is an address and a title, and no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from newsfeed.identity.former import Former, is_title, page_at
from newsfeed.identity.lockfile import Lock
from newsfeed.identity.matching import title_hash
from test_identity_settle import CONFIG, NOW, against, config, ids, item, settle


@pytest.mark.parametrize(
    ("address", "natural", "page"),
    [
        ("a/b.html", "a/b.html", "a/b.html"),
        ("a/b", "a/b.html", "a/b"),
        ("a/b", "a/b/index.html", "a/b/index.html"),
        ("a/b/", "a/b.html", "a/b/index.html"),
        ("a/b.HTM", "a/b/index.html", "a/b.HTM"),
        ("a/b.html", "a/b/index.html", "a/b.html"),
        ("a/b.php", "a/b/index.html", "a/b.php/index.html"),
        ("a%20%C3%A9.html", "a.html", "a é.html"),
        ("a" * 250, "a.html", "a" * 250),
        ("a/" * 1001, "a.html", ""),
        ("a%2", "a.html", ""),
        ("a?b", "a.html", ""),
        ("a#b", "a.html", ""),
        ("a b", "a.html", ""),
        ("../a.html", "a.html", ""),
        ("a//b.html", "a.html", ""),
        ("index.html/a/", "a.html", ""),
        ("", "a.html", ""),
    ],
)
def test_an_address_is_that_of_one_file(address: str, natural: str, page: str) -> None:
    """``a/b`` is a file or a folder, as the pattern of pages has it; nothing leads out of the site."""
    assert page_at(address, natural) == page


@pytest.mark.parametrize(
    ("text", "may_stand"),
    [
        ("a", True), ("a < b & c > d", True), ("a <3", True), ("« Été »", True), ("a" * 2000, True), ("a&nbsp;b", True),
        ("", False), (" a", False), ("a ", False), ("a" * 2001, False), ("a\nb", False), ("a\x7fb", False),
        ("a\u2028b", False), ("a\ufffeb", False), ("<b>a</b>", False), ("</b", False), ("<!--", False), ("<?x", False),
        ("&lt;b>", False), ("&amp;lt;b>", False), ("&#60;b>", False), ("&amp;amp;lt;b>", True),
    ],
)  # fmt: skip
def test_a_title_holds_no_markup(text: str, may_stand: bool) -> None:
    """In no reading of it: as text, as HTML, as HTML that was escaped once more."""
    assert is_title(text) == may_stand


def test_an_article_keeps_the_address_and_title_of_its_former_feed() -> None:
    """While the pattern gives the same page and the article has the same title; with pages of our own
    there is none but ours."""
    site = config(more="[pages]\nenabled = false\n")
    article = item()
    before = settle(article)
    key = ids(before)[article.path]
    former = Former(
        key, article.page, "alt/permanence/", title_hash(article.title), "html", "A &amp; B"
    )
    lock = Lock(records=before.lock.records, former={key: former})
    (head,) = against([article], lock, site, NOW).heads
    assert (head.url, head.page) == (
        f"{CONFIG.site.url}alt/permanence/",
        "alt/permanence/index.html",
    )
    assert head.former_title == ("html", "A &amp; B")
    (head,) = against([article], lock, CONFIG, NOW).heads
    assert (head.url, head.page) == (article.url, article.page)
    assert head.former_title == ("html", "A &amp; B")
    changed = item(title="Autre", slug="ailleurs")
    settled = against([changed], lock, site, NOW)
    (head,) = settled.heads
    assert head.id == key
    assert (head.url, head.page) == (changed.url, changed.page)
    assert head.former_title is None
    assert settled.lock.former == lock.former
    other = item("items/lettre.md", "Autre texte.", "Autre encore.")
    heads = against([article, other], lock, site, NOW + timedelta(days=1)).heads
    assert [each.former_title is None for each in heads] == [True, False]


def test_what_is_said_of_none_changes_none() -> None:
    """A line without an address, or without a title, leaves the other as it is."""
    site = config(more="[pages]\nenabled = false\n")
    article = item()
    before = settle(article)
    key = ids(before)[article.path]
    lock = replace(
        before.lock,
        former={key: Former(key, title=title_hash(article.title), form="rss", text="T")},
    )
    (head,) = against([article], lock, site, NOW).heads
    assert (head.url, head.page, head.former_title) == (article.url, article.page, ("rss", "T"))
    lock = replace(before.lock, former={key: Former(key, article.page, "alt.html")})
    (head,) = against([article], lock, site, NOW).heads
    assert (head.page, head.former_title) == ("alt.html", None)
