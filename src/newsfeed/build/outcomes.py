"""What a build came to: said again, and nothing else done, while nothing changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsfeed.build.grounds import ground, is_current
from newsfeed.text.values import frozen

if TYPE_CHECKING:
    from newsfeed.build.memory import Memory
    from newsfeed.build.surveying import Survey

_NAME = "outcome"


@frozen
class Outcome:
    """The result of a build of a site that was published.

    ``language`` is that of messages.
    ``counts`` are the articles published, drafts, scheduled, expired, left out; ``outputs`` how many
    files there are; ``problems`` those of `rows.problem_row`. It holds from ``since`` until ``until``,
    on the ``ground`` of templates and lock.
    """

    language: str
    counts: Sequence[int]
    outputs: int
    problems: Sequence[Any]
    since: str
    until: str | None
    ground: str

    def leave(self, memory: Memory) -> None:
        """Let ``memory`` keep it for the next build."""
        memory.leave(_NAME, json.dumps(asdict(self)))

    def holds(self, survey: Survey, lock: str | None, now: datetime, flags: Sequence[bool]) -> bool:
        """Say whether a build would come to the same, and write nothing."""
        return (
            lock is not None
            and is_current(self.since, self.until, now)
            and survey.sources.sound
            and survey.sources.few is not None
            and not survey.sources.few.folders
            and self.ground == ground(survey.templates, lock, flags)
            and not survey.lost
        )


def last(memory: Memory) -> Outcome | None:
    """Return what the last build that published there came to, if it is remembered."""
    text = memory.found(_NAME)
    try:
        return Outcome(**json.loads(text)) if text else None
    except (ValueError, TypeError):
        return None
