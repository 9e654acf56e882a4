"""The one Jinja environment, of pages and letters: with `compiled` the only user of jinja2.

A site's ``templates/`` come first; the default set answers for what they lack, and always under
the name ``default/…`` so that an override can extend what it overrides. Everything is autoescaped
but ``.txt``, ``.css`` and ``.js``, and a name that does not exist is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from newsfeed import disk
from newsfeed.config import Config
from newsfeed.diagnostics import Diagnostic, diagnostic
from newsfeed.text.languages import direction, primary
from newsfeed.text.timestamps import rfc3339
from newsfeed.theme import defaults
from newsfeed.theme.dates import Moment, day, hour, ordinal
from newsfeed.theme.unused import unused
from newsfeed.theme.words import TemplateProblem, Words, read_words, size

if TYPE_CHECKING:
    import jinja2

DEFAULTS = Path(defaults.DEFAULTS)


class OnDemand:
    """A variable of a template whose value is made when a template first asks for it."""

    __slots__ = ("_make", "_value")

    def __init__(self, make: Callable[[], object]) -> None:
        self._make: Callable[[], object] | None = make
        self._value: object = None

    def value(self) -> object:
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
        self._given: dict[str, dict[str, object]] = {}
        self._tables: dict[str, Words] = {}
        self._compiled: dict[str, jinja2.Template] = {}

    def __reduce__(self) -> tuple[type[Theme], tuple[Config, Path | None]]:
        """Carry the theme to another process, where its templates are compiled anew."""
        return Theme, (self.config, self._own)

    @cached_property
    def _environment(self) -> jinja2.Environment:
        import jinja2

        from newsfeed.theme.compiled import DefaultTemplates

        default = DefaultTemplates(DEFAULTS)
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
        environment.filters["timestamp"] = rfc3339
        environment.globals["config"] = self.config
        environment.globals["direction"] = direction
        return environment

    def unused(self) -> list[Diagnostic]:
        """Return a diagnostic for each file of the site's templates that nothing would ever read."""
        return unused(self._folders[0][0]) if len(self._folders) > 1 else []

    def render(self, template: str, *, language: str, about: str = "", **variables: object) -> str:
        """Return the text of ``template``.

        ``about`` is the path of the item or issue that it shows. The template sees ``words`` (the
        interface words of ``language``), ``lang``, ``dir``, ``day``, ``short_day``, ``month``,
        ``hour``, ``size``, and ``variables``, of which an `OnDemand` stands for its value. Raises
        TemplateProblem.
        """
        return self.fill(template, variables, language=language, about=about)

    def fill(
        self, template: str, variables: Mapping[str, object], *, language: str, about: str = ""
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
                text = disk.read_text(folder / template)
            except FileNotFoundError:
                continue
            except (OSError, UnicodeDecodeError):
                return None
            marked = any(mark in text for mark in ("{{", "{%", "{#"))
            return None if marked else text.removesuffix("\n")
        return None

    def _rendered(self, template: jinja2.Template, variables: dict[str, object]) -> str:
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
            base = primary(language)
            self._tables[language] = read_words(tuple(self._folders), base)
        return self._tables[language]

    def day(self, when: datetime, language: str, *, style: str = "long") -> str:
        """Return the day of ``when`` in the site's zone as ``language`` writes it."""
        return day(when.astimezone(self._zone), language, style)

    def moment(self, when: datetime, language: str) -> Moment:
        """Return the instant ``when`` as pages show it."""
        return Moment(iso=rfc3339(when), day=ordinal(self.day(when, language)))

    def hour(self, when: datetime, language: str) -> str:
        """Return the time of ``when`` in the site's zone: ``9 h 30`` in French."""
        return hour(when.astimezone(self._zone), language)

    def size(self, length: int, language: str) -> str:
        """Return a number of bytes as people of ``language`` read it: ``1,2 Mo`` in French."""
        return size(length, language)

    def _give(self, language: str) -> dict[str, object]:
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
        def resolve_or_missing(self, key: str) -> object:
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
        return value  # type: ignore[no-any-return]  # a text, as ``kind`` says
    return escape(value)
