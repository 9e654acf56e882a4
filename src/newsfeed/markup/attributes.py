"""Which attributes a body's tags keep, in which form, and what its addresses mean."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

import msgspec

from newsfeed.markup.address_slots import RefKind
from newsfeed.markup.elements.allowed import ATTRIBUTES, ITEM_SCHEME, OF_PASTING, SCHEME, may_lead
from newsfeed.text.languages import is_language
from newsfeed.text.regex import regex
from newsfeed.text.typed_addresses import is_on_own_computer

CLASSES = frozenset(
    {
        "align-left", "align-center", "align-right", "button", "caution", "danger", "details",
        "footnote-back", "footnote-reference", "footnotes", "important", "info", "lead", "note",
        "quotation", "small", "tip", "warning",
    }
)  # fmt: skip
ADDRESSES: dict[str, dict[str, RefKind]] = {
    "a": {"href": "link"},
    "audio": {"src": "media"},
    "blockquote": {"cite": "link"},
    "del": {"cite": "link"},
    "img": {"src": "image"},
    "ins": {"cite": "link"},
    "q": {"cite": "link"},
    "source": {"src": "media"},
    "track": {"src": "media"},
    "video": {"src": "media", "poster": "image"},
}
# Few bodies need any of them: each is compiled when one does.
_NUMBER = r"(\d{1,5})(?:\.\d+)?(?:px)?"
_LANGUAGE = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"
_FORMS = {
    "colspan": r"[1-9]\d{0,2}",
    "dir": r"ltr|rtl|auto",
    "height": _NUMBER,
    "hreflang": _LANGUAGE,
    "lang": _LANGUAGE,
    "loading": r"lazy|eager",
    "preload": r"none|metadata|auto",
    "rowspan": r"[1-9]\d{0,3}",
    "scope": r"row|col|rowgroup|colgroup",
    "span": r"[1-9]\d{0,2}",
    "srclang": _LANGUAGE,
    "start": r"-?\d{1,9}",
    "type": r"[1aAiI]|[\w.+-]+/[\w.+-]+(?:; ?codecs=[\w., ]+)?",
    "value": r"-?\d{1,9}",
    "width": _NUMBER,
}
_CANDIDATE = regex(r"[\s,]*+(\S++)(?:(?<=,)|([^,]*+))")
_DESCRIPTOR = regex(r"\d+(?:\.\d+)?[wx]|")
_PELICAN = regex(
    r"(?:\{|%7B|\||%7C)(filename|static|attach|index|tag|category|author)(?:\}|%7D|\||%7C)(.*)",
    re.S | re.I,
)
_MARKS = regex(r"[\u0300-\u036f]")
_SAFE = regex(r"[A-Za-z0-9_-]*")
_PUNCTUATION = regex(r"[^\w\s-]+")
_BETWEEN = regex(r"[\s_-]+")


def anchor(prefix: str, name: str) -> str:
    """Return the id that a body with ``prefix`` gives to its part ``name``, as in ``#name``.

    As GitHub, Hugo and Jekyll make it of a heading: small letters, no punctuation, hyphens between
    words. Letters lose their accents, so that the address needs no escapes.
    """
    slug = _slug(name)
    return f"{_safe(prefix)}-{slug}" if prefix else slug


@lru_cache(maxsize=64)
def _safe(prefix: str) -> str:
    return prefix if _SAFE.fullmatch(prefix) is not None else _slug(prefix)


@lru_cache(maxsize=1024)
def _slug(name: str) -> str:
    name = name.casefold()
    if not name.isascii() or "%" in name:
        flat = unicodedata.normalize("NFKD", unquote(name).replace("œ", "oe").replace("æ", "ae"))
        name = _MARKS.sub("", flat)
    return _BETWEEN.sub("-", _PUNCTUATION.sub("", name)).strip("-") or "part"


def allowed(element: str, key: str) -> bool:
    """Tell whether ``element`` may have the attribute ``key``."""
    return key in ATTRIBUTES["*"] or key in ATTRIBUTES.get(element, ())


def formed(element: str, key: str, value: str) -> str:
    """Return an attribute as it is written out, with a space before; empty when it may not stand.

    ``value`` is escaped, as nh3 leaves it.
    """
    if key == "class":
        words = [
            word
            for word in value.split()
            if word in CLASSES or (element == "code" and word.startswith("language-"))
        ]
        return f' class="{" ".join(words)}"' if words else ""
    form = _FORMS.get(key)
    if form is None:
        return f' {key}="{value}"'
    match = re.fullmatch(form, value)
    if match is None or (form is _LANGUAGE and not is_language(value)):
        return ""
    return f' {key}="{match[1] if form is _NUMBER else value}"'


def candidates(srcset: str) -> list[tuple[str, str]]:
    """Return the (address, descriptor) pairs of a ``srcset`` (HTML, srcset attributes)."""
    found = ((url.rstrip(","), how.strip()) for url, how in _CANDIDATE.findall(srcset))
    return [(url, how) for url, how in found if url and _DESCRIPTOR.fullmatch(how)]


class Address(msgspec.Struct, frozen=True, gc=False):
    """What an address means: ``refused`` is the code of what is said where it may not stand."""

    url: str
    kind: RefKind
    needles: tuple[str, ...]
    refused: str = ""


def meant(url: str, kind: RefKind) -> Address:
    """Return what ``url`` means in an attribute that holds addresses of ``kind``.

    Zola's ``@/…``, Pelican's ``{filename}…`` and our own `ITEM_SCHEME` name an article.
    """
    needles = (url,)
    scheme = SCHEME.match(url)
    if scheme is not None:
        name = scheme[1].lower()
        if name == ITEM_SCHEME:
            named = unquote(url[len(scheme[0]) :])
            if named.startswith("#"):
                return Address(named, "link", (named,))
            return Address(named, "item", (named, named.partition("#")[0]))
        if may_lead(url):
            leads = url[len(scheme[0]) :].strip(" /")
            return Address(url, kind, needles, "" if leads else "address-refused")
        if is_on_own_computer(url):
            return Address(unquote(url), kind, (url, unquote(url)), "address-own-computer")
        pasted = kind == "image" and name in OF_PASTING
        return Address(url, kind, needles, "picture-pasted" if pasted else "address-refused")
    if url[0] in "\\%" and is_on_own_computer(url):
        return Address(unquote(url), kind, (url, unquote(url)), "address-own-computer")
    if url.startswith("__GHOST_URL__"):
        # Ghost's exports write this for the site's address.
        return Address(url.removeprefix("__GHOST_URL__") or "/", kind, needles)
    if url.startswith("@/"):
        return Address(unquote(url[1:]), "item", needles)
    pelican = _PELICAN.match(url) if url.startswith(("{", "|", "%7")) else None
    if pelican is None:
        return Address(url, kind, needles)
    what, rest = pelican[1].lower(), unquote(pelican[2])
    needles = (rest,)
    if what == "filename":
        return Address(rest, "item", needles)
    if what in {"static", "attach", "index"} and may_lead(rest):
        return Address(rest or "/", kind, needles)
    return Address(unquote(url), kind, (unquote(url),), "foreign-removed")
