"""Progress of a long build at a terminal, and the time that each of its parts took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsfeed.cli.session import Session
    from newsfeed.model import Output

PATIENCE = 1.0
"""Seconds after which one would like to know."""
_EVERY = 0.2
_PARTS = {
    "start": ("start-up", "démarrage"),
    "scan": ("listing files", "inventaire des fichiers"),
    "read": ("reading and settling articles", "lecture et identités des articles"),
    "plan": ("planning", "plan"),
    "render": ("rendering", "mise en forme"),
    "write": ("comparing and writing", "comparaison et écriture"),
    "remember": ("remembering", "mémorisation"),
}


class Progress:
    """Counts outputs at a terminal once a build takes long; adds up the time of its parts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._shown = not session.quiet and sys.stderr.isatty()
        self._begun = self._last = self._said = time.perf_counter()
        self._parts = {"start": time.process_time()}
        self._written = ""

    def lap(self, part: str) -> None:
        """Count the time since the last call for ``part``."""
        now = time.perf_counter()
        self._parts[part] = self._parts.get(part, 0.0) + now - self._last
        self._last = now

    def tick(self, done: int, english: str, french: str) -> None:
        """Print that ``done`` things are done, if the build is slow."""
        now = time.perf_counter()
        if self._shown and now - self._begun > PATIENCE and now - self._said > _EVERY:
            self._said = now
            self._write(f"{done} {self._session.tr(english, french)}")

    def watch(self, outputs: Iterable[Output]) -> Iterator[Output]:
        """Yield ``outputs``, and tell apart the time to make them and the time to write them."""
        self.lap("plan")
        for number, output in enumerate(outputs, 1):
            if output.stands:
                yield output
                continue
            self.lap("render")
            self.tick(number, "files", "fichiers")
            yield output
            self.lap("write")
        self.lap("render")
        self.clear()

    def clear(self) -> None:
        """Leave nothing of a count in the terminal."""
        if self._written:
            self._write("")

    def table(self) -> str:
        """Return the parts with their seconds, one a line."""
        lines = [
            f"{seconds:8.3f} s  {self._session.tr(*_PARTS[part])}"
            for part, seconds in self._parts.items()
        ]
        return "\n".join(lines)

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text.ljust(len(self._written))}" + ("" if text else "\r"))
        sys.stderr.flush()
        self._written = text
