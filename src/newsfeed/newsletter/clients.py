"""What single mail programs ask of a finished letter, which no style sheet can say.

Each habit is told in the list of https://github.com/hteumeuleu/email-bugs or of Can I email.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from newsfeed.text.regex import regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CONTENT_WIDTH = 560
_GHOST = regex(r"<table (?![^>]*\bdir=)")
"""A table within a condition for Outlook."""
_LONG = regex(r"(?<!\S)(?!nf[0-9a-f]{16}x)\S{24}")
"""A word that may not fit a screen of 320 pixels, and no stand-in for a merge tag."""


def accommodate(root: HtmlElement, *, rtl: bool) -> None:
    """Change the tree of a letter to what mail programs bear."""
    for image in root.iter("img"):
        _picture(image)
    for cell in root.iter("td", "th"):
        if any(map(_LONG.search, _own_words(cell))):
            # Without a width of its own a table grows with its longest word.
            cell.set("style", f"{cell.get('style') or ''};word-break:break-word".lstrip(";"))
    if rtl:
        _mirror(root)
    for element in root.iter("pre"):
        _without_blank_lines(element)
    for sheet in root.iter("style"):
        # An empty line ends a block of HTML where it goes through Markdown (CommonMark §4.6).
        sheet.text = re.sub(r"\n\s*\n", "\n", sheet.text or "")


def _own_words(cell: HtmlElement) -> Iterator[str]:
    """Yield the texts of a cell, but for those of the tables in it, whose cells have their own."""
    yield cell.text or ""
    for child in cell.iterchildren():
        if child.tag != "table" and isinstance(child.tag, str):
            yield from _own_words(child)
        yield child.tail or ""


def _picture(image: HtmlElement) -> None:
    """Give a picture the sizes that hold everywhere.

    Yahoo and AOL write ``min-height`` for ``height``, and stretch what has one; Outlook on Windows
    knows the attribute ``width`` alone; Apple Mail knows that of the style alone where the picture
    lies in the message.
    """
    image.attrib.pop("height", None)
    styles = [each for each in (image.get("style") or "").split(";") if each.strip()]
    named = {each.partition(":")[0].strip() for each in styles}
    styles = [each for each in styles if each.partition(":")[0].strip() != "height"]
    width = image.get("width")
    if width is None:
        if image.get("class") != "ii":
            image.set("width", str(CONTENT_WIDTH))
        width = "auto"
    elif width.isdecimal():
        width += "px"
    if "width" not in named:
        styles.append(f"width:{width}")
    if "max-width" not in named:
        styles.append("max-width:100%")
    image.set("style", ";".join(styles))


def _mirror(root: HtmlElement) -> None:
    """Say on each table that it is read from the right: Outlook takes it from no ancestor."""
    for table in root.iter("table"):
        if table.get("dir") is None:
            table.set("dir", "rtl")
    for comment in root.iter(etree.Comment):
        text = comment.text or ""
        if "[if mso]" in text:
            comment.text = _GHOST.sub('<table dir="rtl" ', text)


def _without_blank_lines(element: HtmlElement) -> None:
    """Put a space that is none into the empty lines of preformatted text, for Markdown's sake."""
    for each in element.iter():
        for name in ("text", "tail"):
            text = getattr(each, name)
            if text and not (name == "tail" and each is element):
                setattr(each, name, re.sub(r"(?<=\n)[ \t]*(?=\n)", "\u00a0", text))
