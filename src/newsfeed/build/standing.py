"""Which published files still stand: each is known by a hash of all that it is made of.

A key covers the code, the libraries, the configuration, the templates and what stands around every
page (together: the ground), and of each article that the output shows its content, its id, its
address, and where its pictures and links lead today.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Protocol

from newsfeed.build.rows import problem_of, problem_row
from newsfeed.content.reading import Article
from newsfeed.diagnostics import Diagnostic
from newsfeed.model import Output
from newsfeed.text.hashing import hashed


class Lines(Protocol):
    """Lines by number, in the order of their keys: what is asked for is read. It raises Lost."""

    @property
    def token(self) -> str:
        """What stands for all lines."""
        ...

    def save(self, lines: Sequence[str]) -> None:
        """Keep ``lines``, in the order of their keys, in the place of all."""
        ...

    def number(self, key: str) -> int:
        """Return the number of the line of ``key``."""
        ...

    def __getitem__(self, at: int) -> str: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...


class Outputs(Protocol):
    """What is remembered of the files that were published."""

    @property
    def any(self) -> bool:
        """Whether anything is remembered."""
        ...

    def stands(self, path: str, key: str) -> bool:
        """Say whether the published file at ``path`` is whole and was made under ``key``."""
        ...

    def said(self, path: str, key: str) -> str | None:
        """Return what there was to say of the output at ``path`` made under ``key``, or None."""
        ...

    def add_said(self, path: str, key: str, text: str) -> None:
        """Remember what there was to say when the output at ``path`` was made under ``key``."""
        ...


class Memory(Protocol):
    """What earlier builds left, as far as it can be relied on."""

    fingerprint: str
    edited: dict[str, str]

    @property
    def outputs(self) -> Outputs:
        """The files that the last builds published here."""
        ...

    @property
    def laid(self) -> Lines:
        """The lines of items, of the last build that published here."""
        ...

    @property
    def whole(self) -> bool:
        """Whether all that the site's folder holds can be remembered."""
        ...

    def found(self, name: str, *, bound: bool = True) -> str | None:
        """Return what a build left under ``name``.

        Of what was left ``bound``, only if the articles and outputs of that build are remembered.
        """
        ...

    def leave(self, name: str, text: str, *, bound: bool = True) -> None:
        """Leave a text for the next build that publishes here."""
        ...

    def slim(self, path: str) -> str:
        """Return the first line of an article's row."""
        ...

    def rest(self, path: str) -> str:
        """Return the second line of an article's row."""
        ...

    def rows(self, path: str) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return the two lines of the row that an edited article had, and those that it has."""
        ...

    def digest(self, path: str) -> str:
        """Return a hash of an article's content, empty where it is not known."""
        ...

    def note(self, path: str) -> str | None:
        """Return what is known of an article's body, empty for nothing of note, None for unknown."""
        ...

    def whole_note(self, path: str, digest: str = "") -> str | None:
        """Return all that was noted of an article's body, None where it was lost.

        ``digest`` is the content that it had, where that is another one than today's.
        """
        ...

    def add_note(self, path: str, note: str, *, plain: bool) -> None:
        """Remember what is known of an article's body; ``plain`` says that it is nothing of note."""
        ...

    def file(self, path: str) -> str | None:
        """Return what stands for the content of a file, None where its times prove nothing."""
        ...

    def size(self, path: str) -> tuple[int | None, int | None] | None:
        """Return a picture's size in pixels, None where it is not known."""
        ...

    def add_size(self, path: str, size: tuple[int | None, int | None]) -> None:
        """Remember a picture's size."""
        ...


class Remembering(Memory, Protocol):
    """What earlier builds left, where all articles are known."""

    def told(self) -> Iterable[tuple[str, str, str]]:
        """Yield the path, the marks and the first line of the row of each article, by path."""
        ...

    def troubled(self) -> Mapping[str, Article]:
        """Return the articles that have problems, or give no item."""
        ...

    def articles(self) -> Mapping[str, Article]:
        """Return every article."""
        ...

    def paths(self) -> Set[str]:
        """Return the paths of all articles."""
        ...


class Standing:
    """Makes outputs, or finds that they stand; without a memory all are made."""

    def __init__(self, memory: Memory | None, *ground: str) -> None:
        self._memory = memory
        self._ground = hashed((memory.fingerprint, *ground)) if memory is not None else ""

    @property
    def any(self) -> bool:
        """Whether anything may stand at all."""
        return self._memory is not None and self._memory.outputs.any

    def key(self, path: str, made_of: Iterable[str | None]) -> str | None:
        """Return the key of the output at ``path``, None where some of its parts is not known."""
        if self._memory is None:
            return None
        parts = [self._ground, path, *made_of]
        return None if None in parts else hashed(parts)  # type: ignore[arg-type] # none is None

    def output(
        self, path: str, made_of: Callable[[], Iterable[str | None]], make: Callable[[], Output]
    ) -> Output:
        """Return the output at ``path`` without its bytes if it stands, otherwise as ``make`` makes it."""
        key = self.key(path, made_of())
        if key is not None and self.stands(path, key):
            return Output(path=path, key=key)
        # What was not known before may be known once the output is made.
        made = make()
        return replace(made, key=key or self.key(path, made_of()))

    def stands(self, path: str, key: str) -> bool:
        """Say whether the file at ``path`` is what ``key`` stands for."""
        return self._memory is not None and self._memory.outputs.stands(path, key)

    def problems(self, path: str, key: str) -> tuple[Diagnostic, ...] | None:
        """Return what was wrong with the output at ``path`` made under ``key``, None if unknown."""
        text = self._memory.outputs.said(path, key) if self._memory is not None else None
        try:
            return None if text is None else tuple(problem_of(row) for row in json.loads(text))
        except (ValueError, TypeError):
            return None

    def add_problems(self, path: str, key: str | None, problems: Sequence[Diagnostic]) -> None:
        """Remember what is wrong with the output at ``path`` made under ``key``, if it has one."""
        if self._memory is not None and key is not None:
            self._memory.outputs.add_said(
                path, key, json.dumps([problem_row(each) for each in problems])
            )
