"""IRIs and URIs (RFC 3986, RFC 3987): resolved, and written as ASCII."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_SAFE = "%/:=&?~#+!$,;'@()*[]"


def to_uri(url: str) -> str:
    """Return ``url`` as ASCII: an IRI's path percent-encoded, its host in Punycode (RFC 3987 §3.1)."""
    if url.isascii() and "%" not in url and " " not in url:
        return url
    url = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", url.strip())
    try:
        parts = urlsplit(url)
        host = parts.netloc
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return quote(url, safe=_SAFE)
    rest = [quote(part, safe=_SAFE) for part in parts[2:]]
    return urlunsplit((parts.scheme, host, *rest))


def absolute(reference: str, base: str) -> str:
    """Return ``reference`` resolved against ``base`` (RFC 3986 §5), as ASCII."""
    try:
        return to_uri(urljoin(base, reference.strip()))
    except ValueError:
        return base


def is_absolute(reference: str) -> bool:
    """Say whether ``reference`` has a scheme: ``https:``, ``mailto:``, ``tel:``."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", reference) is not None
