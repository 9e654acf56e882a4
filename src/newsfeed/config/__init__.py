"""``newsfeed.toml`` -> `Config`. The dataclasses below are the one table of its keys."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from msgspec import structs

from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic
from newsfeed.model import Person
from newsfeed.text.iri import ascii_authority
from newsfeed.text.values import frozen

FILE = "newsfeed.toml"
FORMATS = ("atom", "rss", "json")
_PATH = "/%:=&~+!$,;'@()*"
_LONGEST = 900
"""Octets of an address: a longer one cannot stand on a line of a letter (RFC 5322 §2.1.1)."""
_PERSON = {"name": "line", "email": "email", "url": "url"}
"""The kinds of what is said of a person: all of it may stand in a header of a letter."""


def _key(doc: str, default: Any = None, *, kind: str = "", required: bool = False) -> Any:
    """Declare a key: its documentation, its default, and the ``kind`` its text must be of."""
    metadata = {"doc": doc, "kind": kind, "required": required}
    if default is dict:
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


@frozen
class Site:
    title: str = _key(
        "The site's name, in feeds, pages and letters.", "", required=True, kind="line"
    )
    url: str = _key("Where the site is served.", "", kind="url", required=True)
    language: str = _key("Main language, a BCP 47 tag.", "en", kind="language")
    timezone: str = _key(
        "IANA time zone of dates that bear none, and of printed dates.", "UTC", kind="zone"
    )
    description: str = _key("One sentence on what the site is about.", "")
    author: Person | None = _key("Who publishes: the author of articles that name none.")
    notice: str = _key("Legal notice, in the footer of pages and letters.", "")
    rights: str | None = _key("Copyright line of the feeds.")
    logo: str | None = _key("Logo: a file of the site's folder, or an absolute URL.")
    icon: str | None = _key("Small square picture: a file, or an absolute URL.")


@frozen
class Items:
    path: str = _key("The folder of articles. It may lie outside the site's folder.", "items")
    fields: Mapping[str, tuple[str, ...]] = _key(
        "Which front-matter keys give a field, first match wins, such as "
        'published = ["pubDate", "date"].',
        dict,
    )
    typography: bool = _key("Apply the language's typography to what is published.", True)
    date_order: Literal["", "dmy", "mdy"] = _key("How to read a date such as 03/04/2026.", "")
    max_attachment_mb: int = _key("Warn of attachments above this size, in megabytes.", 10)


@frozen
class Feeds:
    limit: int = _key("How many of the newest items a feed holds.", 20, kind="positive")
    formats: tuple[Literal["atom", "rss", "json"], ...] = _key("Which formats to write.", FORMATS)
    content: Literal["full", "summary"] = _key("Whole articles, or summaries alone.", "full")
    per: tuple[Literal["category", "tag", "author", "language"], ...] = _key(
        "Also a set of feeds for each of these.", ()
    )
    archive: bool = _key("Keep older items in archive pages (RFC 5005).", False)
    archive_size: int = _key("How many items a closed archive page holds.", 50, kind="positive")
    removed_days: int = _key("How long a removed item is announced (RFC 6721), in days.", 90)
    hub: str | None = _key("WebSub hub.", kind="url")
    opml: bool = _key("Write feeds.opml, the list of all feeds.", True)


@frozen
class Pages:
    enabled: bool = _key("Write news pages.", True)
    item: str = _key(
        "Where an item's page lies: {year}, {month}, {day}, {slug}, {category}, {folder}.",
        "items/{year}/{month}/{slug}.html",
        kind="pattern",
    )
    per_page: int = _key(
        "How many items a page of a list shows; its first page, give or take half, so that older "
        "pages never change.",
        20,
        kind="positive",
    )
    lists: tuple[Literal["news", "category", "tag", "author", "language"], ...] = _key(
        "Which lists to write, in pages: all news, and one for each of these.",
        ("news", "category", "tag", "author", "language"),
    )
    picture_widths: tuple[int, ...] = _key(
        "In which widths pages offer pictures beside their own, in pixels; [] for none. It needs "
        "Pillow: the extra `images`.",
        (480, 960, 1600),
        kind="widths",
    )
    search: bool = _key("Write the search index and its script.", True)
    elsewhere: tuple[str, ...] = _key(
        "What another program serves below the site's address, as paths such as equipe/: a link "
        "there is not dead.",
        (),
    )
    host: Literal["none", "netlify", "cloudflare"] = _key(
        "Where the site is served, for a host that reads a _headers file.", "none"
    )


@frozen
class Newsletter:
    enabled: bool = _key("Write the letters.", True)
    title: str = _key("The letter's name; by default the site's title.", "", kind="line")
    from_: Person | None = _key("Who sends the letter.")
    reply_to: str | None = _key("Where answers go, an e-mail address.", kind="email")
    address: str = _key("Postal address, in the footer.", "")
    unsubscribe: str | None = _key("Where one unsubscribes.", kind="url")
    unsubscribe_email: str | None = _key("Where one unsubscribes by e-mail.", kind="email")
    layout: Literal["magazine", "bulletin"] = _key("The letter's layout.", "magazine")
    esp: tuple[str, ...] = _key(
        "The mailing service, or several: mailchimp, brevo, listmonk, buttondown, ghost, ses, "
        "postmark, none.",
        ("none",),
        kind="esp",
    )
    max_kb: int = _key("The largest HTML of a letter, in kilobytes.", 90, kind="positive")
    limit: int = _key("How many items a letter without an issue file holds.", 8, kind="positive")
    utm: Mapping[str, str] = _key(
        "Parameters added to links to the site, such as utm_source.", dict
    )
    embed_images: bool = _key("Put the pictures inside the .eml file.", False)
    draft: bool = _key("Mark the .eml so that a mail program opens it as a draft.", False)


@frozen
class Brand:
    accent: str = _key("Main colour, as #rrggbb.", "#0f4c5c", kind="colour")
    highlight: str = _key("Second colour, for small marks, as #rrggbb.", "#a34a00", kind="colour")
    font: str = _key("Font stack of running text.", "")
    heading_font: str = _key("Font stack of headings.", "")


@frozen
class Config:
    """Everything ``newsfeed.toml`` says, checked and with defaults."""

    site: Site
    items: Items = field(default_factory=Items)
    feeds: Feeds = field(default_factory=Feeds)
    pages: Pages = field(default_factory=Pages)
    newsletter: Newsletter = field(default_factory=Newsletter)
    brand: Brand = field(default_factory=Brand)
    written: frozenset[str] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.site.timezone)

    @property
    def domain(self) -> str:
        """The site's host name, as it stands in ids."""
        return urlsplit(self.site.url).hostname or ""


