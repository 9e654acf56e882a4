"""Addresses of the web and of people."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsfeed.content.fields.plain import SPACES, text
from newsfeed.content.fields.report import Path, Report
from newsfeed.content.frontmatter import Value
from newsfeed.markup.allowed import SCHEME, may_lead
from newsfeed.text.media_types import media_type
from newsfeed.text.regex import regex

_EMAIL = r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+"
_NEARLY_HTTP = frozenset(
    ("htp", "htps", "htpp", "htpps", "htttp", "htttps", "httpss", "httsp", "hhtp", "hhtps",
     "hhttp", "hhttps", "ttp", "ttps", "htt", "htts")
)  # fmt: skip
_AT = r"(?i)[(\[]\s*(?:at|arobase|@)\s*[)\]]"
_ORDINARY_URL = regex(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"]*)?").fullmatch
WHOLE_URL = regex(r"[A-Za-z][A-Za-z0-9+.-]*:").match
_BARE_HOST = r"[\w-]+(?:\.[\w-]+)*\.([a-z]{2,10}|xn--[\w-]+)(?::\d{1,5})?(?:[/?#]\S*)?"
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


def address(report: Report, key: Path, value: Value) -> str | None:
    """Return an address, whole or relative, or None with a problem where it cannot be one."""
    plain = text(report, key, value)
    if plain is None:
        return None
    if _ORDINARY_URL(plain):
        return plain
    plain = of_site(plain)
    better = _mended_address(plain)
    if better is not None:
        report.say("address-bad", key, new=better, value=plain, better=better)
        return better
    try:
        parts = urlsplit(plain)
        parts.port  # noqa: B018 - reading it is what raises ValueError
        wrong = bool(parts.scheme in ("http", "https") and not parts.hostname)
        wrong = wrong or not may_lead(plain)
    except ValueError:
        wrong = True
    if wrong or (" " in plain and WHOLE_URL(plain)) or re.search(r"[<>\"\x00-\x1f]", plain):
        report.say("address-bad", key, value=plain, better="https://www.example.org/…")
        return None
    return plain


def web_page(report: Report, key: Path, value: Value) -> str | None:
    """Return the address of a page, which a person may have written without its scheme."""
    plain = value.strip(SPACES) if isinstance(value, str) else ""
    found = re.fullmatch(_BARE_HOST, plain, re.IGNORECASE)
    if found is None or _is_files(found[1].lower()):
        return address(report, key, value)
    better = f"https://{plain}"
    report.say("address-bad", key, new=better, value=plain, better=better)
    return better


def _is_files(ending: str) -> bool:
    """Tell whether an ending is a file's and no domain's; other pairs of letters are countries'."""
    if ending in _FILES:
        return True
    is_domain = len(ending) == 2 or ending in _TOP_LEVEL  # ISO 3166-1: sh, py, pl, ai, au, tr
    return not is_domain and media_type(f"x.{ending}") != "application/octet-stream"


def media_address(report: Report, key: Path, value: Value) -> str | None:
    """Return the address of a picture or file: relative, or of the web; None with a problem."""
    plain = address(report, key, value)
    if plain is None or is_of_the_web(plain):
        return plain
    report.say("address-bad", key, value=plain, better="https://www.example.org/…")
    return None


def is_of_the_web(address: str) -> bool:
    """Say whether an address is relative, or of http or https: what a program fetches by itself."""
    found = SCHEME.match(address)
    return found is None or found[1].lower() in ("http", "https")


def of_site(address: str) -> str:
    """Return an address without what Ghost's exports write for the site's."""
    return address.removeprefix("__GHOST_URL__") or "/"


def _mended_address(plain: str) -> str | None:
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


def email(report: Report, key: Path, value: str) -> str | None:
    """Return an e-mail address, or None with a problem.

    One with accents before its @ is one (RFC 6531), and feeds have none such (RFC 4287 §3.2.3).
    """
    plain = value.strip(SPACES).removeprefix("mailto:")
    if re.fullmatch(_EMAIL, plain):
        if not plain.partition("@")[0].isascii():
            report.say("email-accents", key, value=plain)
        return plain
    guessed = "@".join(part.strip() for part in re.split(_AT, plain))
    if re.fullmatch(_EMAIL, guessed):
        report.say("email-bad", key, new=guessed, value=value)
        return guessed
    report.say("email-bad", key, value=value)
    return None


def host(url: str) -> str:
    """Return the host name of an address, as one says it."""
    try:
        name = urlsplit(url).hostname or url
    except ValueError:
        name = url
    return name.removeprefix("www.")
