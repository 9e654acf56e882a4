"""The first part of a body, as HTML and as plain text."""

from __future__ import annotations

from html import escape

from newsfeed.markup.elements.tags import INLINE, TAG, VOID, closing, name_of, squeeze, text_of
from newsfeed.markup.plain.meaning import with_figures_raised, without_struck
from newsfeed.text.regex import regex

ENOUGH, MOST = 50, 110
SUMMARY = 300

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_DROPPED = frozenset({"figure", "picture", "video", "audio", "details", *_HEADINGS})
# A picture's figure is bare, a quotation's has a class.
_FILLERS = frozenset({"video", "audio", "<figure>"})
_WRAPPERS = frozenset({"div", "section", "header", "span"})
_NO_PROSE = frozenset({"pre", "table"})
_APART = ("<em>", "<i>", "<small>")
_APART_ENDS = ("</em>", "</i>", "</small>")
_ID = regex(r' id="[^"]*"')
_EMPTY = regex(r"<p>\s*</p>\s*")
_NOTHING = "<span></span>"  # what a lost id leaves
_ELLIPSIS = "…"
_PART = "\x00"
"""Stands between the items of a list; no text holds it."""
_PARTS = regex(rf"\s*{_PART}[\s{_PART}]*")
_SPECIAL = regex(r"<(?:img|video|audio|sup)")
_SENTENCE = regex(r"[.!?…](?:[\s\u00a0\u202f]*[»”\")])?(?=\s)")
_SOUGHT_IN_VAIN = 400


def excerpt(html: str) -> str:
    """Return the first paragraphs of ``html``, up to two, until they make some 50 words.

    A longer one is cut where a sentence ends. Pictures, footnote marks and ids are left out: the
    whole body may stand on the same page. A paragraph that announces a list, by its colon, is
    completed by that list and is the last; one that announces what excerpts lack, by an ellipsis.
    """
    if first := first_paragraph(html):
        return first
    parts = TAG.split(html, maxsplit=_SOUGHT_IN_VAIN)
    held: list[str] = []
    links = ""
    words = 0
    index = 1
    while index < len(parts) - 1 and len(held) < 2 and words < ENOUGH // 2 * (1 + len(held)):
        name = name_of(parts[index])
        if name in _WRAPPERS or name in VOID or parts[index][1] == "/":
            index += 2
            continue
        end = closing(parts, index)
        if name == "p":
            paragraph = _without(parts[index : end + 1], _DROPPED)
            count = len("".join(paragraph[1::2]).split())
            if count and _is_caption(parts[index : end + 1]):
                pass
            elif count and _is_link(paragraph):
                links = links or "".join(paragraph)
            elif count:
                held.append("".join(paragraph if words + count <= MOST else _cut(paragraph)))
                words += count
                told = _announced(held[-1], parts, end + 2)
                held[-1] = held[-1].removesuffix("</p>") + f" {told}</p>" if told else held[-1]
                if told and told != _ELLIPSIS:
                    break
        index = end + 2
    if held or links:
        return "\n".join(held or [links]).replace(_NOTHING, "")
    kept = _without(["", *parts], _FILLERS)
    told = "".join(_without(kept, _NO_PROSE))
    text = first_words(words_of(told) or words_of("".join(kept)))
    return f"<p>{escape(text, quote=False)}</p>" if text else ""


def _is_link(paragraph: list[str]) -> bool:
    """Tell whether all words of a paragraph are those of links: a film, a document to load."""
    depth = 0
    for tag, text in zip(paragraph[::2], paragraph[1::2], strict=False):
        depth += tag.startswith("<a ") - (tag == "</a>")
        if not depth and text.strip():
            return False
    return True


def _announced(paragraph: str, parts: list[str], index: int) -> str:
    """Return what completes a paragraph that ends with a colon, the part at ``index`` following it.

    A list in one line, an ellipsis for what excerpts lack, nothing where the text goes on.
    """
    if not TAG.sub("", paragraph).rstrip().endswith((":", "\uff1a")) or index >= len(parts) - 1:
        return ""
    name, end = name_of(parts[index]), closing(parts, index)
    if parts[index][1] == "/" or parts[index - 1].strip():
        return ""
    if name == "p":
        return "" if "".join(parts[index + 1 : end : 2]).strip() else _ELLIPSIS
    if name not in ("ul", "ol") or end == index:
        return "" if name in _WRAPPERS else _ELLIPSIS
    kept = _without(parts[index : end + 1], _DROPPED)
    line: list[str] = []
    words = 0
    for tag, text in zip(kept[::2], kept[1::2], strict=False):
        inline = name_of(tag) in INLINE and name_of(tag) not in VOID
        line += [tag if inline else _PART, text]
        words += len(text.split())
        if words > MOST:
            line[-1] = " ".join(text.split(" ")[: max(1, len(text.split()) - words + MOST)])
            line = [_closed("".join(line) + _ELLIPSIS)]
            break
    return _PARTS.sub(" · ", "".join(line).strip(_PART + " \n"))


