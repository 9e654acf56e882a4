"""``newsfeed.toml`` -> `Config`, every wrong key named with its line."""

from __future__ import annotations

import difflib
import re
import tomllib
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import msgspec

from newsfeed.config.sections import FORMATS, SECTIONS, Config, SignUp, declared
from newsfeed.diagnostics import ConfigError, Diagnostic, diagnostic
from newsfeed.model import Person
from newsfeed.text.characters import CONTROLS
from newsfeed.text.iri import ascii_authority, is_geo
from newsfeed.text.languages import is_language

FILE = "newsfeed.toml"
_PATH = "/%:=&~+!$,;'@()*"
_LONGEST = 900
"""Octets of an address: a longer one cannot stand on a line of a letter (RFC 5322 §2.1.1)."""
_PERSON = {"name": "line", "email": "email", "url": "url"}
"""The kinds of what is said of a person: all of it may stand in a header of a letter."""


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
    "config-file": "{key}",
    "letter-no-sender": "newsletter.from",
    "letter-no-address": "newsletter.address",
    "letter-no-unsubscribe": "newsletter.unsubscribe",
    "pages-unwritten": "pages.enabled",
    "podcast-missing": "{key}",
    "podcast-image": "{key}",
    "podcast-undeclared": "podcast",
}


def placed(problem: Diagnostic, text: str, file: str = FILE) -> Diagnostic:
    """Return ``problem`` with the line and column of its key, or section, in ``text``."""
    key = _KEYS.get(problem.code)
    if key is None or problem.path != FILE or (problem.line, problem.column) != (1, 1):
        return problem
    line, column = place_of(key.format_map(dict(problem.values)), text.splitlines())
    return msgspec.structs.replace(problem, path=file, line=line, column=column)


class _Reader:
    """Turns tables into the classes above, and collects what is wrong."""

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
            if section == "newsletter":
                value = _with_own_service(value)
            parts[section] = self._part(Config.__annotations__[section], value, section)
        self._refuse_one_file(parts["feeds"])
        return Config(**parts, written=frozenset(self.written))

    def _refuse_one_file(self, feeds: Any) -> None:
        """Say where two formats would be one file."""
        taken: dict[str, str] = {}
        for name in feeds.formats:
            file = getattr(feeds, name)
            other = taken.setdefault(file, name)
            if other != name:
                default = declared("feeds")[name].default
                self._wrong(f"feeds.{name}", file, f'"{default}", feeds.{other} = "{file}"')

    def _part(self, kind: Any, table: Mapping[str, Any], section: str) -> Any:
        known = declared(section)
        # As people know it from other programs: per-file-ignores.
        table = {name.replace("-", "_"): value for name, value in table.items()}
        self._unknown(table, tuple(known), section)
        values = {}
        for name, each in known.items():
            dotted = f"{section}.{name}"
            if name not in table or table[name] == "":
                if each.key.required:
                    example = "https://www.example.org/" if name == "url" else "…"
                    self._problem(
                        "config-required", section, key=dotted, example=f'{name} = "{example}"'
                    )
                    values[each.name] = ""
                continue
            self.written.add(dotted)
            value = self._value(each.type, table[name], dotted)
            if value is not None:
                value = self._checked(each.key.kind, value, dotted)
            if value is not None:
                values[each.name] = value
        return kind(**values)

    def _person(self, table: Mapping[str, Any], prefix: str) -> Person:
        """Return the person that ``table`` names; one without a name is a problem."""
        self._unknown(table, tuple(_PERSON), prefix)
        values: dict[str, Any] = {"name": ""}
        for name, kind in _PERSON.items():
            dotted = f"{prefix}.{name}"
            if table.get(name, "") == "":
                if name == "name":
                    self._problem("config-required", prefix, key=dotted, example='name = "…"')
                continue
            self.written.add(dotted)
            value = self._value(str, table[name], dotted)
            if value is not None:
                value = self._checked(kind, value, dotted)
            if value is not None:
                values[name] = value
        return Person(**values)

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
        if hint is Person:
            if isinstance(value, str):
                value = _mailbox(value)
            if not isinstance(value, dict):
                return self._wrong(dotted, value, '{ name = "…", email = "…" }')
            return self._person(value, dotted)
        if hint is SignUp:
            return self._sign_up(value, dotted)
        if hint is int and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        if hint is bool and isinstance(value, bool):
            return value
        if hint is str and isinstance(value, str):
            return value
        examples = {int: "20", bool: "true / false", str: '"…"'}
        return self._wrong(dotted, value, examples[hint])

    def _sign_up(self, value: Any, dotted: str) -> SignUp | None:
        """Return where one subscribes, None with a problem for what is neither address nor form."""
        table = {"action": value} if isinstance(value, str) else value
        if not isinstance(table, dict):
            self._wrong(dotted, value, '"https://…"')
            return None
        self._unknown(table, ("action", "email", "fields"), dotted)
        action = self._value(str, table.get("action", ""), dotted)
        email = self._value(str, table.get("email", ""), dotted)
        fields = self._value(Mapping[str, str], table.get("fields", {}), dotted)
        if action is None or email is None or fields is None:
            return None
        page = _url(action) or ("" if email else _mail(action))
        if not page:
            self._wrong(f"{dotted}.action", action, '"https://…"')
            return None
        return SignUp(action=page, email=email, fields=fields)

    def _checked(self, kind: str, value: Any, dotted: str) -> Any:
        """Return ``value`` in its normal form if it is of its ``kind``, or None with a problem."""
        if not kind:
            return value
        normal, example = _KINDS[kind]
        found = normal(value)
        if found is not None and dotted == "site.url":
            found = _base(found)
        if found is not None:
            return found
        return self._wrong(dotted, _faulty(kind, value), _expected(kind, value) or example)

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


