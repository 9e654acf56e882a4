"""What the interface says in each language: tables of words, names of languages, sizes of files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsfeed import disk
from newsfeed.diagnostics import ContentError, diagnostic
from newsfeed.text.languages import primary

if TYPE_CHECKING:
    from babel import Locale

NO_BREAK = "\u00a0"
Folders = tuple[tuple[Path, str], ...]
"""Folders of templates and what problems call them, those that win first."""


class TemplateProblem(ContentError):
    """A template could not be rendered; ``problem`` names the template, its line and the item."""


class Words(Mapping[str, str]):
    """Interface words: ``words.next`` in a template; an unknown one is an error there."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        # Jinja looks for attributes first, and a template says many words.
        self.__dict__.update(table)

    def __getitem__(self, key: str) -> str:
        return self._table[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


@cache
def read_words(folders: Folders, base: str) -> Words:
    """Return the words of the language ``base``, in English what it has none for.

    Raises TemplateProblem.
    """
    table: dict[str, str] = {}
    for name in ("en", base):
        for folder, prefix in reversed(folders):
            file = folder / "words" / f"{name}.toml"
            if file.is_file():
                table |= _table(file, f"{prefix}words/{name}.toml")
    return Words(table)


def _table(file: Path, shown: str) -> dict[str, str]:
    """Return one table of words. Raises TemplateProblem naming the line that is wrong."""
    reason, line = "", 1
    try:
        table = tomllib.loads(disk.read_text(file, "utf-8-sig"))
        wrong = [key for key, value in table.items() if not isinstance(value, str)]
        if not wrong:
            return table
        reason = f'“{wrong[0]}” must be a text: {wrong[0]} = "…"'
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
        found = re.search(r"line (\d+)", reason)
        line = int(found[1]) if found else 1
    except UnicodeDecodeError as error:
        reason = str(error)
    raise TemplateProblem(diagnostic("template", shown, line, about="-", reason=reason))


@cache
def language_name(language: str) -> str:
    """Return what a language calls itself: ``français``, ``English``, ``العربية``."""
    locale = locale_of(language)
    known = str(locale).split("_")[0] == primary(language)
    return str(locale.get_display_name(locale) or language) if known else language


@cache
def size(length: int, language: str) -> str:
    """Return a number of bytes as people of ``language`` read it: ``1,2 Mo`` in French."""
    from babel.units import format_unit

    units = ("byte", "kilobyte", "megabyte", "gigabyte")
    power = min((len(str(max(length, 1))) - 1) // 3, len(units) - 1)
    # 999,950 bytes would print as "1,000 kB".
    if power < len(units) - 1 and round(length / 1000**power) >= 1000:
        power += 1
    number = length / 1000**power
    shown = round(number, 1) if power > 1 and number < 10 else round(number)
    text = format_unit(shown, f"digital-{units[power]}", "short", locale=locale_of(language))
    return str(text).replace(" ", NO_BREAK).replace("\u202f", NO_BREAK)


@cache
def locale_of(language: str) -> Locale:
    """Return the locale of Babel for a language tag, English where it knows none."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
