"""Misspelt keys are recognised; other tools' keys are left alone."""

from __future__ import annotations

import pytest

from newsfeed.content.spelling import meant_by


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("tgas", "tags"),
        ("titel", "title"),
        ("tilte", "title"),
        ("titre", "title"),
        ("catégorie", "category"),
        ("categroy", "category"),
        ("sumary", "summary"),
        ("desciption", "description"),
        ("auteur", "author"),
        ("autors", "authors"),
        ("upadted", "updated"),
        ("expries", "expires"),
        ("darft", "draft"),
        ("lagnuage", "language"),
        ("layout", ""),
        ("comments", ""),
        ("series", ""),
        ("data", ""),
        ("toc", ""),
        ("sidebar_label", ""),
        ("imagecredit", ""),
        ("cover_image", ""),
    ],
)
def test_misspelt_keys(key: str, meant: str) -> None:
    """A key that is nearly one of ours is recognised; other tools' keys are left alone."""
    assert meant_by(key) == meant
