"""An article's text -> its front matter, whatever tool it was written for.

`read` never raises: what cannot be read is a `Fault`. Most YAML is read by `quick`; what that
refuses goes to `handler`, which is all of YAML and the only user of python-frontmatter and PyYAML
(imported then only); what that refuses too goes to `mending`.
"""

from __future__ import annotations

import re

from newsfeed.content.frontmatter import quick
from newsfeed.content.frontmatter.block import (
    Block,
    Broken,
    Container,
    Fault,
    Span,
    Step,
    Value,
    broken,
    readable,
)

__all__ = [
    "Block",
    "Broken",
    "Container",
    "Fault",
    "Span",
    "Step",
    "Value",
    "quoted",
    "read",
    "readable",
    "spans",
]

# These are compiled when first used (`re` keeps them), as `others` is imported then: most articles
# begin with three hyphens and need neither.
# What opens a fenceless front matter: other lines with a colon are prose.
_FENCELESS = (
    r"(?i)(?:title|titre|date|subject|slug|author|authors|category|tags|layout|summary|lang|status"
    r"|modified|description|draft|permalink|categories)[ \t\u00a0]*:"
)
# Eleventy (gray-matter) lets the opening fence name its language.
_NAMED = r"(?i)---[ ]*(yaml|yml|toml|json)[ \t]*\n"
_CLOSING = r"(?m)^(?:-{3,}|\.{3})[ \t]*$"
_SLOPPY_OPENING = (
    r"[ \t]*(?:[-–—−]{1,6}|[*=_~]{3,6}|```(?:ya?ml)?)[ \t]*\n"
    r"(?=[ \t]*[^\W\d][\w .-]{0,30}[ \u00a0\u202f]*:)"
)
_SLOPPY_CLOSING = (
    r"(?m)^[ \t]*(?:-{2}|[-–—−]*[–—−][-–—−]*|-{3,}|\*{3,}|={3,}|_{3,}|~{3,}|```)[ \t]*$"
)
_ENTRY = r"[^\W\d][\w .-]{0,40}?[ \u00a0\u202f]*:(?:[ \u00a0\t].*|\S.*|)"
_INNER = r"[ \t]+\S.*|-[ \t]+\S.*|#(?![ #]).*|[\]}],?"


def read(text: str, *, html: bool = False) -> Block:
    """Return the front matter of ``text``; one without values when it has none.

    ``html`` allows the head of a whole HTML page to stand for it.
    """
    if text.startswith("---\n"):
        return _yaml(text, 4)
    return _other(text, html=html)


def spans(text: str, block: Block) -> dict[tuple[Step, ...], Span]:
    """Return where each key and value of a YAML ``block`` stands in ``text``.

    Keys are paths, such as ``("links", 0, "url")``. Other containers know their lines alone.
    """
    if block.container != "yaml":
        return {}
    from newsfeed.content.frontmatter.handler import parse

    inside = readable(text[block.start : block.end].removesuffix("\n"))
    try:
        found = parse(block.mended or inside).spans
    except Broken:
        return {}
    shift = _shifts(inside, block.mended) if block.mended else None
    placed = {}
    for path, span in found.items():
        ends = [*span.key, *span.value]
        moved = [_moved(end, shift) for end in ends]
        if None not in moved:
            key_start, key_end, start, end = (block.start + (each or 0) for each in moved)
            placed[path] = Span((key_start, key_end), (start, end), span.style)
    return placed


def _shifts(inside: str, mended: str) -> list[tuple[int, int, int | None]]:
    """Return (start, end, shift) of each row of ``mended``, the shift to its place in ``inside``.

    A row that was mended has none.
    """
    shifts: list[tuple[int, int, int | None]] = []
    at = before = 0
    for row, original in zip(mended.split("\n"), inside.split("\n"), strict=True):
        shift = before - at if row == original else None
        shifts.append((at, at + len(row), shift))
        at, before = at + len(row) + 1, before + len(original) + 1
    return shifts


def _moved(index: int, shifts: list[tuple[int, int, int | None]] | None) -> int | None:
    if shifts is None:
        return index
    for start, end, shift in shifts:
        if start <= index <= end:
            return None if shift is None else index + shift
    return None


def quoted(text: str) -> str:
    """Return ``text`` as a YAML scalar between double quotes."""
    from newsfeed.content.frontmatter import handler

    return handler.quoted(text)


