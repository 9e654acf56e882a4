"""Components of Nuxt Content (MDC): ``::name{key="value"}`` to ``::``, and directives of one line."""

from __future__ import annotations

import re

from newsfeed.markup.code import Code
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.found_lines import Lines
from newsfeed.markup.shortcodes.notices import Notice
from newsfeed.markup.shortcodes.output import aside, inline, is_aside
from newsfeed.text.regex import regex

_LINE = regex(
    r"^(?P<indent>[ \t]*+)::(?:(?P<kind>[a-z][\w-]*+)(?:\[(?P<label>[^\]\n]*+)\])?"
    r"(?:\{(?P<attributes>[^}\n]*+)\})?)?[ \t]*+(?:\n|\Z)",
    re.M,
)
_TYPE = regex(r"(?:type|color|variant)=[\"']?(?P<type>[\w-]+)")
_TITLE = regex(r"title=\"(?P<title>[^\"]*)\"")
# The component's values in YAML, which follow its first line.
_VALUES = regex(r"[ \t]*+---[ \t]*+\n(?:(?![ \t]*---)[^\n]*+\n)*+[ \t]*---[ \t]*+(?:\n|\Z)")
_SLOT = regex(r"^[ \t]*+#[a-z][\w-]*+[ \t]*+(?:\n|\Z)", re.M)


def leave_out_components(text: str, code: Code, language: str, found: Lines) -> None:
    """Add what becomes of the components of ``text`` to ``found``; what they enclose stays."""
    opened: list[re.Match[str]] = []
    covered = 0
    for line in _LINE.finditer(text):
        if code.end_at(line.end("indent")) is not None:
            continue
        if line["kind"]:
            opened.append(line)
        elif opened:
            start = opened.pop()
            _enclosing(text, start, line, language, found)
            slots = _SLOT.finditer(text, max(start.end(), covered), line.start())
            found.replacements += [
                Replacement(*each.span(), "\n")
                for each in slots
                if code.end_at(each.start()) is None
            ]
            covered = line.end()
    for line in opened:
        if line["label"] or line["attributes"]:
            label = inline(line["label"] or "")
            found.replacements.append(Replacement(*line.span(), f"\n{label}\n"))
            _say(line, found)


def _enclosing(
    text: str, start: re.Match[str], end: re.Match[str], language: str, found: Lines
) -> None:
    attributes = start["attributes"] or ""
    typed, titled = _TYPE.search(attributes), _TITLE.search(attributes)
    kind = typed["type"] if typed is not None and is_aside(typed["type"]) else start["kind"]
    before = after = ""
    if is_aside(kind):
        words = start["label"] or (titled["title"] if titled is not None else "")
        before, after = aside(kind, words, language)
    else:
        _say(start, found)
    values = _VALUES.match(text, start.end(), end.start())
    last = start.end() if values is None else values.end()
    found.replacements.append(Replacement(start.start(), last, f"\n{start['indent']}{before}"))
    found.replacements.append(Replacement(*end.span(), f"\n{end['indent']}{after.strip()}\n"))


def _say(line: re.Match[str], found: Lines) -> None:
    found.notices.append(Notice("foreign-removed", line.end("indent"), line[0].strip(), "MDC"))
