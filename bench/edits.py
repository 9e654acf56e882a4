"""The edit of an article that a run makes: of its body, summary, title, tags or date.

It works on any text with front matter (YAML, TOML, JSON, Hexo's, Pelican's heads or none), and
changes what is there in the place where it stands; a field that is not there is added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["body", "summary", "title", "tag", "date"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Language = Literal["yaml", "toml", "json", "pelican", "none"]
_FENCES: dict[str, Language] = {"---": "yaml", "+++": "toml", ";;;": "json"}

KEYS: dict[Kind, tuple[str, ...]] = {
    "summary": ("description", "summary", "excerpt"),
    "title": ("title",),
    "tag": ("tags", "tag", "keywords", "topics"),
    "date": ("date", "published", "publishDate", "pubDate"),
}
DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)(?!\d)")
_FENCED = re.compile(
    r"\ufeff?(---|\+\+\+|;;;)[ \t]*\r?\n(.*?)^(?:\1|\.\.\.)[ \t]*\r?$", re.M | re.S
)
_JSON = re.compile(r"\s*(\{.*?^\})[ \t]*\r?$", re.M | re.S)
_HEADS = re.compile(r"(?:\w[\w-]*:[^\r\n]*\r?\n(?:[ \t]+\S[^\r\n]*\r?\n)*)+(?=\s*^\s*$)", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Front matter: its ``language``, and where its fields stand in the text."""

    language: Language
    start: int
    end: int


def head_of(text: str) -> Head:
    """Return where an article's front matter is."""
    if found := _FENCED.match(text):
        return Head(language=_FENCES[found[1]], start=found.start(2), end=found.end(2))
    if text.lstrip("\ufeff \n").startswith("{") and (found := _JSON.match(text)):
        return Head(language="json", start=found.start(1) + 1, end=found.end(1))
    if found := _HEADS.match(text):
        return Head(language="pelican", start=0, end=found.end())
    return Head(language="none", start=0, end=0)


def edited(text: str, times: int, kind: Kind = "body", path: str = "") -> str:
    """Return an article's text with one edit of ``kind``, another one for each of ``times``.

    ``path`` is where the day of an article is found that has no date of its own.
    """
    if kind == "body":
        end = "" if text.endswith("\n") else "\n"
        return f"{text}{end}\nModification n° {times}.\n"
    head = head_of(text)
    for key in KEYS[kind]:
        if at := _value(text, head, key):
            if kind == "date":
                return _moved(text, at, times)
            if kind == "tag":
                return _tagged(text, at, times, head.language)
            return _prefixed(text, at, f"Modification {times} de ")
    return _added(text, head, kind, times, path)


def _value(text: str, head: Head, key: str) -> int:
    """Return where the value of a key of the outermost level begins, 0 when it is not there."""
    if head.language == "json":
        form = rf'"{key}"[ \t]*:[ \t]*'
    elif head.language == "toml":
        form = rf"^{key}[ \t]*=[ \t]*"
    else:
        form = rf"^{key}[ \t]*:[ \t]*"
    flags = re.M | re.I
    found = re.compile(form, flags).search(text, head.start, head.end)
    return found.end() if found else 0


def _prefixed(text: str, at: int, words: str) -> str:
    """Return ``text`` with ``words`` at the front of the text that is the value there."""
    opened = re.compile(r"""[|>][-+\d]*[ \t]*\r?\n[ \t]+|\r?\n[ \t]+(?!-)|\"{3}|'{3}|["']|""").match(text, at)  # fmt: skip
    place = opened.end() if opened else at
    return f"{text[:place]}{words}{text[place:]}"


def _tagged(text: str, at: int, times: int, language: Language) -> str:
    tag = f"modification-{times}"
    if rows := re.compile(r"(\r?\n)([ \t]*)- ").match(text, at):
        return f"{text[:at]}{rows[1]}{rows[2]}- {tag}{text[at:]}"
    quoted = f'"{tag}"' if language in ("toml", "json") else tag
    if opened := re.compile(r"\[\s*(\]?)").match(text, at):
        comma = "" if opened[1] else ", "
        return f"{text[: at + 1]}{quoted}{comma}{text[at + 1 :]}"
    return _prefixed(text, at, f"{tag}, ")


def _moved(text: str, at: int, times: int) -> str:
    """Return ``text`` with a date some minutes later, or on another day where it has no time."""
    line_end = text.find("\n", at)
    value = text[at:line_end]
    if clock := re.search(r"(?<=\d[T ]\d\d:)\d\d", value):
        minute = (int(clock[0]) + times) % 60
        return f"{text[: at + clock.start()]}{minute:02}{text[at + clock.end() :]}"
    if day := DAY.search(value):
        new = (int(day[3]) + times) % 28 + 1
        return f"{text[: at + day.start(3)]}{new:02}{text[at + day.end(3) :]}"
    return text


def _added(text: str, head: Head, kind: Kind, times: int, path: str) -> str:
    key = KEYS[kind][0]
    value = f"Modification {times}"
    if kind == "tag":
        value = f"modification-{times}"
    elif kind == "date":
        day = DAY.search(path)
        year, month, number = (int(day[1]), int(day[2]), int(day[3])) if day else (2020, 1, 1)
        value = f"{year}-{month:02}-{(number + times) % 28 + 1:02}"
    at = head.start
    if head.language == "none":
        shown = f"[{value}]" if kind == "tag" else value
        return f"---\n{key}: {shown}\n---\n\n{text}"
    if head.language == "pelican":
        return f"{key.capitalize()}: {value}\n{text}"
    listed = f'["{value}"]' if kind == "tag" else value if kind == "date" else f'"{value}"'
    if head.language == "json":
        shown = f'"{value}"' if kind == "date" else listed
        field = f'"{key}": {shown},'
        # Hexo's block begins with its first field, a JSON one with its brace.
        field = f"{field}\n" if text[at - 1] == "\n" else f"\n{field}"
        return f"{text[:at]}{field}{text[at:]}"
    sign = " =" if head.language == "toml" else ":"
    return f"{text[:at]}{key}{sign} {listed}\n{text[at:]}"


def day_of(path: str, text: str) -> str:
    """Return when an article was published, as a text that sorts; empty where nothing says it."""
    head = head_of(text)
    for key in KEYS["date"]:
        if at := _value(text, head, key):
            line = text[at : text.find("\n", at)].strip(" \"'\r,")
            return line.replace("T", " ")[:16]
    day = DAY.search(text, head.start, head.end) or DAY.search(path)
    return f"{day[1]}-{day[2]}-{day[3]}" if day else ""


def is_shown(text: str) -> bool:
    """Return whether an article has no draft's mark, and never expires."""
    head = head_of(text)
    block = text[head.start : head.end].lower()
    return not re.search(r"draft\W{1,5}true|publish(ed)?\W{1,5}false|expir|unpublish|hidden|status\W{1,3}draft", block)  # fmt: skip
