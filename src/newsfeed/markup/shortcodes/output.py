"""What translated syntax becomes: links, pictures and asides, in Markdown or in HTML."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import pyromark

from newsfeed.markup.elements.allowed import ITEM_SCHEME

_ASIDES = {
    "note": ("note", "Note", "Note"),
    "info": ("info", "Info", "À savoir"),
    "tip": ("tip", "Tip", "Conseil"),
    "important": ("important", "Important", "Important"),
    "warning": ("warning", "Warning", "Attention"),
    "caution": ("caution", "Caution", "Prudence"),
    "danger": ("danger", "Danger", "Danger"),
    "example": ("note", "Example", "Exemple"),
    "question": ("note", "Question", "Question"),
    "summary": ("note", "Summary", "En bref"),
    "success": ("tip", "Success", "Réussite"),
    "quote": ("note", "Quote", "Citation"),
    "todo": ("note", "To do", "À faire"),
    "bug": ("warning", "Bug", "Anomalie"),
}
_SAME = {
    "abstract": "summary", "tldr": "summary", "hint": "tip", "check": "success", "done": "success",
    "help": "question", "faq": "question", "attention": "warning", "failure": "danger",
    "fail": "danger", "missing": "danger", "error": "danger", "cite": "quote", "seealso": "info",
    "alert": "warning", "notice": "note", "callout": "note", "admonition": "note", "primary": "note",
    "secondary": "note", "default": "note", "box": "note", "block": "note", "aside": "note",
}  # fmt: skip
_VAGUE = frozenset({"box", "block", "default", "primary", "secondary", "check", "done", "help"})


def item(name: str) -> str:
    """Return the address that stands for the article called ``name`` until it is resolved."""
    return f"{ITEM_SCHEME}:{quote(name.strip(), safe='/#._-~')}"


def inline(markdown: str) -> str:
    """Return a line of Markdown as HTML without a paragraph around it."""
    html = pyromark.html(markdown.strip(), options=pyromark.Options.ENABLE_STRIKETHROUGH).strip()
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        return html[3:-4]
    return html


def link(url: str, label: str) -> str:
    """Return a link whose ``label`` may hold markup; the same in Markdown and in HTML."""
    return f'<a href="{escape(url)}">{label}</a>'


def figure(src: str, *, alt: str = "", caption: str = "", to: str = "", **sizes: str) -> str:
    """Return a picture; with ``caption`` (Markdown), as a figure."""
    numbers = "".join(f' {name}="{escape(value)}"' for name, value in sizes.items() if value)
    picture = f'<img src="{escape(src)}" alt="{escape(alt)}"{numbers}>'
    if to:
        picture = link(to, picture)
    if not caption:
        return picture
    return f"<figure>{picture}<figcaption>{inline(caption)}</figcaption></figure>"


def aside(kind: str, title: str, language: str) -> tuple[str, str]:
    """Return the HTML before and after an aside's text, which is Markdown."""
    kind = kind.lower()
    known = _ASIDES.get(_SAME.get(kind, kind))
    french = language.lower().startswith("fr")
    name, english_title, french_title = known or ("note", kind.title(), kind.title())
    words = inline(title) if title else (french_title if french else english_title)
    return f'<aside class="{name}"><p><strong>{words}</strong></p>\n\n', "\n\n</aside>"


def is_aside(kind: str, *, alone: bool = False) -> bool:
    """Tell whether other tools know ``kind`` as an aside, ``alone`` as a name of its own."""
    kind = kind.lower()
    return kind in _ASIDES or (kind in _SAME and not (alone and kind in _VAGUE))


def aside_title(kind: str, title: str, language: str) -> str:
    """Return the title of an aside in Markdown: its own, or the word for its kind."""
    if title:
        return title
    known = _ASIDES.get(_SAME.get(kind.lower(), kind.lower()))
    if known is None:
        return kind.title()
    return known[2] if language.lower().startswith("fr") else known[1]
