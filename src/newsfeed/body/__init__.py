"""Bodies: Markdown or HTML becomes safe HTML whose addresses are resolved later; plain text."""

from newsfeed.body.attributes import anchor
from newsfeed.body.characters import is_legible
from newsfeed.body.plain import plain_text, plain_title
from newsfeed.body.rendering import render
from newsfeed.body.typography import typeset
from newsfeed.body.value import Body, Ref, RefKind, Resolve, Resolved

__all__ = [
    "Body",
    "Ref",
    "RefKind",
    "Resolve",
    "Resolved",
    "anchor",
    "is_legible",
    "plain_text",
    "plain_title",
    "render",
    "typeset",
]
