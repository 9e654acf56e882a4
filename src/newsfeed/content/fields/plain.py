"""Texts, lists of texts, truths, numbers, dates and languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from newsfeed.content import dates, frontmatter
from newsfeed.content.fields.report import Path, Report, named, shown
from newsfeed.content.frontmatter import Value
from newsfeed.text.characters import WHITE
from newsfeed.text.languages import is_language, language_called
from newsfeed.text.regex import regex

SPACES = " \t\n\r"
RUNS = regex(r"[ \t\n]{2,}|[\t\n]")
_TRUE = frozenset(("true", "yes", "on", "1", "y", "t"))
_FALSE = frozenset(("false", "no", "off", "0", "n", "f"))
_NULLS = frozenset(("", "~", "null"))
_TRUE_WORDS = frozenset(
    ["oui", "vrai", "sí", "si", "ja", "wahr", "verdadero", "vero", "sim", "waar"]
)
_FALSE_WORDS = frozenset(["non", "faux", "nein", "falsch", "falso", "não", "nao", "nee", "onwaar"])
_QUOTES = ('""', "''", "“”", "‘’", "«»", "„“")
_LINK = regex(
    r"!?\[\[(?P<name>[^\[\]|#^]+)(?:[#^][^\[\]|]*)?(?:\|(?P<shown>[^\[\]]+))?\]\]"
).fullmatch
# As many as 64 bits hold.
_DIGITS = 18
_GUID_KEYS = ("value", "#text", "_", "$t", "_text", "text", "guid", "id", "content")
_PINNED = frozenset(("featured", "pinned"))


def text(report: Report, key: Path, value: Value) -> str | None:
    """Return a text on one line, or None for an empty one."""
    if type(value) is str:
        plain = value.strip(WHITE)
        if "  " in plain or "\n" in plain or "\t" in plain:
            plain = RUNS.sub(" ", plain)
        if plain[:1] in ("“", "‘") and plain[-1:] in ("”", "’") and len(plain) > 2:
            # It may be meant: nothing but the author can tell.
            better = f"{named(key)}: {frontmatter.quoted(plain[1:-1])}"
            report.say("yaml-smart-quotes", key, character=plain[0], better=better, value=plain)
        return plain or None
    raw = report.raw(key)
    if not raw or "\n" in raw:
        report.say("value-kind", key, expected="“…”")
        return None
    raw = RUNS.sub(" ", raw)
    report.say("value-kind", key, new=raw, expected=frontmatter.quoted(raw))
    return raw


def guid(report: Report, key: Path, value: Value) -> str | None:
    """Return an id to the letter, but for the space around it, or None for an empty one.

    A map has it as parsers of RSS do, beside ``isPermaLink``.
    """
    if isinstance(value, dict):
        name = next((each for each in _GUID_KEYS if isinstance(value.get(each), str)), None)
        if name is not None:
            return guid(report, (*key, name), value[name])
    if isinstance(value, str) and "\n" not in value.strip():
        return value.strip() or None
    return text(report, key, value)


_ITEMS = regex(r"(?:\A|(?<=\s))[-•·][ \t]*(?=[^\W\d_])")
"""What begins the items of a list that YAML took for one text."""


def texts(report: Report, key: Path, value: Value, separators: str = ",;") -> tuple[str, ...]:
    """Return a list of texts. A text is split at the first of ``separators`` that it has."""
    if isinstance(value, str):
        if value[-1:] in ("]", ")"):
            if value.strip(SPACES) == "[]":
                return ()
            if bracketed := _bracketed(report, key, value):
                return bracketed
        listed = _ITEMS.split(value)[1:] if _ITEMS.match(value) else split(value, separators)
        parts = list(filter(None, map(_named, listed)))
        if len(parts) > 1 and report.block.container in ("yaml", "json", "hexo", "toml"):
            report.say("list-text", key, new=tuple(parts), better=", ".join(parts))
        return tuple(dict.fromkeys(parts))
    if isinstance(value, dict):
        named = _name_in(value)
        return (named,) if named else tuple(dict.fromkeys(value))
    found: dict[str, None] = {}
    for index, each in enumerate(value):
        if isinstance(each, str):
            plain = each.strip(SPACES)
            if plain:
                found[plain] = None
        elif isinstance(each, list):
            found |= dict.fromkeys(texts(report, (*key, index), each, separators))
        else:
            one = _entry(report, (*key, index), each)
            if one:
                found[one] = None
    return tuple(found)


def _bracketed(report: Report, key: Path, value: str) -> tuple[str, ...]:
    """Return the list that a text is whose brackets are round, or lack the first."""
    plain = value.strip(SPACES)
    inner = plain[1:-1] if plain[0] in "([" else plain[:-1]
    quoted = plain[0] == "[" and inner[:1] in ("'", '"') and inner[-1:] == inner[:1]
    if ("," not in inner and not quoted) or any(mark in inner for mark in "()[]"):
        return ()
    parts = tuple(dict.fromkeys(filter(None, map(_unquoted, split(inner, ",;")))))
    if plain[0] == "[" and plain[-1] == "]":
        report.say("list-text", key, new=parts, better=", ".join(parts))
        return parts
    better = f"{named(key)}: {report.written(parts)}"
    report.say("yaml-bracket", key, new=parts, better=better)
    return parts


def _unquoted(part: str) -> str:
    if len(part) > 1 and f"{part[0]}{part[-1]}" in _QUOTES:
        return part[1:-1].strip(WHITE)
    return part


def linked_name(name: str) -> str:
    """Return what a link of Obsidian's properties shows: ``[[Folder/Name|shown]]``; else ``name``."""
    found = _LINK(name)
    if found is None:
        return name
    return (found["shown"] or found["name"].rpartition("/")[2]).strip(WHITE)


