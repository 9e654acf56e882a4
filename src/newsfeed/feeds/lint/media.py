"""Media RSS, in Atom and RSS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfeed.feeds.lint.document import NAMESPACES, line_of
from newsfeed.feeds.lint.findings import Findings

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

MEDIA = NAMESPACES["media"]


def check(findings: Findings, entry: Element) -> None:
    """Check the media elements of an entry."""
    for group in entry.iterchildren(f"{{{MEDIA}}}group"):
        contents = list(group.iterchildren(f"{{{MEDIA}}}content"))
        kinds = {_kind(content) for content in contents}
        if len(contents) < 2 or len(kinds) > 1:
            findings.say("feed-media-group", line_of(group))
    for element in entry.iter(f"{{{MEDIA}}}content", f"{{{MEDIA}}}thumbnail"):
        _file(findings, element)


def _file(findings: Findings, element: Element) -> None:
    line = line_of(element)
    thumbnail = str(element.tag).endswith("thumbnail")
    label = "media:thumbnail" if thumbnail else "media:content"
    url = element.get("url")
    if url is not None:
        findings.address(url, label, line, web=True)
    elif thumbnail or element.find(f"{{{MEDIA}}}player") is None:
        findings.say("feed-attribute", line, element=label, attribute="url")
    for size in ("width", "height", "fileSize", "duration"):
        if (value := element.get(size)) is not None:
            findings.number(value, f"{label} {size}", line)
    if (media_type := element.get("type")) is not None:
        findings.media_type(media_type, line)
    medium = element.get("medium")
    if medium is not None and medium not in ("image", "audio", "video", "document", "executable"):
        findings.say(
            "feed-value",
            line,
            element="medium",
            value=medium,
            expected="image / audio / video / document / executable",
        )


def _kind(content: Element) -> str:
    return str(content.get("medium") or (content.get("type") or "").partition("/")[0])
