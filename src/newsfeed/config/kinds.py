"""What a value of each kind must be in ``newsfeed.toml``, and how it is written whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from newsfeed.config.sections import FORMATS
from newsfeed.text.characters import CONTROLS
from newsfeed.text.iri import ascii_authority, ascii_host, is_geo
from newsfeed.text.languages import is_language, language_called
from newsfeed.text.regex import regex

_PATH = "/%:=&~+!$,;'@()*"
_PAGE = regex(r"/[^/]*\.(?:html?|xhtml|php|aspx?|xml|json)\Z", re.I)
_LONGEST = 900
"""Octets of an address: a longer one cannot stand on a line of a letter (RFC 5322 §2.1.1)."""


def mailbox(value: str) -> dict[str, str]:
    """Return the name, and the address where there is one, of ``Name <mail>`` (RFC 5322 §3.4)."""
    name, _, email = value.rstrip().partition("<")
    if not email.endswith(">") or "@" not in email:
        return {"name": value}
    email = email[:-1].strip()
    return {"name": name.strip().strip('"') or email, "email": email}


def faulty(kind: str, value: Any) -> Any:
    """Return what is wrong in a value of several parts."""
    if kind == "files":
        return ", ".join(value.values())
    if kind == "esp":
        return next((each for each in value if each.lower() not in _SERVICES), [])
    if kind == "podcast-categories":
        return next(each for each in value if _categories((each,)) is None)
    if kind == "urls":
        return next(each for each in value.values() if url(each) is None)
    if kind == "shortcodes":
        return next(each for each in value.values() if each not in _SHORTCODES)
    if kind == "widths":
        return next(each for each in value if each < 1)
    return value


def expected(kind: str, value: Any) -> str:
    """Return what was probably meant by a wrong value; empty where nothing is near."""
    if kind == "site-url" and url(value):
        return f'"{_without_page(value)}"'
    if kind == "unsubscribe":
        return _way_out(value)
    if kind == "email":
        return f'"{_address_in(value)}"' if _address_in(value) else ""
    if kind in ("url", "site-url") and url(f"https://{value}") and "." in value:
        return f'"https://{value}"'
    if kind == "language" and (tag := language_called(value)):
        return f'"{tag}"'
    if kind == "zone":
        last = value.strip().replace(" ", "_").lower()
        near = [each for each in available_timezones() if each.lower().rpartition("/")[2] == last]
        return f'"{min(near)}"' if near else ""
    if kind != "podcast-categories":
        return ""
    from newsfeed.text.podcasting import nearest

    return f'"{nearest(faulty(kind, value))}"'


def _way_out(value: str) -> str:
    """Return the setting that takes what is no web address: an e-mail address, or a service's tag."""
    if email := _address_in(value.partition("?")[0]):
        return f'unsubscribe_email = "{email}"'
    if re.search(r"[{}\[\]%|]", value):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'esp = {{ unsubscribe = "{quoted}" }}'
    return expected("url", value)


def _address_in(value: str) -> str | None:
    """Return the e-mail address that was copied with a name or ``mailto:``, None where there is none."""
    plain = mailbox(value).get("email", value.strip())
    return _email(re.sub(r"\Amailto:(?://)?", "", plain, flags=re.I))


def url(value: str) -> str | None:
    """Return a whole web address, or None for what is none."""
    parts = _split(value)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    # No name of a host has an empty part (RFC 1034 §3.1); it may end with a point.
    named = all(parts.hostname.removesuffix(".").split("."))
    return value if named and len(value.encode()) <= _LONGEST else None


def _site(value: str) -> str | None:
    """Return where a site is served, with a trailing slash, in ASCII; None for one page of it.

    What a person signs in with would stand in every feed.
    """
    whole = url(value.split("#")[0].split("?")[0])
    if whole is None or whole != _without_page(whole):
        return None
    return _ascii(whole.rstrip("/") + "/")


