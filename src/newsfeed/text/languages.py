"""Languages and their tags (BCP 47, ISO 639-1): which exist, and which way they are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Literal

from newsfeed.text.regex import regex

_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv"
    " cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr"
    " ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw"
    " ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv"
    " ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq"
    " sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh"
    " yi yo za zh zu"
)
ISO_639_1 = frozenset(_TWO_LETTERS.split())
"""The codes of two letters. Of three letters there are thousands: only their shape is checked."""

_COMMON = (
    "ar bg bn br ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka"
    " km ko lt lv mk mn ms my nb nl nn no oc pl pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz"
    " vi zh"
)
IN_FILE_NAMES = frozenset(_COMMON.split())
"""Those that the end of a name, ``article.fr.md``, stands for; crates.io is not in Ido."""

_FROM_THE_RIGHT = (
    "ar arc ary arz apc acm azb bal bgn bqi ckb dv fa fas ara glk haz he heb iw ji khw ks lrc luz mzn"
    " nqo per pnb prs ps pus rhg sd sdh skr syr ug uig ur urd yi yid"
)
_RIGHT_TO_LEFT = frozenset(_FROM_THE_RIGHT.split())
"""Languages whose usual script runs so (CLDR, likely subtags), with old codes: iw, ji."""
_SCRIPTS = "adlm arab aran armi avst hebr mand mend nkoo phnx rohg samr sogd syrc thaa yezi"
_SCRIPTS_RIGHT_TO_LEFT = frozenset(_SCRIPTS.split())
_NAMES = {
    "français": "fr", "francais": "fr", "french": "fr", "anglais": "en", "english": "en",
    "espagnol": "es", "español": "es", "spanish": "es", "allemand": "de", "deutsch": "de",
    "german": "de", "italien": "it", "italiano": "it", "italian": "it", "portugais": "pt",
    "português": "pt", "portuguese": "pt", "arabe": "ar", "arabic": "ar", "العربية": "ar", "breton": "br",
    "occitan": "oc", "corse": "co", "basque": "eu", "catalan": "ca", "chinois": "zh",
    "néerlandais": "nl", "nederlands": "nl", "dutch": "nl", "fra": "fr", "fre": "fr", "eng": "en",
    "spa": "es", "deu": "de", "ita": "it",
}  # fmt: skip
_TAG = regex(r"(?:[A-Za-z]{2,3}|[ix](?=-))(?:-[A-Za-z0-9]{1,8})*").fullmatch


def is_language(tag: str) -> bool:
    """Say whether ``tag`` has the shape of a language tag, and a language that exists."""
    if _TAG(tag) is None:
        return False
    base = primary(tag)
    return len(base) != 2 or base in ISO_639_1


def primary(tag: str) -> str:
    """Return the language of a tag without its region or script: ``pt`` of ``pt-BR``."""
    return tag.partition("-")[0].lower()


def alike(one: str, other: str) -> bool:
    """Say whether one of two tags is the other or a wider one (RFC 4647 §3.3.1).

    So are ``en`` and ``en-GB``; ``en-US`` and ``en-GB`` are not.
    """
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    return f"{longer}-".startswith(f"{shorter}-")


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the one of ``texts``, which are by language, that is nearest to ``language``."""
    near = [tag for tag in texts if alike(tag, language)]
    best = max(near, key=lambda tag: (tag.lower() == language.lower(), -len(tag)), default="")
    return texts.get(best, "")


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return whether a language is written from left to right or from right to left.

    A script in the tag counts more than the language: ``pa-Arab``, ``ar-Latn``.
    """
    script = next((part for part in tag.lower().split("-")[1:] if len(part) == 4), "")
    if script.isalpha():
        return "rtl" if script in _SCRIPTS_RIGHT_TO_LEFT else "ltr"
    return "rtl" if primary(tag) in _RIGHT_TO_LEFT else "ltr"


def direction_of(text: str) -> Literal["ltr", "rtl"]:
    """Return the direction of the first letter of ``text`` that has one (UAX 9, rules P2 and P3)."""
    strong = (unicodedata.bidirectional(char) for char in text)
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def language_called(name: str) -> str:
    """Return the tag of a language that is called ``name`` in its own words or ours, empty for none."""
    return _NAMES.get(name.strip().lower(), "")
