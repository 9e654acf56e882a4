"""MathML: kept where browsers and feed readers take it; elsewhere its TeX, or its text in a line."""

from __future__ import annotations

import re
from html import escape, unescape

import msgspec

from newsfeed.markup.elements.allowed import MATHML
from newsfeed.markup.elements.tags import TAG, attribute, name_of, squeeze
from newsfeed.text.regex import regex

_MATH = regex(r"<math[ >].*?</math>", re.S)
_TEX = regex(r'<annotation [^>]*encoding="[^"]*tex[^"]*"[^>]*>([^<]*)</annotation>', re.I)
_SCRIPT_MARKS = {
    "msup": "^", "msub": "_", "mover": "^", "munder": "_", "msubsup": "_^", "munderover": "_^",
}  # fmt: skip
_ROWS = {"mtr": "; ", "mtd": ", "}


def only_mathml(parts: list[str]) -> str:
    """Return a formula, from texts and tags in turn as the sanitiser wrote them, of MathML alone.

    HTML within a formula is where parsers differ: its tags go, its text stays.
    """
    kept = list(parts)
    for index in range(0, len(parts), 2):
        name = name_of(parts[index])
        if name not in MATHML or (name == "math" and 0 < index < len(parts) - 1):
            kept[index] = ""
        elif " " in parts[index]:
            values = ((key, attribute(parts[index], key)) for key in sorted(MATHML[name]))
            written = "".join(f' {key}="{value}"' for key, value in values if value is not None)
            kept[index] = f"<{name}{written}>"
    return "".join(kept)


def with_tex(html: str) -> str:
    """Return ``html``, as bodies have it, with text in the place of its formulas of MathML."""
    return _MATH.sub(_text, html) if "<math" in html else html


class _Node(msgspec.Struct):
    """An element of a formula, with elements and texts in it."""

    name: str
    children: list[_Node | str]


def _text(found: re.Match[str]) -> str:
    """Return a formula's alternative text, its TeX, or what stands in it, as HTML."""
    alternative = attribute(found[0][: found[0].index(">")], "alttext")
    tex = _TEX.search(found[0])
    if alternative or tex:
        return squeeze(alternative or (tex[1] if tex else ""))
    root = _Node("math", [])
    opened = [root]
    for index, part in enumerate(TAG.split(found[0])[2:-2]):
        if index % 2:
            if part[1] == "/":
                opened.pop()
            else:
                node = _Node(name_of(part), [])
                opened[-1].children.append(node)
                opened.append(node)
        elif part.strip():
            opened[-1].children.append(squeeze(unescape(part)))
    return escape(_line(root), quote=False)


def _line(node: _Node | str) -> str:
    """Return a formula in one line, as TeX writes its simple ones."""
    if isinstance(node, str):
        return node
    if node.name in {"annotation", "mprescripts", "mphantom"}:
        return ""
    if node.name == "semantics":
        return "".join(map(_line, node.children[:1]))
    inside = [_line(each) for each in node.children]
    if node.name in _SCRIPT_MARKS and inside:
        marks = zip(_SCRIPT_MARKS[node.name], inside[1:], strict=False)
        return inside[0] + "".join(mark + _grouped(each) for mark, each in marks)
    if node.name == "mfrac" and len(inside) == 2:
        return "/".join(each if len(each) == 1 else f"({each})" for each in inside)
    if node.name == "msqrt":
        return f"√({''.join(inside)})"
    if node.name == "mroot" and len(inside) == 2:
        return f"({inside[0]})^(1/{inside[1]})"
    return "".join(inside) + _ROWS.get(node.name, "")


def _grouped(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"
