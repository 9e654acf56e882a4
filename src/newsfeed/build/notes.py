"""`Note` <-> text, for the cache."""

from __future__ import annotations

import json

from newsfeed.build.rows import problem_of, problem_row
from newsfeed.markup import Ref
from newsfeed.site.entry import Note

_quoted = json.encoder.encode_basestring_ascii


def dump(note: Note) -> str:
    """Return ``note`` as JSON."""
    if not (note.refs or note.problems):
        # Most notes; to make the encoder takes longer than to write these.
        anchors = ", ".join(map(_quoted, note.anchors))
        plain = "true" if note.plain else "false"
        return f"[[], [], [{anchors}], {plain}, {_quoted(note.summary)}]"
    problems = [problem_row(each) for each in note.problems]
    refs = [(ref.url, ref.kind, ref.line) for ref in note.refs]
    return json.dumps([refs, problems, note.anchors, note.plain, note.summary])


def load(text: str) -> Note | None:
    """Return the note that `dump` wrote, None for any other text."""
    try:
        refs, problems, anchors, plain, summary = json.loads(text)
        return Note(
            refs=tuple(Ref(*ref) for ref in refs),
            problems=tuple(problem_of(each) for each in problems),
            anchors=tuple(anchors),
            plain=plain,
            summary=summary,
        )
    except (ValueError, TypeError):
        return None
