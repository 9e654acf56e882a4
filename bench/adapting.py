"""An article as its author wrote it -> the closest form that Hugo reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

import edits

_WITHOUT_SECONDS = re.compile(
    r"^([\w-]*(?:date|updated|modified|lastmod|published|expires)[\w-]*[ \t]*[:=][ \t]*[\"']?"
    r"\d{4}-\d\d-\d\d[ T]\d?\d:\d\d)(?=[\"']?[ \t]*\r?$)",
    re.M | re.I,
)
_HELD_BACK = re.compile(r"^(?:published|publish)([ \t]*[:=])[ \t]*false[ \t]*(?=\r?$)", re.M)
_PATH = re.compile(r"^path[ \t]*=[ \t]*\"/?([^\"]*?)/?\"", re.M)
_RENAMED = re.compile(
    r'^([ \t]*"?)(redirect_from|permalink)("?[ \t]*[:=])(?![^\n]*[{]|[^\n]*/:)', re.M
)
_NAMES = {"redirect_from": "aliases", "permalink": "url"}
_PELICAN = {
    "modified": "lastmod",
    "category": "categories",
    "summary": "description",
    "authors": "authors",
}
_OPENED = re.compile(r"\{\{[<%]-?\s*([\w./-]+)")
_CLOSED = re.compile(r"\{\{[<%]-?\s*/\s*([\w./-]+)")


def for_hugo(path: str, text: str) -> str:
    """Return an article's text with front matter that Hugo reads; the body stays as it is."""
    head = edits.head_of(text)
    block, body = text[head.start : head.end], text[head.end :]
    block = _RENAMED.sub(lambda found: f"{found[1]}{_NAMES[found[2]]}{found[3]}", block)
    if head.language == "none":
        return text
    if head.language == "pelican":
        return f"---\n{_from_pelican(block)}---\n{body}"
    if head.language == "json":
        if text.lstrip("\ufeff").startswith(";;;"):
            inner = block.strip().rstrip(",")
            body = body.partition("\n")[2]
            return f"{{\n{inner}\n}}\n{body}"
        return f"{text[: head.start]}{block}{body}"
    block = _WITHOUT_SECONDS.sub(r"\1:00", block)
    block = _HELD_BACK.sub(r"draft\1 true", block)
    if head.language == "toml":
        block = _from_zola(path, block)
    return f"{text[: head.start]}{block}{body}"


def shortcodes(texts: Iterable[str]) -> Mapping[str, str]:
    """Return a template for each shortcode that occurs, by name: it shows what it encloses."""
    opened: set[str] = set()
    closed: set[str] = set()
    for text in texts:
        if "{{" in text:
            opened.update(_OPENED.findall(text))
            closed.update(_CLOSED.findall(text))
    return {name: "{{ .Inner }}" if name in closed else "" for name in sorted(opened | closed)}


def _from_pelican(block: str) -> str:
    lines = []
    for name, value in re.findall(r"^([\w-]+):[ \t]*(.*(?:\n[ \t]+\S.*)*)", block, re.M):
        key = _PELICAN.get(name.lower(), name.lower())
        words = " ".join(value.split())
        if key == "status":
            lines.append(f"draft: {'true' if words in ('draft', 'hidden') else 'false'}")
        elif key in ("tags", "categories", "authors"):
            lines.append(f"{key}: {json.dumps([each.strip() for each in words.split(',')])}")
        else:
            if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", words):
                words += ":00"
            lines.append(f"{key}: {json.dumps(words, ensure_ascii=False)}")
    return "".join(f"{line}\n" for line in lines)


def _from_zola(path: str, block: str) -> str:
    """Return a TOML block whose ``path`` is an address, and whose day stands under ``date``."""
    day = None
    if asked := _PATH.search(block):
        day = edits.DAY.search(asked[1])
        block = _PATH.sub(lambda found: f'url = "/{found[1]}/"', block, count=1)
    day = edits.DAY.search(path) or day
    if day and not re.search(r"^date[ \t]*=", block, re.M):
        block = f"date = {day[1]}-{day[2]}-{day[3]}\n{block}"
    return block
