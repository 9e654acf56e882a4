"""Podcasts: what directories ask of a channel that has sound.

Sources: Apple, *A podcaster's guide to RSS* and *Podcast RSS feed requirements*; Spotify, *Podcast
delivery specification*; the podcast namespace 1.0 (github.com/Podcastindex-org/podcast-namespace).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from newsfeed.feeds.lint.document import NAMESPACES, place, text
from newsfeed.feeds.lint.findings import Findings
from newsfeed.text.iri import is_geo
from newsfeed.text.podcasting import (
    EPISODE_KINDS,
    MEDIA,
    PLAYED,
    SHOW_KINDS,
    category,
    nearest,
)

ITUNES = f"{{{NAMESPACES['itunes']}}}"
PODCAST = f"{{{NAMESPACES['podcast']}}}"
EXPLICIT = ("true", "false", "yes", "no", "clean", "explicit")
_WANTED = ("author", "category", "explicit", "image", "owner")
_ONCE = ("author", "explicit", "image", "owner", "type", "new-feed-url", "block", "complete")


def check(findings: Findings, channel: Any) -> None:
    """Check the itunes and podcast elements of a channel that uses them."""
    if not any(str(child.tag).startswith(ITUNES) for child in channel.iterchildren("*")):
        return
    for tag in _WANTED:
        if channel.find(ITUNES + tag) is None:
            findings.say("feed-podcast", channel.sourceline, element=f"itunes:{tag}")
    for tag in _ONCE:
        for again in channel.findall(ITUNES + tag)[1:]:
            findings.say("feed-twice", again.sourceline, parent="channel", element=f"itunes:{tag}")
    for tag, lint in _LINTS.items():
        for element in channel.iter(tag):
            lint(findings, element)
    for element in channel.iterchildren(ITUNES + "category"):
        _category(findings, element)
    for guid in channel.iterchildren(PODCAST + "guid"):
        _guid(findings, guid)
    serial = text(channel.find(ITUNES + "type")).lower() == "serial"
    for item in channel.iterchildren("item"):
        _item(findings, item, serial=serial)


def _item(findings: Findings, item: Any, *, serial: bool) -> None:
    enclosure = item.find("enclosure")
    kind = (enclosure.get("type") or "").partition(";")[0].strip() if enclosure is not None else ""
    if not kind.startswith(("audio/", "video/")):
        return
    about = place(item, "title")
    if kind not in PLAYED:
        findings.say("feed-podcast-format", enclosure.sourceline, parent=about, value=kind)
    full = text(item.find(ITUNES + "episodeType")).lower() in ("", "full")
    if serial and full and item.find(ITUNES + "episode") is None:
        findings.say("feed-podcast-episode", item.sourceline, parent=about)


def _category(findings: Findings, element: Any) -> None:
    """Check a category of Apple's, and those inside it."""
    parent = element.get("text")
    if parent is None:
        findings.say(
            "feed-attribute", element.sourceline, element="itunes:category", attribute="text"
        )
        return
    if category(parent) != (parent, None):
        expected = nearest(parent)
        findings.say("feed-podcast-category", element.sourceline, value=parent, expected=expected)
    for child in element.iterchildren(ITUNES + "category"):
        name = child.get("text") or ""
        if category(name) != (parent, name):
            expected = nearest(f"{parent} > {name}")
            whole = f"{parent} > {name}"
            findings.say("feed-podcast-category", child.sourceline, value=whole, expected=expected)


def _one_of(*allowed: str) -> Callable[[Findings, Any], None]:
    """Return what checks that an element says one of ``allowed``, in whatever case."""
    known = {each.lower() for each in allowed}

    def lint(findings: Findings, element: Any) -> None:
        if text(element).lower() not in known:
            _say_value(findings, element, " / ".join(allowed))

    return lint


def _say_value(findings: Findings, element: Any, expected: str) -> None:
    name = f"{element.prefix}:{element.tag.rpartition('}')[2]}"
    findings.say(
        "feed-value", element.sourceline, element=name, value=text(element), expected=expected
    )


def _whole(findings: Findings, element: Any) -> None:
    if not re.fullmatch(r"0*[1-9]\d*", text(element), re.ASCII):
        _say_value(findings, element, "1, 2, 3 …")


def _image(findings: Findings, image: Any) -> None:
    if image.get("href") is None:
        findings.say("feed-attribute", image.sourceline, element="itunes:image", attribute="href")
        return
    findings.address(image.get("href"), "itunes:image", image.sourceline, web=True)
    path = image.get("href").partition("?")[0].lower()
    if re.search(r"\.(?:gif|webp|svg|avif|bmp|tiff?)$", path):
        findings.say(
            "feed-value",
            image.sourceline,
            element="itunes:image",
            value=image.get("href"),
            expected=".jpg / .png",
        )


def _duration(findings: Findings, duration: Any) -> None:
    if not re.fullmatch(r"\d+|(\d+:)?\d?\d:\d\d", text(duration), re.ASCII):
        _say_value(findings, duration, "95 / 1:35 / 0:01:35")


def _email(findings: Findings, email: Any) -> None:
    if not findings.email(text(email)):
        findings.say("feed-email", email.sourceline, element="itunes:email", value=text(email))


def _address(findings: Findings, element: Any) -> None:
    findings.address(text(element), "itunes:new-feed-url", element.sourceline, web=True)


def _guid(findings: Findings, guid: Any) -> None:
    try:
        uuid.UUID(text(guid))
    except ValueError:
        _say_value(findings, guid, "917393e3-1b1e-5cef-ace4-edaa54e1f810")


def _with(*attributes: str, addresses: Iterable[str] = ("url",)) -> Callable[[Findings, Any], None]:
    """Return what checks that an element has ``attributes``, those of ``addresses`` being whole."""

    def lint(findings: Findings, element: Any) -> None:
        name = f"podcast:{element.tag.rpartition('}')[2]}"
        for attribute in attributes:
            if not element.get(attribute):
                findings.say(
                    "feed-attribute", element.sourceline, element=name, attribute=attribute
                )
        for attribute in addresses:
            if value := element.get(attribute):
                findings.address(value, name, element.sourceline, web=True)

    return lint


def _location(findings: Findings, element: Any) -> None:
    geo = element.get("geo")
    if geo is not None and not is_geo(geo):
        findings.say(
            "feed-value",
            element.sourceline,
            element="podcast:location geo",
            value=geo,
            expected="geo:43.8367,4.3601",
        )


_LINTS: dict[str, Callable[[Findings, Any], None]] = {
    ITUNES + "explicit": _one_of(*EXPLICIT),
    ITUNES + "type": _one_of(*SHOW_KINDS),
    ITUNES + "episodeType": _one_of(*EPISODE_KINDS),
    ITUNES + "season": _whole,
    ITUNES + "episode": _whole,
    ITUNES + "image": _image,
    ITUNES + "duration": _duration,
    ITUNES + "email": _email,
    ITUNES + "new-feed-url": _address,
    PODCAST + "locked": _one_of("yes", "no"),
    PODCAST + "medium": _one_of(*MEDIA),
    PODCAST + "transcript": _with("url", "type"),
    PODCAST + "chapters": _with("url", "type"),
    PODCAST + "funding": _with("url"),
    PODCAST + "license": _with(),
    PODCAST + "person": _with(addresses=("href", "img")),
    PODCAST + "location": _location,
}