def _terms(words: Iterable[str]) -> tuple[str, ...]:
    """Return tags or categories without what is no part of their names, each once."""
    return tuple(dict.fromkeys(filter(None, map(_named, words))))


def _named(word: str) -> str:
    return linked_name(_unquoted(plain)) if (plain := word.strip(WHITE)) else ""


def _entry(report: Report, key: Path, value: dict[str, Value]) -> str | None:
    """Return the text of a list's entry that is a map: its name, or a text with a colon in it."""
    if named := _name_in(value) or next(
        (each for name in ("text", "slug", "id") if isinstance(each := value.get(name), str)), ""
    ):
        return named.strip(SPACES)
    raw = report.raw(key)
    if len(value) == 1 and raw and "\n" not in raw and raw[0] not in "{[":
        values = {"value": raw, "better": frontmatter.quoted(raw)}
        report.say("yaml-colon", key, new=raw, character=":", **values)
        return raw
    if len(value) == 1 and isinstance(only := next(iter(value.values())), str) and not raw:
        return f"{next(iter(value))}: {only}".strip(SPACES)
    return None


def _name_in(value: dict[str, Value]) -> str:
    """Return what a map calls what it is about."""
    names = (value.get(name) for name in ("name", "title", "label"))
    return next((each.strip(SPACES) for each in names if isinstance(each, str)), "")


def split(value: str, separators: str) -> list[str]:
    """Return the parts of a text at the first of ``separators`` that it has."""
    for separator in separators:
        if separator in value:
            return [part.strip(SPACES) for part in value.split(separator) if part.strip(SPACES)]
    return [value.strip(SPACES)] if value.strip(SPACES) else []


def categories(report: Report, key: Path, value: Value) -> tuple[str, ...]:
    """Return categories: ``category`` and ``section`` hold one."""
    name = str(key[-1]).lower() if len(key) == 1 else ""
    if isinstance(value, str):
        if name == "categories" and _is_list_of_words(report, value):
            return tuple(dict.fromkeys(value.split()))
        if name in ("category", "section"):
            return (linked_name(text(report, key, value) or ""),)
    return _terms(texts(report, key, value))


def tags(report: Report, key: Path, value: Value) -> tuple[str, ...]:
    """Return tags without their ``#``."""
    if isinstance(value, str):
        words = value.split()
        if len(words) > 1 and (
            all(word.startswith("#") for word in words) or _is_list_of_words(report, value)
        ):
            return tuple(dict.fromkeys(word.lstrip("#").strip(",;") for word in words))
    said = value.strip() if isinstance(value, str) else ""
    found = texts(report, key, value, next((each for each in "\n;" if each in said), ","))
    if any(tag[0] == "#" for tag in found):
        return _terms(tag.lstrip("#") for tag in found)
    return _terms(found)


