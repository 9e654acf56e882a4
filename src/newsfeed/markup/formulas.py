r"""Formulas in TeX, between ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]``: they stay as they are written.

Markdown would take their stars, underscores and backslashes for its own, and typography their
spaces: a mark stands for each of them until both are done, as in kramdown, Hugo and Docusaurus.
"""

from __future__ import annotations

import re
from html import escape

from newsfeed.markup.code import code_of
from newsfeed.markup.elements.tags import TAG
from newsfeed.model import BodyFormat
from newsfeed.text.regex import regex

# No text holds this control character: it has been made legible.
_MARK = "\x03"
_MARKS = regex(rf"{_MARK}(\d+){_MARK}")
# None reaches beyond a paragraph, and each ends before the next one begins: time is linear.
_LINE = r"\n(?![ \t]*\n)"
_FORMULA = regex(
    rf"\$\$(?P<display>(?:[^$\n]|{_LINE})+)\$\$(?P<label>[ \t]*\{{#eq-[\w-]+\}})?"
    rf"|\$(?<![\\\w$]\$)(?=[^\s$])(?P<inline>(?:[^$\n\\]|\\[^\n]|{_LINE})+)(?<=[^\s\\])\$(?![\d$])"
    rf"|\\\((?<!\\\\\()(?P<round>(?:[^\\\n]|\\(?![()])|{_LINE})+)\\\)"
    rf"|\\\[(?<!\\\\\[)(?P<square>(?:[^\\\n]|\\(?![\[\]])|{_LINE})+)\\\](?![(\[])"
    rf"|\\begin\{{(?P<name>equation|align|alignat|gather|eqnarray|multline|displaymath|math)(?P<star>\*?)\}}"
    rf"(?:[^\\\n]|\\(?!begin\{{(?P=name)|end\{{(?P=name))|{_LINE})+\\end\{{(?P=name)(?P=star)\}}"
)
# As kramdown and MathJax 2 have them in HTML.
_SCRIPT = regex(
    r"<script type=[\"']math/tex(?P<mode>[^\"'<>]*)[\"']>(?P<tex>[^<]*+(?:<(?!/?script)[^<]*+)*+)</script>"
)
_SIGNS = regex(r"[\\^_={}+*<>|/~-]")
_TEX = regex(r"[\\^_={}]")
_PROSE = regex(r"\]\(|://|`|\w{3,} +\w{3,} +\w{3,}")


def with_marks(text: str, written: BodyFormat) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` with a mark for each formula, and the formulas."""
    if "$" not in text and "\\(" not in text and "\\[" not in text and "\\begin{" not in text:
        return text, ()
    code = code_of(text, written)
    formulas: list[str] = []
    kept: list[str] = []
    at = 0
    for found in _FORMULA.finditer(text):
        if not _is_formula(found, written) or code.end_at(found.start()) is not None:
            continue
        kept += (text[at : found.start()], f"{_MARK}{len(formulas)}{_MARK}")
        formulas.append(found[0].removesuffix(found["label"] or ""))
        at = found.end()
    return "".join([*kept, text[at:]]), tuple(formulas)


def without_displayed(text: str) -> str:
    """Return plain ``text`` without the formulas that stand on lines of their own."""
    return _FORMULA.sub(lambda found: found[0] if found["inline"] or found["round"] else " ", text)


def with_scripts_marked(html: str, formulas: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return ``html`` with marks for the formulas that its scripts hold, and these after ``formulas``."""
    if "math/tex" not in html:
        return html, formulas
    more: list[str] = []

    def mark(found: re.Match[str]) -> str:
        tex = found["tex"].strip().removeprefix("% <![CDATA[").removesuffix("%]]>").strip()
        more.append(f"\\[{tex}\\]" if "display" in found["mode"] else f"\\({tex}\\)")
        return f"{_MARK}{len(formulas) + len(more) - 1}{_MARK}"

    html = _SCRIPT.sub(mark, html)
    return html, (*formulas, *more)


def with_formulas(html: str, formulas: tuple[str, ...]) -> str:
    """Return well-formed ``html`` with ``formulas`` for their marks, where typography leaves them alone."""
    if not formulas:
        return html
    parts = TAG.split(html)
    for index, part in enumerate(parts):
        if _MARK in part:
            put = "{}" if index % 2 else "<foreign>{}</foreign>"
            parts[index] = _MARKS.sub(
                lambda mark, put=put: put.format(escape(formulas[int(mark[1])])), part
            )
    return "".join(parts)


def _is_formula(found: re.Match[str], written: BodyFormat) -> bool:
    """Tell a formula from two prices, and from brackets that Markdown asks to escape."""
    if written == "html" and "<" in found[0]:
        return False
    inline, square = found["inline"], found["square"]
    if inline is not None:
        is_short = len(inline) <= 2 and not inline.isdigit()
        return _PROSE.search(inline) is None and (is_short or _SIGNS.search(inline) is not None)
    return square is None or _TEX.search(square) is not None or "\n" in square.strip(" ")
