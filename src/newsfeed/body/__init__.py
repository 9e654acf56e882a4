"""Bodies: Markdown or HTML becomes safe HTML whose addresses are resolved later; plain text."""

from typing import TYPE_CHECKING, Any

from newsfeed.body.attributes import anchor
from newsfeed.body.characters import is_legible
from newsfeed.body.plain import plain_text, plain_title
from newsfeed.body.typography import typeset
from newsfeed.body.value import Body, Ref, RefKind, Resolve, Resolved

if TYPE_CHECKING:
    from newsfeed.body.rendering import render

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


def __getattr__(name: str) -> Any:
    """Load what renders where it is first asked for: most builds render no body."""
    if name == "render":
        from newsfeed.body.rendering import render

        return render
    raise AttributeError(name)
