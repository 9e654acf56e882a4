"""IRIs and URIs: resolved, written as ASCII, and hosts as the DNS has them (RFC 3986, RFC 3987)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsfeed.text.characters import for_xml

_SAFE = "%:/?#@!$&'()*+,;=-._~"
_URI = re.compile(r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*").fullmatch
_ENCODED_HOST = re.compile(r"(https?://)((?:[\w.-]|%[89A-Fa-f][0-9A-Fa-f])*%[89A-Fa-f][0-9A-Fa-f][^/?#:@]*)(?=[/?#:]|\Z)", re.I).match
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_IPV6 = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*\[[0-9A-Fa-f:.]*").fullmatch


@lru_cache(maxsize=4096)
def to_uri(iri: str) -> str:
    """Return an IRI, whole or relative, as a URI (RFC 3987 §3.1); what is encoded already stays.

    A host becomes Punycode, other characters that no URI holds are percent-encoded. An id that is
    an IRI, such as a ``tag:``, goes the same way.
    """
    if "%" in iri and (encoded := _ENCODED_HOST(iri)):
        # Markdown encodes a host as it does all that is no ASCII.
        host = unquote(encoded[2])
        iri = f"{encoded[1]}{host if host.isprintable() else encoded[2]}{iri[encoded.end() :]}"
    if _URI(iri):
        return iri
    iri = for_xml(iri).strip()
    try:
        authority = urlsplit(iri).netloc
    except ValueError:
        return _percent_encoded(iri)
    if not authority.isascii():
        iri = iri.replace(authority, _ascii_or_encoded(authority), 1)
    return _percent_encoded(iri)


def absolute(reference: str, base: str) -> str:
    """Return ``reference`` resolved against ``base`` (RFC 3986 §5), as a URI."""
    try:
        return to_uri(urljoin(base, reference.strip()))
    except ValueError:
        return base


def is_absolute(reference: str) -> bool:
    """Say whether ``reference`` has a scheme: ``https:``, ``mailto:``, ``tel:``."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", reference) is not None


def ascii_authority(authority: str) -> str:
    """Return ``user@host:port``, user and port being optional, in ASCII. Raises UnicodeError."""
    user, at, host = authority.rpartition("@")
    name, colon, port = host.partition(":")
    return quote(user, safe=_SAFE) + at + ascii_host(name) + colon + port


def ascii_host(host: str) -> str:
    """Return a host name as the DNS has it: IDNA 2008, its input mapped as browsers do (UTS 46).

    A name in ASCII is returned as it is. Raises UnicodeError where there is no such form.
    """
    if host.isascii():
        return host
    import idna  # most sites have no such host, and its tables take time to load

    return idna.encode(host, uts46=True).decode("ascii")


def _ascii_or_encoded(authority: str) -> str:
    try:
        return ascii_authority(authority)
    except UnicodeError:
        return quote(authority, safe=_SAFE)


def _percent_encoded(iri: str) -> str:
    head, bracket, rest = iri.partition("]")
    if bracket and _IPV6(head):
        return head + bracket + _percent_encoded(rest)
    return _LONE_PERCENT.sub("%25", quote(iri, safe=_SAFE))
