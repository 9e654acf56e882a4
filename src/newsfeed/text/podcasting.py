"""What podcast directories know: Apple's categories, media and kinds of Podcasting 2.0.

Sources: Apple, *Podcasts categories* and *A podcaster's guide to RSS* (podcasters.apple.com/support,
1691 and 823); the podcast namespace 1.0 (github.com/Podcastindex-org/podcast-namespace).
"""

from __future__ import annotations

import difflib

from newsfeed.text.regex import regex

CATEGORIES: dict[str, tuple[str, ...]] = {
    "Arts": (
        "Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts",
    ),
    "Business": (
        "Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit",
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "History": (),
    "Health & Fitness": (
        "Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality",
    ),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies",
        "Home & Garden", "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics",
        "Sports News", "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality",
    ),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics",
        "Natural Sciences", "Nature", "Physics", "Social Sciences",
    ),
    "Society & Culture": (
        "Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships",
    ),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey",
        "Rugby", "Running", "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}  # fmt: skip
"""Apple's categories with their sub-categories, as of 2019 and since."""

MEDIA = (
    "podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course",
    "mixed", "podcastL", "musicL", "videoL", "filmL", "audiobookL", "newsletterL", "blogL",
    "publisherL", "courseL",
)  # fmt: skip
"""What `podcast:medium` may say; with an L it is a list of other feeds."""

EPISODE_KINDS = ("full", "trailer", "bonus")
SHOW_KINDS = ("episodic", "serial")

PLAYED = ("audio/mpeg", "audio/mp4", "audio/x-m4a", "video/mp4", "video/x-m4v", "video/quicktime")
"""The media types that Apple's directory plays: MP3, M4A, MP4, M4V and MOV."""

SMALLEST, LARGEST = 1400, 3000
"""Pixels of a show's picture on each side, which is square: Apple refuses others."""

_PARTS = regex(r"\s*(?:>|/|::|›|»|\s-\s)\s*")
_NORMAL = regex(r"[^a-z0-9]+")


def category(written: str) -> tuple[str, str | None] | None:
    """Return the category, and its sub-category or None, that ``written`` means; None for none.

    A sub-category stands after ``>`` or ``/``, or alone, since each belongs to one category.
    """
    whole = _known(written)
    if whole is not None:
        return whole
    parts = [part for part in _PARTS.split(written) if part]
    if len(parts) != 2:
        return None
    first, second = map(_known, parts)
    if first is None or second is None or first[1] is not None or second[0] != first[0]:
        return None
    return second


def as_text(parent: str, child: str | None) -> str:
    """Return how newsfeed.toml has a category: ``Science > Physics``."""
    return f"{parent} > {child}" if child else parent


def nearest(written: str) -> str:
    """Return the category that ``written`` looks most like, as it is to be written."""
    last = [part for part in _PARTS.split(written) if part][-1:] or [written]
    near = difflib.get_close_matches(_plain(last[0]), _BY_NAME, n=1, cutoff=0.5)
    if not near:
        first = _PARTS.split(written)[0]
        near = difflib.get_close_matches(_plain(first), _BY_NAME, n=1, cutoff=0.5)
    return as_text(*(_BY_NAME[near[0]] if near else ("Society & Culture", "Documentary")))


def _known(name: str) -> tuple[str, str | None] | None:
    return _BY_NAME.get(_plain(name))


def _plain(name: str) -> str:
    return _NORMAL.sub(" ", name.lower().replace("&amp;", "&").replace("&", " and ")).strip()


_BY_NAME: dict[str, tuple[str, str | None]] = {
    _plain(child): (parent, child) for parent, children in CATEGORIES.items() for child in children
} | {_plain(parent): (parent, None) for parent in CATEGORIES}
