"""MDX's ``import`` and ``export``: left out; an imported picture is remembered by its name."""

from __future__ import annotations

import re

from newsfeed.markup.code import Code
from newsfeed.markup.elements.allowed import PICTURES
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.found_lines import Lines, lines_from
from newsfeed.markup.shortcodes.notices import Notice
from newsfeed.text.regex import regex

_IMPORT = regex(
    r"import\s++(?:(?P<names>[\w*$\s,{}]{1,400}?)\sfrom\s++)?[\"'](?P<path>[^\"'\n]+)[\"'];?[ \t]*+(?:\n|\Z)"
)
_EXPORT = regex(
    r"export\s++(?:const|let|var|function|async|default|class)\b[^\n]*+\n(?:[^\n]++\n)*+"
)
_REMARK = regex(r"//[ \t]*(?:import|export)\b[^\n]*(?:\n|\Z)")
_PATTERNS = (("import", _IMPORT), ("export", _EXPORT))


def leave_out_modules(text: str, code: Code, found: Lines) -> None:
    """Add what leaves out the modules of ``text`` to ``found``."""
    for start in lines_from(text, "//"):
        match = _REMARK.match(text, start)
        if match is not None and code.end_at(start) is None:
            found.replacements.append(Replacement(*match.span(), ""))
    for word, pattern in _PATTERNS:
        end = 0
        for start in lines_from(text, word):
            match = pattern.match(text, start) if start >= end else None
            if match is not None:
                end = match.end()
                if code.end_at(start) is None:
                    _leave_out(match, found)


def _leave_out(match: re.Match[str], found: Lines) -> None:
    found.replacements.append(Replacement(*match.span(), ""))
    names = (match.groupdict().get("names") or "").strip()
    if re.fullmatch(r"\w+", names) and match["path"].startswith((".", "/")):
        found.imports[names] = match["path"]
        if match["path"].lower().endswith(PICTURES):
            return
    first = match[0].strip().partition("\n")[0]
    found.notices.append(Notice("foreign-comment", match.start(), first, "MDX"))
