"""``newsfeed.toml``: `sections` is the table of what may stand there, `loading` reads it."""

from newsfeed.config.loading import FILE, parse, place_of, placed
from newsfeed.config.sections import (
    SECTIONS,
    Brand,
    Check,
    Config,
    Feeds,
    Items,
    Newsletter,
    Pages,
    Podcast,
    Site,
    declared,
    keys,
    settings,
)

__all__ = [
    "FILE",
    "SECTIONS",
    "Brand",
    "Check",
    "Config",
    "Feeds",
    "Items",
    "Newsletter",
    "Pages",
    "Podcast",
    "Site",
    "declared",
    "keys",
    "parse",
    "place_of",
    "placed",
    "settings",
]