def _without_page(whole: str) -> str:
    """Return a web address without a user and the name of a page."""
    parts = urlsplit(whole)
    folder = _PAGE.sub("/", parts.path)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{folder}"


def _zone(value: str) -> str | None:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return None
    return value


def _pattern(value: str) -> str | None:
    names = {each for part in re.findall(r"\{([^{}]*)\}", value) for each in part.split("|")}
    rest = re.sub(r"\{[^{}]*\}", "", value)
    clean = not re.search(r"[{}\\:*?\"<>|#%\s]", rest) and ".." not in value.split("/")
    whole = clean and not value.startswith("/") and names & _NAMING and names <= _PLACEHOLDERS
    return value if whole else None


_NAMING = {"slug", "title", "name", "file", "path"}
_PLACEHOLDERS = _NAMING | {
    "year", "month", "day", "short_year", "i_month", "i_day", "y_day", "hour", "minute", "second",
    "category", "categories", "folder", "lang",
}  # fmt: skip


def _file(value: str) -> str | None:
    """Return the output path of a feed; it begins with no dot, which hosts do not serve."""
    parts = value.split("/")
    clean = not re.search(r"[{}\\:*?\"<>|#%\s\x00-\x1f]", value) and all(parts)
    return value if clean and not any(part[0] == "." for part in parts) else None


def _files(value: Mapping[str, str]) -> Mapping[str, str] | None:
    named = all(
        name in FORMATS and "{slug}" in path and _file(path.replace("{slug}", "slug"))
        for name, path in value.items()
    )
    return value if named and len(set(value.values())) == len(value) else None


def _by_language(value: Mapping[str, str]) -> Mapping[str, str] | None:
    sound = all(is_language(tag) and not CONTROLS.search(text) for tag, text in value.items())
    return value if sound else None


def _esp(value: tuple[str, ...]) -> tuple[str, ...] | None:
    named = tuple(each.lower() for each in value)
    return named if named and set(named) <= set(_SERVICES) else None


