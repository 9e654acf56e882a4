"""Which files an article may publish beside itself: of a list of types, and nothing that runs script.

What a browser opens as a document of the site's own origin (HTML, SVG with script, XML with a style
sheet) may do there whatever the site's own pages may.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.parsers import expat

from newsfeed.text.media_types import media_type
from newsfeed.text.regex import regex

_SHOWN = ("image/", "audio/", "video/")
_GIVEN = frozenset(
    (
        "pdf", "epub", "zip", "7z", "gz", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods",
        "odp", "rtf", "txt", "csv", "tsv", "ics", "vcf", "gpx", "vtt", "srt", "json", "geojson",
        "ipynb", "tex", "bib",
    )
)  # fmt: skip
"""Documents, archives and data, which no browser runs."""
SVG = "svg"
LARGEST_SVG = 5_000_000
"""Octets: what is larger is no drawing for a page, and is not looked through."""
LARGEST_POINTER = 1024
"""Octets that a pointer of Git LFS has at most (its specification)."""
_POINTER = b"version https://git-lfs.github.com/spec/v1\n"
_PAGE = regex(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|\?xml|!--)", re.I)
_SVG = "http://www.w3.org/2000/svg"
_RUNS = frozenset(
    ("script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio", "video",
     "canvas", "animation")
)  # fmt: skip
_MOVES = frozenset(("set", "animate", "animatetransform", "animatemotion", "animatecolor"))
_SAFE_LINK = regex(r"(?i)\s*(?:#|https?:|mailto:|data:image/(?:png|jpeg|gif|webp|avif)[;,]|[^:]*$)")


def ending_of(path: str) -> str:
    """Return the ending of a file's name, without its dot, in small letters."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_allowed(path: str, others: Collection[str]) -> bool:
    """Say whether a file is a picture, sound, film, document or archive, or of one of ``others``, by
    its ending."""
    ending = ending_of(path)
    if ending in _GIVEN or ending in {each.lower().lstrip(".") for each in others}:
        return ending != ""
    return ending != "svgz" and media_type(f"x.{ending}").startswith(_SHOWN)


def mistaken(data: bytes, *, is_picture: bool) -> str:
    """Return the code of the rule for what a file is in truth, by its beginning; empty where unknown.

    A pointer of Git LFS has the form of its specification, version 1; a page of HTML that was saved
    as a picture begins with a tag.
    """
    if data.startswith(_POINTER):
        return "file-pointer"
    if is_picture and _PAGE.match(data) is not None:
        return "picture-page"
    return ""


def runs_script(data: bytes) -> bool:
    """Say whether a browser might run a script in an SVG file, or load a document into it.

    What is not well formed, or is no SVG, counts as such: a browser runs what comes before the fault.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if space != _SVG and _is_html(space):
            found.append(name)
        if local.lower() in _RUNS or any(_is_active(local, *each) for each in attributes.items()):
            found.append(name)

    def instruction(target: str, _data: str) -> None:
        found.append(target)

    parser.StartElementHandler = start
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return True
    return bool(found)


def _is_html(space: str) -> bool:
    """Say whether elements of a namespace are more to a browser than unknown marks."""
    return space.startswith("http://www.w3.org/") and space.endswith(
        ("xhtml", "MathML", "XInclude")
    )


def _is_active(element: str, name: str, value: str) -> bool:
    local = name.rpartition(" ")[2].lower()
    if local.startswith("on") or local == "base":
        return True
    if local in ("href", "src", "action", "data"):
        plain = re.sub(r"[\x00-\x20]", "", value)
        return _SAFE_LINK.match(plain) is None
    if element.lower() in _MOVES and local == "attributename":
        moved = value.strip().rpartition(":")[2].lower()
        return moved == "href" or moved.startswith("on")
    return False
