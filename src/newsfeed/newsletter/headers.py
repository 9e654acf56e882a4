"""The headers of a message: From, Subject, Date, Message-ID, List-Unsubscribe.

They are written here and not by `email.message`: its SMTP policy folds a long ``List-Unsubscribe``
into an encoded word (cpython#85725), and Gmail then hides its button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.model import Letter, Person
from newsfeed.newsletter.merge_tags import inert
from newsfeed.text.characters import CONTROLS, OVERRIDES, without_widthless
from newsfeed.text.iri import ascii_host, mailto, to_uri

_SHORT = 60
"""Characters that stand on a line of a header beside its name (RFC 5322 §2.1.1)."""


class Envelope(Struct, frozen=True, kw_only=True):
    """What the headers of a message say. ``unsubscribe`` is an https address or a merge tag."""

    key: str
    subject: str
    date: datetime
    language: str
    domain: str
    list_name: str
    sender: Person | None
    reply_to: str | None = None
    unsubscribe: str | None = None
    unsubscribe_email: str | None = None
    one_click: bool
    draft: bool = False


def envelope(letter: Letter, config: Config, tag: str = "") -> Envelope:
    """Return what the headers of ``letter`` say; ``tag`` is a service's tag for unsubscribing."""
    newsletter = config.newsletter
    unsubscribe = tag or newsletter.unsubscribe or ""
    if not unsubscribe.isascii():
        unsubscribe = to_uri(unsubscribe)
    return Envelope(
        key=letter.key,
        subject=inert(letter.subject),
        date=letter.date.astimezone(config.zone),
        language=letter.language,
        domain=ascii_host(config.domain),
        list_name=newsletter.title or config.site.title,
        sender=newsletter.from_,
        reply_to=newsletter.reply_to,
        unsubscribe=unsubscribe or None,
        unsubscribe_email=newsletter.unsubscribe_email,
        # RFC 8058 §3.1: the address names the reader; one page for all cannot know who leaves.
        one_click=bool(tag) or (newsletter.one_click and unsubscribe.startswith("https://")),
        draft=newsletter.draft,
    )


def checked(headers: Envelope, path: str) -> tuple[Envelope, tuple[Diagnostic, ...]]:
    """Return the envelope without line ends and other control characters, and what held some."""
    found: list[str] = []

    def clean(header: str, value: str) -> str:
        value = without_widthless(OVERRIDES.sub("", value))
        if not CONTROLS.search(value):
            return value
        found.append(header)
        return CONTROLS.sub(" ", value).strip()

    def clean_or_none(header: str, value: str | None) -> str | None:
        return clean(header, value).replace(" ", "") if value else value

    sender = headers.sender
    if sender is not None:
        name, email = clean("From", sender.name), clean_or_none("From", sender.email)
        sender = Person(name=name, email=email)
    cleaned = replace(
        headers,
        subject=clean("Subject", headers.subject),
        list_name=clean("List-Id", headers.list_name),
        sender=sender,
        reply_to=clean_or_none("Reply-To", headers.reply_to),
        unsubscribe_email=clean_or_none("List-Unsubscribe", headers.unsubscribe_email),
    )
    problems = (diagnostic("letter-header", path, header=each) for each in dict.fromkeys(found))
    return cleaned, tuple(problems)


def headers(envelope: Envelope, seed: str) -> Iterator[tuple[str, str]]:
    """Yield the (name, value) of a message's headers, in ASCII and folded.

    ``seed`` is what makes the Message-ID of the letter unlike that of any other.
    """
    sender = _address(envelope.sender) if envelope.sender and envelope.sender.email else None
    if sender:
        yield "From", sender
        if not envelope.draft:
            yield "To", sender
    if envelope.reply_to:
        yield "Reply-To", f"<{_ascii_address(envelope.reply_to)}>"
    yield "Subject", _encoded(envelope.subject, "Subject")
    yield "Date", format_datetime(envelope.date)
    yield "Message-ID", f"<{_atom(envelope.key)}.{seed}@{envelope.domain or 'localhost'}>"
    yield "Content-Language", envelope.language
    yield "List-Id", f"{_phrase(envelope.list_name, 'List-Id')} <newsletter.{envelope.domain}>"
    ways = [f"<{envelope.unsubscribe}>"] if envelope.unsubscribe else []
    if envelope.unsubscribe_email:
        ways.append(f"<{mailto(envelope.unsubscribe_email)}?subject=unsubscribe>")
    if ways:
        # A fold inside an address breaks it (RFC 2369 §2), so one line, or one for each.
        line = ", ".join(ways)
        yield "List-Unsubscribe", line if len(line) < 960 else ",\r\n ".join(ways)
    if envelope.one_click:
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    if envelope.draft:
        yield "X-Unsent", "1"
    yield "MIME-Version", "1.0"


def _encoded(text: str, header: str, *, plain: bool = True) -> str:
    """Return a header's text in ASCII, folded at 76 columns; as encoded words unless ``plain``."""
    charset = "us-ascii" if plain and _is_plain(text) else "utf-8"
    return Header(text, charset, maxlinelen=76, header_name=header).encode(linesep="\r\n")


def _phrase(text: str, header: str) -> str:
    """Return a name that stands before an address: a text in quotes or encoded words (RFC 2047 §5)."""
    if _is_plain(text) and len(text) <= _SHORT:
        return formataddr((text, "")).removesuffix(" <>")
    return _encoded(text, header, plain=False)


def _address(person: Person) -> str:
    address = _ascii_address(person.email or "")
    if not person.name:
        return address
    return f"{_phrase(person.name, 'From')} <{address}>"


def _is_plain(text: str) -> bool:
    """Say whether a header can hold ``text`` as it is: nothing to decode, and room for folds."""
    longest = max(map(len, text.split(" ")))
    return text.isascii() and "=?" not in text and longest <= _SHORT


def _ascii_address(address: str) -> str:
    name, at, domain = address.rpartition("@")
    return f"{name}{at}{ascii_host(domain)}"


def _atom(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-") or "letter"
