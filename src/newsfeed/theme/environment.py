"""The one Jinja environment, of pages and letters: the only user of jinja2 and of Babel.

A site's ``templates/`` come first; the default set answers for what they lack, and always under
the name ``default/…`` so that an override can extend what it overrides. Everything is autoescaped
but ``.txt``, ``.css`` and ``.js``, and a name that does not exist is an error.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from msgspec import Struct

from newsfeed.config import Config
from newsfeed.diagnostics import ContentError, Diagnostic, diagnostic
from newsfeed.theme import defaults

if TYPE_CHECKING:
    import jinja2

DEFAULTS = Path(defaults.DEFAULTS)
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
NO_BREAK = "\u00a0"


class TemplateProblem(ContentError):
    """A template could not be rendered; ``problem`` names the template, its line and the item."""


class OnDemand:
    """A variable of a template whose value is made when a template first asks for it."""

    __slots__ = ("_make", "_value")

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make: Callable[[], Any] | None = make
        self._value: Any = None

    def value(self) -> Any:
        """Return the value. Raises TemplateProblem, and RuntimeError for a bug of ours."""
        if self._make is not None:
            try:
                self._value, self._make = self._make(), None
            except TemplateProblem:
                raise
            except Exception as error:
                raise _Bug from error
        return self._value


class _Bug(RuntimeError):
    """What went wrong while a template was rendered, though not in it: it stays a traceback."""


class Theme:
    """The templates of a site: ``templates`` is its own folder of overrides, if it has one."""

    def __init__(self, config: Config, templates: Path | None = None) -> None:
        self.config = config
        self._zone = config.zone
        own = templates is not None and templates.is_dir() and templates.resolve()
        self._folders = [(own, "templates/")] if own and own != DEFAULTS else []
        self._folders.append((DEFAULTS, "templates/" if own == DEFAULTS else "default/"))
        self._own = templates
        self._given: dict[str, dict[str, Any]] = {}
        self._tables: dict[str, Words] = {}
        self._compiled: dict[str, jinja2.Template] = {}

    def __reduce__(self) -> tuple[type[Theme], tuple[Config, Path | None]]:
        """Carry the theme to another process, where its templates are compiled anew."""
        return Theme, (self.config, self._own)

    @cached_property
    def _environment(self) -> jinja2.Environment:
        import jinja2

        default = jinja2.FileSystemLoader(DEFAULTS)
        site = [jinja2.FileSystemLoader(folder) for folder, _ in self._folders[:-1]]
        environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([*site, default, jinja2.PrefixLoader({"default": default})]),
            autoescape=lambda name: not (name or "").endswith((".txt", ".css", ".js")),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.context_class, environment.template_class = _classes()
        environment.filters["safe_html"] = Markup
        environment.filters["ordinal"] = ordinal
        environment.globals["config"] = self.config
        environment.globals["direction"] = direction
        return environment

    def unused(self) -> list[Diagnostic]:
        """Return a diagnostic for each file of the site's templates that nothing would ever read."""
        if len(self._folders) == 1:
            return []
        own = self._folders[0][0]
        defaults = _names(DEFAULTS)
        mine = [name for name in _names(own) if not _IDLE.search(name)]
        extra = [name for name in mine if name not in defaults and not _WORDS.fullmatch(name)]
        texts = {name: _text(own / name) for name in mine} if extra else {}
        return [
            diagnostic("template-unused", f"templates/{name}", like=_nearest(name, defaults))
            for name in extra
            if not any(name in text for other, text in texts.items() if other != name)
        ]

    def render(self, template: str, *, language: str, about: str = "", **variables: Any) -> str:
        """Return the text of ``template``.

        ``about`` is the path of the item or issue that it shows. The template sees ``words`` (the
        interface words of ``language``), ``lang``, ``dir``, ``day``, ``short_day``, ``month``,
        ``hour``, ``size``, and ``variables``, of which an `OnDemand` stands for its value. Raises
        TemplateProblem.
        """
        return self.fill(template, variables, language=language, about=about)

    def fill(
        self, template: str, variables: Mapping[str, Any], *, language: str, about: str = ""
    ) -> str:
        """Return what `render` does; ``variables`` are not copied on the way."""
        try:
            compiled = self._compiled.get(template)
            if compiled is None:
                if (text := self._plain(template)) is not None:
                    return text
                compiled = self._compiled[template] = self._environment.get_template(template)
            given = self._given.get(language) or self._give(language)
            return self._rendered(compiled, {**given, **variables})
        except (TemplateProblem, _Bug):
            raise
        except Exception as error:
            # Whatever a template's own code runs into, a division by zero too, is its author's
            # to mend. What happens outside of templates stays a traceback.
            problem = self._problem(error, template, about)
            if problem is None:
                raise
            raise TemplateProblem(problem) from error

    def _plain(self, template: str) -> str | None:
        """Return what a template that is text alone gives, without Jinja; None for any other."""
        for folder, _ in self._folders:
            try:
                text = (folder / template).read_text("utf-8")
            except FileNotFoundError:
                continue
            except (OSError, UnicodeDecodeError):
                return None
            marked = any(mark in text for mark in ("{{", "{%", "{#"))
            return None if marked else text.removesuffix("\n")
        return None

    def _rendered(self, template: jinja2.Template, variables: dict[str, Any]) -> str:
        """Return what `jinja2.Template.render` does, which gathers its globals anew each time."""
        environment = self._environment
        context = environment.context_class(environment, variables, template.name, template.blocks)
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            environment.handle_exception()

    def words(self, language: str) -> Words:
        """Return the interface words of ``language``, in English where it has no table.

        Raises TemplateProblem when the site's own table cannot be read.
        """
        if language not in self._tables:
            base = language.lower().split("-")[0]
            self._tables[language] = _words(tuple(self._folders), base)
        return self._tables[language]

    def day(self, when: datetime, language: str, *, style: str = "long") -> str:
        """Return the day of ``when`` in the site's zone as ``language`` writes it."""
        return day(when.astimezone(self._zone), language, style)

    def moment(self, when: datetime, language: str) -> Moment:
        """Return the instant ``when`` as pages show it."""
        return Moment(iso=when.isoformat(), day=ordinal(self.day(when, language)))

    def hour(self, when: datetime, language: str) -> str:
        """Return the time of ``when`` in the site's zone: ``9 h 30`` in French."""
        return hour(when.astimezone(self._zone), language)

    def size(self, length: int, language: str) -> str:
        """Return a number of bytes as people of ``language`` read it: ``1,2 Mo`` in French."""
        return size(length, language)

    def _give(self, language: str) -> dict[str, Any]:
        self._given[language] = {
            **self._environment.globals,
            "words": self.words(language),
            "lang": language,
            "dir": direction(language),
            "day": lambda when: self.day(when, language),
            "short_day": lambda when: self.day(when, language, style="short"),
            "month": lambda when: self.day(when, language, style="month"),
            "hour": lambda when: self.hour(when, language),
            "size": lambda length: size(length, language),
        }
        return self._given[language]

    def _problem(self, error: Exception, template: str, about: str) -> Diagnostic | None:
        """Return what ``error`` says of a template, or None where no template took part."""
        import jinja2

        name, line = self._place(error)
        if isinstance(error, jinja2.TemplateSyntaxError):
            name, line = self._shown(error.filename) or name, error.lineno
        reason = str(getattr(error, "message", None) or error) or type(error).__name__
        if isinstance(error, jinja2.TemplateNotFound):
            reason = f"there is no template “{error.name}”"
        elif isinstance(error, RecursionError):
            reason = "it includes or extends itself without end"
        elif not isinstance(error, jinja2.TemplateError):
            if not name and not isinstance(error, UnicodeDecodeError):
                return None
            reason = f"{type(error).__name__}: {reason}"
        # How a class of ours is called helps nobody, and depends on where an item comes from.
        reason = re.sub(r"'newsfeed\.[\w.]+ object'", "it", reason)
        place = name or f"templates/{template}"
        return diagnostic("template", place, line, about=about or "-", reason=reason)

    def _place(self, error: Exception) -> tuple[str, int]:
        """Return the innermost template that ``error`` went through, and its line."""
        name, line = "", 1
        seen: dict[str, str] = {}
        trace = error.__traceback__
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            if file not in seen:
                seen[file] = self._shown(file)
            if seen[file]:
                name, line = seen[file], trace.tb_lineno
            trace = trace.tb_next
        return name, line

    def _shown(self, file: str | None) -> str:
        for folder, prefix in self._folders:
            if file and Path(file).is_relative_to(folder):
                return prefix + Path(file).relative_to(folder).as_posix()
        return ""


