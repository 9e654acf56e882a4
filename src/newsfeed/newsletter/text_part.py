"""The text part of a letter, for a terminal of 72 columns and for those who prefer it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from newsfeed.markup.plain.plaintext import plain_text, wrapped
from newsfeed.newsletter.cards import Card, Part, View
from newsfeed.newsletter.merge_tags import inert
from newsfeed.theme.words import Words

WIDTH = 72
LONGEST = 900


def text_part(view: View, words: Words, *, title: str, label: str, footer: tuple[str, ...]) -> str:
    """Return the letter as text, ``footer`` being its last paragraphs, one address a line."""
    pieces = [f"{title.upper()}\n{label}", *_editorial(view)]
    pieces += [_section(part, words) for part in view.parts]
    text = "\n\n\n".join(pieces)
    ending = "\n\n".join(_wrapped(paragraph) for paragraph in footer if paragraph)
    return inert(_short_lines(f"{text}\n\n\n-- \n{ending}\n"))


def _section(part: Part, words: Words) -> str:
    """Return a section: its heading, and its entries two empty lines apart."""
    entries = []
    for block in part.blocks:
        if block.kind == "lines":
            entries.append("\n".join(f"* {card.title}\n  {card.url}" for card in block.cards))
        else:
            entries += ["\n\n".join(_card(card, words)) for card in block.cards]
    text = "\n\n\n".join(entries)
    return f"{_underlined(part.title.upper(), '=')}\n\n{text}" if part.title else text


def _editorial(view: View) -> Iterator[str]:
    if view.editorial:
        yield plain_text(view.editorial, width=WIDTH, links="inline")


def _card(card: Card, words: Words) -> Iterator[str]:
    """Yield the paragraphs of one entry."""
    yield _underlined(card.title, "-")
    if card.when is not None:
        yield _wrapped(card.when.line)
        if card.when.online is not None:
            yield words["letter_text_link"].format(
                text=card.when.online.text, url=card.when.online.url
            )
    if card.note:
        yield _wrapped(card.note)
    if card.html:
        yield plain_text(card.html, width=WIDTH, links="inline")
    if card.meta and card.html:
        yield _wrapped(card.meta)
    links = [(card.action.text, card.action.url), *((link.text, link.url) for link in card.links)]
    if card.url not in [url for _, url in links]:
        links.append((words["read_more"], card.url))
    colon = words["letter_text_link"]
    yield "\n".join(colon.format(text=text, url=url) for text, url in links)


def _underlined(text: str, line: str) -> str:
    lines = wrapped(text, WIDTH)
    return "\n".join([*lines, line * max(map(len, lines))])


def _wrapped(text: str) -> str:
    return "\n".join(wrapped(text, WIDTH))


def _short_lines(text: str) -> str:
    """Return ``text`` without a line that mail does not bear (RFC 5322 §2.1.1).

    A line that no space ends in time ends between two letters, and never before a mark on one.
    """
    lines = []
    for line in text.split("\n"):
        while len(line.encode()) > LONGEST:
            head = line.encode()[:LONGEST].decode(errors="ignore")
            at = head.rfind(" ") + 1 or len(head)
            while at > 1 and unicodedata.combining(line[at]):
                at -= 1
            lines.append(line[:at].rstrip(" "))
            line = line[at:]
        lines.append(line)
    return "\n".join(lines)