def _is_caption(paragraph: list[str]) -> bool:
    """Tell whether a paragraph is a picture, and all of its words are set apart below it."""
    tags = paragraph[::2]
    if not any(tag.startswith("<img") for tag in tags):
        return False
    depth = 0
    for tag, text in zip(tags, paragraph[1::2], strict=False):
        depth += tag.startswith(_APART) - (tag in _APART_ENDS)
        if not depth and text.strip():
            return False
    return True


def first_paragraph(html: str) -> str:
    """Return the first paragraph of ``html`` if it can be the excerpt unchanged, else empty."""
    if html.startswith("<p>"):
        first = html[: html.find("</p>") + 4]
        if (
            ENOUGH // 2 < first.count(" ") < MOST
            and ' id="' not in first
            and _SPECIAL.search(first) is None
            and not TAG.sub("", first).rstrip().endswith((":", "\uff1a"))
        ):
            return first
    return ""


def marked_excerpt(html: str) -> str:
    """Return ``html``, which the author's marker ends, closed and without what excerpts lack."""
    kept = _without(["", *TAG.split(html)], _DROPPED)
    return _EMPTY.sub("", _closed("".join(kept)).replace(_NOTHING, "")).strip()


def prose(html: str) -> str:
    """Return the words of ``html`` as plain text, without code, tables and formulas apart."""
    text = words_of("".join(_without(["", *TAG.split(html)], _DROPPED | _NO_PROSE)))
    if "$$" not in text and "\\[" not in text and "\\begin{" not in text:
        return text
    # Few texts hold a formula, and a build loads what it needs.
    from newsfeed.markup.formulas import without_displayed

    return squeeze(without_displayed(text))


def words_of(html: str) -> str:
    """Return the text of ``html`` in one line, without what is struck out, figures raised."""
    return text_of(without_struck(with_figures_raised(html)))


def first_words(text: str, most: int = SUMMARY) -> str:
    """Return ``text`` cut to ``most`` characters, where a sentence ends or with … after a word."""
    if len(text) <= most:
        return text
    ends = [found.end() for found in _SENTENCE.finditer(text[: most + 1]) if found.end() <= most]
    if ends and ends[-1] >= most * 2 // 3:
        return text[: ends[-1]]
    head = text[: most - 1]
    cut = head.rfind(" ")
    return head[: cut if cut > most // 2 else len(head)].rstrip(" ,;:\u00a0\u202f–—(«") + "…"


def _without(parts: list[str], dropped: frozenset[str]) -> list[str]:
    """Return ``parts`` (a tag, a text, ...) without some elements, pictures, marks and ids.

    ``dropped`` are names of elements, or their start tags.
    """
    kept: list[str] = []
    index = 0
    while index < len(parts):
        tag, text = parts[index], parts[index + 1 : index + 2]
        name = name_of(tag)
        if name in dropped or tag in dropped or 'class="footnote' in tag:
            end = closing(parts, index)
            # An element that the marker cut open reaches to the end.
            index = end if end > index or tag[1] == "/" else len(parts)
            tag, text = "", parts[index + 1 : index + 2]
        kept += ["" if name in {"img", "hr"} else _ID.sub("", tag), *text]
        index += 2
    return kept


def _closed(html: str) -> str:
    """Return ``html`` with an end tag for everything that it leaves open."""
    stack: list[str] = []
    for tag in TAG.findall(html):
        name = name_of(tag)
        if tag[1] == "/":
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
                return [_closed("".join([*paragraph[:index], text[: found.end()]]))]
        count = len(text.split())
        if words + count > MOST:
            head = " ".join(text.split(" ")[: max(1, MOST - words)]).rstrip(" ,;:\u00a0\u202f")
            return [_closed("".join([*paragraph[:index], head + "…"]))]
        words += count
    return paragraph
