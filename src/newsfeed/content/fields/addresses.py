"""Addresses of the web and of people."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsfeed.content.fields.plain import SPACES, text
from newsfeed.content.fields.report import Path, Report
from newsfeed.content.frontmatter import Value
from newsfeed.markup.elements.allowed import SCHEME, may_lead
from newsfeed.text.iri import ascii_host
from newsfeed.text.redirectors import led_to
from newsfeed.text.regex import regex
from newsfeed.text.typed_addresses import is_bare_host, mended, normal_contact

_EMAIL = r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+"
_AT = r"(?i)[(\[]\s*(?:at|arobase|@)\s*[)\]]"
_ORDINARY_URL = regex(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"]*)?").fullmatch
WHOLE_URL = regex(r"[A-Za-z][A-Za-z0-9+.-]*:").match


def address(report: Report, key: Path, value: Value) -> str | None:
    """Return an address, whole or relative, or None with a problem where it cannot be one."""
    plain = text(report, key, value)
    if plain is None:
        return None
    if (beyond := led_to(plain)) is not None:
        report.say("address-wrapped", key, new=beyond, what=plain, better=beyond)
        return beyond
    if _ORDINARY_URL(plain):
        return plain
    plain = normal_contact(of_site(plain))
    better = mended(plain)
    if better is not None:
        report.say("address-bad", key, new=better, value=plain, better=better)
        return better
    try:
        parts = urlsplit(plain)
        parts.port  # noqa: B018 - reading it is what raises ValueError
        wrong = bool(parts.scheme in ("http", "https") and not parts.hostname)
        wrong = wrong or not may_lead(plain)
    except ValueError:
        wrong = True
    if wrong or (" " in plain and WHOLE_URL(plain)) or re.search(r"[<>\"\x00-\x1f]", plain):
        report.say("address-bad", key, value=plain, better="https://www.example.org/…")
        return None
    return plain


def web_page(report: Report, key: Path, value: Value) -> str | None:
    """Return the address of a page, which a person may have written without its scheme."""
    plain = value.strip(SPACES) if isinstance(value, str) else ""
    if not is_bare_host(plain):
        return address(report, key, value)
    better = f"https://{plain}"
    report.say("address-bad", key, new=better, value=plain, better=better)
    return better


def media_address(report: Report, key: Path, value: Value) -> str | None:
    """Return the address of a picture or file: relative, or of the web; None with a problem."""
    plain = address(report, key, value)
    if plain is None or is_of_the_web(plain):
        return plain
    report.say("address-bad", key, value=plain, better="https://www.example.org/…")
    return None


def is_of_the_web(address: str) -> bool:
    """Say whether an address is relative, or of http or https: what a program fetches by itself."""
    found = SCHEME.match(address)
    return found is None or found[1].lower() in ("http", "https")


def of_site(address: str) -> str:
    """Return an address without what Ghost's exports write for the site's."""
    return address.removeprefix("__GHOST_URL__") or "/"


def email(report: Report, key: Path, value: str) -> str | None:
    """Return an e-mail address, or None with a problem.

    One with accents before its @ is one (RFC 6531), and feeds have none such (RFC 4287 §3.2.3).
    """
    plain = value.strip(SPACES).removeprefix("mailto:")
    if re.fullmatch(_EMAIL, plain) and _is_known_host(plain.partition("@")[2]):
        if not plain.partition("@")[0].isascii():
            report.say("email-accents", key, value=plain)
        return plain
    guessed = "@".join(part.strip() for part in re.split(_AT, plain))
    if re.fullmatch(_EMAIL, guessed):
        report.say("email-bad", key, new=guessed, value=value)
        return guessed
    report.say("email-bad", key, value=value)
    return None


def _is_known_host(name: str) -> bool:
    """Say whether the DNS can have a host of that name."""
    try:
        ascii_host(name)
    except UnicodeError:
        return False
    return True


def host(url: str) -> str:
    """Return the host name of an address, as one says it."""
    try:
        name = urlsplit(url).hostname or url
    except ValueError:
        name = url
    return name.removeprefix("www.")
