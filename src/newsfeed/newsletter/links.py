"""Addresses of a letter on their way out: campaign parameters, and pictures that travel along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from html import unescape
from mimetypes import guess_type
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

_PICTURE = re.compile(r'<img\b[^>]*?\ssrc="(http[^"]+)"')


def add_campaign(root: Any, site: str, parameters: Mapping[str, str]) -> None:
    """Add UTM parameters to the links of a tree that lead to ``site`` itself.

    Other sites are not ours to measure, and merge tags are stand-ins still.
    """
    for link in root.iter("a"):
        address = link.get("href") or ""
        if parameters and address.startswith(site):
            link.set("href", with_parameters(address, parameters))


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """Return ``address`` with query parameters added to its own."""
    parts = urlsplit(address)
    borne = {pair.partition("=")[0] for pair in parts.query.split("&")}
    added = urlencode([(k, v) for k, v in sorted(parameters.items()) if k not in borne])
    return urlunsplit(parts._replace(query="&".join(filter(None, [parts.query, added]))))


def embedded(
    html: str, picture: Callable[[str], bytes | None], domain: str
) -> tuple[str, dict[str, tuple[str, bytes]]]:
    """Return ``html`` with its pictures by content id (RFC 2392), and id -> (type, bytes)."""
    pictures: dict[str, tuple[str, bytes]] = {}
    for written in dict.fromkeys(_PICTURE.findall(html)):
        address = unescape(written)
        content = picture(address)
        if content is None:
            continue
        name = f"{blake2b(address.encode(), digest_size=10).hexdigest()}@{domain}"
        kind = guess_type(urlsplit(address).path)[0] or "application/octet-stream"
        pictures[name] = (kind, content)
        html = html.replace(f'src="{written}"', f'src="cid:{name}"')
    return html, pictures
