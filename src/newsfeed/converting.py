"""Texts, lists and maps of a front matter -> typed values, saying what is wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newsfeed import dates, frontmatter
from newsfeed.decoding import Decoded
from newsfeed.diagnostics import Diagnostic, Edit
from newsfeed.frontmatter import Block, Span, Step, Value
from newsfeed.model import Enclosure, Event, Image, Link, Person

Path = tuple[Step, ...]
# How a fixed value is written: a text, a word that stands bare in every syntax, or a list.
New = str | tuple[str, ...]

_SPACES = " \t\n\r"
_RUNS = re.compile(r"[ \t\n]{2,}|[\t\n]")
_BARE = re.compile(
    r"true|false|-?\d+|\d{4}-\d\d-\d\d(?:[ T][\d:.]+(?: ?[+-]\d\d:?\d\d|Z)?)?"
).fullmatch
_LANGUAGES_WORDS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy"
    " da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu"
    " hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb"
    " lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om"
    " or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw"
    " ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_LANGUAGES = frozenset(_LANGUAGES_WORDS.split())
_LANGUAGE_NAMES = {
    "français": "fr", "francais": "fr", "french": "fr", "anglais": "en", "english": "en",
    "espagnol": "es", "español": "es", "spanish": "es", "allemand": "de", "deutsch": "de",
    "german": "de", "italien": "it", "italiano": "it", "italian": "it", "portugais": "pt",
    "português": "pt", "portuguese": "pt", "arabe": "ar", "arabic": "ar", "breton": "br",
    "occitan": "oc", "corse": "co", "basque": "eu", "catalan": "ca", "chinois": "zh",
    "néerlandais": "nl", "nederlands": "nl", "dutch": "nl", "fra": "fr", "fre": "fr", "eng": "en",
    "spa": "es", "deu": "de", "ita": "it",
}  # fmt: skip
_TRUE = frozenset(("true", "yes", "on", "1", "y"))
_FALSE = frozenset(("false", "no", "off", "0", "n", "", "~", "null"))
_TRUE_WORDS = frozenset(("oui", "vrai", "sí", "ja"))
_FALSE_WORDS = frozenset(("non", "faux", "nein"))
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+").fullmatch
_NAME_EMAIL = re.compile(r"(.*?)\s*[<(]\s*([^<>()]*)\s*[>)]").fullmatch
_ORDINARY_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"]*)?").fullmatch
_WHOLE_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:").match
_HOST_LIKE = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:/\S*)?").fullmatch


@dataclass(slots=True)
class Report:
    """Collects what is wrong with one article, at the right place, with the edit that mends it."""

    path: str
    decoded: Decoded
    block: Block
    zone: ZoneInfo
    order: str = ""
    problems: list[Diagnostic] = field(default_factory=list)
    _spans: Mapping[Path, Span] | None = None

    def say(self, code: str, key: Path, /, *, new: New | None = None, **values: object) -> None:
        """Add a problem of the value at ``key``, which ``new`` would mend."""
        span = self.span(key)
        if span is None:
            line, column = self.block.lines.get(str(key[0]), 1), 1
        else:
            line, column = self.decoded.place(span.value[0])
        edits: tuple[Edit, ...] = ()
        if new is not None and span is not None:
            at = self.decoded.at
            edits = (Edit(start=at(span.value[0]), end=at(span.value[1]), text=self.written(new)),)
        self.add(code, line, column, edits, key=named(key), **values)

    def add(
        self, code: str, line: int, column: int, edits: tuple[Edit, ...] = (), /, **values: object
    ) -> None:
        """Add a problem at a line and column."""
        filled = tuple((name, str(value)) for name, value in values.items())
        self.problems.append(
            Diagnostic(
                code=code, path=self.path, line=line, column=column, values=filled, fix=edits
            )
        )

    def span(self, key: Path) -> Span | None:
        """Return where the key and value at ``key`` stand, or None where that is not known."""
        if self._spans is None:
            self._spans = frontmatter.spans(self.decoded.text, self.block)
        if key in self._spans:
            return self._spans[key]
        return self._line_span(str(key[0])) if len(key) == 1 else None

    def raw(self, key: Path) -> str:
        """Return the value at ``key`` as the file has it."""
        span = self.span(key)
        return self.decoded.text[span.value[0] : span.value[1]].strip() if span else ""

    def written(self, new: New) -> str:
        """Return ``new`` in the syntax of the article's front matter."""
        container = self.block.container
        if isinstance(new, tuple):
            if container in ("pelican", "html"):
                return ", ".join(new)
            return "[" + ", ".join(self.written(each) for each in new) + "]"
        if container in ("pelican", "html"):
            return new
        bare = _BARE(new)
        if container in ("json", "hexo"):
            return new if bare and "-" not in new[1:] else json.dumps(new, ensure_ascii=False)
        if bare or (container == "yaml" and _plain(new)):
            return new
        return frontmatter.quoted(new)

    def _line_span(self, key: str) -> Span | None:
        """Return the place of a value that stands on its key's line."""
        line = self.block.lines.get(key)
        if line is None or self.block.container == "html":
            return None
        text = self.decoded.text
        start = 0
        for _ in range(line - 1):
            start = text.find("\n", start) + 1
        stop = text.find("\n", start)
        row = text[start : stop if stop >= 0 else len(text)]
        pattern = rf"\s*[{{,]?\s*[\"']?{re.escape(key)}[\"']?\s*[=:]\s*(.*?)\s*[,}}]?\s*"
        found = re.fullmatch(pattern, row, re.IGNORECASE)
        if found is None:
            return None
        return Span((start, start), (start + found.start(1), start + found.end(1)))


