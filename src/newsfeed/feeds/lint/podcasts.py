"""Podcasts: what directories ask of a channel that has sound.

Sources: Apple, *A podcaster's guide to RSS* and *Podcast RSS feed requirements*; Spotify, *Podcast
delivery specification*; the podcast namespace 1.0 (github.com/Podcastindex-org/podcast-namespace).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from newsfeed.feeds.lint.document import NAMESPACES, line_of, place, text
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

if TYPE_CHECKING:
    from newsfeed.feeds.trees import Element

ITUNES = f"{{{NAMESPACES['itunes']}}}"
PODCAST = f"{{{NAMESPACES['podcast']}}}"
EXPLICIT = ("true", "false", "yes", "no", "clean", "explicit")
_WANTED = ("author", "category", "explicit", "image", "owner")
_ONCE = ("author", "explicit", "image", "owner", "type", "new-feed-url", "block", "complete")


def check(findings: Findings, channel: Element) -> None:
    """Check the itunes and podcast elements of a channel that uses them."""
    if not any(str(child.tag).startswith(ITUNES) for child in channel.iterchildren("*")):
        return
    for tag in _WANTED:
        if channel.find(ITUNES + tag) is None:
            findings.say("feed-podcast", line_of(channel), element=f"itunes:{tag}")
    for tag in _ONCE:
        for again in channel.findall(ITUNES + tag)[1:]:
            findings.say("feed-twice", line_of(again), parent="channel", element=f"itunes:{tag}")
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


def _item(findings: Findings, item: Element, *, serial: bool) -> None:
    enclosure = item.find("enclosure")
    if enclosure is None:
        return
    kind = (enclosure.get("type") or "").partition(";")[0].strip()
    if not kind.startswith(("audio/", "video/")):
        return
    about = place(item, "title")
    if kind not in PLAYED:
        findings.say("feed-podcast-format", line_of(enclosure), parent=about, value=kind)
    full = text(item.find(ITUNES + "episodeType")).lower() in ("", "full")
    if serial and full and item.find(ITUNES + "episode") is None:
        findings.say("feed-podcast-episode", line_of(item), parent=about)


def _category(findings: Findings, element: Element) -> None:
    """Check a category of Apple's, and those inside it."""
    parent = element.get("text")
    if parent is None:
        findings.say(
            "feed-attribute", line_of(element), element="itunes:category", attribute="text"
        )
        return
    if category(parent) != (parent, None):
        expected = nearest(parent)
        findings.say("feed-podcast-category", line_of(element), value=parent, expected=expected)
    for child in element.iterchildren(ITUNES + "category"):
        name = child.get("text") or ""
        if category(name) != (parent, name):
            expected = nearest(f"{parent} > {name}")
            whole = f"{parent} > {name}"
            findings.say("feed-podcast-category", line_of(child), value=whole, expected=expected)


def _one_of(*allowed: str) -> Callable[[Findings, Element], None]:
    """Return what checks that an element says one of ``allowed``, in whatever case."""
    known = {each.lower() for each in allowed}

    def lint(findings: Findings, element: Element) -> None:
        if text(element).lower() not in known:
            _say_value(findings, element, " / ".join(allowed))

    return lint


def _say_value(findings: Findings, element: Element, expected: str) -> None:
    name = f"{element.prefix}:{str(element.tag).rpartition('}')[2]}"
    findings.say(
        "feed-value", line_of(element), element=name, value=text(element), expected=expected
    )


def _whole(findings: Findings, element: Element) -> None:
    if not re.fullmatch(r"0*[1-9]\d*", text(element), re.ASCII):
        _say_value(findings, element, "1, 2, 3 …")


def _image(findings: Findings, image: Element) -> None:
    href = image.get("href")
    if href is None:
        findings.say("feed-attribute", line_of(image), element="itunes:image", attribute="href")
        return
    findings.address(href, "itunes:image", line_of(image), web=True)
    path = href.partition("?")[0].lower()
    if re.search(r"\.(?:gif|webp|svg|avif|bmp|tiff?)$", path):
        findings.say(
            "feed-value",
            line_of(image),
            element="itunes:image",
            value=href,
            expected=".jpg / .png",
        )


def _duration(findings: Findings, duration: Element) -> None:
    if not re.fullmatch(r"\d+|(\d+:)?\d?\d:\d\d", text(duration), re.ASCII):
        _say_value(findings, duration, "95 / 1:35 / 0:01:35")


def _email(findings: Findings, email: Element) -> None:
    if not findings.email(text(email)):
        findings.say("feed-email", line_of(email), element="itunes:email", value=text(email))


def _address(findings: Findings, element: Element) -> None:
    findings.address(text(element), "itunes:new-feed-url", line_of(element), web=True)


def _guid(findings: Findings, guid: Element) -> None:
    try:
        uuid.UUID(text(guid))
    except ValueError:
        _say_value(findings, guid, "917393e3-1b1e-5cef-ace4-edaa54e1f810")


def _with(
    *attributes: str, addresses: Iterable[str] = ("url",)
) -> Callable[[Findings, Element], None]:
    """Return what checks that an element has ``attributes``, those of ``addresses`` being whole."""

    def lint(findings: Findings, element: Element) -> None:
        name = f"podcast:{str(element.tag).rpartition('}')[2]}"
        for attribute in attributes:
            if not element.get(attribute):
                findings.say("feed-attribute", line_of(element), element=name, attribute=attribute)
        for attribute in addresses:
            if value := element.get(attribute):
                findings.address(value, name, line_of(element), web=True)

    return lint


def _location(findings: Findings, element: Element) -> None:
    geo = element.get("geo")
    if geo is not None and not is_geo(geo):
        findings.say(
            "feed-value",
            line_of(element),
            element="podcast:location geo",
            value=geo,
            expected="geo:43.8367,4.3601",
        )


_LINTS: dict[str, Callable[[Findings, Element], None]] = {
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
