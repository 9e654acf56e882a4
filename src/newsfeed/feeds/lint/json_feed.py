"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from newsfeed.feeds.lint import content, items, links
from newsfeed.feeds.lint.findings import Findings
from newsfeed.feeds.lint.placed_json import Placed, read

VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")
TEXT, LIST, TABLE, NUMBER, FLAG = '"…"', "[ … ]", "{ … }", "1", "true / false"
FEED_TYPES = {
    "version": TEXT, "title": TEXT, "home_page_url": TEXT, "feed_url": TEXT, "description": TEXT,
    "user_comment": TEXT, "next_url": TEXT, "icon": TEXT, "favicon": TEXT, "authors": LIST,
    "author": TABLE, "language": TEXT, "expired": FLAG, "hubs": LIST, "items": LIST,
}  # fmt: skip
ITEM_TYPES = {
    "id": TEXT, "url": TEXT, "external_url": TEXT, "title": TEXT, "content_html": TEXT,
    "content_text": TEXT, "summary": TEXT, "image": TEXT, "banner_image": TEXT,
    "date_published": TEXT, "date_modified": TEXT, "authors": LIST, "author": TABLE, "tags": LIST,
    "language": TEXT, "attachments": LIST,
}  # fmt: skip
AUTHOR_TYPES = {"name": TEXT, "url": TEXT, "avatar": TEXT}
HUB_TYPES = {"type": TEXT, "url": TEXT}
ATTACHMENT_TYPES = {
    "url": TEXT, "mime_type": TEXT, "title": TEXT, "size_in_bytes": NUMBER,
    "duration_in_seconds": NUMBER,
}  # fmt: skip
FEED_ADDRESSES = ("home_page_url", "feed_url", "next_url", "icon", "favicon")
ITEM_ADDRESSES = ("url", "external_url", "image", "banner_image")


def lint(data: bytes, findings: Findings, address: str | None) -> None:
    """Note what is wrong with the JSON Feed ``data``, served at ``address``."""
    source = _source(data, findings)
    if source is None:
        return
    try:
        feed = read(source)
    except json.JSONDecodeError as error:
        findings.say("feed-json", error.lineno, error.colno, reason=error.msg)
        return
    except RecursionError:
        findings.say("feed-json", reason="too many brackets")
        return
    assert isinstance(feed, Placed), "what begins with a brace is an object"
    _Reader(findings, source).feed(feed, address)


def _source(data: bytes, findings: Findings) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        findings.say("feed-encoding", line, encoding="UTF-8")
        return None


