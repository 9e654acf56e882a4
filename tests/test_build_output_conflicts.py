"""Paths of the output folder: one file, or one folder."""

from __future__ import annotations

import pytest

from newsfeed.build.output_conflicts import Claims


@pytest.mark.parametrize(
    ("taken", "path"),
    [
        (["a/index.html"], "a/index.html"),
        (["a.html"], "a.html/b/index.html"),
        (["a.html/b/index.html"], "a.html"),
        *(
            ([], f"{name}/x/index.html")
            for name in (
                "404.html",
                "_headers",
                "atom.xml",
                "feed.json",
                "feeds.opml",
                "robots.txt",
                "rss.xml",
                "search.json",
                "sitemap.xml",
            )
        ),
        ([], "Atom.XML/index.html"),
        (["a/b.html"], "A/B.HTML"),
        (["\u00e9t\u00e9.html"], "E\u0301TE\u0301.html"),
        (["A/index.html"], "a"),
        ([], "../a.html"),
    ],
)
def test_no_output_hides_another(taken: list[str], path: str) -> None:
    """A page at ``/atom.xml`` or below another page would stop the whole build at the disk."""
    claims = Claims()
    assert all(claims.take(each) for each in taken)
    assert not claims.take(path)


def test_a_host_finds_a_page_by_its_address() -> None:
    """As hosts do: a folder's index, the file itself, and the file without its suffix."""
    claims = Claims()
    for path in ("index.html", "a/index.html", "b.html", "c.pdf"):
        assert claims.take(path)
    found = ("", "a/", "a", "a/index.html", "b", "b.html", "c.pdf")
    assert all(map(claims.answers, found))
    assert not any(map(claims.answers, ("b/", "c", "d", "d/", "A/")))
    assert claims.paths == ["a/index.html", "b.html", "c.pdf", "index.html"]
    assert not Claims().answers("")


def test_what_is_refused_takes_nothing() -> None:
    claims = Claims()
    assert claims.take("a.html")
    assert not claims.take("a.html/b.html")
    assert claims.take("b/a.html")
    assert claims.take("b/c.html")
    assert claims.take("archive/atom.xml")
