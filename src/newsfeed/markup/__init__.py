"""Bodies: Markdown or HTML becomes safe HTML whose addresses are resolved later; plain text."""

from typing import TYPE_CHECKING, Any

from newsfeed.markup.attributes import anchor
from newsfeed.markup.body import Body
from newsfeed.markup.mathml import with_tex
from newsfeed.markup.plaintext import plain_text
from newsfeed.markup.slots import Ref, RefKind, Resolve, Resolved
from newsfeed.markup.source import Source
from newsfeed.markup.titles import plain_title
from newsfeed.markup.typography import typeset
from newsfeed.text.characters import is_legible

if TYPE_CHECKING:
    from newsfeed.markup.renderer import render

__all__ = [
    "Body",
    "Ref",
    "RefKind",
    "Resolve",
    "Resolved",
    "Source",
    "anchor",
    "is_legible",
    "plain_text",
    "plain_title",
    "render",
    "typeset",
    "with_tex",
]


def __getattr__(name: str) -> Any:
    """Load what renders where it is first asked for: most builds render no body."""
    if name == "render":
        from newsfeed.markup.renderer import render

        return render
    raise AttributeError(name)