@cache
def _classes() -> tuple[type[jinja2.runtime.Context], type[jinja2.Template]]:
    """Return what makes values on demand, and what compiles templates that escape as `_escaped`."""
    import jinja2
    from jinja2.runtime import Context
    from jinja2.utils import missing

    class Asking(Context):
        def resolve_or_missing(self, key: str) -> Any:
            value = self.vars[key] if key in self.vars else self.parent.get(key, missing)
            return value.value() if type(value) is OnDemand else value

    class Compiled(jinja2.Template):
        @classmethod
        def from_code(cls, *args: Any, **kwargs: Any) -> jinja2.Template:
            template = super().from_code(*args, **kwargs)
            template.root_render_func.__globals__["escape"] = _escaped
            return template

    return Asking, Compiled


def _escaped(value: Any) -> str:
    """Return what an expression prints: `markupsafe.escape`, where the result is joined at once.

    That one copies what is Markup already, a whole body too, and makes Markup of every word.
    """
    kind = type(value)
    if kind is Markup or (
        kind is str
        and "&" not in value
        and "<" not in value
        and ">" not in value
        and '"' not in value
        and "'" not in value
    ):
        return value  # type: ignore[no-any-return]
    return escape(value)


class Moment(Struct, frozen=True, kw_only=True):
    """An instant as pages show it: ``day`` is HTML in words, ``iso`` for machines."""

    iso: str
    day: Markup


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


