"""Addresses of a letter on their way out: campaign parameters, and pictures that travel along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

from newsfeed.text.media_types import media_type
from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PICTURE = regex(r'<img\b[^>]*?\ssrc="(http[^"]+)"')


class Picture(NamedTuple):
    """A picture inside a message: its media type, its file's name in ASCII, its bytes."""

    type: str
    file: str
    content: bytes


def add_campaign(root: HtmlElement, site: str, parameters: Mapping[str, str]) -> None:
    """Add UTM parameters to the links of a tree that lead to ``site`` itself.

    Other sites are not ours to measure, and merge tags are stand-ins still.
    """
    for link in root.iter("a"):
        address = link.get("href") or ""
        if parameters and leads_into(address, site):
            link.set("href", with_parameters(address, parameters))


def leads_into(address: str, site: str) -> bool:
    """Say whether ``address`` lies below ``site``, which ends with a slash."""
    return normal(address).startswith(site)


def normal(address: str) -> str:
    """Return ``address`` with scheme and host in small letters, and a path (RFC 3986 §6.2)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in ("http", "https"):
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/"))


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """Return ``address`` with query parameters added to its own."""
    parts = urlsplit(address)
    borne = {pair.partition("=")[0] for pair in parts.query.split("&")}
    added = urlencode([(k, v) for k, v in sorted(parameters.items()) if k not in borne])
    return urlunsplit(parts._replace(query="&".join(filter(None, [parts.query, added]))))


def without_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """Return ``address`` without the ``parameters`` that `with_parameters` added."""
    parts = urlsplit(address)
    added = {urlencode([pair]) for pair in parameters.items()}
    kept = [pair for pair in parts.query.split("&") if pair not in added]
    return urlunsplit(parts._replace(query="&".join(kept)))


def embedded(
    html: str, picture: Callable[[str], bytes | None], domain: str
) -> tuple[str, dict[str, Picture]]:
    """Return ``html`` with its pictures by content id (RFC 2392), and the pictures by it."""
    pictures: dict[str, Picture] = {}
    for written in dict.fromkeys(_PICTURE.findall(html)):
        address = unescape(written)
        content = picture(address)
        if content is None:
            continue
        name = f"{blake2b(address.encode(), digest_size=10).hexdigest()}@{domain}"
        path = urlsplit(address).path
        file = re.sub(r"[^A-Za-z0-9._-]+", "-", unquote(path).rpartition("/")[2])
        file = file.strip("-.") or "picture"
        pictures[name] = Picture(media_type(path), file, content)
        html = html.replace(f'src="{written}"', f'src="cid:{name}"')
    return html, pictures
