"""The handlers, in the order in which they are asked whether a text is theirs."""

from __future__ import annotations

import re
from typing import cast

import frontmatter as python_frontmatter

from newsfeed.content.frontmatter.block import Block, Broken, Fault, Value
from newsfeed.content.frontmatter.handler import Handler
from newsfeed.content.frontmatter.html_handler import HtmlHandler
from newsfeed.content.frontmatter.json_handler import HexoHandler, JsonHandler
from newsfeed.content.frontmatter.lines_handler import (
    CommentHandler,
    LinesHandler,
    LogseqHandler,
    NotionHandler,
)
from newsfeed.content.frontmatter.toml_handler import TomlHandler
from newsfeed.content.frontmatter.yaml_handler import LooseYamlHandler, YamlHandler
from newsfeed.text.regex import regex

HANDLERS = (
    YamlHandler,
    TomlHandler,
    JsonHandler,
    HexoHandler,
    CommentHandler,
    HtmlHandler,
    LogseqHandler,
    LooseYamlHandler,
    NotionHandler,
    LinesHandler,
)


_BEFORE = "\n \t\ufeff\u200b\u2060\u00a0<"
_COMMENTED = regex(r"(?:<!--(?:(?!-->|\n\.\. ).){0,2000}?-->\s*)+(?=(?:---|\+\+\+)[ \t]*\n)", re.S)
_CODE = regex(r"(`{3,}|~{3,})[ \t]*\w*[ \t]*\n\s*(?=(?:---|\+\+\+)[ \t]*\n)")


def opened(text: str, *, html: bool = False) -> Block:
    """Return the front matter of ``text`` from the first handler that detects it."""
    start = _beginning(text) if text[:1] in _BEFORE else 0
    beginning = text[start:]
    if (fences := _around(text, start)) is not None:
        fence, edits = fences
        fault = Fault("frontmatter-in-code", start, (("fence", fence),), edits)
        return YamlHandler(text, start).spoilt(fault)
    handlers = (handler(text, start, html=html) for handler in HANDLERS)
    handler = cast("Handler | None", python_frontmatter.detect_format(beginning, handlers))
    if handler is None:
        return Block()
    try:
        values, _ = python_frontmatter.parse(beginning, handler=handler)
    except Broken as error:
        return handler.spoilt(error.fault)
    return handler.block(cast("dict[str, Value]", values))  # what its `load` has returned


def _beginning(text: str) -> int:
    """Return where the front matter of ``text`` begins, after what the eye misses and comments.

    An editor's own comment may stand first: ``<!-- markdownlint-disable -->``.
    """
    start = len(text) - len(text.lstrip(_BEFORE[:-1]))
    found = _COMMENTED.match(text, start)
    return found.end() if found is not None else start


def _around(text: str, start: int) -> tuple[str, tuple[tuple[int, int, str], ...]] | None:
    """Return the fence of code around a whole text or its front matter, and the edits that remove it.

    Chats answer so when they are asked for an article.
    """
    opening = _CODE.match(text, start)
    if opening is None:
        return None
    fence = opening[1]
    closing = re.compile(rf"^(?:---|\+\+\+)[ \t]*\n\s*{fence}[ \t]*$", re.M).search(
        text, opening.end()
    )
    if closing is not None:
        end = closing.end()
    elif text.rstrip().endswith(f"\n{fence}"):
        end = len(text.rstrip())
    else:
        return fence, ((start, opening.end(), ""),)
    return fence, ((start, opening.end(), ""), (end - len(fence), end, ""))