def _other(text: str, *, html: bool) -> Block:
    from newsfeed.content.frontmatter import others

    start = len(text) - len(text.lstrip("\n \t")) if text[:1] in "\n \t" else 0
    opening = text[start : start + 3]
    if opening == "---" and (found := re.compile(r"-{3,}[ \t]*(?:\n|\Z)").match(text, start)):
        return _yaml(text, found.end())
    if opening == "---" and (found := re.compile(_NAMED).match(text, start)):
        return _named(text, found)
    if opening == "+++" and (found := re.compile(r"\+{3,}[ \t]*(?:\n|\Z)").match(text, start)):
        return others.toml(text, found.end())
    if opening[:1] == "{" and re.compile(r'\{\s*"').match(text, start):
        return others.json_object(text, start)
    if opening == ";;;" and (found := re.compile(r";{3,}[ \t]*(?:\n|\Z)").match(text, start)):
        return others.hexo(text, found.end())
    if opening[:1] == '"' and re.compile(r"^;{3,}[ \t]*$", re.MULTILINE).search(text, start):
        return others.hexo(text, start)
    if opening == "<!-" and (commented := others.comment_lines(text, start)):
        return commented
    if html and opening[:1] == "<":
        return others.html_page(text) or Block()
    if re.compile(_FENCELESS).match(text, start):
        return _fenceless(text, start)
    if opening[:1] and opening[0] in "-–—−*=_~`":
        return _sloppy(text, start)
    return Block()


def _sloppy(text: str, start: int) -> Block:
    """Read a block whose opening fence is not made of three hyphens."""
    opening = re.compile(_SLOPPY_OPENING).match(text, start)
    if opening is None:
        return Block()
    # Other rules than hyphens open a text too: the key below has to be one of ours.
    if opening[0].strip()[0] not in "-–—−" and not re.compile(_FENCELESS).match(
        text, opening.end()
    ):
        return Block()
    fault = Fault(
        "frontmatter-fence",
        start,
        (("fence", opening[0].strip()),),
        ((start, opening.end() - 1, "---"),),
    )
    closing = re.compile(_SLOPPY_CLOSING).search(text, opening.end())
    if closing is not None and _looks_yaml(text[opening.end() : closing.start()]):
        return _between(text, opening.end(), closing, (fault,))
    return _yaml(text, opening.end(), fault)


def _between(text: str, start: int, closing: re.Match[str], faults: tuple[Fault, ...]) -> Block:
    """Read the block that ends with a ``closing`` fence of any kind."""
    fence = closing[0].strip()
    if closing[0].rstrip() != "---":
        values, edits = (("fence", fence),), ((closing.start(), closing.end(), "---"),)
        at = closing.start() + len(closing[0]) - len(closing[0].lstrip())
        faults = (*faults, Fault("frontmatter-fence", at, values, edits))
    body_at = min(closing.end() + 1, len(text))
    return _thorough(text, start, closing.start(), body_at, faults)


def _named(text: str, opening: re.Match[str]) -> Block:
    """Read a block whose opening fence says what it is written in."""
    from newsfeed.content.frontmatter import others

    language, start = opening[1].lower(), opening.end()
    if language in ("yaml", "yml"):
        return _yaml(text, start)
    found = re.compile(_CLOSING).search(text, start)
    if found is None:
        block = Block(start=start, end=start, body_at=start)
        fault = Fault("frontmatter-unclosed", opening.start(), (("fence", "---"),))
        return broken(block, fault)
    if language == "toml":
        return others.toml(text, start, found)
    block = others.json_object(text, start + len(text[start:]) - len(text[start:].lstrip()))
    if not block.broken:
        block.body_at = min(found.end() + 1, len(text))
    return block


def _yaml(text: str, start: int, *faults: Fault) -> Block:
    """Read the YAML between an opening fence, which ended before ``start``, and its closing one."""
    end = text.find("\n---\n", start - 1) + 1
    body_at = end + 4
    if end <= 0 or text.find("\n...", start - 1, end) >= 0:
        found = re.compile(_CLOSING).search(text, start)
        if found is None:
            return _unclosed(text, start, faults)
        end, body_at = found.start(), min(found.end() + 1, len(text))
    first = text.count("\n", 0, start) + 1
    if not faults and (simple := quick.load(text[start : end - 1], first)):
        return Block(simple[0], simple[1], "yaml", start, end, body_at, quick=True)
    return _thorough(text, start, end, body_at, faults)


def _thorough(text: str, start: int, end: int, body_at: int, faults: tuple[Fault, ...]) -> Block:
    """Read with the real parser, and mend what that refuses."""
    from newsfeed.content.frontmatter import mending
    from newsfeed.content.frontmatter.handler import parse

    inside = readable(text[start:end].removesuffix("\n"))
    block = Block(container="yaml", start=start, end=end, body_at=body_at, faults=faults)
    try:
        parsed = parse(inside)
        if not parsed.tagged:
            for fault in mending.restore_hashtags(inside, parsed):
                block.faults.append(fault.shifted(start))
            _fill(block, text, parsed)
            return block
        problem = Fault("frontmatter-broken", 0)
    except Broken as error:
        problem = error.fault
    if problem.code not in ("frontmatter-size", "frontmatter-depth") and not _refers(inside):
        shorter = _cut_at_prose(text, start, end)
        if shorter is not None:
            return shorter
        mended = mending.mend(inside)
        if mended is not None and mended.parsed.values:
            block.mended = mended.text
            _fill(block, text, mended.parsed)
            block.faults += [fault.shifted(start) for fault in mended.faults]
            return block
    if problem.code == "frontmatter-broken":
        problem = Fault(problem.code, min(problem.at, _first_strange(inside)))
    return broken(block, problem.shifted(start))