T = TypeVar("T")
Converter: TypeAlias = Callable[[Report, Path, Value], T | None]


def _plain(text: str) -> bool:
    return re.fullmatch(r"[^\W_][\w '’./-]*", text) is not None and text[-1] not in " "


def text(report: Report, key: Path, value: Value) -> str | None:
    """Return a text on one line, or None for an empty one."""
    if type(value) is str:
        plain = value.strip(_SPACES)
        if "  " in plain or "\n" in plain or "\t" in plain:
            plain = _RUNS.sub(" ", plain)
        if plain[:1] in ("“", "‘") and plain[-1:] in ("”", "’") and len(plain) > 2:
            return _unwrapped(report, key, plain)
        return plain or None
    raw = report.raw(key)
    if not raw or "\n" in raw:
        report.say("value-kind", key, expected="“…”")
        return None
    report.say("value-kind", key, new=raw, expected=frontmatter.quoted(raw))
    return raw


def _unwrapped(report: Report, key: Path, plain: str) -> str:
    """Return a text without the curly quotes around it, which were meant to delimit it."""
    inner = plain[1:-1].strip(_SPACES)
    if any(quote in inner for quote in "“”") or (plain[0] == "‘" and "‘" in inner):
        return plain
    report.say(
        "yaml-smart-quotes", key, new=inner, character=plain[0],
        better=f"{named(key)}: {frontmatter.quoted(inner)}", value=inner,
    )  # fmt: skip
    return inner


def texts(report: Report, key: Path, value: Value, separators: str = ",;") -> tuple[str, ...]:
    """Return a list of texts. A text is split at the first of ``separators`` that it has."""
    if isinstance(value, str):
        parts = _split(value, separators)
        if len(parts) > 1 and report.block.container in ("yaml", "json", "hexo", "toml"):
            report.say("list-text", key, new=tuple(parts), better=", ".join(parts))
        return tuple(dict.fromkeys(parts))
    if isinstance(value, dict):
        return tuple(dict.fromkeys(value))
    found: dict[str, None] = {}
    for index, each in enumerate(value):
        if isinstance(each, str):
            plain = each.strip(_SPACES)
            if plain:
                found[plain] = None
        elif isinstance(each, list):
            found |= dict.fromkeys(texts(report, (*key, index), each, separators))
        else:
            one = _entry(report, (*key, index), each)
            if one:
                found[one] = None
    return tuple(found)


def _entry(report: Report, key: Path, value: dict[str, Value]) -> str | None:
    """Return the text of a list's entry that is a map: its name, or a text with a colon in it."""
    for name in ("name", "title", "label", "text", "slug", "id"):
        if isinstance(value.get(name), str):
            return str(value[name]).strip(_SPACES)
    raw = report.raw(key)
    if len(value) == 1 and raw and "\n" not in raw and raw[0] not in "{[":
        values = {"value": raw, "better": frontmatter.quoted(raw)}
        report.say("yaml-colon", key, new=raw, character=":", **values)
        return raw
    return None


def _split(value: str, separators: str) -> list[str]:
    for separator in separators:
        if separator in value:
            return [part.strip(_SPACES) for part in value.split(separator) if part.strip(_SPACES)]
    return [value.strip(_SPACES)] if value.strip(_SPACES) else []


