"""Paths of the output folder: one file, or one folder."""

from __future__ import annotations

import pytest

from newsfeed.build.output_claims import Claims


@pytest.mark.parametrize(
    ("taken", "path"),
    [
        (["a/index.html"], "a/index.html"),
        (["a.html"], "a.html/b/index.html"),
        (["a.html/b/index.html"], "a.html"),
        ([], "atom.xml/index.html"),
        ([], "robots.txt/x/index.html"),
    ],
)
def test_no_output_hides_another(taken: list[str], path: str) -> None:
    """A page at ``/atom.xml`` or below another page would stop the whole build at the disk."""
    claims = Claims()
    assert all(claims.take(each) for each in taken)
    assert not claims.take(path)


def test_what_is_refused_takes_nothing() -> None:
    claims = Claims()
    assert claims.take("a.html")
    assert not claims.take("a.html/b.html")
    assert claims.take("b/a.html")
    assert claims.take("b/c.html")
    assert claims.take("archive/atom.xml")
