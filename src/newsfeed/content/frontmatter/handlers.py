"""The handlers, in the order in which they are asked whether a text is theirs."""

from __future__ import annotations

from typing import cast

import frontmatter as python_frontmatter

from newsfeed.content.frontmatter.block import Block, Broken, Value
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
    """Return the front matter of ``text`` from the first handler that detects it."""
    start = len(text) - len(text.lstrip("\n \t")) if text[:1] in "\n \t" else 0
    beginning = text[start:]
    handlers = (handler(text, start, html=html) for handler in HANDLERS)
    handler = cast("Handler | None", python_frontmatter.detect_format(beginning, handlers))
    if handler is None:
        return Block()
    try:
        values, _ = python_frontmatter.parse(beginning, handler=handler)
    except Broken as error:
        return handler.spoilt(error.fault)
    return handler.block(cast("dict[str, Value]", values))  # what its `load` has returned
