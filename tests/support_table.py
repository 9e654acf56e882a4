"""Can I email's data, as the npm package ``caniemail`` holds it -> ``letters/support.json``.

python tests/support_table.py      writes the table anew, after ``npm install`` in tests/node
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "node/node_modules/caniemail/data/caniemail.json"
TABLE = Path(__file__).parents[1] / "src/newsfeed/newsletter/support.json"
SOURCE = "Can I email, https://www.caniemail.com"
_LICENCE = Path(__file__).parents[1] / "LICENSE"
_HOLDER = "Copyright (c) 2019 HTeuMeuLeu"

_SIGNS = {
    "HTML5 semantics": "<article> <aside> <details> <figcaption> <figure> <footer> <header> <main>"
    " <mark> <nav> <section> <summary> <time>",
    "<h1> to <h6> elements": "<h1> <h2> <h3> <h4> <h5> <h6>",
    "address": "<address>",
    "Image maps": "<map>",
    "Embedded <svg> image": "<svg>",
    "srcset and sizes attributes": "[srcset] [sizes]",
    "Local anchors": "href=#",
    "mailto: links": "href=mailto:",
    "CSS Variables (Custom Properties)": "var()",
    "css column properties": "column-count column-fill column-gap column-rule column-span"
    " column-width columns",
    "grid-template-* properties": "grid-template",
    "system-ui, ui-serif, ui-sans-serif, ui-rounded, ui-monospace": ":system-ui :ui-serif"
    " :ui-sans-serif :ui-rounded :ui-monospace",
    "fit-content, min-content, max-content": ":fit-content :min-content :max-content",
    "initial unit": ":initial",
    "!important keyword": "!important",
    "inset": "inset",
    "Animated PNG image format": ".apng",
    "AVIF image format": ".avif",
    "BMP image format": ".bmp",
    "GIF image format": ".gif",
    "HEIF image format": ".heic .heif",
    "ICO image format": ".ico",
    "SVG image format": ".svg",
    "TIFF image format": ".tif .tiff",
    "webP image format": ".webp",
}
"""The signs of features whose title does not spell them."""

_APART = frozenset({"<style> element", "HTML comments", "color-scheme meta tag"})
"""What the figure leaves out: it is counted on what the markup itself relies on."""


def table(data: Any) -> dict[str, Any]:
    """Return the table: feature -> its signs, and which of ``clients`` lack it, by position."""
    clients = sorted(
        {f"{family}.{place}" for feature in data["data"] for family, place, _ in _stats(feature)}
    )
    features = {}
    for feature in data["data"]:
        signs = list(_signs(feature["category"], feature["title"].strip()))
        lacking = [
            clients.index(f"{family}.{place}")
            for family, place, versions in _stats(feature)
            if versions[max(versions)].startswith("n")
        ]
        if signs and lacking and feature["title"] not in _APART:
            features[feature["title"].strip()] = {
                "signs": " ".join(signs),
                "lacking": " ".join(map(str, sorted(lacking))),
            }
    date = data["last_update_date"].split()[0]
    head = {"source": SOURCE, "licence": _licence(), "date": date}
    return {**head, "clients": clients, "features": features}


def _licence() -> str:
    """Return the notice that the data asks to be kept: it is MIT's, as our own is."""
    return re.sub(r"Copyright .*", _HOLDER, _LICENCE.read_text("utf-8"), count=1)


def _stats(feature: Any) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield family, platform, and version -> ``y``, ``a``, ``n`` or ``u`` (unknown)."""
    for family, places in feature["stats"].items():
        for place, versions in places.items():
            if versions:
                yield family, place, versions


def _signs(category: str, title: str) -> Iterator[str]:
    """Yield what shows that a letter uses a feature, none where only a style sheet can.

    ``<p>`` element, ``[role]`` attribute, ``href=#`` link, ``color`` property (and those that begin
    with it and a hyphen), ``display:none`` pair, ``:initial`` value of any property, ``calc()``
    function, ``1vw`` unit, ``.webp`` picture.
    """
    if title in _SIGNS:
        yield from _SIGNS[title].split()
    elif category == "html" and (found := re.fullmatch(r'<(\w+) type="(\w+)"> element', title)):
        yield f"<{found[1]}={found[2]}>"
    elif category == "html" and title.endswith(" attribute"):
        yield f"[{title.removesuffix(' attribute')}]"
    elif category == "html":
        yield from re.findall(r"<\w+>", title)
    elif category == "css" and not title.startswith(("@", ":")):
        yield from _css_signs(title)


def _css_signs(title: str) -> Iterator[str]:
    plain = re.sub(r" (?:CSS property|property|shorthand)$", "", title)
    if functions := re.findall(r"[a-z-]+\(\)", title):
        yield from functions
    elif title.endswith(" unit"):
        yield f"1{title.removesuffix(' unit')}"
    elif pair := re.fullmatch(r"([a-z-]+): ?([a-z-]+)", title):
        yield f"{pair[1]}:{pair[2]}"
    elif re.fullmatch(r"[a-z-]+(?:(?: &|,) [a-z-]+)*", plain):
        yield from re.findall(r"[a-z-]+", plain)


def written(found: dict[str, Any]) -> str:
    """Return the table's text: a feature a line, so that a new release reads well in a diff."""
    head = {name: value for name, value in found.items() if name != "features"}
    lines = [f"{json.dumps(t)}: {json.dumps(f)}" for t, f in found["features"].items()]
    start = json.dumps(head, ensure_ascii=False).removesuffix("}")
    return start + ', "features": {\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    TABLE.write_text(written(table(json.loads(DATA.read_text("utf-8")))), encoding="utf-8")