def tags(report: Report, key: Path, value: Value, *, spaces: bool = False) -> tuple[str, ...]:
    """Return tags without their ``#``. ``spaces`` splits a text as Jekyll does."""
    if isinstance(value, str):
        plain = value.strip(_SPACES)
        words = plain.split()
        if len(words) > 1 and (
            all(word.startswith("#") for word in words) or _spaced(plain, spaces=spaces)
        ):
            return tuple(dict.fromkeys(word.lstrip("#").strip(",;") for word in words))
    found = texts(report, key, value, ";," if isinstance(value, str) and ";" in value else ",")
    if any(tag[0] == "#" for tag in found):
        return tuple(dict.fromkeys(tag.lstrip("#").strip() for tag in found if tag.strip("# ")))
    return found


def _spaced(plain: str, *, spaces: bool) -> bool:
    return spaces and not any(mark in plain for mark in ",;")


def boolean(report: Report, key: Path, value: Value, *, unclear: bool) -> bool:
    """Return yes or no; ``unclear``, with a problem, for what says neither."""
    plain = value.strip().lower() if isinstance(value, str) else ""
    if plain in _TRUE:
        return True
    if plain in _FALSE and not isinstance(value, list | dict):
        return False
    for words, meaning in ((_TRUE_WORDS, True), (_FALSE_WORDS, False)):
        if plain in words:
            written = "true" if meaning else "false"
            report.say("boolean-words", key, new=written, value=value, better=written)
            return meaning
    report.say("boolean-unclear", key, value=_shown(value))
    return unclear


def date(report: Report, key: Path, value: Value) -> dates.Date | None:
    """Return an instant, or None with a problem where the value says none."""
    if not isinstance(value, str):
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            return date(report, key, value[0])
        report.say("date-unreadable", key, value=_shown(value))
        return None
    read = dates.read(value, report.zone, report.order)
    if not read.wrong:
        if read.better:
            values = {"value": value, "better": read.better}
            report.say("date-words", key, new=read.better, **values)
        return read
    values = {"value": _shown(value)}
    if read.wrong == "ambiguous":
        values |= {"first": read.readings[0], "second": read.readings[1]}
    report.say(f"date-{read.wrong}", key, **values)
    return None


def integer(report: Report, key: Path, value: Value) -> int | None:
    """Return a whole number; ``true`` is 1 and ``false`` none."""
    plain = value.strip().lower() if isinstance(value, str) else ""
    if plain in ("true", "yes", "on", "oui"):
        return 1
    if plain in ("false", "no", "off", "non"):
        return None
    try:
        return int(plain)
    except ValueError:
        if re.fullmatch(r"-?\d{1,9}\.\d+", plain):
            return int(float(plain))
        report.say("number-bad", key, value=_shown(value))
        return None


def language(report: Report, key: Path, value: Value) -> str | None:
    """Return a BCP 47 tag, or None with a problem."""
    plain = text(report, key, value)
    if plain is None:
        return None
    tag = plain.split(".")[0].replace("_", "-")
    named = _LANGUAGE_NAMES.get(plain.lower())
    if named:
        report.say("language-unknown", key, new=named, value=plain, better=named)
        return named
    parts = tag.split("-")
    known = parts[0].lower() in _LANGUAGES or len(parts[0]) == 3
    if not known or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag):
        report.say("language-unknown", key, value=plain, better="fr")
        return None
    region = [part.upper() if len(part) == 2 else part for part in parts[1:]]
    return "-".join([parts[0].lower(), *region])


def address(report: Report, key: Path, value: Value) -> str | None:
    """Return an address, whole or relative, or None with a problem where it cannot be one."""
    plain = text(report, key, value)
    if plain is None:
        return None
    if _ORDINARY_URL(plain):
        return plain
    better = _mended_address(plain)
    if better is not None:
        report.say("address-bad", key, new=better, value=plain, better=better)
        return better
    try:
        parts = urlsplit(plain)
        parts.port  # noqa: B018 - reading it is what raises ValueError
        wrong = bool(parts.scheme in ("http", "https") and not parts.hostname)
        wrong = wrong or parts.scheme in ("javascript", "data", "vbscript", "file")
    except ValueError:
        wrong = True
    if wrong or (" " in plain and _WHOLE_URL(plain)) or re.search(r"[<>\"\x00-\x1f]", plain):
        report.say("address-bad", key, value=plain, better="https://www.example.org/…")
        return None
    return plain


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
    if plain.lower().startswith("www.") and _HOST_LIKE(plain):
        return f"https://{plain}"
    return None


