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
    """Give a command its options as a ``kind``, a struct whose fields are called as they are.

    Stands right above the function, below ``click.pass_obj``.
    """

    def decorate(command: Callable[[Session, Options], int]) -> Callable[..., int]:
        @wraps(command)
        def gather(session: Session, /, **given: Any) -> int:
            return command(session, kind(**given))

        return gather

    return decorate
