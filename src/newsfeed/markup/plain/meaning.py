"""What an element's look alone says, in texts that have none: raised figures, struck words."""

from __future__ import annotations

from newsfeed.markup.elements.tags import TAG, closing, name_of
from newsfeed.text.regex import regex

_RAISED = regex(r"<sup(?: [^>]*)?>\s*+([0-9+\-−–=()n]{1,12}?)\s*+</sup>")
_FIGURES = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
# Without a raised form of their own; after a word these are marks of notes.
_POWER = regex(r"(?<=[0-9)])<sup(?: [^>]*)?>\s*+([0-9+−-][^<]{0,20})</sup>")
_STRUCK = frozenset({"del", "s"})
_MAY_BE_STRUCK = regex(r"<(?:del|s)[ >]")


def with_figures_raised(html: str) -> str:
    """Return well-formed ``html`` in which 10<sup>6</sup> is 10⁶: as text it would be another number."""
    if "<sup" not in html:
        return html
    html = _RAISED.sub(lambda found: found[1].translate(_FIGURES), html)
    return _POWER.sub(r"^\1", html)


def without_struck(html: str) -> str:
    """Return well-formed ``html`` without what its author struck out (HTML, the del and s elements)."""
    if _MAY_BE_STRUCK.search(html) is None:
        return html
    parts = TAG.split(html)
    kept: list[str] = []
    index = 0
    while index < len(parts):
        if index % 2 and name_of(parts[index]) in _STRUCK:
            end = closing(parts, index)
            after = parts[end + 1]
            if after[:1] in (",", "."):
                kept[-1] = kept[-1].rstrip(" ")
            kept.append(after)
            index = end + 2
        else:
            kept.append(parts[index])
            index += 1
    return "".join(kept)