class _Reader:
    """Walks one feed; ``source`` gives the lines."""

    def __init__(self, findings: Findings, source: str) -> None:
        self.findings = findings
        self.source = source

    def line(self, value: object) -> int:
        at = value.at if isinstance(value, Placed) else 0
        return self.source.count("\n", 0, at) + 1

    def feed(self, feed: Placed, address: str | None) -> None:
        findings = self.findings
        self.types(feed, FEED_TYPES, needed=("version", "title", "items"), about="feed")
        version = feed.get("version")
        if isinstance(version, str) and version not in VERSIONS:
            findings.say("feed-value", element="version", value=version, expected=VERSIONS[1])
        self.addresses(feed, FEED_ADDRESSES)
        self.people(feed, modern=version == VERSIONS[1])
        self.language(feed)
        if isinstance(title := feed.get("title"), str):
            findings.plain(title, self.line(feed))
        for hub in self.tables(feed, "hubs"):
            self.types(hub, HUB_TYPES, needed=("type", "url"), about="hubs")
            self.addresses(hub, ("url",))
        self.served(feed, address)
        entries = list(self.tables(feed, "items"))
        dated = [
            when
            for item in entries
            if (when := self.item(item, modern=version == VERSIONS[1])) is not None
        ]
        items.dates(findings, None, 1, dated)
        items.ids(
            findings,
            (
                (each, self.line(item))
                for item in entries
                if isinstance(each := item.get("id"), str)
            ),
        )

    def served(self, feed: Placed, address: str | None) -> None:
        own = feed.get("feed_url")
        if not isinstance(own, str):
            self.findings.say("feed-self-missing")
            own = None
        elif address is not None and own != address:
            self.findings.say("feed-self-elsewhere", value=own, address=address)
        if feed.get("next_url") is not None and feed["next_url"] == (address or own):
            self.findings.say("feed-archive-loop", element="next_url")
        for key in ("home_page_url", "next_url"):
            if isinstance(value := feed.get(key), str):
                links.mixed(self.findings, value, address or own, key, 1)

    def item(self, item: Placed, *, modern: bool) -> datetime | None:
        """Check an item and return when it was modified, or published."""
        findings, line = self.findings, self.line(item)
        title = item.get("title")
        about = title[:60] if isinstance(title, str) and title else "item"
        self.types(item, ITEM_TYPES, needed=("id",), about=about)
        if item.get("id") == "":
            findings.say("feed-empty", line, element="id")
        if not item.get("content_html") and not item.get("content_text"):
            findings.say("feed-missing", line, parent=about, element="content_html")
        self.addresses(item, ITEM_ADDRESSES)
        self.people(item, modern=modern)
        self.language(item)
        if isinstance(title, str):
            findings.plain(title, line)
            findings.text(title, "title", line)
        if isinstance(html := item.get("content_html"), str):
            findings.text(html, "content_html", line)
            content.check(findings, html, about, line)
        tags = item.get("tags")
        for tag in tags if isinstance(tags, list) else ():
            if not isinstance(tag, str):
                findings.say("feed-json-type", line, key="tags", expected=f"[ {TEXT} ]")
        for attachment in self.tables(item, "attachments"):
            self.attachment(attachment)
        when = None
        for key in ("date_published", "date_modified"):
            if isinstance(value := item.get(key), str):
                when = findings.rfc3339(value, key, line) or when
        if not any(isinstance(item.get(key), str) for key in ("date_published", "date_modified")):
            findings.say("feed-missing-advised", line, parent=about, element="date_published")
        return when

    def attachment(self, attachment: Placed) -> None:
        line = self.line(attachment)
        self.types(attachment, ATTACHMENT_TYPES, needed=("url", "mime_type"), about="attachments")
        self.addresses(attachment, ("url",), web=True)
        if isinstance(kind := attachment.get("mime_type"), str):
            self.findings.media_type(kind, line)
        for key in ("size_in_bytes", "duration_in_seconds"):
            if isinstance(number := attachment.get(key), int | float) and number < 0:
                self.findings.say("feed-number", line, element=key, value=number)

    def people(self, parent: Placed, *, modern: bool) -> None:
        if modern and "author" in parent:
            self.findings.say(
                "feed-json-old", self.line(parent), key="author", other='"authors": [ { … } ]'
            )
        for author in self.tables(parent, "authors"):
            self.types(author, AUTHOR_TYPES, needed=(), about="authors")
            if not any(author.get(key) for key in AUTHOR_TYPES):
                self.findings.say("feed-empty", self.line(author), element="authors")
            self.addresses(author, ("url", "avatar"))

    def language(self, parent: Placed) -> None:
        if isinstance(language := parent.get("language"), str):
            self.findings.language(language, self.line(parent))

    def addresses(self, parent: Placed, keys: tuple[str, ...], *, web: bool = False) -> None:
        for key in keys:
            if isinstance(value := parent.get(key), str):
                self.findings.address(value, key, self.line(parent), web=web)

    def types(
        self, parent: Placed, types: Mapping[str, str], *, needed: tuple[str, ...], about: str
    ) -> None:
        """Check that ``parent`` has what it needs, and values of their type."""
        line = self.line(parent)
        for key in needed:
            if key not in parent:
                self.findings.say("feed-missing", line, parent=about, element=key)
        for key, value in parent.items():
            expected = types.get(key)
            if expected is not None and not _is(value, expected):
                self.findings.say("feed-json-type", line, key=key, expected=expected)
            elif expected is None and not re.match("_", key):
                near = f"_{key}"
                self.findings.say("feed-json-unknown", line, key=key, other=near)

    def tables(self, parent: Placed, key: str) -> Iterator[Placed]:
        values = parent.get(key)
        for value in values if isinstance(values, list) else ():
            if isinstance(value, Placed):
                yield value
            else:
                self.findings.say(
                    "feed-json-type", self.line(parent), key=key, expected=f"[ {TABLE} ]"
                )


def _is(value: object, expected: str) -> bool:
    if expected == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    kinds: dict[str, type] = {TEXT: str, LIST: list, TABLE: dict, FLAG: bool}
    return isinstance(value, kinds[expected])
