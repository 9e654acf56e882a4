"""The head of a whole HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsfeed.content.frontmatter.block import MAX_SIZE, Value
from newsfeed.content.frontmatter.handler import Handler
from newsfeed.content.html_scan import element, plain
from newsfeed.text.regex import regex

_END_OF_HEAD = r"(?i)</head\s*>|<body\b"
_TAG = regex(r"<(meta|link|html)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = regex(r"(?<![\w:-])([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_META_NAMES = {
    "article:published_time": "date",
    "article:modified_time": "updated",
    "article:tag": "tags",
    "article:section": "category",
    "og:image": "image",
    "og:description": "description",
    "dc.date": "date",
    "dc.date.issued": "date",
    "dcterms.date": "date",
    "dcterms.issued": "date",
    "dcterms.created": "date",
    "dcterms.modified": "updated",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "dc.description": "description",
    "dcterms.description": "description",
}
# The day of publication as microformats (h-entry), HTML5's drafts and schema.org mark it in a page.
_DAY = regex(
    r"<time\b(?=[^<>]*\b(?:dt-published|pubdate|datePublished)\b)[^<>]*\bdatetime\s*=\s*[\"']?([^\"'\s<>]+)"
    r"|\"datePublished\"\s*:\s*\"([^\"\n]{1,60})\"",
    re.IGNORECASE,
)


class HtmlHandler(Handler):
    """Reads the title and meta elements of a page; a fragment has no front matter."""

    container = "html"
    FM_BOUNDARY = regex("<")

    def detect(self, text: str) -> bool:
        self._head = element(self.text, "head", 0, MAX_SIZE, closing=_END_OF_HEAD)
        return self.html and super().detect(text) and self._head is not None

    def split(self, _text: str) -> tuple[str, str]:
        assert self._head is not None
        body = re.compile(r"(?i)<body\b").search(self.text, max(0, self._head.end - 100))
        after = self.text.find(">", body.end()) + 1 if body else 0
        return self.held(self._head.inner, self._head.close, after or self._head.end)

    def load(self, _fm: str) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key, value, at in self._said():
            if value and key not in values:
                values[key], self.lines[key] = value, self.line(at)
            elif value and key == "tags":
                values[key] = f"{values[key]}, {value}"
        return values

    def _said(self) -> Iterator[tuple[str, str, int]]:
        """Yield each key and value, and where it stands."""
        text = self.text
        title = element(text, "title", self.start, self.end)
        if title:
            yield "title", _on_one_line(text[title.inner : title.close]), title.start
        for tag in _TAG.finditer(text, 0, text.rfind(">", 0, self.end) + 1):
            attributes = {
                found[1].lower(): _on_one_line(found[2] or found[3] or found[4] or "")
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
        if day := _DAY.search(text):
            yield "date", day[1] or day[2], day.start()


def _on_one_line(markup: str) -> str:
    return re.sub(r"[ \n\t]+", " ", plain(markup)).strip()