def _mailbox(value: str) -> dict[str, str]:
    """Return the name, and the address where there is one, of ``Name <mail>`` (RFC 5322 §3.4)."""
    name, bracket, email = value.rstrip().partition("<")
    if not bracket or not email.endswith(">") or "@" not in email:
        return {"name": value}
    email = email[:-1].strip()
    return {"name": name.strip().strip('"') or email, "email": email}


def _faulty(kind: str, value: Any) -> Any:
    """Return what is wrong in a value of several parts."""
    if kind in ("esp", "files"):
        return ", ".join(value if kind == "esp" else value.values())
    if kind == "podcast-categories":
        return next(each for each in value if _categories((each,)) is None)
    if kind == "urls":
        return next(each for each in value.values() if _url(each) is None)
    if kind == "shortcodes":
        return next(each for each in value.values() if each not in _SHORTCODES)
    return value[0] if kind == "widths" else value


def _expected(kind: str, value: Any) -> str:
    """Return what was probably meant by a value of a closed list; empty where none is near."""
    if kind != "podcast-categories":
        return ""
    from newsfeed.text.podcasting import nearest

    return f'"{nearest(_faulty(kind, value))}"'


def _url(value: str) -> str | None:
    parts = _split(value)
    whole = parts is not None and parts.scheme in ("http", "https") and parts.hostname
    return value if whole and len(value.encode()) <= _LONGEST else None


def _base(url: str) -> str | None:
    """Return where a site is served, with a trailing slash, in ASCII."""
    return _ascii(url.split("#")[0].split("?")[0].rstrip("/") + "/")


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
    return value if value and set(value) <= set(_SERVICES) else None


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


def _colour(value: str) -> str | None:
    return value.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", value) else None


def _one_of(allowed: tuple[Any, ...]) -> str:
    return " / ".join(f'"{each}"' for each in allowed if each != "")


_SHORTCODES = (
    "picture", "link", "quotation", "note", "details", "recording", "text", "nothing",
)  # fmt: skip


