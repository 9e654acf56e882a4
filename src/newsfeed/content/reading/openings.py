"""What reading looks at in a body and a file's name: a heading, a sketch, a title."""

from __future__ import annotations

import re
from zlib import crc32

from newsfeed.content.charset import legal

_SKETCH = 8
_H1 = r"(?:#[ \t]+(.+?)[ \t]*#*|([^\s#>|*+`~-].*)\n=+)[ \t]*(?:\n|\Z)"
_H1_HTML = r"(?is)<h1\b[^>]*>(.*?)</h1\s*>"


def sketch(body: bytes) -> tuple[int, ...]:
    """Return the smallest hashes of a body's paragraphs, whatever their line breaks."""
    hashes = set()
    paragraph = 0
    for row in map(bytes.strip, body.split(b"\n")):
        if row:
            paragraph = crc32(row, crc32(b" ", paragraph)) if paragraph else crc32(row)
        elif paragraph:
            hashes.add(paragraph)
            paragraph = 0
    if paragraph:
        hashes.add(paragraph)
    return tuple(sorted(hashes)[:_SKETCH])


def first_heading(text: str, body_at: int, *, is_html: bool) -> tuple[str, int]:
    """Return the first heading of the first level, and the index after it where it opens the body."""
    if is_html:
        import html

        found = re.compile(_H1_HTML).search(text, body_at)
        if found is None:
            return "", body_at
        plain = legal(" ".join(html.unescape(re.sub(r"<[^>]*>", "", found[1])).split()))
        opens = not text[body_at : found.start()].strip()
        return plain, found.end() if opens else body_at
    start = body_at
    while text[start : start + 1] in (" ", "\n", "\t") and start < len(text):
        start += 1
    found = re.compile(_H1).match(text, start)
    if found:
        return _plain_heading(found[1] or found[2]), found.end()
    fenced = False
    for row in text[body_at : body_at + 20_000].split("\n"):
        if row.startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and (found := re.fullmatch(_H1, row)) and found[1]:
            return _plain_heading(found[1]), body_at
    return "", body_at


def _plain_heading(markdown: str) -> str:
    """Return a heading's text without links, emphasis and attributes."""
    plain = re.sub(r"\s*\{[:#.][^}]*\}\s*$", "", markdown)
    plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", plain)
    return re.sub(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))", "", plain).strip()


def as_title(stem: str) -> str:
    """Return a file's name as a title: as it is where people named it, else with its words apart."""
    if is_said(stem) or stem.replace("-", "").isdigit():
        return stem
    words = re.sub(r"[-_]+", " ", stem).strip()
    return words[:1].upper() + words[1:] if words else stem


def is_said(stem: str) -> bool:
    """Say whether a file's name is written as people write titles."""
    return " " in stem or not stem.isascii() or stem != stem.lower()
