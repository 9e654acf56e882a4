"""Foreign syntax becomes ours, or nothing, and what became nothing is said."""

from __future__ import annotations

from newsfeed.markup.shortcodes import blocks
from newsfeed.markup.shortcodes.edits import Edited
from newsfeed.markup.shortcodes.remains import without_remains
from newsfeed.markup.shortcodes.said import Said, once, shown
from newsfeed.markup.shortcodes.scanning import Scan
from newsfeed.model import BodyFormat


def translated(text: str, written: BodyFormat, language: str) -> tuple[str, tuple[Said, ...]]:
    """Return ``text`` translated, and what is to be said of it: first the lines, then within them."""
    lines = blocks.find(text, language) if written == "markdown" else blocks.Blocks()
    edited = Edited(text, lines.replacements)
    scan = Scan(edited.text, written, language, lines.imports)
    scan.run()
    said = [Said(code, at, shown(what), tool) for code, at, what, tool in lines.said]
    said += [each._replace(at=edited.origin(each.at)) for each in scan.said]
    replacements = scan.replacements
    if written == "markdown":
        replacements = without_remains(edited.text, replacements)
    return Edited(edited.text, replacements).text, once(said)