def _first_strange(inside: str) -> int:
    """Return the place of the first line that does not look like YAML: parsers notice it later."""
    at = 0
    for row in inside.split("\n"):
        if row.strip() and not re.fullmatch(_ENTRY, row) and not re.fullmatch(_INNER, row):
            return at
        at += len(row) + 1
    return at


def _refers(inside: str) -> bool:
    """Say whether there is a real anchor with its alias, or a merge key: no text that looks so."""
    anchors = set(re.findall(r"&([\w-]+)", inside))
    return bool(anchors & set(re.findall(r"\*([\w-]+)", inside))) or "<<:" in inside


def _fill(block: Block, text: str, parsed: object) -> None:
    from newsfeed.content.frontmatter.handler import Parsed

    assert isinstance(parsed, Parsed)
    block.values = parsed.values
    first = text.count("\n", 0, block.start) + 1
    inside = block.mended or text[block.start : block.end]
    lines = {}
    for path, span in parsed.spans.items():
        if len(path) == 1:
            lines[str(path[0])] = first + inside.count("\n", 0, span.key[0])
    block.lines = lines
    for key, span, same in parsed.repeated:
        row = inside.count("\n", 0, span.key[0])
        rows = inside.split("\n")
        at = block.start + sum(len(each) + 1 for each in text[block.start :].split("\n")[:row])
        edits: tuple[tuple[int, int, str], ...] = ()
        if same and not block.mended and rows.count(rows[row]) > 1:
            line_end = text.find("\n", block.start + span.value[1])
            edits = ((at, line_end + 1, ""),)
        block.faults.append(Fault("key-repeated", at, (("key", key),), edits))


def _unclosed(text: str, start: int, faults: tuple[Fault, ...]) -> Block:
    """Read a block that nothing closes: its lines are those that look like front matter."""
    sloppy = re.compile(_SLOPPY_CLOSING).search(text, start)
    if sloppy is not None and _looks_yaml(text[start : sloppy.start()]):
        return _between(text, start, sloppy, faults)
    end = _end_of_entries(text, start)
    opening = max(0, text.rfind("\n", 0, max(0, start - 1)) + 1)
    if end == start:
        # Nothing below looks like front matter: the line is a rule across the page.
        return Block()
    gap = "" if text[end - 1 : end] == "\n" else "\n"
    fault = Fault(
        "frontmatter-unclosed", opening, (("fence", "---"),), ((end, end, gap + "---\n"),)
    )
    return _thorough(text, start, end, end, (*faults, fault))


def _cut_at_prose(text: str, start: int, end: int) -> Block | None:
    """Return the block that ends where prose begins: the ``---`` found is a rule of the body."""
    shorter = _end_of_entries(text, start)
    if shorter == start or shorter >= end or text[shorter] != "\n" or not text[shorter:end].strip():
        return None
    fault = Fault(
        "frontmatter-unclosed",
        max(0, start - 4),
        (("fence", "---"),),
        ((shorter, shorter, "---\n"),),
    )
    block = _thorough(text, start, shorter, shorter, (fault,))
    return None if block.broken else block


def _looks_yaml(inside: str) -> bool:
    rows = [row for row in inside.split("\n") if row.strip()]
    return bool(rows) and all(
        re.fullmatch(_ENTRY, row) or re.fullmatch(_INNER, row) for row in rows
    )


def _end_of_entries(text: str, start: int) -> int:
    """Return the index after the last line, from ``start``, that can be front matter."""
    at = end = start
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        row = text[at:stop]
        if not row.strip():
            ahead = text[stop + 1 : stop + 200].lstrip("\n").split("\n")[0]
            if end == start or not re.match(_FENCELESS, ahead):
                break
        elif re.fullmatch(_ENTRY, row) or (end > start and re.fullmatch(_INNER, row)):
            end = min(stop + 1, len(text))
        else:
            break
        at = stop + 1
    return end


def _fenceless(text: str, start: int) -> Block:
    """Read lines that begin without a fence: Hexo closes them by ``---``, Pelican by a blank line."""
    from newsfeed.content.frontmatter import others

    found = re.compile(_CLOSING).search(text, start)
    if found is not None and _looks_yaml(text[start : found.start()]):
        return _thorough(text, start, found.start(), min(found.end() + 1, len(text)), ())
    return others.meta_lines(text, start) or Block()
