"""Foreign syntax becomes ours, or nothing, and what became nothing is noted."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from newsfeed.markup.code import code_of
from newsfeed.markup.shortcodes.edits import Edited
from newsfeed.markup.shortcodes.found_lines import Lines
from newsfeed.markup.shortcodes.leftovers import without_leftovers
from newsfeed.markup.shortcodes.lines import find
from newsfeed.markup.shortcodes.notations import notes
from newsfeed.markup.shortcodes.notices import Notice, once, shown
from newsfeed.markup.shortcodes.scanning import Scan
from newsfeed.markup.shortcodes.syntax import scan
from newsfeed.model import BodyFormat


def translated(
    text: str, written: BodyFormat, language: str, own: Mapping[str, str]
) -> tuple[str, tuple[Notice, ...]]:
    """Return ``text`` translated, and its notices: first the lines, then what is within them."""
    code = code_of(text, written)
    lines = find(text, code, language) if written == "markdown" else Lines()
    edited = Edited(text, lines.replacements)
    if lines.replacements:
        code = code_of(edited.text, written)
    state = Scan(edited.text, written, language, lines.imports, own)
    found = scan(state, code)
    notices = [replace(each, what=shown(each.what)) for each in lines.notices]
    notices += [replace(each, at=edited.origin(each.at)) for each in found.notices]
    if not found.replacements:
        return edited.text, once(notices)
    replacements = found.replacements
    if written == "markdown":
        replacements = without_leftovers(edited.text, replacements)
    return Edited(edited.text, replacements).text + notes(state), once(notices)
