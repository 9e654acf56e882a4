"""The handlers, in the order in which they are asked whether a text is theirs."""

from __future__ import annotations

from newsfeed.content.frontmatter.block import Block, Broken
from newsfeed.content.frontmatter.handler import Handler
from newsfeed.content.frontmatter.html_handler import HtmlHandler
from newsfeed.content.frontmatter.json_handler import HexoHandler, JsonHandler
from newsfeed.content.frontmatter.lines_handler import CommentHandler, LinesHandler
from newsfeed.content.frontmatter.toml_handler import TomlHandler
from newsfeed.content.frontmatter.yaml_handler import LooseYamlHandler, YamlHandler

HANDLERS = (
    YamlHandler,
    TomlHandler,
    JsonHandler,
    HexoHandler,
    CommentHandler,
    HtmlHandler,
    LooseYamlHandler,
    LinesHandler,
)


def opened(text: str, *, html: bool = False) -> Block:
    """Return the front matter of ``text``, as the first handler whose it is gives it."""
    start = len(text) - len(text.lstrip("\n \t")) if text[:1] in "\n \t" else 0
    beginning = text[start:] if start else text
    handler = _of(text, start, beginning, html=html)
    if handler is None:
        return Block()
    # As `frontmatter.parse` does, which would also copy the body, and make a mapping of the mapping.
    try:
        inside, _ = handler.split(beginning)
    except ValueError:
        return Block()
    except Broken as error:
        return handler.spoilt(error.fault)
    try:
        return handler.block(handler.load(inside))
    except Broken as error:
        return handler.spoilt(error.fault)


def _of(text: str, start: int, beginning: str, *, html: bool) -> Handler | None:
    """Return the handler whose ``text`` is, which begins at ``start``."""
    for kind in HANDLERS:
        handler = kind(text, start, html=html)
        if handler.detect(beginning):
            return handler
    return None
