"""A quotation that names its author becomes a figure with a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsfeed.markup.elements.tags import TAG, VOID, name_of
from newsfeed.text.regex import regex

_MARKS = ("—", "–", "―", "--", "<cite", "<footer")
_QUOTATION = regex(r"</blockquote>|<blockquote")
_ATTRIBUTION = regex(r"\s*(?:—|–|―|--)[\s\u00a0]*(?=\S|\Z)")
_LAST_LINE = regex(r"(?:(?<=\S)|\A)[^\S\n]*+(\n)\s*+(?:—|–|―|--)[ \u00a0]*(?=[^\s\d]|$)")
_LONGEST_ATTRIBUTION = 200
_STRESSED = ("<em>", "<strong>", "<i>", "<b>", "<small>")


def with_quotations(html: str) -> str:
    """Return well-formed ``html`` where a quotation that names its author is a figure.

    The author stands in a last paragraph, or a last line, that begins with a dash; in a last
    ``<cite>`` or ``<footer>``.
    """
    if "<blockquote" not in html or not any(mark in html for mark in _MARKS):
        return html
    pieces: list[str] = []
    copied = 0
    for start, end in _outermost(html):
        # The tag before it tells whether it stands in a figure.
        first = max(copied, html.rfind("<", copied, start))
        quotation = html[first:end]
        is_named = any(mark in quotation for mark in _MARKS)
        pieces += (html[copied:first], _with_figures(quotation) if is_named else quotation)
        copied = end
    return "".join([*pieces, html[copied:]])


def _outermost(html: str) -> Iterator[tuple[int, int]]:
    """Yield where each quotation starts and ends that stands in no other one."""
    depth = start = 0
    for tag in _QUOTATION.finditer(html):
        if tag[0][1] == "/":
            depth -= 1
            if not depth:
                yield start, tag.end()
        else:
            start = start if depth else tag.start()
            depth += 1


def _with_figures(html: str) -> str:
    """Return ``html``, a quotation and the tag before it, with figures."""
    parts = TAG.split(html)
    kept = parts[:1]
    opened: list[int] = []
    for index in range(1, len(parts), 2):
        if parts[index] == "</blockquote>":
            start = opened.pop()
            kept[start:] = _quotation(kept[max(0, start - 2) : start], kept[start:])
            kept.append(parts[index + 1])
            continue
        if parts[index].startswith("<blockquote"):
            opened.append(len(kept))
        kept += parts[index : index + 2]
    return "".join(kept)


def _quotation(before: list[str], quotation: list[str]) -> list[str]:
    """Return the tags and texts of a quotation, whose end tag comes next; as a figure if it may be."""
    within_figure = len(before) > 1 and before[0].startswith("<figure") and not before[1].strip()
    found = None if within_figure else _attribution(quotation[1:])
    if found is None:
        return [*quotation, "</blockquote>"]
    content, caption = found
    if not caption or not "".join(content).strip():
        return [*quotation, "</blockquote>"]
    figure = ['<figure class="quotation">', "\n", quotation[0], *content, "</blockquote>", "\n"]
    return [*figure, "<figcaption>", *caption, "</figcaption>", "\n", "</figure>"]


def _attribution(content: list[str]) -> tuple[list[str], list[str]] | None:
    """Return a quotation's (content, attribution), both beginning and ending with a text."""
    last = len(content) - 2
    if last < 1 or content[-1].strip():
        return None
    name = name_of(content[last])
    if name not in {"p", "footer", "cite"} or content[last][1] != "/":
        return None
    first = _opening(content, last, name)
    if first < 1:
        return None
    inside = content[first + 1 : last]
    before = content[:first]
    if name in {"footer", "cite"}:
        return before, _dashed(_unwrapped(inside, "p"))
    if inside[0] == "" and len(inside) > 2 and inside[1] == "<cite>" and inside[-2] == "</cite>":
        return before, _dashed(_unwrapped(inside, "cite"))
    if (
        _ATTRIBUTION.match(inside[_dash(inside)])
        and len("".join(inside[::2])) <= _LONGEST_ATTRIBUTION
    ):
        lines = (before[i] for i in range(2, len(before), 2) if before[i - 1][:2] == "<p")
        spoken = any(map(_ATTRIBUTION.match, lines))
        return None if spoken or not "".join(before[::2]).strip() else (before, _dashed(inside))
    return _last_line(before, content[first], inside)


def _opening(content: list[str], last: int, name: str) -> int:
    """Return the index of the start tag that the end tag at ``last`` closes, else one below 1."""
    depth = 0
    for index in range(last, 0, -2):
        if name_of(content[index]) == name:
            depth += 1 if content[index][1] == "/" else -1
            if not depth:
                return index
    return 0


def _last_line(
    before: list[str], paragraph: str, inside: list[str]
) -> tuple[list[str], list[str]] | None:
    """Cut an attribution from the last line of a quotation's last paragraph."""
    for index in reversed(range(0, len(inside), 2)):
        at = _line_end(inside, index)
        if at < 0:
            continue
        head = [*inside[:index], inside[index][:at]]
        tail = [inside[index][at:], *inside[index + 1 :]]
        balanced = sum(-1 if tag[1] == "/" else name_of(tag) not in VOID for tag in tail[1::2])
        if (
            balanced
            or _ATTRIBUTION.match(head[0])
            or len("".join(tail[::2])) > _LONGEST_ATTRIBUTION
        ):
            return None
        if head[-1].strip() == "" and len(head) > 1 and head[-2] == "<br>":
            head = head[:-2]
        return [*before, paragraph, *head, "</p>", "\n"], _dashed(tail)
    return None


def _line_end(inside: list[str], index: int) -> int:
    """Return where a line of the text at ``index`` ends below which a dash begins one, else -1."""
    if found := list(_LAST_LINE.finditer(inside[index])):
        return found[-1].start(1)
    text, *beyond = inside[index : index + 3]
    is_stressed = len(beyond) == 2 and beyond[0] in _STRESSED and _ATTRIBUTION.match(beyond[1])
    return len(text) - 1 if is_stressed and text.endswith("\n") else -1


def _unwrapped(inside: list[str], name: str) -> list[str]:
    """Return ``inside`` without the tags of ``name``, as texts and tags in turn."""
    return TAG.split(re.sub(rf"</?{name}(?: [^>]*)?>", "", "".join(inside)))


def _dash(inside: list[str]) -> int:
    """Return the index of the text that a dash may begin: the first, or that of a first element."""
    return 2 if not inside[0].strip() and len(inside) > 2 and inside[1] in _STRESSED else 0


def _dashed(caption: list[str]) -> list[str]:
    """Return an attribution that begins with a dash, the same everywhere."""
    kept = list(caption)
    at = _dash(kept)
    kept[at] = _ATTRIBUTION.sub("", kept[at].lstrip(), count=1).lstrip()
    kept[0] = f"— {kept[0].lstrip()}"
    kept[-1] = kept[-1].rstrip()
    return kept if "".join(kept[::2]).strip("— ") else []
