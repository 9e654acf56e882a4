"""The letter as a message, ``.eml``: HTML, text and pictures as MIME parts.

Every byte of it follows from the letter.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Mapping

from newsfeed.newsletter.headers import Envelope, headers
from newsfeed.newsletter.links import Picture
from newsfeed.text.hashing import hashed


def message(
    envelope: Envelope,
    html: str,
    text: str,
    pictures: Mapping[str, Picture] | None = None,
) -> bytes:
    """Return the message, lines ending in CRLF.

    ``pictures`` are what ``html`` shows by ``cid:``, by content id. The Message-ID covers all that is
    said: of two letters with one id mailboxes keep the first alone.
    """
    said = [envelope.domain, envelope.key, envelope.subject, envelope.date.isoformat(), html, text]
    seed = hashed(said)[:24]
    body = _leaf("text/html; charset=utf-8", html)
    if pictures:
        parts = [body, *(_picture(name, each) for name, each in pictures.items())]
        body = _multipart('related; type="text/html"', f"related-{seed}", parts)
    whole = _multipart(
        "alternative", f"letter-{seed}", [_leaf("text/plain; charset=utf-8", text), body]
    )
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers(envelope, seed))
    return lines.encode() + whole


def _multipart(kind: str, boundary: str, parts: Iterable[bytes]) -> bytes:
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    rule = f"--{boundary}".encode()
    return head + b"".join(rule + b"\r\n" + part + b"\r\n" for part in parts) + rule + b"--\r\n"


def _leaf(kind: str, text: str) -> bytes:
    """Return a text as a part: quoted-printable, which every relay leaves as it is."""
    coded = quopri.encodestring(text.replace("\r\n", "\n").encode()).replace(b"\n", b"\r\n")
    # A line that opens with "From " or a lone dot is changed by mailboxes and old relays.
    coded = re.sub(rb"(?m)^From ", b"=46rom =\r\n", coded)
    coded = re.sub(rb"(?m)^\.", b"=2E=\r\n", coded)
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode() + coded


def _picture(name: str, picture: Picture) -> bytes:
    """Return a picture as a part that has a file name: others are called "noname" or ATT00001."""
    from base64 import encodebytes

    head = (
        f'Content-Type: {picture.type}; name="{picture.file}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{name}>\r\n"
        f'Content-Disposition: inline; filename="{picture.file}"\r\n\r\n'
    )
    return head.encode() + encodebytes(picture.content).replace(b"\n", b"\r\n")
