"""`Channel` -> JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping

from newsfeed.feeds.channel import Attachment, Channel, Post
from newsfeed.model import Person
from newsfeed.text.timestamps import rfc3339

_ARCHIVES = "https://www.rfc-editor.org/rfc/rfc5005#section-4"
VERSION = "https://jsonfeed.org/version/1.1"


def write(channel: Channel) -> bytes:
    """Return the JSON Feed of ``channel``. ``next_url`` leads to the archive page before it.

    JSON Feed has no word for the page after it; an extension tells, as in XML, that a page is closed.
    """
    feed = _present(
        {
            "version": VERSION,
            "title": channel.title,
            "home_page_url": channel.url,
            "feed_url": channel.addresses["json"],
            "description": channel.subtitle,
            "language": channel.language,
            "next_url": channel.previous.get("json"),
            "_archive": _closed(channel),
            "icon": channel.logo,
            "favicon": channel.icon,
            "authors": [_author(channel.author)],
            "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else None,
        }
    )
    feed["items"] = [_item(post) for post in channel.posts]
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()


def _closed(channel: Channel) -> dict[str, object] | None:
    return (
        {"about": _ARCHIVES, "next_archive_url": channel.next["json"]} if channel.archived else None
    )


def _item(post: Post) -> dict[str, object]:
    item = _present(
        {
            "id": post.guid,
            "url": post.url,
            "external_url": _external(post),
            # a note has none (JSON Feed 1.1, items: "microblog posts … may omit titles")
            "title": None if post.untitled else post.title_in("json")[1],
            "summary": post.summary,
            "image": post.image.src if post.image else None,
            "date_published": rfc3339(post.published),
            "date_modified": rfc3339(post.modified),
            "authors": [_author(author) for author in post.authors],
            "tags": [label.text for label in post.labels],
            "language": post.language,
            "attachments": [_attachment(each) for each in post.attachments],
        }
    )
    if post.content:
        item["content_html"] = post.content
    else:
        # one of the two is required
        item["content_text"] = post.summary or post.title
    return item


def _external(post: Post) -> str | None:
    if post.elsewhere:
        return post.url
    return post.source.url if post.source else None


def _author(person: Person) -> dict[str, object]:
    url = person.url or (f"mailto:{person.email}" if person.email else None)
    return _present({"name": person.name, "url": url})


def _attachment(attachment: Attachment) -> dict[str, object]:
    return _present(
        {
            "url": attachment.url,
            "mime_type": attachment.type,
            "title": attachment.title,
            "size_in_bytes": attachment.length,
            "duration_in_seconds": attachment.duration,
        }
    )


def _present(table: Mapping[str, object]) -> dict[str, object]:
    """Return ``table`` without what is absent: JSON Feed has no null."""
    return {name: value for name, value in table.items() if value not in (None, "", [])}