def _categories(value: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return Apple's categories as they are to be written, or None where one is not among them."""
    from newsfeed.text import podcasting  # few sites are podcasts

    found = [podcasting.category(each) for each in value]
    if None in found:
        return None
    return tuple(dict.fromkeys(podcasting.as_text(*each) for each in found if each is not None))


def _medium(value: str) -> str | None:
    from newsfeed.text.podcasting import MEDIA

    return next((each for each in MEDIA if each.lower() == value.lower()), None)


def _uuid(value: str) -> str | None:
    plain = value.strip().lower().removeprefix("urn:uuid:")
    return plain if re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", plain) else None


def _matching(pattern: str) -> Callable[[str], str | None]:
    return lambda value: value if re.fullmatch(pattern, value) else None


def _email(value: str) -> str | None:
    """Return an e-mail address, or None for what is none or has a host that the DNS cannot have."""
    # Before the @ in ASCII alone: any other asks for SMTPUTF8 (RFC 6531), which few servers have.
    atoms = r"(?:(?![()<>\[\]:;@\\,.\"])[!-~])+"
    if not re.fullmatch(
        rf"(?=.{{3,254}}$){atoms}(?:\.{atoms})*@[^@\s<>,;:()\[\]\\\"]*[^@\s<>,;.]", value
    ):
        return None
    try:
        ascii_host(value.rpartition("@")[2])
    except UnicodeError:
        return None
    return value


def _colour(value: str) -> str | None:
    """Return a colour with six figures; three stand for each of them twice (CSS Color 4, §5.2)."""
    figures = re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", value.strip().lower())
    if figures is None:
        return None
    return "#" + "".join(each * (2 if len(figures[1]) == 3 else 1) for each in figures[1])


def one_of(allowed: tuple[object, ...]) -> str:
    """Return the values of a closed list as an example shows them."""
    return " / ".join(f'"{each}"' for each in allowed if each != "")


_SHORTCODES = (
    "picture", "link", "quotation", "note", "details", "recording", "text", "nothing",
)  # fmt: skip


def mail_link(value: str) -> str:
    """Return a ``mailto:`` address, empty for what is none."""
    return value if re.fullmatch(r"mailto:[^\s<>]+@[^\s<>]+", value) else ""


def with_own_service(table: Mapping[str, object]) -> Mapping[str, object]:
    """Return the newsletter's table with a service written as its tags under the name ``own``."""
    written = table.get("esp")
    services = written if isinstance(written, list) else [written]
    own = [each for each in services if isinstance(each, dict)]
    if len(own) != 1 or "tags" in table:
        return table
    named = ["own" if isinstance(each, dict) else each for each in services]
    return {**table, "esp": named, "tags": own[0]}


def _tags(value: Mapping[str, str]) -> Mapping[str, str] | None:
    known = {"unsubscribe", "web", "address", "address_text"}
    sound = set(value) <= known and all(re.fullmatch(r"[^\x00-\x1f]*", v) for v in value.values())
    return value if sound and value.get("unsubscribe", "").strip() else None


_SERVICES = (
    "mailchimp", "brevo", "listmonk", "buttondown", "ghost", "keila", "mailerlite", "mailjet", "mautic",
    "phplist", "postmark", "sendy", "ses", "own", "none",
)  # fmt: skip
KINDS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "url": (url, "https://www.example.org/"),
    "site-url": (_site, '"https://www.example.org/"'),
    "unsubscribe": (url, "https://www.example.org/"),
    "line": (_matching(r"[^\x00-\x1f\x7f\u2028\u2029]*"), '"…"'),
    "zone": (_zone, '"Europe/Paris"'),
    "language": (lambda value: value if is_language(value) else None, '"fr"'),
    "main-language": (_matching(r"all|[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"), '"fr" / "all"'),
    "colour": (_colour, '"#0f4c5c"'),
    "email": (_email, '"news@example.org" (ASCII)'),
    "positive": (lambda value: value if value >= 1 else None, "1, 2, 3 …"),
    "widths": (
        lambda value: value if all(each >= 1 for each in value) else None,
        "[480, 960, 1600]",
    ),
    "pattern": (_pattern, '"items/{year}/{month}/{slug}.html"'),
    "file": (_file, '"feed.xml"'),
    "files": (_files, '{ atom = "feed/{slug}.xml", rss = "rss/{slug}.xml" }'),
    "esp": (_esp, one_of(_SERVICES)),
    "shortcodes": (
        lambda table: table if all(each in _SHORTCODES for each in table.values()) else None,
        one_of(_SHORTCODES),
    ),
    "podcast-categories": (_categories, '"Society & Culture > Documentary"'),
    "medium": (_medium, "podcast / music / video / audiobook / …"),
    "uuid": (_uuid, '"917393e3-1b1e-5cef-ace4-edaa54e1f810"'),
    "geo": (lambda value: value if is_geo(value) else None, '"geo:43.8367,4.3601"'),
    "by-language": (_by_language, '{ en = "The network’s letter", ar = "رسالة الشبكة" }'),
    "urls": (
        lambda table: table if all(map(url, table.values())) else None,
        '{ "…" = "https://www.example.org/" }',
    ),
    "tags": (_tags, '{ unsubscribe = "[unsubscribe]", web = "[webversion]" }'),
}
"""The kinds of `Key`: what gives the normal form of a value, None for none, and an example."""


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        parts.hostname, parts.port  # noqa: B018 - reading them is what raises ValueError
    except ValueError:
        return None
    return None if re.search(r"[\s\x00-\x1f\"<>]", value) else parts


def _ascii(url: str) -> str | None:
    """Return ``url`` as feeds must have it (RFC 3987 §3.1), or None where no host has such a name."""
    parts = urlsplit(url)
    try:
        host = ascii_authority(parts.netloc)
    except UnicodeError:
        return None
    return f"{parts.scheme}://{host}{quote(parts.path, safe=_PATH)}"
