"""What Obsidian and its plug-ins write: callouts, ids of blocks, states of tasks, fields of Dataview."""

from __future__ import annotations

from newsfeed.markup.code import Code
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.found_lines import Lines, lines_with
from newsfeed.markup.shortcodes.output import aside_title
from newsfeed.text.regex import regex

_CALLOUT = regex(
    r"(?P<quote>(?:[ \t]*>)++[ \t]?)\\?\[!(?P<kind>[\w-]+)[^\]\n]*\][+-]?[ \t]*(?P<title>[^\n]*)"
)
_BLOCK_ID = regex(
    r"\^(?<![^ \t\n]\^)(?P<id>(?=[0-9-]*[A-Za-z]|[0-9]{6})[A-Za-z0-9-]{3,}+)[ \t]*+"
    r"(?=\n(?:\s*\n|[ \t]*(?:[-*+]|\d+[.)])[ \t]|#)|\s*\Z)"
)
_TASK = regex(r"(?:(?<=[-*+][ \t])|(?<=\d[.)][ \t]))\[(?P<state>[/<>-])\](?=[ \t]+[^\s(\[])")
_FIELD = regex(
    r"\[(?<!\]\[)(?P<name>[^\W\d_][\w -]{0,40})::[ \t]++(?P<value>[^\[\]\n]{1,300})\](?![(\[:])"
    r"|\((?<!\]\()[^\W\d_][\w -]{0,40}::[ \t]++(?P<bare>[^()\n]{1,300})\)"
)
"""``[name:: value]`` shows both, ``(name:: value)`` the value alone."""


def find(text: str, code: Code, language: str, found: Lines) -> None:
    """Add what becomes of such marks of a Markdown ``text`` to ``found``."""
    if "[!" in text:
        _callouts(text, code, language, found)
    if "^" in text:
        _ids(text, code, found)
    if any(mark in text for mark in ("[/] ", "[-] ", "[>] ", "[<] ")):
        _tasks(text, code, found)
    if ":: " in text:
        _fields(text, code, found)


def _callouts(text: str, code: Code, language: str, found: Lines) -> None:
    """``> [!note] Title``, which GitHub has, too: the title becomes the quotation's first line."""
    for start in lines_with(text, "[!"):
        match = _CALLOUT.match(text, start)
        if match is not None and code.end_at(match.start("kind")) is None:
            title = aside_title(match["kind"], match["title"].strip(), language)
            quote = match["quote"].rstrip()
            found.replacements.append(Replacement(*match.span(), f"{quote} **{title}**\n{quote}"))


def _ids(text: str, code: Code, found: Lines) -> None:
    """``^id`` at the end of a block: the anchor to which others lead, and no text."""
    for match in _BLOCK_ID.finditer(text):
        if code.end_at(match.start()) is not None:
            continue
        start = match.start()
        while start and text[start - 1] in " \t":
            start -= 1
        if start and text[start - 1] != "\n":
            put = f'<span id="{match["id"]}"></span>'
        else:
            put = f'<div id="{match["id"]}"></div>\n'
        found.replacements.append(Replacement(start, match.end(), put))


def _tasks(text: str, code: Code, found: Lines) -> None:
    """``- [/]``: begun, put off or planned is not done; ``- [-]`` is given up."""
    for match in _TASK.finditer(text):
        if code.end_at(match.start()) is None:
            put = "☒" if match["state"] == "-" else "[ ]"
            found.replacements.append(Replacement(*match.span(), put))


def _fields(text: str, code: Code, found: Lines) -> None:
    for match in _FIELD.finditer(text):
        if code.end_at(match.start()) is None:
            put = match["bare"] or f"{match['name']}: {match['value']}"
            found.replacements.append(Replacement(*match.span(), put))
