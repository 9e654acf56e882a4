"""What ``newsfeed new`` writes for its author to replace, so that nobody publishes it."""

from __future__ import annotations

SUMMARIES = {
    "en": "One or two sentences that say why to read on.",
    "fr": "Une ou deux phrases qui disent pourquoi lire.",
}
BODIES = {
    "en": "The first sentence says it all.",
    "fr": "La première phrase dit l’essentiel.",
}


def is_summary(text: str | None) -> bool:
    """Say whether a summary is the one that ``newsfeed new`` wrote."""
    return text in SUMMARIES.values()


def in_body(text: str, body_at: int) -> int:
    """Return where a line of the body is what ``newsfeed new`` wrote, -1 for nowhere."""
    for sentence in BODIES.values():
        at = text.find(sentence, body_at)
        while at >= 0:
            end = at + len(sentence)
            before, after = text[at - 1 : at], text[end : end + 1]
            if before in ("", "\n") and after in ("", "\n"):
                return at
            at = text.find(sentence, end)
    return -1
