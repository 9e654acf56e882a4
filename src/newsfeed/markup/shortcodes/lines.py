"""Foreign syntax that owns lines of Markdown: asides, callouts, tables of contents, raw code."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain

from newsfeed.markup.code import Code
from newsfeed.markup.shortcodes import obsidian, slash_blocks
from newsfeed.markup.shortcodes.edits import Replacement
from newsfeed.markup.shortcodes.found_lines import Lines, lines_with, lines_with_pattern
from newsfeed.markup.shortcodes.known_shortcodes import player
from newsfeed.markup.shortcodes.notices import Notice
from newsfeed.markup.shortcodes.output import aside, is_aside
from newsfeed.text.regex import regex

_COLONS = regex(
    r"(?P<indent>[ \t]*)(?P<colons>:{3,})[ \t]*(?:\{(?P<attributes>[^}\n]*)\}|(?P<kind>[\w-]+))?"
    r"[ \t]*(?:\[(?P<bracket>[^\]\n]*)\])?(?:\{(?P<more>[^}\n]*)\})?[ \t]*(?P<title>[^\n]*)"
)
# What lines begin with that `find` looks at, after spaces and fences.
_BEGINS = regex(r"\n[ \t/]*(?:`{3,}|~{3,})?(:::|::(?=[a-z])|!!!|\?\?\?|===|import|export)")
# Python-Markdown's first line of a code block that names its language.
_CODE_LANGUAGE = regex(r"(?:(?<=\n\n)|\A)(?: {4}|\t):::[\w+-]+[ \t]*\n(?= {4}|\t)")
_OF_BLOCKS = frozenset(("!!!", "???", "==="))
_MARKED = regex(
    r"(?P<indent> *)(?:===[!+]{0,2}[ \t]++\"(?P<pane>[^\"\n]++)\"|(?:!!!|\?\?\?\+?)[ \t]++(?P<kind>[\w-]++)"
    r"[^\"\n]*+(?:\"(?P<title>[^\"\n]*+)\")?)[ \t]*+\n"
)
_ABBREVIATION = regex(r"[ ]{0,3}\*\[[^\[\]\n]{1,100}\]:[^\n]*(?:\n|\Z)")
_CONTENTS = regex(
    r"[ \t]*(?:(?P<list>\{:(?=[^}\n]*\btoc\b)[^}\n]*+\})|\[TOC\]|\[\[_?TOC_?\]\]|\$\{toc\})[ \t]*$",
    re.M | re.I,
)
_TOC = regex("toc", re.I)
_LIST_ITEM = regex(r"(?:[*+-]|\d+\.)[ \t]+[^\n]*\n")
_TAB = regex(r"<!--[ \t]*+tab[ \t]++(?P<label>[^\n<>]*?)-->")
_SIZED = regex(r"(?P<before>!\[[^\[\]\n|]*)\|\d{1,5}(?:x\d{1,5})?(?=\]\()")
_FILM = regex(
    r"!\[[^\[\]\n]*\]"
    r"\((?P<film>https?://(?:www\.)?(?:youtube\.com/watch\?v=|youtu\.be/)[^)\s]{1,2000})\)"
)
_RAW = regex(r"\{%-?\s*+(?P<end>end)?raw\s*+-?%\}\n?")
_OF_PRINT = regex(
    r"^[ \t]*\\(?:newpage|pagebreak|clear(?:double)?page|(?:big|med|small)skip|noindent|[vh]fill|[vh]space\*?\{[^{}\n]{1,20}\})[ \t]*$",
    re.M,
)
_TITLE = regex(r"title\s*=\s*[\"“]([^\"”]*)[\"”]")
_CLASS = regex(r"\.(?:callout-)?([\w-]+)")


def find(text: str, code: Code, language: str) -> Lines:
    """Return what is to become of the foreign lines of a Markdown ``text``."""
    found = Lines()
    begins = frozenset(_BEGINS.findall(f"\n{text}"))
    if begins & _OF_BLOCKS:
        _marked(text, code, language, found)
    if "*[" in text:
        _abbreviations(text, code, found)
    if ":::" in begins:
        _colons(text, code, language, found)
    if "::" in begins:
        from newsfeed.markup.shortcodes.mdc import leave_out_components

        leave_out_components(text, code, language, found)
    if "///" in text:
        slash_blocks.find(text, code, language, found)
    obsidian.find(text, code, language, found)
    _other_files(text, code, begins, found)
    if "\\" in text:
        _of_print(text, code, found)
    if "<" in text and "markdown=" in text:
        from newsfeed.markup.shortcodes.markdown_in_html import open_enclosed

        open_enclosed(text, code, found.replacements)
    if "<!--" in text and "endtab" in text:
        _tabs(text, found)
    if "![" in text:
        _pictures(text, code, language, found)
    if "{%" in text and "endraw" in text:
        _raw(text, code, found)
    if "```" in text or "~~~" in text:
        from newsfeed.markup.shortcodes.fences import open_fences

        open_fences(text, code, language, found)
    _contents(text, code, found)
    return found


def _other_files(text: str, code: Code, begins: frozenset[str], found: Lines) -> None:
    """What names another file to be read: a module, or a text."""
    if "import" in begins or "export" in begins:
        from newsfeed.markup.shortcodes.mdx_imports import leave_out_modules

        leave_out_modules(text, code, found)
    if "8<-" in text or "<<<" in text or "@include:" in text:
        from newsfeed.markup.shortcodes.includes import leave_out_includes

        leave_out_includes(text, code, found)


def _marked(text: str, code: Code, language: str, found: Lines) -> None:
    """Python-Markdown's ``!!! note "Title"``, ``=== "Title"`` and what is indented below them."""
    for start in sorted({start for mark in _OF_BLOCKS for start in lines_with(text, mark)}):
        match = _MARKED.match(text, start)
        if match is None or code.end_at(match.end("indent")) is not None:
            continue
        before, after = f"\n**{match['pane']}**\n\n", ""
        if match["pane"] is None:
            before, after = aside(match["kind"], match["title"] or "", language)
        put = Replacement(*match.span(), match["indent"] + before)
        cuts, end = _indented(text, match.end(), match["indent"])
        if cuts:
            found.replacements += [put, *cuts, Replacement(end, end, f"{after.strip()}\n\n")]