# Notes for people, and what editors and systems leave behind.
_IDLE = re.compile(r"(^|/)\.|~$|\.(md|bak|orig|sw.)$|(^|/)(README|LICENSE)")
_WORDS = re.compile(r"words/[^/]+\.toml")
_PATTERNS = {"weekday": "full", "number": "d", "month-name": "LLL"}
"""The styles of `day` that Babel has a format for."""


def _names(folder: Path) -> list[str]:
    """Return the files below ``folder``, sorted."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file.relative_to(folder).as_posix() for file in files)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def _nearest(name: str, known: list[str]) -> str:
    """Return which of ``known`` was most likely meant by ``name``: one in another folder, or alike."""
    base = name.rpartition("/")[2]
    bases = {each.rpartition("/")[2]: each for each in known}
    near = difflib.get_close_matches(base, bases, 1) or difflib.get_close_matches(base, bases, 1, 0)
    return bases[near[0]]


def direction(language: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, otherwise ``ltr``."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def language_name(language: str) -> str:
    """Return what a language calls itself: ``français``, ``English``, ``العربية``."""
    locale = _locale(language)
    known = str(locale).split("_")[0] == language.lower().split("-")[0]
    return str(locale.get_display_name(locale) or language) if known else language


@lru_cache(maxsize=4096)
def ordinal(text: str) -> Markup:
    """Return a day as HTML, the ending of ``1er`` raised: the filter ``day(…) | ordinal``."""
    return Markup(re.sub(r"\b1er\b", "1<sup>er</sup>", str(escape(text))))


def day(when: date, language: str, style: str = "long") -> str:
    """Return ``when``'s day as ``language`` writes it: ``1er octobre 2026`` in French.

    ``style`` is ``long``, ``short``, ``month`` (month and year alone), ``weekday`` (with the day of
    the week), ``number`` (the day of the month alone) or ``month-name`` (shortened).
    """
    return _day(when.year, when.month, when.day, language, style)


@cache
def hour(when: datetime, language: str) -> str:
    """Return ``when``'s hour and minute as ``language`` writes them: ``9 h 30`` in French."""
    from babel.dates import format_time

    if language.lower().split("-")[0] == "fr":
        minutes = f"{NO_BREAK}{when.minute:02}" if when.minute else ""
        return f"{when.hour}{NO_BREAK}h{minutes}"
    return str(format_time(when, "short", locale=_locale(language)))


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
    text = format_unit(shown, f"digital-{units[power]}", "short", locale=_locale(language))
    return str(text).replace(" ", NO_BREAK).replace("\u202f", NO_BREAK)


@cache
def _words(folders: tuple[tuple[Path, str], ...], base: str) -> Words:
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
        table = tomllib.loads(file.read_text("utf-8-sig"))
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
def _locale(language: str) -> Any:
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@cache
def _day(year: int, month: int, number: int, language: str, style: str) -> str:
    from babel.dates import format_date, format_skeleton

    when = date(year, month, number)
    locale = _locale(language)
    if style == "month":
        # Babel's skeletons take a datetime where they might print a time.
        return str(format_skeleton("yMMMM", datetime(year, month, number), locale=locale))  # noqa: DTZ001
    if pattern := _PATTERNS.get(style):
        text = format_date(when, pattern, locale=locale)
    else:
        text = format_date(when, "long" if style == "long" else "medium", locale=locale)
    if number == 1 and style == "weekday" and language.lower().split("-")[0] == "fr":
        return str(text).replace(" 1 ", " 1er ")
    if number == 1 and style == "long" and language.lower().split("-")[0] == "fr":
        text = "1er" + text.removeprefix("1")
    return str(text)
