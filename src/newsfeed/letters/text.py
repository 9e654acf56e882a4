"""The text part of a letter, for a terminal of 72 columns and for those who prefer it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from newsfeed.letters.merge_tags import inert
from newsfeed.letters.view import Card, View
from newsfeed.theming import Words

WIDTH = 72
LONGEST = 900


def text_part(view: View, words: Words, *, title: str, label: str, footer: tuple[str, ...]) -> str:
    """Return the letter as text, ``footer`` being its last paragraphs, one address a line."""
    parts = [f"{title.upper()}\n{label}", *_editorial(view)]
    for part in view.parts:
        if part.title:
            parts.append(_underlined(part.title.upper(), "="))
        for block in part.blocks:
            if block.kind == "lines":
                parts.append("\n".join(f"* {card.title}\n  {card.url}" for card in block.cards))
            else:
                parts += ["\n\n".join(_card(card, words)) for card in block.cards]
    text = "\n\n".join(parts)
    ending = "\n\n".join(_wrapped_lines(paragraph) for paragraph in footer if paragraph)
    return inert(_short_lines(f"{text}\n\n-- \n{ending}\n"))


def _editorial(view: View) -> Iterator[str]:
    if view.editorial:
        yield plain(view.editorial)


def _card(card: Card, words: Words) -> Iterator[str]:
    """Yield the paragraphs of one entry."""
    yield _underlined(card.title, "-")
    if card.when is not None:
        yield _wrapped(card.when.line)
    if card.html:
        yield plain(card.html)
    if card.meta and card.html:
        yield _wrapped(card.meta)
    links = [(card.action.text, card.action.url), *((link.text, link.url) for link in card.links)]
    if card.url not in [url for _, url in links]:
        links.append((words["read_more"], card.url))
    colon = words["letter_text_link"]
    yield "\n".join(colon.format(text=text, url=url) for text, url in links)


def plain(html: str) -> str:
    """Return safe HTML as text of 72 columns."""
    from lxml import html as markup

    root = markup.fromstring(f"<div>{html}</div>")
    blocks = list(root.iter("p", "li", "h2", "h3", "h4", "h5", "h6", "pre", "tr"))
    texts = [str(each.text_content()).strip(" \n") for each in blocks] or [str(root.text_content())]
    return "\n\n".join(_wrapped(" ".join(text.split(" "))) for text in texts if text)


def _underlined(text: str, line: str) -> str:
    wrapped = _wrapped(text)
    return f"{wrapped}\n{line * max(map(len, wrapped.splitlines()), default=0)}"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _wrapped_lines(text: str) -> str:
    return "\n".join(_wrapped(line) for line in text.split("\n"))


def _short_lines(text: str) -> str:
    """Return ``text`` without a line that mail does not bear (RFC 5322 §2.1.1)."""
    lines = []
    for line in text.split("\n"):
        while len(line.encode()) > LONGEST:
            head = line.encode()[:LONGEST].decode(errors="ignore")
            lines.append(head)
            line = line[len(head) :]
        lines.append(line)
    return "\n".join(lines)
