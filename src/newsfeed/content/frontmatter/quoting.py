"""Texts -> YAML scalars that read back as themselves."""

from __future__ import annotations

import re

from newsfeed.text.regex import regex

# What a parser, or an editor, would not give back as it is.
_UNSEEN = regex("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_PLAIN = regex(r"[^\W_](?:[^\n:#\"'\[\]{},&*!|>%@`\\]|:(?=\S))*").fullmatch


def quoted(text: str) -> str:
    """Return ``text`` as a YAML scalar between double quotes."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{_UNSEEN.sub(_escape, plain)}"'


def mapping(metadata: dict[str, object]) -> str:
    """Return ``metadata``, texts and lists of texts, as a YAML mapping."""
    return "\n".join(_entry(key, value) for key, value in metadata.items())


def _entry(key: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return f"{key}: [{', '.join(_scalar(str(each)) for each in value)}]"
    return f"{key}: {_scalar(str(value))}"


def _scalar(text: str) -> str:
    plain = _PLAIN(text) and not text.endswith((" ", ":"))
    return text if plain else quoted(text)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04X}"
