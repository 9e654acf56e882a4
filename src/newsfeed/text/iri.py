"""IRIs and URIs: resolved, written as ASCII, and hosts as the DNS has them (RFC 3986, RFC 3987)."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit

from newsfeed.text.characters import for_xml
from newsfeed.text.regex import regex

_SAFE = "%:/?#@!$&'()*+,;=-._~"
_IN_MAILBOX = "!$'*+"
_URI = regex(
    r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*(?:#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
).fullmatch
_ENCODED_HOST = regex(
    r"(https?://(?:[^/?#@\s]*@)?)((?:[\w.-]|%[89A-Fa-f][0-9A-Fa-f])*%[89A-Fa-f][0-9A-Fa-f][^/?#:@]*)(?=[/?#:]|\Z)",
    re.I,
).match
_LONE_PERCENT = regex("%(?![0-9A-Fa-f]{2})")
_IPV6 = regex(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*\[[0-9A-Fa-f:.]*").fullmatch


@lru_cache(maxsize=4096)
def to_uri(iri: str) -> str:
    """Return an IRI, whole or relative, as a URI (RFC 3987 §3.1); what is encoded already stays.

    A host becomes Punycode, other characters that no URI holds are percent-encoded. An id that is
    an IRI, such as a ``tag:``, goes the same way.
    """
    if iri[:7].lower() == "mailto:":
        iri = _with_ascii_hosts(iri)
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


def _with_ascii_hosts(mailto: str) -> str:
    """Return a ``mailto:`` address with the hosts that mail programs look up (RFC 6068 §2)."""
    people, mark, fields = mailto[7:].partition("?")
    written = []
    for person in people.split(","):
        name, at, host = person.rpartition("@")
        plain = unquote(host)
        if at and not plain.isascii() and plain.isprintable():
            with suppress(UnicodeError):
                host = ascii_host(plain)
        written.append(name + at + host)
    return mailto[:7] + ",".join(written) + mark + fields


def mailto(address: str) -> str:
    """Return the ``mailto:`` URI of an e-mail address, its host as the DNS has it (RFC 6068 §2).

    Raises UnicodeError where no host has such a name.
    """
    name, _, host = address.rpartition("@")
    return f"mailto:{quote(name, safe=_IN_MAILBOX)}@{quote(ascii_host(host))}"


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
    quoted = _LONE_PERCENT.sub("%25", quote(iri, safe=_SAFE))
    # A fragment holds no second sign (RFC 3986 §3.5).
    whole, sign, fragment = quoted.partition("#")
    return f"{whole}{sign}{fragment.replace('#', '%23')}"


def is_geo(value: str) -> bool:
    """Say whether ``value`` is a geo: URI (RFC 5870): ``geo:43.83,4.36``."""
    number = r"-?\d{1,3}(?:\.\d+)?"
    return re.fullmatch(rf"geo:{number},{number}(?:,{number})?(?:;[\w.=-]+)*", value) is not None
