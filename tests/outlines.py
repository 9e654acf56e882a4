"""HTML as a list of what it is made of, to be kept beside a test and read when it changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import html

_TOLD = (
    "name", "property", "http-equiv", "content", "class", "lang", "dir", "rel", "href", "hreflang", "type", "media", "src",
    "alt", "width", "height", "align", "loading", "fetchpriority", "datetime", "title", "role", "aria-current", "aria-label",
)  # fmt: skip


def outline(page: html.HtmlElement) -> Iterator[str]:
    """Yield what each element of a page is, says and leads to, a line each; no style."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag == "style":
            said, told, tag = "", [], ""
        else:
            tag = element.tag
            told = [
                f"{name}={element.get(name)}" for name in _TOLD if element.get(name) is not None
            ]
            said = " ".join((element.text or "").split())
        after = " ".join((element.tail or "").split())
        if told or said:
            yield " ".join([tag, *told, *([f"“{said}”"] if said else [])])
        if after:
            yield f"  “{after}”"


def is_as_kept(rows: Iterable[str], place: Path) -> bool:
    """Say whether ``rows`` are those of the file at ``place``, which ``REWRITE=1`` writes anew."""
    text = "\n".join(rows) + "\n"
    if os.environ.get("REWRITE") == "1":
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")
    return place.read_text("utf-8") == text
