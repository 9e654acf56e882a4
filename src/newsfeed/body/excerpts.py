"""The first part of a body, as HTML and as plain text."""

from __future__ import annotations

import re

from newsfeed.body.tokens import TAG, VOID, closing, name_of, squeeze, text_of

ENOUGH, MOST = 50, 110
SUMMARY = 300

_DROPPED = frozenset(
    {"figure", "picture", "video", "audio", "h2", "h3", "h4", "h5", "h6", "details"}
)
_DROPPED_UNMARKED = _DROPPED | {"table", "pre", "blockquote", "aside", "div", "ul", "ol", "dl"}
_ID = re.compile(r' id="[^"]*"')
_EMPTY = re.compile(r"<p>\s*</p>\s*")
_SENTENCE = re.compile(r"[.!?…](?:[\s\u00a0\u202f]*[»”\")])?(?=\s)")


def excerpt(html: str, *, marked: bool) -> str:
    """Return the excerpt of ``html``, which ends at the author's marker when it is ``marked``.

    Without a marker: the first paragraphs, up to two, until they make some 50 words; a longer one
    is cut where a sentence ends. Ids are left out, since the whole body may stand on the same page.
    """
    parts = _without(TAG.split(html), _DROPPED if marked else _DROPPED_UNMARKED)
    if marked:
        return _EMPTY.sub("", _closed("".join(parts))).strip()
    held: list[str] = []
    words = index = 0
    while index < len(parts) - 1 and len(held) < 2 and words < ENOUGH // 2 * (1 + len(held)):
        end = closing(parts, index + 1) if parts[index + 1].startswith("<p") else index + 1
        if end > index + 1:
            paragraph = parts[index + 1 : end + 1]
            count = len("".join(paragraph[1::2]).split())
            if count:
                held.append("".join(paragraph if words + count <= MOST else _cut(paragraph)))
                words += count
        index = end + 1
    if not held:
        text = first_words(squeeze("".join(parts[::2])))
        return f"<p>{text}</p>" if text else ""
    return "\n".join(held)


def first_words(text: str, most: int = SUMMARY) -> str:
    """Return ``text`` cut to ``most`` characters, where a sentence ends or with … after a word."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    ends = [found.end() for found in _SENTENCE.finditer(text[: most + 1]) if found.end() <= most]
    if ends and ends[-1] >= most * 2 // 3:
        return text[: ends[-1]]
    cut = head.rfind(" ")
    return head[: cut if cut > most // 2 else len(head)].rstrip(" ,;:\u00a0\u202f–—(«") + "…"


def _without(parts: list[str], dropped: frozenset[str]) -> list[str]:
    """Return ``parts`` without the elements named, pictures, footnote marks and ids."""
    kept = [parts[0]]
    index = 1
    while index < len(parts):
        tag = parts[index]
        name = name_of(tag)
        if name in dropped or 'class="footnote' in tag:
            # An element that the marker cut open reaches to the end.
            end = closing(parts, index)
            closed = end > index or tag.startswith("</")
            index = (end if closed else len(parts) - 2) + 1
            kept[-1] += parts[index]
        else:
            kept += ("" if name in {"img", "hr"} else _ID.sub("", tag), parts[index + 1])
        index += 2 if index % 2 else 1
    return kept


def _closed(html: str) -> str:
    """Return ``html`` with an end tag for everything that it leaves open."""
    stack: list[str] = []
    for tag in TAG.findall(html):
        name = name_of(tag)
        if tag.startswith("</"):
            if stack:
                stack.pop()
        elif name not in VOID:
            stack.append(name)
    return html + "".join(f"</{name}>" for name in reversed(stack))


def _cut(paragraph: list[str]) -> list[str]:
    """Return a paragraph's parts up to the first sentence's end after enough words."""
    words = 0
    for index in range(1, len(paragraph), 2):
        text = paragraph[index]
        for found in _SENTENCE.finditer(text + " "):
            if words + len(text[: found.end()].split()) >= ENOUGH:
                head = [*paragraph[:index], text[: found.end()]]
                return [_closed("".join(head))]
        words += len(text.split())
        if words > MOST:
            head_text = " ".join(text.split(" ")[: max(1, MOST - words)]).rstrip(" ,;:")
            return [_closed("".join([*paragraph[:index], head_text + "…"]))]
    return paragraph


def plain(html: str) -> str:
    """Return the text of ``html`` on one line."""
    return text_of(html)
