"""The one Jinja environment, of pages and letters: the only user of jinja2 and of Babel.

A site's ``templates/`` come first; the default set answers for what they lack, and always under
the name ``default/…`` so that an override can extend what it overrides. Everything is autoescaped,
and a name that does not exist is an error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic, diagnostic

DEFAULTS = next(
    folder
    for folder in (Path(__file__).parent / "templates", Path(__file__).parents[2] / "templates")
    if folder.is_dir()
)
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


class TemplateProblem(Exception):
    """A template could not be rendered; ``problem`` names the template, its line and the item."""

    def __init__(self, problem: Diagnostic) -> None:
        self.problem = problem
        super().__init__(problem.words("en")[0])


class Theme:
    """The templates of a site: ``templates`` is its own folder of overrides, if it has one."""

    def __init__(self, config: Config, templates: Path | None = None) -> None:
        self.config = config
        own = [templates] if templates is not None and templates.is_dir() else []
        self._own = own
        loaders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(own)] if own else []
        default = jinja2.FileSystemLoader(DEFAULTS)
        self._environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader(
                [*loaders, default, jinja2.PrefixLoader({"default": default})]
            ),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["safe_html"] = Markup
        self._environment.globals["config"] = config

    def render(self, template: str, *, language: str, about: str = "", **variables: Any) -> str:
        """Return the text of ``template``.

        ``about`` is the path of the item or issue that it shows. The template sees ``words`` (the
        interface words of ``language``), ``lang``, ``dir``, ``day``, ``short_day``, ``month``, and
        ``variables``. Raises TemplateProblem.
        """
        try:
            return self._environment.get_template(template).render(
                words=self.words(language),
                lang=language,
                dir=direction(language),
                day=lambda when: self.day(when, language),
                short_day=lambda when: self.day(when, language, style="short"),
                month=lambda when: self.day(when, language, style="month"),
                **variables,
            )
        except jinja2.TemplateError as error:
            raise self._problem(error, template, about) from error

    def words(self, language: str) -> Words:
        """Return the interface words of ``language``, in English where it has no table."""
        base = language.lower().split("-")[0]
        folders = [folder / "words" for folder in (*self._own, DEFAULTS)]
        return _words(tuple(folders), base)

    def day(self, when: datetime, language: str, *, style: str = "long") -> str:
        """Return the day of ``when`` in the site's zone as ``language`` writes it."""
        return day(when.astimezone(self.config.zone), language, style)

    def _problem(self, error: jinja2.TemplateError, template: str, about: str) -> TemplateProblem:
        name, line = template, 1
        if isinstance(error, jinja2.TemplateSyntaxError):
            name, line = error.name or template, error.lineno
        else:
            trace = error.__traceback__
            while trace is not None:
                file = trace.tb_frame.f_code.co_filename
                for folder in (*self._own, DEFAULTS):
                    if Path(file).is_relative_to(folder):
                        name, line = Path(file).relative_to(folder).as_posix(), trace.tb_lineno
                trace = trace.tb_next
        reason = error.message or type(error).__name__
        return TemplateProblem(
            diagnostic("template", f"templates/{name}", line, about=about or "-", reason=reason)
        )


class Words(Mapping[str, str]):
    """Interface words: ``words.next`` in a template; an unknown one is an error there."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table

    def __getitem__(self, key: str) -> str:
        return self._table[key]

    def __iter__(self) -> Any:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def direction(language: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, otherwise ``ltr``."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _words(folders: tuple[Path, ...], base: str) -> Words:
    table: dict[str, str] = {}
    for name in ("en", base):
        for folder in reversed(folders):
            file = folder / f"{name}.toml"
            if file.is_file():
                table |= tomllib.loads(file.read_text("utf-8"))
    return Words(table)


@cache
def _formatter(language: str) -> Callable[[datetime, str], str]:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date, format_skeleton

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")

    def write(when: datetime, style: str) -> str:
        if style == "month":
            return format_skeleton("yMMMM", when, locale=locale)
        return format_date(when, "long" if style == "long" else "medium", locale=locale)

    return write


@cache
def day(when: datetime, language: str, style: str = "long") -> str:
    """Return ``when``'s day as ``language`` writes it: ``1er octobre 2026`` in French.

    ``style`` is ``long``, ``short`` or ``month`` (month and year alone).
    """
    text = _formatter(language)(when, style)
    if language.split("-")[0] == "fr" and style == "long" and when.day == 1:
        text = "1er" + text.removeprefix("1")
    return text
