"""Podcasts: what directories ask of a channel that has sound."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
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
    for tag in ("author", "explicit"):
        if channel.find(ITUNES + tag) is None:
            findings.say("feed-podcast", channel.sourceline, element=f"itunes:{tag}")
    for tag, lint in _LINTS.items():
        for element in channel.iter(tag):
            lint(findings, element)
    for guid in channel.iterchildren(PODCAST + "guid"):
        _guid(findings, guid)


def _explicit(findings: Findings, explicit: Any) -> None:
    if text(explicit).lower() not in EXPLICIT:
        findings.say(
            "feed-value",
            explicit.sourceline,
            element="itunes:explicit",
            value=text(explicit),
            expected="true / false",
        )


def _image(findings: Findings, image: Any) -> None:
    if image.get("href") is None:
        findings.say("feed-attribute", image.sourceline, element="itunes:image", attribute="href")
    else:
        findings.address(image.get("href"), "itunes:image", image.sourceline, web=True)


def _duration(findings: Findings, duration: Any) -> None:
    if not re.fullmatch(r"\d+|(\d+:)?\d?\d:\d\d", text(duration), re.ASCII):
        findings.say(
            "feed-value",
            duration.sourceline,
            element="itunes:duration",
            value=text(duration),
            expected="95 / 1:35 / 0:01:35",
        )


def _email(findings: Findings, email: Any) -> None:
    if not findings.email(text(email)):
        findings.say("feed-email", email.sourceline, element="itunes:email", value=text(email))


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


_LINTS: dict[str, Callable[[Findings, Any], None]] = {
    ITUNES + "explicit": _explicit,
    ITUNES + "image": _image,
    ITUNES + "duration": _duration,
    ITUNES + "email": _email,
}
