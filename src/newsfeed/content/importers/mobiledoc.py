"""Mobiledoc, the form in which Ghost 1 to 4 kept a body -> Markdown, HTML blocks in it.

Mobiledoc 0.3: sections of marked texts, and cards (github.com/bustle/mobiledoc-kit).
"""

from __future__ import annotations

import re
from html import escape

_TAGS = frozenset(["b", "strong", "i", "em", "a", "code", "s", "u", "sub", "sup"])
_BLOCKS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside"])


def to_markdown(document: object) -> tuple[str, str, tuple[str, ...]]:
    """Return the Markdown of ``document``, its file extension, and the cards left out."""
    if not isinstance(document, dict):
        return "", ".md", ()
    left_out: dict[str, None] = {}
    parts = [_section(each, document, left_out) for each in _list(document, "sections")]
    # An empty line within a block of HTML would end it.
    return "\n\n".join(filter(None, parts)), ".md", tuple(left_out)


def _list(row: object, name: str) -> list[object]:
    value = row.get(name) if isinstance(row, dict) else None
    return value if isinstance(value, list) else []


def _section(section: object, document: object, left_out: dict[str, None]) -> str:
    if not isinstance(section, list) or len(section) < 2:
        return ""
    kind = section[0]
    if kind == 1 and len(section) > 2:
        tag = section[1] if section[1] in _BLOCKS else "p"
        inner = _marked(section[2], document)
        return f"<{tag}>{inner}</{tag}>" if inner else ""
    if kind == 2:
        return f'<p><img src="{escape(str(section[1]))}" alt=""></p>'
    if kind == 3 and len(section) > 2:
        tag = section[1] if section[1] in ("ul", "ol") else "ul"
        return f"<{tag}>{''.join(f'<li>{_marked(each, document)}</li>' for each in section[2])}</{tag}>"
    if kind == 10:
        cards = _list(document, "cards")
        at = section[1]
        card = cards[at] if isinstance(at, int) and 0 <= at < len(cards) else None
        return _card(card, left_out)
    return ""


def _marked(markers: object, document: object) -> str:
    """Return texts with the tags that their markers open and close."""
    html, opened = "", []
    for marker in markers if isinstance(markers, list) else []:
        if not isinstance(marker, list) or len(marker) < 4:
            continue
        kind, opens, closes, value = marker[:4]
        for number in opens if isinstance(opens, list) else []:
            tag, attributes = _markup(number, document)
            html += f"<{tag}{attributes}>" if tag else ""
            opened.append(tag)
        html += "<br>" if kind == 1 else re.sub(r"\s*\n\s*", " ", escape(str(value), quote=False))
        for _ in range(closes if isinstance(closes, int) else 0):
            tag = opened.pop() if opened else ""
            html += f"</{tag}>" if tag else ""
    return html + "".join(f"</{tag}>" for tag in reversed(opened) if tag)


def _markup(number: object, document: object) -> tuple[str, str]:
    markups = _list(document, "markups")
    if not isinstance(number, int) or not 0 <= number < len(markups):
        return "", ""
    markup = markups[number]
    if not isinstance(markup, list) or not markup or markup[0] not in _TAGS:
        return "", ""
    pairs = markup[1] if len(markup) > 1 and isinstance(markup[1], list) else []
    href = next((v for k, v in zip(pairs[::2], pairs[1::2], strict=False) if k == "href"), "")
    return markup[0], f' href="{escape(str(href))}"' if markup[0] == "a" else ""


def _card(card: object, left_out: dict[str, None]) -> str:
    if not isinstance(card, list) or len(card) < 2 or not isinstance(card[1], dict):
        return ""
    name, payload = str(card[0]), card[1]
    value = {key: each for key, each in payload.items() if isinstance(each, str)}
    if name in ("markdown", "card-markdown"):
        return value.get("markdown", "").strip()
    if name == "html":
        return value.get("html", "").strip()
    if name == "image":
        picture = f'<img src="{escape(value.get("src", ""))}" alt="{escape(value.get("alt", ""))}">'
        caption = value.get("caption", "")
        return f"<figure>{picture}{caption and f'<figcaption>{caption}</figcaption>'}</figure>"
    if name == "hr":
        return "<hr>"
    if name == "code":
        return f"```{value.get('language', '')}\n{value.get('code', '')}\n```"
    if name in ("embed", "bookmark"):
        url = escape(value.get("url", ""))
        return value.get("html", "").strip() or f'<p><a href="{url}">{url}</a></p>'
    left_out[name] = None
    return ""
