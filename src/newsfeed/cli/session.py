"""What every command shares: the site's folder, its configuration, how and where to speak."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsfeed.cli.usage import WrongUsage, WrongValue
from newsfeed.text.characters import visible_lines

if TYPE_CHECKING:
    from newsfeed.config import Config
    from newsfeed.diagnostics import Diagnostic, Worded

FILE = "newsfeed.toml"
LOCK = "newsfeed.lock"
TEMPLATES = "templates"
MEMORY = Path(".newsfeed", "cache")


@dataclass(kw_only=True)
class Session:
    """One run of the command, in the site's folder; ``language`` is that of the messages.

    ``start`` is the folder from which the person called: paths that are given are relative to it, and
    so are those that they are shown. ``form`` is the format in which the command prints problems.
    """

    root: Path = Path()
    start: Path = Path()
    config_file: Path | None = None
    language: str | None = None
    quiet: bool = False
    verbose: bool = False
    form: str = "text"

    def output(self, given: Path | None, configured: str) -> Path:
        """Return the output folder: the one that is ``given``, or the one of the settings."""
        return self.given(given) if given else self.root / configured

    def given(self, path: Path) -> Path:
        """Return ``path``, which a person gave, as it is reached from the current folder."""
        return Path(os.path.relpath(self.start / path)) if self._moved else path

    def shown(self, path: str | Path) -> str:
        """Return ``path``, relative to the site's folder, as it is reached from where one called."""
        place = os.path.relpath(path, self.start) if self._moved else str(path)
        return Path(place).as_posix()

    @property
    def _moved(self) -> bool:
        return self.start != Path() and self.start.absolute() != Path.cwd()

    def settings(self, *, items: str | None = None) -> str:
        """Return what stands for all settings; empty where there are none, or they are no TOML."""
        table = self.glance()
        return "" if table is None else repr((items, table))

    def settings_file(self) -> tuple[Path, str]:
        """Return where the settings are, and how messages call the file."""
        place = self.config_file or self.root / FILE
        return place, os.path.relpath(place, self.root) if self.config_file else FILE

    def glance(self) -> Mapping[str, object] | None:
        """Return the table of settings, unchecked, None where there is none."""
        import tomllib

        from newsfeed import disk

        try:
            return tomllib.loads(disk.read_text(self.config_file or self.root / FILE, "utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            return None

    @property
    def remembers(self) -> bool:
        """Whether builds of the site have left anything for the next one."""
        return (self.root / MEMORY).is_file()

    def config(self, *, items: str | None = None) -> Config:
        """Return the site's configuration, ``items`` in the place of its folder of articles.

        Raises ConfigError, WorldError.
        """
        from newsfeed import disk
        from newsfeed.config import parse
        from newsfeed.diagnostics import ConfigError, diagnostic, refused

        place, name = self.settings_file()
        try:
            text = disk.read_text(place, "utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            raise ConfigError([diagnostic("config-missing", name, file=place.name)]) from None
        except UnicodeDecodeError:
            raise ConfigError([diagnostic("config-encoding", name)]) from None
        except OSError as error:
            raise refused(place, error) from error
        config = parse(text, file=name)
        _refuse_unknown_fields(config, text, name)
        if items is not None:
            from msgspec.structs import replace

            config = replace(config, items=replace(config.items, path=items))
        self.language = self.language or config.site.language
        folder = self.root / config.items.path
        if not folder.is_dir():
            raise ConfigError([diagnostic("config-items", name, folder=config.items.path)])
        return config

    def config_text(self) -> str:
        """Return the text of the configuration, which has been read before."""
        from newsfeed import disk

        return disk.read_text(self.config_file or self.root / FILE, "utf-8-sig")

    @contextmanager
    def alone(self, dest: Path | None = None) -> Iterator[None]:
        """Have the site's folder for oneself, and the output folder ``dest``: others wait meanwhile.

        What killed commands left aside is removed. What is read before may be old already. Raises
        WorldError where others are at work for too long.
        """
        from newsfeed import disk

        def waits() -> None:
            self.say(
                self.tr(
                    "waiting for another newsfeed that is at work here",
                    "en attente d’un autre newsfeed au travail ici",
                )
            )

        with ExitStack() as held:
            held.enter_context(disk.alone(self.root, waits))
            disk.sweep(self.root)
            if dest is not None and dest.is_dir():
                held.enter_context(disk.alone(dest, waits))
            yield

    def write(self, path: str, data: bytes, *, new: bool = False) -> None:
        """Write a file of the site whole, before anything else is written.

        Raises WorldError when the disk refuses, FileExistsError where it is ``new`` and one is there.
        """
        from newsfeed import disk

        place = self.root / path
        disk.make_folder(place.parent)
        disk.write_whole(place, data, self.root, new=new)

    def say(self, message: str) -> None:
        """Print a message for people, on stderr, unless the run is quiet."""
        if not self.quiet:
            _tell(message)

    def say_epoch(self, now: str | None) -> None:
        """Say that it is not the clock which tells the time, where SOURCE_DATE_EPOCH does."""
        if now is None and (when := epoch()) is not None:
            instant = when.isoformat()
            self.say(
                self.tr(f"as of {instant} (SOURCE_DATE_EPOCH)", f"au {instant} (SOURCE_DATE_EPOCH)")
            )

    def detail(self, message: str) -> None:
        """Print a message that only a verbose run shows, on stderr."""
        if self.verbose:
            _tell(message)

    def complain(self, english: str, french: str) -> None:
        """Print what is wrong, on stderr, however quiet the run is."""
        _tell(self.tr(english, french))

    def silent(self, count: int) -> str:
        """Return what is said after the problems of those that are silenced; empty for none."""
        if not count:
            return ""
        return self.tr(f" ({count} silenced)", f" ({count} tus)" if count > 1 else " (1 tu)")

    def report(self, problems: Sequence[Diagnostic], form: str, *, data: bool = False) -> None:
        """Print problems in the format ``form``: on stdout when they are the command's result."""
        if form == "text" and not problems:
            return
        from newsfeed.diagnostics.reporters import FORMATS

        written = FORMATS[form](self._told(problems, form), self.spoken)
        if form == "text":
            written = _coloured(written, stream=sys.stdout if data else sys.stderr)
        if data or form != "text":
            click.echo(written, nl=False, color=True)
        else:
            with suppress(OSError):
                click.echo(written, err=True, nl=False, color=True)
        for problem in problems if self.verbose else ():
            if trace := dict(problem.values).get("trace"):
                self.detail(trace)

    def worded(self, problems: Sequence[Diagnostic]) -> list[Worded]:
        """Return problems as `report` prints them in JSON, for a command that prints more than them."""
        from newsfeed.diagnostics import worded

        return [worded(each, self.spoken) for each in self._told(problems, "json")]

    def _told(self, problems: Sequence[Diagnostic], form: str) -> Sequence[Diagnostic]:
        """Return problems in order, each where it is, by a path that who reads ``form`` can open."""
        from newsfeed.diagnostics import arrange

        base = self.start if form == "text" else repository(self.root) or self.root
        return arrange(seen_from(base, self.placed(problems)))

    def placed(self, problems: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
        """Return ``problems``, those of the configuration where it says what is wrong."""
        from newsfeed import disk
        from newsfeed.config import placed

        if all(problem.path != FILE for problem in problems):
            return problems
        place, name = self.settings_file()
        try:
            text = disk.read_text(place, "utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return problems
        return [placed(problem, text, name) for problem in problems]

    @property
    def spoken(self) -> str:
        """The language of messages: the option's, the site's, or the user's own."""
        return self.language or _own_language()

    def tr(self, english: str, french: str) -> str:
        """Return one of two phrases, in the language of the messages."""
        return french if self.spoken.startswith("fr") else english


def _tell(message: str) -> None:
    """Print a message for people; where nobody can take it, the work goes on."""
    with suppress(OSError):
        click.echo(visible_lines(message), err=True)


def repository(folder: Path) -> Path | None:
    """Return the root of the Git repository that holds ``folder``, None outside of any."""
    place = folder.absolute()
    return next((each for each in (place, *place.parents) if (each / ".git").exists()), None)


def site_above(folder: Path) -> Path | None:
    """Return the nearest folder with a newsfeed.toml: ``folder`` itself, or one that holds it."""
    place = folder.absolute()
    return next((each for each in (place, *place.parents) if (each / FILE).is_file()), None)


def seen_from(
    base: Path, problems: Sequence[Diagnostic], folder: Path = Path()
) -> Sequence[Diagnostic]:
    """Return ``problems`` with paths relative to ``base``, no longer to ``folder``."""
    from msgspec.structs import replace

    if base.absolute() == folder.absolute():
        return problems
    return [
        replace(each, path=Path(os.path.relpath(folder / each.path, base)).as_posix())
        for each in problems
    ]


def folders(items: str) -> list[str]:
    """Return the folders of a site that a build reads, ``items`` being that of its articles."""
    return [items, "static", "issues"]


def _refuse_unknown_fields(config: Config, text: str, name: str) -> None:
    """Raise ConfigError where ``items.fields`` names what is no field of an article."""
    if not config.items.fields:
        return
    from difflib import get_close_matches

    from newsfeed.config import place_of
    from newsfeed.content.aliases import NAMES
    from newsfeed.diagnostics import ConfigError, diagnostic

    problems = []
    for field in sorted(set(config.items.fields) - NAMES):
        near = get_close_matches(field, sorted(NAMES), n=1)
        place = place_of(f"items.fields.{field}", text.splitlines())
        suggestion = f"{near[0]} ?" if near else ", ".join(sorted(NAMES))
        key = f"items.fields.{field}"
        problems.append(
            diagnostic("config-unknown-key", name, *place, key=key, suggestion=suggestion)
        )
    if problems:
        raise ConfigError(problems)


def instant(text: str | None, config: Config) -> datetime:
    """Return the instant that ``--now`` names, in the site's zone where it bears none; or now.

    Raises click.BadParameter.
    """
    if text is None:
        return epoch() or datetime.now(UTC)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise WrongValue(
            f"“{text}” is not an ISO 8601 date; write 2026-11-23 or 2026-11-23T10:00:00+01:00",
            f"« {text} » n’est pas une date ISO 8601 ; écrivez 2026-11-23 ou 2026-11-23T10:00:00+01:00",
        ) from None
    return when if when.tzinfo is not None else when.replace(tzinfo=config.zone)


def epoch() -> datetime | None:
    """Return the instant that SOURCE_DATE_EPOCH names in the place of now, None where it is unset.

    It counts seconds since 1970 (reproducible-builds.org, "SOURCE_DATE_EPOCH"). Raises
    click.UsageError.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        raise WrongUsage(
            f"SOURCE_DATE_EPOCH is “{text}”: it is a number of seconds since 1970, as date +%s prints",
            f"SOURCE_DATE_EPOCH est « {text} » : c’est un nombre de secondes depuis 1970, comme le donne date +%s",
        ) from None


def _own_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "fr" if os.environ[name].startswith("fr") else "en"
    return "en"


def _coloured(written: str, *, stream: object) -> str:
    """Colour the severities at a terminal that can, unless NO_COLOR asks for none."""
    terminal = getattr(stream, "isatty", lambda: False)() and os.environ.get("TERM") != "dumb"
    if not terminal or os.environ.get("NO_COLOR"):
        return written
    for name, colour in (("error", "red"), ("erreur", "red"), ("warning", "yellow"), ("attention", "yellow")):  # fmt: skip
        written = written.replace(f": {name} [", f": {click.style(name, fg=colour, bold=True)} [")
    return written