def _is_list_of_words(report: Report, value: str) -> bool:
    """Say whether a text of several words is a list, as in Jekyll alone."""
    jekyll = "_posts/" in report.path or "_drafts/" in report.path
    return jekyll and "," not in value and ";" not in value


def truth(text: str) -> bool | None:
    """Return the yes or no that a text is, in words or figures; None for neither."""
    plain = text.strip().lower()
    if plain in _TRUE or plain in _TRUE_WORDS:
        return True
    return False if plain in _FALSE or plain in _FALSE_WORDS else None


def is_boolean(value: Value) -> bool:
    """Say whether a value is a yes or no, in words or figures."""
    return isinstance(value, str) and truth(value) is not None


def boolean(report: Report, key: Path, value: Value, *, unclear: bool) -> bool:
    """Return yes or no; ``unclear``, with a problem, for what says neither."""
    plain = value.strip().lower() if isinstance(value, str) else "?"
    if plain in _NULLS:
        return False
    meaning = truth(plain)
    if meaning is None:
        report.say("boolean-unclear", key, value=shown(value))
        return unclear
    if plain in _TRUE_WORDS or plain in _FALSE_WORDS:
        written = "true" if meaning else "false"
        report.say("boolean-words", key, new=written, value=value, better=written)
    return meaning


def date(report: Report, key: Path, value: Value) -> dates.Date | None:
    """Return an instant, or None with a problem where the value says none."""
    if not isinstance(value, str):
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
            return date(report, key, value[0])
        report.say("date-unreadable", key, value=shown(value))
        return None
    read = dates.read(value, report.zone, report.order)
    if not read.wrong:
        if read.contradicts and read.when is not None:
            report.say("date-weekday", key, value=value, better=f"{read.when:%Y-%m-%d}")
        elif read.better:
            values = {"value": value, "better": read.better}
            report.say("date-words", key, new=read.better, **values)
        return read
    values = {"value": shown(value)}
    if read.wrong == "ambiguous":
        values |= {"first": read.readings[0], "second": read.readings[1]}
    report.say(f"date-{read.wrong}", key, **values)
    return None


def integer(report: Report, key: Path, value: Value) -> int | None:
    """Return a whole number; ``true`` is 1, ``false`` is None."""
    plain = value.strip().lower() if isinstance(value, str) else ""
    if plain in ("true", "yes", "on", "oui"):
        return 1
    if plain in ("false", "no", "off", "non"):
        return None
    if len(plain) <= _DIGITS:
        with suppress(ValueError):
            return int(plain)
    if re.fullmatch(r"-?\d{1,9}\.\d+", plain):
        return int(float(plain))
    report.say("number-bad", key, value=shown(value))
    return None


def weight(report: Report, key: Path, value: Value) -> int | None:
    """Return where an article stands among others; 0 says nothing, as in Hugo."""
    if len(key) == 1 and str(key[0]).lower() in _PINNED and not is_boolean(value):
        # In some themes of Hugo the picture of an article.
        return None
    return integer(report, key, value) or None


def translation(_report: Report, _key: Path, value: Value) -> str | None:
    """Return the key that translations share; None for ``true`` and ``false``."""
    if isinstance(value, str) and value.lower() not in ("true", "false"):
        return value.strip()
    return None


def direction(_report: Report, _key: Path, value: Value) -> str | None:
    """Return ``rtl`` or ``ltr``; ``auto`` says nothing, and other words belong to something else."""
    plain = value.strip().lower() if isinstance(value, str) else ""
    plain = {"right-to-left": "rtl", "left-to-right": "ltr"}.get(plain, plain)
    return plain if plain in ("rtl", "ltr") else None


def language(report: Report, key: Path, value: Value) -> str | None:
    """Return a BCP 47 tag, or None with a problem."""
    plain = text(report, key, value)
    if plain is None:
        return None
    tag = plain.split(".")[0].replace("_", "-")
    named = language_called(plain)
    if named:
        report.say("language-unknown", key, new=named, value=plain, better=named)
        return named
    parts = tag.split("-")
    if not is_language(tag):
        report.say("language-unknown", key, value=plain, better="fr")
        return None
    region = [part.upper() if len(part) == 2 else part for part in parts[1:]]
    return "-".join([parts[0].lower(), *region])
