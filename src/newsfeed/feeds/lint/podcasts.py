"""Podcasts: what directories ask of a channel that has sound."""

from __future__ import annotations

import re
import uuid
from typing import Any

from newsfeed.feeds.lint.document import NAMESPACES, text
from newsfeed.feeds.lint.findings import Findings

ITUNES = f"{{{NAMESPACES['itunes']}}}"
PODCAST = f"{{{NAMESPACES['podcast']}}}"
EXPLICIT = ("true", "false", "yes", "no", "clean", "explicit")


def check(findings: Findings, channel: Any) -> None:
    """Check the itunes and podcast elements of a channel that uses them."""
    if not any(str(child.tag).startswith(ITUNES) for child in channel.iterchildren("*")):
        return
    if channel.find(ITUNES + "author") is None:
        findings.say("feed-podcast", channel.sourceline, element="itunes:author")
    for explicit in channel.iter(ITUNES + "explicit"):
        if text(explicit).lower() not in EXPLICIT:
            findings.say(
                "feed-value",
                explicit.sourceline,
                element="itunes:explicit",
                value=text(explicit),
                expected="true / false",
            )
    if channel.find(ITUNES + "explicit") is None:
        findings.say("feed-podcast", channel.sourceline, element="itunes:explicit")
    for image in channel.iter(ITUNES + "image"):
        if image.get("href") is None:
            findings.say(
                "feed-attribute", image.sourceline, element="itunes:image", attribute="href"
            )
        else:
            findings.address(image.get("href"), "itunes:image", image.sourceline, web=True)
    for duration in channel.iter(ITUNES + "duration"):
        if not re.fullmatch(r"\d+|(\d+:)?\d?\d:\d\d", text(duration), re.ASCII):
            findings.say(
                "feed-value",
                duration.sourceline,
                element="itunes:duration",
                value=text(duration),
                expected="95 / 1:35 / 0:01:35",
            )
    for email in channel.iter(ITUNES + "email"):
        if not findings.email(text(email)):
            findings.say("feed-email", email.sourceline, element="itunes:email", value=text(email))
    for guid in channel.iterchildren(PODCAST + "guid"):
        _guid(findings, guid)


def _guid(findings: Findings, guid: Any) -> None:
    try:
        uuid.UUID(text(guid))
    except ValueError:
        findings.say(
            "feed-value",
            guid.sourceline,
            element="podcast:guid",
            value=text(guid),
            expected="917393e3-1b1e-5cef-ace4-edaa54e1f810",
        )
