"""How a command gets its options: as one frozen value, not as a dozen parameters."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from newsfeed.cli.session import Session

Options = TypeVar("Options")


def passed_as(
    kind: type[Options],
) -> Callable[[Callable[[Session, Options], int]], Callable[..., int]]:
    """Pass a command its options as one ``kind``, a struct with a field for each option.

    Stands right above the function, below ``click.pass_obj``.
    """

    def decorate(command: Callable[[Session, Options], int]) -> Callable[..., int]:
        @wraps(command)
        def gather(session: Session, /, **given: Any) -> int:
            return command(session, kind(**given))

        return gather

    return decorate