def email(report: Report, key: Path, value: str) -> str | None:
    """Return an e-mail address, or None with a problem."""
    plain = value.strip(_SPACES).removeprefix("mailto:")
    if _EMAIL(plain):
        return plain
    report.say("email-bad", key, value=value)
    return None


def people(report: Report, key: Path, value: Value) -> tuple[Person, ...]:
    """Return the authors that a text, a list or a map names."""
    if isinstance(value, str):
        plural = str(key[-1]).lower() == "authors"
        names = _split(value, ";" if ";" in value else "," if plural else ";")
        return tuple(_person(report, key, name) for name in names)
    if isinstance(value, dict):
        one = _mapped_person(report, key, value)
        return (one,) if one else ()
    found: dict[Person, None] = {}
    for index, each in enumerate(value):
        for one in people(report, (*key, index), each):
            found[one] = None
    return tuple(found)


def _person(report: Report, key: Path, name: str) -> Person:
    name = name.removeprefix("[[").removesuffix("]]")
    if name[-1:] in (">", ")") and (found := _NAME_EMAIL(name)) and "@" in found[2]:
        return Person(name=found[1] or found[2], email=email(report, key, found[2]))
    return Person(name=_RUNS.sub(" ", name))


def _mapped_person(report: Report, key: Path, value: dict[str, Value]) -> Person | None:
    lower = {name.lower(): (name, each) for name, each in value.items()}
    name = next(
        (lower[n] for n in ("name", "title", "key", "id") if n in lower and lower[n][1]), None
    )
    if name is None:
        report.say("value-kind", key, expected="{name: …, email: …}")
        return None
    called = text(report, (*key, name[0]), name[1])
    mail = web = None
    if "email" in lower and isinstance(lower["email"][1], str) and lower["email"][1]:
        mail = email(report, (*key, lower["email"][0]), lower["email"][1])
    if "url" in lower and lower["url"][1]:
        web = address(report, (*key, lower["url"][0]), lower["url"][1])
    return Person(name=called, email=mail, url=web) if called else None


def link(report: Report, key: Path, value: Value) -> Link | None:
    """Return a name and an address: a text is one or the other, a map has both."""
    if isinstance(value, str):
        plain = value.strip(_SPACES)
        found = re.fullmatch(r"\[([^\]]+)\]\(([^()\s]+)\)", plain)
        if found:
            return Link(text=found[1], url=found[2])
        if (_WHOLE_URL(plain) and "/" in plain) or plain.lower().startswith("www."):
            url = address(report, key, plain)
            return Link(text=host(url), url=url) if url else None
        return Link(text=plain, url="") if plain else None
    if isinstance(value, list):
        return link(report, (*key, 0), value[0]) if value else None
    return _mapped_link(report, key, value)


def _mapped_link(report: Report, key: Path, value: dict[str, Value]) -> Link | None:
    lower = {name.lower(): (name, each) for name, each in value.items()}

    def first(*names: str) -> tuple[str, Value] | None:
        return next((lower[name] for name in names if name in lower and lower[name][1]), None)

    called, where = (
        first("text", "name", "title", "label"),
        first("url", "href", "link", "file", "path"),
    )
    name = text(report, (*key, called[0]), called[1]) if called else None
    url = address(report, (*key, where[0]), where[1]) if where else None
    if where is None and name is None:
        if len(value) == 1 and isinstance(only := next(iter(value.values())), str):
            label = next(iter(value))
            url = address(report, (*key, label), only)
            return Link(text=label, url=url) if url else None
        report.say("value-kind", key, expected="{text: …, url: …}")
        return None
    if not name and not url:
        return None
    return Link(text=name or host(url or ""), url=url or "")


def links(report: Report, key: Path, value: Value) -> tuple[Link, ...]:
    """Return calls to action; one without an address is a problem."""
    many = value if isinstance(value, list) else [value]
    found = []
    for index, each in enumerate(many):
        at = (*key, index) if isinstance(value, list) else key
        before = len(report.problems)
        one = link(report, at, each)
        if one is not None and one.url:
            found.append(one)
        elif len(report.problems) == before:
            report.say("value-kind", at, expected="{text: …, url: …}")
    return tuple(found)


