"""Texts, lists and maps of a front matter -> typed values, saying what is wrong with them.

A converter takes a `Report`, the path of a key and its value. It returns None, or nothing of what
it cannot use, and reports why, with the edit that mends it where there is one right answer.
"""

from newsfeed.content.fields import podcast
from newsfeed.content.fields.addresses import address, email, host, web_page
from newsfeed.content.fields.compound import enclosures, event, image, link, links, people
from newsfeed.content.fields.plain import (
    boolean,
    categories,
    date,
    direction,
    guid,
    integer,
    is_boolean,
    language,
    tags,
    text,
    texts,
    translation,
    truth,
    weight,
)
from newsfeed.content.fields.report import Converter, Path, Report, T, named, shown

__all__ = [
    "Converter",
    "Path",
    "Report",
    "T",
    "address",
    "boolean",
    "categories",
    "date",
    "direction",
    "email",
    "enclosures",
    "event",
    "guid",
    "host",
    "image",
    "integer",
    "is_boolean",
    "language",
    "link",
    "links",
    "named",
    "people",
    "podcast",
    "shown",
    "tags",
    "text",
    "texts",
    "translation",
    "truth",
    "web_page",
    "weight",
]
