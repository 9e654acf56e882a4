"""Regular expressions that are compiled when they are first asked.

To compile those of all modules takes a tenth of a second, and a build asks one in eight of those
that it loads.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, Generic, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Later(Generic[AnyStr]):
    """Stands for a pattern until it is asked, and hands its methods on from then."""

    def __init__(self, written: AnyStr, flags: int) -> None:
        self._written: AnyStr = written
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        compiled = re.compile(self._written, self._flags)
        # What is found on the instance costs no more than it would on the pattern itself.
        vars(self).update({name: getattr(compiled, name) for name in _METHODS})
        return compiled

    # These three are taken from patterns as functions, before any text is there.
    def search(self, *given: Any) -> re.Match[AnyStr] | None:
        return self._compiled.search(*given)

    def match(self, *given: Any) -> re.Match[AnyStr] | None:
        return self._compiled.match(*given)

    def fullmatch(self, *given: Any) -> re.Match[AnyStr] | None:
        return self._compiled.fullmatch(*given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled, name)


def regex(written: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` would, but for its time.

    A mistake in what is ``written`` raises `re.error` when the pattern is first asked.
    """
    return cast("re.Pattern[AnyStr]", _Later(written, flags))
