"""Emoji by the names that GitHub, Slack and the generators of sites give them. The only user of emoji."""

from __future__ import annotations

import re
from functools import cache

from newsfeed.text.regex import regex

# Not within a word, a time or an address.
AFTER_COLON = r"(?<![\w:/]:)(?P<emoji>x|[a-z0-9_+-]{2,60}):(?![\w:/])"
PATTERN = f":{AFTER_COLON}"
_NAMED = regex(PATTERN)


def with_emoji(text: str) -> str:
    """Return ``text`` with the emoji that it names: ``:tada:`` is 🎉. Other words stay."""
    return _NAMED.sub(_shown, text) if ":" in text else text


def _shown(named: re.Match[str]) -> str:
    return emoji_of(named["emoji"]) or named[0]


@cache
def emoji_of(name: str) -> str | None:
    """Return the emoji called ``name`` (GitHub's list), None where none is."""
    from emoji import emojize  # Loading it takes 80 ms, and most sites name none.

    written = f":{name}:"
    shown = emojize(written, language="alias")
    return None if shown == written else shown
