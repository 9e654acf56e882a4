"""Quotations with their attribution, footnotes, and a bound on depth.

Each works on texts and tags in turn, as `tokens.TAG` splits what nh3 wrote.
"""

from __future__ import annotations

import re

from newsfeed.markup.tokens import TAG, VOID, attribute, closing, name_of

DEEPEST = 60
# An element that is nothing without its children: they must fit below it.
_ROOM = {"table": 4, "tbody": 3, "thead": 3, "tfoot": 3, "tr": 2, "ul": 2, "ol": 2, "dl": 2}
_ATTRIBUTION = re.compile(r"\s*(?:—|–|―|--)[\s\u00a0]*(?=\S)")
_LAST_LINE = re.compile(r"\n\s*(?:—|–|―|--)[ \u00a0]*(?=[^\s\d]|$)")
_LONGEST_ATTRIBUTION = 200
_BACK = {"fr": "Retour au texte", "en": "Back to the text"}


def bounded(parts: list[str], deepest: int = DEEPEST) -> list[str] | None:
    """Return ``parts`` without the tags below ``deepest`` levels, None when there are none."""
    if len(parts) <= 4 * deepest:
        # Half of the tags are end tags, so nothing here is deeper than that bound.
        return None
    kept = list(parts)
    depth = dropping = 0
    changed = False
    for index in range(1, len(parts), 2):
        tag = parts[index]
        name = name_of(tag)
        if name in VOID:
            continue
        if tag[1] == "/":
            drop = bool(dropping)
            if dropping == depth:
                dropping = 0
            depth -= 1
        else:
            depth += 1
            if not dropping and depth > deepest - _ROOM.get(name, 0):
                dropping = depth
            drop = bool(dropping)
        if drop:
            kept[index] = ""
            changed = True
    return TAG.split("".join(kept)) if changed else None


def with_quotations(parts: list[str]) -> list[str]:
    """Return ``parts`` where a quotation that names its author is a figure with a caption.

    The author stands in a last paragraph, or a last line, that begins with a dash; in a last
    ``<cite>`` or ``<footer>``.
    """
    for start in reversed(range(1, len(parts), 2)):
        if parts[start].startswith("<blockquote"):
            parts = _quotation(parts, start)
    return parts


def _quotation(parts: list[str], start: int) -> list[str]:
    end = closing(parts, start)
    if not parts[start - 1].strip() and start > 1 and parts[start - 2].startswith("<figure"):
        return parts
    found = _attribution(parts, start, end)
    if found is None:
        return parts
    content, caption = found
    if not "".join(content[1::2] + content[::2]).strip() or len(caption) == 0:
        return parts
    figure = ['<figure class="quotation">', "\n", parts[start], *content, "</blockquote>", "\n"]
    figure += ["<figcaption>", *caption, "</figcaption>", "\n", "</figure>"]
    return parts[:start] + figure + parts[end + 1 :]


def _attribution(parts: list[str], start: int, end: int) -> tuple[list[str], list[str]] | None:
    """Return a quotation's (content, attribution), both beginning and ending with a text."""
    last = end - 2
    if last <= start or parts[end - 1].strip():
        return None
    name = name_of(parts[last])
    if name not in {"p", "footer", "cite"} or parts[last][1] != "/":
        return None
    first = last
    opening = (f"<{name}>", f"<{name} ")
    while first > start and not (
        parts[first].startswith(opening) and closing(parts, first) == last
    ):
        first -= 2
    if first <= start:
        return None
    inside = parts[first + 1 : last]
    before = parts[start + 1 : first]
    if name in {"footer", "cite"}:
        return before, _dashed(_unwrapped(inside, "p"))
    if inside[0] == "" and len(inside) > 2 and inside[1] == "<cite>" and inside[-2] == "</cite>":
        return before, _dashed(_unwrapped(inside, "cite"))
    if _ATTRIBUTION.match(inside[0]) and len("".join(inside[::2])) <= _LONGEST_ATTRIBUTION:
        lines = (before[i] for i in range(2, len(before), 2) if before[i - 1][:2] == "<p")
        spoken = any(map(_ATTRIBUTION.match, lines))
        return None if spoken or not "".join(before[::2]).strip() else (before, _dashed(inside))
    return _last_line(before, parts[first], inside)