SECTIONS = ("site", "items", "feeds", "pages", "newsletter", "brand")


def parse(text: str, *, file: str = FILE) -> Config:
    """Return the configuration that the TOML ``text`` holds.

    Raises ConfigError naming every key that is wrong, with its line.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _place_of(error)
        raise ConfigError(
            [diagnostic("config-syntax", file, line, column, reason=_reason_of(error))]
        ) from None
    reader = _Reader(text, file)
    config = reader.config(table)
    if reader.problems:
        raise ConfigError(reader.problems)
    return config


# The key of which a problem speaks that was found long after the file was read.
_KEYS = {
    "config-file": "site.{key}",
    "letter-no-sender": "newsletter.from",
    "letter-no-address": "newsletter.address",
    "letter-no-unsubscribe": "newsletter.unsubscribe",
    "pages-unwritten": "pages.enabled",
}


def placed(problem: Diagnostic, text: str, file: str = FILE) -> Diagnostic:
    """Return ``problem`` where its key stands in the configuration's ``text``, or its section."""
    key = _KEYS.get(problem.code)
    if key is None or problem.path != FILE or (problem.line, problem.column) != (1, 1):
        return problem
    line, column = place_of(key.format_map(dict(problem.values)), text.splitlines())
    return structs.replace(problem, path=file, line=line, column=column)


def settings(config: Config) -> Iterator[tuple[str, Any]]:
    """Yield every key with its value, in the order of the table."""
    for section in SECTIONS:
        part = getattr(config, section)
        for key in fields(part):
            yield f"{section}.{key.name.rstrip('_')}", getattr(part, key.name)


