"""Lines that put another file in their place: what that says is missing here, which is said."""

from __future__ import annotations

import re

from newsfeed.markup.code import Code
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.found_lines import Lines
from newsfeed.markup.shortcodes.notices import Notice
from newsfeed.text.regex import regex

# PyMdown's scissors, and VitePress's arrows and comments; a part's marks in its file say nothing.
_INCLUDE = regex(
    r"^[ \t]*+(?:-{1,9}8<-{1,9}(?:[ \t]++(?:(?P<part>\[[^\]\n]*+\])|[\"'][^\"'\n]++[\"'])"
    r"|[ \t]*+\n(?:(?!-{1,9}8<)[^\n]*+\n){1,50}+-{1,9}8<-{1,9})"
    r"|(?P<arrows><<<)[ \t]*+(?:@|\.{0,2})/[^\n]*+|(?P<comment><!--[ \t]*+@include:[^\n>]*+(?<=--)>))[ \t]*+$",
    re.M,
)


def leave_out_includes(text: str, code: Code, found: Lines) -> None:
    """Add what leaves out the includes of ``text`` to ``found``."""
    for match in _INCLUDE.finditer(text):
        if code.marked_end_at(match.end() - 1):
            continue
        found.replacements.append(Replacement(*match.span(), ""))
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        tool = "VitePress" if match["arrows"] or match["comment"] else "PyMdown"
        rule = "foreign-comment" if match["part"] else "foreign-removed"
        found.notices.append(Notice(rule, at, match[0].strip(), tool))
