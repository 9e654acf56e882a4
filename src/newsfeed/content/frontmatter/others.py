"""Front matter that is not YAML: TOML, JSON, Hexo's, Pelican's lines, and the head of an HTML page.

Every value becomes text, lists or maps of texts, as `handler` gives them for YAML.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Iterator

from newsfeed.content.charset import legal
from newsfeed.content.frontmatter import quick_toml, repairs
from newsfeed.content.frontmatter.block import MAX_DEPTH, MAX_SIZE, Block, Fault, Value, broken

_TOML_FENCE = re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE)
_TOML_KEY = re.compile(r"^[ \t]*(?:\[\[?[ \t]*)?[\"']?([\w.-]+)[\"']?[ \t]*(?:=|\])", re.MULTILINE)
_JSON_KEY = re.compile(r'(?:^|[{,])[ \t]*"((?:[^"\\]|\\.)+)"[ \t]*:', re.MULTILINE)
_HEXO_END = re.compile(r"^;{3,}[ \t]*$", re.MULTILINE)
_META_LINE = re.compile(r"([A-Za-z][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(.*)|)")
_COMMENT_LINE = re.compile(r"^\.\.[ \t]+([\w-]+):[ \t]*(.*)$", re.MULTILINE)
_HEAD = re.compile(r"<head\b[^>]*>(.*?)(?:</head\s*>|<body\b)", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(meta|link|html)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.IGNORECASE | re.DOTALL)
_META_NAMES = {
    "article:published_time": "date",
    "article:modified_time": "updated",
    "article:tag": "tags",
    "article:section": "category",
    "og:image": "image",
    "og:description": "description",
    "dc.date": "date",
    "dcterms.modified": "updated",
}


def toml(text: str, start: int, closing: re.Match[str] | None = None) -> Block:
    """Read the TOML block whose content begins at ``start``, up to ``+++`` or ``closing``."""
    found = closing or _TOML_FENCE.search(text, start)
    if found is None:
        return _unclosed(start, "+++")
    inside = text[start : found.start()]
    block = Block(
        container="toml", start=start, end=found.start(), body_at=_after(text, found.end())
    )
    if too_big(block):
        return block
    simple = quick_toml.load(inside.removesuffix("\n"), text.count("\n", 0, start) + 1)
    if simple is not None:
        block.values, block.lines = simple
        return block
    try:
        table = tomllib.loads(inside)
    except tomllib.TOMLDecodeError as error:
        mended = repairs.toml(inside)
        if mended is None:
            at = _toml_place(inside, str(error))
            return broken(block, Fault("frontmatter-toml", start + at, (("better", "…"),)))
        table = tomllib.loads(mended.text)
        block.faults += [fault.shifted(start) for fault in mended.faults]
    except RecursionError:
        return broken(block, Fault("frontmatter-depth", start, (("limit", str(MAX_DEPTH)),)))
    return _filled(block, table, text, _TOML_KEY)


def json_object(text: str, start: int) -> Block:
    """Read the JSON object that begins at ``start``."""
    inside = text[start : start + MAX_SIZE + 1]
    block = Block(container="json", start=start, end=start, body_at=start)
    try:
        table, length = json.JSONDecoder(strict=False).raw_decode(inside)
    except json.JSONDecodeError as error:
        if len(inside) > MAX_SIZE:
            block.end = len(text)
            too_big(block)
            return block
        mended = repairs.json_object(inside)
        if mended is None:
            return broken(block, Fault("frontmatter-json", start + error.pos))
        table, length = json.JSONDecoder(strict=False).raw_decode(mended.text)
        length -= sum(
            len(new) - (end - at) for fault in mended.faults for at, end, new in fault.edits
        )
        block.faults += [fault.shifted(start) for fault in mended.faults]
    except RecursionError:
        return broken(block, Fault("frontmatter-depth", start, (("limit", str(MAX_DEPTH)),)))
    block.end, block.body_at = start + length, _after(text, start + length)
    return _filled(block, table, text, _JSON_KEY)


def hexo(text: str, start: int) -> Block:
    """Read Hexo's JSON members, without braces, that ``;;;`` closes."""
    found = _HEXO_END.search(text, start)
    if found is None:
        return _unclosed(start, ";;;")
    block = Block(
        container="hexo", start=start, end=found.start(), body_at=_after(text, found.end())
    )
    if too_big(block):
        return block
    inside = text[start : found.start()].strip().rstrip(",")
    whole = inside if inside.startswith("{") else "{" + inside + "}"
    try:
        table = json.loads(whole, strict=False)
    except json.JSONDecodeError as error:
        return broken(block, Fault("frontmatter-json", start + max(0, error.pos - 1)))
    except RecursionError:
        return broken(block, Fault("frontmatter-depth", start, (("limit", str(MAX_DEPTH)),)))
    return _filled(block, table, text, _JSON_KEY)


