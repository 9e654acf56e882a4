"""The mailing services: what each replaces when it sends, and how an article stays clear of it.

Each service's documentation is cited in ``docs/mailing-services.md``.
"""

from __future__ import annotations

import re
from html import escape

from msgspec import Struct
from msgspec.structs import replace

from newsfeed.config import Config, Newsletter
from newsfeed.model import Letter
from newsfeed.text.hashing import hashed
from newsfeed.text.iri import mailto
from newsfeed.text.languages import primary
from newsfeed.text.regex import regex


class Service(Struct, frozen=True, kw_only=True):
    """A mailing service's merge tags, to the byte; empty where it has none.

    ``address`` and ``address_text`` are the sender's postal address in HTML and in text. What a
    service sends through Go's ``html/template`` is ``go``.
    """

    name: str
    unsubscribe: str = ""
    web: str = ""
    address: str = ""
    address_text: str = ""
    go: bool = False


NONE = Service(name="none")

SERVICES: dict[str, Service] = {
    service.name: service
    for service in (
        NONE,
        Service(
            name="mailchimp",
            unsubscribe="*|UNSUB|*",
            web="*|ARCHIVE|*",
            address="*|HTML:LIST_ADDRESS_HTML|*",
            address_text="*|LIST:ADDRESSLINE|*",
        ),
        Service(name="brevo", unsubscribe="{{ unsubscribe }}", web="{{ mirror }}"),
        Service(
            name="listmonk", unsubscribe="{{ UnsubscribeURL }}", web="{{ MessageURL }}", go=True
        ),
        Service(name="buttondown", unsubscribe="{{ unsubscribe_url }}", web="{{ email_url }}"),
        Service(name="ghost", unsubscribe="%%{unsubscribe_url}%%"),
        Service(name="ses", unsubscribe="{{amazonSESUnsubscribeUrl}}"),
        Service(name="postmark", unsubscribe="{{{ pm:unsubscribe }}}"),
        Service(name="keila", unsubscribe="{{ unsubscribe_link }}"),
        Service(name="mailerlite", unsubscribe="{$unsubscribe}", web="{$url}"),
        Service(name="mailjet", unsubscribe="[[UNSUB_LINK_EN]]", web="[[PERMALINK]]"),
        Service(name="mautic", unsubscribe="{unsubscribe_url}", web="{webview_url}"),
        Service(name="phplist", unsubscribe="[UNSUBSCRIBEURL]"),
        Service(name="sendy", unsubscribe="[unsubscribe]", web="[webversion]"),
    )
}


def service(name: str, config: Config, language: str) -> Service:
    """Return the mailing service called ``name``; ``own`` is that of ``newsletter.tags``.

    ``language`` is the letter's.
    """
    if name == "own":
        tags = config.newsletter.tags
        return Service(
            name=name,
            unsubscribe=tags["unsubscribe"],
            web=tags.get("web", ""),
            address=tags.get("address", ""),
            address_text=tags.get("address_text", tags.get("address", "")),
        )
    found = SERVICES[name]
    if name == "mailjet" and (tag := _MAILJET.get(primary(language))):
        return replace(found, unsubscribe=tag)
    return found


_MAILJET = {
    language: f"[[UNSUB_LINK_{language.upper()}]]" for language in ("de", "es", "fr", "it", "nl")
}
"""Mailjet's page to unsubscribe speaks the language that the tag names, English by default."""
KEEP_APART = "\u200c"
"""ZERO WIDTH NON-JOINER: no width, no break, known to every mail program's fonts. It also splits a
merge tag where a service decodes entities before it looks for its tags."""

_BRACKETED = r"[A-Za-z][\w .-]{0,40}(?:,fallback=[^\[\]]*)?\]"
_TAG_LIKE = regex(
    r"(?<=\{)(?=[{%#])|(?<=[}%#])(?=\})|(?<=\*)(?=\|)|(?<=\|)(?=\*)|(?<=%)(?=%)"
    r"|(?<=<)(?=%)|(?<=%)(?=>)|(?<=[$#%])(?=\{)|(?<=\[)(?=\[)|(?<=\])(?=\])"
    rf"|(?<=\{{)(?=\$|[a-z]+_[a-z_]+\}}|[a-z]+=)|(?<=\[)(?={_BRACKETED})"
)
_ADDRESS = regex(r"(?:https?://|mailto:)\S+")
_TAG_IN_ADDRESS = regex(rf"[{{}}]|\*\||\|\*|%%|<%|%>|\[(?=\[|{_BRACKETED})")
_TO_ENCODE = regex(rf"[{{}}|*]|<(?=%)|%(?![0-9A-Fa-f]{{2}})|\[(?=\[|{_BRACKETED})")


