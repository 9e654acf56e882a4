"""How each tool makes a part of an address of a text: ``pages.slugs`` names one of these ways.

A site whose pages another tool writes has that tool's addresses, so its rules are followed to the
letter, odd ones too. Pure functions of a text; none cuts what is long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from newsfeed.text.regex import regex
from newsfeed.text.slugs import without_accents

_MARKUP = regex(r"</?[^>]*>")
_PRETTY = frozenset("._~!$&'()+,;=@")
_HUGO = frozenset("._#~-@")


def jekyll(text: str) -> str:
    """Return ``:title`` as Jekyll makes it (`Utils.slugify`, mode "pretty", cased)."""
    return _hyphened(text, lambda char: char in _PRETTY or _is_of_word(char))


def jekyll_slug(text: str) -> str:
    """Return ``:slug`` as Jekyll makes it (`Utils.slugify`, mode "default")."""
    return _hyphened(text.lower(), _is_of_word)


def hugo(text: str) -> str:
    """Return ``text`` as Hugo's ``urlize`` does (v0.168, `paths.Sanitize`, in lower case)."""
    kept: list[str] = []
    waiting = hyphen = False
    for char in re.sub(r"%[0-9A-Fa-f]{2}", "", re.sub(r"[/\\]", "-", text)):
        if char in _HUGO or _is_of_word(char):
            hyphen = char == "-"
            if waiting and not hyphen:
                kept.append("-")
            waiting = False
            kept.append(char)
        elif kept and not hyphen and char.isspace():
            waiting = True
    return "".join(kept).lower()


def ascii_words(text: str) -> str:
    """Return ``text`` as Zola does (the crate ``slug``): ASCII, lower case, hyphens between words."""
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text).lower()).strip("-")


def pelican(text: str) -> str:
    """Return ``text`` as Pelican does (``SLUG_REGEX_SUBSTITUTIONS`` by default)."""
    plain = re.sub(r"[^\w\s-]", "", _ascii(_MARKUP.sub("", text))).strip()
    return re.sub(r"[-\s]+", "-", plain).lower()


def github(text: str) -> str:
    """Return ``text`` as github-slugger does, which Astro uses: a hyphen a space, no more."""
    return "".join(
        "-" if char == " " else char
        for char in text.lower()
        if char in " -_" or _is_of_word(char) or unicodedata.category(char) in ("Nl", "Pc")
    )


def mkdocs(text: str) -> str:
    """Return ``text`` as ``pymdownx.slugs.slugify(case="lower")`` does."""
    plain = _MARKUP.sub("", unicodedata.normalize("NFC", text)).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def eleventy(text: str) -> str:
    """Return ``text`` as Eleventy's filter ``slugify`` does (@sindresorhus/slugify)."""
    plain = _ascii(text.replace("&", " and ").replace("’", "'")).lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"'([ts])\b", r"\1", plain)).strip("-")


def as_written(text: str) -> str:
    """Return ``text`` unchanged."""
    return text


NAMINGS: Mapping[str, Callable[[str], str]] = {
    "jekyll": jekyll,
    "hugo": hugo,
    "zola": ascii_words,
    "pelican": pelican,
    "astro": github,
    "mkdocs": mkdocs,
    "eleventy": eleventy,
    "docusaurus": as_written,
    "hexo": as_written,
}
# What a tool does otherwise with one placeholder than with the rest.
EXCEPTIONS: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("jekyll", "category"): str.lower,
    ("eleventy", "slug"): as_written,
    ("eleventy", "file"): as_written,
    ("eleventy", "name"): as_written,
    ("eleventy", "folder"): as_written,
    ("eleventy", "path"): as_written,
    ("astro", "slug"): as_written,
    ("mkdocs", "slug"): as_written,
    ("pelican", "slug"): as_written,
    ("pelican", "folder"): as_written,
    ("zola", "folder"): as_written,
}


def naming(tool: str, placeholder: str) -> Callable[[str], str]:
    """Return how ``tool`` writes a ``placeholder`` of an address."""
    return EXCEPTIONS.get((tool, placeholder), NAMINGS[tool])


def _is_of_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM" or unicodedata.category(char) == "Nd"


def _hyphened(text: str, keep: Callable[[str], bool]) -> str:
    kept = "".join(char if keep(char) else " " for char in text)
    return "-".join(kept.split())


def _ascii(text: str) -> str:
    return without_accents(text).encode("ascii", "ignore").decode()
