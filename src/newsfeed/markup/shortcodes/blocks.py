"""Foreign syntax that owns a line: asides, callouts, imports, tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsfeed.markup.shortcodes.calls import player
from newsfeed.markup.shortcodes.code import Code
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.output import PICTURES, aside, aside_title, is_aside

_COLONS = re.compile(
    r"^(?P<indent>[ \t]*)(?P<colons>:{3,})[ \t]*(?:\{(?P<attributes>[^}\n]*)\}|(?P<kind>[\w-]+))?"
    r"[ \t]*(?:\[(?P<bracket>[^\]\n]*)\])?(?:\{(?P<more>[^}\n]*)\})?[ \t]*(?P<title>[^\n]*)$",
    re.M,
)
# Python-Markdown's first line of a code block that names its language.
_CODE_LANGUAGE = re.compile(r"(?:(?<=\n\n)|\A)(?: {4}|\t):::[\w+-]+[ \t]*\n(?= {4}|\t)")
_CALLOUT = re.compile(
    r"^(?P<quote>(?:[ \t]*>)+[ \t]?)\\?\[!(?P<kind>[\w-]+)[^\]\n]*\][+-]?[ \t]*(?P<title>[^\n]*)$",
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
_REMARK = re.compile(r"^//[ \t]*(?:import|export)\b[^\n]*(?:\n|\Z)", re.M)
_EXPORT = re.compile(
    r"^export\s+(?:const|let|var|function|async|default|class)\b(?:[^\n]*\n)(?:[^\n]+\n)*", re.M
)
_CONTENTS = re.compile(
    r"^(?:[*+-]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:[^}\n]*\btoc\b[^}\n]*\}[ \t]*$"
    r"|^[ \t]*(?:\{:[^}\n]*\btoc\b[^}\n]*\}|\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\})[ \t]*$",
    re.M | re.I,
)
_BLOCK_ID = re.compile(
    r"(?:^|[ \t]+)\^(?P<id>(?=[0-9-]*[A-Za-z]|[0-9]{6})[A-Za-z0-9-]{3,})[ \t]*(?=\n(?:\s*\n|[ \t]*(?:[-*+]|\d+[.)])[ \t]|#)|\s*\Z)",
    re.M,
)
_MARKDOWN_INSIDE = re.compile(
    r"(?:(?<=\n)|\A)?[ \t]*<(?P<tag>[a-zA-Z][\w-]*)(?P<before>[^<>]*?)\s+markdown\s*=\s*[\"']?(?:1|block|span|true)[\"']?(?P<after>[^<>]*)>"
)
_SUMMARY = re.compile(r"</summary>[ \t]*(?=\n?[^\n])", re.I)
_TAB = re.compile(r"<!--[ \t]*tab[ \t]+(?P<label>[^\n@<>]*[^\n@<>\s])[^\n<>]*-->")
_QUERY = re.compile(
    r"^(?P<fence>`{3,}|~{3,})(?P<kind>dataview(?:js)?|tasks|query)[ \t]*\n.*?^(?P=fence)[ \t]*(?:\n|\Z)",
    re.M | re.S,
)
_SIZED = re.compile(r"(?P<before>!\[[^\]\n|]*)\|\d{1,5}(?:x\d{1,5})?(?=\]\()")
_FILM = re.compile(
    r"!\[[^\]\n]*\]\((?P<film>https?://(?:www\.)?(?:youtube\.com/watch\?v=|youtu\.be/)[^)\s]+)\)"
)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}\n?")
_END_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}\n?")
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
    if "^" in text:
        _ids(text, code, found)
    if "markdown=" in text:
        _markdown_inside(text, code, found)
    if "<!--" in text and "endtab" in text:
        for match in _TAB.finditer(text):
            found.replacements.append(Replacement(*match.span(), f"**{match['label']}**\n"))
    if "![" in text and ("|" in text or "youtu" in text):
        _pictures(text, code, language, found)
    if "endraw" in text:
        _raw(text, code, found)
    if "dataview" in text:
        _queries(text, found)
    if "toc" in text or "TOC" in text:
        for match in _CONTENTS.finditer(text):
            start = match.end() - len(match[0].lstrip())
            if code.end_at(start) is None:
                found.replacements.append(Replacement(*match.span(), ""))
                found.said.append(("foreign-comment", match.start(), match[0].strip(), "TOC"))
    return found


def _marked(text: str, code: Code, language: str, found: Blocks) -> None:
    """Python-Markdown's ``!!! note "Title"`` and what is indented below it."""
    for match in _MARKED.finditer(text):
        if code.end_at(match.end("indent")) is not None:
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
        if code.end_at(match.start("colons")) is not None:
            if _CODE_LANGUAGE.match(text, match.start()):
                found.replacements.append(Replacement(match.start(), match.end() + 1, ""))
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


