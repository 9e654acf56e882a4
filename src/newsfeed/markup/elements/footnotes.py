"""Footnotes as one list at the end of a body; marks and notes lead to each other."""

from __future__ import annotations

from newsfeed.markup.elements.tags import TAG, attribute, closing

_BACK = {"fr": "Retour au texte", "en": "Back to the text"}


def with_footnotes(html: str, language: str) -> str:
    """Return well-formed ``html`` with its footnotes at the end, in the order of their marks.

    A note that is marked in no text stays, at the end of the list.
    """
    if 'class="footnote-' not in html:
        return html
    body, notes = _notes(TAG.split(html))
    numbers = _Numbers(notes)
    body = numbers.marked(body)
    if not notes:
        return "".join(body)
    words = _BACK["fr" if language.lower().startswith("fr") else "en"]
    items: list[str] = []
    for number in range(1, len(notes) + 1):
        name, is_marked = numbers.name(number)
        note = numbers.marked(notes[name])
        items += ["\n", f'<li id="fn-{number}">']
        items += _with_return(note, number, words) if is_marked else note
        items.append("</li>")
    block = ["<hr>", "\n", '<div class="footnotes">', "\n", "<ol>", *items, "\n", "</ol>", "\n"]
    return "".join([*body, *block, "</div>", "\n"])


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
            # An empty tag keeps texts and tags in turn.
            body += ["", parts[end + 1].lstrip("\n")]
            index = end + 2
        else:
            body += parts[index : index + 2]
            index += 2
    return body, notes


class _Numbers:
    """The numbers of ``notes``: as they are marked, first in the body and then in other notes."""

    def __init__(self, notes: dict[str, list[str]]) -> None:
        self._notes = notes
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._unmarked = iter(notes)

    def name(self, number: int) -> tuple[str, bool]:
        """Return the note with this ``number``, and whether it was marked before it was asked for."""
        is_marked = number <= len(self._names)
        if not is_marked:
            self._give(next(name for name in self._unmarked if name not in self._numbers))
        return self._names[number - 1], is_marked

    def _give(self, name: str) -> int:
        self._names.append(name)
        self._numbers[name] = len(self._names)
        return len(self._names)

    def marked(self, parts: list[str]) -> list[str]:
        """Return ``parts`` with the marks as links with numbers."""
        kept = list(parts)
        for index in range(1, len(parts) - 6, 2):
            if parts[index] != '<sup class="footnote-reference">':
                continue
            name = (attribute(parts[index + 2], "href") or "")[1:]
            if name not in self._notes:
                continue
            number = self._numbers.get(name)
            mark = ""
            if number is None:
                number = self._give(name)
                mark = f' id="fnref-{number}"'
            kept[index + 2] = f'<a href="#fn-{number}"{mark}>'
            kept[index + 3] = str(number)
        return kept


def _with_return(note: list[str], number: int, words: str) -> list[str]:
    """Return a note with the link back to its mark, inside its last paragraph if it has one."""
    # U+FE0E keeps the arrow a letter where readers would draw a picture.
    link = f'<a class="footnote-back" href="#fnref-{number}" title="{words}">'
    back = [link, "↩\ufe0e", "</a>", ""]
    ends = [i for i in range(1, len(note), 2) if note[i] == "</p>"]
    if not ends:
        return [*note[:-1], note[-1].rstrip() + " ", *back]
    return [*note[: ends[-1] - 1], note[ends[-1] - 1].rstrip() + " ", *back, *note[ends[-1] :]]