def image(report: Report, key: Path, value: Value, alt: str | None) -> Image | None:
    """Return a picture; one that nothing describes is a problem."""
    if isinstance(value, list):
        return image(report, (*key, 0), value[0], alt) if value else None
    if isinstance(value, str):
        source: str | None = value.strip(_SPACES)
        embedded = re.fullmatch(r"!?\[\[([^\]|]+)(?:\|[^\]]*)?\]\]", source or "")
        source, credit = (embedded[1].strip() if embedded else source), None
    else:
        lower = {name.lower(): (name, each) for name, each in value.items()}
        where = next(
            (lower[n] for n in ("src", "path", "url", "image", "file", "href", "relative_path")
             if n in lower and lower[n][1]), None,
        )  # fmt: skip
        if where is None:
            report.say("value-kind", key, expected="{src: …, alt: …}")
            return None
        source = text(report, (*key, where[0]), where[1])
        name, described = lower.get("alt", ("alt", ""))
        alt = text(report, (*key, name), described) if described else alt
        name, who = lower.get("credit", lower.get("caption", ("credit", "")))
        credit = text(report, (*key, name), who) if who else None
    if not source:
        return None
    if alt is None:
        report.say("image-alt-missing", key, value=source)
    return Image(src=source, alt=alt or "", credit=credit)


def enclosures(report: Report, key: Path, value: Value) -> tuple[Enclosure, ...]:
    """Return attached files."""
    many = value if isinstance(value, list) else [value]
    found = []
    for index, each in enumerate(many):
        at = (*key, index) if isinstance(value, list) else key
        one = _enclosure(report, at, each)
        if one is not None:
            found.append(one)
    return tuple(found)


def _enclosure(report: Report, key: Path, value: Value) -> Enclosure | None:
    if isinstance(value, str):
        url = address(report, key, value)
        return Enclosure(url=url) if url else None
    if isinstance(value, list):
        report.say("value-kind", key, expected="{file: …, title: …}")
        return None
    lower = {name.lower(): (name, each) for name, each in value.items()}

    def first(*names: str) -> tuple[str, Value] | None:
        return next((lower[name] for name in names if name in lower and lower[name][1]), None)

    where = first("file", "url", "path", "src", "href")
    if where is None:
        report.say("value-kind", key, expected="{file: …, title: …}")
        return None
    url = address(report, (*key, where[0]), where[1])
    if url is None:
        return None
    called, kind, size, long = first("title", "name", "text"), first("type", "mime"), first("length", "size"), first("duration")  # fmt: skip
    return Enclosure(
        url=url,
        title=text(report, (*key, called[0]), called[1]) if called else None,
        type=text(report, (*key, kind[0]), kind[1]) if kind else None,
        length=integer(report, (*key, size[0]), size[1]) if size else None,
        duration=_duration(report, (*key, long[0]), long[1]) if long else None,
    )


def _duration(report: Report, key: Path, value: Value) -> int | None:
    """Return seconds: ``3723``, ``62:03`` or ``1:02:03``."""
    if isinstance(value, str) and re.fullmatch(r"(?:\d+:)?\d{1,3}:\d\d", value.strip()):
        seconds = 0
        for part in value.strip().split(":"):
            seconds = seconds * 60 + int(part)
        return seconds
    return integer(report, key, value)


def event(report: Report, key: Path, value: Value) -> Event | None:
    """Return when and where something takes place."""
    if isinstance(value, str):
        read = date(report, key, value)
        return Event(start=read.when, all_day=read.day_only) if read and read.when else None
    if isinstance(value, list):
        report.say("value-kind", key, expected="{start: …, place: …}")
        return None
    lower = {name.lower(): (name, each) for name, each in value.items()}

    def first(*names: str) -> tuple[str, Value] | None:
        return next((lower[name] for name in names if name in lower and lower[name][1]), None)

    begins, ends, where = first("start", "date", "begin"), first("end"), first("place", "location", "where")  # fmt: skip
    if begins is None:
        report.say("value-kind", key, expected="{start: …, place: …}")
        return None
    start = date(report, (*key, begins[0]), begins[1])
    if start is None or start.when is None:
        return None
    end: datetime | None = None
    if ends and (read := date(report, (*key, ends[0]), ends[1])):
        end = read.when
        if end is not None and end < start.when:
            report.say("event-ends-early", (*key, ends[0]))
            end = None
    place = text(report, (*key, where[0]), where[1]) if where else None
    return Event(start=start.when, end=end, place=place, all_day=start.day_only)


def host(url: str) -> str:
    """Return the host name of an address, as one says it."""
    try:
        name = urlsplit(url).hostname or url
    except ValueError:
        name = url
    return name.removeprefix("www.")


def named(key: Path) -> str:
    """Return how a key is called: ``links[2].url``."""
    name = ""
    for step in key:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def _shown(value: Value) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else shown[:59] + "…"