def _ids(text: str, code: Code, found: Blocks) -> None:
    """Obsidian's ``^id`` at the end of a block: the anchor to which others lead, and no text."""
    for match in _BLOCK_ID.finditer(text):
        if code.end_at(match.start("id") - 1) is None:
            anchor = f'<span id="{match["id"]}"></span>'
            alone = text[: match.start()][-1:] in ("", "\n")
            found.replacements.append(
                Replacement(*match.span(), f'<div id="{match["id"]}"></div>\n' if alone else anchor)
            )


def _pictures(text: str, code: Code, language: str, found: Blocks) -> None:
    """Obsidian's ``![alt|300x200](address)``, and a film that is embedded as a picture."""
    for match in (*_SIZED.finditer(text), *_FILM.finditer(text)):
        if code.end_at(match.start()) is None:
            film = match.groupdict().get("film")
            put = player(film, "YouTube", language) if film else match["before"]
            found.replacements.append(Replacement(*match.span(), put))


def _raw(text: str, code: Code, found: Blocks) -> None:
    """``{% raw %}`` and its end within one piece of code: Jekyll takes them away there too."""
    for match in _RAW.finditer(text):
        inside = code.end_at(match.start())
        end = _END_RAW.search(text, match.end(), inside) if inside is not None else None
        if end is not None:
            found.replacements += [Replacement(*each.span(), "") for each in (match, end)]


def _queries(text: str, found: Blocks) -> None:
    """A code block of Obsidian's Dataview: what it would list is not known here."""
    for match in _QUERY.finditer(text):
        found.replacements.append(Replacement(*match.span(), "\n"))
        found.said.append(("foreign-removed", match.start("fence"), match["kind"], "Dataview"))


def _markdown_inside(text: str, code: Code, found: Blocks) -> None:
    """Kramdown's and Python-Markdown's ``<div markdown="1">``: what it encloses is Markdown."""
    for match in _MARKDOWN_INSIDE.finditer(text):
        if code.end_at(match.start("tag") - 1) is not None:
            continue
        end = _end_of(text, match["tag"], match.end())
        if end is None:
            continue
        before = text[: match.start()].rpartition("\n")[2].strip() and "\n\n"
        opening = f"{before}<{match['tag']}{match['before']}{match['after']}>\n\n"
        found.replacements.append(Replacement(*match.span(), opening))
        for summary in _SUMMARY.finditer(text, match.end(), end.start()):
            found.replacements.append(Replacement(*summary.span(), "</summary>\n\n"))
        space = len(text[: end.start()].rstrip(" \t"))
        found.replacements.append(Replacement(space, end.end(), f"\n\n{end[0].strip()}\n\n"))


def _end_of(text: str, tag: str, at: int) -> re.Match[str] | None:
    """Return the end tag of the element ``tag`` whose content begins at ``at``."""
    depth = 1
    for found in re.compile(rf"<(/)?{tag}\b[^<>]*>", re.I).finditer(text, at):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found
    return None


def _modules(text: str, code: Code, found: Blocks) -> None:
    """MDX's ``import`` and ``export``; an imported picture is remembered by its name."""
    for match in _REMARK.finditer(text):
        if code.end_at(match.start()) is None:
            found.replacements.append(Replacement(*match.span(), ""))
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
        found.said.append(("foreign-comment", match.start(), first, "MDX"))