def _last_line(
    before: list[str], paragraph: str, inside: list[str]
) -> tuple[list[str], list[str]] | None:
    """Cut an attribution from the last line of a quotation's last paragraph."""
    for index in reversed(range(0, len(inside), 2)):
        found = list(_LAST_LINE.finditer(inside[index]))
        if not found:
            continue
        at = found[-1]
        head = [*inside[:index], inside[index][: at.start()]]
        tail = [inside[index][at.start() :], *inside[index + 1 :]]
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


def _unwrapped(inside: list[str], name: str) -> list[str]:
    """Return ``inside`` without the tags of ``name``, as texts and tags in turn."""
    kept = [inside[0]]
    for index in range(1, len(inside), 2):
        if name_of(inside[index]) == name:
            kept[-1] += inside[index + 1]
        else:
            kept += inside[index : index + 2]
    return kept


def _dashed(caption: list[str]) -> list[str]:
    """Return an attribution that begins with a dash, the same everywhere."""
    kept = list(caption)
    kept[0] = "— " + _ATTRIBUTION.sub("", kept[0].lstrip(), count=1).lstrip()
    kept[-1] = kept[-1].rstrip()
    return kept if "".join(kept[::2]).strip("— ") else []


def with_footnotes(parts: list[str], language: str) -> list[str]:
    """Return ``parts`` with the footnotes as one list at the end, in the order of their marks.

    Marks and notes lead to each other; a note without a mark stays, at the end of the list.
    """
    body, notes = _notes(parts)
    order: dict[str, int] = {}
    body = _marks(body, notes, order)
    if not notes:
        return body
    items: list[str] = []
    names = list(order)
    marked = set(names)
    waiting = iter(notes)
    for number in range(1, len(notes) + 1):
        if number > len(names):
            # Notes marked only in other notes come next, then those without a mark.
            names += list(order)[len(names) :] or [next(n for n in waiting if n not in order)]
            marked.update(name for name in names[number - 1 :] if name in order)
            order.setdefault(names[number - 1], number)
        note = _marks(notes[names[number - 1]], notes, order)
        if names[number - 1] in marked:
            note = _with_return(note, number, language)
        items += ["\n", f'<li id="fn-{number}">', *note, "</li>"]
    block = ["<hr>", "\n", '<div class="footnotes">', "\n", "<ol>", *items, "\n", "</ol>", "\n"]
    return [*body, *block, "</div>", "\n"]


def _notes(parts: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the parts without the definitions of notes, and these by name."""
    body = [parts[0]]
    notes: dict[str, list[str]] = {}
    index = 1
    while index < len(parts):
        tag = parts[index]
        if tag.startswith("<div") and attribute(tag, "class") == "footnote-definition":
            end = closing(parts, index)
            name = attribute(tag, "id") or ""
            inside = parts[index + 1 : end]
            label = closing(inside, 1) if len(inside) > 2 and inside[1].startswith("<sup") else 0
            if name not in notes:
                notes[name] = inside[label + 1 :] if label else inside
            body[-1] += parts[end + 1].lstrip("\n")
            index = end + 2
        else:
            body += parts[index : index + 2]
            index += 2
    return body, notes


def _marks(parts: list[str], notes: dict[str, list[str]], order: dict[str, int]) -> list[str]:
    """Return ``parts`` with numbered marks; names new in them are added to ``order``."""
    kept = list(parts)
    for index in range(1, len(parts) - 6, 2):
        if parts[index] != '<sup class="footnote-reference">':
            continue
        link = parts[index + 2]
        name = (attribute(link, "href") or "")[1:]
        if name not in notes:
            continue
        again = name in order
        if not again:
            order[name] = len(order) + 1
        number = order[name]
        mark = "" if again else f' id="fnref-{number}"'
        kept[index + 2] = f'<a href="#fn-{number}"{mark}>'
        kept[index + 3] = str(number)
    return kept


def _with_return(note: list[str], number: int, language: str) -> list[str]:
    """Return a note with the link back to its mark, inside its last paragraph if it has one."""
    words = _BACK["fr" if language.lower().startswith("fr") else "en"]
    # U+FE0E keeps the arrow a letter where readers would draw a picture.
    back = [
        f'<a class="footnote-back" href="#fnref-{number}" title="{words}">',
        "↩\ufe0e",
        "</a>",
        "",
    ]
    ends = [i for i in range(1, len(note), 2) if note[i] == "</p>"]
    if not ends:
        return [*note[:-1], note[-1].rstrip() + " ", *back]
    return [*note[: ends[-1] - 1], note[ends[-1] - 1].rstrip() + " ", *back, *note[ends[-1] :]]
