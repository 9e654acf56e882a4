"""HTML in Markdown that blank lines would take apart (CommonMark §4.6, §4.4).

To Markdown a block of HTML ends at a blank line: what comes next is Markdown again, and code where it
is indented. People who paste a table, a list or a listing mean the element to its end, as kramdown
reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyromark

from newsfeed.markup.code import code_of
from newsfeed.text.regex import regex

_PARSER = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES)
_PRE = regex(r"<pre(?=[\s>])", re.I)
_PRE_END = regex(r"</pre(?=[\s>])", re.I)
_BLANK = regex(r"(?<=\n)[ \t>]*(?=\n)")
_OWN_BLOCK = regex(r"(?:\A|\n[ \t>]*\n)[ ]{0,3}\Z")
_CONTAINERS = regex(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")
_INDENTED = regex(r"\n[ \t>]*+\n[ \t>]*+(?:(?<=[ ]{4})|(?<=\t))</?[A-Za-z]")
_TAG = regex(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*")
_ONLY_PARTS = frozenset({
    "table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "menu", "select",
})  # fmt: skip
"""Elements in which no block of code may stand, but their parts alone."""
_NESTED = _ONLY_PARTS | {
    "article", "aside", "blockquote", "center", "details", "div", "figure", "footer", "form",
    "header", "main", "nav", "section",
}  # fmt: skip
_NO_TEXT = "<!---->"
_NEAR = 80
"""How many characters before a listing are looked at for a blank line."""
_DEEPEST = 100
"""How many open elements are followed: `depth` flattens what is deeper."""


def with_whole_html(markdown: str) -> str:
    """Return ``markdown`` in which blank lines end no element that they stand in.

    Blank lines of a listing (pre) become comments. What is indented as code is none in an element
    that may hold no code, such as a table, nor where it closes an element. Lines keep their number.
    """
    if "<pre" in markdown or "<PRE" in markdown:
        markdown = _with_whole_listings(markdown)
    return _without_false_code(markdown) if _INDENTED.search(markdown) is not None else markdown


def _with_whole_listings(markdown: str) -> str:
    code = code_of(markdown, "markdown")
    kept: list[str] = []
    at = 0
    while (start := _PRE.search(markdown, at)) is not None:
        end = _PRE_END.search(markdown, start.end())
        if end is None:
            break
        inside = markdown[start.start() : end.start()]
        is_apart = _OWN_BLOCK.search(markdown[max(0, start.start() - _NEAR) : start.start()])
        if is_apart is None and _BLANK.search(inside) and not code.marked_end_at(start.start()):
            line = markdown.rfind("\n", 0, start.start()) + 1
            margin = _margin(markdown[line : start.start()])
            inside = _BLANK.sub(margin + _NO_TEXT, inside)
        kept += markdown[at : start.start()], inside
        at = end.start()
    return "".join([*kept, markdown[at:]])


def _margin(before: str) -> str:
    """Return what a line begins with that is in the list or quotation of a line that begins so."""
    found = _CONTAINERS.match(before)
    return re.sub(r"[^>\s]", " ", found[0]) if found is not None else ""


def _without_false_code(markdown: str) -> str:
    data = markdown.encode()
    kept: list[bytes] = []
    at = 0
    for start, end in _false_code(markdown, data):
        line = data.rfind(b"\n", 0, start) + 1
        margin = _margin(_less(data[line:start].decode())).encode()
        kept += data[at:line], _dedented(data[line:end], margin)
        at = end
    return b"".join([*kept, data[at:]]).decode()


def _less(before: str) -> str:
    """Return what stands before a line of code without the four columns that make it one."""
    columns = 0
    while columns < 4 and before[-1:] in (" ", "\t"):
        columns += 4 if before[-1] == "\t" else 1
        before = before[:-1]
    return before


def _dedented(lines: bytes, margin: bytes) -> bytes:
    """Return ``lines`` in which none that follows a blank one is indented deeper than ``margin``."""
    found = []
    is_new = True
    for line in lines.split(b"\n"):
        plain = line.lstrip(b" \t>")
        found.append(margin + plain if is_new and plain else line)
        is_new = not plain
    return b"\n".join(found)


def _false_code(markdown: str, data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the places, in bytes, of indented code that its author meant as HTML."""
    opened: list[str] = []
    for event, place in _PARSER.events_with_range(markdown, merge_text=True):
        if not isinstance(event, dict):
            continue
        if event.get("Start") == {"CodeBlock": "Indented"} and opened:
            code = data[place["start"] : place["end"]].decode()
            if _is_html(code, opened):
                yield place["start"], place["end"]
                _follow(code, opened)
        html = event.get("Html") or event.get("InlineHtml")
        if isinstance(html, str):
            _follow(html, opened)


def _is_html(code: str, opened: list[str]) -> bool:
    first = _TAG.match(code.lstrip())
    if first is None:
        return False
    return opened[-1] in _ONLY_PARTS or bool(first["end"] and first["name"].lower() in opened)


def _follow(html: str, opened: list[str]) -> None:
    """Note in ``opened`` which elements ``html`` opens and closes."""
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if name not in _NESTED:
            continue
        if not tag["end"]:
            if len(opened) < _DEEPEST:
                opened.append(name)
        elif name in opened:
            while opened.pop() != name:
                pass
