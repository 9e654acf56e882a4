"""A brand's font stacks as CSS, in a style sheet or an attribute, and as Outlook can follow them."""

from __future__ import annotations

import re

from newsfeed.text.regex import regex

SERIF = "Georgia,Times New Roman,serif"
SANS = "Helvetica Neue,Helvetica,Arial,sans-serif"
SANS_RTL = "Segoe UI,Tahoma,Arial,sans-serif"

_IDENTIFIERS = regex(r"-?[^\W\d][\w-]*(?: -?[^\W\d][\w-]*)*")
"""A family that CSS takes without quotes: identifiers with spaces between them (CSS Fonts 4 §2.1)."""
_EVERYWHERE = frozenset({
    "arial", "arial black", "calibri", "cambria", "candara", "comic sans ms", "consolas", "constantia",
    "corbel", "courier new", "franklin gothic medium", "georgia", "impact", "lucida console",
    "palatino linotype", "segoe ui", "tahoma", "times new roman", "trebuchet ms", "verdana",
})  # fmt: skip
"""Families that Windows installs."""
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})


def stack(written: str, otherwise: str = "") -> str:
    """Return a font stack as it can stand in a style attribute between double quotes.

    A family that is no chain of identifiers, such as ``Source Sans 3``, stands in single quotes.
    ``otherwise`` is what a stack goes on with that names no generic family: most readers of a mail
    have none of its own.
    """
    families = _families(written)
    is_whole = any(each.casefold() in _GENERIC for each in families)
    return ",".join([*map(_quoted, families), *([] if is_whole or not otherwise else [otherwise])])


def for_outlook(written: str, otherwise: str) -> str:
    """Return the first family of ``written`` that Windows has, ``otherwise`` where there is none.

    Outlook on Windows shows Times New Roman in the place of a family that it does not know.
    """
    families = _families(written)
    known = next((each for each in families if each.casefold() in _EVERYWHERE), None)
    if known is None:
        return otherwise
    generic = next((each for each in families if each.casefold() in _GENERIC), "")
    return ",".join(filter(None, [_quoted(known), generic]))


def _families(written: str) -> list[str]:
    """Return the families of a stack without quotes and what could end an attribute or a rule."""
    plain = (re.sub(r"[^\w\s.+-]", "", each) for each in _split(written))
    return [family for family in (" ".join(each.split()) for each in plain) if family]


def _split(written: str) -> list[str]:
    """Return what stands between the commas that no quotes enclose."""
    return re.findall(r"(?:\"[^\"]*\"|'[^']*'|[^,])+", written)


def _quoted(family: str) -> str:
    return family if _IDENTIFIERS.fullmatch(family) else f"'{family}'"