_UNREAD = regex(
    r"(?:no|not|do-?not|dont|nicht|ne-?pas)[._-]?(?:reply|repondre|antworten|responder)", re.I
)
"""How addresses begin whose mail nobody reads."""


def inert(text: str) -> str:
    """Return ``text``, which reads the same and in which no service finds a tag of its own."""
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        parts += [_TAG_LIKE.sub(KEEP_APART, text[at : found.start()]), inert_address(found[0])]
        at = found.end()
    return "".join([*parts, _TAG_LIKE.sub(KEEP_APART, text[at:])])


def inert_address(address: str) -> str:
    """Return an address that leads where ``address`` does and holds no service's tag."""
    if not _TAG_IN_ADDRESS.search(address):
        return address
    return _TO_ENCODE.sub(lambda sign: f"%{ord(sign[0]):02X}", address)


def values(service: Service, letter: Letter, config: Config) -> dict[str, str]:
    """Return what each stand-in becomes for ``service``: its merge tag, or the site's own value."""
    newsletter = config.newsletter
    unsubscribe = service.unsubscribe or newsletter.unsubscribe or ""
    if not unsubscribe and newsletter.unsubscribe_email:
        unsubscribe = f"{mailto(newsletter.unsubscribe_email)}?subject=unsubscribe"
    if not unsubscribe and NONE.name not in newsletter.esp:
        # A service's tag would be dead in a mail program: an answer to the sender is a way out.
        sender = answered_at(newsletter)
        unsubscribe = f"{mailto(sender)}?subject=unsubscribe" if sender else letter.web
    return {
        "unsubscribe": unsubscribe,
        "web": service.web or letter.web,
        "address": service.address or newsletter.address,
        "addresstext": service.address_text or newsletter.address,
    }


def answered_at(newsletter: Newsletter) -> str:
    """Return the address at which an answer to a letter is read, empty for none."""
    email = newsletter.reply_to or (newsletter.from_.email if newsletter.from_ else None) or ""
    return "" if _UNREAD.match(email) else email


def in_html(service: Service, filled: dict[str, str]) -> dict[str, str]:
    """Return ``filled`` for an HTML document: merge tags stay as they are to the byte."""
    own = (service.unsubscribe, service.web, service.address)
    return {name: text if text in own else escape(text) for name, text in filled.items()}


class Sentinels:
    """Stand-ins for merge tags: URL-safe words that premailer and lxml leave alone.

    They bear a hash of the letter, so that no article can hold one.
    """

    def __init__(self, letter: Letter) -> None:
        parts = [letter.key, letter.subject, letter.preheader, letter.editorial]
        for section in letter.sections:
            parts += [
                text
                for each in section.entries
                for text in (each.title, each.summary, each.content)
            ]
        digest = hashed([*parts, letter.web])[:16]
        self._stem = f"nf{digest}x"
        self._kept: dict[str, str] = {}

    def of(self, what: str) -> str:
        """Return the stand-in for ``what``: ``unsubscribe``, ``web`` or ``address``."""
        return f"{self._stem}{what}"

    def keep(self, text: str) -> str:
        """Return the stand-in for ``text``, a merge tag that a site's own template writes."""
        name = "keep" + "".join(chr(ord("a") + int(digit)) for digit in str(len(self._kept)))
        self._kept[name] = text
        return self.of(name)

    def swap(self, text: str, values: dict[str, str]) -> str:
        """Return ``text`` with each stand-in replaced, byte for byte, by its value."""
        return re.sub(
            rf"{self._stem}([a-z]+)", lambda found: {**self._kept, **values}[found[1]], text
        )
