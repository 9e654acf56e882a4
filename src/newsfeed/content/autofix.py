"""What mends a problem of a body: bodies keep no places, so the source is looked at again."""

from __future__ import annotations

import re

from newsfeed.config import Config
from newsfeed.content.charset import Places, decode
from newsfeed.diagnostics import Diagnostic, Edit

MENDED = frozenset(("link-insecure",))
"""The codes of problems that bear no edits, and may have some."""


def edits(problem: Diagnostic, data: bytes, config: Config) -> tuple[Edit, ...]:
    """Return the edits that mend ``problem`` in the file that holds ``data``.

    Those that it bears; or, for what a body says, those that have one right answer.
    """
    if problem.fix or problem.code not in MENDED:
        return problem.fix
    return _encrypted(dict(problem.values)["url"], data, config)


def _encrypted(url: str, data: bytes, config: Config) -> tuple[Edit, ...]:
    """Write https for an address of the site itself, wherever the file has it."""
    own = "http" + config.site.url.removeprefix("https")
    if not config.site.url.startswith("https:") or not (url + "/").startswith(own):
        return ()
    decoded = decode(data)
    found = re.finditer(rf"{re.escape(url)}(?![\w/%-])", decoded.text)
    at = Places(decoded).at
    places = [at(each.start() + len("http")) for each in found]
    return tuple(Edit(start=place, end=place, text="s") for place in places)
