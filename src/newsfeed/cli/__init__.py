"""The command line: one module a command, loaded when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import traceback
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import NoReturn

import click

from newsfeed.cli.session import Session, site_above
from newsfeed.text.characters import visible_lines

COMMANDS = {
    "build": "Make everything: feeds, pages, letters.",
    "check": "Say every problem, at once; write nothing.",
    "digest": "Make one letter: HTML, text and .eml.",
    "compose": "Start the next issue of the newsletter.",
    "new": "Start an article.",
    "init": "Start a site.",
    "adopt": "Take over the ids of a former feed.",
    "diff": "Say what subscribers would see of a change.",
    "import": "Write the posts of an export as articles.",
    "serve": "Show the site here, reloaded on save.",
    "next-change": "Say when the output will differ next.",
    "config": "Show the settings in force.",
}


LANGUAGES = ["fr", "en"]
_ANYWHERE = ("init",)
"""Commands that work where they are called, not in the site that holds this folder."""


class LazyGroup(click.Group):
    """Imports a command's module when that command is called, and for nothing else."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"newsfeed.cli.{cmd_name.replace('-', '_')}")
        command = module.command
        assert isinstance(command, click.Command)
        taken = {name for param in command.params for name in param.opts}
        command.params += [each for each in _late_options() if taken.isdisjoint(each.opts)]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from difflib import get_close_matches

            near = ["--help"] if name == "help" else get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            ctx.fail(f"No such command “{name}”.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what it raises on purpose is said, and becomes the exit code."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            from newsfeed.diagnostics import ConfigError, ContentError, WorldError, refused

            session = ctx.obj or Session()
            if isinstance(error, click.UsageError) and error.ctx is None:
                # Of an option without its value click does not say whose it is.
                name = ctx.invoked_subcommand or ""
                command = self.get_command(ctx, name)
                error.ctx = click.Context(command, ctx, name) if command is not None else ctx
            if isinstance(error, ConfigError):
                session.report(error.problems, session.form)
                return 2
            if isinstance(error, ContentError):
                session.report([error.problem], session.form)
                return 1
            if isinstance(error, BrokenPipeError):
                raise
            if isinstance(error, OSError):
                session.detail("".join(traceback.format_exception(error)))
                error = refused(error.filename, error)
            if isinstance(error, WorldError):
                session.complain(f"newsfeed: {error}", f"newsfeed : {error.french}")
                return 3
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


# The options of the group that may also follow the command, and what of the session they set.
_LATE = {"quiet": "quiet", "verbose": "verbose", "lang": "language"}


def _late_options() -> list[click.Option]:
    found = []
    for option in cli.params:
        if isinstance(option, click.Option) and option.name in _LATE:
            twin = copy(option)
            twin.hidden, twin.expose_value, twin.callback = True, False, _late
            found.append(twin)
    return found


def _late(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
    if value and parameter.name:
        setattr(ctx.obj, _LATE[parameter.name], value)


def _version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        from newsfeed import __version__

        click.echo(f"newsfeed {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C", "folder", type=Path, default=Path(), metavar="DIR", help="Run as if started in DIR."
)
@click.option("--config", "config", type=Path, metavar="FILE", help="Instead of newsfeed.toml.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the messages.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version.",
)  # fmt: skip
@click.pass_context
def cli(
    ctx: click.Context,
    /,
    folder: Path,
    config: Path | None,
    lang: str | None,
    *,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make feeds, news pages and a newsletter from a folder of articles.

    Exit codes: 0 fine; 1 problems in the content, or stale output under --check; 2 wrong usage or
    configuration; 3 the disk, the network or a server failed; 4 nothing new for a letter, or nothing
    come since.
    """
    try:
        os.chdir(folder)
    except OSError as error:
        from newsfeed.cli.usage import WrongValue
        from newsfeed.diagnostics import refused

        failed = refused(folder, error)
        raise WrongValue(str(failed), failed.french, "-C") from None
    start = _current_folder()
    found = (
        site_above(start) if config is None and ctx.invoked_subcommand not in _ANYWHERE else None
    )
    if found is not None:
        os.chdir(found)
    ctx.obj = Session(config_file=config, language=lang, quiet=quiet, verbose=verbose, start=start)


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:
        from newsfeed.diagnostics import WorldError

        raise WorldError(
            "the current folder no longer exists; change to another one",
            "le dossier courant n’existe plus ; changez de dossier",
        ) from None


def main() -> None:
    """Run the command line; the exit code is the command's."""
    # A command makes few cycles and ends soon: looking for them costs a tenth of its time.
    gc.disable()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed: nobody listens
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end
    for stream in (sys.stdout, sys.stderr):
        # Our own output is UTF-8 in any locale; what a name holds that is no text is shown escaped.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(prog_name="newsfeed", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        from newsfeed.cli import usage

        context = getattr(error, "ctx", None)
        session = (context and context.find_object(Session)) or Session()
        french = session.spoken.startswith("fr")
        click.echo(visible_lines(usage.said(error, french=french)), err=True, nl=False)
        sys.exit(2)
    except click.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # nothing can be printed, not even the help
        from newsfeed.diagnostics import refused

        failed = refused(None, error)
        Session().complain(f"newsfeed: {failed}", f"newsfeed : {failed.french}")
        sys.exit(3)


def run() -> NoReturn:
    """Run the command line as a program: `main`, and the end of the process.

    It ends at once: all is written, and interpreter teardown would only cost time.
    """
    code = 1
    try:
        main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)
