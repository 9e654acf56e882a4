"""Where another program serves part of the site: addresses stay, and so does what they show."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfeed.config import parse
from newsfeed.site.elsewhere import Elsewhere
from photographs import photograph
from whole_sites import HEAD, Built, article, built

SITE = "https://www.example.org/"
HERE = '[pages]\nelsewhere = ["uploads/", "topics/"]\n'


def html(made: Built, name: str = "a") -> str:
    return str(made.items()[name]["content_html"])


# What stands in an article, what its address is, below www.example.org.
MEDIA = [
    ("![B](/uploads/bus.jpg)", "uploads/bus.jpg"),
    ("![B](/uploads/l'été.jpg?w=3)", "uploads/l'%C3%A9t%C3%A9.jpg?w=3"),
    ("[p](/uploads/plan.pdf)", "uploads/plan.pdf"),
    ("![B](https://www.example.org/uploads/bus.jpg)", "uploads/bus.jpg"),
    ('<video src="/uploads/a.mp4" poster="/uploads/p.jpg"></video>', "uploads/p.jpg"),
    ('<img src="/uploads/a.jpg" srcset="/uploads/a2.jpg 2x" alt="">', "uploads/a2.jpg"),
    ("![B](../../../uploads/bus.jpg)", "uploads/bus.jpg"),
    ('[t]({{< ref "/topics/mobile" >}})', "topics/mobile/"),
    ('[t]({{< relref "topics/mobile.md#why" >}})', "topics/mobile/#why"),
    ('[t]({{< ref "/topics/mobile/_index.md" >}})', "topics/mobile/"),
    ("[t]({% link _topics/history.md %})", "topics/history/"),
    ("[t](/topics/x/)", "topics/x/"),
]


@pytest.mark.parametrize(("body", "address"), MEDIA)
def test_addresses_stay(tmp_path: Path, body: str, address: str) -> None:
    made = built(tmp_path, {"items/a.md": article(body)}, HERE)
    assert f"{SITE}{address}" in html(made)
    assert made.codes() == []


def test_cover_and_recording(tmp_path: Path) -> None:
    """An episode reaches players with its audio, whose length nobody here can know."""
    lines = ("image: {src: /uploads/c.jpg, alt: C}", "enclosure: /uploads/e.mp3")
    made = built(tmp_path, {"items/a.md": article("T", *lines)}, HERE)
    item = made.items()["a"]
    assert item["image"] == f"{SITE}uploads/c.jpg"
    assert item["attachments"] == [{"url": f"{SITE}uploads/e.mp3", "mime_type": "audio/mpeg"}]
    assert made.rss("//enclosure/@length") == ["0"]


def test_what_is_served_elsewhere_and_lies_here_is_measured(tmp_path: Path) -> None:
    """Hugo serves static/ itself: the address is Hugo's, sizes are those of the file."""
    files: dict[str, str | bytes] = {
        "items/a.md": article("![P](/uploads/p.jpg)", "enclosure: /uploads/e.mp3"),
        "static/uploads/p.jpg": photograph(32, 16),
        "static/uploads/e.mp3": b"ID3" + b"\0" * 97,
    }
    made = built(tmp_path, files, HERE)
    assert f'<img width="32" height="16" src="{SITE}uploads/p.jpg" alt="P">' in html(made)
    assert made.rss("//enclosure/@length") == ["100"]


def test_all_the_rest_is_anothers(tmp_path: Path) -> None:
    body = '[a]({{< ref "/about" >}}) [b](/team/) ![c](/img/c.png)'
    made = built(tmp_path, {"items/a.md": article(body)}, '[pages]\nelsewhere = ["/"]\n')
    for address in ("about/", "team/", "img/c.png"):
        assert f'"{SITE}{address}"' in html(made)
    assert made.codes() == []


