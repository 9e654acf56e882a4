"""The few expressions of templates whose value a body knows: the site's address, and literals."""

from __future__ import annotations

import re

from newsfeed.markup.shortcodes.output import item
from newsfeed.text.regex import regex

# What stands before a place where an address is expected, read backwards: `](`, `href="`, `<`,
# `[x]: `, and an address that has begun.
_BEFORE_ADDRESS = regex(
    r"\n?[^\s\"'()<>]*(?:\(\]|\s*:\]|[\"']?\s*=\s*(?:ferh|crs|etic|retsop)|<)", re.I
)
_SITE = frozenset(
    {
        "site.baseurl", "site.url", "site.baseURL", "site.BaseURL", "site.github.url",
        ".Site.BaseURL", ".Site.BaseUrl", "SITEURL", "config.base_url", "config.root", "site_url",
        "root_url", "base_url", "baseurl", "@root.site.url", "@site.url", "__GHOST_URL__",
    }
)  # fmt: skip
_LITERAL = regex(r"([\"'])(?P<text>.*?)\1(?P<filters>(?:\s*\|.*)?)", re.S)
_FILTERS = regex(
    r"\s*\|\s*(?:relative_url|absolute_url|url|relURL|absURL|safeURL|prepend:?\s*site\.\w+|"
    r"prepend:?\s*['\"]{2}|uri_escape|escape|cdn_url|asset_url)\s*"
)
_FUNCTION = regex(
    r"(?:url_for|get_url|relURL|absURL|relLangURL|absLangURL|asset|useBaseUrl)\s*\(?\s*"
    r"(?:path\s*=\s*)?([\"'])(?P<path>.*?)\1[^)]*\)?\s*"
)


def is_in_address(before: str) -> bool:
    """Tell whether an address is expected after ``before``, or has begun there."""
    return _BEFORE_ADDRESS.match(before[::-1]) is not None


def value_of(expression: str) -> str | None:
    """Return what ``{{ expression }}`` writes, None when only its own tool knows.

    The site's address is empty: what follows it is then an address from the site's root.
    """
    name = expression.partition("|")[0].strip()
    if name in _SITE:
        return ""
    literal = _LITERAL.fullmatch(expression)
    if literal is not None:
        filters = _FILTERS.sub("", literal["filters"])
        return literal["text"] if not filters.strip() else None
    function = _FUNCTION.fullmatch(expression)
    if function is not None:
        path = function["path"]
        return item(path[1:]) if path.startswith("@/") else path
    return None
