"""The attributes of a body's tags: addresses become references, names become ids."""

from __future__ import annotations

from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

import msgspec

from newsfeed.markup import attributes as forms
from newsfeed.markup.address_slots import Attribute, Candidates, Hole, Ref, RefKind
from newsfeed.markup.attributes import ADDRESSES, anchor
from newsfeed.markup.elements.allowed import ITEM_NAME
from newsfeed.markup.elements.tags import ATTRIBUTES
from newsfeed.markup.positions import Places
from newsfeed.text.redirectors import led_to
from newsfeed.text.regex import regex
from newsfeed.text.typed_addresses import mended, mended_link, normal_contact, without_unseen

_ORDINARY = regex(r"https?://(?!https?:?//)[!#$&-~]+").fullmatch
_PLAIN = regex(r"[#/.][!#$&(-;=?-Z_a-z~]*").fullmatch
"""An address of this site with nothing in it that anybody mistypes or pastes."""
_MAY_BE_UNSEEN = ("%E2%80%", "%E2%81%", "%EF%BB%", "%C2%AD")
_SHOWN = 80
_NO_ADDRESSES: dict[str, RefKind] = {}


class Loss(msgspec.Struct, frozen=True, gc=False):
    """What was left out or mended: the rule's code, what is said of it, and how the source may have it.

    ``better`` is how it was meant.
    """

    code: str
    what: str
    needles: tuple[str, ...]
    better: str = ""


class References:
    """The references, ids and losses of one body, in the order of its tags.

    ``ids`` maps each id to the name it was made from; ``inner`` says that a reference leads to a
    part of the body.
    """

    def __init__(self, prefix: str, places: Places, typeset: Callable[[str], str]) -> None:
        self.refs: list[Ref] = []
        self.ids: dict[str, str] = {}
        self.lost: list[Loss] = []
        self.places = places
        self._prefix = prefix
        self._typeset = typeset
        self._numbers: dict[str, int] = {}
        self.inner = False

    def attributes(self, name: str, tag: str) -> tuple[Attribute, ...]:
        """Return the attributes of a start ``tag`` of the element ``name``, addresses as holes."""
        kept: list[Attribute] = []
        addresses = ADDRESSES.get(name, _NO_ADDRESSES)
        for key, value in ATTRIBUTES.findall(tag):
            if key in addresses:
                number = self._address(unescape(value).strip(), addresses[key])
                if number is not None:
                    kept.append(Hole(key, number))
            elif not forms.allowed(name, key):
                continue
            elif key == "srcset":
                kept += self._candidates(unescape(value))
            elif literal := self._literal(name, key, value):
                kept.append(literal)
        return tuple(kept)

    def new_id(self, name: str) -> str:
        """Return the attribute for ``name``, numbered where the name has been given."""
        final = wanted = anchor(self._prefix, name)
        number = self._numbers.get(wanted, 0)
        while final in self.ids:
            number += 1
            final = f"{wanted}-{number}"
        self._numbers[wanted] = number
        self.ids[final] = f"{name} {number}" if number else name
        return f' id="{final}"'

    def _candidates(self, srcset: str) -> tuple[Candidates, ...]:
        found = [(self._address(url, "image"), how) for url, how in forms.candidates(srcset)]
        known = tuple((number, how) for number, how in found if number is not None)
        return (Candidates(known),)

    def _literal(self, name: str, key: str, value: str) -> str:
        if key in {"id", "name"}:
            named = unescape(value)
            return "" if anchor(self._prefix, named) in self.ids else self.new_id(named)
        if key == "headers":
            ids = " ".join(anchor(self._prefix, unescape(word)) for word in value.split())
            return f' headers="{ids}"' if ids else ""
        if key in {"alt", "title", "label"}:
            text = ITEM_NAME.sub(lambda name: unquote(name[1]), unescape(value))
            return f' {key}="{escape(self._typeset(text))}"'
        return forms.formed(name, key, value)

    def _address(self, url: str, kind: RefKind) -> int | None:
        """Return the number of the new reference for ``url``, None when it may not stand."""
        if _ORDINARY(url) is not None and led_to(url) is None:
            return self._new(url, kind, (url,))
        if not url:
            return None
        written, url = url, url if _PLAIN(url) else self._mended(url, kind)
        address = forms.meant(url, kind)
        if address.refused:
            inlined = url.startswith("data:") and kind == "image"
            code = "picture-refused" if inlined else address.refused
            self.lost.append(Loss(code, address.url[:_SHOWN], address.needles))
            return None
        if not address.url:
            return None
        self.inner = self.inner or address.url[0] == "#"
        needles = address.needles if url is written else (written, unquote(written))
        return self._new(address.url, address.kind, needles)

    def _mended(self, url: str, kind: RefKind) -> str:
        """Return ``url`` as the author meant it, and note what was not meant so; ``url`` itself else."""
        encoded = "%" in url and self.places.holds(*(m for m in _MAY_BE_UNSEEN if m in url))
        meant = normal_contact(without_unseen(url, encoded=encoded))
        better = mended_link(meant) if kind == "link" else mended(meant)
        if better is not None:
            self._note("address-mended", url, better)
            meant = better
        if (beyond := led_to(meant)) is not None:
            self._note("address-wrapped", url, beyond)
            meant = beyond
        return url if meant == url else meant

    def _note(self, code: str, url: str, better: str) -> None:
        shown = unquote(url)
        self.lost.append(Loss(code, shown[:_SHOWN], (url, shown), better[:_SHOWN]))

    def _new(self, url: str, kind: RefKind, needles: tuple[str, ...]) -> int:
        refs = self.refs
        refs.append(Ref(url, kind, self.places, self.places.ask(needles)))
        return len(refs) - 1