def test_articles_come_first(tmp_path: Path) -> None:
    """The site's own articles are found by their source, though all the rest is another's."""
    body = "[b](/items/b.md) [c](b.md) [d](/items/2026/01/b.html)"
    files: dict[str, str | bytes] = {
        "items/a.md": article(body),
        "items/b.md": article("T", title="B"),
    }
    made = built(tmp_path, files, '[pages]\nelsewhere = ["/"]\n')
    assert html(made).count(f'"{SITE}items/2026/01/b.html"') == 3


def test_what_nobody_serves_is_still_dead(tmp_path: Path) -> None:
    body = '[a]({{< ref "/about" >}}) [b](/team/) ![c](/img/c.png) ![d](uploads.png)'
    made = built(tmp_path, {"items/a.md": article(body)}, HERE)
    assert sorted(dict(each.values)["url"] for each in made.problems) == [
        "/about", "/img/c.png", "/team/", "uploads.png",
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["/blog/img/a.jpg", "/img/a.jpg", "/blog/static/img/a.jpg"])
def test_the_sites_own_path_is_cut(tmp_path: Path, written: str) -> None:
    """On https://…/blog/ Jekyll's relative_url and Hugo write /blog/img/a.jpg."""
    files: dict[str, str | bytes] = {
        "items/a.md": article(f"![A]({written})", f"image: {{src: {written}, alt: A}}"),
        "static/img/a.jpg": photograph(8, 8),
    }
    (tmp_path / "items").mkdir()
    built(tmp_path, files)
    settings = HEAD.replace("example.org/", "example.org/blog/")
    (tmp_path / "newsfeed.toml").write_text(settings, "utf-8")
    made = Built(tmp_path)
    assert made.codes() == []
    assert made.items()["a"]["image"] == f"{SITE}blog/static/img/a.jpg"
    assert f'"{SITE}blog/static/img/a.jpg"' in html(made)


# Front matter with a relative address, and where in the outputs it is whole.
WHOLE = [
    (
        "canonical: /elsewhere/x",
        "items/2026/01/a.html",
        f'rel="canonical" href="{SITE}elsewhere/x"',
    ),
    (
        "canonical: about.md",
        "items/2026/01/a.html",
        f'rel="canonical" href="{SITE}items/2026/01/about.html"',
    ),
    (
        "authors: [{name: Ann, url: about.md}]",
        "atom.xml",
        f"<uri>{SITE}items/2026/01/about.html</uri>",
    ),
    ("authors: [{name: Ann, url: /topics/ann/}]", "atom.xml", f"<uri>{SITE}topics/ann/</uri>"),
    ("authors: [{name: Ann, url: //ann.example/}]", "feed.json", '"url": "https://ann.example/"'),
    (
        "authors: [{name: Ann, url: https://ann.example/é}]",
        "feed.json",
        '"url": "https://ann.example/%C3%A9"',
    ),
]


@pytest.mark.parametrize(("line", "output", "text"), WHOLE)
def test_addresses_of_front_matter_are_whole(
    tmp_path: Path, line: str, output: str, text: str
) -> None:
    files: dict[str, str | bytes] = {
        "items/a.md": article("T", line),
        "items/about.md": article("T", title="About", date="2026-01-01"),
    }
    made = built(tmp_path, files, HERE)
    assert text in made.outputs[output].decode()
    assert made.codes() == []


@given(st.text(max_size=30), st.sampled_from(("/", "/blog/")))
def test_any_reference_has_an_address_or_none(reference: str, base: str) -> None:
    """What is served elsewhere is a whole address of this host."""
    config = parse(
        f'[site]\ntitle = "T"\nurl = "https://a.example{base}"\n[pages]\nelsewhere = ["up"]\n'
    )
    elsewhere = Elsewhere(config)
    for found in (
        elsewhere.address(reference, f"https://a.example{base}items/a.html"),
        elsewhere.address(f"/up/{reference}", f"https://a.example{base}items/a.html"),
        elsewhere.page_called(reference),
    ):
        assert found is None or found.startswith("https://a.example/")