def keys() -> Iterator[tuple[str, Any, Any, str]]:
    """Yield (dotted name, type, default, documentation) of every key."""
    for section in SECTIONS:
        kind = get_type_hints(Config)[section]
        hints = _hints(kind)
        for key in fields(kind):
            yield (
                f"{section}.{key.name.rstrip('_')}",
                hints[key.name],
                {} if key.default is MISSING else key.default,
                key.metadata["doc"],
            )


class _Reader:
    """Turns tables into the dataclasses above, and collects what is wrong."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = text.splitlines()
        self.file = file
        self.problems: list[Diagnostic] = []
        self.written: set[str] = set()

    def config(self, table: Mapping[str, Any]) -> Config:
        self._unknown(table, SECTIONS, "")
        parts = {}
        for section in SECTIONS:
            value = table.get(section, {})
            if not isinstance(value, dict):
                self._wrong(section, value, f"[{section}]")
                value = {}
            parts[section] = self._part(get_type_hints(Config)[section], value, section)
        return Config(**parts, written=frozenset(self.written))

    def _part(self, kind: Any, table: Mapping[str, Any], prefix: str) -> Any:
        known = {key.name.rstrip("_"): key for key in fields(kind)}
        self._unknown(table, tuple(known), prefix)
        hints = _hints(kind)
        values = {}
        for name, key in known.items():
            dotted = f"{prefix}.{name}"
            if name not in table or table[name] == "":
                if key.metadata.get("required") or (kind is Person and name == "name"):
                    example = "https://www.example.org/" if name == "url" else "…"
                    self._problem(
                        "config-required", prefix, key=dotted, example=f'{name} = "{example}"'
                    )
                    values[key.name] = ""
                continue
            self.written.add(dotted)
            value = self._value(hints[key.name], table[name], dotted)
            if value is not None:
                kind_name = key.metadata.get("kind") or (_PERSON[name] if kind is Person else "")
                value = self._checked(kind_name, value, dotted)
            if value is not None:
                values[key.name] = value
            elif kind is Person and name == "name":
                values[key.name] = ""
        return kind(**values)

    def _value(self, hint: Any, value: Any, dotted: str) -> Any:
        """Return ``value`` as the annotation ``hint`` has it, or None with a problem."""
        hint = _without_none(hint)
        origin = get_origin(hint)
        if origin is Literal:
            allowed = get_args(hint)
            return value if value in allowed else self._wrong(dotted, value, _one_of(allowed))
        if origin is tuple:
            inner = get_args(hint)[0]
            values = value if isinstance(value, list) else [value]
            read = tuple(self._value(inner, each, dotted) for each in values)
            return None if None in read else tuple(dict.fromkeys(read))
        if origin is not None and issubclass(origin, Mapping):
            inner = get_args(hint)[1]
            if not isinstance(value, dict):
                return self._wrong(dotted, value, "{ … }")
            pairs = {str(k): self._value(inner, v, dotted) for k, v in value.items()}
            return None if None in pairs.values() else pairs
        if is_dataclass(hint):
            if isinstance(value, str) and hint is Person:
                value = {"name": value}
            if not isinstance(value, dict):
                return self._wrong(dotted, value, '{ name = "…", email = "…" }')
            return self._part(hint, value, dotted)
        if hint is int and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if hint is bool and isinstance(value, bool):
            return value
        if hint is str and isinstance(value, str):
            return value
        examples = {int: "20", bool: "true / false", str: '"…"'}
        return self._wrong(dotted, value, examples[hint])

    def _checked(self, kind: str, value: Any, dotted: str) -> Any:
        """Return ``value`` in its normal form if it is of its ``kind``, or None with a problem."""
        match kind:
            case "url":
                parts = _split(value)
                whole = parts is not None and parts.scheme in ("http", "https") and parts.hostname
                if not whole or len(value.encode()) > _LONGEST:
                    return self._wrong(dotted, value, "https://www.example.org/")
                if dotted == "site.url":
                    base = _ascii(value.split("#")[0].split("?")[0].rstrip("/") + "/")
                    if base is None:
                        return self._wrong(dotted, value, "https://www.example.org/")
                    return base
            case "line":
                if re.search(r"[\x00-\x1f\x7f\u2028\u2029]", value):
                    return self._wrong(dotted, value, '"…"')
            case "zone":
                try:
                    ZoneInfo(value)
                except (KeyError, ValueError, OSError):
                    return self._wrong(dotted, value, '"Europe/Paris"')
            case "language":
                if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value):
                    return self._wrong(dotted, value, '"fr"')
            case "colour":
                if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
                    return self._wrong(dotted, value, '"#0f4c5c"')
                return value.lower()
            case "email":
                if not re.fullmatch(r"(?=.{3,254}$)[^@\s<>,;]+@[^@\s<>,;]+", value):
                    return self._wrong(dotted, value, '"news@example.org"')
            case "positive":
                if value < 1:
                    return self._wrong(dotted, value, "1, 2, 3 …")
            case "widths":
                if any(each < 1 for each in value):
                    return self._wrong(dotted, value[0], "[480, 960, 1600]")
            case "pattern":
                return self._pattern(value, dotted)
            case "esp":
                allowed = (
                    "mailchimp", "brevo", "listmonk", "buttondown", "ghost", "ses", "postmark", "none",
                )  # fmt: skip
                if not value or any(each not in allowed for each in value):
                    return self._wrong(dotted, ", ".join(value), _one_of(allowed))
        return value

    def _pattern(self, value: str, dotted: str) -> Any:
        names = re.findall(r"\{([^{}]*)\}", value)
        allowed = ("year", "month", "day", "slug", "category", "folder")
        rest = re.sub(r"\{[^{}]*\}", "", value)
        clean = not re.search(r"[{}\\:*?\"<>|#%\s]", rest) and ".." not in value.split("/")
        if not clean or value.startswith("/") or "slug" not in names or set(names) - set(allowed):
            return self._wrong(dotted, value, '"items/{year}/{month}/{slug}.html"')
        return value

    def _unknown(self, table: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for name in table:
            if name not in known:
                dotted = f"{prefix}.{name}" if prefix else name
                near = difflib.get_close_matches(name, known, n=1)
                suggestion = f"{near[0]} ?" if near else ", ".join(known)
                self._problem("config-unknown-key", dotted, key=dotted, suggestion=suggestion)

    def _wrong(self, dotted: str, value: Any, expected: str) -> None:
        self._problem("config-value", dotted, key=dotted, value=_shown(value), expected=expected)

    def _problem(self, code: str, dotted: str, **values: str) -> None:
        line, column = place_of(dotted, self.lines)
        self.problems.append(
            Diagnostic(
                code=code, path=self.file, line=line, column=column, values=tuple(values.items())
            )
        )


def place_of(dotted: str, lines: Sequence[str]) -> tuple[int, int]:
    """Return the line and column of a key in the ``lines`` of a file: tomllib gives none.

    Of a key that is not there, those of its table.
    """
    parts = dotted.split(".")
    table: list[str] = []
    found = (1, 1)
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*(\[+)\s*([\w.\"' -]+?)\s*\]", line):
            table = [part.strip("\"' ") for part in header[2].split(".")]
            if parts[: len(table)] == table:
                found = (number, header.start(1) + 1)
                if parts == table:
                    return found
        elif parts[: len(table)] == table and len(parts) > len(table):
            rest = parts[len(table) :]
            key = re.match(rf"\s*([\"']?){re.escape(rest[0])}\1\s*[=.]", line)
            if key is not None:
                inner = re.search(rf"(?<![\w-]){re.escape(rest[-1])}(?![\w-])", line)
                start = inner.start() if inner and len(rest) > 1 else line.index(line.strip())
                return number, start + 1
    return found


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _split(value: str) -> Any:
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


def _without_none(hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _one_of(allowed: tuple[Any, ...]) -> str:
    return " / ".join(f'"{each}"' for each in allowed if each != "")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _place_of(error: tomllib.TOMLDecodeError) -> tuple[int, int]:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return (int(found[1]), int(found[2])) if found else (1, 1)


def _reason_of(error: tomllib.TOMLDecodeError) -> str:
    return re.sub(r" \(at .*\)$", "", str(error))