def _mail(value: str) -> str:
    return value if re.fullmatch(r"mailto:[^\s<>]+@[^\s<>]+", value) else ""


def _with_own_service(table: Mapping[str, Any]) -> Mapping[str, Any]:
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
_KINDS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "url": (_url, "https://www.example.org/"),
    "line": (_matching(r"[^\x00-\x1f\x7f\u2028\u2029]*"), '"…"'),
    "zone": (_zone, '"Europe/Paris"'),
    "language": (_matching(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"), '"fr"'),
    "main-language": (_matching(r"all|[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*"), '"fr" / "all"'),
    "colour": (_colour, '"#0f4c5c"'),
    "email": (
        # Before the @ in ASCII alone: any other asks for SMTPUTF8 (RFC 6531), which few servers have.
        _matching(r"(?=.{3,254}$)(?:(?![@<>,;])[!-~])+@[^@\s<>,;]+"),
        '"news@example.org" (ASCII)',
    ),
    "positive": (lambda value: value if value >= 1 else None, "1, 2, 3 …"),
    "widths": (
        lambda value: value if all(each >= 1 for each in value) else None,
        "[480, 960, 1600]",
    ),
    "pattern": (_pattern, '"items/{year}/{month}/{slug}.html"'),
    "file": (_file, '"feed.xml"'),
    "files": (_files, '{ atom = "feed/{slug}.xml", rss = "rss/{slug}.xml" }'),
    "esp": (_esp, _one_of(_SERVICES)),
    "shortcodes": (
        lambda table: table if all(each in _SHORTCODES for each in table.values()) else None,
        _one_of(_SHORTCODES),
    ),
    "podcast-categories": (_categories, '"Society & Culture > Documentary"'),
    "medium": (_medium, "podcast / music / video / audiobook / …"),
    "uuid": (_uuid, '"917393e3-1b1e-5cef-ace4-edaa54e1f810"'),
    "geo": (lambda value: value if is_geo(value) else None, '"geo:43.8367,4.3601"'),
    "by-language": (_by_language, '{ en = "The network’s letter", ar = "رسالة الشبكة" }'),
    "urls": (
        lambda table: table if all(map(_url, table.values())) else None,
        '{ "…" = "https://www.example.org/" }',
    ),
    "tags": (_tags, '{ unsubscribe = "[unsubscribe]", web = "[webversion]" }'),
}
"""The kinds of `Key`: what gives the normal form of a value, None for none, and an example."""


def place_of(dotted: str, lines: Sequence[str]) -> tuple[int, int]:
    """Return the line and column of a key in the ``lines`` of a file: tomllib gives none.

    Of a key that is not there, those of its table.
    """
    parts = dotted.split(".")
    table: list[str] = []
    found = (1, 1)
    for number, line in enumerate(lines, 1):
        if header := re.match(r"\s*(\[+)\s*([\w.\"' -]+?)\s*\]", line):
            table = [part.strip("\"' ").replace("-", "_") for part in header[2].split(".")]
            if parts[: len(table)] == table:
                found = (number, header.start(1) + 1)
                if parts == table:
                    return found
        elif parts[: len(table)] == table and len(parts) > len(table):
            rest = parts[len(table) :]
            name = re.escape(rest[0]).replace("_", "[-_]")
            key = re.match(rf"\s*([\"']?){name}\1\s*[=.]", line)
            if key is not None:
                inner = re.search(rf"(?<![\w-]){re.escape(rest[-1])}(?![\w-])", line)
                start = inner.start() if inner and len(rest) > 1 else line.index(line.strip())
                return number, start + 1
    return found


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


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _place_of(error: tomllib.TOMLDecodeError) -> tuple[int, int]:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return (int(found[1]), int(found[2])) if found else (1, 1)


def _reason_of(error: tomllib.TOMLDecodeError) -> str:
    return re.sub(r" \(at .*\)$", "", str(error))
