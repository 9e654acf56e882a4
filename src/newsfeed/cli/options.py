"""How a command gets its options: as one frozen value, not as a dozen parameters."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import click

from newsfeed.cli.session import Session

Options = TypeVar("Options")
Command = TypeVar("Command", bound=Callable[..., object])


FORMS = ("text", "json", "github", "gitlab", "junit", "sarif")
"""The formats of `diagnostics.reporters`, which is loaded when it is needed."""


def note_form(ctx: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Note in the session the format in which problems are said; a callback of click's."""
    if isinstance(ctx.obj, Session):
        ctx.obj.form = value
    return value


def problem_format(command: Command) -> Command:
    """Give a command ``--format``, passed as ``form``; all that it says is wrong is said so."""
    return click.option(
        "--format", "form", type=click.Choice(FORMS), default="text", metavar="FORM", callback=note_form,
        help=f"How to print problems: {', '.join(FORMS[:-1])} or {FORMS[-1]}.",
    )(command)  # fmt: skip


def passed_as(
    kind: type[Options],
) -> Callable[[Callable[[Session, Options], int]], Callable[..., int]]:
    """Pass a command its options as one ``kind``, a struct with a field for each option.

    Stands right above the function, below ``click.pass_obj``.
    """

    def decorate(command: Callable[[Session, Options], int]) -> Callable[..., int]:
        @wraps(command)
        def gather(session: Session, /, **given: object) -> int:
            return command(session, kind(**given))

        return gather

    return decorate
