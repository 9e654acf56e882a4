"""Addresses as people type and paste them, and what they mean."""

from __future__ import annotations

import re
from functools import lru_cache

from newsfeed.text.media_types import media_type
from newsfeed.text.regex import regex

_NEARLY_HTTP = frozenset(
    ("htp", "htps", "htpp", "htpps", "htttp", "htttps", "httpss", "httsp", "hhtp", "hhtps",
     "hhttp", "hhttps", "ttp", "ttps", "htt", "htts")
)  # fmt: skip
_BARE_HOST = regex(
    r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2,10}|xn--[\w-]+)(?::\d{1,5})?(?:[/?#]\S*)?", re.I
).fullmatch
_ENDINGS = (
    "shtml xhtml phtml php asp aspx ashx jsp jspx cfm cgi md markdown mdown mdx rst adoc "
    "asciidoc textile qmd rmd ipynb jsonl yaml yml toml ini js jsx tsx scss log rss atom "
    "geojson gpx kml sql sqlite docm xlsm odg odf rtf azw pages numbers key psd heic heif jxl "
    "mkv wmv flv gz tgz rar xz jar exe bin dmg iso apk deb rpm torrent"
)
_FILES = frozenset(_ENDINGS.split())
"""Endings of files, beside those that have a media type; of domains, ``md`` alone is one as well."""
_TOP_LEVEL = frozenset({"com", "dot", "man", "movie"})
"""Domains of the root zone that mimetypes knows as endings, which hardly any file bears."""
_HOST_LIKE = r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:/\S*)?"
_MAIL = regex(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.([A-Za-z]{2,24})(?:\?\S*)?").fullmatch
_QUOTE = "[\"'“”„«»‘’]|%22|%27|%E2%80%9[89CDE]|%C2%(?:AB|BB|A0)"
_QUOTED = regex(rf"(?:{_QUOTE}|\s)+(https?://\S+?)(?:{_QUOTE}|\s)*").fullmatch
_UNSEEN = regex("[\t\r\n\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_UNSEEN_ENCODED = regex(r"%(?:C2%AD|E2%80%(?:8[BEF]|A[A-E])|E2%81%A[06-9]|EF%BB%BF)")
_BLANKS = regex("(?:\\s|%20|%C2%A0|%E2%80%AF)+")
_CALLS = regex(r"(tel|sms):", re.I).match
_TRUNK = regex(r"((?:tel|sms):\+\d+)\(0\)", re.I)
_LETTER = regex(r"mailto:", re.I).match
_NAMED = regex(r"(?:<|%3C)([^<>%\s]+@[^<>%\s]+)(?:>|%3E)", re.I)
_OWN_COMPUTER = regex(r"file:|[A-Za-z]:(?:[\\/]|%5C)|\\\\|%5C%5C", re.I).match
_PREVIEW = regex(
    r"https?://(?:[\w-]+\.)?(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])(?=[:/?#]|\Z)", re.I
).match
# RFC 1918, 3927, 4193 and 6761; names that RFC 6762 (appendix G) and 8375 keep for networks at home.
_PRIVATE = regex(
    r"//(?:[^/?#@]*@)?(?:[\w-]+|(?:[\w-]+\.)+(?:localhost|local|lan|home|internal|intranet|corp|home\.arpa)"
    r"|(?:10|127)(?:\.\d{1,3}){3}|(?:192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2}|0\.0\.0\.0"
    r"|\[(?:::1|f[cd][0-9a-f]{2}:[0-9a-f:]*|fe80:[0-9a-f:]*)\])\.?(?=[:/?#]|\Z)",
    re.I,
).match


def mended(plain: str) -> str | None:
    """Return the address that ``plain`` was meant to be, or None where it is one or is unclear."""
    found = re.fullmatch(r"<(https?://[^\s<>]+)>|\[[^\]]*\]\((https?://[^\s()]+)\)", plain)
    if found:
        return found[1] or found[2]
    found = re.fullmatch(
        r"(https?)(?::/|//|;//|:\\\\|\s*:\s*//\s*)([\w-]+\.\S+)", plain, re.IGNORECASE
    )
    if found and not re.match(r"https?://", plain):
        return f"{found[1].lower()}://{found[2]}"
    scheme, colon, rest = plain.partition("://")
    if colon and scheme.lower() in _NEARLY_HTTP and re.fullmatch(_HOST_LIKE, rest):
        return f"http{'s' if 's' in scheme.lower() else ''}://{rest}"
    if scheme in ("http", "https") and re.match(r"https?://[\w-]+\.", rest):
        return rest
    if plain.lower().startswith("www.") and re.fullmatch(_HOST_LIKE, plain):
        return f"https://{plain}"
    return None


def mended_link(plain: str) -> str | None:
    """Return what ``plain`` was meant to lead to, of people by mail too; None as `mended` does."""
    if (quoted := _QUOTED(plain)) is not None:
        return quoted[1]
    mail = _MAIL(plain) if "@" in plain else None
    if mail is not None and not is_file_ending(mail[1].lower()):
        return f"mailto:{plain}"
    return mended(plain)


def without_unseen(url: str, *, encoded: bool) -> str:
    """Return ``url`` without white space within and without marks that no eye sees.

    Browsers leave out the former (URL standard, 4.4); the latter come with text that was pasted. A
    mark that is ``encoded`` in what a person wrote belongs to the address. The joiners of Persian
    and of emoji are letters.
    """
    url = _UNSEEN.sub("", url)
    return url if encoded or "%" not in url else _UNSEEN_ENCODED.sub("", url)


def normal_contact(url: str) -> str:
    """Return an address that calls or writes to people as programs take it; any other as it is.

    A nought in brackets is dialled within the country alone; several people stand between commas
    and without their names (RFC 3966 §3, RFC 6068 §2).
    """
    if _CALLS(url):
        return _TRUNK.sub(r"\1", _BLANKS.sub("", url))
    if not _LETTER(url):
        return url
    people, mark, fields = url[7:].partition("?")
    listed = _NAMED.findall(people) or re.split("[,;]", people)
    return (
        f"{url[:7]}{','.join(_BLANKS.sub('', each).lstrip('/') for each in listed)}{mark}{fields}"
    )


def is_on_own_computer(url: str) -> bool:
    """Tell whether ``url`` names a file on the disk of who wrote it."""
    return _OWN_COMPUTER(url) is not None


def is_of_preview(url: str) -> bool:
    """Tell whether ``url`` leads to the computer of whoever opens it, as a preview's does."""
    return _PREVIEW(url) is not None


def is_out_of_reach(url: str) -> bool:
    """Tell whether ``url`` leads to one computer, as a preview's does, or into one network alone."""
    parts = url.split("/", 3)
    return len(parts) > 2 and parts[0].lower() in ("http:", "https:") and _is_private(parts[2])


@lru_cache(maxsize=4096)
def _is_private(authority: str) -> bool:
    return _PRIVATE(f"//{authority}") is not None


def is_bare_host(plain: str) -> bool:
    """Tell whether ``plain`` is the address of a page without its scheme, and no file's name."""
    found = _BARE_HOST(plain)
    return found is not None and not is_file_ending(found[1].lower())


def is_file_ending(ending: str) -> bool:
    """Tell whether an ending is a file's and no domain's; other pairs of letters are countries'."""
    if ending in _FILES:
        return True
    is_domain = len(ending) == 2 or ending in _TOP_LEVEL  # ISO 3166-1: sh, py, pl, ai, au, tr
    return not is_domain and media_type(f"x.{ending}") != "application/octet-stream"