def _abbreviations(text: str, code: Code, found: Lines) -> None:
    """What ``*[ABC]: A b c`` says is shown by browsers under a pointer: it is no text."""
    for start in lines_with(text, "*["):
        match = _ABBREVIATION.match(text, start)
        if match is not None and code.end_at(match.end() - 1) is None:
            found.replacements.append(Replacement(*match.span(), ""))
            found.notices.append(Notice("foreign-comment", start, match[0].strip(), "Kramdown"))


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


def _colons(text: str, code: Code, language: str, found: Lines) -> None:
    """Docusaurus, VitePress, Starlight, Quarto: ``:::note Title`` to ``:::``."""
    opened: list[str] = []
    for start in lines_with(text, ":::"):
        match = _COLONS.match(text, start)
        if match is None:
            continue
        if code.end_at(match.start("colons")) is not None:
            if _CODE_LANGUAGE.match(text, start):
                found.replacements.append(Replacement(start, match.end() + 1, ""))
            continue
        attributes = match["attributes"] or match["more"] or ""
        named = _CLASS.search(match["attributes"] or "")
        kind = match["kind"] or (named[1] if named else "")
        put = None
        if kind or attributes:
            put, after = _aside_of(match, kind, attributes, language, found)
            opened.append(after)
        elif opened and not match["title"]:
            put = opened.pop()
            put = put and f"{put}\n"
        if put is not None:
            put = put and f"\n{match['indent']}{put}"
            found.replacements.append(Replacement(*match.span(), put))


def _aside_of(
    match: re.Match[str], kind: str, attributes: str, language: str, found: Lines
) -> tuple[str, str]:
    """Return what stands before and after what a line of colons begins."""
    title = _TITLE.search(attributes)
    words = match["bracket"] or (title[1] if title else "") or match["title"].strip()
    if is_aside(kind):
        before, after = aside(kind, words, language)
        return before, after.strip()
    if kind == "details":
        return f"<details><summary>{words or 'Details'}</summary>\n\n", "</details>"
    found.notices.append(Notice("foreign-removed", match.start(), match[0].strip(), "MDX"))
    return "", ""


def _of_print(text: str, code: Code, found: Lines) -> None:
    """TeX's commands for a page of paper, alone on a line (``\\newpage``)."""
    for match in _OF_PRINT.finditer(text):
        if code.end_at(match.end() - 1) is None:
            found.replacements.append(Replacement(*match.span(), ""))
            found.notices.append(
                Notice("foreign-removed", match.start(), match[0].strip(), "LaTeX")
            )


def _tabs(text: str, found: Lines) -> None:
    """Hexo's ``<!-- tab label@icon -->``: the label stands above what the pane holds."""
    for match in _TAB.finditer(text):
        label = match["label"].partition("@")[0].rstrip()
        if label:
            found.replacements.append(Replacement(*match.span(), f"**{label}**\n"))


def _pictures(text: str, code: Code, language: str, found: Lines) -> None:
    """Obsidian's ``![alt|300x200](address)``, and a film that is embedded as a picture."""
    if "|" not in text and "youtu" not in text:
        return
    for match in chain(_SIZED.finditer(text), _FILM.finditer(text)):
        if code.end_at(match.start()) is None:
            film = match.groupdict().get("film")
            put = player(film, "YouTube", language) if film else match["before"]
            found.replacements.append(Replacement(*match.span(), put))


def _raw(text: str, code: Code, found: Lines) -> None:
    """``{% raw %}`` and its end within one piece of code: Jekyll takes them away there too."""
    tags = list(_RAW.finditer(text))
    ends = [tag for tag in tags if tag["end"]]
    for match in tags:
        inside = None if match["end"] else code.end_at(match.start())
        if inside is None:
            continue
        index = bisect_left(ends, match.end(), key=lambda tag: tag.start())
        if index < len(ends) and ends[index].end() <= inside:
            found.replacements += [Replacement(*each.span(), "") for each in (match, ends[index])]


def _contents(text: str, code: Code, found: Lines) -> None:
    """A mark that its tool replaces by a table of contents, and the list that it stands below."""
    if "toc" not in text and "TOC" not in text:
        return
    for start in lines_with_pattern(text, _TOC):
        match = _CONTENTS.match(text, start)
        if match is None:
            continue
        if match["list"] and start:
            above = text.rfind("\n", 0, start - 1) + 1
            item = _LIST_ITEM.match(text, above)
            start = above if item is not None and item.end() == start else start
        written = text[start : match.end()]
        if code.end_at(match.end() - len(written.lstrip())) is None:
            found.replacements.append(Replacement(start, match.end(), ""))
            found.notices.append(Notice("foreign-comment", start, written.strip(), "TOC"))