def meta_lines(text: str, start: int) -> Block | None:
    """Read Pelican's ``Title: …`` lines, up to the first blank one; None where there are none.

    A line that begins with spaces continues the one before it.
    """
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    at, number, last = start, text.count("\n", 0, start) + 1, ""
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        row = text[at:end]
        found = _META_LINE.fullmatch(row)
        if row[:1] in (" ", "\t") and row.strip() and last:
            values[last] = f"{values[last]} {row.strip()}".strip()
        elif found:
            last = found[1].lower()
            values[last], lines[last] = (found[2] or "").strip(), number
        else:
            break
        at, number = end + 1, number + 1
    else:
        row = ""
    at = min(at, len(text))
    if row.strip() or not values:
        return None
    return Block(values, lines, "pelican", start, at, _after(text, at))


def comment_lines(text: str, start: int) -> Block | None:
    """Read Nikola's ``.. title: …`` lines in a comment; None for any other comment."""
    end = text.find("-->", start)
    if end < 0 or end - start > MAX_SIZE:
        return None
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for found in _COMMENT_LINE.finditer(text, start, end):
        key = found[1].lower()
        values[key], lines[key] = found[2].strip(), text.count("\n", 0, found.start(1)) + 1
    if "title" not in values and "date" not in values:
        return None
    return Block(values, lines, "pelican", start, end, _after(text, end + 3))


def html_page(text: str) -> Block | None:
    """Read the title and meta elements of a whole HTML page; None for a fragment."""
    head = _HEAD.search(text, 0, MAX_SIZE)
    if head is None:
        return None
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    body = _BODY.search(text, max(0, head.end() - 100))
    block = Block(values, lines, "html", head.start(1), head.end(1), head.end())
    block.body_at = body.end() if body else head.end()
    for key, value, at in _head_values(text, head.start(1), head.end(1)):
        if value and key not in values:
            values[key], lines[key] = value, text.count("\n", 0, at) + 1
        elif value and key == "tags":
            values[key] = f"{values[key]}, {value}"
    return block


def _head_values(text: str, start: int, end: int) -> Iterator[tuple[str, str, int]]:
    title = _TITLE.search(text, start, end)
    if title:
        yield "title", _plain(title[1]), title.start()
    for tag in _TAG.finditer(text, 0, end):
        attributes = {
            found[1].lower(): _plain(found[2] or found[3] or found[4] or "")
            for found in _ATTRIBUTE.finditer(tag[2])
        }
        kind = tag[1].lower()
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        if kind == "html" and "lang" in attributes:
            yield "lang", attributes["lang"], tag.start()
        elif kind == "link" and attributes.get("rel", "").lower() == "canonical":
            yield "canonical_url", attributes.get("href", ""), tag.start()
        elif kind == "meta" and name:
            yield _META_NAMES.get(name, name), attributes.get("content", ""), tag.start()


def too_big(block: Block) -> bool:
    """Say whether the block is over the bound, and then mark it as broken."""
    if block.end - block.start <= MAX_SIZE:
        return False
    broken(block, Fault("frontmatter-size", block.start, (("limit", str(MAX_SIZE // 1024)),)))
    return True


def _unclosed(start: int, fence: str) -> Block:
    block = Block(start=start, end=start, body_at=start)
    return broken(block, Fault("frontmatter-unclosed", max(0, start - 4), (("fence", fence),)))


def _filled(block: Block, table: object, text: str, key: re.Pattern[str]) -> Block:
    if not isinstance(table, dict):
        return broken(block, Fault("frontmatter-not-mapping", block.start))
    try:
        block.values = {legal(str(name)): as_text(value, 1) for name, value in table.items()}
    except RecursionError:
        return broken(block, Fault("frontmatter-depth", block.start, (("limit", str(MAX_DEPTH)),)))
    lines: dict[str, int] = {}
    number, at = text.count("\n", 0, block.start) + 1, block.start
    for found in key.finditer(text, block.start, block.end):
        number += text.count("\n", at, found.start(1))
        at = found.start(1)
        lines.setdefault(found[1], number)
        lines.setdefault(found[1].split(".")[0], number)
    block.lines = {name: lines[name] for name in block.values if name in lines}
    return block


def as_text(value: object, depth: int) -> Value:
    """Return a TOML or JSON value with every scalar as the text that was written for it."""
    if isinstance(value, str):
        return legal(value)
    if depth > MAX_DEPTH:
        raise RecursionError
    if isinstance(value, dict):
        return {legal(str(key)): as_text(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [as_text(each, depth + 1) for each in value]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _toml_place(inside: str, message: str) -> int:
    found = re.search(r"line (\d+), column (\d+)", message)
    if found is None:
        return max(0, len(inside.rstrip()) - 1)
    rows = inside.split("\n")
    line, column = int(found[1]), int(found[2])
    return sum(len(row) + 1 for row in rows[: line - 1]) + column - 1


def _after(text: str, at: int) -> int:
    """Return the index after the line break at ``at``, if there is one."""
    return at + 1 if text[at : at + 1] == "\n" else at


def _plain(markup: str) -> str:
    return legal(re.sub(r"[ \n\t]+", " ", html.unescape(re.sub(r"<[^>]*>", "", markup))).strip())
