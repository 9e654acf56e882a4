"""Foreign syntax that owns a line: asides, callouts, imports, tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsfeed.body.foreign.code import Code
from newsfeed.body.foreign.edits import Replacement
from newsfeed.body.foreign.output import PICTURES, aside, aside_title, is_aside

_COLONS = re.compile(
    r"^(?P<indent>[ \t]*)(?P<colons>:{3,})[ \t]*(?:\{(?P<attributes>[^}\n]*)\}|(?P<kind>[\w-]+))?"
    r"[ \t]*(?:\[(?P<bracket>[^\]\n]*)\])?(?:\{(?P<more>[^}\n]*)\})?[ \t]*(?P<title>[^\n]*)$",
    re.M,
)
_CALLOUT = re.compile(
    r"^(?P<quote>(?:[ \t]*>)+[ \t]?)\[!(?P<kind>[\w-]+)[^\]\n]*\][+-]?[ \t]*(?P<title>[^\n]*)$",
    re.M,
)
_MARKED = re.compile(
    r"^(?P<indent> *)(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+)[^\"\n]*(?:\"(?P<title>[^\"\n]*)\")?[ \t]*\n",
    re.M,
)
_IMPORT = re.compile(
    r"^import\s+(?:(?P<names>[\w*$\s,{}]{1,400}?)\s+from\s+)?[\"'](?P<path>[^\"'\n]+)[\"'];?[ \t]*(?:\n|\Z)",
    re.M,
)
_EXPORT = re.compile(
    r"^export\s+(?:const|let|var|function|async|default|class)\b(?:[^\n]*\n)(?:[^\n]+\n)*", re.M
)
_CONTENTS = re.compile(
    r"^(?:[*+-]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:[^}\n]*\btoc\b[^}\n]*\}[ \t]*$"
    r"|^[ \t]*(?:\{:[^}\n]*\btoc\b[^}\n]*\}|\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\})[ \t]*$",
    re.M | re.I,
)
_TITLE = re.compile(r"title\s*=\s*[\"“]([^\"”]*)[\"”]")
_CLASS = re.compile(r"\.(?:callout-)?([\w-]+)")


@dataclass(slots=True)
class Blocks:
    """What `find` found: replacements, what is said of them (code, place, what, tool), imports."""

    replacements: list[Replacement] = field(default_factory=list)
    said: list[tuple[str, int, str, str]] = field(default_factory=list)
    imports: dict[str, str] = field(default_factory=dict)


def find(text: str, language: str) -> Blocks:
    """Return what is to become of the foreign lines of a Markdown ``text``."""
    code = Code(text, "markdown")
    found = Blocks()
    if "!!!" in text or "???" in text:
        _marked(text, code, language, found)
    if ":::" in text:
        _colons(text, code, language, found)
    if "[!" in text:
        _callouts(text, code, language, found)
    if "import" in text or "export" in text:
        _modules(text, code, found)
    if "toc" in text or "TOC" in text:
        for match in _CONTENTS.finditer(text):
            if code.end_at(match.start()) is None:
                found.replacements.append(Replacement(*match.span(), ""))
                found.said.append(("foreign-removed", match.start(), match[0].strip(), "TOC"))
    return found


def _marked(text: str, code: Code, language: str, found: Blocks) -> None:
    """Python-Markdown's ``!!! note "Title"`` and what is indented below it."""
    for match in _MARKED.finditer(text):
        if code.end_at(match.start()) is not None:
            continue
        before, after = aside(match["kind"], match["title"] or "", language)
        put = Replacement(*match.span(), match["indent"] + before)
        cuts, end = _indented(text, match.end(), match["indent"])
        if cuts:
            found.replacements += [put, *cuts, Replacement(end, end, f"{after.strip()}\n\n")]


def _indented(text: str, at: int, indent: str) -> tuple[list[Replacement], int]:
    """Return what takes four spaces from the indented lines at ``at``, and where these end."""
    cuts: list[Replacement] = []
    end = at
    while at < len(text):
        after = text.find("\n", at) + 1 or len(text)
        line = text[at:after]
        inner = line.removeprefix(indent)
        cut = 4 if inner.startswith("    ") else int(inner.startswith("\t"))
        if cut and line.startswith(indent):
            start = at + len(indent)
            cuts.append(Replacement(start, start + cut, ""))
            end = after
        elif line.strip():
            break
        at = after
    return cuts, end


def _colons(text: str, code: Code, language: str, found: Blocks) -> None:
    """Docusaurus, VitePress, Starlight, Quarto: ``:::note Title`` to ``:::``."""
    opened: list[tuple[str, str]] = []
    for match in _COLONS.finditer(text):
        if code.end_at(match.start()) is not None:
            continue
        indent, colons = match["indent"], match["colons"]
        attributes = match["attributes"] or match["more"] or ""
        named = _CLASS.search(match["attributes"] or "")
        kind = match["kind"] or (named[1] if named else "")
        if not kind and not attributes:
            if opened and not match["title"]:
                put = opened.pop()[1]
                found.replacements.append(Replacement(*match.span(), put and f"\n{indent}{put}\n"))
            continue
        title = _TITLE.search(attributes)
        words = match["bracket"] or (title[1] if title else "") or match["title"].strip()
        if is_aside(kind):
            before, after = aside(kind, words, language)
        elif kind == "details":
            before, after = f"<details><summary>{words or 'Details'}</summary>\n\n", "</details>"
        else:
            before = after = ""
            found.said.append(("foreign-removed", match.start(), match[0].strip(), "MDX"))
        opened.append((colons, after.strip()))
        found.replacements.append(Replacement(*match.span(), before and f"\n{indent}{before}"))


def _callouts(text: str, code: Code, language: str, found: Blocks) -> None:
    """Obsidian's and GitHub's ``> [!note] Title``: the title becomes the quotation's first line."""
    for match in _CALLOUT.finditer(text):
        if code.end_at(match.start("kind")) is None:
            title = aside_title(match["kind"], match["title"].strip(), language)
            quote = match["quote"]
            put = f"{quote.rstrip()} **{title}**\n{quote.rstrip()}"
            found.replacements.append(Replacement(*match.span(), put))


def _modules(text: str, code: Code, found: Blocks) -> None:
    """MDX's ``import`` and ``export``; an imported picture is remembered by its name."""
    for match in (*_IMPORT.finditer(text), *_EXPORT.finditer(text)):
        if code.end_at(match.start()) is not None:
            continue
        found.replacements.append(Replacement(*match.span(), ""))
        names = match.groupdict().get("names")
        if names and re.fullmatch(r"\w+", names.strip()) and match["path"].startswith((".", "/")):
            found.imports[names.strip()] = match["path"]
            if match["path"].lower().endswith(PICTURES):
                continue
        first = match[0].strip().partition("\n")[0]
        found.said.append(("foreign-removed", match.start(), first, "MDX"))
