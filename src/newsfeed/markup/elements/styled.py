"""What word processors say by a style alone: bold, italic and struck words, and the items of a list.

This reads what the sanitiser wrote, which keeps the attribute ``style`` until here.
"""

from __future__ import annotations

import re

from newsfeed.markup.elements.tags import TAG, attribute, name_of
from newsfeed.text.regex import regex

_MEANINGS = (
    ("b", regex(r"(?:^|[;\s])font-weight\s*:\s*(?:bold|[6-9]00)", re.I).search),
    ("i", regex(r"(?:^|[;\s])font-style\s*:\s*(?:italic|oblique)", re.I).search),
    ("s", regex(r"(?:^|[;\s])text-decoration(?:-line)?\s*:[^;]*line-through", re.I).search),
    ("sup", regex(r"(?:^|[;\s])vertical-align\s*:\s*super", re.I).search),
    ("sub", regex(r"(?:^|[;\s])vertical-align\s*:\s*sub(?!\w)", re.I).search),
)
_PLAIN = {
    **dict.fromkeys(
        ("b", "strong"), regex(r"(?:^|[;\s])font-weight\s*:\s*(?:normal|[1-5]00)", re.I).search
    ),
    **dict.fromkeys(("i", "em"), regex(r"(?:^|[;\s])font-style\s*:\s*normal", re.I).search),
}
"""What takes the meaning from an element: Google Docs puts a ``<b>`` of no weight around all that is copied."""
_HEADING = regex(r"</?h[1-6][ >]").match
_ITEM = regex(
    r"<p(?: [^<>]*)? style=\"[^\"]{0,500}?mso-list:\s*l\d+ level\d[^\"]{0,500}\"[^<>]*>"
    r"(?P<opened>(?:\s*<span(?: [^<>]*)?>)*)\s*(?P<mark>[^\s<>]{1,6})"
    r"(?:[\s\u00a0]|<span(?: [^<>]*)?>[\s\u00a0]*</span>)*(?P<closed>(?:</span>\s*)*)"
    r"(?P<text>(?:(?!</?p[ >]).)*)</p>",
    re.S,
)
_NUMBER = regex(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.I).fullmatch
_BETWEEN = regex(r"\s*").fullmatch


def may_be_styled(html: str) -> bool:
    """Tell whether `with_meant_styles` may find anything in ``html``."""
    return ' style="' in html and any(
        sign in html for sign in ("font-", "text-decoration", "vertical-align", "mso-list")
    )


def with_meant_styles(html: str) -> str:
    """Return well-formed ``html`` with elements for what its styles mean."""
    if "mso-list" in html:
        html = _with_lists(html)
    parts = TAG.split(html)
    ends: dict[str, list[str | None]] = {"span": [], "b": [], "strong": [], "i": [], "em": []}
    in_heading = False
    for index in range(1, len(parts), 2):
        tag = parts[index]
        name = name_of(tag)
        if _HEADING(tag):
            in_heading = tag[1] != "/"
        if name not in ends:
            continue
        if tag[1] == "/":
            end = ends[name].pop() if ends[name] else None
            parts[index] = tag if end is None else end
            continue
        style = attribute(tag, "style") or ""
        if name == "span":
            meant = [each for each, says in _MEANINGS if says(style) and parts[index + 1].strip()]
            if in_heading:
                meant = [each for each in meant if each != "b"]
            parts[index] = tag + "".join(f"<{each}>" for each in meant)
            ends[name].append("".join(f"</{each}>" for each in reversed(meant)) + "</span>")
        elif _PLAIN[name](style):
            parts[index] = ""
            ends[name].append("")
        else:
            ends[name].append(None)
    return "".join(parts)


def _with_lists(html: str) -> str:
    """Return ``html`` with a list for the paragraphs that Word calls its items, whatever their level."""
    kept: list[str] = []
    at = 0
    open_list = ""
    for item in _ITEM.finditer(html):
        if item["opened"].count("<span") != item["closed"].count("</span>"):
            continue
        between = html[at : item.start()]
        kind = "ol" if _NUMBER(item["mark"]) else "ul"
        if open_list and (open_list != kind or not _BETWEEN(between)):
            kept.append(f"</{open_list}>")
            open_list = ""
        kept.append(between)
        if not open_list:
            kept.append(f"<{kind}>")
            open_list = kind
        kept.append(f"<li>{item['text'].strip()}</li>")
        at = item.end()
    if open_list:
        kept.append(f"</{open_list}>")
    return "".join([*kept, html[at:]])
